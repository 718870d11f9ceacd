#!/usr/bin/env python3
"""A whole round of texts of a daemon that nobody can reach: what comes in, and
what became of its own, is fetched from the gateway."""
import socket
import threading

from rig import Rig, note, ok, person, run, same

COUNT = 16
IDS = ["t%02d" % n for n in range(COUNT)]
PEOPLE = "\n".join(person(who, "Texter" + chr(97 + n), channel="text",
                          text="07700 9003%02d" % n)
                   for n, who in enumerate(IDS))
HABITS = ('default text 100 reply "ok" after 2m\n'
          '07700 900301 text reply "HELP please" after 1m\n'
          '07700 900302 text silent\n'
          '07700 900303 text undelivered 30005\n'
          '07700 900201 text silent\n'
          '07700 900202 text reply "YES {code}" after 1m\n')


class Unreachable(Rig):
    """Its public address leads to somebody who counts who knocks."""

    def __init__(self, name, **more):
        self.knocks = 0
        self.trap = socket.socket()
        self.trap.bind(("127.0.0.1", 0))
        self.trap.listen(16)
        threading.Thread(target=self.count, daemon=True).start()
        super().__init__(
            name, PEOPLE, scenario=HABITS, gateway="inbound = poll\n"
            "poll_every = 20s", public="http://127.0.0.1:%d"
            % self.trap.getsockname()[1], **more)

    def count(self):
        while True:
            try:
                self.trap.accept()[0].close()
            except OSError:
                return
            self.knocks += 1

    def check_round(self):
        for n, who in enumerate(IDS):
            if n > 3:
                self.until_state(who, "confirmed", "confirmed_late")
        self.until_state("t01", "help_requested")
        self.until_state("t02", "no_response")
        self.until_state("t03", "undelivered", "no_response")
        ok("bad_number" in self.outcomes("t03"),
           self.name + ": what became of a text is asked for",
           self.outcomes("t03"))
        flag = self.until_flag(participant="t01")
        self.wait(lambda: self.flags(participant="t01")[0]["owner"] == "tom",
                  "a volunteer's YES is fetched too")
        ok(flag["code"], self.name + ": help is flagged, and claimed")
        twice = self.sql("SELECT gateway_id, count(*) FROM reply GROUP BY 1"
                         " HAVING count(*) > 1")
        ok(not twice, self.name + ": nothing is taken twice", twice)
        same(self.knocks, 0, self.name + ": and nobody tried to reach us")


def a_round():
    with Unreachable("poll", rate=120) as rig:
        rig.start()
        rig.check_round()
        status, doc, _ = rig.cli("urls")
        ok(status == 0 and "/hook/main/text" not in str(doc),
           "there is nothing to enter at the gateway for texts", doc)
        same(rig.cli("check")[1]["reach"],
             [{"gateway": "main", "calls": "public_url", "texts": "poll"}],
             "check says what must be able to reach us, and what need not")
        ok("texts are fetched by us" in rig.cli("check", as_json=False)[1],
           "and to people")
        listed = rig.ex("ledger")
        note("%d creates" % len(listed["creates"]))


def killed():
    """A power cut in the middle: what was written meanwhile is heard, and what
    was heard before is not taken again."""
    with Unreachable("killed", rate=60) as rig:
        rig.start()
        rig.wait(lambda: any(rig.state(who) == "confirmed" for who in IDS),
                 "one is heard")
        rig.kill()
        rig.text("07700 900305", "all well, thank you")
        rig.text("07700 900306", "OK")
        rig.start()
        rig.check_round()


if __name__ == "__main__":
    run(a_round, killed)

#!/usr/bin/env python3
"""A volunteer asks to be put through: the real daemon, the exchange, the
command line, and death in the middle of it."""
import os
import pwd

from rig import TEAM, Rig, ok, person, run, same

PEOPLE = person("p1", "Edna", phone="0115 496 0121") + \
    person("p2", "Mei", phone="0115 496 0122")
TOM, EDNA = "07700 900202", "0115 496 0121"
LINES = ('default call 100 no-answer\n'
         'default text 100 silent\n'
         '07700 900202 call key 1 after 3s\n')
ME = pwd.getpwuid(os.geteuid()).pw_name


class Flagged(Rig):
    """Edna is flagged; we are Tom, and have it."""

    def __init__(self, name, **more):
        super().__init__(name, PEOPLE, scenario=LINES, rate=60, **more,
                         team=TEAM.replace("email = tom@example.org",
                                           "email = tom@example.org\nuser = "
                                           + ME))
        self.start()
        self.code = self.until_flag(participant="p1", bound=60)["code"]
        same(self.cli("claim", self.code)[0], 0, name + ": Tom has it")

    def story(self):
        return [(s["who"], s["action"], s["detail"]) for s in
                self.see("history?id=p1")["flags"][0]["story"]
                if s["action"] in ("call", "called", "tried_person") and
                s["from"] != "call"]

    def through(self):
        return self.ex("count")["through"]

    def calls_to(self, number):
        e164 = "+44" + number[1:].replace(" ", "")
        return [c for c in self.creates(e164)
                if c["sid"].startswith("CA")]

    def result(self):
        return [r for r, in self.sql("SELECT result FROM bridge")]


def spoken():
    with Flagged("spoken") as rig:
        rig.script(EDNA + " call silent after 4s")
        before = len(rig.calls_to(EDNA))
        status, out, err = rig.cli("call", rig.code, as_json=False)
        ok(status == 0 and "press 1" in out, "he is told what comes", out, err)
        rig.wait(lambda: rig.result() == ["answered"], "they have talked")
        same((len(rig.calls_to(TOM)), rig.through()), (1, 1),
             "his telephone rang, then hers")
        same(len(rig.calls_to(EDNA)), before, "which we did not create")
        same(rig.story(), [("tom", "call", "tom"),
                           ("tom", "called", "answered")],
             "it stands in the record")
        same(rig.flags(participant="p1")[0]["state"], "claimed",
             "and confirms nothing")
        ok("put through" in rig.cli("history", "p1", as_json=False)[1],
           "people read that he was rung for it")
        other = rig.until_flag(participant="p2", bound=60)["code"]
        status, _, err = rig.cli("call", other)
        ok(status == 1 and "claimed first" in err, "another's flag", err)
        same(rig.cli("resolve", rig.code, "--disposition", "chat")[0], 0,
             "she wanted a chat")
        status, _, err = rig.cli("call", rig.code)
        ok(status == 1 and "ended" in err, "and it has ended", err)


def tried():
    with Flagged("tried") as rig:
        rig.script(EDNA + " call busy")
        same(rig.cli("call", rig.code)[0], 0, "asked for")
        rig.wait(lambda: rig.result() == ["busy"], "her line is busy")
        ok(("tom", "tried_person", "put through") in rig.story(),
           "noted as tried", rig.story())


def killed():
    """A power cut while they talk: nobody is rung again, and it ends."""
    with Flagged("killed") as rig:
        rig.script(EDNA + " call silent after 4s")
        same(rig.cli("call", rig.code)[0], 0, "asked for")
        rig.wait(lambda: rig.through() == 1, "they talk")
        rig.kill()
        rig.start()
        rig.wait(lambda: rig.result() not in ([], [None]), "it has ended", 60)
        rig.wait(rig.settled, "nothing more happens at the exchange", 60)
        same((len(rig.calls_to(TOM)), rig.through()), (1, 1),
             "each telephone rang once")
        same(rig.cli("audit")[1]["findings"], [], "the auditor is content")


run(spoken, tried, killed)

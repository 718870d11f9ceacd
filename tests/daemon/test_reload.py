#!/usr/bin/env python3
"""Loading the scheme anew: wholly or not at all."""
import os
import shutil
import signal
import socket
import threading

from post import Post
from rig import Rig, ok, person, run, same

NOBODY_ANSWERS = "default text 100 silent\ndefault call 100 no-answer\n"


def edna(**more):
    return person("p1", "Edna", phone="0115 496 0121", **more)


def mei(**more):
    return person("p2", "Mei", phone="0115 496 0122", **more)


def stan(**more):
    return person("p3", "Stan", phone="0115 496 0123", **more)


class Notify:
    """What systemd would hear."""

    def __init__(self, rig):
        self.path = rig.path("notify")
        self.said = []
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)
        self.socket.setblocking(False)

    def hear(self):
        try:
            while True:
                self.said += self.socket.recv(4096).decode().splitlines()
        except BlockingIOError:
            return self.said


def hup(rig, words):
    """SIGHUP; wait until the journal has these words once more."""
    before = rig.daemon.err().count(words)
    rig.daemon.signal(signal.SIGHUP)
    rig.wait(lambda: rig.daemon.err().count(words) > before,
             "the journal says: " + words)


def good():
    with Rig("good", edna(), scenario=NOBODY_ANSWERS) as rig:
        rig.start()
        same(rig.api("history?id=p2")[0], 404, "nobody knows p2")
        rig.write("people/11-more.conf", mei(round="letters",
                                             text="07700 900122"))
        hup(rig, "loaded:")
        same(rig.api("history?id=p2")[0], 200, "SIGHUP: p2 is known")
        rig.write("people/12-more.conf", stan())
        status, doc, _ = rig.cli("reload")
        same((status, doc["schema"], doc["ok"], doc["live"]),
             (0, "ringround.reload/1", True, 3), "ringround reload: p3 too")
        same(rig.status()["config"]["mistakes"], 0, "no mistakes")
        planned = rig.cli("plan", "--date", "2026-12-05")[1]["checkins"]
        same(sorted(c["participant"] for c in planned), ["p1", "p2", "p3"],
             "all three are planned")


def mistake():
    post = Post()
    with Rig("mistake", edna() + mei(), smtp=post.port,
             scenario=NOBODY_ANSWERS) as rig:
        notify = Notify(rig)
        rig.start(env=dict(os.environ, NOTIFY_SOCKET=notify.path))
        ok("READY=1" in notify.hear(), "systemd is told", notify.said)
        text = rig.read("people/10-people.conf")
        rig.write("people/10-people.conf", text.replace(
            "phone = 0115 496 0122", "phone = 999\nfone = 0115 496 0129"))
        hup(rig, "not loaded")
        journal = rig.daemon.err()
        lines = rig.read("people/10-people.conf").splitlines()
        at = ["people/10-people.conf:%d" % (lines.index(key) + 1) for key in
              ("phone = 999", "fone = 0115 496 0129")]
        ok(all(a + ":" in journal for a in at),
           "the journal names file and line of each", journal)
        ok("999" not in journal.replace(rig.folder, "").replace(
            str(rig.port), ""), "and no value", journal)
        same(rig.status()["config"]["mistakes"], 2, "status counts them")
        rig.wait(lambda: any(s.startswith("STATUS=") and "2 mistakes" in s
                             for s in notify.hear()), "STATUS= says so")
        mail = rig.wait(lambda: [m for m in post.to("asha@example.org")
                                 if at[0] in m.text],
                        "the coordinator is written to")[0]
        ok(all(a + ": " in mail.text for a in at) and
           "never dialled; write the number" in mail.text,
           "the coordinator gets all of it in full", mail.text)
        ok(not [m for m in post.to("tom@example.org") if at[0] in
                m.text], "nobody else does")
        status, _, err = rig.cli("reload", as_json=False)
        ok(status == 1 and all(a + ": " in err for a in at),
           "ringround reload: refused, in full", status, err)
        rig.until_state("p2", "asking")
        same(rig.checkin("p2")["attempts"][0]["number"], "+441154960122",
             "the old scheme stays in force")
        rig.write("people/10-people.conf", text)
        hup(rig, "loaded:")
        same(rig.status()["config"]["mistakes"], 0, "mended: all is well")
        rig.wait(lambda: notify.hear()[-1:] and "mistake" not in
                 [s for s in notify.said if s.startswith("STATUS=")][-1],
                 "STATUS= says so")
    post.stop()


def mid_ladder():
    with Rig("mid-ladder", edna() + mei() + stan(),
             scenario=NOBODY_ANSWERS) as rig:
        rig.start()
        for who in ("p1", "p2", "p3"):
            rig.wait(lambda: rig.checkin(who)["attempts"], who + " is rung")
        rig.write("people/10-people.conf", mei(live="no").replace(
            "live = yes", "") + stan())
        same(rig.cli("reload")[0], 0, "one is removed, one is paused")
        for who, why in (("p1", "removed"), ("p2", "live")):
            rig.until_state(who, "cancelled")
            reason = rig.checkin(who)["reason"]
            ok(reason, "%s is cancelled, and the record says why: %s"
               % (who, reason))
        same(rig.state("p3"), "asking", "the third is not touched")
        same(sorted(c["participant"] for c in rig.status()["cancelled"]),
             ["p1", "p2"], "the coordinator's list shows them")
        made = len(rig.creates())
        rig.until_state("p3", "no_response")
        same({c["to"] for c in rig.creates()[made:]} &
             {"+441154960121", "+441154960122"}, set(),
             "neither is rung again")


def removals():
    crowd = [person("p%02d" % n, "Edna" + chr(97 + n),
                    phone="0115 496 02%02d" % n) for n in range(20)]
    with Rig("removals", "\n".join(crowd), start="2026-12-04T06:00",
             rate=1) as rig:
        rig.start()
        rig.write("people/10-people.conf", "\n".join(crowd[:12]))
        status, _, err = rig.cli("reload")
        ok(status == 1 and "--accept-removals 8" in err and
           "(p12, p13, p14, p15, p16, p17, p18, p19)" in err,
           "eight of twenty gone: refused, whom, and what to do", err)
        same(len(rig.cli("plan")[1]["checkins"]), 20, "all stay")
        same(rig.cli("reload", "--accept-removals", "7")[0], 1,
             "seven are not eight")
        status, doc, err = rig.cli("reload", "--accept-removals", "8")
        same((status, doc and doc["live"]), (0, 12), "eight are accepted")
        same(len([c for c in rig.cli("plan")[1]["checkins"]
                  if c["skipped"] is None]), 12, "twelve are planned")
        rig.write("people/10-people.conf", "\n".join(crowd[:8]))
        same(rig.cli("reload")[0], 0, "four may go without a word")
        os.rename(rig.path("people"), rig.path("elsewhere"))
        status, _, err = rig.cli("reload")
        ok(status == 1 and "ringround.conf:5:" in err,
           "a folder that is not mounted is a mistake", err)
        os.rename(rig.path("elsewhere"), rig.path("people"))
        same(rig.cli("reload")[0], 0, "there again: loaded")


SHEET = ["p%02d" % n for n in range(20)]


def sheet(ids):
    """Rows of a spreadsheet, its last line ended as programs end it."""
    return "".join(
        ["id,name,call_me,phone,round,area,consent,live\r\n"] +
        ['%s,Mx Quill Feather,Quill,0115 496 02%s,morning,Sneinton,'
         '"2026-09-01, written",yes\r\n' % (i, i[1:]) for i in ids])


def section(who):
    return person(who, "Quill", phone="0115 496 02" + who[1:])


def emptied(rig, post, what, named=()):
    """Loaded while it is like that: refused, told to the journal and to the
    coordinator, and everybody stays."""
    before = len(post.to("asha@example.org", "was not loaded"))
    hup(rig, "the scheme was not loaded")
    same(len(rig.cli("plan")[1]["checkins"]), 20, what + ": all stay")
    mail = rig.wait(lambda: post.to("asha@example.org", "was not loaded")
                    [before:], what + ": the coordinator is written to")[0]
    journal = rig.daemon.err().rsplit("not loaded", 1)[1]
    ok(all(i in mail.text and i in journal for i in named),
       what + ": whom it would drop stands in both", mail.text, journal)


def empties():
    """The ways in which files lose people while nobody means it."""
    post = Post()
    with Rig("empties", start="2026-12-04T06:00", rate=1, smtp=post.port,
             edits=[("include = people/*.conf",
                     "include = people/*.conf\ninclude = people/*.csv")]
             ) as rig:
        whole = sheet(SHEET)
        os.unlink(rig.path("people/10-people.conf"))
        rig.write("people/list.csv", whole)
        rig.start()
        same(len(rig.cli("plan")[1]["checkins"]), 20, "all are planned")
        rig.write("people/list.csv", "")
        emptied(rig, post, "saved empty")
        rig.write("people/list.csv", sheet([]))
        emptied(rig, post, "only the heading left", ["p00", "p19"])
        rig.write("people/list.csv", sheet(SHEET[:11]))
        emptied(rig, post, "half way through", SHEET[11:])
        rig.write("people/list.csv", whole[:len(whole) // 2])
        emptied(rig, post, "cut within a row")
        rig.write("people/list.csv", whole[:whole.index("p13") + 1])
        emptied(rig, post, "cut within an id")
        status, doc, err = rig.cli("reload")
        ok(status == 1 and not doc, "ringround reload: refused", err)
        rig.write("people/list.csv", whole)
        hup(rig, "loaded: live=20")
        unmounted(rig, post, whole)
    post.stop()


def unmounted(rig, post, whole):
    """A folder of its own, as one that is mounted."""
    os.rename(rig.path("people"), rig.path("elsewhere"))
    emptied(rig, post, "the folder is gone")
    os.mkdir(rig.path("people"))
    emptied(rig, post, "the folder is empty")
    shutil.copy(rig.path("elsewhere/20-team.conf"), rig.path("people"))
    emptied(rig, post, "only the team is there", SHEET)
    os.unlink(rig.path("people/20-team.conf"))
    os.rmdir(rig.path("people"))
    os.rename(rig.path("elsewhere"), rig.path("people"))
    text = "".join(section(i) for i in SHEET)
    os.unlink(rig.path("people/list.csv"))
    for cut in (0, text.index("[participant p09]"),
                text.index("[participant p12]") + 40, len(text) - 60):
        rig.write("people/10-people.conf", text[:cut])
        emptied(rig, post, "sections cut after %d bytes" % cut)
    os.unlink(rig.path("people/10-people.conf"))
    rig.write("people/list.csv", whole)
    hup(rig, "loaded: live=20")


def dropped_at_start():
    """A start is not refused: it names them, and asks who is there."""
    post = Post()
    with Rig("dropped", "".join(section(i) for i in SHEET),
             start="2026-12-04T06:00", rate=1, smtp=post.port) as rig:
        rig.start()
        same(rig.daemon.end(), 0, "it ends by itself")
        rig.write("people/10-people.conf", "".join(section(i) for i in
                                                   SHEET[:12]))
        rig.start()
        mail = rig.wait(lambda: post.to("asha@example.org", "no longer in"),
                        "the coordinator is written to")[0]
        ok(all(i in mail.text for i in SHEET[12:]) and
           "p11" not in mail.text, "with the ids", mail.text)
        rig.wait(lambda: "people=8 of=20: p12, p13" in rig.daemon.err(),
                 "the journal names them")
        same(rig.cli("reload", "--accept-removals", "8")[0], 0, "accepted")
    post.stop()


def restarts():
    """What a daemon that runs already cannot become."""
    with Rig("restarts", edna(), scenario=NOBODY_ANSWERS) as rig:
        rig.start()
        text = rig.read("ringround.conf")
        for name, old, new in (
                ("database", "database = ringround.db", "database = new.db"),
                ("timezone", "country_code", "timezone = Europe/Warsaw"),
                ("listen", "listen = 127.0.0.1:", "listen = 127.0.0.2:"),
                ("socket", "country_code", "socket = other.sock")):
            rig.write("ringround.conf", text.replace(old, new) if old in text
                      else text.replace("[service]", "[service]\n" + new))
            # The command line looks where the new scheme says, so ask where
            # the daemon is.
            status, doc = rig.api("reload", {"accept_removals": "0"})
            ok(status == 409 and name in doc["error"] and "restart" in
               doc["error"], "another %s needs a restart" % name, doc)
        rig.write("ringround.conf", text)
        same(rig.cli("reload")[0], 0, "as it was: loaded")


def crowd(n):
    """So many people that to read them takes a while."""
    return "\n".join(person("c%05d" % i, "Ada", live="no",
                            phone="0115 496 0%03d" % (i % 1000))
                     for i in range(n))


def asking(rig, n, answers):
    """n that ask at the same time; each puts what it is answered there."""

    def one():
        answers.append(rig.api("reload", {"accept_removals": "0"}, 60))

    threads = [threading.Thread(target=one) for _ in range(n)]
    for t in threads:
        t.start()
    return threads


def at_once(rig, n):
    answers = []
    for t in asking(rig, n, answers):
        t.join()
    return answers


def several():
    """They do not mix: each is read when the one before is in force."""
    with Rig("several", edna() + crowd(3000), scenario=NOBODY_ANSWERS) as rig:
        rig.start()
        for n in range(3):
            rig.write("people/2%d-more.conf" % n, person(
                "q%d" % n, "Mei", phone="0115 496 013%d" % n))
            rig.daemon.signal(signal.SIGHUP)
            same({(status, doc["ok"]) for status, doc in at_once(rig, 4)},
                 {(200, True)}, "all who ask are answered")
            same(rig.status()["config"]["mistakes"], 0, "no mistakes")
            same(rig.api("history?id=q%d" % n)[0], 200, "what was there when "
                 "they asked is in force")
        rig.write("people/30-bad.conf", "[participant bad]\nname = x\n")
        same({status for status, doc in at_once(rig, 3)}, {409},
             "or all are refused")


def ends_meanwhile():
    """Whoever asks hears of it, and the daemon ends as always."""
    with Rig("ends meanwhile", edna() + crowd(5000),
             scenario=NOBODY_ANSWERS) as rig:
        rig.start()
        for _ in range(3):
            answers = []
            reading = len(os.listdir("/proc/%d/task" % rig.daemon.pid)) + 1
            threads = asking(rig, 1, answers)
            rig.wait(lambda: answers or len(os.listdir(
                "/proc/%d/task" % rig.daemon.pid)) >= reading, "it is read")
            rig.daemon.signal(signal.SIGHUP)
            rig.daemon.signal(signal.SIGTERM)
            same(rig.daemon.join(60), 0, "it ends by itself")
            for t in threads:
                t.join()
            same([status for status, doc in answers], [200],
                 "who asked before is answered")
            rig.start()


run(good, mistake, mid_ladder, removals, empties, dropped_at_start, restarts,
    several, ends_meanwhile)

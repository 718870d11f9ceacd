#!/usr/bin/env python3
"""How the daemon begins, what it refuses to begin with, and whom it hears."""
import os
import pwd
import re
import shutil
import sqlite3

from rig import BUILD, Rig, ok, person, run, same

PEOPLE = person("p1", "Edna", phone="0115 496 0121") + \
    person("p2", "Mei", phone="0115 496 0122")
NOBODY_ANSWERS = "default text 100 silent\ndefault call 100 no-answer\n"


def refused(rig, name, words, status=1, **how):
    """Start the daemon; it ends by itself, and says why."""
    first = rig.daemon
    daemon = rig.start(ready=False, **how)
    same(daemon.join(15), status, name + ": exit status")
    ok(words in daemon.err(), name + ": says " + words, daemon.err())
    rig.daemon = first


def second():
    with Rig("second daemon", PEOPLE, scenario=NOBODY_ANSWERS) as rig:
        rig.start()
        listen = "listen = 127.0.0.1:%d" % rig.port
        rig.edit("ringround.conf", listen, "listen = 127.0.0.1:0")
        refused(rig, "a second daemon on one ledger", "another")
        rig.edit("ringround.conf", "listen = 127.0.0.1:0", listen)
        ok(rig.answers(), "the first goes on, and keeps its socket")


def live_and_rehearsal():
    with Rig("rehearsal and live", PEOPLE, scenario=NOBODY_ANSWERS) as rig:
        rig.start()
        ok("goes on at" not in rig.daemon.err(), "a rehearsal begins anew")
        rig.daemon.end()
        refused(rig, "a rehearsal's ledger, live", "rehears",
                rehearse=False)
        os.rename(rig.db, rig.path("rehearsed.db"))
        rig.start(rehearse=False)
        same(rig.hook("GET", "/health")[0], 200, "live, on a fresh ledger")
        rig.daemon.end()
        refused(rig, "a live ledger, in a rehearsal", "live")
        for name in os.listdir(rig.folder):
            if name.startswith("ringround.db"):
                os.remove(rig.path(name))
        os.rename(rig.path("rehearsed.db"), rig.db)
        rig.start()
        ok(re.search(r"the rehearsal goes on at \d{4}-\d\d-\d\d \d\d:\d\d, "
                     r"where its ledger ended; to begin anew, stop it and "
                     r"remove \S+\.db", rig.daemon.err()),
           "one that was held before goes on, and says so",
           rig.daemon.err())


def clock_behind():
    """The clock ran ahead, and was put right: all is silent, and says so."""
    with Rig("clock behind", PEOPLE, scenario=NOBODY_ANSWERS) as rig:
        rig.start(rehearse=False)
        same(rig.status()["silent"], None, "nothing is wrong at first")
        rig.daemon.end()
        with sqlite3.connect(rig.db) as db:
            db.execute("UPDATE meta SET newest = newest + 86400000")
        rig.start(rehearse=False)
        status, body = rig.hook("GET", "/health")
        ok(status == 503 and "clock" in body, "health: 503, and why", body)
        ok("clock" in rig.status()["silent"], "the status says so")
        ok("clock" in rig.cli("status", as_json=False)[1],
           "and the command to people")


def outward():
    with Rig("outward", PEOPLE, scenario=NOBODY_ANSWERS) as rig:
        text = rig.read("ringround.conf")
        for key, old, new in (
                ("base_url", "base_url = http://127.0.0.1:%d" % rig.ex_port,
                 "base_url = https://api.example.org"),
                ("smtp_url", "smtp_url = smtp://127.0.0.1",
                 "smtp_url = smtp://mail.example.org"),
                ("heartbeat_url", "[gateway main]",
                 "heartbeat_url = https://beat.example.org/x\n"
                 "[gateway main]"),
                ("proxy", "driver = twilio",
                 "driver = twilio\nproxy = http://192.0.2.1:3128")):
            rig.write("ringround.conf", text.replace(old, new).replace(
                "public_url = http://127.0.0.1:%d" % rig.port,
                "public_url = https://check-in.example.org"))
            refused(rig, key + " of another machine", key)
        rig.write("ringround.conf", text)
        rig.start()
        rig.write("ringround.conf", text.replace(
            "smtp://127.0.0.1", "smtp://mail.example.org"))
        status, _, err = rig.cli("reload")
        ok(status == 1 and "smtp_url" in err,
           "nor by a reload of the rehearsal", err)


def mistakes():
    with Rig("mistakes", PEOPLE, scenario=NOBODY_ANSWERS) as rig:
        rig.edit("people/10-people.conf", "phone = 0115 496 0122",
                 "phone = 0115 496 012")
        line = rig.read("people/10-people.conf").splitlines().index(
            "phone = 0115 496 012") + 1
        at = "people/10-people.conf:%d:" % line
        refused(rig, "a mistake", at)
        status, doc, err = rig.cli("check")
        same((status, doc["ok"], doc["mistakes"][0]["line"]),
             (1, False, line), "ringround check has it too")
        status, out, err = rig.cli("check", as_json=False)
        ok(status == 1 and at in err, "and on a terminal", err)
        daemon = rig.start("-t", ready=False, rehearse=False)
        same(daemon.join(10), 1, "ringroundd -t: 1")
        same(rig.cli("status")[0], 1, "without a ledger: no status")
        same(rig.cli("frobnicate")[0], 2, "misuse: 2")
        rig.daemon = None


def nobody(rig):
    """A prefix that runs as a user whom the scheme does not know, with the
    files as open as they need to be; None where we are not root."""
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        return None
    entry = pwd.getpwnam("nobody")
    os.chmod(rig.folder, 0o755)
    return ["setpriv", "--reuid=%d" % entry.pw_uid, "--regid=%d"
            % entry.pw_gid, "--clear-groups"]


def who_asks():
    """The peer's user decides who it is, and that name is kept."""
    with Rig("who asks", PEOPLE, scenario=NOBODY_ANSWERS) as rig:
        me = pwd.getpwuid(os.geteuid()).pw_name
        rig.start()
        code = rig.until_flag(participant="p1")["code"]
        other = rig.until_flag(participant="p2")["code"]
        prefix = nobody(rig)
        if prefix:
            # So that nobody can reach the socket, and the program.
            os.chmod(rig.sock, 0o666)
            shutil.copy(os.path.join(BUILD, "ringround"), rig.folder)
            program = [rig.path("ringround")]

            def as_nobody(*words):
                import subprocess
                done = subprocess.run(
                    prefix + program + ["-c", rig.conf] + list(words),
                    capture_output=True, text=True, timeout=20)
                return done.returncode, done.stdout, done.stderr
            os.chmod(rig.path("auth_token"), 0o644)
            for words in (("status",), ("flags",), ("history", "p1"),
                          ("claim", code), ("hold", "why"), ("reload",)):
                status, out, err = as_nobody(*words)
                ok(status == 1 and "does not know the user nobody" in err and
                   "Quill" not in out + err, "nobody is refused: " +
                   words[0], status, out, err)
            rig.edit("people/20-team.conf", "email = tom@example.org",
                     "email = tom@example.org\nuser = nobody")
            same(rig.cli("reload")[0], 0, "nobody becomes Tom")
            status, out, err = as_nobody("claim", code, "--json")
            same((status, '"owner": "tom"' in out), (0, True),
                 "Tom claims from the command line")
            status, _, err = rig.cli("claim", code)
            ok(status == 1 and "tom" in err.lower(),
               "who comes second is told who has it", err)
            os.chmod(rig.path("auth_token"), 0o600)
            decided = rig.sql("SELECT who, way, action FROM decision ORDER "
                              "BY id")
            ok(("tom", "socket", "claim") in [
                (who, way, action[:5]) for who, way, action in decided],
               "that name stands in the record", decided)
        else:
            ok(True, "another user # SKIP only root can be another")
        status, doc, err = rig.cli("claim", other)
        same((status, doc["owner"]), (0, me), "ourselves: by our own name")
        status, doc, err = rig.cli("release", other)
        same((status, doc["state"], doc["owner"]), (0, "open", None),
             "released")
        rig.edit("people/20-team.conf", "email = asha@example.org",
                 "email = asha@example.org\nuser = " + me)
        if not prefix or me != "nobody":
            same(rig.cli("reload")[0], 0, "we become Asha")
            same(rig.cli("claim", other)[1]["owner"], "asha",
                 "and that name stands there")


run(second, live_and_rehearsal, clock_behind, outward, mistakes, who_asks)

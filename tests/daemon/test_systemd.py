#!/usr/bin/env python3
"""A machine of its own under the real systemd: installed as the README has it,
started, asked, told to load anew, killed, hung, stopped, and its ledger
damaged.

It is booted by systemd-nspawn from this machine's /usr, with what is installed
in place of /usr/local, an empty /etc and /var in memory, and no network but a
loopback of its own.  Nothing but its folder is written here."""
import datetime
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

from rig import BUILD, note, ok, same
import rig

CONF = "/usr/local/etc/ringround"
NAME = "ringround-%d" % os.getpid()
WAIT = 30
SERVICE = "ringround.service"
LEDGER = "/var/lib/ringround/ringround.db"
EDNA = """[participant edna]
name = Edna Clark
call_me = Edna
phone = 0115 496 0123
round = morning
"""
TEAM = """[volunteer asha]
name = Asha Patel
role = coordinator
mobile = 07700 900321
user = root
"""


def zone_at_noon():
    """One in which it is about noon, so that people may be rung."""
    ahead = 12 - datetime.datetime.now(datetime.timezone.utc).hour
    return "Etc/GMT%+d" % -ahead


class Machine:
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="ringround-systemd-")
        self.nspawn = self.leader = None
        self.log = os.path.join(self.folder, "log")

    def install(self):
        env = {name: value for name, value in os.environ.items()
               if not name.startswith(("MAKE", "MFLAGS"))}
        return subprocess.run(
            ["make", "-C", BUILD, "install", "DESTDIR=" + self.folder],
            env=env, capture_output=True, text=True)

    def boot(self):
        with open(self.log, "w", encoding="utf-8") as log:
            self.nspawn = subprocess.Popen(
                ["systemd-nspawn", "-q", "--register=no", "--keep-unit",
                 "--console=pipe", "--private-network", "--link-journal=no",
                 "--machine=" + NAME, "-D", "/", "--volatile=yes",
                 "--bind=%s/usr/local:/usr/local" % self.folder, "-b",
                 "systemd.unit=basic.target",
                 "systemd.condition-first-boot=0"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env=dict(os.environ, SYSTEMD_NSPAWN_UNIFIED_HIERARCHY="1"),
                start_new_session=True)
        return self.until(self.is_up, "it is up")

    def is_up(self):
        if self.nspawn.poll() is not None:
            return "gone"
        with open("/proc/%d/task/%d/children" % (self.nspawn.pid,
                                                 self.nspawn.pid),
                  encoding="ascii") as f:
            self.leader = next(iter(f.read().split()), None)
        return self.leader and self.run("systemctl", "is-active",
                                        "basic.target").returncode == 0

    def run(self, *args, stdin=""):
        return subprocess.run(
            ["nsenter", "-t", self.leader, "-a", "--wd",
             "env", "-i", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:"
             "/usr/bin:/sbin:/bin", *args],
            input=stdin, capture_output=True, text=True, timeout=120)

    def do(self, *args, stdin=""):
        """What it says; a check that it succeeds."""
        done = self.run(*args, stdin=stdin)
        if done.returncode != 0:
            ok(False, " ".join(args), done.stdout, done.stderr)
        return done.stdout.strip()

    def write(self, path, text):
        self.do("tee", path, stdin=text)

    def show(self, what):
        return self.do("systemctl", "show", "--value", "-p", what, SERVICE)

    def journal(self):
        return self.do("journalctl", "-u", SERVICE, "--no-pager", "-o", "cat")

    def until(self, fn, what):
        end = time.monotonic() + WAIT
        while not (got := fn()):
            if time.monotonic() > end:
                note("not within %d s: %s" % (WAIT, what))
                return None
            time.sleep(0.05)
        return got

    def close(self):
        if self.nspawn and self.nspawn.poll() is None:
            if self.leader:		# as "systemctl poweroff" there
                os.kill(int(self.leader), signal.SIGRTMIN + 4)
            else:
                self.nspawn.terminate()
            try:
                self.nspawn.wait(WAIT)
            except subprocess.TimeoutExpired:
                self.nspawn.kill()
                self.nspawn.wait()
        left = "/run/systemd/nspawn/propagate/" + NAME
        if os.path.isdir(left):
            os.rmdir(left)
        shutil.rmtree(self.folder, True)


def set_up(m):
    """Steps 1 to 3 of the README, for the gateway that the sample names."""
    m.do("systemd-sysusers")
    m.do("install", "-d", "-o", "root", "-g", "ringround", "-m", "750", CONF)
    m.do("cp", "-r", "/usr/local/share/doc/ringround/examples/.", CONF)
    m.do("sh", "-c", "rm %s/participants.d/* %s/volunteers.d/*" % (CONF, CONF))
    m.do("chgrp", "-R", "ringround", CONF)
    m.do("install", "-m", "600", "/dev/null", CONF + "/auth_token")
    m.write(CONF + "/auth_token", "a token of the tests\n")
    m.write(CONF + "/participants.d/edna.conf", EDNA)
    m.write(CONF + "/volunteers.d/team.conf", TEAM)
    text = m.do("cat", CONF + "/ringround.conf")
    text = re.sub(r"(?ms)^\[email\].*?(?=^\[)", "", text)
    m.write(CONF + "/ringround.conf", text.replace(
        "[service]\n", "[service]\ntimezone = %s\n" % zone_at_noon()) + "\n")
    m.write(CONF + "/habits", "default call 100 key 1 after 1s\n")
    m.do("systemd-run", "-q", "--unit=exchange", "ringround-exchange",
         "--auth-token-file", CONF + "/auth_token", "--scenario",
         CONF + "/habits", "--timezone", zone_at_noon())


def starts(m):
    ok("`systemctl start ringround`" in m.run("ringround", "status").stderr,
       "before, whoever asks is told how to start it")
    done = m.run("systemctl", "start", SERVICE)
    same(done.returncode, 0, "it starts")
    if done.returncode != 0:
        note(m.journal())
    same(m.show("ActiveState"), "active", "and is ready")
    ok("no flags open" in m.show("StatusText") or
       "0 flags open" in m.show("StatusText"), "and says how it is",
       m.show("StatusText"))
    pid = m.show("MainPID")
    status = dict(line.split(":\t", 1) for line in
                  m.do("cat", "/proc/%s/status" % pid).splitlines())
    same((status["CapEff"], status["NoNewPrivs"], status["Seccomp"]),
         ("0" * 16, "1", "2"), "it may do nothing but its work")
    same(m.do("stat", "-c", "%U %a", LEDGER), "ringround 600",
         "its ledger is its own")
    same(m.do("stat", "-c", "%U %G %a", "/run/ringround/ringround.sock"),
         "ringround ringround 660", "its socket is its group's")
    ok(m.run("setpriv", "--reuid=ringround", "--regid=ringround",
             "--clear-groups", "cat", CONF + "/auth_token").returncode != 0,
       "the secret is root's, and it has it all the same")


def rings(m):
    """A call there and a key back: the network, the token, the ledger."""
    m.do("ringround", "try", "edna")

    def tested():
        said = m.run("ringround", "try", "edna", "--look", "--json").stdout
        newest = json.loads(said or "{}").get("newest")
        return newest and newest["state"] == "confirmed"
    ok(m.until(tested, "she is well"), "a test call is confirmed by a key",
       m.run("ringround", "try", "edna", "--look").stdout, m.journal())


def loads_anew(m):
    people = CONF + "/participants.d/vera.conf"
    m.write(people, EDNA.replace("edna", "vera").replace("0123", "0124") +
            "nonsense = 1\n")
    done = m.run("systemctl", "reload", SERVICE)
    ok(done.returncode != 0, "a mistake is refused, and systemctl says so")
    ok("no key \"nonsense\"" in m.journal() and "vera.conf:6" in m.journal(),
       "the journal says where it is", m.journal())
    same(m.show("ActiveState"), "active", "it goes on")
    m.write(people, EDNA.replace("edna", "vera").replace("0123", "0124"))
    done = m.run("systemctl", "reload", SERVICE)
    same(done.returncode, 0, "mended, it is taken")
    if done.returncode != 0:
        note(m.journal())
    same(m.run("ringround", "history", "vera").returncode, 0,
         "and who is new is known")


def health(m):
    """What whoever asks at the port of https is answered."""
    return m.run("/usr/bin/python3", "-c", "import urllib.request as u; print("
                 "u.urlopen('http://127.0.0.1:443/health').status)"
                 ).stdout.strip()


def keeps_its_port(m):
    """As ringroundd(8) has it for a daemon that speaks TLS itself."""
    m.write("/run/systemd/system/ringround.socket", "[Socket]\n"
            "ListenStream=443\nFileDescriptorName=hook\n"
            "Service=ringround.service\n")
    m.do("systemctl", "daemon-reload")
    m.do("systemctl", "stop", SERVICE)
    m.do("systemctl", "start", "ringround.socket")
    m.do("systemctl", "start", SERVICE)
    same(health(m), "200", "it answers at a port that it may not open")
    m.do("kill", "-KILL", m.show("MainPID"))
    same(health(m), "200", "and who comes while it is begun again")


def begun_again(m, what, before):
    after = m.until(lambda: m.show("ActiveState") == "active" and
                    m.show("MainPID") not in ("0", before) and
                    m.show("MainPID"), what + ": another runs")
    ok(after, what + ": it is started again", m.journal())
    same(m.run("ringround", "history", "edna").returncode, 0,
         what + ": and knows what it knew")


def killed(m):
    pid = m.show("MainPID")
    m.do("kill", "-KILL", pid)
    begun_again(m, "killed", pid)
    m.do("mkdir", "-p", "/run/systemd/system/%s.d" % SERVICE)
    m.write("/run/systemd/system/%s.d/soon.conf" % SERVICE,
            "[Service]\nWatchdogSec=2\n")
    m.do("systemctl", "daemon-reload")
    m.do("systemctl", "restart", SERVICE)
    pid = m.show("MainPID")
    m.do("kill", "-STOP", pid)
    begun_again(m, "hung", pid)
    ok("atchdog" in m.journal(), "hung: it was the watchdog", m.journal())


def stops(m):
    began = time.monotonic()
    m.do("systemctl", "stop", SERVICE)
    same((m.show("ActiveState"), m.show("Result")), ("inactive", "success"),
         "it stops when it is told to")
    ok(time.monotonic() - began < 20, "before it would be killed")
    m.do("sh", "-c", "rm -f %s-*; head -c 8192 /dev/zero >%s" %
         (LEDGER, LEDGER))
    done = m.run("systemctl", "start", SERVICE)
    ok(done.returncode != 0, "on a damaged ledger it does not start")
    same(m.show("ExecMainStatus"), "3", "and says that it is this")
    m.until(lambda: m.show("ActiveState") == "failed", "it has failed")
    same((m.show("ActiveState"), m.show("SubState")), ("failed", "failed"),
         "nor is it tried again: a human looks first")


def main():
    m = Machine()
    try:
        done = m.install()
        same(done.returncode, 0, "it is installed")
        up = m.boot()
        if up is not True:
            with open(m.log, encoding="utf-8", errors="replace") as f:
                note(f.read()[-1000:])
            ok(True, "a machine # SKIP none can be booted here")
        else:
            set_up(m)
            for fn in (starts, rings, loads_anew, keeps_its_port, killed,
                       stops):
                fn(m)
    except Exception:	# pylint: disable=broad-except
        ok(False, "it ends", traceback.format_exc())
    finally:
        m.close()
    print("1..%d" % rig.count)
    return 1 if rig.failed else 0


def why_not():
    with open(os.path.join(BUILD, "Makefile"), encoding="utf-8") as f:
        makefile = f.read()
    if os.geteuid() != 0:
        return "only root can boot a machine"
    if not shutil.which("systemd-nspawn"):
        return "no systemd-nspawn (Debian: systemd-container)"
    if not re.search(r"^prefix = /usr/local$", makefile, re.M):
        return "what is built here belongs elsewhere than to /usr/local"
    if re.search(r"^SAN_CFLAGS = .*-fsanitize", makefile, re.M):
        return "a sanitizer does not live in that sandbox"
    return None


if __name__ == "__main__":
    if why_not():
        print("1..0 # SKIP " + why_not())
        sys.exit(0)
    sys.exit(main())

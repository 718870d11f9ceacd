"""The real daemon against the real exchange over loopback HTTP.

A Rig owns a temporary folder with a scheme in it, the exchange, the daemon
and, where a test wants one, a mail server.  It waits for conditions, never
for a length of time, and ends only what it started.  Where a check fails the
folder is kept, and its path said.

At its end each rig asserts what holds for every test: one create for each
attempt in both ledgers, no complaint of the exchange, a daemon that ended by
itself, and a journal without anybody's name, number or words.
"""
import atexit
import http.client
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.parse

BUILD = os.environ.get("BUILDDIR", ".")
SOURCE = os.environ.get("SRCDIR", os.path.join(os.path.dirname(__file__),
                                               "..", ".."))
ACCOUNT = "AC00000000000000000000000000000001"
TOKEN = "a token of the tests"
WAIT = 40
LOOK = 0.03
os.environ.setdefault("TSAN_OPTIONS", "suppressions=" + os.path.join(
    os.path.abspath(SOURCE), "tests", "daemon", "tsan.supp"))

# ---- TAP -------------------------------------------------------------------

count = failed = 0


def ok(good, name, *why):
    """One test point; why is shown where it fails."""
    global count, failed
    count += 1
    failed += not good
    print("ok" if good else "not ok", count, "-", name, flush=True)
    if not good:
        for line in why:
            note(line)
    return bool(good)


def same(got, want, name):
    return ok(got == want, name, "got    %r" % (got,), "wanted %r" % (want,))


def note(text):
    for line in str(text).splitlines():
        print("#", line, flush=True)


def run(*tests):
    """Run each test; an exception is its failure, and the next one runs."""
    chosen = sys.argv[1:]
    for test in tests:
        if chosen and test.__name__ not in chosen:
            continue
        began = time.monotonic()
        try:
            test()
        except Exception:
            ok(False, test.__name__, traceback.format_exc())
        note("%s took %.1f s" % (test.__name__, time.monotonic() - began))
    print("1..%d" % count)
    sys.exit(1 if failed else 0)


# ---- schemes ---------------------------------------------------------------

MAIN = """[service]
name = Nottingham Check-in
office_phone = 0115 496 0100
database = ringround.db
include = people/*.conf
contact_hours = 08:00-20:00
max_attempts_per_day = 12
allow_numbers = 01154960*, 07700900*
%(service)s

[gateway main]
driver = twilio
base_url = http://127.0.0.1:%(exchange)d
account_sid = AC00000000000000000000000000000001
auth_token_file = auth_token
call_from = 0115 496 0999
text_from = 07700 900999
calls_per_second = 20
texts_per_second = 50
%(gateway)s

[web]
listen = 127.0.0.1:%(daemon)d
public_url = %(public)s
%(web)s

[email]
smtp_url = smtp://127.0.0.1:%(smtp)d
from = check-in@example.org
%(email)s

[ladder standard]
step = 0 call
step = 5 call
step = 10 call
ring = 20s
flag_after = 15m
claim_by = 10m
coordinator_after = 25m

[ladder texts]
step = 0 text
step = 8 text
flag_after = 20m
claim_by = 10m
coordinator_after = 25m

[round morning]
at = 09:00
spread = 2m
ladder = standard

[round letters]
at = 09:00
spread = 2m
ladder = texts
%(more)s

"""

MESSAGES = """[message en]
greeting = Hello {first_name}. This is {service}.
ask = If you are well, press 1. For somebody to ring you, press 2. To hear
    this again, press 9.
thanks = Thank you {first_name}. Goodbye.
ring_you = Thank you {first_name}. Somebody will ring you by {ring_by}.
no_key = We did not hear a key. You can ring us back on this number.
stranger = This is {service}. We do not know your number. Please ring
    {office_phone}.
voicemail = This is {service}. Please ring us back on {call_back_phone}.
text = {service}: hello {first_name}, are you well? Reply OK or HELP.
text_again = {service}: we have not had your reply yet. Reply OK or HELP.
text_thanks = {service}: thank you {first_name}, that is noted.
text_ring_you = {service}: somebody will ring you by {ring_by}.
"""

TEAM = """[volunteer asha]
name = Asha Patel
role = coordinator
mobile = 07700 900201
email = asha@example.org
duty = mon-sun 08:00-20:00

[volunteer tom]
name = Tom Reid
mobile = 07700 900202
email = tom@example.org
areas = Sneinton
duty = mon-sun 08:00-20:00
"""


def person(who, call_me, keys="", **more):
    """A [participant] section; more are its keys."""
    lines = ["[participant %s]" % who, "name = Mx %s Quillfeather" % call_me,
             "call_me = " + call_me]
    more.setdefault("round", "letters" if "phone" not in more else "morning")
    more.setdefault("area", "Sneinton")
    more.setdefault("live", "yes")
    more.setdefault("consent", "2026-09-01, written")
    lines += ["%s = %s" % item for item in more.items()]
    return "\n".join(lines + [keys, ""])


def local(e164):
    return "0" + e164[3:]


def free_port():
    """A port that nobody listens on at this moment."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


# ---- programs --------------------------------------------------------------

class Program:
    """A process that we started, its output in files of the folder."""

    def __init__(self, folder, name, args, **more):
        self.name = name
        self.err_path = os.path.join(folder, name + ".err")
        self.out_path = os.path.join(folder, name + ".out")
        self.err_from = os.path.exists(self.err_path) and \
            os.path.getsize(self.err_path) or 0
        with open(self.err_path, "ab") as err, \
                open(self.out_path, "ab") as out:
            self.process = subprocess.Popen(
                [os.path.join(BUILD, name)] + args, cwd=folder, stdout=out,
                stderr=err, stdin=subprocess.DEVNULL, **more)
        atexit.register(self.kill)

    @property
    def pid(self):
        return self.process.pid

    def runs(self):
        return self.process.poll() is None

    def signal(self, number):
        if self.runs():
            self.process.send_signal(number)

    def kill(self):
        self.signal(signal.SIGKILL)
        self.process.wait()

    def end(self, within=20):
        """SIGTERM; the exit status."""
        self.signal(signal.SIGTERM)
        return self.join(within)

    def join(self, within=20):
        try:
            return self.process.wait(within)
        except subprocess.TimeoutExpired:
            self.signal(signal.SIGABRT)
            self.process.wait()
            return "did not end within %d s" % within

    def err(self):
        """What it has said on standard error since it was started."""
        with open(self.err_path, encoding="utf-8", errors="replace") as f:
            return f.read()[self.err_from:]

    def out(self):
        with open(self.out_path, encoding="utf-8", errors="replace") as f:
            return f.read()


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path, timeout):
        super().__init__("localhost", timeout=timeout)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


def ask(conn, method, path, body=None, headers=None):
    """One request on a connection of its own: status and text."""
    try:
        conn.request(method, path, body, headers or {})
        answer = conn.getresponse()
        return answer.status, answer.read().decode()
    finally:
        conn.close()


# ---- the rig ---------------------------------------------------------------

class Rig:
    """Folder, exchange, daemon.  Used as a context: leaving it asserts what
    holds for every test."""

    def __init__(self, name, people="", team=TEAM, start="2026-12-04T08:58",
                 rate=240, scenario="", edits=None, smtp=None, acceptance=False,
                 exchange_args=(), run_exchange=True,
                 public="http://127.0.0.1:{port}", **parts):
        self.name, self.start_at, self.rate = name, start, rate
        self.folder = tempfile.mkdtemp(prefix="ringround-")
        self.conf = os.path.join(self.folder, "ringround.conf")
        self.db = os.path.join(self.folder, "ringround.db")
        self.sock = os.path.join(self.folder, "ringround.sock")
        self.port, self.smtp_port = free_port(), smtp or free_port()
        self.public = public.format(port=self.port)
        self.exchange = self.daemon = None
        self.polls = "inbound = poll" in parts.get("gateway", "")
        self.complaints_expected = False
        self.crashes = 0
        self.failed_before = failed
        self.began = time.monotonic()
        self.exchange_args = list(exchange_args)
        self.write("auth_token", TOKEN + "\n", 0o600)
        self.write("scenario", scenario)
        self.ex_port = None
        if run_exchange:
            self.start_exchange()
        else:
            self.ex_port = free_port()
        if acceptance:
            self.copy_acceptance()
        else:
            values = {"service": "", "gateway": "", "email": "", "more": "",
                      "web": "", "public": self.public}
            values.update(parts, exchange=self.ex_port, daemon=self.port,
                          smtp=self.smtp_port)
            text = MAIN % values + MESSAGES
            for old, new in edits or []:
                assert old in text, old
                text = text.replace(old, new)
            self.write("ringround.conf", text)
            os.mkdir(os.path.join(self.folder, "people"))
            self.write("people/10-people.conf", people)
            self.write("people/20-team.conf", team)

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is None:
            self.close()
        else:
            self.end_programs()
            note("%s: the folder is kept: %s" % (self.name, self.folder))
        return False

    # files

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text, mode=0o644):
        with open(self.path(name), "w", encoding="utf-8") as out:
            out.write(text)
        os.chmod(self.path(name), mode)

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as f:
            return f.read()

    def edit(self, name, old, new):
        text = self.read(name)
        assert old in text, old
        self.write(name, text.replace(old, new))

    def copy_acceptance(self):
        """The acceptance scheme as it is; only the ports are others."""
        source = os.path.join(SOURCE, "etc", "acceptance")
        shutil.copytree(source, self.folder, dirs_exist_ok=True)
        with open(self.path("auth_token"), encoding="utf-8") as f:
            assert f.read().strip() != ""
        self.write("auth_token", TOKEN + "\n", 0o600)
        for old, new in (("9080", self.ex_port), ("9085", self.port),
                         ("9025", self.smtp_port)):
            self.edit("ringround.conf", "127.0.0.1:" + old,
                      "127.0.0.1:%d" % new)

    # programs

    def start_exchange(self):
        hook = self.public + "/hook/main/"
        listen = "127.0.0.1:%d" % (self.ex_port or 0)
        self.exchange = Program(self.folder, "ringround-exchange", [
            "--listen", listen, "--auth-token-file", "auth_token",
            "--scenario", "scenario", "--ports-file", "ports",
            "--start", self.start_at, "--rate", str(self.rate),
            "--number", "01154960999", "--number", "07700900999",
            "--calls-per-second", "50", "--texts-per-second", "100",
            "--text-url", "" if self.polls else hook + "text#rc=5&rp=all",
            "--call-url", hook + "call#rc=5&rp=all",
            "--call-end-url", hook + "call-end#rc=5&rp=all",
        ] + self.exchange_args)
        self.wait(lambda: "listening" in self.exchange.out() or
                  not self.exchange.runs(), "the exchange listens")
        if not self.exchange.runs():
            raise RuntimeError("no exchange: " + self.exchange.err())
        self.ex_port = int(self.read("ports"))

    def start(self, *args, rehearse=True, ready=True, **more):
        """Start the daemon, and wait until it answers."""
        args = list(args)
        if rehearse:
            at = rehearse if isinstance(rehearse, str) else self.start_at
            args += ["--rehearse=" + at, "--rate=%d" % self.rate]
        self.daemon = Program(self.folder, "ringroundd",
                              ["-c", "ringround.conf"] + args, **more)
        if ready:
            self.wait(lambda: not self.daemon.runs() or self.answers(),
                      "the daemon answers")
            if not self.daemon.runs():
                raise RuntimeError("no daemon: " + self.daemon.err())
        return self.daemon

    def answers(self):
        try:
            return self.api("version", timeout=2)[0] == 200
        except (OSError, http.client.HTTPException):
            return False

    def kill(self):
        """As a power cut would."""
        self.daemon.kill()
        self.crashes += 1

    # looking

    def wait(self, fn, what, bound=WAIT):
        """Wait until fn gives something that is true, and give that."""
        end = time.monotonic() + bound
        while True:
            got = fn()
            if got:
                return got
            if time.monotonic() > end:
                raise TimeoutError("not within %d s: %s" % (bound, what))
            time.sleep(LOOK)

    def api(self, path, body=None, timeout=20):
        """A request of the control socket: status and document."""
        conn = UnixConnection(self.sock, timeout)
        if body is None:
            status, text = ask(conn, "GET", "/api/" + path)
        else:
            status, text = ask(conn, "POST", "/api/" + path,
                               urllib.parse.urlencode(body), {
                "Content-Type": "application/x-www-form-urlencoded"})
        return status, json.loads(text)

    def see(self, path):
        status, doc = self.api(path)
        assert status == 200, (path, status, doc)
        return doc

    def cli(self, *args, as_json=True, prefix=()):
        """Run ringround: exit status, document (or text), standard error."""
        done = subprocess.run(
            list(prefix) + [os.path.join(BUILD, "ringround"), "-c", self.conf]
            + list(args) + (["--json"] if as_json else []),
            stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=WAIT)
        doc = done.stdout
        if as_json and doc.strip():
            doc = json.loads(doc)
        return done.returncode, doc, done.stderr

    def status(self):
        return self.see("status")

    def flags(self, **match):
        """All flags, resolved ones too, that have these values."""
        return [f for f in self.see("flags?all=1")["flags"]
                if all(f[key] == value for key, value in match.items())]

    def history(self, who):
        return self.see("history?id=" + who)

    def checkin(self, who, date="2026-12-04", round_=None):
        for c in self.history(who)["checkins"]:
            if c["date"] == date and round_ in (None, c["round"]):
                return c
        return None

    def state(self, who, **more):
        c = self.checkin(who, **more)
        return c and c["state"]

    def outcomes(self, who, **more):
        return [a["outcome"] for a in
                sorted(self.checkin(who, **more)["attempts"],
                       key=lambda a: a["sent_at"] or "")]

    def now(self):
        return self.status()["now"][11:19]

    def until(self, at, bound=WAIT):
        """Wait until the daemon's own clock shows this time of day."""
        self.wait(lambda: self.now() >= at, "it is " + at, bound)

    def until_state(self, who, *states, bound=WAIT, **more):
        self.wait(lambda: self.state(who, **more) in states,
                  "%s is %s" % (who, states), bound)
        return self.state(who, **more)

    def until_flag(self, bound=WAIT, **match):
        return self.wait(lambda: self.flags(**match), "a flag %r" % match,
                         bound)[0]

    def hook(self, method, path, body=None, headers=None, timeout=20):
        """A request of the public listener."""
        return ask(http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=timeout), method, path, body,
            headers)

    # the exchange

    def ex(self, path, body=None):
        conn = http.client.HTTPConnection("127.0.0.1", self.ex_port,
                                          timeout=20)
        status, text = ask(conn, "GET" if body is None else "POST",
                           "/exchange/" + path, body)
        assert status == 200, (path, body, status, text)
        return json.loads(text)

    def script(self, *lines):
        self.ex("script", "\n".join(lines) + "\n")

    def faults(self, *lines):
        self.ex("faults", "".join(line + "\n" for line in lines))

    def text(self, number, body, to=None):
        self.ex("text", json.dumps({"from": number, "body": body,
                                    "to": to or "07700 900999"}))

    def ring(self, number, keys=""):
        self.ex("call", json.dumps({"from": number, "keys": keys,
                                    "to": "0115 496 0999"}))

    def creates(self, number=None):
        """What the exchange was asked to make, refused or not."""
        return [c for c in self.ex("ledger")["creates"]
                if number in (None, c["to"])]

    def texts_to(self, number, words=""):
        """The bodies of the texts that were made to the number, those with
        the words."""
        query = urllib.parse.urlencode({"To": number, "PageSize": 1000})
        conn = http.client.HTTPConnection("127.0.0.1", self.ex_port,
                                          timeout=20)
        status, text = ask(conn, "GET",
                           "/2010-04-01/Accounts/%s/Messages.json?%s"
                           % (ACCOUNT, query), None, {"Authorization":
                           "Basic " + basic(ACCOUNT, TOKEN)})
        assert status == 200, text
        return [m["body"] for m in reversed(json.loads(text)["messages"])
                if words in m["body"]]

    def settled(self):
        """Nothing more will happen at the exchange."""
        return self.ex("idle")["idle"]

    # the ledger itself, for what no command shows

    def sql(self, query, *values):
        with sqlite3.connect("file:%s?mode=ro" % self.db, uri=True,
                             timeout=20) as db:
            return db.execute(query, values).fetchall()

    # what holds for every test

    def check_ledgers(self):
        """One create for each attempt id, and none that is not ours."""
        made = [c["ref"] for c in self.creates() if c["ref"] and c["sid"]]
        twice = sorted({r for r in made if made.count(r) > 1})
        ours = {row[0]: row[1] for row in
                self.sql("SELECT ref, gateway_id FROM attempt")}
        ok(not twice and set(made) <= set(ours),
           self.name + ": at most one create for each attempt, in both "
           "ledgers", "twice: %r" % twice,
           "unknown: %r" % sorted(set(made) - set(ours)))
        sids = {c["ref"]: c["sid"] for c in self.creates() if c["sid"]}
        wrong = [(r, s, ours[r]) for r, s in sids.items()
                 if r in ours and ours[r] not in (None, "", s)]
        ok(not wrong, self.name + ": both ledgers have the same ids", wrong)

    def check_complaints(self):
        complaints = self.ex("complaints")["complaints"]
        ok(not complaints, self.name + ": the exchange complains of nothing",
           *complaints)

    def private_words(self):
        """Names, numbers and addresses of everybody in the scheme."""
        words = set()
        for folder, _, files in os.walk(self.folder):
            for name in files:
                if name.endswith((".conf", ".csv")):
                    with open(os.path.join(folder, name),
                              encoding="utf-8") as f:
                        text = f.read()
                    words |= set(re.findall(
                        r"^(?:name|call_me) *= *(?:M\w+ )?(.+)$", text,
                        re.M)[1:])
                    words |= {w[-9:] for w in re.findall(
                        r"(?:0115|07700|\+44 ?7700)[0-9 ]{6,8}", text)}
                    words |= set(re.findall(r"[\w.]+@[\w.]+", text))
        words |= {w.replace(" ", "")[-7:] for w in words if w[-3:].isdigit()}
        return {w.strip() for w in words if len(w.strip()) > 2}

    def check_journal(self, *more):
        journal = self.read("ringroundd.err")
        found = [w for w in self.private_words() | set(more) | {TOKEN}
                 if w in journal]
        ok(not found, self.name + ": the journal holds nothing personal",
           found)
        bad = re.findall(r".*(?:AddressSanitizer|ThreadSanitizer|LeakSan|"
                         r"runtime error|Assertion).*", journal)
        ok(not bad, self.name + ": no fault of memory", *bad)

    def end_programs(self):
        status = None
        if self.daemon and self.daemon.runs():
            status = self.daemon.end()
        if self.exchange and self.exchange.runs():
            self.exchange.end()
        return status

    def close(self):
        if self.exchange and self.exchange.runs() and os.path.exists(self.db):
            self.check_ledgers()
            if not self.complaints_expected:
                self.check_complaints()
        running = self.daemon and self.daemon.runs()
        status = self.end_programs()
        if running:
            same(status, 0, self.name + ": the daemon ends by itself")
        if self.daemon:
            self.check_journal()
        if failed == self.failed_before:
            shutil.rmtree(self.folder, True)
        else:
            note("%s: the folder is kept: %s" % (self.name, self.folder))


def basic(user, password):
    import base64
    return base64.b64encode((user + ":" + password).encode()).decode()

"""Schemes of invented people for the measuring sticks, and what runs them.

The numbers are of an area code that does not exist, +1 555: the ranges of
made-up numbers that the tests use hold a thousand each, and attempts to one
number run one after the other.
"""
import json
import os
import signal
import sqlite3
import subprocess
import tempfile
import time
import urllib.request

BUILD = os.environ.get("BUILDDIR", "build")
TOKEN = "12345"
ACCOUNT = "AC00000000000000000000000000000001"
BEFORE = "2026-12-04T08:59"
RATE = 6	# the minute before the slot takes ten seconds

MAIN = """[service]
name = Bench
country_code = 1
office_phone = 5550001111
database = ringround.db
include = people.csv
include = team.conf
contact_hours = 08:00-20:00

[gateway main]
driver = twilio
base_url = http://127.0.0.1:%(gateway)d
account_sid = AC00000000000000000000000000000001
auth_token_file = auth_token
call_from = +15550002221
text_from = +15550002222
calls_per_second = %(rate)s
texts_per_second = %(rate)s
in_flight = %(in_flight)d

[web]
listen = 127.0.0.1:%(port)d
public_url = http://127.0.0.1:%(port)d

[ladder texts]
step = 0 text
step = 40 text
flag_after = 60m
claim_by = 10m
coordinator_after = 25m

[ladder calls]
step = 0 call
step = 40 call
flag_after = 60m
claim_by = 10m
coordinator_after = 25m

[round morning]
at = %(at)s
ladder = %(ladder)s

[message en]
greeting = Hello {first_name}. This is {service}.
ask = If you are well, press 1. For somebody to ring you, press 2.
thanks = Thank you {first_name}. Goodbye.
ring_you = Thank you {first_name}. Somebody will ring you by {ring_by}.
no_key = We did not hear a key. You can ring us back on this number.
stranger = This is {service}. We do not know your number.
voicemail = This is {service}. Please ring us back.
text = {service}: hello {first_name}, are you well? Reply OK or HELP.
text_again = {service}: we have not had your reply yet. Reply OK or HELP.
text_thanks = {service}: thank you {first_name}, that is noted.
text_ring_you = {service}: somebody will ring you by {ring_by}.
"""

TEAM = """[volunteer asha]
name = Asha Patel
role = coordinator
mobile = +15559990001
duty = mon-sun 08:00-20:00
"""

VOLUNTEER = """
[volunteer v%(n)d]
name = Tom Reid%(n)d
mobile = +15559991%(n)03d
duty = mon-sun 08:00-20:00
"""


def tool(name):
    return os.path.join(BUILD, "tests", "bench", name)


def number(i):
    return "+1555%07d" % i


def write_people(path, n, channel):
    with open(path, "w", encoding="utf-8") as out:
        out.write("id,name,call_me,phone,text,channel,round,area,consent,"
                  "live,tested\n")
        for i in range(n):
            phone = number(i) if channel == "call" else ""
            text = number(i) if channel == "text" else ""
            out.write("p%d,Mx Ada Person%d,Ada,%s,%s,%s,morning,Sneinton,"
                      "\"2026-11-02, written\",yes,2026-11-03\n"
                      % (i, i, phone, text, channel))


def cpu_of(pid):
    """Seconds of processor time that the process has used."""
    with open("/proc/%d/schedstat" % pid, encoding="ascii") as f:
        return int(f.read().split()[0]) / 1e9


def status_of(pid, name):
    with open("/proc/%d/status" % pid, encoding="ascii") as f:
        for line in f:
            if line.startswith(name + ":"):
                return int(line.split()[1])
    raise KeyError(name)


def wait_for(fn, bound, look=0.01):
    end = time.monotonic() + bound
    while True:
        got = fn()
        if got:
            return got
        if time.monotonic() > end:
            raise TimeoutError("not within %d s" % bound)
        time.sleep(look)


class Served:
    """A tool that says its port first and ends with its standard input."""

    def __init__(self, args, env=None):
        self.process = subprocess.Popen(
            args, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=dict(os.environ, **(env or {})))
        self.port = int(self.process.stdout.readline())

    @property
    def pid(self):
        return self.process.pid

    def end(self):
        self.process.stdin.close()
        self.process.wait(20)

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.end()


class Mock(Served):
    def __init__(self, *args):
        super().__init__([tool("mock"), "-t", TOKEN] + list(args))

    def stats(self):
        with urllib.request.urlopen("http://127.0.0.1:%d/stats" % self.port,
                                    timeout=10) as answer:
            return json.load(answer)


class Daemon:
    """The real daemon on a scheme of n people, in a folder of its own."""

    def __init__(self, n, channel="text", gateway=9, in_flight=64, slow=0,
                 at="09:00", line_rate=100000, volunteers=1):
        self.folder = tempfile.TemporaryDirectory(prefix="ringround-bench-")
        self.process, self.slow = None, slow
        self.port = free_port()
        self.url = "http://127.0.0.1:%d" % self.port
        self.write("ringround.conf", MAIN % {
            "gateway": gateway, "in_flight": in_flight, "port": self.port,
            "rate": line_rate, "at": at,
            "ladder": "texts" if channel == "text" else "calls"})
        self.write("team.conf", TEAM + "".join(
            VOLUNTEER % {"n": i} for i in range(volunteers)))
        self.write("auth_token", TOKEN + "\n")
        write_people(self.path("people.csv"), n, channel)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as out:
            out.write(text)
        os.chmod(self.path(name), 0o600)

    def start(self, at=BEFORE, rate=RATE, bound=120):
        env = dict(os.environ, LD_PRELOAD=tool("slowsync.so"),
                   SLOWSYNC_US=str(self.slow),
                   SLOWSYNC_COUNT=self.path("syncs"))
        with open(self.path("err"), "w", encoding="utf-8") as err:
            self.process = subprocess.Popen(
                [os.path.join(BUILD, "ringroundd"), "-c", "ringround.conf",
                 "--rehearse=" + at, "--rate=%d" % rate],
                cwd=self.folder.name, stdout=err, stderr=err, env=env)
        wait_for(self.answers, bound)
        return self

    def answers(self):
        if self.process.poll() is not None:
            with open(self.path("err"), encoding="utf-8") as f:
                raise RuntimeError("no daemon: " + f.read()[-2000:])
        try:
            urllib.request.urlopen(self.url + "/health", timeout=5).close()
            return True
        except OSError:
            return False

    @property
    def pid(self):
        return self.process.pid

    def ask(self, sql):
        return self.rows(sql)[0][0]

    def command(self, *args):
        subprocess.run([os.path.join(BUILD, "ringround"), "-c",
                        self.path("ringround.conf")] + list(args), check=True,
                       stdout=subprocess.DEVNULL)

    def ledger_size(self):
        return sum(os.path.getsize(self.path(name))
                   for name in ("ringround.db", "ringround.db-wal")
                   if os.path.exists(self.path(name)))

    def rows(self, sql):
        db = sqlite3.connect("file:%s?mode=ro" % self.path("ringround.db"),
                             uri=True, timeout=20)
        try:
            return db.execute(sql).fetchall()
        finally:
            db.close()

    def end(self):
        """Its number of syncs."""
        if self.process is None or self.process.poll() is not None:
            return 0
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(120)
        with open(self.path("syncs"), encoding="ascii") as f:
            return int(f.read())

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.folder.cleanup()


# What differs from day to day in what grow_history copies.
COPIED = {
    "checkin": {"id": "id + :day * 1000000", "date": "date - :day"},
    "attempt": {"id": "id + :day * 1000000", "ref": "ref || '.' || :day",
                "checkin": "checkin + :day * 1000000",
                "gateway_id": "gateway_id || '.' || :day"},
}


def grow_history(path, n):
    """The day that is over in the ledger once more for each of the days
    before, until there are n attempts."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = OFF")
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA cache_size = -1000000")
    a_day = db.execute("SELECT count(*) FROM attempt").fetchone()[0]
    db.execute("BEGIN")
    for day in range(1, n // a_day):
        for table, changes in COPIED.items():
            names = [row[1] for row in
                     db.execute("PRAGMA table_info(%s)" % table)]
            values = [changes.get(name, "%s - :day * 86400000" % name
                                  if name.endswith("_at") or name == "slot"
                                  else name) for name in names]
            db.execute("INSERT INTO %s (%s) SELECT %s FROM %s WHERE id <"
                       " 1000000 AND %s" % (
                           table, ", ".join(names), ", ".join(values), table,
                           "state NOT IN ('due', 'asking')" if table ==
                           "checkin" else "state = 'ended'"), {"day": day})
    db.execute("COMMIT")
    db.close()


def pile_up(path, n):
    """So many first calls more that wait for their turn, of the people of the
    day that is over."""
    changes = {
        "id": "NULL", "ref": "ref || '.w' || i", "state": "'planned'",
        "due_at": "planned_at + i", "outcome": "NULL", "gateway_id": "NULL",
        "sent_at": "NULL", "answered_at": "NULL", "ended_at": "NULL",
        "deadline": "NULL", "rank": "-1",
    }
    db = sqlite3.connect(path, isolation_level=None)
    names = [row[1] for row in db.execute("PRAGMA table_info(attempt)")]
    a_day = db.execute("SELECT count(*) FROM attempt WHERE id < 1000000"
                       ).fetchone()[0]
    db.execute("WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c"
               " WHERE i < ?) INSERT INTO attempt (%s) SELECT %s FROM c"
               " CROSS JOIN attempt WHERE attempt.id < 1000000" % (
                   ", ".join(names), ", ".join(changes.get(n, n)
                                               for n in names)),
               (-(-n // a_day),))
    db.close()


def free_port():
    import socket
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]

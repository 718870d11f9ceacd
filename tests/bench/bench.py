#!/usr/bin/env python3
"""Ringround against what the machine allows: one table.

  make bench                      all rows
  make bench BENCH="sends hooks"  those rows
  make bench BENCH="--json table.json --rounds 5 --keep"
  make bench BENCH="million start --rounds 1 --growth growth.svg"

Each row is measured in turn: reference, ours, reference, ours; medians.  The
reference does no more than the libraries must (sends.c, hooks.c), on the same
machine in the same minutes, so that the ratio holds where the figures drift.
--keep writes last.json, which later runs are compared with.
"""
import argparse
import base64
import contextlib
import hashlib
import hmac
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

import growth
from schemes import (ACCOUNT, BUILD, TOKEN, Daemon, Mock, Served, cpu_of,
                     grow_history, number, pile_up, status_of, tool,
                     wait_for)

LAST = os.path.join(os.path.dirname(os.path.abspath(__file__)), "last.json")
SLOW_US = 2000


class Row:
    """What was measured: ours and the limit, which a reference gave or the
    project set; peer is the best alternative's share of the same limit."""

    def __init__(self, name, unit, ours, limit, must, higher=True, peer=""):
        self.name, self.unit, self.ours = name, unit, ours
        self.limit, self.must, self.higher = limit, must, higher
        self.peer = peer

    @property
    def ratio(self):
        return self.ours / self.limit if self.limit else 0

    @property
    def good(self):
        return (self.ratio >= self.must if self.higher
                else self.ratio <= self.must)


def median(items):
    return statistics.median(items)


def in_turn(rounds, reference, ours):
    """Medians by key of what both give, measured one after the other."""
    lists = ([], [])
    for _ in range(rounds):
        lists[0].append(reference())
        lists[1].append(ours())
    return [{k: median([d[k] for d in runs]) for k in runs[0]}
            for runs in lists]


def run_json(args, slow=0, given=None):
    env = dict(os.environ)
    if slow:
        env.update(LD_PRELOAD=tool("slowsync.so"), SLOWSYNC_US=str(slow))
    done = subprocess.run([tool(args[0])] + [str(a) for a in args[1:]],
                          stdout=subprocess.PIPE, input=given, text=True,
                          env=env, check=True)
    return json.loads(done.stdout)


# ---- sends -----------------------------------------------------------------

def reference_sends(n, in_flight, delay=0, slow=0):
    with tempfile.TemporaryDirectory() as folder, \
            Mock("-d", str(delay)) as mock:
        return run_json(["sends", mock.port, n, in_flight,
                         os.path.join(folder, "db")], slow)


def sent(daemon, mock, n, bound=300):
    """Wait for the slot and until n creates have been answered and recorded;
    what the daemon needed from the first create on."""
    before = cpu_of(daemon.pid)
    while mock.stats()["creates"] == 0:
        before = cpu_of(daemon.pid)
        time.sleep(0.005)
    wait_for(lambda: mock.stats()["creates"] >= n, bound, 0.05)
    wait_for(lambda: daemon.ask("SELECT count(*) FROM attempt WHERE state ="
                                " 'accepted'") >= n, bound, 0.1)
    stats = mock.stats()
    seconds = (stats["last_us"] - stats["first_us"]) / 1e6
    return {"per_s": n / seconds, "seconds": seconds,
            "cpu_us": (cpu_of(daemon.pid) - before) / n * 1e6}


def our_sends(n, in_flight, delay=0, slow=0):
    with Mock("-d", str(delay)) as mock, \
            Daemon(n, gateway=mock.port, in_flight=in_flight,
                   slow=slow) as daemon:
        got = sent(daemon.start(), mock, n)
        got["seconds"] += delay / 1000
        got["syncs"] = daemon.end() / n
        return got


def sends(rounds, scale):
    n = 40000 // scale
    ref, ours = in_turn(rounds, lambda: reference_sends(n, 64),
                        lambda: our_sends(n, 64))
    yield Row("sends, 64 in flight", "/s", ours["per_s"], ref["per_s"], 0.6,
              peer="0.26 Node")
    yield Row("... CPU each", "us", ours["cpu_us"], ref["cpu_us"], 1.6, False,
              "3.6 Node")
    yield Row("... syncs each, whole run", "", ours["syncs"], 0.05, 1, False)


def late(rounds, scale):
    n = 10000 // scale
    ref, ours = in_turn(rounds, lambda: reference_sends(n, 100, 100),
                        lambda: our_sends(n, 100, 100))
    yield Row("sends, answered after 100 ms", "s", ours["seconds"],
              ref["seconds"], 1.08, False)


def slow(rounds, scale):
    n = 20000 // scale
    ref, ours = in_turn(rounds, lambda: reference_sends(n, 64, 0, SLOW_US),
                        lambda: our_sends(n, 64, 0, SLOW_US))
    yield Row("sends, each sync 2 ms more", "/s", ours["per_s"],
              ref["per_s"], 0.6, peer="0.03 a commit each")


# ---- hooks -----------------------------------------------------------------

def hook_line(url, path, fields):
    text = url + path + "".join(k + fields[k] for k in sorted(fields))
    signature = base64.b64encode(hmac.new(
        TOKEN.encode(), text.encode(), hashlib.sha1).digest()).decode()
    return "%s %s %s\n" % (path, signature, urllib.parse.urlencode(fields))


def status_lines(daemon, created, status):
    """A callback for each of the creates that the mock has listed."""
    lines = []
    for line in created:
        sid, address, to = line.split()
        path = urllib.parse.urlsplit(address)
        path = path.path + ("?" + path.query if path.query else "")
        lines.append(hook_line(daemon.url, path, {
            "AccountSid": ACCOUNT, "MessageSid": sid, "MessageStatus": status,
            "From": "+15550002222", "To": to}))
    return lines


def text_lines(daemon, first, n, words):
    return [hook_line(daemon.url, "/hook/main/text", {
        "AccountSid": ACCOUNT, "From": number(i), "To": "+15550002222",
        "MessageSid": "SM%032x" % (i + 1), "Body": words, "NumMedia": "0"})
        for i in range(first, first + n)]


def post(port, connections, lines, seconds=0):
    args = ["post", port, connections, int(seconds * 1000)]
    got = run_json(args, given="".join(lines))
    if got["bad"]:
        raise RuntimeError("%d hooks were not accepted" % got["bad"])
    return got


def reference_hooks(daemon, connections, lines):
    with tempfile.TemporaryDirectory() as folder, \
            Served([tool("hooks"), os.path.join(folder, "db"), TOKEN,
                    daemon.url]) as hooks:
        return post(hooks.port, connections, lines)


class AskedPeople:
    """A daemon that has texted (or rung) n people and waits for what they
    say."""

    def __init__(self, n, channel="text"):
        self.mock_list = tempfile.NamedTemporaryFile("r")
        self.mock = Mock("-l", self.mock_list.name)
        self.daemon = Daemon(n, channel, gateway=self.mock.port)
        sent(self.daemon.start(), self.mock, n)
        self.mock.end()
        self.created = self.mock_list.read().splitlines()

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.daemon.__exit__()
        self.mock_list.close()


def hooks(rounds, scale):
    n = 20000 // scale
    found = {64: ([], []), 256: ([], []), 1: ([], [])}
    replies = []
    for _ in range(rounds):
        with AskedPeople(n) as people:
            daemon = people.daemon
            for connections, status, share in ((64, "sent", 1),
                                               (256, "delivered", 1),
                                               (1, "read", 10)):
                lines = status_lines(daemon, people.created[:n // share],
                                     status)
                refs, ours = found[connections]
                refs.append(reference_hooks(daemon, connections, lines))
                ours.append(post(daemon.port, connections, lines))
            replies.append(replies_under_load(people, found[64][1][-1]))
    for connections in (64, 256):
        refs, ours = found[connections]
        yield Row("hooks, %d connections" % connections, "/s",
                  median([o["per_s"] for o in ours]),
                  median([r["per_s"] for r in refs]), 0.6,
                  peer="0.07 Express")
        if connections == 64:
            yield Row("... p99", "ms", median([o["p99_ms"] for o in ours]),
                      20, 1, False)
    yield Row("hooks, one connection, p50", "ms",
              median([o["p50_ms"] for o in found[1][1]]), 0.5, 1, False)
    yield Row("reply to confirmed under half the load, p99", "ms",
              median([r["p99_ms"] for r in replies]), 25, 1, False)


def replies_under_load(people, full):
    """Replies at an even pace, while callbacks come at half the full rate."""
    daemon = people.daemon
    n = len(people.created)
    load = status_lines(daemon, people.created, "sending")
    seconds = n / (full["per_s"] / 2)
    count = min(n // 4, int(seconds * 100))
    other = subprocess.Popen(
        [tool("post"), str(daemon.port), "32", str(int(seconds * 1000))],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    other.stdin.write("".join(load))
    other.stdin.close()
    got = post(daemon.port, 4, text_lines(daemon, 0, count, "OK"),
               seconds * 0.8)
    other.wait()
    confirmed = daemon.ask("SELECT count(*) FROM checkin"
                           " WHERE state = 'confirmed'")
    if confirmed < count:
        raise RuntimeError("%d of %d replies confirmed" % (confirmed, count))
    return got


def round_trips(rounds, scale):
    n = 20000 // scale

    def told(mock):
        stats = wait_for(lambda: (lambda s: s["told"] >= n and s)(
            mock.stats()), 60, 0.05)
        return {"per_s": n / (stats["last_told_us"] - stats["first_us"])
                * 1e6}

    def reference():
        with tempfile.TemporaryDirectory() as folder, \
                Mock("-k", "64") as mock:
            url = "http://127.0.0.1:%d"
            with Served([tool("hooks"), os.path.join(folder, "hooks"),
                         TOKEN]) as receiver:
                url = url % receiver.port + "/hook"
                run_json(["sends", mock.port, n, 64,
                          os.path.join(folder, "db"), url])
                return told(mock)

    def ours():
        with Mock("-k", "64") as mock, \
                Daemon(n, gateway=mock.port) as daemon:
            daemon.start()
            return told(mock)

    ref, mine = in_turn(rounds, reference, ours)
    yield Row("round trips, both directions at once", "/s", mine["per_s"],
              ref["per_s"], 0.6)


# ---- whoever asks for help comes first -------------------------------------

NOTICED = """SELECT min(attempt.sent_at) - reply.at FROM reply
JOIN notice ON notice.flag = reply.flag JOIN attempt ON attempt.notice =
notice.id WHERE attempt.sent_at IS NOT NULL GROUP BY reply.id"""


def fairness(rounds, scale):
    """Texts for help in the midst of the first texts to everybody."""
    n = 100000 // scale
    count = min(200, n // 10)
    waits = []
    for _ in range(rounds):
        with Mock() as mock, Daemon(n, gateway=mock.port,
                                    volunteers=count) as daemon:
            daemon.start("2026-12-04T08:59:50", 1, 300)
            wait_for(lambda: mock.stats()["creates"] > n // 50, 300, 0.02)
            told = post(daemon.port, 4, text_lines(
                daemon, n - count, count, "HELP"), n / 100000 * 5)
            if mock.stats()["creates"] >= n:
                raise RuntimeError("the backlog was over before")
            found = wait_for(lambda: (lambda r: len(r) >= count and r)(
                daemon.rows(NOTICED)), 120, 0.2)
            late = sorted(row[0] for row in found)
            # In and on disk; then out.
            waits.append(told["p99_ms"] + late[len(late) * 99 // 100])
    yield Row("HELP to a volunteer's notice, %d due, p99" % n, "ms",
              median(waits), 1000, 1, False)


# ---- whole check-ins -------------------------------------------------------

def call_lines(daemon, created, status, at, keys=""):
    """One hook of each call: how it goes on, or the key that was pressed."""
    lines = []
    for line in created:
        sid, address, to = line.split()
        ref = urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)["a"]
        path = "/hook/main/" + ("key?a=%s&n=0" if keys else
                                "call-status?a=%s") % ref[0]
        fields = {"AccountSid": ACCOUNT, "CallSid": sid, "CallStatus": status,
                  "From": "+15550002221", "To": to}
        fields.update({"Digits": keys} if keys else
                      {"SequenceNumber": str(at)})
        lines.append(hook_line(daemon.url, path, fields))
    return lines


def answer_calls(people):
    """Everybody takes the call, presses 1 and hangs up."""
    daemon, created = people.daemon, people.created
    for at, (status, keys) in enumerate((
            ("initiated", ""), ("ringing", ""), ("in-progress", ""),
            ("in-progress", "1"), ("completed", ""))):
        post(daemon.port, 64, call_lines(daemon, created, status, at, keys))
    confirmed = daemon.ask("SELECT count(*) FROM checkin"
                           " WHERE state = 'confirmed'")
    if confirmed != len(created):
        raise RuntimeError("%d of %d confirmed" % (confirmed, len(created)))


def checkins(rounds, scale):
    """The whole life of the process goes into the cost: loading the people,
    and planning the next day too."""
    n = 10000 // scale
    costs, sizes = [], []
    for _ in range(rounds):
        with AskedPeople(n, "call") as people:
            answer_calls(people)
            costs.append(cpu_of(people.daemon.pid) / n * 1e6)
            people.daemon.end()
            sizes.append(people.daemon.ledger_size() / n)
    yield Row("a whole check-in by call, CPU", "us", median(costs), 1000, 1,
              False)
    yield Row("... on the disk, tomorrow's plan beside it", "B",
              median(sizes), 2000, 1, False)


def start(rounds, scale):
    """A ledger of so many attempts, to READY."""
    n = 10000000 // scale
    times = []
    with AskedPeople(min(10000, n), "call") as people:
        answer_calls(people)
        daemon = people.daemon
        daemon.end()
        grow_history(daemon.path("ringround.db"), n)
        for _ in range(rounds):
            began = time.monotonic()
            daemon.start("2026-12-04T12:00", 1)
            times.append(time.monotonic() - began)
            daemon.end()
        yield Row("start with %.0e attempts in the ledger" % n, "s",
                  median(times), 2, 1, False)
        pile_up(daemon.path("ringround.db"), n // 10)
        due = run_json(["due", daemon.path("ringround.db"), 50])
        yield Row("... next 100 of %.0e that wait, claimed" % (n // 10), "ms",
                  due["p50_ms"], 5, 1, False)


# ---- a nation --------------------------------------------------------------

# A process of its own, for a child counts its parent's memory as its peak.
MEASURED = """
import resource, subprocess, sys, time
began = time.monotonic()
code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL)
print(code, time.monotonic() - began,
      resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def check_alone(daemon):
    """Seconds and MiB at the peak that loading and validating takes."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, os.path.join(BUILD, "ringroundd"),
         "-t", "-c", daemon.path("ringround.conf")], stdout=subprocess.PIPE,
        text=True, check=True)
    code, seconds, peak = done.stdout.split()
    if code != "0":
        raise RuntimeError("the scheme was refused")
    return float(seconds), int(peak) / 1024


@contextlib.contextmanager
def hooked(daemon, n, found):
    """Texts from people, a hundred a second, until the block ends; found gets
    the worst p99 and the longest of all, in ms."""
    over = []
    first = [0]

    def go_on():
        while not over:
            got = post(daemon.port, 4, text_lines(daemon, first[0] % n, 200,
                                                  "hello"), 2)
            first[0] += 200
            found["p99"] = max(found.get("p99", 0), got["p99_ms"])
            found["max"] = max(found.get("max", 0), got["max_ms"])

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield
    finally:
        over.append(True)
        thread.join()


def change_somebody(daemon):
    path = daemon.path("people.csv")
    with open(path, "r+b") as f:
        head = f.read(4096)
        f.seek(head.index(b"Ada Person0,"))
        f.write(b"Ida")


def million(rounds, scale):
    n = 1000000 // scale
    with Daemon(n, at="18:00") as daemon:
        checks = [check_alone(daemon) for _ in range(min(rounds, 3))]
        yield Row("%d people: load and validate" % n, "s",
                  median([c[0] for c in checks]), 20, 1, False)
        yield Row("... at the peak", "MiB", median([c[1] for c in checks]),
                  900, 1, False)
        daemon.start(rate=1, bound=300)
        planning, loading = {}, {}
        began = time.monotonic()
        with hooked(daemon, n, planning):
            wait_for(lambda: daemon.ask("SELECT count(*) FROM checkin") >= n,
                     600, 0.5)
            took = time.monotonic() - began
        yield Row("... plan the day", "s", took, 30, 1, False)
        yield Row("... hooks meanwhile, p99", "ms", planning["p99"], 50, 1,
                  False)
        yield Row("... resident afterwards", "MiB",
                  status_of(daemon.pid, "VmRSS") / 1024, 500, 1, False)
        change_somebody(daemon)
        began = time.monotonic()
        with hooked(daemon, n, loading):
            daemon.command("reload")
            took = time.monotonic() - began
        yield Row("... reload with one changed", "s", took, 20, 1, False)
        yield Row("... the longest that a hook waits meanwhile", "ms",
                  loading["max"], 50, 1, False)
        began = time.monotonic()
        for _ in range(5):
            daemon.command("status")
        yield Row("... ringround status", "ms",
                  (time.monotonic() - began) / 5 * 1000, 100, 1, False)


# ---- the simulator ---------------------------------------------------------

def simulator(rounds, scale):
    days = 100 // scale
    rates = []
    for _ in range(rounds):
        began = time.monotonic()
        done = subprocess.run(
            [os.path.join(BUILD, "ringround"), "simulate", "--participants",
             "200", "--days", str(days), "--json"], stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True, check=True)
        json.loads(done.stdout)
        rates.append(200 * days / (time.monotonic() - began))
    yield Row("simulated check-ins, all invariants on", "/s", median(rates),
              5000, 1)


# ---- at rest ---------------------------------------------------------------

def idle(rounds, scale):
    seconds = 60 // scale
    with Daemon(10000, at="18:00") as daemon:
        # Before the day's reviews, which take a second for each 64 people.
        daemon.start("2026-12-04T04:00", 1)
        wait_for(lambda: daemon.ask("SELECT count(*) FROM checkin") >= 20000,
                 60, 0.2)
        time.sleep(3)
        cpu = cpu_of(daemon.pid)
        wakes = status_of(daemon.pid, "voluntary_ctxt_switches")
        time.sleep(seconds)
        cpu = cpu_of(daemon.pid) - cpu
        wakes = status_of(daemon.pid, "voluntary_ctxt_switches") - wakes
    yield Row("idle with 10,000 people, CPU in ten minutes", "s",
              cpu * 600 / seconds, 0.1, 1, False)
    yield Row("... wake-ups a minute", "", wakes * 60 / seconds, 6, 1, False)


ROWS = {"sends": sends, "late": late, "slow": slow, "hooks": hooks,
        "round-trips": round_trips, "fairness": fairness,
        "checkins": checkins, "million": million,
        "start": start, "simulator": simulator, "idle": idle}


def show(rows, last):
    for r in rows:
        before = last.get(r.name)
        change = "%+.0f %%" % (100 * (r.ratio / before - 1)) if before else ""
        print("%-48s %10.4g %-3s %10.4g %7.2f  %-4s %-18s %s"
              % (r.name, r.ours, r.unit, r.limit, r.ratio,
                 "" if r.good else "MISS", r.peer, change), flush=True)


def grow(names, rounds, path):
    """Each row at three sizes; how it grows, as a table and a picture."""
    sizes, rows = [1, 10, 100], []
    print("%-48s %-3s %10s %10s %10s %9s" % (
        "what", "", "1x", "10x", "100x", "exponent"))
    for name in names:
        runs = [list(ROWS[name](rounds, 100 // size)) for size in sizes]
        for same in zip(*runs):
            row = {"name": same[-1].name, "unit": same[-1].unit,
                   "values": [r.ours for r in same]}
            row["exponent"] = growth.exponent(sizes, row["values"])
            rows.append(row)
            print("%-48s %-3s %10.4g %10.4g %10.4g %9.2f" % (
                (row["name"], row["unit"]) + tuple(row["values"]) +
                (row["exponent"],)), flush=True)
    growth.draw(rows, sizes, path)
    print("drawn in " + path)


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("rows", nargs="*", metavar="ROW",
                   help="of: " + " ".join(ROWS))
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--scale", type=int, default=1,
                   help="divide every number of people by this")
    p.add_argument("--json", metavar="FILE")
    p.add_argument("--growth", metavar="FILE.svg",
                   help="each row at a hundredth, a tenth and the whole of its "
                   "size, drawn into FILE.svg")
    p.add_argument("--keep", action="store_true")
    o = p.parse_args()
    for name in o.rows:
        if name not in ROWS:
            p.error("no row " + name)
    if o.growth:
        grow(o.rows or ROWS, o.rounds, o.growth)
        return 0
    last = {}
    if os.path.exists(LAST):
        with open(LAST, encoding="utf-8") as f:
            last = json.load(f)
    print("%-48s %10s %-3s %10s %7s  %-4s %-18s %s" % (
        "what", "ours", "", "limit", "ratio", "", "best peer", "since last"))
    table = {}
    for name in o.rows or ROWS:
        rows = list(ROWS[name](o.rounds, o.scale))
        show(rows, last)
        table.update({r.name: r for r in rows})
    if o.json:
        with open(o.json, "w", encoding="utf-8") as f:
            json.dump([{"name": r.name, "ours": r.ours, "limit": r.limit,
                        "unit": r.unit, "ratio": r.ratio, "good": r.good}
                       for r in table.values()], f, indent=1)
    if o.keep:
        last.update({name: round(r.ratio, 4) for name, r in table.items()})
        with open(LAST, "w", encoding="utf-8") as f:
            json.dump(last, f, indent=1)
            f.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

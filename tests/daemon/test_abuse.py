#!/usr/bin/env python3
"""The public listener under abuse: crowds of connections that say nothing or
say it slowly, heads and bodies without end, tricks with lengths and chunks, and
forged hooks as fast as they can be sent.  Meanwhile the hooks of the exchange
are answered, memory stays bounded, the journal does not grow with it, and the
descriptors come back.  RINGROUND_ABUSE=10000: so many connections."""
import os
import resource
import socket
import threading
import time

from rig import Rig, note, ok, person, run, same

CROWD = int(os.environ.get("RINGROUND_ABUSE", "1500"))
PEOPLE = "\n".join(person("p%d" % n, "Edna" + chr(97 + n),
                          phone="0115 496 013%d" % n) for n in range(6))
WELL = "default call 100 key 1 after 5s\ndefault text 100 silent\n"
FORGED = (b"POST /hook/main/call?a=%s HTTP/1.1\r\nHost: x\r\n"
          b"Content-Type: application/x-www-form-urlencoded\r\n"
          b"X-Twilio-Signature: bm8gc2lnbmF0dXJlIGF0IGFsbCE=\r\n"
          b"Content-Length: 23\r\n\r\nCallStatus=completed&a=") % (b"a" * 32)


# What the round itself may keep open for its next use: for each of six people a
# connection to the gateway and one from it, and a few files.
IDLE = 2 * 6 + 8


def more_descriptors():
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def connect(rig):
    s = socket.socket()
    s.settimeout(10)
    s.connect(("127.0.0.1", rig.port))
    return s


def memory(rig):
    """Resident, in KiB."""
    with open("/proc/%d/status" % rig.daemon.pid, encoding="ascii") as f:
        for line in f:
            if line.startswith("VmRSS"):
                return int(line.split()[1])
    return 0


def is_sanitized(rig):
    with open("/proc/%d/maps" % rig.daemon.pid, encoding="utf-8") as f:
        return "asan" in f.read()


def descriptors(rig):
    return len(os.listdir("/proc/%d/fd" % rig.daemon.pid))


class Abused:
    """Somebody does this until the block ends; health is asked meanwhile."""

    def __init__(self, rig, name, abuse):
        self.rig, self.name, self.abuse = rig, name, abuse
        self.over, self.times, self.count = False, [], 0

    def __enter__(self):
        self.before = memory(self.rig), descriptors(self.rig), \
            len(self.rig.daemon.err())
        self.threads = [threading.Thread(target=self.attack),
                        threading.Thread(target=self.look)]
        for t in self.threads:
            t.start()
        return self

    def attack(self):
        try:
            self.abuse(self)
        except OSError:
            pass

    def look(self):
        while not self.over:
            began = time.monotonic()
            try:
                self.rig.hook("GET", "/health", timeout=15)
                self.times.append(time.monotonic() - began)
            except OSError:
                self.times.append(15)
            time.sleep(0.05)

    def __exit__(self, *why):
        self.over = True
        for t in self.threads:
            t.join()
        rig, times = self.rig, sorted(self.times) or [15]
        grown = memory(rig) - self.before[0]
        note("%s: %d, answers p50 %.0f ms, p99 %.0f ms, memory +%d KiB" % (
            self.name, self.count, 1000 * times[len(times) // 2],
            1000 * times[len(times) * 99 // 100], grown))
        ok(times[-1] < 15, self.name + ": who asks is answered all the while")
        # A sanitizer keeps what was freed.
        ok(grown < 32 << 10 or is_sanitized(rig),
           self.name + ": memory is bounded", grown)
        ok(len(rig.daemon.err()) - self.before[2] < 20000,
           self.name + ": the journal does not grow with it")
        rig.wait(lambda: descriptors(rig) <= self.before[1] + IDLE,
                 "the descriptors come back", 60)
        return False


def silent(a):
    """Thousands of connections that say nothing."""
    crowd = []
    while not a.over:
        if len(crowd) < CROWD:
            try:
                crowd.append(connect(a.rig))
                a.count += 1
            except OSError:
                time.sleep(0.01)
        else:
            crowd.pop(0).close()
    for s in crowd:
        s.close()


def slow_heads(a):
    """A byte of a head now and then; and of a body."""
    crowd = [connect(a.rig) for _ in range(min(CROWD, 400))]
    for s in crowd[::2]:
        s.sendall(b"POST /hook/main/call HTTP/1.1\r\nHost: x\r\n"
                  b"Content-Length: 60000\r\n\r\n")
    a.count = len(crowd)
    while not a.over and crowd:
        for s in list(crowd):
            try:
                s.send(b"x")
            except OSError:
                crowd.remove(s)
                s.close()
        time.sleep(0.2)
    for s in crowd:
        s.close()


def endless(a):
    """Heads of megabytes, bodies of gigabytes, requests without an end."""
    while not a.over:
        for begin, piece in (
                (b"GET / HTTP/1.1\r\nX: ", b"y" * 65536),
                (b"GET /", b"z" * 65536),
                (b"POST /hook/main/call HTTP/1.1\r\nHost: x\r\n"
                 b"Content-Length: 9999999999\r\n\r\n", b"b" * 65536),
                (b"POST /hook/main/call HTTP/1.1\r\nHost: x\r\n"
                 b"Transfer-Encoding: chunked\r\n\r\n",
                 b"10000\r\n" + b"c" * 65536 + b"\r\n")):
            s = connect(a.rig)
            a.count += 1
            try:
                s.sendall(begin)
                for _ in range(64):
                    s.sendall(piece)
            except OSError:
                pass
            s.close()


def forged(a):
    """Forged hooks, pipelined, on a few connections."""
    s = connect(a.rig)
    pending = 0
    while not a.over:
        s.sendall(FORGED * 20)
        pending += 20
        a.count += 20
        while pending > 100:
            pending -= s.recv(1 << 16).count(b"HTTP/1.1 403")
    s.close()


def crowds():
    if more_descriptors() < CROWD + 200:
        ok(True, "crowds # SKIP not so many descriptors")
        return
    with Rig("abuse", PEOPLE, scenario=WELL, rate=60) as rig:
        rig.start()
        for abuse, lasts in ((silent, 4), (slow_heads, 3), (endless, 2)):
            with Abused(rig, abuse.__name__, abuse):
                time_up = time.monotonic() + lasts
                rig.wait(lambda: time.monotonic() > time_up, "some time")
        for n in range(6):
            rig.until_state("p%d" % n, "confirmed", "confirmed_late")
        ok(True, "abuse: everybody is heard all the same")


def flood():
    with Rig("flood", PEOPLE, scenario=WELL, rate=60) as rig:
        rig.start()
        with Abused(rig, "forged", forged) as a:
            began = time.monotonic()
            for n in range(6):
                rig.until_state("p%d" % n, "confirmed", "confirmed_late")
            rate = a.count / (time.monotonic() - began)
        ok(True, "flood: everybody is heard meanwhile")
        note("%.0f forged hooks a minute" % (rate * 60))
        ok(rig.daemon.err().count("wrong signature") < 5,
           "flood: a few lines tell of it")


TRICKS = [
    ("two lengths", b"Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde"),
    ("a length and chunks", b"Content-Length: 4\r\n"
     b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ("a chunk of no size", b"Transfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n"),
    ("a chunk below nothing", b"Transfer-Encoding: chunked\r\n\r\n-1\r\nab"),
    ("a chunk of everything", b"Transfer-Encoding: chunked\r\n\r\n"
     b"ffffffffffffffff\r\nab\r\n"),
    ("a length below nothing", b"Content-Length: -1\r\n\r\n"),
    ("a length that is none", b"Content-Length: four\r\n\r\nabcd"),
    ("another coding", b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
    ("a length with a plus", b"Content-Length: +4\r\n\r\nabcd"),
    ("a length that is folded", b"Content-Length:\r\n 4\r\n\r\nabcd"),
]


def tricks():
    """What two readers could understand differently is refused, and what
    follows on that connection is not read as a request."""
    with Rig("tricks", PEOPLE, scenario=WELL) as rig:
        rig.start()
        smuggled = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
        for name, rest in TRICKS:
            s = connect(rig)
            s.sendall(b"POST /hook/main/call HTTP/1.1\r\nHost: x\r\n" + rest +
                      smuggled)
            s.shutdown(socket.SHUT_WR)
            got = b""
            try:
                while True:
                    piece = s.recv(65536)
                    if not piece:
                        break
                    got += piece
            except OSError:
                pass
            s.close()
            ok(b"HTTP/1.1 200" not in got, "tricks: %s is no way to smuggle"
               % name, got[:300])
        same(rig.hook("GET", "/health")[0], 200, "tricks: all is well")


if __name__ == "__main__":
    run(tricks, crowds, flood)

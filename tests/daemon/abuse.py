"""Somebody who abuses the public listener, and what must hold meanwhile."""
import os
import socket
import threading
import time

from rig import note, ok

FORGED = (b"POST /hook/main/call?a=%s HTTP/1.1\r\nHost: x\r\n"
          b"Content-Type: application/x-www-form-urlencoded\r\n"
          b"X-Twilio-Signature: bm8gc2lnbmF0dXJlIGF0IGFsbCE=\r\n"
          b"Content-Length: 23\r\n\r\nCallStatus=completed&a=") % (b"a" * 32)
# What it may have opened meanwhile beside connections: files of the ledger.
FILES = 8


def connect(rig):
    if hasattr(rig, "open"):
        return rig.open(timeout=10)
    return socket.create_connection(("127.0.0.1", rig.port), 10)


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
    """Of the daemon, beyond those that it may keep open for their next use:
    its connections to the exchange and the exchange's to it, which are the
    exchange's descriptors too."""
    return len(os.listdir("/proc/%d/fd" % rig.daemon.pid)) - \
        len(os.listdir("/proc/%d/fd" % rig.exchange.pid))


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
        rig.wait(lambda: descriptors(rig) <= self.before[1] + FILES,
                 "the descriptors come back", 60)
        return False


def pipelined(a, request):
    """One after the other, on one connection; some are always under way."""
    s = connect(a.rig)
    pending = 0
    while not a.over:
        s.sendall(request * 20)
        pending += 20
        a.count += 20
        while pending > 100:
            pending -= s.recv(1 << 16).count(b"HTTP/1.1 ")
    s.close()


def forged(a):
    pipelined(a, FORGED)


def strangers(a):
    """Links to sign in with, for a number that is nobody's."""
    pipelined(a, b"POST /in HTTP/1.1\r\nHost: x\r\nContent-Type: "
              b"application/x-www-form-urlencoded\r\n"
              b"Content-Length: 14\r\n\r\nto=07700900999")


def check_flood(rig, what):
    """A round of six people in the midst of it."""
    with Abused(rig, what.__name__, what) as a:
        began = time.monotonic()
        for n in range(6):
            rig.until_state("p%d" % n, "confirmed", "confirmed_late")
        rate = a.count / (time.monotonic() - began)
    ok(True, rig.name + ": everybody is heard meanwhile")
    note("%s: %.0f a minute" % (what.__name__, rate * 60))

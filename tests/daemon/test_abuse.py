#!/usr/bin/env python3
"""The public listener under abuse: crowds of connections that say nothing or
say it slowly, heads and bodies without end, tricks with lengths and chunks, and
forged hooks as fast as they can be sent.  Meanwhile the hooks of the exchange
are answered, memory stays bounded, the journal does not grow with it, and the
descriptors come back.  RINGROUND_ABUSE=10000: so many connections."""
import os
import resource
import socket
import time

from abuse import Abused, check_flood, connect, forged, strangers
from rig import Rig, ok, person, run, same

CROWD = int(os.environ.get("RINGROUND_ABUSE", "1500"))
PEOPLE = "\n".join(person("p%d" % n, "Edna" + chr(97 + n),
                          phone="0115 496 013%d" % n) for n in range(6))
WELL = "default call 100 key 1 after 5s\ndefault text 100 silent\n"


def more_descriptors():
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


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
    """What nobody sent whom we know, as fast as it can be sent."""
    for what, tells in ((forged, "wrong signature"), (strangers, "sign in")):
        name = "flood of " + what.__name__
        with Rig(name, PEOPLE, scenario=WELL, rate=60) as rig:
            rig.start()
            check_flood(rig, what)
            ok(rig.daemon.err().count(tells) < 5,
               name + ": a few lines tell of it")
            same(rig.creates("+447700900999"), [],
                 name + ": nobody is written to for it")


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

#!/usr/bin/env python3
"""The public listener, where anybody may knock."""
import socket
import sqlite3
import time

from hooks import FORM, send, signed, text_from
from rig import Rig, ok, person, run, same

PEOPLE = person("p1", "Edna", text="07700 900121", channel="text") + \
    person("p2", "Mei", text="07700 900122", channel="text")
SILENT = "default text 100 silent\n"


def raw(rig, data, within=20):
    """Bytes as they are; all that is answered until the end."""
    with socket.create_connection(("127.0.0.1", rig.port), within) as s:
        s.sendall(data)
        answer = b""
        while True:
            try:
                piece = s.recv(4096)
            except (ConnectionResetError, BrokenPipeError):
                return answer
            if not piece:
                return answer
            answer += piece


def forgeries():
    with Rig("forgeries", PEOPLE, scenario=SILENT) as rig:
        rig.start()
        rig.until_state("p1", "asking")
        ok_text = text_from("+447700900121", "ok", "a")
        for name, how in (("no signature", {"signature": None}),
                          ("an empty signature", {"signature": ""}),
                          ("another's signature", {"token": "guess"}),
                          ("a signature that is too long",
                           {"signature": "A" * 400})):
            status, body = send(rig, ok_text, **how)
            same(status, 403, name + ": 403")
            ok("ok" not in body and "4477" not in body,
               name + ": nothing comes back", body)
        for _ in range(50):
            send(rig, ok_text, token="guess")
        same(rig.daemon.err().count("wrong signature"), 1,
             "the journal is told once, not each time")
        signature = signed(rig, "/hook/main/text", ok_text)
        other = dict(ok_text, From="+447700900122")
        same(send(rig, other, signature=signature)[0], 403,
             "another sender under an old signature: 403")
        same(rig.history("p1")["replies"], [], "none of them is heard")
        same(rig.state("p1"), "asking", "and confirms nobody")
        same(send(rig, ok_text)[0] // 100, 2, "the true one is taken")
        rig.until_state("p1", "confirmed")


def replays():
    with Rig("replays", PEOPLE, scenario=SILENT) as rig:
        rig.start()
        rig.until_state("p1", "asking")
        taken = text_from("+447700900121", "ok", "b")
        for _ in range(3):
            same(send(rig, taken)[0] // 100, 2, "taken, or taken before")
        rig.until_state("p1", "confirmed")
        same(len(rig.history("p1")["replies"]), 1, "it was heard once")
        rig.until("09:22")
        rig.daemon.end()
        rig.start(rehearse="2026-12-05T08:58")
        rig.until_state("p1", "asking", date="2026-12-05")
        same(send(rig, taken)[0] // 100, 2, "yesterday's hook once more")
        rig.until("09:06")
        same((rig.state("p1", date="2026-12-05"),
              len(rig.history("p1")["replies"])), ("asking", 1),
             "and it confirms nobody today")


def malformed():
    with Rig("malformed", PEOPLE, scenario=SILENT) as rig:
        rig.start()
        head = b"POST /hook/main/text HTTP/1.1\r\nHost: x\r\n"
        both = raw(rig, head + b"Content-Length: 4\r\nTransfer-Encoding: "
                   b"chunked\r\n\r\n0\r\n\r\nGET /health HTTP/1.1\r\n\r\n")
        ok(both.startswith(b"HTTP/1.1 400") and both.count(b"HTTP/1.1") == 1,
           "two lengths: 400, and closed", both)
        twice = raw(rig, head + b"Content-Length: 4\r\nContent-Length: 5\r\n"
                    b"\r\na=bcd")
        ok(twice.startswith(b"HTTP/1.1 400"), "a length twice: 400", twice)
        body = "Body=" + "x" * 100000
        status, text = rig.hook("POST", "/hook/main/text", body,
                                {"Content-Type": FORM})
        same(status, 413, "a huge body: 413")
        long = raw(rig, head + b"X: " + b"y" * 20000 + b"\r\n\r\n")
        ok(long.startswith(b"HTTP/1.1 4"), "a huge head is refused",
           long[:40])
        for path in ("/", "/hook/", "/hook/nobody/text", "/hook/main/secret",
                     "/api/status", "/../etc/passwd", "/%00", "/Quillfeather"):
            status, text = rig.hook("GET", path)
            ok(status in (303, 400, 403, 404, 405) and "Quill" not in text and
               "passwd" not in text, "%s: %d, and nothing echoed"
               % (path, status), text)
        same(send(rig, {"CallSid": "nonsense"}, "/hook/main/call")[0] // 100
             in (2, 4), True, "signed nonsense is answered")
        same(rig.hook("GET", "/health")[0], 200, "it is well all the same")


def slow_sender():
    """One byte at a time holds nobody up, and is cut off."""
    with Rig("slow sender", PEOPLE, scenario=SILENT, rate=10) as rig:
        rig.start()
        began = time.monotonic()
        closed = None
        with socket.create_connection(("127.0.0.1", rig.port), 20) as s:
            s.sendall(b"POST /hook/main/text HTTP/1.1\r\nContent-Length: "
                      b"5000\r\n\r\n")
            s.settimeout(.2)
            while closed is None and time.monotonic() - began < 25:
                same_time = rig.hook("GET", "/health")[0]
                try:
                    s.sendall(b"a")
                    if not s.recv(100):
                        closed = time.monotonic() - began
                except TimeoutError:
                    pass
                except OSError:
                    closed = time.monotonic() - began
        ok(closed is not None and closed < 20, "it is closed", closed)
        same(same_time, 200, "and others are served meanwhile")


def unwell():
    """While the ledger cannot be written nothing is taken, and all is
    taken afterwards."""
    with Rig("unwell", PEOPLE, scenario=SILENT) as rig:
        rig.start()
        same(rig.hook("GET", "/health")[0], 200, "health: 200")
        rig.until_state("p1", "asking")
        taken = text_from("+447700900121", "ok", "c")
        other = sqlite3.connect(rig.db, isolation_level=None, timeout=20)
        other.execute("BEGIN IMMEDIATE")
        same(send(rig, taken)[0], 503, "a hook gets 503")
        status, body = rig.wait(
            lambda: next((a for a in [rig.hook("GET", "/health")]
                          if a[0] != 200), None), "health says so")
        ok(status == 503 and "ledger" in body, "health: 503, and why", body)
        status, doc = rig.api("hold", {"reason": "test"})
        same(status, 503, "a command is told that it did not happen")
        made = len(rig.creates())
        other.execute("ROLLBACK")
        other.close()
        rig.wait(lambda: rig.hook("GET", "/health")[0] == 200,
                 "it is well again")
        same(rig.state("p1"), "asking", "nothing of it has happened")
        same(send(rig, taken)[0] // 100, 2, "it comes again, and is taken")
        rig.until_state("p1", "confirmed", "confirmed_late")
        ok(len(rig.creates()) >= made, "and the round goes on")
        rig.until_state("p2", "no_response")


run(forgeries, replays, malformed, slow_sender, unwell)

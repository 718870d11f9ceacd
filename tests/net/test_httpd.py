#!/usr/bin/env python3
"""Our server over real sockets, against clients that mean no good."""
import os
import re
import resource
import select
import socket
import struct
import subprocess
import sys
import tempfile
import time

PROBE = os.path.join(os.environ.get("BUILDDIR", "."), "tests/net/httpd_probe")
PATIENCE = 20
count = 0


def ok(good, name, note=""):
    global count
    count += 1
    print(f"{'ok' if good else 'not ok'} {count} - {name}")
    if not good:
        print(f"# {note!r}")
    sys.stdout.flush()


def skip(name, why):
    global count
    count += 1
    print(f"ok {count} - {name} # SKIP {why}")


class Server:
    def __init__(self, request=10000, idle=75000, connections=100, listen=(),
                 **kwargs):
        self.process = subprocess.Popen(
            [PROBE, str(request), str(idle), str(connections), *listen],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, **kwargs)
        self.greeting = self.process.stdout.readline().decode().strip()
        self.port = int(self.greeting.split()[1]) \
            if self.greeting.startswith("port") else 0
        self.path = listen[1] if listen[:1] == ("unix",) else None

    def open(self):
        if self.path:
            s = socket.socket(socket.AF_UNIX)
            s.connect(self.path)
        else:
            s = socket.create_connection(("127.0.0.1", self.port))
        s.settimeout(PATIENCE)
        return s

    def ask(self, target, fields="", method="GET", body=b""):
        with self.open() as s:
            s.sendall(request(target, fields, method, body))
            return Reader(s).answer()

    def wait_count(self, want):
        """Ask until so many connections are open, this one among them."""
        got = None
        with self.open() as s:
            reader = Reader(s)
            for _ in range(2000):
                s.sendall(request("/count"))
                got = int(reader.answer()[2])
                if got == want:
                    break
                select.select([], [], [], 0.005)
        return got

    def end(self, name, how="/stop"):
        try:
            self.ask(how)
        except OSError:
            pass
        try:
            out, errors = self.process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            out, errors = self.process.communicate()
        ok(self.process.returncode == 0 and b"ended" in out,
           f"{name}: the server ends well",
           (self.process.returncode, errors[-3000:]))


class Reader:
    def __init__(self, s):
        self.s, self.data = s, b""

    def more(self):
        try:
            got = self.s.recv(65536)
        except ConnectionError:
            got = b""
        self.data += got
        return got != b""

    def answer(self):
        """(status, head, body), or None where the stream ends before."""
        while b"\r\n\r\n" not in self.data:
            if not self.more():
                return None
        head, rest = self.data.split(b"\r\n\r\n", 1)
        status = int(head.split()[1])
        length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
        n = int(length.group(1)) if length else 0
        while len(rest) < n:
            if not self.more():
                return None
            rest = self.data.split(b"\r\n\r\n", 1)[1]
        self.data = rest[n:]
        return status, head.decode("latin1"), rest[:n]

    def ends(self):
        """Reads to the end; the bytes that came."""
        while self.more():
            pass
        return self.data


def request(target, fields="", method="GET", body=b""):
    if method == "POST":
        fields += f"Content-Length: {len(body)}\r\n"
    head = f"{method} {target} HTTP/1.1\r\nHost: here\r\n{fields}\r\n"
    return head.encode() + body


def test_plain():
    server = Server()
    status, head, body = server.ask("/a/b%20c?x=%2B1&y", "X-Twilio-Signature: "
                                    "s\r\nx-twilio-signature: t\r\n")
    ok(status == 200, "a GET is answered", status)
    ok(body == b"GET|/a/b%20c?x=%2B1&y|/a/b%20c|x=%2B1&y||2|0|-1|",
       "the target stands as it was sent, repeats are counted", body)
    ok("content-type" not in head.lower(), "no type by default", head)
    ok("X-Extra: yes" in head, "further fields", head)
    body = server.ask("/", "Content-Type: application/x-www-form-urlencoded"
                      "; charset=utf-8\r\n", "POST", b"a=\0b\xff")[2]
    ok(body == b"POST|/|/||application/x-www-form-urlencoded; charset=utf-8"
       b"|0|5|-1|a=\0b\xff", "a POST, byte by byte", body)
    answer = server.ask("/none")
    ok(answer[0] == 204 and answer[2] == b"", "an answer without a body",
       answer)
    with server.open() as s:
        s.sendall(b"POST /e HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n"
                  b"Expect: 100-continue\r\n\r\n")
        reader = Reader(s)
        ok(reader.answer()[0] == 100, "100 where it is asked for")
        s.sendall(b"hi")
        ok(reader.answer()[2].endswith(b"hi"), "and then the answer")
    with server.open() as s:
        s.sendall(b"POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked"
                  b"\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
        answer = Reader(s).answer()
        ok(answer and answer[2].endswith(b"|abcde"), "chunks", answer)
    with server.open() as s:
        s.sendall(b"GET /one HTTP/1.0\r\n\r\n")
        reader = Reader(s)
        ok(reader.ends().endswith(b"GET|/one|/one|||0|0|-1|"),
           "HTTP/1.0 is answered and closed")
    server.end("plain")


def test_pipelining():
    server = Server()
    with server.open() as s:
        reader = Reader(s)
        s.sendall(request("/hold") + request("/2", "", "POST", b"two")
                  + request("/3") + b"GET /4 HT")
        # One that is to be released must have come.
        while server.ask("/release")[2] == b"done" and \
                not select.select([s], [], [], 0.01)[0]:
            pass
        ok(reader.answer()[2] == b"released", "the first one held back")
        ok(b"|/2|" in reader.answer()[2], "then the second")
        ok(b"|/3|" in reader.answer()[2], "then the third")
        s.sendall(b"TP/1.1\r\nHost: h\r\n\r\n")
        ok(b"|/4|" in reader.answer()[2], "then one that came in two")
        s.sendall(b"".join(request(f"/n{i}") for i in range(200)))
        bodies = [reader.answer()[2] for i in range(200)]
        ok(all(f"|/n{i}|".encode() in b for i, b in enumerate(bodies)),
           "two hundred at once, in their order")
        for byte in request("/slowly"):
            s.sendall(bytes([byte]))
        ok(b"|/slowly|" in reader.answer()[2], "one byte at a time")
    server.end("pipelining")


AMBIGUOUS = [
    ("a length and chunks", b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4"
     b"\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ("chunks and a length", b"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding:"
     b" chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"),
    ("two lengths", b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n"
     b"Content-Length: 30\r\n\r\n"),
    ("the same length twice", b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length:"
     b" 2\r\nContent-Length: 2\r\n\r\nhi"),
    ("a signed length", b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: +2"
     b"\r\n\r\nhi"),
    ("a negative length", b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -2"
     b"\r\n\r\nhi"),
    ("a length in words", b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: two"
     b"\r\n\r\nhi"),
    ("a list of lengths", b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2, 2"
     b"\r\n\r\nhi"),
    ("a blank before the colon", b"POST / HTTP/1.1\r\nHost: h\r\n"
     b"Content-Length : 2\r\nContent-Length: 0\r\n\r\nhi"),
    ("an unknown coding", b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0"
     b"\r\nTransfer-Encoding: xchunked\r\n\r\n"),
    ("two codings", b"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked"
     b"\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ("a GET with a body", b"GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 2"
     b"\r\n\r\nhi"),
    ("a GET with chunks", b"GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: "
     b"chunked\r\n\r\n0\r\n\r\n"),
    ("two hosts", b"GET / HTTP/1.1\r\nHost: h\r\nHost: i\r\n\r\n"),
    ("a whole address", b"GET http://elsewhere/ HTTP/1.1\r\nHost: h\r\n\r\n"),
    ("no path", b"GET x HTTP/1.1\r\nHost: h\r\n\r\n"),
    ("a star", b"GET * HTTP/1.1\r\nHost: h\r\n\r\n"),
    ("a fragment", b"GET /a#b HTTP/1.1\r\nHost: h\r\n\r\n"),
    ("a raw byte", b"GET /\xff HTTP/1.1\r\nHost: h\r\n\r\n"),
    ("no head at all", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n"),
    ("no version", b"GET /\r\n\r\n"),
    ("another version", b"GET / HTTP/7.0\r\n\r\n"),
    ("no colon", b"GET / HTTP/1.1\r\nHost h\r\n\r\n"),
]


def test_ambiguous():
    server = Server()
    behind = request("/smuggled")
    for name, raw in AMBIGUOUS:
        with server.open() as s:
            s.sendall(raw + behind)
            got = Reader(s).ends()
            lines = re.findall(rb"HTTP/1\.[01] (\d+)", got)
            ok(lines == [b"400"], f"{name}: 400, once", got)
            ok(b"smuggled" not in got, f"{name}: and nothing behind it", got)
    for method in ("PUT", "HEAD", "DELETE", "OPTIONS", "TRACE", "PATCH",
                   "CONNECT", "BREW"):
        with server.open() as s:
            s.sendall(request("/secret-path", "", method) + behind)
            got = Reader(s).ends()
            lines = re.findall(rb"HTTP/1\.[01] (\d+)", got)
            ok(lines in ([b"501"], [b"400"], [b"405"]), f"{method} is refused",
               got)
            ok(b"secret-path" not in got, f"{method}: not echoed", got)
    ok(server.wait_count(1) == 1, "none of them stays open")
    server.end("ambiguous")


def status_of(server, chunks):
    """Send piece by piece until the other side has had enough."""
    with server.open() as s:
        reader = Reader(s)
        try:
            for chunk in chunks:
                s.sendall(chunk)
        except ConnectionError:
            pass
        answer = reader.answer()
        if answer and answer[0] != 200:
            reader.ends()
        return answer and answer[0]


def test_sizes():
    server = Server()
    whole = server.ask("/", "", "POST", b"x" * 65536)
    ok(whole[0] == 200 and b"|65536|" in whole[2][:80], "64 KiB are taken")
    head = b"POST / HTTP/1.1\r\nHost: h\r\n"
    ok(status_of(server, [head + b"Content-Length: 65537\r\n\r\n"]) == 413,
       "one byte more is 413 at once")
    got = status_of(server, [head + b"Content-Length: 99999999\r\n\r\n"]
                    + [b"x" * 65536] * 100)
    ok(got in (413, None), "much more is cut", got)
    got = status_of(server, [head + b"Content-Length: "
                             b"99999999999999999999999\r\n\r\n"])
    ok(got in (400, 413), "a length beyond all numbers", got)
    got = status_of(server, [head + b"Transfer-Encoding: chunked\r\n\r\n"]
                    + [b"1000\r\n" + b"x" * 4096 + b"\r\n"] * 100)
    ok(got in (413, None), "chunks without end are cut", got)
    got = status_of(server, [head + b"Transfer-Encoding: chunked\r\n\r\n"
                             b"ffffffffffffffff\r\n"])
    ok(got in (400, 413, None), "a chunk beyond all numbers", got)
    ok(status_of(server, [request("/", "X: " + "y" * 7900 + "\r\n")]) == 200,
       "a head below 8 KiB")
    got = status_of(server, [request("/", "X: " + "y" * 9000 + "\r\n")])
    ok(got == 400, "one above", got)
    got = status_of(server, [b"GET /" + b"x" * 9000])
    ok(got in (400, None), "a target without end", got)
    got = status_of(server, [b"GET / HTTP/1.1\r\n"] + [b"X: y\r\n"] * 20000)
    ok(got in (400, None), "fields without end", got)
    ok(server.wait_count(1) == 1, "none of them stays open")
    server.end("sizes")


def slowly(server, start, rest, pause):
    """Bytes one by one; how long the server bears it."""
    begun = time.monotonic()
    with server.open() as s:
        s.sendall(start)
        for byte in rest:
            if select.select([s], [], [], pause)[0]:
                break
            try:
                s.sendall(bytes([byte]))
            except ConnectionError:
                break
        Reader(s).ends()
    return time.monotonic() - begun


def test_time():
    server = Server(request=400, idle=1500)
    long = b"x" * 2000
    for name, start in (
            ("a silent client", None),
            ("a slow head", b"GET /"),
            ("a slow body", b"POST / HTTP/1.1\r\nHost: h\r\n"
             b"Content-Length: 2000\r\n\r\n")):
        if start is None:
            took = slowly(server, b"", [], 0)
        else:
            took = slowly(server, start, long, 0.05)
        ok(0.35 < took < 5, f"{name} is cut at its limit", took)
    with server.open() as s:
        reader = Reader(s)
        s.sendall(request("/first"))
        reader.answer()
        begun = time.monotonic()
        ok(reader.ends() == b"", "an idle client is closed")
        took = time.monotonic() - begun
        ok(1.3 < took < 8, "but later than a slow one", took)
    with server.open() as s:
        reader = Reader(s)
        s.sendall(request("/first"))
        reader.answer()
        begun = time.monotonic()
        s.sendall(b"GET /second")
        reader.ends()
        took = time.monotonic() - begun
        ok(0.35 < took < 1.3, "a slow second request is cut as a slow one",
           took)
    with server.open() as s:
        reader = Reader(s)
        s.sendall(request("/first") + b"GET /sec")
        reader.answer()
        begun = time.monotonic()
        reader.ends()
        took = time.monotonic() - begun
        ok(took < 1.3, "also where it came with the first", took)
    with server.open() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        s.sendall(request("/big") * 30)
        ok(server.wait_count(1) == 1, "who does not read is cut too")
    with server.open() as s:
        reader = Reader(s)
        begun = time.monotonic()
        s.sendall(request("/hold"))
        while time.monotonic() - begun < 0.8:
            server.ask("/ok")
        while server.ask("/release")[2] == b"done" and \
                not select.select([s], [], [], 0.01)[0]:
            pass
        answer = reader.answer()
        ok(answer and answer[2] == b"released",
           "our own slowness is not the client's", answer)
    server.end("time")


def test_cap():
    server = Server(connections=8)
    opened = [server.open() for _ in range(8)]
    for s in opened[:7]:
        s.sendall(request("/hold"))
    # Seven are being answered, and the eighth says nothing.
    waiting = server.open()
    waiting.sendall(request("/ninth"))
    answer = Reader(waiting).answer()
    ok(answer and b"/ninth" in answer[2], "who says nothing makes way",
       answer)
    waiting.sendall(request("/release"))
    ok(Reader(waiting).answer(), "and the seven are answered")
    waiting.close()
    for s in opened:
        s.close()
    server.end("full")

    server = Server(connections=8)
    opened = [server.open() for _ in range(8)]
    for s in opened:
        s.sendall(request("/ok"))
        Reader(s).answer()
    begun = time.monotonic()
    answer = server.ask("/ninth")
    ok(answer and b"/ninth" in answer[2], "where one is idle it makes way",
       answer)
    ok(time.monotonic() - begun < 5, "soon", time.monotonic() - begun)
    for _ in range(50):
        answer = server.ask("/again")
        if not answer:
            break
    ok(answer, "fifty more, one after the other")
    for s in opened:
        s.close()
    server.end("cap")


def test_descriptors():
    server = Server(preexec_fn=lambda: resource.setrlimit(
        resource.RLIMIT_NOFILE, (30, 30)))
    opened = [server.open() for _ in range(60)]
    for s in opened:
        s.close()
    answer = server.ask("/after")
    ok(answer and answer[0] == 200, "out of descriptors is not for ever",
       answer)
    server.end("descriptors")


def reset(s):
    s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    s.close()


def test_gone():
    server = Server()
    for name, leave in (("closes", lambda s: s.close()), ("resets", reset),
                        ("half-closes", lambda s: s.shutdown(
                            socket.SHUT_WR))):
        before = server.wait_count(1)
        ok(before == 1, f"{name}: alone", before)
        clients = [server.open() for _ in range(10)]
        for s in clients:
            s.sendall(request("/hold") + request("/behind"))
        ok(server.wait_count(11) == 11, f"{name}: ten wait")
        for s in clients:
            leave(s)
        answer = server.ask("/release")
        ok(answer and answer[2] == b"done",
           f"{name}: answering into nowhere harms nobody", answer)
        if name == "half-closes":
            bodies = [Reader(s).answer() for s in clients]
            ok(all(b and b[2] == b"released" for b in bodies),
               "who only stopped talking hears the answer", bodies)
            for s in clients:
                s.close()
        ok(server.wait_count(1) == 1, f"{name}: all are gone")
    for _ in range(5):
        s = server.open()
        s.sendall(request("/hold"))
        reset(s)
    left = [server.open() for _ in range(5)]
    for s in left:
        s.sendall(request("/hold"))
    server.wait_count(11)
    server.end("gone", "/leave")
    for s in left:
        s.close()


def test_drain():
    server = Server()
    idle, busy, asking = server.open(), server.open(), server.open()
    idle.sendall(request("/ok"))
    Reader(idle).answer()
    busy.sendall(request("/hold"))
    server.wait_count(4)
    asking.sendall(request("/stop"))
    reader = Reader(asking)
    answer = reader.answer()
    ok("connection: close" in answer[1].lower(), "the last answer says so",
       answer)
    ok(reader.ends() == b"", "and the connection ends")
    ok(Reader(idle).ends() == b"", "an idle connection is closed")
    try:
        server.open().close()
        ok(False, "nobody can come in")
    except ConnectionRefusedError:
        ok(True, "nobody can come in")
    answer = Reader(busy).answer()
    ok(answer and answer[2] == b"released", "who waits is answered", answer)
    ok("connection: close" in answer[1].lower(), "and closed", answer)
    server.end("drained")


def test_unix():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "ctl")
        server = Server(listen=("unix", path))
        ok(server.greeting == "port 0", "a Unix socket", server.greeting)
        ok(os.stat(path).st_mode & 0o777 == 0o640, "its mode",
           oct(os.stat(path).st_mode))
        body = server.ask("/who")[2]
        ok(body.split(b"|")[7] == str(os.getuid()).encode(), "who asks", body)
        second = Server(listen=("unix", path))
        ok("another program listens" in second.greeting,
           "a live one is left alone", second.greeting)
        second.process.communicate()
        ok(server.ask("/still")[0] == 200, "and works on")
        server.process.kill()
        server.process.communicate()
        ok(os.path.exists(path), "a dead one leaves its file")
        server = Server(listen=("unix", path))
        ok(server.ask("/again")[0] == 200, "which is replaced")
        server.end("unix")
        ok(not os.path.exists(path), "the file goes with the server")
        with open(path, "w", encoding="ascii") as f:
            f.write("precious")
        server = Server(listen=("unix", path))
        ok("something else" in server.greeting, "a file is left alone",
           server.greeting)
        server.process.communicate()
        ok(os.path.exists(path), "and stays")
        server = Server(listen=("unix", "/tmp/" + "x" * 200))
        ok("longer than" in server.greeting, "too long a path",
           server.greeting)
        server.process.communicate()


def test_listen():
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(5)
    listener.setblocking(True)
    fd = listener.fileno()
    server = Server(listen=("fd", str(fd)), pass_fds=[fd])
    ok(server.port == listener.getsockname()[1], "an adopted socket's port",
       server.greeting)
    with server.open() as s:
        s.sendall(request("/1"))
        ok(Reader(s).answer()[0] == 200, "a blocking one is served")
        ok(server.ask("/2")[0] == 200, "and does not block")
    server.process.kill()
    server.process.communicate()
    taken = listener.getsockname()[1]
    for listen, part in (
            (("tcp", f"127.0.0.1:{taken}"), "in use"),
            (("tcp", "example.org:1"), "give an IP address"),
            (("tcp", "127.0.0.1"), "port is missing"),
            (("fd", "0"), "descriptor 0")):
        server = Server(listen=listen)
        ok(server.greeting.startswith("error") and part in server.greeting,
           f"cannot listen on {listen[1]}", server.greeting)
        server.process.communicate()
    listener.close()
    server = Server(listen=("tcp", "[::1]:0"))
    if server.port:
        with socket.create_connection(("::1", server.port)) as s:
            s.sendall(request("/6"))
            ok(Reader(s).answer()[0] == 200, "IPv6")
    else:
        skip("IPv6", "not here")
    server.process.kill()
    server.process.communicate()


for test in (test_plain, test_pipelining, test_ambiguous, test_sizes,
             test_time, test_cap, test_descriptors, test_gone, test_drain,
             test_unix, test_listen):
    test()
print(f"1..{count}")

#!/usr/bin/env python3
"""A gateway that misbehaves on the wire, between the real daemon and the
exchange: half an answer, megabytes of it, no JSON, a redirect, a token that
was changed, too many requests, errors for ever, a certificate that is nobody's.

Whatever it is: nobody is rung twice, one incident stands for all, everybody is
heard or flagged at their time.  RINGROUND_SLOW=1: also answers that never come,
or come byte by byte, for which the daemon waits half a minute."""
import http.client
import http.server
import os
import re
import shutil
import socketserver
import ssl
import subprocess
import tempfile
import threading
import time

from post import Post
from rig import Rig, ok, person, run, same

IDS = ["p%d" % n for n in range(6)]
PEOPLE = "\n".join(person(who, "Edna" + chr(97 + n),
                          phone="0115 496 013%d" % n)
                   for n, who in enumerate(IDS))
WELL = "default call 100 key 1 after 5s\ndefault text 100 silent\n"
REF = re.compile(r"StatusCallback=[^&]*%3Fa%3D([a-z2-7]{32})")


class Door(http.server.BaseHTTPRequestHandler):
    """Stands before the exchange; the server's way says how it answers."""
    protocol_version = "HTTP/1.1"
    timeout = 60

    def forward(self, body):
        conn = http.client.HTTPConnection("127.0.0.1", self.server.behind,
                                          timeout=20)
        headers = {k: v for k, v in self.headers.items()
                   if k.lower() not in ("host", "connection")}
        conn.request(self.command, self.path, body, headers)
        answer = conn.getresponse()
        data = answer.read()
        conn.close()
        return answer, data

    def give(self, status, data, **fields):
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def plainly(self, body):
        answer, data = self.forward(body)
        self.give(answer.status, data,
                  Content_Type=answer.getheader("Content-Type") or "",
                  Date=answer.getheader("Date") or "")

    def any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        way = self.server.way
        ref = REF.search(body.decode("ascii", "replace"))
        if self.command == "POST" and ref:
            self.server.creates.append((way, ref.group(1)))
        try:
            if way == "plain" or (self.command == "GET" and
                                  way in self.server.makes):
                self.plainly(body)
            else:
                getattr(self, "way_" + way)(body)
        except OSError:
            self.close_connection = True

    do_GET = do_POST = any

    # made, and told badly

    def way_half(self, body):
        _, data = self.forward(body)
        self.send_response(201)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data[:20])
        self.close_connection = True

    def way_megabytes(self, body):
        self.forward(body)
        self.give(201, b'{"sid": "' + b"x" * (8 << 20) + b'"}')

    def way_garbage(self, body):
        self.forward(body)
        self.give(200, b"<html>Thank you for calling</html>")

    def way_bytewise(self, body):
        _, data = self.forward(body)
        self.send_response(201)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        for n in range(len(data)):
            if self.server.way != "bytewise":
                break
            self.wfile.write(data[n:n + 1])
            self.wfile.flush()
            time.sleep(0.25)
        self.close_connection = True

    # not made

    def way_redirect(self, body):
        self.give(307, b"", Location="http://127.0.0.1:%d%s" %
                  (self.server.trap, self.path))

    def way_token(self, body):
        self.give(401, b'{"code": 20003, "message": "Authenticate"}',
                  Content_Type="application/json")

    def way_often(self, body):
        self.give(429, b'{"code": 20429, "message": "Too Many Requests"}',
                  Content_Type="application/json", Retry_After="1")

    def way_errors(self, body):
        self.give(503, b"out of order")

    def way_never(self, body):
        while self.server.way == "never":
            time.sleep(0.1)
        self.close_connection = True

    def log_message(self, *args):
        pass


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    request_queue_size = 64
    makes = ("half", "megabytes", "garbage", "bytewise")

    def handle_error(self, request, client_address):
        pass


class Gateway:
    """A rig whose daemon reaches the exchange through such a door."""

    def __init__(self, name, way, **more):
        self.post = Post()
        self.rig = Rig(name, PEOPLE, scenario=WELL, smtp=self.post.port,
                       rate=240, **more)
        self.door = Server(("127.0.0.1", 0), Door)
        self.door.behind, self.door.way = self.rig.ex_port, way
        self.door.creates, self.door.trap = [], 0
        threading.Thread(target=self.door.serve_forever, daemon=True).start()
        self.rig.edit("ringround.conf", ":%d" % self.rig.ex_port,
                      ":%d" % self.door.server_port)

    def __enter__(self):
        self.rig.__enter__()
        return self

    def __exit__(self, *why):
        self.door.way = "plain"
        try:
            return self.rig.__exit__(*why)
        finally:
            self.door.shutdown()
            self.door.server_close()
            self.post.stop()

    def never_twice(self, way):
        """What may have been made is never asked for a second time."""
        refs = [ref for w, ref in self.door.creates if w == way]
        twice = {r for r in refs if refs.count(r) > 1}
        ok(refs and not twice, self.rig.name + ": nothing is sent twice",
           "%d creates" % len(refs), twice)

    def told(self):
        return [m["Subject"] for m in self.post.to("asha@example.org")
                if "list" not in m["Subject"] and "audit" not in m["Subject"]]


def made_but_told_badly(way, until="09:03"):
    """It rings, and we cannot know: found by a callback or a look-up."""
    with Gateway(way, way) as g:
        g.rig.start()
        g.rig.until(until)
        g.door.way = "plain"
        for who in IDS:
            g.rig.until_state(who, "confirmed", "confirmed_late")
        ok(True, way + ": everybody is heard")
        g.never_twice(way)


def refused_for_a_while(way):
    with Gateway(way + " for a while", way) as g:
        g.rig.start()
        g.rig.until("09:06")
        same([c for c in g.rig.creates() if c["sid"]], [],
             g.rig.name + ": nobody is rung")
        same(g.rig.flags(), [], g.rig.name + ": nobody is flagged before "
             "their time")
        ok(len(g.rig.status()["incidents"]) <= 1,
           g.rig.name + ": one incident at most", g.rig.status())
        g.door.way = "plain"
        for who in IDS:
            g.rig.until_state(who, "confirmed", "confirmed_late")
        g.rig.wait(lambda: not g.rig.status()["incidents"],
                   "the incident is over")
        ok(len(g.told()) <= 3, g.rig.name + ": few words of it", g.told())


def refused_for_ever(way, makes=False):
    with Gateway(way + " for ever", way) as g:
        g.rig.start()
        g.rig.wait(lambda: len(g.rig.flags()) == len(IDS), "all are flagged")
        g.rig.until("09:25")
        flags = g.rig.flags()
        same(sorted({f["participant"] for f in flags}), IDS,
             g.rig.name + ": everybody is flagged at their time")
        same(len(flags), len(IDS), g.rig.name + ": once")
        incidents = [i for i in g.rig.status()["incidents"]
                     if i["kind"] == "gateway_down"]
        ok(len(incidents) <= 1, g.rig.name + ": one incident", incidents)
        ok(len(g.told()) <= 4, g.rig.name + ": the coordinator is told, and "
           "not six times", g.told())
        if makes:
            g.never_twice(way)


def told_badly():
    for way in ("half", "megabytes", "garbage"):
        made_but_told_badly(way)


def for_a_while():
    for way in ("token", "often", "errors"):
        refused_for_a_while(way)


def for_ever():
    for way in ("token", "errors"):
        refused_for_ever(way)


def redirected():
    """Nobody else gets our token, whoever the gateway points at."""
    came = []

    class Trap(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            came.append(self.headers.get("Authorization"))

        do_GET = do_POST

        def log_message(self, *args):
            pass

    trap = Server(("127.0.0.1", 0), Trap)
    threading.Thread(target=trap.serve_forever, daemon=True).start()
    with Gateway("redirect", "redirect") as g:
        g.door.trap = trap.server_port
        g.rig.start()
        g.rig.wait(lambda: len(g.door.creates) > 2, "it is asked")
        g.rig.wait(lambda: len(g.rig.flags()) == len(IDS), "all are flagged")
        same(came, [], "redirect: it is not followed")
    trap.shutdown()
    trap.server_close()


def certificate():
    """A certificate of nobody: not a byte of ours is said to it."""
    folder = tempfile.mkdtemp(prefix="ringround-")
    key, cert = os.path.join(folder, "key"), os.path.join(folder, "cert")
    made = shutil.which("openssl") and subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days",
         "2", "-subj", "/CN=127.0.0.1", "-addext",
         "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert],
        capture_output=True, check=False).returncode == 0
    if not made:
        ok(True, "certificate # SKIP no openssl to make one")
        shutil.rmtree(folder)
        return
    with Gateway("certificate", "plain") as g:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cert, key)
        g.door.socket = context.wrap_socket(g.door.socket, server_side=True)
        g.rig.edit("ringround.conf", "http://127.0.0.1:%d" %
                   g.door.server_port, "https://127.0.0.1:%d" %
                   g.door.server_port)
        g.rig.start()
        g.rig.wait(lambda: len(g.rig.flags()) == len(IDS), "all are flagged")
        same(g.door.creates, [], "certificate: not a byte of ours is said")
        same([i["kind"] for i in g.rig.status()["incidents"]],
             ["gateway_down"], "certificate: one incident")
    shutil.rmtree(folder)


def slow():
    if not os.environ.get("RINGROUND_SLOW"):
        return
    for way in ("never", "bytewise"):
        with Gateway(way, way) as g:
            g.rig.start()
            # Byte by byte it is made, and its callbacks tell.
            g.rig.wait(lambda: len(g.rig.flags()) == len(IDS) or
                       {g.rig.state(who) for who in IDS} == {"confirmed"},
                       "all are flagged, or heard", 90)
            began = time.monotonic()
            g.rig.status()
            ok(time.monotonic() - began < 2, way + ": the loop turns on")
            if way == "never":
                g.rig.wait(lambda: "uncertain" in g.rig.daemon.err(),
                           "what hangs ends as uncertain", 60)
            g.never_twice(way)


if __name__ == "__main__":
    run(told_badly, for_a_while, for_ever, redirected, certificate, slow)

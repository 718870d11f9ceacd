#!/usr/bin/env python3
"""TLS on the daemon's own listener: a round over https, a certificate that is
replaced while connections stay open, clients that do it wrong on purpose, and
crowds that never finish shaking hands."""
import http.client
import os
import re
import signal
import socket
import ssl
import struct
import subprocess
import threading
import time
import warnings

from abuse import FILES, check_flood, descriptors, forged
from certs import OPENSSL, Authority
from rig import BUILD, Rig, ask, note, ok, person, run, same

PEOPLE = "\n".join(person("p%d" % n, "Edna" + chr(97 + n),
                          phone="0115 496 013%d" % n) for n in range(6))
WELL = "default call 100 key 1 after 5s\ndefault text 100 silent\n"
CROWD = 700


class Secure(Rig):
    """A rig whose listener speaks TLS, and whose exchange knows who vouches
    for it."""

    def __init__(self, name, authority, keys=PEOPLE, **more):
        self.authority = authority
        cert, key = authority.make(name.replace(" ", "-"))
        super().__init__(
            name, keys, scenario=WELL, public="https://127.0.0.1:{port}",
            web="tls_cert = %s\ntls_key = %s" % (cert, key),
            exchange_args=["--ca-file", authority.ca], **more)
        self.cert, self.key = cert, key

    def trusting(self):
        return ssl.create_default_context(cafile=self.authority.ca)

    def hook(self, method, path, body=None, headers=None, timeout=20):
        return ask(http.client.HTTPSConnection(
            "127.0.0.1", self.port, timeout=timeout,
            context=self.trusting()), method, path, body, headers)

    def open(self, context=None, timeout=20):
        raw = socket.create_connection(("127.0.0.1", self.port), timeout)
        return (context or self.trusting()).wrap_socket(
            raw, server_hostname="127.0.0.1")


HEALTH = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"


def says(conn, request=HEALTH):
    """The status that a request gets on an open connection; "" where it ends
    without one."""
    conn.sendall(request)
    answer = http.client.HTTPResponse(conn)
    try:
        answer.begin()
        answer.read()
    except http.client.BadStatusLine:
        return ""
    return str(answer.status)


def a_round():
    """Everybody is asked and heard over https."""
    with Secure("a round", Authority()) as rig:
        rig.start()
        for n in range(6):
            rig.until_state("p%d" % n, "confirmed", "confirmed_late")
        same(rig.hook("GET", "/health")[0], 200, "all is well")
        with rig.open() as conn:
            ok(conn.version() in ("TLSv1.3", "TLSv1.2"), "a TLS of today",
               conn.version())
            same([says(conn) for _ in range(3)], ["200"] * 3,
                 "a connection is used again")


def versions():
    with Secure("versions", Authority()) as rig:
        rig.start()
        for version, good in ((ssl.TLSVersion.TLSv1_1, False),
                              (ssl.TLSVersion.TLSv1_2, True),
                              (ssl.TLSVersion.TLSv1_3, True)):
            context = rig.trusting()
            context.set_ciphers("ALL:@SECLEVEL=0")
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)
                context.minimum_version = context.maximum_version = version
            try:
                with rig.open(context) as conn:
                    got = says(conn) == "200"
            except (ssl.SSLError, ConnectionError):
                got = False
            same(got, good, "%s is %s" % (version.name, "spoken" if good
                                          else "refused"))


def renewed():
    """A new certificate is shown after a reload; who is connected stays; a bad
    one replaces nothing."""
    with Secure("renewed", Authority()) as rig:
        rig.start(rehearse="2026-12-04T07:00")

        def serial():
            with rig.open() as conn:
                return conn.getpeercert()["serialNumber"]
        before = serial()
        with rig.open() as old:
            same(says(old), "200", "a connection by the old one")
            cert, key = rig.authority.make("another")
            for new, at in ((cert, rig.cert), (key, rig.key)):
                os.replace(new, at)
            rig.daemon.signal(signal.SIGHUP)
            rig.wait(lambda: serial() != before, "the new one is shown")
            same(says(old), "200", "who was connected stays so")
            after = serial()
            _, stranger = rig.authority.make("stranger")
            with open(stranger, encoding="ascii") as f, \
                    open(rig.key, "w", encoding="ascii") as out:
                out.write(f.read())
            status, doc, err = rig.cli("reload", as_json=False)
            ok(status != 0 and "tls_key is not the key" in doc + err,
               "a key that does not fit is refused, and why", doc, err)
            same((says(old), serial()), ("200", after),
                 "and the one before goes on")
            rig.edit("ringround.conf", "tls_cert =", ";")
            rig.edit("ringround.conf", "tls_key =", ";")
            same(rig.cli("reload", as_json=False)[0], 0, "TLS taken away")
            same(Rig.hook(rig, "GET", "/health")[0], 200,
                 "new connections are plain")
            same(says(old), "200", "and who was connected stays so")


def mistakes():
    """What check says of certificates and keys."""
    authority = Authority()
    with Secure("mistakes", authority) as rig:
        def check():
            status, doc, _ = rig.cli("check")
            return status, " ".join(n["message"] for n in doc["mistakes"]), \
                " ".join(n["message"] for n in doc["warnings"]), doc
        status, wrong, doubts, doc = check()
        ok(status == 0 and "tls" not in doubts, "a good one is in order", doc)
        good = rig.read("ringround.conf")

        def tried(name, cert, key, want, doubtful=False):
            rig.write("ringround.conf", good.replace(
                rig.cert, cert).replace(rig.key, key))
            _, bad, doubts, doc = check()
            ok(want in (doubts if doubtful else bad), "%s: %s" % (name, want),
               doc)
            done = subprocess.run(
                [os.path.join(BUILD, "ringroundd"), "-t", "-c", rig.conf],
                capture_output=True, text=True)
            same(done.returncode, 0 if doubtful else 1, name + ": to start it")
        tried("a stranger's key", rig.cert, authority.make("other")[1],
              "tls_key is not the key of the certificate in tls_cert")
        tried("no certificate", rig.key, rig.key,
              "there is no certificate in it")
        tried("no key", rig.cert, rig.cert, "there is no private key in it")
        tried("no file", rig.cert + "x", rig.key, "No such file")
        locked = authority.new_key("locked.key", "-aes256", "-pass", "pass:x")
        tried("a passphrase", rig.cert, locked, "behind a passphrase")
        os.chmod(rig.key, 0o644)
        tried("for all eyes", rig.cert, rig.key, "everybody on this machine",
              True)
        os.chmod(rig.key, 0o600)
        tried("soon over", *authority.make("soon", days=4),
              "the certificate ends in 3 days", True)
        tried("over", *authority.make_ended("over"), "the certificate ended ",
              True)
        tried("for another", *authority.make("else", "DNS:check.example.org"),
              "the certificate is not for 127.0.0.1", True)
        rig.write("ringround.conf", good.replace("tls_key =", ";"))
        ok("tls_cert stands alone; write tls_key too" in check()[1], "alone")
        weak = authority.path("weak.key")
        subprocess.run([OPENSSL, "req", "-x509", "-newkey", "rsa:1024",
                        "-nodes", "-keyout", weak, "-out", weak + ".pem",
                        "-subj", "/CN=127.0.0.1"], check=True,
                       capture_output=True)
        rig.write("ringround.conf", good.replace(rig.cert, weak + ".pem")
                  .replace(rig.key, weak))
        os.chmod(weak, 0o600)
        done = subprocess.run([os.path.join(BUILD, "ringroundd"), "-t", "-c",
                               rig.conf], capture_output=True, text=True)
        ok(done.returncode == 1 and "too weak" in done.stderr,
           "a weak one is refused before the start", done.stderr)


def handed_over():
    """systemd hands a key over that nobody but root could read."""
    with Secure("handed over", Authority()) as rig:
        folder = rig.path("credentials")
        os.mkdir(folder, 0o700)
        for path in (rig.cert, rig.key):
            os.rename(path, os.path.join(folder, os.path.basename(path)))
        rig.start(rehearse="2026-12-04T07:00",
                  env=dict(os.environ, CREDENTIALS_DIRECTORY=folder))
        same(rig.hook("GET", "/health")[0], 200, "it speaks by them")


def wrong_ways():
    """Clients that do it wrong, each of them alone."""
    with Secure("wrong ways", Authority()) as rig:
        rig.start(rehearse="2026-12-04T07:00")
        before = descriptors(rig)

        with socket.create_connection(("127.0.0.1", rig.port), 20) as s:
            s.sendall(HEALTH)
            got = b""
            try:
                while piece := s.recv(4096):
                    got += piece
            except ConnectionError:
                pass
            ok(b"HTTP/1.1 200" not in got and b"200 OK" not in got,
               "plain HTTP is not answered", got)

        began = time.monotonic()
        hello = client_hello()
        slow = socket.create_connection(("127.0.0.1", rig.port), 20)
        slow.settimeout(.25)
        closed = None
        for byte in hello * 3:
            try:
                slow.send(bytes([byte]))
                if not slow.recv(100):
                    closed = time.monotonic() - began
            except TimeoutError:
                pass
            except OSError:
                closed = time.monotonic() - began
            if closed or time.monotonic() - began > 25:
                break
        slow.close()
        ok(closed and 8 < closed < 20, "a slow handshake is cut", closed)

        done = subprocess.run(
            [OPENSSL, "s_client", "-tls1_2", "-connect", "127.0.0.1:%d"
             % rig.port, "-CAfile", rig.authority.ca], input="R\n",
            capture_output=True, text=True, timeout=40)
        ok("no renegotiation" in done.stderr + done.stdout or
           "handshake failure" in done.stderr + done.stdout,
           "no renegotiation", done.stderr[-600:])

        with rig.open() as conn:
            conn.sendall(HEALTH)
            raw = socket.socket(fileno=os.dup(conn.fileno()))
            raw.settimeout(20)
            raw.shutdown(socket.SHUT_WR)
            try:
                got = conn.recv(4096)
            except (ssl.SSLError, ConnectionError):
                got = b""
            raw.close()
            note("half-closed: %r" % got[:20])
        with rig.open() as conn:
            conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                            struct.pack("ii", 1, 0))
            conn.sendall(HEALTH)
        conn = rig.open()
        same(says(conn), "200", "one that will say goodbye")
        conn.unwrap().close()
        for cut in (5, 40, len(hello) - 1):
            s = socket.create_connection(("127.0.0.1", rig.port), 20)
            s.sendall(hello[:cut])
            s.close()
        rig.wait(lambda: descriptors(rig) <= before + 1,
                 "all descriptors come back")
        same(rig.hook("GET", "/health")[0], 200, "and others are served")


def client_hello():
    """The first bytes of a client."""
    into, out = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = ssl.create_default_context().wrap_bio(
        into, out, server_hostname="localhost")
    try:
        client.do_handshake()
    except ssl.SSLWantReadError:
        pass
    return out.read()


def crowd(rig, words, over, count):
    """Ever new connections that say this and then nothing."""
    open_ones = []
    while not over.is_set():
        try:
            if len(open_ones) >= CROWD:
                open_ones.pop(0).close()
            s = socket.create_connection(("127.0.0.1", rig.port), 10)
            s.setblocking(False)
            s.send(words)
            open_ones.append(s)
            count[0] += 1
        except OSError:
            time.sleep(.01)
        if len(open_ones) >= CROWD:
            over.wait(.02)
    for s in open_ones:
        s.close()


def flood():
    """Forged hooks as fast as they can be sent, in a round over https."""
    with Secure("a flood", Authority(), rate=60) as rig:
        rig.start()
        check_flood(rig, forged)


def crowds():
    """Crowds that never shake hands: hooks come through all the same."""
    for name, words in (("silent", b""), ("begun", client_hello())):
        with Secure("crowd " + name, Authority(), rate=60) as rig:
            rig.start()
            before, times = descriptors(rig), []
            over, count = threading.Event(), [0]
            thread = threading.Thread(target=crowd,
                                      args=(rig, words, over, count))
            thread.start()
            try:
                end = time.monotonic() + 6
                while time.monotonic() < end:
                    began = time.monotonic()
                    try:
                        good = rig.hook("GET", "/health", timeout=15)[0]
                    except OSError:
                        good = None
                    times.append(time.monotonic() - began if good == 200
                                 else 15)
                    time.sleep(.05)
                for n in range(6):
                    rig.until_state("p%d" % n, "confirmed", "confirmed_late")
            finally:
                over.set()
                thread.join()
            times.sort()
            note("%s: %d connections, answers p50 %.0f ms, worst %.0f ms" % (
                name, count[0], 1000 * times[len(times) // 2],
                1000 * times[-1]))
            ok(times[-1] < 15, name + ": who asks is answered all the while")
            ok(True, name + ": everybody is heard meanwhile")
            rig.wait(lambda: descriptors(rig) <= before + FILES,
                     "the descriptors come back", 60)


if __name__ == "__main__":
    if OPENSSL is None:
        print("1..0 # SKIP openssl is not installed")
    else:
        run(a_round, versions, renewed, mistakes, handed_over, wrong_ways,
            crowds, flood)

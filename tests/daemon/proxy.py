"""A real nginx, as the manual has it, and ways from it to us that can be cut: a
relay that passes bytes on."""
import atexit
import http.client
import os
import re
import select
import shutil
import socket
import ssl
import subprocess
import threading

from certs import Authority
from rig import SOURCE, Rig, ask, free_port, note, ok, person, same

NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")

WHOLE = """%(user)s
daemon off;
worker_processes 1;
pid %(folder)s/nginx.pid;
error_log %(folder)s/nginx.err warn;
events { worker_connections 512; }
http {
	access_log off;
	client_body_temp_path %(folder)s/nginx-body;
	proxy_temp_path %(folder)s/nginx-proxy;
	fastcgi_temp_path %(folder)s/nginx-fastcgi;
	uwsgi_temp_path %(folder)s/nginx-uwsgi;
	scgi_temp_path %(folder)s/nginx-scgi;
%(server)s
}
"""


def server_block(path, begin):
    """The server block that a text of ours shows."""
    with open(os.path.join(SOURCE, path), encoding="utf-8") as f:
        found = re.search(r"^%sserver \{\n.*?^%s\}\n" % (begin, begin),
                          f.read(), re.M | re.S)
    return re.sub("^" + begin, "", found.group(0), flags=re.M)


class Nginx:
    """nginx in the rig's folder, by the manual's block with ports and
    certificate of the test."""

    def __init__(self, folder, port, behind, cert, key):
        self.folder, self.port, self.process = folder, port, None
        block = server_block("man/ringroundd.8", "")
        for old, new in ((r"listen 443 ssl", "listen 127.0.0.1:%d ssl" % port),
                         (r"/etc/\S*/fullchain.pem", cert),
                         (r"/etc/\S*/privkey.pem", key),
                         (r"127.0.0.1:9085", "127.0.0.1:%d" % behind)):
            block, n = re.subn(old, new, block)
            assert n == 1, old
        self.conf = os.path.join(folder, "nginx.conf")
        with open(self.conf, "w", encoding="ascii") as f:
            f.write(WHOLE % {"folder": folder, "server": block, "user":
                             "user root;" if os.geteuid() == 0 else ""})
        atexit.register(self.kill)

    def start(self, rig):
        with open(os.path.join(self.folder, "nginx.out"), "ab") as out:
            self.process = subprocess.Popen(
                [NGINX, "-e", os.path.join(self.folder, "nginx.err"), "-c",
                 self.conf], stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        rig.wait(self.listens, "nginx listens")

    def listens(self):
        assert self.process.poll() is None, "nginx ended; see " + self.folder
        try:
            socket.create_connection(("127.0.0.1", self.port), 5).close()
            return True
        except OSError:
            return False

    def kill(self):
        """Master and worker: the worker ends when its master has."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait()


class Relay:
    """Passes bytes on to a port of this machine, until it is cut."""

    def __init__(self, behind):
        self.behind, self.port, self.pairs = behind, free_port(), {}
        self.listener = None
        self.passed = 0
        atexit.register(self.cut)

    def open(self):
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("127.0.0.1", self.port))
        self.listener.listen(64)
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def cut(self):
        if self.listener:
            self.over.set()
            self.thread.join()
            self.listener = None

    def run(self):
        while not self.over.is_set():
            ready, _, _ = select.select([self.listener, *self.pairs], [], [],
                                        .02)
            for s in ready:
                if s is self.listener:
                    self.accept()
                elif s in self.pairs:
                    self.pass_on(s)
        for s in [self.listener, *self.pairs]:
            s.close()
        self.pairs = {}

    def accept(self):
        outer, _ = self.listener.accept()
        try:
            inner = socket.create_connection(("127.0.0.1", self.behind), 5)
        except OSError:
            outer.close()
            return
        self.pairs[outer], self.pairs[inner] = inner, outer

    def pass_on(self, s):
        try:
            piece = s.recv(65536)
            if piece:
                self.pairs[s].sendall(piece)
                self.passed += 1
        except OSError:
            piece = b""
        if not piece:
            other = self.pairs.pop(s)
            self.pairs.pop(other, None)
            s.close()
            other.close()


# ---- a rig behind it -------------------------------------------------------

COUNT = 24
PEOPLE = "\n".join(
    [person("c%02d" % n, "Caller" + chr(97 + n), phone="0115 496 02%02d" % n)
     for n in range(COUNT // 2)] +
    [person("t%02d" % n, "Texter" + chr(97 + n), channel="text",
            text="07700 9003%02d" % n) for n in range(COUNT // 2)])
IDS = ["%s%02d" % (kind, n) for kind in "ct" for n in range(COUNT // 2)]
WELL = ('default call 100 key 1 after 5s\n'
        'default text 100 reply "ok" after 2m\n')


class Proxied(Rig):
    """A rig whose public address is nginx's, a way between that can be cut
    where one is wanted: by is its class."""

    def __init__(self, name, by=None, **more):
        self.outside = free_port()
        self.authority = Authority()
        cert, key = self.authority.make("proxy")
        super().__init__(
            name, PEOPLE, scenario=WELL,
            public="https://127.0.0.1:%d" % self.outside,
            exchange_args=["--ca-file", self.authority.ca], **more)
        self.way = by(self.port) if by else None
        if by:
            self.way.open()
        self.nginx = Nginx(self.folder, self.outside,
                           self.way.port if by else self.port, cert, key)
        self.nginx.start(self)

    def public_hook(self, method, path, body=None, headers=None):
        context = ssl.create_default_context(cafile=self.authority.ca)
        return ask(http.client.HTTPSConnection(
            "127.0.0.1", self.outside, timeout=20, context=context), method,
            path, body, headers)

    def close(self):
        super().close()
        self.nginx.kill()
        if self.way:
            self.way.cut()

    def heard(self):
        return [who for who, in self.sql(
            "SELECT participant FROM checkin WHERE state LIKE 'confirmed%'")]

    def check_round(self):
        """Everybody is heard, or flagged for a human; nothing taken twice."""
        self.wait(lambda: all(self.state(who) not in ("due", "asking", None)
                              for who in IDS), "every check-in has ended", 90)
        heard = set(self.heard())
        flagged = {f["participant"] for f in self.flags()}
        ok(set(IDS) <= heard | flagged, self.name + ": nobody is lost",
           set(IDS) - heard - flagged)
        twice = self.sql("SELECT gateway_id, count(*) FROM reply "
                         "WHERE channel = 'text' GROUP BY 1 "
                         "HAVING count(*) > 1")
        ok(not twice, self.name + ": no reply is taken twice", twice)
        return heard

    def asked_again(self):
        """Who was asked after they had been heard."""
        return self.sql(
            "SELECT c.participant FROM attempt a JOIN checkin c ON "
            "c.id = a.checkin WHERE a.sent_at > c.closed_at AND "
            "c.state LIKE 'confirmed%'")

    def check_cut(self, cut, mend):
        """The way to us is cut while people answer, and mended."""
        self.start()
        self.wait(lambda: len(self.heard()) >= COUNT // 4, "some are heard")
        cut()
        kept, before = set(self.heard()), self.now()
        self.wait(lambda: self.now()[:5] > before[:5], "a minute without")
        if self.way:
            same(self.public_hook("GET", "/health")[0] // 100, 5,
                 self.name + ": outside it is seen that it is cut")
        mend()
        heard = self.check_round()
        ok(kept <= heard, self.name + ": who was heard before stays so")
        again = self.asked_again()
        ok(not again, self.name + ": nobody is asked again who was heard",
           again)
        note("heard before %d, in the end %d of %d" % (
            len(kept), len(heard), COUNT))
        ok(len(kept) < len(heard), self.name + ": others are heard after it")

"""A real nginx, as the manual has it, and a tunnel that can be cut."""
import atexit
import os
import re
import select
import shutil
import socket
import subprocess
import threading

from rig import SOURCE, free_port

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


class Tunnel:
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

#!/usr/bin/env python3
"""The daemon of a machine without a public address: nginx on the outside host,
and the ssh tunnel of the manual between, with a real sshd at its far end.
Whole rounds, in whose middle the line or the outside host dies."""
import atexit
import contextlib
import os
import pwd
import re
import shlex
import shutil
import signal
import socket
import subprocess
import tempfile
import time

from certs import OPENSSL
from proxy import NGINX, SOURCE, Proxied
from rig import LOOK, free_port, ok, run

SSHD = shutil.which("sshd") or shutil.which("/usr/sbin/sshd")
SSH, KEYGEN = shutil.which("ssh"), shutil.which("ssh-keygen")
PORT = "9085"

# PAM, because sshd takes a user whose shadow it cannot read for a locked one.
SSHD_CONF = """ListenAddress 127.0.0.1
Port %(port)d
HostKey %(folder)s/host
PidFile none
AuthorizedKeysFile %(folder)s/authorized
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM yes
"""


def documented():
    """What the manual shows: the command of its service, and the line by
    which the outside host lets it in."""
    with open(os.path.join(SOURCE, "man", "ringroundd.8"),
              encoding="utf-8") as f:
        page = f.read().replace("\\e\n", "\\\n")
    command = re.search(r"^ExecStart=(/usr/bin/ssh (?:.*\\\n)*.*)$", page,
                        re.M).group(1).replace("\\\n", " ")
    allowed = re.search(r"^(restrict,(?:.*\\\n)*\S+) ssh-ed25519 ", page,
                        re.M).group(1).replace("\\\n", "")
    return shlex.split(command), allowed


def near(port):
    try:
        socket.create_connection(("127.0.0.1", port), 5).close()
        return True
    except OSError:
        return False


def children(pid):
    """None of one that has just ended by itself."""
    try:
        with open("/proc/%d/task/%d/children" % (pid, pid),
                  encoding="ascii") as f:
            return [int(word) for word in f.read().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


class Outside:
    """The outside host's sshd, never root's: where we are root it is
    nobody's."""

    def __init__(self, allowed):
        self.folder = tempfile.mkdtemp(prefix="ringround-")
        atexit.register(shutil.rmtree, self.folder, True)
        self.user = pwd.getpwnam("nobody") if os.geteuid() == 0 else \
            pwd.getpwuid(os.geteuid())
        self.port, self.process = free_port(), None
        for name in ("host", "mine"):
            subprocess.run([KEYGEN, "-q", "-t", "ed25519", "-N", "", "-f",
                            self.path(name)], check=True)
        self.write("authorized", allowed + " " + self.read("mine.pub"))
        self.write("known", "[127.0.0.1]:%d %s" % (
            self.port, self.read("host.pub")))
        self.write("sshd_config", SSHD_CONF % {
            "port": self.port, "folder": self.folder})
        if os.geteuid() == 0:
            os.chmod(self.folder, 0o755)
            for name in os.listdir(self.folder):
                if name != "mine":
                    os.chown(self.path(name), self.user.pw_uid,
                             self.user.pw_gid)
        atexit.register(self.kill)

    def path(self, name):
        return os.path.join(self.folder, name)

    def read(self, name):
        with open(self.path(name), encoding="ascii") as f:
            return f.read()

    def write(self, name, text):
        with open(self.path(name), "w", encoding="ascii") as f:
            f.write(text)
        os.chmod(self.path(name), 0o644)

    def start(self):
        more = {"user": self.user.pw_uid, "group": self.user.pw_gid,
                "extra_groups": []} if os.geteuid() == 0 else {}
        with open(self.path("sshd.log"), "ab") as log:
            self.process = subprocess.Popen(
                [SSHD, "-D", "-e", "-f", self.path("sshd_config"), "-o",
                 "StrictModes=no"], stdin=subprocess.DEVNULL, stdout=log,
                stderr=log, **more)

    def kill(self):
        """sshd, and its sessions, which would outlive it."""
        if self.process and self.process.poll() is None:
            doomed = [self.process.pid]
            for pid in doomed:
                doomed += children(pid)
            for pid in doomed:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self.process.wait()


class Tunnel:
    """The manual's tunnel, with ports and keys of the test, and what its
    service does: it is begun again whenever it ends."""

    def __init__(self, behind):
        command, allowed = documented()
        self.port, self.ssh = free_port(), None
        self.outside = Outside(allowed.replace(PORT, str(self.port)))
        self.command = [SSH, "-F", "none"]
        for word in command[1:-1]:
            if word == "127.0.0.1:%s:127.0.0.1:%s" % (PORT, PORT):
                word = "127.0.0.1:%d:127.0.0.1:%d" % (self.port, behind)
            self.command.append(word)
        assert str(behind) in " ".join(self.command), command
        self.command += [
            "-p", str(self.outside.port), "-i", self.outside.path("mine"),
            "-o", "UserKnownHostsFile=" + self.outside.path("known"), "-o",
            "StrictHostKeyChecking=yes", "-o", "IdentitiesOnly=yes",
            self.outside.user.pw_name + "@127.0.0.1"]
        atexit.register(self.hang_up)

    def open(self):
        """Both ends are up, or come up."""
        if not self.outside.process or self.outside.process.poll() is not None:
            self.outside.start()
        end = time.monotonic() + 40
        while not near(self.port):
            assert time.monotonic() < end, \
                self.outside.read("sshd.log")[-2000:]
            if self.ssh is None or self.ssh.poll() is not None:
                self.dial()
            time.sleep(LOOK)

    def dial(self):
        with open(self.outside.path("sshd.log"), "ab") as log:
            self.ssh = subprocess.Popen(self.command, stdout=log, stderr=log,
                                        stdin=subprocess.DEVNULL)

    def hang_up(self):
        if self.ssh and self.ssh.poll() is None:
            self.ssh.kill()
            self.ssh.wait()

    def cut(self):
        self.hang_up()
        self.outside.kill()


def line_cut():
    """Our end dies, as when the router is switched off."""
    with Proxied("line", by=Tunnel, rate=60) as rig:
        rig.check_cut(rig.way.hang_up, rig.way.open)


def host_reborn():
    """The outside host dies, and is there again; our end notices."""
    with Proxied("host", by=Tunnel, rate=60) as rig:
        def die():
            rig.way.outside.kill()
            rig.wait(lambda: rig.way.ssh.poll() is not None,
                     "ssh has noticed, for its service to begin it again")
        rig.check_cut(die, rig.way.open)


def nothing_else():
    """The key of the tunnel opens that port, and neither a shell nor
    another port."""
    tunnel = Tunnel(free_port())
    tunnel.open()
    other = free_port()
    forward = [w.replace(str(tunnel.port) + ":", str(other) + ":")
               if w.startswith("127.0.0.1:") else w for w in tunnel.command]
    assert forward != tunnel.command
    done = subprocess.run(forward, stdin=subprocess.DEVNULL, timeout=40,
                          capture_output=True, text=True, check=False)
    ok(done.returncode != 0 and not near(other),
       "another port of the outside host is refused", done.stderr)
    inside = [w for w in tunnel.command if w not in ("-N", "-R") and
              not w.startswith("127.0.0.1:")]
    way_in = socket.socket()
    way_in.bind(("127.0.0.1", 0))
    way_in.listen(1)
    done = subprocess.run(
        inside[:-1] + ["-W", "127.0.0.1:%d" % way_in.getsockname()[1],
                       inside[-1]], stdin=subprocess.DEVNULL, timeout=40,
        capture_output=True, text=True, check=False)
    ok("prohibited" in done.stderr, "nor does it lead on to what the outside "
       "host can reach", done.stderr)
    way_in.close()
    done = subprocess.run(inside + ["id"], stdin=subprocess.DEVNULL,
                          timeout=40, capture_output=True, text=True,
                          check=False)
    ok("uid=" not in done.stdout, "nor to a shell", done.stdout)
    tunnel.cut()


if __name__ == "__main__":
    if None in (NGINX, OPENSSL, SSHD, SSH, KEYGEN):
        print("1..0 # SKIP nginx, openssl or openssh is not installed")
    else:
        run(line_cut, host_reborn, nothing_else)

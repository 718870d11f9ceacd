#!/usr/bin/env python3
"""The daemon as a service of systemd: what it tells its manager, the sockets
and secrets that it is handed, and how it ends."""
import contextlib
import os
import signal
import socket
import subprocess
import time

from rig import BUILD, TOKEN, Rig, note, ok, person, run, same

EDNA = person("edna", "Edna", phone="0115 496 0123")
WELL = 'default call 100 key 1 after 5s\n'
FIRST_FD = 3		# where sockets that are handed over begin


class Manager:
    """The end of NOTIFY_SOCKET that systemd has; keeps what it is told."""

    def __init__(self, folder):
        self.path = os.path.join(folder, "notify")
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.sock.bind(self.path)
        self.told = []

    def hear(self, within):
        self.sock.settimeout(max(within, 0.01))
        try:
            self.told += self.sock.recv(4096).decode().splitlines()
        except TimeoutError:
            pass

    def until(self, word, since=0, times=1, bound=20):
        """Hear until a line that begins so has come, and give the lines from
        there; [] where it has not."""
        end = time.monotonic() + bound
        while True:
            at = [i for i, line in enumerate(self.told)
                  if i >= since and line.startswith(word)]
            if len(at) >= times:
                return self.told[at[0]:]
            if time.monotonic() > end:
                note("told: %r" % self.told)
                return []
            self.hear(end - time.monotonic())


def installed_libsystemd():
    """Was it built with it?  Without, it tells nothing."""
    done = subprocess.run(["ldd", os.path.join(BUILD, "ringroundd")],
                          capture_output=True, text=True)
    return "libsystemd" in done.stdout


def surroundings(**more):
    return dict(os.environ, **more)


def tells_its_manager():
    with Rig("notify", EDNA, scenario=WELL, rate=1) as rig:
        manager = Manager(rig.folder)
        rig.start(env=surroundings(NOTIFY_SOCKET=manager.path,
                                   WATCHDOG_USEC="1500000"))
        ok(manager.until("READY=1"), "it says when it is ready")
        status = manager.until("STATUS=")
        ok(status and " " in status[0] and "due" in status[0],
           "and in words how it stands", status[:1])
        ok(manager.until("WATCHDOG=1", len(manager.told), 3, 4.5),
           "it feeds the watchdog in time, with nothing else to do")

        since = len(manager.told)
        rig.daemon.signal(signal.SIGHUP)
        ok(manager.until("RELOADING=1", since), "it says when it loads anew")
        ok(manager.until("MONOTONIC_USEC=", since), "and since when")
        ok(manager.until("READY=1", since), "and when it has")

        rig.edit("ringround.conf", "calls_per_second = 20",
                 "calls_per_second = no")
        since = len(manager.told)
        rig.daemon.signal(signal.SIGHUP)
        ok(manager.until("RELOADING=1", since) and
           manager.until("READY=1", since), "so too where it is refused")
        ok(manager.until("STATUS=1 mistake in the scheme", since),
           "and the status says so")

        since = len(manager.told)
        rig.daemon.signal(signal.SIGTERM)
        ok(manager.until("STOPPING=1", since), "it says when it stops")
        same(rig.daemon.join(), 0, "and ends well")


def start_with_door(rig):
    """Start the daemon on a socket that is handed over; give that socket."""
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind(("127.0.0.1", rig.port))
    door.listen()

    def hand_over():
        os.dup2(door.fileno(), FIRST_FD)
        os.putenv("LISTEN_PID", str(os.getpid()))

    os.environ.update(LISTEN_FDS="1", LISTEN_FDNAMES="hook")
    try:
        rig.start(preexec_fn=hand_over, pass_fds=(FIRST_FD,))
    finally:
        del os.environ["LISTEN_FDS"], os.environ["LISTEN_FDNAMES"]
    return door


def takes_a_socket():
    """The listener is handed over: the scheme's own address is not used."""
    with Rig("activated", EDNA, scenario=WELL) as rig, \
            socket.socket() as taken:
        # Were it to listen there itself, it could not.
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        rig.edit("ringround.conf", "listen = 127.0.0.1:%d" % rig.port,
                 "listen = 127.0.0.1:%d" % taken.getsockname()[1])
        start_with_door(rig).close()
        same(rig.hook("GET", "/health")[0], 200, "it serves the socket that "
             "it was handed")
        same(rig.until_state("edna", "confirmed", "no_response"),
             "confirmed", "and takes hooks there")


def waited_for(pid):
    """The inodes that the process waits for."""
    found = set()
    for name in os.listdir("/proc/%d/fdinfo" % pid):
        with contextlib.suppress(FileNotFoundError), \
                open("/proc/%d/fdinfo/%s" % (pid, name),
                     encoding="ascii") as f:	# it may be closed by now
            found.update(int(line.split("ino:")[1].split()[0], 16)
                         for line in f if line.startswith("tfd:"))
    return found


def lets_a_socket_go():
    """Whoever handed it over has it open still: it is not waited for."""
    with Rig("let go", EDNA, scenario=WELL, rate=1) as rig, \
            start_with_door(rig) as door:
        inode = os.fstat(door.fileno()).st_ino
        same(rig.hook("GET", "/health")[0], 200, "it serves it")
        ok(inode in waited_for(rig.daemon.pid), "and waits for more")
        with socket.create_connection(("127.0.0.1", rig.port)) as half:
            half.sendall(b"POST /hook/main/text HTTP/1.1\r\nHost: a\r\n"
                         b"Content-Length: 900\r\n\r\nFrom=")
            rig.daemon.signal(signal.SIGTERM)
            rig.wait(lambda: inode not in waited_for(rig.daemon.pid),
                     "it is let go while a request is not done", 5)
            ok(rig.daemon.runs(), "let go, before the last request is done")
        same(rig.daemon.join(15), 0, "and it ends well")


def takes_credentials():
    """Secrets from LoadCredential=, which no file of the scheme holds."""
    with Rig("credentials", EDNA, scenario=WELL) as rig:
        os.mkdir(rig.path("credentials"), 0o700)
        rig.write("credentials/auth_token", TOKEN + "\n", 0o400)
        rig.write("auth_token", "not the token\n", 0o600)
        rig.start(env=surroundings(
            CREDENTIALS_DIRECTORY=rig.path("credentials")))
        same(rig.until_state("edna", "confirmed", "no_response"),
             "confirmed", "both sides know each other by the credential")
        os.unlink(rig.path("auth_token"))
        since = len(rig.daemon.err())
        rig.daemon.signal(signal.SIGHUP)
        rig.wait(lambda: "loaded: " in rig.daemon.err()[since:],
                 "it loads anew")
        ok(True, "no file needs to stand in the scheme's folder")


def ends_while_asking():
    """A request that gets no answer, and a hook that is half sent."""
    with Rig("ends", EDNA, start="2026-12-04T08:59:50", scenario=WELL,
             rate=20) as rig:
        # No callback either, which would tell that it has been made.
        rig.faults("hang-after next 1", "callbacks-missing")
        rig.start()
        first = "SELECT state, outcome, gateway_id FROM attempt WHERE id = 1"
        rig.wait(lambda: rig.sql(first) and rig.sql(first)[0][0] == "sending",
                 "a request is under way")
        with socket.create_connection(("127.0.0.1", rig.port)) as half:
            half.sendall(b"POST /hook/main/text HTTP/1.1\r\nHost: a\r\n"
                         b"Content-Length: 900\r\n\r\nFrom=")
            began = time.monotonic()
            rig.daemon.signal(signal.SIGTERM)
            same(rig.daemon.join(15), 0, "it ends well")
            took = time.monotonic() - began
            ok(took <= 10, "within ten seconds", took)
        left = rig.sql(first)[0]
        ok(left[0] in ("sending", "uncertain") and left[1] is None,
           "what was under way is not taken for done", left)
        rig.start()
        rig.wait(lambda: rig.sql(first)[0][2], "it was looked up")
        same(rig.sql(first)[0][2], rig.creates()[0]["sid"],
             "and is found at the gateway after the next start")


if not installed_libsystemd():
    print("1..0 # SKIP it was built without libsystemd")
else:
    run(tells_its_manager, takes_a_socket, lets_a_socket_go, takes_credentials,
        ends_while_asking)

#!/usr/bin/env python3
"""The daemon behind a real nginx, by the server block that the manual shows,
and behind nginx on another machine with a relay between them: whole rounds,
in whose middle the one or the other dies and comes back."""
import socket

from certs import OPENSSL
from proxy import IDS, NGINX, Proxied, Relay, server_block
from rig import ok, run, same


def as_documented():
    """The block of the manual is README's, and requests pass unchanged."""
    same(server_block("README.md", "\t"), server_block("man/ringroundd.8", ""),
         "README and manual show the same")
    with Proxied("nginx") as rig:
        rig.start()
        same(rig.public_hook("GET", "/health")[0], 200, "health passes")
        same(rig.public_hook("POST", "/hook/main/text", "a" * 70000)[0], 413,
             "a body without end is refused before us")
        same(rig.public_hook("POST", "/hook/main/text", "From=1", {
            "Content-Type": "application/x-www-form-urlencoded"})[0], 403,
            "a forged hook is refused by us")
        slow = socket.create_connection(("127.0.0.1", rig.outside), 20)
        heard = rig.check_round()
        slow.close()
        same(heard, set(IDS), "a whole round through nginx: all are heard")


def reborn():
    """nginx is ended and started again while people answer."""
    with Proxied("reborn", rate=60) as rig:
        rig.check_cut(rig.nginx.kill, lambda: rig.nginx.start(rig))


def relay_cut():
    """The relay between the outside host and us dies, and comes back."""
    with Proxied("relay", by=Relay, rate=60) as rig:
        rig.check_cut(rig.way.cut, rig.way.open)
        ok(rig.way.passed > 0, "it was through the relay")


if __name__ == "__main__":
    if NGINX is None or OPENSSL is None:
        print("1..0 # SKIP nginx or openssl is not installed")
    else:
        run(as_documented, reborn, relay_cut)

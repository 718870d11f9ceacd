#!/usr/bin/env python3
"""The daemon behind a real nginx, by the server block that the manual shows,
and behind nginx on another machine with a tunnel between them: whole rounds,
in whose middle the one or the other dies and comes back."""
import http.client
import socket
import ssl

from certs import OPENSSL, Authority
from proxy import NGINX, Nginx, Tunnel, server_block
from rig import Rig, ask, free_port, note, ok, person, run, same

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
    """A rig whose public address is nginx's, a tunnel between where wanted."""

    def __init__(self, name, tunnel=False, **more):
        self.outside = free_port()
        self.authority = Authority()
        cert, key = self.authority.make("proxy")
        super().__init__(
            name, PEOPLE, scenario=WELL,
            public="https://127.0.0.1:%d" % self.outside,
            exchange_args=["--ca-file", self.authority.ca], **more)
        self.tunnel = Tunnel(self.port) if tunnel else None
        if tunnel:
            self.tunnel.open()
        self.nginx = Nginx(self.folder, self.outside,
                           self.tunnel.port if tunnel else self.port, cert,
                           key)
        self.nginx.start(self)

    def public_hook(self, method, path, body=None, headers=None):
        context = ssl.create_default_context(cafile=self.authority.ca)
        return ask(http.client.HTTPSConnection(
            "127.0.0.1", self.outside, timeout=20, context=context), method,
            path, body, headers)

    def close(self):
        super().close()
        self.nginx.kill()
        if self.tunnel:
            self.tunnel.cut()

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


def a_minute_without(rig, cut, mend):
    """The way to us is cut while people answer, and mended."""
    rig.start()
    rig.wait(lambda: len(rig.heard()) >= COUNT // 4, "some are heard")
    cut()
    kept, before = set(rig.heard()), rig.now()
    rig.wait(lambda: rig.now()[:5] > before[:5], "a minute without")
    mend()
    heard = rig.check_round()
    ok(kept <= heard, rig.name + ": who was heard before stays so")
    note("heard before %d, in the end %d of %d" % (len(kept), len(heard),
                                                   COUNT))
    ok(len(kept) < len(heard), rig.name + ": others are heard afterwards")


def reborn():
    """nginx is ended and started again while people answer."""
    with Proxied("reborn", rate=60) as rig:
        a_minute_without(rig, rig.nginx.kill, lambda: rig.nginx.start(rig))


def tunnel_cut():
    """The tunnel to the outside host dies, and comes back."""
    with Proxied("tunnel", tunnel=True, rate=60) as rig:
        def cut():
            ok(rig.tunnel.passed > 0, "it is through the tunnel")
            rig.tunnel.cut()
            same(rig.public_hook("GET", "/health")[0], 502,
                 "outside it is seen that it is cut")
        a_minute_without(rig, cut, rig.tunnel.open)


if __name__ == "__main__":
    if NGINX is None or OPENSSL is None:
        print("1..0 # SKIP nginx or openssl is not installed")
    else:
        run(as_documented, reborn, tunnel_cut)

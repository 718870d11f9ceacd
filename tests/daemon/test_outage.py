#!/usr/bin/env python3
"""Long troubles: no gateway at all, a daemon that was down, a hold."""
from post import Post
from rig import Rig, ok, person, run, same

PEOPLE = "\n".join(person("p%d" % n, "Edna" + chr(97 + n),
                          phone="0115 496 013%d" % n) for n in range(8))
IDS = ["p%d" % n for n in range(8)]
WELL = ("default call 100 key 1 after 5s\n"
        "default text 100 silent\n")


def no_gateway():
    """Each flag exists at its time, tied to the one incident; people are
    told once."""
    post = Post()
    with Rig("no gateway", PEOPLE, scenario=WELL, smtp=post.port) as rig:
        rig.exchange.end()
        rig.start()
        rig.wait(lambda: len(rig.flags()) == len(IDS), "everybody's flag")
        flags = rig.flags()
        same({f["participant"] for f in flags}, set(IDS), "one flag each")
        same({f["reason"] for f in flags}, {"gateway"}, "and why")
        incidents = rig.status()["incidents"]
        same((len(incidents), {f["incident"] for f in flags}),
             (1, {incidents[0]["id"]}), "all are tied to one incident")
        same(rig.status()["gateways"], [{"name": "main", "state": "down"}],
             "the gateway is down")
        rig.until("09:25")
        mails = [m for m in post.to("asha@example.org")
                 if "list" not in m["Subject"]]
        ok(0 < len(mails) <= 3, "the coordinator is told, and not eight "
           "times", *[m["Subject"] for m in mails])
    post.stop()


def gateway_returns():
    """It was away for the first minutes: all are rung as soon as it is."""
    post = Post()
    with Rig("gateway returns", PEOPLE, scenario=WELL,
             smtp=post.port) as rig:
        rig.exchange.end()
        rig.start()
        rig.until("09:04")
        same(rig.status()["gateways"][0]["state"], "down", "it is down")
        same([i["kind"] for i in rig.status()["incidents"]],
             ["gateway_down"], "an incident")
        rig.start_exchange()
        for who in IDS:
            rig.until_state(who, "confirmed", "confirmed_late")
        same((rig.status()["gateways"][0]["state"],
              rig.status()["incidents"], rig.flags()), ("up", [], []),
             "it is there again: all are heard, and the incident is over")
        ok(all(len(rig.outcomes(who)) == 1 for who in IDS),
           "the gateway's errors used up nobody's attempts")
    post.stop()


def downtime():
    """An hour late is run late; three hours late is missed, and flagged."""
    with Rig("an hour late", PEOPLE, scenario=WELL) as rig:
        rig.start()
        rig.until("08:59")
        rig.daemon.end()
        rig.start(rehearse="2026-12-04T10:00")
        for who in IDS:
            rig.until_state(who, "confirmed", "confirmed_late")
        ok(all(rig.checkin(who)["attempts"][0]["sent_at"] >=
               "2026-12-04T10:00" for who in IDS), "an hour late: run late")
        same(rig.flags(), [], "and nobody is flagged")
    with Rig("three hours late", PEOPLE, scenario=WELL) as rig:
        rig.start()
        rig.until("08:59")
        rig.daemon.end()
        rig.start(rehearse="2026-12-04T12:30")
        for who in IDS:
            rig.until_state(who, "missed")
        flags = rig.flags()
        same({(f["participant"], f["reason"]) for f in flags},
             {(who, "missed") for who in IDS}, "too late: missed, flagged")
        ok(len({f["incident"] for f in flags}) == 1 and
           flags[0]["incident"], "as one incident", flags)
        same([c for c in rig.creates() if c["channel"] == "call"], [],
             "and nobody is rung at noon")


def hold():
    with Rig("hold", PEOPLE, scenario=WELL) as rig:
        rig.start()
        same(rig.cli("hold", "the office is flooded")[0], 0, "held")
        rig.until("09:03")
        same([c for c in rig.creates() if c["channel"] == "call"], [],
             "nobody is rung")
        rig.daemon.end()
        rig.start()
        same([h["reason"] for h in rig.status()["holds"]],
             ["the office is flooded"], "it survives a restart")
        rig.until("09:06")
        same([c for c in rig.creates() if c["channel"] == "call"], [],
             "and nobody is rung")
        same(rig.cli("resume")[0], 0, "resumed")
        for who in IDS:
            rig.until_state(who, "confirmed", "confirmed_late")
        ok(True, "then everybody is heard")


def first_slot():
    """Whoever is new at 09:30 was not missed at nine."""
    post = Post()
    with Rig("first slot", PEOPLE, scenario=WELL, smtp=post.port,
             start="2026-12-04T09:30") as rig:
        rig.start()
        rig.until("09:50")
        same((rig.flags(), rig.creates()), ([], []),
             "installing after the slot makes nobody missed")
        same({c["skipped"] for c in rig.see("plan")["checkins"]},
             {"first_slot"}, "the plan says why")
    post.stop()


run(no_gateway, gateway_returns, downtime, hold, first_slot)

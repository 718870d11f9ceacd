#!/usr/bin/env python3
"""kill -9 in mid-round, again and again: nobody asked twice, nobody lost."""
import os
import random
import signal

from rig import Rig, ok, person, run, same

PEOPLE = "\n".join(
    [person("c%02d" % n, "Caller" + chr(97 + n), phone="0115 496 02%02d" % n)
     for n in range(14)] +
    [person("t%02d" % n, "Texter" + chr(97 + n), channel="text",
            text="07700 9003%02d" % n) for n in range(14)])
IDS = ["%s%02d" % (kind, n) for kind in "ct" for n in range(14)]
# Some are never heard, so that flags and notices are cut off as well.
SCENARIO = ("default call 70 key 1\ndefault call 20 no-answer\n"
            "default call 10 key 2\n"
            'default text 70 reply "ok"\ndefault text 30 silent\n'
            '07700 900201 text silent\n'
            '07700 900202 text reply "YES {code}"\n')
OPEN = ("due", "asking")


def check(rig):
    """Both ledgers: each step once, and everybody confirmed or flagged."""
    def ended():
        return all(rig.state(who) not in OPEN for who in IDS)
    rig.wait(ended, "every check-in has ended", 90)
    flagged = {f["participant"] for f in rig.flags()}
    lost = [who for who in IDS if rig.state(who) not in
            ("confirmed", "confirmed_late") and who not in flagged]
    ok(not lost, rig.name + ": nobody is lost",
       [(who, rig.state(who)) for who in lost])
    received = {}
    for c in rig.creates():
        if c["sid"]:
            received[c["ref"]] = received.get(c["ref"], 0) + 1
    asked_twice = []
    for who in IDS:
        steps = [a["step"] for a in rig.checkin(who)["attempts"]
                 if received.get(a["id"]) and a["outcome"] != "busy"]
        if len(steps) != len(set(steps)):
            asked_twice.append((who, steps))
    ok(not asked_twice, rig.name + ": no step was made twice", asked_twice)


def crash(seed, kills, faults=()):
    chance = random.Random(seed)
    with Rig("seed %d" % seed, PEOPLE, scenario=SCENARIO, rate=150,
             exchange_args=["--seed", str(seed)]) as rig:
        rig.faults(*faults)
        rig.start()
        for _ in range(kills):
            target = len(rig.creates()) + chance.randint(1, 7)
            rig.wait(lambda: len(rig.creates()) >= target or
                     rig.now() > "09:14", "the round goes on")
            if chance.random() < .5:
                # between two turns as well as in the middle of one
                look = chance.randint(0, 30)
                rig.wait(lambda c=iter(range(look, -1, -1)):
                         next(c, 0) == 0, "a moment")
            rig.kill()
            rig.start()
        check(rig)


def calm():
    crash(1, 6)


def stormy():
    crash(2, 6, ["drop-after share 20", "callbacks-missing share 20",
                 "slow share 20 by 20s"])


def at_once():
    """Again and again within the same few requests."""
    crash(3, 12, ["slow by 10s"])


def stopped():
    """SIGTERM in mid-round: what is under way is finished first."""
    with Rig("SIGTERM", PEOPLE, scenario=SCENARIO, rate=150) as rig:
        rig.start()
        for n in (4, 12, 20):
            rig.wait(lambda: len(rig.creates()) >= n, "%d creates" % n)
            same(rig.daemon.end(10), 0, "SIGTERM: it ends by itself")
            same(rig.sql("SELECT count(*) FROM attempt WHERE state IN "
                         "('sending', 'uncertain')"), [(0,)],
                 "and has heard every answer before")
            ok(not os.path.exists(rig.sock), "and takes its socket away")
            rig.start()
        check(rig)


def stopped_twice():
    """A gateway that hangs; the second SIGTERM does not wait for it."""
    with Rig("SIGTERM twice", PEOPLE, scenario=SCENARIO, rate=150) as rig:
        rig.faults("hang-after")
        rig.start()
        rig.wait(lambda: len(rig.creates()) >= 2, "requests hang")
        rig.daemon.signal(signal.SIGTERM)
        rig.wait(lambda: "stopping" in rig.daemon.err(), "it drains")
        ok(rig.daemon.runs(), "SIGTERM: it waits for the answers")
        rig.daemon.signal(signal.SIGTERM)
        same(rig.daemon.join(4), 0, "a second one ends it at once")
        rig.faults()
        rig.start()
        check(rig)


run(calm, stormy, at_once, stopped, stopped_twice)

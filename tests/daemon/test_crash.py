#!/usr/bin/env python3
"""kill -9 in mid-round, again and again: nobody asked twice, nobody lost.
RINGROUND_KILLS=100 in the environment: so many further ones."""
import os
import random

from crowd import PEOPLE, SCENARIO, check
from rig import Rig, note, ok, person, run, same


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
            rig.kill()
            rig.start()
        check(rig)
        return rig.read("ringroundd.err").count("the daemon ended in between")


def calm():
    crash(1, 6)


def stormy():
    crash(2, 6, ["drop-after share 20", "callbacks-missing share 20",
                 "slow share 20 by 20s"])


def at_once():
    """Again and again within the same few requests."""
    caught = crash(3, 10, ["slow by 60s", "callbacks-late by 90s"])
    ok(caught > 0, "requests were under way when it was killed")
    note("%d of them" % caught)


def clocks_apart():
    """The gateway's clock goes on while ours does not: a create that it has
    is older, by its clock now, than ours says.  It is found all the same."""
    with Rig("clocks apart", person("t1", "Edna", channel="text",
                                    text="07700 900301"),
             scenario="default text 100 silent\n", rate=150) as rig:
        rig.faults("drop-after next 1", "callbacks-missing next 1")
        rig.start()
        rig.wait(lambda: "uncertain" in rig.daemon.err(), "it is uncertain")
        rig.kill()
        then = rig.ex("idle")["now"]
        rig.wait(lambda: rig.ex("idle")["now"] > then + 3 * 60000,
                 "three minutes at the gateway")
        rig.start()
        rig.wait(lambda: "adopted" in rig.daemon.err() or
                 len(rig.creates()) > 1, "it is looked up")
        same(len(rig.creates()), 1, "what was made already is found")


def many():
    """Further seeds, some of them with faults."""
    left, seed = int(os.environ.get("RINGROUND_KILLS", "0")), 10
    while left > 0:
        crash(seed, min(left, 8), [] if seed % 2 else
              ["drop-after share 20", "slow share 20 by 20s",
               "callbacks-missing share 10", "callbacks-twice share 20"])
        left, seed = left - 8, seed + 1


run(calm, stormy, at_once, clocks_apart, many)

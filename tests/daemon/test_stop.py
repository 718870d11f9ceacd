#!/usr/bin/env python3
"""SIGTERM in mid-round: what is under way is finished, within bounds."""
import os
import signal

from crowd import PEOPLE, SCENARIO, check
from rig import Rig, ok, run, same


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


def stopped_slowly():
    """A gateway that hangs is not waited for longer than ten seconds."""
    with Rig("SIGTERM, hanging", PEOPLE, scenario=SCENARIO,
             rate=150) as rig:
        rig.faults("hang-after next 3")
        rig.start()
        rig.wait(lambda: len(rig.creates()) >= 3, "requests hang")
        same(rig.daemon.end(11), 0, "SIGTERM: ends within ten seconds")
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


run(stopped, stopped_slowly, stopped_twice)

#!/usr/bin/env python3
"""A whole morning of the real daemon against the real exchange, with a bit of
everything that can go wrong between them: the exchange's faults at each level.
At its end both ledgers agree, nobody is lost, and the auditor, asked about
every row, finds nothing.  RINGROUND_SLOW=1: also the worst level, at which
answers that never come keep us waiting."""
import os

import crowd
from post import Post
from rig import Rig, note, run, same


def morning(level, rate=240):
    post = Post()
    with Rig("faults %d" % level, crowd.PEOPLE, scenario=crowd.SCENARIO,
             smtp=post.port, rate=rate,
             exchange_args=["--faults", str(level)]) as rig:
        rig.start()
        crowd.check(rig)
        rig.wait(lambda: not rig.sql("SELECT 1 FROM attempt WHERE state IN "
                                     "('sending', 'uncertain')"),
                 "what is uncertain is settled", 90)
        status, doc, _ = rig.cli("audit")
        same((status, doc["findings"]), (0, []),
             rig.name + ": the auditor finds nothing")
        note("faults %d: %d creates, %d faults, until %s" % (
            level, len(rig.creates()), rig.ex("count")["faults"], rig.now()))
    post.stop()


def seldom():
    morning(1)


def often():
    morning(2)


def bad():
    if os.environ.get("RINGROUND_SLOW"):
        morning(3, 60)


run(seldom, often, bad)

#!/usr/bin/env python3
"""Everything that can go wrong between us and the gateway, on demand.

Whatever it is: one create at most for each attempt, and at the end everybody
is confirmed, or flagged by their time.
"""
from rig import Rig, ok, person, run, same

CALLED = ["0115 496 01%02d" % n for n in range(30, 38)]
TEXTED = ["07700 9001%02d" % n for n in range(40, 48)]
ENDED = ("confirmed", "confirmed_late", "help_requested", "no_response",
         "undelivered", "missed")
IDS = ["c%d" % n for n in range(len(CALLED))] + \
    ["t%d" % n for n in range(len(TEXTED))]


def people():
    return "\n".join(
        [person("c%d" % n, "Caller" + chr(97 + n), phone=number)
         for n, number in enumerate(CALLED)] +
        [person("t%d" % n, "Texter" + chr(97 + n), text=number,
                channel="text") for n, number in enumerate(TEXTED)])


# Everybody answers; what is not heard is the gateway's doing.
WELL = ('default call 100 key 1 after 5s\n'
        'default text 100 reply "ok" after 20s\n'
        '07700 900201 text silent\n07700 900202 text silent\n')


def all_ended(rig):
    return all(rig.state(who) in ENDED for who in IDS)


def check_all(rig, confirmed=True):
    """Nobody is lost."""
    rig.wait(lambda: all_ended(rig), "everybody is confirmed or flagged", 60)
    states = {who: rig.state(who) for who in IDS}
    flagged = {f["participant"] for f in rig.flags()}
    lost = [who for who, state in states.items()
            if state not in ("confirmed", "confirmed_late")
            and who not in flagged]
    ok(not lost, rig.name + ": everybody is confirmed or flagged", lost)
    if confirmed:
        wrong = {who: (state, rig.outcomes(who))
                 for who, state in states.items() if state != "confirmed"}
        ok(not wrong, rig.name + ": and all are heard in the end", wrong)


def fault(name, *faults, rate=120, confirmed=True, more=None):
    with Rig(name, people(), scenario=WELL, rate=rate) as rig:
        rig.faults(*faults)
        rig.start()
        if more:
            more(rig)
        check_all(rig, confirmed)


def refused_connections():
    """A connection that ends at once may have been heard, so each is looked
    up; who is unlucky twice in a row is a human's."""
    fault("unreachable", "unreachable next 12", confirmed=False)


def dropped_before():
    fault("drop-before", "drop-before next 6")


def dropped_after():
    """It was made, and we were not told: it is found, and not made again."""
    def look(rig):
        rig.wait(lambda: rig.ex("count")["lookups"] or all_ended(rig),
                 "a look-up, or callbacks were faster")
    fault("drop-after", "drop-after next 8", more=look)


def dropped_silently():
    """Made, cut off, and no callback ever comes: look-ups and polls."""
    def look(rig):
        rig.wait(lambda: rig.ex("count")["lookups"], "look-ups")
        rig.until("09:12")
        rig.ex("faults", "")
    with Rig("drop-after without callbacks", people(), scenario=WELL,
             rate=120) as rig:
        rig.faults("drop-after texts next 8", "callbacks-missing texts "
                   "next 8")
        rig.start()
        look(rig)
        check_all(rig, confirmed=False)
        same([len(rig.outcomes(who)) for who in IDS if who[0] == "t"],
             [1] * len(TEXTED), "drop-after: each was asked once")


def dropped_when_warm():
    """libcurl would send again what is lost on a connection in use."""
    with Rig("drop-after on kept connections", people(), scenario=WELL,
             rate=120) as rig:
        rig.start()
        rig.wait(lambda: len(rig.creates()) > 3, "the first are asked")
        rig.faults("drop-after share 60")
        rig.until("09:03")
        rig.faults()
        check_all(rig)
        struck = [c["ref"] for c in rig.creates() if c["fault"]]
        ok(len(struck) > 2, "connections in use were dropped", struck)
        same(len(struck), len(set(struck)), "nothing was sent twice")


def too_many():
    fault("429", "too-many next 10 by 5s")


def server_errors():
    fault("503 before", "error-before 503 next 6")


def server_errors_after():
    fault("500 after", "error-after 500 next 8")


def garbled():
    fault("garbled", "garbled next 6", "slow next 4 by 4s")


def twice():
    fault("callbacks twice", "callbacks-twice")


def reversed_():
    fault("callbacks reversed", "callbacks-reversed")


def late():
    fault("callbacks late", "callbacks-late by 2m")


def missing():
    """No callback at all.  A text needs none; of a call we ask."""
    fault("callbacks missing", "callbacks-missing", confirmed=False)


def final_missing():
    fault("final missing", "final-missing")


def slow():
    """The callback is there before the answer of the create is."""
    fault("slow", "slow by 30s")


run(refused_connections, dropped_before, dropped_after, dropped_silently,
    dropped_when_warm, too_many, server_errors, server_errors_after,
    garbled, twice, reversed_, late, missing, final_missing, slow)

"""Twenty-eight people, of whom some are never heard, and what must hold for
them however the daemon ends."""
from rig import ok, person

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

#!/usr/bin/env python3
"""Texts that people write, and calls that they make to us."""
from rig import Rig, ok, person, run, same

REPLIES = {
    # who, name, number, what they write, state, reading
    "t1": ("Edna", "07700 900121", "ok thank you dear", "confirmed", "ok"),
    "t2": ("Mei", "07700 900122", "Yes \U0001f44d", "confirmed", "ok"),
    "t3": ("Walter", "07700 900123", "HELP!!!", "help_requested", "help"),
    "t4": ("Stan", "07700 900124", "I fell", "help_requested", "help"),
    "t5": ("Vera", "07700 900125", "no not really", "help_requested",
           "help"),
    "t6": ("Doris", "07700 900126", "HELP", "help_requested", "help"),
}


def replies():
    people = "\n".join(person(who, name, text=number, channel="text")
                       for who, (name, number, *_) in REPLIES.items())
    scenario = "default text 100 silent\n" + "".join(
        '%s text reply "%s" after 20s\n' % (number, words)
        for _, number, words, *_ in REPLIES.values())
    with Rig("replies", people, scenario=scenario) as rig:
        rig.start()
        for who, (_, _, words, state, reading) in REPLIES.items():
            rig.until_state(who, state)
            got = rig.history(who)
            same((got["checkins"][-1]["confirmed_by"],
                  [r["reading"] for r in got["replies"]],
                  [r["text"] for r in got["replies"]]),
                 ("reply" if reading == "ok" else None, [reading], [words]),
                 "%r ends as %s, and is kept" % (words, state))
        same(sorted(f["participant"] for f in rig.flags(reason="help")),
             ["t3", "t4", "t5", "t6"], "each cry for help is a flag")
        rig.wait(lambda: any("that is noted" in t for t in
                             rig.texts_to("+447700900121")),
                 "OK is answered")
        rig.wait(lambda: any("somebody will ring you by" in t for t in
                             rig.texts_to("+447700900124")),
                 "a cry for help is answered")


def others():
    """STOP, what is not understood, and an OK before anybody asked."""
    people = "\n".join((
        person("s1", "Edna", text="07700 900121", channel="text"),
        person("s2", "Mei", text="07700 900122", channel="text"),
        person("s3", "Walter", text="07700 900123", channel="text")))
    scenario = ("default text 100 silent\n07700 900121 text stop after 20s\n"
                '07700 900122 text reply "who is this" after 20s, silent\n'
                '')
    with Rig("others", people, scenario=scenario) as rig:
        rig.start()
        rig.text("07700 900123", "morning! all ok x")
        rig.until_state("s3", "confirmed")
        stop = rig.until_flag(participant="s1")
        ok(stop["reason"] in ("stop", "opted_out"), "STOP is a flag", stop)
        flag = rig.until_flag(participant="s2")
        same(flag["reason"], "unclear_reply",
             "a question is a sign of life that goes to a human")
        rig.until_state("s2", "no_response")
        rig.wait(lambda: any(stop["code"] in t for t in
                             rig.texts_to("+447700900201") +
                             rig.texts_to("+447700900202")),
                 "somebody is told of STOP")
        rig.until("09:25")
        same(len(rig.creates("+447700900123")[1:]), 0,
             "nobody asks who has written already")
        same(rig.outcomes("s3"), [], "no attempt was made")
        ours = [a for a in rig.checkin("s1")["attempts"]]
        same(len(ours), 1, "after STOP no further text is made")
        same(rig.flags(participant="s2")[0]["code"], flag["code"],
             "no response joins the open flag")


def strangers():
    people = person("p1", "Edna", phone="0115 496 0121")
    scenario = "default text 100 silent\ndefault call 100 no-answer\n"
    with Rig("strangers", people, scenario=scenario) as rig:
        rig.start()
        rig.text("07700 900777", "ok")
        rig.ring("07700 900778", "1")
        rig.text("withheld", "ok")
        rig.ring("withheld", "1")
        rig.until("09:04")
        same(rig.state("p1"), "asking", "no stranger confirms anybody")
        ok(any(f["reason"] == "unclear_reply" and f["participant"] is None
               for f in rig.flags()), "a human reads what they wrote",
           rig.flags())


def call_backs():
    people = "\n".join((
        person("b1", "Edna", phone="0115 496 0121"),
        person("b2", "Mei", phone="0115 496 0122"),
        person("b3", "Stan", phone="0115 496 0170"),
        person("b4", "Vera", phone="0115 496 0170"),
        person("b5", "Harold", phone="0115 496 0172"),
        person("b6", "Doris", phone="0115 496 0172")))
    scenario = "default text 100 silent\ndefault call 100 no-answer\n"
    with Rig("call backs", people, scenario=scenario) as rig:
        rig.start()
        rig.until("09:04")
        for who in ("b1", "b2", "b3", "b4", "b5", "b6"):
            rig.wait(lambda: rig.outcomes(who) or rig.state(who) != "due",
                     who + " is being asked")
        rig.ring("0115 496 0121", "1")
        rig.ring("0115 496 0122", "")
        rig.ring("0115 496 0170", "11")
        rig.ring("0115 496 0172", "12")
        for who in ("b1", "b3", "b4", "b5"):
            rig.until_state(who, "confirmed", "confirmed_late")
            same(rig.checkin(who)["confirmed_by"], "call_back",
                 who + " has rung us, and pressed 1 for each name")
        same(rig.until_state("b6", "help_requested"), "help_requested",
             "who presses 2 for the second name asks for help")
        flag = rig.until_flag(participant="b2")
        same(flag["reason"], "unclear_reply",
             "a call back without a key goes to a human")
        ok(rig.state("b2") != "confirmed", "and confirms nobody")


def shared():
    """A reply from a number that two people share."""
    people = "\n".join((
        person("c1", "Stan", text="07700 900150", channel="text"),
        person("c2", "Vera", text="07700 900150", channel="text")))
    scenario = "default text 100 silent\n"
    with Rig("shared", people, scenario=scenario) as rig:
        rig.start()
        rig.wait(lambda: rig.state("c1") == rig.state("c2") == "asking",
                 "both are being asked")
        rig.text("07700 900150", "ok")
        rig.until_flag(reason="unclear_reply")
        ok("confirmed" not in (rig.state("c1"), rig.state("c2")),
           "OK from a shared number confirms nobody while two are asked")
        rig.wait(lambda: any("?" in t and ("Stan" in t or "who" in
                             t.lower()) for t in
                             rig.texts_to("+447700900150")[1:]),
                 "it is answered: who?")


run(replies, others, strangers, call_backs, shared)

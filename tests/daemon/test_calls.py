#!/usr/bin/env python3
"""Calls: every way in which one may go, up to the flag and its end."""
from post import Post
from rig import Rig, ok, person, run, same

PEOPLE = {
    "p1": ("Edna", "0115 496 0121", "key 1 after 5s"),
    "p2": ("Walter", "0115 496 0122", "key 2 after 5s"),
    "p3": ("Mei", "0115 496 0123", "key 9 1 after 5s"),
    "p4": ("Stan", "0115 496 0124", "key 5 5 1 after 5s"),
    "p5": ("Vera", "0115 496 0125", "key 1 late after 5s, key 1 after 5s"),
    "p6": ("Harold", "0115 496 0126", "silent after 5s, key 1 after 5s"),
    "p7": ("Doris", "0115 496 0127", "busy, key 1 after 5s"),
    "p8": ("Lily", "0115 496 0128", "voicemail after 5s, hang-up after 5s, "
           "key 1 after 5s"),
    "p9": ("Sam", "0115 496 0129", "key - 1 after 5s"),
}


def ways():
    people = "\n".join(person(who, name, phone=number)
                       for who, (name, number, _) in PEOPLE.items())
    scenario = "".join("%s call %s\n" % (number, habits)
                       for _, number, habits in PEOPLE.values())
    scenario += "default text 100 silent\n"
    with Rig("ways", people, scenario=scenario) as rig:
        rig.start()
        rig.until("09:20")
        for who, state, outcomes in (
                ("p1", "confirmed", ["ok"]),
                ("p2", "help_requested", ["help"]),
                ("p3", "confirmed", ["ok"]),
                ("p4", "confirmed", ["ok"]),
                ("p6", "confirmed", ["no_key", "ok"]),
                ("p7", "confirmed", ["busy", "ok"]),
                ("p8", "confirmed", ["no_key", "no_key", "ok"]),
                ("p9", "confirmed", ["ok"])):
            same((rig.state(who), rig.outcomes(who)), (state, outcomes),
                 "%s, who does %s" % (who, PEOPLE[who][2]))
        ok(rig.state("p5") == "confirmed", "p5, who presses late",
           rig.outcomes("p5"))
        same([(f["participant"], f["reason"], f["priority"])
              for f in rig.flags()], [("p2", "help", "urgent")],
             "only key 2 flags, with the highest priority")


def to_the_end():
    """No answer three times; the flag goes round, and is closed by text."""
    people = person("p1", "Edna", phone="0115 496 0121")
    scenario = ("0115 496 0121 call no-answer\n"
                "07700 900202 text reply \"YES {code}\" after 60s, silent\n"
                "07700 900201 text silent\n")
    with Rig("to the end", people, scenario=scenario) as rig:
        rig.start()
        flag = rig.until_flag(participant="p1")
        same((flag["reason"], flag["state"]), ("no_response", flag["state"]),
             "no answer three times becomes a flag")
        same(rig.outcomes("p1"), ["no_answer"] * 3, "all three were made")
        same(rig.state("p1"), "no_response", "the check-in says so")
        rig.until_flag(participant="p1", state="claimed")
        rig.wait(lambda: len(rig.texts_to("+447700900202")) >= 2,
                 "the claim is answered")
        told, answer = rig.texts_to("+447700900202")[:2]
        code = flag["code"]
        ok(code in told and "Nottingham Check-in" in told,
           "the notice has the service and the code", told)
        ok(not any(word in told for word in (
            "Edna", "Quillfeather", "0121", "no_response")),
           "and no name, number or reason", told)
        ok("0115 496 0100" in answer or "01154960100" in answer,
           "YES is answered with the office's number", answer)
        same(rig.flags()[0]["owner"], "tom", "the flag has a name on it")
        rig.text("07700 900202", "DONE %s asleep" % code)
        rig.until_flag(participant="p1", state="resolved")
        flag = rig.flags()[0]
        same((flag["disposition"], flag["false_alarm_reason"]),
             ("safe", "asleep"), "DONE closes it, with why")


def nobody_claims():
    people = person("p1", "Edna", phone="0115 496 0121")
    scenario = ("0115 496 0121 call no-answer\ndefault text 100 silent\n")
    post = Post()
    with Rig("nobody claims", people, scenario=scenario,
             smtp=post.port) as rig:
        rig.start()
        code = rig.until_flag(participant="p1")["code"]
        rig.wait(lambda: rig.texts_to("+447700900202"), "Tom is told")
        same(len(rig.texts_to("+447700900201")), 0, "not all at once")
        rig.wait(lambda: rig.texts_to("+447700900201"),
                 "the coordinator is told")
        ok(code in rig.texts_to("+447700900201")[0],
           "the coordinator is told where nobody claims it")
        rig.text("07700 900202", "NO " + code)
        rig.wait(lambda: len(rig.texts_to("+447700900201")) >= 2,
                 "the coordinator is told again")
        ok(rig.flags()[0]["state"] == "open", "and it stays open",
           rig.flags())
        code2, doc, err = rig.cli("claim", code)
        same((code2, doc.get("state")), (0, "claimed"),
             "the command line claims it")
    post.stop()


run(ways, to_the_end, nobody_claims)

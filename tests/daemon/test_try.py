#!/usr/bin/env python3
"""From a spreadsheet to live: a person is tried before they are asked."""
from rig import Rig, ok, person, run, same

CALLED, TEXTED, SILENT = "0115 496 0160", "07700 900162", "0115 496 0161"
TABLE = """id;name;call_me;phone;text;round;consent;live
doris;Mrs Doris Ash;Doris;%s;;morning;"2026-11-02, written";yes
lily;Miss Lily Marsh;Lily;;%s;letters;"2026-11-03, written";yes
sam;Mr Sam Okoro;Sam;%s;;morning;"2026-11-03, written";yes
bad;Mr Bad Number;Bad;999;;morning;"2026-11-03, written";yes
""" % (CALLED, TEXTED, SILENT)


def newest(rig, who):
    """What the newest test of theirs came to."""
    code, doc, err = rig.cli("try", who, "--look")
    assert code == 0, err
    return doc["newest"]


def setting_up():
    people = person("edna", "Edna", phone="0115 496 0121")
    scenario = ("default call 100 no-answer\n%s call key 1\n"
                '%s text reply "ok dear" after 20s\n' % (CALLED, TEXTED))
    with Rig("setting up", people, scenario=scenario,
             start="2026-12-04T10:00", rate=60) as rig:
        rig.start()
        rig.write("people.csv", TABLE)
        code, doc, err = rig.cli("import", rig.path("people.csv"))
        same((code, [t["participant"] for t in doc["taken"] if t["held"]],
              [r["line"] for r in doc["refused"]], doc["daemon"]),
             (1, ["doris", "lily", "sam"], [5], "loaded"),
             "three are taken, not yet live, and one refused")
        code, _, err = rig.cli("set", "doris", "live=yes")
        ok(code == 1 and "contact_waived" in err,
           "nobody is live before a contact has agreed", err)
        same(rig.cli("try", "doris", "--look")[1]["lacks"], "contact",
             "who looks hears it before")
        for who in ("doris", "lily", "sam"):
            code, _, err = rig.cli("set", who,
                                   "contact_waived=waived, has nobody")
            same((code, err), (0, ""), "%s has none, and that is said" % who)
        code, _, err = rig.cli("set", "doris", "live=yes")
        ok(code == 1 and "ringround try doris" in err,
           "nobody is live before a test", err)

        for who in ("doris", "lily", "sam"):
            code, doc, err = rig.cli("try", who)
            same((code, doc and doc["newest"]["state"]), (0, "under_way"),
                 "%s is tried" % who)
        for who, channel, by in (("doris", "call", "key"),
                                 ("lily", "text", "reply")):
            rig.wait(lambda: newest(rig, who)["state"] == "confirmed",
                     "%s confirms" % who)
            trial = newest(rig, who)
            same((trial["channel"], trial["confirmed_by"]), (channel, by),
                 "by %s" % channel)
        rig.wait(lambda: newest(rig, "sam")["state"] == "not_confirmed",
                 "sam does not answer")
        same(newest(rig, "sam")["outcome"], "no_answer", "and that is said")

        same(rig.cli("try", "doris", "--look")[1]["lacks"], None,
             "nothing is missing any more")
        for who, word in (("doris", "call"), ("lily", "text")):
            code, doc, err = rig.cli("set", who, "live=yes")
            same((code, doc and doc["daemon"]), (0, "loaded"),
                 "%s is live" % who)
            ok("tested" in [c["key"] for c in doc["changes"]],
               "and the file says when %s was tested" % who)
            ok("2026-12-04, by %s" % word in rig.read("people/people.conf"),
               "by %s" % word)
        code, _, err = rig.cli("set", "sam", "live=yes")
        same(code, 1, "sam is not")
        same(rig.status()["flags"], {"open": 0, "claimed": 0},
             "nobody was alarmed")
        live = rig.see("plan?date=2026-12-05")["checkins"]
        same(sorted(c["participant"] for c in live if not c["skipped"]),
             ["doris", "edna", "lily"], "asked from tomorrow on")


run(setting_up)

#!/usr/bin/env python3
"""The acceptance scheme, unchanged but for its ports: a whole morning, and
every command with the shape that scripts rely on."""
import re

from rig import Rig, ok, run, same

SCENARIO = """default text 100 silent
default call 100 no-answer
0115 496 0123 call no-answer, key 1 after 5s
0115 496 0130 call key 1 after 5s
07700 900140 text reply "ok thank you" after 60s
0115 496 0170 call key 1 after 5s, no-answer
07700 900202 text reply "YES {code}" after 60s, silent
"""
INSTANT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$"
NUMBER = r"\+\d+$"
TEXT, INT, BOOL, LIST = str, int, bool, list

# What stands behind each key: a type, a pattern, a list of such, or a tuple
# of words that it may be.  "?" before the key: it may be null.
FLAG = {"code": r"[A-Z]\d[A-Z]\d$", "?participant": TEXT, "?round": TEXT,
        "?date": r"\d{4}-\d\d-\d\d$", "reason": (
            "help", "no_response", "undelivered", "missed", "unclear_reply",
            "opted_out", "stop", "gateway"),
        "priority": TEXT, "state": ("open", "claimed", "resolved"),
        "?owner": TEXT, "raised_at": INSTANT, "?deadline": INSTANT,
        "?incident": INT, "?disposition": TEXT, "?false_alarm_reason": TEXT}
NOTE = {"file": TEXT, "line": INT, "message": TEXT}
SHAPES = {
    "check": {"ok": BOOL, "participants": INT, "live": INT,
              "volunteers": INT, "rounds": INT, "mistakes": [NOTE],
              "warnings": [NOTE]},
    "plan": {"date": r"\d{4}-\d\d-\d\d$", "checkins": [{
        "participant": TEXT, "round": TEXT, "slot": INSTANT, "ladder": TEXT,
        "steps": [{"at": INSTANT, "channel": ("call", "text", "human"),
                   "?number": NUMBER}],
        "?skipped": ("away", "not_live", "first_slot", "closed_day", "hold",
                     "opted_out")}]},
    "status": {"now": INSTANT, "date": r"\d{4}-\d\d-\d\d$", "rounds": [{
        "round": TEXT, "due": INT, "asking": INT, "confirmed": INT,
        "confirmed_late": INT, "help_requested": INT, "no_response": INT,
        "undelivered": INT, "missed": INT, "cancelled": INT}],
        "flags": {"open": INT, "claimed": INT}, "incidents": [{
            "id": INT, "kind": TEXT, "since": INSTANT}],
        "gateways": [{"name": TEXT, "state": ("up", "down", "unknown")}],
        "lateness": {"?p50_s": INT, "?max_s": INT}, "?next_wake": INSTANT,
        "?loop": {"longest_ms": INT, "?at": INSTANT},
        "config": {"loaded_at": INSTANT, "mistakes": INT}},
    "flags": {"flags": [FLAG]},
    "history": {"participant": TEXT, "checkins": [{
        "round": TEXT, "date": r"\d{4}-\d\d-\d\d$", "slot": INSTANT,
        "state": ("due", "asking", "confirmed", "confirmed_late",
                  "help_requested", "no_response", "undelivered", "missed",
                  "cancelled"),
        "?confirmed_by": ("key", "reply", "call_back", "human"),
        "?flag": TEXT, "attempts": [{
            "id": TEXT, "step": INT, "channel": TEXT, "number": NUMBER,
            "?gateway": TEXT, "?gateway_id": TEXT, "state": (
                "planned", "sending", "uncertain", "accepted", "ended"),
            "?outcome": ("ok", "help", "no_key", "machine", "busy",
                         "no_answer", "refused", "bad_number", "opted_out",
                         "undelivered", "no_reply", "gateway_error"),
            "?sent_at": INSTANT, "?ended_at": INSTANT}]}],
        "replies": [{"at": INSTANT, "channel": TEXT, "?text": TEXT,
                     "reading": TEXT}]},
    "claim": FLAG, "release": FLAG, "resolve": FLAG,
    "urls": {"gateways": [{"gateway": TEXT, "inbound_text": "http",
                           "inbound_call": "http"}]},
    "explain reply": {"reading": ("ok", "help", "stop", "away", "unclear"),
                      "rule": TEXT},
    "explain number": {"?e164": NUMBER, "kind": TEXT, "callable": BOOL,
                       "textable": BOOL, "?why": TEXT},
    "explain slot": {"date": r"\d{4}-\d\d-\d\d$", "at": INSTANT,
                     "?note": TEXT},
    "version": {"version": TEXT},
    "hold": {"holds": [{"reason": TEXT}]},
    "resume": {"holds": [{"reason": TEXT}]},
    "reload": {"ok": BOOL},
}


def fits(got, want, path, faults):
    if isinstance(want, dict):
        if not isinstance(got, dict):
            faults.append("%s is %r" % (path, got))
            return
        for key, value in want.items():
            name = key.lstrip("?")
            if name not in got:
                faults.append("%s.%s is not there" % (path, name))
            elif got[name] is None:
                if key[0] != "?":
                    faults.append("%s.%s is null" % (path, name))
            else:
                fits(got[name], value, path + "." + name, faults)
    elif isinstance(want, list):
        if not isinstance(got, list):
            faults.append("%s is no list" % path)
            return
        for i, item in enumerate(got):
            fits(item, want[0], "%s[%d]" % (path, i), faults)
    elif isinstance(want, tuple):
        if got not in want:
            faults.append("%s is %r" % (path, got))
    elif isinstance(want, str):
        if not isinstance(got, str) or not re.match(want, got):
            faults.append("%s is %r" % (path, got))
    elif not isinstance(got, want) or (want is int and got is True):
        faults.append("%s is %r" % (path, got))


def command(rig, name, *words, status=0):
    """Run it, and hold its document to the shape."""
    done, doc, err = rig.cli(*name.split(), *words)
    faults = []
    if done == 0 or doc:
        fits(doc, SHAPES[name], name, faults)
        schema = doc.get("schema") if isinstance(doc, dict) else None
        word = name.split()[0] if name.split()[0] != "explain" else None
        if not schema or not re.match(r"ringround\.[a-z_]+/1$", schema):
            faults.append("schema is %r" % (schema,))
        elif word in ("check", "plan", "status", "flags", "history", "urls") \
                and schema != "ringround.%s/1" % word:
            faults.append("schema is %r" % schema)
    ok(done == status and not faults, "%s: exit %d and the shape"
       % (" ".join((name,) + words), status), done, err, *faults)
    return doc


def a_morning():
    with Rig("acceptance", acceptance=True, scenario=SCENARIO, rate=480,
             start="2026-12-04T08:50") as rig:
        rig.start()
        doc = command(rig, "check")
        same((doc["ok"], doc["participants"], doc["live"], doc["volunteers"],
              doc["rounds"]), (True, 6, 5, 3, 2), "check counts")
        doc = command(rig, "plan")
        asked = [c for c in doc["checkins"] if not c["skipped"]]
        same(sorted((c["participant"], c["round"]) for c in asked),
             [("edna", "morning"), ("mei", "friday"), ("stan", "morning"),
              ("vera", "morning"), ("walter", "friday"),
              ("walter", "morning")], "who is asked on a Friday")
        steps = next(c for c in asked if c["participant"] == "edna")["steps"]
        same([(s["channel"], s["number"]) for s in steps],
             [("call", "+441154960123"), ("call", "+441154960123"),
              ("text", "+447700900123"), ("call", "+447700900123")],
             "Edna's ladder")
        doc = command(rig, "plan", "--date", "2026-12-24")
        same([c["skipped"] for c in doc["checkins"]
              if c["participant"] == "walter"], ["away"],
             "Walter is away over Christmas")
        command(rig, "urls")
        command(rig, "version")
        command(rig, "status")
        command(rig, "flags")
        same(command(rig, "explain reply", "No, I fell")["reading"], "help",
             "explain reply")
        same(command(rig, "explain number", "(0115) 496 0130")["e164"],
             "+441154960130", "explain number")
        command(rig, "explain number", "999", status=1)
        same(command(rig, "explain slot", "morning",
                     "2026-12-05")["at"], "2026-12-05T09:00:00+00:00",
             "explain slot")
        same(len(command(rig, "hold", "boiler")["holds"]), 1, "hold")
        same(command(rig, "resume")["holds"], [], "resume")
        command(rig, "reload")

        rig.until_state("edna", "confirmed")
        rig.until_state("walter", "confirmed", round_="friday")
        rig.until_state("mei", "confirmed")
        doc = command(rig, "history", "walter")
        friday = rig.checkin("walter", round_="friday")
        same((friday["state"], friday["attempts"]), ("confirmed", []),
             "his morning OK counts for both")
        same(rig.checkin("edna")["confirmed_by"], "key", "Edna: by key")
        same([a["outcome"] for a in rig.checkin("edna")["attempts"]
              if a["channel"] == "call"], ["no_answer", "ok"],
             "at the second call")
        same(rig.checkin("mei")["confirmed_by"], "reply", "Mei: by reply")
        # Stan's or Vera's turn came first; the other one was not heard.
        rig.wait(lambda: {rig.state("stan"), rig.state("vera")} ==
                 {"confirmed", "no_response"}, "one is heard, one is not")
        flag = rig.until_flag(state="claimed")
        same(flag["owner"], "tom", "Tom has claimed by text")
        command(rig, "history", "vera")
        command(rig, "history", "stan")
        doc = command(rig, "flags")
        code = doc["flags"][0]["code"]
        same(command(rig, "release", code)["state"], "open", "release")
        same(command(rig, "claim", code)["state"], "claimed", "claim")
        done, _, err = rig.cli("resolve", code)
        ok(done in (1, 2) and err, "resolve wants to know how", done, err)
        doc = command(rig, "resolve", code, "--disposition", "safe",
                      "--reason", "asleep", "--note", "slept late")
        same((doc["state"], doc["disposition"], doc["false_alarm_reason"]),
             ("resolved", "safe", "asleep"), "resolve")
        same(command(rig, "flags")["flags"], [], "nothing is open")
        same(len(command(rig, "flags", "--all")["flags"]), 1, "all has it")
        doc = command(rig, "status")
        same({r["round"]: (r["confirmed"], r["confirmed_late"],
                           r["no_response"]) for r in doc["rounds"]},
             {"morning": (3, 1, 0), "friday": (2, 0, 0)},
             "the morning's end: who was safe is confirmed by a human")
        for words, status in ((("history", "nobody"), 1),
                              (("claim", "K4F7"), 1), (("claim",), 2),
                              (("plan", "--date", "tomorrow-ish"), 2),
                              (("explain", "slot", "noon", "2026-12-05"), 1)):
            same(rig.cli(*words)[0], status, " ".join(words) + ": its exit")

        rig.daemon.end()
        command(rig, "status")
        command(rig, "history", "edna")
        command(rig, "flags", "--all")
        same(rig.cli("claim", code)[0], 1, "claim needs the daemon")


run(a_morning)

#!/usr/bin/env python3
"""The pages of the real daemon, as a browser without scripts asks for them."""
import os

from browser import Browser, e164, link, sign_in
from rig import SOURCE, Rig, ok, person, run, same

PEOPLE = (person("p1", "Edna", phone="0115 496 0121", text="07700 900121",
                 contact="Brian Quillfeather, son, 07700 900124, keyholder")
          + person("p2", "<b>&Zoë", phone="0115 496 0122",
                   text="07700 900122", area="Lenton")
          + person("p3", "Olive", phone="0115 496 0123",
                   text="07700 900123"))
ASHA, TOM = "07700 900201", "07700 900202"
# A scheme's minute is a second and a half: what ends after ten minutes of it
# is in time for us, and not long to be waited for.
RATE = 40


def rig_with(name, rate=RATE, scenario="", **more):
    """Nobody of the team answers their texts: they are in their browser."""
    return Rig(name, PEOPLE, rate=rate,
               scenario="default text 100 silent\n" + scenario, **more)


def help_from(rig, who, number):
    rig.text(number, "HELP")
    return rig.until_flag(participant=who)["code"]


def signing_in():
    with rig_with("signing in") as rig:
        rig.start()
        b = Browser(rig.port, rig.public)
        page = b.go("/list")
        same((page.status, page.has("send me a link")), (200, True),
             "whoever is not signed in may ask for a link")
        for path in ("/", "/flag/K4F7", "/list?resolve=K4F7"):
            ok(b.go(path).has("send me a link"), "no more of " + path)
        known = b.press("send me a link", to=TOM)
        b.go("/in")
        stranger = b.press("send me a link", to="07700 900999")
        same(stranger.text, known.text, "nobody learns who is one of us")
        path = link(rig, TOM)
        same(rig.texts_to("+447700900999"), [], "a stranger gets nothing")
        for name in (rig.db, rig.db + "-wal"):
            with open(name, "rb") as f:
                ok(path[4:].encode() not in f.read(),
                   "the ledger does not know the link: " + name[-3:])
        for _ in range(2):
            ok(b.go(path).has("sign in") and not b.cookies,
               "who only opens the link is not signed in")
        other = Browser(rig.port, rig.public)
        other.go(path)
        form, button = other.page.find("sign in")
        for bad in ({"Origin": "https://evil.example"},
                    {"Sec-Fetch-Site": "cross-site"}):
            page = other.ask("POST", form.action, "", bad)
            same(page.status, 403, "not from elsewhere: %r" % bad)
        b.press("sign in")
        ok(b.page.has("sign out") and "Tom Reid" in b.page.words,
           "its button signs in", b.page.words)
        other.press("sign in")
        same((other.page.status, other.cookies), (403, {}),
             "and does so once")
        cookie = b.cookies["ringround"]
        b.press("sign out")
        same(b.cookies, {}, "signing out")
        b.cookies = {"ringround": cookie}
        ok(b.go("/list").has("send me a link"),
           "a session that has ended is none")
        for bad in ("f" * 64, "", "a", cookie[:-1] + "!", cookie + "0"):
            b.cookies = {"ringround": bad}
            ok(b.go("/list").has("send me a link"), "nor is " + bad)


def as_written():
    """What the program has in it is what stands in the sources."""
    with rig_with("as written") as rig:
        rig.start()
        b = Browser(rig.port, rig.public)
        for name in ("style.css", "script.js"):
            with open(os.path.join(SOURCE, "src", "web", name),
                      encoding="utf-8") as f:
                same(b.ask("GET", "/" + name).text, f.read(), name)


def too_often():
    with rig_with("too often") as rig:
        rig.start()
        b = Browser(rig.port, rig.public)
        for _ in range(8):
            b.go("/in")
            same(b.press("send me a link", to=TOM).status, 200, "asked")
        same(len(rig.wait(lambda: rig.settled() and rig.texts_to(
            e164(TOM), "/in/"), "links")), 4, "four links in an hour")
        got = {b.ask("POST", "/in", "to=07700900999").status
               for _ in range(30)}
        ok(429 in got and got <= {200, 429}, "strangers ask so often", got)
        same(b.ask("GET", "/in").status, 200, "the page itself is there")


def too_late():
    with rig_with("too late", rate=120) as rig:
        rig.start()
        b = Browser(rig.port, rig.public)
        b.go("/in")
        b.press("send me a link", to=TOM)
        path, asked = link(rig, TOM), rig.now()
        hour, minute = int(asked[:2]), int(asked[3:5]) + 11
        rig.until("%02d:%02d:00" % (hour + minute // 60, minute % 60))
        b.go(path)
        b.press("sign in")
        same((b.page.status, b.cookies), (403, {}),
             "eleven minutes later it opens nothing")


def fields():
    with rig_with("fields") as rig:
        rig.start()
        b = sign_in(rig, TOM)
        f = b.go("/list").fields
        policy = f["Content-Security-Policy"]
        ok("default-src 'none'" in policy and "unsafe" not in policy,
           "nothing inline, nothing from elsewhere", policy)
        same((f["Cache-Control"], f["X-Content-Type-Options"]),
             ("no-store", "nosniff"), "not kept, not guessed at")
        same(b.page.inline, [], "no script or style within the page")
        same(f["Strict-Transport-Security"], None, "no HSTS over http")
        for path, kind in (("/style.css", "text/css"),
                           ("/script.js", "text/javascript")):
            page = b.ask("GET", path)
            same((page.status, page.fields["Content-Type"].split(";")[0]),
                 (200, kind), path)
        same(b.ask("GET", "/health").status, 200, "health is as before")
        same(b.ask("POST", "/hook/main/call", "a=b").status, 403,
             "and so are hooks")


def secure():
    with rig_with("secure", public="https://127.0.0.1:1") as rig:
        rig.complaints_expected = True
        rig.start()
        b = Browser(rig.port, rig.public)
        b.go("/in")
        b.press("send me a link", to=TOM)
        b.go(link(rig, TOM))
        form, _ = b.page.find("sign in")
        page = b.ask("POST", form.action, "")
        cookie = page.fields["Set-Cookie"]
        same(page.status, 303, "signed in")
        ok(cookie.startswith("__Host-ringround=") and all(
            w in cookie for w in ("Secure", "HttpOnly", "SameSite=Strict",
                                  "Path=/")), "a cookie of https", cookie)
        ok("max-age" in page.fields["Strict-Transport-Security"], "HSTS")


def the_usual_case():
    """Three taps after the link was opened and signed in with."""
    with rig_with("the usual case") as rig:
        rig.start()
        b = sign_in(rig, TOM)
        code = help_from(rig, "p1", "07700 900121")
        page = b.go("/list")
        ok("Mx Edna Quillfeather" in page.words and code in page.words,
           "their list", page.words)
        b.press("I take it")
        ok("promised a call by" in b.page.words and "they wrote:"
           in b.page.words and "They asked us for help." in b.page.words,
           "why, what they wrote, and by when they are rung", b.page.words)
        ok("tel:+441154960121" in b.page.links and "tel:+447700900124"
           in b.page.links, "numbers to tap", b.page.links)
        ok("Brian Quillfeather, son" in b.page.words and "has a key"
           in b.page.words, "the contacts, in order", b.page.words)
        ok("They wrote" in b.page.words and "HELP" in b.page.words,
           "and what happened", b.page.words)
        b.press("asleep")
        ok("is closed" in b.page.words, "and one tap ends it", b.page.words)
        f = [f for f in rig.cli("flags", "--all")[1]["flags"]
             if f["code"] == code][0]
        same((f["state"], f["owner"], f["false_alarm_reason"]),
             ("resolved", "tom", "asleep"), "in the ledger")
        same(rig.sql("SELECT action, way FROM decision WHERE who = 'tom' "
                     "ORDER BY id"), [("claim", "page"), ("resolve", "page")],
             "all of it by a page")
        seen = rig.sql("SELECT DISTINCT who, whose, what FROM sight "
                       "ORDER BY what")
        same(seen, [("tom", "p1", "card"), ("tom", "p1", "list")],
             "who looked at whom is kept")


def who_sees_what():
    with rig_with("who sees what") as rig:
        rig.start()
        tom, asha = sign_in(rig, TOM), sign_in(rig, ASHA)
        code = help_from(rig, "p2", "07700 900122")
        same(tom.go("/flag/" + code).status, 404, "not of his area")
        ok(code not in tom.go("/list").words, "nor on his list")
        page = asha.go("/flag/" + code)
        ok("Mx <b>&Zoë Quillfeather" in page.words, "the coordinator's",
           page.words)
        ok("<b>" not in page.text, "names are no markup")
        form, button = page.find("I take it")
        csrf = tom.go("/list").forms[-1].fields["csrf"]
        body = "csrf=%s&code=%s" % (csrf, code)
        for order in ("claim", "note", "resolve", "concern", "confirm",
                      "hand-over"):
            same(tom.ask("POST", "/order/" + order, body).status, 404,
                 "nor is it his to %s" % order)
        for order in ("hold", "away", "review", "nothing"):
            same(tom.ask("POST", "/order/" + order, "csrf=%s&reason=x"
                         "&participant=p1&kind=away&until=2026-12-05&id=1"
                         % csrf).status, 404, "nor to %s" % order)
        own = help_from(rig, "p1", "07700 900121")
        body = "csrf=%s&code=%s&participant=p2&by=me" % (csrf, own)
        same(tom.ask("POST", "/order/confirm", body).status, 404,
             "one flag is no key to another's person")
        same(rig.flags(code=code)[0]["state"], "open", "it is as it was")
        for bad in ("", "csrf=", "csrf=" + "0" * 32, "csrf=" +
                    tom.cookies["ringround"][:32]):
            body = bad + "&code=" + own
            same(tom.ask("POST", "/order/claim", body).status, 403,
                 "no order without this session's own token: %r" % bad)
        asha_csrf = form.fields["csrf"]
        same(tom.ask("POST", "/order/claim", "csrf=%s&code=%s" % (
            asha_csrf, own)).status, 403, "nor with another's")
        good = "csrf=%s&code=%s" % (csrf, own)
        for bad in ({"Origin": "null"}, {"Origin": "http://127.0.0.1:1"},
                    {"Sec-Fetch-Site": "same-site"}):
            same(tom.ask("POST", "/order/claim", good, bad).status, 403,
                 "nor from elsewhere: %r" % bad)
        same(rig.flags(code=own)[0]["state"], "open", "still nobody's")
        page = tom.ask("POST", "/order/claim", good, {"Sec-Fetch-Site": None})
        same((page.status, page.fields["Location"]), (303, "/flag/" + own),
             "an old browser's is taken")
        evil = "csrf=%s&code=%s" % (csrf, "%0d%0aX-Evil:%201")
        page = tom.ask("POST", "/order/claim", evil)
        ok(page.status == 404 and "X-Evil" not in page.fields,
           "no field out of a code")


def step_by_step():
    with rig_with("step by step") as rig:
        rig.start()
        tom, asha = sign_in(rig, TOM), sign_in(rig, ASHA)
        code = help_from(rig, "p1", "07700 900121")
        tom.go("/flag/" + code)
        tom.press("I take it")
        ok("Ring the person, twice" in tom.page.words, "the step in hand",
           tom.page.words)
        tom.press("Ring them through us")
        rig.wait(lambda: rig.sql("SELECT 1 FROM bridge WHERE who = 'tom' AND "
                                 "ended_at IS NOT NULL"),
                 "his telephone has rung")
        tom.go("/flag/" + code)
        tom.press("no answer")
        tom.press("no answer")
        ok("Ring their contact" in tom.page.words, "goes on",
           tom.page.words)
        tom.press("Keep the note", note="Curtains are drawn <i>")
        ok("Curtains are drawn <i>" in tom.page.words, "a note",
           tom.page.words)
        tom.press("Tell the coordinators", note="A quiet word <script>",
                  consent_why="he was in the room")
        ok("A quiet word" not in tom.go("/flag/" + code).text,
           "a concern is not shown to him")
        ok("asha" in tom.page.choices, "there is somebody to hand it to",
           tom.page.choices)
        tom.press("Ask them to take it", to="asha")
        same(rig.flags(code=code)[0]["handed_to"], "asha", "handed over")
        asha.go("/flag/" + code)
        asha.press("I take it")
        same(rig.flags(code=code)[0]["owner"], "asha", "and taken")
        ok(not tom.go("/flag/" + code).has("Keep the note"),
           "not his any more")
        asha.go("/flag/" + code)
        ok(not asha.page.has("Confirm for them"), "no other's word ends "
           "that somebody asked for help")
        asha.press("They are well", note="Spoke to her at length")
        ok("is closed" in asha.page.words, "closed", asha.page.words)
        same(rig.flags(code=code)[0]["state"], "resolved", "it has ended")
        same(tom.go("/flag/" + code).status, 404,
             "what has ended is not his to read any more")
        code = help_from(rig, "p3", "07700 900123")
        tom.go("/flag/" + code)
        tom.press("I take it")
        tom.press("In hospital", note="Rang the ward", spoken_to="her niece")
        same(rig.sql("SELECT participant, kind FROM absence"),
             [("p3", "hospital")], "and hospital ends all contact")
        tom.go("/list")
        page = tom.ask("GET", "/flag/" + "A" * 300)
        same(page.status, 404, "no such flag")


def the_coordinators():
    with rig_with("the coordinators", rate=240,
                  scenario="default call 100 no-answer\n") as rig:
        rig.start()
        rig.text("07700 900123", "OK")
        rig.text("07700 900998", "who are <i>you</i>?")
        code = rig.until_flag(participant="p1")["code"]
        rig.until_state("p3", "confirmed", "confirmed_late")
        asha = sign_in(rig, ASHA)
        tom = sign_in(rig, TOM)
        words = asha.page.words
        ok("1 well" in words and "flagged" in words, "the morning", words)
        ok("<svg" in asha.page.text and "<rect" in asha.page.text, "its bar")
        asha.press("Nobody is asked", reason="Snow & <b>ice")
        ok("Snow & <b>ice" in asha.page.words, "a hold", asha.page.words)
        asha.press("Go on asking")
        ok("Snow" not in asha.page.words, "and its end", asha.page.words)
        for path in ("/morning", "/flags", "/people", "/person/p1", "/texts",
                     "/team"):
            page = asha.go(path)
            ok(page.status == 200 and page.inline == [], path, page.status,
               page.inline)
            same(tom.go(path).status, 404, path + " is not a volunteer's")
        page = asha.go("/flags")
        ok(code in "".join(page.links) and "nobody, asked: Tom Reid" in
           page.words or "Asha" in page.words, "all flags", page.words)
        page = asha.go("/people")
        ok("Mx <b>&Zoë Quillfeather" in page.words, "everybody", page.words)
        ok('aria-label="1 well' in page.text and "▲" in page.text,
           "four weeks, also for whoever does not see", page.text)
        page = asha.go("/people?q=olive")
        ok("Olive" in page.words and "Edna" not in page.words,
           "found by a part of the name", page.words)
        ok("Nobody of that name" in asha.go("/people?q=%3Cscript%3E").words,
           "or not")
        page = asha.go("/person/p1")
        ok("We rang" in page.words and "no answer" in page.words,
           "one person's story", page.words)
        asha.press("In hospital", note="the ward")
        ok("in hospital" in asha.page.words, "an absence", asha.page.words)
        asha.press("They are back")
        same(rig.sql("SELECT ended_by FROM absence"), [("asha",)], "its end")
        same(asha.go("/person/nobody").status, 404, "nobody's story")
        page = asha.go("/texts")
        ok("07700 900998" in page.words, "a message to read", page.words)
        page = asha.go("/team")
        ok("Tom Reid" in page.words and "Signed in" in page.words, "the team")
        form = [f for f in page.forms if "/session/" in f.action]
        same(len(form), 2, "who is signed in")
        session = rig.sql("SELECT id FROM session WHERE volunteer = 'tom'")
        path = "/session/%d" % session[0][0]
        csrf = tom.go("/list").forms[-1].fields["csrf"]
        same(tom.ask("POST", path, "csrf=" + csrf).status, 404,
             "which is not a volunteer's to end")
        asha.go("/team")
        asha.send([f for f in asha.page.forms if f.action == path][0])
        ok(tom.go("/list").has("send me a link"), "but a coordinator's")
        same({row[0] for row in rig.sql("SELECT what FROM sight WHERE "
                                        "who = 'asha' AND whose = 'p1'")},
             {"list", "history"}, "each look is kept")


def a_special_day():
    """What the calendars do to the day stands on the page of the morning."""
    day = "day = 2026-12-04, "
    with rig_with("a special day", more="""
[round heat]
at = 16:00
ladder = texts
only_days = alerts
ask_again = yes
[round lunch]
at = 11:00
ladder = texts
closed_days = office
on_closed_day = drop
[round tea]
at = 15:00
ladder = texts
closed_days = office
on_closed_day = 15:30
[round frost]
at = 15:00
ladder = texts
only_days = frost
ask_again = yes
[calendar alerts]
""" + day + "Heat alert <2>\n[calendar office]\n" + day + """The move
[calendar frost]
source = none yet
""") as rig:
        rig.start()
        words = sign_in(rig, ASHA).page.words
        for line in ("Heat alert <2>: the round heat is held today.",
                     "The move: nobody of the round lunch is asked.",
                     "The move: the round tea begins at 15:30."):
            ok(line in words, line, words)
        ok("the round frost" not in words, "and no more", words)


def another_says_so():
    with rig_with("another says so", rate=240,
                  scenario="default call 100 no-answer\n") as rig:
        rig.start()
        code = rig.until_flag(participant="p1")["code"]
        tom = sign_in(rig, TOM)
        tom.go("/flag/" + code)
        tom.press("Confirm for them", by="her son Brian")
        ok("is closed" in tom.page.words, "another's word closes",
           tom.page.words)
        same(rig.state("p1"), "confirmed_late", "and confirms")


run(signing_in, as_written, too_often, too_late, fields, secure, the_usual_case,
    who_sees_what, step_by_step, a_special_day, another_says_so,
    the_coordinators)

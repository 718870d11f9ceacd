#!/usr/bin/env python3
"""The pages in a real Chromium: on a telephone and at a desk, with scripts and
without, light and dark.  What was seen is kept as pictures beside the logs.

RINGROUND_AXE names axe-core's axe.min.js, to have each page looked at by it.
"""
import os
import re
import shutil
import sys
import time

from chromium import Chromium, is_there
from rig import BUILD, Rig, note, ok, person, run, same

PEOPLE = "".join(
    person("p%d" % n, name, phone="0115 496 012%d" % n,
           text="07700 90012%d" % n, contact="Brian Quillfeather, son, "
           "07700 90013%d, keyholder" % n)
    for n, name in enumerate(("Edna", "Olive", "Winifred", "Ivy", "Mabel"), 1))
ASHA, TOM = "07700 900201", "07700 900202"
PICTURES = os.path.join(BUILD, "tests", "daemon", "pictures")
# Nobody of the team says "yes" to a text while their browser is looked at.
QUIET = "default text 100 silent\n"
AXE = os.environ.get("RINGROUND_AXE")
# From the link's opening to the flag's end, without the human's own time.
SECONDS = 10

# Width, dark, scripts.
SURROUNDINGS = ((360, False, True), (360, True, False), (1280, True, True),
                (1280, False, False))


def link(rig, mobile, count):
    def look():
        got = rig.texts_to("+44" + mobile.replace(" ", "")[1:], "/in/")
        return got if len(got) >= count else None
    text = rig.wait(look, "a link to sign in")[-1]
    return rig.public + re.search(r"/in/[0-9a-f]{32}", text)[0]


def ask_for_link(rig, b, mobile, count):
    b.go(rig.public + "/in")
    b.type("[name=to]", mobile)
    b.tap("Send me a link")
    return link(rig, mobile, count)


def looked_at(b, name, scripts):
    """A picture; and what no eye is needed to find."""
    same(b.faults(), [], "%s: sizes, labels, widths" % name)
    b.shoot(os.path.join(PICTURES, name + ".png"))
    if not AXE or not scripts:
        return
    was = b.dark
    for dark in (not was, was):
        b.colours(dark)
        same(b.axe(AXE), [], "%s: axe-core, %s" % (
            name, "dark" if dark else "light"))


def volunteers():
    with Rig("volunteers", PEOPLE, rate=20,
             scenario=QUIET) as rig, Chromium() as b:
        rig.start()
        for n, (width, dark, scripts) in enumerate(SURROUNDINGS, 1):
            name = "%d-%s-%s" % (width, "dark" if dark else "light",
                                 "scripts" if scripts else "plain")
            rig.text("07700 90012%d" % n, "HELP")
            code = rig.until_flag(participant="p%d" % n)["code"]
            b.be(width, dark, scripts)
            b.go(rig.public + "/list")
            looked_at(b, name + "-1-who", scripts)
            opened = ask_for_link(rig, b, TOM, n)
            b.taps, began = 0, time.monotonic()
            b.go(opened)
            looked = time.monotonic()
            looked_at(b, name + "-2-link", scripts)
            began += time.monotonic() - looked
            the_usual_case(rig, b, name, scripts, code, began)
            b.tap("Sign out")
            b.until_words("Send me a link")


def the_usual_case(rig, b, name, scripts, code, began):
    b.tap("Sign in")
    b.until_words("I take it")
    looked = time.monotonic()
    looked_at(b, name + "-3-list", scripts)
    began += time.monotonic() - looked
    b.tap("I take it")
    b.until_words("Asleep")
    looked = time.monotonic()
    looked_at(b, name + "-4-flag", scripts)
    began += time.monotonic() - looked
    b.tap("Asleep")
    b.until_words("is closed")
    took = time.monotonic() - began
    same(b.taps, 3, "%s: three taps after the link was opened" % name)
    ok(took < SECONDS, "%s: in some seconds" % name, took)
    note("%s: %.1f s of our own" % (name, took))
    looked_at(b, name + "-5-closed", scripts)
    f = [f for f in rig.cli("flags", "--all")[1]["flags"]
         if f["code"] == code][0]
    same((f["state"], f["owner"], f["false_alarm_reason"]),
         ("resolved", "tom", "asleep"), "%s: in the ledger" % name)


def by_itself():
    """A flag comes up without a reload, and nothing goes under a finger."""
    with Rig("by itself", PEOPLE, rate=20,
             scenario=QUIET) as rig, Chromium() as b:
        rig.start()
        b.be(360)
        b.go(ask_for_link(rig, b, TOM, 1))
        b.tap("Sign in")
        b.until_words("Nothing to do")
        b.js("window.kept = 'yes'")
        rig.text("07700 900121", "HELP")
        b.until_words("I take it")
        same(b.js("return window.kept"), "yes", "and the page is the same")
        ok(rig.sql("SELECT 1 FROM sight WHERE who = 'tom' AND whose = 'p1'"),
           "which is kept as a look")
        b.tap("I take it")
        b.tap("It ended in another way", "summary")
        b.type("#note", "half a word")
        rig.text("07700 900121", "Please hurry")
        rig.wait(lambda: rig.sql("SELECT count(*) FROM reply")[0][0] > 1,
                 "another word of hers")
        b.until_looked(3)
        same(b.js("return document.getElementById('note').value"),
             "half a word", "what is being typed stays")
        marked = [b.tab() for _ in range(12)]
        ok(all(m[1] >= 2 for m in marked if m[0] not in ("BODY", "date")),
           "who goes by keyboard sees where", marked)


def coordinators():
    with Rig("coordinators", PEOPLE, rate=240, scenario=QUIET +
             "default call 100 no-answer\n") as rig, Chromium() as b:
        rig.start()
        rig.text("07700 900121", "OK")
        rig.text("07700 900122", "HELP")
        rig.text("07700 900998", "who are you?")
        rig.until_flag(participant="p3")
        b.be(1280)
        sign_in_fast(rig, b)
        for width, dark in ((1280, False), (360, True)):
            b.be(width, dark)
            for path in ("morning", "flags", "people", "person/p3", "texts",
                         "team"):
                b.go("%s/%s" % (rig.public, path))
                looked_at(b, "%d-%s-%s" % (width, "dark" if dark else "light",
                                           path.replace("/", "-")), True)
        b.be(1280)
        b.go(rig.public + "/list")
        paper = os.path.join(PICTURES, "list.pdf")
        b.on_paper(paper)
        ok(os.path.getsize(paper) > 1000, "the list on paper")
        b.cdp("Emulation.setEmulatedMedia", media="print")
        same(b.js("return Array.from(document.querySelectorAll('nav, button')"
                  ").filter(function (e) { return e.getClientRects().length;"
                  "}).length"), 0, "without what can only be pressed")


def sign_in_fast(rig, b):
    """Where a scheme's ten minutes are some seconds."""
    for count in range(1, 4):
        b.go(ask_for_link(rig, b, ASHA, count))
        b.tap("Sign in")
        b.until(lambda: re.search("This morning|Send me|link", b.words),
                "an answer")
        if "This morning" in b.words:
            return
    raise AssertionError("could not sign in: " + b.words)


if not is_there():
    print("1..0 # SKIP chromium and chromedriver are not installed")
    sys.exit(0)
shutil.rmtree(PICTURES, ignore_errors=True)
os.makedirs(PICTURES)
if not AXE:
    note("without axe-core: RINGROUND_AXE does not name it")
run(volunteers, by_itself, coordinators)

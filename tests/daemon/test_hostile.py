#!/usr/bin/env python3
"""Texts that mean harm, or are nothing but noise, from a number that we know,
from one that we do not and from our own, on the pages and in the lists: seen
as what they are, and nothing else follows from them."""
from browser import e164, sign_in
from hooks import send, text_from
from rig import Rig, ok, person, run, same

MARK = "xyzzy"
EDNA, STRANGER, OURS = "07700 900121", "07700 900777", "07700 900999"
PEOPLE = person("p1", "Edna", phone="0115 496 0121", text=EDNA)
ASHA, TOM = "07700 900201", "07700 900202"
TEXTS = (
    MARK + "'; DROP TABLE flag; DELETE FROM checkin; --",
    "<script>alert('" + MARK + "')</script><img src=x onerror=alert(1)>",
    "</q></li></main>\"><form action=//evil.example><button>" + MARK,
    "%s%s%n%n" + MARK + "%p${jndi:ldap://" + MARK + "}",
    "\x1b[2J\x1b[31m\x07" + MARK + "\x1b]0;title\x07",
    "\u202e" + MARK + " KO\u202c \u2067\u202b" + MARK,
    MARK + "\r\nBcc: everybody@example.org\r\n\r\n<b>" + MARK,
    MARK + " " + "well... " * 199,
)
STEERING = [chr(c) for c in list(range(0x20)) + list(range(0x7f, 0xa0)) +
            list(range(0x202a, 0x202f)) + list(range(0x2066, 0x206a))
            if chr(c) not in "\n\t"]


def pages_of(rig, browser, code):
    for path in ("/list", "/flag/" + code, "/flags", "/texts", "/morning",
                 "/person/p1"):
        page = browser.go(path)
        if page.status == 200:
            yield path, page


def harmless(page, path, plain):
    """The shape of the page is what it is with a text of no harm."""
    same(page.inline, [], path + ": no script, no style of theirs")
    same([f.action for f in page.forms if "evil" in f.action], [],
         path + ": no form of theirs")
    ok(not any(c in page.text for c in STEERING),
       path + ": nothing that steers the screen",
       [hex(ord(c)) for c in STEERING if c in page.text])
    same(page.text.count("<main"), plain.text.count("<main"),
         path + ": one page")


def on_the_pages():
    with Rig("on the pages", PEOPLE, rate=60, scenario=
             "default call 100 no-answer\ndefault text 100 silent\n") as rig:
        rig.start()
        asha, tom = sign_in(rig, ASHA), sign_in(rig, TOM)
        rig.text(EDNA, "I do not know what to say")
        code = rig.until_flag(participant="p1")["code"]
        rig.text(STRANGER, "who are you?")
        rig.wait(lambda: "who are you?" in asha.go("/texts").words,
                 "a stranger's words are there to read")
        theirs, = rig.sql("SELECT code FROM flag WHERE number = ?",
                          e164(STRANGER))[0]
        ok("who are you?" in asha.go("/flag/" + theirs).words,
           "and on the card of their flag")
        plain = dict(pages_of(rig, asha, code))
        for text in TEXTS:
            rig.text(EDNA, text)
            rig.text(STRANGER, text)
            rig.text(OURS, text)
        same(send(rig, text_from(e164(EDNA), MARK + "\0\0behind", "d"))[0],
             200, "one of NULs is taken")
        rig.wait(lambda: len(rig.sql("SELECT 1 FROM reply")) >=
                 2 * len(TEXTS) + 1, "all are kept")
        seen = ""
        for path, page in pages_of(rig, asha, code):
            harmless(page, "coordinator's " + path, plain[path])
            seen += page.words
        for path, page in pages_of(rig, tom, code):
            harmless(page, "volunteer's " + path, plain[path])
        for words in ("DROP TABLE flag", "<script>alert(", "%s%s%n%n",
                      "</q></li></main>"):
            ok(words in seen, "shown as written: " + words, seen)
        same(rig.state("p1") in ("confirmed", "confirmed_late"), False,
             "nothing of it is a word of hers that she is well")
        rig.wait(rig.settled, "all is quiet")
        made = len(rig.creates(e164(STRANGER)))
        ok(made <= 5, "%d answers, five at most in a day" % made)
        same(rig.creates(e164(OURS)), [], "we never write to ourselves")
        rig.check_journal(MARK)


run(on_the_pages)

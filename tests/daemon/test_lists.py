#!/usr/bin/env python3
"""Lists for spreadsheets and for paper, read by what would read them."""
import csv
import html.parser
import io

from rig import Rig, ok, person, run, same

PEOPLE = (person("p1", '"=Edna"', phone="0115 496 0121",
                 contact="Brian Quillfeather, son, 07700 900124, keyholder")
          + person("p2", "Zoë, Żak", phone="0115 496 0122"))
NOBODY_ANSWERS = "default call 100 no-answer\n"


class Page(html.parser.HTMLParser):
    """The words of a page; what it would fetch; and elements left open."""
    VOID = ("meta", "br")

    def __init__(self, text):
        super().__init__()
        self.words, self.fetched, self.open, self.styled = [], [], [], ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.fetched += [v for k, v in attrs if k in ("src", "href", "action")]
        self.open += [] if tag in self.VOID else [tag]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        if self.open[-1:] == ["style"]:
            self.styled += data
        elif data.strip():
            self.words.append(data.strip())


def forms():
    with Rig("forms", PEOPLE, scenario=NOBODY_ANSWERS) as rig:
        rig.start()
        rig.until_flag(participant="p1")
        rig.until_flag(participant="p2")
        flags = {f["code"]: f for f in rig.cli("flags")[1]["flags"]}
        status, text, _ = rig.cli("flags", "--csv", as_json=False)
        # Text mode has made "\n" of the line ends; they are held elsewhere.
        rows = {r["code"]: r for r in csv.DictReader(io.StringIO(text))}
        same((status, set(rows)), (0, set(flags)), "a row for each flag")
        for code, row in rows.items():
            want = {k: "" if v is None else str(v)
                    for k, v in flags[code].items() if k in row}
            # Who has it, and by when, may have changed between the two.
            for key in ("asked", "deadline", "owner", "state"):
                want.pop(key), row.pop(key)
            same(row, want, "CSV and JSON say the same of " + code)
        ok(any(r["name"] == "Mx Zoë, Żak Quillfeather"
               for r in rows.values()), "names as they are", text)
        ok(all(v[:1] not in ("=", "+", "-", "@") for r in rows.values()
               for v in r.values()), "no value is a formula", text)
        same(rig.cli("flags", "--csv", "--html", as_json=False)[0], 2,
             "one form at a time")
        for words in (("flags", "--html"), ("sheet",)):
            page = Page(rig.cli(*words, as_json=False)[1])
            same((page.fetched, page.open), ([], []), "%s: a whole page"
                 % words[0])
            ok("A4" in page.styled and "url(" not in page.styled,
               "%s: for paper" % words[0], page.styled)
            ok(all(any(code in w for w in page.words) for code in flags),
               "%s: each flag" % words[0], *page.words)
        words = " ".join(page.words)
        ok("0115 496 0121" in words and "Brian Quillfeather, son, "
           "07700 900124, has a key" in words, "whom to ring", words)
        ok("We tried: " in words and "call, no answer" in words,
           "and what was tried", words)
        status, doc, _ = rig.cli("sheet", "--for", "tom")
        same((status, doc["for"]), (0, "Tom Reid"), "one volunteer's")
        same(rig.cli("sheet", "--for", "nobody")[0], 1, "who is one")
        rig.daemon.end()
        ok(any("Edna" in w for w in Page(rig.cli(
            "sheet", as_json=False)[1]).words),
           "and while the daemon is down, too")


run(forms)

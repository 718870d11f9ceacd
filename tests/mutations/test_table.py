#!/usr/bin/env python3
"""The table of mutations fits the sources and HACKING.md tells of each."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import run  # noqa: E402  (it lies beside this file)

SOURCE = os.environ["SRCDIR"]


def text_of(name):
    """The file of the sources, "" where it is not there."""
    try:
        with open(os.path.join(SOURCE, name), encoding="utf-8") as f:
            return f.read()
    except OSError:
        return ""


def source_of(test):
    """Where the test is written."""
    return test if "." in os.path.basename(test) else test + ".c"


def mistake(name, m, hacking):
    """What is wrong with the mutation; None where nothing is."""
    if sorted(m) != ["file", "new", "old", "test"]:
        return "it wants file, old, new and test, and nothing else"
    if "\n" in m["old"] or "\n" in m["new"] or m["old"] == m["new"]:
        return "old and new are one line each, and differ"
    count = text_of(m["file"]).count(m["old"])
    if count != 1:
        return "its old line stands %d times in %s" % (count, m["file"])
    if not text_of(source_of(m["test"])):
        return "there is no test %s" % m["test"]
    if "`%s`" % name not in hacking:
        return "HACKING.md does not tell of it"
    return None


def main():
    table = run.mutations()
    hacking = text_of("HACKING.md")
    print("1..%d" % (len(table) + 1))
    for i, (name, m) in enumerate(table, 1):
        wrong = mistake(name, m, hacking)
        print("%s %d - %s" % ("not ok" if wrong else "ok", i, name))
        if wrong:
            print("# " + wrong)
    broken = {name[0] for name, _ in table}
    lacking = [n for n in "12345678" if n not in broken]
    print("%s %d - each invariant is broken by one"
          % ("not ok" if lacking else "ok", len(table) + 1))
    if lacking:
        print("# none for: " + " ".join(lacking))


if __name__ == "__main__":
    main()

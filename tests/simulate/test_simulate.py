#!/usr/bin/env python3
"""`ringround simulate`: seeds with faults keep every promise, the same seed
gives the same bytes, and a coordinator's own scheme is told about."""
import json
import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["SRCDIR"], "tests", "daemon"))
from rig import ok, run, same  # noqa: E402

PROGRAM = os.path.join(os.environ["BUILDDIR"], "ringround")
DEMO = os.path.join(os.environ["SRCDIR"], "etc", "demo")


def ask(*args):
    return subprocess.run([PROGRAM, *args], capture_output=True, text=True,
                          timeout=120, check=False)


def simulate(*args):
    return ask("simulate", "--participants", "40", "--days", "8", *args)


def test_seeds():
    for seed in range(1, 7):
        done = simulate("--seed", str(seed), "--faults", str(seed % 4),
                        "--json")
        doc = json.loads(done.stdout or "{}")
        ok(done.returncode == 0 and doc.get("ok"),
           "seed %d: every promise is kept" % seed,
           doc.get("findings", done.stderr))
        days = doc["per_day"]
        same([sum(d["checkins"] for d in days) > 200, len(days)], [True, 8],
             "seed %d: all of its days are told" % seed)
        same(sum(d["flags"] for d in days), doc["flags"],
             "seed %d: the flags of the days are all flags" % seed)
        same(sum(doc["flags_by_reason"].values()), doc["flags"],
             "seed %d: and so are those of the reasons" % seed)


def test_same():
    first = simulate("--seed", "3", "--faults", "3", "--json").stdout
    again = simulate("--seed", "3", "--faults", "3", "--json").stdout
    other = simulate("--seed", "9", "--faults", "3", "--json").stdout
    ok(first == again, "the same seed gives the same bytes")
    ok(json.loads(first)["digest"] != json.loads(other)["digest"],
       "another seed gives others")


def test_people():
    done = simulate("--seed", "5", "--from", "2027-03-25")
    text = done.stdout
    for words in ("Thu 25 Mar 2027, 8 days, 40 people", "Flags ended",
                  "flags, ", " a day", "Every promise was kept",
                  "The same again: ringround simulate --participants 40 "
                  "--days 8 --seed 5 --faults 0 --from 2027-03-25"):
        ok(words in text, "it is told: " + words, text)
    same(done.stderr, "", "no bar where nobody looks")


def test_own():
    """The demo's scheme, as a coordinator would."""
    folder = os.path.join(os.environ["BUILDDIR"], "tests", "simulate",
                          "own.%d" % os.getpid())
    shutil.copytree(DEMO, folder)
    try:
        own = os.path.join(folder, "ringround.conf")
        os.chmod(os.path.join(folder, "auth_token"), 0o600)
        before = sorted(os.listdir(folder))
        done = ask("-c", own, "simulate", "--days", "3", "--from",
                   "2027-01-04", "--json")
        doc = json.loads(done.stdout or "{}")
        same([done.returncode, doc.get("ok"), doc.get("participants")],
             [0, True, 39], "a scheme of one's own is simulated")
        same(sorted(os.listdir(folder)), before,
             "and nothing is left beside it")
    finally:
        shutil.rmtree(folder)


def test_misuse():
    for args, words in ((("--days", "0"), "--days"),
                        (("--faults", "9"), "--faults"),
                        (("--seed", "x"), "--seed"),
                        (("--participants", "99999999"), "--participants"),
                        (("--from", "2027-02-30"), "--from")):
        done = ask("simulate", "--participants", "5", *args) \
            if args[0] != "--participants" else ask("simulate", *args)
        same(done.returncode, 2, "misuse: " + " ".join(args))
        ok(words in done.stderr, "which says where: " + words, done.stderr)


if __name__ == "__main__":
    run(test_seeds, test_same, test_people, test_own, test_misuse)

#!/usr/bin/env python3
"""Break the program one line at a time, and see that a test tells.

Each mutation of table.ini is put into a copy of the sources; the test that it
names must pass without it and fail with it.  The sources themselves are left
alone.  With names, only those mutations are tried; --any runs every engine
test on each and says which of them see it.

	tests/mutations/run.py --source . --jobs 2 2-sent-before-commit
"""

import argparse
import concurrent.futures
import configparser
import os
import queue
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAMS = ("ringroundd", "ringround", "ringround-exchange")
MINUTES = 5		# for one build or one test


def mutations(path=os.path.join(HERE, "table.ini")):
    """The table: [(name, {file, old, new, test})], in its order."""
    table = configparser.RawConfigParser(
        strict=True, delimiters=("=",), comment_prefixes=(";",))
    table.optionxform = str
    with open(path, encoding="utf-8") as f:
        table.read_file(f)
    return [(name, dict(table[name])) for name in table.sections()]


class Workshop:
    """A copy of the sources that may be broken, and its build."""

    def __init__(self, source, folder, jobs):
        self.source = os.path.join(folder, "source")
        self.build = os.path.join(folder, "build")
        self.log = os.path.join(folder, "log")
        self.jobs = str(jobs)
        self.built = set()
        shutil.copytree(source, self.source, symlinks=True,
                        ignore=shutil.ignore_patterns(
                            ".git", "build*", "*.o", "*.a", "__pycache__",
                            "config.status", "Makefile", "*.trs", "*.log"))
        shutil.copytree(os.path.join(source, "build-aux"),
                        os.path.join(self.source, "build-aux"))
        for at, _, names in os.walk(self.source):
            for each in [at] + [os.path.join(at, n) for n in names]:
                if not os.path.islink(each):
                    os.chmod(each, os.stat(each).st_mode | 0o200)
        os.mkdir(self.build)
        self.run(["../source/configure", "-q", "CFLAGS=-O1"])

    def run(self, argv):
        """Run it in the build; its status, and what it said in self.said."""
        with open(self.log, "w+", encoding="utf-8", errors="replace") as log:
            status = subprocess.run(
                argv, cwd=self.build, stdin=subprocess.DEVNULL, stdout=log,
                stderr=subprocess.STDOUT, timeout=60 * MINUTES,
                check=False).returncode
            log.seek(0)
            self.said = log.read()
        return status

    def make(self, test):
        """Build what the test needs."""
        what = [test] if "." not in os.path.basename(test) else PROGRAMS
        if self.run(["make", "-j" + self.jobs, *what]) != 0:
            raise RuntimeError("it does not build:\n" + self.said[-2000:])

    def test(self, test):
        """Run the test; None where it passes, else what it said first."""
        self.make(test)
        status = self.run(["make", "check-TESTS", "TESTS=" + test])
        if status == 0:
            return None
        log = os.path.join(self.build, re.sub(r"\.(py|sh)$", "", test)
                           + ".log")
        try:
            with open(log, encoding="utf-8", errors="replace") as f:
                lines = f.read().splitlines()
        except OSError:
            lines = []
        for line in lines:
            if line.startswith("not ok"):
                return line
        return lines[-1] if lines else "it ended at once"

    def change(self, m):
        """Put the mutation in; what undoes it."""
        path = os.path.join(self.source, m["file"])
        with open(path, encoding="utf-8") as f:
            before = f.read()
        if before.count(m["old"]) != 1:
            raise RuntimeError("its line stands %d times in %s"
                               % (before.count(m["old"]), m["file"]))

        def write(text):
            with open(path, "w", encoding="utf-8") as f:
                f.write(text)
            later = time.time() + 1
            os.utime(path, (later, later))
        write(before.replace(m["old"], m["new"]))
        return lambda: write(before)


def others(shop, m):
    """Every engine test that sees the mutation which is in now."""
    folder = os.path.join(shop.source, "tests", "engine")
    tests = sorted("tests/engine/" + n[:-2] for n in os.listdir(folder)
                   if re.fullmatch(r"test_\w+\.c", n))
    return [t for t in tests + [m["test"]] if shop.test(t)]


def attempt(shop, m, every):
    """Put the mutation in and take it out; what its test said, and a line on
    which others see it."""
    undo = shop.change(m)
    try:
        red = shop.test(m["test"])
        if every:
            red = "%s\nseen by: %s" % (red, " ".join(others(shop, m)))
    finally:
        undo()
    if red is None:
        raise RuntimeError("nothing tells: the test still passes")
    return red


def try_all(shop, test, wanted, every, say):
    """All mutations of one test, which must pass without any."""
    try:
        green = shop.test(test)
    except (RuntimeError, subprocess.TimeoutExpired) as e:
        green = str(e)
    for name, m in wanted:
        try:
            if green:
                raise RuntimeError("the test fails by itself: " + green)
            say(True, name, test, attempt(shop, m, every))
        except (RuntimeError, subprocess.TimeoutExpired) as e:
            say(False, name, test, str(e))


class Report:
    """Numbers what comes from several shops at once."""

    def __init__(self, n):
        self.lock, self.done, self.failed = threading.Lock(), 0, 0
        print("1..%d" % n, flush=True)

    def say(self, good, name, test, why):
        with self.lock:
            self.done += 1
            self.failed += not good
            print("%s %d - %s: %s\n# %s" % (
                "ok" if good else "not ok", self.done, name, test,
                why.replace("\n", "\n# ")), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--source", default=os.path.join(HERE, "..", ".."))
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1,
                        help="so many copies are worked on at once")
    parser.add_argument("--any", action="store_true")
    parser.add_argument("names", nargs="*")
    args = parser.parse_args()
    by_test = {}
    for name, m in mutations():
        if not args.names or name in args.names:
            by_test.setdefault(m["test"], []).append((name, m))
    report = Report(sum(map(len, by_test.values())))
    work = queue.SimpleQueue()
    for each in sorted(by_test.items(), key=lambda each: -len(each[1])):
        work.put(each)

    def worker(folder):
        os.mkdir(folder)
        shop = Workshop(os.path.abspath(args.source), folder, 1)
        while True:
            try:
                test, wanted = work.get_nowait()
            except queue.Empty:
                return
            try_all(shop, test, wanted, args.any, report.say)

    with tempfile.TemporaryDirectory(prefix="ringround-mutations.") as top, \
            concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        for each in [pool.submit(worker, os.path.join(top, str(n)))
                     for n in range(args.jobs)]:
            each.result()
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())

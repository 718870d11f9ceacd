#!/usr/bin/env python3
"""Many seeds of `ringround simulate`, each with faults, at the nights and days
that differ from others.  TAP; a seed that fails is told with the one command
that repeats it."""
import argparse
import concurrent.futures
import json
import os
import subprocess
import sys

# A seed lies in the zone seed % 6 (src/simulate/scheme.c): the days from which
# its clocks go forward, and back; then the leap day, and the end of a year.
CHANGES = [
    ("2027-03-18", "2027-10-21"),   # London
    ("2027-03-05", "2027-10-28"),   # New York
    ("2027-09-24", "2027-03-26"),   # Lord Howe
    ("2027-03-18", "2027-10-21"),   # Azores
    ("2027-09-17", "2027-03-26"),   # Chatham
    ("2027-04-21", "2027-10-20"),   # Cairo
]
OTHERS = ("2028-02-20", "2027-12-22")


def options(seed, people, days):
    """The seed's command, behind the program."""
    spring, autumn = CHANGES[seed % 6]
    begin = (spring, autumn, *OTHERS)[seed // 6 % 4]
    return ["simulate", "--participants", str(people), "--days", str(days),
            "--seed", str(seed), "--faults", str(seed % 4 or 2),
            "--from", begin]


def live(program, args):
    """What is wrong with it, as lines; none where nothing is."""
    done = subprocess.run([program, *args, "--json"], capture_output=True,
                          text=True, timeout=900, check=False)
    if done.returncode == 0:
        return []
    try:
        return json.loads(done.stdout)["findings"]
    except ValueError:
        return ["it ended with %d" % done.returncode] + \
            done.stderr.splitlines()[-5:]


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--program", required=True)
    p.add_argument("--seeds", type=int, default=30)
    p.add_argument("--first", type=int, default=1)
    p.add_argument("--participants", type=int, default=60)
    p.add_argument("--days", type=int, default=20)
    o = p.parse_args()
    seeds = range(o.first, o.first + o.seeds)
    commands = [options(seed, o.participants, o.days) for seed in seeds]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(lambda args: live(o.program, args), commands)
        for n, (seed, args, wrong) in enumerate(
                zip(seeds, commands, results), 1):
            failed += bool(wrong)
            print("%sok %d - seed %d" % ("not " if wrong else "", n, seed),
                  flush=True)
            if wrong:
                print("\n".join("# " + line for line in wrong[:5]))
                print("# again: ringround " + " ".join(args), flush=True)
    print("1..%d" % o.seeds)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

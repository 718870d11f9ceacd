#!/usr/bin/env python3
"""The real daemon on a disk that fails: full, read-only, locked by another,
damaged, its WAL or file taken away, a sync that fails.  In each: nothing that
was acknowledged is lost, no call is made that is not on record, hooks are told
to come again, the coordinator hears of it, and it goes on by itself, or ends
with a status that says why not."""
import os
import shutil
import sqlite3
import time

import shim
from post import Post
from rig import Rig, ok, person, run, same

IDS = ["p%d" % n for n in range(6)]
PEOPLE = "\n".join(person(who, "Edna" + chr(97 + n),
                          phone="0115 496 013%d" % n)
                   for n, who in enumerate(IDS))
WELL = "default call 100 key 1 after 5s\ndefault text 100 silent\n"
ASHA = "asha@example.org"


SHIM = shim.build("disk")


class Trouble:
    """A rig whose daemon stands on a disk that fails on demand."""

    def __init__(self, name, **more):
        self.post = Post()
        self.rig = Rig(name, PEOPLE, scenario=WELL, smtp=self.post.port,
                       rate=120, **more)

    def __enter__(self):
        self.rig.__enter__()
        return self

    def __exit__(self, *why):
        try:
            return self.rig.__exit__(*why)
        finally:
            self.post.stop()

    def start(self, **more):
        return self.rig.start(env=shim.surroundings(
            SHIM, DISK_TROUBLE=self.rig.path("trouble")), **more)

    def set(self, word):
        self.rig.write("trouble.new", word)
        os.rename(self.rig.path("trouble.new"), self.rig.path("trouble"))

    def told(self, words):
        return self.post.to(ASHA, words)

    def hooks_refused(self):
        """A text comes in: it is not acknowledged."""
        before = self.rig.ex("count")["webhooks_failed"]
        self.rig.text("07700 900777", "hello")
        self.rig.wait(lambda: self.rig.ex("count")["webhooks_failed"] >
                      before, "a hook is told to come again")
        ok(True, self.rig.name + ": hooks are told to come again")

    def all_heard(self):
        for who in IDS:
            self.rig.until_state(who, "confirmed", "confirmed_late")
        ok(True, self.rig.name + ": everybody is heard in the end")


def fails_for_a_while(word, name):
    with Trouble(name) as t:
        t.start()
        t.set(word)
        t.rig.wait(lambda: "cannot be written" in t.rig.daemon.err(),
                   "the journal says so")
        asked = len(t.rig.creates())
        t.hooks_refused()
        same(t.rig.hook("GET", "/health")[0], 503, name + ": health says so")
        same(t.rig.status()["schema"], "ringround.status/1",
             name + ": who looks is answered")
        t.rig.wait(lambda: t.told("cannot write"), "the coordinator is told")
        time_there = t.rig.now()
        t.rig.wait(lambda: t.rig.now()[:5] > time_there[:5], "a minute goes")
        same(len(t.rig.creates()), asked, name + ": nobody is asked meanwhile")
        same(len(t.told("cannot write")), 1, name + ": told once")
        t.set("")
        t.all_heard()
        t.rig.wait(lambda: t.told("can write again"), "told that it is over")
        t.rig.text("07700 900778", "hello again")
        t.rig.wait(lambda: t.rig.sql("SELECT count(*) FROM reply WHERE "
                                     "number = '+447700900778'")[0][0] == 1,
                   "what comes in is taken")
        ok(t.rig.daemon.runs(), name + ": by itself")


def full():
    fails_for_a_while("full", "full")


def readonly():
    fails_for_a_while("readonly", "read-only")


def locked():
    """Another program holds the ledger's lock; the loop turns on."""
    with Trouble("locked") as t:
        t.start()
        other = sqlite3.connect(t.rig.db, timeout=10, isolation_level=None)
        t.rig.wait(lambda: lock(other), "the lock")
        t.rig.wait(lambda: "cannot be written" in t.rig.daemon.err(),
                   "the journal says so")
        asked = len(t.rig.creates())
        t.hooks_refused()
        began = time.monotonic()
        for _ in range(20):
            t.rig.status()
        ok(time.monotonic() - began < 5, "locked: the loop turns on",
           "%.1f s for 20 looks" % (time.monotonic() - began))
        same(len(t.rig.creates()), asked, "locked: nobody is asked")
        other.execute("ROLLBACK")
        other.close()
        t.all_heard()


def lock(db):
    try:
        db.execute("BEGIN IMMEDIATE")
        return True
    except sqlite3.OperationalError:
        return False


def sync_fails():
    """It ends rather than trust that file any longer, and a new start goes
    on from what is on disk."""
    with Trouble("failed sync") as t:
        t.start()
        t.rig.wait(lambda: len(t.rig.creates()) > 1, "the first are asked")
        t.set("sync")
        same(t.rig.daemon.join(30), 4, "failed sync: its own exit status")
        ok(t.told("had to start again"),
           "failed sync: its last word goes to the coordinator")
        t.set("")
        t.start()
        t.all_heard()


def wal_deleted():
    with Trouble("WAL deleted") as t:
        t.start()
        t.rig.wait(lambda: len(t.rig.creates()) > 1, "the first are asked")
        known = {c["ref"] for c in t.rig.creates()}
        os.unlink(t.rig.db + "-wal")
        same(t.rig.daemon.join(30), 4, "WAL deleted: it ends, to start anew")
        ours = {r for (r,) in t.rig.sql("SELECT ref FROM attempt")}
        ok(known <= ours, "WAL deleted: what was in it is in the file",
           known - ours)
        t.start()
        t.all_heard()


def damaged():
    """Damage is no matter for a new start: a human has to look."""
    with Trouble("damaged") as t:
        t.start()
        t.rig.wait(lambda: len(t.rig.creates()) > 1, "the first are asked")
        t.rig.daemon.end()
        shutil.copy(t.rig.db, t.rig.path("whole"))
        size = os.path.getsize(t.rig.db)
        with open(t.rig.db, "r+b") as f:
            f.seek(4096)
            f.write(b"\xa5" * (size - 8192))
        asked = len(t.rig.creates())
        t.start(ready=False)
        same(t.rig.daemon.join(30), 3, "damaged: its own exit status")
        same(len(t.told("the record is damaged")), 1,
             "damaged: the coordinator is told")
        same(len(t.rig.creates()), asked, "damaged: nobody is asked")
        shutil.copy(t.rig.path("whole"), t.rig.db)
        t.start()
        t.all_heard()


def file_gone():
    with Trouble("file gone") as t:
        t.start()
        t.rig.wait(lambda: len(t.rig.creates()) > 1, "the first are asked")
        os.rename(t.rig.db, t.rig.path("moved.db"))
        same(t.rig.daemon.join(30), 3, "file gone: its own exit status")
        ok(t.told("has ended"), "file gone: the coordinator is told")
        os.rename(t.rig.path("moved.db"), t.rig.db)
        t.start()
        t.all_heard()


if SHIM is None:
    print("1..0 # SKIP no compiler for a library that makes the disk fail")
else:
    run(full, readonly, locked, sync_fails, wal_deleted, damaged, file_gone)

"""Libraries that are put before a daemon's own (LD_PRELOAD), to make its
machine fail on demand."""
import atexit
import datetime
import os
import shutil
import struct
import subprocess
import tempfile
import time

from rig import SOURCE


def build(name):
    """The library of tests/daemon/NAME.c; None where it cannot be built."""
    folder = tempfile.mkdtemp(prefix="ringround-")
    atexit.register(shutil.rmtree, folder, True)
    shim = os.path.join(folder, name + ".so")
    done = subprocess.run(
        os.environ.get("CC", "cc").split() +
        ["-D_GNU_SOURCE", "-shared", "-fPIC", "-o", shim,
         os.path.join(SOURCE, "tests", "daemon", name + ".c"), "-ldl"],
        capture_output=True, text=True, check=False)
    return shim if done.returncode == 0 else None


def surroundings(shim, **more):
    """The environment of a program that is to run on it."""
    options = os.environ.get("ASAN_OPTIONS", "")
    return dict(os.environ, LD_PRELOAD=shim,
                ASAN_OPTIONS=options + ":verify_asan_link_order=0", **more)


class Machine:
    """What machine.c makes of a rig's machine: its wall clock, and whether
    names are resolved."""

    def __init__(self, rig, preload, shows):
        self.rig, self.preload = rig, preload
        self.at = datetime.datetime.fromisoformat(shows + "+00:00")
        self.by = self.at.timestamp() - time.time()
        self.tell()

    def tell(self):
        with open(self.rig.path("clock.new"), "wb") as f:
            f.write(struct.pack("q", int(self.by)))
        os.rename(self.rig.path("clock.new"), self.rig.path("clock"))

    def step(self, **by):
        """Set the clock forward, or back, by such a time."""
        self.by += datetime.timedelta(**by).total_seconds()
        self.tell()

    def hang(self):
        self.rig.write("hangs", "")

    def resolve(self):
        os.unlink(self.rig.path("hangs"))

    def start(self, **more):
        """Start the rig's daemon on it, by the wall clock."""
        return self.rig.start(rehearse=False, env=surroundings(
            self.preload, MACHINE_CLOCK=self.rig.path("clock"),
            MACHINE_RESOLVER=self.rig.path("hangs")), **more)

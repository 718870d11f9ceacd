#!/usr/bin/env python3
"""The daemon's auditor and its heartbeat, and `ringround audit` beside it."""
import http.server
import os
import shutil
import sqlite3
import threading

from rig import Rig, ok, person, run, same

PEOPLE = person("p1", "Edna", phone="0115 496 0121")
WELL = "default call 100 key 1 after 5s\ndefault text 100 silent\n"


class Listener(http.server.BaseHTTPRequestHandler):
    """Somebody outside who waits for the heartbeat."""

    def do_GET(self):
        self.server.beats.append(self.path)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


def heartbeat():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    server.beats = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with Rig("heartbeat", PEOPLE, scenario=WELL) as rig:
        rig.edit("ringround.conf", "[service]\n", "[service]\n"
                 "heartbeat_url = http://127.0.0.1:%d/beat/s3cret\n"
                 % server.server_port)
        rig.start()
        rig.until_state("p1", "confirmed")
        rig.wait(lambda: len(server.beats) > 2, "the heart beats")
        same(set(server.beats), {"/beat/s3cret"}, "at the address given")
        rig.check_journal("s3cret")
    server.shutdown()
    server.server_close()


def audit():
    with Rig("audit", PEOPLE, scenario=WELL) as rig:
        rig.start()
        rig.until_state("p1", "confirmed")
        status, doc = rig.cli("audit")[:2]
        same((status, doc["ok"], doc["findings"]), (0, True, []),
             "in order, beside the daemon")
        rig.daemon.end()
        status, doc = rig.cli("audit")[:2]
        same((status, doc["ok"]), (0, True), "and while it is down")
        with sqlite3.connect(rig.db) as db:
            db.execute("INSERT INTO optout (number, channel, source, at) "
                       "VALUES ('+441154960121', 'call', 'text', 1)")
        status, doc = rig.cli("audit")[:2]
        same((status, doc["ok"]), (1, False), "a fault: exit status 1")
        same(doc["findings"][0]["invariant"], 3, "names the invariant")
        status, out = rig.cli("audit", as_json=False)[:2]
        ok("after STOP" in out, "and tells people what", out)


def damaged():
    """Bytes in the middle of the file are not what was written."""
    with Rig("damaged", PEOPLE, scenario=WELL) as rig:
        rig.start()
        rig.until_state("p1", "confirmed")
        rig.daemon.end()
        shutil.copy(rig.db, rig.path("whole"))
        size = os.path.getsize(rig.db)
        with open(rig.db, "r+b") as f:
            f.seek(size // 2)
            f.write(b"\xa5" * 6000)
        got = rig.cli("audit", as_json=False)
        same(got[0], 1, "a damaged file: exit status 1")
        ok("damaged" in got[1] or "malformed" in got[2],
           "and says so", *got[1:])
        shutil.copy(rig.path("whole"), rig.db)


if __name__ == "__main__":
    run(heartbeat, audit, damaged)

#!/usr/bin/env python3
"""Recorded voices: the exchange fetches what a call plays from the daemon's own
listener, and nobody fetches anything else there."""
import hashlib
import os

from rig import Rig, ok, person, run, same

HELLO = "ID3 a voice that says hello"
THANKS = "RIFF....WAVEfmt a voice that says thanks"
VOICES = """[recording en]
greeting = voices/hello.mp3
thanks = voices/thanks.wav
"""


def path_of(sound, suffix):
    return "/play/%s.%s" % (hashlib.sha256(sound.encode()).hexdigest()[:32],
                            suffix)


def voices(rig, hello=HELLO):
    os.makedirs(rig.path("voices"), exist_ok=True)
    rig.write("voices/hello.mp3", hello)
    rig.write("voices/thanks.wav", THANKS)


def a_call():
    people = person("p1", "Edna", phone="0115 496 0121")
    with Rig("a call", people, scenario="0115 496 0121 call key 1 after 5s\n",
             more=VOICES) as rig:
        voices(rig)
        rig.start()
        same(rig.until_state("p1", "confirmed"), "confirmed",
             "a key in a call that plays confirms")
        rig.wait(lambda: rig.ex("count")["media"] >= 2,
                 "both were fetched")
        same(rig.ex("complaints")["count"], 0, "and both are sounds")


def fetched():
    with Rig("fetched", person("p1", "Edna", phone="0115 496 0121",
                               live="no"), more=VOICES) as rig:
        voices(rig)
        rig.start()
        hello = path_of(HELLO, "mp3")
        same(rig.hook("GET", hello), (200, HELLO), "as it stands")
        same(rig.hook("GET", path_of(THANKS, "wav")), (200, THANKS), "a WAV")
        for path in ("/play", "/play/", "/play/hello.mp3",
                     "/play/../ringround.conf", "/play//etc/passwd",
                     "/play/%2e%2e/auth_token", "/play/..%2fauth_token",
                     "/play/" + "a" * 4000, hello + "/", hello + "%00",
                     hello[:-4] + ".wav", hello[:-4], hello.upper(),
                     "/play/voices/hello.mp3"):
            status, text = rig.hook("GET", path)
            # Elsewhere one is asked to sign in.
            ok(status in (303, 400, 404) and HELLO not in text and
               "auth_token" not in text, "nothing at %s" % path[:40],
               (status, text))
        ok(rig.hook("POST", hello, "a=b")[0] == 404, "nor is it a form")
        # The files are not looked at any more, until a reload.
        rig.write("voices/hello.mp3", HELLO + ", louder")
        same(rig.hook("GET", hello), (200, HELLO), "as it was loaded")
        os.unlink(rig.path("voices/thanks.wav"))
        ok(rig.cli("reload", as_json=False)[0] != 0,
           "without a file nothing is loaded")
        same(rig.hook("GET", hello), (200, HELLO), "and all stays")
        voices(rig, HELLO + ", louder")
        same(rig.cli("reload", as_json=False)[0], 0, "reloaded")
        same(rig.hook("GET", hello)[0], 404, "the old one is gone")
        same(rig.hook("GET", path_of(HELLO + ", louder", "mp3"))[0], 200,
             "the new one is there")


run(a_call, fetched)

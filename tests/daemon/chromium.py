"""A real Chromium, led by chromedriver over its HTTP on loopback.

A telephone or a desk is a width; scripts can be forbidden to the page, and
colours be dark or light.  What is tapped is counted.  Waits for conditions,
never for a length of time.
"""
import base64
import http.client
import json
import os
import re
import shutil
import subprocess
import tempfile
import time

WAIT = 30
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
GONE = ("stale element reference", "no such element",
        "element not interactable", "element click intercepted")
# Live pages look again much sooner than they say.
HURRY = ("window.looked = 0; window.setInterval = (function (f) { return "
         "function (g, ms) { return f(function () { g(); window.looked++; },"
         "ms / 100); }; }(window.setInterval));")

# What a finger and an eye need, as far as a program can see it.
FAULTS = r"""
var faults = [], ids = {};
function say(what, e) {
	faults.push(what + ': ' + (e ? e.outerHTML.slice(0, 120) : ''));
}
function seen(e) {
	return e.getClientRects().length > 0 && !e.closest('.skip') &&
		(!e.closest('details:not([open])') || e.matches('summary'));
}
if (document.documentElement.scrollWidth > window.innerWidth)
	say('wider than the window by ' +
	    (document.documentElement.scrollWidth - window.innerWidth));
if (document.querySelectorAll('h1').length !== 1)
	say('not one h1');
if (!document.documentElement.lang || !document.title)
	say('no language or no title');
document.querySelectorAll('[id]').forEach(function (e) {
	if (ids[e.id])
		say('an id twice', e);
	ids[e.id] = true;
});
document.querySelectorAll('input:not([type=hidden]), select, textarea')
	.forEach(function (e) {
	if (!e.labels.length && !e.getAttribute('aria-label'))
		say('no label', e);
});
document.querySelectorAll('a, button, input, select, textarea, summary')
	.forEach(function (e) {
	var box = e.getBoundingClientRect();
	var least = e.matches('a') ? 24 : 44;
	if (seen(e) && (box.height < least || box.width < 24))
		say('too small, ' + Math.round(box.width) + ' by ' +
		    Math.round(box.height), e);
});
return faults;
"""


def is_there():
    return shutil.which("chromedriver") and shutil.which("chromium")


class Fault(Exception):
    """[what, its message] as chromedriver says it."""

    def of_passing(self):
        """Was it only that the page went on meanwhile?"""
        return self.args[0] in GONE or "does not belong" in str(self.args[1:])


class Chromium:
    """One browser; used as a context.  Ends only what it started."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="ringround-")
        self.session = self.driver = None
        self.taps = 0

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *why):
        self.close()
        return False

    def start(self):
        env = dict(os.environ, HOME=self.folder, TMPDIR=self.folder)
        self.driver = subprocess.Popen(
            ["chromedriver", "--port=0"], env=env, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for line in self.driver.stdout:
            found = re.search(r"successfully on port (\d+)", line)
            if found:
                break
        else:
            raise Fault("chromedriver did not start")
        self.port = int(found[1])
        args = ["--headless=new", "--disable-gpu", "--disable-dev-shm-usage",
                "--no-proxy-server", "--no-first-run",
                "--disable-background-networking", "--hide-scrollbars"]
        if os.getuid() == 0:
            args.append("--no-sandbox")
        got = self.ask("POST", "/session", {"capabilities": {"alwaysMatch": {
            "browserName": "chrome", "goog:chromeOptions":
            {"args": args, "binary": shutil.which("chromium")}}}})
        self.session = "/session/" + got["sessionId"]
        self.cdp("Page.addScriptToEvaluateOnNewDocument", source=HURRY)

    def close(self):
        try:
            if self.session:
                self.ask("DELETE", self.session)
        except (OSError, Fault):
            pass
        if self.driver:
            self.driver.terminate()
            try:
                self.driver.wait(WAIT)
            except subprocess.TimeoutExpired:
                self.driver.kill()
                self.driver.wait()
            self.driver.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    # the wire

    def ask(self, method, path, body=None):
        conn = http.client.HTTPConnection("127.0.0.1", self.port, timeout=90)
        conn.request(method, path, None if body is None else json.dumps(body),
                     {"Content-Type": "application/json"})
        got = json.loads(conn.getresponse().read())["value"]
        conn.close()
        if isinstance(got, dict) and "error" in got:
            raise Fault(got["error"], got["message"].splitlines()[0])
        return got

    def post(self, path, **body):
        return self.ask("POST", self.session + path, body)

    def cdp(self, command, **params):
        return self.post("/goog/cdp/execute", cmd=command, params=params)

    def js(self, script, *args):
        return self.post("/execute/sync", script=script, args=list(args))

    # what it looks like

    def be(self, width, dark=False, scripts=True):
        self.width, self.dark = width, dark
        self.cdp("Emulation.setDeviceMetricsOverride", width=width,
                 height=740 if width < 600 else 800, deviceScaleFactor=1,
                 mobile=width < 600)
        self.cdp("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.colours(dark)

    def colours(self, dark):
        self.dark = dark
        self.cdp("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme",
             "value": "dark" if dark else "light"}])

    def on_paper(self, path):
        got = self.cdp("Page.printToPDF", preferCSSPageSize=True)
        with open(path, "wb") as out:
            out.write(base64.b64decode(got["data"]))

    def shoot(self, path):
        got = self.cdp("Page.captureScreenshot", captureBeyondViewport=True)
        with open(path, "wb") as out:
            out.write(base64.b64decode(got["data"]))

    # what a person does

    def go(self, url):
        self.post("/url", url=url)

    @property
    def words(self):
        found = self.post("/element", using="css selector", value="body")
        return self.ask("GET", "%s/element/%s/text" % (self.session,
                                                       found[ELEMENT]))

    def until(self, condition, what):
        last, end = None, time.monotonic() + WAIT
        while time.monotonic() < end:
            try:
                got = condition()
                if got:
                    return got
            except Fault as e:
                if not e.of_passing():
                    raise
                last = e
            time.sleep(0.03)
        raise Fault("not in %d s: %s" % (WAIT, what), last, self.words)

    def until_words(self, words):
        return self.until(lambda: words in self.words, words)

    def find(self, words, kind="button"):
        assert "'" not in words
        return self.post("/element", using="xpath", value="//main//%s[contains"
                         "(normalize-space(.), '%s')]" % (kind, words))[ELEMENT]

    def tap(self, words, kind="button"):
        """Where it is drawn, as a finger would: what covers it is a fault."""
        def press():
            self.post("/element/%s/click" % self.find(words, kind))
            return True
        self.until(press, "to tap " + words)
        self.taps += 1

    def type(self, selector, text):
        def write():
            found = self.post("/element", using="css selector",
                              value=selector)[ELEMENT]
            self.post("/element/%s/value" % found, text=text)
            return True
        self.until(write, "to write into " + selector)

    def until_looked(self, times):
        """The page has looked for news so often, from now on."""
        had = self.js("return window.looked")
        self.until(lambda: self.js("return window.looked") >= had + times,
                   "to look again")

    def tab(self):
        """The next by keyboard; how it is marked: [name, outline].  Within a
        date the browser marks its own parts."""
        self.post("/actions", actions=[{"type": "key", "id": "k", "actions": [
            {"type": "keyDown", "value": "\ue004"},
            {"type": "keyUp", "value": "\ue004"}]}])
        return self.js("var e = document.activeElement, s ="
                       "getComputedStyle(e); return [e.type || e.tagName,"
                       "s.outlineStyle === 'none' ? 0 :"
                       "parseFloat(s.outlineWidth)];")

    def faults(self):
        return self.js(FAULTS)

    def axe(self, path):
        """What axe-core finds, one line each."""
        with open(path, encoding="utf-8") as f:
            self.js(f.read() + "\n;window.axe = axe;")
        found = self.post(
            "/execute/async", args=[], script="var done = arguments[0];"
            "axe.run().then(function (r) { done(r.violations.map(function (v)"
            "{ return v.id + ': ' + v.nodes.map(function (n) { return n.html;"
            "}).join(' | ').slice(0, 400); })); }, function (e) {"
            "done([String(e)]); });")
        return found

#!/usr/bin/env python3
"""The exchange behind HTTP: a real client, real webhooks, real signatures."""
import atexit
import base64
import hashlib
import hmac
import http.client
import http.server
import json
import os
import queue
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.parse

BUILD = os.environ.get("BUILDDIR", ".")
PROGRAM = os.path.join(BUILD, "ringround-exchange")
ACCOUNT = "AC00000000000000000000000000000001"
TOKEN = "a token of the tests"
WAIT = 20
count = failed = 0


def ok(good, name):
    global count, failed
    count += 1
    failed += not good
    print(("ok" if good else "not ok"), count, "-", name, flush=True)
    return good


def same(got, want, name):
    if not ok(got == want, name):
        print("#   got   ", repr(got))
        print("#   wanted", repr(want))


class Hooks(http.server.BaseHTTPRequestHandler):
    """The other side: takes webhooks, answers calls with a question."""
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        form = urllib.parse.parse_qsl(body.decode(), True)
        data = self.server.base + self.path
        for name, value in sorted(set(form)):
            data += name + value
        want = base64.b64encode(hmac.new(TOKEN.encode(), data.encode(),
                                         hashlib.sha1).digest()).decode()
        good = hmac.compare_digest(
            want, self.headers.get("X-Twilio-Signature", ""))
        fields = dict(form)
        if self.path.startswith("/ask"):
            answer = ("<Response><Gather numDigits='1' finishOnKey='' "
                      "action='/key' actionOnEmptyResult='true'>"
                      "<Say>Press one &amp; wait.</Say></Gather></Response>")
        elif self.path.startswith(("/key", "/text")):
            answer = "<Response/>"
        else:
            answer = ""
        self.send_response(200 if answer else 204)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer.encode())
        self.server.got.put((self.path, fields, good))

    def log_message(self, *args):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A connection that ends when the program does is no news."""


hooks = Server(("127.0.0.1", 0), Hooks)
hooks.got = queue.Queue()
hooks.base = "http://127.0.0.1:%d" % hooks.server_address[1]
threading.Thread(target=hooks.serve_forever, daemon=True).start()
folder = tempfile.mkdtemp(prefix="ringround-exchange-")
atexit.register(shutil.rmtree, folder, True)


def write(name, text):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)
    return path


def start(*more):
    """Start the program; the process and its port."""
    process = subprocess.Popen(
        [PROGRAM, "--listen", "127.0.0.1:0", "--auth-token-file",
         write("token", TOKEN + "\n"), "--rate", "60", "--start",
         "2026-12-04T09:00", "--text-url", hooks.base + "/text",
         "--call-url", hooks.base + "/ask", "--call-end-url",
         hooks.base + "/end", *more],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    atexit.register(process.kill)
    line = process.stdout.readline()
    if not line.startswith("listening on 127.0.0.1:"):
        print("Bail out! it says:", line, process.communicate()[1])
        sys.exit(1)
    return process, int(line.rsplit(":", 1)[1])


def ask(port, method, path, body=None, token=TOKEN, kind=None):
    """An answer: status and document; None where the connection ends."""
    conn = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT)
    key = base64.b64encode((ACCOUNT + ":" + token).encode()).decode()
    headers = {"Authorization": "Basic " + key}
    if isinstance(body, list):
        body = urllib.parse.urlencode(body)
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    elif body is not None:
        headers["Content-Type"] = kind or "text/plain"
    try:
        conn.request(method, path, body, headers)
        answer = conn.getresponse()
        text = answer.read().decode()
        date = answer.getheader("Date")
        return answer.status, json.loads(text), date
    except (http.client.HTTPException, ConnectionError):
        return None, None, None
    finally:
        conn.close()


def api(port, what, body):
    return ask(port, "POST", "/2010-04-01/Accounts/%s/%s.json" %
               (ACCOUNT, what), body)


def gather(until):
    """Webhooks up to the one for which until is true."""
    got = []
    while True:
        try:
            got.append(hooks.got.get(timeout=WAIT))
        except queue.Empty:
            print("# waited in vain; so far:", got)
            return got
        if until(got[-1]):
            return got


def finish(process, number=signal.SIGTERM):
    process.send_signal(number)
    out, err = process.communicate(timeout=WAIT)
    return process.returncode, out, err


def call(ref, number="+441154960123"):
    return [("To", number), ("From", "+441154960999"),
            ("Url", hooks.base + "/ask"),
            ("StatusCallback", hooks.base + "/status?a=%s#rc=5&rp=all" % ref),
            ("StatusCallbackEvent", "initiated"),
            ("StatusCallbackEvent", "ringing"),
            ("StatusCallbackEvent", "answered"),
            ("StatusCallbackEvent", "completed")]


def test_round():
    scenario = write("scenario", """
# two people
0115 496 0123 call key 1 after 5s
07700 900123  text reply "Yes \u00e9 \U0001f44d & so on" after 10s
""")
    process, port = start("--scenario", scenario, "--ports-file",
                          os.path.join(folder, "port"))
    with open(os.path.join(folder, "port"), encoding="ascii") as file:
        same(int(file.read()), port, "the port stands in the ports file")
    status, doc, date = api(port, "Calls", call("r1"))
    same(status, 201, "a call is created")
    same(doc["status"], "queued", "it is queued")
    ok(date.startswith("Fri, 04 Dec 2026 09:"), "the clock is the rehearsal's")
    got = gather(lambda g: g[1].get("CallStatus") == "completed")
    same([g[1]["CallStatus"] for g in got if g[0].startswith("/status")],
         ["initiated", "ringing", "in-progress", "completed"],
         "each progress is told")
    same([g[1]["Digits"] for g in got if g[0].startswith("/key")], ["1"],
         "the key comes back by a relative action")
    ok(all(g[2] for g in got), "all are signed")

    status, doc, _ = api(port, "Messages", [
        ("To", "+447700900123"), ("From", "+447700900999"),
        ("Body", "Are you well? Reply OK.")])
    same(status, 201, "a text is created")
    got = gather(lambda g: g[0] == "/text")
    same(got[-1][1]["Body"], "Yes \u00e9 \U0001f44d & so on", "the reply")
    ok(got[-1][2], "it is signed")

    status, doc, _ = ask(port, "POST", "/exchange/call", json.dumps(
        {"from": "0115 496 0124", "keys": "2"}), kind="application/json")
    same(status, 200, "somebody is made to ring")
    got = gather(lambda g: g[0] == "/end")
    same([g[1].get("Digits") for g in got if g[0] == "/key"], ["2"],
         "who presses 2")
    same(got[0][1]["From"], "+441154960124", "from their number")

    same(ask(port, "POST", "/exchange/text",
             [("from", "withheld"), ("body", "hello")])[0], 200,
         "somebody is made to write")
    got = gather(lambda g: g[0] == "/text")
    same(got[-1][1]["Body"], "hello", "what they write")

    ledger = ask(port, "GET", "/exchange/ledger")[1]["creates"]
    same([(c["channel"], c["ref"], c["keys"]) for c in ledger],
         [("call", "r1", "1"), ("text", None, "")], "the ledger")
    same(ask(port, "GET", "/exchange/complaints")[1]["count"], 0,
         "no complaints")
    code, out, err = finish(process)
    same(code, 0, "it ends well by SIGTERM")
    ok("calls 1, texts 1" in out and "complaints 0" in out,
       "with a summary")
    same(err, "", "and without a word on standard error")


def test_faults():
    process, port = start()
    same(ask(port, "POST", "/exchange/faults",
             "drop-after calls next 1\nerror-before 503 texts next 1\n")[0],
         200, "faults are asked for")
    same(api(port, "Calls", call("r2"))[0], None,
         "the connection ends without an answer")
    same(ask(port, "GET", "/exchange/ledger")[1]["creates"][0]["fault"],
         "drop-after", "though the call was created")
    same(status_of_text(port), 503, "a text gets 503")
    ask(port, "POST", "/exchange/faults", "hang-after calls next 1\n")
    hang = socket.create_connection(("127.0.0.1", port), timeout=0.5)
    body = urllib.parse.urlencode(call("r3", "+441154960126"))
    key = base64.b64encode((ACCOUNT + ":" + TOKEN).encode()).decode()
    hang.sendall(("POST /2010-04-01/Accounts/%s/Calls.json HTTP/1.1\r\n"
                  "Host: x\r\nAuthorization: Basic %s\r\nContent-Type: "
                  "application/x-www-form-urlencoded\r\nContent-Length: "
                  "%d\r\n\r\n%s" % (ACCOUNT, key, len(body), body)
                  ).encode())
    try:
        hung = hang.recv(1) != b"" and False
    except TimeoutError:
        hung = True
    ok(hung, "no answer comes, and the connection stays")
    got = gather(lambda g: g[0].startswith("/status?a=r3"))
    ok(got[-1][2], "though the call was created")
    same(ask(port, "POST", "/exchange/faults", "of-ours")[0], 400,
         "a fault that there is not")
    status, doc, _ = ask(port, "POST", "/exchange/script",
                         "calm\n0115 496 0125 call busy\nhello\n")
    same((status, "line 3" in doc["error"]), (400, True),
         "a script's mistake is named")
    same(api(port, "Calls", [("To", "999")])[0], 400, "a mistake of ours")
    same(ask(port, "GET", "/2010-04-01/Accounts/%s/Calls.json" % ACCOUNT,
             token="wrong")[0], 401, "a wrong token")
    code, out, err = finish(process, signal.SIGINT)
    same(code, 1, "it ends with 1 where it complained")
    ok("complaints 2" in out, "and says how often")
    same(hang.recv(1), b"", "what hung is let go")
    hang.close()
    ok("code 21211" in err and "code 20003" in err, "each was told at once")


def status_of_text(port):
    """The answer may not be JSON; only its status matters."""
    conn = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT)
    key = base64.b64encode((ACCOUNT + ":" + TOKEN).encode()).decode()
    conn.request("POST", "/2010-04-01/Accounts/%s/Messages.json" % ACCOUNT,
                 urllib.parse.urlencode({"To": "+447700900123", "Body": "x",
                                         "From": "+447700900999"}),
                 {"Authorization": "Basic " + key, "Content-Type":
                  "application/x-www-form-urlencoded"})
    status = conn.getresponse().status
    conn.close()
    return status


def test_misuse():
    token = write("token", TOKEN + "\n")
    for name, args, says in (
            ("no token", [], "--auth-token-file is missing"),
            ("an empty token", ["--auth-token-file", write("none", "")],
             "--auth-token-file"),
            ("not loopback", ["--auth-token-file", token, "--listen",
                              "0.0.0.0:0"], "this machine only"),
            ("webhooks elsewhere", ["--auth-token-file", token, "--text-url",
                                    "http://192.0.2.1/x"], "--text-url"),
            ("a bad scenario", ["--auth-token-file", token, "--scenario",
                                write("bad", "\nhello\n")], "line 2"),
            ("a rate", ["--auth-token-file", token, "--rate", "4000"],
             "--rate"),
            ("a zone", ["--auth-token-file", token, "--timezone",
                        "Mars/Olympus"], "--timezone"),
            ("a time", ["--auth-token-file", token, "--start", "noon"],
             "--start"),
            ("an argument", ["--auth-token-file", token, "now"],
             "no arguments"),
            ("an option", ["--loudly"], "loudly")):
        done = subprocess.run([PROGRAM, *args], capture_output=True,
                              text=True, timeout=WAIT, check=False)
        if not ok(done.returncode in (1, 2) and says in done.stderr,
                  name + " is refused"):
            print("#", done.returncode, done.stderr.strip())
    for option, says in (("--help", "Examples:"), ("--version",
                                                   "ringround-exchange ")):
        done = subprocess.run([PROGRAM, option], capture_output=True,
                              text=True, timeout=WAIT, check=False)
        ok(done.returncode == 0 and says in done.stdout, option)


test_round()
test_faults()
test_misuse()
print("1..%d" % count)
sys.exit(0)

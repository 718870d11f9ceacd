#!/usr/bin/env python3
"""E-mail against a real SMTP server, and against some that misbehave."""
import email
import email.policy
import logging
import os
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import warnings

try:
    from aiosmtpd.controller import Controller
    from aiosmtpd.smtp import AuthResult, LoginPassword
except ImportError:
    print("1..0 # SKIP aiosmtpd is not installed (Debian: python3-aiosmtpd)")
    sys.exit(0)

PROBE = os.path.join(os.environ.get("BUILDDIR", "."), "tests/net/mail_probe")
TEXT = ("Please sign in.\n.\n..dots\nCaf\u00e9 \U0001f44d\nFrom here on\n"
        + "x" * 2000 + "\n")
count = 0


def ok(good, name, note=""):
    global count
    count += 1
    print(f"{'ok' if good else 'not ok'} {count} - {name}")
    if not good and note:
        print(f"# {note}")
    sys.stdout.flush()


def send(url, starttls="", user="", password="", ca="", timeout=20000,
         to="val@example.org", subject="Caf\u00e9 flag K7QX", text=TEXT):
    done = subprocess.run(
        [PROBE, url, starttls, user, password, ca, str(timeout), to, subject],
        input=text.encode(), stdout=subprocess.PIPE, timeout=60, check=False)
    fields = done.stdout.decode().strip().split("|", 3)
    if done.returncode != 0 or len(fields) != 4:
        return ("crashed", 0, 0, f"{done.returncode} {done.stdout!r}")
    return (fields[0], int(fields[1]), int(fields[2]), fields[3])


def ended(got, fate, reply, name):
    ok(got[0] == fate and (reply is None or got[1] == reply),
       f"{name}: {fate}", f"got {got}")
    ok(got[2] < 700, f"{name}: the loop goes on", f"stood {got[2]} ms")
    if fate != "accepted":
        ok(got[3] != "", f"{name}: with a reason")
    ok("val@" not in got[3], f"{name}: without the address", got[3])


class Handler:
    """Keeps what it is given, or refuses as the recipient's name says."""

    def __init__(self):
        self.mails = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody"):
            return "550 5.1.1 no such mailbox"
        if address.startswith("later"):
            return "451 4.7.1 greylisted"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if envelope.rcpt_tos[0].startswith("spam"):
            return "554 5.7.1 not wanted"
        self.mails.append((envelope.mail_from, envelope.rcpt_tos,
                           envelope.content))
        return "250 queued"


class AnyPort(Controller):
    """Binds port 0 and tells what became of it."""

    def start_on_any(self):
        probe = socket.socket()
        probe.bind(("127.0.0.1", 0))
        self.port = probe.getsockname()[1]
        probe.close()
        self.start()
        return self.port


def serve(**kwargs):
    handler = Handler()
    controller = AnyPort(handler, hostname="127.0.0.1", port=0, **kwargs)
    return controller, handler, controller.start_on_any()


def test_plain():
    controller, handler, port = serve()
    url = f"smtp://127.0.0.1:{port}"
    ended(send(url), "accepted", 250, "a mail")
    ok(len(handler.mails) == 1, "it came once", f"{len(handler.mails)}")
    sender, to, content = handler.mails[0]
    message = email.message_from_bytes(content, policy=email.policy.default)
    ok(sender == "check-in@example.org", "from us", sender)
    ok(to == ["val@example.org"], "to whom it was meant", str(to))
    ok(message["Subject"] == "Caf\u00e9 flag K7QX", "its subject")
    ok(message["From"] == "Check-in <check-in@example.org>", "its From",
       message["From"])
    ok(message["Date"].datetime.isoformat() == "2026-12-04T08:58:00+00:00",
       "its date", str(message["Date"]))
    ok(message.get_content().replace("\r\n", "\n") == TEXT,
       "its text, dots and all",
       repr(message.get_content()[:80]))
    ok(not message.defects, "no defects", str(message.defects))
    ended(send(url, text="x\n" * 50000), "accepted", 250, "a long mail")
    ok(handler.mails[-1][2].count(b"x\r\n") == 50000, "all of it")
    ended(send(url, to="nobody@example.org"), "refused", 550, "no mailbox")
    ended(send(url, to="later@example.org"), "refused", 451, "greylisted")
    ended(send(url, to="spam@example.org"), "refused", 554, "after the text")
    got = send(url, subject="x\r\nBcc: evil@example.org")
    ok(got[0] == "error", "an injected field is not sent", str(got))
    ended(send(url, starttls="yes"), "not sent", None, "no STARTTLS there")
    ok(len(handler.mails) == 2, "and nothing else came")
    controller.stop()
    ended(send(url), "not sent", 0, "nobody listens")


def make_certificate(folder):
    key, cert = os.path.join(folder, "key"), os.path.join(folder, "cert")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days",
         "2", "-subj", "/CN=127.0.0.1", "-addext",
         "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return cert, context


def authenticate(server, session, envelope, mechanism, data):
    good = isinstance(data, LoginPassword) and data.login == b"office" and \
        data.password == b"right"
    return AuthResult(success=good, handled=False)


def test_tls():
    with tempfile.TemporaryDirectory() as folder:
        try:
            cert, context = make_certificate(folder)
        except (OSError, subprocess.CalledProcessError):
            ok(True, "TLS # SKIP openssl makes no certificate")
            return
        controller, handler, port = serve(
            tls_context=context, require_starttls=True, auth_required=True,
            authenticator=authenticate)
        url = f"smtp://127.0.0.1:{port}"
        ended(send(url, "yes", "office", "right", cert), "accepted", 250,
              "STARTTLS and login")
        ended(send(url, "yes", "office", "wrong", cert), "refused", 535,
              "a wrong password")
        ended(send(url, "yes", "office", "right", ""), "not sent", None,
              "a certificate that nobody knows")
        ok(len(handler.mails) == 1, "one came")
        controller.stop()
    test_smtps()


def test_smtps():
    """aiosmtpd's own start-up check does not speak TLS from the first byte,
    so a thread takes the connection and hands over the plain lines."""
    with tempfile.TemporaryDirectory() as folder:
        cert, context = make_certificate(folder)
        port = raw_server(accept_all, context)
        ended(send(f"smtps://127.0.0.1:{port}", ca=cert), "accepted", 250,
              "smtps")


def raw_server(talk, context=None):
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(5)

    def run():
        connection, _ = listener.accept()
        listener.close()
        try:
            if context:
                connection = context.wrap_socket(connection, server_side=True)
            talk(connection, connection.makefile("rb"))
        except OSError:
            pass

    threading.Thread(target=run, daemon=True).start()
    return listener.getsockname()[1]


def up_to_text(connection, lines):
    """The conversation until the text has come; True if it came."""
    connection.sendall(b"220 raw\r\n")
    for line in lines:
        if line.upper().startswith(b"DATA"):
            connection.sendall(b"354 go on\r\n")
            break
        connection.sendall(b"250 ok\r\n")
    else:
        return
    for line in lines:
        if line == b".\r\n":
            return


def accept_all(connection, lines):
    up_to_text(connection, lines)
    connection.sendall(b"250 queued\r\n")
    lines.readline()
    connection.sendall(b"221 bye\r\n")
    connection.close()


asked_to_quit = threading.Event()


def silent_at_quit(connection, lines):
    up_to_text(connection, lines)
    connection.sendall(b"250 queued\r\n")
    if lines.readline() == b"QUIT\r\n":
        asked_to_quit.set()
    lines.readline()


def refuses_and_is_silent(connection, lines):
    up_to_text(connection, lines)
    connection.sendall(b"550-no\r\n550 really not\r\n")
    lines.read()


def refuses_sender(connection, lines):
    connection.sendall(b"220 raw\r\n")
    for line in lines:
        if line.startswith(b"MAIL"):
            connection.sendall(b"553 not you\r\n")
            break
        connection.sendall(b"250 ok\r\n")
    lines.read()


def cut_after_text(connection, lines):
    up_to_text(connection, lines)
    connection.shutdown(socket.SHUT_RDWR)
    connection.close()


def hang_after_text(connection, lines):
    up_to_text(connection, lines)
    lines.read()


def hang_at_once(connection, lines):
    lines.read()


def cut_before_text(connection, lines):
    connection.sendall(b"220 raw\r\n")
    lines.readline()
    connection.shutdown(socket.SHUT_RDWR)
    connection.close()


def test_misbehaving():
    def against(talk, **kwargs):
        return send(f"smtp://127.0.0.1:{raw_server(talk)}", **kwargs)

    ended(against(silent_at_quit), "accepted", 250, "silent at QUIT")
    ok(asked_to_quit.wait(10), "but asked to QUIT")
    ended(against(refuses_and_is_silent), "refused", 550,
          "refuses, silent at QUIT")
    ended(against(refuses_sender), "refused", 553, "refuses the sender")
    ended(against(cut_after_text), "unknown", None, "cut after the text")
    ended(against(hang_after_text, timeout=400), "unknown", None,
          "hangs after the text")
    ended(against(hang_at_once, timeout=400), "not sent", None,
          "hangs at once")
    ended(against(cut_before_text), "not sent", None, "cut before the text")


logging.disable()  # aiosmtpd tells of what is done to it on purpose
warnings.simplefilter("ignore")
test_plain()
test_misbehaving()
test_tls()
print(f"1..{count}")

"""A mail server to write to: aiosmtpd, which keeps what it was given."""
import email
import email.policy
import logging
import os
import subprocess
import sys
import warnings

try:
    from aiosmtpd.controller import Controller
    from aiosmtpd.smtp import AuthResult, SMTP
except ImportError:
    print("1..0 # SKIP aiosmtpd is not there (Debian: python3-aiosmtpd)")
    sys.exit(0)

from rig import free_port

# What goes wrong on a connection is what some tests are about.
logging.getLogger("mail.log").setLevel(logging.CRITICAL)
warnings.simplefilter("ignore")

USER, PASSWORD = b"check-in", b"correct horse battery"


class Post:
    """Listens on loopback; mails is what came in, oldest first; nobody is
    whom it does not know."""

    def __init__(self, port=None, **how):
        self.mails, self.signed_in = [], []
        self.refuse, self.refused = None, 0
        self.nobody = ()
        self.controller = Server(self, hostname="127.0.0.1",
                                 port=port or free_port(), **how)
        self.controller.start()
        self.port = self.controller.port

    def stop(self):
        self.controller.stop()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.nobody:
            return "550 nobody here of that name"
        envelope.rcpt_tos.append(address)
        return "250 yes"

    async def handle_DATA(self, server, session, envelope):
        if self.refuse:
            self.refused += 1
            return self.refuse
        mail = email.message_from_bytes(envelope.original_content,
                                        policy=email.policy.default)
        mail.text, mail.html = (
            part and part.get_content() for part in
            (mail.get_body((kind,)) for kind in ("plain", "html")))
        mail.sent_to = envelope.rcpt_tos
        mail.over_tls = session.ssl is not None
        self.mails.append(mail)
        return "250 kept"

    def sign_in(self, server, session, envelope, mechanism, data):
        good = (data.login, data.password) == (USER, PASSWORD)
        self.signed_in.append(good)
        return AuthResult(success=good)

    def to(self, address, words=""):
        """The mails to that address that have the words somewhere."""
        return [m for m in list(self.mails) if m.sent_to == [address] and
                words in m["Subject"] + "\n" + m.text]


class Server(Controller):
    def __init__(self, post, **how):
        self.post = post
        super().__init__(post, **how)

    def factory(self):
        self.SMTP_kwargs.setdefault("authenticator", self.post.sign_in)
        return SMTP(self.handler, **self.SMTP_kwargs)


def make_certificate(folder):
    """A certificate of our own for 127.0.0.1: paths of it and of its key."""
    cert, key = (os.path.join(folder, n) for n in ("cert.pem", "key.pem"))
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
         "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
         "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", key, "-out", cert], check=True, capture_output=True)
    return cert, key

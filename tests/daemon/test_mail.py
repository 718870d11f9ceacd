#!/usr/bin/env python3
"""What the daemon writes by e-mail, to a real server."""
import ssl

from post import PASSWORD, Post, make_certificate
from rig import TEAM, Rig, free_port, ok, person, run, same

PEOPLE = person("p1", "Edna", phone="0115 496 0121")
NOBODY_ANSWERS = "default text 100 silent\ndefault call 100 no-answer\n"
SECRETS = ("Edna", "Quillfeather", "0115 496 0121", "+441154960121")


def notices():
    """A flag's notice, and the morning list."""
    post = Post()
    with Rig("notices", PEOPLE, scenario=NOBODY_ANSWERS, smtp=post.port,
             email="morning_list = 09:22") as rig:
        rig.start()
        code = rig.until_flag(participant="p1")["code"]
        mail = rig.wait(lambda: post.to("tom@example.org", code),
                        "the notice")[0]
        same(mail["From"], "check-in@example.org", "a notice by e-mail")
        ok(mail["Message-ID"] and "4 Dec 2026" in mail["Date"],
           "it has its own id, and the rehearsal's date",
           mail["Message-ID"], mail["Date"])
        rig.wait(lambda: len(post.to("asha@example.org", "your list for")) and
                 post.to("tom@example.org", "your list for"), "both lists")
        listed = post.to("tom@example.org", "your list for")[0]
        ok("1 flag" in listed.text and code in
           listed.text, "the morning list has the flag",
           listed.text)
        rig.wait(lambda: [m for m in post.to("asha@example.org", code)
                          if "your list" not in m["Subject"]],
                 "the coordinator is told in the end")
        told = [str(m["Subject"]) + m.text + m.html for m in post.mails]
        ok(not [t for t in told for s in SECRETS if s in t],
           "no mail has a name or a number of a participant", *told)
        ids = [m["Message-ID"] for m in post.mails]
        same(len(ids), len(set(ids)), "no mail came twice")
    post.stop()


def both_forms():
    """Plain text, and the same as a page whose address can be tapped; by the
    ways and at the times that each has chosen."""
    post = Post()
    team = (TEAM.replace("[volunteer asha]", "[volunteer asha]\n"
                         "morning_list = none\nevening_list = text, email")
            .replace("[volunteer tom]", "[volunteer tom]\n"
                     "notices = email\nmorning_list = text"))
    with Rig("lists", PEOPLE, scenario=NOBODY_ANSWERS, smtp=post.port,
             team=team, email="morning_list = 09:22\n"
             "evening_list = 09:40") as rig:
        rig.start()
        code = rig.until_flag(participant="p1")["code"]
        mail = rig.wait(lambda: post.to("tom@example.org", code),
                        "the notice")[0]
        same((mail.get_content_type(),
              [p.get_content_type() for p in mail.iter_parts()],
              [p.get_content_charset() for p in mail.iter_parts()],
              mail.defects),
             ("multipart/alternative", ["text/plain", "text/html"],
              ["utf-8", "utf-8"], []), "a mail in two forms")
        same((mail["Auto-Submitted"], mail["MIME-Version"],
              mail["To"], mail["X-Auto-Response-Suppress"]),
             ("auto-generated", "1.0", "tom@example.org", "All"),
             "nobody's absence answers it")
        link = "http://127.0.0.1:%d/list" % rig.port
        ok(link in mail.text and '<a href="%s">' % link in mail.html,
           "both lead to the list", mail.text, mail.html)
        ok(code in mail.html and "http" not in
           mail.html.replace(link, ""), "and nothing else is fetched")
        # Their lists: Tom's by text, none for Asha; the hand-over to both.
        listed = rig.wait(lambda: rig.texts_to("+447700900202", "this morning"),
                          "Tom's morning list by text")
        ok(code in listed[0] and "1 flag is open for you" in listed[0],
           "with the code", *listed)
        mail = rig.wait(lambda: post.to("asha@example.org", "hand-over"),
                        "the hand-over")[0]
        ok("- %s: " % code in mail.text and "<li>%s: " % code in mail.html,
           "what is open is handed over", mail.text, mail.html)
        ok("has it" in mail.text, "and who has it", mail.text)
        rig.wait(lambda: rig.texts_to("+447700900201", "this evening"),
                 "and by text")
        same(post.to("asha@example.org", "your list"), [],
             "no morning list for who wants none")
        same(rig.texts_to("+447700900202", "needs a volunteer"), [],
             "no text of a flag for who wants e-mail")
    post.stop()


def nobody_there():
    """A notice for an address that is gone: the next one hears at once."""
    post = Post()
    post.nobody = ("tom@example.org",)
    team = TEAM.replace("[volunteer tom]", "[volunteer tom]\nnotices = email")
    with Rig("nobody there", PEOPLE, scenario=NOBODY_ANSWERS, smtp=post.port,
             team=team) as rig:
        rig.start()
        code = rig.until_flag(participant="p1")["code"]
        rig.wait(lambda: rig.texts_to("+447700900201", code) or
                 post.to("asha@example.org", code), "the next is told")
        raised, refused, told = rig.sql(
            "SELECT flag.raised_at, gone.ended_at, next.planned_at FROM flag "
            "JOIN notice gone ON gone.flag = flag.id AND gone.state = "
            "'failed' JOIN notice next ON next.flag = flag.id AND "
            "next.volunteer = 'asha' WHERE code = ? ORDER BY next.id", code)[0]
        ok(raised <= refused <= told < refused + 60000,
           "within a minute, and not at the deadline",
           raised, refused, told)
        ok("tom@" not in rig.daemon.err() and "failed" in rig.daemon.err(),
           "the journal tells, and not whose address it was")
    post.stop()


def signed_in(name, how, edits, **email):
    """Over TLS, with a certificate of our own and a password."""
    with Rig(name, PEOPLE, scenario=NOBODY_ANSWERS, smtp=free_port(),
             start="2026-12-04T08:25", rate=300, edits=edits,
             **email) as rig:
        cert, key = make_certificate(rig.folder)
        rig.write("password", PASSWORD.decode() + "\n", 0o600)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(cert, key)
        # With TLS from the first byte aiosmtpd does not see that it is there.
        post = Post(rig.smtp_port, auth_required=True,
                    auth_require_tls=how == "tls_context",
                    require_starttls=how == "tls_context", **{how: context})
        rig.start()
        mail = rig.wait(lambda: post.mails or not rig.daemon.runs(),
                        "a mail")[0]
        same((post.signed_in[:1], mail.over_tls or how == "ssl_context"),
             ([True], True), name + ": signed in, and over TLS")
        ok(PASSWORD.decode() not in rig.daemon.err(),
           name + ": no password in the journal")
        post.stop()


ACCOUNT = ("user = check-in\npassword_file = password\n"
           "ca_file = cert.pem\n")


def starttls():
    signed_in("STARTTLS", "tls_context", None,
              email=ACCOUNT + "starttls = required")


def smtps():
    signed_in("smtps", "ssl_context", [("smtp_url = smtp:",
                                        "smtp_url = smtps:")],
              email=ACCOUNT)


def down():
    """No server, then one that says later, then one that takes it."""
    port = free_port()
    with Rig("down", PEOPLE, scenario=NOBODY_ANSWERS, smtp=port,
             start="2026-12-04T08:28", rate=300) as rig:
        rig.start()
        rig.until("08:40")
        post = Post(port)
        post.refuse = "451 try later"
        rig.wait(lambda: post.refused > 1, "it is told to come later")
        post.refuse = None
        rig.wait(lambda: len(post.mails) >= 2, "both lists come in the end")
        ok(True, "SMTP down: tried again later")
        lists = [m.sent_to[0] for m in post.mails if "list" in m["Subject"]]
        same(sorted(set(lists)), sorted(lists), "and nobody gets it twice")
        post.stop()


def wrong_password():
    """The set-up is wrong, not the mail: it is kept until that is mended."""
    with Rig("a wrong password", PEOPLE, scenario=NOBODY_ANSWERS,
             start="2026-12-04T08:28", rate=300, email=ACCOUNT.replace(
                 "ca_file = cert.pem\n", "")) as rig:
        rig.write("password", "not the one\n", 0o600)
        post = Post(rig.smtp_port, auth_required=True,
                    auth_require_tls=False)
        rig.start()
        rig.wait(lambda: len(post.signed_in) > 1, "it tries to sign in")
        ok(not any(post.signed_in), "a wrong password is none")
        rig.write("password", PASSWORD.decode() + "\n", 0o600)
        same(rig.cli("reload")[0], 0, "it is mended")
        rig.wait(lambda: len(post.to("asha@example.org", "your list for")) and
                 post.to("tom@example.org", "your list for"),
                 "what could not be sent is sent")
        ok(True, "after a wrong password nothing is lost")
        post.stop()


def wrong_certificate():
    """A server that shows another's certificate is told nothing."""
    with Rig("another's certificate", PEOPLE, scenario=NOBODY_ANSWERS,
             start="2026-12-04T08:28", rate=300,
             email="starttls = required") as rig:
        cert, key = make_certificate(rig.folder)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(cert, key)
        post = Post(rig.smtp_port, tls_context=context)
        rig.start()
        rig.wait(lambda: rig.sql("SELECT 1 FROM notice WHERE tries > 1"),
                 "it was tried twice")
        same(post.mails, [], "nothing is sent to whom nobody vouches for")
        post.stop()


run(notices, both_forms, nobody_there, starttls, smtps, down, wrong_password,
    wrong_certificate)

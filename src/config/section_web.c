/*
 * [web] and [email]: how the world reaches the daemon, and how it writes to
 * volunteers and coordinators.
 */
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "base/cert.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/url.h"
#include "config/secrets.h"
#include "config/values.h"

#define AT(member) offsetof(struct config_web, member)

static VALUES_PARSER(parse_listen)
{
	char host[URL_HOST_SIZE];
	int port;

	if (url_parse_listen(value, host, &port, e) == -1)
		return values_fault(k, e);
	values_put_text(k, subject, memory_text(l->memory, value));
	return 0;
}

/* May also be handed over by systemd, beside its key. */
static VALUES_PARSER(parse_cert)
{
	struct config_web *web = subject;
	char *text = NULL;
	bool world;

	if (l->secretless)
		return 0;
	if (secret_read_whole(load_path(l, value), &text, &world, e) == -1)
		return values_fault(k, e);
	web->tls_cert = memory_text(l->memory, text);
	mem_free_secret(text);
	return 0;
}

static VALUES_PARSER(parse_tls_key)
{
	struct config_web *web = subject;

	return secrets_read_whole(l, k->name, value, &web->tls_key, e);
}

static const struct key web_keys[] = {
	{ "listen", parse_listen, AT(listen), .otherwise = "127.0.0.1:9085",
	    .about = "the address that the daemon's own server listens on,"
	        " behind a proxy that speaks TLS, or with tls_cert" },
	{ "tls_cert", parse_cert, 0,
	    .about = "a PEM file with the server's certificate and its chain:"
	        " the listener then speaks TLS itself" },
	{ "tls_key", parse_tls_key, 0,
	    .about = "a PEM file with the key of that certificate" },
	{ "public_url", values_url, AT(public_url),
	    .otherwise = "http://127.0.0.1:9085",
	    .about = "the address by which gateways and people reach it, such"
	        " as https://check-in.example.org" },
	{ "pages", values_flag, AT(pages), .otherwise = "yes",
	    .about = "yes or no: may volunteers and coordinators sign in there"
	        " and work with their lists in a browser?" },
};

static void *
begin_web(struct load *l, const char *name)
{
	(void)name;
	return &l->c->web;
}

/* A certificate that does not name us is refused by whoever comes. */
static void
check_host(struct load *l, const struct config_web *web)
{
	struct url u;

	if (!web->public_url || url_parse(web->public_url, &u, NULL) == -1)
		return;
	if (strcmp(u.scheme, "https") != 0)
		load_warning(l, load_place(l, "public_url"), "the listener"
		    " speaks TLS, but public_url begins with http://; write"
		    " https:// and the name in the certificate");
	else if (!cert_is_for(web->tls_cert, u.host))
		load_warning(l, load_place(l, "tls_cert"), "tls_cert: the"
		    " certificate is not for %s, which is in public_url; get"
		    " one for that name", u.host);
}

static void
check_tls(struct load *l, struct config_web *web)
{
	bool cert = load_line(l, "tls_cert") > 0;
	bool key = load_line(l, "tls_key") > 0;
	struct cert_span span;
	struct err e;

	web->tls_place = load_place(l, "tls_cert");
	if (cert != key)
		load_mistake(l, load_place(l, cert ? "tls_cert" : "tls_key"),
		    "%s stands alone; write %s too", cert ? "tls_cert"
		    : "tls_key", cert ? "tls_key" : "tls_cert");
	if (!web->tls_cert || !web->tls_key)
		return;
	if (cert_check(web->tls_cert, web->tls_key, "tls_cert", "tls_key",
	    &span, &e) == -1) {
		load_mistake(l, web->tls_place, "%s", e.text);
		return;
	}
	web->tls_from = span.from;
	web->tls_until = span.until;
	check_host(l, web);
}

static void
end_web(struct load *l, void *subject)
{
	l->line_public_url = load_line(l, "public_url");
	check_tls(l, subject);
}

const struct section_kind section_web = {
	.name = "web",
	.main_only = true,
	.keys = web_keys,
	.n_keys = COUNT(web_keys),
	.begin = begin_web,
	.end = end_web,
	.about = "how gateways and people reach the daemon",
};

#undef AT
#define AT(member) offsetof(struct config_email, member)

static VALUES_PARSER(parse_smtp)
{
	struct url u;

	if (url_parse(value, &u, e) == -1)
		return values_fault(k, e);
	if (strncmp(u.scheme, "smtp", 4) != 0)
		return err_set(e, "smtp_url begins with http; write an address"
		    " such as smtp://mail.example.org:587");
	struct config_email *mail = subject;
	/* A password or a name must not cross a network in the clear. */
	mail->starttls = strcmp(u.scheme, "smtp") == 0 &&
	    !url_is_loopback(u.host);
	values_put_text(k, subject, memory_text(l->memory, value));
	return 0;
}

static VALUES_PARSER(parse_starttls)
{
	struct config_email *mail = subject;

	(void)l;
	if (strcasecmp(value, "required") == 0)
		mail->starttls = true;
	else if (strcasecmp(value, "off") == 0)
		mail->starttls = false;
	else
		return err_set(e, "%s: \"%.40s\" is neither required nor off;"
		    " write one of them", k->name, value);
	return 0;
}

static VALUES_PARSER(parse_password)
{
	struct config_email *mail = subject;

	return secrets_read(l, k->name, value, &mail->password, e);
}

static const struct key email_keys[] = {
	{ "smtp_url", parse_smtp, AT(smtp_url), .flags = KEY_NEEDED,
	    .about = "the mail server, such as smtp://mail.example.org:587 or"
	        " smtps://mail.example.org" },
	{ "from", values_email, AT(from), .flags = KEY_NEEDED,
	    .about = "the sender's address, such as check-in@example.org" },
	{ "user", values_text, AT(user), .max = 254,
	    .about = "the name to sign in with at the mail server" },
	{ "password_file", parse_password, 0,
	    .about = "a file that holds the password for it" },
	{ "starttls", parse_starttls, 0,
	    .about = "required or off; without the key it is required where"
	        " the server is on another machine" },
	{ "ca_file", values_ca_file, AT(ca_file),
	    .about = "certificates to trust in place of the system's" },
	{ "morning_list", values_clock, AT(morning_list),
	    .otherwise = "08:30",
	    .about = "when each volunteer and coordinator gets a list of what"
	        " is open for them" },
	{ "evening_list", values_clock, AT(evening_list),
	    .otherwise = "19:30",
	    .about = "when the hand-over goes out: what is still open, and"
	        " who has it overnight" },
};

static void *
begin_email(struct load *l, const char *name)
{
	(void)name;
	return &l->c->email;
}

static void
end_email(struct load *l, void *subject)
{
	const struct config_email *mail = subject;
	struct url u;

	if (mail->user && load_line(l, "password_file") == 0)
		load_mistake(l, load_place(l, "user"), "user stands without a"
		    " password; write password_file = and the path of a file"
		    " that holds it");
	if (!mail->user && mail->password)
		load_mistake(l, load_place(l, "password_file"), "password_file"
		    " stands without a name to sign in with; write user = and"
		    " the name");
	if (mail->smtp_url && url_parse(mail->smtp_url, &u, NULL) == 0 &&
	    strcmp(u.scheme, "smtp") == 0 && !url_is_loopback(u.host) &&
	    !mail->starttls)
		load_warning(l, load_place(l, "starttls"), "e-mail leaves this"
		    " machine in the clear; write starttls = required if the"
		    " server can");
}

const struct section_kind section_email = {
	.name = "email",
	.main_only = true,
	.keys = email_keys,
	.n_keys = COUNT(email_keys),
	.begin = begin_email,
	.end = end_email,
	.about = "e-mail to volunteers and coordinators",
};

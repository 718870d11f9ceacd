/*
 * [gateway NAME]: an account at a telephony service.
 */
#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/url.h"
#include "config/secrets.h"
#include "config/values.h"
#include "rules/number.h"

#define AT(member) offsetof(struct draft_gateway, g.member)

/* What etc/ringround.conf says. */
#define SAMPLE_SID "AC00000000000000000000000000000001"

/* The drivers that gateway/ has; it checks again when it opens one. */
static const char *const drivers[] = { "twilio" };

static VALUES_PARSER(parse_driver)
{
	for (size_t i = 0; i < COUNT(drivers); i++) {
		if (strcmp(value, drivers[i]) == 0) {
			values_put_text(k, subject, drivers[i]);
			return 0;
		}
	}
	struct buf b = BUF_EMPTY;
	(void)l;
	keys_suggest(drivers, COUNT(drivers), value, &b);
	err_set(e, "driver: there is none called \"%.40s\"%s", value,
	    buf_text(&b));
	buf_release(&b);
	return -1;
}

static VALUES_PARSER(parse_base_url)
{
	struct draft_gateway *d = subject;
	struct url u;

	if (values_url(l, k, subject, value, e) == -1)
		return -1;
	if (url_parse(d->g.base_url, &u, e) == -1)
		return values_fault(k, e);
	d->g.loopback = url_is_loopback(u.host);
	if (!d->g.loopback && strcmp(u.scheme, "https") != 0)
		return err_set(e, "base_url: the token would leave this machine"
		    " in the clear; write https:// before %s", u.host);
	return 0;
}

static VALUES_PARSER(parse_prefix)
{
	size_t n = strlen(value);

	if (value[0] != '/' || value[n - 1] == '/' ||
	    strpbrk(value, " \t?#%\"<>"))
		return err_set(e, "path_prefix: write it with a slash before"
		    " and none behind, such as /api/laml");
	values_put_text(k, subject, memory_text(l->memory, value));
	return 0;
}

static VALUES_PARSER(parse_header)
{
	for (const char *s = value; *s; s++) {
		if (!isalnum((unsigned char)*s) && *s != '-')
			return err_set(e, "signature_header: \"%.40s\" is no"
			    " name of a header; write such as"
			    " X-Twilio-Signature", value);
	}
	values_put_text(k, subject, memory_text(l->memory, value));
	return 0;
}

static int
read_secret(struct load *l, const struct key *k, const char *value,
    char **ret, struct err *e)
{
	return secrets_read(l, k->name, value, ret, e);
}

static VALUES_PARSER(parse_key_secret)
{
	struct draft_gateway *d = subject;

	return read_secret(l, k, value, &d->g.api_key_secret, e);
}

static VALUES_PARSER(parse_token)
{
	struct draft_gateway *d = subject;

	return read_secret(l, k, value, &d->g.auth_tokens[0], e);
}

static VALUES_PARSER(parse_token_2)
{
	struct draft_gateway *d = subject;

	return read_secret(l, k, value, &d->g.auth_tokens[1], e);
}

/* A sender's name: at most eleven letters, digits and a few signs. */
static bool
is_sender_name(const char *value)
{
	bool letter = false;
	size_t n = strlen(value);

	for (const char *s = value; *s; s++) {
		if (!isalnum((unsigned char)*s) && !strchr(" .&_-", *s))
			return false;
		letter = letter || isalpha((unsigned char)*s);
	}
	return letter && n <= 11;
}

/* A long number, a short code (five digits from 6, 7 or 8), or letters. */
static VALUES_PARSER(parse_text_from)
{
	struct draft_gateway *d = subject;
	size_t digits = strspn(value, "0123456789");

	if (digits == 5 && value[5] == '\0' && strchr("678", value[0])) {
		values_put_text(k, subject, memory_text(l->memory, value));
		return 0;
	}
	if (is_sender_name(value)) {
		d->g.text_from_letters = true;
		values_put_text(k, subject, memory_text(l->memory, value));
		return 0;
	}
	const char *e164 = values_number(l, k->name, value, true, e);
	if (!e164)
		return -1;
	values_put_text(k, subject, e164);
	return 0;
}

static VALUES_PARSER(parse_channels)
{
	struct draft_gateway *d = subject;
	char part[16];

	(void)l;
	d->channels_given = true;
	while (values_next_part(&value, part, sizeof(part))) {
		if (strcmp(part, "call") == 0)
			d->g.calls = true;
		else if (strcmp(part, "text") == 0)
			d->g.texts = true;
		else
			return err_set(e, "%s: \"%s\" is neither call nor text;"
			    " write one of them, or both with a comma", k->name,
			    part);
	}
	return 0;
}

static VALUES_PARSER(parse_proxy)
{
	struct url u;

	if (url_parse(value, &u, e) == -1)
		return values_fault(k, e);
	if (strncmp(u.scheme, "http", 4) != 0)
		return err_set(e, "proxy: write an address such as"
		    " http://proxy.example.org:3128");
	values_put_text(k, subject, memory_text(l->memory, value));
	return 0;
}

static VALUES_PARSER(parse_inbound)
{
	struct draft_gateway *d = subject;

	(void)l;
	if (strcmp(value, "poll") == 0)
		d->g.polls = true;
	else if (strcmp(value, "hook") == 0)
		d->g.polls = false;
	else
		return err_set(e, "%s: \"%.40s\" is neither hook nor poll;"
		    " write poll where the gateway cannot reach us", k->name,
		    value);
	return 0;
}

static const struct key gateway_keys[] = {
	{ "driver", parse_driver, AT(driver), .flags = KEY_NEEDED,
	    .about = "the dialect that the gateway speaks: twilio" },
	{ "base_url", parse_base_url, AT(base_url), .flags = KEY_NEEDED,
	    .about = "where it is, such as https://api.twilio.com" },
	{ "path_prefix", parse_prefix, AT(path_prefix),
	    .about = "what stands before /2010-04-01 at gateways that speak"
	        " Twilio's dialect, such as /api/laml" },
	{ "account_sid", values_text, AT(account_sid), .max = 64,
	    .flags = KEY_NEEDED,
	    .about = "the account's id, AC and 32 digits at Twilio" },
	{ "api_key_sid", values_text, AT(api_key_sid), .max = 64,
	    .about = "the id of an API key, to sign in with in place of"
	        " account and token" },
	{ "api_key_secret_file", parse_key_secret, 0,
	    .about = "a file that holds the API key's secret" },
	{ "auth_token_file", parse_token, 0, .flags = KEY_NEEDED,
	    .about = "a file that holds the account's token, by which hooks"
	        " are signed" },
	{ "auth_token_file_2", parse_token_2, 0,
	    .about = "the other token, while one replaces the other" },
	{ "signature_header", parse_header, AT(signature_header),
	    .otherwise = "X-Twilio-Signature",
	    .about = "the header that holds a hook's signature" },
	{ "strict_sid", values_flag, AT(strict_sid), .otherwise = "yes",
	    .about = "whether the gateway's ids look as Twilio's do; no for"
	        " some that speak its dialect" },
	{ "call_from", values_phone, AT(call_from),
	    .about = "the number that people see, and ring back" },
	{ "text_from", parse_text_from, AT(text_from),
	    .about = "the number that texts come from and replies go to" },
	{ "channels", parse_channels, 0,
	    .about = "call, text, or both; without the key, those that have"
	        " a number" },
	{ "calls_per_second", values_rate, AT(calls_per_second),
	    .min = 1, .max = 100000000, .otherwise = "1",
	    .about = "how many calls it takes in a second" },
	{ "texts_per_second", values_rate, AT(texts_per_second),
	    .min = 1, .max = 100000000, .otherwise = "10",
	    .about = "how many texts it takes in a second" },
	{ "in_flight", values_int, AT(in_flight),
	    .min = 1, .max = 1000, .otherwise = "64",
	    .about = "how many requests run at once" },
	{ "inbound", parse_inbound, 0,
	    .otherwise = "hook",
	    .about = "hook: the gateway brings us texts and what became of"
	        " ours; poll: we ask it, where it cannot reach us" },
	{ "poll_every", values_duration, AT(poll_every),
	    .min = 10 * MSEC_SECOND, .max = 10 * MSEC_MINUTE,
	    .otherwise = "30s",
	    .about = "with inbound = poll: how often we ask for texts" },
	{ "proxy", parse_proxy, AT(proxy),
	    .about = "a proxy to reach the gateway through" },
	{ "ca_file", values_ca_file, AT(ca_file),
	    .about = "certificates to trust in place of the system's" },
	{ "voice", values_text, AT(voice), .max = 60,
	    .about = "the voice that reads to people, by the gateway's name"
	        " for it" },
};

static void *
begin_gateway(struct load *l, const char *name)
{
	/* One that stands twice is kept too, so that its secrets are wiped
	 * and its own mistakes are told; the load has failed. */
	for (size_t i = 0; i < l->n_gateways; i++) {
		const struct config_gateway *g = &l->gateways[i].g;
		if (strcmp(g->name, name) == 0)
			load_mistake(l, load_place(l, ""), "[gateway %s] is"
			    " given twice, first in %s:%d; give one another"
			    " name", name, g->place.file, g->place.line);
	}
	mem_reserve(&l->gateways, l->n_gateways, &l->cap_gateways,
	    sizeof(*l->gateways));
	struct draft_gateway *d = &l->gateways[l->n_gateways++];
	*d = (struct draft_gateway){ .g.path_prefix = "" };
	d->g.name = memory_intern(l->memory, name, NULL);
	d->g.place = load_place(l, "");
	return d;
}

/* Does the id look as one of Twilio's: two letters, 32 digits from 0 to f? */
static bool
is_sid(const char *text, const char *letters)
{
	return strncmp(text, letters, 2) == 0 && strlen(text) == 34 &&
	    strspn(text + 2, "0123456789abcdefABCDEF") == 32;
}

static void
check_account(struct load *l, const struct config_gateway *g)
{
	bool key_sid = load_line(l, "api_key_sid") > 0;
	bool key_secret = load_line(l, "api_key_secret_file") > 0;

	if (g->base_url && !g->loopback && g->account_sid &&
	    strcmp(g->account_sid, SAMPLE_SID) == 0)
		load_warning(l, load_place(l, "account_sid"), "account_sid is"
		    " still the sample's, which is nobody's account; copy yours"
		    " from the gateway's console");
	if (g->strict_sid && g->account_sid && !is_sid(g->account_sid, "AC"))
		load_mistake(l, load_place(l, "account_sid"), "account_sid is"
		    " not AC and 32 digits from 0 to f; copy it from the"
		    " gateway's console, or write strict_sid = no");
	if (g->strict_sid && g->api_key_sid && !is_sid(g->api_key_sid, "SK"))
		load_mistake(l, load_place(l, "api_key_sid"), "api_key_sid is"
		    " not SK and 32 digits from 0 to f; copy it from the"
		    " gateway's console, or write strict_sid = no");
	if (key_sid != key_secret)
		load_mistake(l, load_place(l, key_sid ? "api_key_sid"
		        : "api_key_secret_file"), "%s stands alone; write %s"
		    " too", key_sid ? "api_key_sid" : "api_key_secret_file",
		    key_sid ? "api_key_secret_file" : "api_key_sid");
}

static void
check_senders(struct load *l, struct draft_gateway *d)
{
	bool call_from = load_line(l, "call_from") > 0;
	bool text_from = load_line(l, "text_from") > 0;

	if (!d->channels_given) {
		d->g.calls = call_from;
		d->g.texts = text_from;
		if (!call_from && !text_from)
			load_mistake(l, load_place(l, ""), "[gateway %s] has"
			    " neither call_from nor text_from; write the number"
			    " that people are to see", d->g.name);
	}
	if (d->g.calls && !call_from)
		load_mistake(l, load_place(l, "channels"), "channels has call,"
		    " but there is no call_from; write the number that people"
		    " are to see");
	if (d->g.texts && !text_from)
		load_mistake(l, load_place(l, "channels"), "channels has text,"
		    " but there is no text_from; write the number that texts"
		    " are to come from");
}

static void
end_gateway(struct load *l, void *subject)
{
	struct draft_gateway *d = subject;

	d->line_base_url = load_place(l, "base_url").line;
	d->line_text_from = load_place(l, "text_from").line;
	d->line_channels = load_place(l, "channels").line;
	check_account(l, &d->g);
	check_senders(l, d);
}

const struct section_kind section_gateway = {
	.name = "gateway",
	.naming = NAMING_NAME,
	.example = "main",
	.keys = gateway_keys,
	.n_keys = COUNT(gateway_keys),
	.begin = begin_gateway,
	.end = end_gateway,
	.about = "an account at a telephony service",
};

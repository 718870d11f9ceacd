/* What senders and forgers put into a form, and what it decodes to. */
#include "net/form.h"

#include <stdlib.h>

#include "base/mem.h"
#include "net/http.h"
#include "tap.h"

/* The form as "name=value|name=value", NULs shown as "~". */
static char *
show(const struct form *f)
{
	struct buf b = BUF_EMPTY;
	char *text;

	for (size_t i = 0; i < f->n; i++) {
		if (i > 0)
			buf_addc(&b, '|');
		buf_addn(&b, f->items[i].name, f->items[i].name_len);
		buf_addc(&b, '=');
		buf_addn(&b, f->items[i].value, f->items[i].value_len);
	}
	for (size_t i = 0; i < b.len; i++)
		if (b.data[i] == '\0')
			b.data[i] = '~';
	text = buf_take(&b);
	return text;
}

static const struct {
	const char *name, *in, *want;
} cases[] = {
	{ "nothing", "", "" },
	{ "one", "a=1", "a=1" },
	{ "order is kept", "b=2&a=1", "b=2|a=1" },
	{ "repeats are kept", "a=1&a=1&a=2", "a=1|a=1|a=2" },
	{ "plus is a space", "Body=I+am+fine", "Body=I am fine" },
	{ "hexadecimal in both cases", "To=%2b44%2B", "To=+44+" },
	{ "a coded plus is a plus", "a=1%2B1", "a=1+1" },
	{ "a name is decoded too", "a%20b+c=1", "a b c=1" },
	{ "a coded & and = divide nothing", "a=%26b%3Dc", "a=&b=c" },
	{ "the first = divides", "a=b=c", "a=b=c" },
	{ "no =", "a", "a=" },
	{ "no = among others", "a&b=1&c", "a=|b=1|c=" },
	{ "an empty value", "a=", "a=" },
	{ "an empty name", "=1", "=1" },
	{ "only =", "=", "=" },
	{ "empty pieces are passed over", "&&a=1&&&b=2&", "a=1|b=2" },
	{ "only &", "&&&", "" },
	{ "a coded NUL", "a=x%00y", "a=x~y" },
	{ "a % alone", "a=%", "a=%" },
	{ "a % with one digit", "a=%4", "a=%4" },
	{ "a % with no digits", "a=100%zz", "a=100%zz" },
	{ "a % before a coded byte", "a=%%41", "a=%A" },
	{ "a % cut by &", "a=%4&1=2", "a=%4|1=2" },
	{ "decoded once only", "a=%2541", "a=%41" },
	{ "UTF-8", "Body=Yes+%F0%9F%91%8D", "Body=Yes \xf0\x9f\x91\x8d" },
	{ "bytes that are no UTF-8", "a=%ff%fe", "a=\xff\xfe" },
	{ "raw bytes", "a=\xc3\xa9", "a=\xc3\xa9" },
	{ "; divides nothing", "a=1;b=2", "a=1;b=2" },
};

static void
test_cases(void)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct form f;
		char *got;

		if (form_parse(cases[i].in, strlen(cases[i].in), &f, NULL)) {
			ok(0, "%s: parses", cases[i].name);
			continue;
		}
		got = show(&f);
		is_text(got, cases[i].want, "%s", cases[i].name);
		free(got);
		form_release(&f);
	}
}

static void
test_lengths(void)
{
	/* Exactly as long as it is, so that the sanitizer sees a step over. */
	static const char raw[] = { 'a', '=', '\0', '1', '&', 'b', '%', '4' };
	char *bytes = mem_dupn(raw, sizeof(raw));
	struct form f;
	char *got;

	is_int(form_parse(bytes, sizeof(raw), &f, NULL), 0, "raw NULs parse");
	got = show(&f);
	is_text(got, "a=~1|b%4=", "raw NULs are bytes like others");
	is_int(f.items[0].value_len, 2, "and counted");
	free(got);
	form_release(&f);
	free(bytes);
}

static void
test_bound(void)
{
	struct buf b = BUF_EMPTY;
	struct form f = { 0 };
	struct err e = { "" };

	for (int i = 0; i < FORM_MAX_FIELDS; i++)
		form_add(&b, "k", "v");
	is_int(form_parse(b.data, b.len, &f, &e), 0, "200 fields are taken");
	is_int(f.n, FORM_MAX_FIELDS, "all of them");
	form_release(&f);
	form_add(&b, "k", "v");
	is_int(form_parse(b.data, b.len, &f, &e), -1, "201 are not");
	ok(strstr(e.text, "200"), "the reason says how many: %s", e.text);
	ok(!f.items && !f.bytes, "and nothing is left in the output");
	buf_release(&b);
}

static void
test_get(void)
{
	static const char in[] = "To=1&to=2&To=3&T=4&n%00x=5";
	struct form f;

	if (form_parse(in, strlen(in), &f, NULL) == -1) {
		ok(0, "parses");
		return;
	}
	is_text(form_get(&f, "To"), "1", "the first of a name");
	is_text(form_get(&f, "to"), "2", "case matters");
	is_text(form_get(&f, "Too"), NULL, "a name that is not there");
	is_text(form_get(&f, "n"), NULL, "a name is not cut at its NUL");
	form_release(&f);
}

static void
test_add(void)
{
	struct buf b = BUF_EMPTY;
	struct form f;

	form_add(&b, "To", "+441154960123");
	form_add(&b, "Body", "OK & well? 100% \xf0\x9f\x91\x8d");
	form_add(&b, "Empty", "");
	is_text(buf_text(&b), "To=%2B441154960123&Body=OK%20%26%20well%3F%20"
	    "100%25%20%F0%9F%91%8D&Empty=", "what we write");
	if (form_parse(b.data, b.len, &f, NULL) == 0) {
		is_text(form_get(&f, "Body"),
		    "OK & well? 100% \xf0\x9f\x91\x8d",
		    "comes back as it was");
		form_release(&f);
	}
	buf_release(&b);
}

static void
test_http_values(void)
{
	struct http_fields f = { 0 };

	http_fields_add(&f, "X-Twilio-Signature", "a");
	http_fields_add(&f, "x-twilio-signature", "b");
	http_fields_add(&f, "Date", "now");
	is_text(http_fields_get(&f, "X-TWILIO-SIGNATURE"), "a",
	    "a field is found in any case");
	is_int(http_fields_count(&f, "X-Twilio-Signature"), 2,
	    "a repeated field is counted");
	is_text(http_fields_get(&f, "Dat"), NULL, "no field by its beginning");
	http_fields_release(&f);

	ok(http_is_form("application/x-www-form-urlencoded"), "a form");
	ok(http_is_form("Application/X-WWW-Form-Urlencoded; charset=UTF-8"),
	    "a form with parameters");
	ok(!http_is_form("application/x-www-form-urlencodedx"), "no form");
	ok(!http_is_form("application/json"), "JSON is no form");
	ok(!http_is_form(""), "nothing is no form");
}

int
main(void)
{
	test_cases();
	test_lengths();
	test_bound();
	test_get();
	test_add();
	test_http_values();
	return tap_done();
}

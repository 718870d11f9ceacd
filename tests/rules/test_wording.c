#include "rules/wording.h"

#include "tap.h"

static const char *const allowed[] = { "first_name", "service", "ring_by",
	"office_phone", "call_back_phone" };

static void
checks(void)
{
	static const struct {
		const char *text, *why;	/* NULL: it is good */
	} cases[] = {
		{ "", NULL },
		{ "Hello.", NULL },
		{ "Hello {first_name}. This is {service}.", NULL },
		{ "{first_name}{service}", NULL },
		{ "two\nlines, \xe2\x80\x99 and \xc5\xb5", NULL },
		{ "Hello {frist_name}", "did you mean {first_name}?" },
		{ "Hello {First_Name}", "small letters" },
		{ "Hello {first name}", "small letters" },
		{ "Hello {name_of_the_dog}", "such as {first_name}" },
		{ "Hello {}", "no name" },
		{ "Hello {first_name", "no } behind it" },
		{ "Hello {first_name {service}", "no name" },
		{ "Hello first_name}", "no { before it" },
		{ "Hello {{first_name}}", "no name" },
		{ "Hello {first_name}}", "no { before it" },
		{ "Hello {", "no } behind it" },
		{ "a\x01z", "control character" },
		{ "a\tz", "control character" },
		{ "caf\xe9", "UTF-8" },
	};
	size_t i;

	for (i = 0; i < COUNT(cases); i++) {
		struct err e = { "" };
		int got = wording_check(cases[i].text, allowed, COUNT(allowed),
		    &e);

		is_int(got, cases[i].why == NULL ? 0 : -1, "check %zu", i);
		if (cases[i].why != NULL)
			ok(strstr(e.text, cases[i].why) != NULL, "says: %s",
			    e.text);
	}
	is_int(wording_check("{x}", allowed, 0, NULL), -1, "nothing allowed");
	ok(wording_has("Hello {first_name}", "first_name"), "has it");
	ok(!wording_has("Hello {first_name}", "first"), "not a part of it");
	ok(!wording_has("Hello first_name", "first_name"), "not bare");
	ok(wording_has("{a} {{b}", "b"), "behind a stray brace");
}

static void
fills(void)
{
	static const struct wording_value values[] = {
		{ "first_name", "Edna" },
		{ "service", "Nottingham {first_name} Check-in" },
		{ "ring_by", NULL },
	};
	static const struct {
		const char *text, *filled;
	} cases[] = {
		{ "Hello {first_name}.", "Hello Edna." },
		{ "{first_name}{first_name}", "EdnaEdna" },
		/* What a value holds is not looked at again. */
		{ "{service}!", "Nottingham {first_name} Check-in!" },
		{ "by {ring_by}.", "by ." },
		{ "by {unknown}.", "by ." },
		{ "a { b } c", "a { b } c" },
		{ "{", "{" },
		{ "", "" },
	};
	size_t i;

	for (i = 0; i < COUNT(cases); i++) {
		struct buf b = BUF_EMPTY;

		wording_fill(&b, cases[i].text, values, COUNT(values));
		is_text(buf_text(&b), cases[i].filled, "fill %zu", i);
		buf_release(&b);
	}
}

static void
plain(void)
{
	static const struct {
		const char *text, *sent;
	} cases[] = {
		{ "it\xe2\x80\x99s", "it's" },
		{ "\xe2\x80\x9cOK\xe2\x80\x9d", "\"OK\"" },
		{ "9\xe2\x80\x93" "10 \xe2\x80\x94 yes", "9-10 - yes" },
		{ "wait\xe2\x80\xa6", "wait..." },
		{ "a\xc2\xa0" "b\xe2\x80\x89" "c", "a b c" },
		{ "a\xe2\x80\x8b" "b\xef\xbb\xbf" "c", "abc" },
		{ "Si\xc3\xa2n, d\xc5\xb5r", "Si\xc3\xa2n, d\xc5\xb5r" },
		{ "\xc2\xa3" "5 caf\xc3\xa9", "\xc2\xa3" "5 caf\xc3\xa9" },
		{ "\xf0\x9f\x91\x8d", "\xf0\x9f\x91\x8d" },
		{ "\xef\xbc\xaf\xef\xbc\xab \xef\xac\x81ne", "OK fine" },
		{ "\xc2\xbd past \xe2\x80\xb9" "9\xe2\x80\xba",
		    "1/2 past '9'" },
		{ "", "" },
	};
	size_t i;

	for (i = 0; i < COUNT(cases); i++) {
		struct buf b = BUF_EMPTY;

		wording_gsm(cases[i].text, &b);
		is_text(buf_text(&b), cases[i].sent, "plain %zu", i);
		buf_release(&b);
	}
}

struct piece {
	int times;
	const char *text;
};

static const struct {
	struct piece pieces[3];
	int segments;
	bool unicode;
} lengths[] = {
	{ { { 0, "" } }, 0, false },
	{ { { 1, "a" } }, 1, false },
	{ { { 160, "a" } }, 1, false },
	{ { { 161, "a" } }, 2, false },
	{ { { 306, "a" } }, 2, false },
	{ { { 307, "a" } }, 3, false },
	{ { { 459, "a" } }, 3, false },
	{ { { 460, "a" } }, 4, false },
	/* The euro takes two places, and is not parted. */
	{ { { 158, "a" }, { 1, "\xe2\x82\xac" } }, 1, false },
	{ { { 159, "a" }, { 1, "\xe2\x82\xac" } }, 2, false },
	{ { { 80, "\xe2\x82\xac" } }, 1, false },
	{ { { 81, "\xe2\x82\xac" } }, 2, false },
	{ { { 152, "a" }, { 1, "\xe2\x82\xac" }, { 152, "a" } }, 3,
	    false },
	{ { { 151, "a" }, { 1, "\xe2\x82\xac" }, { 153, "a" } }, 2,
	    false },
	{ { { 152, "a" }, { 1, "\xe2\x82\xac" }, { 151, "a" } }, 2,
	    false },
	{ { { 152, "a" }, { 77, "\xe2\x82\xac" } }, 3, false },
	{ { { 160, "\xc3\xa9" } }, 1, false },
	{ { { 160, "@" } }, 1, false },
	{ { { 1, "^{}\\[]~|\xe2\x82\xac\f" }, { 140, "a" } }, 1,
	    false },
	{ { { 1, "^{}\\[]~|\xe2\x82\xac\f" }, { 141, "a" } }, 2,
	    false },
	/* One character outside makes all of it UCS-2. */
	{ { { 1, "`" } }, 1, true },
	{ { { 1, "\t" } }, 1, true },
	{ { { 1, "\xc3\xa7" } }, 1, true },
	{ { { 1, "\xc3\x87" } }, 1, false },
	{ { { 1, "\xe2\x80\x99" }, { 69, "a" } }, 1, true },
	{ { { 1, "\xe2\x80\x99" }, { 70, "a" } }, 2, true },
	{ { { 1, "\xc5\xb5" }, { 133, "a" } }, 2, true },
	{ { { 1, "\xc5\xb5" }, { 134, "a" } }, 3, true },
	{ { { 35, "\xf0\x9f\x91\x8d" } }, 1, true },
	{ { { 36, "\xf0\x9f\x91\x8d" } }, 2, true },
	{ { { 66, "a" }, { 1, "\xf0\x9f\x91\x8d" }, { 66, "a" } }, 3,
	    true },
	{ { { 66, "a" }, { 1, "\xf0\x9f\x91\x8d" }, { 65, "a" } }, 2,
	    true },
};

static void
counts(void)
{
	size_t i, k;
	int t;

	for (i = 0; i < COUNT(lengths); i++) {
		struct buf b = BUF_EMPTY;
		bool unicode = !lengths[i].unicode;

		for (k = 0; k < COUNT(lengths[i].pieces); k++)
			for (t = 0; t < lengths[i].pieces[k].times; t++)
				buf_add(&b, lengths[i].pieces[k].text);
		is_int(wording_segments(buf_text(&b), &unicode),
		    lengths[i].segments, "segments %zu", i);
		is_int(unicode, lengths[i].unicode, "its alphabet");
		buf_release(&b);
	}
}

/* The table of 3GPP TS 23.038, counted: 127 characters with CR and LF, and
 * ten of the extension. */
static void
tables(void)
{
	int c, one = 0, two = 0;

	for (c = 1; c < 0x3000; c++) {
		char text[8];
		struct buf b = BUF_EMPTY;
		bool unicode;
		int i;

		if (c < 0x80)
			snprintf(text, sizeof(text), "%c", c);
		else if (c < 0x800)
			snprintf(text, sizeof(text), "%c%c", 0xc0 | c >> 6,
			    0x80 | (c & 0x3f));
		else
			snprintf(text, sizeof(text), "%c%c%c", 0xe0 | c >> 12,
			    0x80 | (c >> 6 & 0x3f), 0x80 | (c & 0x3f));
		for (i = 0; i < 81; i++)
			buf_add(&b, text);
		i = wording_segments(buf_text(&b), &unicode);
		one += !unicode && i == 1;
		two += !unicode && i == 2;
		buf_release(&b);
	}
	is_int(one, 127, "the basic table");
	is_int(two, 10, "the extension table");
}

int
main(void)
{
	checks();
	fills();
	plain();
	counts();
	tables();
	return tap_done();
}

#include "base/buf.h"

#include <stdlib.h>

#include "tap.h"

static void
test_life(void)
{
	struct buf b = BUF_EMPTY;
	char *taken;

	is_text(buf_text(&b), "", "empty is no NULL");
	taken = buf_take(&b);
	is_text(taken, "", "nor is it taken as one");
	free(taken);
	buf_add(&b, "");
	is_int(b.len, 0, "nothing added");
	for (int i = 0; i < 300; i++)
		buf_addf(&b, "%03d", i);
	is_int(b.len, 900, "grown");
	is_text(b.data + 897, "299", "its end");
	buf_clear(&b);
	is_text(buf_text(&b), "", "cleared");
	buf_addn(&b, "a\0b", 3);
	buf_addc(&b, 'c');
	is_int(b.len, 4, "a NUL counts");
	is_int(memcmp(b.data, "a\0bc", 5), 0, "and is kept, and one follows");
	taken = buf_take(&b);
	is_int(b.len + b.cap, 0, "empty once taken");
	free(taken);
	buf_addf(&b, "%200s", "x");
	is_int(b.len, 200, "printed past the first room");
	buf_release(&b);
	buf_release(&b);
}

static void
test_xml(void)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "", "" },
		{ "a<b>&\"c'", "a&lt;b&gt;&amp;&quot;c&#39;" },
		{ "tab\tline\n", "tab\tline\n" },
		{ "\001\010x\033[0m\037", "x[0m" },
		{ "Zo\xc3\xab", "Zo\xc3\xab" },
		{ "\xf0\x9f\x91\x8d", "\xf0\x9f\x91\x8d" },
		{ "\xef\xbf\xbe\xef\xbf\xbf\xef\xbf\xbd", "\xef\xbf\xbd" },
		{ "\xed\xa0\x80!", "!" },		/* a surrogate */
		{ "\xc0\xbc!", "!" },			/* "<", overlong */
		{ "\xe0\x80\xbc!", "!" },
		{ "\xf4\x90\x80\x80!", "!" },		/* past U+10FFFF */
		{ "\xff\xfe!", "!" },
		{ "cut \xe2\x82", "cut " },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buf b = BUF_EMPTY;

		buf_add_xml(&b, rows[i].text);
		is_text(buf_text(&b), rows[i].want, "xml %zu", i);
		buf_release(&b);
	}
}

static void
test_url(void)
{
	struct buf b = BUF_EMPTY;

	buf_add_url(&b, "Az09-._~");
	is_text(buf_text(&b), "Az09-._~", "unreserved stand as they are");
	buf_clear(&b);
	buf_add_url(&b, "+44 1/2?&=%*'\xc3\xab\n");
	is_text(buf_text(&b), "%2B44%201%2F2%3F%26%3D%25%2A%27%C3%AB%0A",
	    "all others are encoded");
	buf_release(&b);
}

/* The examples of RFC 4648, section 10. */
static void
test_base64(void)
{
	static const char *const want[] = { "", "Zg==", "Zm8=", "Zm9v",
		"Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy" };

	for (size_t i = 0; i < COUNT(want); i++) {
		struct buf b = BUF_EMPTY;

		buf_add_base64(&b, "foobar", i);
		is_text(buf_text(&b), want[i], "base64 of %zu bytes", i);
		buf_release(&b);
	}

	struct buf b = BUF_EMPTY;
	buf_add_base64(&b, "\xfb\xff\xbf", 3);
	is_text(buf_text(&b), "+/+/", "base64's last digits");
	buf_clear(&b);
	buf_add_hex(&b, "\x00\x9f\xff", 3);
	is_text(buf_text(&b), "009fff", "hex");
	buf_release(&b);
}

int
main(void)
{
	test_life();
	test_xml();
	test_url();
	test_base64();
	return tap_done();
}

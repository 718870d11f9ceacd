#include "base/json.h"

#include "tap.h"

static void
test_text(json_t *doc)
{
	static const struct {
		const char *key, *want;
	} rows[] = {
		{ "text", "hello" }, { "int", "-42" }, { "real", "0.5" },
		{ "null", "" }, { "list", "" }, { "true", "" },
		{ "absent", "" }, { "big", "9223372036854775807" },
	};
	char got[64];

	for (size_t i = 0; i < COUNT(rows); i++) {
		json_get_text(doc, rows[i].key, got, sizeof(got));
		is_text(got, rows[i].want, "text of %s", rows[i].key);
	}
	json_get_text(doc, "text", got, 4);
	is_text(got, "hel", "cut to what fits");
	json_get_text(doc, "umlaut", got, 3);
	is_text(got, "Z", "no character is cut in two");
	json_get_text(doc, "umlaut", got, 4);
	is_text(got, "Z\xc3\xb6", "nor left out where it fits");
	json_get_text(NULL, "text", got, sizeof(got));
	is_text(got, "", "no object, no text");
}

static void
test_int(json_t *doc)
{
	static const struct {
		const char *key;
		int64_t want;
	} rows[] = {
		{ "int", -42 }, { "written", 21610 }, { "minus", -3 },
		{ "text", -7 }, { "real", -7 }, { "null", -7 },
		{ "absent", -7 }, { "big", INT64_MAX },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		is_int(json_get_int(doc, rows[i].key, -7), rows[i].want,
		    "int of %s", rows[i].key);
}

int
main(void)
{
	json_t *doc = json_loads("{\"text\":\"hello\",\"int\":-42,"
	    "\"real\":0.5,\"null\":null,\"list\":[1],\"true\":true,"
	    "\"big\":9223372036854775807,\"written\":\"21610\","
	    "\"minus\":\"-3\",\"umlaut\":\"Z\xc3\xb6\xc3\xa9\"}", 0, NULL);
	struct buf b = BUF_EMPTY;

	test_text(doc);
	test_int(doc);
	json_decref(doc);

	doc = json_pack("{s:s, s:[i,b]}", "a", "x\n", "b", 1, 0);
	json_print(doc, false, &b);
	is_text(buf_text(&b), "{\"a\": \"x\\n\", \"b\": [1, false]}",
	    "on one line");
	buf_clear(&b);
	json_print(doc, true, &b);
	is_text(buf_text(&b), "{\n  \"a\": \"x\\n\",\n  \"b\": [\n    1,\n"
	    "    false\n  ]\n}", "indented");
	buf_release(&b);
	json_decref(doc);
	return tap_done();
}

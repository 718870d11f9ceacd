#include "web/api_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rules/text.h"

json_t *
api_json_new(const char *name)
{
	json_t *object = json_object();
	char *schema = mem_printf("ringround.%s/1", name);

	api_json_put_text(object, "schema", schema);
	free(schema);
	return object;
}

/* jansson gives NULL only where memory has run out, or for text that is no
 * UTF-8, which nothing here hands to it. */
static void
must(int done)
{
	if (done == -1) {
		fputs("ringround: out of memory\n", stderr);
		abort();
	}
}

void
api_json_put(json_t *object, const char *key, json_t *value)
{
	must(json_object_set_new(object, key, value));
}

void
api_json_append(json_t *array, json_t *value)
{
	must(json_array_append_new(array, value));
}

void
api_json_put_text(json_t *object, const char *key, const char *text)
{
	json_t *value;

	if (!text || !*text) {
		api_json_put(object, key, json_null());
		return;
	}
	value = json_string(text);
	if (!value) {
		struct buf fit = BUF_EMPTY;
		uint32_t c;

		while ((c = text_next(&text)) != 0)
			text_add(&fit, c);
		value = json_string(buf_text(&fit));
		buf_release(&fit);
	}
	api_json_put(object, key, value);
}

void
api_json_put_int(json_t *object, const char *key, int64_t n)
{
	api_json_put(object, key, json_integer(n));
}

void
api_json_put_bool(json_t *object, const char *key, bool is)
{
	api_json_put(object, key, json_boolean(is));
}

void
api_json_put_instant(json_t *object, const char *key, msec instant)
{
	char text[CALENDAR_INSTANT_SIZE];
	bool is_one = instant != 0 && instant != NEVER;

	api_json_put_text(object, key,
	    is_one ? calendar_format(instant, text) : NULL);
}

void
api_json_put_date(json_t *object, const char *key, localdate date)
{
	char text[CALENDAR_DATE_SIZE];

	api_json_put_text(object, key, calendar_format_date(date, text));
}

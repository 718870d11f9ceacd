#include "base/json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"

/* Copy what fits, without cutting a character of UTF-8 in two. */
static void
copy_cut(char *ret, size_t size, const char *text)
{
	size_t n = strlen(text);

	if (size == 0)
		return;
	if (n >= size) {
		n = size - 1;
		while (n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80)
			n--;
	}
	memcpy(ret, text, n);
	ret[n] = '\0';
}

void
json_get_text(const json_t *object, const char *key, char *ret, size_t size)
{
	const json_t *value = json_object_get(object, key);
	char number[40] = "";

	if (json_is_integer(value))
		snprintf(number, sizeof(number), "%" JSON_INTEGER_FORMAT,
		    json_integer_value(value));
	else if (json_is_real(value))
		snprintf(number, sizeof(number), "%.17g",
		    json_real_value(value));
	copy_cut(ret, size,
	    json_is_string(value) ? json_string_value(value) : number);
}

int64_t
json_get_int(const json_t *object, const char *key, int64_t otherwise)
{
	const json_t *value = json_object_get(object, key);
	int64_t n;

	if (json_is_integer(value))
		return json_integer_value(value);
	if (json_is_string(value) && num_int(json_string_value(value),
	        INT64_MIN + 1, INT64_MAX, &n, NULL) == 0)
		return n;
	return otherwise;
}

static int
add_part(const char *bytes, size_t n, void *arg)
{
	buf_addn(arg, bytes, n);
	return 0;
}

void
json_print(const json_t *doc, bool indent, struct buf *b)
{
	size_t flags = JSON_ENCODE_ANY | (indent ? JSON_INDENT(2) : 0);

	/* Only a document that holds itself, or no memory, can fail. */
	if (json_dump_callback(doc, add_part, b, flags) == -1) {
		fputs("ringround: a JSON document cannot be written\n",
		    stderr);
		abort();
	}
}

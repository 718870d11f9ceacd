/*
 * An order to a file of anybody's: refused, or carried out so that the file
 * says what was ordered, and a second time changes nothing.  The first line
 * is the order: its kind, and the value.
 */
#include "fuzz.h"

#include "config/edit.h"

#define SECTION "participant edna"
#define KEY "contact"

struct order {
	char kind;
	const char *value;
};

static int
give(struct edit *t, const struct order *o, struct err *e)
{
	struct reader_pair pair = { KEY, o->value, 0, 0 };

	switch (o->kind) {
	case '+':
		return edit_more(t, SECTION, KEY, o->value, e);
	case '-':
		return edit_put(t, SECTION, KEY, NULL, 0, e);
	case '[':
		return edit_has(t, "participant new") ? -1 :
		    edit_add(t, "participant new", &pair, 1, e);
	default:
		return edit_put(t, SECTION, KEY, &o->value, 1, e);
	}
}

/* What the order was about, in a file in which it was carried out. */
static void
look_again(const struct buf *text, const struct order *o)
{
	struct edit *t = edit_new(buf_text(text), text->len);
	const char *got = edit_value(t, o->kind == '[' ? "participant new" :
	    SECTION, KEY, 0);
	struct buf same = BUF_EMPTY;
	struct err e;

	if (o->kind == '-')
		must(got == NULL);
	else
		must(got != NULL);
	if (o->kind != '-' && o->kind != '+') {
		must(strcmp(got, o->value) == 0);
		must(o->kind == '[' || give(t, o, &e) == 0);
	}
	must(!edit_is_changed(t));
	must(edit_text(t, &same, &e) == 0);
	must(same.len == text->len &&
	    memcmp(buf_text(&same), buf_text(text), same.len) == 0);
	buf_release(&same);
	edit_free(t);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	const uint8_t *newline = n > 0 ? memchr(bytes, '\n', n) : NULL;
	size_t head = newline ? (size_t)(newline - bytes) : n;
	char *line = fuzz_text(bytes, head);
	struct order o = { head > 0 ? line[0] : 0, head > 0 ? line + 1 : "" };
	const char *file = newline ? (const char *)newline + 1 : "";
	size_t size = newline ? n - head - 1 : 0;
	struct edit *t = edit_new(file, size);
	struct buf text = BUF_EMPTY;
	struct err e = { "" };

	if (give(t, &o, &e) == 0) {
		if (edit_text(t, &text, &e) == 0)
			look_again(&text, &o);
		else
			must(e.text[0] != '\0');
	}
	buf_release(&text);
	edit_free(t);
	free(line);
	return 0;
}

/*
 * Editing a file that a human wrote: what changes, and what stays.
 */
#include <stdlib.h>

#include "config/edit.h"
#include "tap.h"

#define MAX 4

static const char FILE_1[] =
    "; The people of Sneinton\n"
    "\n"
    "[participant edna]\n"
    "; rings back late\n"
    "name      = Mrs Edna Clarke\n"
    "phone     = 0115 496 0123 ; in the hall\n"
    "contact   = Brian, son, 07700 900124,\n"
    "   ; his number at work\n"
    "            keyholder\n"
    "contact   = Joan, neighbour, 0115 496 0125\n"
    "\n"
    "# the next\n"
    "[participant sam]\n"
    "name=Sam\n"
    "phone=0115 496 0161";

enum order { PUT, MORE, ADD };

/* The first text with one piece in place of another. */
static const struct {
	const char *what, *file;
	enum order order;
	const char *section, *key, *values[MAX];
	const char *from, *to;		/* of the file */
	const char *fault;
} cases[] = {
	{ "a value, with its comment behind it", FILE_1, PUT,
	    "participant edna", "phone", { "0115 496 0999" },
	    "0115 496 0123 ;", "0115 496 0999 ;", NULL },
	{ "the same value again", FILE_1, PUT, "participant edna", "phone",
	    { "0115 496 0123" }, "", "", NULL },
	{ "a value on two lines, around a comment", FILE_1, PUT,
	    "participant edna", "contact", { "Brian, son, 07700 900124",
	        "Joan, neighbour, 0115 496 0125" },
	    "07700 900124,\n   ; his number at work\n            keyholder\n",
	    "07700 900124\n   ; his number at work\n", NULL },
	{ "a new key, in the section's column", FILE_1, PUT,
	    "participant edna", "area", { "St Ann's" }, "0125\n",
	    "0125\narea      = St Ann's\n", NULL },
	{ "a new key behind a last line without an end", FILE_1, PUT,
	    "participant sam", "area", { "Sneinton" }, "0115 496 0161",
	    "0115 496 0161\narea = Sneinton\n", NULL },
	{ "a line more of a key", FILE_1, MORE, "participant edna", "contact",
	    { "Ann, niece, 07700 900126" }, "0125\n",
	    "0125\ncontact   = Ann, niece, 07700 900126\n", NULL },
	{ "a line less of a key", FILE_1, PUT, "participant edna", "contact",
	    { "Brian, son, 07700 900124, keyholder" },
	    "contact   = Joan, neighbour, 0115 496 0125\n", "", NULL },
	{ "a key away, its comment stays", FILE_1, PUT, "participant edna",
	    "name", { NULL }, "name      = Mrs Edna Clarke\n", "", NULL },
	{ "a section more", FILE_1, ADD, "participant lily", "name",
	    { "Lily" }, "0115 496 0161",
	    "0115 496 0161\n\n[participant lily]\nname = Lily\n", NULL },
	{ "a first section", "", ADD, "participant lily", "name",
	    { "Lily" }, "", "[participant lily]\nname = Lily\n", NULL },
	{ "the other kind of line ends", "[a]\r\nx = 1\r\n", PUT, "a", "y",
	    { "2" }, "1\r\n", "1\r\ny = 2\r\n", NULL },
	{ "a byte order mark", "\xef\xbb\xbf[a]\nx = 1\n", PUT, "a", "x",
	    { "2" }, "= 1", "= 2", NULL },
	{ "a long value is folded", "[a]\nx = 1\n", PUT, "a", "x",
	    { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbb"
	        "bbbbbbbbbbbbbbbbbbbbbbbbbb ccccccccccccccccccccccccccccc"
	        "ccccccccccccccc" }, "= 1",
	    "= aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	    " bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\n"
	    "    cccccccccccccccccccccccccccccccccccccccccccc", NULL },
	{ "no such section", FILE_1, PUT, "participant walter", "name",
	    { "W" }, "", "", "there is no [participant walter] in the file" },
	{ "a comment within", FILE_1, PUT, "participant sam", "name",
	    { "Sam ; or Samuel" }, "", "", "name: what stands behind \" ;\""
	    " would be a comment; write a comma instead" },
	{ "a line's end within", FILE_1, PUT, "participant sam", "name",
	    { "Sam\nlive = yes" }, "", "", "name: what it is to be holds a"
	    " sign that cannot stand in a configuration; type it again" },
	{ "nothing", FILE_1, PUT, "participant sam", "name", { "" }, "", "",
	    "name: it is empty, or has blanks around it" },
};

static char *
wanted(size_t i)
{
	struct buf b = BUF_EMPTY;
	const char *file = cases[i].file, *at = strstr(file, cases[i].from);

	buf_addn(&b, file, (size_t)(at - file));
	buf_add(&b, cases[i].to);
	buf_add(&b, at + strlen(cases[i].from));
	return buf_take(&b);
}

static int
give(struct edit *t, size_t i, struct err *e)
{
	const char *const *values = cases[i].values;
	struct reader_pair pair = { cases[i].key, values[0], 0, 0 };
	size_t n = 0;

	while (n < MAX && values[n])
		n++;
	if (cases[i].order == PUT)
		return edit_put(t, cases[i].section, cases[i].key, values, n,
		    e);
	if (cases[i].order == MORE)
		return edit_more(t, cases[i].section, cases[i].key, values[0],
		    e);
	return edit_add(t, cases[i].section, &pair, 1, e);
}

static void
try(size_t i)
{
	const char *file = cases[i].file;
	struct edit *t = edit_new(file, strlen(file));
	struct buf b = BUF_EMPTY;
	struct err e = { "" };
	int done = give(t, i, &e);

	is_text(done == -1 ? e.text : NULL, cases[i].fault, "%s: taken",
	    cases[i].what);
	char *want = wanted(i);
	is_int(edit_text(t, &b, &e), 0, "%s: written", cases[i].what);
	is_text(buf_text(&b), want, "%s: nothing else has changed",
	    cases[i].what);
	is_int(edit_is_changed(t), strcmp(file, want) != 0, "%s: is it a"
	    " change?", cases[i].what);
	free(want);
	buf_release(&b);
	edit_free(t);
}

/* Several orders at once; where the lines are afterwards. */
static void
test_many(void)
{
	struct edit *t = edit_new(FILE_1, strlen(FILE_1));
	const char *area = "Sneinton", *name = "Samuel";
	struct buf b = BUF_EMPTY;
	struct err e;

	is_text(edit_value(t, "participant edna", "contact", 0),
	    "Brian, son, 07700 900124, keyholder", "a value of two lines");
	is_text(edit_value(t, "participant edna", "contact", 2), NULL,
	    "no third one");
	ok(edit_put(t, "participant edna", "area", &area, 1, &e) == 0 &&
	    edit_put(t, "participant sam", "name", &name, 1, &e) == 0,
	    "two orders");
	is_int(edit_text(t, &b, &e), 0, "both in one text");
	is_text(edit_section_at(t, 2), NULL, "before all sections");
	is_text(edit_section_at(t, 11), "participant edna", "the new line");
	is_text(edit_section_at(t, 15), "participant sam", "the moved one");
	buf_release(&b);
	edit_free(t);
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		try(i);
	test_many();
	return tap_done();
}

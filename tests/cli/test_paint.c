#include "cli/paint.h"
#include "tap.h"

static void
test_width(void)
{
	static const struct { const char *text; int width; } cases[] = {
		{ "", 0 },
		{ "Edna", 4 },
		{ "Zo\xc3\xab", 3 },
		{ "e\xcc\x81", 1 },
		{ "\xe2\x9c\x93", 1 },
		{ "\xf0\x9f\x91\x8d", 2 },
		{ "\xe4\xb8\xad\xe6\x96\x87", 4 },
		{ "a\x1b[31mb", 6 },
		{ "a\nb", 3 },
		{ "\xff", 1 },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		is_int(paint_width(cases[i].text), cases[i].width,
		    "case %zu", i);
}

static void
test_text(void)
{
	static const struct { const char *text, *shown; } cases[] = {
		{ "plain", "plain" },
		{ "\033[2Jgone\007", "[2Jgone" },
		{ "two\nlines\tand", "two lines and" },
		{ "\xe2\x80\xae" "reversed", "reversed" },
		{ "c1 \xc2\x9b" "31m", "c1 31m" },
		{ "Zo\xc3\xab \xf0\x9f\x91\x8d",
		    "Zo\xc3\xab \xf0\x9f\x91\x8d" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct paint p = { .colour = false };

		paint_text(&p, PAINT_BAD, cases[i].text);
		is_text(buf_text(&p.out), cases[i].shown, "case %zu", i);
		paint_release(&p);
	}
}

static void
fill(struct table *t)
{
	table_cell(t, PAINT_BOLD, "edna");
	table_cellf(t, PAINT_PLAIN, "%d", 7);
	table_cell(t, PAINT_GOOD, "well");
	table_end_row(t);
	table_cell(t, PAINT_PLAIN, "zo\xc3\xab");
	table_cell(t, PAINT_PLAIN, "123");
	table_end_row(t);
	table_end_row(t);
	table_cell(t, PAINT_PLAIN, "christopher");
	table_end_row(t);
}

static void
test_table(void)
{
	static const char *const headings[] = { "Person", ">n", "How" };
	struct table *t = table_new(headings, 3);
	struct paint plain = { .colour = false }, colour = { .colour = true };

	fill(t);
	table_paint(t, &plain, 2);
	is_text(buf_text(&plain.out),
	    "  Person         n  How\n"
	    "  edna           7  well\n"
	    "  zo\xc3\xab          123\n"
	    "  christopher\n", "a table");
	table_paint(t, &colour, 0);
	ok(strstr(buf_text(&colour.out), "\033[32mwell\033[0m\n") != NULL,
	    "in colour");
	paint_release(&plain);
	paint_release(&colour);
	table_free(t);
	table_free(NULL);
}

int
main(void)
{
	test_width();
	test_text();
	test_table();
	return tap_done();
}

/*
 * Tables to be imported: how they may be encoded, and which rows are none.
 */
#include <stdlib.h>

#include "config/rows.h"
#include "base/buf.h"
#include "tap.h"

#define HEAD "id,name,phone\n"

static const struct {
	const char *what, *bytes;
	size_t n;		/* 0: up to the NUL */
	const char *rows;	/* NULL: the file is refused */
} cases[] = {
	{ "UTF-8", HEAD "renee,Ren\xc3\xa9" "e,1\n", 0,
	    "2 renee: name=Ren\xc3\xa9" "e phone=1\n" },
	{ "a byte order mark, semicolons and CRLF", "\xef\xbb\xbf" "id;name\r\n"
	    "a;Ann\r\n", 0, "2 a: name=Ann\n" },
	{ "Windows-1252", HEAD "renee,Ren\xe9" "e O\x92" "Neill \x80,1\n", 0,
	    "2 renee: name=Ren\xc3\xa9" "e O\xe2\x80\x99Neill \xe2\x82\xac"
	    " phone=1\n" },
	{ "neither", HEAD "a,A\x81,1\n", 0, NULL },
	{ "quotes", HEAD "a,\"Mr \"\"Al\"\" Ash, jun.\",1\n", 0,
	    "2 a: name=Mr \"Al\" Ash, jun. phone=1\n" },
	{ "an empty cell is nothing said", HEAD "a,,1\n", 0,
	    "2 a: phone=1\n" },
	{ "one id twice", HEAD "a,A,1\nb,B,2\na,C,3\n", 0,
	    "2 a: name=A phone=1\n3 b: name=B phone=2\n"
	    "4! the id a stands in line 2 too; give one of them another id,"
	    " or take the row away\n" },
	{ "a wrong quote spoils its row once", HEAD "a,\"A\"x,1\nb,B,2\n", 0,
	    "2! a quote stands within a text in quotes; write it twice"
	    " there\n3 b: name=B phone=2\n" },
	{ "a wrong id", HEAD "a b,A,1\n", 0, "2! id: \"a b\" is no id; write"
	    " letters, digits, - and _, at most 40 of them\n" },
	{ "an unknown column spoils all", "id,nam\na,A\n", 0, "bad\n1! the"
	    " first row names the columns, and there is none called \"nam\":"
	    " take it out or mend its name; did you mean \"name\"?\n2 a:\n" },
	{ "a NUL", HEAD "a,A\0B,1\n", sizeof(HEAD) + 7, "2! this line holds a"
	    " NUL byte; save the file as plain text (UTF-8)\n" },
	{ "UTF-16", "\xff\xfei\0d\0", 6, "bad\n1! this file is UTF-16; save"
	    " it as \"CSV UTF-8\"\n" },
	{ "nothing", "", 0, "bad\n1! the table is empty; its first row names"
	    " the columns, such as id,name,phone,round\n" },
};

static char *
say(const struct rows *r)
{
	struct buf b = BUF_EMPTY;

	buf_add(&b, r->bad ? "bad\n" : "");
	for (size_t i = 0; i < r->n; i++) {
		const struct rows_row *row = &r->rows[i];

		if (row->fault) {
			buf_addf(&b, "%d! %s\n", row->line, row->fault);
			continue;
		}
		buf_addf(&b, "%d %s:", row->line, row->id);
		for (size_t j = 0; j < row->n; j++)
			buf_addf(&b, " %s=%s", row->pairs[j].key,
			    row->pairs[j].value);
		buf_addc(&b, '\n');
	}
	return buf_take(&b);
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct err e = { "" };
		struct rows *r = rows_of(cases[i].bytes, cases[i].n > 0 ?
		    cases[i].n : strlen(cases[i].bytes),
		    &section_participant, &e);
		char *got = r ? say(r) : NULL;

		is_text(got, cases[i].rows, "%s", cases[i].what);
		if (!r)
			is_text(e.text, "it is neither UTF-8 nor"
			    " Windows-1252; save it in the spreadsheet as"
			    " \"CSV UTF-8\"", "%s: why", cases[i].what);
		free(got);
		rows_free(r);
	}
	return tap_done();
}

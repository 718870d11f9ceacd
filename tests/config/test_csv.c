/*
 * Tables of participants, as spreadsheets save them.
 */
#include "scheme.h"

#define HEAD "id,name,call_me,phone,round,consent,live\n"
#define TAIL ",morning,2026-09-01,yes\n"

static const struct {
	const char *what, *table;
	const char *said;	/* the mistakes */
	const char *people;	/* ids, lines and phones */
} cases[] = {
	{ "a table", HEAD "doris,Doris Ash,Doris,0115 496 0160" TAIL, "",
	    "doris:2:+441154960160" },
	{ "no line's end behind the last row", HEAD
	    "doris,Doris Ash,Doris,0115 496 0160,morning,2026-09-01,yes", "",
	    "doris:2:+441154960160" },
	{ "a byte order mark and CRLF", "\xef\xbb\xbf"
	    "id,name,call_me,phone\r\nd,D,D,0115 496 0160\r\n", "",
	    "d:2:+441154960160" },
	{ "semicolons", "id;name;call_me;phone\nd;Ash, Doris;D;0115 496 0160\n",
	    "", "d:2:+441154960160" },
	{ "tabs", "id\tname\tcall_me\tphone\nd\tD\tD\t0115 496 0160\n", "",
	    "d:2:+441154960160" },
	{ "headings as people write them", "ID, Name ,Call me,PHONE\n"
	    "d,D,D,0115 496 0160\n", "", "d:2:+441154960160" },
	{ "quotes", "id,name,call_me,phone\n\"d\",\"Ash, \"\"Dot\"\"\",D,"
	    "\"0115 496 0160\"\n", "", "d:2:+441154960160" },
	{ "a line's end in quotes", "id,name,call_me,phone\nd,\"Doris\nAsh\","
	    "D,0115 496 0160\ne,E,E,0115 496 0161\n", "",
	    "d:2:+441154960160 e:4:+441154960161" },
	{ "empty rows and cells", "id,name,call_me,phone,area\n,,,,\n\n"
	    "d,D,D,0115 496 0160,\n,,,,\n", "", "d:4:+441154960160" },
	{ "unbreakable blanks", "id,name,call_me,phone\n\xc2\xa0" "d\xc2\xa0,"
	    "D,D,0115\xc2\xa0" "496 0160\n", "", "d:2:+441154960160" },
	{ "empty columns at the end", "id,name,call_me,phone,,\nd,D,D,"
	    "0115 496 0160,,\n", "", "d:2:+441154960160" },
	{ "columns that repeat", "id,name,call_me,phone,away,away\nd,D,D,"
	    "0115 496 0160,2026-12-01,2026-12-24 to 2026-12-26\n", "",
	    "d:2:+441154960160" },
	{ "nothing", "", "p.csv:1: the table is empty; its first row names the"
	    " columns, such as id,name,phone,round\n", "" },
	{ "no id", "name,phone\nD,0115 496 0160\n", "p.csv:1: the table needs"
	    " one column called id; its first row names the columns, such as"
	    " id,name,phone,round\n", "" },
	{ "an unknown column", "id,name,call_me,phnoe\nd,D,D,1\n", "p.csv:1:"
	    " the first row names the columns, and there is none called"
	    " \"phnoe\": take it out or mend its name; did you mean"
	    " \"phone\"?\n", "" },
	{ "a column twice", "id,name,call_me,phone,phone\nd,D,D,"
	    "0115 496 0160,\n", "p.csv:1: the column phone stands twice; leave"
	    " one of them\n", "" },
	{ "too few cells", "id,name,call_me,phone\nd,D,D\n", "p.csv:2: this"
	    " row has 3 cells where the first row has 4; a text that holds a"
	    " separator needs quotes around it\n", "" },
	{ "too many cells", "id,name,call_me,phone\nd,Ash, Doris,D,"
	    "0115 496 0160\n", "p.csv:2: this row has 5 cells where the first"
	    " row has 4; a text that holds a separator needs quotes around"
	    " it\n", "" },
	{ "an open quote", "id,name,call_me,phone\nd,\"D,D,0115 496 0160\ne,E,"
	    "E,0115 496 0161\n", "p.csv:2: a quote is opened in this row and"
	    " never closed; close it behind the text\n", "" },
	{ "a quote within quotes", "id,name,call_me,phone\nd,\"A \"Dot\" B\",D,"
	    "0115 496 0160\n", "p.csv:2: a quote stands within a text in"
	    " quotes; write it twice there\n", "" },
	{ "a row without id", "id,name,call_me,phone\n,D,D,0115 496 0160\n",
	    "p.csv:2: id: \"\" is no id; write letters, digits, - and _, at"
	    " most 40 of them\n", "" },
	{ "not UTF-8", "id,name,call_me,phone\nd,Ren\xe9,D,0115 496 0160\n",
	    "p.csv:2: this line is not UTF-8; save the file as UTF-8 in the"
	    " editor\n", "" },
	{ "UTF-16", "\xff\xfe", "p.csv:1: this file is UTF-16; save it as"
	    " \"CSV UTF-8\"\n", "" },
	{ "a lost 0", HEAD "d,D,D,1154960160" TAIL, "p.csv:2: phone has lost"
	    " its leading 0, as happens in a spreadsheet; put the 0 back, such"
	    " as 07700 900123, and format the column as text\n", "" },
	{ "a lost 0 of a mobile", HEAD "d,D,D,7700900160" TAIL, "p.csv:2:"
	    " phone has lost its leading 0, as happens in a spreadsheet; put"
	    " the 0 back, such as 07700 900123, and format the column as"
	    " text\n", "" },
	{ "7.7E+09", HEAD "d,D,D,7.7E+09" TAIL, "p.csv:2: phone was turned into"
	    " a calculation's result (like 7.7E+09) by a spreadsheet; format"
	    " the column as text and type the number again, such as 07700"
	    " 900123\n", "" },
	{ "01/12/2026", HEAD "d,D,D,0115 496 0160,morning,01/12/2026,yes\n",
	    "p.csv:2: consent begins with its date: \"01/12/2026\" is not a"
	    " date that can be read in one way only; write year-month-day,"
	    " such as 2026-12-04 (in a spreadsheet, format the column as"
	    " text)\n", "" },
	{ "TRUE", HEAD "d,D,D,0115 496 0160,morning,2026-09-01,TRUE\n", "",
	    "d:2:+441154960160" },
	{ "each bad row", HEAD "a,A,A,999" TAIL "b,B,B,0115 496 0160" TAIL
	    "c,C,C,nine" TAIL, "p.csv:2: phone is an emergency number and is"
	    " never dialled; write the number of the person's own telephone\n"
	    "p.csv:4: phone holds letters; write the number alone, such as"
	    " 0115 496 0123\n", "" },
	{ "one id twice", HEAD "a,A,A,0115 496 0160" TAIL "a,B,B,0115 496 0161"
	    TAIL, "p.csv:3: two participants have the id a, the other in"
	    " TMP/p.csv:2; give one of them another id\n", "" },
	{ "without consent", HEAD "a,A,A,0115 496 0160,morning,,yes\n",
	    "p.csv:2: a live person needs their consent; write consent = and"
	    " its date, how, and who recorded it, or live = no\n", "" },
};

static char *
people(const struct config *c)
{
	struct buf b = BUF_EMPTY;

	for (size_t i = 0; c && i < c->n_participants; i++) {
		const struct config_participant *p = &c->participants[i];
		buf_addf(&b, "%s%s:%d:%s", i > 0 ? " " : "", p->id,
		    p->place.line, p->phone);
	}
	return buf_take(&b);
}

int
main(void)
{
	scheme_begin();
	/* The good scheme, with a table in place of its one person. */
	const char *edna = strstr(scheme_good, "[participant edna]");
	const char *asha = strstr(scheme_good, "[volunteer asha]");
	struct buf b = BUF_EMPTY;
	buf_add(&b, "[service]\ninclude = *.csv\n");
	const char *rest = strchr(scheme_good, '\n') + 1;
	buf_addn(&b, rest, (size_t)(edna - rest));
	buf_add(&b, asha);
	scheme_write("ringround.conf", buf_text(&b));
	buf_release(&b);
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *mistakes, *warnings;

		scheme_write("p.csv", cases[i].table);
		struct config *c = scheme_load(&mistakes, &warnings);
		char *got = people(c);
		is_text(mistakes, cases[i].said, "%s: mistakes",
		    cases[i].what);
		is_text(got, cases[i].people, "%s: people", cases[i].what);
		free(got);
		free(mistakes);
		free(warnings);
		config_free(c);
	}
	return tap_done();
}

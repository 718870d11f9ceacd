/*
 * Lists for other programs and for paper, to the byte where a program reads
 * them.
 */
#include "cli/listing.h"
#include "tap.h"

static const struct {
	const char *name, *value, *csv;
} values[] = {
	{ "nothing", "", "" },
	{ "plain", "K4F7", "K4F7" },
	{ "a comma", "Clarke, Edna", "\"Clarke, Edna\"" },
	{ "a quote", "Sam \"Sammy\" Okoro", "\"Sam \"\"Sammy\"\" Okoro\"" },
	{ "a line", "a\nb", "\"a\nb\"" },
	{ "a blank in front", " a", "\" a\"" },
	{ "not ASCII", "Zo\xc3\xab", "Zo\xc3\xab" },
	{ "a formula", "=HYPERLINK(\"http://x\")",
	    "\"'=HYPERLINK(\"\"http://x\"\")\"" },
	{ "plus", "+441154960123", "\"'+441154960123\"" },
	{ "minus", "-2+3", "\"'-2+3\"" },
	{ "at", "@SUM(A1)", "\"'@SUM(A1)\"" },
	{ "a tab before it", "\t=1", "\"'\t=1\"" },
	{ "a CR before it", "\r=1", "\"'\r=1\"" },
	{ "a sign within", "a=b", "a=b" },
};

static void
test_values(void)
{
	for (size_t i = 0; i < COUNT(values); i++) {
		struct buf b = BUF_EMPTY;

		listing_csv_value(values[i].value, &b);
		is_text(buf_text(&b), values[i].csv, "CSV: %s",
		    values[i].name);
		buf_release(&b);
	}
}

/* Documents stand here with ' for ". */
static json_t *
read_doc(const char *text)
{
	struct buf b = BUF_EMPTY;
	json_t *doc;

	for (; *text; text++)
		buf_addc(&b, *text == '\'' ? '"' : *text);
	doc = json_loads(buf_text(&b), 0, NULL);
	ok(doc != NULL, "the document is one");
	buf_release(&b);
	return doc;
}

#define FLAG "{ 'code': 'K4F7', 'participant': 'edna', 'name':"            \
	" '<b>Edna & Co', 'number': null, 'round': 'morning', 'date':"     \
	" '2026-12-04', 'reason': 'no_response', 'priority': 'high',"      \
	" 'state': 'open', 'owner': null, 'asked': 'tom', 'raised_at':"    \
	" '2026-12-04T10:00:00+00:00', 'deadline':"                        \
	" '2026-12-04T10:15:00+00:00', 'incident': 3, 'disposition': null,"\
	" 'ring_by': '2026-12-04T10:12:00+00:00',"                         \
	" 'phone': '+441154960123', 'area': 'Sneinton', 'contacts':"       \
	" [ { 'name': 'Brian', 'relation': 'son', 'number':"               \
	" '+447700900124', 'keyholder': true } ], 'attempts': [ { 'at':"   \
	" '2026-12-04T09:00:01+00:00', 'channel': 'call', 'outcome':"      \
	" 'no_answer' } ] }"
#define DOC "{ 'now': '2026-12-04T10:20:00+00:00', 'service': 'Check-in'," \
	" 'office_phone': '+441154960100', 'country_code': '44', 'for':"   \
	" null, 'flags': [ " FLAG " ] }"
#define EMPTY "{ 'now': '2026-12-04T10:20:00+00:00', 'service':"           \
	" 'Check-in', 'flags': [] }"

static char *
made(void (*make)(const json_t *, struct buf *), const char *text)
{
	struct buf b = BUF_EMPTY;
	json_t *doc = read_doc(text);

	make(doc, &b);
	json_decref(doc);
	return buf_take(&b);
}

static void
test_csv(void)
{
	char *got = made(listing_csv, DOC);

	is_text(got, "code,participant,name,number,round,date,reason,priority,"
	    "state,owner,asked,raised_at,deadline,incident,disposition,"
	    "false_alarm_reason,resolved_at,ring_by\r\n"
	    "K4F7,edna,<b>Edna & Co,,morning,2026-12-04,no_response,high,open,"
	    ",tom,2026-12-04T10:00:00+00:00,2026-12-04T10:15:00+00:00,3,,,,"
	    "2026-12-04T10:12:00+00:00\r\n",
	    "a row, and the names");
	free(got);
	got = made(listing_csv, EMPTY);
	ok(strchr(got, '\n') == got + strlen(got) - 1, "names alone: %s", got);
	free(got);
}

static void
is_whole(const char *page)
{
	ok(strncmp(page, "<!DOCTYPE html>", 15) == 0 &&
	    strstr(page, "</html>\n"), "a page");
	ok(!strstr(page, "src=") && !strstr(page, "href=") &&
	    !strstr(page, "url(") && !strstr(page, "<script"),
	    "whole in itself");
	ok(strstr(page, "size: A4"), "for A4");
}

static void
has(const char *page, const char *words)
{
	ok(strstr(page, words), "it has: %s", words);
}

static void
test_pages(void)
{
	char *got = made(listing_html, DOC);

	is_whole(got);
	has(got, "<td>K4F7</td><td>&lt;b&gt;Edna &amp; Co</td>"
	    "<td>no response</td><td>high</td><td>10:00</td><td>10:15</td>"
	    "<td>nobody</td>");
	free(got);
	got = made(listing_html, EMPTY);
	has(got, "No flag is open.");
	free(got);
	got = made(listing_sheet, DOC);
	is_whole(got);
	has(got, "&lt;b&gt;Edna &amp; Co");
	has(got, "<b>Promised a call by 10:12</b>");
	has(got, "Telephone 0115 496 0123. Area Sneinton");
	has(got, "<li>Brian, son, 07700 900124, has a key</li>");
	has(got, "We tried: 09:00 call, no answer.");
	has(got, "ring 999 first");
	has(got, "The office: 0115 496 0100.");
	has(got, "&#9744; safe helped");
	has(got, "&#9744; did not hear");
	ok(!strstr(got, "own word"), "what nobody can tick is no box");
	free(got);
	got = made(listing_sheet, EMPTY);
	is_whole(got);
	has(got, "No flag is open.");
	free(got);
}

int
main(void)
{
	test_values();
	test_csv();
	test_pages();
	return tap_done();
}

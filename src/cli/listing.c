#include "cli/listing.h"

#include <string.h>

#include "base/base.h"
#include "cli/doc.h"
#include "cli/when.h"
#include "rules/number.h"
#include "rules/state.h"

/* ---- CSV --------------------------------------------------------------- */

static const char *const columns[] = {
	"code", "participant", "name", "number", "round", "date", "reason",
	"priority", "state", "owner", "asked", "raised_at", "deadline",
	"incident", "disposition", "false_alarm_reason", "resolved_at",
	"ring_by",
};

void
listing_csv_value(const char *text, struct buf *b)
{
	bool formula = *text != '\0' && strchr("=+-@\t\r", *text);
	bool quoted = formula || strpbrk(text, ",\"\r\n\t;") ||
	    *text == ' ';

	if (!quoted) {
		buf_add(b, text);
		return;
	}
	buf_addc(b, '"');
	if (formula)
		buf_addc(b, '\'');
	for (; *text; text++) {
		if (*text == '"')
			buf_addc(b, '"');
		buf_addc(b, *text);
	}
	buf_addc(b, '"');
}

static void
add_cell(const json_t *flag, const char *key, struct buf *b)
{
	if (json_is_integer(json_object_get(flag, key)))
		buf_addf(b, "%lld", (long long)doc_int(flag, key));
	else
		listing_csv_value(doc_text(flag, key), b);
}

void
listing_csv(const json_t *doc, struct buf *b)
{
	const json_t *f;
	size_t i;

	for (size_t k = 0; k < COUNT(columns); k++)
		buf_addf(b, "%s%s", k > 0 ? "," : "", columns[k]);
	buf_add(b, "\r\n");
	json_array_foreach(doc_list(doc, "flags"), i, f) {
		for (size_t k = 0; k < COUNT(columns); k++) {
			if (k > 0)
				buf_addc(b, ',');
			add_cell(f, columns[k], b);
		}
		buf_add(b, "\r\n");
	}
}

/* ---- pages ------------------------------------------------------------- */

static const char style[] =
    "@page { size: A4; margin: 15mm }\n"
    "body { font: 11pt/1.35 sans-serif; color: #000; background: #fff;"
    " margin: 1em auto; max-width: 180mm }\n"
    "h1 { font-size: 16pt; margin: 0 } h2 { font-size: 14pt; margin: 0 }\n"
    "table { border-collapse: collapse; width: 100% }\n"
    "th, td { border: 1px solid #666; padding: 1mm 2mm; text-align: left;"
    " vertical-align: top }\n"
    "thead { display: table-header-group } tr { break-inside: avoid }\n"
    "section { border: 1.5pt solid #000; padding: 3mm; margin: 4mm 0;"
    " break-inside: avoid }\n"
    "p, ul { margin: 1mm 0 } .boxes span { display: inline-block;"
    " margin-right: 4mm; white-space: nowrap }\n"
    ".line { border-bottom: 1px solid #666; height: 7mm }\n";

static void
begin_page(struct buf *b, const char *title, const char *now)
{
	char day[WHEN_DAY_SIZE], clock[WHEN_CLOCK_SIZE];

	buf_add(b, "<!DOCTYPE html>\n<html lang=\"en\"><head>"
	    "<meta charset=\"utf-8\">\n<title>");
	buf_add_xml(b, title);
	buf_addf(b, "</title>\n<style>\n%s</style></head><body>\n<h1>", style);
	buf_add_xml(b, title);
	buf_addf(b, "</h1>\n<p>%s, %s. Names stand here: keep it to yourself,"
	    " and shred it.</p>\n", when_day(now, day),
	    when_clock(now, clock));
}

static void
end_page(struct buf *b)
{
	buf_add(b, "</body></html>\n");
}

static void
add_td(struct buf *b, const char *text)
{
	buf_add(b, "<td>");
	buf_add_xml(b, text);
	buf_add(b, "</td>");
}

/* The name; of a stranger the number. */
static const char *
whose(const json_t *f)
{
	const char *name = doc_text(f, "name");

	if (*name)
		return name;
	return *doc_text(f, "number") ? doc_text(f, "number") :
	    doc_text(f, "participant");
}

static void
add_row(struct buf *b, const json_t *f, const char *now)
{
	char words[DOC_WORDS_SIZE], when[WHEN_SIZE];
	const char *owner = doc_text(f, "owner");

	buf_add(b, "<tr>");
	add_td(b, doc_text(f, "code"));
	add_td(b, whose(f));
	add_td(b, doc_words(f, "reason", words));
	add_td(b, doc_text(f, "priority"));
	add_td(b, when_short(doc_text(f, "raised_at"), now, when));
	add_td(b, when_short(doc_text(f, "deadline"), now, when));
	add_td(b, *owner ? owner : "nobody");
	add_td(b, doc_words(f, "disposition", words));
	buf_add(b, "</tr>\n");
}

void
listing_html(const json_t *doc, struct buf *b)
{
	const json_t *f, *flags = doc_list(doc, "flags");
	size_t i;

	begin_page(b, "Flags", doc_text(doc, "now"));
	if (json_array_size(flags) == 0)
		buf_add(b, "<p>No flag is open.</p>\n");
	else
		buf_add(b, "<table><thead><tr><th>Code</th><th>Person</th>"
		    "<th>Why</th><th>Priority</th><th>Since</th>"
		    "<th>Deadline</th><th>Owner</th><th>How it ended</th></tr>"
		    "</thead><tbody>\n");
	json_array_foreach(flags, i, f)
		add_row(b, f, doc_text(doc, "now"));
	if (json_array_size(flags) > 0)
		buf_add(b, "</tbody></table>\n");
	end_page(b);
}

/* ---- the sheet --------------------------------------------------------- */

static void
add_number(struct buf *b, const json_t *o, const char *key, const char *what,
    const char *country)
{
	char national[NUMBER_NATIONAL_SIZE];

	if (!*doc_text(o, key))
		return;
	buf_add(b, what);
	buf_add_xml(b, number_national(doc_text(o, key), country, national));
}

static void
add_contacts(struct buf *b, const json_t *f, const char *country)
{
	const json_t *c, *all = doc_list(f, "contacts");
	size_t i;

	if (json_array_size(all) == 0)
		return;
	buf_add(b, "<p>Contacts, in this order:</p>\n<ol>\n");
	json_array_foreach(all, i, c) {
		buf_add(b, "<li>");
		buf_add_xml(b, doc_text(c, "name"));
		buf_add(b, ", ");
		buf_add_xml(b, doc_text(c, "relation"));
		add_number(b, c, "number", ", ", country);
		buf_add(b, doc_true(c, "keyholder") ?
		    ", has a key</li>\n" : "</li>\n");
	}
	buf_add(b, "</ol>\n");
}

static void
add_attempts(struct buf *b, const json_t *f, const char *now)
{
	const json_t *a, *all = doc_list(f, "attempts");
	char when[WHEN_SIZE], words[DOC_WORDS_SIZE];
	size_t i;

	if (json_array_size(all) == 0)
		return;
	buf_add(b, "<p>We tried: ");
	json_array_foreach(all, i, a)
		buf_addf(b, "%s%s %s%s%s", i > 0 ? "; " : "",
		    when_short(doc_text(a, "at"), now, when),
		    doc_text(a, "channel"),
		    *doc_text(a, "outcome") ? ", " : "",
		    doc_words(a, "outcome", words));
	buf_add(b, ".</p>\n");
}

static void
add_box(struct buf *b, const char *name)
{
	buf_add(b, "<span>&#9744; ");
	for (; *name; name++)
		buf_addc(b, *name == '_' ? ' ' : *name);
	buf_add(b, "</span>\n");
}

/* What is to be written down: how it ended, when, and who was spoken to. */
static void
add_form(struct buf *b)
{
	buf_add(b, "<p class=\"boxes\">How it ended: ");
	for (int d = DISPOSITION_SAFE; d < DISPOSITION_COUNT; d++)
		add_box(b, disposition_name((enum disposition)d));
	buf_add(b, "</p>\n<p class=\"boxes\">If it was a false alarm: ");
	for (int f = FALSE_ALARM_NONE + 1; f < FALSE_ALARM_COUNT; f++)
		add_box(b, false_alarm_name((enum false_alarm)f));
	buf_add(b, "</p>\n<p>Spoke to, at what time:</p>"
	    "<div class=\"line\"></div>\n"
	    "<p>What was said, and your name:</p><div class=\"line\"></div>"
	    "<div class=\"line\"></div>\n");
}

static void
add_flag(struct buf *b, const json_t *f, const json_t *doc)
{
	const char *country = doc_text(doc, "country_code");
	const char *now = doc_text(doc, "now");
	char words[DOC_WORDS_SIZE], when[WHEN_SIZE];

	buf_add(b, "<section>\n<h2>");
	buf_add_xml(b, doc_text(f, "code"));
	buf_add(b, " &middot; ");
	buf_add_xml(b, whose(f));
	buf_addf(b, "</h2>\n<p><b>%s</b>: %s", doc_text(f, "priority"),
	    doc_words(f, "reason", words));
	buf_addf(b, ", since %s", when_short(doc_text(f, "raised_at"), now,
	    when));
	if (*doc_text(f, "owner")) {
		buf_add(b, ". Taken by ");
		buf_add_xml(b, doc_text(f, "owner"));
	}
	if (*doc_text(f, "ring_by"))
		buf_addf(b, ". <b>Promised a call by %s</b>",
		    when_short(doc_text(f, "ring_by"), now, when));
	buf_add(b, "</p>\n<p>");
	add_number(b, f, "phone", "Telephone ", country);
	add_number(b, f, "alternate", ", or ", country);
	add_number(b, f, "text", ". Texts ", country);
	if (*doc_text(f, "area")) {
		buf_add(b, ". Area ");
		buf_add_xml(b, doc_text(f, "area"));
	}
	buf_add(b, "</p>\n");
	add_contacts(b, f, country);
	add_attempts(b, f, now);
	add_form(b);
	buf_add(b, "</section>\n");
}

void
listing_sheet(const json_t *doc, struct buf *b)
{
	const json_t *f, *flags = doc_list(doc, "flags");
	struct buf title = BUF_EMPTY;
	size_t i;

	buf_addf(&title, "%s: flags%s%s", doc_text(doc, "service"),
	    *doc_text(doc, "for") ? " of " : "", doc_text(doc, "for"));
	begin_page(b, buf_text(&title), doc_text(doc, "now"));
	buf_release(&title);
	buf_add(b, "<p><b>If somebody is in danger, ring 999 first.</b>");
	add_number(b, doc, "office_phone", " The office: ",
	    doc_text(doc, "country_code"));
	buf_add(b, ".</p>\n");
	if (json_array_size(flags) == 0)
		buf_add(b, "<p>No flag is open.</p>\n");
	json_array_foreach(flags, i, f)
		add_flag(b, f, doc);
	end_page(b);
}

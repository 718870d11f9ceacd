#include "cli/script.h"

#include "cli/doc.h"
#include "cli/flag.h"
#include "cli/when.h"

static void
show_person(const json_t *script, const char *key, const char *what,
    struct paint *p)
{
	const json_t *c = doc_object(script, key);

	if (!*doc_text(c, "name"))
		return;
	paint_add(p, "  %s %lld, ", what, (long long)doc_int(c, "place"));
	paint_text(p, PAINT_BOLD, doc_text(c, "name"));
	paint_add(p, " (");
	paint_text(p, PAINT_PLAIN, doc_text(c, "relation"));
	paint_add(p, "): ");
	paint_text(p, PAINT_BOLD, doc_text(c, "number"));
	paint_add(p, "\n");
}

static void
show_lists(const json_t *script, struct paint *p)
{
	const json_t *o;
	size_t i;

	json_array_foreach(doc_list(script, "checklist"), i, o) {
		paint_add(p, "  %-12s ", doc_text(o, "item"));
		paint_text(p, PAINT_PLAIN, doc_text(o, "question"));
		paint_add(p, "\n");
	}
	if (json_array_size(doc_list(script, "notes")) > 0)
		paint_add(p, "To note:");
	json_array_foreach(doc_list(script, "notes"), i, o)
		paint_add(p, "%s %s", i > 0 ? "," : "",
		    json_string_value(o));
	if (json_array_size(doc_list(script, "notes")) > 0)
		paint_add(p, "; see: ringround note --help\n");
}

static void
show_words(const json_t *flag, struct paint *p)
{
	const json_t *wrote = doc_object(flag, "wrote");
	char at[WHEN_SIZE];

	if (!*doc_text(wrote, "at"))
		return;
	paint_add(p, "%s they wrote: ", when_short(doc_text(wrote, "at"), "",
	    at));
	paint_text(p, PAINT_BOLD, doc_text(wrote, "text"));
	paint_add(p, "\n");
}

void
script_show(const json_t *flag, struct paint *p)
{
	const json_t *script = doc_object(flag, "script");

	flag_show(flag, p);
	if (!*doc_text(script, "step"))
		return;
	paint_text(p, PAINT_BAD, doc_text(script, "first"));
	paint_add(p, "\n");
	show_words(flag, p);
	paint_add(p, "\n");
	paint_text(p, PAINT_BOLD, doc_text(script, "title"));
	paint_add(p, "\n");
	paint_text(p, PAINT_PLAIN, doc_text(script, "why"));
	paint_add(p, " ");
	paint_text(p, PAINT_PLAIN, doc_text(script, "words"));
	paint_add(p, "\n");
	show_person(script, "contact", "Contact", p);
	show_person(script, "keyholder", "Keyholder: contact", p);
	paint_text(p, PAINT_PLAIN, doc_text(script, "stop"));
	paint_add(p, "\n");
	show_lists(script, p);
}

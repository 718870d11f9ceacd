#include "cli/next.h"

#include "cli/doc.h"
#include "cli/when.h"

void
next_show(const json_t *doc, struct paint *p)
{
	static const char *const headings[] = { "Person", "Name", "Next slot" };
	const json_t *slots = doc_list(doc, "next_slots"), *s;
	struct table *t;
	size_t i;

	if (json_array_size(slots) == 0) {
		paint_add(p, "Nobody is live: nobody will be asked.\n");
		return;
	}
	t = table_new(headings, COUNT(headings));
	json_array_foreach(slots, i, s) {
		const char *at = doc_text(s, "at");
		char text[WHEN_SIZE];

		table_cell(t, PAINT_PLAIN, doc_text(s, "participant"));
		table_cell(t, PAINT_PLAIN, doc_text(s, "name"));
		if (*at)
			table_cell(t, PAINT_PLAIN,
			    when_short(at, "", text));
		else
			table_cell(t, PAINT_WARN, "none in the next 60 days");
		table_end_row(t);
	}
	table_paint(t, p, 0);
	table_free(t);
}

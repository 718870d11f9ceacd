#include "cli/absent.h"

#include "cli/doc.h"

void
absent_list(const json_t *away, struct paint *p)
{
	static const char *const headings[] = {
		"Person", "Name", "What", "From", "Until", "By",
	};
	struct table *t = table_new(headings, COUNT(headings));
	char kind[DOC_WORDS_SIZE];
	const json_t *a;
	size_t i;

	json_array_foreach(away, i, a) {
		table_cell(t, PAINT_BOLD, doc_text(a, "participant"));
		table_cell(t, PAINT_PLAIN, doc_text(a, "name"));
		table_cell(t, PAINT_PLAIN, doc_words(a, "kind", kind));
		table_cell(t, PAINT_PLAIN, doc_text(a, "from"));
		table_cell(t, PAINT_PLAIN, doc_is_null(a, "until") ?
		    "a human says so" : doc_text(a, "until"));
		table_cell(t, PAINT_PLAIN, doc_is_null(a, "who") ?
		    doc_text(a, "way") : doc_text(a, "who"));
		table_end_row(t);
	}
	table_paint(t, p, 0);
	table_free(t);
}

void
absent_show(const json_t *doc, struct paint *p)
{
	const json_t *away = json_object_get(doc, "away");

	if (json_array_size(away) == 0)
		paint_add(p, "Nobody is away today.\n");
	else
		absent_list(away, p);
}

#include "cli/hold.h"

#include "cli/doc.h"

void
hold_show(const json_t *doc, struct paint *p)
{
	const json_t *holds = doc_list(doc, "holds"), *h;
	size_t i;

	if (json_array_size(holds) == 0)
		paint_add(p, "Nothing is on hold.\n");
	json_array_foreach(holds, i, h) {
		const char *round = doc_text(h, "round");

		paint_text(p, PAINT_BAD, "On hold: ");
		paint_text(p, PAINT_BOLD, *round ? round : "everything");
		paint_add(p, " (");
		paint_text(p, PAINT_PLAIN, doc_text(h, "reason"));
		paint_add(p, "), until: ringround resume%s",
		    *round ? " --round " : "");
		paint_text(p, PAINT_PLAIN, round);
		paint_add(p, "\n");
	}
}

#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/doc.h"
#include "net/form.h"

static json_t *
offline(const struct cli *c, const struct api_source *s, struct err *e)
{
	(void)c;
	return api_reviews(s, e);
}

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	const char *id = cli_option(c, "close");
	const char *word = cli_option(c, "word");
	struct buf form = BUF_EMPTY;
	enum cli_exit done;

	if (!id)
		return ask_read(c, "/api/reviews", offline, true, ret_doc);
	if (!word)
		return cli_misuse(c, "what was done about it? Say so by "
		    "--word");
	form_add(&form, "id", id);
	form_add(&form, "note", word);
	done = ask_write(c, "/api/review", &form, ret_doc);
	buf_release(&form);
	return done;
}

static void
show(const json_t *doc, struct paint *p)
{
	static const char *const headings[] = {
		">No", "Person", "Name", "Why", "Since", "What",
	};
	const json_t *reviews = doc_list(doc, "reviews"), *r;
	char kind[DOC_WORDS_SIZE];
	struct table *t;
	size_t i;

	if (json_array_size(reviews) == 0) {
		paint_add(p, "Nobody's set-up needs a look.\n");
		return;
	}
	t = table_new(headings, COUNT(headings));
	json_array_foreach(reviews, i, r) {
		table_cellf(t, PAINT_BOLD, "%lld", (long long)doc_int(r,
		    "id"));
		table_cell(t, PAINT_PLAIN, doc_text(r, "participant"));
		table_cell(t, PAINT_PLAIN, doc_text(r, "name"));
		table_cell(t, PAINT_WARN, doc_words(r, "kind", kind));
		table_cellf(t, PAINT_PLAIN, "%.10s", doc_text(r,
		    "raised_at"));
		table_cell(t, PAINT_PLAIN, doc_text(r, "detail"));
		table_end_row(t);
	}
	table_paint(t, p, 0);
	table_free(t);
}

const struct cli_command cmd_reviews = {
	.name = "reviews",
	.args = "",
	.summary = "List whose set-up needs a look, or close one",
	.details = "Found once a day by rule; nobody is alarmed by them. What "
	    "is closed is not raised\nagain for some weeks.\n",
	.examples = "  ringround reviews\n"
	            "  ringround reviews --close 7 --word \"rings at 10 "
	            "now\"\n",
	.options = {
		{ "close", "NO", "it is done with" },
		{ "word", "TEXT", "what was done about it" },
	},
	.run = run,
	.show = show,
};

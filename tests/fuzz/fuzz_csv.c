/*
 * A table of people: each row a section with an id of its own, whose cells
 * are text that may be shown, or a mistake with a line and a sentence.
 */
#include "fuzz.h"

#include "config/csv.h"
#include "config/rows.h"
#include "config/values.h"
#include "rules/text.h"

/* What csv_run is to be told about: a load of our own to it. */
struct seen {
	int line;		/* of the newest row */
	size_t rows, mistakes, bytes;
};

static void
see_section(void *arg, const struct reader_section *s)
{
	struct seen *seen = arg;

	must(strncmp(s->name, "participant ", 12) == 0);
	must(values_is_id(s->name + 12));
	must(s->line > seen->line);
	seen->line = s->line;
	seen->rows++;
	for (size_t i = 0; i < s->n; i++) {
		const char *c = s->pairs[i].value;

		must(s->pairs[i].key != NULL && *c != '\0');
		must(strchr(" \t", *c) == NULL);
		must(strchr(" \t", c[strlen(c) - 1]) == NULL);
		must(reader_line_fault(c, strlen(c)) == NULL);
	}
}

static void
see_mistake(void *arg, int line, const char *message)
{
	struct seen *seen = arg;

	must(line > 0 && message[0] != '\0');
	must(strlen(message) < 600);
	seen->mistakes++;
}

static void
see_bytes(void *arg, const void *bytes, size_t n)
{
	struct seen *seen = arg;

	(void)bytes;
	seen->bytes += n;
}

/* The same bytes as a table to be imported, in whatever code. */
static void
try_rows(const char *bytes, size_t n)
{
	struct err e = { "" };
	struct rows *r = rows_of(bytes, n, &section_participant, &e);

	must(r != NULL || e.text[0] != '\0');
	for (size_t i = 0; r && i < r->n; i++) {
		const struct rows_row *row = &r->rows[i];

		must(row->line > 0 && (row->fault != NULL ||
		    values_is_id(row->id)));
		for (size_t j = 0; j < row->n; j++)
			must(reader_line_fault(row->pairs[j].value,
			    strlen(row->pairs[j].value)) == NULL);
	}
	rows_free(r);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const struct reader_hooks hooks = { see_section, see_mistake,
		see_bytes };
	struct seen seen = { 0 };
	char *copy = fuzz_text(bytes, n);
	FILE *f;

	/* An empty file cannot be opened in memory everywhere. */
	f = n > 0 ? fmemopen(copy, n, "r") : fopen("/dev/null", "re");
	must(f != NULL);
	csv_run(f, &section_participant, &hooks, &seen);
	fclose(f);
	must(seen.bytes <= n);
	must(seen.rows > 0 || seen.mistakes > 0 || seen.bytes == n);
	try_rows(copy, n);
	free(copy);
	return 0;
}

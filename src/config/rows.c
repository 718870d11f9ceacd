#include "config/rows.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "config/csv.h"
#include "rules/text.h"

#define FILE_MAX_BYTES ((size_t)64 << 20)

/* ---- which bytes they are ---------------------------------------------- */

static bool
is_utf8(const struct buf *b)
{
	const char *s = buf_text(b), *end = s + b->len;

	/* A NUL is for the reader to find; UTF-16 has them everywhere. */
	while (s < end) {
		if (*s == '\0')
			s++;
		else if (text_next(&s) == TEXT_BAD)
			return false;
	}
	return true;
}

static bool
is_utf16(const struct buf *b)
{
	return b->len >= 2 && (memcmp(b->data, "\xff\xfe", 2) == 0 ||
	    memcmp(b->data, "\xfe\xff", 2) == 0);
}

static int
convert(struct buf *b, iconv_t how, struct err *e)
{
	size_t left = b->len, room = b->len * 3 + 1;
	char *in = b->data, *text = mem_alloc(room), *out = text;
	size_t n = room;

	if (iconv(how, &in, &left, &out, &n) == (size_t)-1) {
		free(text);
		return err_set(e, "it is neither UTF-8 nor Windows-1252; save"
		    " it in the spreadsheet as \"CSV UTF-8\"");
	}
	buf_clear(b);
	buf_addn(b, text, room - n);
	free(text);
	return 0;
}

/* Spreadsheets on Windows save a plain CSV in the code page of their country,
 * and nothing in the file says so. */
static int
make_utf8(struct buf *b, struct err *e)
{
	iconv_t how;
	int done;

	if (is_utf16(b) || is_utf8(b))
		return 0;
	how = iconv_open("UTF-8", "WINDOWS-1252");
	if (how == (iconv_t)-1)
		return err_set(e, "it is not UTF-8; save it in the spreadsheet"
		    " as \"CSV UTF-8\"");
	done = convert(b, how, e);
	iconv_close(how);
	return done;
}

/* ---- rows -------------------------------------------------------------- */

static struct rows_row *
add_row(struct rows *r, const char *id, int line, const char *fault)
{
	mem_reserve(&r->rows, r->n, &r->cap, sizeof(*r->rows));
	struct rows_row *row = &r->rows[r->n++];
	*row = (struct rows_row){ memory_text(r->memory, id), line, NULL, 0,
		fault ? memory_text(r->memory, fault) : NULL };
	return row;
}

/* The row of the section; a cell with a wrong quote was told before it. */
static struct rows_row *
row_of(struct rows *r, const struct reader_section *s)
{
	const char *id = strchr(s->name, ' ') + 1;
	struct rows_row *last = r->n > 0 ? &r->rows[r->n - 1] : NULL;

	if (!last || last->line != s->line)
		return add_row(r, id, s->line, NULL);
	last->id = memory_text(r->memory, id);
	return last;
}

static void
take_section(void *arg, const struct reader_section *s)
{
	struct rows *r = arg;
	struct rows_row *row = row_of(r, s);
	struct reader_pair *pairs = memory_alloc(r->memory,
	    s->n * sizeof(*pairs));

	for (size_t i = 0; i < s->n; i++) {
		pairs[i] = s->pairs[i];
		pairs[i].key = memory_intern(r->memory, s->pairs[i].key, NULL);
		pairs[i].value = memory_text(r->memory, s->pairs[i].value);
	}
	row->pairs = pairs;
	row->n = s->n;
}

static void
take_mistake(void *arg, int line, const char *message)
{
	struct rows *r = arg;

	r->bad = r->bad || line == 1;
	add_row(r, "", line, message);
}

static void
take_bytes(void *arg, const void *bytes, size_t n)
{
	(void)arg;
	(void)bytes;
	(void)n;
}

static int
by_id(const void *a, const void *b)
{
	const struct rows_row *const *x = a, *const *y = b;
	int order = strcmp((*x)->id, (*y)->id);

	return order != 0 ? order : (*x)->line - (*y)->line;
}

/* Which of two rows with one id is meant, nobody can know. */
static void
find_twins(struct rows *r)
{
	struct rows_row **sorted = mem_grow(NULL, r->n + 1, sizeof(*sorted));

	for (size_t i = 0; i < r->n; i++)
		sorted[i] = &r->rows[i];
	qsort(sorted, r->n, sizeof(*sorted), by_id);
	for (size_t i = 1; i < r->n; i++) {
		char *fault;

		if (sorted[i]->fault || !*sorted[i]->id ||
		    strcmp(sorted[i]->id, sorted[i - 1]->id) != 0)
			continue;
		fault = mem_printf("the id %s stands in line %d too; give one"
		    " of them another id, or take the row away",
		    sorted[i]->id, sorted[i - 1]->line);
		sorted[i]->fault = memory_text(r->memory, fault);
		free(fault);
	}
	free(sorted);
}

static struct rows *
parse(const struct buf *b, const struct section_kind *kind, struct err *e)
{
	static const struct reader_hooks hooks = { take_section, take_mistake,
		take_bytes };
	FILE *file = b->len > 0 ? fmemopen(b->data, b->len, "r") :
	    fopen("/dev/null", "re");
	struct rows *r;

	if (!file) {
		err_errno(e, "it cannot be read");
		return NULL;
	}
	r = mem_alloc(sizeof(*r));
	r->memory = memory_new();
	csv_run(file, kind, &hooks, r);
	fclose(file);
	find_twins(r);
	return r;
}

struct rows *
rows_of(const char *bytes, size_t n, const struct section_kind *kind,
    struct err *e)
{
	struct buf b = BUF_EMPTY;
	struct rows *r = NULL;

	buf_addn(&b, bytes, n);
	if (make_utf8(&b, e) == 0)
		r = parse(&b, kind, e);
	buf_release(&b);
	return r;
}

static int
read_whole(const char *path, struct buf *ret, struct err *e)
{
	char chunk[65536];
	size_t n;
	FILE *file = reader_open(path, e);
	int done = 0;

	if (!file)
		return -1;
	while ((n = fread(chunk, 1, sizeof(chunk), file)) > 0 &&
	    ret->len <= FILE_MAX_BYTES)
		buf_addn(ret, chunk, n);
	if (ferror(file))
		done = err_errno(e, "it cannot be read");
	else if (ret->len > FILE_MAX_BYTES)
		done = err_set(e, "it is larger than 64 MiB; split it");
	fclose(file);
	return done;
}

struct rows *
rows_read(const char *path, const struct section_kind *kind, struct err *e)
{
	struct buf b = BUF_EMPTY;
	struct rows *r = NULL;

	if (read_whole(path, &b, e) == 0)
		r = rows_of(buf_text(&b), b.len, kind, e);
	buf_release(&b);
	if (!r)
		err_wrap(e, "%s", path);
	return r;
}

void
rows_free(struct rows *r)
{
	if (!r)
		return;
	memory_free(r->memory);
	free(r->rows);
	free(r);
}

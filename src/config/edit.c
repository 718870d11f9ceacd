#include "config/edit.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "config/memory.h"

#define WISH 100	/* bytes that a line has at most where it can be */
#define INDENT "    "

struct line {
	const char *bytes;	/* its end is at the next one's */
	char *new;		/* in its place; NULL: as it is */
	bool gone;
	struct buf after;	/* whole lines */
};

struct pair {
	const char *key, *value;
	int line, last;		/* from 0; the last that goes on with it */
};

struct section {
	const char *name;
	int line;
	struct pair *pairs;
	size_t n;
};

/* What stands in a text, as the reader understands it. */
struct model {
	struct config_memory *memory;
	struct section *sections;
	size_t n, cap;
	uint64_t sum;		/* over all that is said; the order is free */
	size_t mistakes;
};

struct edit {
	char *bytes;
	size_t n_bytes;
	const char *eol;
	struct line *lines;	/* and one more, at the end of the bytes */
	int n_lines;
	struct model before, after;	/* by name; by line */
	uint64_t sum;		/* what it has to be after the orders */
	struct buf tail;	/* new sections */
	bool changed;
};

/* ---- what stands in a text --------------------------------------------- */

static uint64_t
hash_piece(uint64_t h, const char *text)
{
	for (; *text; text++)
		h = (h ^ (unsigned char)*text) * 0x100000001b3;
	return (h ^ 0xff) * 0x100000001b3;
}

/* One thing that is said, as a number (FNV-1a, and its bits mixed since such
 * numbers are added up). */
static uint64_t
saying(const char *section, const char *key, const char *value)
{
	uint64_t h = hash_piece(hash_piece(hash_piece(0xcbf29ce484222325,
	    section), key), value);

	h = (h ^ h >> 31) * 0x7fb5d329728ea185;
	return h ^ h >> 29;
}

static void
take_section(void *arg, const struct reader_section *s)
{
	struct model *m = arg;

	mem_reserve(&m->sections, m->n, &m->cap, sizeof(*m->sections));
	struct section *mine = &m->sections[m->n++];
	*mine = (struct section){ memory_text(m->memory, s->name),
		s->line - 1, NULL, s->n };
	mine->pairs = memory_alloc(m->memory, s->n * sizeof(*mine->pairs));
	for (size_t i = 0; i < s->n; i++) {
		const struct reader_pair *p = &s->pairs[i];

		mine->pairs[i] = (struct pair){
			memory_intern(m->memory, p->key, NULL),
			memory_text(m->memory, p->value), p->line - 1, 0 };
		m->sum += saying(s->name, p->key, p->value);
	}
}

static void
take_mistake(void *arg, int line, const char *message)
{
	struct model *m = arg;

	(void)line;
	(void)message;
	m->mistakes++;
}

static int
read_model(struct model *m, const char *bytes, size_t n, struct err *e)
{
	static const struct reader_hooks hooks = { take_section, take_mistake,
		NULL };
	int done;
	FILE *file;

	m->memory = memory_new();
	if (n == 0)
		return 0;
	file = fmemopen((char *)(uintptr_t)bytes, n, "r");
	if (!file)
		return err_errno(e, "the text cannot be read");
	done = reader_run(file, &hooks, m, e);
	fclose(file);
	return done;
}

static void
release_model(struct model *m)
{
	memory_free(m->memory);
	free(m->sections);
	*m = (struct model){ NULL, NULL, 0, 0, 0, 0 };
}

static int
by_name(const void *a, const void *b)
{
	const struct section *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order != 0 ? order : x->line - y->line;
}

/* ---- lines ------------------------------------------------------------- */

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static size_t
line_size(const struct edit *t, int i)
{
	return (size_t)(t->lines[i + 1].bytes - t->lines[i].bytes);
}

/* The line's bytes without its end. */
static size_t
line_len(const struct edit *t, int i)
{
	const char *s = t->lines[i].bytes;
	size_t n = line_size(t, i);

	if (n > 0 && s[n - 1] == '\n')
		n--;
	if (n > 0 && s[n - 1] == '\r')
		n--;
	return n;
}

static void
split_lines(struct edit *t)
{
	const char *end = t->bytes + t->n_bytes, *s = t->bytes;
	size_t cap = 0, n = 0;

	while (s < end) {
		const char *newline = memchr(s, '\n', (size_t)(end - s));

		mem_reserve(&t->lines, n, &cap, sizeof(*t->lines));
		t->lines[n++] = (struct line){ .bytes = s };
		s = newline ? newline + 1 : end;
	}
	mem_reserve(&t->lines, n, &cap, sizeof(*t->lines));
	t->lines[n] = (struct line){ .bytes = end };
	t->n_lines = (int)n;
	t->eol = n > 0 && line_size(t, 0) > line_len(t, 0) + 1 ? "\r\n" : "\n";
}

/* The last line that goes on with the value in a line: see reader.h. */
static int
last_line(const struct edit *t, int line)
{
	int last = line;

	for (int i = line + 1; i < t->n_lines; i++) {
		const char *s = t->lines[i].bytes;
		size_t n = line_len(t, i), blanks = 0;

		while (blanks < n && is_blank(s[blanks]))
			blanks++;
		if (blanks == n || s[blanks] == ';' || s[blanks] == '#')
			continue;
		if (blanks == 0)
			break;
		last = i;
	}
	return last;
}

struct edit *
edit_new(const char *bytes, size_t n)
{
	struct edit *t = mem_alloc(sizeof(*t));
	struct model *m = &t->before;

	t->bytes = mem_dupn(bytes, n);
	t->n_bytes = n;
	split_lines(t);
	/* Bytes in memory can be read. */
	if (read_model(m, t->bytes, n, NULL) == -1)
		m->mistakes++;
	if (m->n > 0)
		qsort(m->sections, m->n, sizeof(*m->sections), by_name);
	for (size_t i = 0; i < m->n; i++) {
		struct section *s = &m->sections[i];
		for (size_t j = 0; j < s->n; j++)
			s->pairs[j].last = last_line(t, s->pairs[j].line);
	}
	t->sum = m->sum;
	return t;
}

void
edit_free(struct edit *t)
{
	if (!t)
		return;
	for (int i = 0; i < t->n_lines; i++) {
		free(t->lines[i].new);
		buf_release(&t->lines[i].after);
	}
	free(t->lines);
	free(t->bytes);
	buf_release(&t->tail);
	release_model(&t->before);
	release_model(&t->after);
	free(t);
}

/* ---- what stands there ------------------------------------------------- */

static const struct section *
find_section(const struct edit *t, const char *name)
{
	const struct model *m = &t->before;
	size_t low = 0, high = m->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (strcmp(m->sections[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < m->n && strcmp(m->sections[low].name, name) == 0
	    ? &m->sections[low] : NULL;
}

/* The pair of the key's i-th line. */
static const struct pair *
find_pair(const struct section *s, const char *key, size_t i)
{
	for (size_t j = 0; s && j < s->n; j++) {
		if (strcmp(s->pairs[j].key, key) == 0 && i-- == 0)
			return &s->pairs[j];
	}
	return NULL;
}

bool
edit_has(const struct edit *t, const char *section)
{
	return find_section(t, section) != NULL;
}

const char *
edit_value(const struct edit *t, const char *section, const char *key,
    size_t i)
{
	const struct pair *p = find_pair(find_section(t, section), key, i);

	return p ? p->value : NULL;
}

/* ---- writing a value --------------------------------------------------- */

static int
check_value(const char *key, const char *value, struct err *e)
{
	const char *fault = reader_line_fault(value, strlen(value));

	if (fault)
		return err_set(e, "%s: what it is to be holds a sign that"
		    " cannot stand in a configuration; type it again", key);
	if (*value == ';' || strstr(value, " ;") || strstr(value, "\t;"))
		return err_set(e, "%s: what stands behind \" ;\" would be a"
		    " comment; write a comma instead", key);
	if (*value == '\0' || is_blank(*value) ||
	    is_blank(value[strlen(value) - 1]))
		return err_set(e, "%s: it is empty, or has blanks around it",
		    key);
	return 0;
}

/* Where the piece of the value ends that fits into so many bytes: at a blank,
 * where the rest may begin a line. */
static size_t
piece(const char *value, size_t room)
{
	size_t n = strlen(value), best = n;

	for (size_t i = 1; i + 1 < n; i++) {
		if (value[i] != ' ' || is_blank(value[i - 1]) ||
		    strchr(" \t;#[", value[i + 1]))
			continue;
		if (i > room && best < n)
			break;
		best = i;
		if (i > room)
			break;
	}
	return best;
}

/* The value behind used bytes of its line, on further lines where it is
 * long; without a line's end behind it. */
static void
add_value(const struct edit *t, struct buf *b, size_t used, const char *value)
{
	while (used + strlen(value) > WISH) {
		size_t n = piece(value, used < WISH ? WISH - used : 0);

		if (value[n] == '\0')
			break;
		buf_addn(b, value, n);
		buf_add(b, t->eol);
		buf_add(b, INDENT);
		value += n + 1;
		used = strlen(INDENT);
	}
	buf_add(b, value);
}

/* Where the value begins in a line with a key, and where it ends before its
 * comment or the line's end. */
static void
find_value(const char *s, size_t n, size_t *ret_from, size_t *ret_to)
{
	size_t i = 0;

	while (i < n && s[i] != '=' && s[i] != ':')
		i++;
	if (i < n)
		i++;
	while (i < n && is_blank(s[i]))
		i++;
	*ret_from = i;
	/* A blank before the sign counts also where it is the first. */
	while (i < n && !(s[i] == ';' && i > 0 && is_blank(s[i - 1])))
		i++;
	while (i > *ret_from && is_blank(s[i - 1]))
		i--;
	*ret_to = i;
}

static void
remove_lines(struct edit *t, const struct pair *p)
{
	for (int i = p->line; i <= p->last; i++) {
		const char *s = t->lines[i].bytes;
		size_t n = line_len(t, i), blanks = 0;

		while (blanks < n && is_blank(s[blanks]))
			blanks++;
		/* Comments and blank lines between its parts stay. */
		if (i == p->line || (blanks < n && s[blanks] != ';' &&
		    s[blanks] != '#'))
			t->lines[i].gone = true;
	}
}

static void
replace_value(struct edit *t, const struct pair *p, const char *value)
{
	struct line *line = &t->lines[p->line];
	size_t n = line_len(t, p->line), from, to;
	struct buf b = BUF_EMPTY;

	find_value(line->bytes, n, &from, &to);
	buf_addn(&b, line->bytes, from);
	if (from > 0 && !is_blank(line->bytes[from - 1]))
		buf_addc(&b, ' ');
	add_value(t, &b, b.len, value);
	buf_addn(&b, line->bytes + to, line_size(t, p->line) - to);
	remove_lines(t, p);
	line->gone = false;
	free(line->new);
	line->new = buf_take(&b);
}

/* The column of the signs, where all of the section's agree; else 0. */
static size_t
column(const struct edit *t, const struct section *s)
{
	size_t at = 0;

	for (size_t i = 0; i < s->n; i++) {
		const char *bytes = t->lines[s->pairs[i].line].bytes;
		size_t n = strcspn(bytes, "=:");

		if (i > 0 && n != at)
			return 0;
		at = n;
	}
	return at;
}

static void
add_line(const struct edit *t, struct buf *b, size_t at, const char *key,
    const char *value)
{
	size_t before = b->len, n = strlen(key);

	buf_add(b, key);
	buf_addf(b, "%*s= ", at > n ? (int)(at - n) : 1, "");
	add_value(t, b, b->len - before, value);
	buf_add(b, t->eol);
}

/* ---- orders ------------------------------------------------------------ */

/* A line more behind the key's last, or behind the section's last. */
static void
insert_line(struct edit *t, const struct section *s, const char *key,
    const char *value)
{
	int line = s->line;

	for (size_t i = 0; i < s->n; i++) {
		if (s->pairs[i].last > line)
			line = s->pairs[i].last;
	}
	for (size_t i = 0; i < s->n; i++) {
		if (strcmp(s->pairs[i].key, key) == 0)
			line = s->pairs[i].last;
	}
	add_line(t, &t->lines[line].after, column(t, s), key, value);
	t->sum += saying(s->name, key, value);
	t->changed = true;
}

int
edit_put(struct edit *t, const char *section, const char *key,
    const char *const *values, size_t n, struct err *e)
{
	const struct section *s = find_section(t, section);
	const struct pair *p;

	if (!s)
		return err_set(e, "there is no [%s] in the file", section);
	for (size_t i = 0; i < n; i++) {
		if (check_value(key, values[i], e) == -1)
			return -1;
	}
	for (size_t i = 0; (p = find_pair(s, key, i)) || i < n; i++) {
		if (p && i < n && strcmp(p->value, values[i]) == 0)
			continue;
		if (!p) {
			insert_line(t, s, key, values[i]);
			continue;
		}
		if (i < n)
			replace_value(t, p, values[i]);
		else
			remove_lines(t, p);
		t->sum -= saying(s->name, key, p->value);
		t->sum += i < n ? saying(s->name, key, values[i]) : 0;
		t->changed = true;
	}
	return 0;
}

int
edit_more(struct edit *t, const char *section, const char *key,
    const char *value, struct err *e)
{
	const struct section *s = find_section(t, section);

	if (!s)
		return err_set(e, "there is no [%s] in the file", section);
	if (check_value(key, value, e) == -1)
		return -1;
	insert_line(t, s, key, value);
	return 0;
}

/* Is something before the tail that wants a blank line behind it? */
static bool
wants_gap(const struct edit *t)
{
	if (t->tail.len > 0)
		return true;
	return t->n_lines > 0 && line_len(t, t->n_lines - 1) > 0;
}

int
edit_add(struct edit *t, const char *section, const struct reader_pair *pairs,
    size_t n, struct err *e)
{
	size_t at = 0;

	for (size_t i = 0; i < n; i++) {
		size_t len = strlen(pairs[i].key) + 1;

		if (check_value(pairs[i].key, pairs[i].value, e) == -1)
			return -1;
		at = len > at ? len : at;
	}
	if (wants_gap(t))
		buf_add(&t->tail, t->eol);
	buf_addf(&t->tail, "[%s]%s", section, t->eol);
	for (size_t i = 0; i < n; i++) {
		add_line(t, &t->tail, at, pairs[i].key, pairs[i].value);
		t->sum += saying(section, pairs[i].key, pairs[i].value);
	}
	t->changed = true;
	return 0;
}

bool
edit_is_changed(const struct edit *t)
{
	return t->changed;
}

/* ---- what comes of it -------------------------------------------------- */

static void
end_line(const struct edit *t, struct buf *b, size_t before)
{
	if (b->len > before && b->data[b->len - 1] != '\n')
		buf_add(b, t->eol);
}

int
edit_text(struct edit *t, struct buf *ret, struct err *e)
{
	size_t before = ret->len;

	for (int i = 0; i < t->n_lines; i++) {
		const struct line *line = &t->lines[i];

		if (line->new)
			buf_add(ret, line->new);
		else if (!line->gone)
			buf_addn(ret, line->bytes, line_size(t, i));
		if (line->after.len > 0) {
			end_line(t, ret, before);
			buf_addn(ret, line->after.data, line->after.len);
		}
	}
	if (t->tail.len > 0) {
		end_line(t, ret, before);
		buf_addn(ret, t->tail.data, t->tail.len);
	}
	release_model(&t->after);
	if (read_model(&t->after, buf_text(ret) + before, ret->len - before,
	        e) == -1)
		return -1;
	if (t->after.sum != t->sum || t->after.mistakes > t->before.mistakes)
		return err_set(e, "what was asked for cannot be written into"
		    " this file so that it is read again as it was meant;"
		    " change it in an editor");
	return 0;
}

const char *
edit_section_at(const struct edit *t, int line)
{
	const struct model *m = &t->after;
	size_t low = 0, high = m->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (m->sections[middle].line < line)
			low = middle + 1;
		else
			high = middle;
	}
	return low > 0 ? m->sections[low - 1].name : NULL;
}

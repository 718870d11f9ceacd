/*
 * The reader, by a table of files, and against inih alone on random ones.
 */
#include <ini.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/random.h"
#include "config/reader.h"
#include "tap.h"

struct dump {
	struct buf said;	/* sections, keys and values */
	struct buf wrong;	/* mistakes */
	size_t bytes;
};

static void
on_section(void *arg, const struct reader_section *s)
{
	struct dump *d = arg;

	buf_addf(&d->said, "%d[%s]", s->line, s->name);
	for (size_t i = 0; i < s->n; i++) {
		const struct reader_pair *p = &s->pairs[i];
		buf_addf(&d->said, " %d%s=<%s>", p->line, p->key, p->value);
		if (p->cut_line > 0)
			buf_addf(&d->said, "!%d", p->cut_line);
	}
	buf_add(&d->said, "\n");
}

static void
on_mistake(void *arg, int line, const char *message)
{
	struct dump *d = arg;

	buf_addf(&d->wrong, "%d: %.30s\n", line, message);
}

static void
on_bytes(void *arg, const void *bytes, size_t n)
{
	struct dump *d = arg;

	(void)bytes;
	d->bytes += n;
}

static void
run(const void *bytes, size_t n, struct dump *d)
{
	static const struct reader_hooks hooks = { on_section, on_mistake,
		on_bytes };
	FILE *file = tmpfile();
	struct err e;

	*d = (struct dump){ BUF_EMPTY, BUF_EMPTY, 0 };
	if (!file || fwrite(bytes, 1, n, file) != n) {
		printf("Bail out! no temporary file\n");
		exit(1);
	}
	rewind(file);
	if (reader_run(file, &hooks, d, &e) == -1)
		printf("# %s\n", e.text);
	fclose(file);
}

static void
release(struct dump *d)
{
	buf_release(&d->said);
	buf_release(&d->wrong);
}

#define TEN "0123456789"
#define FORTY TEN TEN TEN TEN

static const struct {
	const char *name, *text, *said, *wrong;
} cases[] = {
	{ "nothing", "", "", "" },
	{ "a section", "[a b]\nx = 1\n", "1[a b] 2x=<1>\n", "" },
	{ "no line's end at the end", "[a]\nx = 1", "1[a] 2x=<1>\n", "" },
	{ "CRLF", "[a]\r\nx = 1\r\n", "1[a] 2x=<1>\n", "" },
	{ "a byte order mark", "\xef\xbb\xbf[a]\nx=1\n", "1[a] 2x=<1>\n", "" },
	{ "blanks in a heading", "[  a \t b ]\nx=1\n", "1[a b] 2x=<1>\n", "" },
	{ "a colon", "[a]\nx : 1\n", "1[a] 2x=<1>\n", "" },
	{ "an empty value", "[a]\nx =\n", "1[a] 2x=<>\n", "" },
	{ "a sign in a value", "[a]\nx = a=b:c\n", "1[a] 2x=<a=b:c>\n", "" },
	{ "an empty section", "[a]\n[b]\nx=1\n[c]", "1[a]\n2[b] 3x=<1>\n4[c]\n",
	    "" },
	{ "the same section twice", "[a]\nx=1\n[a]\ny=1\n",
	    "1[a] 2x=<1>\n3[a] 4y=<1>\n", "" },
	{ "comments", "; c\n# c\n[a] ; c\nx=1 ; c\n;y=2\n",
	    "1[a]\n", "" },
	{ "a line that goes on", "[a]\nx = 1\n  2\n\t3\ny = 4\n",
	    "1[a] 2x=<1 2 3> 5y=<4>\n", "" },
	{ "on an empty value", "[a]\nx =\n  2\n", "1[a] 2x=<2>\n", "" },
	{ "behind a blank line", "[a]\nx = 1\n\n  2\n", "1[a] 2x=<1 2>\n",
	    "" },
	{ "the same key again is another", "[a]\nx = 1\nx = 2\n",
	    "1[a] 2x=<1> 3x=<2>\n", "" },
	{ "an indented first key", "[a]\n  x = 1\n", "1[a] 2x=<1>\n", "" },
	{ "an indented second key", "[a]\nx = 1\n  y = 1\n", "1[a] 2x=<1>\n",
	    "3: a line that begins with a blan\n" },
	{ "an indented section", "[a]\nx = 1\n [b]\n", "1[a] 2x=<1>\n",
	    "3: a line that begins with a blan\n" },
	{ "words behind \" ;\"", "[a]\nx = 1 ; 2\n", "1[a] 2x=<1>!2\n", "" },
	{ "a ; without a blank", "[a]\nx = 1; 2\n", "1[a] 2x=<1; 2>\n", "" },
	{ "and in what goes on", "[a]\nx = 1\n 2 ; 3\n", "1[a] 2x=<1 2>!3\n",
	    "" },
	{ "an indented comment", "[a]\nx = 1\n #2\n", "1[a] 2x=<1>!3\n", "" },
	{ "one behind a blank line", "[a]\nx = 1\n\n # c\n", "1[a] 2x=<1>\n",
	    "" },
	{ "199 bytes", "[a]\nx=" FORTY FORTY FORTY FORTY TEN TEN TEN "1234567"
	    "\ny=1\n", "1[a] 2x=<" FORTY FORTY FORTY FORTY TEN TEN TEN
	    "1234567> 3y=<1>\n", "" },
	{ "200 bytes", "[a]\nx=" FORTY FORTY FORTY FORTY TEN TEN TEN "12345678"
	    "\n  z\ny=1\n", "1[a] 4y=<1>\n",
	    "2: this line is longer than 199 b\n" },
	{ "199 bytes and CRLF", "[a]\nx=" FORTY FORTY FORTY FORTY TEN TEN TEN
	    "1234567\r\n", "1[a] 2x=<" FORTY FORTY FORTY FORTY TEN TEN TEN
	    "1234567>\n", "" },
	{ "a long line that inih would make a key of", "[a]\nu=" FORTY FORTY
	    FORTY FORTY FORTY "&token=SECRET\n", "1[a]\n",
	    "2: this line is longer than 199 b\n" },
	{ "a heading of 49 bytes", "[" FORTY "123456789]\nx=1\n",
	    "1[" FORTY "123456789] 2x=<1>\n", "" },
	{ "a heading of 50 bytes", "[" FORTY TEN "]\nx=1\n[b]\ny=1\n",
	    "3[b] 4y=<1>\n", "1: a section's heading is longer \n" },
	{ "a heading that is not closed", "[a\nx=1\n[b]\ny=1\n",
	    "3[b] 4y=<1>\n", "1: a section's heading has no clo\n" },
	{ "words behind a heading", "[a] x=1\n", "",
	    "1: something stands behind a sect\n" },
	{ "no sign", "[a]\nx 1\n  2\ny=1\n", "1[a] 4y=<1>\n",
	    "2: this line is neither a [sectio\n" },
	{ "no key", "[a]\n= 1\n", "1[a]\n",
	    "2: there is no key before the sig\n" },
	{ "a key before all sections", "x=1\n[a]\n", "2[a]\n",
	    "1: this line stands before the fi\n" },
	{ "Latin 1", "[a]\nx=caf\xe9\ny=1\n", "1[a] 3y=<1>\n",
	    "2: this line is not UTF-8; save t\n" },
	{ "a control character", "[a]\nx=\001\n", "1[a]\n",
	    "2: this line holds a control char\n" },
	{ "UTF-16", "\xff\xfe[", "", "1: this file is UTF-16; save it a\n" },
	{ "all at once", "[a]\nx\n= 1\n[b\n[c]\ny=\xff\n", "1[a]\n5[c]\n",
	    "2: this line is neither a [sectio\n"
	    "3: there is no key before the sig\n"
	    "4: a section's heading has no clo\n"
	    "6: this line is not UTF-8; save t\n" },
};

static void
table(void)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct dump d;

		run(cases[i].text, strlen(cases[i].text), &d);
		/* One row of comments has a key that they cut. */
		if (strcmp(cases[i].name, "comments") == 0)
			is_text(buf_text(&d.said), "3[a] 4x=<1>!4\n", "%s",
			    cases[i].name);
		else
			is_text(buf_text(&d.said), cases[i].said, "%s",
			    cases[i].name);
		is_text(buf_text(&d.wrong), cases[i].wrong, "%s: mistakes",
		    cases[i].name);
		is_int(d.bytes, strlen(cases[i].text), "%s: all bytes",
		    cases[i].name);
		release(&d);
	}
}

static void
with_nul(void)
{
	static const char text[] = "[a]\nx=1\0y\nz=1\n";
	struct dump d;

	run(text, sizeof(text) - 1, &d);
	is_text(buf_text(&d.said), "1[a] 3z=<1>\n", "a NUL");
	is_text(buf_text(&d.wrong), "2: this line holds a NUL byte; sa\n",
	    "is a mistake");
	release(&d);
}

/* inih alone, with our way of joining lines: what a heading and a pair are
 * must be the same for it and for us. */
struct alone {
	struct buf said;
	char section[64], key[64];
};

static int
on_alone(void *arg, const char *section, const char *key, const char *value)
{
	struct alone *a = arg;

	buf_addf(&a->said, "[%s]%s=%s\n", section, key, value);
	return 1;
}

static void
on_ours(void *arg, const struct reader_section *s)
{
	struct dump *d = arg;

	for (size_t i = 0; i < s->n; i++)
		buf_addf(&d->said, "[%s]%s=%s\n", s->name, s->pairs[i].key,
		    s->pairs[i].value);
}

static size_t
random_file(struct random *r, char *text, size_t size, bool joined)
{
	static const char letters[] = "ab =:;#[]\t\n\n";
	size_t n = 1 + random_below(r, (uint32_t)size - 1);

	for (size_t i = 0; i < n; i++) {
		text[i] = letters[random_below(r, COUNT(letters) - 1)];
		/* Without continued lines both say the same word for word. */
		if (!joined && i > 0 && text[i - 1] == '\n' &&
		    (text[i] == ' ' || text[i] == '\t'))
			text[i] = 'a';
	}
	text[n] = '\0';
	return n;
}

static void
against_inih(void)
{
	static const struct reader_hooks hooks = { on_ours, on_mistake, NULL };
	int compared = 0, differ = 0, lost = 0;
	struct random r;

	random_init_seed(&r, 20261204);
	for (int i = 0; i < 60000; i++) {
		struct alone a = { BUF_EMPTY, "", "" };
		struct dump d = { BUF_EMPTY, BUF_EMPTY, 0 };
		char text[60];
		struct err e;

		size_t n = random_file(&r, text, sizeof(text) - 1, i % 2);
		FILE *file = fmemopen(text, n, "r");
		if (!file || reader_run(file, &hooks, &d, &e) == -1)
			lost++;
		if (file)
			fclose(file);
		lost += strstr(buf_text(&d.wrong), "cannot be under") != NULL;
		/* Blanks in headings are ours to tidy. */
		bool plain = i % 2 == 0 && d.wrong.len == 0 &&
		    !strstr(text, "[ ") && !strchr(text, '\t') &&
		    !strstr(text, " ]") && !strstr(text, "  ");
		if (plain) {
			ini_parse_string(text, on_alone, &a);
			compared++;
			if (strcmp(buf_text(&a.said), buf_text(&d.said)) != 0 &&
			    ++differ < 5)
				printf("# \"%s\" gives \"%s\" and \"%s\"\n",
				    text, buf_text(&d.said), buf_text(&a.said));
		}
		buf_release(&a.said);
		release(&d);
	}
	ok(compared > 500, "%d random files compared with inih", compared);
	is_int(differ, 0, "none reads otherwise");
	is_int(lost, 0, "and inih is never surprised");
}

/* What is no plain file is refused, and nobody waits for it. */
static void
no_file(void)
{
	char folder[] = "/tmp/test-reader-XXXXXX", path[64];
	struct err e;

	ok(mkdtemp(folder) != NULL, "a folder");
	snprintf(path, sizeof(path), "%s/x.conf", folder);
	is_int(mkfifo(path, 0600), 0, "a pipe in it");
	alarm(20);
	ok(reader_open(path, &e) == NULL, "it is not opened");
	alarm(0);
	is_text(e.text, "it is no regular file", "and not waited for");
	unlink(path);
	ok(reader_open(path, &e) == NULL, "nor is what is not there");
	ok(reader_open(folder, &e) == NULL, "nor a folder");
	rmdir(folder);
}

int
main(void)
{
	table();
	with_nul();
	no_file();
	against_inih();
	return tap_done();
}

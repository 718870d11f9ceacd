/*
 * scheme.h - schemes for tests: files in a folder of their own, loaded, and
 * what was said about them.
 */
#ifndef SCHEME_H
#define SCHEME_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "config/config.h"
#include "tap.h"

static char scheme_folder[] = "/tmp/ringround-test-XXXXXX";

/* A path in the folder; valid until the fourth next call. */
static const char *
scheme_path(const char *name)
{
	static char paths[4][256];
	static int next;
	char *path = paths[next++ % 4];

	snprintf(path, 256, "%s/%s", scheme_folder, name);
	return path;
}

/* n bytes into a file of the folder, which only we may read. */
static __attribute__((unused)) void
scheme_write_bytes(const char *name, const void *bytes, size_t n)
{
	FILE *file = fopen(scheme_path(name), "we");

	if (!file || fwrite(bytes, 1, n, file) != n || fclose(file) != 0) {
		printf("Bail out! %s cannot be written\n", name);
		exit(1);
	}
	chmod(scheme_path(name), 0600);
}

static __attribute__((unused)) void
scheme_write(const char *name, const char *text)
{
	scheme_write_bytes(name, text, strlen(text));
}

static __attribute__((unused)) void
scheme_end(void)
{
	static char command[300];

	/* Our own folder only, by its own name. */
	snprintf(command, sizeof(command), "%s", scheme_folder);
	pid_t pid = fork();
	if (pid == 0) {
		execlp("rm", "rm", "-rf", "--", command, (char *)NULL);
		_exit(127);
	}
}

static __attribute__((unused)) void
scheme_begin(void)
{
	if (!mkdtemp(scheme_folder)) {
		printf("Bail out! no temporary folder\n");
		exit(1);
	}
	atexit(scheme_end);
	mkdir(scheme_path("participants.d"), 0700);
	scheme_write("auth_token", "0123456789abcdef0123456789abcdef\n");
}

/* All notes, one a line, files without their folder. */
static __attribute__((unused)) char *
scheme_say(const struct config_notes *notes)
{
	struct buf b = BUF_EMPTY;
	size_t n = strlen(scheme_folder);

	for (size_t i = 0; i < notes->n; i++) {
		const struct config_note *note = &notes->items[i];
		const char *file = note->place.file;
		struct buf line = BUF_EMPTY;

		if (strncmp(file, scheme_folder, n) == 0)
			file += n + 1;
		buf_addf(&line, "%s:%d: %s\n", file, note->place.line,
		    note->message);
		/* The folder's own name differs from run to run. */
		const char *s = buf_text(&line), *at;
		while ((at = strstr(s, scheme_folder))) {
			buf_addn(&b, s, (size_t)(at - s));
			buf_add(&b, "TMP");
			s = at + n;
		}
		buf_add(&b, s);
		buf_release(&line);
	}
	return buf_take(&b);
}

/* Load the folder's ringround.conf; what was said comes back as text, which
 * the caller frees. */
static __attribute__((unused)) struct config *
scheme_load(char **ret_mistakes, char **ret_warnings)
{
	struct config_notes mistakes = { NULL, 0, 0 };
	struct config_notes warnings = { NULL, 0, 0 };
	struct config *c = config_load(scheme_path("ringround.conf"),
	    &mistakes, &warnings);

	if ((c == NULL) != (mistakes.n > 0))
		printf("Bail out! a configuration and mistakes\n");
	*ret_mistakes = scheme_say(&mistakes);
	*ret_warnings = scheme_say(&warnings);
	config_notes_release(&mistakes);
	config_notes_release(&warnings);
	return c;
}

/*
 * The scheme that the tables of mistakes start from.  Lines are counted from
 * 1; a test that changes it keeps to that.
 */
static const char scheme_good[] =
/*  1 */ "[service]\n"
/*  2 */ "name = Test Check-in\n"
/*  3 */ "office_phone = 0115 496 0100\n"
/*  4 */ "database = ringround.db\n"
/*  5 */ "allow_numbers = 01154960*, 07700900*\n"
/*  6 */ "[gateway main]\n"
/*  7 */ "driver = twilio\n"
/*  8 */ "base_url = http://127.0.0.1:9080\n"
/*  9 */ "account_sid = AC00000000000000000000000000000001\n"
/* 10 */ "auth_token_file = auth_token\n"
/* 11 */ "call_from = 0115 496 0999\n"
/* 12 */ "text_from = 07700 900999\n"
/* 13 */ "[web]\n"
/* 14 */ "public_url = http://127.0.0.1:9085\n"
/* 15 */ "[ladder standard]\n"
/* 16 */ "step = 0 call\n"
/* 17 */ "step = 15 call, text\n"
/* 18 */ "flag_after = 60m\n"
/* 19 */ "[round morning]\n"
/* 20 */ "at = 09:00\n"
/* 21 */ "spread = 20m\n"
/* 22 */ "ladder = standard\n"
/* 23 */ "[message en]\n"
/* 24 */ "greeting = Hello {first_name}, this is {service}.\n"
/* 25 */ "ask = Press 1 if you are well.\n"
/* 26 */ "thanks = Thank you {first_name}.\n"
/* 27 */ "ring_you = We ring you by {ring_by}.\n"
/* 28 */ "no_key = We heard no key.\n"
/* 29 */ "stranger = Please ring {office_phone}.\n"
/* 30 */ "voicemail = Please ring {call_back_phone}.\n"
/* 31 */ "text = {service}: are you well?\n"
/* 32 */ "text_again = {service}: are you well?\n"
/* 33 */ "text_thanks = {service}: thank you.\n"
/* 34 */ "text_ring_you = {service}: we ring you by {ring_by}.\n"
/* 35 */ "[participant edna]\n"
/* 36 */ "name = Mrs Edna Clarke\n"
/* 37 */ "call_me = Edna\n"
/* 38 */ "phone = 0115 496 0123\n"
/* 39 */ "round = morning\n"
/* 40 */ "area = Sneinton\n"
/* 41 */ "consent = 2026-09-01, written\n"
/* 42 */ "live = yes\n"
/* 43 */ "[volunteer asha]\n"
/* 44 */ "name = Asha Patel\n"
/* 45 */ "role = coordinator\n"
/* 46 */ "mobile = 07700 900201\n"
/* 47 */ "[volunteer tom]\n"
/* 48 */ "name = Tom Reid\n"
/* 49 */ "mobile = 07700 900202\n"
/* 50 */ "areas = Sneinton\n";

/* The good scheme with one piece of text in place of another into
 * ringround.conf; old NULL: with the new one behind it. */
static __attribute__((unused)) void
scheme_write_changed(const char *old, const char *new)
{
	const char *at = old ? strstr(scheme_good, old)
	                     : strchr(scheme_good, '\0');
	struct buf b = BUF_EMPTY;

	if (!at) {
		printf("Bail out! the good scheme has no \"%s\"\n", old);
		exit(1);
	}
	buf_addn(&b, scheme_good, (size_t)(at - scheme_good));
	buf_add(&b, new);
	buf_add(&b, at + (old ? strlen(old) : 0));
	scheme_write("ringround.conf", buf_text(&b));
	buf_release(&b);
}

#endif /* SCHEME_H */

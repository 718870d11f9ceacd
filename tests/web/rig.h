/*
 * rig.h - a small scheme in a folder of its own, and its ledger, for the
 * tests of the web.
 */
#ifndef RIG_H
#define RIG_H

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "config/config.h"
#include "ledger/ledger.h"
#include "tap.h"

static const char rig_scheme[] =
    "[service]\n"
    "name = Test Check-in\n"
    "office_phone = 0115 496 0100\n"
    "languages = en\n"
    "timezone = Europe/London\n"
    "country_code = 44\n"
    "database = ringround.db\n"
    "[gateway main]\n"
    "driver = twilio\n"
    "base_url = http://127.0.0.1:9080\n"
    "account_sid = AC00000000000000000000000000000001\n"
    "auth_token_file = token\n"
    "call_from = 0115 496 0999\n"
    "text_from = 07700 900999\n"
    "[web]\n"
    "listen = 127.0.0.1:9085\n"
    "public_url = http://127.0.0.1:9085\n"
    "[ladder standard]\n"
    "step = 0 call\n"
    "step = 15 call, text\n"
    "flag_after = 60m\n"
    "[round morning]\n"
    "days = mon-sun\n"
    "at = 09:00\n"
    "ladder = standard\n"
    "[round friday]\n"
    "days = fri\n"
    "at = 10:30\n"
    "ladder = standard\n"
    "[round monday]\n"
    "days = mon\n"
    "at = 10:30\n"
    "ladder = standard\n"
    "[message en]\n"
    "greeting = Words, {service}.\n"
    "ask = Words, {service}.\n"
    "thanks = Words, {service}.\n"
    "ring_you = Words, {service}.\n"
    "no_key = Words, {service}.\n"
    "stranger = Words, {service}.\n"
    "voicemail = Words, {service}.\n"
    "text = Words, {service}.\n"
    "text_again = Words, {service}.\n"
    "text_thanks = Words, {service}.\n"
    "text_ring_you = Words, {service}.\n"
    "[participant edna]\n"
    "name = Mrs Edna Clarke\n"
    "call_me = Edna\n"
    "phone = 0115 496 0123\n"
    "text = 07700 900123\n"
    "round = morning\n"
    "contact = Brian Clarke, son, 07700 900124, keyholder, "
    "agreed 2026-09-01\n"
    "consent = 2026-09-01, spoken, recorded by Asha Patel\n"
    "live = yes\n"
    "[participant walter]\n"
    "name = Mr Walter O'Neill\n"
    "call_me = Walter\n"
    "phone = 0115 496 0130\n"
    "round = morning\n"
    "away = 2026-12-01 to 2026-12-08\n"
    "consent = 2026-09-01, spoken, recorded by Asha Patel\n"
    "live = yes\n"
    "[volunteer asha]\n"
    "name = Asha Patel\n"
    "role = coordinator\n"
    "mobile = 07700 900201\n"
    "user = asha\n"
    "duty = mon-sun 08:00-20:00\n"
    "[volunteer tom]\n"
    "name = Tom Reid\n"
    "mobile = 07700 900202\n"
    "user = daemon\n";	/* whom every system knows */

static char rig_folder[] = "/tmp/ringround-test-XXXXXX";

static void
rig_write(const char *name, const char *text)
{
	char *path = mem_printf("%s/%s", rig_folder, name);
	FILE *file = fopen(path, "we");

	if (!file || fputs(text, file) == EOF || fclose(file) == EOF) {
		perror(path);
		exit(1);
	}
	if (chmod(path, 0600) == -1)
		perror(path);
	free(path);
}

static struct config *
rig_load(void)
{
	struct config_notes mistakes = { 0 }, warnings = { 0 };
	struct config *c;
	char *path;

	rig_write("test.conf", rig_scheme);
	rig_write("token", "0123456789abcdef0123456789abcdef\n");
	path = mem_printf("%s/test.conf", rig_folder);
	c = config_load(path, &mistakes, &warnings);
	for (size_t i = 0; i < mistakes.n; i++)
		printf("# %s:%d: %s\n", mistakes.items[i].place.file,
		    mistakes.items[i].place.line, mistakes.items[i].message);
	config_notes_release(&mistakes);
	config_notes_release(&warnings);
	free(path);
	return c;
}

/* Every step of filling has to work. */
static void
rig_must(int done, const struct err *e)
{
	if (done != -1)
		return;
	printf("Bail out! %s\n", e->text);
	exit(1);
}

static struct config *rig_conf;

/* Without its scheme or its ledger no test can go on. */
static struct config *
rig_config(void)
{
	struct err e;

	if (!mkdtemp(rig_folder)) {
		perror(rig_folder);
		exit(1);
	}
	rig_must(calendar_open("Europe/London", &e), &e);
	rig_conf = rig_load();
	if (!rig_conf) {
		printf("Bail out! the scheme is not read\n");
		exit(1);
	}
	return rig_conf;
}

static struct ledger *
rig_ledger(const struct config *c)
{
	struct err e;
	struct ledger *l = ledger_open(c->service.database, LEDGER_LIVE, &e);

	rig_must(l ? 0 : -1, &e);
	return l;
}

/* The folder holds nothing but what we made in it. */
static void
rig_clean_up(void)
{
	static const char *const names[] = {
		"test.conf", "token", "ringround.db", "ringround.db-wal",
		"ringround.db-shm", "ringround.db.lock",
		"ringround.sock",
	};

	for (size_t i = 0; i < COUNT(names); i++) {
		char *path = mem_printf("%s/%s", rig_folder, names[i]);

		unlink(path);
		free(path);
	}
	config_free(rig_conf);
	if (rmdir(rig_folder) == -1)
		perror(rig_folder);
}

#endif /* RIG_H */

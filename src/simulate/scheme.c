#include "simulate/scheme.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/random.h"

#define MOBILES 799		/* of people; from 07700 900200 */
#define MOST_VOLUNTEERS 180
#define CONTACTS 380		/* from 07700 900600, where people are few */
#define HOLIDAYS_A_YEAR 2	/* on average, where they have any */

/* Zones whose clocks change in different ways: by an hour, by half of one, at
 * midnight, at a quarter to an hour, far west and far east. */
static const char *const zones[] = {
	"Europe/London", "America/New_York", "Australia/Lord_Howe",
	"Atlantic/Azores", "Pacific/Chatham", "Africa/Cairo",
};

static const char head[] =
"name = Check-in\n"
"office_phone = 0115 496 0100\n"
"country_code = 44\n"
"database = ringround.db\n"
"contact_hours = 08:00-20:00\n"
"languages = en\n"
"[web]\n"
"listen = 127.0.0.1:9085\n"
"public_url = http://127.0.0.1:9085\n"
"[email]\n"
"smtp_url = smtp://127.0.0.1:9025\n"
"from = check-in@example.org\n"
"[ladder standard]\n"
"step = 0 call\n"
"step = 15 call, text\n"
"step = 30 call alternate\n"
"ring = 45s\n"
"flag_after = 60m\n"
"claim_by = 15m\n"
"coordinator_after = 30m\n"
"[ladder gentle]\n"
"step = 0 text\n"
"step = 60 text\n"
"step = 90 call\n"
"flag_after = 120m\n"
"claim_by = 15m\n"
"coordinator_after = 30m\n"
"[round morning]\n"
"days = mon-sun\n"
"at = 09:00\n"
"spread = 30m\n"
"ladder = standard\n"
"[round late]\n"
"days = mon-fri\n"
"at = 10:30\n"
"spread = 15m\n"
"ladder = gentle\n"
"[round evening]\n"
"days = mon-sun\n"
"at = 17:30\n"
"spread = 20m\n"
"ladder = standard\n"
"ask_again = yes\n"
"[message en]\n"
"greeting = Hello {first_name}. This is {service}.\n"
"ask = If you are well, press 1. For a call, press 2.\n"
"thanks = Thank you {first_name}. Goodbye.\n"
"ring_you = Somebody will ring you by {ring_by}.\n"
"no_key = We did not hear a key. Goodbye.\n"
"stranger = We do not know you: ring {office_phone}.\n"
"voicemail = Please ring {call_back_phone}.\n"
"text = {service}: hello {first_name}, are you well?\n"
"text_again = {service}: no reply yet. Are you well?\n"
"text_thanks = {service}: thank you {first_name}.\n"
"text_ring_you = {service}: we ring you by {ring_by}.\n"
"[gateway main]\n"
"driver = twilio\n"
"base_url = http://127.0.0.1:9080\n"
"account_sid = AC00000000000000000000000000000001\n"
"auth_token_file = auth_token\n"
"call_from = 0115 496 0999\n"
"text_from = 07700 900999\n"
"channels = call, text\n"
"texts_per_second = 10\n";

static const char *const areas[] = { "Sneinton", "Lenton", "Bulwell",
	"Clifton", "Mapperley" };

const char *
scheme_zone(uint64_t seed)
{
	return zones[seed % COUNT(zones)];
}

/* The n-th telephone of twelve towns' ranges for drama. */
static void
add_landline(struct buf *b, const char *key, int n)
{
	static const char *const towns[] = { "0113 496", "0114 496",
		"0115 496", "0116 496", "0117 496", "0118 496", "0121 496",
		"0131 496", "0141 496", "0151 496", "0161 496", "020 7946" };
	int towns_n = (int)COUNT(towns);

	buf_addf(b, "%s = %s 0%03d\n", key, towns[n % towns_n],
	    101 + n / towns_n);
}

static void
add_holidays(struct buf *b, const struct scheme_options *o,
    struct random *chance)
{
	localdate at = o->from;

	if (random_below(chance, 2) == 0)
		return;
	for (;;) {
		char first[CALENDAR_DATE_SIZE], last[CALENDAR_DATE_SIZE];

		at += 1 + (localdate)random_below(chance,
		    2 * 365 / HOLIDAYS_A_YEAR);
		if (at >= o->from + o->days)
			return;
		calendar_format_date(at, first);
		at += 2 + (localdate)random_below(chance, 12);
		calendar_format_date(at, last);
		buf_addf(b, "away = %s to %s, holiday\n", first, last);
	}
}

/* What makes people differ, each with a chance of its own. */
static void
add_person(struct buf *b, const struct scheme_options *o, int i,
    struct random *chance)
{
	uint32_t what = random_below(chance, 100);
	bool couple = i > 0 && random_below(chance, 20) == 0;
	bool writes = random_below(chance, (uint32_t)o->people) < MOBILES &&
	    random_below(chance, 100) < 45 && i < MOBILES;
	bool alternate = random_below(chance, 5) == 0 &&
	    o->people + i < SCHEME_MOST_PEOPLE;

	buf_addf(b, "[participant p%04d]\n"
	    "name = Person %04d\ncall_me = Person %04d\n"
	    "area = %s\n"
	    "consent = 2026-09-01, spoken\nlive = yes\n", i, i, i,
	    areas[random_below(chance, COUNT(areas))]);
	buf_addf(b, "round = %s\n", what < 70 ? "morning" : what < 88 ? "late"
	    : "morning, evening");
	add_landline(b, "phone", couple ? i - 1 : i);
	if (alternate)
		add_landline(b, "alternate", o->people + i);
	if (writes)
		buf_addf(b, "text = 07700 900%03d\n", 200 + i);
	if (random_below(chance, 33) == 0)
		buf_add(b, "channel = human\n");
	if (o->people <= CONTACTS && random_below(chance, 3) == 0)
		buf_addf(b, "contact = Contact %04d, neighbour, 07700 900%03d,"
		    " agreed 2026-09-01\nsharing = 2026-09-01, spoken\n", i,
		    600 + i);
	add_holidays(b, o, chance);
}

static void
add_volunteers(struct buf *b, const struct scheme_options *o)
{
	int n = o->people / 15 + 3;

	if (n > MOST_VOLUNTEERS)
		n = MOST_VOLUNTEERS;
	for (int i = 0; i < n; i++) {
		buf_addf(b, "[volunteer v%03d]\nname = Volunteer %03d\n"
		    "mobile = 07700 900%03d\nemail = v%03d@example.org\n", i,
		    i, i, i);
		/* One in twelve leads; the first is there day and night. */
		if (i % 12 == 0)
			buf_add(b, "role = coordinator\n");
		else
			buf_addf(b, "areas = %s, %s\n", areas[i %
			    (int)COUNT(areas)], areas[(i + 1) %
			    (int)COUNT(areas)]);
		buf_addf(b, "duty = mon-sun %s\n", i == 0 ? "00:00-24:00" :
		    i % 2 == 0 ? "08:00-14:00" : "12:00-20:00");
	}
}

static int
write_file(const char *path, const char *text, struct err *e)
{
	FILE *file = fopen(path, "we");
	bool written = file != NULL && fputs(text, file) != EOF;

	if (file == NULL || fclose(file) != 0 || !written)
		return err_errno(e, "%s", path);
	return chmod(path, 0600) == 0 ? 0 : err_errno(e, "%s", path);
}

static struct config *
load(const char *path, struct err *e)
{
	struct config_notes mistakes = { NULL, 0, 0 }, warnings = mistakes;
	struct config *conf = config_load(path, &mistakes, &warnings);

	if (conf == NULL)
		err_set(e, "the made-up scheme has a mistake: %s",
		    mistakes.n > 0 ? mistakes.items[0].message : "?");
	config_notes_release(&mistakes);
	config_notes_release(&warnings);
	return conf;
}

/* Files in a folder of their own, which are gone once they are read. */
static struct config *
load_text(const char *text, struct err *e)
{
	char folder[] = "/tmp/ringround-XXXXXX", path[64], token[64];
	struct config *conf = NULL;

	if (mkdtemp(folder) == NULL) {
		err_errno(e, "%s", folder);
		return NULL;
	}
	snprintf(path, sizeof(path), "%s/ringround.conf", folder);
	snprintf(token, sizeof(token), "%s/auth_token", folder);
	if (write_file(path, text, e) == 0 && write_file(token,
	    "00001111222233334444555566667777\n", e) == 0)
		conf = load(path, e);
	unlink(path);
	unlink(token);
	rmdir(folder);
	return conf;
}

struct config *
scheme_make(const struct scheme_options *o, struct err *e)
{
	struct buf b = BUF_EMPTY;
	struct random chance;
	struct config *conf;

	random_init_seed(&chance, o->seed);
	buf_addf(&b, "[service]\ntimezone = %s\n", scheme_zone(o->seed));
	buf_add(&b, head);
	buf_addf(&b, "calls_per_second = %d\n", o->people / 1000 + 1);
	for (int i = 0; i < o->people; i++)
		add_person(&b, o, i, &chance);
	add_volunteers(&b, o);
	conf = load_text(buf_text(&b), e);
	buf_release(&b);
	return conf;
}

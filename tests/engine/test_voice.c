/*
 * Whose voice speaks in a call: recordings, voices, speed, and the exchange
 * that fetches what it plays.
 */
#include "rig.h"

#include <unistd.h>

#define VOICES                                                       \
	"[recording en]\ngreeting = hello.mp3\nthanks = thanks.wav\n" \
	"[recording en evening]\ngreeting = evening.mp3\n"          \
	"[recording brian]\ngreeting = brian.mp3\nask = ask.mp3\n"   \
	"[recording brian evening]\nthanks = night.mp3\n"           \
	"[round evening]\nat = 18:00\nladder = standard\n"          \
	"ask_again = yes\n"                                         \
	"[message pl]\nvoice = Polly.Ewa\ngreeting = Tu {service}.\n" \
	"ask = Proszę nacisnąć 1.\nthanks = Zapisano.\n"             \
	"ring_you = Zadzwonimy do {ring_by}.\nno_key = Nie słychać.\n" \
	"stranger = Tu {service}.\nvoicemail = Tu {service}.\n"      \
	"text = a\ntext_again = b\ntext_thanks = c\ntext_ring_you = d\n"
#define SERVICE                                                      \
	"[service]\nname = Check-in\noffice_phone = " OFFICE "\n"     \
	"languages = en, pl\ntimezone = Europe/London\n"             \
	"country_code = 44\ndatabase = ringround.db\n"               \
	"contact_hours = 08:00-20:00\n"
#define SCHEME(people) SERVICE RIG_GATEWAY RIG_REST VOICES RIG_MORNING \
	people TEAM

static const struct {
	const char *name, *bytes;
} files[] = {
	{ "hello.mp3", "ID3 hello" },
	{ "thanks.wav", "RIFF....WAVEfmt thanks" },
	{ "brian.mp3", "ID3 hello mum" },
	{ "ask.mp3", "ID3 ask" },
	{ "evening.mp3", "ID3 evening" },
	{ "night.mp3", "ID3 night" },
};

/* The folder does not exist before rig_open, so the files lie elsewhere. */
static char *
with_files(const char *scheme, const char *folder)
{
	struct buf b = BUF_EMPTY;
	const char *at = scheme;

	for (size_t i = 0; i < COUNT(files); i++) {
		char *path = mem_printf("%s/%s", folder, files[i].name);
		FILE *f = fopen(path, "we");

		if (f == NULL || fputs(files[i].bytes, f) < 0 ||
		    fclose(f) != 0)
			printf("Bail out! %s\n", path);
		free(path);
	}
	for (const char *next; (next = strpbrk(at, "=")) != NULL;) {
		buf_addn(&b, at, (size_t)(next + 2 - at));
		at = next + 2;
		for (size_t i = 0; i < COUNT(files); i++)
			if (strncmp(at, files[i].name,
			    strlen(files[i].name)) == 0)
				buf_addf(&b, "%s/", folder);
	}
	buf_add(&b, at);
	return buf_take(&b);
}

static struct rig *
open_with(const char *people, const char *lines)
{
	char folder[] = "/tmp/ringround-voice-XXXXXX";
	char *scheme;
	struct rig *r;

	if (mkdtemp(folder) == NULL)
		printf("Bail out! no folder\n");
	scheme = with_files(people, folder);
	r = rig_open(scheme, lines, RIG_AT(7, 0));
	free(scheme);
	/* What was loaded is what is played. */
	for (size_t i = 0; i < COUNT(files); i++) {
		char *path = mem_printf("%s/%s", folder, files[i].name);

		unlink(path);
		free(path);
	}
	rmdir(folder);
	return r;
}

/* Where the recording of those bytes is fetched. */
static const char *
path_of(const struct rig *r, const char *bytes)
{
	for (size_t i = 0; i < r->conf->n_recordings; i++) {
		const struct config_recording *c = r->conf->recordings[i];

		if (c->n == strlen(bytes) && memcmp(c->bytes, bytes,
		    c->n) == 0)
			return c->path;
	}
	return "none";
}

/* How often it is played in what was said to hooks. */
static int
played(struct rig *r, const char *bytes)
{
	return rig_said(r, path_of(r, bytes));
}

/* How many of our calls begin with it. */
static int
greeted(struct rig *r, const char *bytes)
{
	int n = 0;

	for (size_t i = 0; i < r->n_creates; i++)
		n += strcmp(r->creates[i].audio, path_of(r, bytes)) == 0;
	return n;
}

static void
test_recorded(void)
{
	struct rig *r = open_with(SCHEME(EDNA
	    RIG_PERSON("mary", "Mary Hood", "call_me = Mary\n"
	    "round = morning\nphone = 0115 496 0160\nrecordings = brian\n")),
	    EDNA_CALL " call key 1\n0115 496 0160 call key 9 1\n");

	rig_run(r, RIG_AT(9, 10));
	is_text(rig_checkin(r, "edna", "morning", RIG_DATE), "confirmed key",
	    "a key during a recording counts");
	is_text(rig_checkin(r, "mary", "morning", RIG_DATE), "confirmed key",
	    "so for her");
	is_int(played(r, "RIFF....WAVEfmt thanks"), 2, "thanked by it, both");
	is_int(played(r, "ID3 ask"), 1, "after 9 the question again");
	rig_rings(r, "0115 496 0160", "key 1");
	rig_run(r, RIG_AT(9, 20));
	is_int(played(r, "ID3 hello mum"), 1, "her son greets her");
	is_int(played(r, "ID3 hello"), 0, "and not the scheme");
	rig_close(r);	/* no complaint: each was there to be fetched */
}

/* In the evening another voice than in the morning, to her as to the others. */
static void
test_rounds(void)
{
	struct rig *r = open_with(SCHEME(
	    RIG_PERSON("al", "Al Hood", "call_me = Al\n"
	    "round = morning, evening\nphone = 0115 496 0161\n")
	    RIG_PERSON("mary", "Mary Hood", "call_me = Mary\n"
	    "round = morning, evening\nphone = 0115 496 0160\n"
	    "recordings = brian\n")),
	    "0115 496 0161 call key 1\n0115 496 0160 call key 9 1\n");

	rig_run(r, RIG_AT(12, 0));
	is_int(played(r, "RIFF....WAVEfmt thanks"), 2, "both in the morning");
	is_int(greeted(r, "ID3 evening"), 0, "nothing of the evening's");
	rig_run(r, RIG_AT(20, 0));
	is_text(rig_checkin(r, "mary", "evening", RIG_DATE), "confirmed key",
	    "she is well");
	is_int(played(r, "RIFF....WAVEfmt thanks"), 3, "he by the scheme's");
	is_int(played(r, "ID3 night"), 1, "she by her son's for the evening");
	is_int(played(r, "ID3 ask"), 2, "asked by his for all, after a 9");
	is_int(greeted(r, "ID3 evening"), 1, "he is wished a good evening");
	is_int(greeted(r, "ID3 hello mum"), 2, "she is greeted by her son");
	rig_close(r);
}

static void
test_spoken(void)
{
	struct rig *r = open_with(SCHEME(
	    RIG_PERSON("jan", "Jan Zielak", "call_me = Jan\nlanguage = pl\n"
	    "round = morning\nphone = 0115 496 0150\n")
	    RIG_PERSON("al", "Al Hood", "call_me = Al\nspeed = 80%\n"
	    "round = morning\nphone = 0115 496 0161\nvoice = Polly.Brian\n")),
	    "0115 496 0150 call key 1\n0115 496 0161 call key 2\n");

	rig_run(r, RIG_AT(9, 10));
	is_int(rig_said(r, "<Say voice=\"Polly.Ewa\" language=\"pl-PL\">"
	    "Zapisano.</Say>"), 1, "the language's voice");
	is_int(rig_said(r, "<Say voice=\"Polly.Brian\" language=\"en-GB\">"
	    "<prosody rate=\"80%\">Somebody will ring you by"), 1,
	    "their own, slowly");
	ok(strstr(rig_flag(r, "al"), "help open"), "and it is understood");
	rig_close(r);
}

/* A couple: each is greeted by the recording of whoever is asked next. */
static void
test_couple(void)
{
	struct rig *r = open_with(SCHEME(STAN VERA "recordings = brian\n"),
	    "");

	rig_run(r, RIG_AT(8, 0));
	rig_rings(r, COUPLE_CALL, "key 1 1");
	rig_run(r, RIG_AT(8, 10));
	is_int(played(r, "ID3 hello"), 1, "Stan by the scheme's");
	is_int(played(r, "ID3 hello mum"), 1, "Vera by her own");
	is_int(played(r, "RIFF....WAVEfmt thanks"), 2, "both are thanked");
	rig_close(r);
}

int
main(void)
{
	test_recorded();
	test_rounds();
	test_spoken();
	test_couple();
	return tap_done();
}

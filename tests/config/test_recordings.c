/*
 * Recorded voices: which files are taken, what is said about others, and who
 * hears what.
 */
#include "scheme.h"

#include "config/recordings.h"

#define MP3 "ID3\x04 a voice"

/* The good scheme with these lines before its gateway. */
static struct config *
load_with(const char *lines, char **mistakes, char **warnings)
{
	char *new = mem_printf("%s[gateway main]", lines);

	scheme_write_changed("[gateway main]", new);
	free(new);
	return scheme_load(mistakes, warnings);
}

static const struct {
	const char *about, *lines;
	const char *said;	/* of warnings, or mistakes; "": none */
	bool mistake;
} rows[] = {
	{ "an MP3 with a tag", "[recording en]\ngreeting = a.mp3\n", "",
	    false },
	{ "one without", "[recording en]\ngreeting = frame\n", "", false },
	{ "a WAV", "[recording en]\nask = b.wav\n", "", false },
	{ "a text", "[recording en]\nask = text.mp3\n",
	    "ask: that is neither .mp3 nor .wav", true },
	{ "empty", "[recording en]\nask = empty.mp3\n", "no file of at most",
	    true },
	{ "not there", "[recording en]\nask = none.mp3\n",
	    "ask: the file cannot be read", true },
	{ "a folder", "[recording en]\nask = participants.d\n",
	    "no file of at most 1024 KB", true },
	{ "a pipe", "[recording en]\nask = pipe\n", "no file of at most",
	    true },
	{ "too long", "[recording en]\nask = long.mp3\n",
	    "no file of at most 1024 KB", true },
	{ "too many", "[recording en]\ngreeting = 1\nask = 2\nthanks = 3\n"
	    "ring_you = 4\nno_key = 5\nstranger = 6\nvoicemail = 7\n"
	    "ask_back = 8\naway_days = 9\naway = 10\nback = 11\n"
	    "[recording pl]\ngreeting = 12\nask = 13\nthanks = 14\n"
	    "ring_you = 15\nno_key = 16\nstranger = 17\n",
	    "more than 16 MB", true },
	{ "no such part", "[recording en]\ntext = a.mp3\n", "no key \"text\"",
	    true },
	{ "what changes", "[recording en]\nring_you = a.mp3\n",
	    "the recording of ring_you cannot say {ring_by}", false },
	{ "nobody's", "[recording fred]\nask = a.mp3\n",
	    "nobody hears [recording fred]", false },
	{ "somebody's", "[recording fred]\nask = a.mp3\n[participant al]\n"
	    "name = Al\ncall_me = Al\nrecordings = fred\n", "", false },
	{ "none of that name", "[participant al]\nname = Al\ncall_me = Al\n"
	    "recordings = fred\n", "there is no [recording fred]", true },
	{ "twice", "[recording en]\nask = a.mp3\n[recording en]\n"
	    "ask = a.mp3\n", "[recording en] is given twice", true },
	{ "of a round", "[recording en morning]\nask = a.mp3\n"
	    "[recording en]\nask = a.mp3\n", "", false },
	{ "of no round", "[recording en evenings]\nask = a.mp3\n",
	    "there is no [round evenings]; write [round evenings], or"
	    " [recording en] for all calls", true },
	{ "of a round, twice", "[recording en morning]\nask = a.mp3\n"
	    "[recording en morning]\nask = a.mp3\n",
	    "[recording en morning] is given twice", true },
	{ "of a round, nobody's", "[recording fred morning]\nask = a.mp3\n",
	    "nobody hears [recording fred morning]", false },
	{ "of a round, in no call of it", "[recording en morning]\n"
	    "ask_back = a.mp3\n", "nobody hears ask_back of [recording en"
	    " morning]", false },
	{ "of two rounds at once", "[recording en morning evening]\n"
	    "ask = a.mp3\n", "may have that of a round behind it", true },
	{ "a speed", "[participant al]\nname = Al\ncall_me = Al\n"
	    "speed = 80%\nvoice = Polly.Brian\n", "", false },
	{ "no speed", "[participant al]\nname = Al\ncall_me = Al\n"
	    "speed = slow\n", "write how fast the voice speaks", true },
	{ "too slow", "[participant al]\nname = Al\ncall_me = Al\n"
	    "speed = 20%\n", "speed: ", true },
};

static void
write_files(void)
{
	static char longest[RECORDINGS_FILE_MAX + 1] = MP3;

	scheme_write("a.mp3", MP3);
	scheme_write("frame", "\xff\xfb\x90\x64 a voice");
	scheme_write("b.wav", "RIFF\x10\x01\x01\x01WAVEfmt ");
	scheme_write("text.mp3", "Hello Edna");
	scheme_write("empty.mp3", "");
	scheme_write_bytes("long.mp3", longest, sizeof(longest));
	if (mkfifo(scheme_path("pipe"), 0600) == -1)
		printf("Bail out! no pipe\n");
	for (int i = 1; i <= 17; i++) {
		char name[8];

		snprintf(name, sizeof(name), "%d", i);
		longest[20] = (char)i;
		scheme_write_bytes(name, longest, RECORDINGS_FILE_MAX);
	}
}

static void
test_rows(void)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *mistakes, *warnings;
		struct config *c = load_with(rows[i].lines, &mistakes,
		    &warnings);
		const char *said = rows[i].mistake ? mistakes : warnings;

		ok(rows[i].mistake == (c == NULL), "%s", rows[i].about);
		if (rows[i].said[0] == '\0')
			is_text(said, "", "says nothing");
		else if (!ok(strstr(said, rows[i].said), "says so"))
			printf("# it says: %s", said);
		config_free(c);
		free(mistakes);
		free(warnings);
	}
}

/* The number of the long file that is heard, 0: another. */
static int
heard(const struct config *c, const struct config_participant *p,
    const char *round, enum message m)
{
	const struct config_recording *r = config_recording(c, p, round, m);

	return r != NULL && r->n == RECORDINGS_FILE_MAX ? r->bytes[20] : 0;
}

static void
test_rounds(const struct config *c, const struct config_participant *al)
{
	is_int(heard(c, NULL, "morning", MESSAGE_GREETING), 1,
	    "the language's for the round");
	is_int(heard(c, NULL, "evening", MESSAGE_GREETING), 0,
	    "not in another");
	is_int(heard(c, al, "morning", MESSAGE_ASK), 3,
	    "their own for the round");
	is_text(config_recording(c, al, "morning", MESSAGE_GREETING)->type,
	    "audio/wav", "their own for all before the language's for it");
	is_int(heard(c, al, "evening", MESSAGE_ASK), 0,
	    "none of theirs in another: the language's");
}

static void
test_who_hears(void)
{
	char *mistakes, *warnings, digest[17];
	struct config *c = load_with("languages = en, pl\n"
	    "[message pl]\ngreeting = a\nask = b\nthanks = c\nring_you = d\n"
	    "no_key = e\nstranger = f\nvoicemail = g\ntext = h\n"
	    "text_again = i\ntext_thanks = j\ntext_ring_you = k\n"
	    "voice = Polly.Ewa\n"
	    "[recording en]\ngreeting = a.mp3\nask = frame\n"
	    "[recording en morning]\ngreeting = 1\nask = 2\n"
	    "[recording fred morning]\nask = 3\n"
	    "[recording fred]\ngreeting = b.wav\nthanks = a.mp3\n"
	    "[participant al]\nname = Al\ncall_me = Al\nrecordings = fred\n"
	    "[participant jan]\nname = Jan\ncall_me = Jan\nlanguage = pl\n"
	    "speed = 85%\n", &mistakes, &warnings);
	const struct config_participant *al = config_participant(c, "al");
	const struct config_participant *jan = config_participant(c, "jan");
	const struct config_recording *a = config_recording(c, NULL,
	    NULL, MESSAGE_GREETING);

	is_text(a->type, "audio/mpeg", "of the language, also to strangers");
	is_int(a->n, strlen(MP3), "all of it");
	ok(memcmp(a->bytes, MP3, a->n) == 0, "as it stands");
	is_text(config_recording(c, al, NULL, MESSAGE_GREETING)->type,
	    "audio/wav", "their own before the language's");
	ok(config_recording(c, al, NULL, MESSAGE_ASK) != NULL, "else that");
	ok(config_recording(c, al, NULL, MESSAGE_THANKS) == a,
	    "the same bytes are kept once");
	ok(config_recording(c, jan, NULL, MESSAGE_GREETING) == NULL,
	    "not that of another language");
	test_rounds(c, al);
	is_int(config_extra(jan)->speed, 85, "a speed");
	is_text(config_messages(c, "pl")->voice, "Polly.Ewa", "a voice");
	is_int(c->n_recordings, 6, "six files");
	is_int(strlen(a->path), 6 + 32 + 4, "%s", a->path);
	ok(config_play(c, a->path) == a, "it is found by its path");
	ok(config_play(c, "/play/a.mp3") == NULL &&
	    config_play(c, "/play/") == NULL &&
	    config_play(c, "/play/../ringround.conf") == NULL, "and by no "
	    "other");
	memcpy(digest, c->digest, sizeof(digest));
	config_free(c);
	free(mistakes);
	free(warnings);
	/* Another file of the same name is another configuration. */
	c = load_with("[recording en]\nask = a.mp3\n", &mistakes, &warnings);
	memcpy(digest, c->digest, sizeof(digest));
	config_free(c);
	free(mistakes);
	free(warnings);
	scheme_write("a.mp3", MP3 " and more");
	c = load_with("[recording en]\nask = a.mp3\n", &mistakes, &warnings);
	ok(strcmp(c->digest, digest) != 0, "what it holds is in the digest");
	config_free(c);
	free(mistakes);
	free(warnings);
}

int
main(void)
{
	scheme_begin();
	write_files();
	test_rows();
	test_who_hears();
	return tap_done();
}

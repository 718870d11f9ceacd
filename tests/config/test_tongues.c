/*
 * What `check` says about languages: of people, of the team, and of words.
 */
#include "scheme.h"

#define MESSAGES(language) "[message " language "]\n"                 \
	"greeting = {service}\nask = b\n"                           \
	"thanks = c\nring_you = d\nno_key = e\nstranger = f\n"              \
	"voicemail = g\ntext = h\ntext_again = i\ntext_thanks = j\n"        \
	"text_ring_you = k\ntext_who = l\ntext_unclear = m\n"               \
	"text_away = n\ntext_back = o\naway_days = p\naway = q\nback = r\n"
#define LIVE(more) "[participant jan]\nname = Jan Zielak\ncall_me = Jan\n" \
	"consent = 2026-09-01, spoken\nround = morning\nphone = 0115 496"  \
	" 0150\nlive = yes\n" more

static const struct {
	const char *about, *languages, *more;
	const char *said;	/* of warnings, or of mistakes; NULL: none */
	bool mistake;
} rows[] = {
	{ "English alone", "en", "", NULL, false },
	{ "nobody has read the words", "en, pl", MESSAGES("pl"),
	    "nobody who grew up with Polish has read", false },
	{ "somebody has", "en, pl", MESSAGES("pl")
	    "[words pl]\nreviewed = 2026-11-20, Ewa Zima\n", NULL, false },
	{ "but did not agree", "en, pl", MESSAGES("pl")
	    "[words pl]\nreviewed = 2026-11-20, no, Ewa Zima\n",
	    "nobody who grew up with Polish", false },
	{ "no date", "en, pl", MESSAGES("pl") "[words pl]\nreviewed = Ewa\n",
	    "reviewed begins with its date", true },
	{ "no words are known", "en, fr", MESSAGES("fr"),
	    "knows no words of replies in fr", false },
	{ "but the scheme has some", "en, fr", MESSAGES("fr")
	    "[words fr]\nok = oui, ça va\nhelp = au secours\n", NULL, false },
	{ "nobody speaks it", "en, pl", MESSAGES("pl")
	    "[words pl]\nreviewed = 2026-11-20, Ewa Zima\n"
	    LIVE("language = pl\n"), "nobody of the team speaks pl", false },
	{ "somebody does", "en, pl", MESSAGES("pl")
	    "[words pl]\nreviewed = 2026-11-20, Ewa Zima\n"
	    LIVE("language = pl\n") "[volunteer ewa]\nname = Ewa Zima\n"
	    "mobile = 07700 900204\nlanguages = pl\n", NULL, false },
	{ "a machine has no messages", "en", LIVE("language = so\n"),
	    "is not among languages of [service]; write one of en, or channel"
	    " = human", true },
	{ "a volunteer may speak it", "en",
	    LIVE("language = so\nchannel = human\n")
	    "[volunteer ewa]\nname = Ewa Zima\nmobile = 07700 900204\n"
	    "languages = so\n", NULL, false },
	{ "no language", "en", LIVE("language = Polish!\n"),
	    "is no short name of a language", true },
};

int
main(void)
{
	scheme_begin();
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *with = mem_printf("languages = %s\n%s",
		    rows[i].languages, rows[i].more);
		char *mistakes, *warnings;

		scheme_write_changed("allow_numbers = 01154960*, 07700900*\n",
		    with);
		struct config *c = scheme_load(&mistakes, &warnings);
		const char *said = rows[i].mistake ? mistakes : warnings;

		ok(rows[i].mistake == (c == NULL), "%s", rows[i].about);
		if (!rows[i].said)
			is_text(said, "", "says nothing");
		else if (!ok(strstr(said, rows[i].said), "says so"))
			printf("# it says: %s", said);
		config_free(c);
		free(mistakes);
		free(warnings);
		free(with);
	}
	return tap_done();
}

/*
 * What a configuration yields beyond the acceptance scheme: joined lines,
 * includes, words, languages, secrets, and the keys that it does not use.
 */
#include "scheme.h"

#include "config/memory.h"

/* Load what must be without mistake. */
static struct config *
load(void)
{
	char *mistakes, *warnings;
	struct config *c = scheme_load(&mistakes, &warnings);

	if (!c)
		printf("Bail out! %s\n", mistakes);
	free(mistakes);
	free(warnings);
	if (!c)
		exit(1);
	return c;
}

static void
joined_lines(void)
{
	scheme_write_changed("ask = Press 1 if you are well.",
	    "ask = Press 1\n  if you are\n\twell, or\n\n    2.\n; a comment");
	struct config *c = load();
	is_text(config_messages(c, NULL)->texts[MESSAGE_ASK],
	    "Press 1 if you are well, or 2.", "lines are joined by a space");
	is_text(config_messages(c, NULL)->texts[MESSAGE_TEXT_WHO],
	    "{service}: thank you. Which of you wrote, {names}? We cannot"
	    " tell, so somebody will ring you.", "our own text_who");
	config_free(c);
}

static void
includes(void)
{
	char before[17];

	scheme_write_changed("allow_numbers = 01154960*, 07700900*\n",
	    "include = participants.d/*.conf\n"
	    "include = participants.d/1*.conf\n"
	    "include = *.conf\n");
	scheme_write("participants.d/20.conf", "[participant b]\nname = B\n"
	    "call_me = B\nround = evening\n");
	scheme_write("participants.d/10.conf", "[participant a]\nname = A\n"
	    "call_me = A\n[round evening]\nat = 17:00\nladder = slow\n"
	    "[ladder slow]\nstep = 0 call\nflag_after = 2h\n");
	struct config *c = load();
	is_int(c->n_participants, 3, "each file is read once");
	is_text(c->participants[0].id, "a", "people are in the order of ids");
	is_text(c->participants[2].id, "edna", "all of them");
	ok(config_participant(c, "b")->rounds[0] == config_round(c,
	    "evening"), "a round may stand in another file");
	is_text(config_round(c, "evening")->ladder->name, "slow",
	    "and its ladder behind it");
	is_text(config_participant(c, "a")->place.file,
	    scheme_path("participants.d/10.conf"), "a place");
	memcpy(before, c->digest, sizeof(before));
	config_free(c);
	scheme_write("participants.d/20.conf", "[participant b]\nname = C\n"
	    "call_me = B\nround = evening\n");
	c = load();
	ok(strcmp(before, c->digest) != 0, "the digest is of all files");
	config_free(c);
	unlink(scheme_path("participants.d/10.conf"));
	unlink(scheme_path("participants.d/20.conf"));
}

static void
words(void)
{
	scheme_write_changed(NULL, "[words en]\nok = champion, right as rain\n"
	    "help = poorly\n[words pl]\nok = dobrze\n");
	struct config *c = load();
	char rule[REPLY_RULE_SIZE];

	is_int(c->words.n, 4, "four words");
	is_text(c->words.items[1].text, "right as rain", "a phrase");
	is_text(c->words.items[3].language, "pl", "and its language");
	is_int(reply_read("Champion!", "en", &c->words, rule), READING_OK,
	    "are read");
	is_int(reply_read("poorly", "en", &c->words, rule), READING_HELP,
	    "as what they are");
	config_free(c);
}

static void
languages(void)
{
	scheme_write_changed("database = ringround.db", "database ="
	    " ringround.db\nlanguages = en, pl\n[participant jan]\n"
	    "name = Jan Zielak\ncall_me = Jan\nlanguage = pl\n"
	    "[message pl]\ngreeting = a\nask = b\nthanks = c\nring_you = d\n"
	    "no_key = e\nstranger = f\nvoicemail = g\ntext = h\n"
	    "text_again = i\ntext_thanks = j\ntext_ring_you = k\n"
	    "[service x]\n");
	char *mistakes, *warnings;
	struct config *c = scheme_load(&mistakes, &warnings);
	ok(!c && strstr(mistakes, "[service] has no name of its own"),
	    "a heading that goes too far");
	free(mistakes);
	free(warnings);
	scheme_write_changed("allow_numbers = 01154960*, 07700900*\n",
	    "languages = en, pl\n[participant jan]\n"
	    "name = Jan Zielak\ncall_me = Jan\nlanguage = pl\n"
	    "[message pl]\ngreeting = a\nask = b\nthanks = c\nring_you = d\n"
	    "no_key = e\nstranger = f\nvoicemail = g\ntext = h\n"
	    "text_again = i\ntext_thanks = j\ntext_ring_you = k\n");
	c = load();
	is_text(config_participant(c, "jan")->language, "pl", "a language");
	is_text(config_participant(c, "edna")->language, "en", "the first");
	is_text(config_messages(c, "pl")->texts[MESSAGE_ASK], "b",
	    "messages in it");
	is_text(config_messages(c, "cy")->language, "en", "or the first's");
	config_free(c);
}

static void
secrets(void)
{
	scheme_write("second", "fedcba9876543210\n");
	scheme_write("key", "a key's secret\n");
	scheme_write("password", "a password\n");
	scheme_write_changed("auth_token_file = auth_token",
	    "auth_token_file = auth_token\nauth_token_file_2 = second\n"
	    "api_key_sid = SK00000000000000000000000000000001\n"
	    "api_key_secret_file = key\npath_prefix = /api/laml\n"
	    "signature_header = X-SignalWire-Signature\nproxy ="
	    " http://127.0.0.1:3128\nvoice = Polly.Amy\nin_flight = 8\n"
	    "calls_per_second = 0.5\nchannels = text\n"
	    "text_from = 60777\n[email]\nsmtp_url ="
	    " smtp://mail.example.org:587\nfrom = a@example.org\n"
	    "user = checkin\npassword_file = password\n[gateway spare]\n"
	    "driver = twilio\nbase_url = http://127.0.0.1:9081/\n"
	    "strict_sid = no\naccount_sid = whatever\n"
	    "auth_token_file = auth_token");
	/* What stood behind the token belongs to the spare gateway now. */
	struct config *c = load();
	const struct config_gateway *g = config_gateway(c, "main");

	is_text(g->auth_tokens[1], "fedcba9876543210", "the second token");
	is_text(g->api_key_sid, "SK00000000000000000000000000000001",
	    "an API key");
	is_text(g->api_key_secret, "a key's secret", "its secret");
	is_text(g->path_prefix, "/api/laml", "path_prefix");
	is_text(g->signature_header, "X-SignalWire-Signature",
	    "signature_header");
	is_text(g->proxy, "http://127.0.0.1:3128", "proxy");
	is_text(g->voice, "Polly.Amy", "voice");
	is_int(g->in_flight, 8, "in_flight");
	ok(g->calls_per_second > 0.49 && g->calls_per_second < 0.51,
	    "half a call a second");
	ok(!g->calls && g->texts, "texts only");
	is_text(g->text_from, "60777", "from a short code");
	ok(!g->text_from_letters, "which is no name");
	is_text(config_gateway(c, "spare")->base_url, "http://127.0.0.1:9081",
	    "no slash behind base_url");
	ok(config_gateway_for(c, CHANNEL_CALL) == config_gateway(c, "spare"),
	    "the gateway that calls");
	is_text(c->email.password, "a password", "the password for e-mail");
	ok(c->email.starttls, "STARTTLS beyond this machine");
	config_free(c);
}

static void
person(void)
{
	scheme_write_changed("phone = 0115 496 0123\n",
	    "phone = 07700 900123\nalternate = 07700 900129\n"
	    "text = 07700 900123\nring = 60s\n"
	    "contact_hours = 08:30-12:00\naway = 2026-12-24\n"
	    "away = 2027-02-01 to 2027-02-03\n");
	struct config *c = load();
	const struct config_participant *p = config_participant(c, "edna");
	localdate date;

	is_int(p->ring, 60 * MSEC_SECOND, "their own ring");
	is_int(p->contact_hours.from, 510, "their own hours");
	is_text(config_number(p, CHANNEL_TEXT, true), "+447700900129",
	    "an alternate for texts");
	is_int(p->n_away, 2, "two absences");
	if (calendar_parse_date("2026-12-24", &date, NULL) == 0)
		ok(config_is_away(p, date) && !config_is_away(p, date + 1),
		    "of one day");
	ok(!config_allows(c, "+441614960000"), "others are not allowed");
	config_free(c);
}

/* What is said of few people, and what is said of nobody. */
static void
extra(void)
{
	scheme_write_changed("live = yes", "live = yes\n"
	    "consent = 2026-08-01, no\npaused = 2026-12-01 to 2026-12-14, new"
	    " telephone\nagreement = 2026-09-01, spoken\n"
	    "promotional = 2026-09-01, spoken\n"
	    "promotional = 2026-10-01, no, by letter\n"
	    "promotional = 2026-09-15, spoken\n"
	    "sharing = 2026-09-01, her son\ntested = 2026-11-20, by text\n"
	    "contact = Brian, son, 07700 900124, confirmed 2026-11-01\n"
	    "contact_waived = waived, has nobody\nconfirmed = 2026-11-02\n"
	    "safety = 2026-11-03, slow_to_door, dog\nage_band = 90+\n"
	    "ward = Dales\nreferred_by = Her doctor\n"
	    "referred_on = 2026-08-20\nleft = 2027-01-10\n"
	    "left_reason = moved, to her son\n"
	    "[participant bare]\nname = B\ncall_me = B\n"
	    "[volunteer pia]\nname = Pia\nmobile = 07700 900203\n"
	    "languages = pl, pa-arab\nchecks = 2027-05-01, training\n"
	    "checks = 2027-03-01, DBS");
	struct config *c = load();
	const struct config_participant *p = config_participant(c, "edna");
	const struct config_extra *x = config_extra(p);
	const struct config_volunteer *v = config_volunteer(c, "pia");
	localdate d;

	is_text(p->consent, "2026-09-01, written", "the newest consent holds");
	is_int(calendar_make_date(2026, 12, 14, &d), 0, "a date");
	ok(config_is_away(p, d) && !config_is_away(p, d + 1) &&
	    p->away[0].paused, "a pause ends");
	is_text(x->agreement.text, "2026-09-01, spoken", "agreement");
	ok(x->promotional.no && strstr(x->promotional.text, "letter"),
	    "no more news, whatever stands behind it");
	ok(!x->sharing.no && x->sharing.on != CONFIG_NO_DATE, "sharing");
	is_int(d - x->tested, 24, "tested");
	is_int(d - p->contacts[0].confirmed, 43, "the contact's number");
	is_int(p->contacts[0].agreed, CONFIG_NO_DATE, "did not agree");
	is_text(x->contact_waived, "has nobody", "no contact, and why");
	is_int(d - x->confirmed, 42, "confirmed");
	is_int(x->safety, 1u << SAFETY_SLOW_TO_DOOR | 1u << SAFETY_DOG,
	    "safety");
	is_int(d - x->safety_on, 41, "looked at");
	is_text(x->age_band, "90+", "age band");
	is_text(x->ward, "Dales", "ward");
	is_text(x->referred_by, "Her doctor", "referred");
	ok(!config_is_away(p, x->left - 1) && config_is_away(p, x->left) &&
	    config_has_left(p, x->left + 500), "left for good");
	is_text(x->left_reason, "moved, to her son", "why");
	p = config_participant(c, "bare");
	ok(!p->extra && config_extra(p)->tested == CONFIG_NO_DATE &&
	    !config_has_left(p, d), "of most people nothing is said");
	is_text(v->languages[1], "pa-arab", "a volunteer's language");
	ok(config_is_checked(v, x->left) && !config_is_checked(v, d + 78),
	    "the first check to run out counts");
	ok(config_is_on_duty(v, calendar_instant(d, 600, NULL)) &&
	    !config_is_on_duty(v, calendar_instant(d + 78, 600, NULL)),
	    "nobody without checks is given a flag");
	config_free(c);
}

/* What hangs on the day. */
static void
day(void)
{
	struct config_notes none = { NULL, 0, 0 };
	localdate d;

	scheme_write_changed("areas = Sneinton\n", "areas = Sneinton\n"
	    "checks = 2027-03-01\n[participant f]\nname = F\ncall_me = F\n"
	    "phone = 0115 496 0124\nround = morning\nlive = yes\n"
	    "consent = 2026-09-01\nleft = 2027-01-10\nleft_reason = died\n");
	struct config *c = load();
	is_int(calendar_make_date(2027, 1, 9, &d), 0, "a date");
	config_look_at_day(c, d, &none);
	is_int(none.n, 0, "nothing yet");
	config_look_at_day(c, d + 22, &none);
	char *said = scheme_say(&none);
	is_text(said, "ringround.conf:47: the checks of tom run out after"
	    " 2027-03-01; renew them, and write the new date into checks\n"
	    "ringround.conf:52: f has left, and is not asked any more; write"
	    " live = no\n", "what to see to soon");
	free(said);
	config_notes_release(&none);
	config_look_at_day(c, d + 60, &none);
	ok(none.n == 2 && strstr(none.items[0].message, "given no flags"),
	    "and what that does");
	config_notes_release(&none);
	config_free(c);
}

static void
memory(void)
{
	struct config_memory *m = memory_new();
	char text[32];
	bool is_new;
	int same = 0;

	const char *first = memory_intern(m, "first", &is_new);
	ok(is_new, "a new text");
	ok(memory_intern(m, "first", &is_new) == first && !is_new,
	    "the same one again");
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < 5000; i++) {
			snprintf(text, sizeof(text), "text %d", i);
			const char *got = memory_intern(m, text, &is_new);
			same += is_new == (round == 0) &&
			    strcmp(got, text) == 0;
		}
	}
	is_int(same, 10000, "five thousand texts, twice");
	ok(memory_intern(m, "first", NULL) == first, "stay where they are");
	char *big = memory_alloc(m, 1000000);
	ok(big[0] == 0 && big[999999] == 0, "a large piece is zeroed");
	memory_free(m);
	memory_free(NULL);
}

int
main(void)
{
	struct err e;

	scheme_begin();
	if (calendar_open("Europe/London", &e) == -1)
		printf("# %s\n", e.text);
	joined_lines();
	includes();
	words();
	languages();
	secrets();
	person();
	extra();
	day();
	memory();
	config_free(NULL);
	return tap_done();
}

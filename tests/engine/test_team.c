/*
 * Volunteers and coordinators: who is told when, what they answer, and how
 * a flag ends.
 */
#include "rig.h"

#define SCHEME RIG_HEAD EDNA TEAM
#define MORNING "morning", RIG_DATE

/* Edna is flagged, and Tom has just been told. */
static struct rig *
flagged(const char *scheme, const char *lines)
{
	struct rig *r = rig_open(scheme, lines, RIG_AT(7, 0));

	rig_run(r, RIG_AT(10, 0) + 30 * MSEC_SECOND);
	return r;
}

static void
say(struct rig *r, const char *number, const char *verb, const char *more)
{
	char text[64];

	snprintf(text, sizeof(text), "%s %s%s", verb, rig_code(r, "edna"),
	    more);
	rig_texts(r, number, text);
}

static void
test_yes_and_done(void)
{
	struct rig *r = flagged(SCHEME, TOM_TEXT
	    " text reply \"YES {code}\" after 2m\n");
	struct ledger_flag f;

	rig_run(r, RIG_AT(10, 5));
	is_text(rig_flag(r, "edna"), "no_response claimed tom", "YES claims");
	ok(strstr(rig_text(r, TOM_TEXT), OFFICE), "the office's number: %s",
	    rig_text(r, TOM_TEXT));
	rig_run(r, RIG_AT(11, 30));
	is_int(rig_count(r, CHANNEL_TEXT, GRACE_TEXT, 0), 0, "nobody else");
	is_int(rig_count(r, CHANNEL_TEXT, ASHA_TEXT, 0), 0, "is told");
	say(r, TOM_TEXT, "DONE", " asleep");
	is_text(rig_flag(r, "edna"), "no_response resolved safe", "DONE");
	f = rig_flag_row(r, "edna");
	is_text(false_alarm_name(f.false_alarm), "asleep", "and why");
	is_text(f.owner, "tom", "by whom");
	is_text(rig_checkin(r, "edna", MORNING), "confirmed_late human",
	    "a named human confirms");
	rig_close(r);
}

static void
test_no(void)
{
	struct rig *r = flagged(SCHEME, "");

	say(r, TOM_TEXT, "NO", "");
	is_text(rig_flag(r, "edna"), "no_response open grace",
	    "the next at once");
	say(r, GRACE_TEXT, "no", "");
	is_text(rig_flag(r, "edna"), "no_response open asha",
	    "at last the coordinator");
	is_int(rig_texts_with(r, ASHA_TEXT, "flag"), 1, "she is told");
	rig_close(r);
}

/* Claimed, and then nothing: asked after an hour, and at last the next. */
static void
test_no_word(void)
{
	struct rig *r = flagged(SCHEME, "");

	say(r, TOM_TEXT, "YES", "");
	rig_run(r, RIG_AT(10, 59));
	is_int(rig_texts_with(r, TOM_TEXT, "still yours"), 0, "not yet");
	rig_run(r, RIG_AT(11, 2));
	is_int(rig_texts_with(r, TOM_TEXT, "still yours"), 1, "asked once");
	is_text(rig_flag(r, "edna"), "no_response claimed tom", "his still");
	rig_run(r, RIG_AT(11, 29));
	is_int(rig_texts_with(r, TOM_TEXT, "still yours"), 1, "once only");
	rig_run(r, RIG_AT(11, 32));
	is_text(rig_flag(r, "edna"), "no_response open grace",
	    "without a word it goes to the next");
	is_int(rig_texts_with(r, ASHA_TEXT, "flag"), 1,
	    "and the coordinator is told");
	rig_close(r);
}

/* Claimed for a missed call, and now they ask for help: the claim is no
 * reason to wait for one volunteer. */
static void
test_help_when_claimed(void)
{
	struct rig *r = flagged(SCHEME, "");

	say(r, TOM_TEXT, "YES", "");
	is_int(rig_texts_with(r, ASHA_TEXT, "flag"), 0, "Tom has it");
	rig_texts(r, EDNA_TEXT, "help");
	rig_run(r, r->now + MSEC_MINUTE);
	is_text(rig_flag(r, "edna"), "help claimed tom", "it is help now");
	is_int(rig_texts_with(r, TOM_TEXT, "URGENT"), 1, "Tom is told");
	is_int(rig_texts_with(r, ASHA_TEXT, "URGENT"), 1,
	    "and the coordinator, at once");
	rig_run(r, r->now + 20 * MSEC_MINUTE);
	is_int(rig_texts_with(r, TOM_TEXT, "still yours"), 1,
	    "Tom is asked soon");
	rig_run(r, r->now + 30 * MSEC_MINUTE);
	is_text(rig_flag(r, "edna"), "help open grace",
	    "and without a word it goes on");
	rig_close(r);
}

static void
test_release(void)
{
	struct rig *r = flagged(SCHEME, "");

	say(r, TOM_TEXT, "YES", "");
	say(r, TOM_TEXT, "RELEASE", "");
	is_text(rig_flag(r, "edna"), "no_response open grace", "the next");
	say(r, GRACE_TEXT, "YES", "");
	say(r, TOM_TEXT, "YES", "");
	is_text(rig_flag(r, "edna"), "no_response claimed grace",
	    "one cannot take what another has");
	ok(strstr(rig_text(r, TOM_TEXT), "has flag"), "and hears it: %s",
	    rig_text(r, TOM_TEXT));
	say(r, TOM_TEXT, "DONE", " safe");
	is_text(rig_flag(r, "edna"), "no_response claimed grace",
	    "nor close it");
	is_text(rig_resolve(r, rig_code(r, "edna"), "asha",
	    DISPOSITION_NOT_LOCATED), "", "but the coordinator may");
	is_text(rig_checkin(r, "edna", MORNING), "no_response",
	    "not located confirms nobody");
	rig_close(r);
}

static void
test_words_of_the_team(void)
{
	struct rig *r = flagged(SCHEME, "");

	rig_texts(r, TOM_TEXT, "ok");
	is_text(rig_flag(r, "edna"), "no_response open tom",
	    "a bare OK never claims");
	rig_texts(r, TOM_TEXT, "YES");
	is_text(rig_flag(r, "edna"), "no_response claimed tom",
	    "a bare YES means the only one");
	rig_texts(r, TOM_TEXT, "DONE");
	is_text(rig_flag(r, "edna"), "no_response claimed tom",
	    "DONE wants a word");
	ok(strstr(rig_text(r, TOM_TEXT), "SAFE"), "and says which");
	rig_texts(r, TOM_TEXT, "LIST");
	ok(strstr(rig_text(r, TOM_TEXT), "(yours)"), "LIST: %s",
	    rig_text(r, TOM_TEXT));
	rig_texts(r, TOM_TEXT, "YES K4F7");
	ok(strstr(rig_text(r, TOM_TEXT), "no flag"), "a code that is none");
	rig_texts(r, TOM_TEXT, "DONE safe");
	is_text(rig_flag(r, "edna"), "no_response resolved safe",
	    "DONE without a code means the only one");
	is_int(rig_open_flags(r), 0, "none of it is a flag");
	rig_close(r);
}

/* A volunteer who is also a participant, at one number. */
static void
test_both(void)
{
#define BOTH RIG_HEAD "[round gentle]\ndays = mon-sun\nat = 09:30\n"  \
	"ladder = gentle\n" EDNA                                     \
	RIG_PERSON("tomas", "Mr Tomas Reidt", "call_me = Tomas\n"    \
	"round = gentle\ntext = 07700 900202\nchannel = text\n") TEAM
	struct rig *r = flagged(BOTH, "");

	is_text(rig_flag(r, "edna"), "no_response open tom", "Tom is told");
	say(r, TOM_TEXT, "YES", "");
	is_text(rig_flag(r, "edna"), "no_response claimed tom", "YES claims");
	is_text(rig_checkin(r, "tomas", "gentle", RIG_DATE), "asking",
	    "YES CODE never confirms");
	rig_texts(r, TOM_TEXT, "OK");
	is_text(rig_checkin(r, "tomas", "gentle", RIG_DATE),
	    "confirmed reply", "OK is the participant's");
	is_text(rig_flag(r, "edna"), "no_response claimed tom",
	    "and no volunteer's");
	rig_close(r);
}

static void
test_notice_that_fails(void)
{
	struct rig *r = flagged(SCHEME, TOM_TEXT " text undelivered\n");

	is_int(rig_texts_with(r, TOM_TEXT, "flag"), 1, "Tom was told");
	is_text(rig_flag(r, "edna"), "no_response open grace",
	    "it did not arrive: the next now, not at the deadline");
	rig_close(r);

	r = rig_open(SCHEME, TOM_TEXT " text refused 21610\n", RIG_AT(7, 0));
	rig_run(r, RIG_AT(10, 0) + 2 * MSEC_SECOND);
	is_text(rig_flag(r, "edna"), "no_response open grace",
	    "refused for this number: the next now");
	is_int(rig_count(r, CHANNEL_TEXT, GRACE_TEXT, 0), 1,
	    "and is told, within two seconds");
	rig_close(r);
}

/* The same of whoever is told by e-mail alone; who got a text is not passed
 * over for the e-mail's sake. */
static void
test_mail_that_is_refused(void)
{
	struct rig *r = rig_open(RIG_HEAD EDNA ASHA TOM "notices = email\n"
	    GRACE, "", RIG_AT(7, 0));

	r->mail_fate = POST_REFUSED;
	rig_run(r, RIG_AT(10, 0) + 2 * MSEC_SECOND);
	is_int(rig_mails_with(r, "tom@example.org", "flag"), 1, "Tom was "
	    "written to, once");
	is_text(rig_flag(r, "edna"), "no_response open grace",
	    "his address takes nothing: the next now");
	is_int(rig_count(r, CHANNEL_TEXT, GRACE_TEXT, 0), 1,
	    "and is told, within two seconds");
	rig_close(r);

	r = rig_open(SCHEME, "", RIG_AT(7, 0));
	r->mail_fate = POST_REFUSED;
	rig_run(r, RIG_AT(10, 0) + 2 * MSEC_SECOND);
	is_text(rig_flag(r, "edna"), "no_response open tom",
	    "Tom has the text, and his time");
	rig_close(r);
}

#define MORE_TEAM(id, mobile) "[volunteer " id "]\nname = " id "\n"       \
	"mobile = " mobile "\nareas = Sneinton\nduty = mon-sun 08:00-20:00\n"

/* Where no text arrives anywhere, nobody learns more by going through the
 * team; those who are left are told in their own time. */
static void
test_outage_spares_the_team(void)
{
	struct rig *r = rig_open(SCHEME MORE_TEAM("hugh", "07700 900204")
	    MORE_TEAM("ines", "07700 900205") MORE_TEAM("jack", "07700 900206"),
	    "default text 100 refused 30007\n", RIG_AT(7, 0));

	rig_run(r, RIG_AT(10, 0) + 2 * MSEC_SECOND);
	is_text(rig_flag(r, "edna"), "no_response open grace",
	    "one that is refused may be one bad number");
	rig_run(r, RIG_AT(10, 14));
	is_text(rig_flag(r, "edna"), "no_response open hugh",
	    "three in a row are an outage: nobody else for now");
	is_int(rig_count(r, CHANNEL_TEXT, "07700 900205", 0), 0, "not Ines");
	rig_run(r, RIG_AT(10, 17));
	is_text(rig_flag(r, "edna"), "no_response open ines",
	    "she is told at her time");
	rig_run(r, RIG_AT(10, 31));
	ok(rig_mails_with(r, "asha@example.org", "flag") > 0,
	    "and the coordinator at hers");
	rig_close(r);
}

/* A coordinator whose telephone takes no texts gets no mail a minute. */
static void
test_coordinator_that_fails(void)
{
	struct rig *r = flagged(RIG_HEAD EDNA ASHA, ASHA_TEXT
	    " text refused 21610\n");

	rig_run(r, RIG_AT(11, 0));
	ok(rig_mails_with(r, "asha@example.org", "flag") >= 4, "again");
	ok(rig_mails_with(r, "asha@example.org", "flag") <= 5,
	    "every 15 minutes: %d",
	    rig_mails_with(r, "asha@example.org", "flag"));
	rig_close(r);
}

/* A volunteer's STOP holds for notices too. */
static void
test_volunteer_stops(void)
{
	struct rig *r = rig_open(SCHEME, "", RIG_AT(7, 0));

	rig_texts(r, GRACE_TEXT, "STOP");
	is_int(rig_texts_with(r, ASHA_TEXT, "STOP"), 1, "she is told");
	is_int(rig_open_flags(r), 0, "it is no flag");
	rig_run(r, RIG_AT(10, 20));
	is_int(rig_count(r, CHANNEL_TEXT, GRACE_TEXT, 0), 0, "no text");
	is_text(rig_flag(r, "edna"), "no_response open asha",
	    "the next is told instead");
	rig_texts(r, GRACE_TEXT, "Start");
	is_int(rig_open_flags(r), 1, "nor is START one");
	rig_run(r, rig_instant(RIG_DATE + 1, 7, 0));
	is_text(rig_resolve(r, rig_code(r, "edna"), "asha",
	    DISPOSITION_SETTLED), "", "closed");
	rig_run(r, rig_instant(RIG_DATE + 1, 10, 20));
	ok(rig_count(r, CHANNEL_TEXT, GRACE_TEXT, 0) > 0, "texts again");
	rig_close(r);
}

/* Whoever leaves the team leaves no flag behind. */
static void
test_volunteer_leaves(void)
{
	struct rig *r = flagged(SCHEME, "");

	say(r, TOM_TEXT, "YES", "");
	ok(rig_reload(r, RIG_HEAD EDNA ASHA GRACE, 0) == NULL, "Tom leaves");
	is_text(rig_flag(r, "edna"), "no_response open grace",
	    "his flag goes to the next");
	rig_close(r);
}

/* Texts that waited for a dead gateway are not sent when they are stale. */
static void
test_stale_notices(void)
{
	struct rig *r = rig_open(SCHEME, "", RIG_AT(7, 0));

	rig_run(r, RIG_AT(9, 50));
	rig_lines(r, "fault unreachable all for 130m\n");
	rig_run(r, RIG_AT(11, 59));
	is_int(rig_mails_with(r, "tom@example.org", "flag"), 1,
	    "by e-mail at least");
	is_text(rig_resolve(r, rig_code(r, "edna"), "asha",
	    DISPOSITION_SAFE), "", "found well");
	rig_run(r, RIG_AT(13, 0));
	is_int(rig_made(r), 4, "none of the old texts is made: %d",
	    rig_made(r));
	rig_close(r);
}

/* Who is asked: on duty, for the area, with the fewest. */
static void
test_choice(void)
{
	struct rig *r = flagged(RIG_HEAD EDNA ASHA
	    "[volunteer tom]\nname = Tom Reid\nmobile = 07700 900202\n"
	    "areas = Sneinton\nduty = sat 08:00-20:00\n"
	    "[volunteer grace]\nname = Grace Obi\nmobile = 07700 900203\n"
	    "areas = Lenton\nduty = mon-sun 08:00-20:00\n", "");

	is_text(rig_flag(r, "edna"), "no_response open asha",
	    "off duty and another area: the coordinator");
	rig_close(r);

	r = rig_open(RIG_HEAD EDNA WALTER TEAM, "", RIG_AT(7, 0));
	rig_run(r, RIG_AT(10, 1));
	is_text(rig_flag(r, "edna"), "no_response open tom", "one each:");
	is_text(rig_flag(r, "walter"), "no_response open grace",
	    "what Tom has been asked to take counts before he takes it");
	is_text(rig_claim(r, rig_code(r, "edna"), "tom"), "", "Tom takes it");
	is_text(rig_resolve(r, rig_code(r, "walter"), "asha",
	    DISPOSITION_SAFE), "", "Walter's is closed");
	rig_rings(r, WALTER_CALL, "key 2");
	is_text(rig_flag(r, "walter"), "help open grace",
	    "the one with the fewest");
	rig_close(r);
}

static void
test_late_confirmation(void)
{
	struct rig *r = flagged(SCHEME, "");

	say(r, TOM_TEXT, "YES", "");
	rig_texts(r, EDNA_TEXT, "I'm fine x");
	is_text(rig_checkin(r, "edna", MORNING), "confirmed_late reply",
	    "late");
	is_text(rig_flag(r, "edna"), "no_response resolved own_word",
	    "closes the flag");
	is_int(rig_texts_with(r, TOM_TEXT, "has ended"), 1,
	    "whoever holds it is told");
	ok(strstr(rig_claim(r, rig_code(r, "edna"), "grace"), "ended"),
	    "and nobody can take it any more");
	rig_close(r);
}

static void
test_next_day(void)
{
	struct rig *r = flagged(SCHEME, "");
	char code[8];

	snprintf(code, sizeof(code), "%s", rig_code(r, "edna"));
	say(r, TOM_TEXT, "YES", "");
	rig_run(r, rig_instant(RIG_DATE + 1, 10, 1));
	is_text(rig_checkin(r, "edna", "morning", RIG_DATE + 1),
	    "no_response", "the next day's miss");
	is_int(rig_open_flags(r), 1, "joins the open flag");
	is_text(rig_code(r, "edna"), code, "the same");
	rig_lines(r, EDNA_CALL " call key 1\n");
	rig_run(r, rig_instant(RIG_DATE + 2, 9, 5));
	is_text(rig_flag(r, "edna"), "no_response resolved own_word",
	    "and the day after, her own word ends it");
	is_text(rig_checkin(r, "edna", MORNING), "no_response",
	    "what was missed stays missed");
	rig_close(r);
}

static void
test_human_channel(void)
{
	struct rig *r = rig_open(RIG_HEAD RIG_PERSON("harold",
	    "Mr Harold Finch", "call_me = Harold\nround = morning\n"
	    "phone = 0115 496 0150\nchannel = human\n") TEAM, "",
	    RIG_AT(7, 0));

	rig_run(r, RIG_AT(9, 1));
	is_text(rig_flag(r, "harold"), "human_call open tom",
	    "the slot is a call for a volunteer");
	is_int(rig_count(r, CHANNEL_CALL, "0115 496 0150", 0), 0,
	    "and none of ours");
	is_text(rig_claim(r, rig_code(r, "harold"), "tom"), "", "Tom rings");
	is_text(rig_resolve(r, rig_code(r, "harold"), "tom",
	    DISPOSITION_CHAT), "", "they had a chat");
	is_text(rig_checkin(r, "harold", MORNING), "confirmed human",
	    "a human's word, in the same history");
	rig_run(r, rig_instant(RIG_DATE + 1, 21, 0));
	is_text(rig_checkin(r, "harold", "morning", RIG_DATE + 1), "missed",
	    "nobody rang him");
	is_int(rig_incidents(r), 0, "which is no outage");
	rig_close(r);
}

static void
test_hospital(void)
{
	struct rig *r = flagged(RIG_HEAD
	    "[round evening]\ndays = mon-sun\nat = 17:00\n"
	    "ladder = standard\n"
	    RIG_PERSON("edna", "Mrs Edna Clarke", "call_me = Edna\n"
	    "round = morning, evening\nphone = 0115 496 0123\n") TEAM, "");

	is_text(rig_resolve(r, rig_code(r, "edna"), "asha",
	    DISPOSITION_HOSPITAL), "", "in hospital");
	is_text(rig_checkin(r, "edna", MORNING), "no_response", "as it was");
	is_text(rig_checkin(r, "edna", "evening", RIG_DATE),
	    "cancelled in hospital", "no more asking today");
	rig_run(r, RIG_AT(19, 0));
	is_int(rig_count(r, CHANNEL_CALL, EDNA_CALL, RIG_AT(16, 0)), 0,
	    "nor a call");
	rig_close(r);
}

static void
test_morning_list(void)
{
	struct rig *r = flagged(SCHEME, "");

	is_int(rig_mails_with(r, "asha@example.org", "your list"), 1,
	    "the coordinator's list at 08:30");
	is_int(rig_mails_with(r, "tom@example.org", "your list"), 1, "Tom's");
	rig_kill(r);
	rig_start(r, NULL);
	rig_run(r, rig_instant(RIG_DATE + 1, 8, 29));
	is_int(rig_mails_with(r, "asha@example.org", "your list"), 1,
	    "once a day, over a restart");
	rig_run(r, rig_instant(RIG_DATE + 1, 8, 31));
	is_int(rig_mails_with(r, "asha@example.org", "your list"), 2,
	    "and the next day again");
	ok(strstr(r->mails[r->n_mails - 1].text, "flag") ||
	    strstr(r->mails[r->n_mails - 2].text, rig_code(r, "edna")),
	    "with what is open");
	rig_close(r);
}

/* What is still open at the end of the day, and whose it is. */
static void
test_hand_over(void)
{
	struct rig *r = flagged(SCHEME, "");
	const struct rig_mail *last = NULL;

	say(r, TOM_TEXT, "NO", "");
	say(r, GRACE_TEXT, "YES", "");
	rig_run(r, RIG_AT(19, 29));
	say(r, ASHA_TEXT, "LIST", "");
	is_int(rig_mails_with(r, "asha@example.org", "hand-over"), 0,
	    "not before the evening");
	rig_run(r, RIG_AT(19, 31));
	is_int(rig_mails_with(r, "asha@example.org", "hand-over"), 1,
	    "the coordinator's");
	is_int(rig_mails_with(r, "tom@example.org", "hand-over"), 0,
	    "nothing is left to Tom");
	for (size_t i = 0; i < r->n_mails; i++)
		if (strstr(r->mails[i].subject, "hand-over"))
			last = &r->mails[i];
	ok(strstr(last->text, rig_code(r, "edna")) &&
	    strstr(last->text, ", since 10:00, "), "what: %s", last->text);
	ok(strstr(last->text, " has it") || strstr(last->text, "was asked"),
	    "and whose: %s", last->text);
	ok(strstr(last->text, "http://127.0.0.1:9085/list"), "and where");
	ok(!strstr(last->text, "Edna") && !strstr(last->text, EDNA_CALL),
	    "nobody's name but the team's");
	rig_kill(r);
	rig_start(r, NULL);
	rig_run(r, RIG_AT(21, 0));
	is_int(rig_mails_with(r, "asha@example.org", "hand-over"), 1,
	    "once, over a restart");
	rig_close(r);
}

/* Each by the ways that they chose. */
static void
test_ways(void)
{
	struct rig *r = flagged(RIG_HEAD EDNA ASHA "evening_list = none\n"
	    TOM "notices = email\nmorning_list = text\n"
	    "evening_list = text, email\n", "");

	is_int(rig_texts_with(r, TOM_TEXT, "this morning, nothing is open"),
	    1, "a morning list by text");
	is_int(rig_mails_with(r, "tom@example.org", "your list"), 0,
	    "and no e-mail of it");
	is_int(rig_texts_with(r, TOM_TEXT, "flag"), 0, "no text of a flag");
	is_int(rig_mails_with(r, "tom@example.org", "flag"), 1,
	    "but an e-mail");
	rig_texts(r, TOM_TEXT, "YES");
	rig_run(r, RIG_AT(10, 50));
	rig_run(r, RIG_AT(19, 31));
	is_int(rig_mails_with(r, "asha@example.org", "hand-over"), 0,
	    "none for who wants none");
	rig_close(r);
}

/* Nobody's sleep is broken for what somebody else can do. */
static void
test_quiet(void)
{
	struct rig *r = flagged(RIG_HEAD EDNA TEAM "quiet = 09:30-11:00\n"
	    , "");

	say(r, TOM_TEXT, "NO", "");
	is_text(rig_flag(r, "edna"), "no_response open asha",
	    "Grace is left in peace");
	is_int(rig_count(r, CHANNEL_TEXT, GRACE_TEXT, 0), 0, "no text");
	rig_close(r);
	r = flagged(RIG_HEAD EDNA ASHA GRACE "quiet = 20:00-10:30\n", "");
	is_text(rig_flag(r, "edna"), "no_response open asha",
	    "over midnight too");
	rig_texts(r, EDNA_TEXT, "help");
	rig_run(r, r->now + MSEC_MINUTE);
	is_int(rig_texts_with(r, GRACE_TEXT, "URGENT"), 1,
	    "but for help anybody is called");
	rig_close(r);
}

static void
test_mail_server_down(void)
{
	struct rig *r = rig_open(SCHEME, "", RIG_AT(7, 0));

	r->mail_fate = POST_LATER;
	rig_run(r, RIG_AT(8, 45));
	ok(rig_mails_with(r, "asha@example.org", "your list") >= 3,
	    "tried again");
	ok(rig_mails_with(r, "asha@example.org", "your list") <= 5,
	    "more and more seldom");
	r->mail_fate = POST_ACCEPTED;
	rig_run(r, RIG_AT(9, 30));
	ok(rig_mails_with(r, "asha@example.org", "your list") <= 6,
	    "until it is taken");
	rig_close(r);
}

int
main(void)
{
	test_yes_and_done();
	test_no();
	test_no_word();
	test_help_when_claimed();
	test_release();
	test_words_of_the_team();
	test_both();
	test_notice_that_fails();
	test_mail_that_is_refused();
	test_outage_spares_the_team();
	test_coordinator_that_fails();
	test_stale_notices();
	test_volunteer_stops();
	test_volunteer_leaves();
	test_choice();
	test_late_confirmation();
	test_next_day();
	test_human_channel();
	test_hospital();
	test_morning_list();
	test_hand_over();
	test_ways();
	test_quiet();
	test_mail_server_down();
	return tap_done();
}

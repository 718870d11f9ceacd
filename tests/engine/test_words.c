/*
 * What people write and say by themselves: replies, calls back, STOP,
 * strangers, and numbers that several share.
 */
#include "rig.h"

#include "ledger/handle.h"

#define SCHEME RIG_HEAD EDNA TEAM
#define MORNING "morning", RIG_DATE
#define EVENING "[round evening]\ndays = mon-sun\nat = 17:00\n" \
	"ladder = standard\n"
#define SHARED "07700 900170"
#define TEXTERS                                                      \
	RIG_PERSON("stan", "Mr Stanley Poole", "call_me = Stan\n"    \
	"round = gentle\ntext = " SHARED "\nchannel = text\n")       \
	RIG_PERSON("vera", "Mrs Verity Poole", "call_me = Vera\n"    \
	"round = gentle\ntext = " SHARED "\nchannel = text\n")
#define GENTLE "[round gentle]\ndays = mon-sun\nat = 09:00\n" \
	"ladder = gentle\n"
#define FRI "gentle", RIG_DATE

static void
test_ok_by_text(void)
{
	struct rig *r = rig_open(SCHEME, EDNA_TEXT
	    " text reply \"OK thank you dear\" after 2m\n", RIG_AT(7, 0));

	rig_run(r, RIG_AT(9, 20));
	is_text(rig_checkin(r, "edna", MORNING), "confirmed reply", "OK");
	is_text(rig_attempts(r, "edna", MORNING),
	    "call no_answer, call no_answer, text ok", "the text was it");
	is_int(rig_texts_with(r, EDNA_TEXT, "thank you Edna"), 1, "thanked");
	rig_run(r, RIG_AT(11, 0));
	is_int(rig_count(r, CHANNEL_CALL, "07700 900129", 0), 0,
	    "the ladder has ended");
	rig_close(r);
}

static void
test_help_by_text(void)
{
	struct rig *r = rig_open(SCHEME, EDNA_TEXT
	    " text reply \"I fell, HELP!!!\" after 1m\n", RIG_AT(7, 0));

	rig_run(r, RIG_AT(9, 20));
	is_text(rig_checkin(r, "edna", MORNING), "help_requested", "HELP");
	ok(strstr(rig_flag(r, "edna"), "help open"), "is flagged");
	is_int(rig_texts_with(r, EDNA_TEXT, "we ring you by"), 1, "told so");
	rig_run(r, RIG_AT(10, 10));
	is_int(rig_count(r, CHANNEL_CALL, "07700 900129", 0), 0,
	    "the ladder has ended");
	rig_close(r);

	/* Help at another time of the day is no less. */
	r = rig_open(SCHEME, EDNA_CALL " call key 1\n", RIG_AT(7, 0));
	rig_run(r, RIG_AT(15, 0));
	rig_texts(r, EDNA_TEXT, "please ring me");
	ok(strstr(rig_flag(r, "edna"), "help open"), "in the afternoon");
	is_text(rig_checkin(r, "edna", MORNING), "confirmed key",
	    "the morning stays confirmed");
	rig_close(r);
}

static void
test_stop_and_start(void)
{
	struct rig *r = rig_open(SCHEME, "", RIG_AT(7, 0));

	rig_run(r, RIG_AT(9, 16));
	rig_texts(r, EDNA_TEXT, "STOP");
	is_text(rig_flag(r, "edna"), "stop open asha", "the coordinator");
	is_int(rig_texts_with(r, TOM_TEXT, ""), 0, "no volunteer");
	rig_run(r, RIG_AT(9, 40));
	is_int(rig_count(r, CHANNEL_CALL, "07700 900129", 0), 1,
	    "calls go on: only the channel is closed");
	rig_run(r, RIG_AT(10, 1));
	ok(strstr(rig_flag(r, "edna"), "no_response"), "the more urgent");
	rig_run(r, rig_instant(RIG_DATE + 1, 9, 20));
	is_int(rig_count(r, CHANNEL_TEXT, EDNA_TEXT, 0), 1,
	    "no text any more");
	rig_texts(r, EDNA_TEXT, "START");
	rig_run(r, rig_instant(RIG_DATE + 2, 9, 20));
	is_int(rig_count(r, CHANNEL_TEXT, EDNA_TEXT,
	    rig_instant(RIG_DATE + 2, 8, 0)), 1, "START lifts it");
	rig_close(r);
}

/* Whoever has no other channel is flagged at the slot. */
static void
test_stop_of_the_only_channel(void)
{
	struct rig *r = rig_open(RIG_HEAD GENTLE TEXTERS TEAM, "",
	    RIG_AT(7, 0));

	rig_run(r, RIG_AT(9, 1));
	rig_texts(r, SHARED, "stop");
	ok(strstr(rig_flag(r, "stan"), "stop open"), "everybody whom");
	ok(strstr(rig_flag(r, "vera"), "stop open"), "it touches");
	rig_run(r, rig_instant(RIG_DATE + 1, 9, 1));
	is_text(rig_checkin(r, "stan", "gentle", RIG_DATE + 1),
	    "undelivered", "nothing is left to ask on");
	is_int(rig_count(r, CHANNEL_TEXT, SHARED, RIG_AT(9, 2)), 0,
	    "nothing more was sent");
	rig_close(r);
}

static void
test_unclear(void)
{
	struct rig *r = rig_open(SCHEME, EDNA_TEXT
	    " text reply \"is it raining there?\" after 1m\n", RIG_AT(7, 0));

	rig_run(r, RIG_AT(9, 20));
	is_text(rig_checkin(r, "edna", MORNING), "asking",
	    "a sign of life is no OK");
	ok(strstr(rig_flag(r, "edna"), "unclear_reply open tom"), "a human");
	rig_run(r, RIG_AT(9, 40));
	is_int(rig_count(r, CHANNEL_CALL, "07700 900129", 0), 1,
	    "and is asked on");
	rig_texts(r, EDNA_TEXT, "yes I am fine");
	is_text(rig_checkin(r, "edna", MORNING), "confirmed reply", "now");
	is_text(rig_flag(r, "edna"), "unclear_reply resolved own_word",
	    "their own later word ends it");
	is_int(rig_texts_with(r, GRACE_TEXT, "has ended"), 1,
	    "whoever was asked last is told");
	rig_close(r);
}

static void
test_before_the_slot(void)
{
	struct rig *r = rig_open(SCHEME, "", RIG_AT(7, 0));

	rig_run(r, RIG_AT(8, 10));
	rig_texts(r, EDNA_TEXT, "good morning, all well");
	is_text(rig_checkin(r, "edna", MORNING), "confirmed reply", "early");
	rig_run(r, RIG_AT(12, 0));
	is_int(rig_count(r, CHANNEL_CALL, EDNA_CALL, 0), 0, "no call");
	rig_close(r);

	r = rig_open(SCHEME, "", RIG_AT(7, 0));
	rig_rings(r, EDNA_CALL, "key 1");
	is_text(rig_checkin(r, "edna", MORNING), "confirmed call_back",
	    "or by ringing in");
	rig_run(r, RIG_AT(12, 0));
	is_int(rig_count(r, CHANNEL_CALL, EDNA_CALL, 0), 0, "no call");
	rig_close(r);
}

static void
test_call_back(void)
{
	struct rig *r = rig_open(SCHEME, "", RIG_AT(7, 0));

	rig_run(r, RIG_AT(9, 5));
	rig_rings(r, EDNA_CALL, "key 1");
	is_text(rig_checkin(r, "edna", MORNING), "confirmed call_back", "1");
	ok(rig_said(r, "Hello Edna"), "asked by name");
	rig_close(r);

	r = rig_open(SCHEME, "", RIG_AT(7, 0));
	rig_run(r, RIG_AT(9, 5));
	rig_rings(r, EDNA_CALL, "key 2");
	is_text(rig_checkin(r, "edna", MORNING), "help_requested", "2");
	rig_close(r);

	r = rig_open(SCHEME, "", RIG_AT(7, 0));
	rig_run(r, RIG_AT(9, 5));
	rig_rings(r, EDNA_CALL, "silent");
	rig_run(r, RIG_AT(9, 12));
	is_text(rig_checkin(r, "edna", MORNING), "asking", "without a key");
	ok(strstr(rig_flag(r, "edna"), "unclear_reply open"), "a human");
	rig_close(r);

	r = rig_open(SCHEME, "", RIG_AT(7, 0));
	rig_run(r, RIG_AT(9, 5));
	rig_rings(r, EDNA_CALL, "hang-up");
	rig_run(r, RIG_AT(9, 12));
	ok(strstr(rig_flag(r, "edna"), "unclear_reply open"), "hung up");
	rig_rings(r, EDNA_CALL, "key 9 1");
	is_text(rig_checkin(r, "edna", MORNING), "confirmed call_back",
	    "9 and then 1");
	is_text(rig_flag(r, "edna"), "unclear_reply resolved own_word",
	    "which ends it");
	rig_close(r);
}

static void
test_strangers(void)
{
	struct rig *r = rig_open(SCHEME, "", RIG_AT(7, 0));

	rig_rings(r, "0115 496 0777", "silent");
	ok(rig_said(r, "We do not know you"), "a stranger hears who we are");
	is_int(rig_open_flags(r), 0, "and is no flag");
	rig_texts(r, "07700 900777", "is this the plumber");
	ok(strstr(rig_flag(r, "+447700900777"), "unclear_reply open"),
	    "what a stranger writes, a human reads");
	rig_texts(r, "07700 900777", "hello?");
	is_int(rig_open_flags(r), 1, "once");
	rig_rings(r, "withheld", "silent");
	ok(strstr(rig_flag(r, "withheld"), "unclear_reply open"),
	    "a withheld number may be one of ours");
	is_int(rig_count(r, CHANNEL_TEXT, "07700 900777", 0), 0,
	    "strangers are not answered");
	rig_close(r);
}

static void
test_couple_by_call(void)
{
	struct rig *r = rig_open(RIG_HEAD STAN VERA TEAM, "", RIG_AT(7, 0));
	msec first, second;

	rig_lines(r, COUPLE_CALL " call key 1\n");
	rig_run(r, RIG_AT(9, 10));
	first = rig_nth(r, CHANNEL_CALL, COUPLE_CALL, 0);
	second = rig_nth(r, CHANNEL_CALL, COUPLE_CALL, 1);
	ok(second >= first + 10 * MSEC_SECOND, "one after the other");
	ok(strstr(r->creates[0].words, "Hello Stan"), "each by name");
	ok(strstr(r->creates[1].words, "Hello Vera"), "so Vera too");
	is_text(rig_checkin(r, "stan", MORNING), "confirmed key", "Stan");
	is_text(rig_checkin(r, "vera", MORNING), "confirmed key", "Vera");
	rig_close(r);

	r = rig_open(RIG_HEAD STAN VERA TEAM, "", RIG_AT(7, 0));
	rig_run(r, RIG_AT(9, 8));
	rig_rings(r, COUPLE_CALL, "key 1 1");
	ok(rig_said(r, "Hello Stan") && rig_said(r, "Hello Vera"),
	    "a call back asks each by name");
	is_text(rig_checkin(r, "stan", MORNING), "confirmed call_back",
	    "Stan");
	is_text(rig_checkin(r, "vera", MORNING), "confirmed call_back",
	    "Vera");
	rig_close(r);

	r = rig_open(RIG_HEAD STAN VERA TEAM, "", RIG_AT(7, 0));
	rig_run(r, RIG_AT(9, 8));
	rig_rings(r, COUPLE_CALL, "key 1 2");
	is_text(rig_checkin(r, "stan", MORNING), "confirmed call_back",
	    "Stan is well");
	is_text(rig_checkin(r, "vera", MORNING), "help_requested",
	    "Vera is not");
	rig_close(r);

	r = rig_open(RIG_HEAD STAN VERA TEAM, "", RIG_AT(7, 0));
	rig_run(r, RIG_AT(9, 8));
	rig_rings(r, COUPLE_CALL, "key 1");
	rig_run(r, RIG_AT(9, 16));
	is_text(rig_checkin(r, "stan", MORNING), "confirmed call_back",
	    "one of two");
	is_text(rig_checkin(r, "vera", MORNING), "asking", "is not both");
	rig_close(r);
}

static void
test_couple_by_text(void)
{
	struct rig *r = rig_open(RIG_HEAD GENTLE TEXTERS TEAM, "",
	    RIG_AT(7, 0));

	rig_run(r, RIG_AT(9, 1));
	is_int(rig_count(r, CHANNEL_TEXT, SHARED, 0), 2, "both are asked");
	rig_texts(r, SHARED, "ok");
	is_text(rig_checkin(r, "stan", FRI), "asking", "confirms nobody");
	is_text(rig_checkin(r, "vera", FRI), "asking", "neither her");
	ok(strstr(rig_text(r, SHARED), "Stan, Vera"), "who is it? %s",
	    rig_text(r, SHARED));
	ok(strstr(rig_flag(r, "stan"), "unclear_reply") &&
	    strstr(rig_flag(r, "vera"), "unclear_reply"), "a human finds out");
	is_text(rig_resolve(r, rig_code(r, "vera"), "asha", DISPOSITION_SAFE),
	    "", "it was Vera");
	is_text(rig_checkin(r, "vera", FRI), "confirmed human", "says Asha");
	rig_texts(r, SHARED, "ok");
	is_text(rig_checkin(r, "stan", FRI), "confirmed reply",
	    "only one is asked now: it is his");
	rig_close(r);
}

static void
test_two_rounds(void)
{
#define TWICE EVENING RIG_PERSON("edna", "Mrs Edna Clarke",           \
	"call_me = Edna\nround = morning, evening\n"                 \
	"phone = 0115 496 0123\n") TEAM
	struct rig *r = rig_open(RIG_HEAD TWICE, EDNA_CALL " call key 1\n",
	    RIG_AT(7, 0));

	rig_run(r, RIG_AT(18, 0));
	is_text(rig_checkin(r, "edna", "evening", RIG_DATE), "confirmed key",
	    "the morning's OK counts all day");
	is_int(rig_count(r, CHANNEL_CALL, EDNA_CALL, 0), 1, "one call");
	rig_run(r, rig_instant(RIG_DATE + 1, 9, 5));
	is_int(rig_count(r, CHANNEL_CALL, EDNA_CALL, 0), 2, "that day only");
	rig_close(r);

	r = rig_open(RIG_HEAD EVENING "ask_again = yes\n"
	    RIG_PERSON("edna", "Mrs Edna Clarke", "call_me = Edna\n"
	    "round = morning, evening\nphone = 0115 496 0123\n") TEAM,
	    EDNA_CALL " call key 1\n", RIG_AT(7, 0));
	rig_run(r, RIG_AT(16, 59));
	is_text(rig_checkin(r, "edna", "evening", RIG_DATE), "due",
	    "unless the round asks again");
	rig_run(r, RIG_AT(17, 5));
	is_text(rig_checkin(r, "edna", "evening", RIG_DATE), "confirmed key",
	    "then it does");
	is_int(rig_count(r, CHANNEL_CALL, EDNA_CALL, 0), 2, "two calls");
	rig_close(r);
}

static void
ignore(void *arg, const struct hook_answer *answer)
{
	(void)arg;
	(void)answer;
}

/* A text as a gateway reports it that keeps a list of its own. */
static void
reported(struct rig *r, const char *text, bool out, bool in, bool help)
{
	static uint8_t n;
	struct event ev = {
		.kind = EVENT_TEXT, .channel = CHANNEL_TEXT,
		.from = "+447700900123", .to = LETTERBOX,
		.text = mem_dup(text), .opt_out = out, .opt_in = in,
		.opt_help = help, .hash = { ++n },
	};

	snprintf(ev.gateway_id, sizeof(ev.gateway_id), "SM%032d", n);
	engine_post_event(r->engine, engine_gateway(r->engine, "main"), &ev,
	    ignore, NULL);
	rig_run(r, r->now + MSEC_SECOND);
}

static void
test_gateways_own_words(void)
{
	struct rig *r = rig_open(SCHEME, "", RIG_AT(7, 0));

	rig_run(r, RIG_AT(9, 1));
	reported(r, "HELP", false, false, true);
	is_text(rig_checkin(r, "edna", MORNING), "help_requested",
	    "HELP that the gateway has answered still flags");
	rig_close(r);

	r = rig_open(SCHEME, "", RIG_AT(7, 0));
	reported(r, "stop", true, false, false);
	is_text(rig_flag(r, "edna"), "stop open asha", "STOP");
	rig_run(r, RIG_AT(9, 20));
	is_int(rig_count(r, CHANNEL_TEXT, EDNA_TEXT, 0), 0, "no text");
	reported(r, "start", false, true, false);
	rig_run(r, rig_instant(RIG_DATE + 1, 9, 20));
	is_int(rig_count(r, CHANNEL_TEXT, EDNA_TEXT, 0), 1, "START");
	rig_close(r);

	/* We never saw the STOP: the gateway refuses the text. */
	r = rig_open(SCHEME, EDNA_TEXT " text refused 21610\n",
	    RIG_AT(7, 0));
	rig_run(r, RIG_AT(9, 20));
	is_text(rig_attempts(r, "edna", MORNING),
	    "call no_answer, call no_answer, text opted_out", "21610");
	is_text(rig_flag(r, "edna"), "stop open asha", "tells her");
	rig_run(r, rig_instant(RIG_DATE + 1, 10, 20));
	is_int(rig_count(r, CHANNEL_TEXT, EDNA_TEXT, 0), 1, "kept to");
	is_text(rig_checkin(r, "edna", "morning", RIG_DATE + 1),
	    "no_response", "calls go on");
	rig_close(r);
}

/* A ladder that began late and reaches over midnight. */
static void
test_midnight(void)
{
	struct rig *r = rig_open(
	    "[service]\nname = Check-in\noffice_phone = " OFFICE "\n"
	    "languages = en\ntimezone = Europe/London\n"
	    "country_code = 44\ndatabase = ringround.db\n"
	    "contact_hours = 00:00-24:00\n" RIG_GATEWAY
	    "calls_per_second = 1\n" RIG_REST
	    "[round morning]\ndays = mon-sun\nat = 22:50\n"
	    "ladder = standard\n" EDNA TEAM, "", RIG_AT(7, 0));

	rig_kill(r);
	rig_run(r, RIG_AT(23, 40));
	rig_start(r, NULL);
	rig_run(r, rig_instant(RIG_DATE + 1, 0, 12));
	is_text(rig_checkin(r, "edna", MORNING), "asking", "still asked");
	rig_texts(r, EDNA_TEXT, "ok");
	is_text(rig_checkin(r, "edna", MORNING), "confirmed reply",
	    "an OK after midnight is for it");
	rig_close(r);
}

/* A second text comes although the first was delivered. */
static void
test_gentle(void)
{
	struct rig *r = rig_open(RIG_HEAD GENTLE RIG_PERSON("mei",
	    "Ms Mei Chen", "call_me = Mei\nround = gentle\n"
	    "text = 07700 900140\nchannel = text\n") TEAM, "",
	    RIG_AT(7, 0));

	rig_run(r, RIG_AT(10, 1));
	is_int(rig_texts_with(r, "07700 900140", "are you well"), 1, "first");
	is_int(rig_texts_with(r, "07700 900140", "no reply yet"), 1,
	    "the second in other words");
	rig_run(r, RIG_AT(11, 1));
	is_text(rig_checkin(r, "mei", FRI), "no_response", "then a flag");
	rig_close(r);
}

/* A contact's number is nobody's word: a human reads it. */
static void
test_contact(void)
{
	struct rig *r = rig_open(RIG_HEAD RIG_PERSON("walter",
	    "Mr Walter Oneill", "call_me = Walter\nround = morning\n"
	    "phone = 0115 496 0130\ncontact = Brian Clarke, son, "
	    "07700 900124, keyholder, agreed 2026-09-01\n") TEAM, "",
	    RIG_AT(7, 0));

	rig_run(r, RIG_AT(9, 1));
	rig_texts(r, "07700 900124", "ok");
	is_text(rig_checkin(r, "walter", MORNING), "asking",
	    "a contact's OK confirms nobody");
	is_int(rig_open_flags(r), 1, "a human reads it");
	rig_close(r);
}

/* Two machines must not talk to each other. */
static void
test_answers_a_day(void)
{
	struct rig *r = rig_open(SCHEME, "", RIG_AT(7, 0));

	for (int i = 0; i < 12; i++) {
		rig_texts(r, EDNA_TEXT, "I am away from my desk");
		rig_run(r, r->now + MSEC_MINUTE);
	}
	is_int(rig_count(r, CHANNEL_TEXT, EDNA_TEXT, 0), 5,
	    "five answers a day to a number");
	rig_close(r);
}

/* "ok", and thumbs of four bytes each. */
static int
whole(const struct ledger_reply *reply, void *arg)
{
	(void)arg;
	return strlen(reply->text) > 1600 && strlen(reply->text) % 4 == 2 ?
	    0 : -1;
}

/* A text that is longer than what the ledger keeps is read to its end, and
 * kept in whole characters. */
static void
test_long(void)
{
	struct rig *r = rig_open(SCHEME, "", RIG_AT(7, 0));
	struct buf text = BUF_EMPTY;
	struct err e;

	rig_run(r, RIG_AT(9, 20));
	buf_add(&text, "ok");
	for (int i = 0; i < 600; i++)
		buf_add(&text, "\xf0\x9f\x91\x8d");	/* thumbs up */
	buf_add(&text, " please help");
	rig_texts(r, EDNA_TEXT, buf_text(&text));
	buf_release(&text);
	is_text(rig_checkin(r, "edna", MORNING), "help_requested",
	    "help at the end of a long text");
	is_int(view_replies_of(r->ledger, "edna", 1, whole, NULL, &e), 0,
	    "no character is cut");
	rig_close(r);
}

/* "morning call K4F7": what the newest reply was about. */
static const char *
about(struct rig *r)
{
	static char words[128];
	sqlite3_stmt *s = NULL;

	words[0] = '\0';
	if (sqlite3_prepare_v2(handle_of(r->ledger), "SELECT"
	    " coalesce(checkin.round, '-') || ' ' ||"
	    " coalesce(attempt.channel, '-') || ' ' ||"
	    " coalesce(flag.code, '-') FROM reply"
	    " LEFT JOIN checkin ON checkin.id = reply.checkin"
	    " LEFT JOIN attempt ON attempt.id = reply.attempt"
	    " LEFT JOIN flag ON flag.id = reply.flag"
	    " ORDER BY reply.id DESC LIMIT 1", -1, &s, NULL) == SQLITE_OK &&
	    sqlite3_step(s) == SQLITE_ROW)
		snprintf(words, sizeof(words), "%s",
		    (const char *)sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
	return words;
}

/* The record says of each reply which turn, which call or text and which flag
 * it was about. */
static void
test_about(void)
{
	struct rig *r = rig_open(SCHEME, "", RIG_AT(7, 0));
	char want[64];

	rig_texts(r, EDNA_TEXT, "ok");
	is_text(about(r), "morning - -", "before anything was made");
	rig_close(r);

	r = rig_open(SCHEME, "", RIG_AT(7, 0));
	rig_run(r, RIG_AT(9, 20));
	rig_texts(r, EDNA_TEXT, "which day is it?");
	snprintf(want, sizeof(want), "morning text %s", rig_code(r, "edna"));
	is_text(about(r), want, "a text, and the flag that it raised");
	rig_run(r, RIG_AT(9, 22));
	rig_rings(r, EDNA_CALL, "key 1");
	rig_run(r, RIG_AT(9, 25));
	snprintf(want, sizeof(want), "morning call %s",
	    rig_flag_row(r, "edna").code);
	is_text(about(r), want, "a call back, and the flag that it ended");
	rig_texts(r, "07700 900555", "who are you?");
	ok(strncmp(about(r), "- - ", 4) == 0 && about(r)[4] != '-',
	    "a stranger's, the flag alone: %s", about(r));
	rig_close(r);

	r = rig_open(SCHEME, "", RIG_AT(7, 0));
	rig_run(r, RIG_AT(10, 1));
	snprintf(want, sizeof(want), "YES %s", rig_code(r, "edna"));
	rig_texts(r, TOM_TEXT, want);
	snprintf(want, sizeof(want), "- - %s", rig_code(r, "edna"));
	is_text(about(r), want, "a volunteer's, the flag that it names");
	rig_close(r);
}

int
main(void)
{
	test_about();
	test_ok_by_text();
	test_help_by_text();
	test_stop_and_start();
	test_stop_of_the_only_channel();
	test_unclear();
	test_before_the_slot();
	test_call_back();
	test_strangers();
	test_couple_by_call();
	test_couple_by_text();
	test_two_rounds();
	test_answers_a_day();
	test_gateways_own_words();
	test_contact();
	test_midnight();
	test_gentle();
	test_long();
	return tap_done();
}

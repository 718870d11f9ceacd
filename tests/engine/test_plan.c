/*
 * Who is asked when, and who is not: first slots, days off, hours, caps,
 * hold, reloads, downtime, the nights on which the clocks change.
 */
#include "rig.h"

#define MORNING "morning", RIG_DATE
#define TOMORROW "morning", RIG_DATE + 1
#define ALONE RIG_HEAD WALTER TEAM

static void
test_first_slot(void)
{
	struct rig *r = rig_open(ALONE, WALTER_CALL " call key 1\n",
	    RIG_AT(14, 0));

	rig_run(r, RIG_AT(23, 0));
	is_int(r->n_creates, 0, "installed at 14:00: nobody is asked");
	is_int(rig_open_flags(r), 0, "and nobody missed");
	is_text(rig_checkin(r, "walter", MORNING), "none", "no check-in");
	rig_run(r, rig_instant(RIG_DATE + 1, 9, 5));
	is_text(rig_checkin(r, "walter", TOMORROW), "confirmed key",
	    "the next morning");
	rig_close(r);

	/* A new time of a round is new as well. */
	r = rig_open(ALONE, "", RIG_AT(7, 0));
	rig_run(r, RIG_AT(8, 0));
	ok(rig_reload(r, RIG_SERVICE RIG_GATEWAY "calls_per_second = 1\n"
	    RIG_REST "[round morning]\ndays = mon-sun\nat = 08:00\n"
	    "ladder = standard\n" WALTER TEAM, 0) == NULL, "at 08:00, now");
	rig_run(r, RIG_AT(8, 30));
	is_int(r->n_creates, 0, "08:00 was over when it was loaded");
	rig_run(r, RIG_AT(9, 1));
	is_int(r->n_creates, 1, "so today is asked as it was planned");
	rig_run(r, rig_instant(RIG_DATE + 1, 8, 1));
	is_text(rig_checkin(r, "walter", TOMORROW), "asking", "then at 08:00");
	rig_close(r);
}

#define CLOSED(then) RIG_HEAD "closed_days = bank\non_closed_day = " then \
	"\n[calendar bank]\nday = 2026-12-05, The move\n" WALTER TEAM

/* Days on which a round asks nobody, or begins at another time. */
static void
test_closed_days(void)
{
	struct rig *r = rig_open(CLOSED("drop"), WALTER_CALL " call key 1\n",
	    RIG_AT(7, 0));

	rig_run(r, rig_instant(RIG_DATE + 2, 9, 5));
	is_text(rig_checkin(r, "walter", MORNING), "confirmed key", "today");
	is_text(rig_checkin(r, "walter", TOMORROW), "none", "not tomorrow");
	is_text(rig_checkin(r, "walter", "morning", RIG_DATE + 2),
	    "confirmed key", "the day after");
	is_int(rig_open_flags(r), 0, "and nobody is missed");
	rig_close(r);

	r = rig_open(CLOSED("11:30"), WALTER_CALL " call key 1\n",
	    RIG_AT(7, 0));
	rig_run(r, rig_instant(RIG_DATE + 1, 11, 29));
	is_text(rig_checkin(r, "walter", TOMORROW), "due", "later");
	rig_run(r, rig_instant(RIG_DATE + 1, 11, 31));
	is_text(rig_checkin(r, "walter", TOMORROW), "confirmed key",
	    "at 11:30");
	rig_close(r);
}

/* What a calendar takes away in time, and gives back. */
static void
test_closed_by_a_reload(void)
{
	struct rig *r = rig_open(ALONE, WALTER_CALL " call key 1\n",
	    RIG_AT(7, 0));

	rig_run(r, rig_instant(RIG_DATE + 1, 8, 0));
	is_text(rig_checkin(r, "walter", TOMORROW), "due", "planned");
	ok(rig_reload(r, CLOSED("drop"), 0) == NULL, "the office closes");
	is_text(rig_checkin(r, "walter", TOMORROW), "cancelled a closed day",
	    "so it is taken back");
	ok(rig_reload(r, ALONE, 0) == NULL, "or not");
	rig_run(r, rig_instant(RIG_DATE + 1, 9, 5));
	is_text(rig_checkin(r, "walter", TOMORROW), "confirmed key",
	    "he is asked");
	rig_close(r);
}

#define HEAT_DAY(day) RIG_HEAD "[round heat]\nat = 16:00\n"              \
	"ladder = standard\nonly_days = heat\nask_again = yes\n"           \
	"[calendar heat]\nsource = the weather office\n" day               \
	RIG_PERSON("walter", "Mr Walter Oneill", "call_me = Walter\n"      \
	"round = morning, heat\nphone = 0115 496 0130\n") TEAM

/* A round that is held on the days of an alert alone, beside the other. */
static void
test_only_some_days(void)
{
	struct rig *r = rig_open(HEAT_DAY("day = 2026-12-05, Heat alert\n"),
	    WALTER_CALL " call key 1\n", RIG_AT(7, 0));

	rig_run(r, rig_instant(RIG_DATE + 2, 17, 30));
	is_text(rig_checkin(r, "walter", "heat", RIG_DATE), "none",
	    "not today");
	is_text(rig_checkin(r, "walter", "morning", RIG_DATE + 1),
	    "confirmed key", "tomorrow in the morning");
	is_text(rig_checkin(r, "walter", "heat", RIG_DATE + 1),
	    "confirmed key", "and once more on the day of the alert");
	is_text(rig_checkin(r, "walter", "heat", RIG_DATE + 2), "none",
	    "and then no more");
	is_int(r->n_creates, 4, "a call for each");
	is_int(rig_open_flags(r), 0, "and nobody is missed");
	rig_close(r);
}

/* An alert comes when it comes, and may be taken back. */
static void
test_alert_by_a_reload(void)
{
	struct rig *r = rig_open(HEAT_DAY(""), WALTER_CALL " call key 1\n",
	    RIG_AT(7, 0));

	rig_run(r, RIG_AT(11, 0));
	ok(rig_reload(r, HEAT_DAY("day = 2026-12-04, Heat alert\n"), 0) ==
	    NULL, "an alert for today");
	is_text(rig_checkin(r, "walter", "heat", RIG_DATE), "due", "planned");
	ok(rig_reload(r, HEAT_DAY(""), 0) == NULL, "which is taken back");
	is_text(rig_checkin(r, "walter", "heat", RIG_DATE),
	    "cancelled the round leaves that day out", "nobody is asked");
	ok(rig_reload(r, HEAT_DAY("day = 2026-12-04, Heat alert\n"), 0) ==
	    NULL, "and comes again");
	rig_run(r, RIG_AT(16, 5));
	is_text(rig_checkin(r, "walter", "heat", RIG_DATE), "confirmed key",
	    "he is asked");
	rig_close(r);

	r = rig_open(HEAT_DAY(""), WALTER_CALL " call key 1\n", RIG_AT(7, 0));
	rig_run(r, RIG_AT(17, 30));
	ok(rig_reload(r, HEAT_DAY("day = 2026-12-04, Heat alert\n"), 0) ==
	    NULL, "an alert after the time of its round");
	rig_run(r, RIG_AT(17, 35));
	is_text(rig_checkin(r, "walter", "heat", RIG_DATE), "confirmed key",
	    "he is asked late");
	is_int(rig_open_flags(r), 0, "and not missed");
	rig_close(r);
}

static void
test_away(void)
{
	struct rig *r = rig_open(RIG_HEAD RIG_PERSON("walter",
	    "Mr Walter Oneill", "call_me = Walter\nround = morning\n"
	    "phone = 0115 496 0130\n"
	    "away = 2026-12-05 to 2026-12-06, with his daughter\n") TEAM,
	    "", RIG_AT(7, 0));

	rig_run(r, rig_instant(RIG_DATE + 3, 9, 1));
	is_text(rig_checkin(r, "walter", TOMORROW), "none", "the first day");
	is_text(rig_checkin(r, "walter", "morning", RIG_DATE + 2), "none",
	    "and the last");
	is_text(rig_checkin(r, "walter", "morning", RIG_DATE + 3), "asking",
	    "then again");
	is_int(rig_count(r, CHANNEL_CALL, WALTER_CALL,
	    rig_instant(RIG_DATE + 1, 0, 0)), 1, "one call");
	rig_close(r);
}

/* What holds at the moment of sending. */
static void
test_gate(void)
{
	struct rig *r = rig_open(RIG_SERVICE "max_attempts_per_day = 2\n"
	    RIG_GATEWAY "calls_per_second = 1\n" RIG_REST RIG_MORNING WALTER
	    TEAM, "", RIG_AT(7, 0));

	rig_run(r, RIG_AT(10, 1));
	is_int(rig_count(r, CHANNEL_CALL, WALTER_CALL, 0), 2, "the cap");
	is_text(rig_attempts(r, "walter", MORNING),
	    "call no_answer, call no_answer, call refused", "is kept");
	is_text(rig_checkin(r, "walter", MORNING), "no_response", "flagged");
	is_int(rig_texts_with(r, TOM_TEXT, "flag"), 1,
	    "notices do not count");
	rig_close(r);

	/* Started so late that a step leaves the hours. */
	r = rig_open(RIG_SERVICE RIG_GATEWAY "calls_per_second = 1\n" RIG_REST
	    "[round evening]\ndays = mon-sun\nat = 18:50\nladder = standard\n"
	    RIG_PERSON("walter", "Mr Walter Oneill", "call_me = Walter\n"
	    "round = evening\nphone = 0115 496 0130\n") TEAM, "",
	    RIG_AT(7, 0));
	rig_run(r, RIG_AT(18, 0));
	rig_kill(r);
	rig_run(r, RIG_AT(19, 50));
	rig_start(r, NULL);
	rig_run(r, RIG_AT(21, 0));
	is_int(rig_count(r, CHANNEL_CALL, WALTER_CALL, 0), 1,
	    "nothing outside the contact hours");
	is_text(rig_checkin(r, "walter", "evening", RIG_DATE), "no_response",
	    "but a flag");
	rig_close(r);
}

static void
test_allow_numbers(void)
{
	struct rig *r = rig_open(RIG_SERVICE
	    "allow_numbers = 01154960130, 07700900201\n"
	    RIG_GATEWAY "calls_per_second = 1\n" RIG_REST RIG_MORNING WALTER
	    TEAM, "", RIG_AT(7, 0));

	rig_run(r, RIG_AT(10, 5));
	is_int(rig_count(r, CHANNEL_TEXT, TOM_TEXT, 0) +
	    rig_count(r, CHANNEL_TEXT, GRACE_TEXT, 0), 0,
	    "nobody else is ever texted, volunteers neither");
	is_int(rig_count(r, CHANNEL_TEXT, ASHA_TEXT, 0), 1,
	    "so the coordinator is, soon");
	rig_close(r);
}

static void
test_hold(void)
{
	struct rig *r = rig_open(ALONE, WALTER_CALL " call no-answer, key 1\n",
	    RIG_AT(7, 0));

	rig_run(r, RIG_AT(9, 5));
	is_text(rig_hold(r, ""), "", "on hold");
	is_int(rig_texts_with(r, ASHA_TEXT, "on hold"), 1, "raises her");
	rig_run(r, RIG_AT(9, 20));
	is_int(rig_count(r, CHANNEL_CALL, WALTER_CALL, 0), 1,
	    "all asking stops");
	rig_kill(r);
	rig_start(r, NULL);
	rig_run(r, RIG_AT(9, 30));
	is_int(rig_count(r, CHANNEL_CALL, WALTER_CALL, 0), 1,
	    "over a restart");
	is_text(rig_resume(r, ""), "", "resumed");
	rig_run(r, RIG_AT(9, 37));
	is_text(rig_checkin(r, "walter", MORNING), "confirmed key",
	    "it goes on where it was");
	ok(strstr(rig_resume(r, ""), "no hold"), "there is none any more");
	rig_close(r);

	/* Over the whole morning: our fault, and one incident. */
	r = rig_open(RIG_HEAD EDNA WALTER TEAM, "", RIG_AT(7, 0));
	is_text(rig_hold(r, "morning"), "", "the round is held");
	rig_run(r, RIG_AT(10, 59));
	is_text(rig_checkin(r, "walter", MORNING), "due", "waits");
	rig_run(r, RIG_AT(11, 10));
	is_text(rig_checkin(r, "walter", MORNING), "missed", "in the end");
	is_int(rig_incidents(r), 1, "one incident");
	is_int(rig_mails_with(r, "asha@example.org", "missed"), 1, "told once");
	is_int(rig_mails_with(r, "tom@example.org", "flag"), 0, "not by flag");
	is_int(rig_open_flags(r), 2, "a flag each");
	is_int(r->n_creates - (size_t)rig_count(r, CHANNEL_TEXT, ASHA_TEXT, 0),
	    0, "nobody was asked");
	rig_close(r);

	/* Held when the calls were planned already, but had not left. */
	r = rig_open(RIG_SERVICE RIG_GATEWAY "calls_per_second = 0.1\n"
	    RIG_REST RIG_MORNING EDNA WALTER TEAM,
	    EDNA_CALL " call key 1\n" WALTER_CALL " call key 1\n",
	    RIG_AT(7, 0));
	rig_run(r, RIG_AT(9, 0) + MSEC_SECOND);
	is_text(rig_hold(r, ""), "", "held a second after the slot");
	rig_run(r, RIG_AT(9, 10));
	is_int(rig_made(r) - rig_count(r, CHANNEL_TEXT, ASHA_TEXT, 0), 1,
	    "the queue waits too");
	rig_resume(r, "");
	rig_run(r, RIG_AT(9, 14));
	is_text(rig_checkin(r, "walter", MORNING), "confirmed key",
	    "and is not lost");
	rig_close(r);
}

static void
test_reload(void)
{
	struct rig *r = rig_open(RIG_HEAD EDNA WALTER TEAM, "", RIG_AT(7, 0));
	struct ledger_checkin c;

	rig_run(r, RIG_AT(9, 5));
	ok(rig_reload(r, RIG_HEAD EDNA TEAM, 0) == NULL, "Walter is removed");
	is_text(rig_checkin(r, "walter", MORNING), "cancelled removed",
	    "mid-ladder, with the reason");
	is_text(rig_checkin(r, "walter", TOMORROW), "cancelled removed",
	    "and tomorrow");
	rig_run(r, RIG_AT(9, 20));
	is_int(rig_count(r, CHANNEL_CALL, WALTER_CALL, 0), 1, "no more calls");
	is_text(rig_checkin(r, "edna", MORNING), "asking", "the other goes on");
	ok(rig_reload(r, RIG_HEAD EDNA WALTER TEAM, 0) == NULL, "a slip");
	is_text(rig_checkin(r, "walter", MORNING), "cancelled removed",
	    "what was cut off stays so");
	is_text(rig_checkin(r, "walter", TOMORROW), "due",
	    "but nobody loses their next day");
	ok(rig_reload(r, RIG_HEAD EDNA RIG_PERSON("walter",
	    "Mr Walter Oneill", "call_me = Walter\nround = morning\n"
	    "phone = 0115 496 0130\naway = 2026-12-05\n") TEAM, 0) == NULL,
	    "away tomorrow");
	is_text(rig_checkin(r, "walter", TOMORROW), "cancelled away", "away");
	rig_run(r, RIG_AT(10, 5));
	c = rig_checkin_row(r, "edna", MORNING);
	is_text(checkin_state_name(c.state), "no_response", "one ladder");
	rig_close(r);
}

/* n people, p01 and so on. */
static char *
crowd(const char *head, int n)
{
	struct buf b = BUF_EMPTY;

	buf_add(&b, head);
	for (int i = 0; i < n; i++)
		buf_addf(&b, "[participant p%02d]\nname = Mr Quentin Xylo\n"
		    "call_me = Quentin\nphone = 01632 960%03d\n"
		    "area = Sneinton\nround = morning\n" RIG_LIVE, i, i);
	return buf_take(&b);
}

static void
test_removals(void)
{
	char *hundred = crowd(RIG_HEAD TEAM, 100);
	char *few = crowd(RIG_HEAD TEAM, 94);
	struct rig *r = rig_open(hundred, "", RIG_AT(7, 0));
	const char *why = rig_reload(r, few, 0);

	ok(why != NULL && strstr(why, "--accept-removals 6"), "refused: %s",
	    why != NULL ? why : "taken");
	is_text(rig_checkin(r, "p99", MORNING), "due", "as it was");
	ok(rig_reload(r, few, 6) == NULL, "unless it is meant");
	is_text(rig_checkin(r, "p99", MORNING), "cancelled removed", "so");
	rig_close(r);
	free(few);
	few = crowd(RIG_HEAD TEAM, 95);
	r = rig_open(hundred, "", RIG_AT(7, 0));
	ok(rig_reload(r, few, 0) == NULL, "five are not too many");
	rig_close(r);
	free(hundred);
	free(few);
}

static int
load_refused(struct engine *en, void *arg, msec now, struct err *e)
{
	return engine_load_refused(en, "0123456789abcdef", 2, arg, now, e);
}

static void
test_reload_in_a_call(void)
{
	struct rig *r = rig_open(ALONE, WALTER_CALL " call key 1 after 20s\n",
	    RIG_AT(7, 0));
	struct err e;
	msec loaded;
	int n = -1;
	char mistakes[] = "people.conf:12: \"livee\" is no key; write live\n";

	rig_run(r, RIG_AT(9, 0) + 5 * MSEC_SECOND);
	ok(rig_reload(r, RIG_HEAD WALTER EDNA TEAM, 0) == NULL,
	    "a reload while it rings");
	rig_run(r, RIG_AT(9, 5));
	is_text(rig_checkin(r, "walter", MORNING), "confirmed key",
	    "the key is heard");
	is_text(rig_checkin(r, "edna", MORNING), "none",
	    "who is new is asked from tomorrow");
	is_text(rig_in_turn(r, load_refused, mistakes), "", "one is refused");
	rig_run(r, RIG_AT(9, 10));
	is_int(rig_mails_with(r, "asha@example.org", "not loaded"), 1,
	    "the coordinator gets the mistakes");
	ok(strstr(r->mails[r->n_mails - 1].text, "people.conf:12"),
	    "in full, by e-mail");
	rig_hold(r, "");
	rig_resume(r, "");
	is_int(view_load_state(r->ledger, &loaded, &n, &e), 0, "looked at");
	is_int(n, 2, "a hold and its end are no load: it stays refused");
	rig_close(r);
}

/* A start without a folder of people: they are not forgotten. */
static void
test_dropped_at_start(void)
{
	char *hundred = crowd(RIG_HEAD TEAM, 100);
	char *few = crowd(RIG_HEAD TEAM, 60);
	struct rig *r = rig_open(hundred, "default call 1 key 1\n",
	    RIG_AT(7, 0));

	rig_run(r, RIG_AT(8, 0));
	rig_kill(r);
	rig_start(r, few);
	rig_run(r, RIG_AT(8, 1));
	is_int(rig_mails_with(r, "asha@example.org", "missing"), 1, "told");
	rig_run(r, RIG_AT(12, 0));
	is_text(rig_checkin(r, "p10", MORNING), "confirmed key",
	    "those who are there are asked");
	is_text(rig_checkin(r, "p70", MORNING), "missed",
	    "those who are not stand on a list");
	is_text(rig_checkin(r, "p70", TOMORROW), "due", "tomorrow as well");
	ok(rig_reload(r, few, 0) != NULL, "until it is accepted");
	ok(rig_reload(r, few, 40) == NULL, "by number");
	is_text(rig_checkin(r, "p70", TOMORROW), "cancelled removed", "then");
	rig_close(r);
	free(hundred);
	free(few);
}

static void
test_downtime(void)
{
	struct rig *r = rig_open(ALONE, WALTER_CALL " call no-answer, key 1\n",
	    RIG_AT(7, 0));

	rig_run(r, RIG_AT(8, 50));
	rig_kill(r);
	rig_run(r, RIG_AT(10, 30));
	rig_start(r, NULL);
	rig_run(r, RIG_AT(10, 31));
	is_int(rig_count(r, CHANNEL_CALL, WALTER_CALL, 0), 1,
	    "90 minutes late: run late");
	rig_run(r, RIG_AT(10, 40));
	is_int(rig_count(r, CHANNEL_CALL, WALTER_CALL, 0), 1,
	    "the whole ladder moves");
	rig_run(r, RIG_AT(10, 50));
	is_text(rig_checkin(r, "walter", MORNING), "confirmed key", "heard");
	rig_close(r);

	r = rig_open(RIG_HEAD EDNA WALTER TEAM, "", RIG_AT(7, 0));
	rig_run(r, RIG_AT(8, 50));
	rig_kill(r);
	rig_run(r, RIG_AT(11, 1));
	rig_start(r, NULL);
	rig_run(r, RIG_AT(11, 2));
	is_text(rig_checkin(r, "walter", MORNING), "missed", "121 minutes");
	ok(strstr(rig_flag(r, "walter"), "missed open"), "and flagged");
	is_int(rig_incidents(r), 1, "one incident");
	is_int(rig_mails_with(r, "asha@example.org", "missed"), 1, "told once");
	is_int(rig_count(r, CHANNEL_CALL, WALTER_CALL, 0), 0, "no call");
	rig_texts(r, EDNA_TEXT, "ok");
	is_text(rig_checkin(r, "edna", MORNING), "confirmed_late reply",
	    "a later word confirms late");
	rig_close(r);

	/* Down for three days: whoever should have been asked is on a list,
	 * with one flag. */
	r = rig_open(ALONE, "", RIG_AT(7, 0));
	rig_run(r, RIG_AT(8, 50));
	rig_kill(r);
	rig_run(r, rig_instant(RIG_DATE + 3, 12, 0));
	rig_start(r, NULL);
	rig_run(r, r->now + MSEC_MINUTE);
	for (int d = 0; d <= 3; d++)
		is_text(rig_checkin(r, "walter", "morning", RIG_DATE + d),
		    "missed", "day %d", d);
	is_int(rig_open_flags(r), 1, "one flag");
	rig_close(r);

	/* The next outage is told as well. */
	r = rig_open(ALONE, "", RIG_AT(7, 0));
	for (int d = 0; d < 2; d++) {
		rig_run(r, rig_instant(RIG_DATE + d, 8, 50));
		rig_kill(r);
		rig_run(r, rig_instant(RIG_DATE + d, 12, 0));
		rig_start(r, NULL);
	}
	rig_run(r, r->now + MSEC_MINUTE);
	is_int(rig_mails_with(r, "asha@example.org", "missed"), 2,
	    "two outages, two words");
	rig_close(r);
}

/* The night on which 01:30 does not exist, and that on which it is twice. */
static void
test_clock_change(void)
{
	static const struct {
		localdate night;
		const char *name;
	} nights[] = { { 20541, "March" }, { 20751, "October" } };

	for (size_t i = 0; i < COUNT(nights); i++) {
		localdate night = nights[i].night;
		struct rig *r = rig_open(
		    "[service]\nname = Check-in\noffice_phone = " OFFICE "\n"
		    "languages = en\ntimezone = Europe/London\n"
		    "country_code = 44\ndatabase = ringround.db\n"
		    "contact_hours = 00:00-24:00\n" RIG_GATEWAY
		    "calls_per_second = 1\n" RIG_REST
		    "[round morning]\ndays = mon-sun\nat = 01:30\n"
		    "ladder = standard\n" WALTER TEAM,
		    WALTER_CALL " call key 1\n",
		    rig_instant(night - 1, 12, 0));

		rig_run(r, rig_instant(night + 1, 12, 0));
		is_int(rig_count(r, CHANNEL_CALL, WALTER_CALL, 0), 2,
		    "%s: once on each date", nights[i].name);
		is_text(rig_checkin(r, "walter", "morning", night),
		    "confirmed key", "%s: in that night", nights[i].name);
		is_text(rig_clock(rig_nth(r, CHANNEL_CALL, WALTER_CALL, 0)),
		    i == 0 ? "02:00" : "01:30", "%s: at that time",
		    nights[i].name);
		is_text(rig_clock(rig_nth(r, CHANNEL_CALL, WALTER_CALL, 1)),
		    "01:30", "%s: and the next", nights[i].name);
		rig_close(r);
	}
}

/* A hundred at once, at two calls a second; and a call for help in it. */
static void
test_rate(void)
{
	char *hundred = crowd(RIG_SERVICE RIG_GATEWAY
	    "calls_per_second = 2\n" RIG_REST RIG_MORNING EDNA TEAM, 100);
	struct rig *r = rig_open(hundred, EDNA_CALL " call key 2\n",
	    RIG_AT(7, 0));
	int most = 0, calls = 0;
	msec last = 0, told;

	rig_run(r, RIG_AT(9, 14));
	for (size_t i = 0; i < r->n_creates; i++) {
		int within = 0;

		if (r->creates[i].channel != CHANNEL_CALL)
			continue;
		calls++;
		last = r->creates[i].at;
		for (size_t k = i; k < r->n_creates; k++)
			if (r->creates[k].channel == CHANNEL_CALL &&
			    r->creates[k].at < r->creates[i].at + 10000)
				within++;
		if (within > most)
			most = within;
	}
	is_int(calls, 101, "everybody is asked");
	ok(most <= 22, "at most two a second: %d in ten", most);
	ok(last - RIG_AT(9, 0) < 60 * MSEC_SECOND, "and not slower: %g s",
	    (double)(last - RIG_AT(9, 0)) / 1000);
	told = rig_nth(r, CHANNEL_TEXT, TOM_TEXT, 0);
	ok(told > 0 && told < RIG_AT(9, 0) + 30 * MSEC_SECOND,
	    "help does not wait for the backlog: %s", rig_clock(told));
	rig_close(r);
	free(hundred);
}

/* Each check-in keeps which form of its ladder it was asked by. */
static void
test_ladder_version(void)
{
	struct rig *r = rig_open(ALONE, "", RIG_AT(7, 0));
	char was[20];

	snprintf(was, sizeof(was), "%s", rig_checkin_row(r, "walter",
	    "morning", RIG_DATE).ladder_version);
	is_text(was, config_round(r->conf, "morning")->ladder->version,
	    "the version in force");
	rig_run(r, RIG_AT(12, 0));
	char *other = mem_dup(ALONE);
	memcpy(strstr(other, "ring = 45s"), "ring = 40s", 10);
	is_text(rig_reload(r, other, 0), NULL, "another ladder");
	rig_run(r, RIG_AT(12, 5));
	is_text(rig_checkin_row(r, "walter", "morning", RIG_DATE)
	    .ladder_version, was, "what was asked stays as it was");
	is_text(rig_checkin_row(r, "walter", "morning", RIG_DATE + 1)
	    .ladder_version, config_round(r->conf, "morning")->ladder->version,
	    "what will be is of the new one");
	ok(strcmp(config_round(r->conf, "morning")->ladder->version, was) !=
	    0, "which has another");
	rig_close(r);
	free(other);
}

int
main(void)
{
	test_ladder_version();
	test_first_slot();
	test_closed_days();
	test_closed_by_a_reload();
	test_only_some_days();
	test_alert_by_a_reload();
	test_away();
	test_gate();
	test_allow_numbers();
	test_hold();
	test_reload();
	test_reload_in_a_call();
	test_removals();
	test_dropped_at_start();
	test_downtime();
	test_clock_change();
	test_rate();
	return tap_done();
}

/*
 * Away by their own word: by text, by key in a call to us, and back again.
 */
#include "rig.h"

#define KEYS "ask_back = Press 1, 2, or 3 if you are going away.\n"
#define SCHEME RIG_HEAD EDNA WALTER TEAM
#define ON(day) "morning", RIG_DATE + (day)
#define DAY(n, hour, minute) rig_instant(RIG_DATE + (n), hour, minute)

static int
asked_between(struct rig *r, msec since)
{
	return rig_count(r, CHANNEL_CALL, EDNA_CALL, since) +
	    rig_count(r, CHANNEL_TEXT, EDNA_TEXT, since) +
	    rig_count(r, CHANNEL_CALL, "07700 900129", since);
}

static void
test_by_text(void)
{
	struct rig *r = rig_open(SCHEME, EDNA_CALL " call key 1\n"
	    WALTER_CALL " call key 1\n", RIG_AT(7, 0));
	struct ledger_absence a;
	struct err e;

	rig_texts(r, EDNA_TEXT, "AWAY until Tuesday please");
	rig_run(r, RIG_AT(7, 5));
	is_text(rig_text(r, EDNA_TEXT), "Check-in: thank you. We will not ask "
	    "you from Fri 4 Dec to Tue 8 Dec, and again from Wed 9 Dec. If you "
	    "are home sooner reply BACK.", "confirmed back");
	is_int(ledger_absence_on(r->ledger, "edna", RIG_DATE + 4, &a, &e), 1,
	    "the last day");
	is_text(a.from, "text", "by text");
	is_text(a.who, "edna", "her own word");
	is_int(a.last, RIG_DATE + 4, "it ends");
	is_int(rig_open_flags(r), 0, "no human has to read it");
	rig_run(r, DAY(4, 23, 0));
	is_int(rig_count(r, CHANNEL_CALL, EDNA_CALL, 0), 0, "not rung");
	is_text(rig_checkin(r, "edna", ON(0)), "cancelled away", "today");
	is_text(rig_checkin(r, "edna", ON(4)), "none",
	    "all days, both included");
	is_text(rig_checkin(r, "walter", ON(4)), "confirmed key", "others");
	rig_run(r, DAY(5, 9, 5));
	is_text(rig_checkin(r, "edna", ON(5)), "confirmed key",
	    "asked on the day that she was told");
	rig_close(r);
}

static void
test_later(void)
{
	struct rig *r = rig_open(SCHEME, EDNA_CALL " call key 1\n",
	    RIG_AT(7, 0));

	rig_texts(r, EDNA_TEXT, "away sunday to monday");
	rig_run(r, DAY(1, 9, 5));
	is_text(rig_checkin(r, "edna", ON(1)), "confirmed key",
	    "asked until then");
	is_int(rig_texts_with(r, EDNA_TEXT, "from Sun 6 Dec to Mon 7 Dec"), 1,
	    "told from when");
	/* Another trip later stands beside it, one of the same days in its
	 * place. */
	rig_texts(r, EDNA_TEXT, "away 20 Dec to 22 Dec");
	rig_texts(r, EDNA_TEXT, "away monday");
	rig_run(r, DAY(2, 9, 5));
	is_text(rig_checkin(r, "edna", ON(2)), "confirmed key",
	    "what was said before does not hold");
	rig_run(r, DAY(3, 9, 5));
	is_int(rig_count(r, CHANNEL_CALL, EDNA_CALL, DAY(3, 7, 0)), 0,
	    "Monday");
	rig_run(r, DAY(18, 23, 5));
	is_int(rig_count(r, CHANNEL_CALL, EDNA_CALL, DAY(15, 12, 0)), 0,
	    "and the later one");
	rig_run(r, DAY(19, 9, 5));
	is_text(rig_checkin(r, "edna", ON(19)), "confirmed key", "it ends");
	rig_close(r);
}

static void
test_back(void)
{
	struct rig *r = rig_open(SCHEME, EDNA_CALL " call key 1\n",
	    RIG_AT(7, 0));
	int answers;

	rig_texts(r, EDNA_TEXT, "away until 20 Dec");
	rig_run(r, DAY(2, 12, 0));
	rig_texts(r, EDNA_TEXT, "I'm back, thanks");
	rig_run(r, DAY(2, 12, 5));
	is_text(rig_text(r, EDNA_TEXT), "Check-in: welcome back Edna. We will "
	    "ask you again as usual.", "BACK is answered");
	is_text(rig_flag(r, "edna"), "none", "and nobody has to read it");
	rig_run(r, DAY(3, 9, 5));
	is_text(rig_checkin(r, "edna", ON(3)), "confirmed key", "asked again");
	ok(rig_reload(r, SCHEME, 0) == NULL, "read anew");
	rig_run(r, DAY(2, 12, 10));
	is_text(rig_checkin(r, "edna", ON(2)), "none",
	    "the slot that had gone by is nobody's fault");
	answers = rig_texts_with(r, EDNA_TEXT, "welcome back");
	rig_texts(r, EDNA_TEXT, "back");
	is_int(rig_texts_with(r, EDNA_TEXT, "welcome back"), answers,
	    "who is not away is not back");
	is_text(rig_flag(r, "edna"), "unclear_reply open tom", "a human reads");
	rig_close(r);
}

static void
test_a_human_reads(void)
{
	static const char *const texts[] = { "away", "away until next week",
		"away for 3 months", "away until Monday or Tuesday",
		"I am away, back soon" };

	for (size_t i = 0; i < COUNT(texts); i++) {
		struct rig *r = rig_open(SCHEME, EDNA_CALL " call key 1\n",
		    RIG_AT(7, 0));

		rig_texts(r, EDNA_TEXT, texts[i]);
		rig_run(r, RIG_AT(8, 0));
		is_text(rig_flag(r, "edna"), "unclear_reply open tom", "%s",
		    texts[i]);
		is_int(rig_texts_with(r, EDNA_TEXT, "somebody will read"), 1,
		    "and is told so");
		rig_run(r, RIG_AT(9, 5));
		is_text(rig_checkin(r, "edna", ON(0)), "confirmed key",
		    "meanwhile she is asked");
		rig_close(r);
	}
}

/* What the team or a file has said is not theirs to change. */
static void
test_not_theirs(void)
{
	struct rig *r = rig_open(SCHEME, "", RIG_AT(7, 0));

	is_text(rig_away(r, "edna", ABSENCE_PAUSED, 0, RIG_DATE + 10), "",
	    "paused by Asha");
	rig_texts(r, EDNA_TEXT, "BACK");
	rig_run(r, RIG_AT(7, 30));
	is_int(rig_texts_with(r, EDNA_TEXT, "welcome back"), 0, "still paused");
	is_text(rig_flag(r, "edna"), "unclear_reply open asha", "a human");
	rig_texts(r, EDNA_TEXT, "away until tomorrow");
	rig_run(r, DAY(2, 10, 0));
	is_int(asked_between(r, RIG_AT(8, 30)), 0, "nor does a trip end it");
	rig_close(r);

	r = rig_open(RIG_HEAD EDNA "away = 2026-12-03 to 2026-12-09\n" TEAM,
	    "", RIG_AT(7, 0));
	rig_texts(r, EDNA_TEXT, "I am back home");
	rig_run(r, RIG_AT(7, 30));
	is_text(rig_flag(r, "edna"), "unclear_reply open asha",
	    "a file is changed by a human");
	rig_close(r);
}

/* Being away explains a silence, and ends no flag. */
static void
test_with_a_flag(void)
{
	struct rig *r = rig_open(SCHEME, WALTER_CALL " call key 1\n",
	    RIG_AT(7, 0));
	struct ledger_flag f;

	rig_run(r, RIG_AT(10, 5));
	f = rig_flag_row(r, "edna");
	is_text(rig_flag(r, "edna"), "no_response open tom", "flagged");
	rig_texts(r, EDNA_TEXT, "away until sunday");
	rig_run(r, RIG_AT(10, 8));
	is_text(rig_flag(r, "edna"), "no_response open tom",
	    "it is open still");
	is_text(rig_checkin(r, "edna", ON(0)), "no_response",
	    "nothing was confirmed");
	is_int(rig_flag_row(r, "edna").id, f.id, "and no second one");
	rig_run(r, DAY(1, 10, 5));
	is_text(rig_checkin(r, "edna", ON(1)), "cancelled away",
	    "the next days are heeded");
	rig_close(r);
}

/* Whoever is on their way to her hears of it, once. */
static void
test_with_a_flag_that_somebody_has(void)
{
	struct rig *r = rig_open(SCHEME, WALTER_CALL " call key 1\n",
	    RIG_AT(7, 0));

	rig_run(r, RIG_AT(10, 5));
	rig_texts(r, TOM_TEXT, "YES");
	rig_run(r, RIG_AT(10, 6));
	is_text(rig_flag(r, "edna"), "no_response claimed tom", "Tom has it");
	rig_texts(r, EDNA_TEXT, "away until sunday");
	rig_run(r, RIG_AT(10, 8));
	is_int(rig_texts_with(r, TOM_TEXT, "has written"), 1, "and hears");
	is_text(rig_flag(r, "edna"), "no_response claimed tom",
	    "it is his still");
	rig_texts(r, EDNA_TEXT, "with my sister I said");
	rig_run(r, RIG_AT(10, 12));
	is_int(rig_texts_with(r, TOM_TEXT, "has written"), 1, "once");
	is_int(rig_texts_with(r, GRACE_TEXT, "has written"), 0, "he alone");
	rig_close(r);
}

static void
test_while_asked(void)
{
	struct rig *r = rig_open(SCHEME, WALTER_CALL " call key 1\n",
	    RIG_AT(7, 0));

	rig_run(r, RIG_AT(9, 16));
	rig_texts(r, EDNA_TEXT, "away until sunday");
	rig_run(r, RIG_AT(12, 0));
	is_text(rig_checkin(r, "edna", ON(0)), "cancelled away", "today too");
	is_int(rig_count(r, CHANNEL_CALL, "07700 900129", 0), 0,
	    "the ladder has ended");
	is_int(rig_open_flags(r), 0, "no flag");
	rig_close(r);
}

static void
test_shared_number(void)
{
	struct rig *r = rig_open(RIG_HEAD
	    RIG_PERSON("stan", "Mr Stanley Poole", "call_me = Stan\n"
	    "round = morning\ntext = 07700 900170\nphone = 0115 496 0170\n")
	    RIG_PERSON("vera", "Mrs Verity Poole", "call_me = Vera\n"
	    "round = morning\ntext = 07700 900170\nphone = 0115 496 0170\n")
	    TEAM, COUPLE_CALL " call key 1\n", RIG_AT(7, 0));

	rig_run(r, RIG_AT(8, 15));
	rig_texts(r, "07700 900170", "away until sunday");
	rig_run(r, RIG_AT(8, 30));
	ok(strstr(rig_flag(r, "stan"), "unclear_reply open") &&
	    strstr(rig_flag(r, "vera"), "unclear_reply open"),
	    "which of two? a human finds out");
	rig_run(r, RIG_AT(9, 5));
	is_text(rig_checkin(r, "stan", ON(0)), "confirmed key", "asked");
	rig_close(r);
}

/* ---- by key ------------------------------------------------------------ */

static struct rig *
open_with_keys(const char *person)
{
	char *scheme = mem_printf("%s%s%s%s%s", RIG_SERVICE RIG_GATEWAY
	    RIG_REST, KEYS, RIG_MORNING, person, TEAM);
	struct rig *r = rig_open(scheme, EDNA_CALL " call key 1\n"
	    WALTER_CALL " call key 1\n" COUPLE_CALL " call key 1\n",
	    RIG_AT(7, 0));

	free(scheme);
	return r;
}

static void
test_by_key(void)
{
	struct rig *r = open_with_keys(EDNA);

	rig_rings(r, EDNA_CALL, "key 3 9 5");
	rig_run(r, RIG_AT(7, 10));
	is_int(rig_said(r, "or 3 if you are going away"), 1, "offered");
	is_int(rig_said(r, "We will not ring you up to Saturday 12 December"),
	    1, "nine days, which she pressed first");
	rig_rings(r, EDNA_CALL, "key 3");
	rig_run(r, RIG_AT(7, 20));
	is_int(rig_said(r, "Welcome back, Edna"), 1, "3 again: she is back");
	rig_rings(r, EDNA_CALL, "key 3 2");
	rig_run(r, DAY(1, 12, 0));
	is_int(rig_said(r, "up to Saturday 5 December"), 1, "two days");
	is_text(rig_checkin(r, "edna", ON(0)), "cancelled away", "today");
	is_text(rig_checkin(r, "edna", ON(1)), "cancelled away", "tomorrow");
	rig_run(r, DAY(2, 9, 5));
	is_text(rig_checkin(r, "edna", ON(2)), "confirmed key", "it ends");
	is_int(rig_open_flags(r), 0, "nobody was needed");
	rig_close(r);
}

static void
test_no_days(void)
{
	struct rig *r = open_with_keys(EDNA);

	rig_rings(r, EDNA_CALL, "key 3 0 0 0 0");
	rig_run(r, RIG_AT(7, 20));
	is_int(rig_said(r, "Will you be away?"), 3, "asked three times");
	is_text(rig_flag(r, "edna"), "unclear_reply open asha",
	    "then a human asks");
	rig_run(r, RIG_AT(9, 5));
	is_text(rig_checkin(r, "edna", ON(0)), "confirmed key",
	    "meanwhile she is asked");
	rig_close(r);

	r = open_with_keys(EDNA);
	rig_rings(r, EDNA_CALL, "key 3");
	rig_run(r, RIG_AT(7, 20));
	is_text(rig_flag(r, "edna"), "unclear_reply open asha",
	    "so after silence");
	rig_close(r);
}

static void
test_not_offered(void)
{
	struct rig *r = rig_open(SCHEME, EDNA_CALL " call key 1\n",
	    RIG_AT(7, 0));

	rig_rings(r, EDNA_CALL, "key 3 1");
	rig_run(r, RIG_AT(7, 10));
	is_int(rig_said(r, "Will you be away?"), 0, "3 means nothing");
	is_text(rig_checkin(r, "edna", ON(0)), "confirmed call_back",
	    "and 1 is what it always is");
	rig_close(r);
}

static void
test_couple(void)
{
	struct rig *r = open_with_keys(STAN VERA);

	rig_rings(r, COUPLE_CALL, "key 3 2 1");
	rig_run(r, RIG_AT(12, 0));
	is_text(rig_checkin(r, "stan", ON(0)), "cancelled away", "Stan goes");
	is_text(rig_checkin(r, "vera", ON(0)), "confirmed call_back",
	    "Vera is asked in the same call");
	rig_close(r);
}

int
main(void)
{
	test_by_text();
	test_later();
	test_back();
	test_a_human_reads();
	test_not_theirs();
	test_with_a_flag();
	test_with_a_flag_that_somebody_has();
	test_while_asked();
	test_shared_number();
	test_by_key();
	test_no_days();
	test_not_offered();
	test_couple();
	return tap_done();
}

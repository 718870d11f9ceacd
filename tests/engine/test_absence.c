/*
 * Who is not to be asked by what humans said: hospital, death, away until a
 * date, a pause, and the way back.
 */
#include "rig.h"

#include "engine/audit.h"

#define SCHEME RIG_HEAD EDNA WALTER TEAM
#define ON(day) "morning", RIG_DATE + (day)
#define DAY(n, hour, minute) rig_instant(RIG_DATE + (n), hour, minute)

/* Edna is flagged, and Tom has been told. */
static struct rig *
flagged(const char *scheme)
{
	struct rig *r = rig_open(scheme, WALTER_CALL " call key 1\n",
	    RIG_AT(7, 0));

	rig_run(r, RIG_AT(10, 1));
	return r;
}

static int
print_finding(const struct ledger_finding *f, void *arg)
{
	(void)arg;
	printf("# %d %s\n", f->rule, f->name);
	return 0;
}

static int
count_findings(struct rig *r)
{
	struct err e;

	return audit_run(r->ledger, r->conf, r->now, AUDIT_WHOLE, print_finding,
	    NULL, &e);
}

static int
asked_since(struct rig *r, msec since)
{
	return rig_count(r, CHANNEL_CALL, EDNA_CALL, since) +
	    rig_count(r, CHANNEL_TEXT, EDNA_TEXT, since) +
	    rig_count(r, CHANNEL_CALL, "07700 900129", since);
}

static void
test_hospital(void)
{
	struct rig *r = flagged(SCHEME);
	struct ledger_absence a;
	struct err e;

	is_text(rig_resolve(r, rig_code(r, "edna"), "tom",
	    DISPOSITION_HOSPITAL), "", "the ward said so");
	is_text(rig_flag(r, "edna"), "no_response resolved hospital",
	    "the flag");
	is_text(rig_checkin(r, "edna", ON(0)), "no_response",
	    "hospital confirms nobody");
	is_text(rig_checkin(r, "edna", ON(1)), "cancelled in hospital",
	    "tomorrow's, which was planned");
	rig_run(r, RIG_AT(10, 5));
	is_int(rig_texts_with(r, ASHA_TEXT, "has been stopped"), 1,
	    "the coordinator is told at once");
	is_int(rig_texts_with(r, ASHA_TEXT, "ospital"), 0,
	    "without a health word");
	is_int(rig_mails_with(r, "asha@example.org", "has been stopped"), 1,
	    "by e-mail too");
	is_int(ledger_absence_on(r->ledger, "edna", RIG_DATE + 400, &a, &e),
	    1, "it has no end");
	is_text(a.who, "tom", "and somebody's name");
	rig_run(r, DAY(5, 7, 0));
	is_int(asked_since(r, RIG_AT(10, 1)), 0, "asked no more for days");
	is_text(rig_checkin(r, "walter", ON(4)), "confirmed key",
	    "others are");
	is_text(rig_back(r, "edna", "grace"), "", "a human says she is back");
	rig_run(r, DAY(5, 9, 1));
	is_int(rig_count(r, CHANNEL_CALL, EDNA_CALL, DAY(5, 7, 0)), 1,
	    "asked that very morning");
	is_int(count_findings(r), 0, "the audit agrees");
	rig_close(r);
}

/* What comes from their number goes to a human, and is not answered. */
static void
test_word_from_hospital(void)
{
	struct rig *r = flagged(SCHEME);
	int texts;

	is_text(rig_resolve(r, rig_code(r, "edna"), "tom",
	    DISPOSITION_HOSPITAL), "", "hospital");
	texts = rig_count(r, CHANNEL_TEXT, EDNA_TEXT, 0);
	rig_texts(r, EDNA_TEXT, "ok");
	is_text(rig_flag(r, "edna"), "unclear_reply open tom",
	    "an OK is news for a human");
	is_text(rig_checkin(r, "edna", ON(0)), "no_response",
	    "and confirms nothing");
	rig_texts(r, EDNA_TEXT, "help");
	is_text(rig_flag(r, "edna"), "help open grace", "help is help");
	is_int(rig_count(r, CHANNEL_TEXT, EDNA_TEXT, 0), texts,
	    "no automatic answer");
	ok(strstr(rig_back(r, "edna", "edna"), "only the team") != NULL,
	    "their own word does not begin it again");
	rig_close(r);
}

static void
test_deceased(void)
{
	struct rig *r = flagged(SCHEME);

	is_text(rig_resolve(r, rig_code(r, "edna"), "tom",
	    DISPOSITION_DECEASED), "", "found dead");
	rig_run(r, RIG_AT(10, 5));
	is_int(rig_texts_with(r, ASHA_TEXT, "has been stopped"), 1, "told");
	ok(strstr(rig_back(r, "edna", "tom"), "only a coordinator") != NULL,
	    "a volunteer does not undo it");
	rig_kill(r);
	rig_start(r, NULL);
	rig_run(r, DAY(3, 7, 0));
	is_int(asked_since(r, RIG_AT(10, 1)), 0,
	    "never asked again, over a restart");
	is_text(rig_back(r, "edna", "asha"), "", "the coordinator errs not");
	rig_run(r, DAY(3, 9, 1));
	is_int(asked_since(r, DAY(3, 7, 0)), 1, "a mistake is put right");
	rig_close(r);
}

static void
test_away_from_flag(void)
{
	struct rig *r = flagged(SCHEME);
	struct resolution how = {
		.disposition = DISPOSITION_SAFE,
		.false_alarm = FALSE_ALARM_ON_HOLIDAY,
		.spoken_to = "her sister",
		.away_until = RIG_DATE + 2,
	};
	struct ledger_flag f;

	is_text(rig_resolve_how(r, rig_code(r, "edna"), "tom", &how), "",
	    "safe, and away until Sunday");
	f = rig_flag_row(r, "edna");
	is_text(f.spoken_to, "her sister", "whom they spoke to");
	ok(f.contact_at == r->now, "and when");
	is_text(rig_checkin(r, "edna", ON(0)), "confirmed_late human",
	    "today is confirmed by a human");
	rig_run(r, DAY(3, 8, 59));
	is_int(asked_since(r, RIG_AT(10, 1)), 0, "not asked until then");
	rig_run(r, DAY(3, 9, 1));
	is_int(asked_since(r, RIG_AT(10, 1)), 1, "asked the day after");
	is_int(rig_texts_with(r, ASHA_TEXT, "has been stopped"), 0,
	    "a holiday is nobody's alarm");
	is_int(count_findings(r), 0, "the audit agrees");
	rig_close(r);
}

static void
test_terms(void)
{
	struct rig *r = flagged(SCHEME);

	ok(strstr(rig_away(r, "edna", ABSENCE_PAUSED, 0, 0), "until when") !=
	    NULL, "a pause ends");
	ok(strstr(rig_away(r, "edna", ABSENCE_AWAY, 0, RIG_DATE - 1),
	    "has passed") != NULL, "in the past");
	ok(strstr(rig_away(r, "edna", ABSENCE_AWAY, RIG_DATE + 5,
	    RIG_DATE + 4), "before the first") != NULL, "backwards");
	ok(strstr(rig_away(r, "edna", ABSENCE_PAUSED, 0, RIG_DATE + 400),
	    "more than a year") != NULL, "that is leaving");
	ok(strstr(rig_away(r, "nobody", ABSENCE_AWAY, 0, RIG_DATE + 1),
	    "there is nobody") != NULL, "whom?");
	ok(strstr(rig_back(r, "edna", "tom"), "is not away") != NULL,
	    "back from nowhere");
	rig_close(r);
}

/* While the ladder is being climbed, and back before it would have begun. */
static void
test_at_once(void)
{
	struct rig *r = rig_open(SCHEME, WALTER_CALL " call key 1\n",
	    RIG_AT(8, 0));

	is_text(rig_away(r, "edna", ABSENCE_AWAY, 0, RIG_DATE + 1), "",
	    "away today");
	is_text(rig_checkin(r, "edna", ON(0)), "cancelled away", "not asked");
	is_text(rig_back(r, "edna", "tom"), "", "no, she is here");
	is_text(rig_checkin(r, "edna", ON(0)), "due", "asked after all");
	rig_run(r, RIG_AT(9, 10));
	is_int(asked_since(r, 0), 1, "at her slot");
	is_text(rig_away(r, "edna", ABSENCE_PAUSED, 0, RIG_DATE + 3), "",
	    "paused in the middle of the ladder");
	is_text(rig_checkin(r, "edna", ON(0)), "cancelled paused", "it ends");
	rig_run(r, RIG_AT(12, 0));
	is_int(asked_since(r, 0), 1, "and she is not rung again");
	is_text(rig_flag(r, "edna"), "none", "nor flagged");
	is_text(rig_away(r, "walter", ABSENCE_AWAY, RIG_DATE + 1,
	    RIG_DATE + 1), "", "Walter, tomorrow only");
	rig_run(r, DAY(2, 9, 5));
	is_text(rig_checkin(r, "walter", ON(1)), "cancelled away", "away");
	is_text(rig_checkin(r, "walter", ON(2)), "confirmed key", "back");
	rig_close(r);
}

/* The file says away, the ledger says back: the stricter holds. */
static void
test_stricter(void)
{
#define AWAY_EDNA RIG_HEAD RIG_PERSON("edna", "Mrs Edna Clarke",             \
	"call_me = Edna\nround = morning\nphone = 0115 496 0123\n"   \
	"away = 2026-12-04 to 2026-12-05, sister\n") WALTER TEAM
	struct rig *r = rig_open(AWAY_EDNA, "", RIG_AT(7, 0));

	is_text(rig_away(r, "edna", ABSENCE_AWAY, 0, RIG_DATE), "", "both");
	is_text(rig_back(r, "edna", "tom"), "", "the ledger's ends");
	rig_run(r, DAY(2, 8, 0));
	is_int(rig_count(r, CHANNEL_CALL, EDNA_CALL, 0), 0,
	    "the file's holds");
	is_text(rig_away(r, "edna", ABSENCE_HOSPITAL, 0, 0), "", "hospital");
	is_text(rig_reload(r, SCHEME, 0) ? "refused" : "taken", "taken",
	    "a file without it is loaded");
	rig_run(r, DAY(4, 12, 0));
	is_int(rig_count(r, CHANNEL_CALL, EDNA_CALL, 0), 0,
	    "the ledger's holds over a reload");
	rig_close(r);
}

int
main(void)
{
	test_hospital();
	test_word_from_hospital();
	test_deceased();
	test_away_from_flag();
	test_terms();
	test_at_once();
	test_stricter();
	return tap_done();
}

/*
 * Closed days: the calendar that ships with the program is what the rules of
 * its holidays make it; rounds move or drop their slots on such days; and what
 * check says of calendars that run out.
 */
#include "scheme.h"

#define SHIPPED "/etc/calendars.d/england-and-wales.conf"
#define CALENDARS                                                    \
	"[calendar bank]\nsource = a gazette\n"                      \
	"day = 2027-03-29, Easter Monday\n"                          \
	"day = 2026-12-25, Christmas Day\n"                          \
	"[calendar office]\nday = 2026-12-28, The move\n"
#define HEAT "[calendar heat]\nsource = the weather office\n"
#define MONDAY 20815		/* 2026-12-28 */
#define CHRISTMAS 20812

/* ---- what the rules make of a year --------------------------------------- */

static localdate
day_of(int year, int month, int day)
{
	localdate ret = 0;

	(void)!calendar_make_date(year, month, day, &ret);
	return ret;
}

/* Easter Sunday of the Gregorian calendar, by the rule of Butcher, 1876. */
static localdate
easter(int y)
{
	int a = y % 19, b = y / 100, c = y % 100;
	int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
	int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
	int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;

	return day_of(y, n / 31, n % 31 + 1);
}

static localdate
monday_from(localdate date)
{
	while (calendar_weekday(date) != 0)
		date++;
	return date;
}

/* The first working day from there on that is not taken. */
static localdate
substitute(localdate date, localdate taken)
{
	while (calendar_weekday(date) > 4 || date == taken)
		date++;
	return date;
}

static void
holidays(int year, localdate ret[8])
{
	localdate christmas = day_of(year, 12, 25);

	ret[0] = substitute(day_of(year, 1, 1), 0);
	ret[1] = easter(year) - 2;
	ret[2] = easter(year) + 1;
	ret[3] = monday_from(day_of(year, 5, 1));
	ret[4] = monday_from(day_of(year, 5, 25));
	ret[5] = monday_from(day_of(year, 8, 25));
	/* Of two on one weekend Boxing Day's is the later. */
	ret[6] = substitute(christmas, 0);
	ret[7] = substitute(christmas + 1, ret[6]);
	if (calendar_weekday(christmas) == 6) {
		ret[7] = christmas + 1;
		ret[6] = substitute(christmas + 1, ret[7]);
	}
}

/* The good scheme with these lines in [round morning], and more behind. */
static struct config *
with(const char *round, const char *more, char **mistakes)
{
	const char *at = strstr(scheme_good, "[message en]");
	struct buf b = BUF_EMPTY;
	struct config *c;
	char *warnings;

	buf_addn(&b, scheme_good, (size_t)(at - scheme_good));
	buf_addf(&b, "%s%s%s", round, at, more);
	scheme_write("ringround.conf", buf_text(&b));
	buf_release(&b);
	c = scheme_load(mistakes, &warnings);
	free(warnings);
	return c;
}

static bool
has(const struct config_calendar *c, localdate date)
{
	for (size_t i = 0; i < c->n_days; i++)
		if (c->days[i].date == date)
			return true;
	return false;
}

static void
test_shipped(void)
{
	const char *dir = getenv("SRCDIR");
	char *mistakes, *warnings, include[512];
	struct config *c;
	size_t n = 0;

	snprintf(include, sizeof(include), "[service]\ninclude = %s/%s\n",
	    dir ? dir : ".", SHIPPED);
	scheme_write_changed("[service]\n", include);
	c = scheme_load(&mistakes, &warnings);
	is_text(mistakes, "", "the calendar that ships: loads");
	free(mistakes);
	free(warnings);
	if (c == NULL || c->n_calendars != 1)
		return;
	for (int year = 2026; year <= 2028; year++) {
		localdate want[8];

		holidays(year, want);
		for (int i = 0; i < 8; i++, n++)
			ok(has(&c->calendars[0], want[i]),
			    "%d: number %d of its eight", year, i + 1);
	}
	is_int((int)c->calendars[0].n_days, (int)n, "and no other day");
	config_free(c);
}

/* ---- rounds -------------------------------------------------------------- */

static void
test_dropped(void)
{
	char *mistakes;
	struct config *c = with("closed_days = bank, office\n"
	    "on_closed_day = drop\n", CALENDARS, &mistakes);
	const struct config_round *r;

	is_text(mistakes, "", "dropped: loads");
	free(mistakes);
	if (c == NULL)
		return;
	r = config_round(c, "morning");
	is_text(config_closed(r, CHRISTMAS), "Christmas Day", "its name");
	is_text(config_closed(r, MONDAY), "The move", "of the other one");
	ok(config_closed(r, CHRISTMAS + 1) == NULL, "a day like any other");
	ok(config_is_dropped(r, CHRISTMAS) &&
	    !config_is_dropped(r, CHRISTMAS + 1), "nobody is asked then");
	config_free(c);
}

static void
test_moved(void)
{
	char *mistakes;
	struct config *c = with("closed_days = bank\non_closed_day = 10:30\n",
	    CALENDARS, &mistakes);
	const struct config_round *r;

	is_text(mistakes, "", "moved: loads");
	free(mistakes);
	if (c == NULL)
		return;
	r = config_round(c, "morning");
	ok(!config_is_dropped(r, CHRISTMAS), "they are asked");
	is_int((int)((config_slot(c, r, &c->participants[0], CHRISTMAS) -
	    calendar_instant(CHRISTMAS, 0, NULL)) / MSEC_MINUTE), 630,
	    "at 10:30");
	is_int((int)((config_slot(c, r, &c->participants[0], MONDAY) -
	    calendar_instant(MONDAY, 0, NULL)) / MSEC_MINUTE), 540,
	    "and as always on the others");
	config_free(c);
}

/* A round of the days of a calendar alone, which may still be without any. */
static void
test_only(void)
{
	char *mistakes;
	struct config *c = with("only_days = heat, bank\nask_again = yes\n",
	    HEAT CALENDARS, &mistakes);
	const struct config_round *r;

	is_text(mistakes, "", "only on some days: loads");
	free(mistakes);
	if (c == NULL)
		return;
	r = config_round(c, "morning");
	ok(config_has_day(r, CHRISTMAS) && !config_has_day(r, CHRISTMAS + 1),
	    "on those of the one that has some");
	is_text(config_only(r, CHRISTMAS), "Christmas Day", "its name");
	ok(config_slot(c, r, &c->participants[0], CHRISTMAS) != NEVER &&
	    config_slot(c, r, &c->participants[0], MONDAY) == NEVER,
	    "no slot on the others");
	config_free(c);
}

static const struct {
	const char *round, *more, *said;
} wrong[] = {
	{ "closed_days = bank\n", CALENDARS, "ringround.conf:23: closed_days"
	    " does not say what is done then; write on_closed_day = drop, or a"
	    " time of day\n" },
	{ "on_closed_day = drop\n", CALENDARS, "ringround.conf:23:"
	    " on_closed_day is of no use without closed_days, the names of"
	    " calendars; write them\n" },
	{ "closed_days = bnak\non_closed_day = drop\n", CALENDARS,
	    "ringround.conf:23: closed_days: there is no [calendar bnak]; did"
	    " you mean \"bank\"?\n" },
	{ "closed_days = bank\non_closed_day = drop\n", "",
	    "ringround.conf:23: closed_days: there is no [calendar bank];"
	    " write that section, or include the file in which it stands\n" },
	{ "closed_days = bank\non_closed_day = drop\n", "[calendar bank]\n"
	    "source = a gazette\n", "ringround.conf:53: [calendar bank] has no"
	    " day; write day = and behind it the date and what day it is, such"
	    " as 2026-12-25, Christmas Day\n" },
	{ "only_days = heta\nask_again = yes\n", HEAT, "ringround.conf:23:"
	    " only_days: there is no [calendar heta]; did you mean \"heat\"?\n"
	},
	{ "only_days = heat\n", HEAT, "ringround.conf:23: only_days does not"
	    " say what is with those who were well in another round of that"
	    " day; write ask_again = yes, and they are asked all the same, or"
	    " no\n" },
	{ "closed_days = bank\non_closed_day = later\n", CALENDARS,
	    "ringround.conf:24: on_closed_day: write drop, where nobody is to"
	    " be asked then, or the time of day at which they are, such as"
	    " 10:30\n" },
	{ "closed_days = bank\non_closed_day = 07:30\n", CALENDARS,
	    "ringround.conf:24: round morning begins at 07:30, before"
	    " contact_hours does (08:00); let it begin later, or widen the"
	    " hours\n" },
	{ "", "[calendar bank]\nday = 2026-02-30, Never\n",
	    "ringround.conf:52: day: there is no day 2026-02-30 in the"
	    " calendar; write year-month-day, such as 2026-12-04\n" },
	{ "", "[calendar bank]\nday = 2026-12-25\n", "ringround.conf:52: day:"
	    " write the date and what day it is, such as 2026-12-25, Christmas"
	    " Day\n" },
	{ "", "[calendar bank]\nday = 2026-12-25, Christmas\n"
	    "[calendar bank]\nday = 2027-12-25, Christmas\n",
	    "ringround.conf:53: [calendar bank] is given twice, first in"
	    " TMP/ringround.conf:51; give one another name\n" },
};

static void
test_mistakes(void)
{
	for (size_t i = 0; i < COUNT(wrong); i++) {
		char *mistakes;
		struct config *c = with(wrong[i].round, wrong[i].more,
		    &mistakes);

		is_text(mistakes, wrong[i].said, "mistake %zu", i);
		free(mistakes);
		config_free(c);
	}
}

/* Nobody knows the heat of a summer to come. */
static void
test_unforeseen(void)
{
	struct config_notes notes = { NULL, 0, 0 };
	char *mistakes;
	struct config *c = with("only_days = bank\nask_again = no\n", CALENDARS,
	    &mistakes);

	free(mistakes);
	ok(c != NULL, "loads");
	if (c == NULL)
		return;
	config_look_at_day(c, CHRISTMAS + 1000, &notes);
	is_int((int)notes.n, 1, "of the two calendars one has run out");
	ok(notes.n == 1 && strstr(notes.items[0].message, "calendar office"),
	    "the one whose days are known long before");
	config_notes_release(&notes);
	config_free(c);
}

static void
test_runs_out(void)
{
	static const struct {
		localdate today;
		const char *said;
	} cases[] = {
		{ CHRISTMAS - 100, "" },
		{ CHRISTMAS + 94 - 59, "ringround.conf:51: the calendar bank"
		    " has no day after 2027-03-29; add those of the time to"
		    " come, from a gazette\n" },
	};
	char *mistakes, *said;
	struct config *c = with("closed_days = bank\non_closed_day = drop\n",
	    "", &mistakes);

	ok(c == NULL, "none without");
	free(mistakes);
	c = with("", "[calendar bank]\nsource = a gazette\n"
	    "day = 2027-03-29, Easter Monday\n", &mistakes);
	free(mistakes);
	for (size_t i = 0; c && i < COUNT(cases); i++) {
		struct config_notes notes = { NULL, 0, 0 };

		config_look_at_day(c, cases[i].today, &notes);
		said = scheme_say(&notes);
		is_text(said, cases[i].said, "day %zu", i);
		free(said);
		config_notes_release(&notes);
	}
	config_free(c);
}

int
main(void)
{
	scheme_begin();
	test_shipped();
	test_dropped();
	test_moved();
	test_only();
	test_mistakes();
	test_runs_out();
	test_unforeseen();
	return tap_done();
}

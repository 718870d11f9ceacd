/*
 * From when to when: what people write, on Friday 2026-12-04.
 */
#include "rules/away.h"
#include "rules/reply.h"
#include "rules/words.h"
#include "tap.h"

#define FRIDAY 20791	/* 2026-12-04 */
#define CLEAR AWAY_CLEAR
#define NO_END AWAY_NO_END
#define PAST AWAY_PAST
#define LONG AWAY_TOO_LONG
#define UNCLEAR AWAY_UNCLEAR

static const struct {
	const char *text, *language;
	enum away_fit fit;
	const char *first, *last;
} rows[] = {
	{ "AWAY until 3 Jan", "en", CLEAR, "2026-12-04", "2027-01-03" },
	{ "away 20 Dec to 3 Jan", "en", CLEAR, "2026-12-20", "2027-01-03" },
	{ "I'm away till Monday", "en", CLEAR, "2026-12-04", "2026-12-07" },
	{ "Away till friday", "en", CLEAR, "2026-12-04", "2026-12-11" },
	{ "away until 3rd January", "en", CLEAR, "2026-12-04", "2027-01-03" },
	{ "away until the 3rd of January 2027", "en", CLEAR, "2026-12-04",
	    "2027-01-03" },
	{ "away till January 3", "en", CLEAR, "2026-12-04", "2027-01-03" },
	{ "away until 3/1", "en", CLEAR, "2026-12-04", "2027-01-03" },
	{ "away until 03/01/2027", "en", CLEAR, "2026-12-04", "2027-01-03" },
	{ "away until 2027-01-03", "en", CLEAR, "2026-12-04", "2027-01-03" },
	{ "away til 3jan", "en", CLEAR, "2026-12-04", "2027-01-03" },
	{ "Away 20-27 Dec", "en", CLEAR, "2026-12-20", "2026-12-27" },
	{ "away from 20 to 27 December", "en", CLEAR, "2026-12-20",
	    "2026-12-27" },
	{ "away 20 Dec - 3 Jan", "en", CLEAR, "2026-12-20", "2027-01-03" },
	{ "away between 20 Dec and 3 Jan", "en", CLEAR, "2026-12-20",
	    "2027-01-03" },
	{ "I will be away from Sunday till Wednesday", "en", CLEAR,
	    "2026-12-06", "2026-12-09" },
	{ "away Sunday", "en", CLEAR, "2026-12-06", "2026-12-06" },
	{ "away tomorrow", "en", CLEAR, "2026-12-05", "2026-12-05" },
	{ "away today", "en", CLEAR, "2026-12-04", "2026-12-04" },
	{ "away tomorrow until Monday 7 Dec", "en", CLEAR, "2026-12-05",
	    "2026-12-07" },
	{ "away for a week", "en", CLEAR, "2026-12-04", "2026-12-10" },
	{ "away for 3 days", "en", CLEAR, "2026-12-04", "2026-12-06" },
	{ "away from Sunday for two weeks", "en", CLEAR, "2026-12-06",
	    "2026-12-19" },
	{ "going away for a fortnight from 10 Dec", "en", CLEAR, "2026-12-10",
	    "2026-12-23" },
	{ "Gone away, back on Tuesday", "en", CLEAR, "2026-12-04",
	    "2026-12-07" },
	{ "away not back until Tuesday", "en", CLEAR, "2026-12-04",
	    "2026-12-07" },
	{ "away, home 10 Dec", "en", CLEAR, "2026-12-04", "2026-12-09" },
	{ "away from home until 10 Dec", "en", CLEAR, "2026-12-04",
	    "2026-12-10" },
	{ "Away 1 Dec to 10 Dec, at my daughter's in Leeds", "en", CLEAR,
	    "2026-12-04", "2026-12-10" },
	{ "away until 29 Jan", "en", LONG, NULL, NULL },
	{ "away until 28 Jan", "en", CLEAR, "2026-12-04", "2027-01-28" },
	/* A human reads these. */
	{ "away", "en", NO_END, NULL, NULL },
	{ "I'm away from Monday", "en", NO_END, NULL, NULL },
	{ "away, back soon", "en", NO_END, NULL, NULL },
	{ "away until 3 Dec 2026", "en", PAST, NULL, NULL },
	{ "away until 3 Dec", "en", LONG, NULL, NULL },
	{ "away until August", "en", UNCLEAR, NULL, NULL },
	{ "away for 3 months", "en", LONG, NULL, NULL },
	{ "away 5 Aug to 7 Aug 2027", "en", LONG, NULL, NULL },
	{ "away 3 Jan to 20 Dec 2026", "en", UNCLEAR, NULL, NULL },
	{ "away until Monday or Tuesday", "en", UNCLEAR, NULL, NULL },
	{ "away until Monday perhaps", "en", UNCLEAR, NULL, NULL },
	{ "away until next Monday", "en", UNCLEAR, NULL, NULL },
	{ "I may be away till Monday", "en", UNCLEAR, NULL, NULL },
	{ "away until Monday 8 Dec", "en", UNCLEAR, NULL, NULL },
	{ "away until 3 Jan until 5 Jan", "en", UNCLEAR, NULL, NULL },
	{ "away until 3 Jan, ring 07700 900123", "en", UNCLEAR, NULL, NULL },
	{ "away until 31 Feb", "en", UNCLEAR, NULL, NULL },
	{ "away until 3.30pm", "en", UNCLEAR, NULL, NULL },
	{ "away until 3 Jan, 2 of us", "en", UNCLEAR, NULL, NULL },
	{ "away 2-3 weeks", "en", UNCLEAR, NULL, NULL },
	{ "away until Monday?", "en", UNCLEAR, NULL, NULL },
	{ "away for a week until 10 Dec", "en", UNCLEAR, NULL, NULL },
	{ "away for the weekend", "en", UNCLEAR, NULL, NULL },
	{ "away until 99999999999999999999", "en", UNCLEAR, NULL, NULL },
	/* Other languages, from who speaks them. */
	{ "dwi i ffwrdd tan 3 Ionawr", "cy", CLEAR, "2026-12-04",
	    "2027-01-03" },
	{ "i ffwrdd o 20 Rhagfyr tan 3 Ionawr", "cy", CLEAR, "2026-12-20",
	    "2027-01-03" },
	{ "i ffwrdd tan dydd Mawrth", "cy", CLEAR, "2026-12-04",
	    "2026-12-08" },
	{ "i ffwrdd am wythnos", "cy", UNCLEAR, NULL, NULL },
	{ "wyjeżdżam do 3 stycznia", "pl", CLEAR, "2026-12-04",
	    "2027-01-03" },
	{ "wyjeżdżam od 20 grudnia do 3 stycznia", "pl", CLEAR, "2026-12-20",
	    "2027-01-03" },
	{ "wyjeżdżam do poniedziałku", "pl", CLEAR, "2026-12-04",
	    "2026-12-07" },
	{ "away do 3 stycznia", "en", UNCLEAR, NULL, NULL },
	{ "away 3 january tak", "ur", CLEAR, "2026-12-04", "2027-01-03" },
	{ "away 20 december se 3 january tak", "pa", CLEAR, "2026-12-20",
	    "2027-01-03" },
	{ "away ۳ جنوری تک", "ur", CLEAR, "2026-12-04", "2027-01-03" },
	{ "away 3 ਜਨਵਰੀ ਤੱਕ", "pa", CLEAR, "2026-12-04", "2027-01-03" },
	{ "away kal tak", "ur", UNCLEAR, NULL, NULL },
};

static void
test_rows(void)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		localdate first = 0, last = 0;
		char from[CALENDAR_DATE_SIZE], to[CALENDAR_DATE_SIZE];
		enum away_fit fit = away_read(rows[i].text, rows[i].language,
		    FRIDAY, &first, &last);

		is_text(away_fit_name(fit), away_fit_name(rows[i].fit), "%s",
		    rows[i].text);
		if (rows[i].first == NULL || fit != AWAY_CLEAR)
			continue;
		is_text(calendar_format_date(first, from), rows[i].first,
		    "from: %s", rows[i].text);
		is_text(calendar_format_date(last, to), rows[i].last,
		    "to: %s", rows[i].text);
	}
}

/* Said while they are away already, across the year's end. */
static void
test_on_the_way(void)
{
	localdate first, last, second_of_january = FRIDAY + 29;

	is_int(away_read("away 20 Dec to 3 Jan", "en", second_of_january,
	    &first, &last), AWAY_CLEAR, "on the way");
	is_int(first, second_of_january, "from today");
	is_int(last, second_of_january + 1, "to the day that is meant");
}

static void
test_back(void)
{
	static const char *const yes[] = { "BACK", "I'm back", "im back",
		"Back home now thanks", "I am home again", "ok I'm back",
		"Hello, got back safe and well" };
	static const char *const no[] = { "", "back on Monday", "ok",
		"back pain", "am I back?", "not back", "home until Monday",
		"thank you", "my back" };

	for (size_t i = 0; i < COUNT(yes); i++)
		ok(away_is_back(yes[i], "en"), "BACK: %s", yes[i]);
	for (size_t i = 0; i < COUNT(no); i++)
		ok(!away_is_back(no[i], "en"), "not BACK: %s", no[i]);
	ok(away_is_back("wrociłam", "pl"), "in Polish");
	ok(!away_is_back("wrociłam", "en"), "from who speaks it");
}

static void
test_format(void)
{
	char day[AWAY_DATE_SIZE];

	is_text(away_format(FRIDAY + 31, "en-GB", false, day), "Mon 4 Jan",
	    "to read");
	is_text(away_format(FRIDAY - 2, "en", true, day),
	    "Wednesday 2 December", "to hear");
	is_text(away_format(FRIDAY + 31, "pl", true, day), "4.1.2027",
	    "in other languages");
}

static void
test_table(void)
{
	size_t n, unplain = 0;
	const struct away_word *table = away_table(&n);

	for (size_t i = 0; i < n; i++) {
		struct buf b = BUF_EMPTY;

		words_normalise(table[i].text, &b);
		if (strcmp(buf_text(&b), table[i].text) != 0) {
			printf("# not plain: %s\n", table[i].text);
			unplain++;
		}
		buf_release(&b);
	}
	is_int(unplain, 0, "every row is in its plain form");
}

/* What is read here was taken for AWAY first; those that are clear are. */
static void
test_taken_for_away(void)
{
	for (size_t i = 0; i < COUNT(rows); i++)
		if (rows[i].fit == AWAY_CLEAR)
			is_text(reading_name(reply_read(rows[i].text,
			    rows[i].language, NULL, NULL)), "away",
			    "an absence: %s", rows[i].text);
}

int
main(void)
{
	test_rows();
	test_on_the_way();
	test_back();
	test_format();
	test_table();
	test_taken_for_away();
	return tap_done();
}

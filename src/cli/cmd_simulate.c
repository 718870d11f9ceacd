#include "cli/commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/num.h"
#include "cli/doc.h"
#include "cli/site.h"
#include "cli/when.h"
#include "simulate/scheme.h"
#include "simulate/simulate.h"
#include "web/api_json.h"

#define DAYS 30
#define SEED 1
#define ROWS_OF_DAYS 31		/* more are shown by the week */
#define BAR 40
/* A made-up scheme begins here where nobody says otherwise: a run of a seed
 * is the same on every day. */
#define MADE_UP_FROM "2027-01-01"

struct wish {
	int people;		/* 0: the configuration's */
	int days, faults;
	uint64_t seed;
	localdate from;
};

/* ---- what is wanted ---------------------------------------------------- */

static enum cli_exit
read_number(const struct cli *c, const char *name, int64_t least,
    int64_t most, int64_t *ret)
{
	const char *text = cli_option(c, name);
	struct err e;

	if (text == NULL || num_int(text, least, most, ret, &e) == 0)
		return CLI_DONE;
	return cli_misuse(c, "--%s: %s", name, e.text);
}

/* Their own scheme from tomorrow, by this machine's day: the day after a
 * restless night matters to nobody. */
static localdate
tomorrow(void)
{
	struct clock clock;

	clock_init_real(&clock);
	return calendar_date(clock_now(&clock)) + 1;
}

static enum cli_exit
read_wish(const struct cli *c, struct wish *ret)
{
	int64_t people = 0, days = DAYS, faults = 0, seed = SEED;
	enum cli_exit done;

	if ((done = read_number(c, "participants", 1, SCHEME_MOST_PEOPLE,
	    &people)) != CLI_DONE ||
	    (done = read_number(c, "days", 1, SIMULATE_MOST_DAYS,
	    &days)) != CLI_DONE ||
	    (done = read_number(c, "faults", 0, WEATHER_WORST,
	    &faults)) != CLI_DONE ||
	    (done = read_number(c, "seed", 0, INT64_MAX, &seed)) != CLI_DONE)
		return done;
	*ret = (struct wish){
		.people = (int)people, .days = (int)days,
		.faults = (int)faults, .seed = (uint64_t)seed,
	};
	return CLI_DONE;
}

/* The scheme, with its zone in force; and the first day, which is a date of
 * that zone. */
static enum cli_exit
find_scheme(const struct cli *c, struct wish *wish, struct config **ret)
{
	const char *from = cli_option(c, "from");
	struct scheme_options o;
	struct err e;

	*ret = NULL;
	if (wish->people == 0 && (*ret = site_config(c->conf_path)) == NULL)
		return CLI_REFUSED;
	if (wish->people > 0 && calendar_open(scheme_zone(wish->seed),
	    &e) == -1)
		return cli_fail("%s", e.text);
	if (from == NULL && wish->people > 0)
		from = MADE_UP_FROM;
	if (from == NULL) {
		wish->from = tomorrow();
	} else if (calendar_parse_date(from, &wish->from, &e) == -1) {
		config_free(*ret);
		return cli_misuse(c, "--from: %s", e.text);
	}
	if (wish->people == 0)
		return CLI_DONE;
	o = (struct scheme_options){ wish->people, wish->seed, wish->from,
		wish->days };
	*ret = scheme_make(&o, &e);
	return *ret != NULL ? CLI_DONE : cli_fail("%s", e.text);
}

/* ---- progress ---------------------------------------------------------- */

struct bar {
	int days, shown;
};

static void
show_progress(void *arg, int days)
{
	struct bar *bar = arg;
	int done = days * BAR / bar->days;

	if (done == bar->shown && days < bar->days)
		return;
	bar->shown = done;
	fprintf(stderr, "\r[%.*s%*s] day %d of %d", done,
	    "########################################", BAR - done, "", days,
	    bar->days);
	if (days == bar->days)
		fputc('\n', stderr);
}

/* ---- the document ------------------------------------------------------ */

static void
put_late(json_t *o, const char *key, msec late)
{
	if (late >= 0)
		api_json_put_int(o, key, late / MSEC_SECOND);
	else
		api_json_put(o, key, json_null());
}

static json_t *
day_json(const struct forecast_day *d)
{
	json_t *o = json_object();

	api_json_put_date(o, "date", d->date);
	api_json_put_int(o, "checkins", d->checkins);
	for (int i = 0; i < CHECKIN_STATE_COUNT; i++)
		api_json_put_int(o, checkin_state_name((enum
		    checkin_state)i), d->states[i]);
	api_json_put_int(o, "flags", d->flags);
	api_json_put_int(o, "calls", d->calls);
	api_json_put_int(o, "texts", d->texts);
	api_json_put_int(o, "notices", d->notices);
	put_late(o, "late_middle_s", d->late_middle);
	put_late(o, "late_most_s", d->late_most);
	return o;
}

static void
put_forecast(json_t *doc, const struct forecast *f)
{
	json_t *days = json_array(), *team = json_array(),
	    *reasons = json_object();

	for (int i = 0; i < f->n_days; i++)
		api_json_append(days, day_json(&f->days[i]));
	for (size_t i = 0; i < f->conf->n_volunteers; i++) {
		const struct forecast_volunteer *v = &f->volunteers[i];
		json_t *o = json_object();

		api_json_put_text(o, "id", v->id);
		api_json_put_text(o, "name", v->name);
		api_json_put_int(o, "asked", v->asked);
		api_json_put_int(o, "ended", v->ended);
		api_json_put_int(o, "busiest_day", v->busiest);
		api_json_append(team, o);
	}
	for (int i = 0; i < FLAG_REASON_COUNT; i++)
		api_json_put_int(reasons, flag_reason_name((enum
		    flag_reason)i), f->reasons[i]);
	api_json_put_int(doc, "flags", f->flags);
	api_json_put_int(doc, "flags_left", f->open);
	api_json_put_int(doc, "ended_by_own_word", f->own_word);
	put_late(doc, "flag_to_end_middle_s", f->ended_middle);
	api_json_put(doc, "flags_by_reason", reasons);
	api_json_put(doc, "per_day", days);
	api_json_put(doc, "volunteers", team);
}

static void
put_judgement(json_t *doc, const struct simulation *s)
{
	const struct judge *j = &s->judge;
	json_t *findings = json_array();
	char digest[17];
	size_t falls;

	(void)crowd_spells(s->crowd, &falls);
	snprintf(digest, sizeof(digest), "%016llx",
	    (unsigned long long)j->digest);
	for (int i = 0; i < j->n && i < JUDGE_MAX; i++)
		api_json_append(findings, json_string(j->findings[i]));
	api_json_put_bool(doc, "ok", j->n == 0);
	api_json_put_int(doc, "broken", j->n);
	api_json_put(doc, "findings", findings);
	api_json_put_int(doc, "minutes", (int64_t)j->minutes);
	api_json_put_int(doc, "creates", (int64_t)j->creates);
	api_json_put_int(doc, "bad_days", (int64_t)falls);
	api_json_put_int(doc, "bad_checkins", (int64_t)j->bad_days);
	api_json_put_int(doc, "outages", s->weather.outages);
	api_json_put_int(doc, "deaths", s->weather.deaths);
	api_json_put_int(doc, "power_cuts", s->weather.cuts);
	api_json_put_text(doc, "digest", digest);
}

/* The one command that repeats this run. */
static void
put_command(json_t *doc, const struct cli *c, const struct wish *wish)
{
	struct buf b = BUF_EMPTY;
	char date[CALENDAR_DATE_SIZE];

	buf_add(&b, "ringround");
	if (wish->people == 0)
		buf_addf(&b, " -c %s", c->conf_path);
	buf_add(&b, " simulate");
	if (wish->people > 0)
		buf_addf(&b, " --participants %d", wish->people);
	buf_addf(&b, " --days %d --seed %llu --faults %d --from %s",
	    wish->days, (unsigned long long)wish->seed, wish->faults,
	    calendar_format_date(wish->from, date));
	api_json_put_text(doc, "command", buf_text(&b));
	buf_release(&b);
}

static json_t *
make_doc(const struct cli *c, const struct wish *wish,
    const struct simulation *s)
{
	json_t *doc = api_json_new("simulate");

	put_command(doc, c, wish);
	api_json_put_date(doc, "from", wish->from);
	api_json_put_int(doc, "days", wish->days);
	api_json_put_int(doc, "participants", (int64_t)s->o.conf->n_live);
	api_json_put_text(doc, "timezone", s->o.conf->service.timezone);
	api_json_put_int(doc, "seed", (int64_t)wish->seed);
	api_json_put_int(doc, "faults", wish->faults);
	put_judgement(doc, s);
	put_forecast(doc, &s->forecast);
	return doc;
}

static enum cli_exit
simulate(struct cli *c, const struct wish *wish, const struct config *conf,
    json_t **ret_doc)
{
	struct bar bar = { wish->days, -1 };
	struct simulate_options o = {
		.conf = conf, .from = wish->from, .days = wish->days,
		.seed = wish->seed, .faults = wish->faults,
		.progress = isatty(STDERR_FILENO) ? show_progress : NULL,
		.arg = &bar,
	};
	struct simulation s;
	enum cli_exit done = CLI_DONE;
	struct err e;

	if (simulate_run(&s, &o, &e) == -1)
		done = cli_fail("the simulation could not go on: %s", e.text);
	else
		*ret_doc = make_doc(c, wish, &s);
	if (s.judge.n > 0)
		done = CLI_REFUSED;
	simulate_release(&s);
	return done;
}

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	struct config *conf;
	struct wish wish;
	enum cli_exit done = read_wish(c, &wish);

	if (done == CLI_DONE)
		done = find_scheme(c, &wish, &conf);
	if (done != CLI_DONE)
		return done;
	if (conf->n_live == 0)
		done = cli_fail("nobody is live in this scheme: there is "
		    "nothing to simulate");
	else
		done = simulate(c, &wish, conf, ret_doc);
	config_free(conf);
	return done;
}

/* ---- for people -------------------------------------------------------- */

/* A row of the table: a day, or a week. */
struct sum {
	const char *from;
	int64_t checkins, confirmed, flags, calls, texts, notices;
	int64_t late, days, most_flags;
};

static void
add_day(struct sum *s, const json_t *d)
{
	int64_t late = doc_int(d, "late_most_s"), flags = doc_int(d, "flags");

	if (s->days++ == 0)
		s->from = doc_text(d, "date");
	s->checkins += doc_int(d, "checkins");
	s->confirmed += doc_int(d, "confirmed") + doc_int(d,
	    "confirmed_late");
	s->flags += flags;
	s->calls += doc_int(d, "calls");
	s->texts += doc_int(d, "texts");
	s->notices += doc_int(d, "notices");
	if (late > s->late)
		s->late = late;
	if (flags > s->most_flags)
		s->most_flags = flags;
}

static void
bar_cell(struct table *t, int64_t n, int64_t most)
{
	struct buf b = BUF_EMPTY;

	for (int64_t i = 0; most > 0 && i < (n * 20 + most - 1) / most; i++)
		buf_add(&b, "#");
	table_cell(t, PAINT_WARN, buf_text(&b));
	buf_release(&b);
}

static void
sum_row(struct table *t, const struct sum *s, int64_t most)
{
	char day[WHEN_DAY_SIZE], late[WHEN_SIZE];

	table_cell(t, PAINT_PLAIN, when_day(s->from, day));
	table_cellf(t, PAINT_PLAIN, "%lld", (long long)s->checkins);
	table_cellf(t, PAINT_PLAIN, "%lld", (long long)s->confirmed);
	table_cellf(t, PAINT_PLAIN, "%lld", (long long)s->calls);
	table_cellf(t, PAINT_PLAIN, "%lld", (long long)s->texts);
	table_cellf(t, PAINT_PLAIN, "%lld", (long long)s->notices);
	table_cell(t, PAINT_PLAIN, when_length(s->late * MSEC_SECOND, late));
	table_cellf(t, PAINT_BOLD, "%lld", (long long)s->flags);
	bar_cell(t, s->flags, most);
	table_end_row(t);
}

/* Sums of so many days each; the caller frees. */
static struct sum *
sum_up(const json_t *days, size_t each, size_t *ret_n, int64_t *ret_most)
{
	struct sum *sums = mem_alloc((json_array_size(days) / each + 1) *
	    sizeof(*sums));
	const json_t *d;
	size_t i;

	*ret_n = (json_array_size(days) + each - 1) / each;
	*ret_most = 0;
	json_array_foreach(days, i, d) {
		add_day(&sums[i / each], d);
		if (sums[i / each].flags > *ret_most)
			*ret_most = sums[i / each].flags;
	}
	return sums;
}

static void
show_days(const json_t *doc, struct paint *p)
{
	const json_t *days = doc_list(doc, "per_day");
	size_t each = json_array_size(days) > ROWS_OF_DAYS ? 7 : 1, n;
	const char *const headings[] = {
		each == 7 ? "Week from" : "Day", ">Check-ins", ">Well",
		">Calls", ">Texts", ">Notices", ">Latest by", ">Flags", "",
	};
	struct table *t = table_new(headings, COUNT(headings));
	int64_t most;
	struct sum *sums = sum_up(days, each, &n, &most);

	for (size_t i = 0; i < n; i++)
		sum_row(t, &sums[i], most);
	table_paint(t, p, 0);
	table_free(t);
	free(sums);
	paint_add(p, "\n");
}

static void
show_volunteers(const json_t *doc, struct paint *p)
{
	static const char *const headings[] = {
		"Volunteer", ">Asked", ">Flags ended", ">On the busiest day",
	};
	struct table *t = table_new(headings, COUNT(headings));
	const json_t *v;
	size_t i;

	json_array_foreach(doc_list(doc, "volunteers"), i, v) {
		table_cell(t, PAINT_PLAIN, doc_text(v, "name"));
		table_cellf(t, PAINT_PLAIN, "%lld", (long long)doc_int(v,
		    "asked"));
		table_cellf(t, PAINT_PLAIN, "%lld", (long long)doc_int(v,
		    "ended"));
		table_cellf(t, PAINT_PLAIN, "%lld", (long long)doc_int(v,
		    "busiest_day"));
		table_end_row(t);
	}
	table_paint(t, p, 0);
	table_free(t);
	paint_add(p, "\n");
}

static void
show_flags(const json_t *doc, struct paint *p)
{
	int64_t flags = doc_int(doc, "flags"), days = doc_int(doc, "days");
	const json_t *reasons = doc_object(doc, "flags_by_reason"), *n;
	char length[WHEN_SIZE];
	const char *name;
	bool first = true;

	paint_add(p, "%lld flags, %.1f a day", (long long)flags,
	    (double)flags / (double)days);
	if (!doc_is_null(doc, "flag_to_end_middle_s"))
		paint_add(p, "; half of them ended within %s",
		    when_length(doc_int(doc, "flag_to_end_middle_s") *
		    MSEC_SECOND, length));
	paint_add(p, ".\n");
	json_object_foreach((json_t *)(uintptr_t)reasons, name, n) {
		if (json_integer_value(n) == 0)
			continue;
		paint_add(p, "%s%lld ", first ? "" : ", ",
		    (long long)json_integer_value(n));
		for (const char *s = name; *s != '\0'; s++)
			paint_add(p, "%c", *s == '_' ? ' ' : *s);
		first = false;
	}
	paint_add(p, "%s", first ? "" : ".\n");
	paint_add(p, "%lld people had a bad day.\n\n",
	    (long long)doc_int(doc, "bad_days"));
}

static void
show_verdict(const json_t *doc, struct paint *p)
{
	const json_t *finding;
	size_t i;

	if (doc_true(doc, "ok")) {
		paint_text(p, PAINT_GOOD, "Every promise was kept");
		paint_add(p, ": looked at in %lld minutes, for %lld calls and "
		    "texts and\nfor each of %lld check-ins of somebody in "
		    "need.\n", (long long)doc_int(doc, "minutes"),
		    (long long)doc_int(doc, "creates"),
		    (long long)doc_int(doc, "bad_checkins"));
	} else {
		paint_text(p, PAINT_BAD, "A promise was broken");
		paint_add(p, ", %lld times:\n", (long long)doc_int(doc,
		    "broken"));
		json_array_foreach(doc_list(doc, "findings"), i, finding) {
			paint_add(p, "  ");
			paint_text(p, PAINT_PLAIN,
			    json_string_value(finding));
			paint_add(p, "\n");
		}
	}
	paint_add(p, "The same again: ");
	paint_text(p, PAINT_PLAIN, doc_text(doc, "command"));
	paint_add(p, "\n");
}

static void
show(const json_t *doc, struct paint *p)
{
	char day[WHEN_DAY_SIZE];

	paint_text(p, PAINT_BOLD, when_day(doc_text(doc, "from"), day));
	paint_add(p, ", %lld days, %lld people, %s, seed %lld, ",
	    (long long)doc_int(doc, "days"), (long long)doc_int(doc,
	    "participants"), doc_text(doc, "timezone"),
	    (long long)doc_int(doc, "seed"));
	if (doc_int(doc, "faults") == 0)
		paint_add(p, "nothing fails\n\n");
	else
		paint_add(p, "faults %lld: %lld outages, %lld power cuts, %lld "
		    "sudden ends of the daemon\n\n",
		    (long long)doc_int(doc, "faults"),
		    (long long)doc_int(doc, "outages"),
		    (long long)doc_int(doc, "power_cuts"),
		    (long long)doc_int(doc, "deaths"));
	show_days(doc, p);
	show_volunteers(doc, p);
	show_flags(doc, p);
	show_verdict(doc, p);
}

const struct cli_command cmd_simulate = {
	.name = "simulate",
	.args = "",
	.summary = "Play days of the scheme with simulated people, and tell "
	    "what they would be like",
	.details = "The daemon's own engine runs on a ledger of its own, with "
	    "simulated telephones,\npeople and volunteers, and no clock: a "
	    "month takes seconds, nobody is rung, and\nthe same seed gives "
	    "the same days. It tells how many flags a day there would be,\n"
	    "how much volunteers would have to do, and how late people would "
	    "be rung; and it\nwatches whether a promise is broken (exit "
	    "status 1).\n",
	.examples = "  ringround simulate\n"
	            "  ringround simulate --days 7 --from 2027-03-25 "
	    "--faults 2\n"
	            "  ringround simulate --participants 200 --days 365 "
	    "--seed 7\n",
	.options = {
		{ "days", "N", "so many days (30)" },
		{ "participants", "N", "so many made-up people, in place of "
		    "the configuration's" },
		{ "seed", "N", "of all chance (1)" },
		{ "faults", "LEVEL", "what goes wrong with network and "
		    "daemon: 0 nothing, 1 seldom, 2 often, 3 bad" },
		{ "from", "DATE", "the first day, in place of tomorrow" },
	},
	.run = run,
	.show = show,
};

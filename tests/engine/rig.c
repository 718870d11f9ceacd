/*
 * Life and time.
 */
#include "rig.h"

#include <ftw.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "engine/audit.h"

#define TOKEN "11112222333344445555666677778888"
#define SPINNING 3000

const char *rig_zone = "Europe/London";
bool rig_polls;

static void __attribute__((noreturn, format(printf, 1, 2)))
bail(const char *fmt, ...)
{
	va_list ap;

	printf("Bail out! ");
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
	exit(1);
}

void
rig_write(struct rig *r, const char *name, const char *text)
{
	char path[160];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", r->folder, name);
	file = fopen(path, "we");
	if (file == NULL || fputs(text, file) == EOF || fclose(file) != 0)
		bail("%s cannot be written", path);
	chmod(path, 0600);
}

const struct config *
rig_load(struct rig *r, const char *scheme)
{
	struct config_notes mistakes = { NULL, 0, 0 }, warnings = mistakes;
	struct config *conf;
	char path[160];

	rig_write(r, "ringround.conf", scheme);
	snprintf(path, sizeof(path), "%s/ringround.conf", r->folder);
	conf = config_load(path, &mistakes, &warnings);
	for (size_t i = 0; i < mistakes.n; i++)
		printf("# %d: %s\n", mistakes.items[i].place.line,
		    mistakes.items[i].message);
	config_notes_release(&mistakes);
	config_notes_release(&warnings);
	if (conf == NULL)
		bail("the scheme has mistakes");
	return conf;
}

static void
keep_line(enum log_level level, const char *line, void *arg)
{
	struct rig *r = arg;
	size_t n = strlen(line);

	(void)level;
	r->log = mem_grow(r->log, r->log_len + n + 2, 1);
	memcpy(r->log + r->log_len, line, n);
	r->log[r->log_len + n] = '\n';
	r->log[r->log_len + n + 1] = '\0';
	r->log_len += n + 1;
	if (getenv("RIG_LOG") != NULL)
		printf("# %s %s\n", rig_clock(r->now), line);
}

static struct exchange *
open_exchange(void)
{
	static const char *const numbers[] = { LINE, LETTERBOX };
	struct exchange_options o = {
		.account_sid = "AC00000000000000000000000000000001",
		.auth_token = TOKEN,
		.seed = 7,
		.calls_per_second = 100,
		.texts_per_second = 100,
		.text_url = rig_polls ? "" :
		    "http://127.0.0.1:9085/hook/main/text",
		.call_url = "http://127.0.0.1:9085/hook/main/call",
		.call_end_url = "http://127.0.0.1:9085/hook/main/call-end",
		.numbers = numbers,
		.n_numbers = COUNT(numbers),
	};

	return exchange_new(&o);
}

static void
open_engine(struct rig *r)
{
	struct err e;
	char path[160];

	snprintf(path, sizeof(path), "%s/ringround.db", r->folder);
	r->ledger = ledger_open(path, LEDGER_LIVE, &e);
	if (r->ledger == NULL)
		bail("%s", e.text);
	rig_death_watch(r);
	r->engine = engine_new(r->ledger, r->conf, &r->ops, &r->random, &e);
	if (r->engine == NULL)
		bail("%s", e.text);
	r->turn_not_before = 0;
	r->broken = false;
}

struct rig *
rig_open(const char *scheme, const char *lines, msec now)
{
	struct rig *r = mem_alloc(sizeof(*r));
	struct err e;

	/* In memory where that can be: a turn syncs, and there are many. */
	snprintf(r->folder, sizeof(r->folder), "%s/ringround-XXXXXX",
	    access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	if (mkdtemp(r->folder) == NULL || calendar_open(rig_zone,
	    &e) == -1)
		bail("no folder, or no zone");
	log_set_sink(keep_line, r);
	random_init_seed(&r->random, 4711);
	r->now = now;
	r->exchange = open_exchange();
	if (lines != NULL) {
		rig_lines(r, "default call 1 no-answer\n"
		    "default text 1 silent\n");
		rig_lines(r, lines);
	}
	rig_write(r, "auth_token", TOKEN "\n");
	rig_wire_begin(r);
	r->conf = rig_load(r, scheme);
	open_engine(r);
	rig_run(r, now);
	return r;
}

msec
rig_instant(localdate date, int hour, int minute)
{
	return calendar_instant(date, hour * 60 + minute, NULL);
}

/* ---- time -------------------------------------------------------------- */

static bool
turn_is_due(const struct rig *r)
{
	return r->engine != NULL && r->now >= r->turn_not_before &&
	    engine_wake(r->engine) <= r->now + r->skew;
}

static void
turn(struct rig *r)
{
	enum ledger_fate fate;
	struct err e = { "" };

	if (++r->turns_here > SPINNING)
		bail("the engine spins at %s", rig_clock(r->now));
	fate = engine_turn(r->engine, r->now + r->skew, &e);
	if (r->dying) {
		rig_kill(r);
		r->dying = false;
		r->deaths++;
		open_engine(r);
		return;
	}
	if (fate == LEDGER_OK)
		return;
	r->broken = fate == LEDGER_BROKEN;
	if (getenv("RIG_LOG") != NULL)
		printf("# a turn was lost: %s\n", e.text);
	r->lost_turns++;
	r->turn_not_before = r->now + MSEC_SECOND;
}

static msec
next_instant(const struct rig *r)
{
	msec next = wire_next(&r->wire), at;

	if (r->engine == NULL)
		return next;
	at = engine_wake(r->engine);
	if (at != NEVER)
		at -= r->skew;
	if (at < r->turn_not_before)
		at = r->turn_not_before;
	return at < next ? at : next;
}

void
rig_run(struct rig *r, msec until)
{
	for (;;) {
		msec next;

		while (wire_due(&r->wire) || turn_is_due(r))
			if (turn_is_due(r))
				turn(r);
		next = next_instant(r);
		if (next > until)
			break;
		if (next > r->now) {
			r->now = next;
			r->turns_here = 0;
		}
	}
	if (until > r->now) {
		r->now = until;
		r->turns_here = 0;
	}
}

/* ---- death and resurrection -------------------------------------------- */

void
rig_kill(struct rig *r)
{
	engine_free(r->engine);
	r->engine = NULL;
	wire_drop(&r->wire);
	ledger_close(r->ledger);
	r->ledger = NULL;
}

void
rig_start(struct rig *r, const char *scheme)
{
	if (scheme != NULL) {
		const struct config *conf = rig_load(r, scheme);

		config_free((struct config *)(uintptr_t)r->conf);
		r->conf = conf;
	}
	open_engine(r);
	rig_run(r, r->now);
}

/* ---- in a turn --------------------------------------------------------- */

struct job {
	struct turn_event event;	/* first */
	rig_fn fn;
	void *arg;
	char *said;
	size_t size;
	bool done;
};

static int
job_handle(struct engine *en, struct turn_event *ev, msec now, struct err *e)
{
	struct job *j = (struct job *)ev;

	return j->fn(en, j->arg, now, e);
}

static void
job_done(struct turn_event *ev, enum turn_fate fate, const struct err *e)
{
	struct job *j = (struct job *)ev;

	snprintf(j->said, j->size, "%s", fate == TURN_KEPT ? "" : e->text);
	j->done = true;
}

const char *
rig_in_turn(struct rig *r, rig_fn fn, void *arg)
{
	static char said[512];
	struct job j = {
		.event = { .handle = job_handle, .done = job_done },
		.fn = fn, .arg = arg, .said = said, .size = sizeof(said),
	};

	engine_post(r->engine, &j.event);
	while (!j.done)
		turn(r);
	rig_run(r, r->now);
	return said;
}

static int
do_step(struct engine *en, void *arg, msec now, struct err *e)
{
	return engine_clock_stepped(en, *(msec *)arg, now, e);
}

void
rig_step_clock(struct rig *r, msec by)
{
	r->skew += by;
	(void)rig_in_turn(r, do_step, &by);
}

struct reload {
	const struct config *conf;
	int accept;
};

static int
do_reload(struct engine *en, void *arg, msec now, struct err *e)
{
	struct reload *a = arg;
	struct engine_gone gone = { .gone = 0 };
	int more;

	(void)now;
	do
		more = engine_count_gone(en, a->conf, &gone, e);
	while (more == 1);
	if (more == 0)
		more = engine_reload(en, a->conf, &gone, a->accept, e);
	buf_release(&gone.ids);
	return more;
}

const char *
rig_reload(struct rig *r, const char *scheme, int accept)
{
	struct reload a = { rig_load(r, scheme), accept };
	const char *said = rig_in_turn(r, do_reload, &a);

	config_free((struct config *)(uintptr_t)(said[0] == '\0' ? r->conf :
	    a.conf));
	r->conf = engine_config(r->engine);
	return said[0] == '\0' ? NULL : said;
}

/* ---- the end ----------------------------------------------------------- */

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *w)
{
	(void)st;
	(void)kind;
	(void)w;
	return remove(path);
}

/* No create twice, and none that the ledger does not know. */
static void
check_creates(struct rig *r)
{
	struct ledger_attempt a;
	struct exchange_entry x;
	struct err e;
	int twice = 0, unknown = 0;

	for (size_t i = 0; i < exchange_ledger_count(r->exchange); i++) {
		struct exchange_entry other;
		size_t later = i + 1;

		exchange_ledger_get(r->exchange, i, &x);
		/* Without a callback it is known by the gateway's id. */
		if (x.ref[0] == '\0') {
			if (x.sid[0] != '\0' && ledger_attempt_by_gateway_id(
			    r->ledger, "main", x.sid, &a, &e) != 1)
				unknown++;
			continue;
		}
		if (ledger_attempt_by_ref(r->ledger, x.ref, &a, &e) != 1)
			unknown++;
		for (; later < exchange_ledger_count(r->exchange); later++) {
			exchange_ledger_get(r->exchange, later, &other);
			if (x.sid[0] != '\0' && other.sid[0] != '\0' &&
			    strcmp(x.ref, other.ref) == 0)
				twice++;
		}
	}
	is_int(twice, 0, "always: no attempt is created twice");
	is_int(r->restored ? 0 : unknown, 0,
	    "always: the ledger knows every create");
	for (size_t i = 0; i < exchange_complaint_count(r->exchange); i++)
		printf("# %s\n", exchange_complaint(r->exchange, i));
	is_int(exchange_complaint_count(r->exchange), 0,
	    "always: the exchange has no complaint");
}

int
rig_forgotten(struct rig *r)
{
	struct ledger_checkin open[64], last, *after = NULL;
	struct err e;
	int n, forgotten = 0;

	do {
		n = ledger_checkins_open(r->ledger, after, open, 64, &e);
		for (int i = 0; i < n; i++) {
			last = open[i];
			after = &last;
			if (open[i].slot < r->now && open[i].wake_at < r->now)
				forgotten++;
		}
	} while (n == 64);
	return n == -1 ? -1 : forgotten;
}

static int
check_flag(const struct view_flag *f, void *arg)
{
	int *lost = arg;

	if (f->flag.owner[0] == '\0' && f->flag.deadline == 0)
		(*lost)++;
	return 0;
}

/* Does the text hold a word of a participant's name, or a number of theirs? */
static bool
is_personal(const struct rig *r, const char *text)
{
	for (size_t i = 0; i < r->conf->n_participants; i++) {
		const struct config_participant *p = &r->conf->participants[i];
		const char *family = strrchr(p->name, ' ');
		const char *const words[] = { p->call_me, p->phone, p->text,
			p->alternate, family != NULL ? family + 1 : p->name };

		for (size_t k = 0; k < COUNT(words); k++) {
			const char *word = words[k];

			if (word == NULL)
				continue;
			if (word[0] == '+')	/* its end, without blanks */
				word += strlen(word) - 6;
			if (strstr(text, word) != NULL) {
				printf("# \"%s\" in: %s\n", word, text);
				return true;
			}
		}
	}
	return false;
}

/* What the ledger refused of the engine's own doing is a fault of it, though
 * nothing came of it. */
static void
check_stumbles(struct rig *r)
{
	static const char *const words[] = { "was not taken", "was undone",
		"is set aside", "could not be applied", "constraint failed" };
	const char *found = NULL;

	for (size_t i = 0; i < COUNT(words) && r->log != NULL; i++)
		if (found == NULL)
			found = strstr(r->log, words[i]);
	if (r->lost_turns > 0 || r->deaths > 0)
		return;		/* these take work with them */
	ok(found == NULL || r->may_stumble,
	    "always: nothing failed by itself");
	if (found != NULL && !r->may_stumble)
		printf("# ... %.100s\n", found);
}

static void
check_privacy(struct rig *r)
{
	int told = 0;

	for (size_t i = 0; i < r->n_creates; i++) {
		const struct rig_create *c = &r->creates[i];
		size_t n = 0;

		(void)config_people_at(r->conf, c->to, &n);
		if (n == 0 && config_volunteer_at(r->conf, c->to) != NULL &&
		    is_personal(r, c->words))
			told++;
	}
	for (size_t i = 0; i < r->n_mails; i++)
		if (is_personal(r, r->mails[i].subject) ||
		    is_personal(r, r->mails[i].text))
			told++;
	is_int(told, 0, "always: no notice names a person");
	ok(r->log == NULL || !is_personal(r, r->log),
	    "always: nor does the log");
}

static void
free_all(struct rig *r)
{
	for (size_t i = 0; i < r->n_creates; i++)
		free(r->creates[i].words);
	for (size_t i = 0; i < r->n_mails; i++) {
		free(r->mails[i].to);
		free(r->mails[i].subject);
		free(r->mails[i].text);
	}
	for (size_t i = 0; i < r->n_answers; i++)
		free(r->answers[i].body);
	free(r->creates);
	free(r->mails);
	free(r->answers);
	free(r->log);
	free(r);
}

static int
show_finding(const struct ledger_finding *f, void *arg)
{
	(void)arg;
	printf("# invariant %d: %s: checkin=%lld attempt=%lld flag=%lld\n",
	    f->rule, f->name, (long long)f->checkin, (long long)f->attempt,
	    (long long)f->flag);
	return 0;
}

/* What the daemon's own auditor says of it all. */
static void
check_audit(struct rig *r)
{
	struct err e = { "" };

	is_int(audit_run(r->ledger, r->conf, r->now, AUDIT_WHOLE,
	    show_finding, NULL, &e), 0, "always: the audit finds nothing");
	if (e.text[0] != '\0')
		printf("# %s\n", e.text);
}

int
rig_number(struct rig *r, const char *sql)
{
	char path[160];
	sqlite3_stmt *s = NULL;
	sqlite3 *db;
	int n = -1;

	snprintf(path, sizeof(path), "%s/ringround.db", r->folder);
	if (sqlite3_open(path, &db) == SQLITE_OK &&
	    sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK &&
	    sqlite3_step(s) == SQLITE_ROW)
		n = sqlite3_column_int(s, 0);
	sqlite3_finalize(s);
	sqlite3_close(db);
	return n;
}

/* What is counted as it happens is what would be counted now. */
static void
check_counts(struct rig *r)
{
	is_int(rig_number(r, "SELECT count(*) FROM (SELECT date, round, state,"
	    " sum(n) AS n FROM (SELECT date, round, state, n FROM tally"
	    " UNION ALL SELECT date, round, state, -1 FROM checkin)"
	    " GROUP BY date, round, state) WHERE n <> 0"), 0,
	    "always: the check-ins of each day are counted right");
	is_int(rig_number(r, "SELECT count(*) FROM (SELECT date, sum(n) AS n"
	    " FROM (SELECT date, n FROM lateness UNION ALL SELECT date, -1"
	    " FROM checkin WHERE EXISTS (SELECT 1 FROM attempt WHERE checkin ="
	    " checkin.id AND sent_at IS NOT NULL)) GROUP BY date)"
	    " WHERE n > 0"), 0, "always: no lateness is counted twice");
}

void
rig_close(struct rig *r)
{
	struct err e;
	int lost = 0;

	/* By the time that the engine was told. */
	r->now += r->skew;
	r->skew = 0;
	if (r->engine == NULL)
		rig_start(r, NULL);
	check_creates(r);
	is_int(rig_forgotten(r), 0, "always: nobody is forgotten");
	check_privacy(r);
	check_stumbles(r);
	check_audit(r);
	check_counts(r);
	view_flags(r->ledger, false, 1000, check_flag, &lost, &e);
	is_int(lost, 0, "always: each flag has an owner or a deadline");
	rig_kill(r);
	log_set_sink(NULL, NULL);
	exchange_free(r->exchange);
	config_free((struct config *)(uintptr_t)r->conf);
	nftw(r->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	free_all(r);
}

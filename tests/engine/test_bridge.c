/*
 * A volunteer is put through to a person: who may, when not, once whatever is
 * told twice or lost, and what is noted of it.
 */
#include "rig.h"

#include "ledger/handle.h"

#define SCHEME RIG_HEAD EDNA WALTER TEAM
#define TOM_PHONE "+447700900202"
#define EDNA_PHONE "+441154960123"
#define TAKES TOM_TEXT " call key 1 after 4s\n"
#define DIAL "<Dial callerId=\"" LINE "\""

struct asked {
	const char *code, *whose, *who;
};

static int
do_bridge(struct engine *en, void *arg, msec now, struct err *e)
{
	struct asked *a = arg;

	return engine_bridge(en, a->code, a->whose, a->who, "socket", now, e);
}

/* whose telephone rings ("": who's own); "" where it was taken. */
static const char *
ask_for(struct rig *r, const char *person, const char *whose, const char *who)
{
	struct asked a = { rig_code(r, person), whose, who };

	return rig_in_turn(r, do_bridge, &a);
}

static const char *
sql_text(struct rig *r, const char *sql)
{
	static char text[256];
	sqlite3_stmt *s = NULL;

	text[0] = '\0';
	if (sqlite3_prepare_v2(handle_of(r->ledger), sql, -1, &s, NULL) ==
	    SQLITE_OK && sqlite3_step(s) == SQLITE_ROW &&
	    sqlite3_column_text(s, 0) != NULL)
		snprintf(text, sizeof(text), "%s", (const char *)
		    sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
	return text;
}

#define RESULTS "SELECT group_concat(coalesce(result, 'going on')) FROM bridge"
#define NOTED "SELECT group_concat(who || ' ' || action || coalesce(' ' || " \
	"detail, ''), '; ') FROM decision WHERE action IN ('call', 'called', "\
	"'tried_person')"

static int
through(struct rig *r)
{
	struct exchange_count c;

	exchange_count(r->exchange, &c);
	return (int)c.through;
}

/* Edna and Walter are flagged since ten; Tom has hers. */
static struct rig *
claimed(const char *scheme, const char *lines)
{
	struct rig *r = rig_open(scheme, "", RIG_AT(8, 0));

	rig_run(r, RIG_AT(10, 0) + 30 * MSEC_SECOND);
	is_text(rig_claim(r, rig_code(r, "edna"), "tom"), "", "Tom has hers");
	rig_lines(r, lines);
	return r;
}

static void
run_on(struct rig *r, msec more)
{
	rig_run(r, r->now + more);
}

/* ---- how it goes -------------------------------------------------------- */

static void
test_answered(void)
{
	struct rig *r = claimed(SCHEME, TAKES EDNA_CALL " call silent after "
	    "9s\n");
	msec since = r->now;

	is_text(ask_for(r, "edna", "", "tom"), "", "he asks for it");
	run_on(r, 5 * MSEC_SECOND);
	is_int(rig_count(r, CHANNEL_CALL, TOM_TEXT, since), 1,
	    "his telephone rings");
	is_int(through(r), 0, "and nobody else's, before he has pressed 1");
	run_on(r, 40 * MSEC_SECOND);
	is_int(through(r), 1, "then hers");
	is_int(rig_said(r, DIAL), 1, "from our number");
	is_text(sql_text(r, RESULTS), "going on", "they talk");
	is_text(ask_for(r, "edna", "", "tom"), "Tom Reid is being put "
	    "through already", "one at a time");
	run_on(r, 3 * MSEC_MINUTE);
	is_text(sql_text(r, RESULTS), "answered", "they have talked");
	is_text(sql_text(r, NOTED), "tom call tom; tom called answered",
	    "that stands in the record");
	ok(rig_said(r, "Please note how they are") > 0,
	    "and he is asked to say how she is");
	is_text(rig_flag(r, "edna"), "no_response claimed tom",
	    "the flag is his still: nothing that was heard confirms");
	ok(strcmp(rig_checkin(r, "edna", "morning", RIG_DATE),
	    "no_response") == 0, "nor does it the check-in");
	ok(!rig_logged(r, TOM_PHONE) && !rig_logged(r, EDNA_PHONE),
	    "no number in the journal");
	is_int(rig_said(r, TOM_PHONE), 0, "his number was told to nobody");
	is_int(rig_count(r, CHANNEL_CALL, TOM_TEXT, since), 1, "rung once");
	rig_close(r);
}

static const struct {
	const char *name, *lines;
	int through;
	const char *result, *noted;
} ways[] = {
	{ "her line is busy", TAKES EDNA_CALL " call busy\n", 1, "busy",
	    "tom call tom; tom called busy; tom tried_person put through" },
	{ "she does not answer", TAKES EDNA_CALL " call no-answer\n", 1,
	    "no_answer", "tom call tom; tom called no_answer; tom "
	    "tried_person put through" },
	{ "there is no such number", TAKES EDNA_CALL " call no-such\n", 1,
	    "failed", "tom call tom; tom called failed" },
	{ "a machine of hers", TAKES EDNA_CALL " call voicemail after 5s\n", 1,
	    "answered", "tom call tom; tom called answered" },
	{ "he hangs up while it rings", TOM_TEXT " call key 1 after 4s stays "
	    "25s\n" EDNA_CALL " call silent after 40s\n", 1, "given_up",
	    "tom call tom; tom called given_up" },
	{ "he hangs up first", TOM_TEXT " call key 1 after 4s stays 60s\n"
	    EDNA_CALL " call silent after 5s\n", 1, "answered",
	    "tom call tom; tom called answered" },
	{ "his own machine", TOM_TEXT " call voicemail\n", 0, "not_taken",
	    "tom call tom; tom called not_taken" },
	{ "he does not answer", TOM_TEXT " call no-answer\n", 0, "not_taken",
	    "tom call tom; tom called not_taken" },
	{ "he is on the telephone", TOM_TEXT " call busy\n", 0, "not_taken",
	    "tom call tom; tom called not_taken" },
	{ "another key, then 1", TOM_TEXT " call key 7 1\n" EDNA_CALL
	    " call silent\n", 1, "answered",
	    "tom call tom; tom called answered" },
	{ "other keys only", TOM_TEXT " call key 7 8 9 4\n", 0, "not_taken",
	    "tom call tom; tom called not_taken" },
};

static void
test_ways(void)
{
	for (size_t i = 0; i < COUNT(ways); i++) {
		struct rig *r = claimed(SCHEME, ways[i].lines);

		is_text(ask_for(r, "edna", "", "tom"), "", "%s",
		    ways[i].name);
		run_on(r, 6 * MSEC_MINUTE);
		is_int(through(r), ways[i].through, "%s: put through",
		    ways[i].name);
		is_text(sql_text(r, RESULTS), ways[i].result, "%s: result",
		    ways[i].name);
		is_text(sql_text(r, NOTED), ways[i].noted, "%s: noted",
		    ways[i].name);
		is_text(rig_flag(r, "edna"), "no_response claimed tom",
		    "%s: the flag stays", ways[i].name);
		is_text(ask_for(r, "edna", "", "tom"), "", "%s: and again",
		    ways[i].name);
		rig_close(r);
	}
}

/* ---- who may, and when not ---------------------------------------------- */

static void
test_who(void)
{
	struct rig *r = claimed(SCHEME, TAKES);
	struct asked stranger = { "", "", "asha" };

	ok(strstr(ask_for(r, "walter", "", "tom"), "has to be claimed first")
	    != NULL, "a flag that nobody has");
	ok(strstr(ask_for(r, "edna", "", "grace"), "not Grace Obi's") != NULL,
	    "another's flag");
	ok(strstr(ask_for(r, "edna", "tom", "grace"), "only a coordinator") !=
	    NULL, "nor does a volunteer let another's telephone ring");
	ok(strstr(ask_for(r, "edna", "", "root"), "whose telephone") != NULL,
	    "an administrator has none with us");
	is_text(ask_for(r, "edna", "tom", "root"), "", "but may let his ring");
	run_on(r, 6 * MSEC_MINUTE);
	is_text(ask_for(r, "walter", "", "asha"), "", "a coordinator may ring "
	    "whomever");
	is_text(ask_for(r, "edna", "", "asha"), "Asha Patel is being put "
	    "through already", "but one at a time");
	run_on(r, 6 * MSEC_MINUTE);
	is_text(rig_resolve(r, rig_code(r, "edna"), "tom",
	    DISPOSITION_CHAT), "", "it ends");
	ok(strstr(ask_for(r, "edna", "", "tom"), "has ended") != NULL,
	    "a flag that has ended");
	rig_texts(r, "07700 900555", "hello");
	run_on(r, MSEC_MINUTE);
	stranger.code = sql_text(r, "SELECT code FROM flag WHERE participant "
	    "IS NULL");
	ok(strstr(rig_in_turn(r, do_bridge, &stranger), "nobody with a number")
	    != NULL, "a stranger's flag");
	rig_close(r);
}

static void
refused(const char *name, const char *scheme, void (*before)(struct rig *r),
    const char *why)
{
	struct rig *r = claimed(scheme, TAKES);
	msec since;

	before(r);
	since = r->now;
	ok(strstr(ask_for(r, "edna", "", "tom"), why) != NULL, "%s: %s", name,
	    ask_for(r, "edna", "", "tom"));
	run_on(r, 6 * MSEC_MINUTE);
	is_int(rig_count(r, CHANNEL_CALL, TOM_TEXT, since), 0,
	    "%s: nobody is rung", name);
	is_text(sql_text(r, RESULTS), "", "%s: nothing is kept of it", name);
	rig_close(r);
}

static void
nothing(struct rig *r)
{
	(void)r;
}

static void
goes_away(struct rig *r)
{
	is_text(rig_away(r, "edna", ABSENCE_AWAY, RIG_DATE, RIG_DATE + 3), "",
	    "she is away");
}

static void
is_evening(struct rig *r)
{
	/* He is asked for a word meanwhile, and gives it. */
	for (int hour = 11; hour <= 20; hour++) {
		rig_run(r, RIG_AT(hour, 5));
		(void)rig_claim(r, rig_code(r, "edna"), "tom");
	}
}

static int
do_stop(struct engine *en, void *arg, msec now, struct err *e)
{
	(void)arg;
	return ledger_optout_add(engine_ledger(en), EDNA_PHONE, CHANNEL_CALL,
	    "text", now, e) == -1 ? -1 : 0;
}

static void
said_stop(struct rig *r)
{
	is_text(rig_in_turn(r, do_stop, NULL), "", "she has said stop");
}

static void
test_when_not(void)
{
	refused("away", SCHEME, goes_away, "it is written: away");
	refused("evening", SCHEME, is_evening, "outside their contact hours");
	refused("after STOP", SCHEME, said_stop, "not to ring them");
	refused("his own number", RIG_HEAD RIG_PERSON("edna",
	    "Mrs Edna Clarke", "call_me = Edna\nround = morning\n"
	    "phone = 07700 900202\n") TEAM, nothing, "their own number");
}

/* Help was asked for: a call was promised, also late. */
static void
test_help_late(void)
{
	struct rig *r = claimed(SCHEME, TAKES EDNA_CALL " call silent\n");

	rig_texts(r, EDNA_TEXT, "HELP");
	run_on(r, MSEC_MINUTE);
	rig_run(r, RIG_AT(20, 30));
	is_text(ask_for(r, "edna", "", "asha"), "", "at half past eight");
	rig_close(r);
}

/* What has changed while his telephone rings counts. */
static void
test_meanwhile(void)
{
	struct rig *r = claimed(SCHEME, TOM_TEXT " call key 1 after 20s\n");

	is_text(ask_for(r, "edna", "", "tom"), "", "he asks");
	run_on(r, 10 * MSEC_SECOND);
	rig_texts(r, EDNA_TEXT, "OK");
	run_on(r, 3 * MSEC_MINUTE);
	is_text(rig_flag(r, "edna"), "no_response resolved own_word",
	    "she has said that she is well");
	is_int(through(r), 0, "and is not rung for it");
	is_int(rig_said(r, "You cannot be put through: flag"), 1,
	    "he hears why");
	is_text(sql_text(r, RESULTS), "not_taken", "it has ended");
	rig_close(r);
}

/* She is not asked by the machine while somebody talks to her. */
static void
test_not_rung_between(void)
{
	struct rig *r = claimed(RIG_HEAD EDNA TEAM "[round late]\nat = 10:01\n"
	    "days = mon-sun\nladder = standard\n[participant edna2]\n"
	    "name = Mr Edwin Clarke\ncall_me = Edwin\nround = late\n"
	    "phone = 0115 496 0123\narea = Sneinton\n" RIG_LIVE,
	    TAKES EDNA_CALL " call silent after 5s, key 1 after 5s\n");
	msec since = r->now;

	is_text(ask_for(r, "edna", "", "tom"), "", "he asks");
	run_on(r, 80 * MSEC_SECOND);
	is_int(through(r), 1, "they talk");
	is_int(rig_count(r, CHANNEL_CALL, EDNA_CALL, since), 0,
	    "her husband's turn waits while they talk");
	run_on(r, 3 * MSEC_MINUTE);
	is_int(rig_count(r, CHANNEL_CALL, EDNA_CALL, since), 1,
	    "and comes afterwards");
	is_text(rig_checkin(r, "edna2", "late", RIG_DATE), "confirmed key",
	    "he is heard");
	rig_close(r);
}

/* ---- never twice --------------------------------------------------------- */

static const char *const faults[] = {
	"fault callbacks-twice all\n",
	"fault callbacks-missing all\n",
	"fault callbacks-late all by 1m\n",
	"fault callbacks-reversed all\n",
	"fault slow by 20s next 1\n",
	"fault drop-after next 1\n",
	"fault error-after next 1\n",
	"fault hang-after next 1\n",
	"fault drop-before next 1\n",
	"fault garbled next 1\n",
};

/* The create's answer is lost, callbacks come twice, late, never: his
 * telephone rings once, hers once, and it comes to an end. */
static void
test_faults(void)
{
	for (size_t i = 0; i < COUNT(faults); i++) {
		struct rig *r = claimed(SCHEME, TAKES EDNA_CALL
		    " call silent after 5s\n");
		int made = rig_made(r);

		rig_lines(r, faults[i]);
		is_text(ask_for(r, "edna", "", "tom"), "", "%s", faults[i]);
		run_on(r, 45 * MSEC_MINUTE);
		is_int(through(r), 1, "put through once");
		ok(strcmp(sql_text(r, RESULTS), "answered") == 0, "ended: %s",
		    sql_text(r, RESULTS));
		ok(rig_made(r) > made, "%d made", rig_made(r) - made);
		rig_close(r);
	}
}

/* Death at each commit of it: each at most once, and it ends. */
static void
test_deaths(void)
{
	for (int way = 0; way < 2; way++)
		for (int n = 1; n < 14; n++) {
			struct rig *r = claimed(SCHEME, TAKES EDNA_CALL
			    " call silent after 5s\n");
			msec since = r->now;

			rig_die(r, n, way ? RIG_AFTER_COMMIT :
			    RIG_BEFORE_COMMIT);
			(void)ask_for(r, "edna", "", "tom");
			run_on(r, 45 * MSEC_MINUTE);
			ok(through(r) <= 1 && rig_count(r, CHANNEL_CALL,
			    TOM_TEXT, since) <= 2, "death %d at commit %d: "
			    "put through %d times", way, n, through(r));
			ok(strstr(sql_text(r, RESULTS), "going on") == NULL,
			    "and it has ended: %s", sql_text(r, RESULTS));
			rig_close(r);
		}
}

static void
note_answer(void *arg, const struct hook_answer *a)
{
	snprintf(arg, 512, "%s", a != NULL ? buf_text(&a->body) : "");
}

/* A key 1 of Tom's call, told under a tag; the answer. */
static const char *
tell_key(struct rig *r, uint8_t tag, int turn)
{
	static char said[512];
	struct event ev = { .kind = EVENT_KEY, .channel = CHANNEL_CALL,
		.key = '1', .turn = turn, .sequence = -1, .hash = { tag } };

	snprintf(ev.ref, sizeof(ev.ref), "%s",
	    r->creates[r->n_creates - 1].ref);
	engine_post_event(r->engine, engine_gateway(r->engine, "main"), &ev,
	    note_answer, said);
	rig_run(r, r->now + MSEC_SECOND);
	return said;
}

/* A key that is told again is answered as before; another is not. */
static void
test_key_again(void)
{
	struct rig *r = claimed(SCHEME, TOM_TEXT " call silent\n");

	is_text(ask_for(r, "edna", "", "tom"), "", "he asks");
	run_on(r, 6 * MSEC_SECOND);
	ok(strstr(tell_key(r, 1, 0), "<Dial") != NULL, "he is put through");
	ok(strstr(tell_key(r, 1, 0), "<Dial") != NULL, "the answer was lost");
	ok(strstr(tell_key(r, 2, 1), "Goodbye") != NULL, "another key: once");
	run_on(r, 10 * MSEC_MINUTE);
	ok(strstr(tell_key(r, 1, 0), "Goodbye") != NULL, "after its end");
	rig_close(r);
}

/* Nobody says anything more: it ends by itself. */
static void
test_silence(void)
{
	struct rig *r = claimed(SCHEME, TAKES);

	rig_hush(r);
	is_text(ask_for(r, "edna", "", "tom"), "", "he asks");
	run_on(r, 45 * MSEC_MINUTE);
	is_text(sql_text(r, RESULTS), "not_taken", "it has ended");
	rig_close(r);
}

int
main(void)
{
	test_answered();
	test_ways();
	test_who();
	test_when_not();
	test_help_late();
	test_meanwhile();
	test_not_rung_between();
	test_faults();
	test_deaths();
	test_key_again();
	test_silence();
	return tap_done();
}

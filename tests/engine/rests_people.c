/*
 * What people have in hand does not rest: flags, notices, who is at a door.
 */
#include "rests.h"

/* Her son may be asked. */
#define EDNA_SHARES RIG_HEAD RIG_PERSON("edna", "Mrs Edna Clarke",    \
	"call_me = Edna\nround = morning\nphone = 0115 496 0123\n"   \
	"sharing = 2026-09-01, her son\n"                            \
	"contact = Paul Clarke, son, 07700 900130, agreed 2026-09-01\n") TEAM

/* ---- flags and notices -------------------------------------------------- */

/* Walter is flagged at ten, and nobody answers. */
static struct rig *
flagged(void)
{
	struct rig *r = rig_open(ALONE, "", RIG_AT(8, 0));

	rig_run(r, RIG_AT(10, 0));
	ok(strstr(rig_flag(r, "walter"), "open") != NULL, "flagged: %s",
	    rig_flag(r, "walter"));
	return r;
}

static void
flag_open(const struct deadline_row *d)
{
	struct rig *r = flagged();
	struct ledger_flag f = rig_flag_row(r, "walter"), g;

	rig_run(r, RIG_AT(10, 0) + rests_over_by(d) - MSEC_SECOND);
	g = rig_flag_row(r, "walter");
	is_text(g.asked, f.asked, "%s: so long is theirs", d->name);
	rig_run(r, RIG_AT(10, 0) + rests_first_by(d) + MSEC_SECOND);
	g = rig_flag_row(r, "walter");
	ok(strcmp(g.asked, f.asked) != 0, "%s: %s", d->name, d->then);
	rig_close(r);
}

static void
flag_left(const struct deadline_row *d)
{
	struct rig *r = flagged();

	rig_run(r, RIG_AT(10, 31));
	is_int(rig_texts_with(r, ASHA_TEXT, "needs a volunteer"), 1,
	    "%s: is there", d->name);
	for (int i = 1; i <= 4; i++) {
		rig_run(r, RIG_AT(10, 31) + i * rests_first_by(d));
		is_int(rig_texts_with(r, ASHA_TEXT, "needs a volunteer"),
		    1 + i, "%s: at %s it %s", d->name, rig_clock(r->now),
		    d->then);
	}
	rig_close(r);
}

/* Six of six are silent, a second apart: the fifth makes it many, and is told
 * of later. */
static void
silence_hold(const struct deadline_row *d)
{
	struct buf scheme = BUF_EMPTY;
	struct rig *r;
	int told;

	buf_add(&scheme, RIG_HEAD TEAM);
	for (int i = 0; i < 6; i++)
		buf_addf(&scheme, "[participant p%d]\nname = Mr Quentin Xylo\n"
		    "call_me = Quentin\nphone = 01632 96000%d\n"
		    "area = Sneinton\nround = morning\n" RIG_LIVE, i, i);
	r = rig_open(buf_text(&scheme), "", RIG_AT(8, 0));
	rig_run(r, RIG_AT(10, 1));
	is_int(rig_open_flags(r), 6, "six are flagged");
	is_int(rig_incidents(r), 1, "%s: is there", d->name);
	told = rig_count(r, CHANNEL_TEXT, TOM_TEXT, 0) +
	    rig_count(r, CHANNEL_TEXT, GRACE_TEXT, 0);
	is_int(told, 4, "before it was many, they were told as ever");
	rig_run(r, RIG_AT(10, 0) + rests_over_by(d) - MSEC_MINUTE);
	is_int(rig_count(r, CHANNEL_TEXT, TOM_TEXT, 0) +
	    rig_count(r, CHANNEL_TEXT, GRACE_TEXT, 0) - told, 4,
	    "those four went to the next, and no other did");
	rig_run(r, RIG_AT(10, 1) + rests_over_by(d));
	is_int(rests_number(r, "SELECT count(DISTINCT flag) FROM notice WHERE"
	    " volunteer <> 'asha' AND flag NOT NULL"), 6, "%s: %s", d->name,
	    d->then);
	rig_close(r);
	buf_release(&scheme);
}

static void
claimed(const struct deadline_row *d)
{
	struct rig *r = flagged();

	is_text(rig_claim(r, rig_code(r, "walter"), "tom"), "", "claimed");
	rig_run(r, RIG_AT(10, 0) + rests_first_by(d) - MSEC_SECOND);
	is_int(rig_texts_with(r, TOM_TEXT, "still yours"), 0,
	    "%s: so long is his", d->name);
	rig_run(r, RIG_AT(10, 0) + rests_first_by(d) + MSEC_SECOND);
	is_int(rig_texts_with(r, TOM_TEXT, "still yours"), 1, "%s: %s",
	    d->name, d->then);
	rig_close(r);
}

/* Taken a minute before the promise ends. */
static void
promised(const struct deadline_row *d)
{
	struct rig *r = rig_open(RIG_HEAD EDNA TEAM, "", RIG_AT(7, 0));
	msec taken = RIG_AT(9, 44);

	rig_run(r, RIG_AT(9, 30));
	rig_texts(r, EDNA_TEXT, "help");
	rig_run(r, taken);
	is_text(rig_claim(r, rig_code(r, "edna"), "tom"), "", "claimed");
	rig_run(r, taken + rests_first_by(d) - MSEC_SECOND);
	is_int(rig_texts_with(r, TOM_TEXT, "were promised"), 0,
	    "%s: so long he has to ring", d->name);
	rig_run(r, taken + rests_first_by(d) + MSEC_SECOND);
	is_int(rig_texts_with(r, TOM_TEXT, "were promised") +
	    rig_texts_with(r, ASHA_TEXT, "was promised"), 2, "%s: %s",
	    d->name, d->then);
	rig_close(r);
}

static void
owner_asked(const struct deadline_row *d)
{
	struct rig *r = flagged();
	msec asked = RIG_AT(10, 0) + deadlines[DEADLINE_CLAIMED].within;

	is_text(rig_claim(r, rig_code(r, "walter"), "tom"), "", "claimed");
	rests_last(r, d, "SELECT count(*) FROM flag WHERE state = 'claimed'",
	    asked, asked + rests_over_by(d), 0);
	rig_close(r);
}

static void
text_notice(const struct deadline_row *d)
{
	struct rig *r = rig_open(ALONE, "", RIG_AT(7, 0));

	rig_hush(r);
	is_text(rig_hold(r, "morning"), "", "the coordinator is told");
	rests_last(r, d, "SELECT count(*) FROM notice WHERE channel = 'text'"
	    " AND state = 'planned' AND kind = 'hold'", RIG_AT(7, 0),
	    RIG_AT(7, 0) + rests_over_by(d), rests_over_by(d) -
	    30 * MSEC_MINUTE);
	is_text(rig_resume(r, "morning"), "", "(it ends)");
	rig_close(r);
}

#define MAILS "SELECT count(*) FROM notice WHERE channel = 'email' AND" \
	" kind = 'hold' AND state = "

static void
mail_planned(const struct deadline_row *d)
{
	struct rig *r = rig_open(RIG_HEAD TEAM, "", RIG_AT(8, 0));

	r->mail_fate = POST_LATER;
	is_text(rig_hold(r, "morning"), "", "the coordinator is told");
	rests_last(r, d, MAILS "'planned'", RIG_AT(8, 0), RIG_AT(8, 0) +
	    rests_over_by(d), d->again);
	is_int(rests_number(r, MAILS "'failed'"), 1, "it has failed");
	ok(rests_number(r, "SELECT max(tries) FROM notice") >= 48,
	    "and was tried all the time");
	rig_close(r);
}

static void
mail_sending(const struct deadline_row *d)
{
	struct rig *r = rig_open(RIG_HEAD TEAM, "", RIG_AT(8, 0));

	rig_hush(r);
	is_text(rig_hold(r, "morning"), "", "the coordinator is told");
	rests_last(r, d, MAILS "'sending' AND tries = 0", RIG_AT(8, 0),
	    RIG_AT(8, 0) + rests_over_by(d), d->again);
	rig_run(r, r->now + 5 * MSEC_MINUTE);
	ok(r->swallowed.mails >= 2, "and is sent again");
	rig_close(r);
}

/* ---- on their way from one to another ----------------------------------- */

static void
handed(const struct deadline_row *d)
{
	struct rig *r = flagged();

	is_text(rig_claim(r, rig_code(r, "walter"), "tom"), "", "claimed");
	is_text(rig_hand_over(r, rig_code(r, "walter"), "tom", "grace"), "",
	    "Grace is to take it");
	rests_last(r, d, "SELECT count(*) FROM flag WHERE state = 'claimed'",
	    RIG_AT(10, 0), RIG_AT(10, 0) + rests_over_by(d), 0);
	rig_close(r);
}

static void
night(const struct deadline_row *d)
{
	struct rig *r = flagged();
	int texts;

	rig_run(r, RIG_AT(19, 30));
	is_text(rig_claim(r, rig_code(r, "walter"), "tom"), "", "claimed");
	rig_run(r, RIG_AT(20, 0) + MSEC_SECOND);
	is_text(rig_flag_row(r, "walter").handed_to, "asha",
	    "%s: is there", d->name);
	texts = rig_texts_with(r, ASHA_TEXT, "hand flag");
	for (int i = 1; i <= 4; i++) {
		rig_run(r, RIG_AT(20, 0) + i * rests_first_by(d) +
		    2 * MSEC_SECOND);
		is_int(rig_texts_with(r, ASHA_TEXT, "hand flag"), texts + i,
		    "%s: at %s %s", d->name, rig_clock(r->now), d->then);
	}
	rig_close(r);
}

/* ---- noted about a flag ------------------------------------------------- */

static int
do_note(struct engine *en, void *arg, msec now, struct err *e)
{
	const struct noted *n = arg;
	struct ledger_flag f;
	int found = ledger_flag_open_of(engine_ledger(en), "walter", &f, e);

	return found != 1 ? -1 : engine_note(en, f.code, n, "asha", "page",
	    now, e);
}

/* Asha has Walter's flag, over night too, and notes that, at ten: as long as
 * she may, and not a minute more. */
static struct rig *
noted(const struct deadline_row *d, enum note kind)
{
	struct rig *r = flagged();
	struct noted n = { .kind = kind, .with = "", .agency = "police",
		.reference = "", .words = "they come", .decision = DECISION_101,
		.until = RIG_AT(10, 1) + d->within };

	is_text(rig_claim(r, rig_code(r, "walter"), "asha"), "", "claimed");
	ok(rig_in_turn(r, do_note, &n)[0] != '\0', "%s: for longer than %lld "
	    "min is refused", d->name, (long long)(d->within / MSEC_MINUTE));
	n.until -= MSEC_MINUTE;
	is_text(rig_in_turn(r, do_note, &n), "", "%s: is there", d->name);
	return r;
}

static void
decided(const struct deadline_row *d)
{
	struct rig *r = noted(d, NOTE_DECIDED);

	rig_run(r, RIG_AT(10, 0) + rests_first_by(d) - MSEC_SECOND);
	is_int(rig_texts_with(r, ASHA_TEXT, "still yours"), 0, "%s: so long",
	    d->name);
	rig_run(r, RIG_AT(10, 0) + rests_first_by(d) + 5 * MSEC_SECOND);
	is_int(rig_texts_with(r, ASHA_TEXT, "still yours"), 1, "%s: %s",
	    d->name, d->then);
	rig_close(r);
}

static void
visit(const struct deadline_row *d)
{
	struct rig *r = noted(d, NOTE_OUT);
	msec at = RIG_AT(10, 0) + rests_first_by(d);

	rig_run(r, at - MSEC_SECOND);
	is_int(rig_texts_with(r, ASHA_TEXT, "to be back by"), 0,
	    "%s: so long", d->name);
	for (int i = 0; i < 5; i++) {
		rig_run(r, at + i * d->again + 5 * MSEC_SECOND);
		is_int(rig_texts_with(r, ASHA_TEXT, "to be back by"), 1 + i,
		    "%s: at %s %s", d->name, rig_clock(r->now), d->then);
	}
	rig_close(r);
}

static int
ask_contact(struct engine *en, void *arg, msec now, struct err *e)
{
	return engine_ask_contact(en, arg, 1, "tom", "page", now, e);
}

/* The code counts for so long; the flag goes on as if nobody had been asked. */
static void
contact(const struct deadline_row *d)
{
	struct rig *r = rig_open(EDNA_SHARES, "", RIG_AT(8, 0));
	char code[LEDGER_CODE_SIZE];
	msec asked;

	rig_run(r, RIG_AT(10, 0));
	snprintf(code, sizeof(code), "%s", rig_code(r, "edna"));
	is_text(rig_claim(r, code, "tom"), "", "claimed");
	is_text(rig_in_turn(r, ask_contact, code), "", "%s: is there",
	    d->name);
	asked = r->now;
	is_int(rests_number(r, "SELECT until - at FROM ask"), d->within,
	    "%s: so long", d->name);
	rig_run(r, asked + deadlines[DEADLINE_CLAIMED].within +
	    deadlines[DEADLINE_OWNER_ASKED].within + MSEC_SECOND);
	ok(strstr(rig_flag(r, "edna"), "open") != NULL, "the flag goes on: %s",
	    rig_flag(r, "edna"));
	rig_close(r);
}

/* ---- tests -------------------------------------------------------------- */

#define LILY "[participant lily]\nname = Miss Lily Marsh\ncall_me = Lily\n" \
	"text = 07700 900162\nround = morning\n"
#define CONFIRMED "SELECT count(*) FROM trial WHERE confirmed_at NOT NULL"

static int
try_lily(struct engine *en, void *arg, msec now, struct err *e)
{
	(void)arg;
	return engine_try(en, "lily", "", "asha", "socket", now, e);
}

/* A reply counts for so long. */
static void
trial(const struct deadline_row *d)
{
	rig_polls = false;
	for (int late = 0; late < 2; late++) {
		struct rig *r = rig_open(RIG_HEAD LILY TEAM, "",
		    RIG_AT(10, 0));

		is_text(rig_in_turn(r, try_lily, NULL), "", "%s: is there",
		    d->name);
		rig_run(r, r->now + d->within + (late ? 1 : -3) *
		    MSEC_MINUTE);
		rig_texts(r, "07700 900162", "OK");
		rig_run(r, r->now + 2 * MSEC_MINUTE);
		is_int(rests_number(r, CONFIRMED), !late, "%s: a reply %s it "
		    "%s", d->name, late ? "after" : "before", d->then);
		rig_close(r);
	}
}

/* ---- set-ups ------------------------------------------------------------ */

static void
review(const struct deadline_row *d)
{
	struct rig *r = rig_open(RIG_HEAD WALTER TEAM,
	    "0115 496 0130 call key 1\n", RIG_AT(8, 0));

	/* Walter is live, and was never tested. */
	is_int(rests_number(r, "SELECT count(*) FROM review"), 1,
	    "%s: is there", d->name);
	rig_run(r, RIG_AT(8, 0) + rests_first_by(d) - MSEC_HOUR);
	is_int(rig_mails_with(r, "asha@example.org", "set-ups need"), 0,
	    "%s: not sooner", d->name);
	rig_run(r, RIG_AT(8, 0) + rests_first_by(d) + MSEC_HOUR);
	is_int(rig_mails_with(r, "asha@example.org", "set-ups need"), 1,
	    "%s: %s", d->name, d->then);
	is_int(rig_texts_with(r, ASHA_TEXT, "set-up"), 0, "by no text");
	rig_run(r, RIG_AT(8, 0) + 4 * d->again + MSEC_HOUR);
	is_int(rig_mails_with(r, "asha@example.org", "set-ups need"), 4,
	    "%s: again and again", d->name);
	rig_close(r);
}

#define HOSPITALS "SELECT count(*) FROM review WHERE kind = 'hospital'"

static void
hospital(const struct deadline_row *d)
{
	struct rig *r = rig_open(RIG_HEAD WALTER TEAM, "", RIG_AT(8, 0));

	is_text(rig_away(r, "walter", ABSENCE_HOSPITAL, 0, 0), "",
	    "%s: is there", d->name);
	rig_run(r, RIG_AT(0, 0) + rests_first_by(d) - MSEC_HOUR);
	is_int(rests_number(r, HOSPITALS), 0, "%s: not sooner", d->name);
	rig_run(r, RIG_AT(12, 0) + rests_first_by(d));
	is_int(rests_number(r, HOSPITALS), 1, "%s: %s", d->name, d->then);
	rig_close(r);
}

const struct rests_trial rests_people[] = {
	{ DEADLINE_FLAG_OPEN, flag_open },
	{ DEADLINE_FLAG_LEFT, flag_left },
	{ DEADLINE_SILENCE_HOLD, silence_hold },
	{ DEADLINE_CLAIMED, claimed },
	{ DEADLINE_PROMISED, promised },
	{ DEADLINE_OWNER_ASKED, owner_asked },
	{ DEADLINE_HANDED, handed },
	{ DEADLINE_NIGHT, night },
	{ DEADLINE_DECIDED, decided },
	{ DEADLINE_VISIT, visit },
	{ DEADLINE_CONTACT, contact },
	{ DEADLINE_TRIAL, trial },
	{ DEADLINE_REVIEW, review },
	{ DEADLINE_HOSPITAL, hospital },
	{ DEADLINE_TEXT_NOTICE, text_notice },
	{ DEADLINE_MAIL_PLANNED, mail_planned },
	{ DEADLINE_MAIL_SENDING, mail_sending },
	{ 0, NULL },
};

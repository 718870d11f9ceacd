#include "rig.h"

/* What a walk has shown, in words. */
struct seen {
	char text[1000];
	int n, stop_after;
};

static int
add(struct seen *s, const char *text)
{
	size_t n = strlen(s->text);

	snprintf(s->text + n, sizeof(s->text) - n, "%s%s", n ? " " : "", text);
	return ++s->n == s->stop_after ? 42 : 0;
}

static int
see_round(const struct view_round *r, void *arg)
{
	char text[100];

	snprintf(text, sizeof(text), "%s:%d+%d+%d+%d", r->round,
	    r->counts[CHECKIN_DUE], r->counts[CHECKIN_ASKING],
	    r->counts[CHECKIN_NO_RESPONSE], r->counts[CHECKIN_CANCELLED]);
	return add(arg, text);
}

static int
see_flag(const struct view_flag *f, void *arg)
{
	char text[100];

	snprintf(text, sizeof(text), "%s/%s/%d", f->flag.code, f->round,
	    f->date);
	return add(arg, text);
}

static int
see_incident(const struct ledger_incident *i, void *arg)
{
	return add(arg, incident_kind_name(i->kind));
}

static int
see_hold(const struct view_hold *h, void *arg)
{
	char text[300];

	snprintf(text, sizeof(text), "%s/%s/%s/%lld", h->round, h->reason,
	    h->who, (long long)h->since);
	return add(arg, text);
}

static int
see_history(const struct view_checkin *c, void *arg)
{
	char text[100];

	snprintf(text, sizeof(text), "%s/%s", c->checkin.round, c->flag);
	return add(arg, text);
}

static int
see_attempt(const struct ledger_attempt *a, void *arg)
{
	return add(arg, a->ref);
}

static int
see_reply(const struct ledger_reply *r, void *arg)
{
	return add(arg, r->text);
}

static int
see_cancelled(const struct ledger_checkin *c, void *arg)
{
	return add(arg, c->reason);
}

static int
see_step(const struct view_step *s, void *arg)
{
	char text[400];

	snprintf(text, sizeof(text), "%s/%s/%s/%s", s->who, s->from,
	    s->action, s->detail);
	return add(arg, text);
}

/* The walk shows this, and ends by itself. */
#define shows(want, walk, ...)                       \
	do {                                         \
		struct seen seen = { .n = 0 };       \
		gives(0, walk, __VA_ARGS__);         \
		is_text(seen.text, want, __VA_ARGS__); \
	} while (0)

static void
test_nothing(struct ledger *l)
{
	struct view_flag f;
	msec p50 = 0, max = 0, loaded = 9;
	int held = 9, told = 9, mistakes = 9;

	shows("", view_rounds(l, RIG_DATE, see_round, &seen, e), "no round");
	shows("", view_flags(l, true, 9, see_flag, &seen, e), "no flag");
	worked(view_lateness(l, RIG_DATE, &p50, &max, e), "lateness");
	ok(p50 == -1 && max == -1, "of none");
	gives(0, view_flag(l, "NONE", &f, e), "no such flag");
	worked(view_load(l, "vera", &held, &told, e), "vera's");
	ok(held == 0 && told == 0, "nothing");
	worked(view_load_state(l, &loaded, &mistakes, e), "loads");
	ok(loaded == 0 && mistakes == 0, "none");
}

static void
close_as(struct ledger *l, struct ledger_checkin *c, enum checkin_state state,
    int64_t flag, const char *reason)
{
	c->state = state;
	c->wake_at = 0;
	c->closed_at = RIG_NINE + MSEC_HOUR;
	c->flag = flag;
	put_text(c->reason, reason);
	worked(ledger_checkin_save(l, c, e), "%s", checkin_state_name(state));
}

/* Added, claimed in vain, and then sent. */
static void
send(struct ledger *l, struct ledger_attempt a, msec at)
{
	msec due = a.due_at;

	worked(ledger_attempt_add(l, &a, NULL, e), "added");
	a.state = ATTEMPT_SENDING;
	a.due_at = 0;
	a.deadline = NEVER;
	a.sent_at = at - 500;
	worked(ledger_attempt_save(l, &a, e), "claimed");
	a.state = ATTEMPT_PLANNED;
	a.due_at = due;
	a.deadline = a.sent_at = 0;
	worked(ledger_attempt_save(l, &a, e), "not sent");
	a.state = ATTEMPT_ACCEPTED;
	a.due_at = 0;
	a.deadline = NEVER;
	a.sent_at = at;
	worked(ledger_attempt_save(l, &a, e), "sent");
}

static void
test_day(struct ledger *l)
{
	static const msec late[] = { 4000, 1000, 9000, 2000 };
	struct ledger_checkin c;
	struct ledger_attempt a;
	msec p50 = 0, max = 0;
	char who[16];

	for (int i = 0; i < 4; i++) {
		snprintf(who, sizeof(who), "p%d", i);
		c = rig_checkin(l, who, "noon", RIG_NINE);
		a = rig_attempt(c.id, who, "+441154960001", RIG_NINE);
		send(l, a, RIG_NINE + late[i]);
		snprintf(a.ref, sizeof(a.ref), "%s.2", who);
		send(l, a, RIG_NINE + late[i] + MSEC_HOUR);
	}
	worked(view_lateness(l, RIG_DATE, &p50, &max, e), "lateness");
	is_int(p50, 2000, "the middle one");
	is_int(max, 9000, "the worst");
	shows("p3 p3.2", view_attempts_of(l, c.id, see_attempt, &seen, e),
	    "a check-in's attempts");
	close_as(l, &c, CHECKIN_CANCELLED, 0, "away");
	shows("away", view_cancelled(l, RIG_DATE, see_cancelled, &seen, e),
	    "cancelled on the way");
	rig_checkin(l, "ada", "morning", RIG_NINE);
	shows("morning:1+0+0+0 noon:3+0+0+1",
	    view_rounds(l, RIG_DATE, see_round, &seen, e), "rounds");
}

static void
test_flags(struct ledger *l)
{
	struct ledger_checkin c = rig_checkin(l, "bob", "morning", RIG_NINE);
	struct ledger_flag f = rig_flag("bob", "BOBB", FLAG_NO_RESPONSE, c.id);
	struct ledger_flag g = rig_flag("cyd", "CYDD", FLAG_HELP, 0);
	struct ledger_notice n = { .channel = NOTICE_TEXT, .planned_at = 20,
		.due_at = 20 };
	struct ledger_decision d = { 30, "vera", "text", "claim", 0, 0, NULL };
	struct seen stopped = { .stop_after = 1 };
	struct view_flag view;
	int held = 0, told = 0;

	worked(ledger_flag_add(l, &f, e), "bob's");
	close_as(l, &c, CHECKIN_NO_RESPONSE, f.id, "");
	g.deadline = f.deadline - 1;
	worked(ledger_flag_add(l, &g, e), "cyd's");
	worked(ledger_cause_add(l, f.id, FLAG_NO_RESPONSE, c.id, 10, e),
	    "its cause");
	n.flag = f.id;
	put_text(n.volunteer, "vera");
	put_text(n.kind, "flag");
	gives(1, ledger_notice_add(l, &n, NULL, NULL, NULL, e), "a notice");
	gives(1, ledger_notice_add(l, &n, NULL, NULL, NULL, e), "a second");
	n.flag = g.id;
	gives(1, ledger_notice_add(l, &n, NULL, NULL, NULL, e), "and cyd's");
	shows("CYDD//0 BOBB/morning/20790",
	    view_flags(l, false, 9, see_flag, &seen, e), "oldest deadline");
	gives(42, view_flags(l, false, 9, see_flag, &stopped, e),
	    "a walk that is ended");
	is_text(stopped.text, "CYDD//0", "goes no further");
	worked(view_load(l, "vera", &held, &told, e), "vera's");
	ok(held == 0 && told == 2, "told of both, once each");

	f.state = FLAG_CLAIMED;
	put_text(f.owner, "vera");
	worked(ledger_flag_save(l, &f, e), "claimed");
	d.flag = f.id;
	worked(ledger_decision_add(l, &d, e), "written down");
	worked(view_load(l, "vera", &held, &told, e), "vera's");
	ok(held == 1 && told == 1, "one held, one told");
	shows("ringround/rule/cause/no_response vera/text/flag/planned "
	    "vera/text/flag/planned vera/text/claim/",
	    view_flag_story(l, f.id, see_step, &seen, e), "a flag's story");
	g.state = FLAG_RESOLVED;
	g.disposition = DISPOSITION_SAFE_HELPED;
	g.resolved_at = 50;
	g.deadline = 0;
	put_text(g.owner, "carol");
	worked(ledger_flag_save(l, &g, e), "resolved");
	shows("BOBB/morning/20790", view_flags(l, false, 9, see_flag, &seen,
	    e), "what is left");
	shows("CYDD//0 BOBB/morning/20790", view_flags(l, true, 9, see_flag,
	    &seen, e), "all, the newest first");
	shows("CYDD//0", view_flags(l, true, 1, see_flag, &seen, e), "at most");
	gives(1, view_flag(l, "BOBB", &view, e), "one");
	is_text(view.round, "morning", "with its round");
	rig_checkin(l, "bob", "evening", RIG_NINE + 9 * MSEC_HOUR);
	shows("evening/ morning/BOBB",
	    view_checkins_of(l, "bob", 9, see_history, &seen, e), "history");
	shows("evening/", view_checkins_of(l, "bob", 1, see_history, &seen, e),
	    "at most");
}

static void
test_rest(struct ledger *l)
{
	struct ledger_reply r = { .channel = CHANNEL_TEXT, .at = 9 };
	int64_t id;
	bool new;
	msec loaded = 0;
	int mistakes = 0;

	put_text(r.participant, "bob");
	put_text(r.reading, "ok");
	put_text(r.text, "yes");
	worked(ledger_reply_add(l, &r, e), "a reply");
	r.at++;
	put_text(r.text, "thanks");
	worked(ledger_reply_add(l, &r, e), "another");
	shows("thanks yes", view_replies_of(l, "bob", 9, see_reply, &seen, e),
	    "replies, newest first");
	r.at++;
	*r.participant = '\0';
	put_text(r.number, "+447700900777");
	put_text(r.text, "who is this?");
	worked(ledger_reply_add(l, &r, e), "a stranger's");
	shows("who is this?", view_replies_from(l, "+447700900777", 9,
	    see_reply, &seen, e), "what a stranger wrote");
	shows("", view_replies_from(l, "+447700900778", 9, see_reply, &seen,
	    e), "and another did not");

	worked(ledger_hold_add(l, "", "snow", "carol", 9, e), "hold");
	worked(ledger_hold_add(l, "noon", "flood", "dave", 8, e), "hold");
	shows("noon/flood/dave/8 /snow/carol/9",
	    view_holds(l, see_hold, &seen, e), "holds");
	gives(1, ledger_hold_end(l, "", "carol", 10, e), "resumed");
	shows("noon/flood/dave/8", view_holds(l, see_hold, &seen, e), "one");

	worked(ledger_incident_open(l, INCIDENT_OUTAGE, "", "", 9, &id, &new,
	    e), "x");
	worked(ledger_incident_open(l, INCIDENT_MAIL_DOWN, "", "", 8, &id, &new,
	    e), "x");
	shows("mail_down outage", view_incidents(l, see_incident, &seen, e),
	    "incidents");
	gives(1, ledger_incident_end(l, INCIDENT_MAIL_DOWN, "", 10, e),
	    "ended");
	shows("outage", view_incidents(l, see_incident, &seen, e), "one");

	worked(ledger_load_add(l, "a", 5, 0, 100, &id, e), "good");
	worked(ledger_load_add(l, "b", 5, 3, 200, &id, e), "refused");
	worked(view_load_state(l, &loaded, &mistakes, e), "loads");
	is_int(loaded, 100, "since the good one");
	is_int(mistakes, 3, "and the mistakes since");
	worked(ledger_load_add(l, "c", 5, 0, 300, &id, e), "good again");
	worked(view_load_state(l, &loaded, &mistakes, e), "loads");
	is_int(loaded, 300, "the newest");
	is_int(mistakes, 0, "and no mistakes");
}

/* What the daemon wrote, seen by one that only looks. */
static void
test_beside(struct ledger *l)
{
	struct err why;
	struct ledger *look;

	gives(LEDGER_OK, ledger_commit(l, e), "kept");
	look = ledger_open(rig_path, LEDGER_READ, &why);
	if (ok(look, "opened to look"))
		shows("BOBB/morning/20790", view_flags(look, false, 9,
		    see_flag, &seen, e), "seen");
	ledger_close(look);
}

int
main(void)
{
	struct ledger *l;

	rig_begin();
	l = rig_open();
	test_nothing(l);
	test_day(l);
	test_flags(l);
	test_rest(l);
	test_beside(l);
	ledger_close(l);
	rig_end();
	return tap_done();
}

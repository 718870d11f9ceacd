/*
 * Check-ins, attempts, and what came in: saved and loaded again, found when
 * they are due.
 */
#include "rig.h"

#define NUMBER "+441154960001"

/* Two that were read at once: the second does not undo the first. */
static void
test_changed_meanwhile(struct ledger *l)
{
	struct ledger_checkin a = rig_checkin(l, "cy", "morning", RIG_NINE);
	struct ledger_checkin b = a;

	a.state = CHECKIN_ASKING;
	a.started_at = a.slot;
	a.flag_at = a.slot + MSEC_HOUR;
	worked(ledger_checkin_save(l, &a, e), "asking");
	b.state = CHECKIN_CANCELLED;
	b.wake_at = 0;
	b.closed_at = b.slot;
	put_text(b.reason, "away");
	refused(ledger_checkin_save(l, &b, e), "that is due", "it is not");
	worked(ledger_checkin_get(l, a.id, &b, e), "loaded");
	ok(same_checkin(&a, &b), "as the first saved it");
	b.state = CHECKIN_CANCELLED;
	b.wake_at = 0;
	b.closed_at = b.slot;
	put_text(b.reason, "away");
	worked(ledger_checkin_save(l, &b, e), "read anew it can be");
}

static void
test_checkins(struct ledger *l)
{
	struct ledger_checkin c, got, all[4];
	msec wake = 0;

	worked(ledger_checkins_wake(l, &wake, e), "wake of none");
	is_int(wake, NEVER, "never");
	c = rig_checkin(l, "ada", "morning", RIG_NINE);
	is_int(c.state, CHECKIN_DUE, "due");
	is_int(c.wake_at, RIG_NINE, "woken at its slot");
	is_int(c.started_at + c.flag_at + c.closed_at + c.flag, 0, "no more");
	c = rig_checkin(l, "ada", "morning", RIG_NINE + 60000);
	is_int(c.slot, RIG_NINE + 60000, "planned anew while due");
	is_int(c.wake_at, c.slot, "with its waking");
	c.wake_at = c.slot + 300000;
	worked(ledger_checkin_save(l, &c, e), "put off");
	c = rig_checkin(l, "ada", "morning", RIG_NINE + 60000);
	is_int(c.wake_at, c.slot, "set back by the same plan");

	rig_checkin(l, "ada", "evening", RIG_DAY + 18 * MSEC_HOUR);
	rig_checkin(l, "bob", "morning", RIG_NINE);
	gives(2, ledger_checkins_of(l, "ada", RIG_DATE, all, 4, e), "hers");
	is_text(all[0].round, "morning", "in the order of the slots");
	gives(1, ledger_checkins_of(l, "ada", RIG_DATE, all, 1, e), "at most");
	gives(0, ledger_checkins_of(l, "ada", RIG_DATE + 1, all, 4, e),
	    "none tomorrow");
	gives(0, ledger_checkins_awake(l, RIG_NINE - 1, all, 4, e), "asleep");
	gives(1, ledger_checkins_awake(l, RIG_NINE, all, 4, e), "awake");
	is_text(all[0].participant, "bob", "is bob");
	gives(2, ledger_checkins_awake(l, RIG_NINE + 60000, all, 4, e), "two");
	is_text(all[0].participant, "bob", "the earliest first");
	worked(ledger_checkins_wake(l, &wake, e), "wake");
	is_int(wake, RIG_NINE, "bob's slot");

	c.state = CHECKIN_ASKING;
	c.started_at = c.slot;
	c.flag_at = c.slot + MSEC_HOUR;
	c.wake_at = c.slot + 1;
	worked(ledger_checkin_save(l, &c, e), "asking");
	rig_checkin(l, "ada", "morning", RIG_NINE + 7);
	worked(ledger_checkin_get(l, c.id, &got, e), "loaded");
	ok(same_checkin(&got, &c), "no plan touches it then");

	c.state = CHECKIN_CONFIRMED;
	c.confirmed_by = CONFIRMED_BY_KEY;
	c.wake_at = 0;
	c.closed_at = c.slot + 100;
	put_text(c.reason, "");
	worked(ledger_checkin_save(l, &c, e), "confirmed");
	worked(ledger_checkin_get(l, c.id, &got, e), "loaded");
	ok(same_checkin(&got, &c), "every field");
	gives(2, ledger_checkins_open(l, NULL, all, 4, e), "open ones");
	got = all[0];
	gives(1, ledger_checkins_open(l, &got, all, 4, e), "the rest");
	refused(ledger_checkin_get(l, 77, &got, e), "no check-in 77", "none");
	is_int(ledger_last_fate(l), LEDGER_OK, "which is no failure");
	c.id = 77;
	refused(ledger_checkin_save(l, &c, e), "no check-in 77", "to save");
}

static void
let_out(struct ledger *l, struct ledger_attempt *a, enum attempt_state state)
{
	a->state = state;
	a->sent_at = RIG_NINE + 5;
	a->deadline = RIG_NINE + 500;
	worked(ledger_attempt_save(l, a, e), "%s", attempt_state_name(state));
}

/* A call (a) and a text (b) of a check-in, as they stand in the ledger. */
static struct ledger_attempt a, b;

static void
test_planned(struct ledger *l)
{
	struct ledger_checkin c = rig_checkin(l, "cyd", "morning", RIG_NINE);
	struct buf body = BUF_EMPTY;

	a = rig_attempt(c.id, "ref1", NUMBER, RIG_NINE);
	worked(ledger_attempt_add(l, &a, NULL, e), "a call");
	ok(a.id > 0, "has an id");
	b = rig_attempt(c.id, "ref2", NUMBER, RIG_NINE - 1);
	b.channel = CHANNEL_TEXT;
	b.purpose = PURPOSE_URGENT;
	b.step = 2;
	b.instead_of = a.id;
	worked(ledger_attempt_add(l, &b, "Are you well?", e), "a text");
	worked(ledger_attempt_body(l, b.id, &body, e), "its body");
	is_text(buf_text(&body), "Are you well?", "as given");
	buf_clear(&body);
	worked(ledger_attempt_body(l, a.id, &body, e), "a call's body");
	is_text(buf_text(&body), "", "is none");
	buf_release(&body);
	refused(ledger_attempt_add(l, &b, "again", e), "attempt.ref",
	    "a ref is once");
	gives(0, ledger_number_taken(l, NUMBER, CHANNEL_CALL, 0, e), "free");
	gives(0, ledger_creates_on(l, "cyd", RIG_DATE, e), "no create");
}

static void
test_due(struct ledger *l)
{
	struct ledger_attempt got, all[4];
	msec wake = 0;

	worked(ledger_attempts_wake(l, "main", CHANNEL_CALL, &wake, e), "wake");
	is_int(wake, RIG_NINE, "of calls");
	worked(ledger_attempts_wake(l, "main", CHANNEL_TEXT, &wake, e), "wake");
	is_int(wake, RIG_NINE - 1, "of texts, whatever the purpose");
	worked(ledger_attempts_wake(l, "spare", CHANNEL_CALL, &wake, e),
	    "another gateway's");
	is_int(wake, NEVER, "never");
	gives(0, ledger_attempts_due(l, "main", CHANNEL_CALL, PURPOSE_FIRST,
	    RIG_NINE - 1, all, 4, e), "none due yet");
	gives(1, ledger_attempts_due(l, "main", CHANNEL_CALL, PURPOSE_FIRST,
	    RIG_NINE, all, 4, e), "one due");
	ok(same_attempt(&all[0], &a), "every field");
	gives(0, ledger_attempts_due(l, "main", CHANNEL_CALL, PURPOSE_AGAIN,
	    RIG_NINE, all, 4, e), "of that purpose");
	gives(1, ledger_attempt_by_ref(l, "ref2", &got, e), "by its ref");
	ok(same_attempt(&got, &b), "every field");
	gives(0, ledger_attempt_by_ref(l, "ref9", &got, e), "no such ref");
	gives(0, ledger_attempt_by_gateway_id(l, "main", "", &got, e),
	    "no id is no name");
}

static void
test_under_way(struct ledger *l)
{
	struct ledger_attempt got, all[4];

	let_out(l, &a, ATTEMPT_SENDING);
	gives(1, ledger_attempts_sending(l, all, 4, e), "a start finds it");
	gives(1, ledger_number_taken(l, NUMBER, CHANNEL_CALL, 0, e), "taken");
	gives(0, ledger_number_taken(l, NUMBER, CHANNEL_TEXT, 0, e),
	    "for calls");
	gives(0, ledger_number_taken(l, "+441154960002", CHANNEL_CALL, 0, e),
	    "another number");
	gives(1, ledger_creates_on(l, "cyd", RIG_DATE, e), "one create");
	put_text(a.gateway_id, "CA01");
	a.rank = 2;
	a.sequence = 3;
	a.answered_at = RIG_NINE + 9;
	a.outcome = OUTCOME_OK;
	put_text(a.detail, "a word");
	let_out(l, &a, ATTEMPT_ACCEPTED);
	worked(ledger_attempt_get(l, a.id, &got, e), "loaded");
	ok(same_attempt(&got, &a), "every field");
	gives(1, ledger_number_taken(l, NUMBER, CHANNEL_CALL, 0, e),
	    "a call under way takes it");
	gives(1, ledger_attempt_by_gateway_id(l, "main", "CA01", &got, e),
	    "by its gateway's name");
	gives(0, ledger_attempt_by_gateway_id(l, "spare", "CA01", &got, e),
	    "of that gateway");
	let_out(l, &b, ATTEMPT_UNCERTAIN);
	gives(1, ledger_number_taken(l, NUMBER, CHANNEL_TEXT, 0, e),
	    "an uncertain text takes it");
	let_out(l, &b, ATTEMPT_ACCEPTED);
	gives(0, ledger_number_taken(l, NUMBER, CHANNEL_TEXT, 0, e),
	    "an accepted one does not");
	put_text(b.gateway_id, "CA01");
	refused(ledger_attempt_save(l, &b, e), "attempt.gateway",
	    "a name is bound once");
}

static void
test_ended(struct ledger *l)
{
	struct ledger_attempt got, all[4];
	msec wake = 0;

	worked(ledger_attempts_deadline(l, &wake, e), "the next deadline");
	is_int(wake, RIG_NINE + 500, "is theirs");
	gives(0, ledger_attempts_overdue(l, wake - 1, all, 4, e), "not yet");
	gives(2, ledger_attempts_overdue(l, wake, all, 4, e), "overdue");
	a.state = ATTEMPT_ENDED;
	a.ended_at = RIG_NINE + 600;
	a.deadline = 0;
	worked(ledger_attempt_save(l, &a, e), "ended");
	gives(0, ledger_number_taken(l, NUMBER, CHANNEL_CALL, 0, e), "free");
	gives(2, ledger_attempts_of(l, a.checkin, all, 4, e),
	    "of the check-in");
	is_text(all[0].ref, "ref1", "as they were planned");
	gives(2, ledger_creates_on(l, "cyd", RIG_DATE, e), "two creates");
	gives(0, ledger_creates_on(l, "cyd", RIG_DATE + 1, e), "of this date");
	refused(ledger_attempt_get(l, 77, &got, e), "no attempt 77", "none");
}

static void
test_callbacks(struct ledger *l)
{
	uint8_t hash[32] = { 1, 2, 3 };
	struct ledger_callback c = {
		.attempt = 1, .at = RIG_NINE, .gateway = "main",
		.kind = "progress", .status = "ringing", .sequence = -1,
		.hash = hash,
	};

	gives(1, ledger_callback_add(l, &c, e), "recorded");
	gives(0, ledger_callback_add(l, &c, e), "it was there already");
	/* Told before anybody knew whose it is, it is heard again as theirs. */
	c.attempt = 0;
	gives(1, ledger_callback_add(l, &c, e), "of an unknown one");
	gives(0, ledger_callback_add(l, &c, e), "that was there already, too");
	hash[31] = 9;
	c.raw = "SomethingNew=1";
	c.status = NULL;
	gives(1, ledger_callback_add(l, &c, e), "another one");
	is_int(rig_number(l, "SELECT count(*) FROM callback WHERE raw LIKE "
	    "'Something%' AND attempt IS NULL AND status IS NULL"), 1,
	    "as it came");
	hash[31] = 10;
	c.attempt = 77;
	refused(ledger_callback_add(l, &c, e), "FOREIGN KEY", "of nothing");
}

static void
test_replies(struct ledger *l)
{
	struct ledger_reply r = { .channel = CHANNEL_CALL, .at = RIG_NINE,
		.settle_at = RIG_NINE + 300000 }, got, all[2];
	struct ledger_attempt answer;
	msec wake = 0;

	put_text(r.ref, "ring1");
	put_text(r.number, "+441154960005");
	put_text(r.gateway, "main");
	put_text(r.gateway_id, "CA90");
	put_text(r.participant, "ada");
	worked(ledger_reply_add(l, &r, e), "somebody rings in");
	gives(1, ledger_number_taken(l, r.number, CHANNEL_CALL, RIG_NINE, e),
	    "the number is taken");
	gives(0, ledger_number_taken(l, r.number, CHANNEL_TEXT, RIG_NINE, e),
	    "for calls");
	gives(0, ledger_number_taken(l, r.number, CHANNEL_CALL, r.settle_at,
	    e), "and not for ever");
	gives(1, ledger_reply_by_ref(l, "ring1", &got, e), "by its ref");
	ok(same_reply(&got, &r), "every field");
	gives(1, ledger_reply_by_gateway_id(l, "main", "CA90", &got, e),
	    "by its gateway's name");
	worked(ledger_replies_wake(l, &wake, e), "wake");
	is_int(wake, r.settle_at, "to settle it");
	gives(0, ledger_replies_unsettled(l, wake - 1, all, 2, e), "not yet");
	gives(1, ledger_replies_unsettled(l, wake, all, 2, e), "now");
	r.settle_at = 0;
	refused(ledger_reply_save(l, &r, e), "reply_read_or_settled",
	    "it is not forgotten");
	put_text(r.reading, "ok");
	put_text(r.text, "\xf0\x9f\x91\x8d ok");
	worked(ledger_reply_save(l, &r, e), "settled");
	worked(ledger_reply_get(l, r.id, &got, e), "loaded");
	ok(same_reply(&got, &r), "every field");
	worked(ledger_replies_wake(l, &wake, e), "wake");
	is_int(wake, NEVER, "never");
	gives(0, ledger_number_taken(l, r.number, CHANNEL_CALL, RIG_NINE, e),
	    "free again");
	gives(0, ledger_reply_by_ref(l, "ring2", &got, e), "no such ref");
	gives(0, ledger_reply_by_ref(l, "", &got, e), "none is no ref");

	/* A withheld number, and no name at the gateway. */
	got = (struct ledger_reply){ .channel = CHANNEL_TEXT, .at = RIG_NINE };
	put_text(got.reading, "unclear");
	worked(ledger_reply_add(l, &got, e), "from nobody");
	worked(ledger_reply_add(l, &got, e), "twice");

	answer = rig_attempt(0, "answer1", r.number, RIG_NINE + 50);
	answer.reply = r.id;
	answer.channel = CHANNEL_TEXT;
	answer.purpose = PURPOSE_ANSWER;
	worked(ledger_attempt_add(l, &answer, "Thank you", e), "an answer");
	gives(1, ledger_answers_since(l, r.number, RIG_NINE + 50, e), "since");
	gives(0, ledger_answers_since(l, r.number, RIG_NINE + 51, e), "after");
	gives(0, ledger_answers_since(l, NUMBER, 0, e), "to that number");
}

int
main(void)
{
	struct ledger *l;

	rig_begin();
	l = rig_open();
	test_checkins(l);
	test_changed_meanwhile(l);
	test_planned(l);
	test_due(l);
	test_under_way(l);
	test_ended(l);
	test_callbacks(l);
	test_replies(l);
	gives(LEDGER_OK, ledger_commit(l, e), "kept");
	ledger_close(l);
	rig_end();
	return tap_done();
}

/*
 * Flags, decisions, notices, opt-outs, holds, incidents and loads.
 */
#include "rig.h"

static void
test_flags(struct ledger *l)
{
	struct ledger_checkin c = rig_checkin(l, "ada", "morning", RIG_NINE);
	struct ledger_flag f = rig_flag("ada", "K7WP", FLAG_NO_RESPONSE, c.id);
	struct ledger_flag got, all[4];
	msec wake = 0;

	worked(ledger_flags_deadline(l, &wake, e), "no deadline");
	is_int(wake, NEVER, "never");
	put_text(f.asked, "vera");
	worked(ledger_flag_add(l, &f, e), "a flag");
	c.state = CHECKIN_NO_RESPONSE;
	c.flag = f.id;
	c.wake_at = 0;
	c.closed_at = RIG_NINE + MSEC_HOUR;
	worked(ledger_checkin_save(l, &c, e), "its check-in is bound to it");
	worked(ledger_flag_get(l, f.id, &got, e), "loaded");
	ok(same_flag(&got, &f), "every field");
	gives(1, ledger_flag_by_code(l, "K7WP", &got, e), "by its code");
	gives(0, ledger_flag_by_code(l, "K7WX", &got, e), "no such code");
	gives(1, ledger_flag_open_of(l, "ada", &got, e), "of ada");
	gives(0, ledger_flag_open_of(l, "bob", &got, e), "none of bob");
	gives(0, ledger_flag_open_of(l, "", &got, e), "nor of nobody");
	got = rig_flag("ada", "OTHR", FLAG_HELP, c.id);
	refused(ledger_flag_add(l, &got, e), "flag.participant",
	    "one open flag a person");

	worked(ledger_flags_deadline(l, &wake, e), "the deadline");
	is_int(wake, f.deadline, "is its own");
	gives(0, ledger_flags_overdue(l, wake - 1, all, 4, e), "not yet");
	gives(1, ledger_flags_overdue(l, wake, all, 4, e), "overdue");
	gives(0, ledger_flags_held(l, "vera", e), "nobody holds it");
	f.state = FLAG_CLAIMED;
	f.deadline = wake + MSEC_HOUR;
	put_text(f.owner, "vera");
	worked(ledger_flag_save(l, &f, e), "claimed");
	gives(1, ledger_flags_held(l, "vera", e), "vera does");
	gives(0, ledger_flags_overdue(l, wake, all, 4, e), "none overdue");
	gives(1, ledger_flags_overdue(l, f.deadline, all, 4, e),
	    "until vera is to be asked");
	gives(1, ledger_flags_open(l, 0, all, 4, e), "still open");
	gives(0, ledger_flags_open(l, f.id, all, 4, e), "none after it");

	f.state = FLAG_RESOLVED;
	f.deadline = 0;
	f.disposition = DISPOSITION_SAFE;
	f.false_alarm = FALSE_ALARM_BATH_OR_GARDEN;
	f.resolved_at = RIG_NINE + 2 * MSEC_HOUR;
	worked(ledger_flag_save(l, &f, e), "resolved");
	worked(ledger_flag_get(l, f.id, &got, e), "loaded");
	ok(same_flag(&got, &f), "every field");
	gives(0, ledger_flags_held(l, "vera", e), "held no more");
	gives(0, ledger_flag_open_of(l, "ada", &got, e), "none open");

	/* The code may come again; the newest is meant. */
	f = rig_flag("", "K7WP", FLAG_UNCLEAR_REPLY, 0);
	put_text(f.number, "+441154960009");
	worked(ledger_flag_add(l, &f, e), "a stranger's");
	gives(1, ledger_flag_by_code(l, "K7WP", &got, e), "by the code");
	is_int(got.id, f.id, "the newest");
	gives(1, ledger_flag_open_at(l, "+441154960009", &got, e), "by number");
	refused(ledger_flag_get(l, 77, &got, e), "no flag 77", "none");
}

static void
test_notices(struct ledger *l)
{
	struct ledger_notice n = { .flag = 2, .channel = NOTICE_EMAIL,
		.state = NOTICE_PLANNED, .planned_at = RIG_NINE,
		.due_at = RIG_NINE + 5 }, got, all[2];
	struct buf subject = BUF_EMPTY, body = BUF_EMPTY;
	struct ledger_decision d = { RIG_NINE, "wim", "text", "decline", 2, 0,
		NULL };
	msec wake = 0;

	put_text(n.volunteer, "vera");
	put_text(n.kind, "flag");
	gives(0, ledger_flag_was_told(l, 2, "vera", e), "not told yet");
	gives(1, ledger_notice_add(l, &n, "key", "Subject", "Body", e),
	    "a notice");
	gives(0, ledger_notice_add(l, &n, "key", "S", "B", e), "once a key");
	got = n;
	gives(1, ledger_notice_add(l, &got, NULL, NULL, NULL, e), "no key");
	got.state = NOTICE_ACCEPTED;
	got.sent_at = got.ended_at = RIG_NINE + 6;
	got.tries = 1;
	worked(ledger_notice_save(l, &got, e), "sent");
	gives(1, ledger_flag_was_told(l, 2, "vera", e), "told");
	gives(0, ledger_flag_was_told(l, 2, "wim", e), "wim was not");
	worked(ledger_decision_add(l, &d, e), "he declines");
	gives(1, ledger_flag_was_told(l, 2, "wim", e), "so he knows");
	gives(0, ledger_flag_was_told(l, 1, "wim", e), "of that one");

	worked(ledger_notice_words(l, n.id, &subject, &body, e), "words");
	is_text(buf_text(&subject), "Subject", "its subject");
	is_text(buf_text(&body), "Body", "its body");
	buf_release(&subject);
	buf_release(&body);
	worked(ledger_emails_wake(l, &wake, e), "wake");
	is_int(wake, RIG_NINE + 5, "of e-mails");
	gives(0, ledger_emails_due(l, wake - 1, all, 2, e), "not yet");
	gives(1, ledger_emails_due(l, wake, all, 2, e), "due");
	ok(same_notice(&all[0], &n), "every field");
	n.state = NOTICE_SENDING;
	n.sent_at = RIG_NINE + 7;
	worked(ledger_notice_save(l, &n, e), "sending");
	gives(0, ledger_emails_due(l, wake, all, 2, e), "none due");
	worked(ledger_emails_restart(l, RIG_NINE + 9, e), "a start");
	worked(ledger_notice_get(l, n.id, &got, e), "loaded");
	is_int(got.state, NOTICE_PLANNED, "planned again");
	is_int(got.due_at, RIG_NINE + 9, "for now");
	n.state = NOTICE_FAILED;
	n.ended_at = RIG_NINE + 10;
	put_text(n.detail, "no such mailbox");
	worked(ledger_notice_save(l, &n, e), "failed");
	worked(ledger_notice_get(l, n.id, &got, e), "loaded");
	ok(same_notice(&got, &n), "every field");

	n.channel = NOTICE_TEXT;
	n.state = NOTICE_PLANNED;
	gives(1, ledger_notice_add(l, &n, NULL, NULL, NULL, e), "a text");
	worked(ledger_emails_wake(l, &wake, e), "wake");
	is_int(wake, NEVER, "is none of e-mails");
	worked(ledger_cause_add(l, 2, FLAG_HELP, 0, RIG_NINE, e), "a cause");
	refused(ledger_cause_add(l, 77, FLAG_HELP, 0, 9, e), "FOREIGN KEY",
	    "of no flag");
}

static void
test_optout(struct ledger *l)
{
	const char *n = "+447700900001";

	gives(0, ledger_opted_out(l, n, CHANNEL_TEXT, e), "may be asked");
	gives(1, ledger_optout_add(l, n, CHANNEL_TEXT, "text", 9, e), "STOP");
	gives(0, ledger_optout_add(l, n, CHANNEL_TEXT, "gateway", 10, e),
	    "once is enough");
	gives(1, ledger_opted_out(l, n, CHANNEL_TEXT, e), "not by text");
	gives(0, ledger_opted_out(l, n, CHANNEL_CALL, e), "but by call");
	gives(1, ledger_optout_lift(l, n, CHANNEL_TEXT, 11, e), "START");
	gives(0, ledger_optout_lift(l, n, CHANNEL_TEXT, 12, e), "once");
	gives(0, ledger_opted_out(l, n, CHANNEL_TEXT, e), "may be asked");
	gives(1, ledger_optout_add(l, n, CHANNEL_TEXT, "text", 13, e), "STOP");
	is_int(rig_number(l, "SELECT count(*) FROM optout"), 2,
	    "both stand in the history");
}

static void
test_hold(struct ledger *l)
{
	gives(0, ledger_held(l, "morning", e), "goes on");
	worked(ledger_hold_add(l, "morning", "flood", "carol", 9, e), "hold");
	refused(ledger_hold_add(l, "morning", "again", "carol", 10, e),
	    "is held since 1970", "a second hold");
	is_int(ledger_last_fate(l), LEDGER_OK, "is no failure");
	gives(1, ledger_held(l, "morning", e), "held");
	gives(0, ledger_held(l, "evening", e), "that round");
	worked(ledger_hold_add(l, "", "snow", "carol", 11, e), "all");
	gives(1, ledger_held(l, "evening", e), "held with all");
	gives(1, ledger_hold_end(l, "morning", "dave", 12, e), "resume");
	gives(0, ledger_hold_end(l, "morning", "dave", 13, e), "once");
	gives(1, ledger_held(l, "morning", e), "still with all");
	gives(1, ledger_hold_end(l, "", "dave", 14, e), "resume all");
	gives(0, ledger_held(l, "morning", e), "goes on");
	worked(ledger_hold_add(l, "", "ice", "carol", 15, e), "hold again");
	gives(1, ledger_hold_end(l, "", "dave", 16, e), "and resume");
}

static void
test_incidents(struct ledger *l)
{
	int64_t id = 0, again = 0;
	bool new = false;

	gives(0, ledger_incident_is_open(l, INCIDENT_GATEWAY_DOWN, "main", &id,
	    e),
	    "none");
	worked(ledger_incident_open(l, INCIDENT_GATEWAY_DOWN, "main",
	    "no answer", 9,
	    &id, &new, e), "an incident");
	ok(new && id > 0, "a new one");
	worked(ledger_incident_open(l, INCIDENT_GATEWAY_DOWN, "main", "still",
	    10,
	    &again, &new, e), "the same");
	ok(!new && again == id, "is one");
	worked(ledger_incident_open(l, INCIDENT_GATEWAY_DOWN, "spare", "x", 10,
	    &again, &new, e), "another gateway");
	ok(new && again != id, "is another");
	gives(1, ledger_incident_is_open(l, INCIDENT_GATEWAY_DOWN, "main",
	    &again, e),
	    "open");
	is_int(again, id, "by its id");
	gives(1, ledger_incident_end(l, INCIDENT_GATEWAY_DOWN, "main", 11, e),
	    "end");
	gives(0, ledger_incident_end(l, INCIDENT_GATEWAY_DOWN, "main", 12, e),
	    "once");
	worked(ledger_incident_open(l, INCIDENT_GATEWAY_DOWN, "main", "anew",
	    13,
	    &again, &new, e), "anew");
	ok(new && again != id, "is a new one");
}

static void
test_live(struct ledger *l)
{
	int64_t load = 0, next = 0;
	msec since = 0;

	worked(ledger_load_add(l, "abc", 2, 0, 100, &load, e), "a load");
	worked(ledger_live_since(l, "ada", "morning", &since, e), "since when");
	is_int(since, NEVER, "never");
	worked(ledger_live(l, "ada", "morning", 540, load, 100, e), "live");
	worked(ledger_live(l, "bob", "morning", 540, load, 100, e), "live");
	worked(ledger_live_end(l, load, "", NULL, e), "the load's end");
	worked(ledger_load_add(l, "abd", 2, 0, 200, &next, e), "a load");
	ok(next > load, "has a number of its own");
	worked(ledger_live(l, "ada", "morning", 540, next, 200, e), "again");
	worked(ledger_live_since(l, "ada", "morning", &since, e), "since when");
	is_int(since, 100, "the earlier instant stands");
	worked(ledger_live_end(l, next, "bob", NULL, e), "behind bob");
	worked(ledger_live_end(l, next, "", "ada", e), "up to ada");
	worked(ledger_live_since(l, "bob", "morning", &since, e), "bob");
	is_int(since, 100, "is between");
	worked(ledger_live_end(l, next, "ada", "bob", e), "up to bob");
	worked(ledger_live_since(l, "bob", "morning", &since, e), "bob");
	is_int(since, NEVER, "is live no more");
	worked(ledger_live(l, "ada", "morning", 600, next, 300, e), "later");
	worked(ledger_live_since(l, "ada", "morning", &since, e), "since when");
	is_int(since, 300, "another time begins anew");
}

int
main(void)
{
	struct ledger *l;

	rig_begin();
	l = rig_open();
	test_flags(l);
	test_notices(l);
	test_optout(l);
	test_hold(l);
	test_incidents(l);
	test_live(l);
	gives(LEDGER_OK, ledger_commit(l, e), "kept");
	ledger_close(l);
	rig_end();
	return tap_done();
}

/*
 * Something makes its own handling fail: it is kept aside and told once, and
 * everything beside it goes on.
 */
#include "rig.h"

#include "ledger/handle.h"

#define SCHEME RIG_HEAD EDNA WALTER TEAM

static int
sql(struct rig *r, const char *text)
{
	return sqlite3_exec(handle_of(r->ledger), text, NULL, NULL, NULL);
}

struct seen {
	int n;
	struct view_aside newest;
};

static int
see(const struct view_aside *a, void *arg)
{
	struct seen *s = arg;

	if (s->n++ == 0)
		s->newest = *a;
	return 0;
}

static struct seen
asides(struct rig *r)
{
	struct seen s = { .n = 0 };
	struct err e = { "" };

	is_int(view_asides(r->ledger, 0, see, &s, &e), 0, "a look: %s",
	    e.text);
	return s;
}

/* Ten texts in one turn, and one of them cannot be written down. */
static void
test_one_of_ten(void)
{
	struct rig *r = rig_open(SCHEME, NULL, RIG_AT(7, 0));
	struct seen s;
	char from[20], words[20];

	r->may_stumble = true;
	is_int(sql(r, "CREATE TRIGGER poison BEFORE INSERT ON reply WHEN"
	    " new.text = 'words 3' BEGIN SELECT RAISE(ABORT, 'poison'); END"),
	    0, "one of them will fail");
	for (int i = 0; i < 10; i++) {
		snprintf(from, sizeof(from), "+44770090078%d", i);
		snprintf(words, sizeof(words), "words %d", i);
		exchange_text_in(r->exchange, r->now, from, LETTERBOX, words);
	}
	rig_run(r, r->now + MSEC_MINUTE);
	is_int(rig_open_flags(r), 10, "all are a human's");
	s = asides(r);
	is_int(s.n, 1, "the tenth is kept aside");
	is_text(s.newest.kind, "hook", "as what it is");
	ok(strstr(s.newest.content, "words 3") && strstr(s.newest.content,
	    "+447700900783"), "with its words and number: %s",
	    s.newest.content);
	ok(strstr(s.newest.why, "poison"), "and why: %s", s.newest.why);
	is_int(rig_mails_with(r, "asha@example.org", "could not be dealt"),
	    1, "the coordinator is told once");
	is_int(rig_incidents(r), 1, "it is an incident");
	is_int(sql(r, "DROP TRIGGER poison"), 0, "it is mended");
	rig_run(r, rig_instant(RIG_DATE + 1, 7, 0));
	is_int(rig_incidents(r), 0, "which is over the next day");
	rig_close(r);
}

/* A row that fails again and again is one row that counts. */
static void
test_again_and_again(void)
{
	struct rig *r = rig_open(SCHEME, WALTER_CALL " call key 1\n",
	    RIG_AT(7, 0));
	struct seen s;

	r->may_stumble = true;
	is_int(sql(r, "CREATE TRIGGER poison BEFORE UPDATE ON checkin WHEN"
	    " old.participant = 'edna' BEGIN SELECT RAISE(ABORT, 'poison');"
	    " END"), 0, "her check-in cannot be written");
	rig_run(r, RIG_AT(9, 40));
	is_text(rig_checkin(r, "walter", "morning", RIG_DATE),
	    "confirmed key", "the others go on");
	s = asides(r);
	is_int(s.n, 1, "one row");
	ok(s.newest.times > 3, "that counts: %d", s.newest.times);
	is_text(s.newest.kind, "checkin", "as what it is");
	is_int(rig_mails_with(r, "asha@example.org", "could not be dealt"),
	    1, "told once");
	is_int(sql(r, "DROP TRIGGER poison"), 0, "it is mended");
	rig_run(r, RIG_AT(12, 0));
	ok(strstr(rig_flag(r, "edna"), "no_response"),
	    "and she is asked and flagged: %s", rig_flag(r, "edna"));
	rig_close(r);
}

int
main(void)
{
	test_one_of_ten();
	test_again_and_again();
	return tap_done();
}

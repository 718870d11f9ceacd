/*
 * The close of the day: each open flag has a name for the night, who is told
 * in writing and asked until they have taken it.
 */
#include "rig.h"

#include "engine/audit.h"
#include "ledger/handle.h"

#define SCHEME RIG_HEAD EDNA WALTER TEAM
#define BEN                                                          \
	"[volunteer ben]\nname = Ben Ngata\nrole = coordinator\n"    \
	"mobile = 07700 900207\nduty = mon-sun 19:00-24:00\n"
#define BEN_TEXT "07700 900207"
/* Asha works by day, and Ben in the evening. */
#define SHIFTS                                                       \
	RIG_HEAD EDNA WALTER                                         \
	"[volunteer asha]\nname = Asha Patel\nrole = coordinator\n"  \
	"mobile = 07700 900201\nduty = mon-sun 08:00-19:00\n" BEN    \
	"[volunteer tom]\nname = Tom Reid\nmobile = 07700 900202\n"  \
	"areas = Sneinton\nduty = mon-sun 08:00-20:00\n"

static char found[500];

static int
on_finding(const struct ledger_finding *f, void *arg)
{
	(void)arg;
	snprintf(found, sizeof(found), "%d %s", f->rule, f->name);
	return 0;
}

static const char *
audit(struct rig *r)
{
	struct err e;

	found[0] = '\0';
	if (audit_run(r->ledger, r->conf, r->now, AUDIT_OPEN, on_finding,
	    NULL, &e) == -1)
		snprintf(found, sizeof(found), "%s", e.text);
	return found;
}

static const char *
handed_to(struct rig *r, const char *who)
{
	static struct ledger_flag f;

	f = rig_flag_row(r, who);
	return f.handed_to;
}

/* Tom has Edna's, nobody Walter's. */
static struct rig *
evening(const char *scheme)
{
	struct rig *r = rig_open(scheme, "", RIG_AT(7, 0));

	rig_run(r, RIG_AT(19, 30));
	is_text(rig_claim(r, rig_code(r, "edna"), "tom"), "", "claimed late");
	rig_run(r, RIG_AT(19, 59));
	is_text(rig_flag(r, "edna"), "no_response claimed tom", "Tom has one");
	ok(strstr(rig_flag(r, "walter"), "open") != NULL, "nobody the other");
	return r;
}

static void
test_named(void)
{
	struct rig *r = evening(SCHEME);
	int texts = rig_count(r, CHANNEL_TEXT, ASHA_TEXT, 0);
	char want[80];

	is_text(handed_to(r, "edna"), "", "before the close nobody is named");
	rig_run(r, RIG_AT(20, 1));
	is_text(handed_to(r, "edna"), "asha", "the coordinator is to take "
	    "Tom's");
	is_text(rig_flag(r, "edna"), "no_response claimed tom",
	    "and he has it until she has");
	is_text(handed_to(r, "walter"), "asha", "and what nobody has");
	ok(strstr(rig_flag(r, "walter"), "open") != NULL,
	    "claimed for nobody falsely");
	is_int(rig_texts_with(r, ASHA_TEXT, "2 flags are for you to take for "
	    "the night"), 1, "one text for both: %s",
	    rig_text(r, ASHA_TEXT));
	is_int(rig_texts_with(r, ASHA_TEXT, "Edna"), 0, "with codes only");
	is_int(rig_mails_with(r, "asha@example.org", "for the night"), 1,
	    "and an e-mail");
	rig_run(r, RIG_AT(21, 1));
	ok(rig_count(r, CHANNEL_TEXT, ASHA_TEXT, 0) >= texts + 9,
	    "asked every 15 minutes for each");
	is_text(audit(r), "", "the audit finds a name on each");
	rig_texts(r, ASHA_TEXT, "YES");
	snprintf(want, sizeof(want), "YES %s", rig_code(r, "edna"));
	rig_texts(r, ASHA_TEXT, want);
	is_text(rig_flag(r, "edna"), "no_response claimed asha", "taken");
	is_text(rig_claim(r, rig_code(r, "walter"), "asha"), "", "both");
	is_text(handed_to(r, "walter"), "", "hers, and nobody's to take");
	texts = rig_texts_with(r, ASHA_TEXT, "hand flag");
	rig_run(r, RIG_AT(21, 30));
	is_int(rig_texts_with(r, ASHA_TEXT, "hand flag"), texts,
	    "asked no more");
	rig_close(r);
}

static void
test_on_duty(void)
{
	struct rig *r = evening(SHIFTS);

	rig_run(r, RIG_AT(20, 1));
	is_text(handed_to(r, "edna"), "ben", "the coordinator on duty");
	rig_kill(r);
	rig_start(r, NULL);
	rig_run(r, RIG_AT(20, 5));
	is_int(rig_texts_with(r, BEN_TEXT, "for the night"), 1,
	    "once, over a restart");
	rig_run(r, rig_instant(RIG_DATE + 1, 9, 0));
	is_text(handed_to(r, "edna"), "", "by day it goes on to others");
	ok(strstr(rig_flag(r, "edna"), "open") != NULL, "for anybody");
	rig_close(r);
}

/* What comes up in the night has a name at once. */
static void
test_in_the_night(void)
{
	struct rig *r = rig_open(SCHEME, EDNA_CALL " call key 1\n" WALTER_CALL
	    " call key 1\n", RIG_AT(7, 0));
	int texts;

	rig_run(r, RIG_AT(22, 0));
	is_text(rig_flag(r, "edna"), "none", "a quiet day");
	texts = rig_count(r, CHANNEL_TEXT, TOM_TEXT, 0) +
	    rig_count(r, CHANNEL_TEXT, GRACE_TEXT, 0);
	rig_texts(r, EDNA_TEXT, "help");
	is_text(rig_flag(r, "edna"), "help open asha", "help at night");
	is_text(handed_to(r, "edna"), "asha", "has the coordinator's name");
	rig_run(r, RIG_AT(22, 50));
	ok(rig_texts_with(r, ASHA_TEXT, "URGENT") >= 3, "asked again, again");
	is_int(rig_count(r, CHANNEL_TEXT, TOM_TEXT, 0) +
	    rig_count(r, CHANNEL_TEXT, GRACE_TEXT, 0), texts,
	    "nobody off duty hears of it");
	is_text(audit(r), "", "in order");
	ok(sqlite3_exec(handle_of(r->ledger), "UPDATE flag SET handed_to ="
	    " NULL", NULL, NULL, NULL) == SQLITE_OK, "its name is lost");
	is_text(audit(r), "5 a flag without a name overnight", "found");
	ok(sqlite3_exec(handle_of(r->ledger), "UPDATE flag SET handed_to ="
	    " 'asha'", NULL, NULL, NULL) == SQLITE_OK, "put back");
	rig_close(r);
}

int
main(void)
{
	test_named();
	test_on_duty();
	test_in_the_night();
	return tap_done();
}

/*
 * A new configuration leaves nothing behind that nobody deals with any more:
 * what waits for a gateway that is gone leaves by the one that there is now,
 * or ends, and so do e-mails without a server.
 */
#include "rig.h"

#include "ledger/handle.h"

#define REST RIG_REST RIG_MORNING WALTER TEAM
#define OTHER_GATEWAY                                                \
	"[gateway spare]\n"                                          \
	"driver = twilio\n"                                          \
	"base_url = http://127.0.0.1:9080\n"                         \
	"account_sid = AC00000000000000000000000000000001\n"         \
	"auth_token_file = auth_token\n"                             \
	"call_from = 0115 496 0999\n"                                \
	"calls_per_second = 1\n"
#define WITH_TEXTS "text_from = 07700 900999\ntexts_per_second = 10\n"
/* Neither texts nor e-mail are needed for these. */
#define CALLS_ALONE                                                  \
	"[web]\nlisten = 127.0.0.1:9085\n"                           \
	"public_url = http://127.0.0.1:9085\n"                       \
	"[ladder standard]\nstep = 0 call\nflag_after = 60m\n"       \
	RIG_WORDS RIG_MORNING WALTER TEAM
#define NO_MAIL                                                      \
	RIG_SERVICE RIG_GATEWAY "calls_per_second = 1\n" CALLS_ALONE

static int64_t
count(struct rig *r, const char *rest)
{
	char *sql = sqlite3_mprintf("SELECT count(*) FROM %s", rest);
	sqlite3_stmt *s = NULL;
	int64_t n = -1;

	if (sqlite3_prepare_v2(handle_of(r->ledger), sql, -1, &s, NULL) ==
	    SQLITE_OK && sqlite3_step(s) == SQLITE_ROW)
		n = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	sqlite3_free(sql);
	return n;
}

/* At nine a call waits for a gateway that cannot be reached, and a text has
 * for some time. */
static struct rig *
waiting(void)
{
	struct rig *r = rig_open(RIG_HEAD WALTER TEAM,
	    "fault unreachable all\n", RIG_AT(8, 45));

	is_text(rig_hold(r, "morning"), "", "the coordinator is told");
	is_text(rig_resume(r, "morning"), "", "and that it has ended");
	rig_run(r, RIG_AT(9, 2));
	is_int(count(r, "attempt WHERE gateway = 'main' AND state = "
	    "'planned'"), 2, "a call and a text wait");
	rig_hush(r);
	return r;
}

static void
test_another_gateway(void)
{
	struct rig *r = waiting();

	ok(rig_reload(r, RIG_SERVICE OTHER_GATEWAY WITH_TEXTS
	    "channels = call, text\n" REST, 0) == NULL, "another gateway");
	rig_run(r, RIG_AT(9, 5));
	is_int(count(r, "attempt WHERE gateway = 'main'"), 0,
	    "nothing waits for the one that is gone");
	is_int(r->swallowed.submits, 2, "both leave by the other");
	rig_run(r, RIG_AT(12, 30));
	rig_close(r);
}

static void
test_no_gateway(void)
{
	struct rig *r = waiting();

	ok(rig_reload(r, RIG_SERVICE OTHER_GATEWAY "channels = call\n"
	    CALLS_ALONE, 0) == NULL, "another gateway, for calls alone");
	rig_run(r, RIG_AT(9, 5));
	is_int(count(r, "attempt WHERE channel = 'text' AND outcome = "
	    "'gateway_error'"), 1, "the text has ended");
	is_int(count(r, "notice WHERE channel = 'text' AND kind = 'hold' AND "
	    "state = 'failed'"), 1, "and its notice has failed");
	is_int(r->swallowed.submits, 1, "the call is made");
	rig_run(r, RIG_AT(12, 30));
	rig_close(r);
}

static void
test_no_mail(void)
{
	struct rig *r = rig_open(RIG_HEAD WALTER TEAM, "", RIG_AT(8, 0));

	r->mail_fate = POST_LATER;
	is_text(rig_hold(r, "morning"), "", "the coordinator is told");
	rig_run(r, RIG_AT(8, 3));
	is_int(count(r, "notice WHERE channel = 'email' AND state = "
	    "'planned'"), 1, "an e-mail waits for a server that is down");
	ok(rig_reload(r, NO_MAIL, 0) == NULL, "no e-mail any more");
	is_int(count(r, "notice WHERE channel = 'email' AND state = "
	    "'failed'"), 1, "it has failed");
	is_text(rig_resume(r, "morning"), "", "(it ends)");
	rig_run(r, RIG_AT(12, 30));
	rig_close(r);
}

int
main(void)
{
	test_another_gateway();
	test_no_gateway();
	test_no_mail();
	return tap_done();
}

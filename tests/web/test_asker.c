/*
 * Who is taken for whom on the control socket.
 */
#include <pwd.h>
#include <unistd.h>

#include "web/asker.h"
#include "tap.h"

#define NOBODYS 4294900000	/* a uid that no system gives out */

int
main(void)
{
	struct passwd *me = getpwuid(geteuid()), *nobody = getpwnam("nobody");
	struct config_volunteer asha = {
		.id = "asha", .user = me ? me->pw_name : "none",
	};
	struct config none = { 0 };
	struct config one = { .volunteers = &asha, .n_volunteers = 1 };
	char who[ASKER_SIZE] = "unchanged";
	struct err e;

	ok(asker_find(&none, -1, who, &e) == -1, "not over a Unix socket");
	ok(asker_find(&none, NOBODYS, who, &e) == -1, "a uid without a name");
	is_text(who, "unchanged", "and nothing is given");
	ok(asker_find(&none, 0, who, &e) == 0, "root may");
	is_text(who, "root", "under its own name");
	ok(asker_find(&none, geteuid(), who, &e) == 0,
	    "the daemon's own user may");
	if (me && asker_find(&one, geteuid(), who, &e) == 0)
		is_text(who, "asha", "a volunteer is asked for by user");
	if (nobody && nobody->pw_uid != geteuid()) {
		ok(asker_find(&one, nobody->pw_uid, who, &e) == -1,
		    "another user may not");
		ok(strstr(e.text, "`user = nobody`") != NULL,
		    "and is told what to write: %s", e.text);
	}
	return tap_done();
}

#include "web/asker.h"

#include <inttypes.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The user's name; false where the system knows none. */
static bool
user_name(uid_t uid, char ret[ASKER_SIZE])
{
	char room[16384];
	struct passwd entry, *found = NULL;

	if (getpwuid_r(uid, &entry, room, sizeof(room), &found) != 0 ||
	    !found || strlen(found->pw_name) >= ASKER_SIZE)
		return false;
	memcpy(ret, found->pw_name, strlen(found->pw_name) + 1);
	return true;
}

int
asker_find(const struct config *c, int64_t peer_uid, char ret[ASKER_SIZE],
    struct err *e)
{
	const struct config_volunteer *v = NULL;
	uid_t uid = (uid_t)peer_uid;
	char name[ASKER_SIZE];
	bool named;

	if (peer_uid < 0)
		return err_set(e, "nobody knows who you are; ask over the "
		    "control socket");
	named = user_name(uid, name);
	if (named)
		v = config_volunteer_user(c, name);
	else
		snprintf(name, sizeof(name), "uid %" PRId64, peer_uid);
	if (v && strlen(v->id) < ASKER_SIZE)
		snprintf(ret, ASKER_SIZE, "%s", v->id);
	else if (uid == 0 || uid == geteuid())
		snprintf(ret, ASKER_SIZE, "%s", name);
	else
		return err_set(e, "the service does not know the user %s; "
		    "write `user = %s` into the [volunteer] section that is "
		    "this person's, and reload", name,
		    named ? name : "NAME");
	return 0;
}

/*
 * Death at a commit.  SQLite asks before each whether it may be: there the
 * turn is undone, or kept while the world hears nothing of it any more.
 */
#include "rig.h"

#include "ledger/handle.h"

static int
at_commit(void *arg)
{
	struct rig *r = arg;

	if (r->commits_left == 0 || --r->commits_left > 0)
		return 0;
	r->dying = true;
	return r->death == RIG_BEFORE_COMMIT;
}

void
rig_death_watch(struct rig *r)
{
	sqlite3_commit_hook(handle_of(r->ledger), at_commit, r);
}

void
rig_die(struct rig *r, int n, enum rig_death death)
{
	r->commits_left = n;
	r->death = death;
}

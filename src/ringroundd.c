/*
 * ringroundd - the daemon.
 */


#include "base/log.h"
#include "daemon/daemon.h"
#include "daemon/options.h"

int
main(int argc, char **argv)
{
	struct options o;
	struct daemon *d;
	enum daemon_end end;
	struct err e;

	if (options_read(argc, argv, &o) == -1)
		return DAEMON_MISUSED;
	if (o.said)
		return DAEMON_DONE;
	if (o.check)
		return (int)daemon_check(&o.daemon);
	d = daemon_new(&o.daemon, &end, &e);
	if (d == NULL) {
		log_error("daemon", "cannot start: %s", e.text);
		return (int)end;
	}
	end = daemon_run(d);
	daemon_free(d);
	return (int)end;
}

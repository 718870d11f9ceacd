#include "daemon/service.h"

#ifdef HAVE_SYSTEMD

#include <stdlib.h>
#include <string.h>
#include <systemd/sd-daemon.h>

#include "base/clock.h"

/* The sockets are asked for once, for asking takes them from the
 * environment, so that no child inherits the names. */
static char **socket_names;
static int n_sockets = -1;

void
service_ready(void)
{
	sd_notify(0, "READY=1");
}

/* MONOTONIC_USEC is what Type=notify-reload of later versions wants. */
void
service_reloading(void)
{
	sd_notifyf(0, "RELOADING=1\nMONOTONIC_USEC=%lld",
	    (long long)clock_monotonic_us());
}

void
service_stopping(void)
{
	sd_notify(0, "STOPPING=1");
}

void
service_status(const char *line)
{
	sd_notifyf(0, "STATUS=%s", line);
}

msec
service_watchdog_period(void)
{
	uint64_t us = 0;

	if (sd_watchdog_enabled(0, &us) <= 0)
		return 0;
	return (msec)(us / 1000 / 3);
}

void
service_watchdog_feed(void)
{
	sd_notify(0, "WATCHDOG=1");
}

int
service_socket(const char *name)
{
	if (n_sockets == -1)
		n_sockets = sd_listen_fds_with_names(1, &socket_names);
	for (int i = 0; i < n_sockets; i++)
		if (strcmp(socket_names[i], name) == 0)
			return SD_LISTEN_FDS_START + i;
	return -1;
}

#else /* !HAVE_SYSTEMD */

void
service_ready(void)
{
}

void
service_reloading(void)
{
}

void
service_stopping(void)
{
}

void
service_status(const char *line)
{
	(void)line;
}

msec
service_watchdog_period(void)
{
	return 0;
}

void
service_watchdog_feed(void)
{
}

int
service_socket(const char *name)
{
	(void)name;
	return -1;
}

#endif

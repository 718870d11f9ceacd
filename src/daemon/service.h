/*
 * service.h - the daemon as a service of systemd: ready, status, watchdog,
 * sockets handed over.  Outside systemd, or built without it, all of these do
 * nothing.
 */
#ifndef SERVICE_H
#define SERVICE_H

#include "base/base.h"

void service_ready(void);
void service_reloading(void);	/* service_ready ends it */
void service_stopping(void);
void service_status(const char *line);

/* How often the watchdog wants to be fed, 0 for never; and a feeding.  Only a
 * loop that has done its work feeds it. */
msec service_watchdog_period(void);
void service_watchdog_feed(void);

/* The descriptor of the socket that was handed over by that name
 * (FileDescriptorName= of the .socket unit); -1 for none. */
int service_socket(const char *name);

#endif /* SERVICE_H */

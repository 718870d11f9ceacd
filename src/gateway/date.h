/*
 * date.h - the instants that gateways write, whatever the locale.
 */
#ifndef DATE_H
#define DATE_H

#include "base/base.h"

/*
 * "Thu, 24 Aug 2023 05:01:45 +0000" (RFC 5322), "... GMT" (RFC 9110), or
 * "2023-08-24T05:01:45Z" (RFC 3339, fractions are cut) as an instant.  -1
 * where it is none of these; the name of the weekday is not looked at.
 */
int date_parse(const char *text, msec *ret) MUST_CHECK;

#endif /* DATE_H */

/*
 * values.h - the parsers of keys: text, numbers, times, addresses.
 *
 * Each has the shape of key.parse (keys.h) and writes at key.at of the
 * subject; the comment says what stands there.  Texts live as long as the
 * configuration.
 */
#ifndef VALUES_H
#define VALUES_H

#include "config/load.h"

#define VALUES_PARSER(name)                                             \
	int name(struct load *l, const struct key *k, void *subject,    \
	    const char *value, struct err *e)

VALUES_PARSER(values_text);	/* const char *; at most key.max bytes */
VALUES_PARSER(values_shared);	/* the same, of a text that often repeats */
VALUES_PARSER(values_id);	/* const char *: letters, digits, - and _ */
VALUES_PARSER(values_flag);	/* bool: yes or no */
VALUES_PARSER(values_int);	/* int, from min to max */
VALUES_PARSER(values_rate);	/* double; min and max are thousandths */
VALUES_PARSER(values_duration);	/* msec, from min to max; bare: minutes */
VALUES_PARSER(values_clock);	/* int: a minute of the day */
VALUES_PARSER(values_hours);	/* struct hours */
VALUES_PARSER(values_days);	/* week_days */
VALUES_PARSER(values_date);	/* localdate */
VALUES_PARSER(values_phone);	/* const char *: E.164, may be rung */
VALUES_PARSER(values_mobile);	/* const char *: E.164, may be texted */
VALUES_PARSER(values_path);	/* const char *: made absolute */
VALUES_PARSER(values_ca_file);	/* the same, of a file that can be read */
VALUES_PARSER(values_url);	/* const char *: http or https, no / behind */
VALUES_PARSER(values_email);	/* const char *: somebody@example.org */

/* Put a pointer to text where the key says. */
void values_put_text(const struct key *k, void *subject, const char *text);

/* Put the key's name and ": " before the reason; returns -1. */
int values_fault(const struct key *k, struct err *e);

/* Read a number that may be rung (or texted) for the key; its message begins
 * with what, such as "phone". */
const char *values_number(struct load *l, const char *what, const char *value,
    bool text, struct err *e);

/* Is it an id: letters, digits, - and _, at most 40 of them? */
bool values_is_id(const char *text);

/*
 * Walk the parts between commas: copies the next part, without the blanks
 * around it, and moves *list behind it.  False at the end; a part that has
 * no room is cut.
 */
bool values_next_part(const char **list, char *ret, size_t size);

#endif /* VALUES_H */

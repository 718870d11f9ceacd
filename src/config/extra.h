/*
 * extra.h - the keys of a participant that few say: what was agreed to and
 * when, tests, leaving, and what an evaluation asks for.
 *
 * They stand in a struct config_extra of their own, which only those have of
 * whom one of them is said: a million people must not pay for them.
 */
#ifndef EXTRA_H
#define EXTRA_H

#include "config/values.h"

/* For key.parse; key.at is an offset into struct config_extra. */
VALUES_PARSER(extra_record);	/* struct config_record; may repeat */
VALUES_PARSER(extra_shared);	/* const char * */
VALUES_PARSER(extra_date);	/* localdate */
VALUES_PARSER(extra_age_band);	/* const char *: 70-79, 90+ */
VALUES_PARSER(extra_left_reason);	/* const char *, from a closed list */
VALUES_PARSER(extra_tested);	/* tested, test_waived */
VALUES_PARSER(extra_waived);	/* const char *: "waived, REASON" */
VALUES_PARSER(extra_speed);	/* int: "80%", from min to max */
VALUES_PARSER(extra_safety);	/* safety, safety_on */

/* "2026-09-01, spoken, recorded by Asha Patel", or "2026-10-02, no, ...". */
int extra_read_record(const struct key *k, const char *value,
    struct config_record *ret, struct err *e) MUST_CHECK;

/* What the keys must be together, when the section is complete. */
void extra_check(struct load *l, const struct config_participant *p);

#endif /* EXTRA_H */

/* What a check-in must not say; and what sounds like it and is fine. */
#include "rules/manners.h"

#include "base/base.h"
#include "tap.h"

#include <string.h>

static const struct {
	const char *text;
	enum manners manners;
	const char *words;
} rows[] = {
	{ "Hello {first_name}. This is {service}.", MANNERS_GOOD, NULL },
	{ "If you are well, please press 1. If you would like somebody to"
	    " ring you, press 2.", MANNERS_GOOD, NULL },
	{ "In the event of an emergency please ring 999.", MANNERS_GOOD,
	    NULL },
	{ "We ring again after the bank holiday.", MANNERS_GOOD, NULL },
	{ "", MANNERS_GOOD, NULL },
	{ "Why not join our lunch club?", MANNERS_PROMOTES, "join our" },
	{ "THERE IS A RAFFLE ON FRIDAY", MANNERS_PROMOTES, "raffle" },
	{ "Please donate.", MANNERS_PROMOTES, "donate" },
	{ "More at www.example.org", MANNERS_PROMOTES, "www" },
	{ "See https://example.org", MANNERS_PROMOTES, "https" },
	{ "You\xe2\x80\x99re invited!", MANNERS_PROMOTES, "invited" },
	{ "Please say your date of birth.", MANNERS_PRIES,
	    "date of birth" },
	{ "Key in your PIN", MANNERS_PRIES, "pin" },
};

int
main(void)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *words = NULL;

		is_int(manners_of(rows[i].text, &words), rows[i].manners,
		    "%s", rows[i].text);
		is_text(words, rows[i].words, "for its words");
	}
	return tap_done();
}

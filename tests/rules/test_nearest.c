#include "rules/nearest.h"

#include "tap.h"

static const char *const names[] = { "name", "office_phone", "timezone",
	"country_code", "contact_hours", "call", "text", "flag_after",
	"claim_by", "at", "first_name", "call_from", "text_from" };

int
main(void)
{
	static const struct {
		const char *wrong, *near;
	} cases[] = {
		{ "nmae", "name" },
		{ "offce_phone", "office_phone" },
		{ "office-phone", "office_phone" },
		{ "Office_Phone", "office_phone" },
		{ "timezne", "timezone" },
		{ "contact_hour", "contact_hours" },
		{ "flagafter", "flag_after" },
		{ "falg_after", "flag_after" },
		{ "cal", "call" },
		{ "calll", "call" },
		{ "txet", "text" },
		{ "first_nmae", "first_name" },
		{ "call_form", "call_from" },
		{ "at", "at" },
		{ "ta", NULL },		/* two letters: anything is near */
		{ "xx", NULL },
		{ "ladder", NULL },
		{ "", NULL },
		{ "colour", NULL },
		{ "a very long name that nobody would ever give to any key",
		    NULL },
	};
	size_t i;

	for (i = 0; i < COUNT(cases); i++)
		is_text(nearest_name(cases[i].wrong, names, COUNT(names)),
		    cases[i].near, "near to \"%s\"", cases[i].wrong);
	is_text(nearest_name("name", names, 0), NULL, "near to nothing");
	return tap_done();
}

/*
 * Times of the week at which nobody is there for a flag, or only one.
 */
#include "scheme.h"

#define ALONE "there is no second coordinator on duty, so that one who is" \
	" ill leaves flags to nobody; write more duty for another\n"

static const struct {
	const char *what, *asha, *ben, *tom;	/* their duties */
	const char *said;
} cases[] = {
	{ "both always", "mon-sun 00:00-24:00", "mon-sun 08:00-20:00",
	    "mon-fri 09:00-10:00", "" },
	{ "one is late on Wednesdays", "mon-sun 00:00-24:00",
	    "mon-tue 08:00-20:00\nduty = wed 09:30-20:00\n"
	    "duty = thu-sun 08:00-20:00",
	    "mon-fri 09:00-10:00",
	    "ringround.conf:1: on Wednesday from 08:00 to 09:30 " ALONE },
	{ "a volunteer is no coordinator", "mon-sun 08:00-20:00",
	    "mon-sat 08:00-20:00", "mon-sun 00:00-24:00",
	    "ringround.conf:1: on Sunday from 08:00 to 20:00 " ALONE },
	{ "nobody on Tuesdays and at weekends",
	    "mon 00:00-24:00\nduty = wed-fri 00:00-24:00",
	    "mon-sun 00:00-24:00", "tue 08:00-12:00\nduty = sat-sun "
	    "08:00-20:00",
	    "ringround.conf:1: on Tuesday from 08:00 to 20:00, on Saturday"
	    " from 08:00 to 20:00, on Sunday from 08:00 to 20:00 " ALONE },
	{ "one alone all week", "mon-sun 00:00-24:00", "mon 23:00-24:00",
	    "mon-sun 00:00-24:00",
	    "ringround.conf:1: on Monday from 08:00 to 20:00, on Tuesday"
	    " from 08:00 to 20:00, on Wednesday from 08:00 to 20:00 and at 4"
	    " more times of the week " ALONE },
	{ "nobody at all", "mon-sun 09:00-20:00", "mon-sun 09:00-20:00",
	    "tue-sun 08:00-09:00",
	    "ringround.conf:1: on Monday from 08:00 to 09:00 nobody at all is"
	    " on duty; write more duty for somebody\n"
	    "ringround.conf:1: on Monday from 08:00 to 09:00, on Tuesday"
	    " from 08:00 to 09:00, on Wednesday from 08:00 to 09:00 and at 4"
	    " more times of the week " ALONE },
};

int
main(void)
{
	scheme_begin();
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *team = strstr(scheme_good, "[volunteer asha]");
		struct config_notes notes = { NULL, 0, 0 };
		struct buf b = BUF_EMPTY;
		char *mistakes, *warnings;

		buf_addn(&b, scheme_good, (size_t)(team - scheme_good));
		buf_addf(&b, "[volunteer asha]\nname = Asha\nrole ="
		    " coordinator\nmobile = 07700 900201\nduty = %s\n"
		    "[volunteer ben]\nname = Ben\nrole = coordinator\nmobile ="
		    " 07700 900203\nduty = %s\n[volunteer tom]\nname = Tom\n"
		    "mobile = 07700 900202\nduty = %s\n", cases[i].asha,
		    cases[i].ben, cases[i].tom);
		scheme_write("ringround.conf", buf_text(&b));
		buf_release(&b);
		struct config *c = scheme_load(&mistakes, &warnings);
		is_text(mistakes, "", "%s: loads", cases[i].what);
		if (c)
			config_warn_of_gaps(c, &notes);
		char *said = scheme_say(&notes);
		is_text(said, cases[i].said, "%s", cases[i].what);
		free(said);
		free(mistakes);
		free(warnings);
		config_notes_release(&notes);
		config_free(c);
	}
	return tap_done();
}

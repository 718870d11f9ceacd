/*
 * What `check` says about the messages themselves: how many parts a text
 * takes, and what a check-in must not say.
 */
#include "scheme.h"

#define RING_YOU "text_ring_you = {service}: we ring you by {ring_by}"
#define PERSON "[participant z]\nname = Z\ntext = 07700 900150\ncall_me = "

static const struct {
	const char *about, *old, *new;
	const char *said;	/* of the warnings; "": none */
} rows[] = {
	{ "one part", "text_thanks = {service}: thank you.\n",
	    "text_thanks = {service}: thank you, {first_name}.\n", "" },
	{ "typographic signs are mended", "text_thanks = {service}: thank"
	    " you.\n", "text_thanks = {service}: “thank you” – that’s"
	    " noted… and that is as long as a text may be with a sign that"
	    " is in no table.\n", "" },
	{ "161", "text_thanks = {service}: thank you.\n",
	    "text_thanks = xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n",
	    "ringround.conf:33: text_thanks goes out in 2 parts, and each is"
	    " paid for; shorten it to 160 characters" },
	{ "a sign that costs", "text_thanks = {service}: thank you.\n",
	    "text_thanks = {service}: diolch yn fawr iawn i chi am ateb, a"
	    " dŵr a phopeth arall hefyd.\n", "avoid \"ŵ\", with which" },
	{ "ours, with a long name", "name = Test Check-in\n",
	    "name = The Daily Telephone Check-in of Test and the Villages\n",
	    "text_away goes out in 2 parts" },
	{ "a name that costs", RING_YOU ".\n", RING_YOU " {first_name}, and"
	    " wish you a good day until then.\n" PERSON "Michał\n",
	    "text_ring_you goes out in 2 parts to [participant z], since"
	    " \"ł\"" },
	{ "but is not written", RING_YOU ".\n", RING_YOU ", and wish you a"
	    " very good day until then, as ever.\n" PERSON "Michał\n", "" },
	{ "a promotion", "ask = Press 1 if you are well.",
	    "ask = Press 1 if you are well. Do come to our coffee morning!",
	    "ask has \"coffee morning\": a check-in that promotes" },
	{ "a link by text", "text = {service}: are you well?",
	    "text = {service}: are you well? See www.example.org.",
	    "text has \"www\"" },
	{ "what swindlers ask", "ask = Press 1 if you are well.",
	    "ask = Key in your date of birth.", "never asks for that" },
	{ "who is calling", "greeting = Hello {first_name}, this is"
	    " {service}.", "greeting = Hello {first_name}.",
	    "greeting does not say who is calling" },
	{ "a name left on a machine", "voicemail = Please ring"
	    " {call_back_phone}.", "voicemail = {first_name}, please ring"
	    " {call_back_phone}.", "a visitor may hear it" },
	{ "a long question", "ask = Press 1 if you are well.",
	    "ask = We are ringing this morning, as on every other morning of"
	    "\n the year, to find out whether you are well today. If that is"
	    "\n so, and you do not need anything from us, then please be so"
	    "\n kind as to press the key with the number 1 on it now.",
	    "greeting and ask take some " },
};

int
main(void)
{
	scheme_begin();
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *mistakes, *warnings;

		scheme_write_changed(rows[i].old, rows[i].new);
		struct config *c = scheme_load(&mistakes, &warnings);

		is_text(mistakes, "", "%s: no mistake", rows[i].about);
		if (rows[i].said[0] == '\0')
			is_text(warnings, "", "says nothing");
		else if (!ok(strstr(warnings, rows[i].said), "says so"))
			printf("# it says: %s", warnings);
		config_free(c);
		free(mistakes);
		free(warnings);
	}
	return tap_done();
}

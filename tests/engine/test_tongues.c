/*
 * People who speak other languages: what they are told, what is understood of
 * them, and who follows up.
 */
#include "rig.h"

#define SERVICE                                                      \
	"[service]\nname = Check-in\noffice_phone = " OFFICE "\n"     \
	"languages = en, pl\ntimezone = Europe/London\n"             \
	"country_code = 44\ndatabase = ringround.db\n"               \
	"contact_hours = 08:00-20:00\n"
#define POLISH                                                       \
	"[message pl]\n"                                             \
	"greeting = Dzień dobry {first_name}, tu {service}.\n"       \
	"ask = Jeśli wszystko dobrze, proszę nacisnąć 1.\n"          \
	"thanks = Dziękujemy, zapisano.\n"                           \
	"ring_you = Zadzwonimy do {ring_by}.\n"                      \
	"no_key = Nie słyszeliśmy.\nstranger = Tu {service}.\n"      \
	"voicemail = Tu {service}.\n"                                \
	"text = {service}: czy wszystko dobrze?\n"                   \
	"text_again = {service}: czy wszystko dobrze?\n"             \
	"text_thanks = {service}: dziękujemy {first_name}.\n"        \
	"text_ring_you = {service}: zadzwonimy do {ring_by}.\n"      \
	"text_away = Do {last_day}.\n"
#define HEAD SERVICE RIG_GATEWAY RIG_REST POLISH RIG_MORNING
#define JAN RIG_PERSON("jan", "Jan Zielak",                           \
	"call_me = Jan\nround = morning\nlanguage = pl\n"            \
	"phone = 0115 496 0150\ntext = 07700 900150\n")
#define JAN_CALL "0115 496 0150"
#define JAN_TEXT "07700 900150"
#define EWA                                                          \
	"[volunteer ewa]\nname = Ewa Zima\nmobile = 07700 900204\n"  \
	"areas = Sneinton\nduty = mon-sun 08:00-20:00\n"             \
	"languages = pl, so\n"
#define MORNING "morning", RIG_DATE

static void
test_understood(void)
{
	struct rig *r = rig_open(HEAD JAN TEAM, JAN_TEXT
	    " text reply \"Tak, dziękuję\" after 1m\n", RIG_AT(7, 0));

	rig_run(r, RIG_AT(9, 20));
	ok(rig_count(r, CHANNEL_CALL, JAN_CALL, 0) > 0 && strncmp(
	    r->creates[0].words, "Dzień dobry Jan", 15) == 0,
	    "greeted in it");
	is_text(rig_checkin(r, "jan", MORNING), "confirmed reply",
	    "an OK of theirs");
	is_int(rig_texts_with(r, JAN_TEXT, "dziękujemy Jan"), 1,
	    "thanked in it");
	rig_texts(r, JAN_TEXT, "wyjeżdżam do niedzieli");
	rig_run(r, RIG_AT(9, 25));
	is_text(rig_text(r, JAN_TEXT), "Do 6.12.2026.", "away in it");
	rig_close(r);
}

/* What is said in a language that we do not know, a human reads. */
static void
test_unknown(void)
{
	struct rig *r = rig_open(HEAD JAN TEAM EWA, JAN_TEXT
	    " text reply \"Saya baik-baik saja\" after 1m\n", RIG_AT(7, 0));

	rig_run(r, RIG_AT(9, 20));
	is_text(rig_checkin(r, "jan", MORNING), "asking", "no OK");
	is_text(rig_flag(r, "jan"), "unclear_reply open ewa",
	    "a human reads it");
	rig_close(r);
}

static void
test_who_speaks_it(void)
{
	struct rig *r = rig_open(HEAD EDNA JAN TEAM EWA, "", RIG_AT(7, 0));

	rig_run(r, RIG_AT(10, 1));
	is_text(rig_flag(r, "jan"), "no_response open ewa",
	    "the one who speaks it");
	is_text(rig_flag(r, "edna"), "no_response open tom",
	    "others go on as ever");
	rig_run(r, RIG_AT(10, 16));
	ok(strcmp(rig_flag(r, "jan"), "no_response open ewa") != 0,
	    "then to the next, whatever they speak");
	rig_close(r);
}

/* Nobody has to be spoken to by a machine: a volunteer may know a language
 * that the scheme has no messages in. */
static void
test_human(void)
{
	struct rig *r = rig_open(HEAD
	    RIG_PERSON("amina", "Amina Warsame", "call_me = Amina\n"
	    "round = morning\nchannel = human\nlanguage = so\n"
	    "phone = 0115 496 0151\n") TEAM EWA, "", RIG_AT(7, 0));

	rig_run(r, RIG_AT(9, 1));
	is_text(rig_flag(r, "amina"), "human_call open ewa",
	    "a volunteer who speaks it rings");
	is_int(rig_count(r, CHANNEL_CALL, "0115 496 0151", 0), 0,
	    "no machine does");
	rig_close(r);
}

int
main(void)
{
	test_understood();
	test_unknown();
	test_who_speaks_it();
	test_human();
	return tap_done();
}

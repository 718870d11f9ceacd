/*
 * Each way in which a scheme can be wrong, and exactly what is said about it.
 * A row changes one piece of a good scheme.
 */
#include "scheme.h"

struct row {
	const char *old;	/* NULL: add new at the end */
	const char *new;
	const char *said;	/* the mistakes, one a line */
};

#define MAIN "ringround.conf:"
#define GRACE "[volunteer grace]\nname = Grace\nmobile = 07700 900203\n"

static const struct row rows[] = {
	/* The file's form. */
	{ "[web]", "[wbe]", MAIN "13: there is no section called \"wbe\"; did"
	    " you mean \"web\"?\n" },
	{ "spread = 20m", "spraed = 20m", MAIN "21: [round] has no key"
	    " \"spraed\"; did you mean \"spread\"?\n" },
	{ "spread = 20m", "colour = red", MAIN "21: [round] has no key"
	    " \"colour\"; write one of days, at, spread, ladder,"
	    " ask_again, closed_days, on_closed_day, only_days\n" },
	{ "spread = 20m", "at = 10:00", MAIN "21: at is given twice, first in"
	    " line 20; leave one of them\n" },
	{ "spread = 20m", "spread =", MAIN "21: spread is empty; write a value"
	    " behind the sign, or take the line away\n" },
	{ "spread = 20m", "spread 20m", MAIN "21: this line is neither a"
	    " [section] nor a key with its value; write key = value, or ;"
	    " before a comment\n" },
	{ "at = 09:00", "at 09:00", MAIN "19: [round morning] lacks its key at;"
	    " write at = and behind it the time of day of its first slot, such"
	    " as 09:00\n"
	    MAIN "20: [round] has no key \"at 09\"; write = behind at\n" },
	{ "[service]\n", "name = x\n[service]\n", MAIN "1: this line stands"
	    " before the first section; put it under its heading, such as"
	    " [service]\n" },
	{ NULL, "[volunteer grace]\n", MAIN "51: [volunteer grace] is empty;"
	    " write its keys under it, or take it away\n" },
	{ NULL, "[web]\nlisten = 127.0.0.1:9085\n", MAIN "51: [web] is given"
	    " twice, first in line 13; put all its keys under one heading\n" },
	{ NULL, "[service]\nname = x\n", MAIN "51: [service] is given twice,"
	    " first in line 1; put all its keys under one heading\n" },
	{ NULL, "[round morning]\nat = 10:00\nladder = standard\n",
	    MAIN "51: [round morning] is given twice, first in"
	    " TMP/ringround.conf:19; give one another name\n" },
	{ NULL, "[ladder standard]\nstep = 0 call\nflag_after = 60m\n",
	    MAIN "51: [ladder standard] is given twice, first in"
	    " TMP/ringround.conf:15; give one another name\n" },
	{ NULL, "[gateway main]\ndriver = twilio\nbase_url ="
	    " http://127.0.0.1:1\naccount_sid ="
	    " AC00000000000000000000000000000001\nauth_token_file ="
	    " auth_token\ncall_from = 0115 496 0998\n", MAIN "51: [gateway"
	    " main] is given twice, first in TMP/ringround.conf:6; give one"
	    " another name\n" },
	{ NULL, "[message en]\nask = x\n", MAIN "51: [message en] is given"
	    " twice, first in TMP/ringround.conf:23; put all its keys under"
	    " one heading\n" },
	{ NULL, GRACE "notices = pigeon\n", MAIN "54: notices: \"pigeon\" is"
	    " neither text nor email; write one of them, both with a comma"
	    " between, or none\n" },
	{ NULL, GRACE "notices = none\n", MAIN "54: notices names no way, so"
	    " grace could be told of nothing; write text or email\n" },
	{ NULL, GRACE "morning_list = text, email\n", MAIN "54: morning_list"
	    " has email, but there is no address; write email = and the"
	    " address, or leave email out\n" },
	{ NULL, GRACE "quiet = 22:00\n", MAIN "54: quiet: write two times with"
	    " a - between, such as 21:30-08:00\n" },
	{ NULL, "[volunteer tom]\nname = Tom\n", MAIN "51: two volunteers"
	    " have the id tom, the other in TMP/ringround.conf:47; give one of"
	    " them another id\n" MAIN "51: [volunteer tom] has neither mobile"
	    " nor email and can be told of nothing; write one of them\n" },
	{ NULL, "[participant edna]\nname = Edna\ncall_me = E\n",
	    MAIN "51: two participants have the id edna, the other in"
	    " TMP/ringround.conf:35; give one of them another id\n" },
	{ "[web]", "[web mine]", MAIN "13: [web] has no name of its own; write"
	    " [web]\n" },
	{ "[participant edna]", "[participant]", MAIN "35: [participant] needs"
	    " a name of letters, digits, - and _, at most 40 of them; write it"
	    " such as [participant edna]\n" },
	{ "[participant edna]", "[participant Edna Clarke]", MAIN "35:"
	    " [participant] needs a name of letters, digits, - and _, at most"
	    " 40 of them; write it such as [participant edna]\n" },
	{ "[participant edna]", "[participant jo lane]\nlive = maybe\n"
	    "[participant edna]", MAIN "35: [participant] needs a name of"
	    " letters, digits, - and _, at most 40 of them; write it such as"
	    " [participant edna]\n" MAIN "35: [participant jo lane] lacks its"
	    " key name; write name = and behind it the whole name, such as"
	    " Mrs Edna Clarke\n" MAIN "35: [participant jo lane] lacks its key"
	    " call_me; write call_me = and behind it how calls and texts name"
	    " the person, such as Edna\n" MAIN "36: live: \"maybe\" is"
	    " neither yes nor no; write one of them\n" },
	{ "[message en]", "[message English]", MAIN "1: there is no"
	    " [message en]; write that section, or take en out of languages\n"
	    MAIN "23: [message] needs the short name of a language; write it"
	    " such as [message en]\n" },
	/* Numbers. */
	{ "[service]\n", "[service]\ncountry_code = +44\n", MAIN "2:"
	    " country_code: \"+44\" is no country's code; write it without +"
	    " or 0, such as 44\n" },
	{ "[service]\n", "[service]\ncountry_code =\n", MAIN "2: country_code"
	    " is empty; write a value behind the sign, or take the line"
	    " away\n" },
	{ "0115 496 0123", "999", MAIN "38: phone is an emergency number and is"
	    " never dialled; write the number of the person's own"
	    " telephone\n" },
	{ "0115 496 0123", "112", MAIN "38: phone is an emergency number and is"
	    " never dialled; write the number of the person's own"
	    " telephone\n" },
	{ "0115 496 0123", "101", MAIN "38: phone is a public service's short"
	    " number and is never dialled; write the number of the person's"
	    " own telephone\n" },
	{ "0115 496 0123", "111", MAIN "38: phone is a public service's short"
	    " number and is never dialled; write the number of the person's"
	    " own telephone\n" },
	{ "0115 496 0123", "118118", MAIN "38: phone is a public service's"
	    " short number and is never dialled; write the number of the"
	    " person's own telephone\n" },
	{ "0115 496 0123", "0906 123 4567", MAIN "38: phone is a premium-rate"
	    " number and is never dialled; write the number of the person's"
	    " own telephone\n" },
	{ "0115 496 0123", "070 1234 5678", MAIN "38: phone is a personal"
	    " number (070), which costs as much as a premium one, and is never"
	    " dialled; write the number of the person's own telephone\n" },
	{ "0115 496 0123", "0845 123 4567", MAIN "38: phone is charged at a"
	    " special rate (084, 087 or the like) and is never dialled; write"
	    " the number of the person's own telephone\n" },
	{ "0115 496 0123", "496 0123", MAIN "38: phone has no area code; write"
	    " all of it, such as 0115 496 0123\n" },
	{ "0115 496 0123", "7.7E+09", MAIN "38: phone was turned into a"
	    " calculation's result (like 7.7E+09) by a spreadsheet; format the"
	    " column as text and type the number again, such as 07700"
	    " 900123\n" },
	{ "phone = 0115 496 0123", "text = 0115 496 0123", MAIN "38: text is a"
	    " landline, which texts do not reach; give a mobile number for"
	    " texts\n" },
	{ "0115 496 0123", "0116 496 0123", MAIN "38: phone is not among"
	    " allow_numbers, and the person is live; add it there, or write"
	    " live = no\n" },
	{ "01154960*, 07700900*", "0115x*", MAIN "5: allow_numbers:"
	    " pattern 1: is no beginning of a number; write it such as"
	    " 01154960* or +44115496*\n" },
	{ "mobile = 07700 900202", "mobile = 0115 496 0202", MAIN "49: mobile"
	    " is a landline, which texts do not reach; give a mobile number"
	    " for texts\n" },
	{ "phone = 0115 496 0123", "alternate = 0115 496 0123", MAIN "38:"
	    " alternate stands without a first number; write it as phone\n"
	    MAIN "42: a live person needs a number; write phone = or text = and"
	    " the number, or live = no\n" },
	/* Values. */
	{ "at = 09:00", "at = 9:00", MAIN "20: at: \"9:00\" is not a time of"
	    " day; write HH:MM from 00:00 to 23:59, such as 09:05\n" },
	{ "at = 09:00", "at = 25:00", MAIN "20: at: \"25:00\" is not a time of"
	    " day; write HH:MM from 00:00 to 23:59, such as 09:05\n" },
	{ "spread = 20m", "spread = 20 minutes", MAIN "21: spread: \"20"
	    " minutes\" is not a length of time from 0s to 12h, such as 45s,"
	    " 20m or 2h\n" },
	{ "spread = 20m", "days = mon-fry", MAIN "21: days: \"mon-fry\" are no"
	    " days of the week; write such as mon-fri, or mon, wed, sat, or"
	    " daily\n" },
	{ "live = yes", "live = maybe", MAIN "42: live: \"maybe\" is neither"
	    " yes nor no; write one of them\n" },
	{ "2026-09-01, written", "01/12/2026, written", MAIN "41: consent"
	    " begins with its date: \"01/12/2026\" is not a date that can be"
	    " read in one way only; write year-month-day, such as 2026-12-04"
	    " (in a spreadsheet, format the column as text)\n" },
	{ "2026-09-01, written", "2026-02-30, written", MAIN "41: consent"
	    " begins with its date: there is no day 2026-02-30 in the"
	    " calendar; write year-month-day, such as 2026-12-04\n" },
	{ "live = yes", "live = yes\naway = 2026-12-20 to 2026-12-19",
	    MAIN "43: away: it ends before it begins; write the first and the"
	    " last day, such as 2026-12-20 to 2027-01-03\n" },
	{ "live = yes", "live = yes\ncontact = Brian", MAIN "43: contact: write"
	    " name, relation and number with commas between them, such as"
	    " Brian Clarke, son, 07700 900124\n" },
	{ "live = yes", "live = yes\ncontact = Brian, son, 999", MAIN "43:"
	    " contact's number is an emergency number and is never dialled;"
	    " write the number of the person's own telephone\n" },
	{ "live = yes", "live = yes\ncontact = Brian, son, 07700 900124, key",
	    MAIN "43: contact: \"key\" is neither keyholder nor agreed or"
	    " confirmed with a date; write such as keyholder, agreed"
	    " 2026-09-01\n" },
	{ "live = yes", "live = yes\ncontact = Brian, son, 07700 900124,"
	    " agreed 2026-02-30", MAIN "43: contact: there is no day 2026-02-30"
	    " in the calendar; write year-month-day, such as 2026-12-04\n" },
	/* What is said of few. */
	{ "live = yes", "live = no\npaused = 2026-12-01, new telephone",
	    MAIN "43: paused: a pause has its end and its reason; write both,"
	    " such as 2026-12-01 to 2026-12-14, waiting for a new"
	    " telephone\n" },
	{ "live = yes", "live = yes\nconsent = 2026-10-01, withdrawn",
	    MAIN "42: the person's newest consent is no longer one; write"
	    " live = no\n" },
	{ "live = yes", "live = yes\npromotional = no", MAIN "43: promotional"
	    " begins with its date: \"no\" is not a date; write"
	    " year-month-day, such as 2026-12-04\n" },
	{ "live = yes", "live = yes\ntested = waived", MAIN "43: tested: waived"
	    " needs its reason; write such as waived, long known to us\n" },
	{ "live = yes", "live = yes\ntested = yes", MAIN "43: tested: \"yes\""
	    " is not a date; write year-month-day, such as 2026-12-04\n" },
	{ "live = yes", "live = yes\ncontact_waived = has nobody", MAIN "43:"
	    " contact_waived: write waived, and why, such as waived, has"
	    " nobody\n" },
	{ "live = yes", "live = yes\nsafety = dog, diabetes", MAIN "43: safety:"
	    " \"diabetes\" is none of the words for a visit, and an illness"
	    " has no place here; write one of dog, other_pets,"
	    " hard_of_hearing, poor_sight, slow_to_door, stairs, other_door,"
	    " go_in_twos\n" },
	{ "live = yes", "live = yes\nage_band = old", MAIN "43: age_band:"
	    " \"old\" is no band of years; write it such as 70-79, or"
	    " 90+\n" },
	{ "live = yes", "live = no\nleft = 2026-12-01", MAIN "43: left stands"
	    " without its reason; write left_reason = and one of moved,"
	    " care_home, died, own_wish, not_needed, unreachable, other\n" },
	{ "live = yes", "live = no\nleft_reason = died", MAIN "43: left_reason"
	    " stands without its date; write left = and the first day on which"
	    " they were no longer asked\n" },
	{ "live = yes", "live = no\nleft = 2026-12-01\nleft_reason = bored",
	    MAIN "44: left_reason: \"bored\" is none of the reasons; write"
	    " one of moved, care_home, died, own_wish, not_needed,"
	    " unreachable, other\n" },
	{ "live = yes", "live = yes\nreferred_on = 2026-12-01", MAIN "43:"
	    " referred_on stands without who it was; write referred_by = and"
	    " them\n" },
	{ "areas = Sneinton", "languages = Polish", MAIN "50: languages:"
	    " \"Polish\" is no short name of a language; write such as en,"
	    " pl\n" },
	{ "areas = Sneinton", "checks = DBS", MAIN "50: checks begins with the"
	    " last day on which they hold: \"DBS\" is not a date; write"
	    " year-month-day, such as 2026-12-04\n" },
	{ "live = yes", "live = yes\nchannel = phone", MAIN "43: channel:"
	    " \"phone\" is none of call, text and human; write one of them, or"
	    " call, text\n" },
	{ "live = yes", "live = yes\nchannel = human, call", MAIN "43: channel:"
	    " human replaces the ladder, so nothing else may stand beside it;"
	    " write human alone\n" },
	{ "live = yes", "live = yes\nchannel = call, text", MAIN "43: channel"
	    " has text, but there is no number for texts; write text = and a"
	    " mobile number\n" },
	{ "live = yes", "live = yes\nlanguage = pl", MAIN "43: language: \"pl\""
	    " is not among languages of [service]; write one of en, or"
	    " channel = human, where a volunteer rings\n" },
	{ "live = yes", "live = yes\ncontact_hours = 20:00-08:00", MAIN "43:"
	    " contact_hours: \"20:00-08:00\" ends before it begins; hours lie"
	    " within one day, from 00:00 to 24:00 at most\n" },
	{ "allow_numbers = 01154960*, 07700900*", "timezone = Europe/Londn",
	    MAIN "5: timezone: there is no time zone \"Europe/Londn\"; write"
	    " one such as Europe/London\n" },
	{ "allow_numbers = 01154960*, 07700900*", "max_attempts_per_day = 0",
	    MAIN "5: max_attempts_per_day: \"0\" is not a whole number from 1"
	    " to 50\n" },
	{ "allow_numbers = 01154960*, 07700900*", "languages = en, Polish",
	    MAIN "5: languages: \"Polish\" is no short name of a language;"
	    " write such as en, pl\n" },
	/* The service. */
	{ "name = Test Check-in\n", "", MAIN "1: [service] lacks its key name;"
	    " write name = and behind it the scheme's name as people hear and"
	    " read it\n" },
	{ "database = ringround.db", "database = no/such/ringround.db",
	    MAIN "4: database: there is no folder TMP/no/such; make it, or"
	    " write another path\n" },
	{ "database = ringround.db", "database = participants.d",
	    MAIN "4: database: TMP/participants.d is no file; write the path of"
	    " a file\n" },
	{ "database = ringround.db", "database = ringround.db\ninclude ="
	    " people.d/*.conf", MAIN "5: include: there is no folder for"
	    " \"people.d/*.conf\"; make it, or take the line away\n" },
	{ "database = ringround.db", "database = ringround.db\ninclude ="
	    " participants.d/*", MAIN "5: include: \"participants.d/*\" ends in"
	    " neither .conf nor .csv; write a pattern such as"
	    " participants.d/*.conf\n" },
	/* Gateways. */
	{ "driver = twilio", "driver = twillio", MAIN "7: driver: there is none"
	    " called \"twillio\"; did you mean \"twilio\"?\n" },
	{ "auth_token_file = auth_token", "auth_token_file = no_token",
	    MAIN "10: auth_token_file: TMP/no_token: No such file or directory;"
	    " put the secret into that file, where whoever runs this may"
	    " read it\n" },
	{ "auth_token_file = auth_token", "auth_token_file = empty",
	    MAIN "10: auth_token_file: TMP/empty is empty or begins with an"
	    " empty line; write the secret into its first line\n" },
	{ "http://127.0.0.1:9080", "https://api.example.org", MAIN "14: gateway"
	    " main is on another machine and must reach us while it calls;"
	    " write as public_url of [web] an https address with a public"
	    " name, such as https://check-in.example.org (a tunnel's will"
	    " do: see ringroundd(8))\n" },
	{ "http://127.0.0.1:9080", "http://api.example.org", MAIN "8: base_url:"
	    " the token would leave this machine in the clear; write https://"
	    " before api.example.org\n"
	    MAIN "14: gateway main is on another machine and must reach us"
	    " while it calls; write as public_url of [web] an https address"
	    " with a public name, such as https://check-in.example.org (a"
	    " tunnel's will do: see ringroundd(8))\n" },
	{ "http://127.0.0.1:9080", "ftp://127.0.0.1", MAIN "8: base_url: an"
	    " address begins with http://, https://, smtp:// or smtps://\n" },
	{ "account_sid = AC00000000000000000000000000000001",
	    "account_sid = AC01", MAIN "9: account_sid is not AC and 32 digits"
	    " from 0 to f; copy it from the gateway's console, or write"
	    " strict_sid = no\n" },
	{ "text_from = 07700 900999", "text_from = Checkin", MAIN "12:"
	    " text_from is a name in letters, to which nobody can reply, but"
	    " round morning asks by text; write a mobile number\n" },
	{ "text_from = 07700 900999\n", "", MAIN "21: ladder standard has a"
	    " text, but no gateway takes any; write text_from, and text in"
	    " channels where those stand, for a [gateway], or another"
	    " ladder\n" },
	{ "call_from = 0115 496 0999\n", "channels = text\n", MAIN "22: ladder"
	    " standard has a call, but no gateway takes any; write call_from,"
	    " and call in channels where those stand, for a [gateway], or"
	    " another ladder\n" },
	{ "call_from = 0115 496 0999\n", "channels = call, text\n", MAIN "11:"
	    " channels has call, but there is no call_from; write the number"
	    " that people are to see\n" },
	{ "auth_token_file = auth_token", "auth_token_file = auth_token\n"
	    "api_key_sid = SK00000000000000000000000000000001", MAIN "11:"
	    " api_key_sid stands alone; write api_key_secret_file too\n" },
	/* Ladders and rounds. */
	{ "step = 0 call", "step = 0 ring", MAIN "16: step: \"ring\" is no way"
	    " to ask; write call, text, call alternate or text alternate\n" },
	{ "step = 0 call", "step = call", MAIN "16: step: write the minutes"
	    " after the slot and what is done then, such as 15 call, text\n" },
	{ "step = 0 call", "step = 20 call", MAIN "17: step: it is not later"
	    " than the one before; write the steps in their order, one for"
	    " each time\n" },
	{ "step = 0 call", "step = 0 call, call", MAIN "16: step: call stands"
	    " twice in it; write it once, or make two steps\n" },
	{ "step = 0 call\nstep = 15 call, text\n", "", MAIN "15: [ladder"
	    " standard] lacks its key step; write step = and behind it minutes"
	    " after the slot and what is done then, such as 0 call, or 15"
	    " call, text, or 30 call alternate\n" },
	{ "flag_after = 60m", "flag_after = 10m", MAIN "18: flag_after comes"
	    " before the last step of the ladder; write 15m or more\n" },
	{ "flag_after = 60m", "flag_after = 60m\nring = 45", MAIN "19: ring:"
	    " \"45\" is not a length of time from 10s to 2m, such as 45s, 20m"
	    " or 2h\n" },
	{ "ladder = standard", "ladder = standart", MAIN "22: ladder: there is"
	    " no [ladder standart]; did you mean \"standard\"?\n" },
	{ "at = 09:00", "at = 07:30", MAIN "20: round morning begins at 07:30,"
	    " before contact_hours does (08:00); let it begin later, or widen"
	    " the hours\n" },
	/* 19:00, spread 20 minutes, last step +15, and busy for 30 more. */
	{ "at = 09:00", "at = 19:00", MAIN "20: round morning with its spread"
	    " and ladder standard may ask until 20:04, but contact_hours ends"
	    " at 20:00; let it begin earlier, or shorten spread or ladder\n" },
	{ "live = yes", "live = yes\ncontact_hours = 09:10-12:00", MAIN "39:"
	    " round morning begins at 09:00, before the person's own"
	    " contact_hours does (09:10); let it begin later, or widen the"
	    " hours\n" },
	/* Messages. */
	{ "ask = Press 1 if you are well.\n", "", MAIN "23: [message en] lacks"
	    " its key ask; write ask = and behind it the question of a call,"
	    " said three times: press 1, 2 or 9\n" },
	{ "text_thanks = {service}: thank you.\n", "", MAIN "23: [message en]"
	    " lacks its key text_thanks; write text_thanks = and behind it the"
	    " answer to OK\n" },
	{ "ask = Press 1 if you are well.", "ask = Press 1 ; or 2.", MAIN "25:"
	    " ask: words behind \" ;\" or on a line that begins with ; or # are"
	    " taken for a comment and never said; write a comma or a full stop"
	    " instead\n" },
	{ "ask = Press 1 if you are well.", "ask = Press 1,\n  #2 or 9.",
	    MAIN "26: ask: words behind \" ;\" or on a line that begins with ;"
	    " or # are taken for a comment and never said; write a comma or a"
	    " full stop instead\n" },
	{ NULL, "[message pl]\nask = Czy\n", MAIN "51: [message pl] is for a"
	    " language that nobody is spoken to in; write pl into languages of"
	    " [service]\n" },
	{ "database = ringround.db", "database = ringround.db\nlanguages = en,"
	    " pl", MAIN "5: there is no [message pl]; write that section, or"
	    " take pl out of languages\n" },
	/* People. */
	{ "consent = 2026-09-01, written\n", "", MAIN "41: a live person needs"
	    " their consent; write consent = and its date, how, and who"
	    " recorded it, or live = no\n" },
	{ "round = morning\n", "", MAIN "41: a live person needs a round; write"
	    " round = and its name, or live = no\n" },
	{ "round = morning\n", "round = mornign\n", MAIN "39: round: there is"
	    " no [round mornign]; did you mean \"morning\"?\n" },
	{ "round = morning\n", "round = morning, morning\n", MAIN "39: round:"
	    " morning stands twice; write it once\n" },
	{ "phone = 0115 496 0123\n", "", MAIN "41: a live person needs a"
	    " number; write phone = or text = and the number, or live = no\n" },
	{ "at = 09:00\nspread = 20m\nladder = standard\n", "at = 09:00\n"
	    "ladder = texts\n[ladder texts]\nstep = 0 text\nflag_after ="
	    " 60m\n", MAIN "41: no step of ladder texts, which round morning"
	    " climbs, can reach this person; write a number for its channel,"
	    " or another round, or live = no\n" },
	{ "role = coordinator\n", "", MAIN "1: there is no coordinator, who is"
	    " the last to be told of every flag; write role = coordinator for"
	    " a [volunteer]\n" },
	{ "role = coordinator", "role = boss", MAIN "1: there is no"
	    " coordinator, who is the last to be told of every flag; write"
	    " role = coordinator for a [volunteer]\n"
	    MAIN "45: role: \"boss\" is neither volunteer nor coordinator;"
	    " write one of them\n" },
	{ "mobile = 07700 900202\n", "", MAIN "47: [volunteer tom] has neither"
	    " mobile nor email and can be told of nothing; write one of"
	    " them\n" },
	{ "07700 900202", "07700 900201", MAIN "43: mobile is that of volunteer"
	    " tom too, so nobody could tell who claims; give each their"
	    " own\n" MAIN "49: mobile is that of volunteer"
	    " asha too, so nobody could tell who claims; give each their"
	    " own\n" },
	{ "areas = Sneinton", "areas = Sneinton,", MAIN "50: areas: there is an"
	    " empty name between the commas; write such as Sneinton, St"
	    " Ann's\n" },
	{ "areas = Sneinton", "email = tom at example", MAIN "50: email is not"
	    " one e-mail address; write it such as asha@example.org\n" },
	{ "areas = Sneinton", "duty = 08:00-18:00", MAIN "50: duty:"
	    " \"08:00-18:00\" are no days with hours; write such as mon-fri"
	    " 08:00-18:00\n" },
	/* Nothing is wrong with these. */
	{ NULL, "", "" },
	{ "http://127.0.0.1:9080", "http://localhost:9080", "" },
	{ "live = yes", "live = no\ncontact_hours = 09:10-12:00", "" },
	{ "at = 09:00", "at = 07:30 ; early", MAIN "20: round morning begins at"
	    " 07:30, before contact_hours does (08:00); let it begin later, or"
	    " widen the hours\n" },
	{ "0115 496 0123", "07700 900123", "" },
};

/* A row in one line, for its name. */
static const char *
flat(const char *text, char ret[64])
{
	snprintf(ret, 64, "%.60s", text ? text : "the end");
	for (char *s = ret; *s; s++) {
		if (*s == '\n')
			*s = '|';
	}
	return ret;
}

static void
check_row(const struct row *row)
{
	char *mistakes, *warnings;
	char old[64], new[64];

	scheme_write_changed(row->old, row->new);
	struct config *c = scheme_load(&mistakes, &warnings);
	is_text(mistakes, row->said, "\"%s\" for \"%s\"",
	    flat(row->new, new), flat(row->old, old));
	config_free(c);
	free(mistakes);
	free(warnings);
}

/* Doubts: the configuration is loaded all the same. */
static const struct row doubts[] = {
	{ NULL, "", "" },
	{ "area = Sneinton\nconsent", "area = Snienton\nconsent", MAIN "40: no"
	    " volunteer has the area Snienton, so its flags go to a"
	    " coordinator at once; write it into areas of a [volunteer], or"
	    " spell it as there\n" },
	{ "area = Sneinton\nconsent", "area = SNEINTON\nconsent", "" },
	{ "areas = Sneinton\n", "areas = Sneinton\nduty = mon-fri"
	    " 08:00-18:00\n[volunteer grace]\nname = Grace Obi\nrole ="
	    " coordinator\nemail = g@example.org\nduty = mon-sat 08:00-20:00"
	    "\n", "" },
	{ "role = coordinator\nmobile = 07700 900201\n[volunteer tom]\n",
	    "role = coordinator\nmobile = 07700 900201\nduty = mon-sat"
	    " 08:00-20:00\n[volunteer tom]\nduty = mon-fri 08:00-18:00\n",
	    MAIN "40: on Sunday at 10:00, when round morning raises its flags,"
	    " nobody is on duty for the area Sneinton; write more duty for a"
	    " volunteer or coordinator\n" },
	{ "07700 900202", "07701 900202", MAIN "49: mobile is not among"
	    " allow_numbers, so tom gets no texts; add it there\n" },
	{ "auth_token_file = auth_token", "auth_token_file = open", MAIN "10:"
	    " auth_token_file: everybody on this machine may read the secret;"
	    " take that right away (chmod 640)\n" },
	{ "database = ringround.db", "database = ringround.db\ninclude ="
	    " participants.d/*.conf", MAIN "5: include: no file fits"
	    " \"participants.d/*.conf\"; it may be that nobody is in it"
	    " yet\n" },
	{ "text_thanks = {service}: thank you.", "text_thanks = {service}:"
	    " thank you, and thank you,\n  and thank you, and thank you, and"
	    " thank you, and thank you,\n  and thank you, and thank you, and"
	    " thank you, and thank you, and thank you.", MAIN "33: text_thanks"
	    " goes out in 2 parts, and each is paid for; shorten it to 160"
	    " characters\n" },
	{ "call_from = 0115 496 0999\n", "call_from = 0115 496 0999\n"
	    "calls_per_second = 0.001\n", "" },
};

static void
check_doubt(const struct row *row)
{
	char *mistakes, *warnings;
	char old[64], new[64];

	scheme_write_changed(row->old, row->new);
	struct config *c = scheme_load(&mistakes, &warnings);
	ok(c != NULL, "\"%s\" is loaded", flat(row->new, new));
	is_text(mistakes, "", "with nothing wrong");
	is_text(warnings, row->said, "\"%s\" for \"%s\"",
	    flat(row->new, new), flat(row->old, old));
	config_free(c);
	free(mistakes);
	free(warnings);
}

/* The same secret that is a doubt on loopback is a mistake beyond it. */
static void
open_secret(void)
{
	char *mistakes, *warnings;

	scheme_write_changed("http://127.0.0.1:9080\n"
	    "account_sid = AC00000000000000000000000000000001\n"
	    "auth_token_file = auth_token\n",
	    "https://api.example.org\n"
	    "account_sid = AC00000000000000000000000000000001\n"
	    "auth_token_file = open\n");
	struct config *c = scheme_load(&mistakes, &warnings);
	ok(strstr(mistakes, MAIN "10: auth_token_file: everybody on this"
	    " machine may read the secret; take that right away (chmod"
	    " 640)\n") != NULL, "a secret that all may read");
	ok(strstr(warnings, MAIN "9: account_sid is still the sample's, which"
	    " is nobody's account; copy yours from the gateway's console\n")
	    != NULL, "the sample's account: %s", warnings);
	config_free(c);
	free(mistakes);
	free(warnings);
}

/* All mistakes of a load, in the order of the files and lines. */
static void
all_together(void)
{
	char *mistakes, *warnings;

	scheme_write_changed("allow_numbers = 01154960*, 07700900*\n",
	    "include = participants.d/*.conf\nmax_attempts = 6\n");
	scheme_write("participants.d/20-b.conf", "[participant b]\n"
	    "phone = 999\n");
	scheme_write("participants.d/10-a.conf", "[participant a]\n"
	    "name = A\ncall_me = A\nphone = 99\nlive = perhaps\n"
	    "[web]\nlisten = 127.0.0.1:1\n");
	struct config *c = scheme_load(&mistakes, &warnings);
	is_text(mistakes,
	    MAIN "6: [service] has no key \"max_attempts\"; write one of"
	    " country_code, languages, name, office_phone, timezone, database,"
	    " socket, include, contact_hours, closes, max_attempts_per_day,"
	    " allow_numbers, max_late, heartbeat_url\n"
	    "participants.d/10-a.conf:4: phone is a short code or lacks its"
	    " area code, and is never dialled; write all of it, such as 0115"
	    " 496 0123\n"
	    "participants.d/10-a.conf:5: live: \"perhaps\" is neither yes nor"
	    " no; write one of them\n"
	    "participants.d/10-a.conf:6: [web] stands in an included file;"
	    " move it to the main file\n"
	    "participants.d/20-b.conf:1: [participant b] lacks its key name;"
	    " write name = and behind it the whole name, such as Mrs Edna"
	    " Clarke\n"
	    "participants.d/20-b.conf:1: [participant b] lacks its key"
	    " call_me; write call_me = and behind it how calls and texts name"
	    " the person, such as Edna\n"
	    "participants.d/20-b.conf:2: phone is an emergency number and is"
	    " never dialled; write the number of the person's own"
	    " telephone\n", "all mistakes at once");
	ok(!c, "and nothing is loaded");
	free(mistakes);
	free(warnings);
	unlink(scheme_path("participants.d/10-a.conf"));
	unlink(scheme_path("participants.d/20-b.conf"));
}

/* Folders that only others may write; root is asked as somebody else. */
static void
locked_folder(void)
{
	char *mistakes, *warnings;
	bool root = geteuid() == 0;

	mkdir(scheme_path("locked"), 0555);
	chmod(scheme_folder, 0755);
	scheme_write_changed("ringround.db", "locked/ringround.db");
	chmod(scheme_path("ringround.conf"), 0644);
	chmod(scheme_path("auth_token"), 0644);
	/* The owner's own folder; another's could still be the daemon's. */
	if (root && (chown(scheme_path("locked"), 65534, 65534) == -1 ||
	    seteuid(65534) == -1))
		printf("# cannot be somebody else\n");
	struct config *c = scheme_load(&mistakes, &warnings);
	if (root && seteuid(0) == -1)
		printf("# cannot be root again\n");
	is_text(mistakes, MAIN "4: database: the folder TMP/locked cannot be"
	    " written; give it to the daemon's user, or write another path\n",
	    "a folder that cannot be written");
	config_free(c);
	free(mistakes);
	free(warnings);
}

static void
no_file(void)
{
	char *mistakes, *warnings;

	unlink(scheme_path("ringround.conf"));
	struct config *c = scheme_load(&mistakes, &warnings);
	ok(!c, "a file that is not there");
	is_text(mistakes, MAIN "1: the file cannot be read: No such file or"
	    " directory; put it there, or let the daemon's user read it\n",
	    "is one mistake");
	free(mistakes);
	free(warnings);
	scheme_write("ringround.conf", "");
	c = scheme_load(&mistakes, &warnings);
	is_text(mistakes, MAIN "1: there is no [service]; write that section"
	    " with name, office_phone and database\n", "an empty file");
	free(mistakes);
	free(warnings);
}

int
main(void)
{
	scheme_begin();
	scheme_write("empty", "\n");
	scheme_write("open", "secret\n");
	chmod(scheme_path("open"), 0644);
	for (size_t i = 0; i < COUNT(rows); i++)
		check_row(&rows[i]);
	for (size_t i = 0; i < COUNT(doubts); i++)
		check_doubt(&doubts[i]);
	open_secret();
	all_together();
	no_file();
	locked_folder();
	return tap_done();
}

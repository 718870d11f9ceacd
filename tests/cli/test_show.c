/*
 * What people see of a document: each command's show, against its text.
 */
#include "cli/commands.h"
#include "tap.h"

#define NOW "'now': '2026-12-04T10:20:00+00:00',"

/* Documents stand here with ' for ", to be legible in C. */
static json_t *
read_doc(const char *text)
{
	struct buf b = BUF_EMPTY;
	json_error_t why;
	json_t *doc;

	for (; *text; text++)
		buf_addc(&b, *text == '\'' ? '"' : *text);
	doc = json_loads(buf_text(&b), 0, &why);
	if (!doc)
		printf("# %s: %s\n", why.text, buf_text(&b));
	buf_release(&b);
	return doc;
}

static const struct {
	const char *name;
	const struct cli_command *command;
	const char *doc, *shown;
} cases[] = {
	{ "status at its fullest", &cmd_status,
	    "{ 'schema': 'ringround.status/1', 'service': 'Nottingham "
	    "Check-in', 'running': true," NOW "'date': '2026-12-04',"
	    "'rounds': [ { 'round': 'morning', 'due': 2, 'asking': 1,"
	    " 'confirmed': 30, 'confirmed_late': 1, 'help_requested': 1,"
	    " 'no_response': 0, 'undelivered': 0, 'missed': 0,"
	    " 'cancelled': 1 }, { 'round': 'friday', 'due': 4 } ],"
	    "'flags': { 'open': 1, 'claimed': 2 },"
	    "'incidents': [ { 'id': 3, 'kind': 'gateway_down', 'subject':"
	    " 'main', 'since': '2026-12-03T23:10:00+00:00' } ],"
	    "'holds': [ { 'round': 'friday', 'reason': 'no lunch', 'who':"
	    " 'asha', 'since': '2026-12-04T08:00:00+00:00' },"
	    " { 'round': null, 'reason': 'no power', 'who': 'asha',"
	    " 'since': '2026-12-04T08:10:00+00:00' } ],"
	    "'cancelled': [ { 'participant': 'sam', 'round': 'morning',"
	    " 'reason': 'no longer live' } ],"
	    "'gateways': [ { 'name': 'main', 'state': 'down' },"
	    " { 'name': 'spare', 'state': 'unknown' } ],"
	    "'lateness': { 'p50_s': 1, 'max_s': 130 },"
	    "'next_wake': '2026-12-04T10:25:00+00:00',"
	    "'config': { 'loaded_at': '2026-12-04T08:00:00+00:00',"
	    " 'mistakes': 2 } }",
	    "Nottingham Check-in, Fri 4 Dec 2026 10:20\n"
	    "Next: 10:25.\n"
	    "\n"
	    "Round    Progress                due  asking  confirmed  late"
	    "  help  no response  undelivered  missed  cancelled\n"
	    "morning  [#################!>.]    2       1         30     1"
	    "     1            0            0       0          1\n"
	    "friday   [....................]    4       0          0     0"
	    "     0            0            0       0          0\n"
	    "\n"
	    "ON HOLD     friday since 08:00, by asha: no lunch\n"
	    "ON HOLD     everything since 08:10, by asha: no power\n"
	    "Flags       1 open, 2 claimed; see: ringround flags\n"
	    "Incident    gateway down main since Thu 3 Dec 23:10\n"
	    "Gateway     main down\n"
	    "Gateway     spare not tried yet\n"
	    "Lateness    half of the first calls and texts within 1 s of "
	    "their slot, the worst 2 min\n"
	    "Files       loaded 08:00; the newest have 2 mistakes and are not"
	    " in force; see: ringround reload\n"
	    "Cancelled   sam (morning): no longer live\n" },
	{ "status of a quiet day without the daemon", &cmd_status,
	    "{ 'service': 'S', 'running': false," NOW "'rounds': [],"
	    "'flags': { 'open': 0, 'claimed': 0 }, 'incidents': [],"
	    "'gateways': [ { 'name': 'main', 'state': 'unknown' } ],"
	    "'lateness': { 'p50_s': null, 'max_s': null },"
	    "'config': { 'loaded_at': '2026-12-04T08:00:00+00:00',"
	    " 'mistakes': 0 } }",
	    "S, Fri 4 Dec 2026 10:20\n"
	    "The daemon is not running: nobody is being asked.\n"
	    "\n"
	    "No round today.\n"
	    "\n"
	    "Flags       none\n"
	    "Gateway     main not known without the daemon\n"
	    "Files       loaded 08:00\n" },
	{ "a plan", &cmd_plan,
	    "{ 'date': '2026-12-04'," NOW "'checkins': ["
	    "{ 'participant': 'edna', 'name': 'Mrs Edna Clarke', 'round':"
	    " 'morning', 'slot': '2026-12-04T09:05:00+00:00', 'ladder':"
	    " 'standard', 'steps': [ { 'at': '2026-12-04T09:05:00+00:00',"
	    " 'channel': 'call' }, { 'at': '2026-12-04T09:20:00+00:00',"
	    " 'channel': 'call' }, { 'at': '2026-12-04T09:20:00+00:00',"
	    " 'channel': 'text' } ], 'skipped': null },"
	    "{ 'participant': 'walter', 'name': 'Mr Walter O\\u2019Neill',"
	    " 'round': 'morning', 'slot': '2026-12-04T09:10:00+00:00',"
	    " 'ladder': 'standard', 'steps': [], 'skipped': 'away' } ],"
	    "'next_slots': [ { 'participant': 'edna', 'name':"
	    " 'Mrs Edna Clarke', 'at': '2026-12-05T09:05:00+00:00' },"
	    " { 'participant': 'walter', 'name': 'W', 'at': null } ] }",
	    "Fri 4 Dec 2026\n"
	    "\n"
	    "Slot   Person  Name               Round    Ladder    Asked by\n"
	    "09:05  edna    Mrs Edna Clarke    morning  standard  09:05 call,"
	    " 09:20 call + text\n"
	    "09:10  walter  Mr Walter O\xe2\x80\x99Neill  morning  standard  "
	    "not asked: away\n"
	    "\n"
	    "Person  Name             Next slot\n"
	    "edna    Mrs Edna Clarke  Sat 5 Dec 09:05\n"
	    "walter  W                none in the next 60 days\n" },
	{ "flags", &cmd_flags,
	    "{" NOW "'flags': [ { 'code': 'K4F7', 'participant': 'edna',"
	    " 'name': 'Mrs Edna Clarke', 'reason': 'no_response', 'priority':"
	    " 'high', 'state': 'open', 'owner': null, 'raised_at':"
	    " '2026-12-04T10:05:00+00:00', 'deadline':"
	    " '2026-12-04T10:20:00+00:00' },"
	    " { 'code': 'M3X9', 'participant': null, 'number':"
	    " '+447700900999', 'reason': 'unclear_reply', 'priority':"
	    " 'normal', 'state': 'claimed', 'owner': 'tom', 'raised_at':"
	    " '2026-12-03T10:05:00+00:00', 'deadline': null },"
	    " { 'code': 'P3P6', 'participant': 'sam', 'name': 'Sam', 'reason':"
	    " 'help', 'priority': 'urgent', 'state': 'resolved', 'owner':"
	    " 'tom', 'raised_at': '2026-12-04T10:05:00+00:00', 'deadline':"
	    " null, 'disposition': 'safe', 'false_alarm_reason':"
	    " 'bath_or_garden' } ] }",
	    "Code  Person        Name             Why            Since   "
	    "Deadline  Owner   What to do\n"
	    "K4F7  edna          Mrs Edna Clarke  no response    15 min  "
	    "10:20     nobody  ringround claim K4F7\n"
	    "M3X9  (a stranger)  +447700900999    unclear reply  24 h    "
	    "          tom     ring them, then resolve\n"
	    "P3P6  sam           Sam              help           15 min  "
	    "          tom     safe: bath or garden\n"
	    "What to do in full: ringround script CODE.  When it is done:\n"
	    "ringround resolve CODE --disposition WORD (--help tells the "
	    "words)\n" },
	{ "no flags", &cmd_flags, "{ 'flags': [] }", "No flag is open.\n" },
	{ "a claimed flag", &cmd_claim,
	    "{ 'code': 'K4F7', 'participant': 'edna', 'name': 'Edna',"
	    " 'reason': 'help', 'state': 'claimed', 'owner': 'tom',"
	    " 'ring_by': '2026-12-04T10:20:00+00:00' }",
	    "K4F7 (Edna, help): claimed by tom\n"
	    "They were promised a call by Fri 4 Dec 10:20.\n"
	    "Next: ringround history edna says whom to ring; then:\n"
	    "ringround resolve K4F7 --disposition WORD (--help tells the "
	    "words)\n" },
	{ "a claimed stranger", &cmd_claim,
	    "{ 'code': 'K4F7', 'participant': null, 'number':"
	    " '+447700900999', 'reason': 'help', 'state': 'claimed', 'owner':"
	    " 'tom' }",
	    "K4F7 (+447700900999, help): claimed by tom\n"
	    "Next: see to it; then:\nringround resolve K4F7 --disposition "
	    "WORD (--help tells the words)\n" },
	{ "a released flag", &cmd_release,
	    "{ 'code': 'K4F7', 'participant': 'edna', 'reason': 'missed',"
	    " 'state': 'open' }",
	    "K4F7 (edna, missed): open, nobody's\n" },
	{ "a resolved flag", &cmd_resolve,
	    "{ 'code': 'K4F7', 'participant': 'edna', 'reason': 'missed',"
	    " 'state': 'resolved', 'disposition': 'safe',"
	    " 'false_alarm_reason': 'our_error' }",
	    "K4F7 (edna, missed): resolved, safe: our error\n" },
	{ "a history", &cmd_history,
	    "{ 'participant': 'edna', 'name': 'Mrs Edna Clarke', 'phone':"
	    " '+441154960123', 'text': '+447700900123', 'alternate': null,"
	    "'contacts': [ { 'name': 'Brian Clarke', 'relation': 'son',"
	    " 'number': '+447700900124', 'keyholder': true }, { 'name':"
	    " 'Mrs Joan Webb', 'relation': 'neighbour', 'number':"
	    " '+441154960125', 'keyholder': false } ],"
	    "'checkins': [ { 'round': 'morning', 'date': '2026-12-04',"
	    " 'slot': '2026-12-04T09:05:00+00:00', 'state':"
	    " 'confirmed_late', 'confirmed_by': 'call_back', 'flag': 'K4F7',"
	    " 'reason': null, 'attempts': [ { 'id': 'x', 'step': 0,"
	    " 'channel': 'call', 'number': '+441154960123', 'gateway':"
	    " 'main', 'gateway_id': 'CA01', 'state': 'ended', 'outcome':"
	    " 'no_answer', 'sent_at': '2026-12-04T09:05:01+00:00' },"
	    " { 'step': 1, 'channel': 'text', 'number': '+447700900123',"
	    " 'gateway': 'main', 'gateway_id': null, 'state': 'uncertain',"
	    " 'outcome': null, 'sent_at': '2026-12-04T09:20:00+00:00' } ] },"
	    " { 'round': 'morning', 'date': '2026-12-03', 'slot':"
	    " '2026-12-03T09:05:00+00:00', 'state': 'cancelled',"
	    " 'confirmed_by': null, 'flag': null, 'reason': 'away',"
	    " 'attempts': [] } ],"
	    "'replies': [ { 'at': '2026-12-04T10:15:00+00:00', 'channel':"
	    " 'text', 'text': 'was in the\\ngarden', 'reading': 'unclear' }"
	    " ],"
	    "'flags': [ { 'code': 'K4F7', 'reason': 'no_response', 'state':"
	    " 'claimed', 'story': [ { 'at': '2026-12-04T10:05:00+00:00',"
	    " 'who': 'ringround', 'from': 'rule', 'action': 'raised',"
	    " 'detail': null }, { 'at': '2026-12-04T10:05:00+00:00', 'who':"
	    " 'tom', 'from': 'text', 'action': 'flag', 'detail': 'accepted' },"
	    " { 'at': '2026-12-04T10:05:00+00:00', 'who': 'tom', 'from':"
	    " 'email', 'action': 'flag', 'detail': 'failed' },"
	    " { 'at': '2026-12-04T10:07:00+00:00', 'who':"
	    " 'tom', 'from': 'text', 'action': 'claim', 'detail': null } ] }"
	    " ] }",
	    "edna  Mrs Edna Clarke\n"
	    "Phone     +441154960123\n"
	    "Text      +447700900123\n"
	    "Contacts  +447700900124 Brian Clarke, son, keyholder\n"
	    "          +441154960125 Mrs Joan Webb, neighbour\n"
	    "\n"
	    "Fri 4 Dec 2026 09:05 morning: confirmed late, by call back, flag "
	    "K4F7\n"
	    "    Sent   By    Number         Outcome    Gateway  Its id\n"
	    "    09:05  call  +441154960123  no answer  main     CA01\n"
	    "    09:20  text  +447700900123  uncertain  main\n"
	    "\n"
	    "Thu 3 Dec 2026 09:05 morning: cancelled; away\n"
	    "\n"
	    "Replies\n"
	    "    At               By    Read as  What came\n"
	    "    Fri 4 Dec 10:15  text  unclear  was in the garden\n"
	    "\n"
	    "Flag K4F7: no response, claimed\n"
	    "    At               Who        What\n"
	    "    Fri 4 Dec 10:05  ringround  raised\n"
	    "    Fri 4 Dec 10:05  tom        was asked by text    sent\n"
	    "    Fri 4 Dec 10:05  tom        was asked by e-mail  failed\n"
	    "    Fri 4 Dec 10:07  tom        claim\n" },
	{ "a history that has not begun", &cmd_history,
	    "{ 'participant': 'lily', 'checkins': [], 'replies': [] }",
	    "lily  (no longer on the list)\n\nNo check-in yet.\n" },
	{ "addresses", &cmd_urls,
	    "{ 'gateways': [ { 'gateway': 'main', 'inbound_text':"
	    " 'https://x.example/t', 'inbound_call': 'https://x.example/c',"
	    " 'inbound_call_end': null } ] }",
	    "In the console of gateway main, by HTTP POST\n"
	    "  Field               Address\n"
	    "  A message comes in  https://x.example/t\n"
	    "  A call comes in     https://x.example/c\n" },
	{ "how a reply is read", &cmd_explain,
	    "{ 'reading': 'ok', 'rule': 'every word is OK or a courtesy' }",
	    "ok (confirms)\nevery word is OK or a courtesy\n" },
	{ "a number that is rung", &cmd_explain,
	    "{ 'e164': '+441154960123', 'kind': 'landline', 'callable': true,"
	    " 'textable': false, 'why': 'for texts: it is a landline' }",
	    "+441154960123 (landline): may be rung, not texted\n"
	    "for texts: it is a landline\n" },
	{ "a number that is not", &cmd_explain,
	    "{ 'e164': null, 'kind': 'emergency', 'callable': false,"
	    " 'textable': false, 'why': 'it is never dialled' }",
	    "No number (emergency): refused\nit is never dialled\n" },
	{ "a slot", &cmd_explain,
	    "{ 'date': '2027-03-28', 'at': '2027-03-28T02:00:00+01:00',"
	    " 'note': 'the clocks go forward' }",
	    "Sun 28 Mar 2027: 2027-03-28T02:00:00+01:00\n"
	    "the clocks go forward\n" },
	{ "a day without a slot", &cmd_explain,
	    "{ 'date': '2027-03-28', 'at': null, 'note': 'not that day' }",
	    "Sun 28 Mar 2027: nobody's turn\nnot that day\n" },
	{ "a check in order", &cmd_check,
	    "{ 'file': 'a.conf', 'ok': true, 'participants': 3, 'live': 1,"
	    " 'volunteers': 2, 'rounds': 1, 'mistakes': [], 'warnings':"
	    " [ { 'file': 'a.conf', 'line': 2, 'message': 'm' } ]," NOW
	    "'next_slots': [] }",
	    "a.conf: in order, 1 warning\n"
	    "3 participants, 1 of them live; 2 volunteers; 1 round\n"
	    "\n"
	    "Nobody is live: nobody will be asked.\n" },
	{ "a check with mistakes", &cmd_check,
	    "{ 'file': 'a.conf', 'ok': false, 'participants': null,"
	    " 'mistakes': [ {}, {} ], 'warnings': [] }",
	    "a.conf: not fit to load: 2 mistakes, 0 warnings\n" },
	{ "a hold", &cmd_hold,
	    "{ 'holds': [ { 'round': null, 'reason': 'no power' },"
	    " { 'round': 'friday', 'reason': 'no lunch' } ] }",
	    "On hold: everything (no power), until: ringround resume\n"
	    "On hold: friday (no lunch), until: ringround resume --round "
	    "friday\n" },
	{ "no hold", &cmd_resume, "{ 'holds': [] }",
	    "Nothing is on hold.\n" },
	{ "a reload", &cmd_reload, "{ 'participants': 12, 'live': 9 }",
	    "Loaded: 12 participants, 9 of them live. They are in force.\n" },
	{ "the version", &cmd_version, "{ 'version': '0.1.0' }",
	    "ringround 0.1.0\n" },
};

int
main(void)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct paint p = { .colour = false };
		json_t *doc = read_doc(cases[i].doc);

		if (ok(doc != NULL, "%s: the document", cases[i].name)) {
			cases[i].command->show(doc, &p);
			is_text(buf_text(&p.out), cases[i].shown, "%s",
			    cases[i].name);
		}
		paint_release(&p);
		json_decref(doc);
	}
	/* Whatever an older or newer daemon leaves out, nothing breaks. */
	for (size_t i = 0; cli_commands()[i]; i++) {
		struct paint p = { .colour = true };
		json_t *doc = json_object();

		if (cli_commands()[i]->show)
			cli_commands()[i]->show(doc, &p);
		ok(true, "%s shows nothing", cli_commands()[i]->name);
		paint_release(&p);
		json_decref(doc);
	}
	return tap_done();
}

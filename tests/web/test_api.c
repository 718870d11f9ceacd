/*
 * The shape of what scripts rely on: a ledger filled by hand, and the JSON
 * that is made of it, to the byte.
 */
#include "web/api.h"
#include "rig.h"

#define MORNING 1796374800000	/* 2026-12-04T09:00:00Z, a Friday */
#define AT(minutes) (MORNING + (minutes) * MSEC_MINUTE)

/* Edna's check-in of the day, asked at its slot, flagged, claimed by Asha,
 * and confirmed late when she rang back; a stranger's flag; a hold; a gateway
 * that was down. */
static void
confirm(struct ledger *l, int64_t flag)
{
	struct ledger_checkin c;
	struct err e;

	rig_must(ledger_checkin_get(l, 1, &c, &e), &e);
	c.state = CHECKIN_CONFIRMED_LATE;
	c.started_at = MORNING;
	c.flag_at = AT(60);
	c.wake_at = 0;
	c.confirmed_by = CONFIRMED_BY_CALL_BACK;
	c.closed_at = AT(75);
	c.flag = flag;
	rig_must(ledger_checkin_save(l, &c, &e), &e);
}

static void
fill_checkin(struct ledger *l)
{
	struct ledger_checkin c = {
		.participant = "edna", .round = "morning", .ladder =
		"standard", .ladder_version = "v1", .state = CHECKIN_DUE,
		.slot = MORNING, .wake_at = MORNING,
	};
	struct ledger_checkin list[2];
	struct err e;

	c.date = calendar_date(MORNING);
	rig_must(ledger_live(l, "edna", "morning", 540, 1, AT(-60), &e), &e);
	rig_must(ledger_live(l, "walter", "morning", 540, 1, AT(-60), &e), &e);
	rig_must(ledger_checkin_plan(l, &c, &e), &e);
	is_int(ledger_checkins_of(l, "edna", c.date, list, 2, &e), 1,
	    "the check-in is there");
}

static void
fill_attempt(struct ledger *l)
{
	struct ledger_attempt a = {
		.ref = "abcdefghijklmnopqrstuvwxyz234567", .checkin = 1,
		.purpose = PURPOSE_FIRST, .channel = CHANNEL_CALL, .number =
		"+441154960123", .gateway = "main", .state = ATTEMPT_PLANNED,
		.rank = -1, .sequence = -1, .planned_at = MORNING, .due_at =
		MORNING,
	};
	struct err e;

	rig_must(ledger_attempt_add(l, &a, NULL, &e), &e);
	memcpy(a.gateway_id, "CA01", 5);
	a.state = ATTEMPT_ENDED;
	a.outcome = OUTCOME_NO_ANSWER;
	a.due_at = 0;
	a.sent_at = MORNING + 1500;
	a.ended_at = AT(1);
	rig_must(ledger_attempt_save(l, &a, &e), &e);
}

static void
fill_flags(struct ledger *l)
{
	struct ledger_flag f = {
		.code = "K4F7", .participant = "edna", .checkin = 1,
		.reason = FLAG_NO_RESPONSE, .priority = PRIORITY_HIGH,
		.state = FLAG_OPEN, .raised_at = AT(60), .deadline = AT(75),
		.coordinator_at = AT(90), .claim_by = 15 * MSEC_MINUTE,
	};
	struct ledger_flag stranger = {
		.code = "M3X9", .number = "+447700900999", .reason =
		FLAG_UNCLEAR_REPLY, .priority = PRIORITY_NORMAL, .state =
		FLAG_OPEN, .raised_at = AT(70), .deadline = AT(100),
		.coordinator_at = AT(130), .claim_by = 15 * MSEC_MINUTE,
	};
	struct ledger_decision claim = {
		.at = AT(62), .who = "asha", .from = "socket", .action =
		"claim",
	};
	struct err e;

	rig_must(ledger_flag_add(l, &f, &e), &e);
	rig_must(ledger_cause_add(l, f.id, FLAG_NO_RESPONSE, 1, AT(60), &e),
	    &e);
	f.state = FLAG_CLAIMED;
	memcpy(f.owner, "asha", 5);
	f.deadline = AT(120);
	rig_must(ledger_flag_save(l, &f, &e), &e);
	claim.flag = f.id;
	rig_must(ledger_decision_add(l, &claim, &e), &e);
	rig_must(ledger_flag_add(l, &stranger, &e), &e);
	confirm(l, f.id);
}

static void
fill_rest(struct ledger *l)
{
	struct ledger_reply r = {
		.participant = "edna", .number = "+447700900123", .channel =
		CHANNEL_TEXT, .gateway = "main", .gateway_id = "SM01",
		.at = AT(74), .text = "was in the garden \xff", .reading =
		"unclear", .checkin = 1,
	};
	struct ledger_absence a = {
		.participant = "walter", .kind = ABSENCE_HOSPITAL,
		.first = calendar_date(AT(0)), .last = LEDGER_OPEN_END,
		.from = "page", .who = "asha", .at = AT(0),
	};
	int64_t id;
	bool is_new;
	struct err e;

	rig_must(ledger_absence_add(l, &a, &e), &e);
	is_int(ledger_review_raise(l, "edna", REVIEW_DRIFT, "later", 0, AT(0),
	    &e), 1, "a review");
	rig_must(ledger_reply_add(l, &r, &e), &e);
	rig_must(ledger_hold_add(l, "friday", "no lunch", "asha", AT(10), &e),
	    &e);
	rig_must(ledger_incident_open(l, INCIDENT_GATEWAY_DOWN, "main",
	    "timed out",
	         AT(20), &id, &is_new, &e), &e);
	rig_must(ledger_load_add(l, "0123456789abcdef", 2, 0, AT(-60), &id, &e),
	    &e);
	rig_must(ledger_load_add(l, "fedcba9876543210", 2, 3, AT(5), &id, &e),
	    &e);
}

/* The document against its text, with ' for ". */
static void
is_doc(json_t *doc, const char *wanted, const struct err *e,
    const char *name)
{
	struct buf got = BUF_EMPTY;

	if (!ok(doc != NULL, "%s", name)) {
		printf("# %s\n", e->text);
		return;
	}
	json_print(doc, false, &got);
	for (size_t i = 0; i < got.len; i++)
		if (got.data[i] == '"')
			got.data[i] = '\'';
	is_text(buf_text(&got), wanted, "%s: its text", name);
	buf_release(&got);
	json_decref(doc);
}

static void
test_status(const struct api_source *s)
{
	struct err e;

	is_doc(api_status(s, &e),
	    "{'schema': 'ringround.status/1', 'service': 'Test Check-in', "
	    "'running': false, 'silent': null, "
	    "'now': '2026-12-04T10:20:00+00:00', "
	    "'date': '2026-12-04', 'rounds': [{'round': 'morning', 'due': 0, "
	    "'asking': 0, 'confirmed': 0, 'confirmed_late': 1, "
	    "'help_requested': 0, 'no_response': 0, 'undelivered': 0, "
	    "'missed': 0, 'cancelled': 0}, {'round': 'friday', 'due': 0, "
	    "'asking': 0, 'confirmed': 0, 'confirmed_late': 0, "
	    "'help_requested': 0, 'no_response': 0, 'undelivered': 0, "
	    "'missed': 0, 'cancelled': 0}], "
	    "'flags': {'open': 1, 'claimed': 1}, 'incidents': [{'id': 1, "
	    "'kind': 'gateway_down', 'subject': 'main', 'since': "
	    "'2026-12-04T09:20:00+00:00', 'detail': 'timed out'}], "
	    "'holds': [{'round': 'friday', 'reason': 'no lunch', 'who': "
	    "'asha', 'since': '2026-12-04T09:10:00+00:00'}], "
	    "'cancelled': [], 'away': [{'participant': 'walter', 'name': 'Mr "
	    "Walter O'Neill', 'kind': 'hospital', 'from': '2026-12-04', "
	    "'until': null, 'who': 'asha', 'way': 'page', 'note': null}, "
	    "{'participant': 'walter', 'name': 'Mr Walter O'Neill', 'kind': "
	    "'away', 'from': '2026-12-01', 'until': '2026-12-08', 'who': "
	    "null, 'way': 'file', 'note': null}], 'gateways': [{'name': "
	    "'main', 'state': "
	    "'unknown'}], 'lateness': {'p50_s': 2, 'max_s': 2}, "
	    "'config': {'loaded_at': '2026-12-04T08:00:00+00:00', "
	    "'mistakes': 3}, 'next_wake': null, 'loop': null}", &e,
	    "the status");
}

static void
test_flags(const struct api_source *s)
{
	bool found;
	struct err e;

	is_doc(api_flags(s, false, &e),
	    "{'schema': 'ringround.flags/1', 'now': "
	    "'2026-12-04T10:20:00+00:00', 'flags': [{'code': 'M3X9', "
	    "'participant': null, 'name': null, 'number': '+447700900999', "
	    "'round': null, 'date': '2026-12-04', 'reason': 'unclear_reply', "
	    "'priority': 'normal', 'state': 'open', 'owner': null, "
	    "'asked': null, 'raised_at': '2026-12-04T10:10:00+00:00', "
	    "'deadline': '2026-12-04T10:40:00+00:00', 'incident': null, "
	    "'disposition': null, 'false_alarm_reason': null, "
	    "'resolved_at': null, 'handed_to': null, 'spoken_to': null, "
	    "'contact_at': null, 'referred_to': null, 'ring_by': null, "
	    "'step': 'claim'}, {'code': 'K4F7', "
	    "'participant': 'edna', "
	    "'name': 'Mrs Edna Clarke', 'number': null, 'round': 'morning', "
	    "'date': '2026-12-04', 'reason': 'no_response', 'priority': "
	    "'high', 'state': 'claimed', 'owner': 'asha', 'asked': null, "
	    "'raised_at': '2026-12-04T10:00:00+00:00', "
	    "'deadline': '2026-12-04T11:00:00+00:00', 'incident': null, "
	    "'disposition': null, 'false_alarm_reason': "
	    "null, 'resolved_at': null, 'handed_to': null, 'spoken_to': null, "
	    "'contact_at': null, 'referred_to': null, 'ring_by': null, "
	    "'step': 'ring'}]}", &e, "the flags");
	is_doc(api_flag(s, "M3X9", &found, &e),
	    "{'schema': 'ringround.flag/1', 'code': 'M3X9', "
	    "'participant': null, 'name': null, 'number': '+447700900999', "
	    "'round': null, 'date': '2026-12-04', 'reason': 'unclear_reply', "
	    "'priority': 'normal', 'state': 'open', 'owner': null, "
	    "'asked': null, 'raised_at': '2026-12-04T10:10:00+00:00', "
	    "'deadline': '2026-12-04T10:40:00+00:00', 'incident': null, "
	    "'disposition': null, 'false_alarm_reason': null, "
	    "'resolved_at': null, 'handed_to': null, 'spoken_to': null, "
	    "'contact_at': null, 'referred_to': null, 'ring_by': null, "
	    "'wrote': null, "
	    "'script': {'first': 'Immediate danger: ring 999 first.', "
	    "'step': 'claim', 'title': 'Take it', "
	    "'why': 'They told us something that the machine could not "
	    "read.', 'words': 'Nobody has this "
	    "flag yet. Claim it if you can see to it now.', 'stop': 'If you "
	    "cannot, say NO: the next one is asked at once.', 'contact': "
	    "null, 'keyholder': null, 'notes': [], 'checklist': null}}",
	    &e, "one flag");
	ok(!api_flag(s, "X9X9", &found, &e) && !found, "no such flag");
	ok(!api_concerns(s, "X9X9", &found, &e) && !found, "nor its concerns");
	is_doc(api_reviews(s, &e), "{'schema': 'ringround.reviews/1', "
	    "'reviews': [{'id': 1, 'participant': 'edna', 'name': "
	    "'Mrs Edna Clarke', 'kind': 'drift', 'raised_at': "
	    "'2026-12-04T09:00:00+00:00', 'detail': 'later'}]}", &e,
	    "the reviews");
}

/* What is a safeguarding matter a volunteer does not learn. */
static void
test_restricted(const struct api_source *all)
{
	struct api_source theirs = *all;
	struct ledger_flag f;
	const char *how;
	json_t *doc;
	bool found;
	struct err e;

	rig_must(ledger_flag_by_code(all->ledger, "M3X9", &f, &e) == 1 ? 0 :
	    -1, &e);
	f.state = FLAG_RESOLVED;
	memcpy(f.owner, "asha", 5);
	f.disposition = DISPOSITION_SAFEGUARDING;
	f.resolved_at = AT(130);
	f.deadline = 0;
	rig_must(ledger_flag_save(all->ledger, &f, &e), &e);
	theirs.restricted = true;
	doc = api_flag(&theirs, "M3X9", &found, &e);
	ok(doc && json_is_null(json_object_get(doc, "disposition")),
	    "hidden from a volunteer");
	json_decref(doc);
	doc = api_flag(all, "M3X9", &found, &e);
	how = json_string_value(json_object_get(doc, "disposition"));
	is_text(how ? how : "", "safeguarding", "a coordinator sees it");
	json_decref(doc);
}

static void
test_plan(const struct api_source *s)
{
	struct api_source early = *s;
	const json_t *next;
	json_t *doc;
	struct err e;

	is_doc(api_plan(s, calendar_date(s->now), &e),
	    "{'schema': 'ringround.plan/1', 'now': "
	    "'2026-12-04T10:20:00+00:00', 'date': '2026-12-04', "
	    "'checkins': [{'participant': 'edna', 'name': 'Mrs Edna Clarke', "
	    "'round': 'morning', 'slot': '2026-12-04T09:00:00+00:00', "
	    "'ladder': 'standard', 'steps': [{'at': "
	    "'2026-12-04T09:00:00+00:00', 'channel': 'call', 'number': "
	    "'+441154960123'}, {'at': '2026-12-04T09:15:00+00:00', "
	    "'channel': 'call', 'number': '+441154960123'}, {'at': "
	    "'2026-12-04T09:15:00+00:00', 'channel': 'text', 'number': "
	    "'+447700900123'}], 'skipped': null, 'away': null}, "
	    "{'participant': 'walter', "
	    "'name': 'Mr Walter O'Neill', 'round': 'morning', 'slot': "
	    "'2026-12-04T09:00:00+00:00', 'ladder': 'standard', 'steps': "
	    "[{'at': '2026-12-04T09:00:00+00:00', 'channel': 'call', "
	    "'number': '+441154960130'}, {'at': '2026-12-04T09:15:00+00:00', "
	    "'channel': 'call', 'number': '+441154960130'}], 'skipped': "
	    "'away', 'away': 'in hospital'}], 'next_slots': "
	    "[{'participant': 'edna', 'name': "
	    "'Mrs Edna Clarke', 'at': '2026-12-05T09:00:00+00:00'}, "
	    "{'participant': 'walter', 'name': 'Mr Walter O'Neill', 'at': "
	    "null}]}", &e, "the plan");
	early.now = AT(-30);
	doc = api_plan(&early, calendar_date(s->now), &e);
	ok(doc != NULL, "the plan before the slot");
	next = json_array_get(json_object_get(doc, "next_slots"), 0);
	is_text(json_string_value(json_object_get(next, "at")),
	    "2026-12-04T09:00:00+00:00", "which is then the next");
	json_decref(doc);
}

static void
test_history(const struct api_source *s)
{
	bool found;
	struct err e;

	is_doc(api_history(s, "edna", &found, &e),
	    "{'schema': 'ringround.history/1', 'participant': 'edna', "
	    "'name': 'Mrs Edna Clarke', 'phone': '+441154960123', "
	    "'alternate': null, 'text': '+447700900123', 'contacts': "
	    "[{'name': 'Brian Clarke', 'relation': 'son', 'number': "
	    "'+447700900124', 'keyholder': true}], 'checkins': [{'round': "
	    "'morning', 'date': '2026-12-04', 'slot': "
	    "'2026-12-04T09:00:00+00:00', 'state': 'confirmed_late', "
	    "'confirmed_by': 'call_back', 'flag': 'K4F7', 'closed_at': "
	    "'2026-12-04T10:15:00+00:00', 'reason': null, 'attempts': "
	    "[{'id': 'abcdefghijklmnopqrstuvwxyz234567', 'step': 0, "
	    "'channel': 'call', 'number': '+441154960123', 'gateway': "
	    "'main', 'gateway_id': 'CA01', 'state': 'ended', 'outcome': "
	    "'no_answer', 'sent_at': '2026-12-04T09:00:01+00:00', "
	    "'ended_at': '2026-12-04T09:01:00+00:00', 'detail': null}]}], "
	    "'replies': [{'at': '2026-12-04T10:14:00+00:00', 'channel': "
	    "'text', 'text': 'was in the garden \xef\xbf\xbd', 'reading': "
	    "'unclear', 'number': '+447700900123', 'round': 'morning', "
	    "'date': '2026-12-04', 'attempt': null, 'flag': null}], "
	    "'flags': [{'code': "
	    "'K4F7', 'reason': 'no_response', 'state': 'claimed', 'owner': "
	    "'asha', 'raised_at': '2026-12-04T10:00:00+00:00', "
	    "'disposition': null, 'false_alarm_reason': null, 'story': "
	    "[{'at': '2026-12-04T10:00:00+00:00', 'who': 'ringround', "
	    "'from': 'rule', 'action': 'cause', 'detail': 'no_response'}, "
	    "{'at': '2026-12-04T10:02:00+00:00', 'who': 'asha', 'from': "
	    "'socket', 'action': 'claim', 'detail': null}]}]}", &e,
	    "a history");
	is_doc(api_history(s, "walter", &found, &e),
	    "{'schema': 'ringround.history/1', 'participant': 'walter', "
	    "'name': 'Mr Walter O'Neill', 'phone': '+441154960130', "
	    "'alternate': null, 'text': null, 'contacts': [], 'checkins': "
	    "[], 'replies': [], 'flags': []}", &e, "one that has not begun");
	ok(!api_history(s, "nobody", &found, &e) && !found, "nobody's");
}

static void
test_rest(const struct api_source *s)
{
	struct err e;

	is_doc(api_holds(s, &e),
	    "{'schema': 'ringround.holds/1', 'holds': [{'round': 'friday', "
	    "'reason': 'no lunch', 'who': 'asha', 'since': "
	    "'2026-12-04T09:10:00+00:00'}]}", &e, "the holds");
	is_doc(api_urls(s->config, &e),
	    "{'schema': 'ringround.urls/1', 'gateways': [{'gateway': 'main', "
	    "'inbound_text': 'http://127.0.0.1:9085/hook/main/text"
	    "#rc=5&rp=all', 'inbound_call': "
	    "'http://127.0.0.1:9085/hook/main/call#rc=5&rp=all', "
	    "'inbound_call_end': 'http://127.0.0.1:9085/hook/main/call-end"
	    "#rc=5&rp=all'}]}", &e, "the addresses");
}

int
main(void)
{
	struct api_source s = { .now = AT(80) };
	struct err e;

	s.config = rig_config();
	s.ledger = rig_ledger(s.config);
	fill_checkin(s.ledger);
	fill_attempt(s.ledger);
	fill_flags(s.ledger);
	fill_rest(s.ledger);
	is_int(ledger_commit(s.ledger, &e), LEDGER_OK, "it is on disk");
	test_status(&s);
	test_flags(&s);
	test_plan(&s);
	test_history(&s);
	test_rest(&s);
	test_restricted(&s);
	ledger_close(s.ledger);
	rig_clean_up();
	return tap_done();
}

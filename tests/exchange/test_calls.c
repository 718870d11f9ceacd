/* Calls and texts, out and in, by every habit. */
#include "rig.h"

#define WHO "+441154960123"
#define MOBILE "+447700900123"

static const struct {
	const char *habit, *log, *status, *keys;
} calls[] = {
	{ "key 1", "initiated ringing in-progress key:1 completed ",
	    "completed", "1" },
	{ "key 2", "initiated ringing in-progress key:2 completed ",
	    "completed", "2" },
	{ "key 9 1", "initiated ringing in-progress key:9 key:1 completed ",
	    "completed", "91" },
	{ "key 5 7 1", "initiated ringing in-progress key:5 key:7 key:1 "
	    "completed ", "completed", "571" },
	{ "key - 1", "initiated ringing in-progress key: key:1 completed ",
	    "completed", "1" },
	{ "key * 1", "initiated ringing in-progress key:* key:1 completed ",
	    "completed", "*1" },
	{ "key 1 late", "initiated ringing in-progress key: key:1 completed ",
	    "completed", "1" },
	{ "silent", "initiated ringing in-progress key: key: key: completed ",
	    "completed", "" },
	{ "silent stays 4s", "initiated ringing in-progress completed ",
	    "completed", "" },
	{ "hang-up", "initiated ringing in-progress completed ", "completed",
	    "" },
	{ "voicemail", "initiated ringing in-progress key: key: key: "
	    "completed ", "completed", "" },
	{ "voicemail after 50s", "initiated ringing no-answer ", "no-answer",
	    "" },
	{ "key 1 after 44s", "initiated ringing in-progress key:1 completed ",
	    "completed", "1" },
	{ "key 1 after 46s", "initiated ringing no-answer ", "no-answer",
	    "" },
	{ "no-answer", "initiated ringing no-answer ", "no-answer", "" },
	{ "busy", "initiated busy ", "busy", "" },
	{ "off", "initiated no-answer ", "no-answer", "" },
	{ "no-such", "initiated failed ", "failed", "" },
	{ "key 4", "initiated ringing in-progress key:4 "
	    "through:completed leg:completed completed ", "completed", "4" },
	{ "key 4 stays 40s", "initiated ringing in-progress key:4 completed "
	    "leg:completed ", "completed", "4" },
	{ "no-answer rings-back 8m key 1", "initiated ringing no-answer "
	    "rings:+441154960123 key:1 end:completed ", "no-answer", "" },
	{ "hang-up rings-back 5m key 2", "initiated ringing in-progress "
	    "completed rings:+441154960123 key:2 end:completed ",
	    "completed", "" },
};

static void
test_calls(void)
{
	for (size_t i = 0; i < COUNT(calls); i++) {
		char *line = mem_printf("0115 496 0123 call %s\n" RIG_OTHER
		    " call silent after 5s", calls[i].habit);
		struct exchange_entry entry;
		struct rig r;

		rig_open(&r, NULL);
		rig_script(&r, line);
		is_int(rig_call(&r, WHO, "ref1"), 201, "%s: created",
		    calls[i].habit);
		rig_run(&r, r.now + MSEC_HOUR);
		is_text(rig_log(&r), calls[i].log, "%s: what is told",
		    calls[i].habit);
		exchange_ledger_get(r.x, 0, &entry);
		is_text(entry.status, calls[i].status, "%s: how it ends",
		    calls[i].habit);
		is_text(entry.keys, calls[i].keys, "%s: its keys",
		    calls[i].habit);
		is_text(entry.ref, "ref1", "%s: its ref", calls[i].habit);
		rig_is_clean(&r, calls[i].habit);
		ok(exchange_idle(r.x), "%s: all is over", calls[i].habit);
		rig_close(&r);
		free(line);
	}
}

static const struct {
	const char *habit, *log;
} texts[] = {
	{ "silent", "sent delivered " },
	{ "reply \"ok thank you dear\" after 40s",
	    "sent delivered text:ok thank you dear " },
	{ "stop", "sent delivered text:STOP opt:STOP " },
	{ "reply \"help\"", "sent delivered text:help opt:HELP " },
	{ "sent", "sent " },
	{ "undelivered", "sent undelivered " },
	{ "undelivered 30005", "sent undelivered " },
	{ "failed 30007", "failed " },
	{ "silent rings-back 9m key 1", "sent delivered rings:+447700900123 "
	    "key:1 end:completed " },
	{ "reply \"YES {code}\"", "sent delivered text:YES K7Q " },
};

static void
test_texts(void)
{
	for (size_t i = 0; i < COUNT(texts); i++) {
		char *line = mem_printf("07700900123 text %s",
		    texts[i].habit);
		struct rig r;

		rig_open(&r, NULL);
		rig_script(&r, line);
		is_int(rig_text(&r, MOBILE, "ref1", "Are you well? Reply OK, "
		    "or YES K7Q to claim."), 201, "%s: created",
		    texts[i].habit);
		rig_run(&r, r.now + MSEC_HOUR);
		is_text(rig_log(&r), texts[i].log, "%s: what is told",
		    texts[i].habit);
		rig_is_clean(&r, texts[i].habit);
		ok(exchange_idle(r.x), "%s: all is over", texts[i].habit);
		rig_close(&r);
		free(line);
	}
}

/* Each call takes the script's next habit; the last one holds for ever. */
static void
test_order(void)
{
	struct rig r;

	rig_open(&r, NULL);
	rig_script(&r, "0115 496 0123 call busy, no-answer, key 1\n");
	for (int i = 0; i < 4; i++) {
		char ref[16];
		snprintf(ref, sizeof(ref), "r%d", i);
		rig_call(&r, WHO, ref);
		rig_run(&r, r.now + 10 * MSEC_MINUTE);
	}
	is_text(rig_log(&r), "initiated busy initiated ringing no-answer "
	    "initiated ringing in-progress key:1 completed "
	    "initiated ringing in-progress key:1 completed ",
	    "a script's habits come in turn");
	rig_is_clean(&r, "in turn");
	rig_close(&r);
}

static void
test_people_reply_to_questions(void)
{
	struct rig r;

	rig_open(&r, NULL);
	rig_script(&r, "07700900123 text reply \"OK\"\n");
	rig_text(&r, MOBILE, "r1", "Are you well?");
	rig_run(&r, r.now + MSEC_HOUR);
	rig_text(&r, MOBILE, "r2", "Thank you, that is noted.");
	rig_run(&r, r.now + MSEC_HOUR);
	is_text(rig_log(&r), "sent delivered text:OK sent delivered ",
	    "nobody replies to a text that does not ask");
	rig_close(&r);
}

/* What a call plays is fetched, and has to be a sound. */
static void
test_play(void)
{
	static const struct {
		const char *about, *url, *type, *complaint;
	} rows[] = {
		{ "a sound", RIG_HOST "/play/a.mp3", "audio/mpeg", NULL },
		{ "no sound", RIG_HOST "/play/a.mp3", "text/html",
		    "is no audio" },
		{ "nothing there", RIG_HOST "/play/a.mp3", NULL,
		    "answered with 204" },
		{ "no whole address", "/play/a.mp3", "audio/mpeg",
		    "no absolute URL" },
		{ "another machine", "http://192.0.2.1/a.mp3", "audio/mpeg",
		    "not on this machine" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct rig r;
		struct buf b = BUF_EMPTY;
		struct exchange_count c;
		char *twiml = mem_printf("<Response><Play>%s</Play></Response>",
		    rows[i].url);
		const char *const pairs[] = { "To", "+441154960123", "From",
			RIG_CALL_FROM, "Twiml", twiml, NULL };

		rig_open(&r, NULL);
		r.media_type = rows[i].type;
		rig_script(&r, "01154960123 call silent\n");
		rig_form(&b, pairs);
		is_int(rig_ask(&r, HTTP_POST, "Calls.json", buf_text(&b),
		    NULL), 201, "a call that plays %s", rows[i].about);
		rig_run(&r, r.now + MSEC_HOUR);
		exchange_count(r.x, &c);
		is_int(c.media, rows[i].complaint == NULL, "had or not");
		ok(rows[i].complaint == NULL ?
		    exchange_complaint_count(r.x) == 0 :
		    exchange_complaint_count(r.x) == 1 &&
		    strstr(exchange_complaint(r.x, 0), rows[i].complaint),
		    "and told of");
		buf_release(&b);
		free(twiml);
		rig_close(&r);
	}
}

static void
test_opt_out(void)
{
	struct rig r;

	rig_open(&r, NULL);
	exchange_text_in(r.x, r.now, MOBILE, "", " stop ");
	rig_run(&r, r.now + MSEC_SECOND);
	is_int(rig_text(&r, MOBILE, "r1", "hello?"), 400,
	    "after STOP a text is refused");
	is_int(exchange_complaint_count(r.x), 0,
	    "a text that was on its way is nobody's mistake");
	rig_run(&r, r.now + MSEC_MINUTE);
	rig_text(&r, MOBILE, "r2", "hello?");
	is_int(exchange_complaint_count(r.x), 1,
	    "a text a minute after STOP is a mistake");
	is_int(rig_call(&r, MOBILE, "r3"), 201, "a call is another matter");
	exchange_text_in(r.x, r.now, MOBILE, RIG_TEXT_FROM, "START");
	rig_run(&r, r.now + MSEC_HOUR);
	is_int(rig_text(&r, MOBILE, "r4", "hello"), 201,
	    "START opens it again");
	rig_close(&r);
}

static void
test_answer_by_document(void)
{
	json_t *doc = NULL;
	struct rig r;

	rig_open(&r, NULL);
	r.text_answer = "<Response><Message>Thank you.</Message></Response>";
	exchange_text_in(r.x, r.now, MOBILE, "", "ok");
	rig_run(&r, r.now + MSEC_HOUR);
	rig_ask(&r, HTTP_GET, "Messages.json", "To=%2B447700900123", &doc);
	json_t *first = json_array_get(json_object_get(doc, "messages"), 0);
	is_text(json_string_value(json_object_get(first, "body")),
	    "Thank you.", "a Message in the answer is sent");
	is_text(json_string_value(json_object_get(first, "direction")),
	    "outbound-reply", "as a reply");
	is_int(exchange_ledger_count(r.x), 0, "which is no create");
	rig_is_clean(&r, "an answer by document");
	json_decref(doc);
	rig_close(&r);
}

static void
test_withheld(void)
{
	struct habit h;
	const char *const words[] = { "key", "1" };
	struct rig r;

	rig_open(&r, NULL);
	is_int(habit_parse(false, words, 2, &h, NULL), 0, "a habit");
	exchange_ring_in(r.x, r.now, "withheld", "", &h);
	rig_run(&r, r.now + MSEC_HOUR);
	ok(strstr(rig_log(&r), "rings:+266696687 ") != NULL
	    || strstr(rig_log(&r), "rings:Anonymous ") != NULL,
	    "a withheld number is shown as gateways do: %s", rig_log(&r));
	rig_is_clean(&r, "withheld");
	rig_close(&r);
}

/* One call a second leaves the queue; queue_time says how long it was. */
static void
test_queue(void)
{
	static const char *const want[] = { "300", "1300", "2300" };
	struct rig r;

	rig_open(&r, NULL);
	for (int i = 0; i < 3; i++) {
		char *to = mem_printf("+44115496012%d", i);
		char ref[16];
		json_t *doc = NULL;
		snprintf(ref, sizeof(ref), "r%d", i);
		rig_call(&r, to, ref);
		rig_ask(&r, HTTP_GET, "Calls.json", "PageSize=1", &doc);
		is_text(json_string_value(json_object_get(json_array_get(
		    json_object_get(doc, "calls"), 0), "queue_time")),
		    want[i], "call %d waits its turn", i);
		json_decref(doc);
		free(to);
	}
	rig_close(&r);
}

/* Who is on the telephone is busy to the next call. */
static void
test_engaged(void)
{
	struct rig r;

	rig_open(&r, NULL);
	rig_script(&r, "0115 496 0123 call silent after 5s\n");
	rig_call(&r, WHO, "r1");
	rig_run(&r, r.now + 8 * MSEC_SECOND);
	rig_call(&r, WHO, "r2");
	rig_run(&r, r.now + 8 * MSEC_SECOND);
	is_text(rig_log(&r), "initiated ringing in-progress initiated busy ",
	    "the line is engaged");
	rig_close(&r);
}

static void
test_update(void)
{
	struct exchange_entry entry;
	struct rig r;
	char *path;

	rig_open(&r, NULL);
	rig_script(&r, "0115 496 0123 call no-answer\n");
	rig_call(&r, WHO, "r1");
	rig_run(&r, r.now + 5 * MSEC_SECOND);
	exchange_ledger_get(r.x, 0, &entry);
	path = mem_printf("Calls/%s.json", entry.sid);
	is_int(rig_ask(&r, HTTP_POST, path, "Status=canceled", NULL), 200,
	    "a ringing call is cancelled");
	is_int(rig_ask(&r, HTTP_POST, path, "Status=completed", NULL), 400,
	    "one that is over is not changed");
	rig_run(&r, r.now + MSEC_MINUTE);
	is_text(rig_log(&r), "initiated ringing canceled ", "it is told");
	rig_is_clean(&r, "an update");
	free(path);
	rig_close(&r);
}

/* A year's people by the built-in mix, twice. */
static void
run_mix(uint64_t seed, struct buf *ret)
{
	struct exchange_options o = { .seed = seed };
	struct rig *r = mem_alloc(sizeof(*r));

	rig_open(r, &o);
	exchange_fault_level(r->x, r->now, 2);
	for (int i = 0; i < 200; i++) {
		char *to = mem_printf("+447700900%03d", i);
		char ref[16];
		snprintf(ref, sizeof(ref), "r%d", i);
		if (i % 2 == 0)
			rig_call(r, to, ref);
		else
			rig_text(r, to, ref, "Are you well? Reply OK.");
		rig_run(r, r->now + 20 * MSEC_SECOND);
		free(to);
	}
	rig_run(r, r->now + 2 * MSEC_DAY);
	buf_add(ret, buf_text(&r->full));
	is_int(r->bad_signatures, 0, "seed %d: all is signed", (int)seed);
	rig_close(r);
	free(r);
}

static void
test_seeds(void)
{
	struct buf a = BUF_EMPTY, b = BUF_EMPTY, c = BUF_EMPTY;

	run_mix(1, &a);
	run_mix(1, &b);
	run_mix(2, &c);
	ok(a.len > 10000 && strcmp(buf_text(&a), buf_text(&b)) == 0,
	    "the same seed gives the same run, byte for byte");
	ok(strcmp(buf_text(&a), buf_text(&c)) != 0,
	    "another seed gives another");
	buf_release(&a);
	buf_release(&b);
	buf_release(&c);
}

static const struct {
	const char *habit, *log;
} legs[] = {
	{ "no-answer", "through:no-answer leg:no-answer completed " },
	{ "busy", "through:busy leg:busy completed " },
	{ "no-such", "through:failed leg:failed completed " },
	{ "refused", "through:failed leg:failed completed " },
	{ "voicemail", "through:completed leg:completed completed " },
};

/* Whoever is put through hears how it went, and only then rings off. */
static void
test_through(void)
{
	for (size_t i = 0; i < COUNT(legs); i++) {
		char *lines = mem_printf("0115 496 0123 call key 4\n"
		    RIG_OTHER " call %s\n", legs[i].habit);
		struct rig r;

		rig_open(&r, NULL);
		rig_script(&r, lines);
		is_int(rig_call(&r, WHO, "ref1"), 201, "put through: %s",
		    legs[i].habit);
		rig_run(&r, r.now + MSEC_HOUR);
		ok(strstr(rig_log(&r), legs[i].log) != NULL, "%s",
		    rig_log(&r));
		rig_is_clean(&r, legs[i].habit);
		is_int((int)exchange_ledger_count(r.x), 1,
		    "it was no create");
		rig_close(&r);
		free(lines);
	}
}

/* Without our number the other would see whoever is put through. */
static void
test_no_caller(void)
{
	struct rig r;

	rig_open(&r, NULL);
	rig_script(&r, "0115 496 0123 call key 3");
	is_int(rig_call(&r, WHO, "ref1"), 201, "a Dial without callerId");
	rig_run(&r, r.now + MSEC_HOUR);
	is_int((int)exchange_complaint_count(r.x), 1, "is complained of");
	ok(strstr(rig_log(&r), "leg:") == NULL, "and rings nobody");
	rig_close(&r);
}

int
main(void)
{
	test_calls();
	test_through();
	test_no_caller();
	test_texts();
	test_order();
	test_people_reply_to_questions();
	test_play();
	test_opt_out();
	test_answer_by_document();
	test_withheld();
	test_queue();
	test_engaged();
	test_update();
	test_seeds();
	return tap_done();
}

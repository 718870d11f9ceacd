/*
 * What a gateway sends: answers (the first byte chooses the status) and hooks,
 * signed and not.  Nothing is an event that was not signed, or was changed.
 */
#include "fuzz.h"

#include "gateway/rig.h"

static void
answers(struct gateway *g, int status, const char *body)
{
	struct submission s = {
		.ref = RIG_REF, .channel = CHANNEL_TEXT, .to = "+447700900123",
		.text = "hello",
	};
	struct found_list *list = mem_alloc(sizeof(*list));
	struct http_result r;
	struct answer a;
	struct found f;
	struct err e;

	rig_result(&r, status, body);
	for (int c = 0; c < 2; c++) {
		enum channel channel = c == 0 ? CHANNEL_CALL : CHANNEL_TEXT;

		gateway_read_submit(g, channel, &r, &a);
		must(a.kind != ANSWER_ACCEPTED || (a.gateway_id[0] != '\0' &&
		    status / 100 == 2));
		must(a.kind != ANSWER_REFUSED || status / 100 == 4);
		if (gateway_read_poll(g, channel, &r, &f, &e) == 0)
			must(progress_name(f.progress) != NULL);
	}
	if (gateway_read_lookup(g, &s, 0, &r, list, &e) == 0) {
		must(list->n <= COUNT(list->items));
		found_list_release(list);
	}
	free(list);
	http_result_release(&r);
}

static void
hooks(struct gateway *g, const uint8_t *bytes, size_t n)
{
	static const char *const targets[] = {
		"/hook/main/call-status?a=" RIG_REF,
		"/hook/main/text-status?a=" RIG_REF,
		"/hook/main/key?a=" RIG_REF "&t=0", "/hook/main/text",
		"/hook/main/call", "/hook/main/call-end",
	};
	char *body = fuzz_text(bytes, n);

	for (size_t i = 0; i < COUNT(targets); i++)
		for (int forged = 0; forged < 2; forged++) {
			struct rig_hook h = {
				.method = HTTP_POST, .target = targets[i],
				.body = body, .body_len = n,
				.token = forged ? "other" : NULL,
			};
			struct event ev = { .kind = EVENT_UNKNOWN };
			enum hook_verdict v = rig_deliver(g, &h, &ev);

			must(!forged || v != HOOK_EVENT);
			if (v == HOOK_EVENT)
				event_release(&ev);
		}
	free(body);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const int statuses[] = { 200, 201, 302, 400, 401, 404, 429,
		500, 503 };
	struct config_gateway conf = rig_conf();
	struct gateway *g = rig_open(&conf);
	char *body;

	if (n > 0) {
		body = fuzz_text(bytes + 1, n - 1);
		answers(g, statuses[bytes[0] % COUNT(statuses)], body);
		free(body);
		hooks(g, bytes + 1, n - 1);
	}
	gateway_close(g);
	rig_conf_release(&conf);
	return 0;
}

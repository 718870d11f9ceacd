#include "exchange/simcreate.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"
#include "exchange/simcall.h"
#include "exchange/simhook.h"
#include "exchange/simshow.h"
#include "exchange/simtext.h"
#include "rules/number.h"

#define MAX_BODY 1600
#define OPT_OUT_GRACE (5 * MSEC_SECOND)	/* a create that was on its way */
#define LOOK_BACK 64	/* so many earlier ones to a number are compared */

#define OF_CALL 1U
#define OF_TEXT 2U

/* The parameters that are simulated. */
static const struct param_row {
	const char *name;
	unsigned int of;
} param_rows[] = {
	{ "To", OF_CALL | OF_TEXT },
	{ "From", OF_CALL | OF_TEXT },
	{ "StatusCallback", OF_CALL | OF_TEXT },
	{ "StatusCallbackMethod", OF_CALL },
	{ "StatusCallbackEvent", OF_CALL },
	{ "Url", OF_CALL },
	{ "Method", OF_CALL },
	{ "Twiml", OF_CALL },
	{ "FallbackUrl", OF_CALL },
	{ "FallbackMethod", OF_CALL },
	{ "Timeout", OF_CALL },
	{ "TimeLimit", OF_CALL },
	{ "MachineDetection", OF_CALL },
	{ "MachineDetectionTimeout", OF_CALL },
	{ "MachineDetectionSpeechThreshold", OF_CALL },
	{ "MachineDetectionSpeechEndThreshold", OF_CALL },
	{ "MachineDetectionSilenceTimeout", OF_CALL },
	{ "AsyncAmd", OF_CALL },
	{ "AsyncAmdStatusCallback", OF_CALL },
	{ "AsyncAmdStatusCallbackMethod", OF_CALL },
	{ "CallReason", OF_CALL },
	{ "Body", OF_TEXT },
	{ "ValidityPeriod", OF_TEXT },
	{ "SmartEncoded", OF_TEXT },
	{ "ContentRetention", OF_TEXT },
	{ "AddressRetention", OF_TEXT },
	{ "RiskCheck", OF_TEXT },
	{ "Attempt", OF_TEXT },
	{ "ProvideFeedback", OF_TEXT },
	{ "ForceDelivery", OF_TEXT },
};

/* One create on its way. */
struct create {
	struct exchange *x;
	msec now;
	bool text;
	const struct form *form;
	struct exchange_answer *answer;
	size_t entry;		/* in the ledger */
	const char *to, *from;
};

#define refuse(c, blame, code, ...)                                          \
	refuse_as(c, code, simapi_refuse((c)->x, (c)->now, (c)->answer,      \
	    blame, 400, code, __VA_ARGS__))

static int
refuse_as(struct create *c, int code, int result)
{
	c->x->entries[c->entry].code = code;
	c->x->count.refused++;
	return result;
}

static const char *
param(const struct create *c, const char *name)
{
	return form_get(c->form, name);
}

static bool
is_given(const struct create *c, const char *name)
{
	const char *value = param(c, name);

	return value != NULL && value[0] != '\0';
}

/* Unknown parameters, and those that stand twice: Twilio would pass over
 * them in silence. */
static void
check_names(const struct create *c)
{
	for (size_t i = 0; i < c->form->n; i++) {
		const char *name = c->form->items[i].name;
		bool known = false, twice = false;

		for (size_t k = 0; k < COUNT(param_rows); k++)
			if (strcmp(param_rows[k].name, name) == 0)
				known = (param_rows[k].of & (c->text ? OF_TEXT
				    : OF_CALL)) != 0;
		for (size_t k = 0; k < i; k++)
			if (strcmp(c->form->items[k].name, name) == 0)
				twice = true;
		if (!known)
			exchange_complain(c->x, c->now, "a create has the "
			    "parameter '%s', which is unknown or not simulated",
			    name);
		if (twice && strcmp(name, "StatusCallbackEvent") != 0)
			exchange_complain(c->x, c->now, "a create has the "
			    "parameter '%s' twice", name);
	}
}

static bool
is_e164(const char *text, struct number *ret)
{
	struct err e;

	return text[0] == '+' && number_read(text, "44", ret, &e) == 0
	    && strcmp(ret->e164, text) == 0;
}

static int
check_to(struct create *c)
{
	struct number n;

	if (!is_given(c, "To"))
		return refuse(c, SIMAPI_CALLER, c->text ? 21604 : 21201,
		    "no 'To' number is given");
	c->to = param(c, "To");
	if (!is_e164(c->to, &n))
		return refuse(c, SIMAPI_CALLER, 21211,
		    "the 'To' number is not a valid phone number");
	if (!n.callable && (!c->text || !n.textable))
		return refuse(c, SIMAPI_CALLER, 21215,
		    "the 'To' number must never be dialled: it is %s",
		    number_kind_name(n.kind));
	if (c->text && !n.textable)
		return refuse(c, SIMAPI_CALLER, 21614,
		    "the 'To' number is not a mobile number");
	return 0;
}

/* A text may come from a short code or from letters. */
static bool
is_sender(const char *from)
{
	size_t n = strlen(from);
	size_t plain = strspn(from, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .&_-");
	bool letter = strcspn(from, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ") < n;

	return plain == n && (letter ? n <= 11 : n >= 3 && n <= 6);
}

static int
check_from(struct create *c)
{
	struct number n;

	if (!is_given(c, "From"))
		return refuse(c, SIMAPI_CALLER, c->text ? 21603 : 21213,
		    "no 'From' is given");
	c->from = param(c, "From");
	if (c->text && is_sender(c->from))
		return 0;
	if (!is_e164(c->from, &n))
		return refuse(c, SIMAPI_CALLER, 21212,
		    "the 'From' number is not a valid phone number");
	if (!exchange_owns(c->x, c->from))
		return refuse(c, SIMAPI_CALLER, c->text ? 21606 : 21210,
		    "the 'From' number is none of this account's");
	if (strcmp(c->from, c->to) == 0)
		return refuse(c, SIMAPI_CALLER, 21266,
		    "'To' and 'From' are the same number");
	return 0;
}

static int
check_url(struct create *c, const char *name, int code)
{
	const char *why;

	if (!is_given(c, name))
		return 0;
	why = simhook_bad_url(c->x, param(c, name));
	if (why != NULL)
		return refuse(c, SIMAPI_CALLER, code, "%s %s", name, why);
	return 0;
}

/* A whole number in a range; *ret is left alone where it is absent. */
static int
check_number(struct create *c, const char *name, int64_t least, int64_t most,
    int code, int64_t *ret)
{
	if (param(c, name) != NULL
	    && num_int(param(c, name), least, most, ret, NULL) == -1)
		return refuse(c, SIMAPI_CALLER, code, "%s must be a whole "
		    "number from %lld to %lld", name, (long long)least,
		    (long long)most);
	return 0;
}

static int
check_method(struct create *c, const char *name, bool *ret_get)
{
	const char *value = param(c, name);

	*ret_get = value != NULL && strcmp(value, "GET") == 0;
	if (value != NULL && !*ret_get && strcmp(value, "POST") != 0)
		return refuse(c, SIMAPI_CALLER, 21403, "%s must be GET or POST",
		    name);
	return 0;
}

static int
check_events(struct create *c, unsigned int *ret)
{
	static const char *const names[] = {
		"initiated", "ringing", "answered", "completed",
	};

	*ret = 0;
	for (size_t i = 0; i < c->form->n; i++) {
		const struct form_field *f = &c->form->items[i];
		unsigned int bit = 0;

		if (strcmp(f->name, "StatusCallbackEvent") != 0)
			continue;
		for (size_t k = 0; k < COUNT(names); k++)
			if (strcmp(f->value, names[k]) == 0)
				bit = 1U << k;
		if (bit == 0)
			return refuse(c, SIMAPI_CALLER, 21626,
			    "StatusCallbackEvent has a value that there is "
			    "not: repeat the parameter, one event each");
		*ret |= bit;
	}
	if (*ret == 0)
		*ret = SIMCALL_TELL_COMPLETED;
	return 0;
}

static size_t
count_characters(const char *text)
{
	size_t n = 0;

	for (; *text != '\0'; text++)
		n += (*text & 0xc0) != 0x80;
	return n;
}

static int
check_inline(struct create *c)
{
	const char *text = param(c, "Twiml");
	struct twiml doc;
	struct err e;
	bool relative = false;

	if (count_characters(text) > TWIML_INLINE_MAX)
		return refuse(c, SIMAPI_CALLER, 21205,
		    "Twiml has more than %d characters", TWIML_INLINE_MAX);
	if (twiml_parse(TWIML_CALL, text, strlen(text), &doc, &e) == -1)
		return refuse(c, SIMAPI_CALLER, 12100, "Twiml: %s", e.text);
	for (size_t i = 0; i < doc.n; i++)
		if (doc.steps[i].verb == TWIML_GATHER
		    && (doc.steps[i].action == NULL
		    || simhook_bad_url(c->x, doc.steps[i].action) != NULL))
			relative = true;
	twiml_release(&doc);
	if (relative)
		return refuse(c, SIMAPI_CALLER, 21205, "a Gather in Twiml has "
		    "no absolute action that we may call");
	return 0;
}

static int
check_document(struct create *c)
{
	if (!is_given(c, "Url") && !is_given(c, "Twiml"))
		return refuse(c, SIMAPI_CALLER, 21205,
		    "neither Url nor Twiml is given");
	if (is_given(c, "Url") && is_given(c, "Twiml"))
		exchange_complain(c->x, c->now, "a create has both Url and "
		    "Twiml: Twiml is passed over");
	if (is_given(c, "Url"))
		return check_url(c, "Url", 21205);
	return check_inline(c);
}

static int
check_detection(struct create *c, struct simcall *call)
{
	const char *value = param(c, "MachineDetection");
	const char *async = param(c, "AsyncAmd");

	if (value != NULL && strcmp(value, "Enable") == 0)
		call->detection = SIMCALL_DETECT;
	else if (value != NULL && strcmp(value, "DetectMessageEnd") == 0)
		call->detection = SIMCALL_DETECT_END;
	else if (value != NULL)
		return refuse(c, SIMAPI_CALLER, 20001, "MachineDetection must "
		    "be Enable or DetectMessageEnd");
	call->async = async != NULL && strcmp(async, "true") == 0;
	if (is_given(c, "AsyncAmdStatusCallback"))
		call->async_url = mem_dup(param(c, "AsyncAmdStatusCallback"));
	return check_url(c, "AsyncAmdStatusCallback", 21609);
}

/* The same attempt was created before: what must never happen. */
static void
check_twice(const struct create *c)
{
	const struct simentry *s = &c->x->entries[c->entry];
	const struct simcall *call = s->made_call;
	const struct simtext *text = s->made_text;
	const char *url = param(c, "StatusCallback"), *old;
	bool twice = false;

	if (s->ref[0] == '\0')
		return;
	for (int i = 0; i < LOOK_BACK && !twice; i++) {
		call = call != NULL ? call->earlier : NULL;
		text = text != NULL ? text->earlier : NULL;
		if (call == NULL && text == NULL)
			break;
		old = call != NULL ? call->track.url : text->track.url;
		twice = old != NULL && strcmp(old, url) == 0;
	}
	if (twice)
		exchange_complain(c->x, c->now, "the same attempt was created "
		    "twice: ref %s", s->ref);
}

static void
take_track(struct create *c, struct simtrack *t)
{
	exchange_draw_track(c->x, c->now, c->text, c->to, t);
	if (is_given(c, "StatusCallback"))
		t->url = mem_dup(param(c, "StatusCallback"));
}

/* What was asked of a call is checked into a struct that is not placed yet,
 * so that a refusal leaves nothing behind. */
static int
check_call(struct create *c, struct simcall *call)
{
	int64_t timeout = SIMCALL_TIMEOUT / MSEC_SECOND;
	int64_t limit = SIMCALL_TIME_LIMIT / MSEC_SECOND;

	if (check_to(c) == -1 || check_from(c) == -1
	    || check_document(c) == -1
	    || check_method(c, "Method", &call->url_get) == -1
	    || check_url(c, "FallbackUrl", 21205) == -1
	    || check_method(c, "FallbackMethod", &call->fallback_get) == -1
	    || check_url(c, "StatusCallback", 21609) == -1
	    || check_method(c, "StatusCallbackMethod",
	    &call->track.get) == -1
	    || check_events(c, &call->tell) == -1
	    || check_number(c, "Timeout", 1, 600, 20001, &timeout) == -1
	    || check_number(c, "TimeLimit", 1, 86400, 20001, &limit) == -1
	    || check_detection(c, call) == -1)
		return -1;
	call->timeout = timeout * MSEC_SECOND;
	call->time_limit = limit * MSEC_SECOND;
	return 0;
}

static void
copy_wishes(const struct create *c, const struct simcall *wish,
    struct simcall *call)
{
	if (is_given(c, "Url"))
		call->url = mem_dup(param(c, "Url"));
	else
		call->twiml = mem_dup(param(c, "Twiml"));
	if (is_given(c, "FallbackUrl"))
		call->fallback = mem_dup(param(c, "FallbackUrl"));
	call->url_get = wish->url_get;
	call->fallback_get = wish->fallback_get;
	call->track.get = wish->track.get;
	call->tell = wish->tell;
	call->timeout = wish->timeout;
	call->time_limit = wish->time_limit;
	call->detection = wish->detection;
	call->async = wish->async;
	call->async_url = mem_dup(wish->async_url);
}

static int
create_call(struct create *c)
{
	struct simcall *wish = mem_alloc(sizeof(*wish)), *call;
	struct person *to;
	struct habit h;
	int result = check_call(c, wish);

	if (result == -1)
		goto err;
	to = person_at(&c->x->people, c->to);
	exchange_ask_habit(c->x, c->now, to, NULL, &h);
	if (h.kind == HABIT_REFUSED) {
		result = refuse(c, SIMAPI_NOBODY, h.code,
		    "the number is refused, as its script says");
		goto err;
	}
	call = simcall_new(c->x, c->now, false, to, person_at(&c->x->people,
	    c->from));
	take_track(c, &call->track);
	copy_wishes(c, wish, call);
	simcall_place(c->x, c->now, call, &h);
	c->x->entries[c->entry].made_call = call;
	simapi_show(c->answer, 201, simshow_call(c->x, call));
err:
	free(wish->async_url);
	free(wish);
	return result;
}

static int
check_body(struct create *c)
{
	if (!is_given(c, "Body"))
		return refuse(c, SIMAPI_CALLER, 21602, "no 'Body' is given");
	if (count_characters(param(c, "Body")) > MAX_BODY)
		return refuse(c, SIMAPI_CALLER, 21617,
		    "'Body' has more than %d characters", MAX_BODY);
	return 0;
}

/* Once our caller knows of the STOP, a further text is its mistake. */
static int
check_opt_out(struct create *c, const struct person *to)
{
	if (!to->opted_out)
		return 0;
	return refuse(c, to->opt_out_known != NEVER
	    && c->now > to->opt_out_known + OPT_OUT_GRACE ? SIMAPI_CALLER
	    : SIMAPI_NOBODY, 21610, "the recipient has texted STOP");
}

static int
create_text(struct create *c)
{
	int64_t valid = SIMTEXT_VALIDITY / MSEC_SECOND;
	struct person *to;
	struct simtext *t;
	struct habit h;

	if (check_to(c) == -1 || check_from(c) == -1 || check_body(c) == -1
	    || check_url(c, "StatusCallback", 21609) == -1
	    || check_number(c, "ValidityPeriod", 1, 36000, 21624,
	    &valid) == -1)
		return -1;
	to = person_at(&c->x->people, c->to);
	if (check_opt_out(c, to) == -1)
		return -1;
	exchange_ask_habit(c->x, c->now, to, param(c, "Body"), &h);
	if (h.kind == HABIT_REFUSED)
		return refuse(c, SIMAPI_NOBODY, h.code,
		    "the number is refused, as its script says");
	t = simtext_new(c->x, c->now, SIMTEXT_OUT, to,
	    person_at(&c->x->people, c->from), param(c, "Body"));
	take_track(c, &t->track);
	t->valid = valid * MSEC_SECOND;
	simtext_place(c->x, c->now, t, &h);
	c->x->entries[c->entry].made_text = t;
	simapi_show(c->answer, 201, simshow_text(c->x, t));
	return 0;
}

/* Numbers are interned, so that an entry is small. */
static const char *
intern(struct exchange *x, const char *number)
{
	return number == NULL || number[0] == '\0' ? ""
	    : person_at(&x->people, number)->number;
}

static size_t
enter(struct exchange *x, msec now, bool text, const struct form *form,
    enum fault_kind fault)
{
	const char *callback = form_get(form, "StatusCallback"), *ref;
	struct form query = { 0 };
	struct simentry *s;

	mem_reserve(&x->entries, x->n_entries, &x->cap_entries,
	    sizeof(*x->entries));
	s = &x->entries[x->n_entries];
	*s = (struct simentry){
		.at = now, .text = text, .fault = fault,
		.to = intern(x, form_get(form, "To")),
		.from = intern(x, form_get(form, "From")),
	};
	if (callback == NULL)
		callback = "";
	s->callback = mem_dupn(callback, strcspn(callback, "#"));
	callback = strchr(s->callback, '?');
	if (callback != NULL && form_parse(callback + 1, strlen(callback + 1),
	    &query, NULL) == 0) {
		ref = form_get(&query, "a");
		if (ref != NULL && strlen(ref) < sizeof(s->ref))
			memcpy(s->ref, ref, strlen(ref) + 1);
	}
	form_release(&query);
	return x->n_entries++;
}

void
simcreate(struct exchange *x, msec now, bool text, const struct form *form,
    enum fault_kind fault, struct exchange_answer *ret)
{
	struct create c = {
		.x = x, .now = now, .text = text, .form = form, .answer = ret,
		.entry = enter(x, now, text, form, fault),
	};

	check_names(&c);
	if ((text ? create_text(&c) : create_call(&c)) == 0)
		check_twice(&c);
}

void
simcreate_struck(struct exchange *x, msec now, bool text,
    const struct form *form, enum fault_kind fault)
{
	enter(x, now, text, form, fault);
}

/*
 * What coordinators look after besides flags: reviews, and safeguarding
 * concerns, which nobody else sees.
 */
#include "web/api.h"

#include "ledger/view.h"
#include "web/api_json.h"

#define BATCH 64

static int
add_concern(const struct ledger_concern *c, void *arg)
{
	json_t *o = json_object();

	api_json_put_instant(o, "at", c->at);
	api_json_put_text(o, "who", c->who);
	api_json_put_text(o, "way", c->from);
	api_json_put_text(o, "words", c->words);
	api_json_put_text(o, "referred_to", c->referred_to);
	api_json_put_instant(o, "referred_at", c->referred_at);
	api_json_put_text(o, "consent", consent_name(c->consent));
	api_json_put_text(o, "consent_why", c->consent_why);
	api_json_append(arg, o);
	return 0;
}

json_t *
api_concerns(const struct api_source *s, const char *code, bool *ret_found,
    struct err *e)
{
	struct view_flag v;
	int found = view_flag(s->ledger, code, &v, e);
	json_t *array = json_array(), *o;

	*ret_found = found != 0;
	if (found == 0)
		err_set(e, "there is no flag with that code");
	if (found != 1 || ledger_concerns(s->ledger, v.flag.id, add_concern,
	    array, e) == -1) {
		json_decref(array);
		return NULL;
	}
	o = api_json_new("concerns");
	api_json_put_text(o, "code", code);
	api_json_put(o, "concerns", array);
	return o;
}

static json_t *
review_json(const struct api_source *s, const struct ledger_review *r)
{
	const struct config_participant *p =
	    config_participant(s->config, r->participant);
	json_t *o = json_object();

	api_json_put_int(o, "id", r->id);
	api_json_put_text(o, "participant", r->participant);
	api_json_put_text(o, "name", p ? p->name : NULL);
	api_json_put_text(o, "kind", review_kind_name(r->kind));
	api_json_put_instant(o, "raised_at", r->raised_at);
	api_json_put_text(o, "detail", r->detail);
	return o;
}

json_t *
api_reviews(const struct api_source *s, struct err *e)
{
	struct ledger_review r[BATCH];
	json_t *array = json_array(), *o;
	int64_t after = 0;
	int n;

	do {
		n = ledger_reviews_open(s->ledger, after, r, BATCH, e);
		for (int i = 0; i < n; i++) {
			api_json_append(array, review_json(s, &r[i]));
			after = r[i].id;
		}
	} while (n == BATCH);
	if (n == -1) {
		json_decref(array);
		return NULL;
	}
	o = api_json_new("reviews");
	api_json_put(o, "reviews", array);
	return o;
}

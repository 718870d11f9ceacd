#include "cli/trial.h"

#include "base/mem.h"
#include "cli/ask.h"
#include "cli/doc.h"

void
trial_target(const char *id, struct buf *ret)
{
	buf_add(ret, "/api/trial?participant=");
	buf_add_url(ret, id);
}

char *
trial_confirmed(const struct cli *c, const char *id)
{
	struct buf target = BUF_EMPTY;
	json_t *doc = NULL;
	const json_t *t;
	char *ret = NULL;

	trial_target(id, &target);
	if (ask_quietly(c, buf_text(&target), &doc)) {
		t = doc_object(doc, "confirmed");
		if (!doc_is_null(doc, "confirmed"))
			ret = mem_printf("%.10s, by %s", doc_text(t,
			    "confirmed_at"), doc_text(t, "channel"));
	}
	json_decref(doc);
	buf_release(&target);
	return ret;
}

#include "web/orders.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rules/text.h"

#define NOTE_MAX 1000	/* characters of a note */

struct order_kind {
	const char *name;
	bool about_flag;
	/* Take the order's fields from the form: -1 with what to write. */
	int (*read)(struct order *o, const struct form *form, struct err *e);
	int (*act)(struct engine *en, const struct order *o, msec now,
	    struct err *e);
};

/* ---- reading ----------------------------------------------------------- */

/* What people type, on one line of proper UTF-8 and no longer than max
 * characters; NULL where it is longer.  The caller frees. */
static char *
clean_words(const char *text, size_t max)
{
	struct buf b = BUF_EMPTY;
	size_t n = 0;
	uint32_t c;

	for (; text && (c = text_next(&text)) != 0; n++) {
		if (n == max) {
			buf_release(&b);
			return NULL;
		}
		text_add(&b, c < 0x20 || c == 0x7f ? ' ' : c);
	}
	return buf_take(&b);
}

static int
read_words(struct order *o, const struct form *form, const char *key,
    size_t max, struct err *e)
{
	char *words = clean_words(form_get(form, key), max);

	if (!words)
		return err_set(e, "that is too long; say it shorter");
	free(o->words);
	o->words = words;
	return 0;
}

/* The flag's code, as it was typed. */
static int
read_code(struct order *o, const struct form *form, struct err *e)
{
	const char *code = form_get(form, "code");

	if (code && claim_normalise_code(code, o->code) == 0)
		return 0;
	return err_set(e, "that is not the code of a flag; `ringround flags` "
	    "lists them");
}

static int
read_resolve(struct order *o, const struct form *form, struct err *e)
{
	const char *how = form_get(form, "disposition");
	const char *why = form_get(form, "reason");

	if (!how || disposition_from_name(how, &o->disposition) == -1 ||
	    !disposition_name(o->disposition) ||
	    o->disposition == DISPOSITION_OWN_WORD)
		return err_set(e, "that is no disposition; `ringround resolve "
		    "--help` lists them");
	if (why && *why && false_alarm_from_name(why, &o->false_alarm) == -1)
		return err_set(e, "that is no reason of a false alarm; "
		    "`ringround resolve --help` lists them");
	if (read_words(o, form, "note", NOTE_MAX, e) == -1)
		return -1;
	return read_code(o, form, e);
}

/* The round that a hold is about, "" for all. */
static int
read_round(struct order *o, const struct form *form)
{
	const char *round = form_get(form, "round");

	if (round && strlen(round) >= LEDGER_NAME_SIZE)
		return -1;
	free(o->round);
	o->round = mem_dup(round ? round : "");
	return 0;
}

static int
read_hold(struct order *o, const struct form *form, struct err *e)
{
	if (read_round(o, form) == -1 || (*o->round && !config_round(
	        engine_config(o->door.engine), o->round)))
		return err_set(e, "there is no such round; `ringround status` "
		    "lists them");
	if (read_words(o, form, "reason", LEDGER_DETAIL_SIZE / 4, e) == -1)
		return -1;
	if (strspn(o->words, " ") == strlen(o->words))
		return err_set(e, "why? A hold needs a reason, which everybody "
		    "will see");
	return 0;
}

/* A hold outlives its round, so any name will do: the ledger knows. */
static int
read_resume(struct order *o, const struct form *form, struct err *e)
{
	if (read_round(o, form) == -1)
		return err_set(e, "there is no such round");
	return 0;
}

/* ---- acting ------------------------------------------------------------ */

static int
act_claim(struct engine *en, const struct order *o, msec now, struct err *e)
{
	return engine_claim(en, o->code, o->who, o->door.from, now, e);
}

static int
act_decline(struct engine *en, const struct order *o, msec now, struct err *e)
{
	return engine_decline(en, o->code, o->who, o->door.from, now, e);
}

static int
act_release(struct engine *en, const struct order *o, msec now, struct err *e)
{
	return engine_release(en, o->code, o->who, o->door.from, now, e);
}

static int
act_resolve(struct engine *en, const struct order *o, msec now, struct err *e)
{
	return engine_resolve(en, o->code, o->who, o->door.from,
	    o->disposition, o->false_alarm, *o->words ? o->words : NULL, now,
	    e);
}

static int
act_hold(struct engine *en, const struct order *o, msec now, struct err *e)
{
	return engine_hold(en, o->round, o->words, o->who, now, e);
}

static int
act_resume(struct engine *en, const struct order *o, msec now, struct err *e)
{
	return engine_resume(en, o->round, o->who, now, e);
}

static const struct order_kind kinds[] = {
	{ "claim", true, read_code, act_claim },
	{ "decline", true, read_code, act_decline },
	{ "release", true, read_code, act_release },
	{ "resolve", true, read_resolve, act_resolve },
	{ "hold", false, read_hold, act_hold },
	{ "resume", false, read_resume, act_resume },
};

static const struct order_kind *
find_kind(const char *name)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return NULL;
}

bool
orders_know(const char *name)
{
	return find_kind(name) != NULL;
}

bool
orders_about_flag(const struct order *o)
{
	return o->kind->about_flag;
}

/* ---- an order's life --------------------------------------------------- */

static void
free_order(struct order *o)
{
	free(o->round);
	free(o->words);
	free(o);
}

static int
handle(struct engine *en, struct turn_event *ev, msec now, struct err *e)
{
	const struct order *o = (const struct order *)ev;

	return o->kind->act(en, o, now, e);
}

static void
done(struct turn_event *ev, enum turn_fate fate, const struct err *e)
{
	struct order *o = (struct order *)ev;
	struct err lost;

	err_set(&lost, "it could not be written down, so nothing has "
	    "happened; try again in a minute, and see "
	    "`systemctl status ringround`");
	o->door.answer(o->door.arg, o, fate == TURN_KEPT ? 200 :
	    fate == TURN_REFUSED ? 409 : 503, fate == TURN_LOST ? &lost : e);
	free_order(o);
}

void
orders_post(const struct order_door *door, const char *name,
    const struct form *form, const char *who, struct httpd_exchange *x)
{
	struct order *o = mem_alloc(sizeof(*o));
	struct err e;

	o->event.handle = handle;
	o->event.done = done;
	o->kind = find_kind(name);
	o->door = *door;
	o->x = x;
	memcpy(o->who, who, strlen(who) + 1);
	o->round = mem_dup("");
	o->words = mem_dup("");
	if (o->kind->read(o, form, &e) == 0) {
		engine_post(door->engine, &o->event);
		return;
	}
	door->answer(door->arg, o, 400, &e);
	free_order(o);
}

/*
 * [ladder NAME] and [round NAME]: what is done when somebody is not heard
 * from, and who is asked when.
 */
#include <stddef.h>
#include <string.h>

#include "base/crypto.h"
#include "base/mem.h"
#include "base/num.h"
#include "config/values.h"

#define AT(member) offsetof(struct draft_ladder, l.member)

/* "call", "text", "call alternate": one channel of a step. */
static int
parse_way(struct ladder_step *step, const char *part, struct err *e)
{
	size_t n = strcspn(part, " \t");
	const char *rest = part + n + strspn(part + n, " \t");
	bool alternate = strcmp(rest, "alternate") == 0;
	bool call = n == 4 && strncmp(part, "call", 4) == 0;
	bool text = n == 4 && strncmp(part, "text", 4) == 0;

	if ((!call && !text) || (*rest && !alternate))
		return err_set(e, "step: \"%.40s\" is no way to ask; write"
		    " call, text, call alternate or text alternate", part);
	if ((call && step->call) || (text && step->text))
		return err_set(e, "step: %.4s stands twice in it; write it"
		    " once, or make two steps", part);
	if (call) {
		step->call = true;
		step->call_alternate = alternate;
	} else {
		step->text = true;
		step->text_alternate = alternate;
	}
	return 0;
}

/* "30 call alternate, text" */
static int
parse_step_text(const char *value, struct ladder_step *ret, struct err *e)
{
	size_t n = strcspn(value, " \t");
	char when[16], part[60];
	struct err why;

	if (n >= sizeof(when) || value[n] == '\0')
		return err_set(e, "step: write the minutes after the slot and"
		    " what is done then, such as 15 call, text");
	memcpy(when, value, n);
	when[n] = '\0';
	if (num_duration(when, MSEC_MINUTE, 0, MSEC_DAY, &ret->after,
	        &why) == -1)
		return err_set(e, "step: %s; write the minutes after the slot"
		    " first, such as 15 call, text", why.text);
	value += n;
	while (values_next_part(&value, part, sizeof(part))) {
		if (parse_way(ret, part, e) == -1)
			return -1;
	}
	return 0;
}

static VALUES_PARSER(parse_step)
{
	struct draft_ladder *d = subject;
	struct ladder *ladder = &d->l;
	struct ladder_step step = { 0, false, false, false, false };

	(void)l;
	(void)k;
	if (parse_step_text(value, &step, e) == -1)
		return -1;
	if (ladder->n_steps == LADDER_MAX_STEPS)
		return err_set(e, "step: a ladder has %d steps at most; take"
		    " some away", LADDER_MAX_STEPS);
	if (ladder->n_steps > 0 &&
	    step.after <= ladder->steps[ladder->n_steps - 1].after)
		return err_set(e, "step: it is not later than the one before;"
		    " write the steps in their order, one for each time");
	ladder->steps[ladder->n_steps++] = step;
	return 0;
}

static const struct key ladder_keys[] = {
	{ "step", parse_step, 0, .flags = KEY_NEEDED | KEY_REPEATS,
	    .about = "minutes after the slot and what is done then, such as"
	        " 0 call, or 15 call, text, or 30 call alternate" },
	{ "ring", values_duration, AT(ring), .min = 10 * MSEC_SECOND,
	    .max = 2 * MSEC_MINUTE, .otherwise = "45s",
	    .about = "how long a call rings" },
	{ "flag_after", values_duration, AT(flag_after), .min = MSEC_MINUTE,
	    .max = MSEC_DAY, .flags = KEY_NEEDED,
	    .about = "how long after the slot a flag is raised, such as 60m" },
	{ "claim_by", values_duration, AT(claim_by), .min = MSEC_MINUTE,
	    .max = MSEC_DAY, .otherwise = "15m",
	    .about = "how long each volunteer who is told has to claim the"
	        " flag" },
	{ "coordinator_after", values_duration, AT(coordinator_after),
	    .min = MSEC_MINUTE, .max = MSEC_DAY, .otherwise = "30m",
	    .about = "how long after the flag the coordinator is told, if"
	        " nobody has claimed it" },
	{ "hold_in_silence", values_flag, AT(hold_in_silence),
	    .otherwise = "yes",
	    .about = "where many are silent at once, whether volunteers are"
	        " told an hour after the coordinators" },
};

static void *
begin_ladder(struct load *l, const char *name)
{
	for (size_t i = 0; i < l->n_ladders; i++) {
		const struct draft_ladder *d = &l->ladders[i];
		if (strcmp(d->l.name, name) == 0)
			load_mistake(l, load_place(l, ""), "[ladder %s] is"
			    " given twice, first in %s:%d; give one another"
			    " name", name, d->place.file, d->place.line);
	}
	mem_reserve(&l->ladders, l->n_ladders, &l->cap_ladders,
	    sizeof(*l->ladders));
	struct draft_ladder *d = &l->ladders[l->n_ladders++];
	memset(d, 0, sizeof(*d));
	d->l.name = memory_intern(l->memory, name, NULL);
	d->place = load_place(l, "");
	return d;
}

/* A digest of what the ladder says, so that the record can tell two ladders
 * of one name apart. */
static const char *
version(struct load *l, const struct ladder *ladder)
{
	uint8_t digest[CRYPTO_SHA256_SIZE];
	struct buf b = BUF_EMPTY;

	for (int i = 0; i < ladder->n_steps; i++) {
		const struct ladder_step *s = &ladder->steps[i];
		buf_addf(&b, "%lld %d%d%d%d\n", (long long)s->after, s->call,
		    s->text, s->call_alternate, s->text_alternate);
	}
	buf_addf(&b, "%lld %lld %lld %lld\n", (long long)ladder->ring,
	    (long long)ladder->flag_after, (long long)ladder->claim_by,
	    (long long)ladder->coordinator_after);
	if (!ladder->hold_in_silence)
		buf_add(&b, "told at once\n");
	crypto_sha256(b.data, b.len, digest);
	buf_clear(&b);
	buf_add_hex(&b, digest, 6);
	const char *text = memory_intern(l->memory, buf_text(&b), NULL);
	buf_release(&b);
	return text;
}

static void
end_ladder(struct load *l, void *subject)
{
	struct draft_ladder *d = subject;
	struct ladder *ladder = &d->l;

	ladder->version = version(l, ladder);
	d->bad = load_is_bad(l) || ladder->n_steps == 0;
	if (d->bad)
		return;
	if (ladder->flag_after < ladder->steps[ladder->n_steps - 1].after)
		load_mistake(l, load_place(l, "flag_after"), "flag_after comes"
		    " before the last step of the ladder; write %lldm or more",
		    (long long)((ladder->steps[ladder->n_steps - 1].after +
		        MSEC_MINUTE - 1) / MSEC_MINUTE));
}

const struct section_kind section_ladder = {
	.name = "ladder",
	.naming = NAMING_NAME,
	.example = "standard",
	.keys = ladder_keys,
	.n_keys = COUNT(ladder_keys),
	.begin = begin_ladder,
	.end = end_ladder,
	.about = "the steps by which somebody is asked",
};

#undef AT
#define AT(member) offsetof(struct draft_round, member)

/* "drop", or a time of day */
static VALUES_PARSER(parse_on_closed)
{
	struct draft_round *d = subject;

	(void)l;
	d->on_closed = true;
	if (strcmp(value, "drop") == 0) {
		d->r.at_closed = CONFIG_NOT_ASKED;
		return 0;
	}
	if (num_clock(value, false, &d->r.at_closed, e) == 0)
		return 0;
	return err_set(e, "%s: write drop, where nobody is to be asked then,"
	    " or the time of day at which they are, such as 10:30", k->name);
}

static const struct key round_keys[] = {
	{ "days", values_days, AT(r.days), .otherwise = "mon-sun",
	    .about = "its days, such as mon-fri, or mon, wed, sat" },
	{ "at", values_clock, AT(r.at), .flags = KEY_NEEDED,
	    .about = "the time of day of its first slot, such as 09:00" },
	{ "spread", values_duration, AT(r.spread), .min = 0,
	    .max = 12 * MSEC_HOUR, .otherwise = "0m",
	    .about = "over how long its slots are spread, so that the"
	        " gateway's rate is kept" },
	{ "ladder", values_id, AT(ladder), .flags = KEY_NEEDED,
	    .about = "the name of its ladder, such as standard" },
	{ "ask_again", values_flag, AT(r.ask_again), .otherwise = "no",
	    .about = "yes: a person is asked although they have confirmed"
	        " earlier that day" },
	{ "closed_days", values_shared, AT(closed), .max = 300,
	    .about = "the names of calendars, such as england-and-wales, on"
	        " whose days on_closed_day holds" },
	{ "on_closed_day", parse_on_closed, 0,
	    .about = "drop: nobody is asked then; or the time of day at which"
	        " they are, such as 10:30" },
	{ "only_days", values_shared, AT(only), .max = 300,
	    .about = "the names of calendars, such as heat-alerts, on whose"
	        " days alone the round is held, beside a person's others" },
};

static void *
begin_round(struct load *l, const char *name)
{
	for (size_t i = 0; i < l->n_rounds; i++) {
		const struct config_round *r = &l->rounds[i].r;
		if (strcmp(r->name, name) == 0)
			load_mistake(l, load_place(l, ""), "[round %s] is"
			    " given twice, first in %s:%d; give one another"
			    " name", name, r->place.file, r->place.line);
	}
	mem_reserve(&l->rounds, l->n_rounds, &l->cap_rounds,
	    sizeof(*l->rounds));
	struct draft_round *d = &l->rounds[l->n_rounds++];
	*d = (struct draft_round){ .line_at = 0 };
	d->r.name = memory_intern(l->memory, name, NULL);
	d->r.place = load_place(l, "");
	return d;
}

static void
end_round(struct load *l, void *subject)
{
	struct draft_round *d = subject;

	d->line_at = load_place(l, "at").line;
	d->line_ladder = load_place(l, "ladder").line;
	d->line_closed = load_place(l, "closed_days").line;
	d->line_on_closed = load_place(l, "on_closed_day").line;
	d->line_only = load_place(l, "only_days").line;
	if ((d->closed != NULL) != d->on_closed)
		load_mistake(l, load_place(l, d->on_closed ? "on_closed_day" :
		    "closed_days"), d->on_closed ? "on_closed_day is of no use"
		    " without closed_days, the names of calendars; write them"
		    : "closed_days does not say what is done then; write"
		    " on_closed_day = drop, or a time of day");
	if (d->only != NULL && load_line(l, "ask_again") == 0)
		load_mistake(l, load_place(l, "only_days"), "only_days does"
		    " not say what is with those who were well in another"
		    " round of that day; write ask_again = yes, and they are"
		    " asked all the same, or no");
	d->bad = load_is_bad(l);
}

const struct section_kind section_round = {
	.name = "round",
	.naming = NAMING_NAME,
	.example = "morning",
	.keys = round_keys,
	.n_keys = COUNT(round_keys),
	.begin = begin_round,
	.end = end_round,
	.about = "which people are asked on which days at what time",
};

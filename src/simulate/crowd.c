#include "simulate/crowd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* In a year, of a thousand households. */
#define FALLS 400
#define OUT_DAYS 1500
#define BY_THEMSELVES 4000	/* they write or ring unasked */

/* So long after a word the same person is still well: the word may be on its
 * way. */
#define WORD_TRAVELS MSEC_HOUR
#define STOP_LASTS (3 * MSEC_DAY)

enum temperament {
	EARLY_RISER,
	ORDINARY,
	HEARS_BADLY,
	FORGETFUL,
	OFTEN_OFF,
};
#define TEMPERAMENT_COUNT 5

/* Of a hundred people so many are like this. */
static const uint32_t temperaments[TEMPERAMENT_COUNT] = { 30, 40, 10, 12, 8 };

/* What they do about a call when they are well, of a thousand. */
static const struct call_row {
	enum habit_kind kind;
	const char *keys;
	bool late;
	msec stays, back;
	uint32_t share[TEMPERAMENT_COUNT];
} call_rows[] = {
	{ HABIT_ANSWERS, "1", false, NEVER, NEVER,
	    { 960, 880, 600, 640, 700 } },
	{ HABIT_ANSWERS, "51", false, NEVER, NEVER, { 0, 10, 30, 40, 0 } },
	{ HABIT_ANSWERS, "1", true, NEVER, NEVER, { 0, 5, 40, 30, 0 } },
	{ HABIT_ANSWERS, "2", false, NEVER, NEVER, { 2, 2, 2, 2, 2 } },
	{ HABIT_ANSWERS, "", false, NEVER, NEVER, { 0, 10, 130, 40, 20 } },
	{ HABIT_ANSWERS, "", false, 3000, NEVER, { 5, 15, 100, 20, 20 } },
	{ HABIT_NO_ANSWER, "", false, NEVER, NEVER, { 20, 40, 70, 110, 60 } },
	{ HABIT_NO_ANSWER, "", false, NEVER, 6 * MSEC_MINUTE,
	    { 5, 20, 10, 80, 20 } },
	{ HABIT_BUSY, "", false, NEVER, NEVER, { 8, 15, 10, 10, 10 } },
	{ HABIT_OFF, "", false, NEVER, NEVER, { 0, 0, 0, 10, 110 } },
	{ HABIT_VOICEMAIL, "", false, NEVER, NEVER, { 0, 3, 8, 18, 58 } },
};

static const struct text_row {
	enum habit_kind kind;
	const char *reply;		/* "": none */
	uint32_t share[TEMPERAMENT_COUNT];
} text_rows[] = {
	{ HABIT_DELIVERED, "OK", { 600, 450, 600, 400, 400 } },
	{ HABIT_DELIVERED, "ok thank you dear", { 300, 400, 300, 300, 200 } },
	{ HABIT_DELIVERED, "", { 60, 100, 60, 240, 150 } },
	{ HABIT_UNDELIVERED, "", { 5, 10, 5, 10, 150 } },
	{ HABIT_SENT, "", { 30, 30, 30, 40, 90 } },
	{ HABIT_DELIVERED, "who is this", { 3, 7, 3, 7, 7 } },
	{ HABIT_DELIVERED, "please ring me", { 1, 2, 1, 2, 2 } },
	{ HABIT_DELIVERED, "STOP", { 1, 1, 1, 1, 1 } },
};

struct house {
	uint32_t leader;		/* of its people: the first */
	enum temperament temperament;
	msec falls_at;			/* NEVER where no fall is near */
	bool can_ask;
	msec out_until;			/* not at home until then */
	msec last_word;
	msec writes_at;			/* unasked; NEVER */
	msec starts_at;			/* takes STOP back; NEVER */
	int64_t spell;			/* the bad day that lasts; -1 */
};

struct crowd {
	const struct config *conf;
	struct random chance;
	uint32_t *houses_of;		/* of each participant */
	struct house *houses;
	size_t n_houses;
	struct crowd_spell *spells;
	size_t n_spells, cap_spells;
	struct {
		msec from, until;
		size_t first, n;	/* houses, round past the last */
	} cut;
};

/* ---- households -------------------------------------------------------- */

static uint32_t
leader_of(uint32_t *leaders, uint32_t i)
{
	while (leaders[i] != i)
		i = leaders[i] = leaders[leaders[i]];
	return i;
}

/* Whoever shares a number is led by the first of them. */
static uint32_t *
find_leaders(const struct config *conf)
{
	uint32_t n = (uint32_t)conf->n_participants;
	uint32_t *leaders = mem_grow(NULL, n + 1, sizeof(*leaders));

	for (uint32_t i = 0; i < n; i++)
		leaders[i] = i;
	for (uint32_t i = 0; i < n; i++) {
		const struct config_participant *p = &conf->participants[i];
		const char *const numbers[] = { p->phone, p->alternate,
			p->text };

		for (size_t k = 0; k < COUNT(numbers); k++) {
			size_t sharers = 0;
			const struct config_participant *const *at;
			uint32_t a, b;

			if (numbers[k] == NULL)
				continue;
			at = config_people_at(conf, numbers[k], &sharers);
			if (sharers < 2)
				continue;
			a = leader_of(leaders, i);
			b = leader_of(leaders, (uint32_t)(at[0] -
			    conf->participants));
			leaders[a > b ? a : b] = a > b ? b : a;
		}
	}
	return leaders;
}

static enum temperament
draw_temperament(struct random *chance)
{
	uint32_t at = random_below(chance, 100);
	int i = 0;

	while (at >= temperaments[i])
		at -= temperaments[i++];
	return (enum temperament)i;
}

/* Houses stand in the order of their leaders. */
static uint32_t
house_led_by(const struct crowd *c, uint32_t leader)
{
	size_t least = 0, most = c->n_houses;

	while (most - least > 1) {
		size_t middle = (least + most) / 2;

		if (c->houses[middle].leader <= leader)
			least = middle;
		else
			most = middle;
	}
	return (uint32_t)least;
}

struct crowd *
crowd_new(const struct config *conf, uint64_t seed)
{
	struct crowd *c = mem_alloc(sizeof(*c));
	uint32_t *leaders = find_leaders(conf);
	size_t n = conf->n_participants;

	c->conf = conf;
	random_init_seed(&c->chance, seed);
	c->houses = mem_grow(NULL, n + 1, sizeof(*c->houses));
	c->houses_of = leaders;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t leader = leader_of(leaders, i);

		/* A leader comes before all that are led. */
		if (leader != i) {
			leaders[i] = leader;
			continue;
		}
		c->houses[c->n_houses++] = (struct house){
			.leader = i, .falls_at = NEVER, .writes_at = NEVER,
			.starts_at = NEVER, .spell = -1,
			.temperament = draw_temperament(&c->chance),
		};
	}
	/* From leaders to houses, the last first: leaders are still wanted. */
	for (size_t i = n; i-- > 0;)
		c->houses_of[i] = house_led_by(c, leaders[i]);
	return c;
}

void
crowd_free(struct crowd *c)
{
	if (c == NULL)
		return;
	free(c->houses_of);
	free(c->houses);
	free(c->spells);
	free(c);
}

const struct config_participant *
crowd_member(const struct crowd *c, uint32_t house,
    const struct config_participant *after)
{
	size_t i = after == NULL ? c->houses[house].leader :
	    (size_t)(after - c->conf->participants) + 1;

	for (; i < c->conf->n_participants; i++)
		if (c->houses_of[i] == house)
			return &c->conf->participants[i];
	return NULL;
}

static struct house *
house_at(struct crowd *c, const char *number)
{
	size_t n = 0;
	const struct config_participant *const *at = config_people_at(c->conf,
	    number, &n);

	return n > 0 ? &c->houses[c->houses_of[at[0] -
	    c->conf->participants]] : NULL;
}

static struct house *
house_of(struct crowd *c, const char *participant)
{
	const struct config_participant *p = config_participant(c->conf,
	    participant);

	return p != NULL ? &c->houses[c->houses_of[p -
	    c->conf->participants]] : NULL;
}

/* ---- days -------------------------------------------------------------- */

static msec
between(struct crowd *c, msec least, msec most)
{
	return least + (msec)random_below(&c->chance, (uint32_t)(most -
	    least));
}

/* Does that which happens so often in a year, of a thousand, happen today? */
static bool
today(struct crowd *c, uint32_t times)
{
	return random_below(&c->chance, 365000) < times;
}

void
crowd_day(struct crowd *c, msec midnight)
{
	for (size_t i = 0; i < c->n_houses; i++) {
		struct house *h = &c->houses[i];

		if (today(c, FALLS) && h->spell == -1 &&
		    h->falls_at == NEVER) {
			/* Most fall at night. */
			h->falls_at = midnight + (random_below(&c->chance, 5) <
			    3 ? between(c, 30 * MSEC_MINUTE, 6 * MSEC_HOUR) :
			    between(c, 0, 23 * MSEC_HOUR));
			h->can_ask = random_below(&c->chance, 5) == 0;
		}
		if (today(c, OUT_DAYS))
			h->out_until = midnight + between(c, 12 * MSEC_HOUR,
			    2 * MSEC_DAY);
		if (today(c, BY_THEMSELVES))
			h->writes_at = midnight + between(c, 6 * MSEC_HOUR,
			    22 * MSEC_HOUR);
	}
}

void
crowd_cut(struct crowd *c, msec from, msec until, uint32_t percent)
{
	c->cut.from = from;
	c->cut.until = until;
	c->cut.first = random_below(&c->chance, (uint32_t)c->n_houses);
	c->cut.n = (c->n_houses * percent + 99) / 100;
}

static bool
is_cut(const struct crowd *c, const struct house *h, msec now)
{
	size_t i = (size_t)(h - c->houses);

	if (now < c->cut.from || now >= c->cut.until)
		return false;
	return (i + c->n_houses - c->cut.first) % c->n_houses < c->cut.n;
}

static void
fall(struct crowd *c, struct house *h)
{
	mem_reserve(&c->spells, c->n_spells, &c->cap_spells,
	    sizeof(*c->spells));
	h->spell = (int64_t)c->n_spells;
	c->spells[c->n_spells++] = (struct crowd_spell){
		.house = (uint32_t)(h - c->houses), .from = h->falls_at,
		.until = NEVER, .can_ask = h->can_ask,
		.last_word = h->last_word,
	};
	h->falls_at = NEVER;
}

/* What has come over them by now. */
static void
settle(struct crowd *c, struct house *h, msec now)
{
	if (h->falls_at <= now)
		fall(c, h);
}

/* They give a sign of life: a fall that was near comes later. */
static void
give_word(struct house *h, msec now)
{
	h->last_word = now;
	if (h->falls_at != NEVER && h->falls_at < now + WORD_TRAVELS)
		h->falls_at = now + WORD_TRAVELS;
}

void
crowd_found(struct crowd *c, const char *participant, msec now)
{
	struct house *h = house_of(c, participant);

	if (h == NULL)
		return;
	settle(c, h, now);
	if (h->spell != -1)
		c->spells[h->spell].until = now;
	h->spell = -1;
	h->out_until = 0;
}

bool
crowd_is_bad(struct crowd *c, const char *participant, msec now)
{
	struct house *h = house_of(c, participant);

	if (h == NULL)
		return false;
	settle(c, h, now);
	return h->spell != -1;
}

const struct crowd_spell *
crowd_spells(const struct crowd *c, size_t *ret_n)
{
	*ret_n = c->n_spells;
	return c->spells;
}

/* ---- what they do ------------------------------------------------------ */

static struct habit
plain(enum habit_kind kind)
{
	return (struct habit){
		.kind = kind, .after = HABIT_DRAWN, .delivery = HABIT_DRAWN,
		.stays = NEVER, .rings_back = NEVER,
	};
}

static void
set_keys(char ret[HABIT_KEYS_SIZE], const char *keys)
{
	snprintf(ret, HABIT_KEYS_SIZE, "%s", keys);
}

static void
draw_call(struct crowd *c, struct house *h, msec now, struct habit *ret)
{
	const struct call_row *row = call_rows;
	uint32_t at = random_below(&c->chance, 1000);

	for (; at >= row->share[h->temperament]; row++)
		at -= row->share[h->temperament];
	*ret = plain(row->kind);
	ret->late = row->late;
	ret->stays = row->stays;
	ret->rings_back = row->back;
	set_keys(ret->keys, row->keys);
	/* Two at one number are asked one after the other. */
	set_keys(ret->back_keys, "111");
	if (row->keys[0] != '\0' || row->back != NEVER)
		give_word(h, now);
}

static void
draw_text(struct crowd *c, struct house *h, msec now, struct habit *ret)
{
	const struct text_row *row = text_rows;
	uint32_t at = random_below(&c->chance, 1000);

	for (; at >= row->share[h->temperament]; row++)
		at -= row->share[h->temperament];
	*ret = plain(row->kind);
	snprintf(ret->reply, sizeof(ret->reply), "%s", row->reply);
	if (row->reply[0] != '\0')
		give_word(h, now);
	if (strcmp(row->reply, "STOP") == 0)
		h->starts_at = now + STOP_LASTS;
}

bool
crowd_habit(struct crowd *c, const char *number, bool text, msec now,
    struct habit *ret)
{
	struct house *h = house_at(c, number);

	if (h == NULL)
		return false;
	settle(c, h, now);
	if (is_cut(c, h, now)) {
		*ret = plain(text ? HABIT_SENT : HABIT_OFF);
	} else if (h->spell != -1 && c->spells[h->spell].can_ask) {
		*ret = plain(text ? HABIT_DELIVERED : HABIT_ANSWERS);
		set_keys(ret->keys, "2");
		snprintf(ret->reply, sizeof(ret->reply), "HELP");
	} else if (h->spell != -1 || now < h->out_until) {
		*ret = plain(text ? HABIT_DELIVERED : HABIT_NO_ANSWER);
	} else if (text) {
		draw_text(c, h, now, ret);
	} else {
		draw_call(c, h, now, ret);
	}
	return true;
}

/* Of a hundred contacts who find all well. */
#define CONTACT_SAYS_OK 70
#define CONTACT_CHATS 15

static struct house *
house_looked_after_by(struct crowd *c, const char *number)
{
	for (size_t i = 0; i < c->conf->n_participants; i++) {
		const struct config_participant *p = &c->conf->participants[i];

		for (size_t k = 0; k < (size_t)p->n_contacts; k++)
			if (strcmp(p->contacts[k].number, number) == 0)
				return &c->houses[c->houses_of[i]];
	}
	return NULL;
}

bool
crowd_contact_habit(struct crowd *c, const char *number, bool text, msec now,
    struct habit *ret)
{
	struct house *h = house_looked_after_by(c, number);
	uint32_t at = random_below(&c->chance, 100);
	const char *says = "";

	if (h == NULL)
		return false;
	settle(c, h, now);
	*ret = plain(text ? HABIT_DELIVERED : HABIT_NO_ANSWER);
	ret->after = between(c, 2 * MSEC_MINUTE, 20 * MSEC_MINUTE);
	if (h->spell != -1 || now < h->out_until) {
		says = at < CONTACT_CHATS ? "I cannot reach her" : "";
	} else if (at < CONTACT_SAYS_OK) {
		says = "OK {code}";
		give_word(h, now);
	} else if (at < CONTACT_SAYS_OK + CONTACT_CHATS) {
		says = "she is at mine dont worry";
	}
	snprintf(ret->reply, sizeof(ret->reply), "%s", text ? says : "");
	return true;
}

/* ---- by themselves ----------------------------------------------------- */

static void
write_or_ring(struct crowd *c, struct house *h, struct exchange *calls,
    struct exchange *texts, msec now)
{
	static const char *const words[] = { "OK", "im fine x", "who is this",
		"I am at my sisters until tuesday", "thank you" };
	const struct config_participant *p =
	    &c->conf->participants[h->leader];
	uint32_t what = random_below(&c->chance, COUNT(words));
	struct habit ring = plain(HABIT_ANSWERS);

	give_word(h, now);
	if (p->text != NULL) {
		exchange_text_in(texts, now, p->text, "", words[what]);
	} else if (p->phone != NULL) {
		set_keys(ring.keys, what < 3 ? "111" : "");
		ring.after = ring.delivery = MSEC_SECOND;
		exchange_ring_in(calls, now, p->phone, "", &ring);
	}
}

void
crowd_tick(struct crowd *c, struct exchange *calls, struct exchange *texts,
    msec now)
{
	for (size_t i = 0; i < c->n_houses; i++) {
		struct house *h = &c->houses[i];
		const char *number = c->conf->participants[h->leader].text;

		settle(c, h, now);
		if (h->writes_at <= now) {
			h->writes_at = NEVER;
			if (h->spell == -1)
				write_or_ring(c, h, calls, texts, now);
		}
		if (h->starts_at <= now && h->spell == -1) {
			h->starts_at = NEVER;
			if (number == NULL)
				continue;
			give_word(h, now);
			exchange_text_in(texts, now, number, "", "START");
		}
	}
}

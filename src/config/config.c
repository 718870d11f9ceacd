#include "config/config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "config/checks.h"
#include "config/index.h"
#include "config/load.h"
#include "rules/language.h"
#include "rules/number.h"
#include "rules/text.h"

static struct config *
load_with(struct load *l, const char *path, struct config_notes *mistakes,
    struct config_notes *warnings)
{
	struct config *c = l->c;
	struct buf hex = BUF_EMPTY;

	load_files(l, path);
	/* A file that is not there at all leaves nothing to be checked. */
	if (l->c->service.country_code) {
		checks_run(l);
		index_people(l);
	}
	buf_add_hex(&hex, l->digest, 8);
	memcpy(c->digest, buf_text(&hex), hex.len + 1);
	buf_release(&hex);
	load_tell(l, mistakes, warnings);
	if (l->n_mistakes > 0) {
		config_free(c);
		c = NULL;
	} else {
		index_build(c);
	}
	load_free(l);
	return c;
}

struct config *
config_load(const char *path, struct config_notes *mistakes,
    struct config_notes *warnings)
{
	return load_with(load_new(), path, mistakes, warnings);
}

struct config *
config_load_as_if(const char *path, const struct config_stand_in *stand_ins,
    size_t n, struct config_notes *mistakes, struct config_notes *warnings)
{
	struct load *l = load_new();

	l->stand_ins = stand_ins;
	l->n_stand_ins = n;
	l->secretless = true;
	return load_with(l, path, mistakes, warnings);
}

void
config_free(struct config *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < c->n_gateways; i++) {
		mem_free_secret(c->gateways[i].api_key_secret);
		mem_free_secret(c->gateways[i].auth_tokens[0]);
		mem_free_secret(c->gateways[i].auth_tokens[1]);
	}
	mem_free_secret(c->email.password);
	mem_free_secret(c->web.tls_key);
	free(c->participants);
	free(c->places);
	free(c->numbers);
	free(c->number_people);
	free(c->absent);
	memory_free(c->memory);
	free(c);
}

void
config_notes_release(struct config_notes *notes)
{
	for (size_t i = 0; i < notes->n; i++)
		free(notes->items[i].message);
	free(notes->items);
	*notes = (struct config_notes){ NULL, 0, 0 };
}

/* What is wrong with the certificate at that instant; nothing: "". */
static void
certificate_says(const struct config_web *w, msec now, struct buf *ret)
{
	if (now < w->tls_from)
		buf_addf(ret, "tls_cert: the certificate is good only in %lld"
		    " days; until then gateways and people do not come to us",
		    (long long)((w->tls_from - now) / MSEC_DAY + 1));
	else if (now >= w->tls_until)
		buf_addf(ret, "tls_cert: the certificate ended %lld days ago,"
		    " gateways and people do not come to us; have it renewed,"
		    " then ringround reload",
		    (long long)((now - w->tls_until) / MSEC_DAY));
	else if (w->tls_until - now < 14 * MSEC_DAY)
		buf_addf(ret, "tls_cert: the certificate ends in %lld days;"
		    " have it renewed, then ringround reload",
		    (long long)((w->tls_until - now) / MSEC_DAY));
}

void
config_warn_of_certificate(const struct config *c, msec now,
    struct config_notes *warnings)
{
	const struct config_web *w = &c->web;
	struct buf text = BUF_EMPTY;
	char *message;
	size_t n;

	if (w->tls_cert)
		certificate_says(w, now, &text);
	if (text.len == 0) {
		buf_release(&text);
		return;
	}
	/* The file's name behind it, as the notes of a load have it. */
	n = text.len + 1;
	buf_addn(&text, "", 1);
	buf_add(&text, w->tls_place.file);
	message = buf_take(&text);
	mem_reserve(&warnings->items, warnings->n, &warnings->cap,
	    sizeof(*warnings->items));
	warnings->items[warnings->n++] = (struct config_note){
		{ message + n, w->tls_place.line }, message };
}

/* The first reading of config_peek_timezone. */
static void
peek_section(void *arg, const struct reader_section *s)
{
	char **zone = arg;

	for (size_t i = 0; i < s->n && strcmp(s->name, "service") == 0; i++) {
		if (strcmp(s->pairs[i].key, "timezone") == 0 && !*zone)
			*zone = mem_dup(s->pairs[i].value);
	}
}

static void
peek_mistake(void *arg, int line, const char *message)
{
	(void)arg;
	(void)line;
	(void)message;
}

char *
config_peek_timezone(const char *path)
{
	static const struct reader_hooks hooks = { peek_section, peek_mistake,
		NULL };
	struct err e;
	FILE *file = reader_open(path, &e);
	char *zone = NULL;

	if (file) {
		/* What is wrong with the file, the load will tell. */
		if (reader_run(file, &hooks, &zone, &e) == -1) {
			free(zone);
			zone = NULL;
		}
		fclose(file);
	}
	return zone ? zone
	            : mem_dup(keys_find(&section_service,
	                "timezone")->otherwise);
}

const char *
message_key(enum message m)
{
	return section_message.keys[m].name;
}

const struct config_gateway *
config_gateway_for(const struct config *c, enum channel channel)
{
	for (size_t i = 0; i < c->n_gateways; i++) {
		const struct config_gateway *g = &c->gateways[i];
		if ((channel == CHANNEL_CALL && g->calls) ||
		    (channel == CHANNEL_TEXT && g->texts))
			return g;
	}
	return NULL;
}

const struct config_gateway *
config_gateway(const struct config *c, const char *name)
{
	for (size_t i = 0; i < c->n_gateways; i++) {
		if (strcmp(c->gateways[i].name, name) == 0)
			return &c->gateways[i];
	}
	return NULL;
}

static int
compare_id(const void *id, const void *participant)
{
	const struct config_participant *p = participant;

	return strcmp(id, p->id);
}

const struct config_participant *
config_participant(const struct config *c, const char *id)
{
	if (c->n_participants == 0)
		return NULL;
	return bsearch(id, c->participants, c->n_participants,
	    sizeof(*c->participants), compare_id);
}

const struct config_round *
config_round(const struct config *c, const char *name)
{
	for (size_t i = 0; i < c->n_rounds; i++) {
		if (strcmp(c->rounds[i].name, name) == 0)
			return &c->rounds[i];
	}
	return NULL;
}

const struct config_volunteer *
config_volunteer(const struct config *c, const char *id)
{
	for (size_t i = 0; i < c->n_volunteers; i++) {
		if (strcmp(c->volunteers[i].id, id) == 0)
			return &c->volunteers[i];
	}
	return NULL;
}

const struct config_participant *const *
config_people_at(const struct config *c, const char *e164, size_t *n)
{
	uint64_t number = index_number(e164);
	size_t low = 0, high = c->n_numbers;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (c->numbers[middle] < number)
			low = middle + 1;
		else
			high = middle;
	}
	*n = 0;
	while (low + *n < c->n_numbers && c->numbers[low + *n] == number)
		++*n;
	return *n > 0 ? &c->number_people[low] : NULL;
}

const struct config_volunteer *
config_volunteer_at(const struct config *c, const char *e164)
{
	for (size_t i = 0; i < c->n_volunteers; i++) {
		const char *mobile = c->volunteers[i].mobile;
		if (mobile && strcmp(mobile, e164) == 0)
			return &c->volunteers[i];
	}
	return NULL;
}

const struct config_volunteer *
config_volunteer_user(const struct config *c, const char *user)
{
	for (size_t i = 0; i < c->n_volunteers; i++) {
		const char *own = c->volunteers[i].user;
		if (own && strcmp(own, user) == 0)
			return &c->volunteers[i];
	}
	return NULL;
}

const struct config_messages *
config_messages(const struct config *c, const char *language)
{
	const char *usual = c->service.languages;
	size_t n = strcspn(usual, ",");
	const struct config_messages *fallback = &c->messages[0];

	for (size_t i = 0; i < c->n_messages; i++) {
		const struct config_messages *m = &c->messages[i];
		if (language && strcmp(m->language, language) == 0)
			return m;
		if (strlen(m->language) == n &&
		    strncmp(m->language, usual, n) == 0)
			fallback = m;
	}
	return fallback;
}

/* The round's own, else what is for all calls.  NULL: there is none of that
 * name, or it is silent there. */
static const struct config_recording *
recording_of(const struct config *c, const char *voice, const char *round,
    enum message m)
{
	const struct config_recording *usual = NULL;

	for (size_t i = 0; voice && i < c->n_voices; i++) {
		const struct config_voice *v = &c->voices[i];

		if (!v->parts[m] || strcmp(v->name, voice) != 0)
			continue;
		if (!v->round)
			usual = v->parts[m];
		else if (round && strcmp(v->round, round) == 0)
			return v->parts[m];
	}
	return usual;
}

const struct config_recording *
config_recording(const struct config *c, const struct config_participant *p,
    const char *round, enum message m)
{
	const struct config_recording *own = NULL;

	if (p)
		own = recording_of(c, config_extra(p)->recordings, round, m);
	return own ? own : recording_of(c, config_messages(c,
	    p ? p->language : NULL)->language, round, m);
}

const struct config_recording *
config_play(const struct config *c, const char *path)
{
	for (size_t i = 0; i < c->n_recordings; i++)
		if (strcmp(c->recordings[i]->path, path) == 0)
			return c->recordings[i];
	return NULL;
}

const char *
config_number(const struct config_participant *p, enum channel channel,
    bool alternate)
{
	struct number n;

	if (channel == CHANNEL_HUMAN)
		channel = CHANNEL_CALL;
	if (channel == CHANNEL_CALL)
		return alternate && p->alternate ? p->alternate : p->phone;
	/* A landline may be somebody's alternate for calls, not for texts. */
	if (alternate && p->text && p->alternate &&
	    number_read(p->alternate, "44", &n, NULL) == 0 && n.textable)
		return p->alternate;
	return p->text;
}

bool
config_has_left(const struct config_participant *p, localdate date)
{
	return p->extra && p->extra->left != CONFIG_NO_DATE &&
	    date >= p->extra->left;
}

bool
config_has_contact(const struct config_participant *p)
{
	for (int i = 0; i < p->n_contacts; i++)
		if (p->contacts[i].agreed != CONFIG_NO_DATE)
			return true;
	return config_extra(p)->contact_waived != NULL;
}

bool
config_is_away(const struct config_participant *p, localdate date)
{
	if (config_has_left(p, date))
		return true;
	for (uint16_t i = 0; i < p->n_away; i++) {
		if (date >= p->away[i].from && date <= p->away[i].to)
			return true;
	}
	return false;
}

bool
config_is_checked(const struct config_volunteer *v, localdate date)
{
	return v->checks_until == CONFIG_NO_DATE || date <= v->checks_until;
}

bool
config_is_on_duty(const struct config_volunteer *v, msec instant)
{
	if (!v->coordinator && !config_is_checked(v, calendar_date(instant)))
		return false;
	for (int i = 0; i < v->n_duty; i++) {
		if (week_hours_contain(&v->duty[i], instant))
			return true;
	}
	return false;
}

bool
config_is_quiet(const struct config_volunteer *v, msec instant)
{
	int minute = calendar_minute(instant);

	if (v->coordinator)
		return false;
	if (v->quiet.from <= v->quiet.to)
		return minute >= v->quiet.from && minute < v->quiet.to;
	return minute >= v->quiet.from || minute < v->quiet.to;
}

/* The next character of a name as it counts: blanks left out. */
static uint32_t
next_folded(const char **s)
{
	uint32_t c;

	do {
		c = text_fold(text_next(s));
	} while (c != 0 && c != '-' && c != '\'' &&
	    text_kind(c) != TEXT_WORD && text_kind(c) != TEXT_SIGN);
	return c;
}

static bool
same_area(const char *a, const char *b)
{
	uint32_t x, y;

	if (a == b)
		return true;
	do {
		x = next_folded(&a);
		y = next_folded(&b);
	} while (x == y && x != 0);
	return x == y;
}

bool
config_covers(const struct config_volunteer *v, const char *area)
{
	if (v->coordinator || v->n_areas == 0)
		return true;
	for (int i = 0; area && i < v->n_areas; i++) {
		if (same_area(v->areas[i], area))
			return true;
	}
	return false;
}

bool
config_speaks(const struct config *c, const struct config_volunteer *v,
    const char *language)
{
	/* A load with mistakes may have none. */
	if (!c->service.languages || c->n_messages == 0 ||
	    language_same(config_messages(c, NULL)->language, language))
		return true;
	for (int i = 0; i < v->n_languages; i++)
		if (language_same(v->languages[i], language))
			return true;
	return false;
}

bool
config_allows(const struct config *c, const char *e164)
{
	struct number n;

	return number_read(e164, c->service.country_code, &n, NULL) == 0 &&
	    (n.callable || n.textable) &&
	    number_allowed(c->service.allow_numbers, c->service.country_code,
	        e164);
}

/* What the first of the calendars that has the date calls it. */
static const char *
day_of(const struct config_calendar *const *calendars, size_t n,
    localdate date)
{
	for (size_t i = 0; i < n; i++) {
		const struct config_calendar *c = calendars[i];
		size_t from = 0, to = c->n_days;

		while (from < to) {
			size_t middle = from + (to - from) / 2;

			if (c->days[middle].date == date)
				return c->days[middle].why;
			if (c->days[middle].date < date)
				from = middle + 1;
			else
				to = middle;
		}
	}
	return NULL;
}

const char *
config_closed(const struct config_round *r, localdate date)
{
	return day_of(r->closed, r->n_closed, date);
}

const char *
config_only(const struct config_round *r, localdate date)
{
	return day_of(r->only, r->n_only, date);
}

bool
config_has_day(const struct config_round *r, localdate date)
{
	return week_has_day(r->days, date) &&
	    (r->n_only == 0 || config_only(r, date) != NULL);
}

bool
config_is_dropped(const struct config_round *r, localdate date)
{
	return r->at_closed == CONFIG_NOT_ASKED &&
	    config_closed(r, date) != NULL;
}

int
config_round_at(const struct config_round *r, localdate date)
{
	return r->at_closed != CONFIG_NOT_ASKED &&
	    config_closed(r, date) != NULL ? r->at_closed : r->at;
}

msec
config_slot(const struct config *c, const struct config_round *r,
    const struct config_participant *p, localdate date)
{
	msec place = 0;

	(void)c;
	if (!config_has_day(r, date))
		return NEVER;
	for (uint16_t i = 0; i < p->n_rounds; i++) {
		if (p->rounds[i] == r)
			place = p->places[i];
	}
	msec n = r->n_live > 0 ? (msec)r->n_live : 1;
	/* Somebody who is not live stands where they would, at the end too. */
	if (place >= n)
		place = n - 1;
	return calendar_instant(date, config_round_at(r, date), NULL) +
	    place * r->spread / n;
}

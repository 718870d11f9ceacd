#include "config/checks.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/url.h"
#include "config/closed.h"
#include "config/cover.h"
#include "config/messages.h"
#include "config/recordings.h"
#include "config/rounds_of.h"
#include "config/secrets.h"
#include "config/tongues.h"

/* An array of the configuration's own. */
static void *
array(struct load *l, size_t n, size_t size)
{
	return memory_alloc(l->memory, n * size);
}

/* Move the drafts into the configuration; who points at them comes later. */
static void
settle(struct load *l)
{
	struct config *c = l->c;

	c->gateways = array(l, l->n_gateways, sizeof(*c->gateways));
	for (size_t i = 0; i < l->n_gateways; i++)
		c->gateways[c->n_gateways++] = l->gateways[i].g;
	c->ladders = array(l, l->n_ladders, sizeof(*c->ladders));
	for (size_t i = 0; i < l->n_ladders; i++)
		c->ladders[c->n_ladders++] = l->ladders[i].l;
	c->rounds = array(l, l->n_rounds, sizeof(*c->rounds));
	for (size_t i = 0; i < l->n_rounds; i++)
		c->rounds[c->n_rounds++] = l->rounds[i].r;
	c->volunteers = array(l, l->n_volunteers, sizeof(*c->volunteers));
	for (size_t i = 0; i < l->n_volunteers; i++)
		c->volunteers[c->n_volunteers++] = l->volunteers[i];
	struct reply_word *words = array(l, l->n_words, sizeof(*words));
	for (size_t i = 0; i < l->n_words; i++)
		words[i] = l->words[i];
	c->words.items = words;
	c->words.n = l->n_words;
	c->voices = array(l, l->n_voices, sizeof(*c->voices));
	for (size_t i = 0; i < l->n_voices; i++)
		c->voices[c->n_voices++] = l->voices[i];
	c->recordings = array(l, l->n_recordings, sizeof(*c->recordings));
	for (size_t i = 0; i < l->n_recordings; i++)
		c->recordings[c->n_recordings++] = l->recordings[i];
	const char **reviewed = array(l, l->n_reviewed + 1, sizeof(*reviewed));
	for (size_t i = 0; i < l->n_reviewed; i++)
		reviewed[i] = l->reviewed[i];
	reviewed[l->n_reviewed] = NULL;
	c->reviewed = reviewed;
}

static void
settle_messages(struct load *l)
{
	struct config *c = l->c;

	c->messages = array(l, l->n_messages, sizeof(*c->messages));
	for (size_t i = 0; i < l->n_messages; i++)
		c->messages[c->n_messages++] = l->messages[i].m;
}

/* Is the name one that the whole internet can look up?  Gateways ring no
 * addresses of numbers, and refuse underscores. */
static bool
is_public_name(const char *host)
{
	static const char *const private[] = { ".local", ".localhost", ".lan",
		".internal", ".home", ".home.arpa", ".localdomain", ".test",
		".invalid", ".onion" };
	unsigned char address[16];
	size_t n = strlen(host);

	if (inet_pton(AF_INET, host, address) == 1 ||
	    inet_pton(AF_INET6, host, address) == 1)
		return false;
	if (!strchr(host, '.') || strchr(host, '_') || url_is_loopback(host))
		return false;
	/* All digits behind the last dot: some other way to write a number. */
	const char *top = strrchr(host, '.') + 1;
	if (top[strspn(top, "0123456789")] == '\0')
		return false;
	for (size_t i = 0; i < COUNT(private); i++) {
		size_t m = strlen(private[i]);
		if (n > m && strcasecmp(host + n - m, private[i]) == 0)
			return false;
	}
	return true;
}

/* A gateway elsewhere must be able to come back to us. */
static void
check_public_url(struct load *l, const struct draft_gateway *d)
{
	const char *public_url = l->c->web.public_url;
	struct config_place at = { d->g.place.file, d->line_base_url };
	struct url u;

	if (d->g.loopback || !d->g.base_url || !public_url ||
	    url_parse(public_url, &u, NULL) == -1)
		return;
	if (l->line_public_url > 0)
		at = (struct config_place){ l->files[0], l->line_public_url };
	if (d->g.calls && (strcmp(u.scheme, "https") != 0 ||
	    !is_public_name(u.host)))
		load_mistake(l, at, "gateway %s is on another machine and must"
		    " reach us while it calls; write as public_url of [web] an"
		    " https address with a public name, such as"
		    " https://check-in.example.org (a tunnel's will do: see"
		    " ringroundd(8))", d->g.name);
	else if (!d->g.calls && !d->g.polls && !is_public_name(u.host))
		load_warning(l, at, "gateway %s is on another machine, and no"
		    " reply can reach us at public_url; write the address by"
		    " which it can, or inbound = poll for [gateway %s]",
		    d->g.name, d->g.name);
}

static void
find_ladder(struct load *l, struct config_round *r,
    const struct draft_round *d)
{
	struct config_place at = { r->place.file, d->line_ladder };

	if (!d->ladder)
		return;
	for (size_t i = 0; i < l->c->n_ladders; i++) {
		if (strcmp(l->c->ladders[i].name, d->ladder) != 0)
			continue;
		/* One with mistakes is as good as none for what follows. */
		if (!l->ladders[i].bad && !d->bad)
			r->ladder = &l->c->ladders[i];
		return;
	}
	struct buf b = BUF_EMPTY;
	const char **names = mem_alloc((l->n_ladders + 1) * sizeof(*names));
	for (size_t i = 0; i < l->n_ladders; i++)
		names[i] = l->ladders[i].l.name;
	if (l->n_ladders > 0)
		keys_suggest(names, l->n_ladders, d->ladder, &b);
	else
		buf_add(&b, "; write that section");
	load_mistake(l, at, "ladder: there is no [ladder %s]%s", d->ladder,
	    buf_text(&b));
	free(names);
	buf_release(&b);
}

/* Which channels the ladder uses. */
static void
channels_of(const struct ladder *ladder, bool *calls, bool *texts)
{
	for (int i = 0; i < ladder->n_steps; i++) {
		*calls = *calls || ladder->steps[i].call;
		*texts = *texts || ladder->steps[i].text;
	}
}

/* Nobody can reply to letters. */
static void
check_letters(struct load *l, const struct config_round *r,
    const struct config_gateway *g)
{
	const struct draft_gateway *d = &l->gateways[g - l->c->gateways];
	struct config_place at = { g->place.file, d->line_text_from };
	bool is_new;
	char *text = mem_printf("letters %s", g->name);

	memory_intern(l->scratch, text, &is_new);
	free(text);
	if (is_new)
		load_mistake(l, at, "text_from is a name in letters, to which"
		    " nobody can reply, but round %s asks by text; write a"
		    " mobile number", r->name);
}

static void
check_gateways(struct load *l, const struct config_round *r,
    struct config_place at, bool calls, bool texts)
{
	static const char lacks[] = "ladder %s has a %s, but no gateway takes"
	    " any; write %s_from, and %s in channels where those stand, for a"
	    " [gateway], or another ladder";
	const struct config_gateway *g;

	if (calls && !config_gateway_for(l->c, CHANNEL_CALL))
		load_mistake(l, at, lacks, r->ladder->name, "call", "call",
		    "call");
	if (!texts)
		return;
	g = config_gateway_for(l->c, CHANNEL_TEXT);
	if (!g)
		load_mistake(l, at, lacks, r->ladder->name, "text", "text",
		    "text");
	else if (g->text_from_letters)
		check_letters(l, r, g);
}

/* How many of a round's live people keep the scheme's hours, and how many
 * are first asked by a call. */
struct tally {
	size_t live, scheme_hours, calls;
};

static void
count_people(const struct load *l, struct tally *tallies)
{
	for (size_t i = 0; i < l->n_participants; i++) {
		const struct config_participant *p = &l->participants[i];

		for (uint16_t j = 0; p->live && j < p->n_rounds; j++) {
			const struct config_round *r = p->rounds[j];
			struct tally *t = &tallies[r - l->c->rounds];
			t->live++;
			t->scheme_hours += !l->drafts[i].own_hours;
			t->calls += p->call_channel && r->ladder &&
			    r->ladder->steps[0].call;
		}
	}
}

static void
check_rate(struct load *l, const struct config_round *r,
    struct config_place at, size_t calls)
{
	const struct config_gateway *g = config_gateway_for(l->c,
	    CHANNEL_CALL);

	if (!g)
		return;
	double needed = (double)calls / g->calls_per_second;
	/* A few minutes late is nothing; an hour is. */
	if (needed > (double)(r->spread + 5 * MSEC_MINUTE) / MSEC_SECOND)
		load_warning(l, at, "the first calls of round %s take %.0f"
		    " minutes at %g a second; write a spread of that length,"
		    " or a higher rate if the gateway has it", r->name,
		    needed / 60 + 1, g->calls_per_second);
}

static void
check_rounds(struct load *l, struct tally *tallies)
{
	count_people(l, tallies);
	for (size_t i = 0; i < l->n_rounds; i++) {
		const struct config_round *r = &l->c->rounds[i];
		struct config_place at = { r->place.file,
			l->rounds[i].line_at };

		if (!r->ladder)
			continue;
		if (tallies[i].scheme_hours > 0 || tallies[i].live == 0) {
			rounds_of_check_hours(l, r,
			    &l->c->service.contact_hours, at,
			    "contact_hours");
			at.line = l->rounds[i].line_on_closed;
			closed_check_hours(l, r,
			    &l->c->service.contact_hours, at,
			    "contact_hours");
			at.line = l->rounds[i].line_at;
		}
		check_rate(l, r, at, tallies[i].calls);
	}
}

void
checks_run(struct load *l)
{
	bool calls = false, texts = false;

	settle(l);
	closed_settle(l);
	for (size_t i = 0; i < l->n_gateways; i++)
		check_public_url(l, &l->gateways[i]);
	secrets_check(l);
	for (size_t i = 0; i < l->n_rounds; i++) {
		struct config_round *r = &l->c->rounds[i];
		struct config_place at = { r->place.file,
			l->rounds[i].line_ladder };
		bool call = false, text = false;

		find_ladder(l, r, &l->rounds[i]);
		if (!r->ladder)
			continue;
		channels_of(r->ladder, &call, &text);
		check_gateways(l, r, at, call, text);
		calls = calls || call;
		texts = texts || text;
	}
	messages_check(l, calls, texts);
	settle_messages(l);
	rounds_of_people(l);
	struct tally *tallies = mem_alloc((l->n_rounds + 1) *
	    sizeof(*tallies));
	check_rounds(l, tallies);
	free(tallies);
	cover_check(l);
	tongues_check(l);
	recordings_check(l);
}

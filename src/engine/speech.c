#include "engine/speech.h"

#include <stdio.h>
#include <string.h>

#include "rules/away.h"
#include "rules/number.h"
#include "rules/wording.h"

/* How often the question is put in one call (domain.md 4.5). */
#define PROMPTS 3

void
speech_release(struct speech *s)
{
	buf_release(&s->before);
	buf_release(&s->ask);
	buf_release(&s->after);
}

/* The digits of a number one by one, so that a voice does not read millions. */
static void
spoken(const char *national, char *ret, size_t size)
{
	size_t n = 0;

	for (; *national != '\0' && n + 3 < size; national++) {
		if (*national == ' ') {
			ret[n++] = ',';
			ret[n++] = ' ';
			continue;
		}
		if (n > 0 && ret[n - 1] != ' ')
			ret[n++] = ' ';
		ret[n++] = *national;
	}
	ret[n] = '\0';
}

static void
phone(const struct engine *en, const char *e164, bool voice, char *ret,
    size_t size)
{
	char national[NUMBER_NATIONAL_SIZE] = "";

	if (e164 != NULL)
		number_national(e164, en->conf->service.country_code,
		    national);
	if (voice)
		spoken(national, ret, size);
	else
		snprintf(ret, size, "%s", national);
}

/* Where people ring back: the line that calls come from. */
static const char *
call_back_number(const struct engine *en)
{
	const struct config_gateway *g =
	    config_gateway_for(en->conf, CHANNEL_CALL);

	return g != NULL && g->call_from != NULL ? g->call_from :
	    en->conf->service.office_phone;
}

/* "Stan, Vera": everybody at the person's number. */
static void
add_names(const struct engine *en, const struct config_participant *p,
    struct buf *ret)
{
	const char *number = p != NULL ? config_number(p, CHANNEL_TEXT, false) :
	    NULL;
	const struct config_participant *const *people;
	size_t n = 0;

	if (number == NULL)
		return;
	people = config_people_at(en->conf, number, &n);
	for (size_t i = 0; i < n; i++)
		buf_addf(ret, "%s%s", i > 0 ? ", " : "", people[i]->call_me);
}

/* The days of a trip, "" where there is none. */
struct days {
	char first[AWAY_DATE_SIZE], last[AWAY_DATE_SIZE], next[AWAY_DATE_SIZE];
};

static void
name_days(const struct trip *trip, const char *language, bool voice,
    struct days *ret)
{
	memset(ret, 0, sizeof(*ret));
	if (trip == NULL)
		return;
	away_format(trip->first, language, voice, ret->first);
	away_format(trip->last, language, voice, ret->last);
	away_format(trip->last + 1, language, voice, ret->next);
}

static void
fill(const struct engine *en, const struct config_participant *p,
    enum message m, bool voice, const struct trip *trip, msec now,
    struct buf *ret)
{
	const struct config_messages *messages = config_messages(en->conf,
	    p != NULL ? p->language : NULL);
	char ring_by[CALENDAR_CLOCK_SIZE];
	char office[2 * NUMBER_NATIONAL_SIZE], back[2 * NUMBER_NATIONAL_SIZE];
	struct days days;
	struct buf names = BUF_EMPTY;

	name_days(trip, messages->language, voice, &days);
	calendar_format_clock(now + RING_YOU_WITHIN, ring_by);
	phone(en, en->conf->service.office_phone, voice, office,
	    sizeof(office));
	phone(en, call_back_number(en), voice, back, sizeof(back));
	add_names(en, p, &names);
	const struct wording_value values[] = {
		{ "first_name", p != NULL ? p->call_me : "" },
		{ "service", en->conf->service.name },
		{ "ring_by", ring_by },
		{ "office_phone", office },
		{ "call_back_phone", back },
		{ "names", buf_text(&names) },
		{ "first_day", days.first },
		{ "last_day", days.last },
		{ "next_day", days.next },
	};
	wording_fill(ret, messages->texts[m], values, COUNT(values));
	buf_release(&names);
}

void
speech_text(const struct engine *en, const struct config_participant *p,
    enum message m, const struct trip *trip, msec now, struct buf *ret)
{
	struct buf raw = BUF_EMPTY;

	fill(en, p, m, false, trip, now, &raw);
	wording_gsm(buf_text(&raw), ret);
	buf_release(&raw);
}

/* The message as what is played or spoken; the words go into b, which must
 * not change any more. */
static void
say(const struct engine *en, struct hearer to, enum message m,
    const struct trip *trip, msec now, struct buf *b, struct phrase *ret)
{
	const struct config_recording *r = config_recording(en->conf, to.p,
	    to.round, m);

	fill(en, to.p, m, true, trip, now, b);
	ret->words = buf_text(b);
	if (r != NULL)
		snprintf(ret->audio, sizeof(ret->audio), "%s", r->path);
}

static void
set_voice(const struct engine *en, const struct config_participant *p,
    struct script *ret)
{
	const struct config_messages *m = config_messages(en->conf,
	    p != NULL ? p->language : NULL);

	ret->language = m->language;
	ret->voice = m->voice;
	if (p == NULL)
		return;
	if (config_extra(p)->voice != NULL)
		ret->voice = config_extra(p)->voice;
	ret->speed = config_extra(p)->speed;
}

void
speech_ask(const struct engine *en, struct hearer to,
    const struct phrase *last, bool greeted, enum message question,
    const char *ref, int turn, struct speech *ret)
{
	struct script *s = &ret->script;

	memset(ret, 0, sizeof(*ret));
	if (last != NULL)
		s->last = *last;
	if (greeted)
		say(en, to, MESSAGE_GREETING, NULL, 0, &ret->before,
		    &s->before);
	say(en, to, question, NULL, 0, &ret->ask, &s->ask);
	say(en, to, MESSAGE_NO_KEY, NULL, 0, &ret->after, &s->after);
	snprintf(s->ref, sizeof(s->ref), "%s", ref);
	s->turn = turn;
	s->prompts = PROMPTS;
	set_voice(en, to.p, s);
}

void
speech_say(const struct engine *en, struct hearer to, enum message m,
    const struct trip *trip, msec now, struct speech *ret)
{
	memset(ret, 0, sizeof(*ret));
	say(en, to, m, trip, now, &ret->before, &ret->script.before);
	/* Into a silence: there may be an answering machine at the other end,
	 * and what stays on it is how to ring us back (domain.md, L22). */
	if (m == MESSAGE_NO_KEY && to.p != NULL)
		say(en, to, MESSAGE_VOICEMAIL, NULL, now, &ret->after,
		    &ret->script.after);
	set_voice(en, to.p, &ret->script);
}

/*
 * [participant ID]: a person who is checked on.  What can be said of one
 * person alone is checked here, the rest (rounds, areas) in checks.c.
 */
#include <stddef.h>
#include <string.h>

#include "base/mem.h"
#include "config/extra.h"
#include "config/values.h"
#include "rules/number.h"

#define AT(member) offsetof(struct config_participant, member)
#define EXTRA(member) offsetof(struct config_extra, member)

#define MANY 200	/* of contacts or planned absences, of one person */

static struct draft_participant *
draft_of(struct load *l, const struct config_participant *p)
{
	return &l->drafts[p - l->participants];
}

static VALUES_PARSER(parse_channel)
{
	struct config_participant *p = subject;
	char part[16];

	(void)l;
	while (values_next_part(&value, part, sizeof(part))) {
		if (strcmp(part, "call") == 0)
			p->call_channel = true;
		else if (strcmp(part, "text") == 0)
			p->text_channel = true;
		else if (strcmp(part, "human") == 0)
			p->human_channel = true;
		else
			return err_set(e, "%s: \"%s\" is none of call, text and"
			    " human; write one of them, or call, text", k->name,
			    part);
	}
	if (p->human_channel && (p->call_channel || p->text_channel))
		return err_set(e, "%s: human replaces the ladder, so nothing"
		    " else may stand beside it; write human alone", k->name);
	return 0;
}

static VALUES_PARSER(parse_rounds)
{
	struct config_participant *p = subject;
	struct draft_participant *d = draft_of(l, p);

	(void)k;
	(void)e;
	d->rounds = memory_intern(l->memory, value, NULL);
	return 0;
}

/* One more element behind an array of the configuration's own memory. */
static void *
append(struct load *l, const void *old, size_t n, size_t size)
{
	char *array = memory_alloc(l->memory, (n + 1) * size);

	if (n > 0)
		memcpy(array, old, n * size);
	return array;
}

/* "2026-12-20 to 2027-01-03, with his daughter", or one date alone. */
static int
parse_absence(struct load *l, const struct key *k,
    struct config_participant *p, const char *value, bool paused,
    struct err *e)
{
	struct config_away away = { .why = "", .paused = paused };
	const char *comma = strchr(value, ',');
	char dates[64];

	if (!values_next_part(&value, dates, sizeof(dates)) ||
	    p->n_away >= MANY)
		return err_set(e, "%s: more than %d absences; take the old"
		    " ones away", k->name, MANY);
	char *to = strstr(dates, " to ");
	if (to) {
		dates[strcspn(dates, " ")] = '\0';
		to += strspn(to + 4, " ") + 4;
	}
	if (calendar_parse_date(dates, &away.from, e) == -1 ||
	    calendar_parse_date(to ? to : dates, &away.to, e) == -1)
		return values_fault(k, e);
	if (away.to < away.from)
		return err_set(e, "%s: it ends before it begins; write the"
		    " first and the last day, such as 2026-12-20 to"
		    " 2027-01-03", k->name);
	if (comma)
		away.why = memory_text(l->memory,
		    comma + 1 + strspn(comma + 1, " \t"));
	struct config_away *all = append(l, p->away, p->n_away,
	    sizeof(away));
	all[p->n_away++] = away;
	p->away = all;
	return 0;
}

static VALUES_PARSER(parse_away)
{
	return parse_absence(l, k, subject, value, false, e);
}

/* "2026-12-01 to 2026-12-14, waiting for a new telephone" */
static VALUES_PARSER(parse_paused)
{
	const char *comma = strchr(value, ',');

	if (!strstr(value, " to ") || !comma ||
	    comma[1 + strspn(comma + 1, " \t")] == '\0')
		return err_set(e, "%s: a pause has its end and its reason;"
		    " write both, such as 2026-12-01 to 2026-12-14, waiting"
		    " for a new telephone", k->name);
	return parse_absence(l, k, subject, value, true, e);
}

/* "agreed 2026-09-01": is it that word, and its date?  1, 0, -1. */
static int
parse_dated_word(const char *part, const char *word, localdate *ret,
    struct err *e)
{
	size_t n = strlen(word);

	if (strncmp(part, word, n) != 0 || part[n] != ' ')
		return 0;
	if (calendar_parse_date(part + n + strspn(part + n, " "), ret, e) == 0)
		return 1;
	return err_wrap(e, "contact");
}

/* What may follow a contact's number. */
static int
parse_contact_word(struct config_contact *c, const char *part, struct err *e)
{
	if (strcmp(part, "keyholder") == 0) {
		c->keyholder = true;
		return 0;
	}
	int found = parse_dated_word(part, "agreed", &c->agreed, e);
	if (found == 0)
		found = parse_dated_word(part, "confirmed", &c->confirmed, e);
	if (found != 0)
		return found == 1 ? 0 : -1;
	return err_set(e, "contact: \"%.40s\" is neither keyholder nor agreed"
	    " or confirmed with a date; write such as keyholder, agreed"
	    " 2026-09-01", part);
}

/* "Brian Clarke, son, 07700 900124, keyholder, agreed 2026-09-01" */
static VALUES_PARSER(parse_contact)
{
	struct config_participant *p = subject;
	struct config_contact c = { .agreed = CONFIG_NO_DATE,
		.confirmed = CONFIG_NO_DATE };
	char name[128], relation[64], part[64];

	(void)k;
	if (!values_next_part(&value, name, sizeof(name)) || !name[0] ||
	    !values_next_part(&value, relation, sizeof(relation)) ||
	    !values_next_part(&value, part, sizeof(part)))
		return err_set(e, "contact: write name, relation and number"
		    " with commas between them, such as Brian Clarke, son,"
		    " 07700 900124");
	if (p->n_contacts >= MANY)
		return err_set(e, "contact: more than %d; take some away",
		    MANY);
	c.number = values_number(l, "contact's number", part, false, e);
	if (!c.number)
		return -1;
	while (values_next_part(&value, part, sizeof(part))) {
		if (parse_contact_word(&c, part, e) == -1)
			return -1;
	}
	c.name = memory_text(l->memory, name);
	c.relation = memory_intern(l->memory, relation, NULL);
	struct config_contact *all = append(l, p->contacts, p->n_contacts,
	    sizeof(c));
	all[p->n_contacts++] = c;
	p->contacts = all;
	return 0;
}

/* "2026-09-01, spoken, recorded by Asha Patel"; the newest holds. */
static VALUES_PARSER(parse_consent)
{
	struct config_participant *p = subject;
	struct config_record new, old;

	if (extra_read_record(k, value, &new, e) == -1)
		return -1;
	if (p->consent && extra_read_record(k, p->consent, &old, e) == 0 &&
	    old.on > new.on)
		return 0;
	return values_shared(l, k, subject, value, e);
}

static VALUES_PARSER(parse_language)
{
	if (!load_is_language(value))
		return err_set(e, "language: \"%.20s\" is no short name of a"
		    " language; write such as en, pl", value);
	return values_shared(l, k, subject, value, e);
}

/* Whom a machine asks it speaks to; a volunteer may speak any language. */
static void
check_language(struct load *l, const struct config_participant *p)
{
	if (p->language && !p->human_channel &&
	    !load_has_language(l, p->language))
		load_mistake(l, load_place(l, "language"), "language: \"%.20s\""
		    " is not among languages of [service]; write one of %s, or"
		    " channel = human, where a volunteer rings", p->language,
		    l->c->service.languages ? l->c->service.languages : "en");
}

static VALUES_PARSER(parse_own_hours)
{
	draft_of(l, subject)->own_hours = true;
	return values_hours(l, k, subject, value, e);
}

static const struct key participant_keys[] = {
	{ "name", values_text, AT(name), .max = 120, .flags = KEY_NEEDED,
	    .about = "the whole name, such as Mrs Edna Clarke" },
	{ "call_me", values_shared, AT(call_me), .max = 60,
	    .flags = KEY_NEEDED,
	    .about = "how calls and texts name the person, such as Edna" },
	{ "phone", values_phone, AT(phone),
	    .about = "the first number for calls; may be a mobile" },
	{ "alternate", values_phone, AT(alternate),
	    .about = "a second number, for steps that say alternate" },
	{ "text", values_mobile, AT(text),
	    .about = "the mobile number for texts" },
	{ "channel", parse_channel, 0,
	    .about = "call, text, or both; human: a volunteer rings; without"
	        " the key, what there is a number for" },
	{ "round", parse_rounds, 0,
	    .about = "the rounds that the person is in, such as morning,"
	        " friday" },
	{ "area", values_shared, AT(area), .max = 80,
	    .about = "where the person lives, for who follows up" },
	{ "away", parse_away, 0, .flags = KEY_REPEATS,
	    .about = "a planned absence, both dates included, such as"
	        " 2026-12-20 to 2027-01-03, with his daughter" },
	{ "contact", parse_contact, 0, .flags = KEY_REPEATS,
	    .about = "a relative or neighbour: name, relation, number, then"
	        " keyholder and agreed with a date if they are so" },
	{ "contact_hours", parse_own_hours, AT(contact_hours),
	    .about = "the hours that the person asked for, in place of the"
	        " scheme's" },
	{ "ring", values_duration, AT(ring), .min = 10 * MSEC_SECOND,
	    .max = 2 * MSEC_MINUTE,
	    .about = "how long calls ring here, in place of the ladder's" },
	{ "language", parse_language, AT(language),
	    .about = "one of the scheme's languages, in place of the first;"
	        " with channel = human any" },
	{ "consent", parse_consent, AT(consent), .max = 300,
	    .flags = KEY_REPEATS,
	    .about = "when and how the person agreed, such as 2026-09-01,"
	        " spoken, recorded by Asha Patel" },
	{ "live", values_flag, AT(live), .otherwise = "no",
	    .about = "yes: the person is asked; no: not yet, or for a while"
	        " not" },
	/* Said of few: struct config_extra. */
	{ "paused", parse_paused, 0, .flags = KEY_REPEATS,
	    .about = "we do not ask for a while: first and last day, and why,"
	        " such as 2026-12-01 to 2026-12-14, new telephone" },
	{ "voice", extra_shared, EXTRA(voice), .max = 80,
	    .about = "the gateway's voice for calls to this person, such as"
	        " Polly.Brian" },
	{ "speed", extra_speed, 0, .min = 50, .max = 120,
	    .about = "how fast that voice speaks: 80% is slow" },
	{ "recordings", extra_shared, EXTRA(recordings), .max = 40,
	    .about = "the [recording NAME] that is played to this person, such"
	        " as a relative's" },
	{ "agreement", extra_record, EXTRA(agreement), .flags = KEY_REPEATS,
	    .about = "when and how the person agreed to be in the scheme" },
	{ "promotional", extra_record, EXTRA(promotional),
	    .flags = KEY_REPEATS,
	    .about = "when the person agreed to invitations and news, or not:"
	        " 2026-09-01, no, spoken" },
	{ "sharing", extra_record, EXTRA(sharing), .flags = KEY_REPEATS,
	    .about = "when and who may be told about the person, such as"
	        " 2026-09-01, her son and her GP" },
	{ "tested", extra_tested, 0,
	    .about = "when a test call or text was confirmed; or waived and"
	        " why, such as waived, known to us for years" },
	{ "contact_waived", extra_waived, EXTRA(contact_waived),
	    .about = "why there is no contact who has agreed, such as waived,"
	        " has nobody" },
	{ "confirmed", extra_date, EXTRA(confirmed),
	    .about = "when numbers and contacts were last found to be right" },
	{ "safety", extra_safety, 0,
	    .about = "what a visitor must know: dog, other_pets,"
	        " hard_of_hearing, poor_sight, slow_to_door, stairs,"
	        " other_door, go_in_twos; and when that was looked at" },
	{ "age_band", extra_age_band, EXTRA(age_band),
	    .about = "such as 70-79, or 90+" },
	{ "ward", extra_shared, EXTRA(ward), .max = 80,
	    .about = "the ward, for reports" },
	{ "referred_by", extra_shared, EXTRA(referred_by), .max = 120,
	    .about = "which service or person the person came from" },
	{ "referred_on", extra_date, EXTRA(referred_on),
	    .about = "when they came from there" },
	{ "left", extra_date, EXTRA(left),
	    .about = "the first day on which the person is no longer asked" },
	{ "left_reason", extra_left_reason, EXTRA(left_reason), .max = 200,
	    .about = "why: moved, care_home, died, own_wish, not_needed,"
	        " unreachable, other; and words behind a comma" },
};

static void *
begin_participant(struct load *l, const char *name)
{
	mem_reserve(&l->participants, l->n_participants,
	    &l->cap_participants, sizeof(*l->participants));
	mem_reserve(&l->drafts, l->n_participants, &l->cap_drafts,
	    sizeof(*l->drafts));
	struct config_participant *p = &l->participants[l->n_participants];
	memset(p, 0, sizeof(*p));
	p->id = memory_text(l->memory, name);
	p->place = load_place(l, "");
	l->drafts[l->n_participants++] = (struct draft_participant){
		.rounds = NULL };
	return p;
}

/* Which channels, where the person's key does not say. */
static void
choose_channels(struct load *l, struct config_participant *p)
{
	if (load_line(l, "channel") == 0) {
		p->call_channel = p->phone != NULL;
		p->text_channel = p->text != NULL;
		return;
	}
	if (p->call_channel && load_line(l, "phone") == 0)
		load_mistake(l, load_place(l, "channel"), "channel has call,"
		    " but there is no phone; write phone = and the number");
	if (p->text_channel && load_line(l, "text") == 0)
		load_mistake(l, load_place(l, "channel"), "channel has text,"
		    " but there is no number for texts; write text = and a"
		    " mobile number");
}

static void
check_allowed(struct load *l, const char *key, const char *e164)
{
	const struct config_service *s = &l->c->service;

	if (e164 && !number_allowed(s->allow_numbers, s->country_code, e164))
		load_mistake(l, load_place(l, key), "%s is not among"
		    " allow_numbers, and the person is live; add it there, or"
		    " write live = no", key);
}

/* The person's newest word was no. */
static bool
is_unwilling(const struct config_participant *p)
{
	static const struct key k = { .name = "consent" };
	struct config_record r = { .no = false };

	return p->consent && extra_read_record(&k, p->consent, &r,
	    NULL) == 0 && r.no;
}

/* What a person who is asked every day must have. */
static void
check_live(struct load *l, const struct config_participant *p,
    const struct draft_participant *d)
{
	struct config_place at = load_place(l, "live");
	bool number = load_line(l, "phone") > 0 || load_line(l, "text") > 0;

	if (load_line(l, "consent") == 0)
		load_mistake(l, at, "a live person needs their consent; write"
		    " consent = and its date, how, and who recorded it, or"
		    " live = no");
	else if (is_unwilling(p))
		load_mistake(l, at, "the person's newest consent is no longer"
		    " one; write live = no");
	if (!d->rounds && load_line(l, "round") == 0)
		load_mistake(l, at, "a live person needs a round; write round"
		    " = and its name, or live = no");
	if (!number)
		load_mistake(l, at, "a live person needs a number; write phone"
		    " = or text = and the number, or live = no");
	check_allowed(l, "phone", p->phone);
	check_allowed(l, "alternate", p->alternate);
	check_allowed(l, "text", p->text);
}

/* Numbers that are written twice are kept once. */
static void
share_numbers(struct config_participant *p)
{
	if (p->alternate && p->text && strcmp(p->alternate, p->text) == 0)
		p->text = p->alternate;
	if (p->phone && p->text && strcmp(p->phone, p->text) == 0)
		p->text = p->phone;
}

static void
end_participant(struct load *l, void *subject)
{
	struct config_participant *p = subject;
	struct draft_participant *d = draft_of(l, p);

	if (load_line(l, "alternate") > 0 && load_line(l, "phone") == 0 &&
	    load_line(l, "text") == 0)
		load_mistake(l, load_place(l, "alternate"), "alternate stands"
		    " without a first number; write it as phone");
	choose_channels(l, p);
	share_numbers(p);
	check_language(l, p);
	if (!p->language)
		p->language = l->n_languages > 0 ? l->languages[0] : "en";
	if (!d->own_hours)
		p->contact_hours = l->c->service.contact_hours;
	d->line_rounds = load_place(l, "round").line;
	d->line_area = load_place(l, "area").line;
	d->line_language = load_line(l, "language");
	d->line_recordings = load_line(l, "recordings");
	if (p->live) {
		l->c->n_live++;
		check_live(l, p, d);
	}
	extra_check(l, p);
	d->bad = load_is_bad(l);
}

const struct section_kind section_participant = {
	.name = "participant",
	.naming = NAMING_NAME,
	.example = "edna",
	.keys = participant_keys,
	.n_keys = COUNT(participant_keys),
	.begin = begin_participant,
	.end = end_participant,
	.about = "a person who is checked on",
};

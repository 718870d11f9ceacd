/*
 * [participant ID]: a person who is checked on.  What can be said of one
 * person alone is checked here, the rest (rounds, areas) in checks.c.
 */
#include <stddef.h>
#include <string.h>

#include "base/mem.h"
#include "config/values.h"
#include "rules/number.h"

#define AT(member) offsetof(struct config_participant, member)

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
static VALUES_PARSER(parse_away)
{
	struct config_participant *p = subject;
	struct config_away away = { .why = "" };
	const char *comma = strchr(value, ',');
	char dates[64];

	if (!values_next_part(&value, dates, sizeof(dates)) ||
	    p->n_away >= MANY)
		return err_set(e, "away: more than %d absences; take the old"
		    " ones away", MANY);
	char *to = strstr(dates, " to ");
	if (to) {
		dates[strcspn(dates, " ")] = '\0';
		to += strspn(to + 4, " ") + 4;
	}
	if (calendar_parse_date(dates, &away.from, e) == -1 ||
	    calendar_parse_date(to ? to : dates, &away.to, e) == -1)
		return values_fault(k, e);
	if (away.to < away.from)
		return err_set(e, "away: it ends before it begins; write the"
		    " first and the last day, such as 2026-12-20 to"
		    " 2027-01-03");
	if (comma)
		away.why = memory_text(l->memory,
		    comma + 1 + strspn(comma + 1, " \t"));
	struct config_away *all = append(l, p->away, p->n_away,
	    sizeof(away));
	all[p->n_away++] = away;
	p->away = all;
	return 0;
}

/* What may follow a contact's number. */
static int
parse_contact_word(struct config_contact *c, const char *part, struct err *e)
{
	if (strcmp(part, "keyholder") == 0) {
		c->keyholder = true;
		return 0;
	}
	if (strncmp(part, "agreed ", 7) == 0) {
		if (calendar_parse_date(part + 7 + strspn(part + 7, " "),
		        &c->agreed, e) == 0)
			return 0;
		return err_wrap(e, "contact");
	}
	return err_set(e, "contact: \"%.40s\" is neither keyholder nor agreed"
	    " with a date; write such as keyholder, agreed 2026-09-01", part);
}

/* "Brian Clarke, son, 07700 900124, keyholder, agreed 2026-09-01" */
static VALUES_PARSER(parse_contact)
{
	struct config_participant *p = subject;
	struct config_contact c = { .agreed = INT32_MIN };
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

/* "2026-09-01, spoken, recorded by Asha Patel" */
static VALUES_PARSER(parse_consent)
{
	const char *list = value;
	localdate date;
	char part[32];

	values_next_part(&list, part, sizeof(part));
	if (calendar_parse_date(part, &date, e) == -1) {
		struct err why = *e;
		return err_set(e, "consent begins with its date: %s",
		    why.text);
	}
	return values_shared(l, k, subject, value, e);
}

static VALUES_PARSER(parse_language)
{
	if (!load_has_language(l, value))
		return err_set(e, "language: \"%.20s\" is not among languages"
		    " of [service]; write one of %s", value,
		    l->c->service.languages ? l->c->service.languages : "en");
	return values_shared(l, k, subject, value, e);
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
	    .about = "one of the scheme's languages, in place of the first" },
	{ "consent", parse_consent, AT(consent), .max = 300,
	    .about = "when and how the person agreed, such as 2026-09-01,"
	        " spoken, recorded by Asha Patel" },
	{ "live", values_flag, AT(live), .otherwise = "no",
	    .about = "yes: the person is asked; no: not yet, or for a while"
	        " not" },
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
	if (!p->language)
		p->language = l->n_languages > 0 ? l->languages[0] : "en";
	if (!d->own_hours)
		p->contact_hours = l->c->service.contact_hours;
	d->line_rounds = load_place(l, "round").line;
	d->line_area = load_place(l, "area").line;
	if (p->live) {
		l->c->n_live++;
		check_live(l, p, d);
	}
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

/*
 * [volunteer ID]: somebody who follows up, or runs the scheme.
 */
#include <stddef.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"
#include "config/values.h"
#include "rules/number.h"

#define AT(member) offsetof(struct config_volunteer, member)

static VALUES_PARSER(parse_role)
{
	struct config_volunteer *v = subject;

	(void)l;
	v->coordinator = strcmp(value, "coordinator") == 0;
	if (!v->coordinator && strcmp(value, "volunteer") != 0)
		return err_set(e, "%s: \"%.40s\" is neither volunteer nor"
		    " coordinator; write one of them", k->name, value);
	return 0;
}

static VALUES_PARSER(parse_areas)
{
	struct config_volunteer *v = subject;
	const char *list = value;
	char part[81];
	size_t n = 1, i = 0;

	for (const char *s = value; *s; s++)
		n += *s == ',';
	const char **areas = memory_alloc(l->memory, n * sizeof(*areas));
	while (values_next_part(&list, part, sizeof(part))) {
		if (!*part)
			return err_set(e, "%s: there is an empty name between"
			    " the commas; write such as Sneinton, St Ann's",
			    k->name);
		areas[i++] = memory_intern(l->memory, part, NULL);
	}
	v->areas = areas;
	v->n_areas = (int)i;
	return 0;
}

static VALUES_PARSER(parse_languages)
{
	struct config_volunteer *v = subject;
	const char *list = value;
	char part[41];
	size_t n = 1, i = 0;

	for (const char *s = value; *s; s++)
		n += *s == ',';
	const char **languages = memory_alloc(l->memory,
	    n * sizeof(*languages));
	while (values_next_part(&list, part, sizeof(part))) {
		if (!load_is_language(part))
			return err_set(e, "%s: \"%s\" is no short name of a"
			    " language; write such as en, pl", k->name, part);
		languages[i++] = memory_intern(l->memory, part, NULL);
	}
	v->languages = languages;
	v->n_languages = (int)i;
	return 0;
}

/* "2027-03-01", or "2027-03-01, DBS": the first to run out counts. */
static VALUES_PARSER(parse_checks)
{
	struct config_volunteer *v = subject;
	localdate until;
	char part[32];

	(void)l;
	values_next_part(&value, part, sizeof(part));
	if (calendar_parse_date(part, &until, e) == -1) {
		struct err why = *e;
		return err_set(e, "%s begins with the last day on which they"
		    " hold: %s", k->name, why.text);
	}
	if (v->checks_until == CONFIG_NO_DATE || until < v->checks_until)
		v->checks_until = until;
	return 0;
}

static VALUES_PARSER(parse_duty)
{
	struct config_volunteer *v = subject;
	struct week_hours duty;

	if (week_parse_duty(value, &duty, e) == -1)
		return values_fault(k, e);
	struct week_hours *all = memory_alloc(l->memory,
	    (size_t)(v->n_duty + 1) * sizeof(*all));
	if (v->n_duty > 0)
		memcpy(all, v->duty, (size_t)v->n_duty * sizeof(*all));
	all[v->n_duty++] = duty;
	v->duty = all;
	return 0;
}

/* "text", "email", "text, email" or "none". */
static VALUES_PARSER(parse_ways)
{
	struct config_ways *ways =
	    (struct config_ways *)((char *)subject + k->at);
	bool none = strcmp(value, "none") == 0;
	char part[16];

	(void)l;
	while (!none && values_next_part(&value, part, sizeof(part))) {
		if (strcmp(part, "text") == 0)
			ways->text = true;
		else if (strcmp(part, "email") == 0)
			ways->email = true;
		else
			return err_set(e, "%s: \"%s\" is neither text nor"
			    " email; write one of them, both with a comma"
			    " between, or none", k->name, part);
	}
	return 0;
}

/* "21:30-08:00": these may go over midnight. */
static VALUES_PARSER(parse_quiet)
{
	struct config_volunteer *v = subject;
	const char *dash = strchr(value, '-');
	char from[8];

	(void)l;
	if (!dash || dash == value || (size_t)(dash - value) >= sizeof(from))
		return err_set(e, "%s: write two times with a - between, such"
		    " as 21:30-08:00", k->name);
	memcpy(from, value, (size_t)(dash - value));
	from[dash - value] = '\0';
	if (num_clock(from, false, &v->quiet.from, e) == -1 ||
	    num_clock(dash + 1, true, &v->quiet.to, e) == -1)
		return values_fault(k, e);
	return 0;
}

static const struct key volunteer_keys[] = {
	{ "name", values_text, AT(name), .max = 120, .flags = KEY_NEEDED,
	    .about = "the name that stands in the record" },
	{ "role", parse_role, 0, .otherwise = "volunteer",
	    .about = "volunteer, or coordinator: runs the scheme, covers all"
	        " areas, and is the last to be told" },
	{ "mobile", values_mobile, AT(mobile),
	    .about = "the mobile number for notices by text" },
	{ "email", values_email, AT(email),
	    .about = "the address for notices by e-mail" },
	{ "user", values_id, AT(user),
	    .about = "the user of this machine who is this person, for the"
	        " command line" },
	{ "areas", parse_areas, 0,
	    .about = "the areas that they follow up in, such as Sneinton,"
	        " St Ann's; without the key, all" },
	{ "duty", parse_duty, 0, .otherwise = "mon-sun 00:00-24:00",
	    .flags = KEY_REPEATS,
	    .about = "when they are on duty, such as mon-fri 08:00-18:00" },
	{ "carries", values_int, AT(carries), .min = 1, .max = 100,
	    .otherwise = "5",
	    .about = "how many open flags they carry at once at most" },
	{ "notices", parse_ways, AT(notices),
	    .about = "how they are told of flags: text, email or both;"
	        " without the key, by all that they have" },
	{ "morning_list", parse_ways, AT(morning_list),
	    .about = "how the morning list comes: text, email, both or none;"
	        " without the key, by e-mail" },
	{ "evening_list", parse_ways, AT(evening_list),
	    .about = "how the hand-over of the evening comes: text, email,"
	        " both or none; without the key, by e-mail" },
	{ "quiet", parse_quiet, 0,
	    .about = "hours without any text but for help, such as"
	        " 21:30-08:00; a coordinator has none" },
	{ "languages", parse_languages, 0,
	    .about = "the languages that they speak beside the scheme's first,"
	        " such as pl, ur" },
	{ "checks", parse_checks, 0, .flags = KEY_REPEATS,
	    .about = "the last day on which their checks or training hold, and"
	        " what it is, such as 2027-03-01, DBS; nobody is given a flag"
	        " after it" },
};

static void *
begin_volunteer(struct load *l, const char *name)
{
	for (size_t i = 0; i < l->n_volunteers; i++) {
		const struct config_volunteer *v = &l->volunteers[i];
		if (strcmp(v->id, name) == 0)
			load_mistake(l, load_place(l, ""), "two volunteers have"
			    " the id %s, the other in %s:%d; give one of them"
			    " another id", name, v->place.file, v->place.line);
	}
	mem_reserve(&l->volunteers, l->n_volunteers, &l->cap_volunteers,
	    sizeof(*l->volunteers));
	struct config_volunteer *v = &l->volunteers[l->n_volunteers++];
	memset(v, 0, sizeof(*v));
	v->checks_until = CONFIG_NO_DATE;
	v->id = memory_text(l->memory, name);
	v->place = load_place(l, "");
	return v;
}

/* Both are told, since either may be the one that is wrong. */
static void
tell_shared(struct load *l, const char *key, const struct config_volunteer *v,
    const struct config_volunteer *o)
{
	static const char text[] = "%s is that of volunteer %s too, so nobody"
	    " could tell who claims; give each their own";

	load_mistake(l, load_place(l, key), text, key, o->id);
	load_mistake(l, o->place, text, key, v->id);
}

/* A claim by text, and a word on the command line, must be one person's.  The
 * first who has it is told, and not each of a thousand. */
static void
check_shared(struct load *l, const struct config_volunteer *v)
{
	bool mobile = v->mobile != NULL, user = v->user != NULL;

	for (const struct config_volunteer *o = l->volunteers; o < v; o++) {
		if (mobile && o->mobile && strcmp(v->mobile, o->mobile) == 0) {
			tell_shared(l, "mobile", v, o);
			mobile = false;
		}
		if (user && o->user && strcmp(v->user, o->user) == 0) {
			tell_shared(l, "user", v, o);
			user = false;
		}
	}
}

/* What is wanted must be possible; without a word, what is possible is. */
static void
check_ways(struct load *l, const struct config_volunteer *v, const char *key,
    struct config_ways *ways, bool text_too)
{
	struct config_place at = load_place(l, key);

	if (load_line(l, key) == 0) {
		*ways = (struct config_ways){
			.text = text_too && v->mobile != NULL,
			.email = v->email != NULL,
		};
		return;
	}
	if (ways->text && load_line(l, "mobile") == 0)
		load_mistake(l, at, "%s has text, but there is no mobile;"
		    " write mobile = and the number, or leave text out", key);
	if (ways->email && load_line(l, "email") == 0)
		load_mistake(l, at, "%s has email, but there is no address;"
		    " write email = and the address, or leave email out", key);
	ways->text = ways->text && v->mobile;
	ways->email = ways->email && v->email;
}

static void
check_notices(struct load *l, struct config_volunteer *v)
{
	if (load_line(l, "notices") > 0 && !load_is_bad(l) &&
	    !v->notices.text && !v->notices.email)
		load_mistake(l, load_place(l, "notices"), "notices names no"
		    " way, so %s could be told of nothing; write text or"
		    " email", v->id);
	check_ways(l, v, "notices", &v->notices, true);
	check_ways(l, v, "morning_list", &v->morning_list, false);
	check_ways(l, v, "evening_list", &v->evening_list, false);
	if (load_line(l, "quiet") > 0 && v->coordinator)
		load_warning(l, load_place(l, "quiet"), "%s is a coordinator,"
		    " who is told at any hour; quiet counts for volunteers"
		    " only", v->id);
}

static void
end_volunteer(struct load *l, void *subject)
{
	struct config_volunteer *v = subject;
	const struct config_service *s = &l->c->service;

	if (load_line(l, "mobile") == 0 && load_line(l, "email") == 0)
		load_mistake(l, v->place, "[volunteer %s] has neither mobile"
		    " nor email and can be told of nothing; write one of them",
		    v->id);
	if (v->mobile && !number_allowed(s->allow_numbers, s->country_code,
	        v->mobile))
		load_warning(l, load_place(l, "mobile"), "mobile is not among"
		    " allow_numbers, so %s gets no texts; add it there", v->id);
	check_notices(l, v);
	check_shared(l, v);
}

const struct section_kind section_volunteer = {
	.name = "volunteer",
	.naming = NAMING_NAME,
	.example = "tom",
	.keys = volunteer_keys,
	.n_keys = COUNT(volunteer_keys),
	.begin = begin_volunteer,
	.end = end_volunteer,
	.about = "somebody who follows up, or runs the scheme",
};

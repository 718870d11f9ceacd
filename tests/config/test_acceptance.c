/*
 * The acceptance scheme of etc/acceptance: it loads unchanged, and means what
 * it says, key by key.
 */
#include "scheme.h"

#include "rules/number.h"

static const char *
source(const char *name, char ret[512])
{
	const char *dir = getenv("SRCDIR");

	snprintf(ret, 512, "%s/etc/acceptance/%s", dir ? dir : ".", name);
	return ret;
}

/* The sources may be where nobody can write; the ledger's folder may not. */
static void
copy(const char *name)
{
	char path[512], chunk[8192];
	FILE *file = fopen(source(name, path), "re");

	if (!file) {
		printf("Bail out! %s is missing\n", path);
		exit(1);
	}
	size_t n = fread(chunk, 1, sizeof(chunk), file);
	fclose(file);
	scheme_write_bytes(name, chunk, n);
}

static void
service(const struct config *c)
{
	const struct config_service *s = &c->service;

	is_text(s->name, "Nottingham Check-in", "name");
	is_text(s->office_phone, "+441154960100", "office_phone");
	is_text(s->languages, "en", "languages");
	is_text(s->timezone, "Europe/London", "timezone");
	is_text(s->country_code, "44", "country_code");
	is_text(s->database, scheme_path("ringround.db"), "database");
	is_text(s->socket, scheme_path("ringround.sock"), "socket");
	is_int(s->contact_hours.from, 480, "contact_hours from");
	is_int(s->contact_hours.to, 1200, "contact_hours to");
	is_int(s->max_attempts_per_day, 6, "max_attempts_per_day");
	is_text(s->allow_numbers, "01154960*, 07700900*", "allow_numbers");
	is_int(s->max_late, 120 * MSEC_MINUTE, "max_late by default");
	is_text(s->heartbeat_url, NULL, "heartbeat_url by default");
	ok(config_allows(c, "+441154960999"), "0115 496 0xxx is allowed");
	ok(config_allows(c, "+447700900000"), "07700 900xxx is allowed");
	ok(!config_allows(c, "+441154961000"), "0115 496 1000 is not");
	ok(!config_allows(c, "999"), "999 never is");
	is_text(c->web.listen, "127.0.0.1:9085", "listen");
	is_text(c->web.public_url, "http://127.0.0.1:9085", "public_url");
	is_text(c->email.smtp_url, "smtp://127.0.0.1:9025", "smtp_url");
	is_text(c->email.from, "check-in@example.org", "from");
	is_text(c->email.user, NULL, "no user");
	ok(!c->email.starttls, "no STARTTLS on this machine");
	is_int(c->email.morning_list, 510, "morning_list by default");
}

static void
gateway(const struct config *c)
{
	const struct config_gateway *g = config_gateway(c, "main");

	is_int(c->n_gateways, 1, "one gateway");
	is_text(g->driver, "twilio", "driver");
	is_text(g->base_url, "http://127.0.0.1:9080", "base_url");
	is_text(g->path_prefix, "", "path_prefix by default");
	is_text(g->account_sid, "AC00000000000000000000000000000001",
	    "account_sid");
	is_text(g->auth_tokens[0], "0123456789abcdef0123456789abcdef",
	    "auth_token_file");
	is_text(g->auth_tokens[1], NULL, "no second token");
	is_text(g->signature_header, "X-Twilio-Signature",
	    "signature_header by default");
	ok(g->strict_sid, "strict_sid by default");
	is_text(g->call_from, "+441154960999", "call_from");
	is_text(g->text_from, "+447700900999", "text_from");
	ok(!g->text_from_letters, "which is a number");
	ok(g->calls && g->texts, "channels");
	ok(g->calls_per_second > 0.999 && g->calls_per_second < 1.001,
	    "calls_per_second");
	ok(g->texts_per_second > 9.999 && g->texts_per_second < 10.001,
	    "texts_per_second");
	ok(g->loopback, "on this machine");
	ok(config_gateway_for(c, CHANNEL_CALL) == g, "for calls");
	ok(config_gateway_for(c, CHANNEL_TEXT) == g, "for texts");
	ok(!config_gateway_for(c, CHANNEL_HUMAN), "humans need none");
	ok(!config_gateway(c, "other"), "no other");
}

static void
ladders(const struct config *c)
{
	const struct ladder *s = config_round(c, "morning")->ladder;
	const struct ladder *g = config_round(c, "friday")->ladder;

	is_int(c->n_ladders, 2, "two ladders");
	is_text(s->name, "standard", "standard");
	is_int(s->n_steps, 3, "three steps");
	is_int(s->steps[0].after, 0, "at once");
	ok(s->steps[0].call && !s->steps[0].text, "a call");
	is_int(s->steps[1].after, 15 * MSEC_MINUTE, "after 15 minutes");
	ok(s->steps[1].call && s->steps[1].text, "call and text");
	ok(!s->steps[1].call_alternate, "to the first number");
	is_int(s->steps[2].after, 30 * MSEC_MINUTE, "after 30 minutes");
	ok(s->steps[2].call && !s->steps[2].text, "a call");
	ok(s->steps[2].call_alternate && !s->steps[2].text_alternate,
	    "to the alternate");
	is_int(s->ring, 45 * MSEC_SECOND, "ring");
	is_int(s->flag_after, 60 * MSEC_MINUTE, "flag_after");
	is_int(s->claim_by, 15 * MSEC_MINUTE, "claim_by");
	is_int(s->coordinator_after, 30 * MSEC_MINUTE, "coordinator_after");
	is_text(g->name, "gentle", "gentle");
	is_int(g->n_steps, 3, "three steps");
	ok(g->steps[0].text && g->steps[1].text && g->steps[2].call,
	    "text, text, call");
	is_int(g->steps[2].after, 120 * MSEC_MINUTE, "after two hours");
	is_int(g->flag_after, 240 * MSEC_MINUTE, "flag_after");
	is_int(g->claim_by, 60 * MSEC_MINUTE, "claim_by");
	is_int(g->coordinator_after, 120 * MSEC_MINUTE, "coordinator_after");
	ok(strcmp(s->version, g->version) != 0, "two versions");
}

static void
rounds(const struct config *c)
{
	const struct config_round *m = config_round(c, "morning");
	const struct config_round *f = config_round(c, "friday");

	is_int(c->n_rounds, 2, "two rounds");
	is_int(m->days, WEEK_ALL, "morning: every day");
	is_int(m->at, 540, "at 09:00");
	is_int(m->spread, 20 * MSEC_MINUTE, "spread");
	is_int(m->n_live, 4, "four live people");
	is_int(f->days, 1 << 4, "friday: Fridays");
	is_int(f->at, 630, "at 10:30");
	is_int(f->spread, 0, "all at once");
	is_int(f->n_live, 2, "two live people");
	ok(!m->ask_again && !f->ask_again, "an earlier OK counts");
	ok(!config_round(c, "evening"), "no third");
}

static void
messages(const struct config *c)
{
	const struct config_messages *m = config_messages(c, "en");

	is_int(c->n_messages, 1, "one language");
	ok(config_messages(c, "pl") == m, "which is the others' too");
	is_text(m->texts[MESSAGE_GREETING], "Hello {first_name}. This is"
	    " {service}, with your check-in call.", "greeting");
	is_text(m->texts[MESSAGE_ASK], "If you are well, please press 1. If"
	    " you would like somebody to ring you, press 2. To hear this"
	    " again, press 9.", "ask");
	is_text(m->texts[MESSAGE_VOICEMAIL], "This is {service}. Please ring"
	    " us back on {call_back_phone}. Goodbye.", "voicemail");
	is_text(m->texts[MESSAGE_TEXT_RING_YOU], "{service}: somebody will"
	    " ring you by {ring_by}. If it is an emergency, ring 999.",
	    "text_ring_you");
	for (int i = 0; i < MESSAGE_COUNT; i++)
		ok(m->texts[i] && *m->texts[i], "%s is there",
		    message_key((enum message)i));
}

static void
edna(const struct config *c)
{
	const struct config_participant *p = config_participant(c, "edna");
	const struct config_contact *k = p->contacts;

	is_text(p->name, "Mrs Edna Clarke", "edna's name");
	is_text(p->call_me, "Edna", "call_me");
	is_text(p->phone, "+441154960123", "phone");
	is_text(p->alternate, "+447700900123", "alternate");
	is_text(p->text, "+447700900123", "text");
	ok(p->call_channel && p->text_channel && !p->human_channel,
	    "channels: what there are numbers for");
	is_int(p->n_rounds, 1, "one round");
	ok(p->rounds[0] == config_round(c, "morning"), "in the morning");
	is_text(p->area, "Sneinton", "area");
	is_text(p->language, "en", "language");
	is_int(p->n_contacts, 2, "two contacts");
	is_text(k[0].name, "Brian Clarke", "the first: name");
	is_text(k[0].relation, "son", "relation");
	is_text(k[0].number, "+447700900124", "number");
	ok(k[0].keyholder && !k[1].keyholder, "keyholder");
	localdate agreed;
	if (calendar_make_date(2026, 9, 1, &agreed) == 0)
		is_int(k[0].agreed, agreed, "agreed");
	is_text(k[1].relation, "neighbour", "the second is a neighbour");
	is_text(p->consent, "2026-09-01, spoken, recorded by Asha Patel",
	    "consent");
	ok(p->live, "live");
	is_int(p->contact_hours.from, 480, "the scheme's hours");
	is_int(p->ring, 0, "the ladder's ring");
	is_text(config_number(p, CHANNEL_CALL, false), "+441154960123",
	    "rung on the phone");
	is_text(config_number(p, CHANNEL_CALL, true), "+447700900123",
	    "then on the alternate");
	is_text(config_number(p, CHANNEL_TEXT, false), "+447700900123",
	    "texted");
	is_text(strrchr(p->place.file, '/'), "/10-sneinton.conf", "its file");
	is_int(p->place.line, 1, "and line");
}

static void
others(const struct config *c)
{
	const struct config_participant *w = config_participant(c, "walter");
	const struct config_participant *m = config_participant(c, "mei");
	const struct config_participant *h = config_participant(c, "harold");
	localdate first, last;

	is_int(c->n_participants, 6, "six people");
	is_int(c->n_live, 5, "five of them live");
	is_text(w->name, "Mr Walter O'Neill", "walter");
	is_text(w->phone, "+441154960130", "a number in brackets");
	is_int(w->n_rounds, 2, "two rounds");
	ok(w->call_channel && !w->text_channel, "only calls");
	is_text(config_number(w, CHANNEL_CALL, true), "+441154960130",
	    "no alternate: the first again");
	is_text(config_number(w, CHANNEL_TEXT, false), NULL, "no texts");
	is_int(w->n_away, 1, "away once");
	if (calendar_parse_date("2026-12-20", &first, NULL) == 0 &&
	    calendar_parse_date("2027-01-03", &last, NULL) == 0) {
		ok(!config_is_away(w, first - 1), "not yet away");
		ok(config_is_away(w, first), "the first day");
		ok(config_is_away(w, last), "the last day");
		ok(!config_is_away(w, last + 1), "back again");
	}
	is_text(w->away[0].why, "with his daughter", "why");
	is_text(m->text, "+447700900140", "mei");
	ok(m->text_channel && !m->call_channel, "only texts");
	is_text(m->area, "St Ann's", "area");
	ok(h->human_channel && !h->call_channel && !h->text_channel,
	    "harold: a volunteer rings");
	ok(!h->live, "but not yet");
	is_text(config_number(h, CHANNEL_HUMAN, false), "+441154960150",
	    "on this number");
	ok(!config_participant(c, "nobody"), "nobody else");
}

static void
team(const struct config *c)
{
	const struct config_volunteer *a = config_volunteer(c, "asha");
	const struct config_volunteer *t = config_volunteer(c, "tom");
	const struct config_volunteer *g = config_volunteer(c, "grace");

	is_int(c->n_volunteers, 3, "three volunteers");
	is_text(a->name, "Asha Patel", "asha");
	ok(a->coordinator && !t->coordinator && !g->coordinator,
	    "the coordinator");
	is_text(a->mobile, "+447700900201", "mobile");
	is_text(a->email, "asha@example.org", "email");
	is_int(a->duty[0].days, WEEK_ALL, "duty: every day");
	is_int(a->duty[0].hours.from, 480, "from 08:00");
	is_int(a->duty[0].hours.to, 1200, "to 20:00");
	is_int(a->carries, 5, "carries by default");
	is_int(t->duty[0].days, 0x1f, "tom: on weekdays");
	is_int(t->carries, 5, "carries");
	is_text(g->email, NULL, "grace has no e-mail");
	is_int(g->n_areas, 2, "and two areas");
	ok(config_covers(a, "Anywhere"), "a coordinator covers all");
	ok(config_covers(t, "Sneinton") && !config_covers(t, "St Ann's"),
	    "tom covers Sneinton");
	ok(config_covers(g, "st  ann\xe2\x80\x99s"), "however it is written");
	ok(config_volunteer_at(c, "+447700900202") == t, "by mobile");
	ok(!config_volunteer_at(c, "+447700900209"), "not by another");
	ok(!config_volunteer_user(c, "root"), "nobody has a user");
	msec friday, saturday;
	if (calendar_parse_instant("2026-12-04T10:00", &friday, NULL) == 0 &&
	    calendar_parse_instant("2026-12-05T10:00", &saturday, NULL) == 0) {
		ok(config_is_on_duty(t, friday), "tom's Friday");
		ok(!config_is_on_duty(t, saturday), "not his Saturday");
		ok(config_is_on_duty(a, saturday), "but asha's");
	}
}

/* Who is asked when on Friday, 4 December 2026. */
static void
slots(const struct config *c)
{
	static const struct {
		const char *id, *round, *at; /* NULL: not that day */
		int day;
	} cases[] = {
		{ "edna", "morning", "2026-12-04T09:00:00+00:00", 4 },
		{ "stan", "morning", "2026-12-04T09:05:00+00:00", 4 },
		{ "vera", "morning", "2026-12-04T09:10:00+00:00", 4 },
		{ "walter", "morning", "2026-12-04T09:15:00+00:00", 4 },
		{ "mei", "friday", "2026-12-04T10:30:00+00:00", 4 },
		{ "walter", "friday", "2026-12-04T10:30:00+00:00", 4 },
		{ "mei", "friday", NULL, 5 },
		{ "harold", "morning", "2026-12-05T09:05:00+00:00", 5 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		char text[CALENDAR_INSTANT_SIZE];
		localdate date = 0;

		if (calendar_make_date(2026, 12, cases[i].day, &date) == -1)
			continue;
		msec at = config_slot(c, config_round(c, cases[i].round),
		    config_participant(c, cases[i].id), date);
		is_text(at == NEVER ? NULL : calendar_format(at, text),
		    cases[i].at, "%s in %s on the %dth", cases[i].id,
		    cases[i].round, cases[i].day);
	}
}

static void
shared_numbers(const struct config *c)
{
	size_t n;
	const struct config_participant *const *people =
	    config_people_at(c, "+441154960170", &n);

	is_int(n, 2, "two people share a line");
	is_text(people[0]->id, "stan", "stan");
	is_text(people[1]->id, "vera", "and vera");
	people = config_people_at(c, "+447700900123", &n);
	is_int(n, 1, "edna's mobile is hers once");
	is_text(people[0]->id, "edna", "although it stands twice");
	ok(!config_people_at(c, "+447700900999", &n), "nobody has ours");
	is_int(n, 0, "none");
	ok(!config_people_at(c, "anonymous", &n), "nor a withheld one");
	ok(!config_people_at(c, "", &n), "nor nothing");
}

/* What the table of participants makes of the scheme. */
static void
table(void)
{
	char *mistakes, *warnings;
	struct buf b = BUF_EMPTY;
	char chunk[8192], path[512];

	copy("participants.csv");
	FILE *file = fopen(source("ringround.conf", path), "re");
	size_t n = file ? fread(chunk, 1, sizeof(chunk) - 1, file) : 0;
	if (file)
		fclose(file);
	chunk[n] = '\0';
	char *at = strstr(chunk, "include      = volunteers.d");
	buf_addn(&b, chunk, (size_t)(at - chunk));
	buf_add(&b, "include = *.csv\n");
	buf_add(&b, at);
	scheme_write("ringround.conf", buf_text(&b));
	buf_release(&b);
	struct config *c = scheme_load(&mistakes, &warnings);
	ok(!c, "a bad row in the table");
	is_text(mistakes, "participants.csv:5: phone is an emergency number"
	    " and is never dialled; write the number of the person's own"
	    " telephone\n", "is named with its line");
	free(mistakes);
	free(warnings);
	file = fopen(scheme_path("participants.csv"), "r+e");
	n = file ? fread(chunk, 1, sizeof(chunk) - 1, file) : 0;
	if (file)
		fclose(file);
	chunk[n] = '\0';
	*strstr(chunk, "bad,") = '\0';
	scheme_write("participants.csv", chunk);
	c = scheme_load(&mistakes, &warnings);
	is_text(mistakes, "", "without it");
	ok(c != NULL, "it loads");
	if (c) {
		const struct config_participant *p =
		    config_participant(c, "sam");
		is_int(c->n_participants, 9, "nine people");
		is_int(c->n_live, 7, "seven live");
		is_text(p->name, "Mr Samuel \"Sam\" Okoro", "quotes");
		is_text(p->phone, "+441154960161", "0044");
		is_text(p->alternate, "+447700900161", "alternate");
		ok(p->call_channel && !p->text_channel, "channel = call");
		is_int(p->place.line, 3, "its line");
		p = config_participant(c, "lily");
		is_text(p->text, "+447700900162", "44 without a plus");
		ok(!p->live, "lily is not live");
	}
	config_free(c);
	free(mistakes);
	free(warnings);
}

int
main(void)
{
	char *mistakes, *warnings, *zone;
	struct err e;

	scheme_begin();
	mkdir(scheme_path("volunteers.d"), 0700);
	copy("ringround.conf");
	copy("auth_token");
	copy("participants.d/10-sneinton.conf");
	copy("volunteers.d/team.conf");
	zone = config_peek_timezone(scheme_path("ringround.conf"));
	is_text(zone, "Europe/London", "the zone, beforehand");
	if (calendar_open(zone, &e) == -1)
		printf("# %s\n", e.text);
	free(zone);
	struct config *c = scheme_load(&mistakes, &warnings);
	is_text(mistakes, "", "no mistakes");
	is_text(warnings, "", "no warnings");
	free(mistakes);
	free(warnings);
	if (!c)
		return tap_done();
	service(c);
	gateway(c);
	ladders(c);
	rounds(c);
	messages(c);
	edna(c);
	others(c);
	team(c);
	slots(c);
	shared_numbers(c);
	is_int(strlen(c->digest), 16, "a digest");
	config_free(c);
	table();
	zone = config_peek_timezone(scheme_path("nowhere.conf"));
	is_text(zone, "Europe/London", "the zone of no file");
	free(zone);
	return tap_done();
}

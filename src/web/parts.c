#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rules/number.h"
#include "web/page.h"

void
parts_csrf(struct look *k)
{
	html_hidden(&k->html, "csrf", k->csrf);
}

void
parts_button(struct look *k, const char *code, const char *order,
    const char *class, const char *words)
{
	char *path = mem_printf("/order/%s", order);

	html_form(&k->html, path, NULL);
	parts_csrf(k);
	html_hidden(&k->html, "code", code);
	html_line(&k->html, "button", HTML("class", class), words);
	html_close(&k->html);
	free(path);
}

void
parts_number(struct look *k, const char *label, const char *e164)
{
	char national[NUMBER_NATIONAL_SIZE];
	char *to = mem_printf("tel:%s", e164);
	struct html *h = &k->html;

	number_national(e164, k->config->service.country_code, national);
	html_open(h, "a", HTML("class", "number", "href", to));
	html_line(h, "span", HTML("class", "what"), label);
	html_text(h, " ");
	html_line(h, "span", HTML("class", "digits"), national);
	html_close(h);
	free(to);
}

/* ---- times ------------------------------------------------------------- */

void
parts_instant(struct look *k, msec at)
{
	char clock[CALENDAR_CLOCK_SIZE], date[CALENDAR_DATE_SIZE];
	char whole[CALENDAR_INSTANT_SIZE];
	localdate day = calendar_date(at);

	calendar_format_clock(at, clock);
	html_open(&k->html, "time", HTML("datetime",
	    calendar_format(at, whole)));
	if (day != calendar_date(k->now))
		html_textf(&k->html, "%s ", calendar_format_date(day, date));
	html_text(&k->html, clock);
	html_close(&k->html);
}

const char *
parts_span(msec length, char ret[24])
{
	long long minutes = length / MSEC_MINUTE;

	if (minutes < 60)
		snprintf(ret, 24, "%lld min", minutes);
	else if (minutes < 48 * 60)
		snprintf(ret, 24, "%lld h %02lld", minutes / 60, minutes % 60);
	else
		snprintf(ret, 24, "%lld days", minutes / (24 * 60));
	return ret;
}

/* ---- words ------------------------------------------------------------- */

static const struct { const char *name, *words; } words[] = {
	/* why there is a flag */
	{ "help", "asked for help" },
	{ "no_response", "no answer" },
	{ "undelivered", "could not be reached" },
	{ "missed", "not asked: our fault" },
	{ "gateway", "telephone service down" },
	{ "human_call", "your call is due" },
	{ "unclear_reply", "a message to read" },
	{ "stop", "asked us to stop" },
	{ "opted_out", "no way left to ask" },
	/* how a check-in stands */
	{ "due", "not asked yet" },
	{ "asking", "being asked" },
	{ "confirmed", "well" },
	{ "confirmed_late", "well, but late" },
	{ "help_requested", "asked for help" },
	{ "cancelled", "not asked" },
	/* how an attempt ended */
	{ "ok", "answered: well" },
	{ "no_key", "picked up, no key pressed" },
	{ "machine", "voicemail" },
	{ "busy", "engaged" },
	{ "no_answer", "no answer" },
	{ "refused", "refused by the telephone service" },
	{ "bad_number", "the number is wrong" },
	{ "no_reply", "no reply" },
	{ "gateway_error", "the telephone service failed" },
	/* how a flag ended */
	{ "own_word", "they told us themselves" },
	{ "safe", "they are well" },
	{ "safe_helped", "well, and needed some help" },
	{ "chat", "wanted a chat" },
	{ "ill", "ill or hurt, being looked after" },
	{ "hospital", "in hospital" },
	{ "deceased", "has died" },
	{ "not_located", "could not be found" },
	{ "referred", "referred on" },
	{ "safeguarding", "safeguarding" },
	{ "settled", "a matter of set-up, put right" },
	/* and why it was a false alarm */
	{ "out", "out" },
	{ "asleep", "asleep" },
	{ "did_not_hear", "did not hear it" },
	{ "bath_or_garden", "bath or garden" },
	{ "phone_off", "phone off or flat" },
	{ "on_phone", "on the phone" },
	{ "voicemail", "voicemail took it" },
	{ "call_blocker", "call blocker" },
	{ "line_fault", "line fault" },
	{ "wrong_key", "wrong key" },
	{ "visitor", "a visitor answered" },
	{ "in_hospital", "in hospital" },
	{ "on_holiday", "on holiday" },
	{ "bad_time", "a bad time of day" },
	{ "our_error", "our error" },
	/* what is wrong */
	{ "gateway_down", "The telephone service is down:" },
	{ "mail_down", "E-mail cannot be sent" },
	{ "outage", "We were down" },
	{ "silence", "Many are silent at once" },
	{ "audit", "The audit found a fault" },
	{ "set_aside", "Something was set aside" },
	{ "people_dropped", "People are missing in the files" },
	{ "clock_behind", "The clock is behind" },
	{ "clock_forward", "The clock went forward" },
	{ "inbox_unread", "Texts cannot be fetched" },
	/* whose set-up needs a look */
	{ "silent", "often silent of late" },
	{ "false_alarms", "false alarms of late" },
	{ "line", "what we send often does not arrive" },
	{ "drift", "answers later and later" },
	{ "unconfirmed", "contact details are a year old" },
	{ "long_pause", "a long pause" },
	{ "blocker", "new, and never a key: a call blocker, or hearing?" },
	{ "untested", "is asked, but no test was ever confirmed" },
	{ "no_contact", "is asked, but no contact has agreed to be one" },
	/* who is not there */
	{ "away", "away" },
	{ "paused", "paused" },
	/* by what, and how urgent */
	{ "call", "call" },
	{ "text", "text" },
	{ "urgent", "urgent" },
	{ "high", "soon" },
	{ "normal", "today" },
};

const char *
parts_word(const char *name)
{
	for (size_t i = 0; name && i < COUNT(words); i++)
		if (strcmp(words[i].name, name) == 0)
			return words[i].words;
	return name ? name : "";
}

const char *
parts_name(const struct look *k, const char *who)
{
	const struct config_volunteer *v = config_volunteer(k->config, who);
	const struct config_participant *p;

	if (v)
		return v->name;
	p = config_participant(k->config, who);
	return p ? p->call_me : who;
}

const char *
parts_full_name(const struct look *k, const char *participant)
{
	const struct config_participant *p = config_participant(k->config,
	    participant);

	return p ? p->name : participant;
}

/* ---- who may see what -------------------------------------------------- */

void
parts_saw(struct look *k, const char *participant, const char *what)
{
	struct err e;

	if (*participant && engine_saw(k->pages->engine, k->viewer->id,
	        participant, what, "page", k->address, k->now, &e) == -1)
		k->failed = true;
}

bool
parts_may_see(const struct look *k, const struct ledger_flag *f)
{
	const struct config_volunteer *v = k->viewer;
	const struct config_participant *p;

	if (v->coordinator)
		return true;
	if (f->state == FLAG_RESOLVED)
		return false;
	if (strcmp(f->owner, v->id) == 0 || (f->state == FLAG_OPEN &&
	    strcmp(f->asked, v->id) == 0))
		return true;
	if (!*f->participant)
		return config_covers(v, NULL);
	p = config_participant(k->config, f->participant);
	return p && config_covers(v, p->area);
}

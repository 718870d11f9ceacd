/*
 * [service]: the scheme itself.  Its table begins with what other values are
 * read by: the country's code and the languages.
 */
#include <fcntl.h>
#include <libgen.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/num.h"
#include "config/values.h"
#include "rules/number.h"

#define AT(member) offsetof(struct config_service, member)

static VALUES_PARSER(parse_country)
{
	int64_t n;

	if (num_int(value, 1, 999, &n, e) == -1 || value[0] == '0')
		return err_set(e, "country_code: \"%.40s\" is no country's"
		    " code; write it without + or 0, such as 44", value);
	values_put_text(k, subject, memory_text(l->memory, value));
	return 0;
}

static VALUES_PARSER(parse_languages)
{
	struct buf b = BUF_EMPTY;
	char part[16];
	int status = 0;

	while (values_next_part(&value, part, sizeof(part))) {
		size_t n = strspn(part, "abcdefghijklmnopqrstuvwxyz");
		if (n < 2 || n > 3 || (part[n] && part[n] != '-') ||
		    !values_is_id(part)) {
			status = err_set(e, "languages: \"%s\" is no short name"
			    " of a language; write such as en, pl", part);
			break;
		}
		if (load_has_language(l, part))
			continue;
		mem_reserve(&l->languages, l->n_languages, &l->cap_languages,
		    sizeof(*l->languages));
		l->languages[l->n_languages++] =
		    memory_intern(l->memory, part, NULL);
		buf_addf(&b, "%s%s", b.len > 0 ? ", " : "", part);
	}
	values_put_text(k, subject, memory_text(l->memory, buf_text(&b)));
	buf_release(&b);
	return status;
}

static VALUES_PARSER(parse_zone)
{
	if (!calendar_zone_exists(value))
		return err_set(e, "timezone: there is no time zone \"%.60s\";"
		    " write one such as Europe/London", value);
	values_put_text(k, subject, memory_text(l->memory, value));
	return 0;
}

static VALUES_PARSER(parse_include)
{
	const char *dot = strrchr(value, '.');

	(void)k;
	(void)subject;
	if (!dot || (strcmp(dot, ".conf") != 0 && strcmp(dot, ".csv") != 0))
		return err_set(e, "include: \"%.60s\" ends in neither .conf nor"
		    " .csv; write a pattern such as participants.d/*.conf",
		    value);
	mem_reserve(&l->includes, l->n_includes, &l->cap_includes,
	    sizeof(*l->includes));
	l->includes[l->n_includes++] = (struct draft_include){
		memory_text(l->memory, value), 0 };
	return 0;
}

static VALUES_PARSER(parse_allowed)
{
	if (number_check_patterns(value, l->c->service.country_code, e) == -1)
		return values_fault(k, e);
	values_put_text(k, subject, memory_text(l->memory, value));
	return 0;
}

static const struct key service_keys[] = {
	{ "country_code", parse_country, AT(country_code),
	    .otherwise = "44",
	    .about = "the country whose numbers are written without a code,"
	        " such as 44" },
	{ "languages", parse_languages, AT(languages),
	    .otherwise = "en",
	    .about = "the languages that people are spoken to in, the usual"
	        " one first, such as en, pl" },
	{ "name", values_text, AT(name), .max = 60, .flags = KEY_NEEDED,
	    .about = "the scheme's name as people hear and read it" },
	{ "office_phone", values_phone, AT(office_phone),
	    .flags = KEY_NEEDED,
	    .about = "the number where a human answers" },
	{ "timezone", parse_zone, AT(timezone),
	    .otherwise = "Europe/London",
	    .about = "the zone in which all times of day are meant" },
	{ "database", values_path, AT(database), .flags = KEY_NEEDED,
	    .about = "the file of the ledger, such as"
	        " /var/lib/ringround/ringround.db" },
	{ "socket", values_path, AT(socket),
	    .about = "the socket for the command line; without the key it is"
	        " ringround.sock beside the database" },
	{ "include", parse_include, 0, .flags = KEY_REPEATS,
	    .about = "more files, such as participants.d/*.conf or *.csv;"
	        " relative to this file, in the order of their names" },
	{ "contact_hours", values_hours, AT(contact_hours),
	    .otherwise = "08:00-20:00",
	    .about = "no automated call or text outside these hours" },
	{ "closes", values_clock, AT(closes),
	    .about = "the close of the day, when each open flag gets a"
	        " coordinator's name for the night; without the key it is the"
	        " end of contact_hours" },
	{ "max_attempts_per_day", values_int, AT(max_attempts_per_day),
	    .min = 1, .max = 50, .otherwise = "6",
	    .about = "how many calls and texts one person gets in a day at"
	        " most" },
	{ "allow_numbers", parse_allowed, AT(allow_numbers),
	    .about = "for pilots and rehearsals: nothing but these numbers is"
	        " ever rung or texted, such as 01154960*, 07700900*" },
	{ "max_late", values_duration, AT(max_late),
	    .min = MSEC_MINUTE, .max = 12 * MSEC_HOUR, .otherwise = "120m",
	    .about = "after an outage: a check-in that is later than this is"
	        " missed, and flagged" },
	{ "heartbeat_url", values_url, AT(heartbeat_url),
	    .about = "an address that is asked every minute while all is"
	        " well, so that somebody else notices when it is not" },
};

static void *
begin_service(struct load *l, const char *name)
{
	(void)name;
	l->c->service.closes = -1;
	return &l->c->service;
}

/* The lines of the include keys, which the parser does not know. */
static void
place_includes(struct load *l)
{
	size_t n = 0;

	for (size_t i = 0; i < l->section->n && n < l->n_includes; i++) {
		const struct reader_pair *p = &l->section->pairs[i];
		if (strcmp(p->key, "include") == 0 &&
		    strcmp(p->value, l->includes[n].pattern) == 0)
			l->includes[n++].line = p->line;
	}
}

static void
check_folder(struct load *l, const char *folder)
{
	struct config_place at = load_place(l, "database");
	struct stat st;

	if (stat(folder, &st) == -1 || !S_ISDIR(st.st_mode))
		load_mistake(l, at, "database: there is no folder %s; make it,"
		    " or write another path", folder);
	else if (faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) == 0)
		return;
	else if (st.st_uid != geteuid())
		/* A coordinator checks what the daemon's user will run. */
		load_warning(l, at, "database: the folder %s belongs to"
		    " another user; whether the daemon can write there shows"
		    " when it starts", folder);
	else
		load_mistake(l, at, "database: the folder %s cannot be"
		    " written; give it to the daemon's user, or write another"
		    " path", folder);
}

static void
check_database(struct load *l, const struct config_service *s)
{
	struct config_place at = load_place(l, "database");
	char *copy = mem_dup(s->database);
	struct stat st;

	check_folder(l, dirname(copy));
	free(copy);
	if (stat(s->database, &st) == -1)
		return;
	if (!S_ISREG(st.st_mode))
		load_mistake(l, at, "database: %s is no file; write the path"
		    " of a file", s->database);
	else if (faccessat(AT_FDCWD, s->database, W_OK, AT_EACCESS) == -1)
		load_mistake(l, at, "database: %s cannot be written; give it"
		    " to the daemon's user", s->database);
}

static void
end_service(struct load *l, void *subject)
{
	struct config_service *s = subject;
	struct sockaddr_un a;

	place_includes(l);
	if (s->closes == -1)
		s->closes = s->contact_hours.to;
	else if (s->closes <= s->contact_hours.from)
		load_mistake(l, load_place(l, "closes"), "closes lies before"
		    " contact_hours begin; write the end of the team's day,"
		    " such as 20:00");
	l->line_languages = load_line(l, "languages");
	if (!s->database)
		return;
	/* Whoever may not read the secrets runs no daemon on it either. */
	if (!l->secretless)
		check_database(l, s);
	if (!s->socket) {
		char *copy = mem_dup(s->database);
		char *path = mem_printf("%s/ringround.sock", dirname(copy));
		s->socket = memory_text(l->memory, path);
		free(path);
		free(copy);
	}
	if (strlen(s->socket) >= sizeof(a.sun_path))
		load_mistake(l, load_place(l, load_line(l, "socket") > 0
		        ? "socket" : "database"), "the socket's path %s is"
		    " longer than %zu bytes; write a shorter one as socket",
		    s->socket, sizeof(a.sun_path) - 1);
}

const struct section_kind section_service = {
	.name = "service",
	.main_only = true,
	.keys = service_keys,
	.n_keys = COUNT(service_keys),
	.begin = begin_service,
	.end = end_service,
	.about = "the scheme itself",
};

#include "config/values.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/url.h"
#include "rules/number.h"

#define TEXT_MAX 2000
#define ID_MAX 40

void
values_put_text(const struct key *k, void *subject, const char *text)
{
	memcpy((char *)subject + k->at, &text, sizeof(text));
}

int
values_fault(const struct key *k, struct err *e)
{
	return err_wrap(e, "%s", k->name);
}

static int
check_length(const struct key *k, const char *value, struct err *e)
{
	size_t max = k->max > 0 ? (size_t)k->max : TEXT_MAX;

	if (strlen(value) > max)
		return err_set(e, "%s is longer than %zu bytes; shorten it",
		    k->name, max);
	return 0;
}

VALUES_PARSER(values_text)
{
	if (check_length(k, value, e) == -1)
		return -1;
	values_put_text(k, subject, memory_text(l->memory, value));
	return 0;
}

VALUES_PARSER(values_shared)
{
	if (check_length(k, value, e) == -1)
		return -1;
	values_put_text(k, subject, memory_intern(l->memory, value, NULL));
	return 0;
}

bool
values_is_id(const char *text)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
	size_t n = strspn(text, allowed);

	return n > 0 && n <= ID_MAX && text[n] == '\0' && text[0] != '-';
}

VALUES_PARSER(values_id)
{
	if (!values_is_id(value))
		return err_set(e, "%s: \"%.40s\" is no name; write letters,"
		    " digits, - and _, at most %d", k->name, value, ID_MAX);
	values_put_text(k, subject, memory_intern(l->memory, value, NULL));
	return 0;
}

VALUES_PARSER(values_flag)
{
	static const char *const yes[] = { "yes", "true", "on", "1" };
	static const char *const no[] = { "no", "false", "off", "0" };
	int found = -1;

	(void)l;
	for (size_t i = 0; i < COUNT(yes); i++) {
		if (strcasecmp(value, yes[i]) == 0)
			found = 1;
		if (strcasecmp(value, no[i]) == 0)
			found = 0;
	}
	if (found == -1)
		return err_set(e, "%s: \"%.40s\" is neither yes nor no; write"
		    " one of them", k->name, value);
	bool put = found == 1;
	memcpy((char *)subject + k->at, &put, sizeof(put));
	return 0;
}

VALUES_PARSER(values_int)
{
	int64_t n;

	(void)l;
	if (num_int(value, k->min, k->max, &n, e) == -1)
		return values_fault(k, e);
	int put = (int)n;
	memcpy((char *)subject + k->at, &put, sizeof(put));
	return 0;
}

VALUES_PARSER(values_rate)
{
	int64_t n;

	(void)l;
	if (num_milli(value, k->min, k->max, &n, e) == -1)
		return values_fault(k, e);
	double put = (double)n / 1000;
	memcpy((char *)subject + k->at, &put, sizeof(put));
	return 0;
}

VALUES_PARSER(values_duration)
{
	msec put;

	(void)l;
	if (num_duration(value, MSEC_MINUTE, k->min, k->max, &put, e) == -1)
		return values_fault(k, e);
	memcpy((char *)subject + k->at, &put, sizeof(put));
	return 0;
}

VALUES_PARSER(values_clock)
{
	int put;

	(void)l;
	if (num_clock(value, false, &put, e) == -1)
		return values_fault(k, e);
	memcpy((char *)subject + k->at, &put, sizeof(put));
	return 0;
}

VALUES_PARSER(values_hours)
{
	struct hours put;

	(void)l;
	if (week_parse_hours(value, &put, e) == -1)
		return values_fault(k, e);
	memcpy((char *)subject + k->at, &put, sizeof(put));
	return 0;
}

VALUES_PARSER(values_days)
{
	week_days put;

	(void)l;
	if (week_parse_days(value, &put, e) == -1)
		return values_fault(k, e);
	memcpy((char *)subject + k->at, &put, sizeof(put));
	return 0;
}

VALUES_PARSER(values_date)
{
	localdate put;

	(void)l;
	if (calendar_parse_date(value, &put, e) == -1)
		return values_fault(k, e);
	memcpy((char *)subject + k->at, &put, sizeof(put));
	return 0;
}

const char *
values_number(struct load *l, const char *what, const char *value, bool text,
    struct err *e)
{
	struct number n;

	if (number_read(value, l->c->service.country_code, &n, e) == -1) {
		struct err why = *e;
		err_set(e, "%s %s", what, why.text);
		return NULL;
	}
	const char *why = number_why(&n, text);
	if (why) {
		err_set(e, "%s %s%s", what, why, strchr(why, ';') ? ""
		        : "; write the number of the person's own telephone");
		return NULL;
	}
	return memory_text(l->memory, n.e164);
}

static int
parse_number(struct load *l, const struct key *k, void *subject,
    const char *value, bool text, struct err *e)
{
	const char *e164 = values_number(l, k->name, value, text, e);

	if (!e164)
		return -1;
	values_put_text(k, subject, e164);
	return 0;
}

VALUES_PARSER(values_phone)
{
	return parse_number(l, k, subject, value, false, e);
}

VALUES_PARSER(values_mobile)
{
	return parse_number(l, k, subject, value, true, e);
}

VALUES_PARSER(values_path)
{
	if (check_length(k, value, e) == -1)
		return -1;
	values_put_text(k, subject, load_path(l, value));
	return 0;
}

VALUES_PARSER(values_ca_file)
{
	const char *path = load_path(l, value);

	if (access(path, R_OK) == -1) {
		err_errno(e, "%s: %s cannot be read", k->name, path);
		return err_wrap(e, "write the path of a file of certificates");
	}
	values_put_text(k, subject, path);
	return 0;
}

/* The address without slashes behind it. */
static const char *
without_slashes(struct load *l, const char *value)
{
	char *copy = mem_dup(value);
	size_t n = strlen(copy);

	while (n > 0 && copy[n - 1] == '/')
		copy[--n] = '\0';
	const char *text = memory_text(l->memory, copy);
	free(copy);
	return text;
}

VALUES_PARSER(values_url)
{
	struct url u;

	if (check_length(k, value, e) == -1)
		return -1;
	if (url_parse(value, &u, e) == -1)
		return values_fault(k, e);
	if (strncmp(u.scheme, "http", 4) != 0)
		return err_set(e, "%s: an address here begins with https://"
		    " or http://; write it such as https://example.org",
		    k->name);
	if (strpbrk(u.path, "?#"))
		return err_set(e, "%s holds a ? or a #; write the address"
		    " without what follows that sign", k->name);
	values_put_text(k, subject, without_slashes(l, value));
	return 0;
}

VALUES_PARSER(values_email)
{
	const char *at = strchr(value, '@');

	if (!at || at == value || at[1] == '\0' || strchr(at + 1, '@') ||
	    strpbrk(value, " \t,;<>\"()") || strlen(value) > 254)
		return err_set(e, "%s is not one e-mail address; write it such"
		    " as asha@example.org", k->name);
	values_put_text(k, subject, memory_text(l->memory, value));
	return 0;
}

bool
values_next_part(const char **list, char *ret, size_t size)
{
	const char *s = *list;

	if (!s)
		return false;
	size_t n = strcspn(s, ",");
	*list = s[n] == ',' ? s + n + 1 : NULL;
	while (n > 0 && (*s == ' ' || *s == '\t')) {
		s++;
		n--;
	}
	while (n > 0 && (s[n - 1] == ' ' || s[n - 1] == '\t'))
		n--;
	if (n >= size)
		n = size - 1;
	memcpy(ret, s, n);
	ret[n] = '\0';
	return true;
}

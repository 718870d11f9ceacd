#include "config/extra.h"

#include <string.h>

#include "base/buf.h"
#include "base/num.h"

static const char *const safety_names[SAFETY_COUNT] = {
	[SAFETY_DOG] = "dog",
	[SAFETY_OTHER_PETS] = "other_pets",
	[SAFETY_HARD_OF_HEARING] = "hard_of_hearing",
	[SAFETY_POOR_SIGHT] = "poor_sight",
	[SAFETY_SLOW_TO_DOOR] = "slow_to_door",
	[SAFETY_STAIRS] = "stairs",
	[SAFETY_OTHER_DOOR] = "other_door",
	[SAFETY_GO_IN_TWOS] = "go_in_twos",
};

/* Why people leave: words that can be counted. */
static const char *const leave_reasons[] = {
	"moved", "care_home", "died", "own_wish", "not_needed", "unreachable",
	"other",
};

static const struct config_extra nothing = {
	.agreement = { .on = CONFIG_NO_DATE },
	.promotional = { .on = CONFIG_NO_DATE },
	.sharing = { .on = CONFIG_NO_DATE },
	.referred_on = CONFIG_NO_DATE,
	.left = CONFIG_NO_DATE,
	.tested = CONFIG_NO_DATE,
	.confirmed = CONFIG_NO_DATE,
	.safety_on = CONFIG_NO_DATE,
};

const struct config_extra *
config_extra(const struct config_participant *p)
{
	return p->extra ? p->extra : &nothing;
}

const char *
config_safety_name(enum config_safety s)
{
	return safety_names[s];
}

/* The person's own, made when it is first needed. */
static struct config_extra *
extra_of(struct load *l, struct config_participant *p)
{
	if (!p->extra) {
		p->extra = memory_alloc(l->memory, sizeof(*p->extra));
		*p->extra = nothing;
	}
	return p->extra;
}

/* Does the text begin with the word, and nothing but a word end there? */
static bool
begins_with(const char *text, const char *word)
{
	size_t n = strlen(word);

	return strncmp(text, word, n) == 0 &&
	    (text[n] == '\0' || text[n] == ',' || text[n] == ' ');
}

int
extra_read_record(const struct key *k, const char *value,
    struct config_record *ret, struct err *e)
{
	const char *list = value;
	char part[32];

	values_next_part(&list, part, sizeof(part));
	if (calendar_parse_date(part, &ret->on, e) == -1) {
		struct err why = *e;
		return err_set(e, "%s begins with its date: %s", k->name,
		    why.text);
	}
	list = list ? list + strspn(list, " \t") : "";
	ret->no = begins_with(list, "no") || begins_with(list, "withdrawn");
	ret->text = value;
	return 0;
}

VALUES_PARSER(extra_record)
{
	struct config_record put, *at;

	if (extra_read_record(k, value, &put, e) == -1)
		return -1;
	at = (void *)((char *)extra_of(l, subject) + k->at);
	if (at->text && put.on < at->on)
		return 0;
	put.text = memory_intern(l->memory, value, NULL);
	*at = put;
	return 0;
}

VALUES_PARSER(extra_shared)
{
	return values_shared(l, k, extra_of(l, subject), value, e);
}

VALUES_PARSER(extra_date)
{
	return values_date(l, k, extra_of(l, subject), value, e);
}

VALUES_PARSER(extra_speed)
{
	struct config_participant *p = subject;
	char part[16];
	int64_t n;
	size_t len = strlen(value);

	if (len < 2 || len >= sizeof(part) || value[len - 1] != '%')
		return err_set(e, "%s: write how fast the voice speaks, where"
		    " 100%% is as usual, such as 80%%", k->name);
	memcpy(part, value, len - 1);
	part[len - 1] = '\0';
	if (num_int(part, k->min, k->max, &n, e) == -1)
		return values_fault(k, e);
	extra_of(l, p)->speed = n == 100 ? 0 : (int)n;
	return 0;
}

/* Some digits, at most three; how many. */
static size_t
digits(const char *s)
{
	size_t n = strspn(s, "0123456789");

	return n <= 3 ? n : 0;
}

VALUES_PARSER(extra_age_band)
{
	size_t n = digits(value), m = 0;

	if (n > 0 && value[n] == '-')
		m = digits(value + n + 1);
	bool range = m > 0 && value[n + 1 + m] == '\0';
	bool open = n > 0 && strcmp(value + n, "+") == 0;
	if (!range && !open)
		return err_set(e, "%s: \"%.20s\" is no band of years; write it"
		    " such as 70-79, or 90+", k->name, value);
	return extra_shared(l, k, subject, value, e);
}

VALUES_PARSER(extra_left_reason)
{
	struct buf b = BUF_EMPTY;

	for (size_t i = 0; i < COUNT(leave_reasons); i++) {
		if (begins_with(value, leave_reasons[i]))
			return extra_shared(l, k, subject, value, e);
	}
	keys_suggest(leave_reasons, COUNT(leave_reasons), value, &b);
	err_set(e, "%s: \"%.40s\" is none of the reasons%s", k->name, value,
	    buf_text(&b));
	buf_release(&b);
	return -1;
}

/* The reason behind "waived,"; NULL where that does not stand there. */
static const char *
waived_why(const char *value)
{
	if (!begins_with(value, "waived"))
		return NULL;
	value += strlen("waived");
	value += strspn(value, " \t");
	return *value == ',' ? value + 1 + strspn(value + 1, " \t") : "";
}

VALUES_PARSER(extra_waived)
{
	const char *why = waived_why(value);

	if (!why || !*why)
		return err_set(e, "%s: write waived, and why, such as waived,"
		    " has nobody", k->name);
	return values_shared(l, k, extra_of(l, subject), why, e);
}

/* "2026-11-20", "2026-11-20, by text"; or "waived, has no telephone yet". */
VALUES_PARSER(extra_tested)
{
	struct config_extra *x = extra_of(l, subject);
	const char *why = waived_why(value);
	char part[32];

	if (why && !*why)
		return err_set(e, "%s: waived needs its reason; write such as"
		    " waived, long known to us", k->name);
	if (why) {
		x->test_waived = memory_intern(l->memory, why, NULL);
		return 0;
	}
	values_next_part(&value, part, sizeof(part));
	if (calendar_parse_date(part, &x->tested, e) == -1)
		return values_fault(k, e);
	return 0;
}

VALUES_PARSER(extra_safety)
{
	struct config_extra *x = extra_of(l, subject);
	struct buf b = BUF_EMPTY;
	char part[40] = "";

	while (values_next_part(&value, part, sizeof(part))) {
		size_t i = 0;

		if (!part[0])
			continue;
		while (i < SAFETY_COUNT && strcmp(part, safety_names[i]) != 0)
			i++;
		if (i < SAFETY_COUNT)
			x->safety |= (uint16_t)(1u << i);
		else if (x->safety_on != CONFIG_NO_DATE ||
		    calendar_parse_date(part, &x->safety_on, NULL) == -1)
			break;
		part[0] = '\0';
	}
	if (!part[0])
		return 0;
	keys_suggest(safety_names, SAFETY_COUNT, part, &b);
	err_set(e, "%s: \"%s\" is none of the words for a visit, and an illness"
	    " has no place here%s", k->name, part, buf_text(&b));
	buf_release(&b);
	return -1;
}

void
extra_check(struct load *l, const struct config_participant *p)
{
	bool left = load_line(l, "left") > 0;
	bool why = load_line(l, "left_reason") > 0;

	if (left && !why)
		load_mistake(l, load_place(l, "left"), "left stands without"
		    " its reason; write left_reason = and one of moved,"
		    " care_home, died, own_wish, not_needed, unreachable,"
		    " other");
	if (why && !left)
		load_mistake(l, load_place(l, "left_reason"), "left_reason"
		    " stands without its date; write left = and the first day"
		    " on which they were no longer asked");
	if (load_line(l, "referred_on") > 0 && !config_extra(p)->referred_by)
		load_mistake(l, load_place(l, "referred_on"), "referred_on"
		    " stands without who it was; write referred_by = and them");
}

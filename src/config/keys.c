#include "config/keys.h"

#include <string.h>

#include "rules/nearest.h"

static const struct section_kind *const kinds[] = {
	&section_service,
	&section_gateway,
	&section_web,
	&section_email,
	&section_ladder,
	&section_round,
	&section_calendar,
	&section_message,
	&section_recording,
	&section_words,
	&section_participant,
	&section_volunteer,
};

const struct section_kind *const *
keys_sections(size_t *ret_n)
{
	*ret_n = COUNT(kinds);
	return kinds;
}

const struct section_kind *
keys_section(const char *name)
{
	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (strcmp(kinds[i]->name, name) == 0)
			return kinds[i];
	}
	return NULL;
}

const struct key *
keys_find(const struct section_kind *kind, const char *name)
{
	for (size_t i = 0; i < kind->n_keys; i++) {
		if (strcmp(kind->keys[i].name, name) == 0)
			return &kind->keys[i];
	}
	return NULL;
}

void
keys_suggest(const char *const *names, size_t n, const char *wrong,
    struct buf *b)
{
	const char *near = nearest_name(wrong, names, n);

	if (near) {
		buf_addf(b, "; did you mean \"%s\"?", near);
		return;
	}
	buf_add(b, "; write one of ");
	for (size_t i = 0; i < n; i++)
		buf_addf(b, "%s%s", i > 0 ? ", " : "", names[i]);
}

void
keys_suggest_key(const struct section_kind *kind, const char *wrong,
    struct buf *b)
{
	const char *names[64];
	size_t n = 0;

	for (; n < kind->n_keys && n < COUNT(names); n++)
		names[n] = kind->keys[n].name;
	keys_suggest(names, n, wrong, b);
}

void
keys_suggest_section(const char *wrong, struct buf *b)
{
	const char *names[COUNT(kinds)];

	for (size_t i = 0; i < COUNT(kinds); i++)
		names[i] = kinds[i]->name;
	keys_suggest(names, COUNT(kinds), wrong, b);
}

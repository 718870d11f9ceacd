#include "rules/language.h"

#include <string.h>

/* A name stands here when its owner has read every row of the language. */
static const struct language table[] = {
	{ "en", "English", "the project is written in it" },
	{ "cy", "Welsh", NULL },
	{ "pl", "Polish", NULL },
	{ "ur", "Urdu", NULL },
	{ "pa", "Punjabi", NULL },
};

static size_t
tag_length(const char *tag)
{
	return strcspn(tag, "-_");
}

bool
language_same(const char *a, const char *b)
{
	size_t n = tag_length(a);

	return n == tag_length(b) && strncmp(a, b, n) == 0;
}

const struct language *
language_find(const char *tag)
{
	for (size_t i = 0; i < COUNT(table); i++)
		if (language_same(table[i].tag, tag))
			return &table[i];
	return NULL;
}

bool
language_has_row(const char *language, const char *row)
{
	size_t n = language != NULL ? tag_length(language) : 0;

	if (row == NULL || strcmp(row, "en") == 0)
		return true;
	while (*row != '\0') {
		size_t len = strcspn(row, " ");

		if (len == n && strncmp(row, language, n) == 0)
			return true;
		row += len + strspn(row + len, " ");
	}
	return false;
}

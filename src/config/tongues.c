#include "config/tongues.h"

#include <stdlib.h>

#include "base/mem.h"
#include "rules/language.h"

static bool
is_reviewed(const struct config *c, const struct language *known)
{
	for (const char *const *r = c->reviewed; *r; r++)
		if (language_same(*r, known->tag))
			return true;
	return known->reviewed != NULL;
}

static bool
has_own_words(const struct config *c, const char *language)
{
	for (size_t i = 0; i < c->words.n; i++)
		if (c->words.items[i].class == REPLY_OK &&
		    language_same(c->words.items[i].language, language))
			return true;
	return false;
}

/* Are replies in the language read as they are meant? */
static void
check_words(struct load *l, const char *language)
{
	struct config_place at = { l->files[0],
		l->line_languages > 0 ? l->line_languages : 1 };
	const struct language *known = language_find(language);

	if (!known && !has_own_words(l->c, language))
		load_warning(l, at, "Ringround knows no words of replies in %s,"
		    " so a human reads whatever is not English; write"
		    " [words %s] with ok = and help =", language, language);
	else if (known && !is_reviewed(l->c, known))
		load_warning(l, at, "nobody who grew up with %s has read our"
		    " words of replies in it yet; let somebody read what"
		    " ringround explain words %s prints, and write [words %s]"
		    " with reviewed = and the date and their name",
		    known->name, known->tag, language);
}

static bool
is_spoken(const struct config *c, const char *language)
{
	for (size_t i = 0; i < c->n_volunteers; i++)
		if (config_speaks(c, &c->volunteers[i], language))
			return true;
	return false;
}

static void
check_team(struct load *l, const struct config_participant *p,
    const struct draft_participant *d)
{
	struct config_place at = { p->place.file, d->line_language };
	bool fresh;

	if (d->line_language == 0)
		return;
	char *seen = mem_printf("language %s", p->language);
	memory_intern(l->scratch, seen, &fresh);
	free(seen);
	if (fresh && !is_spoken(l->c, p->language))
		load_warning(l, at, "nobody of the team speaks %s, in which"
		    " flags of this person have to be followed up; write it"
		    " into languages of a [volunteer] who does", p->language);
}

void
tongues_check(struct load *l)
{
	for (size_t i = 0; i < l->n_languages; i++)
		check_words(l, l->languages[i]);
	for (size_t i = 0; i < l->n_participants; i++)
		if (l->participants[i].live)
			check_team(l, &l->participants[i], &l->drafts[i]);
}

/* Tags of languages, and for whom a row of a table is. */
#include "rules/language.h"

#include "rules/away.h"
#include "rules/reply.h"
#include "tap.h"

#include <string.h>

/* Every language of the tables has its name, and says who has read it. */
static void
test_tables(void)
{
	size_t n, unnamed = 0;
	const struct reply_list *replies = reply_table(&n);

	for (size_t i = 0; i < n; i++)
		unnamed += replies[i].language != NULL &&
		    language_find(replies[i].language) == NULL &&
		    strcmp(replies[i].language, "ur pa") != 0;
	const struct away_word *away = away_table(&n);
	for (size_t i = 0; i < n; i++)
		unnamed += language_find(away[i].language) == NULL &&
		    strcmp(away[i].language, "ur pa") != 0;
	is_int(unnamed, 0, "every row's language has a name");
}

int
main(void)
{
	ok(language_same("pl", "pl-PL"), "with a region");
	ok(language_same("en-GB", "en_US"), "with two");
	ok(!language_same("pl", "p"), "not half of one");
	ok(!language_same("", "pl"), "nor none");
	is_text(language_find("pa-Arab")->name, "Punjabi", "found");
	ok(language_find("fr") == NULL, "not known");
	ok(language_find("") == NULL, "nor is none");
	ok(language_find("en")->reviewed != NULL, "English has been read");
	ok(language_has_row(NULL, NULL), "a row of all for one of none");
	ok(language_has_row("pa", "ur pa"), "one of two");
	ok(language_has_row("ur-PK", "ur pa"), "the other");
	ok(!language_has_row("pl", "ur pa"), "neither");
	ok(!language_has_row(NULL, "pl"), "of none");
	ok(language_has_row("pl", "en"), "English is everybody's");
	test_tables();
	return tap_done();
}

/* When somebody says that they will be away: the same each time, in bounds,
 * never from a text with a doubt in it; and BACK is never a text with a
 * day. */
#include "fuzz.h"

#include "rules/away.h"

#define TODAY 20791	/* 2026-12-04 */

static void
check_bounds(localdate first, localdate last, localdate today)
{
	must(first >= today && first <= today + AWAY_AHEAD_MAX);
	must(last >= first && last < first + AWAY_DAYS_MAX);
}

static void
check(const char *text, const char *language, localdate today)
{
	localdate first[2] = { 0, 0 }, last[2] = { 0, 0 };
	enum away_fit fit = away_read(text, language, today, &first[0],
	    &last[0]);
	char *doubt = mem_printf("%s perhaps", text);

	must(away_read(text, language, today, &first[1], &last[1]) == fit);
	must(away_fit_name(fit) != NULL);
	must(first[0] == first[1] && last[0] == last[1]);
	if (fit == AWAY_CLEAR)
		check_bounds(first[0], last[0], today);
	must(away_read(doubt, language, today, &first[1], &last[1]) !=
	    AWAY_CLEAR);
	must(!away_is_back(doubt, language));
	free(doubt);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const char *const languages[] = { NULL, "en", "cy", "pl", "ur",
		"pa", "xx" };
	char *text = fuzz_text(bytes, n);

	for (size_t i = 0; i < COUNT(languages); i++) {
		check(text, languages[i], TODAY);
		/* 29 February, and the last day of a year */
		check(text, languages[i], TODAY + 452);
		check(text, languages[i], TODAY + 27);
	}
	free(text);
	return 0;
}

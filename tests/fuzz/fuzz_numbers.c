/*
 * Telephone numbers: a coordinator's, a gateway's, and the patterns of those
 * that are allowed.  One number has one E.164, and what is never dialled is
 * never dialled however it is written.
 */
#include "fuzz.h"

#include "rules/number.h"

static void
check_e164(const char *e164)
{
	size_t n = strspn(e164 + 1, "0123456789");

	must(e164[0] == '+' && n > 0 && n <= 15 && e164[1 + n] == '\0');
}

static void
check_number(const char *text, const char *cc)
{
	char shown[NUMBER_NATIONAL_SIZE], inbound[NUMBER_SIZE];
	struct number number, again;
	struct err e;

	if (number_read(text, cc, &number, &e) == -1) {
		must(e.text[0] != '\0');
		return;
	}
	must(number_kind_name(number.kind) != NULL);
	must((number_why(&number, false) == NULL) == number.callable);
	must(!number.textable || number.callable);
	must(!number.callable || number.e164[0] != '\0');
	must(number_excel_damage(text, cc) == NULL);
	if (number.e164[0] != '\0')
		check_e164(number.e164);
	if (!number.callable)
		return;
	number_national(number.e164, cc, shown);
	must(number_read(shown, cc, &again, &e) == 0);
	must(strcmp(again.e164, number.e164) == 0);
	must(number_normalise_inbound(number.e164, cc, inbound) ==
	    NUMBER_FROM_E164);
	must(strcmp(inbound, number.e164) == 0);
}

static void
check_inbound(const char *text, const char *cc)
{
	char e164[NUMBER_SIZE], again[NUMBER_SIZE];

	if (number_normalise_inbound(text, cc, e164) != NUMBER_FROM_E164) {
		must(e164[0] == '\0');
		return;
	}
	check_e164(e164);
	must(number_normalise_inbound(e164, cc, again) == NUMBER_FROM_E164);
	must(strcmp(e164, again) == 0);
	must(number_same(text, e164, cc));
}

/* A list that is good allows each number that stands in it. */
static void
check_patterns(const char *text, const char *cc)
{
	char pattern[NUMBER_PATTERN_SIZE];
	struct err e;

	if (number_read_pattern(text, cc, pattern, &e) == 0) {
		must(pattern[0] == '+' && pattern[1] != '\0');
		if (strlen(text) < 64 && strpbrk(text, ", \t\n") == NULL &&
		    strchr(pattern, '*') == NULL)
			must(number_allowed(text, cc, pattern));
	}
	if (number_check_patterns(text, cc, &e) == -1)
		must(e.text[0] != '\0');
	must(!number_allowed(text, cc, "999"));
	must(!number_allowed(text, cc, ""));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const char *const countries[] = { "44", "353", "1", "91",
		"1876" };
	const char *cc;
	char *text;

	if (n == 0)
		return 0;
	cc = countries[bytes[0] % COUNT(countries)];
	text = fuzz_text(bytes + 1, n - 1);
	check_number(text, cc);
	check_inbound(text, cc);
	check_patterns(text, cc);
	free(text);
	return 0;
}

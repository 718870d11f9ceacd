/* A volunteer's text: what it claims, closes or asks is in its own form, and
 * the same each time; a courtesy or a reply of one's own never claims. */
#include "fuzz.h"

#include "rules/claim.h"
#include "rules/text.h"

static void
check_code(const char *code)
{
	char again[CLAIM_CODE_SIZE];

	must(strlen(code) == CLAIM_CODE_SIZE - 1);
	must(claim_normalise_code(code, again) == 0);
	must(strcmp(code, again) == 0);
}

/* One line of proper UTF-8, fit to be shown. */
static void
check_note(const char *note)
{
	uint32_t c;

	while ((c = text_next(&note)) != 0)
		must(c >= 0x20 && c != 0x7f && c != TEXT_BAD);
}

static void
check(const char *text)
{
	struct claim_text first, second;

	claim_read(text, &first);
	claim_read(text, &second);
	must(memcmp(&first, &second, sizeof(first)) == 0);
	must(claim_verb_name(first.verb) != NULL);
	must(first.verb == CLAIM_DONE || first.word[0] == '\0');
	if (first.code[0] != '\0')
		check_code(first.code);
	check_note(first.note);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	/* Before whatever it is. */
	static const char *const no_claims[] = { "ok", "not yes",
		"yes never mind", "thanks, ok:" };
	char *text = fuzz_text(bytes, n), code[CLAIM_CODE_SIZE];
	struct claim_text read;

	check(text);
	if (claim_normalise_code(text, code) == 0)
		check_code(code);
	for (size_t i = 0; i < COUNT(no_claims); i++) {
		char *more = mem_printf("%s %s", no_claims[i], text);

		claim_read(more, &read);
		must(read.verb != CLAIM_YES);
		free(more);
	}
	free(text);
	return 0;
}

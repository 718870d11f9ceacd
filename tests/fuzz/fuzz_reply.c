/* Inbound text to reading: the same each time, and never past a HELP. */
#include "fuzz.h"

#include "rules/reply.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const char *const languages[] = { NULL, "en", "cy", "pl", "ur",
		"pa", "xx" };
	char *text = fuzz_text(bytes, n), *more = mem_printf("%s help", text);
	char rule[REPLY_RULE_SIZE];

	for (size_t i = 0; i < COUNT(languages); i++) {
		enum reading first = reply_read(text, languages[i], NULL,
		    rule);

		must(reply_read(text, languages[i], NULL, NULL) == first);
		must(reading_name(first) != NULL);
		must(reply_read(more, languages[i], NULL, NULL) ==
		    READING_HELP);
	}
	free(more);
	free(text);
	return 0;
}

/* TwiML, and the lines of a scenario, as the exchange reads them. */
#include "fuzz.h"

#include "exchange/scenario.h"
#include "exchange/twiml.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	char *text = fuzz_text(bytes, n);
	struct scenario_line line;
	struct twiml t;
	struct err e;

	for (int kind = TWIML_CALL; kind <= TWIML_TEXT; kind++)
		if (twiml_parse((enum twiml_kind)kind, (const char *)bytes, n,
		    &t, &e) == 0) {
			must(t.n <= TWIML_MAX_STEPS);
			for (size_t i = 0; i < t.n; i++)
				must(t.steps[i].text != NULL &&
				    i + t.steps[i].nested < TWIML_MAX_STEPS);
			twiml_release(&t);
		}
	if (strchr(text, '\n') == NULL && scenario_parse(text,
	    (msec)20791 * MSEC_DAY, &line, &e) == 0)
		scenario_release(&line);
	free(text);
	return 0;
}

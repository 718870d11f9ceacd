/* Urlencoded forms: what was read and is written again reads the same. */
#include "fuzz.h"

#include "net/form.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct form f, again;
	struct buf b = BUF_EMPTY;
	struct err e;
	bool plain = true;

	if (form_parse((const char *)bytes, n, &f, &e) == -1)
		return 0;
	must(f.n <= FORM_MAX_FIELDS);
	for (size_t i = 0; i < f.n; i++) {
		must(f.items[i].name[f.items[i].name_len] == '\0');
		must(f.items[i].value[f.items[i].value_len] == '\0');
		if (strlen(f.items[i].name) != f.items[i].name_len ||
		    strlen(f.items[i].value) != f.items[i].value_len)
			plain = false;
		form_add(&b, f.items[i].name, f.items[i].value);
	}
	if (plain) {
		must(form_parse(buf_text(&b), b.len, &again, &e) == 0);
		must(again.n == f.n);
		for (size_t i = 0; i < f.n; i++) {
			must(strcmp(f.items[i].name, again.items[i].name) ==
			    0);
			must(strcmp(f.items[i].value, again.items[i].value) ==
			    0);
		}
		form_release(&again);
	}
	form_release(&f);
	buf_release(&b);
	return 0;
}

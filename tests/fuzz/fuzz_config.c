/* A whole configuration: taken, or refused with a place and a sentence for
 * each mistake. */
#include "fuzz.h"

#include <unistd.h>

#include "config/config.h"

/* One file for the whole run, in memory where that can be. */
static const char *
path(void)
{
	static char name[64];

	if (name[0] == '\0') {
		int fd;

		snprintf(name, sizeof(name), "%s/ringround-fuzz-XXXXXX",
		    access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
		fd = mkstemp(name);
		must(fd != -1);
		close(fd);
	}
	return name;
}

static void __attribute__((destructor))
clean_up(void)
{
	unlink(path());
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct config_notes mistakes = { NULL, 0, 0 }, warnings = mistakes;
	struct config *c;
	FILE *f = fopen(path(), "we");

	must(f != NULL);
	must(fwrite(bytes, 1, n, f) == n && fclose(f) == 0);
	c = config_load(path(), &mistakes, &warnings);
	must((c == NULL) == (mistakes.n > 0));
	for (size_t i = 0; i < mistakes.n; i++)
		must(mistakes.items[i].message[0] != '\0' &&
		    mistakes.items[i].place.file != NULL);
	config_notes_release(&mistakes);
	config_notes_release(&warnings);
	config_free(c);
	return 0;
}

/*
 * A corpus as a test: each of its files is one input, and so is the file cut
 * in half and with each eighth of its bytes turned over.
 */
#include "fuzz.h"

#include <dirent.h>

#include "base/buf.h"
#include "tap.h"

static void
try(const char *name, const struct buf *b)
{
	uint8_t *bytes = mem_alloc(b->len + 1);

	memcpy(bytes, buf_text(b), b->len);
	LLVMFuzzerTestOneInput(bytes, b->len);
	LLVMFuzzerTestOneInput(bytes, b->len / 2);
	for (size_t i = 0; i < b->len; i += 1 + b->len / 64) {
		bytes[i] ^= 0xff;
		LLVMFuzzerTestOneInput(bytes, b->len);
		bytes[i] ^= 0xff;
	}
	free(bytes);
	ok(true, "%s (%zu bytes)", name, b->len);
}

static void
try_file(const char *folder, const char *name)
{
	char path[1024], piece[4096];
	struct buf b = BUF_EMPTY;
	size_t n;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "re");
	if (!ok(f != NULL, "%s is read", path))
		return;
	while ((n = fread(piece, 1, sizeof(piece), f)) > 0)
		buf_addn(&b, piece, n);
	fclose(f);
	try(name, &b);
	buf_release(&b);
}

/* The program's own name says which corpus: fuzz_form, corpus/form. */
int
main(int argc, char **argv)
{
	const char *source = getenv("SRCDIR");
	const char *name = strstr(argv[0], "fuzz_");
	struct dirent **files;
	char folder[500];
	int n;

	while (name != NULL && strstr(name + 1, "fuzz_") != NULL)
		name = strstr(name + 1, "fuzz_");
	snprintf(folder, sizeof(folder), "%s/tests/fuzz/corpus/%s",
	    source != NULL ? source : ".", name != NULL ? name + 5 : "");
	n = scandir(argc > 1 ? argv[1] : folder, &files, NULL, alphasort);
	if (!ok(n > 2, "there is a corpus in %s", folder))
		return tap_done();
	for (int i = 0; i < n; i++) {
		if (files[i]->d_name[0] != '.')
			try_file(argc > 1 ? argv[1] : folder,
			    files[i]->d_name);
		free(files[i]);
	}
	free(files);
	return tap_done();
}

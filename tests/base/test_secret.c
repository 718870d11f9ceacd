#include "base/secret.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "tap.h"

static char folder[] = "/tmp/ringround-secret-XXXXXX";

static char *
put(const char *name, const char *bytes, size_t n, mode_t mode)
{
	char *path = mem_printf("%s/%s", folder, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	ok(fd != -1 && write(fd, bytes, n) == (ssize_t)n &&
	    fchmod(fd, mode) == 0, "write %s", name);
	close(fd);
	return path;
}

/* want NULL: refused, and the reason holds the word. */
static void
try(const char *name, const char *bytes, size_t n, const char *want,
    const char *word)
{
	char *path = put(name, bytes, n, 0600);
	char *secret = NULL;
	bool world = true;
	struct err e = { "" };
	int result = secret_read(path, &secret, &world, &e);

	is_int(result, want ? 0 : -1, "%s: result (%s)", name, e.text);
	is_text(secret, want, "%s: secret", name);
	if (!want)
		ok(strstr(e.text, word) && strstr(e.text, path),
		    "%s: reason '%s'", name, e.text);
	else
		ok(!world, "%s: not for the world", name);
	mem_free_secret(secret);
	unlink(path);
	free(path);
}

static void
test_whole(void)
{
	static const char lines[] = "-----BEGIN-----\nAA==\n-----END-----\n";
	char *path = put("whole", lines, sizeof(lines) - 1, 0604);
	char *lots = mem_alloc(70000), *secret = NULL;
	bool world = false;
	struct err e;

	is_int(secret_read_whole(path, &secret, &world, &e), 0, "many lines");
	is_text(secret, lines, "all of them");
	ok(world, "and others may read them");
	mem_free_secret(secret);
	free(path);
	memset(lots, 'x', 70000);
	path = put("whole", lots, 70000, 0600);
	ok(secret_read_whole(path, &secret, &world, &e) == -1 &&
	    strstr(e.text, "longer than 65536"), "too many: %s", e.text);
	free(path);
	path = put("whole", "a\0b", 3, 0600);
	ok(secret_read_whole(path, &secret, &world, &e) == -1 &&
	    strstr(e.text, "NUL"), "no text: %s", e.text);
	unlink(path);
	free(path);
	free(lots);
}

static void
test_contents(void)
{
	char lots[5000];

	memset(lots, 'x', sizeof(lots));
	try("plain", "s3cret", 6, "s3cret", "");
	try("line", "s3cret\n", 7, "s3cret", "");
	try("crlf", "s3cret\r\n", 8, "s3cret", "");
	try("blanks", " a b \nsecond", 12, " a b ", "");
	try("empty", "", 0, NULL, "empty");
	try("blank", "\nx\n", 3, NULL, "empty");
	try("nul", "a\0b\n", 4, NULL, "NUL");
	try("long", lots, 4097, NULL, "longer");
	lots[4095] = '\0';
	char *most = mem_dup(lots);
	lots[4095] = '\n';
	try("most", lots, 4096, most, "");
	mem_free_secret(most);
}

static void
test_places(void)
{
	char *path = put("key", "outside\n", 8, 0644);
	char *secret = NULL;
	bool world = false;
	struct err e = { "" };

	is_int(secret_read(path, &secret, &world, &e), 0, "world-readable");
	ok(world, "and said so");
	mem_free_secret(secret);

	char *inner = mem_printf("%s/credentials", folder);
	mkdir(inner, 0700);
	char *variable = mem_printf("CREDENTIALS_DIRECTORY=%s", inner);
	putenv(variable);
	is_int(secret_read(path, &secret, &world, &e), 0, "no credential");
	is_text(secret, "outside", "so the path itself");
	mem_free_secret(secret);
	char *credential = put("credentials/key", "inside\n", 7, 0400);
	is_int(secret_read(path, &secret, &world, &e), 0, "a credential");
	is_text(secret, "inside", "is preferred");
	ok(!world, "its own mode counts");
	mem_free_secret(secret);
	unsetenv("CREDENTIALS_DIRECTORY");

	unlink(credential);
	rmdir(inner);
	unlink(path);
	is_int(secret_read(path, &secret, &world, &e), -1, "missing");
	ok(strstr(e.text, "No such file"), "reason '%s'", e.text);
	is_int(secret_read(folder, &secret, &world, &e), -1, "a folder");
	ok(strstr(e.text, "not a plain file"), "reason '%s'", e.text);
	free(credential);
	free(variable);
	free(inner);
	free(path);
}

int
main(void)
{
	if (!mkdtemp(folder)) {
		printf("Bail out! no temporary folder\n");
		return 1;
	}
	test_contents();
	test_whole();
	test_places();
	ok(rmdir(folder) == 0, "nothing is left");
	return tap_done();
}

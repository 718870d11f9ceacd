#include "base/err.h"

#include <errno.h>
#include <string.h>

#include "tap.h"

static void
test_texts(void)
{
	struct err e;

	is_int(err_set(&e, "no %s", "zone"), -1, "err_set gives -1");
	is_text(e.text, "no zone", "err_set sets");
	is_int(err_wrap(&e, "%s:%d", "a.conf", 3), -1, "err_wrap gives -1");
	is_text(e.text, "a.conf:3: no zone", "err_wrap puts before");
	err_set(&e, "%s, again", e.text);
	is_text(e.text, "a.conf:3: no zone, again", "the old reason quoted");

	errno = ENOENT;
	is_int(err_errno(&e, "opening %s", "x"), -1, "err_errno gives -1");
	is_text(e.text, "opening x: No such file or directory",
	    "with its text");
	is_int(errno, ENOENT, "errno is kept");
}

static void
test_nobody_asks(void)
{
	is_int(err_set(NULL, "x"), -1, "err_set without e");
	is_int(err_errno(NULL, "x"), -1, "err_errno without e");
	is_int(err_wrap(NULL, "x"), -1, "err_wrap without e");
}

static void
test_cut(void)
{
	char lots[1000];
	struct err e;

	memset(lots, 'x', sizeof(lots) - 1);
	lots[sizeof(lots) - 1] = '\0';
	err_set(&e, "%s", lots);
	is_int(strlen(e.text), sizeof(e.text) - 1, "too long is cut");
	is_text(e.text + strlen(e.text) - 4, "x...", "and says so");
	err_wrap(&e, "there");
	is_int(strncmp(e.text, "there: xxx", 10), 0, "wrapped again");
	is_text(e.text + strlen(e.text) - 4, "x...", "cut again");
	errno = ENOENT;
	err_errno(&e, "%s", lots);
	is_text(e.text + strlen(e.text) - 4, "x...", "no room for errno");
}

int
main(void)
{
	test_texts();
	test_nobody_asks();
	test_cut();
	return tap_done();
}

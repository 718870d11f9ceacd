/*
 * The schemes of etc/ load without mistake or doubt; and a large one loads in
 * time and in little memory.
 */
#include "scheme.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#define MANY 10000

/* Copy a folder's content into ours. */
static void
copy_all(const char *from)
{
	const char *dir = getenv("SRCDIR");
	char source[512];
	int status = -1;

	snprintf(source, sizeof(source), "%s/%s/.", dir ? dir : ".", from);
	pid_t pid = fork();
	if (pid == 0) {
		/* The sources may be where nobody can write. */
		execlp("cp", "cp", "-R", "--no-preserve=mode", "--", source,
		    scheme_folder, (char *)NULL);
		_exit(127);
	}
	if (pid == -1 || waitpid(pid, &status, 0) == -1 || status != 0) {
		printf("Bail out! %s cannot be copied\n", source);
		exit(1);
	}
}

/* The copied ringround.conf with its ledger in our folder. */
static void
move_ledger(void)
{
	char text[16384];
	FILE *file = fopen(scheme_path("ringround.conf"), "re");
	size_t n = file ? fread(text, 1, sizeof(text) - 1, file) : 0;
	char *at;

	if (file)
		fclose(file);
	text[n] = '\0';
	at = strstr(text, "/var/lib/ringround/");
	if (at)
		memmove(at, at + 19, strlen(at + 19) + 1);
	unlink(scheme_path("ringround.conf"));
	scheme_write("ringround.conf", text);
}

static void
sample(const char *from, size_t people, size_t volunteers)
{
	char *mistakes, *warnings;

	copy_all(from);
	move_ledger();
	unlink(scheme_path("auth_token"));
	scheme_write("auth_token", "89abcdef0123456789abcdef01234567\n");
	struct config *c = scheme_load(&mistakes, &warnings);
	is_text(mistakes, "", "%s: no mistakes", from);
	is_text(warnings, "", "%s: no doubts", from);
	is_int(c ? c->n_participants : 0, people, "%s: people", from);
	is_int(c ? c->n_volunteers : 0, volunteers, "%s: volunteers", from);
	/* Nobody real is ever rung by a sample. */
	for (size_t i = 0; c && i < c->n_numbers; i++) {
		char number[32];
		snprintf(number, sizeof(number), "+%llu",
		    (unsigned long long)c->numbers[i]);
		if (!config_allows(c, number))
			ok(false, "%s is no number for drama", number);
	}
	config_free(c);
	free(mistakes);
	free(warnings);
}

static void
write_people(void)
{
	struct buf b = BUF_EMPTY;

	for (int i = 0; i < MANY; i++)
		buf_addf(&b, "[participant p%05d]\nname = Mrs Person Number %d"
		    "\ncall_me = Person\nphone = 0115 4%02d %04d\n"
		    "text = 07700 9%05d\nround = morning\narea = Area %d\n"
		    "contact = A Neighbour, neighbour, 0115 496 0%03d\n"
		    "consent = 2026-09-01, written\nlive = yes\n\n",
		    i, i, i / 10000 + 96, i % 10000, i, i % 40, i % 1000);
	scheme_write("participants.d/many.conf", buf_text(&b));
	buf_release(&b);
}

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
many(void)
{
	struct rusage before, after;
	char *mistakes, *warnings;

	scheme_write_changed("allow_numbers = 01154960*, 07700900*\n",
	    "include = participants.d/many.conf\n");
	write_people();
	getrusage(RUSAGE_SELF, &before);
	int64_t start = now_ms();
	struct config *c = scheme_load(&mistakes, &warnings);
	int64_t took = now_ms() - start;
	getrusage(RUSAGE_SELF, &after);
	printf("# %d people in %lld ms, %ld KiB more at most\n", MANY,
	    (long long)took, after.ru_maxrss - before.ru_maxrss);
	is_text(mistakes, "", "%d people: no mistakes", MANY);
	is_int(c ? c->n_participants : 0, MANY + 1, "all are there");
	ok(took < 20000, "in time");
	if (c) {
		size_t n;
		const struct config_round *r = config_round(c, "morning");
		const struct config_participant *p =
		    config_participant(c, "p05000");
		const struct config_participant *const *people =
		    config_people_at(c, "+447700905000", &n);
		localdate date = 20000;
		msec first = config_slot(c, r, &c->participants[0], date);
		ok(p && n == 1 && people[0] == p, "found by id and number");
		is_int(config_slot(c, r, p, date) - first,
		    5001 * r->spread / (MANY + 1), "in its place");
		is_int(config_slot(c, r, &c->participants[MANY], date) - first,
		    (msec)MANY * r->spread / (MANY + 1), "and the last");
	}
	config_free(c);
	free(mistakes);
	free(warnings);
}

int
main(void)
{
	scheme_begin();
	mkdir(scheme_path("volunteers.d"), 0700);
	many();
	unlink(scheme_path("participants.d/many.conf"));
	sample("etc/demo", 40, 7);
	unlink(scheme_path("participants.d/10-northfield.conf"));
	unlink(scheme_path("participants.d/20-harbour.conf"));
	unlink(scheme_path("participants.d/30-mill-lane.conf"));
	sample("etc", 4, 3);
	return tap_done();
}

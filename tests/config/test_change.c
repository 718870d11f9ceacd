/*
 * Changing files: wholly or not at all, with a human who edits meanwhile.
 */
#include "scheme.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>

#include "config/change.h"

#define PEOPLE "participants.d/a.conf"

static const char edna[] =
    "; our first\n"
    "[participant edna]\nname = Mrs Edna Clarke\ncall_me = Edna\n"
    "phone = 0115 496 0123\n";
static const char sam[] =
    "[participant sam]\nname = Sam\ncall_me = Sam\nphone = 0115 496 0161\n";

static void
lay_out(void)
{
	struct buf b = BUF_EMPTY;
	const char *people = strstr(scheme_good, "[participant edna]");
	const char *team = strstr(scheme_good, "[volunteer asha]");

	buf_add(&b, "[service]\ninclude = participants.d/*.conf\n");
	const char *rest = strchr(scheme_good, '\n') + 1;
	buf_addn(&b, rest, (size_t)(people - rest));
	buf_add(&b, team);
	scheme_write("ringround.conf", buf_text(&b));
	scheme_write(PEOPLE, edna);
	scheme_write("participants.d/b.conf", sam);
	buf_release(&b);
}

static char *
read_back(const char *name)
{
	char text[4096];
	FILE *f = fopen(scheme_path(name), "re");
	size_t n = f ? fread(text, 1, sizeof(text) - 1, f) : 0;

	if (f)
		fclose(f);
	return f ? mem_dupn(text, n) : NULL;
}

static void
is_file(const char *name, const char *want, const char *what)
{
	char *got = read_back(name);

	is_text(got, want, "%s", what);
	free(got);
}

static int
files_in_folder(void)
{
	DIR *d = opendir(scheme_path("participants.d"));
	int n = 0;

	while (d && readdir(d))
		n++;
	if (d)
		closedir(d);
	return n - 2;
}

static struct change *
begin(void)
{
	struct config_notes mistakes = { NULL, 0, 0 };
	struct err e = { "" };
	struct change *ch = change_open(scheme_path("ringround.conf"),
	    &mistakes, &e);

	ok(ch != NULL, "opened (%s)", e.text);
	config_notes_release(&mistakes);
	return ch;
}

static void
put(struct change *ch, const char *file, const char *section,
    const char *key, const char *value)
{
	struct err e = { "" };
	struct edit *t = change_edit(ch, scheme_path(file), false, &e);

	ok(t && edit_put(t, section, key, &value, 1, &e) == 0,
	    "%s of %s is ordered (%s)", key, section, e.text);
}

/* Load; what the mistakes say. */
static char *
look(struct change *ch)
{
	struct config_notes mistakes = { NULL, 0, 0 };
	struct config_notes warnings = { NULL, 0, 0 };
	struct config *next;
	struct err e = { "" };

	is_int(change_load(ch, &next, &mistakes, &warnings, &e), 0, "looked"
	    " at (%s)", e.text);
	char *said = scheme_say(&mistakes);
	config_notes_release(&mistakes);
	config_notes_release(&warnings);
	config_free(next);
	return said;
}

static void
look_and_say(struct change *ch, const char *want)
{
	char *said = look(ch);

	is_text(said, want, "the mistakes that there would be");
	free(said);
}

static void
test_change(void)
{
	struct change *ch;
	struct stat st;
	struct err e = { "" };
	bool again;

	lay_out();
	chmod(scheme_path(PEOPLE), 0640);
	ch = begin();
	put(ch, PEOPLE, "participant edna", "area", "Sneinton");
	look_and_say(ch, "");
	is_file(PEOPLE, edna, "nothing is written by looking");
	is_int(change_commit(ch, &again, &e), 0, "put in place (%s)", e.text);
	change_close(ch);
	is_file(PEOPLE, "; our first\n[participant edna]\nname = Mrs Edna"
	    " Clarke\ncall_me = Edna\nphone = 0115 496 0123\narea ="
	    " Sneinton\n", "it is there, and the comment still is");
	is_int(stat(scheme_path(PEOPLE), &st), 0, "its mode");
	is_int(st.st_mode & 07777, 0640, "stays");
	is_int(files_in_folder(), 2, "nothing is left beside it");
}

static void
test_mistake(void)
{
	struct change *ch;
	struct config_place at = { NULL, 5 };

	lay_out();
	ch = begin();
	put(ch, PEOPLE, "participant edna", "phone", "999");
	look_and_say(ch, PEOPLE ":5: phone is an emergency number and is never"
	    " dialled; write the number of the person's own telephone\n");
	at.file = scheme_path(PEOPLE);
	is_text(change_section_at(ch, &at), "participant edna",
	    "whose mistake it is");
	change_undo(ch);
	ok(!change_is_any(ch), "undone");
	change_close(ch);
	is_file(PEOPLE, edna, "nothing has changed");
	is_int(files_in_folder(), 2, "nothing is left beside it");
}

/* A human saves the file between our look and our writing. */
static void
test_meanwhile(const char *hand)
{
	static const char by_hand[] = "; nobody any more\n";
	struct change *ch;
	struct err e = { "" };
	bool again = false;

	lay_out();
	ch = begin();
	put(ch, PEOPLE, "participant edna", "area", "Sneinton");
	put(ch, "participants.d/b.conf", "participant sam", "area", "Lenton");
	look_and_say(ch, "");
	scheme_write(hand, by_hand);
	is_int(change_commit(ch, &again, &e), -1, "%s was changed: refused",
	    hand);
	ok(again && strstr(e.text, "somebody else has changed"), "and is to be"
	    " made anew (%s)", e.text);
	change_close(ch);
	is_file(hand, by_hand, "what they saved is not lost");
	if (strcmp(hand, PEOPLE) != 0)
		is_file(PEOPLE, edna, "and the other file is as it was");
	is_int(files_in_folder(), 2, "nothing is left beside them");
}

static void
test_new_file(void)
{
	struct change *ch;
	struct reader_pair pairs[] = { { "name", "Lily", 0, 0 },
		{ "call_me", "Lily", 0, 0 },
		{ "phone", "0115 496 0163", 0, 0 } };
	struct err e = { "" };
	bool again = true;
	char *path;

	lay_out();
	path = config_new_file(scheme_path("ringround.conf"), "participant",
	    NULL, &e);
	is_text(path, scheme_path("participants.d/people.conf"), "the usual"
	    " file");
	ch = begin();
	struct edit *t = path ? change_edit(ch, path, true, &e) : NULL;
	ok(t && edit_add(t, "participant lily", pairs, 3, &e) == 0,
	    "a person for a new file");
	look_and_say(ch, "");
	/* Somebody else makes that file first. */
	scheme_write("participants.d/people.conf", "; mine\n");
	ok(change_commit(ch, &again, &e) == -1 && again, "it came first: "
	    "refused");
	unlink(scheme_path("participants.d/people.conf"));
	is_int(change_commit(ch, &again, &e), 0, "and gone again: put in"
	    " place (%s)", e.text);
	change_close(ch);
	is_file("participants.d/people.conf", "[participant lily]\n"
	    "name    = Lily\ncall_me = Lily\nphone   = 0115 496 0163\n",
	    "it is there");
	unlink(scheme_path("participants.d/people.conf"));
	free(path);
	path = config_new_file(scheme_path("ringround.conf"), "participant",
	    "elsewhere/x.conf", &e);
	ok(!path && strstr(e.text, "takes up elsewhere/x.conf"), "a file that"
	    " nobody would read is refused (%s)", e.text);
	free(path);
}

static void
test_lock(void)
{
	struct change *ch;
	int fd;

	lay_out();
	ch = begin();
	fd = open(scheme_folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	ok(fd != -1 && flock(fd, LOCK_EX | LOCK_NB) == -1, "no second change"
	    " at once");
	change_close(ch);
	ok(flock(fd, LOCK_EX | LOCK_NB) == 0, "but afterwards");
	close(fd);
}

int
main(void)
{
	scheme_begin();
	test_change();
	test_mistake();
	test_meanwhile(PEOPLE);
	test_meanwhile("participants.d/b.conf");
	test_new_file();
	test_lock();
	return tap_done();
}

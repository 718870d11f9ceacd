/*
 * Texts that mean harm, or are nothing but noise, from a number that we know,
 * from one that we do not, from a volunteer's and from our own: a human reads
 * them, nothing follows from them, and no word of them is in the journal or in
 * what anybody is told.
 */
#include "rig.h"

#define SCHEME RIG_HEAD EDNA WALTER TEAM
#define STRANGER "07700 900777"

/* A word that each of them holds, to look for. */
#define MARK "xyzzy"

static const char *const texts[] = {
	MARK "'; DROP TABLE flag; DELETE FROM checkin; --",
	"<script>alert('" MARK "')</script><img src=x onerror=alert(1)>",
	"%s%s%n%n" MARK "%p${jndi:ldap://" MARK "}",
	"\x1b[2J\x1b[31m\x07" MARK "\x1b]0;title\x07",
	"\xe2\x80\xae" MARK " KO\xe2\x80\xac",
	MARK "\r\nBcc: everybody@example.org\r\nSubject: " MARK,
	"\xc0\xaf\xff\xfe" MARK "\xed\xa0\x80",
	"{\"schema\": \"" MARK "\", \"ok\": true}",
};

static char *
long_text(void)
{
	struct buf b = BUF_EMPTY;

	buf_add(&b, MARK " ");
	while (b.len < 1600)
		buf_add(&b, "well... ");
	return buf_take(&b);
}

/* No word of it anywhere but in the ledger. */
static void
stays_inside(struct rig *r, const char *name)
{
	int told = 0;

	for (size_t i = 0; i < r->n_creates; i++)
		if (strstr(r->creates[i].words, MARK) != NULL)
			told++;
	for (size_t i = 0; i < r->n_mails; i++)
		if (strstr(r->mails[i].text, MARK) != NULL ||
		    strpbrk(r->mails[i].subject, "\r\n\033") != NULL)
			told++;
	is_int(told, 0, "%s: in nothing that anybody is told", name);
	ok(!rig_logged(r, MARK) && !rig_logged(r, "\033"),
	    "%s: nor in the journal", name);
}

static void
from(const char *number, const char *who, const char *name, bool flagged)
{
	char *whole = long_text();

	for (size_t i = 0; i <= COUNT(texts); i++) {
		const char *text = i < COUNT(texts) ? texts[i] : whole;
		struct rig *r = rig_open(SCHEME, "# nobody\n", RIG_AT(7, 0));
		int before;

		rig_run(r, RIG_AT(9, 5));
		before = rig_open_flags(r);
		rig_texts(r, number, text);
		rig_run(r, RIG_AT(9, 10));
		is_int(rig_open_flags(r) - before, flagged, "%s, text %zu: %s",
		    name, i, flagged ? "a human reads it" : "nobody need");
		is_text(rig_checkin(r, "edna", "morning", RIG_DATE),
		    "asking", "%s, text %zu: nothing is confirmed", name, i);
		ok(rig_checkin_row(r, "walter", "morning", RIG_DATE).id > 0,
		    "%s, text %zu: the tables stand", name, i);
		if (who != NULL)
			ok(strstr(rig_flag(r, who), "unclear_reply"),
			    "%s, text %zu: as what it is", name, i);
		stays_inside(r, name);
		rig_close(r);
	}
	free(whole);
}

/* Whoever writes again and again, or echoes what we say, is answered five
 * times; we never write to ourselves. */
static void
test_loops(void)
{
	struct rig *r = rig_open(SCHEME, "# nobody\n", RIG_AT(7, 0));

	for (int i = 0; i < 40; i++) {
		rig_texts(r, STRANGER, "Check-in: we do not know you. " MARK);
		rig_texts(r, LETTERBOX, "who is this? " MARK);
	}
	rig_run(r, RIG_AT(9, 0));
	ok(rig_count(r, CHANNEL_TEXT, STRANGER, 0) <= 5,
	    "an echo is answered five times at most: %d",
	    rig_count(r, CHANNEL_TEXT, STRANGER, 0));
	is_int(rig_count(r, CHANNEL_TEXT, LETTERBOX, 0), 0,
	    "we never write to ourselves");
	is_int(rig_open_flags(r), 1, "one flag for all that they write");
	stays_inside(r, "loops");
	rig_close(r);
}

int
main(void)
{
	from(EDNA_TEXT, "edna", "somebody known", true);
	from(STRANGER, NULL, "a stranger", true);
	from(TOM_TEXT, NULL, "a volunteer", false);
	from(LETTERBOX, NULL, "our own number", false);
	test_loops();
	return tap_done();
}

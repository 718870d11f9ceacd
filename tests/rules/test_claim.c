#include "rules/claim.h"

#include <stdlib.h>

#include "base/buf.h"
#include "tap.h"

struct claim_case {
	const char *text;
	enum claim_verb verb;
	const char *code, *word, *note;
};

#define NONE CLAIM_NONE
#define YES CLAIM_YES
#define NO CLAIM_NO
#define DONE CLAIM_DONE
#define RELEASE CLAIM_RELEASE
#define LIST CLAIM_LIST
#define PASS CLAIM_PASS
#define BACK CLAIM_BACK
#define OUT CLAIM_OUT
#define TRIED CLAIM_TRIED

static const struct claim_case cases[] = {
	{ "YES K4F7", YES, "K4F7", "", "" },
	{ "yes k4f7", YES, "K4F7", "", "" },
	{ "Yes, K4F7.", YES, "K4F7", "", "" },
	{ "\"YES K4F7\"", YES, "K4F7", "", "" },
	{ "\xe2\x80\x9cYes K4F7\xe2\x80\x9d", YES, "K4F7", "", "" },
	{ "YESK4F7", YES, "K4F7", "", "" },
	{ "yesk4f7", YES, "K4F7", "", "" },
	{ "YES-K4F7", YES, "K4F7", "", "" },
	{ "YES:K4F7", YES, "K4F7", "", "" },
	{ "YES K4 F7", YES, "K4F7", "", "" },
	{ "YES K4-F7", YES, "K4F7", "", "" },
	{ "YES K 4 F 7", YES, "K4F7", "", "" },
	{ "YES  K4F7 \n", YES, "K4F7", "", "" },
	{ "Yes K4F7\xf0\x9f\x91\x8d", YES, "K4F7", "", "\xf0\x9f\x91\x8d" },
	{ "Hello, yes K4F7", YES, "K4F7", "", "" },
	{ "I'll take K4F7", YES, "K4F7", "", "" },
	{ "I\xe2\x80\x99ll take K4F7", YES, "K4F7", "", "" },
	{ "claim K4F7", YES, "K4F7", "", "" },
	{ "y k4f7", YES, "K4F7", "", "" },
	{ "K4F7 yes", YES, "K4F7", "", "" },
	{ "k4f7 YES on my way", YES, "K4F7", "", "on my way" },
	{ "YES K4F7 on my way!", YES, "K4F7", "", "on my way!" },
	{ "yes i can do K4F7 thanks", YES, "K4F7", "", "thanks" },
	{ "yes K4F7 no problem", YES, "K4F7", "", "no problem" },
	{ "YES 64T9", YES, "G4T9", "", "" },
	{ "YES KTFG", YES, "", "", "KTFG" },
	{ "YES KTF6", YES, "K7F6", "", "" },
	{ "\xef\xbc\xb9\xef\xbc\xa5\xef\xbc\xb3 K4F7", YES, "K4F7", "", "" },
	{ "yes", YES, "", "", "" },
	{ "YES!!", YES, "", "", "" },
	{ "yes but I can't do K4F7", NONE, "K4F7", "", "" },
	{ "YES K4F7 not until 5 though", NONE, "K4F7", "", "" },
	{ "yes no K4F7", NONE, "K4F7", "", "" },
	{ "ok", NONE, "", "", "" },
	{ "OK K4F7", NONE, "K4F7", "", "" },
	{ "fine K4F7", NONE, "K4F7", "", "" },
	{ "K4F7", NONE, "K4F7", "", "" },
	{ "k4f7?", NONE, "K4F7", "", "" },
	{ "what is K4F7", NONE, "K4F7", "", "" },
	{ "y", NONE, "", "", "" },
	{ "Tak K4F7", YES, "K4F7", "", "" },
	{ "bior\xc4\x99 K4F7", YES, "K4F7", "", "" },
	{ "nie K4F7", NO, "K4F7", "", "" },
	{ "tak nie K4F7", NONE, "K4F7", "", "" },
	{ "Gotowe K4F7 asleep", DONE, "K4F7", "asleep", "" },
	{ "Ie K4F7", YES, "K4F7", "", "" },
	{ "na K4F7", NO, "K4F7", "", "" },
	{ "haan K4F7", YES, "K4F7", "", "" },
	{ "nahi K4F7", NO, "K4F7", "", "" },
	{ "tak", NONE, "", "", "" },
	{ "take", NONE, "", "", "" },
	{ "yesterday K4F7", NONE, "K4F7", "", "" },
	{ "YES KOF7", YES, "", "", "KOF7" },	/* no such code: O */
	{ "YES 7379", YES, "", "", "7379" },
	{ "YES MAKE", YES, "", "", "MAKE" },

	{ "NO K4F7", NO, "K4F7", "", "" },
	{ "no k4f7 at work", NO, "K4F7", "", "at work" },
	{ "NOK4F7", NO, "K4F7", "", "" },
	{ "Sorry, can't K4F7", NO, "K4F7", "", "" },
	{ "sorry no K4F7", NO, "K4F7", "", "" },
	{ "I cannot do K4F7", NO, "K4F7", "", "do K4F7" },
	{ "no", NO, "", "", "" },
	{ "can't", NONE, "", "", "" },

	{ "DONE K4F7 safe", DONE, "K4F7", "safe", "" },
	{ "Done K4F7 SAFE she was in the garden.", DONE, "K4F7", "safe",
	    "she was in the garden." },
	{ "DONE K4F7: asleep - fine now", DONE, "K4F7", "asleep", "fine now" },
	{ "DONEK4F7 chat", DONE, "K4F7", "chat", "" },
	{ "DONE K4F7 not_located", DONE, "K4F7", "not_located", "" },
	{ "DONE K4F7 not-located", DONE, "K4F7", "not_located", "" },
	{ "done k4f7 not located, neighbour asked", DONE, "K4F7",
	    "not_located", "neighbour asked" },
	{ "done k4f7 did not hear", DONE, "K4F7", "did_not_hear", "" },
	{ "done k4f7 safe helped with the heating", DONE, "K4F7",
	    "safe_helped", "with the heating" },
	{ "done k4f7", DONE, "K4F7", "", "" },
	{ "done safe", DONE, "", "safe", "" },
	{ "done", DONE, "", "", "" },
	{ "DONE asleep K4F7", DONE, "K4F7", "asleep", "K4F7" },
	{ "resolved K4F7 hospital", DONE, "K4F7", "hospital", "" },
	{ "K4F7 done safe", DONE, "K4F7", "safe", "" },

	{ "RELEASE K4F7", RELEASE, "K4F7", "", "" },
	{ "release k4f7 car broke down", RELEASE, "K4F7", "",
	    "car broke down" },
	{ "back K4F7", BACK, "K4F7", "", "" },
	{ "Giving back K4F7", BACK, "K4F7", "", "" },
	{ "give back K4F7 please", BACK, "K4F7", "", "please" },
	{ "I'm back", NONE, "", "", "" },
	{ "release", RELEASE, "", "", "" },

	{ "LIST", LIST, "", "", "" },
	{ "list please", LIST, "", "", "please" },
	{ "Hi list", LIST, "", "", "" },

	{ "OUT K4F7 11:30", OUT, "K4F7", "", "11:30" },
	{ "out k4f7 back by 11.30 with Tom", OUT, "K4F7", "",
	    "back by 11.30 with Tom" },
	{ "home K4F7", BACK, "K4F7", "", "" },
	{ "out", NONE, "", "", "" },
	{ "Tried K4F7 twice", TRIED, "K4F7", "", "twice" },
	{ "No answer K4F7", TRIED, "K4F7", "", "answer K4F7" },
	{ "K4F7 no reply", TRIED, "K4F7", "", "reply" },
	{ "no answer", NONE, "", "", "" },

	{ "PASS K4F7 GRACE", PASS, "K4F7", "", "GRACE" },
	{ "pass k4f7 to Grace Obi please", PASS, "K4F7", "",
	    "Grace Obi please" },
	{ "Pass to Grace K4F7", PASS, "K4F7", "", "Grace K4F7" },
	{ "give K4F7 to grace", PASS, "K4F7", "", "grace" },
	{ "hand over K4F7 to grace", PASS, "K4F7", "", "grace" },
	{ "K4F7 pass it on to Grace", PASS, "K4F7", "", "Grace" },
	{ "I'll pass K4F7 over to g_obi", PASS, "K4F7", "", "g_obi" },
	{ "PASS K4F7", NO, "K4F7", "", "" },
	{ "pass K4F7 sorry, at work", NO, "K4F7", "", "sorry, at work" },
	{ "pass", NONE, "", "", "" },

	{ "", NONE, "", "", "" },
	{ "   ", NONE, "", "", "" },
	{ "hello", NONE, "", "", "" },
	{ "1", NONE, "", "", "" },
	{ "STOP", NONE, "", "", "" },
	{ "\xff\xff K4F7", NONE, "K4F7", "", "" },
};

static void
texts(void)
{
	size_t i;

	for (i = 0; i < COUNT(cases); i++) {
		struct claim_text c;
		bool good;

		memset(&c, 'x', sizeof(c));
		claim_read(cases[i].text, &c);
		good = c.verb == cases[i].verb &&
		    strcmp(c.code, cases[i].code) == 0 &&
		    strcmp(c.word, cases[i].word) == 0 &&
		    strcmp(c.note, cases[i].note) == 0;
		ok(good, "case %zu, %s %s", i, claim_verb_name(cases[i].verb),
		    cases[i].code);
		if (!good)
			printf("# '%s' gave %s '%s' '%s' '%s'\n", cases[i].text,
			    claim_verb_name(c.verb), c.code, c.word, c.note);
	}
}

static void
names(void)
{
	static const struct {
		const char *text, *name, *id;
		int words;
	} said[] = {
		{ "Grace", "Grace Obi", "grace", 1 },
		{ "GRACE OBI, thanks", "Mrs Grace Obi", "g1", 2 },
		{ "grace b", "Grace Obi", "grace", 1 },
		{ "g_obi", "Grace Obi", "g_obi", 1 },
		{ "g-obi please", "Grace Obi", "g-obi", 2 },
		{ "g", "Grace Obi", "g-obi", 0 },
		{ "Gr\xc3\xa1" "ce", "Gr\xc3\xa1" "ce Obi", "x", 1 },
		{ "Tom", "Grace Obi", "grace", 0 },
		{ "Mrs", "Mrs Grace Obi", "grace", 0 },
		{ "", "Grace", "grace", 0 },
	};

	for (size_t i = 0; i < COUNT(said); i++)
		is_int(claim_names(said[i].text, said[i].name, said[i].id),
		    said[i].words, "name %zu", i);
}

static void
minutes(void)
{
	static const struct {
		const char *text;
		int minute;
	} said[] = {
		{ "11:30", 690 }, { "back by 9.05 with Tom", 545 },
		{ "1745", 1065 }, { "flat 3, 11:30", 690 }, { "25:00", -1 },
		{ "9:75", -1 }, { "soon", -1 }, { "", -1 }, { "12345", -1 },
		{ "00:00", 0 },
	};

	for (size_t i = 0; i < COUNT(said); i++)
		is_int(claim_minute(said[i].text), said[i].minute, "time %zu",
		    i);
}

static void
long_texts(void)
{
	struct buf b = BUF_EMPTY;
	struct claim_text c;
	int i;

	buf_add(&b, "DONE K4F7 safe ");
	for (i = 0; i < 500; i++)
		buf_add(&b, "\xc3\xa9");
	claim_read(buf_text(&b), &c);
	is_int(c.verb, CLAIM_DONE, "a long note is still a note");
	is_int(strlen(c.note), 198, "cut between letters");
	buf_clear(&b);
	for (i = 0; i < 2000; i++)
		buf_add(&b, "words ");
	buf_add(&b, "YES K4F7");
	claim_read(buf_text(&b), &c);
	is_int(c.verb, CLAIM_NONE, "no verb far down a text");
	buf_clear(&b);
	buf_add(&b, "DONE K4F7 ");
	for (i = 0; i < 100; i++)
		buf_add(&b, "verylong");
	claim_read(buf_text(&b), &c);
	ok(strlen(c.word) < sizeof(c.word), "a long word fits");
	buf_release(&b);
}

static void
codes(void)
{
	static const char *const bad[] = { "", "K4F", "K4F77", "KAFE", "K4F0",
		"O4F7", "4K7F", "K4F5", "QQQQ", "6767", "K4\xc3\xa9", "TTTT" };
	char code[CLAIM_CODE_SIZE], back[CLAIM_CODE_SIZE];
	struct random r;
	int i, wrong = 0;
	size_t k;

	random_init_seed(&r, 42);
	for (i = 0; i < 20000; i++) {
		claim_make_code(&r, code);
		if (strpbrk(code, "AEIOU01LS5B8Z2VQ") != NULL)
			wrong++;
		if (claim_normalise_code(code, back) == -1 ||
		    strcmp(code, back) != 0)
			wrong++;
	}
	is_int(wrong, 0, "codes are plain, and are their own form");
	is_int(claim_normalise_code(" k4 f7 ", back), 0, "as typed");
	is_text(back, "K4F7", "is K4F7");
	for (k = 0; k < COUNT(bad); k++)
		is_int(claim_normalise_code(bad[k], back), -1, "no code %zu",
		    k);
}

static void
noise(void)
{
	struct random r;
	struct buf b = BUF_EMPTY;
	struct claim_text c;
	int i, claims = 0;

	random_init_seed(&r, 3);
	for (i = 0; i < 20000; i++) {
		uint32_t n = random_below(&r, 80);

		buf_clear(&b);
		while (n-- > 0)
			buf_addc(&b, (char)random_below(&r, 256));
		claim_read(buf_text(&b), &c);
		claims += c.verb != CLAIM_NONE && c.code[0] != '\0';
	}
	ok(claims < 20, "noise hardly claims: %d of %d", claims, i);
	buf_release(&b);
}

int
main(void)
{
	texts();
	names();
	minutes();
	long_texts();
	codes();
	noise();
	return tap_done();
}

/*
 * Texts as people write them, the table's own order, and, over thousands of
 * seeded texts, the one thing that must hold: nothing with a word of help, a
 * negation or a STOP word in it reads OK.
 */
#include "rules/reply.h"

#include <stdlib.h>

#include "base/random.h"
#include "rules/words.h"
#include "tap.h"

struct reply_case {
	const char *text;
	enum reading reading;
};

#define OK READING_OK
#define HELP READING_HELP
#define STOP READING_STOP
#define AWAY READING_AWAY
#define UNCLEAR READING_UNCLEAR

static const struct reply_case english[] = {
	{ "ok", OK }, { "OK", OK }, { "Ok.", OK }, { " ok \n", OK },
	{ "O.K.", OK }, { "o k", OK }, { "0K", OK }, { "OKAY!!", OK },
	{ "okkkkk", OK }, { "Okey dokey", OK }, { "okie-dokie", OK },
	{ "\"OK\"", OK }, { "'ok'", OK }, { "(ok)", OK },
	{ "\xe2\x80\x9cOK\xe2\x80\x9d", OK },
	{ "\xef\xbc\xaf\xef\xbc\xab", OK },	/* full width */
	{ "O\xe2\x80\x8bK", OK },		/* a zero width between */
	{ "ok\x01", OK }, { "\xef\xbb\xbfok", OK }, { "o\xcc\x81k", OK },
	{ "ok thank you dear", OK }, { "im fine x", OK },
	{ "I\xe2\x80\x99m fine", OK }, { "I`m fine", OK }, { "Im ok", OK },
	{ "I am ok", OK }, { "iam fine", OK }, { "I m fine", OK },
	{ "imok", OK }, { "am fine", OK }, { "I'm very well thank you", OK },
	{ "Yes", OK }, { "YES!!!", OK }, { "yesss", OK }, { "Yes I am", OK },
	{ "yep", OK }, { "yeah im good", OK }, { "Aye, grand", OK },
	{ "Yes \xf0\x9f\x91\x8d", OK }, { "\xf0\x9f\x91\x8d", OK },
	{ "\xf0\x9f\x91\x8d\xf0\x9f\x8f\xbd", OK },	/* with a skin tone */
	{ "\xf0\x9f\x91\x8d\xf0\x9f\x91\x8d\xf0\x9f\x91\x8d", OK },
	{ "ok\xf0\x9f\x98\x8a", OK }, { "ok \xe2\x9d\xa4\xef\xb8\x8f", OK },
	{ "ok :)", OK }, { "ok :-D", OK }, { "ok ;)", OK }, { "ok <3", OK },
	{ "ok:)", OK }, { "OK :x", OK },
	{ "fine", OK }, { "Fine thanks", OK }, { "all well", OK },
	{ "All's well", OK }, { "alright duck", OK }, { "All right", OK },
	{ "everything is fine", OK }, { "Everything's fine, thanks", OK },
	{ "Good morning, all well here thank you", OK },
	{ "Hello dear yes I am fine thank you very much xxx", OK },
	{ "safe and well", OK }, { "fit as a fiddle!", OK },
	{ "both fine", OK }, { "We are both well thank you", OK },
	{ "Morning! Still here, all good", OK }, { "Still fine today", OK },
	{ "Sorry I'm late, just got up. Im fine", OK },
	{ "Yes.\n\nSent from my iPhone", OK },
	{ "yes yes", OK }, { "ok ok ok", OK }, { "very well thanks love", OK },
	{ "1", OK }, { " 1 ", OK }, { "1.", OK }, { "1 thank you", OK },
	{ "1\xef\xb8\x8f\xe2\x83\xa3", OK }, { "\xef\xbc\x91", OK },
	{ "Well thank you", OK }, { "thank goodness all ok", OK },
	{ "Happy Christmas, all well", OK }, { "I feel good", OK },

	{ "help", HELP }, { "HELP", HELP }, { "HELP!!!", HELP },
	{ "Help please", HELP }, { "hellp", HELP }, { "helllllp", HELP },
	{ "h\xc3\xa9lp", HELP }, { "hlp", HELP }, { "help ok", HELP },
	{ "I'm ok help", HELP }, { "ok... HELP", HELP }, { "SOS", HELP },
	{ "\xf0\x9f\x86\x98", HELP }, { "ok \xf0\x9f\x98\xad", HELP },
	{ "\xf0\x9f\x98\xa2", HELP }, { "\xf0\x9f\x91\x8e", HELP },
	{ "no", HELP }, { "No", HELP }, { "NO!", HELP }, { "Nooo", HELP },
	{ "No thank you", HELP }, { "nope", HELP }, { "no not really", HELP },
	{ "not well", HELP }, { "I'm not well", HELP }, { "not ok", HELP },
	{ "not feeling well today", HELP }, { "I am not ok", HELP },
	{ "Im not fine", HELP }, { "isn\xe2\x80\x99t good", HELP },
	{ "ok? no", HELP }, { "yes no", HELP }, { "not so good", HELP },
	{ "I fell", HELP }, { "fel over", HELP }, { "had a fall", HELP },
	{ "I have fallen", HELP }, { "ring me", HELP }, { "Ring me x", HELP },
	{ "please ring", HELP }, { "pls call", HELP }, { "Call me", HELP },
	{ "ring", HELP }, { "yes please", HELP }, { "please", HELP },
	{ "ok ring me", HELP }, { "phone me when you can", HELP },
	{ "give me a ring dear", HELP }, { "can someone come", HELP },
	{ "2", HELP }, { "2 please", HELP }, { "ok 2", HELP }, { "2 x", HELP },
	{ "two", HELP }, { "pressed 2", HELP }, { "ill", HELP },
	{ "Feeling poorly", HELP }, { "dizzy", HELP }, { "in pain", HELP },
	{ "cant breathe", HELP }, { "I can't get up", HELP },
	{ "chest pains", HELP }, { "ambulance", HELP }, { "999", HELP },
	{ "in hospital", HELP }, { "fine but my leg hurts", HELP },
	{ "who is this I fell", HELP }, { "out of office. help", HELP },
	{ "thank you for your help", HELP }, { "I want to die", HELP },
	{ "stop help", HELP }, { "away, call me", HELP },
	{ "don't ring me but I fell", HELP }, { "not bad but I fell", HELP },
	{ "no, not bad", HELP }, { "I need a hand", HELP },
	{ "nahi", HELP }, { "nie", HELP }, { "madad", HELP },
	{ "pomocy", HELP }, { "Zadzwo\xc5\x84", HELP },

	{ "STOP", STOP }, { "stop", STOP }, { "Stop.", STOP },
	{ "STOP!!!", STOP }, { "stop please", STOP }, { "Please stop", STOP },
	{ "Stop thank you", STOP }, { "STOPALL", STOP }, { "stop all", STOP },
	{ "unsubscribe", STOP }, { "END", STOP }, { "Quit", STOP },
	{ "revoke", STOP }, { "OPTOUT", STOP }, { "opt-out", STOP },
	{ "cancel", STOP }, { "stopp", STOP }, { "sstop", STOP },
	{ "stop texting me", STOP }, { "Please stop ringing me", STOP },
	{ "don't ring me", STOP }, { "Leave me alone!", STOP },
	{ "no more texts please", STOP }, { "ok no more texts", STOP },
	{ "do not call me again", STOP }, { "go away", STOP },

	{ "AWAY until 3 Jan", AWAY }, { "away", AWAY }, { "Away", AWAY },
	{ "I'm away until Friday", AWAY }, { "im away till 3/1", AWAY },
	{ "ok I'm away until Monday", AWAY }, { "Going away tomorrow", AWAY },
	{ "On holiday until 3rd Jan", AWAY },
	{ "I'll be away next week", AWAY }, { "ill be away", AWAY },
	{ "Hello dear, away till Friday, not back before", AWAY },

	{ "", UNCLEAR }, { " ", UNCLEAR }, { "...", UNCLEAR },
	{ "thank you", UNCLEAR }, { "Good morning", UNCLEAR },
	{ "good night", UNCLEAR }, { "x", UNCLEAR }, { "hello", UNCLEAR },
	{ "\xf0\x9f\x98\x8a", UNCLEAR }, { "\xf0\x9f\x99\x8f", UNCLEAR },
	{ "who is this", UNCLEAR }, { "Who's this?", UNCLEAR },
	{ "who is this, I don't know you", UNCLEAR }, { "ok who is this",
	    UNCLEAR }, { "wrong number", UNCLEAR },
	{ "sorry I don't know who this is", UNCLEAR },
	{ "are you ok?", UNCLEAR }, { "are you ok", UNCLEAR },
	{ "you ok", UNCLEAR }, { "ok?", UNCLEAR }, { "OK \xe2\x9d\x93",
	    UNCLEAR }, { "am i ok", UNCLEAR }, { "is all ok", UNCLEAR },
	{ "how are you", UNCLEAR }, { "Fine thanks, how are you?", UNCLEAR },
	{ "I'm driving", UNCLEAR }, { "ok i'm driving", UNCLEAR },
	{ "I'm driving and can't talk right now", UNCLEAR },
	{ "Sorry, I can't talk right now.", UNCLEAR },
	{ "I'll call you later", UNCLEAR }, { "On my way", UNCLEAR },
	{ "Out of office until Monday", UNCLEAR },
	{ "Automatic reply: yes", UNCLEAR },
	{ "book", UNCLEAR }, { "okra", UNCLEAR }, { "The book", UNCLEAR },
	{ "look", UNCLEAR }, { "token", UNCLEAR }, { "ok1", UNCLEAR },
	{ "tok", UNCLEAR }, { "yesterday", UNCLEAR }, { "goodness", UNCLEAR },
	{ "wellington", UNCLEAR }, { "finest", UNCLEAR },
	{ "god", UNCLEAR }, { "oh goddd", UNCLEAR }, { "k", UNCLEAR },
	{ "not bad", UNCLEAR }, { "Not too bad thanks", UNCLEAR },
	{ "can't complain", UNCLEAR }, { "no problem", UNCLEAR },
	{ "no worries, ok", UNCLEAR }, { "I'm fine, no need to ring me",
	    UNCLEAR }, { "mustn\xe2\x80\x99t grumble", UNCLEAR },
	{ "ok :(", UNCLEAR }, { "ok:(", UNCLEAR },
	{ "OK \xe2\x98\xb9\xef\xb8\x8f", UNCLEAR },
	{ "fine \xf0\x9f\x98\x9e", UNCLEAR },
	{ "so so", UNCLEAR }, { "could be better", UNCLEAR },
	{ "ok later", UNCLEAR }, { "ok i think", UNCLEAR },
	{ "will be ok", UNCLEAR }, { "was ok", UNCLEAR }, { "ok now", UNCLEAR },
	{ "should be fine", UNCLEAR }, { "okish", UNCLEAR },
	{ "fine but tired", UNCLEAR }, { "stop. I'm fine", UNCLEAR },
	{ "ok stop", UNCLEAR }, { "the end", UNCLEAR },
	{ "cancel my appointment", UNCLEAR }, { "we'll", UNCLEAR },
	{ "We'll be there", UNCLEAR }, { "I'll ring later", UNCLEAR },
	{ "see you at 2", UNCLEAR }, { "12", UNCLEAR }, { "11", UNCLEAR },
	{ "22", UNCLEAR }, { "9", UNCLEAR }, { "0", UNCLEAR },
	{ "1 2 3", UNCLEAR }, { "my code is 1", UNCLEAR },
	{ "OK so I went to the shops and met Joan and then we had tea",
	    UNCLEAR },
	{ "Yes fine, Doris", UNCLEAR },	/* whoever that is: see names */
	{ "\xff\xfe", UNCLEAR }, { "ok \xff", UNCLEAR },
	{ "straight away", UNCLEAR }, { "away?", UNCLEAR },
	{ "tak", UNCLEAR }, { "iawn", UNCLEAR }, { "theek", UNCLEAR },
};

static const struct reply_case polish[] = {
	{ "Tak", OK }, { "tak, wszystko w porz\xc4\x85" "dku", OK },
	{ "Dzie\xc5\x84 dobry, wszystko dobrze, dzi\xc4\x99kuj\xc4\x99", OK },
	{ "dziekuje dobrze", OK }, { "ok dziekuje", OK }, { "fine", OK },
	{ "nie", HELP }, { "Nie jest dobrze", HELP },
	{ "\xc5\xb9le si\xc4\x99 czuj\xc4\x99", HELP },
	{ "Upad\xc5\x82" "am", HELP }, { "upadlam", HELP },
	{ "Prosz\xc4\x99 zadzwoni\xc4\x87", HELP }, { "pomoc", HELP },
	{ "no", HELP }, { "nie\xc5\xbale", UNCLEAR },
	{ "kto to", UNCLEAR }, { "prosz\xc4\x99 nie dzwoni\xc4\x87", STOP },
	{ "Wyje\xc5\xbc" "d\xc5\xbc" "am do pi\xc4\x85tku", AWAY },
};

static const struct reply_case welsh[] = {
	{ "Iawn diolch", OK }, { "Dwi'n iawn", OK }, { "dwin iawn", OK },
	{ "Bore da, popeth yn iawn, diolch yn fawr", OK }, { "Ydw", OK },
	{ "Rydw i\xe2\x80\x99n iawn", OK }, { "fine diolch", OK },
	{ "na", HELP }, { "Dwi ddim yn iawn", HELP }, { "Nac ydw", HELP },
	{ "Wedi cwympo", HELP }, { "Dwi'n s\xc3\xa2l", HELP },
	{ "Ffoniwch fi", HELP }, { "Peidiwch", STOP },
	{ "Pwy yw hwn", UNCLEAR }, { "Diolch", UNCLEAR },
	{ "I ffwrdd tan ddydd Gwener", AWAY },
};

static const struct reply_case urdu[] = {
	{ "theek hoon", OK }, { "main theek hun shukriya", OK },
	{ "Ji haan, sab theek hai", OK }, { "Alhamdulillah theek hun", OK },
	{ "میں ٹھیک ہوں", OK }, { "جی ہاں", OK },
	{ "ٹھيك ھوں", UNCLEAR },
	{ "ٹھيك ہے", OK },		/* with Arabic yeh and kaf */
	{ "ٹھیک ہوں۔ شکریہ", OK }, { "۱", OK }, { "۲", HELP },
	{ "theek nahi hoon", HELP }, { "نہیں", HELP }, { "مدد", HELP },
	{ "میں گر گئی", HELP }, { "درد ہے", HELP },
	{ "phone karo", HELP },
	{ "alhamdulillah", UNCLEAR }, { "phone mat karo", STOP },
};

static const struct reply_case punjabi[] = {
	{ "main theek haan ji", OK }, { "Haanji sab vadiya", OK },
	{ "ਮੈਂ ਠੀਕ ਹਾਂ", OK },
	{ "ਠੀਕ ਹਾਂ ਜੀ, ਧੰਨਵਾਦ", OK },
	{ "੧", OK }, { "ਨਹੀਂ", HELP },
	{ "ਮੈਂ ਠੀਕ ਨਹੀਂ ਹਾਂ", HELP },
	{ "ਮਦਦ", HELP }, { "ਫ਼ੋਨ ਕਰੋ", HELP },
	{ "ਫੋਨ ਕਰੋ", HELP }, { "dig gayi", HELP },
	{ "ਧੰਨਵਾਦ", UNCLEAR },
	/* in its other script */
	{ "میں ٹھیک آں جی", OK }, { "سب ٹھیک اے، شکریہ", OK },
	{ "ست سری اکال، چڑھدی کلا", OK }, { "ٹھیک نئیں", HELP },
	{ "میں ڈگ گئی", HELP }, { "تسیں کون", UNCLEAR },
};

/* A TAP line must not break; cases may. */
static void
one_line(char *text)
{
	for (; *text != '\0'; text++)
		if (*text == '\n' || *text == '#')
			*text = ' ';
}

static void
read_cases(const struct reply_case *cases, size_t n, const char *language)
{
	char rule[REPLY_RULE_SIZE], shown[80];
	size_t i;

	for (i = 0; i < n; i++) {
		enum reading got = reply_read(cases[i].text, language, NULL,
		    rule);

		snprintf(shown, sizeof(shown), "%s", cases[i].text);
		one_line(shown);
		is_text(reading_name(got), reading_name(cases[i].reading),
		    "%s: '%s'", language, shown);
		if (got != cases[i].reading)
			printf("# by the rule: %s\n", rule);
		if (reply_read(cases[i].text, language, NULL, NULL) != got)
			ok(0, "the same without asking for the rule");
	}
}

static void
languages(void)
{
	is_int(reply_read("tak", "pl", NULL, NULL), OK, "Polish in Polish");
	is_int(reply_read("tak", "pl-PL", NULL, NULL), OK, "with a region");
	is_int(reply_read("tak", "cy", NULL, NULL), UNCLEAR, "not in Welsh");
	is_int(reply_read("tak", "p", NULL, NULL), UNCLEAR, "not in half a "
	    "tag");
	is_int(reply_read("tak", "", NULL, NULL), UNCLEAR, "nor in none");
	is_int(reply_read("ok", NULL, NULL, NULL), OK, "English in none");
	is_int(reply_read("theek hai", "pa", NULL, NULL), OK, "shared words");
	is_int(reply_read("ok nahi", "pl", NULL, NULL), HELP,
	    "negations in every language");
}

static void
extras(void)
{
	static const struct reply_word items[] = {
		{ REPLY_OK, NULL, "Tickety-Boo!" },
		{ REPLY_OK, "gu", "majama" },
		{ REPLY_HELP, NULL, "Bernard's loose" },
		{ REPLY_COURTESY, NULL, "me old china" },
		{ REPLY_STOP, NULL, "basta" },
		{ REPLY_AWAY, NULL, "at the caravan" },
	};
	struct reply_words extra = { .items = items, .n = COUNT(items) };
	char rule[REPLY_RULE_SIZE];

	is_int(reply_read("tickety boo", "en", &extra, NULL), OK, "own OK");
	is_int(reply_read("majama", "gu", &extra, NULL), OK, "in Gujarati");
	is_int(reply_read("majama", "en", &extra, NULL), UNCLEAR,
	    "not in English");
	is_int(reply_read("ok bernards loose", "en", &extra, rule), HELP,
	    "own help");
	ok(strstr(rule, "Bernard's loose") != NULL, "as it came: %s", rule);
	is_int(reply_read("fine me old china", "en", &extra, NULL), OK,
	    "own courtesy");
	is_int(reply_read("basta", "en", &extra, NULL), STOP, "own stop");
	is_int(reply_read("ok basta", "en", &extra, NULL), UNCLEAR,
	    "own stop among others");
	is_int(reply_read("At the caravan till Sunday", "en", &extra, NULL),
	    AWAY, "own away");
	extra.names = "Mrs Doris Ash, Doris";
	is_int(reply_read("Yes fine, Doris", "en", &extra, NULL), OK,
	    "signed with her own name");
	is_int(reply_read("OK from Mrs D Ash", "en", &extra, NULL), UNCLEAR,
	    "an initial is none of her names");
	is_int(reply_read("Doris", "en", &extra, NULL), UNCLEAR,
	    "a name alone is no OK");
	is_int(reply_read("OK, Brian", "en", &extra, NULL), UNCLEAR,
	    "another's name");
	extra.names = "Noel No";
	is_int(reply_read("ok no", "en", &extra, NULL), HELP,
	    "a name does not take a negation away");
}

static void
own_words(void)
{
	static const struct {
		const char *text;
		enum reply_class class;
		int good;
	} cases[] = {
		{ "tickety boo", REPLY_OK, 0 },
		{ "no worries", REPLY_OK, -1 },
		{ "can't grumble", REPLY_OK, -1 },
		{ "helped", REPLY_OK, 0 },
		{ "help yourself", REPLY_COURTESY, -1 },
		{ "end of", REPLY_OK, -1 },
		{ "nahi", REPLY_OK, -1 },
		{ "no worries", REPLY_UNSURE, 0 },
		{ "no go", REPLY_HELP, 0 },
		{ "", REPLY_OK, -1 },
		{ "...", REPLY_HELP, -1 },
		{ "a b c d e f g h", REPLY_OK, 0 },
		{ "a b c d e f g h i", REPLY_OK, -1 },
	};
	enum reply_class class;
	struct err e = { "" };
	size_t i;

	for (i = 0; i < COUNT(cases); i++)
		is_int(reply_check_word(cases[i].text, cases[i].class, &e),
		    cases[i].good, "own word \"%s\"", cases[i].text);
	is_int(reply_class_from_name("ok", &class), 0, "class ok");
	is_int(class, REPLY_OK, "is it");
	is_int(reply_class_from_name("courtesy", &class), 0, "courtesy");
	is_int(class, REPLY_COURTESY, "is it");
	is_int(reply_class_from_name("yes", &class), -1, "no class yes");
}

static void
names(void)
{
	enum reading r, back;
	int i;

	for (i = 0; i < READING_COUNT; i++) {
		r = (enum reading)i;
		is_int(reading_from_name(reading_name(r), &back), 0, "back");
		is_int(back, r, "the reading %s", reading_name(r));
	}
	is_int(reading_from_name("fine", &back), -1, "no such reading");
}

/* What the table promises at its top. */
static void
table_order(void)
{
	size_t i, n, plain = 0, oks = 0, courtesies = 0, calls = 0;
	const struct reply_list *table = reply_table(&n);
	const char *const *t;

	for (i = 0; i < n; i++) {
		const char *l = table[i].language;
		char first[4] = "en", text[200];

		if (l != NULL)
			snprintf(first, sizeof(first), "%.2s", l);
		for (t = table[i].texts; *t != NULL; t++) {
			struct buf b = BUF_EMPTY;
			enum reading r = reply_read(*t, first, NULL, NULL);

			words_normalise(*t, &b);
			if (strcmp(buf_text(&b), *t) != 0 && ++plain)
				printf("# not plain: %s\n", *t);
			buf_release(&b);
			if (table[i].class == REPLY_OK && r != OK && ++oks)
				printf("# does not read OK: %s\n", *t);
			if ((table[i].class == REPLY_HELP ||
			    table[i].class == REPLY_TWO) && r != HELP &&
			    ++calls)
				printf("# does not read help: %s\n", *t);
			if (table[i].class != REPLY_COURTESY)
				continue;
			snprintf(text, sizeof(text), "ok %s", *t);
			if ((r != UNCLEAR || reply_read(text, first, NULL,
			    NULL) != OK) && ++courtesies)
				printf("# is no courtesy: %s\n", *t);
		}
	}
	is_int(plain, 0, "every row is in its plain form");
	is_int(oks, 0, "every OK reads OK");
	is_int(calls, 0, "every call for help reads help");
	is_int(courtesies, 0, "every courtesy is one");
}

/* All rows of some classes, flat. */
struct rows {
	const char *text[4096];
	size_t n;
};

static void
collect(struct rows *ret, unsigned classes)
{
	size_t i, n;
	const struct reply_list *table = reply_table(&n);
	const char *const *t;

	ret->n = 0;
	for (i = 0; i < n; i++)
		for (t = table[i].texts; *t != NULL; t++)
			if ((classes & 1u << table[i].class) != 0 &&
			    ret->n < COUNT(ret->text))
				ret->text[ret->n++] = *t;
}

static const char *
any(struct random *r, const struct rows *rows)
{
	return rows->text[random_below(r, (uint32_t)rows->n)];
}

static const char *
gap(struct random *r)
{
	static const char *const gaps[] = { " ", "  ", ", ", ". ", "\n", " - ",
		"! ", "... ", " \xf0\x9f\x91\x8d ", "\xc2\xa0" };

	return gaps[random_below(r, COUNT(gaps))];
}

/* Spoil the case of a word, as people do. */
static void
add_spoilt(struct random *r, struct buf *b, const char *text)
{
	uint32_t how = random_below(r, 3);

	for (; *text != '\0'; text++) {
		bool upper = how == 1 || (how == 2 && random_below(r, 2) == 0);

		if (upper && *text >= 'a' && *text <= 'z')
			buf_addc(b, (char)(*text - 'a' + 'A'));
		else
			buf_addc(b, *text);
	}
}

static const char *const tongues[5] = { "en", "pl", "cy", "ur", "pa" };

static void
never_ok(void)
{
	static struct rows kind, bad;
	struct random r;
	struct buf b = BUF_EMPTY;
	int turn, wrong = 0;

	random_init_seed(&r, 20261204);
	collect(&kind, 1u << REPLY_OK | 1u << REPLY_COURTESY);
	collect(&bad, 1u << REPLY_HELP | 1u << REPLY_NO | 1u << REPLY_STOP |
	    1u << REPLY_NO_MORE | 1u << REPLY_TWO | 1u << REPLY_UNSURE |
	    1u << REPLY_STRANGER | 1u << REPLY_AWAY);
	for (turn = 0; turn < 8000; turn++) {
		uint32_t n = random_below(&r, 6), at = random_below(&r, n + 1);
		uint32_t i;

		buf_clear(&b);
		for (i = 0; i <= n; i++) {
			add_spoilt(&r, &b, i == at ? any(&r, &bad) :
			    any(&r, &kind));
			buf_add(&b, gap(&r));
		}
		if (reply_read(buf_text(&b), tongues[turn % 5],
		    NULL, NULL) != OK)
			continue;
		if (wrong++ < 10) {
			one_line(b.data);
			printf("# reads OK: %s\n", buf_text(&b));
		}
	}
	is_int(wrong, 0, "of %d texts with such a word none is OK", turn);
	buf_release(&b);
}

/* Any bytes at all are read as something, and are rarely an OK. */
static void
any_bytes(void)
{
	struct random r;
	struct buf b = BUF_EMPTY;
	int turn, oks = 0;

	random_init_seed(&r, 7);
	for (turn = 0; turn < 3000; turn++) {
		uint32_t n = random_below(&r, 60);

		buf_clear(&b);
		while (n-- > 0)
			buf_addc(&b, (char)random_below(&r, 256));
		oks += reply_read(buf_text(&b), "en", NULL, NULL) == OK;
	}
	ok(oks < 50, "of %d texts of noise %d read OK", turn, oks);
	buf_clear(&b);
	for (turn = 0; turn < 30000; turn++)
		buf_add(&b, "ok ");
	is_int(reply_read(buf_text(&b), "en", NULL, NULL), UNCLEAR,
	    "an endless text is no OK");
	buf_release(&b);
}

int
main(void)
{
	read_cases(english, COUNT(english), "en");
	read_cases(polish, COUNT(polish), "pl");
	read_cases(welsh, COUNT(welsh), "cy");
	read_cases(urdu, COUNT(urdu), "ur");
	read_cases(punjabi, COUNT(punjabi), "pa");
	languages();
	extras();
	own_words();
	names();
	table_order();
	never_ok();
	any_bytes();
	return tap_done();
}

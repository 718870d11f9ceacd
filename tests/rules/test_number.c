#include "rules/number.h"

#include "tap.h"

struct good_case {
	const char *text, *e164;
	enum number_kind kind;
	const char *may;	/* c: callable, t: textable */
};

static const struct good_case uk[] = {
	{ "0115 496 0123", "+441154960123", NUMBER_LANDLINE, "c" },
	{ "(0115) 496 0130", "+441154960130", NUMBER_LANDLINE, "c" },
	{ "0115-496-0123", "+441154960123", NUMBER_LANDLINE, "c" },
	{ "0115.496.0123", "+441154960123", NUMBER_LANDLINE, "c" },
	{ "0115/4960123", "+441154960123", NUMBER_LANDLINE, "c" },
	{ " 01154960123 ", "+441154960123", NUMBER_LANDLINE, "c" },
	{ "0044 115 496 0161", "+441154960161", NUMBER_LANDLINE, "c" },
	{ "00 44 (0)115 496 0161", "+441154960161", NUMBER_LANDLINE, "c" },
	{ "+44 (0)115 496 0161", "+441154960161", NUMBER_LANDLINE, "c" },
	{ "+44 [0] 115 496 0161", "+441154960161", NUMBER_LANDLINE, "c" },
	{ "+440115 496 0161", "+441154960161", NUMBER_LANDLINE, "c" },
	{ "(+44) 115 496 0161", "+441154960161", NUMBER_LANDLINE, "c" },
	{ "+44 115 496 0161", "+441154960161", NUMBER_LANDLINE, "c" },
	{ "44 115 496 0161", "+441154960161", NUMBER_LANDLINE, "c" },
	{ "4401154960161", "+441154960161", NUMBER_LANDLINE, "c" },
	{ "(0)115 496 0161", "+441154960161", NUMBER_LANDLINE, "c" },
	{ "'07700900161", "+447700900161", NUMBER_MOBILE, "ct" },
	{ "07700 900 161", "+447700900161", NUMBER_MOBILE, "ct" },
	{ "07700900999", "+447700900999", NUMBER_MOBILE, "ct" },
	{ "447700900162", "+447700900162", NUMBER_MOBILE, "ct" },
	{ "+44 7700 900140", "+447700900140", NUMBER_MOBILE, "ct" },
	{ "07700\xc2\xa0" "900140", "+447700900140", NUMBER_MOBILE, "ct" },
	{ "\xe2\x80\xaa+44 7700 900140\xe2\x80\xac", "+447700900140",
	    NUMBER_MOBILE, "ct" },
	{ "07700\xe2\x80\x91" "900140", "+447700900140", NUMBER_MOBILE, "ct" },
	{ "\xef\xbc\x90" "7700 900140", "+447700900140", NUMBER_MOBILE, "ct" },
	{ "01632 960123", "+441632960123", NUMBER_LANDLINE, "c" },
	{ "020 7946 0123", "+442079460123", NUMBER_LANDLINE, "c" },
	{ "0161 496 0123", "+441614960123", NUMBER_LANDLINE, "c" },
	{ "0118 496 0123", "+441184960123", NUMBER_LANDLINE, "c" },
	{ "016977 2345", "+44169772345", NUMBER_LANDLINE, "c" },
	{ "01204 96012", "+44120496012", NUMBER_LANDLINE, "c" },
	{ "0800 496 012", "+44800496012", NUMBER_FREEPHONE, "c" },
	{ "0808 157 0123", "+448081570123", NUMBER_FREEPHONE, "c" },
	{ "0300 123 4567", "+443001234567", NUMBER_NONGEO, "c" },
	{ "056 1234 5678", "+445612345678", NUMBER_NONGEO, "c" },
	{ "07624 496 012", "+447624496012", NUMBER_MOBILE, "ct" },
	{ "07600 123456", "+447600123456", NUMBER_PAGER, "" },
	{ "070 1234 5678", "+447012345678", NUMBER_PERSONAL, "" },
	{ "0909 879 0123", "+449098790123", NUMBER_PREMIUM, "" },
	{ "+44 909 879 0123", "+449098790123", NUMBER_PREMIUM, "" },
	{ "0845 123 4567", "+448451234567", NUMBER_SPECIAL, "" },
	{ "0870 123 4567", "+448701234567", NUMBER_SPECIAL, "" },
	{ "0843 123 4567", "+448431234567", NUMBER_SPECIAL, "" },
	{ "999", "", NUMBER_EMERGENCY, "" },
	{ "9 9 9", "", NUMBER_EMERGENCY, "" },
	{ "112", "", NUMBER_EMERGENCY, "" },
	{ "911", "", NUMBER_EMERGENCY, "" },
	{ "000", "", NUMBER_EMERGENCY, "" },
	{ "+44 999", "", NUMBER_EMERGENCY, "" },
	{ "+999", "", NUMBER_EMERGENCY, "" },
	{ "0999", "", NUMBER_EMERGENCY, "" },
	{ "101", "", NUMBER_SERVICE, "" },
	{ "111", "", NUMBER_SERVICE, "" },
	{ "105", "", NUMBER_SERVICE, "" },
	{ "118 500", "", NUMBER_SERVICE, "" },
	{ "116 123", "", NUMBER_SERVICE, "" },
	{ "+44 118 118", "", NUMBER_SERVICE, "" },
	{ "60006", "", NUMBER_SHORT, "" },
	{ "496012", "", NUMBER_SHORT, "" },
	{ "141 0115 496 0123", "", NUMBER_PREFIXED, "" },
	{ "1470 07700 900123", "", NUMBER_PREFIXED, "" },
	{ "18001 0115 496 0123", "", NUMBER_PREFIXED, "" },
	{ "18002 0115 496 0123", "", NUMBER_PREFIXED, "" },
	{ "+353 1 234 5678", "+35312345678", NUMBER_FOREIGN, "ct" },
	{ "00353 1 234 5678", "+35312345678", NUMBER_FOREIGN, "ct" },
	{ "+1 (202) 555-0123", "+12025550123", NUMBER_FOREIGN, "ct" },
	{ "+979 1 2345 6789", "+979123456789", NUMBER_PREMIUM, "" },
	{ "+881 6 1234 5678", "+881612345678", NUMBER_SPECIAL, "" },
};

static const struct {
	const char *text, *why;	/* a piece of the reason */
} none[] = {
	{ "", "is missing" },
	{ "   ", "is missing" },
	{ "+", "is missing" },
	{ "none", "holds letters" },
	{ "0115 496 O123", "the letter O" },
	{ "0115 496 0123 ext 4", "an extension" },
	{ "0115 496 0123 x4", "an extension" },
	{ "0115 496 0123 (home)", "holds letters" },
	{ "ring the office", "holds letters" },
	{ "0115 496 0123, 07700 900123", "holds a sign" },
	{ "0115 496 0123 / 07700 900123", "has 21 digits" },
	{ "0115 496 0123 0115 496 0123 0115", "too many digits" },
	{ "0115 496 012", "only 9 digits" },
	{ "07700 90012", "only 9 digits" },
	{ "07700 9001234", "has 11 digits" },
	{ "01632 96012", "only 9 digits" },
	{ "0115", "only 3 digits" },
	{ "496 0123", "has no area code" },
	{ "4960 1234", "has no area code" },
	{ "04 1234 56789", "begins with 041" },
	{ "06123 456789", "begins with 061" },
	{ "010 3312 3456", "begins with 010" },
	{ "0500 123 456", "only 9 digits" },
	{ "+0115 496 0123", "country code should be" },
	{ "+44 00115 496 0123", "has 11 digits" },
	{ "0115 496 0123+", "holds a sign" },
	{ "++44 115 496 0123", "holds a sign" },
	{ "0115*4960123", "holds a sign" },
	{ "7700900123", "lost its leading 0" },
	{ "7700 900123", "lost its leading 0" },
	{ "1154960123", "lost its leading 0" },
	{ "2079460123", "lost its leading 0" },
	{ "169772345", "lost its leading 0" },
	{ "7.7E+09", "calculation" },
	{ "7.70090E+09", "calculation" },
	{ "4.47701e11", "calculation" },
	{ "7,7E+09", "calculation" },
	{ "7700900123.0", "calculation" },
	{ "447700900123.00", "calculation" },
	{ "########", "too narrow" },
	{ "+266696687", "withheld" },
	{ "+1", "7 to 15" },
	{ "+1234567890123456", "7 to 15" },
	{ "33123456789", "neither 0 nor +" },
	{ "07700 900123\xf0\x9f\x91\x8d", "holds a sign" },
	{ "07700 900123\xff", "holds a sign" },
	{ "\xd9\xa0nonsense", "holds letters" },
};

static void
reads(void)
{
	size_t i;

	for (i = 0; i < COUNT(uk); i++) {
		struct number n;
		struct err e = { "" };

		is_int(number_read(uk[i].text, "44", &n, &e), 0, "reads \"%s\"",
		    uk[i].text);
		if (e.text[0] != '\0') {
			printf("# %s\n", e.text);
			continue;
		}
		is_text(n.e164, uk[i].e164, "its E.164");
		is_text(number_kind_name(n.kind), number_kind_name(uk[i].kind),
		    "its kind");
		is_int(n.callable, strchr(uk[i].may, 'c') != NULL, "callable");
		is_int(n.textable, strchr(uk[i].may, 't') != NULL, "textable");
		ok((number_why(&n, false) == NULL) == n.callable,
		    "a reason where it is not callable");
		ok((number_why(&n, true) == NULL) == n.textable,
		    "a reason where it is not textable");
	}
}

static void
refuses(void)
{
	size_t i;

	for (i = 0; i < COUNT(none); i++) {
		struct number n = { "untouched", NUMBER_PAGER, true, true };
		struct err e = { "" };

		is_int(number_read(none[i].text, "44", &n, &e), -1,
		    "\"%s\" is none", none[i].text);
		ok(strstr(e.text, none[i].why) != NULL, "it says: %s", e.text);
		is_text(n.e164, "untouched", "and leaves the result alone");
		is_int(number_read(none[i].text, "44", &n, NULL), -1,
		    "without a reason too");
	}
}

static void
damage(void)
{
	ok(number_excel_damage("7.7E+09", "44") != NULL, "7.7E+09 is damage");
	ok(number_excel_damage("7700900123", "44") != NULL, "no leading 0");
	ok(number_excel_damage("07700900123", "44") == NULL, "a good one");
	ok(number_excel_damage("+447700900123", "44") == NULL, "one with +");
	ok(number_excel_damage("0115.496.0123", "44") == NULL, "dots are none");
	ok(number_excel_damage("", "44") == NULL, "nothing is none");
	ok(number_excel_damage("2025550123", "1") == NULL,
	    "elsewhere ten digits are a number");
}

static void
abroad(void)
{
	static const struct {
		const char *text, *cc, *e164;
		enum number_kind kind;
	} cases[] = {
		{ "087 123 4567", "353", "+353871234567", NUMBER_NATIONAL },
		{ "+353 87 123 4567", "353", "+353871234567", NUMBER_NATIONAL },
		{ "353871234567", "353", "+353871234567", NUMBER_NATIONAL },
		{ "+353 (0)87 123 4567", "353", "+353871234567",
		    NUMBER_NATIONAL },
		{ "0044 7700 900123", "353", "+447700900123", NUMBER_FOREIGN },
		{ "+44 909 879 0123", "353", "+449098790123", NUMBER_PREMIUM },
		{ "(202) 555-0123", "1", "+12025550123", NUMBER_NATIONAL },
		{ "1 202 555 0123", "1", "+12025550123", NUMBER_NATIONAL },
		{ "999", "353", "", NUMBER_EMERGENCY },
		{ "911", "1", "", NUMBER_EMERGENCY },
	};
	struct number other;
	size_t i;

	for (i = 0; i < COUNT(cases); i++) {
		struct number n;
		struct err e = { "" };

		is_int(number_read(cases[i].text, cases[i].cc, &n, &e), 0,
		    "reads \"%s\" in +%s %s", cases[i].text, cases[i].cc,
		    e.text);
		is_text(n.e164, cases[i].e164, "its E.164");
		is_int(n.kind, cases[i].kind, "its kind");
	}
	is_int(number_read("+353 00 87 123 4567", "353", &other, NULL), -1,
	    "with two zeros it would be another number the next time");
}

static void
patterns(void)
{
	static const char *const list = "01154960*, 07700900*";
	static const char *const bad[] = { "", " , ", "*", "0*", "00*", "abc*",
		"01154960**", "1154*", "999", "01154960*; 07700900*",
		"0115 496", "+*", "01234567890123*",
		"0115 496 0123 and many more words than any number ever had*"
	};
	char p[NUMBER_PATTERN_SIZE];
	struct err e;
	size_t i;

	is_int(number_read_pattern("01154960*", "44", p, &e), 0, "a beginning");
	is_text(p, "+441154960*", "in E.164");
	is_int(number_read_pattern("+44 115 496*", "44", p, &e), 0, "with +");
	is_text(p, "+44115496*", "in E.164");
	is_int(number_read_pattern("0044 115*", "44", p, &e), 0, "with 00");
	is_text(p, "+44115*", "in E.164");
	is_int(number_read_pattern("07700 900123", "44", p, &e), 0, "a whole");
	is_text(p, "+447700900123", "in E.164");
	is_int(number_check_patterns(list, "44", &e), 0, "the sample's list");
	ok(number_allowed(list, "44", "+441154960123"), "a landline in it");
	ok(number_allowed(list, "44", "+447700900999"), "a mobile in it");
	ok(!number_allowed(list, "44", "+441154970123"), "one outside");
	ok(!number_allowed(list, "44", ""), "nothing");
	ok(!number_allowed("", "44", "+441154960123"), "an empty list");
	ok(!number_allowed("x*", "44", "+441154960123"), "an unreadable one");
	ok(number_allowed(NULL, "44", "+441154960123"), "no list at all");
	ok(number_allowed("07700 900123", "44", "+447700900123"), "exactly");
	ok(!number_allowed("07700 900123", "44", "+447700900124"), "not quite");
	for (i = 0; i < COUNT(bad); i++)
		is_int(number_check_patterns(bad[i], "44", &e), -1,
		    "\"%.30s\" is refused: %s", bad[i], e.text);
}

static void
inbound(void)
{
	static const struct {
		const char *from, *e164;
		enum number_from what;
	} cases[] = {
		{ "+447700900123", "+447700900123", NUMBER_FROM_E164 },
		{ "447700900123", "+447700900123", NUMBER_FROM_E164 },
		{ "00447700900123", "+447700900123", NUMBER_FROM_E164 },
		{ "07700900123", "+447700900123", NUMBER_FROM_E164 },
		{ " 447700900123", "+447700900123", NUMBER_FROM_E164 },
		{ "33123456789", "+33123456789", NUMBER_FROM_E164 },
		{ "+33123456789", "+33123456789", NUMBER_FROM_E164 },
		{ "12025550123", "+12025550123", NUMBER_FROM_E164 },
		{ "", "", NUMBER_FROM_WITHHELD },
		{ NULL, "", NUMBER_FROM_WITHHELD },
		{ "   ", "", NUMBER_FROM_WITHHELD },
		{ "anonymous", "", NUMBER_FROM_WITHHELD },
		{ "Anonymous", "", NUMBER_FROM_WITHHELD },
		{ "Restricted", "", NUMBER_FROM_WITHHELD },
		{ "UNKNOWN", "", NUMBER_FROM_WITHHELD },
		{ "Private Number", "", NUMBER_FROM_WITHHELD },
		{ "anonymous@anonymous.invalid", "", NUMBER_FROM_WITHHELD },
		{ "+266696687", "", NUMBER_FROM_WITHHELD },
		{ "266696687", "", NUMBER_FROM_WITHHELD },
		{ "+7378742833", "", NUMBER_FROM_WITHHELD },
		{ "+86282452253", "", NUMBER_FROM_WITHHELD },
		{ "60006", "", NUMBER_FROM_OTHER },
		{ "Vodafone", "", NUMBER_FROM_OTHER },
		{ "client:bob", "", NUMBER_FROM_OTHER },
		{ "999", "", NUMBER_FROM_OTHER },
		{ "7700900123", "", NUMBER_FROM_OTHER },
	};
	char ret[NUMBER_SIZE];
	size_t i;

	for (i = 0; i < COUNT(cases); i++) {
		const char *name = cases[i].from ? cases[i].from : "NULL";

		is_int(number_normalise_inbound(cases[i].from, "44", ret),
		    cases[i].what, "from \"%s\"", name);
		is_text(ret, cases[i].e164, "as E.164");
	}
	ok(number_same("07700 900123", "447700900123", "44"), "the same");
	ok(!number_same("07700 900123", "07700 900124", "44"), "another");
	ok(!number_same("", "", "44"), "two withheld ones are not the same");
	ok(!number_same("999", "999", "44"), "and neither are two of 999");
}

static void
national(void)
{
	static const struct {
		const char *e164, *shown;
	} cases[] = {
		{ "+441154960123", "0115 496 0123" },
		{ "+447700900123", "07700 900123" },
		{ "+442079460123", "020 7946 0123" },
		{ "+441614960123", "0161 496 0123" },
		{ "+441632960123", "01632 960123" },
		{ "+44169772345", "01697 72345" },
		{ "+44800496012", "0800 496012" },
		{ "+443001234567", "0300 123 4567" },
		{ "+35312345678", "+35312345678" },
		{ "", "" },
	};
	char ret[NUMBER_NATIONAL_SIZE];
	size_t i;

	for (i = 0; i < COUNT(cases); i++)
		is_text(number_national(cases[i].e164, "44", ret),
		    cases[i].shown, "%s at home", cases[i].e164);
	is_text(number_national("+441154960123", "353", ret), "+441154960123",
	    "elsewhere it stays");
}

int
main(void)
{
	reads();
	refuses();
	damage();
	abroad();
	patterns();
	inbound();
	national();
	return tap_done();
}

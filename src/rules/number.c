/*
 * number.c - from what is written to digits, from digits to E.164, from E.164
 * to a class.
 *
 * Each of the three steps refuses what the next could misread: a number that
 * is read wrongly rings at a stranger's, every day.
 */
#include "rules/number.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "rules/text.h"

#define EXAMPLE "such as 0115 496 0123"
#define MAX_DIGITS 24

/* What is left of a number when all that only parts it is gone. */
struct digits {
	bool plus;
	char d[MAX_DIGITS + 1];
	size_t n;
};

static const char *const kind_names[NUMBER_KIND_COUNT] = {
	[NUMBER_NONE] = "none",
	[NUMBER_MOBILE] = "mobile",
	[NUMBER_LANDLINE] = "landline",
	[NUMBER_FREEPHONE] = "freephone",
	[NUMBER_NONGEO] = "nongeo",
	[NUMBER_PAGER] = "pager",
	[NUMBER_PERSONAL] = "personal",
	[NUMBER_PREMIUM] = "premium",
	[NUMBER_SPECIAL] = "special",
	[NUMBER_EMERGENCY] = "emergency",
	[NUMBER_SERVICE] = "service",
	[NUMBER_SHORT] = "short",
	[NUMBER_PREFIXED] = "prefixed",
	[NUMBER_FOREIGN] = "foreign",
	[NUMBER_NATIONAL] = "national",
};

/* Why a kind is never dialled; NULL for those that are. */
static const char *const never[NUMBER_KIND_COUNT] = {
	[NUMBER_NONE] = "is no telephone number",
	[NUMBER_PAGER] = "is a pager's and is never dialled",
	[NUMBER_PERSONAL] = "is a personal number (070), which costs as much "
	    "as a premium one, and is never dialled",
	[NUMBER_PREMIUM] = "is a premium-rate number and is never dialled",
	[NUMBER_SPECIAL] = "is charged at a special rate (084, 087 or the "
	    "like) and is never dialled",
	[NUMBER_EMERGENCY] = "is an emergency number and is never dialled",
	[NUMBER_SERVICE] = "is a public service's short number and is never "
	    "dialled",
	[NUMBER_SHORT] = "is a short code or lacks its area code, and is never "
	    "dialled; write all of it, " EXAMPLE,
	[NUMBER_PREFIXED] = "begins with a prefix (141, 1470, 18001 or 18002) "
	    "that is never dialled; write the number without it",
};

static bool
begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

static bool
among(const char *text, const char *const *list, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(text, list[i]) == 0)
			return true;
	return false;
}

/* Signs that may stand between the digits of a number. */
static bool
may_part(uint32_t c)
{
	if (c < 0x80)
		return strchr(" \t.-/()[]", (int)c) != NULL;
	return c == 0xa0 || (c >= 0x2000 && c <= 0x2015) || c == 0x202f ||
	    c == 0x205f || c == 0x2212 || c == 0x3000 || c == 0xff08 ||
	    c == 0xff09 || c == 0xff0d;
}

static int
refuse_letter(uint32_t plain, bool begun, struct err *why)
{
	if (plain == 'o')
		return err_set(why, "holds the letter O; write the digit 0 "
		    "there");
	if (begun && (plain == 'x' || plain == 'e'))
		return err_set(why, "holds letters; an extension cannot be "
		    "dialled, so write the number alone, " EXAMPLE);
	return err_set(why, "holds letters; write the number alone, " EXAMPLE);
}

/* Take one character that is neither unseen nor parts digits. */
static int
take(struct digits *ret, uint32_t c, struct err *why)
{
	uint32_t plain = text_fold(c);

	if (plain >= '0' && plain <= '9') {
		if (ret->n == MAX_DIGITS)
			return err_set(why, "has too many digits; write one "
			    "number alone, " EXAMPLE);
		ret->d[ret->n++] = (char)plain;
		ret->d[ret->n] = '\0';
		return 0;
	}
	if ((c == '+' || c == 0xff0b) && ret->n == 0 && !ret->plus) {
		ret->plus = true;
		return 0;
	}
	/* Spreadsheets are told by an apostrophe that a number is text. */
	if (plain == '\'' && ret->n == 0 && !ret->plus)
		return 0;
	if (text_kind(c) == TEXT_WORD)
		return refuse_letter(plain, ret->n > 0, why);
	return err_set(why, "holds a sign that no number has; write the number "
	    "alone, " EXAMPLE);
}

/* Is this "(0)", which stands for a 0 that is dialled at home only? */
static bool
home_zero(const char *text)
{
	return begins(text, "(0)") || begins(text, "[0]");
}

static int
read_digits(const char *text, struct digits *ret, struct err *why)
{
	const char *p = text;
	uint32_t c;

	memset(ret, 0, sizeof(*ret));
	while (*p != '\0') {
		if (ret->n > 0 && home_zero(p)) {
			p += 3;
			continue;
		}
		c = text_next(&p);
		if (text_kind(c) == TEXT_NOTHING || may_part(c))
			continue;
		if (take(ret, c, why) == -1)
			return -1;
	}
	if (ret->n == 0)
		return err_set(why, "is missing; write it in digits, " EXAMPLE);
	return 0;
}

/* Is the text a number that was calculated with: 7.7E+09, 7700900123.0? */
static bool
is_calculated(const char *text)
{
	const char *p = text + strspn(text, " \t+'");
	size_t part, whole = strspn(p, "0123456789");
	const char *q = p + whole;

	if (whole == 0)
		return false;
	if (*q == '.' || *q == ',') {
		part = strspn(q + 1, "0123456789");
		if (whole >= 9 && part > 0 && strspn(q + 1, "0") == part &&
		    q[1 + part] == '\0')
			return true;
		q += 1 + part;
	}
	if (*q != 'e' && *q != 'E')
		return false;
	q++;
	q += strspn(q, "+-");
	part = strspn(q, "0123456789 ");
	return isdigit((unsigned char)*q) && q[part] == '\0';
}

/* Ten digits (or nine, of the few short ones) that want their 0. */
static bool
lost_zero(const struct digits *d, const char *country_code)
{
	if (d->plus || strcmp(country_code, "44") != 0)
		return false;
	if (d->n == 10)
		return strchr("12378", d->d[0]) != NULL;
	return d->n == 9 && d->d[0] == '1';
}

const char *
number_excel_damage(const char *text, const char *country_code)
{
	const char *p = text + strspn(text, " ");
	struct digits d;

	if (is_calculated(text))
		return "was turned into a calculation's result (like 7.7E+09) "
		    "by a spreadsheet; format the column as text and type the "
		    "number again, such as 07700 900123";
	if (*p == '#' && p[strspn(p, "# ")] == '\0')
		return "was lost by a spreadsheet whose column was too narrow "
		    "(####); type the number again, such as 07700 900123";
	if (read_digits(text, &d, NULL) == 0 && lost_zero(&d, country_code))
		return "has lost its leading 0, as happens in a spreadsheet; "
		    "put the 0 back, such as 07700 900123, and format the "
		    "column as text";
	return NULL;
}

/* Numbers of up to six digits, as they are dialled. */
static enum number_kind
short_kind(const char *d)
{
	static const char *const emergency[] = { "999", "112", "911", "000",
		"110", "113", "115", "117", "118", "190", "191", "192", "193",
		"995", "15", "17", "18" };
	static const char *const service[] = { "100", "101", "102", "105",
		"111", "119", "123", "150", "151", "155", "159", "195", "1470",
		"1471", "1571" };

	/* 118 alone is no British number, and Italy's ambulance. */
	if (among(d, emergency, COUNT(emergency)))
		return NUMBER_EMERGENCY;
	if (among(d, service, COUNT(service)))
		return NUMBER_SERVICE;
	if (strlen(d) == 6 && (begins(d, "118") || begins(d, "116")))
		return NUMBER_SERVICE;
	return NUMBER_SHORT;
}

static enum number_kind
uk_kind(const char *national)
{
	static const struct {
		const char *begin;
		enum number_kind kind;
	} plan[] = {	/* the first that fits */
		{ "10", NUMBER_NONE },	/* 010 was once "abroad" */
		{ "1", NUMBER_LANDLINE },
		{ "2", NUMBER_LANDLINE },
		{ "3", NUMBER_NONGEO },
		{ "55", NUMBER_NONGEO },
		{ "56", NUMBER_NONGEO },
		{ "70", NUMBER_PERSONAL },
		{ "7624", NUMBER_MOBILE },
		{ "76", NUMBER_PAGER },
		{ "7", NUMBER_MOBILE },
		{ "80", NUMBER_FREEPHONE },
		{ "8", NUMBER_SPECIAL },
		{ "9", NUMBER_PREMIUM },
	};
	size_t i;

	for (i = 0; i < COUNT(plan); i++)
		if (begins(national, plan[i].begin))
			return plan[i].kind;
	return NUMBER_NONE;
}

/*
 * The areas that still have numbers with one digit less (Ofcom, National
 * Telephone Numbering Plan), and 0800.  Anywhere else a digit was forgotten.
 */
static bool
may_be_nine(const char *national)
{
	static const char *const areas[] = { "1204", "1208", "1254", "1276",
		"1297", "1298", "1363", "1364", "1384", "1386", "1404", "1420",
		"1460", "1461", "1480", "1488", "1524", "1527", "1562", "1566",
		"1606", "1629", "1635", "1647", "1659", "1695", "16977", "1726",
		"1744", "1750", "1768", "1827", "1837", "1884", "1900", "1905",
		"1935", "1946", "1949", "1963", "1995", "800" };
	size_t i;

	for (i = 0; i < COUNT(areas); i++)
		if (begins(national, areas[i]))
			return true;
	return false;
}

static int
check_uk_length(const char *national, struct err *why)
{
	size_t n = strlen(national);

	if (n == 10 || (n == 9 && may_be_nine(national)))
		return 0;
	if (n > 10)
		return err_set(why, "has %zu digits behind its 0, where a UK "
		    "number has 10; write one number alone, " EXAMPLE, n);
	return err_set(why, "has only %zu digits behind its 0, where a UK "
	    "number has 10; write all of it, " EXAMPLE, n);
}

/* +44 999 is somebody's mistake for 999, and as bad. */
static bool
uk_short(const char *national, enum number_kind *ret)
{
	static const char *const own[] = { "999", "112", "101", "111" };

	if (!among(national, own, COUNT(own)) && (strlen(national) != 6 ||
	    (!begins(national, "118") && !begins(national, "116"))))
		return false;
	*ret = short_kind(national);
	return true;
}

static int
classify_uk(const char *national, struct number *n, struct err *why)
{
	if (uk_short(national, &n->kind)) {
		n->e164[0] = '\0';
		return 0;
	}
	if (check_uk_length(national, why) == -1)
		return -1;
	n->kind = uk_kind(national);
	if (n->kind == NUMBER_NONE)
		return err_set(why, "begins with 0%.2s, as no UK number does; "
		    "look it up again", national);
	n->callable = never[n->kind] == NULL;
	n->textable = n->kind == NUMBER_MOBILE;
	return 0;
}

static int
classify_foreign(const char *full, struct number *n, struct err *why)
{
	static const char *const costly[] = { "808", "870", "878", "881", "882",
		"883", "888" };
	size_t i, len = strlen(full);

	if (len < 7 || len > 15)
		return err_set(why, "has %zu digits with its country code, "
		    "where a number has 7 to 15; write it such as "
		    "+353 1 234 5678", len);
	n->kind = NUMBER_FOREIGN;
	if (begins(full, "979"))
		n->kind = NUMBER_PREMIUM;
	for (i = 0; i < COUNT(costly); i++)
		if (begins(full, costly[i]))
			n->kind = NUMBER_SPECIAL;
	n->callable = n->textable = n->kind == NUMBER_FOREIGN;
	return 0;
}

/* full: country code and national number, without a plus. */
static int
classify(const char *full, const char *country_code, struct number *ret,
    struct err *why)
{
	bool ours = begins(full, country_code);
	struct number n = { "", NUMBER_NONE, false, false };

	if (full[0] == '0')
		return err_set(why, "has a 0 where its country code should be; "
		    "write it " EXAMPLE " or +44 115 496 0123");
	snprintf(n.e164, sizeof(n.e164), "+%.15s", full);
	if (begins(full, "44")) {
		if (classify_uk(full + 2, &n, why) == -1)
			return -1;
		if (!ours && n.callable)
			n.kind = NUMBER_FOREIGN;
	} else {
		/* It would be read as another number the next time. */
		if (ours && full[strlen(country_code)] == '0')
			return err_set(why, "has a 0 too many before its area "
			    "code; take it out");
		if (classify_foreign(full, &n, why) == -1)
			return -1;
		if (ours && n.callable)
			n.kind = NUMBER_NATIONAL;
	}
	*ret = n;
	return 0;
}

/* What a gateway gives for a caller who is not to be known: the keys that
 * spell ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN and UNAVAILABLE. */
static bool
spells_withheld(const char *d)
{
	static const char *const keys[] = { "266696687", "7378742833",
		"2562533", "8656696", "86282452253" };

	return among(d, keys, COUNT(keys));
}

static bool
has_prefix(const struct digits *d)
{
	static const char *const prefixes[] = { "141", "1470", "18001",
		"18002" };
	size_t i;

	for (i = 0; i < COUNT(prefixes) && !d->plus; i++) {
		const char *rest = d->d + strlen(prefixes[i]);

		if (begins(d->d, prefixes[i]) && strlen(rest) >= 9 &&
		    (rest[0] == '0' || begins(rest, "44")))
			return true;
	}
	return false;
}

static int
give_short(enum number_kind kind, struct number *ret)
{
	memset(ret, 0, sizeof(*ret));
	ret->kind = kind;
	return 0;
}

/* Put country code and national number together, without the 0 between. */
static int
join(const char *country_code, const char *national, struct number *ret,
    struct err *why)
{
	char full[MAX_DIGITS + 8];

	snprintf(full, sizeof(full), "%.4s%.*s", country_code, MAX_DIGITS,
	    national + (national[0] == '0' ? 1 : 0));
	return classify(full, country_code, ret, why);
}

static int
read_international(const char *full, const char *country_code,
    struct number *ret, struct err *why)
{
	if (begins(full, country_code))
		return join(country_code, full + strlen(country_code), ret,
		    why);
	if (strlen(full) <= 6 && short_kind(full) == NUMBER_EMERGENCY)
		return give_short(NUMBER_EMERGENCY, ret);
	if (begins(full, "440"))
		return join("44", full + 2, ret, why);
	return classify(full, country_code, ret, why);
}

/* Digits without a + or a 0 before them. */
static int
read_bare(const struct digits *d, const char *country_code,
    struct number *ret, struct err *why)
{
	size_t cc = strlen(country_code);
	bool uk = strcmp(country_code, "44") == 0;

	if (begins(d->d, country_code) && d->n >= cc + (uk ? 9 : 7) &&
	    d->n <= cc + 11)
		return join(country_code, d->d + cc, ret, why);
	if (!uk && d->n < 11)
		return join(country_code, d->d, ret, why);
	if (d->n < 9)
		return err_set(why, "has no area code; write all of it, "
		    EXAMPLE);
	return err_set(why, "begins with neither 0 nor +; write it " EXAMPLE
	    ", or +353 1 234 5678 for one abroad");
}

int
number_read(const char *text, const char *country_code, struct number *ret,
    struct err *why)
{
	const char *damage = number_excel_damage(text, country_code);
	struct digits d;

	/* A lost 0 before 141 or 18001 is not what such a number lacks. */
	if (damage != NULL)
		return err_set(why, "%s", damage);
	if (read_digits(text, &d, why) == -1)
		return -1;
	if (spells_withheld(d.d + (begins(d.d, "00") ? 2 : 0)))
		return err_set(why, "stands for a withheld number; ask for the "
		    "person's own");
	if (has_prefix(&d))
		return give_short(NUMBER_PREFIXED, ret);
	if (d.plus)
		return read_international(d.d, country_code, ret, why);
	if (d.n <= 6 && (d.d[0] != '0' || strcmp(d.d, "000") == 0))
		return give_short(short_kind(d.d), ret);
	if (begins(d.d, "00"))
		return read_international(d.d + 2, country_code, ret, why);
	if (d.d[0] == '0')
		return join(country_code, d.d, ret, why);
	return read_bare(&d, country_code, ret, why);
}

const char *
number_why(const struct number *n, bool text)
{
	if (!n->callable)
		return never[n->kind] != NULL ? never[n->kind] :
		    never[NUMBER_NONE];
	if (!text || n->textable)
		return NULL;
	if (n->kind == NUMBER_LANDLINE)
		return "is a landline, which texts do not reach; give a mobile "
		    "number for texts";
	return "is no mobile, and texts do not reach it; give a mobile number "
	    "for texts";
}

const char *
number_kind_name(enum number_kind kind)
{
	return kind_names[kind];
}

/* Words that stand where a number should, at their beginning. */
static bool
says_withheld(const char *from)
{
	static const char *const words[] = { "anonym", "restricted", "private",
		"unknown", "unavailable", "withheld", "blocked", "no caller",
		"number withheld" };
	char plain[24];
	size_t i;

	for (i = 0; i < sizeof(plain) - 1 && from[i] != '\0'; i++)
		plain[i] = (char)tolower((unsigned char)from[i]);
	plain[i] = '\0';
	for (i = 0; i < COUNT(words); i++)
		if (begins(plain, words[i]))
			return true;
	return plain[0] == '\0';
}

enum number_from
number_normalise_inbound(const char *from, const char *country_code,
    char ret[NUMBER_SIZE])
{
	struct number n;
	struct digits d;

	ret[0] = '\0';
	if (from == NULL)
		return NUMBER_FROM_WITHHELD;
	from += strspn(from, " \t");
	if (says_withheld(from))
		return NUMBER_FROM_WITHHELD;
	if (read_digits(from, &d, NULL) == -1)
		return NUMBER_FROM_OTHER;
	if (spells_withheld(d.d + (begins(d.d, "00") ? 2 : 0)))
		return NUMBER_FROM_WITHHELD;
	/* Some gateways leave the + out for every country. */
	if (number_read(from, country_code, &n, NULL) == -1 &&
	    (d.plus || d.d[0] == '0' || d.n < 11 ||
	     read_international(d.d, country_code, &n, NULL) == -1))
		return NUMBER_FROM_OTHER;
	if (n.e164[0] == '\0')
		return NUMBER_FROM_OTHER;
	snprintf(ret, NUMBER_SIZE, "%s", n.e164);
	return NUMBER_FROM_E164;
}

/* How many digits the area code of a UK number has, its 0 aside. */
static int
uk_area_digits(const char *national)
{
	if (national[0] == '2')
		return 2;
	if (national[0] == '1')
		return national[1] == '1' || national[2] == '1' ? 3 : 4;
	return national[0] == '7' ? 4 : 3;
}

const char *
number_national(const char *e164, const char *country_code,
    char ret[NUMBER_NATIONAL_SIZE])
{
	const char *n = e164 + 3;
	int area;

	if (strcmp(country_code, "44") != 0 || !begins(e164, "+44") ||
	    strlen(n) < 9) {
		snprintf(ret, NUMBER_NATIONAL_SIZE, "%s", e164);
		return ret;
	}
	area = uk_area_digits(n);
	if (area == 4 || strlen(n) == 9)
		snprintf(ret, NUMBER_NATIONAL_SIZE, "0%.*s %.11s", area, n,
		    n + area);
	else
		snprintf(ret, NUMBER_NATIONAL_SIZE, "0%.*s %.*s %.8s", area, n,
		    6 - area, n + area, n + 6);
	return ret;
}

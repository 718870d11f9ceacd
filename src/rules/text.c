/*
 * text.c - decoding, classes and plain forms, as small tables of ranges.
 */
#include "rules/text.h"

#include <string.h>

struct range {
	uint32_t from, to;
};

/* The number of bytes that follow a first byte; -1: it cannot be first. */
static int
followers(unsigned char first)
{
	if (first < 0x80)
		return 0;
	if (first >= 0xc2 && first <= 0xdf)
		return 1;
	if (first >= 0xe0 && first <= 0xef)
		return 2;
	if (first >= 0xf0 && first <= 0xf4)
		return 3;
	return -1;
}

/* Is the value one that so many following bytes may stand for?  Longer forms
 * than needed and halves of UTF-16 pairs are not. */
static bool
proper(uint32_t c, int follow)
{
	static const uint32_t least[] = { 0, 0x80, 0x800, 0x10000 };

	if (c < least[follow] || c > 0x10ffff)
		return false;
	return c < 0xd800 || c > 0xdfff;
}

uint32_t
text_next(const char **text)
{
	const unsigned char *p = (const unsigned char *)*text;
	int i, follow = followers(*p);
	uint32_t c;

	if (*p == '\0')
		return 0;
	if (follow == -1) {
		*text += 1;
		return TEXT_BAD;
	}
	c = follow == 0 ? *p : *p & (0x3fu >> follow);
	for (i = 1; i <= follow; i++) {
		if ((p[i] & 0xc0) != 0x80) {
			*text += 1;
			return TEXT_BAD;
		}
		c = (c << 6) | (p[i] & 0x3fu);
	}
	if (!proper(c, follow)) {
		*text += 1;
		return TEXT_BAD;
	}
	*text += 1 + follow;
	return c;
}

void
text_add(struct buf *b, uint32_t c)
{
	unsigned char bytes[4];
	size_t n = 0;

	if (c < 0x80) {
		bytes[n++] = (unsigned char)c;
	} else if (c < 0x800) {
		bytes[n++] = (unsigned char)(0xc0 | c >> 6);
		bytes[n++] = (unsigned char)(0x80 | (c & 0x3f));
	} else if (c < 0x10000) {
		bytes[n++] = (unsigned char)(0xe0 | c >> 12);
		bytes[n++] = (unsigned char)(0x80 | (c >> 6 & 0x3f));
		bytes[n++] = (unsigned char)(0x80 | (c & 0x3f));
	} else {
		bytes[n++] = (unsigned char)(0xf0 | c >> 18);
		bytes[n++] = (unsigned char)(0x80 | (c >> 12 & 0x3f));
		bytes[n++] = (unsigned char)(0x80 | (c >> 6 & 0x3f));
		bytes[n++] = (unsigned char)(0x80 | (c & 0x3f));
	}
	buf_addn(b, bytes, n);
}

static bool
within(uint32_t c, const struct range *ranges, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (c >= ranges[i].from && c <= ranges[i].to)
			return true;
	return false;
}

static const struct range nothing[] = {
	{ 0x00ad, 0x00ad },	/* soft hyphen */
	{ 0x0300, 0x036f },	/* accents written after their letter */
	{ 0x0610, 0x061a }, { 0x0640, 0x0640 },	/* Arabic marks, stretching */
	{ 0x064b, 0x065f }, { 0x0670, 0x0670 },
	{ 0x061c, 0x061c }, { 0x0a3c, 0x0a3c }, { 0x180e, 0x180e },
	{ 0x200b, 0x200f },	/* zero widths, directions */
	{ 0x202a, 0x202e }, { 0x2060, 0x206f },
	{ 0x20d0, 0x20ff },	/* the box of a keycap */
	{ 0x2640, 0x2640 }, { 0x2642, 0x2642 },	/* which of an emoji's two */
	{ 0xfe00, 0xfe0f }, { 0xfeff, 0xfeff },
	{ 0x1f3fb, 0x1f3ff },	/* skin tones */
	{ 0xe0000, 0xe01ef },
};

static const struct range breaks[] = {
	{ 0x0009, 0x000d }, { 0x0020, 0x0026 }, { 0x0028, 0x002f },
	{ 0x003a, 0x0040 }, { 0x005b, 0x005f }, { 0x007b, 0x007e },
	{ 0x0085, 0x0085 }, { 0x00a0, 0x00a9 }, { 0x00ab, 0x00ac },
	{ 0x00ae, 0x00b3 }, { 0x00b6, 0x00b9 }, { 0x00bb, 0x00bf },
	{ 0x00d7, 0x00d7 }, { 0x00f7, 0x00f7 },
	{ 0x055d, 0x055f }, { 0x060c, 0x060d }, { 0x061b, 0x061b },
	{ 0x061f, 0x061f }, { 0x066a, 0x066d }, { 0x06d4, 0x06d4 },
	{ 0x0964, 0x0965 },	/* the full stops of Gurmukhi */
	{ 0x1680, 0x1680 }, { 0x2000, 0x200a }, { 0x2010, 0x2017 },
	{ 0x201a, 0x201a }, { 0x201c, 0x2029 }, { 0x202f, 0x2031 },
	{ 0x2033, 0x205f }, { 0x20a0, 0x20cf }, { 0x2212, 0x2212 },
	{ 0x3000, 0x3003 }, { 0x3008, 0x3011 },
	{ 0xff01, 0xff06 }, { 0xff08, 0xff0f }, { 0xff1a, 0xff20 },
	{ 0xff3b, 0xff3f }, { 0xff5b, 0xff65 },
};

static const struct range signs[] = {
	{ 0x2100, 0x2bff },	/* arrows, weather, hands, hearts, ticks */
	{ 0x3030, 0x303d }, { 0x3297, 0x3299 }, { 0xfffd, 0xfffd },
	{ 0x1f000, 0x1faff },
};

enum text_kind
text_kind(uint32_t c)
{
	if (within(c, breaks, COUNT(breaks)))
		return TEXT_BREAK;
	if (c < 0x20 || (c >= 0x7f && c < 0xa0))
		return TEXT_NOTHING;
	if (within(c, nothing, COUNT(nothing)))
		return TEXT_NOTHING;
	if (within(c, signs, COUNT(signs)))
		return TEXT_SIGN;
	return TEXT_WORD;
}

bool
text_steers(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x200e ||
	    c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
	    (c >= 0x2066 && c <= 0x2069);
}

/* U+00C0 to U+017F without their marks, in lower case. */
static const char latin[] =
    "aaaaaaaceeeeiiii" "dnooooo*ouuuuyts"	/* C0 */
    "aaaaaaaceeeeiiii" "dnooooo/ouuuuyty"	/* E0 */
    "aaaaaaccccccccdd" "ddeeeeeeeeeegggg"	/* 100 */
    "gggghhhhiiiiiiii" "iiiijjkkklllllll"	/* 120 */
    "lllnnnnnnnnnoooo" "oooorrrrrrssssss"	/* 140 */
    "ssttttttuuuuuuuu" "uuuuwwyyyzzzzzzs";	/* 160 */

static const struct range digits[] = {	/* from each zero to its nine */
	{ 0x0660, 0x0669 }, { 0x06f0, 0x06f9 }, { 0x0a66, 0x0a6f },
	{ 0x0966, 0x096f }, { 0xff10, 0xff19 },
};

static uint32_t
fold_others(uint32_t c)
{
	size_t i;

	for (i = 0; i < COUNT(digits); i++)
		if (c >= digits[i].from && c <= digits[i].to)
			return '0' + (c - digits[i].from);
	switch (c) {
	case 0x02bc: case 0x02b9: case 0x2018: case 0x2019: case 0x201b:
	case 0x2032: case 0xff07: case 0x00b4:
		return '\'';
	case 0x00aa:
		return 'a';
	case 0x00ba:
		return 'o';
	case 0x0643:	/* the Arabic kaf, yeh and heh for Urdu's */
		return 0x06a9;
	case 0x064a: case 0x0649:
		return 0x06cc;
	case 0x0647: case 0x06c0: case 0x06c2:
		return 0x06c1;
	case 0x0622: case 0x0623: case 0x0625:	/* alef, waw, yeh with marks */
		return 0x0627;
	case 0x0624:
		return 0x0648;
	case 0x0626:
		return 0x06cc;
	case 0x0a33:	/* Gurmukhi letters whose dot is often left out */
		return 0x0a32;
	case 0x0a36:
		return 0x0a38;
	case 0x0a59:
		return 0x0a16;
	case 0x0a5a:
		return 0x0a17;
	case 0x0a5b:
		return 0x0a1c;
	case 0x0a5e:
		return 0x0a2b;
	default:
		return c;
	}
}

uint32_t
text_fold(uint32_t c)
{
	if (c >= 0xff21 && c <= 0xff5a)	/* full-width Latin */
		c = c - 0xff21 + 'A';
	if (c >= 'A' && c <= 'Z')
		return c - 'A' + 'a';
	if (c == '`')
		return '\'';
	if (c < 0x80)
		return c;
	if (c >= 0xc0 && c <= 0x17f && c != 0xd7 && c != 0xf7)
		return (unsigned char)latin[c - 0xc0];
	if (c >= 0x1e80 && c <= 0x1e85)	/* Welsh w with marks */
		return 'w';
	if (c == 0x1ef2 || c == 0x1ef3)
		return 'y';
	return fold_others(c);
}

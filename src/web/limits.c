#include "web/limits.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define ROOM 1024	/* addresses remembered at a time */
#define WAYS 8		/* places that one address may have */
#define ADDRESS_BYTES 16

/* How much is left: a bucket that fills by one in each interval. */
struct bucket {
	uint8_t address[ADDRESS_BYTES];
	int left;
	msec at;		/* when left was so */
	msec seen_at;		/* 0: the place is free */
};

struct limits {
	int burst, total_burst;
	msec every, total_every;
	struct bucket total;
	struct bucket places[ROOM];
};

struct limits *
limits_new(int burst, msec every, int total_burst, msec total_every)
{
	struct limits *l = mem_alloc(sizeof(*l));

	l->burst = burst;
	l->every = every;
	l->total_burst = total_burst;
	l->total_every = total_every;
	l->total.left = total_burst;
	return l;
}

void
limits_free(struct limits *l)
{
	free(l);
}

/* An address as bytes: of IPv6 its network, of IPv4 all; of what is neither
 * nothing, so that all of these share. */
static void
read_address(const char *text, uint8_t ret[ADDRESS_BYTES])
{
	struct in6_addr six;
	struct in_addr four;

	memset(ret, 0, ADDRESS_BYTES);
	if (inet_pton(AF_INET, text, &four) == 1) {
		ret[0] = 4;
		memcpy(ret + 1, &four, sizeof(four));
	} else if (inet_pton(AF_INET6, text, &six) == 1) {
		ret[0] = 6;
		memcpy(ret + 1, &six, sizeof(six) / 2);
	}
}

static size_t
first_place(const uint8_t address[ADDRESS_BYTES])
{
	uint32_t h = 2166136261u;	/* FNV-1a */

	for (int i = 0; i < ADDRESS_BYTES; i++)
		h = (h ^ address[i]) * 16777619u;
	return h % (ROOM / WAYS) * WAYS;
}

static struct bucket *
find(struct limits *l, const char *text, msec mono)
{
	uint8_t address[ADDRESS_BYTES];
	struct bucket *oldest, *b;
	size_t first;

	read_address(text, address);
	first = first_place(address);
	oldest = &l->places[first];
	for (size_t i = first; i < first + WAYS; i++) {
		b = &l->places[i];
		if (b->seen_at != 0 &&
		    memcmp(b->address, address, ADDRESS_BYTES) == 0)
			return b;
		if (b->seen_at < oldest->seen_at)
			oldest = b;
	}
	memcpy(oldest->address, address, ADDRESS_BYTES);
	oldest->left = l->burst;
	oldest->at = mono;
	return oldest;
}

static void
fill(struct bucket *b, int burst, msec every, msec mono)
{
	msec more = (mono - b->at) / every;

	if (more >= burst - b->left) {
		b->left = burst;
		b->at = mono;
	} else if (more > 0) {
		b->left += (int)more;
		b->at += more * every;
	}
}

bool
limits_take(struct limits *l, const char *address, msec mono)
{
	struct bucket *b = find(l, address, mono);

	b->seen_at = mono > 0 ? mono : 1;
	fill(b, l->burst, l->every, mono);
	fill(&l->total, l->total_burst, l->total_every, mono);
	/* Whoever has had theirs takes nothing from the others. */
	if (b->left == 0 || l->total.left == 0)
		return false;
	b->left--;
	l->total.left--;
	return true;
}

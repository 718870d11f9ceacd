#include "base/random.h"

#include <assert.h>

#include "base/crypto.h"

void
random_init_system(struct random *r)
{
	*r = (struct random){ .seeded = false };
}

/* A draw costs the same for one and for four. */
static uint64_t
system_u64(struct random *r)
{
	uint64_t result;

	if (r->left == 0) {
		crypto_random(r->state, sizeof(r->state));
		r->left = COUNT(r->state);
	}
	result = r->state[--r->left];
	r->state[r->left] = 0;
	return result;
}

/* SplitMix64 fills the state, as the generator's authors advise: a seed of
 * few bits would be felt in its first thousands of numbers. */
static uint64_t
split(uint64_t *seed)
{
	uint64_t z = *seed += 0x9e3779b97f4a7c15U;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
	z = (z ^ z >> 27) * 0x94d049bb133111ebU;
	return z ^ z >> 31;
}

void
random_init_seed(struct random *r, uint64_t seed)
{
	r->seeded = true;
	for (size_t i = 0; i < COUNT(r->state); i++)
		r->state[i] = split(&seed);
}

static uint64_t
rotate(uint64_t x, int k)
{
	return x << k | x >> (64 - k);
}

uint64_t
random_u64(struct random *r)
{
	uint64_t *s = r->state;
	uint64_t result;

	if (!r->seeded)
		return system_u64(r);
	result = rotate(s[1] * 5, 7) * 9;
	uint64_t t = s[1] << 17;
	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = rotate(s[3], 45);
	return result;
}

uint32_t
random_below(struct random *r, uint32_t n)
{
	assert(n > 0);
	/* 2^32 is seldom a multiple of n: draw again in the part left over. */
	uint32_t uneven = (uint32_t)(0 - n) % n;
	for (;;) {
		uint32_t x = (uint32_t)(random_u64(r) >> 32);
		if (x >= uneven)
			return x % n;
	}
}

double
random_unit(struct random *r)
{
	return (double)(random_u64(r) >> 11) * 0x1p-53;
}

void
random_name(struct random *r, char *ret, size_t n)
{
	static const char letter[] = "abcdefghijklmnopqrstuvwxyz234567";
	uint64_t bits = 0;
	int left = 0;

	for (size_t i = 0; i < n; i++) {
		if (left < 5) {
			bits = random_u64(r);
			left = 64;
		}
		ret[i] = letter[bits & 31];
		bits >>= 5;
		left -= 5;
	}
	ret[n] = '\0';
}

#include "base/random.h"

#include "tap.h"

/* What the authors' own program prints, started from the state 1 2 3 4. */
static void
test_sequence(void)
{
	static const uint64_t want[] = { 11520, 0, 1509978240,
		1215971899390074240, 1216172134540287360, 607988272756665600 };
	struct random r = { .seeded = true, .state = { 1, 2, 3, 4 } };

	for (size_t i = 0; i < COUNT(want); i++)
		ok(random_u64(&r) == want[i], "number %zu", i);
}

static void
test_seed(void)
{
	struct random a, b, c;
	int same = 0, other = 0;

	random_init_seed(&a, 7);
	random_init_seed(&b, 7);
	random_init_seed(&c, 8);
	for (int i = 0; i < 100; i++) {
		uint64_t x = random_u64(&a);

		same += x == random_u64(&b);
		other += x == random_u64(&c);
	}
	is_int(same, 100, "one seed, one sequence");
	is_int(other, 0, "another seed, another one");
}

static void
test_ranges(void)
{
	int count[6] = { 0 }, outside = 0;
	double sum = 0;
	struct random r;

	random_init_seed(&r, 1);
	for (int i = 0; i < 60000; i++) {
		uint32_t n = random_below(&r, 6);
		double u = random_unit(&r);

		if (n < 6)
			count[n]++;
		outside += n >= 6 || u < 0 || u >= 1;
		sum += u;
	}
	is_int(outside, 0, "all inside their range");
	for (int i = 0; i < 6; i++)
		ok(count[i] > 9500 && count[i] < 10500, "side %d: %d", i,
		    count[i]);
	ok(sum > 29500 && sum < 30500, "mean of the unit %f", sum / 60000);
	is_int(random_below(&r, 1), 0, "one choice");
}

static void
test_name(void)
{
	char name[33], other[33];
	struct random r;

	random_init_system(&r);
	random_name(&r, name, 32);
	random_name(&r, other, 32);
	is_int(strlen(name), 32, "its length");
	is_int(strspn(name, "abcdefghijklmnopqrstuvwxyz234567"), 32,
	    "its letters");
	ok(strcmp(name, other) != 0, "no two alike");
	random_name(&r, name, 0);
	is_text(name, "", "of no length");

	random_init_seed(&r, 3);
	random_name(&r, name, 20);
	random_init_seed(&r, 3);
	random_name(&r, other, 20);
	is_text(name, other, "a seed repeats names too");
}

int
main(void)
{
	test_sequence();
	test_seed();
	test_ranges();
	test_name();
	return tap_done();
}

/*
 * nearest.c - the edit distance with swaps of neighbours ("optimal string
 * alignment"), over names short enough for three rows on the stack.
 */
#include "rules/nearest.h"

#include <ctype.h>
#include <string.h>

#define LONGEST 48

static int
lower(char c)
{
	return c == '-' ? '_' : tolower((unsigned char)c);
}

static int
least(int a, int b, int c)
{
	int ab = a < b ? a : b;

	return ab < c ? ab : c;
}

static int
distance(const char *a, size_t la, const char *b, size_t lb)
{
	int rows[3][LONGEST + 1];
	size_t i, j;

	for (j = 0; j <= lb; j++)
		rows[0][j] = (int)j;
	for (i = 1; i <= la; i++) {
		int *row = rows[i % 3];
		const int *above = rows[(i - 1) % 3];
		const int *above2 = rows[(i + 1) % 3];

		row[0] = (int)i;
		for (j = 1; j <= lb; j++) {
			int cost = lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1;

			row[j] = least(above[j] + 1, row[j - 1] + 1,
			    above[j - 1] + cost);
			if (i > 1 && j > 1 && above2[j - 2] + 1 < row[j] &&
			    lower(a[i - 1]) == lower(b[j - 2]) &&
			    lower(a[i - 2]) == lower(b[j - 1]))
				row[j] = above2[j - 2] + 1;
		}
	}
	return rows[la % 3][lb];
}

const char *
nearest_name(const char *wrong, const char *const names[], size_t n)
{
	const char *best = NULL;
	size_t i, la = strlen(wrong);
	int fewest = LONGEST;

	if (la == 0 || la > LONGEST)
		return NULL;
	for (i = 0; i < n; i++) {
		size_t lb = strlen(names[i]), longer = la > lb ? la : lb;
		int d;

		if (lb == 0 || lb > LONGEST)
			continue;
		d = distance(wrong, la, names[i], lb);
		if (d < fewest && d * 3 <= (int)longer) {
			fewest = d;
			best = names[i];
		}
	}
	return best;
}

#include "cli/words.h"

#include "base/buf.h"

char *
words_join(char *const *words, int n)
{
	struct buf b = BUF_EMPTY;

	for (int i = 0; i < n; i++)
		buf_addf(&b, "%s%s", i > 0 ? " " : "", words[i]);
	return buf_take(&b);
}

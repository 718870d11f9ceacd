#include "cli/words.h"

char *
words_join(char *const *words, int n)
{
	struct buf b = BUF_EMPTY;

	for (int i = 0; i < n; i++)
		buf_addf(&b, "%s%s", i > 0 ? " " : "", words[i]);
	return buf_take(&b);
}

void
words_list(struct buf *b, const char *word)
{
	buf_addf(b, "%s%s", b->len > 0 ? ", " : "", word);
}

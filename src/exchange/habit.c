#include "exchange/habit.h"

#include <stdlib.h>
#include <string.h>

#include "base/num.h"

#define LONGEST (7 * MSEC_DAY)

static const struct kind_row {
	const char *word;
	bool text;
	enum habit_kind kind;
	int code;
} kind_rows[] = {
	{ "key", false, HABIT_ANSWERS, 0 },
	{ "silent", false, HABIT_ANSWERS, 0 },
	{ "hang-up", false, HABIT_ANSWERS, 0 },
	{ "voicemail", false, HABIT_VOICEMAIL, 0 },
	{ "no-answer", false, HABIT_NO_ANSWER, 0 },
	{ "busy", false, HABIT_BUSY, 0 },
	{ "off", false, HABIT_OFF, 0 },
	{ "no-such", false, HABIT_NO_SUCH, 404 },
	{ "refused", false, HABIT_REFUSED, 21211 },
	{ "reply", true, HABIT_DELIVERED, 0 },
	{ "silent", true, HABIT_DELIVERED, 0 },
	{ "stop", true, HABIT_DELIVERED, 0 },
	{ "sent", true, HABIT_SENT, 0 },
	{ "undelivered", true, HABIT_UNDELIVERED, 30003 },
	{ "failed", true, HABIT_FAILED, 30008 },
	{ "refused", true, HABIT_REFUSED, 21211 },
};

/* Words that are being read, and where we are. */
struct words {
	const char *const *items;
	size_t n, at;
};

static const char *
peek(const struct words *w)
{
	return w->at < w->n ? w->items[w->at] : "";
}

static bool
skip_word(struct words *w, const char *word)
{
	if (strcmp(peek(w), word) != 0)
		return false;
	w->at++;
	return true;
}

static int
read_time(struct words *w, msec *ret, struct err *e)
{
	if (num_duration(peek(w), MSEC_SECOND, 0, LONGEST, ret, e) == -1)
		return -1;
	w->at++;
	return 0;
}

static bool
is_key(const char *word)
{
	return word[0] != '\0' && word[1] == '\0'
	    && strchr("0123456789*#-", word[0]) != NULL;
}

static int
read_keys(struct words *w, char ret[HABIT_KEYS_SIZE], struct err *e)
{
	size_t n = 0;

	for (; is_key(peek(w)); w->at++) {
		if (n == HABIT_KEYS_SIZE - 1)
			return err_set(e, "more than %d keys",
			    HABIT_KEYS_SIZE - 1);
		ret[n++] = peek(w)[0];
	}
	ret[n] = '\0';
	if (n == 0)
		return err_set(e, "'key' needs keys behind it: key 1, or "
		    "key 9 1, or key - 1");
	return 0;
}

static int
read_reply(struct words *w, struct habit *h, struct err *e)
{
	size_t n = strlen(peek(w));

	if (w->at == w->n || n >= sizeof(h->reply))
		return err_set(e, "'reply' needs the words behind it, in "
		    "quotes, %d characters at most", HABIT_REPLY_SIZE - 1);
	memcpy(h->reply, peek(w), n + 1);
	w->at++;
	return 0;
}

/* What stands behind the first word because that word wants it. */
static int
read_rest_of_kind(struct words *w, const struct kind_row *row,
    struct habit *h, struct err *e)
{
	int64_t code;

	if (strcmp(row->word, "key") == 0)
		return read_keys(w, h->keys, e);
	if (strcmp(row->word, "reply") == 0)
		return read_reply(w, h, e);
	if (strcmp(row->word, "stop") == 0)
		memcpy(h->reply, "STOP", 5);
	if (strcmp(row->word, "hang-up") == 0)
		h->stays = 3 * MSEC_SECOND;
	if (row->code > 0 && num_int(peek(w), 100, 99999, &code, NULL) == 0) {
		h->code = (int)code;
		w->at++;
	}
	return 0;
}

static int
read_option(struct words *w, bool text, struct habit *h, struct err *e)
{
	if (skip_word(w, "after"))
		return read_time(w, &h->after, e);
	if (!text && skip_word(w, "stays"))
		return read_time(w, &h->stays, e);
	if (text && skip_word(w, "delivered"))
		return read_time(w, &h->delivery, e);
	if (!text && skip_word(w, "late")) {
		h->late = true;
		return 0;
	}
	if (!skip_word(w, "rings-back"))
		return err_set(e, "'%s' is no word for a %s; see "
		    "ringround-exchange(1)", peek(w), text ? "text" : "call");
	if (read_time(w, &h->rings_back, e) == -1)
		return -1;
	return skip_word(w, "key") ? read_keys(w, h->back_keys, e) : 0;
}

int
habit_parse(bool text, const char *const *items, size_t n, struct habit *ret,
    struct err *e)
{
	struct words w = { items, n, 0 };
	struct habit h = {
		.after = HABIT_DRAWN, .delivery = HABIT_DRAWN, .stays = NEVER,
		.rings_back = NEVER,
	};
	const struct kind_row *row = NULL;

	for (size_t i = 0; i < COUNT(kind_rows); i++)
		if (kind_rows[i].text == text
		    && strcmp(kind_rows[i].word, peek(&w)) == 0)
			row = &kind_rows[i];
	if (row == NULL)
		return err_set(e, "'%s' is nothing that a person does about a "
		    "%s; see ringround-exchange(1)", peek(&w),
		    text ? "text" : "call");
	w.at++;
	h.kind = row->kind;
	h.code = row->code;
	if (read_rest_of_kind(&w, row, &h, e) == -1)
		return -1;
	while (w.at < w.n)
		if (read_option(&w, text, &h, e) == -1)
			return -1;
	*ret = h;
	return 0;
}

/* How people are: of a thousand calls or texts so many do this. */
static const struct mix_row {
	bool text;
	unsigned int share;
	const char *words[6];
} mix_rows[] = {
	{ false, 700, { "key", "1" } },
	{ false, 30, { "key", "9", "1" } },
	{ false, 30, { "key", "5", "1" } },
	{ false, 30, { "key", "1", "late" } },
	{ false, 20, { "key", "2" } },
	{ false, 25, { "silent" } },
	{ false, 25, { "hang-up" } },
	{ false, 40, { "voicemail" } },
	{ false, 20, { "busy" } },
	{ false, 10, { "off" } },
	{ false, 50, { "no-answer" } },
	{ false, 20, { "no-answer", "rings-back", "6m", "key", "1" } },
	{ true, 450, { "reply", "OK" } },
	{ true, 100, { "reply", "ok thank you dear" } },
	{ true, 60, { "reply", "im fine x" } },
	{ true, 40, { "reply", "Yes \xf0\x9f\x91\x8d" } },
	{ true, 20, { "reply", "who is this" } },
	{ true, 20, { "reply", "no not really" } },
	{ true, 20, { "reply", "HELP!!!" } },
	{ true, 10, { "reply", "please ring" } },
	{ true, 5, { "stop" } },
	{ true, 200, { "silent" } },
	{ true, 25, { "sent" } },
	{ true, 30, { "undelivered" } },
	{ true, 20, { "silent", "rings-back", "9m", "key", "1" } },
};

void
habit_draw(bool text, struct random *r, struct habit *ret)
{
	uint32_t total = 0, at;
	size_t i = 0, n = 0;

	for (size_t k = 0; k < COUNT(mix_rows); k++)
		if (mix_rows[k].text == text)
			total += mix_rows[k].share;
	at = random_below(r, total);
	for (;; i++) {
		if (mix_rows[i].text != text)
			continue;
		if (at < mix_rows[i].share)
			break;
		at -= mix_rows[i].share;
	}
	while (n < COUNT(mix_rows[i].words) && mix_rows[i].words[n] != NULL)
		n++;
	if (habit_parse(text, mix_rows[i].words, n, ret, NULL) == -1)
		abort();	/* the table above is wrong */
	habit_settle(ret, r);
}

static msec
between(struct random *r, msec least, msec most)
{
	return least + (msec)random_below(r, (uint32_t)(most - least));
}

void
habit_settle(struct habit *h, struct random *r)
{
	/* Always the same number of draws: what a scenario fixes for one
	 * thing does not change the chance of another. */
	msec answers = between(r, 3000, 18000);
	msec replies = between(r, 15 * MSEC_SECOND, 5 * MSEC_MINUTE);
	msec delivery = between(r, 1000, 6000);
	bool text = h->kind == HABIT_DELIVERED || h->kind == HABIT_SENT
	    || h->kind == HABIT_UNDELIVERED || h->kind == HABIT_FAILED;

	if (h->after == HABIT_DRAWN)
		h->after = text ? replies
		    : h->kind == HABIT_VOICEMAIL ? 20 * MSEC_SECOND : answers;
	if (h->delivery == HABIT_DRAWN)
		h->delivery = delivery;
}

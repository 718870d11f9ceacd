#include "rules/manners.h"

#include "rules/words.h"

/* In their plain form, as in reply_table.c.  English: what a scheme writes in
 * other languages its own people have read. */
static const struct {
	enum manners manners;
	const char *words;
} table[] = {
	{ MANNERS_PROMOTES, "http" },
	{ MANNERS_PROMOTES, "https" },
	{ MANNERS_PROMOTES, "www" },
	{ MANNERS_PROMOTES, "website" },
	{ MANNERS_PROMOTES, "facebook" },
	{ MANNERS_PROMOTES, "donate" },
	{ MANNERS_PROMOTES, "donation" },
	{ MANNERS_PROMOTES, "donations" },
	{ MANNERS_PROMOTES, "fundraiser" },
	{ MANNERS_PROMOTES, "fundraising" },
	{ MANNERS_PROMOTES, "appeal" },
	{ MANNERS_PROMOTES, "sponsor" },
	{ MANNERS_PROMOTES, "raffle" },
	{ MANNERS_PROMOTES, "lottery" },
	{ MANNERS_PROMOTES, "prize" },
	{ MANNERS_PROMOTES, "win" },
	{ MANNERS_PROMOTES, "tickets" },
	{ MANNERS_PROMOTES, "buy" },
	{ MANNERS_PROMOTES, "sale" },
	{ MANNERS_PROMOTES, "special offer" },
	{ MANNERS_PROMOTES, "offers" },
	{ MANNERS_PROMOTES, "discount" },
	{ MANNERS_PROMOTES, "free of charge" },
	{ MANNERS_PROMOTES, "subscribe" },
	{ MANNERS_PROMOTES, "sign up" },
	{ MANNERS_PROMOTES, "membership" },
	{ MANNERS_PROMOTES, "become a member" },
	{ MANNERS_PROMOTES, "join us" },
	{ MANNERS_PROMOTES, "join our" },
	{ MANNERS_PROMOTES, "come along" },
	{ MANNERS_PROMOTES, "come and join" },
	{ MANNERS_PROMOTES, "club" },
	{ MANNERS_PROMOTES, "coffee morning" },
	{ MANNERS_PROMOTES, "open day" },
	{ MANNERS_PROMOTES, "bingo" },
	{ MANNERS_PROMOTES, "events" },
	{ MANNERS_PROMOTES, "invite you" },
	{ MANNERS_PROMOTES, "invited" },
	{ MANNERS_PROMOTES, "invitation" },
	{ MANNERS_PROMOTES, "volunteer with us" },
	{ MANNERS_PROMOTES, "tell your friends" },
	{ MANNERS_PROMOTES, "vote" },
	{ MANNERS_PRIES, "date of birth" },
	{ MANNERS_PRIES, "full name" },
	{ MANNERS_PRIES, "your address" },
	{ MANNERS_PRIES, "postcode" },
	{ MANNERS_PRIES, "bank account" },
	{ MANNERS_PRIES, "bank details" },
	{ MANNERS_PRIES, "bank card" },
	{ MANNERS_PRIES, "credit card" },
	{ MANNERS_PRIES, "card number" },
	{ MANNERS_PRIES, "account number" },
	{ MANNERS_PRIES, "sort code" },
	{ MANNERS_PRIES, "pin" },
	{ MANNERS_PRIES, "password" },
	{ MANNERS_PRIES, "payment" },
	{ MANNERS_PRIES, "national insurance" },
	{ MANNERS_PRIES, "nhs number" },
	{ MANNERS_PRIES, "key safe" },
};

enum manners
manners_of(const char *text, const char **ret_words)
{
	enum manners found = MANNERS_GOOD;
	struct words w = { .n = 0 };

	words_split(&w, text);
	for (size_t i = 0; i < w.n && found == MANNERS_GOOD; i++)
		for (size_t k = 0; k < COUNT(table); k++)
			if (words_match(&w, i, table[k].words, false) > 0) {
				found = table[k].manners;
				*ret_words = table[k].words;
			}
	words_release(&w);
	return found;
}

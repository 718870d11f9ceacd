#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/flag.h"
#include "cli/words.h"
#include "net/form.h"
#include "rules/state.h"

/* What is passed on as it is. */
static const struct {
	const char *option, *key;
} same[] = {
	{ "spoken-to", "spoken_to" },
	{ "at", "at" },
	{ "referred-to", "referred_to" },
	{ "away-until", "away_until" },
};

static const char *
disposition_text(enum disposition d)
{
	static const char *const texts[DISPOSITION_COUNT] = {
		[DISPOSITION_SAFE] = "safe: a false alarm, say why by "
		    "--reason",
		[DISPOSITION_SAFE_HELPED] = "safe, and needed some help",
		[DISPOSITION_CHAT] = "wanted a chat",
		[DISPOSITION_ILL] = "ill or injured, being looked after",
		[DISPOSITION_HOSPITAL] = "in hospital",
		[DISPOSITION_DECEASED] = "has died",
		[DISPOSITION_NOT_LOCATED] = "could not be found",
		[DISPOSITION_REFERRED] = "passed to another "
		    "service, say which",
		[DISPOSITION_SAFEGUARDING] = "a safeguarding matter",
		[DISPOSITION_SETTLED] = "a matter of set-up, put right",
	};

	return texts[d];
}

static enum cli_exit
no_disposition(const struct cli *c, const char *word)
{
	struct buf b = BUF_EMPTY;

	for (int i = 0; i < DISPOSITION_COUNT; i++)
		if (disposition_text((enum disposition)i))
			words_list(&b, disposition_name((enum disposition)i));
	cli_misuse(c, "there is no disposition '%s'; it is one of %s", word,
	    buf_text(&b));
	buf_release(&b);
	return CLI_MISUSE;
}

static enum cli_exit
no_reason(const struct cli *c, const char *word)
{
	struct buf b = BUF_EMPTY;

	for (int i = 1; i < FALSE_ALARM_COUNT; i++)
		words_list(&b, false_alarm_name((enum false_alarm)i));
	cli_misuse(c, "there is no reason '%s'; it is one of %s", word,
	    buf_text(&b));
	buf_release(&b);
	return CLI_MISUSE;
}

static enum cli_exit
run(struct cli *c, json_t **ret_doc)
{
	const char *disposition = cli_option(c, "disposition");
	const char *reason = cli_option(c, "reason");
	const char *note = cli_option(c, "note");
	enum disposition how;
	enum false_alarm why = FALSE_ALARM_NONE;
	struct buf form = BUF_EMPTY;
	enum cli_exit done;

	if (!disposition)
		return cli_misuse(c, "how did it end? Say so by "
		    "--disposition, such as --disposition safe");
	if (disposition_from_name(disposition, &how) == -1 ||
	    !disposition_name(how) || how == DISPOSITION_OWN_WORD)
		return no_disposition(c, disposition);
	if (reason && false_alarm_from_name(reason, &why) == -1)
		return no_reason(c, reason);
	form_add(&form, "code", c->args[0]);
	form_add(&form, "disposition", disposition_name(how));
	if (false_alarm_name(why))
		form_add(&form, "reason", false_alarm_name(why));
	if (note)
		form_add(&form, "note", note);
	for (size_t i = 0; i < COUNT(same); i++)
		if (cli_option(c, same[i].option))
			form_add(&form, same[i].key, cli_option(c,
			    same[i].option));
	done = ask_write(c, "/api/resolve", &form, ret_doc);
	buf_release(&form);
	return done;
}

/* The words stand in the rules; here they are only shown. */
static void
more(struct buf *b)
{
	buf_add(b, "Dispositions (a beginning that fits only one is "
	    "enough)\n");
	for (int i = 0; i < DISPOSITION_COUNT; i++) {
		enum disposition d = (enum disposition)i;

		if (disposition_text(d))
			buf_addf(b, "  %-14s  %s\n", disposition_name(d),
			    disposition_text(d));
	}
	buf_add(b, "\nReasons of a false alarm\n");
	for (int i = 1; i < FALSE_ALARM_COUNT; i++)
		buf_addf(b, "%s%s", i % 4 != 1 ? ", " : i > 1 ? "\n  " : "  ",
		    false_alarm_name((enum false_alarm)i));
	buf_add(b, "\n");
}

const struct cli_command cmd_resolve = {
	.name = "resolve",
	.args = "CODE",
	.min_args = 1,
	.max_args = 1,
	.summary = "Close a flag, and record how it ended",
	.more = more,
	.examples =
	    "  ringround resolve K4F7 --disposition safe --reason asleep\n"
	    "  ringround resolve K4F7 --disposition hospital "
	    "--note \"ward told us\"\n"
	    "  ringround resolve K4F7 --disposition referred "
	    "--referred-to \"the GP\"\n"
	    "  ringround resolve K4F7 --disposition safe --reason on_holiday "
	    "\\\n      --spoken-to \"her son\" --away-until 2027-01-03\n",
	.options = {
		{ "disposition", "WORD", "how it ended; has to be given" },
		{ "reason", "WORD", "why it was a false alarm" },
		{ "note", "TEXT", "what the next one should know" },
		{ "spoken-to", "WHOM", "if not the person: \"her son\"" },
		{ "at", "TIME", "when you spoke to them, if not now: 10:05" },
		{ "referred-to", "WHOM", "of referred, which needs it" },
		{ "away-until", "DATE", "they said so: not asked until then" },
	},
	.run = run,
	.show = flag_show,
};

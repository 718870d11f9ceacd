/*
 * load.h - what a load has in hand: the configuration half made, the section
 * being read, and the mistakes so far.
 *
 * Inside config/ only.  Sections are parsed one at a time into drafts, which
 * keep what the checks need to name the right line; when all files are read,
 * checks_run joins them (a round and its ladder, people and their rounds),
 * and index_build puts them into the order in which they are looked up.
 */
#ifndef LOAD_H
#define LOAD_H

#include "config/config.h"
#include "config/keys.h"
#include "config/memory.h"

struct draft_gateway {
	struct config_gateway g;
	bool channels_given;
	int line_base_url, line_text_from, line_channels;
};

struct draft_round {
	struct config_round r;
	const char *ladder;	/* its name */
	const char *closed, *only;	/* names of calendars; NULL: none */
	bool on_closed;		/* what then is done was said */
	int line_ladder, line_at, line_closed, line_on_closed, line_only;
	bool bad;		/* something was wrong: do not conclude */
};

struct draft_calendar {
	struct config_calendar c;
	struct config_closed_day *days;
	size_t n_days, cap_days;
};

struct draft_ladder {
	struct ladder l;
	struct config_place place;
	bool bad;
};

struct draft_messages {
	struct config_messages m;
	struct config_place place;
	int lines[MESSAGE_COUNT];
};

/* Beside each participant; they are many. */
struct draft_participant {
	const char *rounds;	/* as written, interned; NULL: none */
	int line_rounds, line_area, line_language, line_recordings;
	bool bad;		/* something was wrong: do not conclude */
	bool own_hours;
};

/* A file with a secret that others may read. */
struct draft_leak {
	struct config_place place;
	const char *key;
};

struct draft_include {
	const char *pattern;
	int line;
};

struct load_note {
	int file;	/* the place in files */
	int line;
	size_t order;
	bool warning;
	char *message;
};

struct load {
	struct config *c;
	struct config_memory *memory;	/* the configuration's */
	struct config_memory *scratch;	/* the load's own */
	const struct config_stand_in *stand_ins;
	size_t n_stand_ins;
	bool secretless; /* secrets are not read, nor the ledger's file seen */
	char *dir;			/* of the main file, "." at least */
	char *real_dir;			/* absolute */

	const char **files;		/* in the order of reading */
	size_t n_files, cap_files;
	struct load_note *notes;
	size_t n_notes, cap_notes, n_mistakes;
	uint8_t digest[32];		/* over the pieces read so far */

	int line_languages, line_public_url;	/* in the main file; or 0 */

	/* The section being read. */
	const char *file;
	bool main_file;
	const struct section_kind *kind;
	const struct reader_section *section;
	size_t mistakes_before;

	const struct section_kind *once[3];	/* sections that stood once */
	int once_lines[3];
	size_t n_once;

	const char **languages;
	size_t n_languages, cap_languages;
	struct draft_include *includes;
	size_t n_includes, cap_includes;
	struct draft_gateway *gateways;
	size_t n_gateways, cap_gateways;
	struct draft_ladder *ladders;
	size_t n_ladders, cap_ladders;
	struct draft_calendar *calendars;
	size_t n_calendars, cap_calendars;
	struct draft_round *rounds;
	size_t n_rounds, cap_rounds;
	struct draft_messages *messages;
	size_t n_messages, cap_messages;
	struct reply_word *words;
	size_t n_words, cap_words;
	struct config_voice *voices;
	size_t n_voices, cap_voices;
	const struct config_recording **recordings;
	size_t n_recordings, cap_recordings, recorded;	/* bytes */
	const char **reviewed;		/* by [words], with a NULL behind */
	size_t n_reviewed, cap_reviewed;
	const char *words_language;	/* of the section being read */
	struct draft_leak *leaks;
	size_t n_leaks, cap_leaks;
	struct config_volunteer *volunteers;
	size_t n_volunteers, cap_volunteers;
	struct config_participant *participants;
	size_t n_participants, cap_participants;
	struct draft_participant *drafts;	/* beside the participants */
	size_t cap_drafts;
};

struct load *load_new(void);
void load_free(struct load *l);	/* but not the configuration */

/* Read the main file and what it includes. */
void load_files(struct load *l, const char *path);

/* Something else was read that the configuration depends on. */
void load_take_bytes(struct load *l, const void *bytes, size_t n);

/* Hand over what was noted, in the order of the files. */
void load_tell(struct load *l, struct config_notes *mistakes,
    struct config_notes *warnings);

/* Tell a mistake or a warning at a place. */
void load_mistake(struct load *l, struct config_place at, const char *fmt,
    ...) PRINTF_LIKE(3, 4);
void load_warning(struct load *l, struct config_place at, const char *fmt,
    ...) PRINTF_LIKE(3, 4);

/* The line of a key in the section being read; 0 where it does not stand. */
int load_line(const struct load *l, const char *key);

/* The place of a key in the section being read, or of its heading. */
struct config_place load_place(const struct load *l, const char *key);

/* Has the section being read had a mistake so far? */
bool load_is_bad(const struct load *l);

/* A complete section: look up its kind, parse its keys, tell what is wrong.
 * What csv.c makes of a row goes through here as well. */
void load_section(struct load *l, const struct reader_section *s);

/* A path of the configuration, relative to the main file, made absolute. */
const char *load_path(struct load *l, const char *path);

/* Is it the short name of a language, such as en or pa-arab? */
bool load_is_language(const char *text);

/* Is the language one of the service's? */
bool load_has_language(const struct load *l, const char *language);

#endif /* LOAD_H */

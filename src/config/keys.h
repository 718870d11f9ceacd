/*
 * keys.h - every section and every key there is: its parser, its default,
 * and a line of documentation.
 *
 * Each kind of section has its table in its own file (section_*.c); keys.c
 * lists them.  A new key is a row there and a line in ringround.conf(5): a
 * test holds the two together.
 */
#ifndef KEYS_H
#define KEYS_H

#include "base/buf.h"
#include "config/reader.h"

struct load;

/* Flags of a key. */
#define KEY_NEEDED 1u	/* the section is a mistake without it */
#define KEY_REPEATS 2u	/* may stand several times */

struct key {
	const char *name;
	/* Put the value into the subject; -1 with a whole message, which
	 * begins with the key's name. */
	int (*parse)(struct load *l, const struct key *k, void *subject,
	    const char *value, struct err *e);
	size_t at;		/* where in the subject it goes */
	int64_t min, max;	/* bounds of numbers and lengths of time */
	const char *otherwise;	/* the default, parsed as if it stood there;
				 * NULL: there is none */
	unsigned int flags;
	const char *about;	/* what it is, with an example if needed */
};

enum naming {
	NAMING_NONE,		/* [service]; stands once */
	NAMING_NAME,		/* [round morning] */
	NAMING_AND_ROUND,	/* [recording en], [recording en evening] */
	NAMING_LANGUAGE,	/* [message en] */
};

struct section_kind {
	const char *name;
	enum naming naming;
	const char *example;	/* of its name */
	bool prose;		/* its values are sentences: " ;" in them
				 * would be lost, and is a mistake */
	bool main_only;		/* may not stand in an included file */
	const struct key *keys;
	size_t n_keys;
	/* The object that the keys go into; NULL after a mistake was told
	 * that makes them worthless.  name is "" where it has none. */
	void *(*begin)(struct load *l, const char *name);
	/* All keys are in: what they must be together.  May be NULL. */
	void (*end)(struct load *l, void *subject);
	const char *about;
};

/* All kinds, and how many they are. */
const struct section_kind *const *keys_sections(size_t *ret_n);

/* The kind of that name; NULL where there is none. */
const struct section_kind *keys_section(const char *name);

/* The key of that name; NULL where there is none. */
const struct key *keys_find(const struct section_kind *kind,
    const char *name);

/* The nearest known name, for messages: "; did you mean X?" in b, or what
 * there is to choose from where none is near. */
void keys_suggest(const char *const *names, size_t n, const char *wrong,
    struct buf *b);
void keys_suggest_key(const struct section_kind *kind, const char *wrong,
    struct buf *b);
void keys_suggest_section(const char *wrong, struct buf *b);

extern const struct section_kind section_service, section_web, section_email,
    section_gateway, section_ladder, section_round, section_message,
    section_recording, section_words, section_calendar, section_participant,
    section_volunteer;

#endif /* KEYS_H */

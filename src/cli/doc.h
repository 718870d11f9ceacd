/*
 * doc.h - reading the documents that the commands show.
 *
 * Nothing here fails: what is absent, null or of another kind is "", 0 or an
 * empty list, so that an older daemon can be shown too.
 */
#ifndef DOC_H
#define DOC_H

#include "base/json.h"

const char *doc_text(const json_t *object, const char *key);
int64_t doc_int(const json_t *object, const char *key);
bool doc_true(const json_t *object, const char *key);
bool doc_is_null(const json_t *object, const char *key);
const json_t *doc_list(const json_t *object, const char *key);
const json_t *doc_object(const json_t *object, const char *key);

/* A word of the ledger for people: "no_response" as "no response". */
#define DOC_WORDS_SIZE 64
const char *doc_words(const json_t *object, const char *key,
    char ret[DOC_WORDS_SIZE]);

#endif /* DOC_H */

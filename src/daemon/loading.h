/*
 * loading.h - loading a scheme, and saying what was found: in full to whoever
 * stands at the terminal or is written to, by file and line only in the
 * journal.
 */
#ifndef LOADING_H
#define LOADING_H

#include "base/buf.h"
#include "config/config.h"

/* Load the scheme.  Notes are the caller's to release.  NULL where there are
 * mistakes. */
struct config *loading_load(const char *path,
    struct config_notes *mistakes, struct config_notes *warnings) MUST_CHECK;

/* "FILE:LINE: message" for each note, as text. */
void loading_list(const struct config_notes *notes, const char *before,
    struct buf *ret);

/* File and line of each mistake to the journal. */
void loading_log(const struct config_notes *mistakes);

/* A rehearsal may speak to this machine only: an error names the key whose
 * address is another's. */
int loading_check_rehearsal(const struct config *c, struct err *e) MUST_CHECK;

/* What only the libraries can say of a scheme without mistakes: that the
 * listener can use its certificate. */
int loading_check_tls(const struct config *c, struct err *e) MUST_CHECK;

#endif /* LOADING_H */

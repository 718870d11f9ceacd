/*
 * recordings.h - recorded voices in place of the gateway's: sound files of
 * the sections [recording NAME], read into the configuration.
 *
 * What is served is what was loaded: a file is read once, and found again by
 * what it holds, so no path of a request ever reaches the disk, and a reload
 * that changes nothing changes no address.
 */
#ifndef RECORDINGS_H
#define RECORDINGS_H

#include "config/load.h"

/* Bytes of one file, and of all together: a call's sentence is some 200 KB. */
#define RECORDINGS_FILE_MAX ((size_t)1 << 20)
#define RECORDINGS_ALL_MAX ((size_t)16 << 20)

/*
 * Read the file that a key of the section being read names; the same bytes
 * twice are kept once.  NULL where it is none that can be played.
 */
const struct config_recording *recordings_read(struct load *l,
    const char *key, const char *path, struct err *e) MUST_CHECK;

/* Whether those that people name are there, and say what they replace.  Call
 * after checks have settled. */
void recordings_check(struct load *l);

#endif /* RECORDINGS_H */

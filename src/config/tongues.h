/*
 * tongues.h - whether people are understood in the languages that they speak.
 */
#ifndef TONGUES_H
#define TONGUES_H

#include "config/load.h"

/*
 * Warn of each language beside English: where none of its words are known,
 * where nobody who grew up with it has read those that are, and where a live
 * person speaks it but nobody of the team.  Call after checks have settled.
 */
void tongues_check(struct load *l);

#endif /* TONGUES_H */

/*
 * cover.h - whether somebody is there for a flag: areas and duties.
 */
#ifndef COVER_H
#define COVER_H

#include "config/load.h"

/*
 * Warn of each area of a live person that no volunteer has, and of each
 * round whose flags would be raised while nobody who covers the area is on
 * duty; a mistake where nobody is coordinator.
 */
void cover_check(struct load *l);

#endif /* COVER_H */

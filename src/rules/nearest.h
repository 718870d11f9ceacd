/*
 * nearest.h - "did you mean": the known name nearest to a wrong one.
 */
#ifndef NEAREST_H
#define NEAREST_H

#include "base/base.h"

/*
 * The one of n names that is fewest typing slips (a letter too many, missing,
 * wrong, or two swapped; case aside) from wrong, or NULL where even that is
 * more than a third of the longer one's letters.  The first of equals.
 */
const char *nearest_name(const char *wrong, const char *const names[],
    size_t n);

#endif /* NEAREST_H */

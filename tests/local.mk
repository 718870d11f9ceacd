# Tests of the whole: programs and scripts that belong to no one room.
EXTRA_DIST += tests/tap.h

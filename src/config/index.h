/*
 * index.h - the people of a configuration in the order in which they are
 * looked up.
 */
#ifndef INDEX_H
#define INDEX_H

#include "config/load.h"

/* Sort the load's participants by id into the configuration; two with one id
 * are a mistake.  The configuration then owns them. */
void index_people(struct load *l);

/* Give each their place in their rounds, and list who has which number and who
 * has absences. */
void index_build(struct config *c);

/* A number as an integer; 0 where it is none in E.164. */
uint64_t index_number(const char *e164);

#endif /* INDEX_H */

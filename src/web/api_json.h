/*
 * api_json.h - how a value of ours becomes a value of JSON.
 *
 * What is absent is null; instants are RFC 3339 in the scheme's zone; text
 * from outside that is no UTF-8 is made so, for JSON knows no other.
 */
#ifndef API_JSON_H
#define API_JSON_H

#include "base/json.h"
#include "rules/calendar.h"

/* An object that begins with "schema": "ringround.NAME/1". */
json_t *api_json_new(const char *name);

/* Add a value, which is taken over. */
void api_json_put(json_t *object, const char *key, json_t *value);
void api_json_append(json_t *array, json_t *value);

void api_json_put_text(json_t *object, const char *key,
    const char *text);				/* NULL and "" are null */
void api_json_put_int(json_t *object, const char *key, int64_t n);
void api_json_put_bool(json_t *object, const char *key, bool is);
void api_json_put_instant(json_t *object, const char *key,
    msec instant);				/* 0 and NEVER are null */
void api_json_put_date(json_t *object, const char *key, localdate date);

#endif /* API_JSON_H */

/*
 * respond.h - answering an exchange: with JSON, or a sentence.
 */
#ifndef RESPOND_H
#define RESPOND_H

#include "net/httpd.h"
#include "web/api_json.h"

void respond_json(struct httpd_exchange *x, int status, json_t *taken);
void respond_error(struct httpd_exchange *x, int status, const char *sentence);
void respond_text(struct httpd_exchange *x, int status, const char *text);
void respond_bytes(struct httpd_exchange *x, int status, const char *type,
    const char *bytes, size_t n);

#endif /* RESPOND_H */

/*
 * rig.h - a gateway for tests: its section, answers and hooks from literals.
 */
#ifndef RIG_H
#define RIG_H

#include <stdlib.h>

#include "base/mem.h"
#include "gateway/gateway.h"
#include "gateway/twilio_sign.h"
#include "tests/tap.h"

#define RIG_TOKEN "12345"
#define RIG_PUBLIC "https://check-in.example.org"
#define RIG_ACCOUNT "AC00000000000000000000000000000001"
#define RIG_REF "abcdefghijklmnopqrstuvwxyz234567"
#define RIG_CALL "CA0123456789abcdef0123456789ABCDEF"
#define RIG_TEXT "SM0123456789abcdef0123456789ABCDEF"

/* A section with all that it must have; each call gives a fresh one. */
static inline struct config_gateway
rig_conf(void)
{
	return (struct config_gateway){
		.name = "main",
		.driver = "twilio",
		.base_url = "https://api.example.org",
		.path_prefix = "",
		.account_sid = RIG_ACCOUNT,
		.auth_tokens = { mem_dup(RIG_TOKEN), NULL },
		.signature_header = "X-Twilio-Signature",
		.strict_sid = true,
		.call_from = "+441154960999",
		.text_from = "+447700900999",
		.calls = true,
		.texts = true,
	};
}

static inline void
rig_conf_release(struct config_gateway *c)
{
	free(c->auth_tokens[0]);
	free(c->auth_tokens[1]);
	free(c->api_key_secret);
}

static inline struct gateway *
rig_open(const struct config_gateway *c)
{
	struct err e;
	struct gateway *g = gateway_open(c, RIG_PUBLIC, &e);

	if (!g) {
		printf("Bail out! %s\n", e.text);
		exit(1);
	}
	return g;
}

static inline void
rig_result(struct http_result *r, int status, const char *body)
{
	*r = (struct http_result){ .fate = HTTP_ANSWERED, .status = status };
	buf_add(&r->body, body);
}

/* A hook as it comes in; the body is a form unless type says otherwise. */
struct rig_hook {
	enum http_method method;
	const char *target;
	const char *body;
	size_t body_len;	/* 0: the body's text */
	const char *type;	/* NULL: a form */
	const char *token;	/* NULL: the right one */
	const char *signature;	/* NULL: made here; "": none */
	const char *header;	/* NULL: the right one */
	int copies;		/* further signatures */
};

static inline void
rig_sign(const struct rig_hook *h, bool is_form, const char *body,
    size_t body_len, char ret[TWILIO_SIGN_SIZE])
{
	const char *token = h->token ? h->token : RIG_TOKEN;
	struct crypto_mac *key = crypto_mac_sha1(token, strlen(token));
	char *url = mem_printf("%s%s", RIG_PUBLIC, h->target);
	struct form form = { 0 };

	if (is_form && form_parse(body, body_len, &form, NULL) == -1)
		printf("# the rig cannot sign this form\n");
	twilio_sign_make(key, url, is_form ? &form : NULL, ret);
	form_release(&form);
	crypto_mac_free(key);
	free(url);
}

static inline enum hook_verdict
rig_deliver(struct gateway *g, const struct rig_hook *h, struct event *ret)
{
	const char *body = h->body ? h->body : "";
	const char *type = h->type ? h->type :
	    "application/x-www-form-urlencoded; charset=UTF-8";
	size_t len = h->body_len > 0 ? h->body_len : strlen(body);
	size_t path_len = strcspn(h->target, "?");
	char *path = mem_dupn(h->target, path_len);
	char made[TWILIO_SIGN_SIZE];
	struct http_incoming in = {
		.method = h->method,
		.target = h->target,
		.path = path,
		.query = h->target[path_len] ? h->target + path_len + 1 : "",
		.content_type = h->method == HTTP_GET ? "" : type,
		.body = body,
		.body_len = len,
		.peer_uid = -1,
	};
	const char *header = h->header ? h->header : "X-Twilio-Signature";
	enum hook_verdict verdict;

	rig_sign(h, h->method == HTTP_POST && http_is_form(type), body, len,
	    made);
	for (int i = 0; i <= h->copies; i++)
		if (!h->signature || h->signature[0])
			http_fields_add(&in.fields, header,
			    h->signature ? h->signature : made);
	verdict = gateway_read_hook(g, &in, ret);
	http_fields_release(&in.fields);
	free(path);
	return verdict;
}

#endif /* RIG_H */

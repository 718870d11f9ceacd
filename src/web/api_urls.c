#include "web/api.h"

#include <stdlib.h>

#include "web/api_json.h"

static void
put_url(json_t *o, const char *key, char *taken)
{
	api_json_put_text(o, key, taken);
	free(taken);
}

json_t *
api_urls(const struct config *c, struct err *e)
{
	json_t *array = json_array(), *o;

	for (size_t i = 0; i < c->n_gateways; i++) {
		struct gateway *g = gateway_open(&c->gateways[i],
		    c->web.public_url, e);

		if (!g) {
			json_decref(array);
			return NULL;
		}
		o = json_object();
		api_json_put_text(o, "gateway", c->gateways[i].name);
		put_url(o, "inbound_text", gateway_console_text(g));
		put_url(o, "inbound_call", gateway_console_call(g));
		put_url(o, "inbound_call_end", gateway_console_call_end(g));
		api_json_append(array, o);
		gateway_close(g);
	}
	o = api_json_new("urls");
	api_json_put(o, "gateways", array);
	return o;
}

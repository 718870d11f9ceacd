#include "daemon/loading.h"

#include "base/log.h"
#include "base/url.h"

struct config *
loading_load(const char *path, struct config_notes *mistakes,
    struct config_notes *warnings)
{
	*mistakes = *warnings = (struct config_notes){ NULL, 0, 0 };
	return config_load(path, mistakes, warnings);
}

void
loading_list(const struct config_notes *notes, const char *before,
    struct buf *ret)
{
	for (size_t i = 0; i < notes->n; i++) {
		const struct config_note *n = &notes->items[i];

		buf_addf(ret, "%s:%d: %s%s\n", n->place.file, n->place.line,
		    before, n->message);
	}
}

void
loading_log(const struct config_notes *mistakes)
{
	for (size_t i = 0; i < mistakes->n; i++)
		log_error("config", "%s:%d: a mistake; ringround check says "
		    "which", mistakes->items[i].place.file,
		    mistakes->items[i].place.line);
}

static int
check_loopback(const char *what, const char *url, struct err *e)
{
	struct url u;

	if (url == NULL)
		return 0;
	if (url_parse(url, &u, e) == -1)
		return err_wrap(e, "%s", what);
	if (!url_is_loopback(u.host))
		return err_set(e, "%s leads to another machine: a rehearsal "
		    "speaks to this one only; write an address of 127.0.0.1",
		    what);
	return 0;
}

int
loading_check_rehearsal(const struct config *c, struct err *e)
{
	for (size_t i = 0; i < c->n_gateways; i++)
		if (check_loopback("base_url of a gateway",
		    c->gateways[i].base_url, e) == -1 ||
		    check_loopback("proxy of a gateway", c->gateways[i].proxy,
		    e) == -1)
			return -1;
	if (check_loopback("smtp_url", c->email.smtp_url, e) == -1)
		return -1;
	return check_loopback("heartbeat_url", c->service.heartbeat_url, e);
}

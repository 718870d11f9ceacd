#include "daemon/loading.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/url.h"
#include "net/httpd.h"

struct config *
loading_load(const char *path, struct config_notes *mistakes,
    struct config_notes *warnings)
{
	*mistakes = *warnings = (struct config_notes){ NULL, 0, 0 };
	struct config *c = config_load(path, mistakes, warnings);
	struct clock clock;

	/* Certificates know no rehearsal. */
	clock_init_real(&clock);
	if (c != NULL)
		config_warn_of_certificate(c, clock_now(&clock), warnings);
	return c;
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

int
loading_check_tls(const struct config *c, struct err *e)
{
	if (c->web.tls_cert == NULL)
		return 0;
	if (httpd_check_tls(c->web.tls_cert, c->web.tls_key, e) == -1)
		return err_wrap(e, "tls_cert of [web]");
	return 0;
}

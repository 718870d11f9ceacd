/* What must be right of the public address where a gateway is not on this
 * machine. */
#include "scheme.h"

/* The scheme with another gateway and public address; what is said of it. */
static bool
load_with(const char *gateway, const char *public_url, char **mistakes,
    char **warnings)
{
	struct buf b = BUF_EMPTY;
	const char *from = strstr(scheme_good, "base_url");
	const char *to = strstr(scheme_good, "[ladder");
	char *old = mem_dupn(from, (size_t)(to - from));
	struct config *c;

	buf_addf(&b, "base_url = https://api.example.org\n"
	    "account_sid = AC00000000000000000000000000000001\n"
	    "auth_token_file = auth_token\n"
	    "%s"
	    "[web]\npublic_url = %s\n", gateway, public_url);
	scheme_write_changed(old, buf_text(&b));
	c = scheme_load(mistakes, warnings);
	config_free(c);
	free(old);
	buf_release(&b);
	return c != NULL;
}

/* Beyond this machine more must be right. */
static void
beyond_loopback(void)
{
	static const struct {
		const char *public_url;
		bool good;
	} urls[] = {
		{ "https://check-in.example.org", true },
		{ "https://check-in.example.org:8443/ring", true },
		{ "http://check-in.example.org", false },
		{ "https://192.0.2.7", false },
		{ "https://[2001:db8::7]", false },
		{ "https://localhost", false },
		{ "https://checkin", false },
		{ "https://check_in.example.org", false },
		{ "https://ringround.local", false },
		{ "https://192.0.2", false },
	};

	for (size_t i = 0; i < COUNT(urls); i++) {
		char *mistakes, *warnings;
		bool good = load_with("call_from = 0115 496 0999\n"
		    "text_from = 07700 900999\n", urls[i].public_url,
		    &mistakes, &warnings);

		is_int(good, urls[i].good, "public_url %s",
		    urls[i].public_url);
		free(mistakes);
		free(warnings);
	}
}

/* A gateway of texts alone need not reach us, but then it is to be asked. */
static void
texts_beyond(void)
{
	static const struct {
		const char *inbound, *public_url;
		bool warned;
	} cases[] = {
		{ "", "http://127.0.0.1:9085", true },
		{ "", "https://ringround.lan", true },
		{ "", "https://check-in.example.org", false },
		{ "inbound = poll\n", "http://127.0.0.1:9085", false },
	};
	char gateway[128], *mistakes, *warnings;

	for (size_t i = 0; i < COUNT(cases); i++) {
		snprintf(gateway, sizeof(gateway), "channels = text\n"
		    "text_from = 07700 900999\n%s", cases[i].inbound);
		(void)load_with(gateway, cases[i].public_url, &mistakes,
		    &warnings);
		is_int(strstr(warnings, "no reply can reach us") != NULL,
		    cases[i].warned, "texts by %s %s", cases[i].public_url,
		    cases[i].inbound[0] ? "and polled" : "");
		ok(strstr(mistakes, "public_url") == NULL, "no mistake");
		free(mistakes);
		free(warnings);
	}
}

int
main(void)
{
	scheme_begin();
	beyond_loopback();
	texts_beyond();
	return tap_done();
}

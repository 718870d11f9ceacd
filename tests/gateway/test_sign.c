/*
 * The first three are Twilio's own examples, the others were made with
 * Twilio's library for Node (6.2.0).
 */
#include <stdlib.h>

#include "gateway/twilio_sign.h"
#include "tests/tap.h"

#define MINE "https://check-in.example.org"

static const struct {
	const char *what, *url, *form, *signature;
} vectors[] = {
	{ "Twilio's example, in its documentation",
	  "https://example.com/myapp.php?foo=1&bar=2",
	  "CallSid=CA1234567890ABCDE&Caller=%2B14158675310&Digits=1234"
	  "&From=%2B14158675310&To=%2B18005551212",
	  "L/OH5YylLD5NRKLltdqwSvS0BnU=" },
	{ "Twilio's older example",
	  "https://mycompany.com/myapp.php?foo=1&bar=2",
	  "CallSid=CA1234567890ABCDE&Caller=%2B14158675310&Digits=1234"
	  "&From=%2B14158675310&To=%2B18005551212",
	  "GvWf1cFY/Q7PnoempGyD5oXAezc=" },
	{ "Twilio's older example, another number",
	  "https://mycompany.com/myapp.php?foo=1&bar=2",
	  "To=%2B18005551212&Digits=1234&From=%2B14158675309"
	  "&Caller=%2B14158675309&CallSid=CA1234567890ABCDE",
	  "RSOYDt4T1cUTdK1PDd93/VVr8B8=" },
	{ "an empty value", MINE "/hook/main/text", "Empty=&Body=x",
	  "+PE9ARjDLXF7ON+P/2dsejo2xkQ=" },
	{ "a field without its =", MINE "/hook/main/text", "Empty&Body=x",
	  "+PE9ARjDLXF7ON+P/2dsejo2xkQ=" },
	{ "a repeated field", MINE "/hook/main/text", "Body=b&Body=a&Body=b",
	  "cKpgmEWc0SeY4lmDonGNX2oNgPQ=" },
	{ "letters beyond ASCII", MINE "/hook/main/text",
	  "Body=Za%C5%BC%C3%B3%C5%82%C4%87+%F0%9F%91%8D+"
	  "g%C4%99%C5%9Bl%C4%85",
	  "JYzazt4RYwpK2SmTWaavw8/USCU=" },
	{ "plus and percent", MINE "/hook/main/text",
	  "Body=1%2B1+%3D+100%25+%26+more", "yyEblBSkpKO6kMgIbdfGmYGBznU=" },
	{ "blanks at the ends", MINE "/hook/main/text", "Body=+ok+%0A",
	  "6+uDspBUK5dZFVUuz1Mw50aQ6h0=" },
	{ "upper case before lower", MINE "/hook/main/text", "a=1&B=2&A=3",
	  "zulETIW7aE78bb5pOT4XmYkWt9g=" },
	{ "no fields", MINE "/hook/main/text", "",
	  "/6J7OccFdQe/C2WNbyE218154sY=" },
	{ "the other token", MINE "/hook/main/text", "Body=x",
	  "l+qDflf6MBUIWfomNDrGrYUMFK8=" },
	{ "a fragment is not signed", MINE "/hook/main/text#rc=5&rp=all",
	  "Body=x", "0Xfe7g/5BBJQB9hUEFLAv5OnpSw=" },
	{ "signed with :443", MINE "/hook/main/text", "Body=x",
	  "5vtdpVXm7yjdMXBBkJK8jxyGnsE=" },
	{ "signed without :443", MINE ":443/hook/main/text", "Body=x",
	  "0Xfe7g/5BBJQB9hUEFLAv5OnpSw=" },
	{ "signed with :8443", MINE ":8443/hook/main/text", "Body=x",
	  "L4B4JYx1GtGxjVLGQQyv+xuNE40=" },
	{ "signed without :8443", MINE ":8443/hook/main/text", "Body=x",
	  "0Xfe7g/5BBJQB9hUEFLAv5OnpSw=" },
	{ "a quote signed as %27", MINE "/hook/main/text?who=O'Neill",
	  "Body=x", "I2qKV19e1dBNL7dfCf90/PmmHoU=" },
	{ "%27 signed as a quote", MINE "/hook/main/text?who=O%27Neill",
	  "Body=x", "qYQ8ifg86OgcQm2QYZ+rHenkBB4=" },
};

static struct form
parse(const char *text)
{
	struct form form = { 0 };

	if (form_parse(text, strlen(text), &form, NULL) == -1)
		printf("# no form: %s\n", text);
	return form;
}

static bool
check(const char *url, const char *text, const char *signature)
{
	struct crypto_mac *keys[2] = { crypto_mac_sha1("12345", 5),
		crypto_mac_sha1("67890", 5) };
	struct form form = parse(text);
	bool good = twilio_sign_check(keys, 2, url, &form, signature);

	form_release(&form);
	crypto_mac_free(keys[0]);
	crypto_mac_free(keys[1]);
	return good;
}

static void
test_vectors(void)
{
	for (size_t i = 0; i < COUNT(vectors); i++)
		ok(check(vectors[i].url, vectors[i].form,
		    vectors[i].signature), "%s", vectors[i].what);
}

/* Every byte of what is signed counts, and every one of the signature. */
static void
test_mutations(void)
{
	static const char url[] = MINE "/hook/main/text?a=1";
	static const char form[] = "Body=ok&From=%2B447700900123";
	struct crypto_mac *key = crypto_mac_sha1("12345", 5);
	struct form parsed = parse(form);
	char signature[TWILIO_SIGN_SIZE], bad[sizeof(url) + sizeof(form)];
	int passed = 0;

	twilio_sign_make(key, url, &parsed, signature);
	form_release(&parsed);
	crypto_mac_free(key);
	ok(check(url, form, signature), "what was signed passes");
	for (size_t i = 0; i + 1 < sizeof(url); i++) {
		memcpy(bad, url, sizeof(url));
		bad[i] ^= 1;
		passed += check(bad, form, signature);
	}
	is_int(passed, 0, "no URL with a changed byte passes");
	for (size_t i = 0; i + 1 < sizeof(form); i++) {
		memcpy(bad, form, sizeof(form));
		/* Parting and hex case aside, each bit is signed. */
		bad[i] ^= 4;
		passed += check(url, bad, signature);
	}
	is_int(passed, 0, "no form with a changed byte passes");
	for (size_t i = 0; i + 1 < sizeof(signature); i++) {
		char other[TWILIO_SIGN_SIZE];

		memcpy(other, signature, sizeof(other));
		other[i] ^= 1;
		passed += check(url, form, other);
	}
	is_int(passed, 0, "no changed signature passes");
	ok(!check(url, form, ""), "an empty signature does not pass");
	ok(!check(url, form, "L/OH5YylLD5NRKLltdqwSvS0BnU"),
	    "a short signature does not pass");
	ok(!check(MINE "/hook/main/text?a=1&b=2", form, signature),
	    "a longer query does not pass");
}

static void
test_ports(void)
{
	ok(check("http://[::1]:8080/x", "Body=x",
	    "GMx0J/HkLt+wRz9AyNs7l9/9T/Y="), "an IPv6 host with a port");
	ok(check("http://[::1]/x", "Body=x",
	    "SxPNPqo1azOhS61FRaJ5hxTfd54="), "an IPv6 host without a port");
	ok(check("http://h.example/x?u=http://y:99/", "Body=x",
	    "4MdtpDDsLG6gx7VbPKVQVdlk7o0="),
	    "a port in the query is no port of the host");
}

int
main(void)
{
	test_vectors();
	test_mutations();
	test_ports();
	return tap_done();
}

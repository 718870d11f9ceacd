/* Addresses, numbers, dates, times: what is read lies within its bounds. */
#include "fuzz.h"

#include "base/num.h"
#include "base/url.h"
#include "rules/calendar.h"
#include "rules/number.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	char *text = fuzz_text(bytes, n);
	char host[URL_HOST_SIZE], date[CALENDAR_DATE_SIZE];
	struct number number, again;
	struct url u;
	struct err e;
	localdate day, same;
	int64_t value;
	int port;
	msec length;

	if (url_parse(text, &u, &e) == 0)
		must(u.host[0] != '\0' && u.port >= 0 && u.port < 65536);
	if (url_parse_listen(text, host, &port, &e) == 0)
		must(port >= 0 && port < 65536);
	/* What is never dialled (999, 16-digit nonsense) may be no E.164. */
	if (number_read(text, "44", &number, &e) == 0 && number.callable) {
		must(number_read(number.e164, "44", &again, &e) == 0);
		must(strcmp(number.e164, again.e164) == 0);
		must(number_same(text, number.e164, "44"));
	}
	if (calendar_parse_date(text, &day, &e) == 0) {
		calendar_format_date(day, date);
		must(calendar_parse_date(date, &same, &e) == 0);
		must(same == day);
	}
	if (num_int(text, -5, 70000, &value, &e) == 0)
		must(value >= -5 && value <= 70000);
	if (num_duration(text, MSEC_MINUTE, 0, MSEC_DAY, &length, &e) == 0)
		must(length >= 0 && length <= MSEC_DAY);
	free(text);
	return 0;
}

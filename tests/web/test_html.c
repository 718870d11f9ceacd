#include "web/html.h"

#include "tap.h"

static const char evil[] = "<script>alert('x')</script> & \"two\" \x01\xff"
    "\xe2\x80\xae\xe2\x81\xa7";

static void
nothing_becomes_a_tag(void)
{
	struct html h;
	size_t tags = 0;

	html_begin(&h, "/root");
	html_open(&h, "p", HTML("class", "a", "title", evil, "lang", NULL));
	html_text(&h, evil);
	html_textf(&h, "%s", evil);
	html_line(&h, "b", NULL, evil);
	html_link(&h, "/list", NULL, evil);
	html_form(&h, "/order/claim", "x");
	html_hidden(&h, "code", evil);
	html_close_to(&h, 0);
	for (const char *p = buf_text(&h.out); *p; p++)
		tags += *p == '<';
	/* The doctype; p, b, a, form and their ends; input. */
	is_int(tags, 10, "no more tags than were opened");
	ok(!strstr(buf_text(&h.out), "<script"), "no script");
	ok(!strstr(buf_text(&h.out), "lang"), "an attribute without a value "
	    "is left out");
	ok(strstr(buf_text(&h.out), "href=\"/root/list\""), "links begin at "
	    "the root");
	ok(strstr(buf_text(&h.out), "action=\"/root/order/claim\""),
	    "so do forms");
	ok(!strchr(buf_text(&h.out), '\x01') &&
	    !strchr(buf_text(&h.out), '\xff'), "no byte that is no text");
	ok(!strstr(buf_text(&h.out), "\xe2\x80\xae") &&
	    !strstr(buf_text(&h.out), "\xe2\x81\xa7"),
	    "nothing that turns what follows around");
	html_release(&h);
}

static void
closed_in_order(void)
{
	struct html h;

	html_begin(&h, "");
	html_open(&h, "ul", NULL);
	html_open(&h, "li", NULL);
	html_close_to(&h, 0);
	is_text(buf_text(&h.out), "<!DOCTYPE html>\n<ul><li></li>\n</ul>\n",
	    "the innermost first");
	html_release(&h);

	html_begin(&h, "");
	html_open(&h, "p", NULL);
	html_line(&h, "strong", NULL, "late");
	html_text(&h, ".");
	html_close_to(&h, 0);
	is_text(buf_text(&h.out), "<!DOCTYPE html>\n<p><strong>late</strong>."
	    "</p>\n", "no space before a full stop");
	html_release(&h);
}

int
main(void)
{
	nothing_becomes_a_tag();
	closed_in_order();
	return tap_done();
}

"""A browser without scripts: pages, their links and forms, and cookies."""
import html.parser
import http.client
import re
import urllib.parse


class Form:
    def __init__(self, attrs):
        self.action = attrs.get("action", "")
        self.fields, self.buttons = {}, []


class Page(html.parser.HTMLParser):
    VOID = ("meta", "link", "input", "br")

    def __init__(self, status, fields, text):
        super().__init__()
        self.status, self.fields, self.text = status, fields, text
        self.forms, self.links, self.inline = [], [], []
        self.open, self.said, self.choices = [], [], []
        self.button = self.form = self.select = None
        self.feed(text)
        self.close()

    @property
    def words(self):
        return " ".join(self.said)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.inline += [k for k in attrs if k == "style" or k[:2] == "on"]
        if tag in ("script", "style") and "src" not in attrs:
            self.inline.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        if tag == "form":
            self.form = Form(attrs)
            self.forms.append(self.form)
        elif tag == "a":
            self.links.append(attrs["href"])
        elif tag in ("input", "textarea", "select") and self.form:
            self.form.fields[attrs["name"]] = attrs.get("value", "")
        elif tag == "option":
            self.choices.append(attrs["value"])
        elif tag == "button":
            self.button = [attrs.get("name"), attrs.get("value"), ""]
            self.form.buttons.append(self.button)

    def handle_endtag(self, tag):
        if tag in self.VOID:
            return
        assert self.open and self.open.pop() == tag, (tag, self.text)
        if tag == "form":
            self.form = None
        elif tag == "button":
            self.button = None

    def handle_data(self, data):
        if data.strip():
            self.said.append(" ".join(data.split()))
        if self.button:
            self.button[2] += data.strip()

    def find(self, words, names=()):
        """The first form with these fields, and its button that says so."""
        for form in self.forms:
            for button in form.buttons:
                if (words.lower() in button[2].lower()
                        and set(names) <= set(form.fields)):
                    return form, button
        raise AssertionError("no button says %r in %s" % (words, self.words))

    def has(self, words):
        return any(words.lower() in b[2].lower()
                   for f in self.forms for b in f.buttons)


class Browser:
    def __init__(self, port, origin):
        self.port, self.origin = port, origin
        self.cookies, self.page = {}, None

    def ask(self, method, path, body=None, fields=None):
        conn = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        head = {}
        if self.cookies:
            head["Cookie"] = "; ".join("%s=%s" % c
                                       for c in self.cookies.items())
        if method == "POST":
            head.update({"Origin": self.origin, "Content-Type":
                         "application/x-www-form-urlencoded",
                         "Sec-Fetch-Site": "same-origin"})
        head.update(fields or {})
        head = {k: v for k, v in head.items() if v is not None}
        conn.request(method, path, body, head)
        answer = conn.getresponse()
        text = answer.read().decode()
        for set_cookie in answer.headers.get_all("Set-Cookie") or []:
            name, value = set_cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
            if not value:
                del self.cookies[name]
        is_html = (answer.headers["Content-Type"] or "").startswith(
            "text/html")
        page = Page(answer.status, answer.headers, text if is_html else "")
        page.text = text
        conn.close()
        return page

    def follow(self, page, bound=5):
        while page.status == 303 and bound:
            bound -= 1
            page = self.ask("GET", page.fields["Location"])
        self.page = page
        return page

    def go(self, path):
        return self.follow(self.ask("GET", path))

    def send(self, form, button=None, fields=None, **values):
        data = dict(form.fields)
        if button and button[0]:
            data[button[0]] = button[1]
        for key, value in values.items():
            assert key in data, (key, data)
            data[key] = value
        return self.follow(self.ask("POST", form.action,
                                    urllib.parse.urlencode(data), fields))

    def press(self, words, **values):
        form, button = self.page.find(words, values)
        return self.send(form, button, **values)


# ---- signing in ------------------------------------------------------------

def e164(local):
    return "+44" + local.replace(" ", "")[1:]


def link(rig, mobile, count=1):
    """The path of the newest link that was texted there."""
    def look():
        got = rig.texts_to(e164(mobile), "/in/")
        return got if len(got) >= count else None
    text = rig.wait(look, "a link to sign in")[-1]
    return re.search(r"/in/[0-9a-f]{32}", text)[0]


def sign_in(rig, mobile):
    b = Browser(rig.port, rig.public)
    had = len(rig.texts_to(e164(mobile), "/in/"))
    b.go("/in")
    b.press("send me a link", to=mobile)
    b.go(link(rig, mobile, had + 1))
    b.press("sign in")
    return b

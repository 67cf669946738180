"""Links as sightings and findings: where they lead against what they show."""

import pytest

from comity.leads.limits import DEFAULT_LIMITS
from comity.leads.mail import SightingRole
from comity.leads.mail.links import note_links, shown_host
from comity.leads.mail.notes import Notes
from comity.leads.mail.pages import read_page


def noted(source: str) -> Notes:
    notes = Notes(artifact="a1", limits=DEFAULT_LIMITS)
    note_links(read_page(source), notes, where="part 1", offset=7)
    return notes


def findings(source: str) -> list[tuple[str, str]]:
    return [(finding.code, finding.message) for finding in noted(source).findings()]


def seen(source: str) -> set[tuple[str, str]]:
    return {(one.role.value, one.value) for one in noted(source).sightings()}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<a href="https://e.example/x">t</a>', {("link", "https://e.example/x"), ("link", "e.example")}),
        ('<img src="//e.example/x">', {("resource", "http://e.example/x"), ("resource", "e.example")}),
        ('<form action="https://e.example/x">', {("form", "https://e.example/x"), ("form", "e.example")}),
        ('<a href="mailto:a@b.example?cc=c@d.example">', {("link", "a@b.example"), ("link", "b.example"), ("link", "c@d.example"), ("link", "d.example")}),
        ('<base href="http://b.example/d/"><a href="x.html">', {("resource", "http://b.example/d/"), ("resource", "b.example"), ("link", "http://b.example/d/x.html"), ("link", "b.example")}),
        ('<base href="http://b.example/"><a href="#top">', {("resource", "http://b.example/"), ("resource", "b.example")}),
        ('<base href="http://[b/"><a href="x">', set()),
        ('<a href="x.html">', set()),
        ('<a href="https://g.example/url?q=https%3A%2F%2Fe.example%2Fx&sa=D">', {("link", "https://g.example/url?q=https%3A%2F%2Fe.example%2Fx&sa=D"), ("link", "g.example"), ("redirect", "https://e.example/x"), ("redirect", "e.example")}),
        ('<a href="https://g.example/url?q=https://g.example/x">', {("link", "https://g.example/url?q=https://g.example/x"), ("link", "g.example")}),
        ('<img src="https://g.example/url?q=https://e.example/x">', {("resource", "https://g.example/url?q=https://e.example/x"), ("resource", "g.example")}),
        ('<a href="https://g.example/?u=https://*.x/">', {("link", "https://g.example/?u=https://*.x/"), ("link", "g.example")}),
    ],
)  # fmt: skip
def test_sightings(source: str, expected: set[tuple[str, str]]) -> None:
    assert seen(source) == expected


def test_places_and_words_as_written() -> None:
    (whole, host) = noted('<a href="http://0xcb007107/x">t</a>').sightings()
    assert (whole.where, whole.offset, whole.text, whole.value) == (
        "part 1, link",
        7,
        "http://0xcb007107/x",
        "http://203.0.113.7/x",
    )
    assert whole.tags == host.tags == ("encoded-host",)
    assert whole.forgeable
    assert host.role is SightingRole.LINK


@pytest.mark.parametrize(
    ("source", "code", "said"),
    [
        ('<a href="https://evil.com/">https://bank.com/login</a>', "link-text-differs", "a link shows bank.com and leads to evil.com"),
        ('<a href="https://evil.com/">bank.com</a>', "link-text-differs", "shows bank.com"),
        ('<a href="https://evil.com/">203.0.113.7</a>', "link-text-differs", "shows 203.0.113.7"),
        ('<a href="https://203.0.113.7/">bank.com</a>', "link-text-differs", "leads to 203.0.113.7"),
        ('<a href="https://203.0.113.7/">go</a>', "link-to-address", "a link leads to the bare address 203.0.113.7, not a name"),
        ('<form action="https://203.0.113.7/">', "link-to-address", "a form sends what is entered to the bare address 203.0.113.7"),
        ('<img src="https://[2001:db8::7]/">', "link-to-address", "the mail loads a file from the bare address 2001:db8::7"),
        ('<a href="http://3405803783/">go</a>', "link-host-disguised", "hides its host 203.0.113.7 in an unusual notation: 'http://3405803783/'"),
        ('<a href="http://www.bank.com:x@evil.com/">go</a>', "link-shows-false-host", "shows 'www.bank.com:x' before the sign @, but leads to evil.com"),
        ('<a href="javascript:x()">go</a>', "link-runs-script", "javascript:x()"),
        ('<a href="data:text/html,x">go</a>', "link-holds-page", "holds a whole page"),
        ('<a href="http://*/">go</a>', "link-host-unreadable", "'http://*/'"),
        ("<form></form>", "mail-holds-form", "holds a form"),
        ("<form><input type=password></form>", "mail-asks-password", "asks for a password"),
    ],
)  # fmt: skip
def test_findings(source: str, code: str, said: str) -> None:
    assert [message for found, message in findings(source) if found == code and said in message]


@pytest.mark.parametrize(
    "source",
    [
        '<a href="https://www.bank.com/x">bank.com</a>',
        '<a href="https://eur.safelinks.example/?url=https%3A%2F%2Fbank.com%2F&d=1">https://bank.com/</a>',
        '<a href="https://evil.com/">Click here</a>',
        '<a href="https://evil.com/">a@bank.com</a>',
        '<a href="/x">bank.com</a>',
        '<a href="mailto:a@evil.com">bank.com</a>',
        '<a href="https://user@evil.com/">go</a>',
        '<img src="http://*/">',
        '<img src="data:image/gif;base64,AAAA">',
    ],
)
def test_no_findings(source: str) -> None:
    assert findings(source) == []


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("bank.com", "bank.com"), ("  <https://www.bank.com/x?y> ", "www.bank.com"), ("http://a:b@bank.com/", "bank.com"), ("bank.com:8080/x", "bank.com"),
        ("BANK.com.", "bank.com"), ("203.0.113.7/x", "203.0.113.7"), ("http://203.0.113.7", "203.0.113.7"), ("www.report.zip", "www.report.zip"),
        ("https://report.zip", "report.zip"), ("bücher.de", "xn--bcher-kva.de"),
        ("report.zip", ""), ("see bank.com now", ""), ("no dots", ""), ("a@bank.com", ""), ("co.uk", ""), ("v1.2", ""), ("x" * 3000 + ".com", ""), ("file.nosuchtld", ""),
    ],
)  # fmt: skip
def test_shown_host(text: str, host: str) -> None:
    shown = shown_host(text)
    assert (shown.value if shown else "") == host


def test_texts_stand_once() -> None:
    notes = noted(
        '<a href="https://e.example/x">t</a><a href="https://e.example/x">t</a><img src="https://e.example/i">'
    )
    assert [(text.kind.value, text.where, text.text) for text in notes.texts] == [
        ("link-target", "part 1, link target", "https://e.example/x"),
        ("link-text", "part 1, link text", "t"),
        ("attribute", "part 1, img src", "https://e.example/i"),
    ]

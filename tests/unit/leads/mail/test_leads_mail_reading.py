"""One mail read as a whole: the reading, what is wrong with the headers, nothing dropped."""

import pytest

from comity.leads.limits import Limits
from comity.leads.mail import MailContent, read_mail

MAIL = (
    b"Return-Path: <bounce@b.com>\r\n"
    b"Received: from s.example.net (s.example.net [203.0.113.7]) by mx.example.com (Postfix); Tue, 1 Oct 2026 10:00:05 +0000\r\n"
    b"From: =?utf-8?q?J=C3=B8rn?= <j@b.com>\r\nReply-To: r@b.com, s@c.com\r\nTo: a@d.com, Team: x@y.com;\r\n"
    b"Subject: =?utf-8?q?caf=C3=A9?=\r\n two\r\nMessage-ID: <1@b.com>\r\nDate: Tue, 1 Oct 2026 12:00:00 +0200\r\n\r\nhello\r\n"
)


def read(raw: bytes, **limits: int) -> MailContent:
    return read_mail(raw, artifact="a1", limits=Limits(**limits))


def codes(mail: MailContent) -> dict[str, str]:
    return {finding.code: finding.severity.value for finding in mail.findings}


def test_reading() -> None:
    reading = read(MAIL).reading
    assert (reading.subject, reading.message_id, reading.sent_at) == (
        "café two",
        "<1@b.com>",
        "2026-10-01T12:00:00+02:00",
    )
    assert (reading.from_name, reading.from_address, reading.return_path) == ("Jørn", "j@b.com", "bounce@b.com")
    assert (reading.reply_to, reading.to) == (("r@b.com", "s@c.com"), ("a@d.com", "x@y.com"))
    assert reading.origin_address == "203.0.113.7"


@pytest.mark.parametrize("end", [b"\n", b"\r"])
def test_line_ends_change_nothing(end: bytes) -> None:
    assert read(MAIL.replace(b"\r\n", end)).reading == read(MAIL).reading


@pytest.mark.parametrize(
    ("raw", "code", "severity"),
    [
        (b"just text, no header", "mail-no-headers", "warning"),
        (b"From: a@b.com\nbody begins here\nand goes on\n", "mail-headers-unclosed", "notice"),
        (b"From: a@b.com\nX: a\x00b\n\n", "header-nul", "notice"),
        (b"From: a@b.com\njunk line\nSubject: x\n\n", "header-no-field", "notice"),
        (b"From: a@b.com\nTo: x@y.com\nTo: z@y.com\n\n", "header-repeated", "notice"),
        (b"From: a@b.com\nFrom: a@b.com\n\n", "header-repeated", "notice"),
        (b"From: a@b.com\nFrom: b@b.com\n\n", "header-repeated", "warning"),
        (b"From: a@b.com\nSubject: caf\xe9\n\n", "header-eight-bit", "info"),
        (b"From: a@b.com\nX: " + b"a" * 100_001 + b"\n\n", "header-very-long", "notice"),
        (b"From: a@b.com\n" + b"Received: from a by b\n" * 501 + b"\n", "mail-too-many-hops", "warning"),
        (b"From: a@b.com\nContent-Type: text/html; charset= <div style='width:600px;height:200px'><a href=\"https://e.example/x\">t</a></div>\n\n", "header-holds-page", "notice"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_headers(raw: bytes, code: str, severity: str) -> None:
    assert codes(read(raw)).get(code) == severity


def test_links_in_a_header_that_took_in_the_body_are_read() -> None:
    raw = b"From: a@b.com\nContent-Type: text/html; charset= <div style='width:600px;height:200px'><a href=\"https://e.example/x\">t</a></div>\n\n"
    assert "https://e.example/x" in {one.value for one in read(raw).sightings}


def test_markup_without_links_in_a_header_is_no_finding() -> None:
    raw = b"From: a@b.com\nX-Note: <div class='x'>nothing but a very long text that leads to no place at all</div>\n\n"
    assert "header-holds-page" not in codes(read(raw))


def test_same_finding_is_told_once_and_many_are_counted() -> None:
    raw = (
        b"Content-Type: text/html\n\n"
        + b"".join(b"<a href='http://203.0.113.%d/'>x</a>" % (number % 250) for number in range(200)) * 2
    )
    mail = read(raw)
    assert sum(finding.code == "link-to-address" for finding in mail.findings) == 50
    (more,) = [finding for finding in mail.findings if finding.code == "findings-not-listed"]
    assert "150 more findings 'link-to-address'" in more.message


def test_author_without_address_is_still_named() -> None:
    assert read(b"From: Somebody\n\n").reading.from_name == "Somebody"
    assert read(b"From: Somebody, b@c.com\n\n").reading.from_address == "b@c.com"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n",
        b"\x00",
        b"\xff\xfe",
        b":",
        b"From:",
        b"\r\n\r\n\r\n",
        b"From \n",
        b"Content-Type: multipart/mixed;boundary=\n\n",
    ],
)
def test_next_to_nothing(raw: bytes) -> None:
    assert read(raw).reading.origin_address == ""

"""Mails made to cost time: sizes, counts, depths and nesting without end are read in bounded time, and told."""

import base64
import time

import pytest

from comity.leads.limits import Limits
from comity.leads.mail import MailContent, read_mail


def codes(mail: MailContent) -> set[str]:
    return {finding.code for finding in mail.findings}


def bounded(raw: bytes, *, seconds: float = 60, **limits: int) -> MailContent:
    started = time.perf_counter()
    mail = read_mail(raw, artifact="a1", limits=Limits(**limits))
    assert time.perf_counter() - started < seconds
    return mail


def test_twenty_five_megabytes_of_text() -> None:
    line = b"see https://e.example/x and more\n"
    assert bounded(b"From: a@b.com\n\n" + line * (25_000_000 // len(line))).texts


def test_a_megabyte_of_links() -> None:
    line = b"<a href=https://f.example>\n"
    assert bounded(b"From: a@b.com\n\n" + line * (1_000_000 // len(line))).sightings


def test_twenty_five_megabytes_of_attachment() -> None:
    head = b"From: a@b.com\nContent-Type: application/x\nContent-Transfer-Encoding: base64\n\n"
    (part,) = bounded(head + base64.encodebytes(bytes(18_000_000))).attachments
    assert part.data == bytes(18_000_000)


def test_twenty_thousand_headers_and_more() -> None:
    mail = bounded(
        b"".join(b"X-%d: a@b%d.com 203.0.113.7\n" % (number, number) for number in range(21_000))
        + b"From: z@last.com\n\n"
    )
    assert "mail-too-many-headers" in codes(mail)
    (rest,) = [text for text in mail.texts if text.where == "headers beyond the limit"]
    assert "z@last.com" in rest.text


def test_a_thousand_deep() -> None:
    raw = b"From: a@b.com\n"
    for level in range(1_000):
        raw += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level)
    mail = bounded(raw + b"\ndeep https://e.example\n")
    assert "mail-too-deep" in codes(mail)
    assert any("https://e.example" in text.text for text in mail.texts)


def test_a_hundred_thousand_recipients() -> None:
    raw = (
        b"From: a@b.com\nTo: "
        + b",\n ".join(b"n%d <u%d@h%d.com>" % (number, number, number) for number in range(100_000))
        + b"\n\n"
    )
    mail = bounded(raw)
    assert len(mail.reading.to) == 100_000
    assert "header-very-long" in codes(mail)


@pytest.mark.parametrize(
    "header",
    [
        b"To: " + b"<" * 100_000, b"To: " + b"(" * 100_000, b'To: "' + b"\\" * 100_001, b"To: " + b"a@" * 50_000, b"To: " + b"=?utf-8?q?" * 20_000,
        b"Subject: " + b"=?utf-8?b?" * 20_000 + b"?=", b"Received: " + b"(" * 50_000 + b")" * 50_000, b"Received: from " + b"[1.2.3.4] " * 20_000,
        b"Content-Type: a/b" + b"; x*0=1" * 20_000, b"Authentication-Results: " + b"(" * 20_000 + b")" * 20_000, b"List-Unsubscribe: " + b"<http:" * 20_000,
        b"X: " + b"1.2.3.4:" * 20_000, b"Message-ID: " + b"<@" * 50_000, b"From: " + b'"' * 100_001, b"X-Mailer: " + b":" * 50_000, b"From: " + b"a@b.com (" * 10_000,
    ],
    ids=range(16),
)  # fmt: skip
def test_hostile_headers(header: bytes) -> None:
    bounded(header + b"\n\n", seconds=20)

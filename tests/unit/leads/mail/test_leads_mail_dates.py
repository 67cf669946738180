"""Dates of headers, and what does not fit in the times of a mail's way."""

import pytest

from comity.leads.mail import read_mail
from comity.leads.mail.dates import has_zone, read_instant


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("Tue, 1 Oct 2026 10:00:00 +0200", "2026-10-01T10:00:00+02:00"),
        ("1 Oct 2026 10:00:00 GMT", "2026-10-01T10:00:00+00:00"),
        ("Tue, 1 Oct 2026 10:00 -0330", "2026-10-01T10:00:00-03:30"),
        ("Tue, 1 Oct 26 10:00:00 EST", "2026-10-01T10:00:00-05:00"),
        ("Tue,  1 Oct 2026  10:00:00 +0000 (UTC) (comment)", "2026-10-01T10:00:00+00:00"),
        ("Tue, 1 Oct 2026 10:00:00.123 +0000", "2026-10-01T10:00:00+00:00"),
        ("Thu, 31 Dec 2026 23:59:60 +0000", "2026-12-31T23:59:59+00:00"),
        ("2026-10-01T10:00:00Z", "2026-10-01T10:00:00+00:00"),
        ("2026-10-01 10:00:00 +0530", "2026-10-01T10:00:00+05:30"),
        ("2026-10-01 10:00:00.5 -03:00", "2026-10-01T10:00:00-03:00"),
        ("1 Oct 2026 10:30:00 PM +0000", "2026-10-01T22:30:00+00:00"),
        ("1 Oct 2026 12:30 AM +0000", "2026-10-01T00:30:00+00:00"),
        ("2026-10-01 10:00:00", ""),
        ("Tue, 1 Oct 2026 10:00:00", ""),
        ("Tue, 1 Oct 2026 10:00:00 XYZ", ""),
        ("Tue, 32 Oct 2026 10:00:00 +0000", ""),
        ("Tue, 1 Oct 2026 25:00:00 +0000", ""),
        ("Tue, 1 Oct 2026 10:00:00 +9999", ""),
        ("nonsense 10:00:00 +0000", ""),
        ("(comment only)", ""),
        ("", ""),
    ],
)
def test_instants(text: str, instant: str) -> None:
    read = read_instant(text)
    assert (read.rfc3339 if read else "") == instant


def test_has_zone() -> None:
    assert has_zone("10:00:00.5 +0000")
    assert not has_zone("10:00:00 XYZ")
    assert not has_zone("10:00:00")


def received(by: str, at: str) -> str:
    return f"Received: from x ([203.0.113.7]) by {by}; {at}\n"


NOW = "Tue, 1 Oct 2026 10:00:00 +0000"


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ("Subject: x\n", "date-missing"),
        ("Date: Tue, 1 Oct 2026 10:00:00\n", "date-without-zone"),
        ("Date: Tue, 1 Oct 2026 10:00:00 XYZ\n", "date-without-zone"),
        ("Date: Tue, 99 Oct 2026 10:00:00 +0000\n", "date-unreadable"),
        ("Date:\n", "date-unreadable"),
        (received("a", NOW) + "Date: Fri, 4 Oct 2026 10:00:00 +0000\n", "date-far-from-received"),
        (received("a", NOW) + "Date: Fri, 20 Sep 2026 10:00:00 +0000\n", "date-far-from-received"),
        (received("a", NOW) + received("b", "Tue, 1 Oct 2026 10:38:00 +0000"), "received-time-reversed"),
        (received("a", NOW) + received("b", "Fri, 27 Sep 2026 10:38:00 +0000"), "received-delay"),
    ],
)
def test_findings(headers: str, code: str) -> None:
    assert code in {finding.code for finding in read_mail(f"{headers}\n".encode(), artifact="a1").findings}


def test_what_fits_is_not_noted() -> None:
    headers = received("a", NOW) + received("b", "Tue, 1 Oct 2026 10:01:00 +0000") + f"Date: {NOW}\n"
    codes = {finding.code for finding in read_mail(f"{headers}\n".encode(), artifact="a1").findings}
    assert not codes & {"date-missing", "date-far-from-received", "received-time-reversed", "received-delay"}


@pytest.mark.parametrize(
    ("below", "said"),
    [
        ("Tue, 1 Oct 2026 10:02:05 +0000", "line [1] was written 2 minutes before"),
        ("Tue, 1 Oct 2026 10:41:00 +0000", "line [1] was written 41 minutes before"),
        ("Tue, 1 Oct 2026 13:00:00 +0000", "3 hours before"),
        ("Fri, 4 Oct 2026 13:00:00 +0000", "3 days before"),
    ],
)
def test_span_in_words(below: str, said: str) -> None:
    mail = read_mail(f"{received('a', NOW)}{received('b', below)}\n".encode(), artifact="a1")
    assert [finding for finding in mail.findings if said in finding.message]


def test_delays_are_unknown_where_a_line_has_no_time() -> None:
    mail = read_mail(f"{received('a', NOW)}{received('b', 'x')}{received('c', NOW)}\n".encode(), artifact="a1")
    assert [hop.delay_seconds for hop in mail.reading.hops] == [None, None, None]


def test_receiving_sides_own_clocks_are_named() -> None:
    inner = "Received: from x (x.bank.example [10.0.0.1]) by a.bank.example; " + NOW + "\n"
    outer = "Received: from y ([203.0.113.7]) by x.bank.example; Tue, 1 Oct 2026 11:00:00 +0000\n"
    messages = [finding.message for finding in read_mail(f"{inner}{outer}\n".encode(), artifact="a1").findings]
    assert [message for message in messages if "the receiving side's own clocks" in message]

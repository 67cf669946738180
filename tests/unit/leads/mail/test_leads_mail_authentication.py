"""Verdicts as recorded: who wrote them, whether the sender could have, and what they vouch for."""

import pytest

from comity.leads.mail.authentication import Verdicts, read_authentication, signature_tags
from comity.leads.mail.headers import read_headers
from comity.leads.mail.received import read_received
from comity.leads.mail.trust import find_boundary

MX = "Received: from s.example (s.example [203.0.113.7]) by mx.bank.example (Postfix); Tue, 1 Oct 2026 10:00:00 +0000\n"
GOOGLE = "Received: from s.example (s.example. [203.0.113.7]) by mx.google.com with ESMTPS id y1; Tue, 1 Oct 2026 10:00:00 +0000\n"


def verdicts(text: str) -> Verdicts:
    block = read_headers(text.encode() + b"\n", at_most=100)
    lines = tuple(map(read_received, block.all("received")))
    return read_authentication(block, lines, find_boundary(lines))


def rows(text: str) -> list[tuple[str, str, str, str, bool]]:
    return [(v.method, v.result, v.domain, v.recorded_by, v.trusted) for v in verdicts(text).verdicts]


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("mx.bank.example; spf=pass smtp.mailfrom=a@s.example", [("spf", "pass", "s.example")]),
        ("mx.bank.example 1; spf=pass (a (nested) comment; dkim=fail) smtp.helo=h.s.example", [("spf", "pass", "h.s.example")]),
        ("mx.bank.example; dkim=pass header.d=s.example header.i=@x.example; dkim=fail header.i=@y.example", [("dkim", "pass", "s.example"), ("dkim", "fail", "y.example")]),
        ("mx.bank.example; dmarc=fail (p=reject) header.from=\"s.example\"", [("dmarc", "fail", "s.example")]),
        ("spf=fail (sender IP is 203.0.113.7) smtp.mailfrom=s.example; dkim=none (message not signed) header.d=none;dmarc=none action=none header.from=s.example;compauth=fail reason=001", [("spf", "fail", "s.example"), ("dkim", "none", ""), ("dmarc", "none", "s.example")]),
        ("mx.bank.example; arc=pass arc.chain=x.example:y.example", [("arc", "pass", "y.example")]),
        ("mx.bank.example; none", []),
        ("mx.bank.example; iprev=pass policy.iprev=203.0.113.7", []),
        ("mx.bank.example; domainkeys=neutral header.from=a@s.example", [("domainkeys", "neutral", "s.example")]),
        ("", []),
        (";;; = ;", []),
    ],
)  # fmt: skip
def test_authentication_results(value: str, read: list[tuple[str, str, str]]) -> None:
    assert [row[:3] for row in rows(f"Authentication-Results: {value}\n{MX}")] == read


@pytest.mark.parametrize(
    ("text", "by", "trusted"),
    [
        ("Authentication-Results: mx.bank.example; spf=pass\n" + MX, "mx.bank.example", True),
        (MX + "Authentication-Results: mx.bank.example; spf=pass\n", "mx.bank.example", True),
        (MX + "Authentication-Results: mx.evil.example; spf=pass\n", "mx.evil.example", False),
        (MX + "X-Other: 1\nAuthentication-Results: mx.bank.example; spf=pass\n", "mx.bank.example", False),
        ("Authentication-Results: mx.bank.example; spf=pass\n", "mx.bank.example", False),
        ("Authentication-Results: spf=pass\n" + MX, "mx.bank.example", True),
        (MX + "Authentication-Results: spf=pass\n", "", False),
        ("Received-SPF: pass (mx.bank.example: domain of a@s.example designates 203.0.113.7)\n" + MX, "mx.bank.example", True),
        (MX + "Received-SPF: pass (mx.bank.example: domain of a@s.example designates 203.0.113.7)\n", "mx.bank.example", False),
        (GOOGLE + "Received-SPF: pass (google.com: domain of a@s.example designates 203.0.113.7)\n", "google.com", True),
        (MX + "ARC-Authentication-Results: i=1; mx.bank.example; spf=pass\n", "mx.bank.example", False),
        ("ARC-Authentication-Results: i=1; mx.bank.example; spf=pass\n" + MX, "mx.bank.example", True),
    ],
)  # fmt: skip
def test_who_wrote_it(text: str, by: str, trusted: bool) -> None:
    ((method, result, _, recorded_by, is_trusted),) = rows(text)
    assert (method, result, recorded_by, is_trusted) == ("spf", "pass", by, trusted)


@pytest.mark.parametrize(
    ("value", "result", "domain", "address"),
    [
        ("Pass (protection.outlook.com: domain of s.example designates 203.0.113.7 as permitted sender) receiver=protection.outlook.com; client-ip=203.0.113.7; helo=h.s.example; pr=C", "pass", "s.example", "203.0.113.7"),
        ("softfail (mx.bank.example: domain of transitioning a@s.example does not designate 203.0.113.7) client-ip=203.0.113.7; envelope-from=\"a@s.example\"; helo=h.example;", "softfail", "s.example", "203.0.113.7"),
        ("none client-ip=203.0.113.7; helo=h.example", "none", "h.example", "203.0.113.7"),
        ("TempError (mx.bank.example: error in processing)", "temperror", "", ""),
    ],
)  # fmt: skip
def test_received_spf(value: str, result: str, domain: str, address: str) -> None:
    read = verdicts(f"Received-SPF: {value}\n{MX}")
    assert (read.verdicts[0].result, read.verdicts[0].domain, read.spf_address) == (result, domain, address)


@pytest.mark.parametrize("value", ["", "see below", "12345"])
def test_no_received_spf(value: str) -> None:
    assert rows(f"Received-SPF: {value}\n{MX}") == []


def test_arc_seals() -> None:
    assert rows("ARC-Seal: i=2; a=rsa-sha256; cv=pass; d=filter.example; s=x; b=AAAA\n" + MX) == [
        ("arc", "pass", "filter.example", "filter.example", True)
    ]
    assert rows("ARC-Seal: i=1; d=filter.example\n" + MX) == []


def test_only_trusted_passes_vouch() -> None:
    text = "Authentication-Results: mx.bank.example; dkim=pass header.d=s.example; dmarc=fail header.from=t.example; spf=pass smtp.mailfrom=u.example\n"
    assert verdicts(text + MX).vouched == {"s.example"}
    assert verdicts(text).vouched == frozenset()


def test_signature_tags() -> None:
    assert signature_tags("v=1; d = s.example ;i=@s.example; b=a=b") == {
        "v": "1",
        "d": "s.example",
        "i": "@s.example",
        "b": "a=b",
    }

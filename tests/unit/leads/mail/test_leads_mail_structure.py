"""Header fields as sightings and texts: every address found once, in its role; ids and versions never."""

import pytest

from comity.leads.limits import Limits
from comity.leads.mail import MailContent, Sighting, read_mail
from comity.leads.model import ObservableKind

MX = "Received: from s.example.net (s.example.net [203.0.113.7]) by mx.example.com (Postfix) with ESMTP id 1 for <u@example.com>; Tue, 1 Oct 2026 10:00:00 +0000\n"


def read(headers: str) -> MailContent:
    return read_mail(f"{headers}\nbody\n".encode(), artifact="a1")


def seen(headers: str) -> set[tuple[str, str]]:
    return {(one.role.value, one.value) for one in read(headers).sightings}


def one(headers: str, value: str) -> Sighting:
    return next(found for found in read(headers).sightings if found.value == value)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ("From: A <a@b.com>\n", {("from", "a@b.com"), ("from", "b.com")}),
        ("Sender: a@b.com\n", {("sender", "a@b.com"), ("sender", "b.com")}),
        ("Resent-From: a@b.com\n", {("sender", "a@b.com"), ("sender", "b.com")}),
        ("Reply-To: a@b.com, c@d.com\n", {("reply-to", "a@b.com"), ("reply-to", "b.com"), ("reply-to", "c@d.com"), ("reply-to", "d.com")}),
        ("Return-Path: <a@b.com>\n", {("return-path", "a@b.com"), ("return-path", "b.com")}),
        ("Return-Path: <>\n", set()),
        ("To: a@b.com\nCc: c@d.com\nBcc: e@f.com\n", {("recipient", "a@b.com"), ("recipient", "b.com"), ("recipient", "c@d.com"), ("recipient", "d.com"), ("recipient", "e@f.com"), ("recipient", "f.com")}),
        ("Delivered-To: a@b.com\n", {("recipient", "a@b.com"), ("recipient", "b.com")}),
        ("To: team: a@b.com;\n", {("recipient", "a@b.com"), ("recipient", "b.com")}),
        ("To: root@localhost\n", {("recipient", "root@localhost")}),
        ("From: root@localhost\n", {("from", "root@localhost"), ("from", "localhost")}),
        ("From: a@[203.0.113.7]\n", {("from", "a@[203.0.113.7]"), ("from", "203.0.113.7")}),
        ("From: a@203.0.113.7\n", {("from", "a@203.0.113.7"), ("from", "203.0.113.7")}),
        ("From: user@pot@b.com\n", {("from", "user@pot@b.com"), ("from", "b.com")}),
        ("From: a@bücher.com\n", {("from", "a@xn--bcher-kva.com"), ("from", "xn--bcher-kva.com")}),
        ("From: nobody\n", set()),
        ("From: a@b...\n", set()),
        ('From: "kyc@bank.com" <a@b.com>\n', {("display-name", "kyc@bank.com"), ("display-name", "bank.com"), ("from", "a@b.com"), ("from", "b.com")}),
        ("Errors-To: a@b.com\n", {("notify", "a@b.com"), ("notify", "b.com")}),
        ("X-Authenticated-Sender: host.b.com: a@c.com\n", {("account", "a@c.com"), ("account", "c.com"), ("header", "host.b.com")}),
        ("X-Get-Message-Sender-Via: host.b.com: authenticated_id: a@c.com\n", {("account", "a@c.com"), ("account", "c.com"), ("header", "host.b.com")}),
        ("X-Authuser: a@c.com\n", {("account", "a@c.com"), ("account", "c.com")}),
        ("X-Originating-IP: [203.0.113.7]\n", {("claimed-client", "203.0.113.7")}),
        ("X-Sender-IP: 2001:db8::7\n", {("claimed-client", "2001:db8::7")}),
        ("X-Mailer: Foo 1.2.3.4\nUser-Agent: Bar/5.6.7.8\n", set()),
        ("X-Info: CIP:255.255.255.255\n", set()),
        ("X-Spamd-Result: ipnet:203.0.113.0/24\n", {("header", "203.0.113.0")}),
        ("Message-ID: <1.2.3.4.x@host.b.com>\n", {("message-id", "host.b.com")}),
        ("Message-ID: <1@[203.0.113.7]>\n", {("message-id", "203.0.113.7")}),
        ("Message-ID: <1@host.local>\nReferences: <x>\n", set()),
        ("DKIM-Signature: v=1; d=b.com; i=@mail.b.com; s=x; b=abc\n", {("signer", "b.com"), ("signer", "mail.b.com")}),
        ("DKIM-Signature: v=1; d=b.local\n", set()),
        ("Authentication-Results: mx.c.com; spf=pass smtp.mailfrom=a@b.com; dkim=pass header.d=d.com\n", {("authentication", "b.com"), ("authentication", "d.com")}),
        ("X-OriginatorOrg: b.com\n", {("tenant", "b.com")}),
        ("List-Id: My list <list.b.com>\n", {("list", "list.b.com")}),
        ("List-Unsubscribe: <mailto:u@b.com?subject=x>, <https://c.com/u>\n", {("list", "u@b.com"), ("list", "b.com"), ("list", "https://c.com/u"), ("list", "c.com")}),
        ("List-Post: NO <nothing>\nList-Help: <https://*/>\n", set()),
        ("From a@b.com Tue Oct 1 10:00:00 2026\nSubject: x\n", {("return-path", "a@b.com"), ("return-path", "b.com")}),
    ],
)  # fmt: skip
def test_fields(headers: str, expected: set[tuple[str, str]]) -> None:
    assert seen(headers) == expected


def test_received() -> None:
    below = "Received: from pc ([192.0.2.1] helo=[192.0.2.2]) (Authenticated sender: bob@d.com) (envelope-from <e@f.com>) by s.example.net (x [192.0.2.3]); Tue, 1 Oct 2026 10:00:00 +0000\n"
    assert seen(MX + below) == {
        ("origin", "203.0.113.7"), ("origin", "s.example.net"), ("receiver", "mx.example.com"), ("recipient", "u@example.com"), ("recipient", "example.com"),
        ("claimed-hop", "192.0.2.1"), ("claimed-hop", "192.0.2.2"), ("claimed-hop", "192.0.2.3"), ("claimed-hop", "s.example.net"),
        ("account", "bob@d.com"), ("account", "d.com"), ("return-path", "e@f.com"), ("return-path", "f.com"),
    }  # fmt: skip


def test_received_from_a_user() -> None:
    assert seen("Received: from bob@d.com by mx.example.com with HTTP\n") == {
        ("receiver", "bob@d.com"),
        ("receiver", "d.com"),
        ("receiver", "mx.example.com"),
    }
    assert seen("Received: from bob@local by x with HTTP\n") == set()


def test_bracketed_address_outside_the_from_clause() -> None:
    assert ("claimed-hop", "192.0.2.9") in seen(
        "Received: from x ([203.0.113.7]) by mx.example.com via proxy [192.0.2.9] with SMTP\n"
    )


def test_origin_seen_again_elsewhere() -> None:
    assert ("origin", "203.0.113.7") in {
        (found.role.value, found.value)
        for found in read("X-Info: 203.0.113.7\n" + MX).sightings
        if found.where == "header X-Info"
    }


@pytest.mark.parametrize(
    ("headers", "value", "forgeable"),
    [
        (MX, "203.0.113.7", False),
        (MX, "mx.example.com", False),
        (MX.replace("(s.example.net [", "(unknown ["), "s.example.net", True),
        (MX + MX.replace("203.0.113.7", "192.0.2.1"), "192.0.2.1", True),
        (MX + "From: a@b.com\n", "a@b.com", True),
        ("Authentication-Results: mx.example.com; dkim=pass header.d=b.com\n" + MX + "From: a@mail.b.com\n", "a@mail.b.com", False),
        ("Authentication-Results: mx.example.com; dkim=pass header.d=b.com\n" + MX + "DKIM-Signature: d=b.com\n", "b.com", False),
        (MX + "DKIM-Signature: d=b.com\n", "b.com", True),
        ("X-Info: 192.0.2.1\n" + MX, "192.0.2.1", False),
        (MX + "X-Info: 192.0.2.1\n", "192.0.2.1", True),
        ("Delivered-To: u@c.com\n" + MX, "u@c.com", False),
        (MX + "To: u@c.com\n", "u@c.com", True),
    ],
)  # fmt: skip
def test_what_the_sender_could_have_written(headers: str, value: str, forgeable: bool) -> None:
    assert one(headers, value).forgeable is forgeable


@pytest.mark.parametrize(
    ("headers", "value", "tags"),
    [
        ("X-Originating-IP: 10.0.0.1\n", "10.0.0.1", ("internal",)),
        ("X-Spamd-Result: ipnet:203.0.113.0/24\n", "203.0.113.0", ("network-24",)),
        ("From: a@host.local\n", "host.local", ("unlisted-suffix",)),
        ("From: a@203.0.113.7\n", "a@203.0.113.7", ()),
    ],
)
def test_tags(headers: str, value: str, tags: tuple[str, ...]) -> None:
    assert one(headers, value).tags == tags


@pytest.mark.parametrize(
    ("headers", "where", "covers", "leaves"),
    [
        ("Subject: call 203.0.113.7\n", "header Subject", None, ObservableKind.IPV4),
        ("X-Other: https://e.example\n", "header X-Other", ObservableKind.IPV4, ObservableKind.URL),
        ("From: a@b.com\n", "header From", ObservableKind.EMAIL, ObservableKind.PHONE),
        ("List-Help: <https://e.example>\n", "header List-Help", ObservableKind.URL, ObservableKind.PHONE),
        ("X-Mailer: x\n", "header X-Mailer", ObservableKind.URL, None),
        ("X400-Received: x\n", "header X400-Received", ObservableKind.DOMAIN, None),
        ("X-Authenticated-Sender: x\n", "header X-Authenticated-Sender", ObservableKind.DOMAIN, None),
    ],
)
def test_texts_say_what_is_covered(
    headers: str, where: str, covers: ObservableKind | None, leaves: ObservableKind | None
) -> None:
    (text,) = [text for text in read(headers).texts if text.where == where]
    assert covers is None or covers in text.covered
    assert leaves is None or leaves not in text.covered


def test_encoded_words_are_given_both_ways() -> None:
    mail = read("Subject: =?utf-8?q?caf=C3=A9?=\n")
    assert [(text.text, text.where) for text in mail.texts][:2] == [
        ("café", "header Subject"),
        ("=?utf-8?q?caf=C3=A9?=", "header Subject, as written"),
    ]


def test_offsets_lead_to_the_header() -> None:
    raw = b"Subject: x\nFrom: a@b.com\n\n"
    (mailbox, _) = read_mail(raw, artifact="a1").sightings
    assert raw[mailbox.offset :].startswith(b"From: a@b.com")


def test_sightings_are_limited_and_it_is_told() -> None:
    raw = "To: " + ", ".join(f"a{number}@b{number}.com" for number in range(50)) + "\n\n"
    mail = read_mail(raw.encode(), artifact="a1", limits=Limits(observables=10))
    assert len(mail.sightings) == 10
    assert "mail-too-many-observables" in {finding.code for finding in mail.findings}

"""Mails changed at random: never a crash, never long, never a certain header domain lost, never a part dropped."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.leads.mail import MailContent, read_mail
from comity.leads.mail.addresses import read_addresses
from comity.leads.mail.html import read_tokens
from comity.leads.mail.urls import read_target
from comity.leads.mail.words import decode_words
from comity.leads.model import ObservableKind

_CORPUS = (
    b"Received: from a.example.net (a.example.net [203.0.113.7]) by mx.example.com (Postfix) with ESMTP id 1; 1 Oct 2026 10:00:00 +0000\n"
    b"From: \"Bank, Ltd\" <kyc@bank.com>\nReply-To: <desk@evil.net>\nTo: u@victim.org\nSubject: =?utf-8?b?w6k=?=\nMIME-Version: 1.0\n"
    b"Content-Type: multipart/mixed; boundary=\"b\"\n\n--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
    b"<a href=3D\"https://evil.net/x\">bank.com</a>\n--b\nContent-Type: application/pdf; name*=utf-8''a%20b.pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0=\n--b--\n",
    b"by 2002:a05::1 with SMTP id x; Mon, 1 Oct 2026 03:00:00 -0700 (PDT)\nARC-Seal: i=1; cv=none; d=google.com\nFrom: x@y.com\n\nhello http://0x7f.1/\n",
    b"From x@y.com Tue Oct  1 10:00:00 2026\nContent-Type: text/plain; charset=utf-7\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n#0V%T\n`\nend\n",
    b"Content-Type: message/rfc822\n\nFrom: inner@y.com\n\nx\n",
)  # fmt: skip
_PIECES = (
    b"\n", b"\r\n", b"\r", b"\n\n", b"\x00", b"\xff", b"<", b">", b"\"", b"(", b")", b"@", b"=?", b"?=", b"=?utf-8?q?", b"--b", b"--b--", b";", b":", b",", b" ", b"\t",
    b"Content-Type: multipart/mixed; boundary=c\n", b"Content-Transfer-Encoding: base64\n", b"<!--", b"href=", b"&#x", b"%", b"[", b"]", b"\\", b"+ADw-", b"begin 644 x\n",
)  # fmt: skip


@st.composite
def _mails(draw: st.DrawFn) -> bytes:
    raw = draw(st.sampled_from(_CORPUS))
    for _ in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(raw)))
        end = min(len(raw), start + draw(st.sampled_from((0, 0, 1, 5, 40))))
        raw = raw[:start] + draw(st.sampled_from(_PIECES) | st.binary(max_size=6)) + raw[end:]
    return raw


def _quickly(raw: bytes) -> MailContent:
    started = time.perf_counter()
    mail = read_mail(raw, artifact="a1")
    assert time.perf_counter() - started < 1
    return mail


@given(_mails())
@settings(max_examples=300, deadline=None)
def test_changed_mails_are_read(raw: bytes) -> None:
    mail = _quickly(raw)
    for text in mail.texts:
        text.text.encode()  # no half characters that a writer of UTF-8 refuses
        assert -1 <= text.offset <= len(raw)
    assert {one.kind for one in mail.sightings} <= set(ObservableKind)
    assert all(one.value and len(one.text) <= 200 for one in mail.sightings)


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read(raw: bytes) -> None:
    _quickly(raw)


_LABELS = st.from_regex(r"[a-z0-9]{1,12}", fullmatch=True)
_DOMAINS = st.builds(lambda label, top: f"{label}x.{top}", _LABELS, st.sampled_from(("com", "co.uk", "de", "in")))
_FORMS = (
    "{0}",
    "<{0}>",
    "Ann <{0}>",
    '"B, C" <{0}>',
    "{0} (Ann)",
    "=?utf-8?q?=C3=A9?= <{0}>",
    "team: {0};",
    "<{0}",
    " {0} ",
    "Ann {0}",
)
_KEYS = ("From", "Reply-To", "Return-Path", "Sender", "To", "Cc", "from", "REPLY-TO")


@given(
    st.lists(st.tuples(st.sampled_from(_KEYS), st.sampled_from(_FORMS), _LABELS, _DOMAINS), min_size=1, max_size=6),
    st.sampled_from(("\n", "\r\n", "\n\t")),
)
@settings(max_examples=200, deadline=None)
def test_every_certain_header_domain_is_found_and_none_invented(
    fields: list[tuple[str, str, str, str]], fold: str
) -> None:
    lines = [
        f"{key}:{fold if fold.endswith(chr(9)) else ' '}{form.format(f'{local}@{domain}')}"
        for key, form, local, domain in fields
    ]
    raw = ("\n".join(lines) + "\n\nbody\n").encode()
    found = {(one.kind, one.value) for one in _quickly(raw).sightings}
    expected = {(ObservableKind.DOMAIN, domain) for _, _, _, domain in fields}
    expected |= {(ObservableKind.EMAIL, f"{local}@{domain}") for _, _, local, domain in fields}
    assert found == expected


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_text_readers_take_anything(text: str) -> None:
    read_addresses(text)
    read_target(text)
    decode_words(text)
    assert sum(len(getattr(token, "text", "")) for token in read_tokens(text)) <= 2 * len(text) + 10

"""What each part gives: texts, attachments, findings; what could not be read is named and kept."""

import base64

import pytest

from comity.leads.limits import Limits
from comity.leads.mail import MailContent, read_mail
from comity.leads.mail.attachments import judge_attachment
from comity.leads.mail.notes import Notes


def part(headers: str, body: bytes) -> MailContent:
    return read_mail(f"From: a@b.example\nMIME-Version: 1.0\n{headers}\n".encode() + body, artifact="a1")


def texts(mail: MailContent) -> list[tuple[str, str, str]]:
    return [(text.kind.value, text.where, text.text) for text in mail.texts if text.kind.value != "header"]


def codes(mail: MailContent) -> set[str]:
    return {finding.code for finding in mail.findings}


@pytest.mark.parametrize(
    ("headers", "body", "expected"),
    [
        ("", b"hello\n", ("plain", "text/plain body", "hello\n")),
        ("Content-Type: text/plain; charset=koi8-r\n", "Привет".encode("koi8-r"), ("plain", "text/plain body", "Привет")),
        ("Content-Type: text/plain; charset=iso-2022-jp\n", "日本語".encode("iso2022_jp"), ("plain", "text/plain body", "日本語")),
        ("Content-Type: text/html\n", b"<p>a<br>b", ("html-text", "text/html body", "a\nb")),
        ("Content-Type: text/html\n", b"<meta charset=koi8-r><p>" + "Привет".encode("koi8-r"), ("html-text", "text/html body", "Привет")),
        ("Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n", b"<p>caf=C3=\n=A9", ("html-text", "text/html body", "café")),
        ("Content-Type: text/html\nContent-Transfer-Encoding: base64\n", base64.b64encode(b"<p>x"), ("html-text", "text/html body", "x")),
        ("Content-Type: text/calendar\n", b"URL:https://e.exam\r\n ple/\r\n", ("other", "text/calendar body", "URL:https://e.example/\r\n")),
        ("Content-Type: text/richtext\n", b"<bold>x</bold>", ("html-text", "text/richtext body", "x")),
        ("Content-Type: message/delivery-status\nContent-Disposition: attachment\n", b"Status: 5.0.0\n", ("other", "message/delivery-status body", "Status: 5.0.0\n")),
        ("Content-Type: nonsense\n", b"hello", ("plain", "text/plain body", "hello")),
    ],
)  # fmt: skip
def test_texts(headers: str, body: bytes, expected: tuple[str, str, str]) -> None:
    assert expected in texts(part(headers, body))


def test_page_with_all_that_it_hides() -> None:
    mail = part(
        "Content-Type: text/html\n", b"<p>seen<!-- said --><script>run()</script><a href='https://e.example/'>t</a>"
    )
    assert ("other", "text/html body, comment", " said ") in texts(mail)
    assert ("other", "text/html body, script", "run()") in texts(mail)
    assert "mail-holds-script" in codes(mail)
    assert {one.value for one in mail.sightings} >= {"https://e.example/", "e.example"}


@pytest.mark.parametrize(
    ("headers", "body", "code"),
    [
        ("Content-Type: text/plain; charset=utf-7\n", b"+ADw-", "mail-part-utf7"),
        ("Content-Type: text/plain; charset=nonsense\n", b"x", "mail-part-charset-unknown"),
        ("Content-Type: text/plain; charset=utf-8\n", b"\xe9", "mail-part-charset-wrong"),
        ("", b"a\x00b", "mail-part-nul"),
        ("Content-Transfer-Encoding: base64\n", b"aGk=\nfooter, not base64\n", "mail-part-damaged"),
        ("Content-Transfer-Encoding: 8bit+\n", b"x", "mail-part-damaged"),
        ("", b"<html><a href='https://e.example/'>x</a>", "mail-part-undeclared-html"),
        ("", b"-----BEGIN PGP MESSAGE-----\nabc\n", "mail-part-sealed"),
        ("Content-Type: application/pkcs7-mime; name=smime.p7m\n", b"x", "mail-part-sealed"),
        ("Content-Type: application/octet-stream; name=WINMAIL.DAT\n", b"x", "mail-part-sealed"),
        ("Content-Type: application/pgp-signature\n", b"x", "mail-signed"),
        ("", b"begin 644 a.exe\n#0V%T\n`\nend\n", "mail-file-in-text"),
        ("", b"begin 644 a.exe\n#0V%T\n`\nend\n", "attachment-program"),
    ],
)  # fmt: skip
def test_findings(headers: str, body: bytes, code: str) -> None:
    assert code in codes(part(headers, body))


def test_markup_without_links_in_text_is_no_page() -> None:
    assert "mail-part-undeclared-html" not in codes(part("", b"<table>1</table>"))


def test_text_outside_an_encoding_is_kept() -> None:
    mail = part("Content-Transfer-Encoding: base64\n", base64.b64encode(b"hello") + b"\nsee https://e.example\n")
    assert ("other", "text/plain body, outside the encoding", "see https://e.example") in texts(mail)


@pytest.mark.parametrize(
    ("headers", "name", "media_type", "is_mail"),
    [
        ("Content-Type: application/pdf; name=a.pdf\n", "a.pdf", "application/pdf", False),
        ("Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n", "a.txt", "text/plain", False),
        ("Content-Type: message/rfc822\n", "message", "message/rfc822", True),
        ("Content-Type: message/rfc822\nContent-Description: Forwarded\n", "Forwarded", "message/rfc822", True),
        ("Content-Type: text/rfc822-headers\n", "message", "text/rfc822-headers", True),
        ("Content-Type: message/rfc822-headers\n", "message", "message/rfc822-headers", True),
        ("Content-Type: application/octet-stream; name=f.eml\n", "f.eml", "application/octet-stream", True),
        ("Content-Type: image/png\n", "", "image/png", False),
    ],
)  # fmt: skip
def test_attachments(headers: str, name: str, media_type: str, is_mail: bool) -> None:
    (found,) = part(headers, b"From: x@y.example\n\nhello\n").attachments
    assert (found.name, found.media_type, found.is_mail) == (name, media_type, is_mail)
    assert found.data == b"From: x@y.example\n\nhello\n"


def test_encoded_mail_within() -> None:
    mail = part("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n", base64.b64encode(b"From: x\n\ny"))
    assert mail.attachments[0].data == b"From: x\n\ny"


def test_mails_too_deep_are_kept_as_text() -> None:
    raw = b"From: a@b.example\nContent-Type: message/rfc822\n\nFrom: x@y.example\n\nhello"
    mail = read_mail(raw, artifact="a1", limits=Limits(mail_depth=2), depth=1)
    assert "mail-too-deep" in codes(mail)
    assert not mail.attachments[0].is_mail
    assert any("hello" in text for _, _, text in texts(mail))


def test_preamble_is_told_apart() -> None:
    mail = part("Content-Type: multipart/mixed; boundary=b\n", b"hidden https://e.example\n--b\n\nx\n--b--\n")
    assert ("other", "text before part 1", "hidden https://e.example") in texts(mail)


@pytest.mark.parametrize(
    ("name", "media_type", "data", "code"),
    [
        ("a.exe", "application/octet-stream", b"", "attachment-program"),
        ("invoice.pdf.js", "application/octet-stream", b"", "attachment-program"),
        ("a.exe. ", "application/octet-stream", b"", "attachment-program"),
        ("gpj\u202eexe.a", "image/png", b"", "bidi-control"),
        ("a.iso", "application/octet-stream", b"", "attachment-disk-image"),
        ("a.docm", "application/octet-stream", b"", "attachment-macro"),
        ("a.html", "text/html", b"", "attachment-page"),
        ("a", "text/html", b"", "attachment-page"),
        ("a.pdf", "application/pdf", b"MZ\x90", "attachment-type-differs"),
        ("a.jpg", "image/jpeg", b"%PDF-1.4", "attachment-type-differs"),
        ("a.docx", "application/x", b"PK\x03\x04....word/vbaProject.bin", "attachment-macro"),
        ("a.zip", "application/zip", b"PK\x03\x04\x14\x00\x01\x00", "attachment-encrypted"),
        ("a.doc", "application/msword", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16-le"), "attachment-macro"),
    ],
)  # fmt: skip
def test_dangerous_attachments(name: str, media_type: str, data: bytes, code: str) -> None:
    notes = Notes(artifact="a1", limits=Limits())
    judge_attachment(name, media_type, data, notes, where="part 1")
    assert code in {finding.code for finding in notes.findings()}


@pytest.mark.parametrize(
    ("name", "media_type", "data"),
    [
        ("a.pdf", "application/pdf", b"%PDF-1.4"), ("a.zip", "application/zip", b"PK\x03\x04"), ("a.doc", "application/msword", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("a.png", "image/png", b"\x89PNG"), ("", "application/octet-stream", b""), ("a.zip", "application/zip", b"PK\x03\x04\x14\x00\x00\x00"),
    ],
)  # fmt: skip
def test_harmless_attachments(name: str, media_type: str, data: bytes) -> None:
    notes = Notes(artifact="a1", limits=Limits())
    judge_attachment(name, media_type, data, notes, where="part 1")
    assert notes.findings() == ()


def test_double_ending_is_told() -> None:
    notes = Notes(artifact="a1", limits=Limits())
    judge_attachment("invoice.pdf.exe", "application/octet-stream", b"", notes, where="part 1")
    assert "made to look like .pdf" in notes.findings()[0].message

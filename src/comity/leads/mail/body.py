"""Each leaf of a mail as texts, links, attachments and findings: what it holds, and what of it could not be read."""

import re

from comity.leads.mail.attachments import judge_attachment
from comity.leads.mail.charsets import CharsetProblem, Decoded, decode_text
from comity.leads.mail.content import MailAttachment, TextKind
from comity.leads.mail.links import note_links
from comity.leads.mail.notes import Notes
from comity.leads.mail.pages import Page, read_page, sniff_charset
from comity.leads.mail.parts import Leaf
from comity.leads.mail.transfer import Decoding, decode_transfer, find_inline_files
from comity.leads.model import Severity

_MAIL_TYPES = frozenset(
    "message/rfc822 message/global message/news message/rfc822-headers message/global-headers "
    "text/rfc822-headers".split()
)
_REPORT_TYPES = (
    "message/",
    "text/calendar",
    "text/vcard",
    "text/x-vcard",
    "text/directory",
    "text/enriched",
    "text/richtext",
)
_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/x-amp-html", "application/html", "text/htm"})
_LOOKS_LIKE_PAGE = re.compile(
    r"<(?:!doctype html|html|body|table|div|a\s[^>]{0,500}href|img\s[^>]{0,500}src|meta\s)", re.IGNORECASE
)
_PGP = re.compile(r"^-----BEGIN PGP MESSAGE-----", re.MULTILINE)
_SEALED = {
    "application/pkcs7-mime": "S/MIME",
    "application/x-pkcs7-mime": "S/MIME",
    "application/pgp-encrypted": "PGP",
    "application/ms-tnef": "Outlook's winmail.dat (TNEF)",
    "application/vnd.ms-tnef": "Outlook's winmail.dat (TNEF)",
}
_SIGNATURES = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"})
_SHOWN_THOUGH_ATTACHED = frozenset({"text/calendar", "message/delivery-status", "message/disposition-notification"})
_BLANK_TRANSFORM = {0: None}


def note_leaf(leaf: Leaf, notes: Notes, *, depth: int) -> None:
    """Note all that one leaf holds."""
    encoding = (
        "" if leaf.media_type.startswith("message/") and leaf.encoding.lower() in {"7bit", "8bit"} else leaf.encoding
    )
    decoding = decode_transfer(leaf.raw, encoding)
    place = _place(leaf)
    _note_decoding(leaf, decoding, notes, place)
    if leaf.media_type in _MAIL_TYPES or _is_mail_file(leaf, decoding.data):
        _note_mail(leaf, decoding.data, notes, depth)
    elif _is_text(leaf):
        _note_text(leaf, decoding.data, notes, place)
    else:
        _note_file(leaf, decoding.data, notes)


def _place(leaf: Leaf) -> str:
    return leaf.label if leaf.is_filler else f"{leaf.media_type} {leaf.label}"


def _is_text(leaf: Leaf) -> bool:
    """A text of the mail itself; one that is attached as a file is evidence of its own."""
    if leaf.disposition.value == "attachment" and leaf.media_type not in _SHOWN_THOUGH_ATTACHED:
        return False
    return leaf.media_type.startswith(("text/", "message/")) or leaf.media_type in _PAGE_TYPES


def _is_mail_file(leaf: Leaf, data: bytes) -> bool:
    """A mail attached under another type (``forwarded.eml`` as application/octet-stream)."""
    name = leaf.name.lower()
    return name.endswith(".eml") and re.match(rb"\s{0,10}(?:From |[A-Za-z][A-Za-z0-9-]{1,60}:)", data) is not None


def _note_decoding(leaf: Leaf, decoding: Decoding, notes: Notes, place: str) -> None:
    if not decoding.damaged:
        return
    if leaf.encoding.lower().strip() not in {"base64", "x-uuencode", "uuencode"}:
        message = (
            f"{leaf.label} names the unknown transfer encoding {leaf.encoding[:40]!r}; its bytes were read as "
            "they stand"
        )
    else:
        message = (
            f"{leaf.label} is not clean {leaf.encoding.strip()[:20]}; what could be decoded was, and the rest "
            "was kept as text"
        )
    notes.finding("mail-part-damaged", Severity.NOTICE, leaf.label, message)
    if decoding.rest.strip():
        notes.text(
            TextKind.OTHER, decode_text(decoding.rest, "utf-8").text, f"{place}, outside the encoding", leaf.offset
        )


def _note_mail(leaf: Leaf, data: bytes, notes: Notes, depth: int) -> None:
    name = leaf.name or leaf.description[:100] or "message"
    where = f"{leaf.label} ({name})"
    too_deep = depth + 1 >= notes.limits.mail_depth
    notes.attachments.append(
        MailAttachment(
            name=name, media_type=leaf.media_type, data=data, where=where, offset=leaf.offset, is_mail=not too_deep
        )
    )
    if too_deep:
        message = (
            f"mails lie more than mail_depth = {notes.limits.mail_depth} deep in one another; {where} was kept as text"
        )
        notes.finding("mail-too-deep", Severity.WARNING, leaf.label, message)
        notes.text(TextKind.OTHER, decode_text(data, "utf-8").text, f"{where}, not followed", leaf.offset)


def _note_text(leaf: Leaf, data: bytes, notes: Notes, place: str) -> None:
    charset = leaf.content_type.get("charset")
    is_page = leaf.media_type in _PAGE_TYPES
    if is_page and not charset:
        charset = sniff_charset(data)
    decoded = decode_text(data, charset)
    _note_charset(leaf, decoded, charset, notes)
    text = decoded.text
    if "\x00" in text:
        message = (
            f"{leaf.label} holds {text.count(chr(0))} NUL characters, which some programs stop at; they were left out"
        )
        notes.finding("mail-part-nul", Severity.NOTICE, leaf.label, message)
        text = text.translate(_BLANK_TRANSFORM)
    if is_page or leaf.media_type == "text/richtext":
        note_page(read_page(text), notes, where=place, offset=leaf.offset)
        return
    if leaf.is_filler:
        kind = TextKind.OTHER
    else:
        kind = TextKind.OTHER if leaf.media_type.startswith(_REPORT_TYPES) else TextKind.PLAIN
    notes.text(kind, _unfolded(text) if leaf.media_type == "text/calendar" else text, place, leaf.offset)
    _note_inline_files(leaf, data, notes)
    if _PGP.search(text):
        notes.finding(
            "mail-part-sealed",
            Severity.NOTICE,
            leaf.label,
            f"{leaf.label} holds text encrypted with PGP; its content was not read",
        )
    if _LOOKS_LIKE_PAGE.search(text):
        page = read_page(text)
        if page.links:
            message = f"{leaf.label} is declared {leaf.media_type} and holds HTML; its links were read"
            notes.finding("mail-part-undeclared-html", Severity.INFO, leaf.label, message)
            note_links(page, notes, where=place, offset=leaf.offset)


def note_page(page: Page, notes: Notes, *, where: str, offset: int) -> None:
    """Note what a page shows, hides and leads to."""
    notes.text(TextKind.HTML_TEXT, page.text, where, offset)
    for comment in page.comments:
        notes.text(TextKind.OTHER, comment, f"{where}, comment", offset)
    for script in page.scripts:
        notes.text(TextKind.OTHER, script, f"{where}, script", offset)
    if any(script.strip() for script in page.scripts):
        notes.finding(
            "mail-holds-script", Severity.NOTICE, where, "the mail holds a script, which mail programs do not run"
        )
    note_links(page, notes, where=where, offset=offset)


def _note_charset(leaf: Leaf, decoded: Decoded, claimed: str, notes: Notes) -> None:
    match decoded.problem:
        case CharsetProblem.NONE:
            return
        case CharsetProblem.UTF7:
            code, severity = "mail-part-utf7", Severity.WARNING
            message = f"{leaf.label} is written in UTF-7, which hides text from filters; it was read"
        case CharsetProblem.UNKNOWN:
            code, severity = "mail-part-charset-unknown", Severity.NOTICE
            message = (
                f"{leaf.label} names the charset {claimed[:40]!r}, which is none; it was read as {decoded.charset}"
            )
        case CharsetProblem.WRONG:
            code, severity = "mail-part-charset-wrong", Severity.NOTICE
            message = f"{leaf.label} is not in {claimed[:40]!r} as it says; it was read as {decoded.charset}"
    notes.finding(code, severity, leaf.label, message)


def _note_inline_files(leaf: Leaf, data: bytes, notes: Notes) -> None:
    if b"begin" not in data and b"=ybegin" not in data:
        return
    for file in find_inline_files(data):
        where = f"{leaf.label} ({file.name}, {file.encoding})"
        offset = leaf.offset + file.start if leaf.offset >= 0 and not leaf.encoding.strip() else -1
        notes.attachments.append(
            MailAttachment(
                name=file.name,
                media_type="application/octet-stream",
                data=file.data,
                where=where,
                offset=offset,
                is_mail=False,
            )
        )
        message = f"{leaf.label} holds the file {file.name!r} written into its text ({file.encoding})"
        notes.finding("mail-file-in-text", Severity.NOTICE, leaf.label, message)
        judge_attachment(file.name, "application/octet-stream", file.data, notes, where=where)


def _note_file(leaf: Leaf, data: bytes, notes: Notes) -> None:
    where = f"{leaf.label} ({leaf.name})" if leaf.name else leaf.label
    notes.attachments.append(
        MailAttachment(
            name=leaf.name, media_type=leaf.media_type, data=data, where=where, offset=leaf.offset, is_mail=False
        )
    )
    sealed = _SEALED.get(leaf.media_type) or (
        "Outlook's winmail.dat (TNEF)" if leaf.name.lower() == "winmail.dat" else ""
    )
    if sealed:
        message = f"{where} is {sealed}; what lies within was not read"
        notes.finding("mail-part-sealed", Severity.NOTICE, leaf.label, message)
    if leaf.media_type in _SIGNATURES:
        notes.finding("mail-signed", Severity.INFO, leaf.label, f"{where} is a signature, which was not checked")
        return
    judge_attachment(leaf.name, leaf.media_type, data, notes, where=where)


def _unfolded(text: str) -> str:
    """iCalendar lines put together again (RFC 5545 3.1)."""
    return re.sub(r"\r?\n[ \t]", "", text)

"""What kind of thing an artifact is: by its content first, by its name second."""

import re

from comity.leads.model import ArtifactKind

_MAGIC: tuple[tuple[bytes, ArtifactKind, str], ...] = (
    (b"PK\x03\x04", ArtifactKind.ARCHIVE, "application/zip"),
    (b"PK\x05\x06", ArtifactKind.ARCHIVE, "application/zip"),
    (b"\x1f\x8b\x08", ArtifactKind.ARCHIVE, "application/gzip"),
    (b"\xd0\xcf\x11\xe0", ArtifactKind.OTHER, "application/x-ole-storage"),
    (b"\x89PNG", ArtifactKind.OTHER, "image/png"),
    (b"\xff\xd8\xff", ArtifactKind.OTHER, "image/jpeg"),
    (b"GIF8", ArtifactKind.OTHER, "image/gif"),
    (b"7z\xbc\xaf\x27\x1c", ArtifactKind.OTHER, "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", ArtifactKind.OTHER, "application/vnd.rar"),
    (b"MZ", ArtifactKind.OTHER, "application/vnd.microsoft.portable-executable"),
    (b"\x7fELF", ArtifactKind.OTHER, "application/x-elf"),
    (b"{\\rtf", ArtifactKind.OTHER, "application/rtf"),
)
_OFFICE = (
    (b"word/", "wordprocessingml.document"),
    (b"xl/", "spreadsheetml.sheet"),
    (b"ppt/", "presentationml.presentation"),
)
_MAILBOX = re.compile(rb"From \S{1,300}[^\n]{0,40}\d{2}:\d{2}[^\n]{0,40}\d{4}[^\n]{0,20}\r?\n[!-9;-~]{1,80}:")
_SEPARATOR = re.compile(rb"(?:\A|\n\r?\n)From \S")
_HEADER_LINE = re.compile(rb"([!-9;-~]{1,60})[ \t]*:")
_CHAT_LINE = re.compile(rb"Type: (?:incoming|outgoing)\r?$")
"""Of a Signal message as tools write it out: its head resembles a mail's."""
_MAIL_HEADERS = frozenset(
    b"received from to cc subject date message-id return-path mime-version content-type delivered-to reply-to sender "
    b"x-mailer dkim-signature authentication-results received-spf content-transfer-encoding x-original-to "
    b"envelope-to list-unsubscribe x-received bcc".split()
)
_HTML = re.compile(
    rb"(?:<!--.{0,2000}?-->|<\?xml[^>]{0,200}>|\s)*<(?:!doctype\s+html|html|head|body|meta|title|script|style)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_STIX = re.compile(rb"""["']type["']\s*:\s*["'](?:bundle|[a-z0-9-]{2,60})["']""")
_STIX_ID = re.compile(rb"""["']id["']\s*:\s*["'][a-z0-9-]{2,60}--[0-9a-fA-F-]{36}["']""")
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_TABLE_NAMES = (".csv", ".tsv", ".tab", ".psv")


def sniff(head: bytes, name: str) -> tuple[ArtifactKind, str]:
    """Kind and media type from the first bytes and the name; a table is told from text only when its lines are read."""
    for magic, kind, media_type in _MAGIC:
        if head.startswith(magic):
            return _office(head) if media_type == "application/zip" and _is_office(head) else (kind, media_type)
    if b"%PDF-" in head[:1024]:
        return ArtifactKind.PDF, "application/pdf"
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if is_binary(head) and not _is_mail(text, sure=False):  # a mail may carry bytes that no text has
        return ArtifactKind.OTHER, "application/octet-stream"
    if text[:1] in (b"{", b"[") and _STIX.search(text) and _STIX_ID.search(text):
        return ArtifactKind.STIX, "application/stix+json"
    return _textual(text, name.lower())


def _textual(text: bytes, name: str) -> tuple[ArtifactKind, str]:
    single = name.endswith((".eml", ".emlx")) and len(_SEPARATOR.findall(text)) < 2
    if (_MAILBOX.match(text) and not single) or (name.endswith((".mbox", ".mbx")) and text.startswith(b"From ")):
        return ArtifactKind.MAILBOX, "application/mbox"
    if _is_mail(text, sure=name.endswith((".eml", ".emlx", ".mht", ".mhtml"))):
        return ArtifactKind.MAIL, "message/rfc822"
    if _HTML.match(text) or (name.endswith((".html", ".htm", ".xhtml")) and b"<" in text):
        return ArtifactKind.HTML, "text/html"
    if name.endswith(_TABLE_NAMES):
        return ArtifactKind.TABLE, "text/csv"
    return ArtifactKind.TEXT, "text/plain"


def is_binary(head: bytes) -> bool:
    """Whether bytes are no text in any charset: control characters other than UTF-16's zeros and a stray zero."""
    if head.startswith(_BOMS) or not head:
        return False
    controls = sum(head.count(bytes((code,))) for code in range(1, 32) if code not in (8, 9, 10, 12, 13, 27))
    if controls > len(head) // 20:
        return True
    if head.count(0) > len(head) // 200:
        even, odd = head[0::2].count(0), head[1::2].count(0)
        return max(even, odd) < len(head) // 5 or min(even, odd) > len(head) // 20
    return False


def _is_office(head: bytes) -> bool:
    return b"[Content_Types].xml" in head or head[30:38] == b"mimetype"


def _office(head: bytes) -> tuple[ArtifactKind, str]:
    for folder, name in _OFFICE:
        if folder in head:
            return ArtifactKind.OTHER, f"application/vnd.openxmlformats-officedocument.{name}"
    return ArtifactKind.OTHER, "application/vnd.oasis.opendocument"


def _is_mail(text: bytes, *, sure: bool) -> bool:
    """Whether a text starts with mail headers: two that mail knows, or one where the name says that it is a mail."""
    known = set()
    lines = text.split(b"\n", 60)[:60]
    if lines and lines[0].startswith((b"From ", b">From ")):
        lines = lines[1:]
    for line in lines:
        match = _HEADER_LINE.match(line)
        if match:
            known.add(match.group(1).lower())
            if _CHAT_LINE.match(line):
                return False
        elif line[:1] not in (b" ", b"\t"):
            break
    found = known & _MAIL_HEADERS
    return len(found) >= (1 if sure else 2) or (sure and len(known) >= 2)

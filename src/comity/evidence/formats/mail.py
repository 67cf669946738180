"""Mailboxes and messages: mbox, PST and OST, EML, Outlook MSG; a message that lies in a Maildir is told as such.

Sources: RFC 4155 (mbox), RFC 5322, MS-PST 2.2.2.6, MS-CFB 2.2, MS-OXMSG 2.2; qmail's maildir(5).
"""

import re
import struct
from collections.abc import Iterator

from comity.evidence.formats.look import Look
from comity.evidence.formats.record import Description, Fact, facts

_FROM = re.compile(rb"From \S.{0,200}(19|20)\d\d")
_SEPARATOR = re.compile(rb"(?:^|\n)\r?\nFrom \S[^\n]{0,200}(?:19|20)\d\d")
_FIELD = re.compile(rb"([!-9;-~]{2,76}):[ \t\r]?")
_KNOWN = frozenset(
    b"from to cc bcc date subject received return-path message-id mime-version content-type delivered-to reply-to "
    b"in-reply-to references dkim-signature x-mailer x-received arc-seal authentication-results".split()
)
_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PST_VERSIONS = {14: "ANSI", 15: "ANSI", 21: "Unicode", 23: "Unicode", 36: "Unicode, 4 KiB pages", 37: "Unicode"}
_PST_CLIENTS = {b"SM": ("pst", "Outlook mailbox (PST)"), b"SO": ("ost", "Outlook mailbox copy (OST)")}
_PST_CRYPT = {0: "none", 1: "permutation", 2: "cyclic", 16: "Windows Information Protection"}
_OVERLAP_BYTES = 300


def describe_mail(look: Look) -> Description | None:
    """A mailbox or message by its first bytes."""
    head = look.head
    if head.startswith(b"!BDN") and head[8:10] in _PST_CLIENTS:
        return _pst(look)
    if _FROM.match(head):
        return _mbox(look)
    if head.startswith(_CFB) and _is_msg(look):
        return _told(look, "msg", "Outlook message (MSG)", "", ())
    if _is_message(head):
        return _message(look)
    return None


def _told(look: Look, kind: str, title: str, version: str, told: tuple[Fact, ...]) -> Description:
    return Description(
        path=look.path,
        family="mail",
        format=kind,
        title=title,
        version=version,
        size_bytes=look.size_bytes,
        facts=told,
    )


def _pst(look: Look) -> Description:
    kind, title = _PST_CLIENTS[look.head[8:10]]
    (version,) = struct.unpack_from("<H", look.head, 10)
    at = 513 if version > 15 else 461
    return _told(
        look,
        kind,
        title,
        f"{version} ({_PST_VERSIONS.get(version, 'unknown')})",
        facts(("encoding", _PST_CRYPT.get(look.head[at], str(look.head[at])))),
    )


def _mbox(look: Look) -> Description:
    """Messages are counted by their separator lines after an empty line, as RFC 4155 has it."""
    count, tail, counted = 1, b"", True
    limit = look.limits.scan_bytes_max
    for part in look.parts(limit_bytes=limit):
        data = tail + part
        matches = list(_SEPARATOR.finditer(data))
        # What begins in the tail was counted with the part before, if it ended there too.
        count += sum(match.end() > len(tail) for match in matches)
        tail = data[-_OVERLAP_BYTES:]
    if limit is not None and look.size_bytes > limit:
        counted = False
    messages = f"{count:,}" if counted else f"more than {count:,} (not all counted)"
    return _told(look, "mbox", "Mailbox (mbox)", "", facts(("messages", messages), *_fields(look.head)))


def _message(look: Look) -> Description:
    folders = look.path.split("/")
    maildir = len(folders) > 1 and folders[-2] in ("cur", "new", "tmp")
    told = facts(("mailbox", "Maildir" if maildir else ""), *_fields(look.head))
    return _told(look, "eml", "E-mail message", "", told)


def _fields(head: bytes) -> Iterator[tuple[str, object]]:
    """Date and identifier of the first message: not from whom, to whom, or about what."""
    for line in head.split(b"\n\n", 1)[0].replace(b"\r", b"").split(b"\n"):
        name, _, value = line.partition(b":")
        if name.lower() in (b"date", b"message-id"):
            yield f"first message's {name.decode('ascii').lower()}", value.decode("utf-8", "replace").strip()


def _is_message(head: bytes) -> bool:
    """True where the file begins with a header of at least three fields of which two are known."""
    known = lines = 0
    for line in head.split(b"\n")[:40]:
        if line[:1] in (b" ", b"\t") and lines:
            continue
        match = _FIELD.match(line)
        if match is None:
            break
        lines += 1
        known += match.group(1).lower() in _KNOWN
    return lines >= 3 and known >= 2


def _is_msg(look: Look) -> bool:
    """True where the directory of a compound file has the stream that every message has."""
    shift, first = struct.unpack_from("<H", look.head, 30)[0], struct.unpack_from("<I", look.head, 48)[0]
    if shift not in (9, 12):
        return False
    directory = look.at((first + 1) << shift, 1 << 12)
    return "__properties_version1.0".encode("utf-16-le") in directory or "__nameid".encode("utf-16-le") in directory

"""What an attachment's name, type and first bytes say of it; it is never opened."""

import re

from comity.leads.mail.notes import Notes
from comity.leads.model import Severity

_PROGRAMS = frozenset(
    "exe scr com pif bat cmd ps1 psm1 vbs vbe js jse wsf wsh hta jar msi msp cpl lnk reg scf inf application "
    "gadget appx msix apk dll sys chm url appref-ms settingcontent-ms xll wll one".split()
)
_IMAGES_OF_DISKS = frozenset("iso img vhd vhdx udf dmg".split())
_MACROS = frozenset("docm dotm xlsm xltm xlam xlsb pptm potm ppam ppsm sldm".split())
_PAGES = frozenset("htm html shtml xhtml xht mht mhtml svg hta".split())
_DOCUMENTS = frozenset("pdf doc docx xls xlsx ppt pptx jpg jpeg png gif txt csv rtf zip mp3 mp4 wav".split())
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_MAGIC = (
    (b"MZ", "a Windows program", frozenset("exe dll scr com sys cpl ocx".split())),
    (b"\x7fELF", "a Linux program", frozenset({"so", "elf", "bin", ""})),
    (b"%PDF-", "a PDF document", frozenset({"pdf"})),
    (b"Rar!\x1a\x07", "a RAR archive", frozenset({"rar"})),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", frozenset({"7z"})),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "a Windows shortcut", frozenset({"lnk"})),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_VBA_IN_OLE = "_VBA_PROJECT".encode("utf-16-le")


def judge_attachment(name: str, media_type: str, data: bytes, notes: Notes, *, where: str) -> None:
    """Note what is dangerous or false about an attachment."""
    if _BIDI.search(name):
        message = (
            f"the file name {name!r} holds characters that turn the direction of writing, so that it shows "
            "another ending"
        )
        notes.finding("bidi-control", Severity.WARNING, where, message)
    clean = _BIDI.sub("", name).strip().rstrip(". ").lower()
    stem, _, suffix = clean.rpartition(".")
    _judge_name(stem, suffix, notes, where)
    _judge_bytes(suffix, media_type, data, notes, where)


def _judge_name(stem: str, suffix: str, notes: Notes, where: str) -> None:
    if suffix in _PROGRAMS:
        inner = stem.rpartition(".")[2].strip()
        double = f", made to look like .{inner}" if inner in _DOCUMENTS else ""
        notes.finding(
            "attachment-program", Severity.WARNING, where, f"the attachment is a program or script (.{suffix}{double})"
        )
    elif suffix in _IMAGES_OF_DISKS:
        notes.finding(
            "attachment-disk-image",
            Severity.WARNING,
            where,
            f"the attachment is a disk image (.{suffix}), which hides programs from filters",
        )
    elif suffix in _MACROS:
        notes.finding(
            "attachment-macro",
            Severity.WARNING,
            where,
            f"the attachment is a document of a kind that holds macros (.{suffix})",
        )
    elif suffix in _PAGES:
        notes.finding(
            "attachment-page",
            Severity.WARNING,
            where,
            f"the attachment is a page (.{suffix}), which opens in the browser without a server",
        )


def _judge_bytes(suffix: str, media_type: str, data: bytes, notes: Notes, where: str) -> None:
    for magic, what, suffixes in _MAGIC:
        if data.startswith(magic) and suffix not in suffixes:
            message = (
                f"the attachment is named or declared otherwise ({media_type}), but its first bytes are those of {what}"
            )
            notes.finding("attachment-type-differs", Severity.WARNING, where, message)
    if data.startswith(b"PK\x03\x04"):
        if b"vbaProject.bin" in data:
            notes.finding("attachment-macro", Severity.WARNING, where, "the document holds macros (vbaProject.bin)")
        if len(data) > 7 and data[6] & 1:
            notes.finding(
                "attachment-encrypted", Severity.NOTICE, where, "the archive is encrypted; its content was not read"
            )
    elif data.startswith(_OLE) and _VBA_IN_OLE in data:
        notes.finding("attachment-macro", Severity.WARNING, where, "the document holds macros (_VBA_PROJECT)")
    if media_type in {"text/html", "image/svg+xml", "application/xhtml+xml"} and suffix not in _PAGES:
        notes.finding(
            "attachment-page",
            Severity.WARNING,
            where,
            f"the attachment is a page ({media_type}), which opens in the browser without a server",
        )

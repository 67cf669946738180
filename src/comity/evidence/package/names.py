"""Names that every system can hold, and names that only look different.

A package is opened on systems that its maker never saw: Windows forbids letters and whole names, macOS holds two ways
to write ``Ä`` to be one, both hold ``a`` and ``A`` to be one. So evidence is packed under portable names, with its own
name in the evidence manifest, and nothing is unpacked whose name is not portable.
"""

import hashlib
import re
import unicodedata

SEGMENT_BYTES_MAX = 240
"""Of one name in UTF-8; file systems hold 255."""
PATH_BYTES_MAX = 4000
DEPTH_MAX = 100
_FORBIDDEN = frozenset('<>:"/\\|?*%')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_HIDDEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_PLAIN = re.compile(r"[A-Za-z0-9_+,;=@~!#$&'()\[\]{}^` .-]+")


def faults(segment: str) -> str:
    """Why a name cannot be held alike everywhere; empty: it can."""
    if segment in ("", ".", ".."):
        return "is no name"
    if segment[-1] in ". " or segment[0] == " ":
        return "begins with a space or ends in a dot or a space"
    return "is reserved by Windows" if _RESERVED.fullmatch(segment) else _letter_faults(segment)


def _letter_faults(segment: str) -> str:
    if len(segment.encode("utf-8", "surrogatepass")) > SEGMENT_BYTES_MAX:
        return f"is longer than {SEGMENT_BYTES_MAX} bytes"
    if _PLAIN.fullmatch(segment):
        return ""
    if any(letter in _FORBIDDEN or unicodedata.category(letter) in _HIDDEN for letter in segment):
        return "holds letters that are forbidden or hidden"
    return "" if unicodedata.is_normalized("NFC", segment) else "is not in the Unicode form NFC"


def path_faults(path: str) -> str:
    """Why a path with slashes cannot be unpacked anywhere; empty: it can."""
    segments = path.split("/")
    if len(segments) > DEPTH_MAX or len(path.encode("utf-8", "surrogatepass")) > PATH_BYTES_MAX:
        return "is too long or too deep"
    found = (f"{segment!r} {fault}" for segment in segments if (fault := faults(segment)))
    return next(found, "")


def collision_key(path: str) -> str:
    """Two paths with the same key may be one file on some system (Unicode canonical caseless matching, D145)."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())


def portable(name: str) -> str:
    """A portable name for any file name, the same where it already is; what is not becomes ``=XX`` by byte."""
    if not faults(name):
        return name
    text = unicodedata.normalize("NFC", name)
    text = "".join(
        _escaped(letter) if letter in _FORBIDDEN or unicodedata.category(letter) in _HIDDEN else letter
        for letter in text
    )
    if text[0] == " ":
        text = "=20" + text[1:]
    if text[-1] in ". ":
        text = text[:-1] + _escaped(text[-1])
    if _RESERVED.fullmatch(text):
        text = _escaped(text[0]) + text[1:]
    if len(text.encode()) > SEGMENT_BYTES_MAX:
        digest = hashlib.sha256(_octets(name)).hexdigest()[:16]
        kept = text.encode()[: SEGMENT_BYTES_MAX - 40].decode("utf-8", "ignore").rstrip(". ")
        text = f"{kept}~{digest}"
    return text


def another(name: str, number: int) -> str:
    """Another name, for one that is taken: ``report~2.txt``."""
    stem, dot, suffix = name.rpartition(".")
    if not stem or len(suffix) > 20:
        stem, dot, suffix = name, "", ""
    stem = stem.encode()[: SEGMENT_BYTES_MAX - 40].decode("utf-8", "ignore")
    return f"{stem}~{number}{dot}{suffix}"


def _escaped(letter: str) -> str:
    return "".join(f"={octet:02X}" for octet in _octets(letter))


def _octets(text: str) -> bytes:
    """The bytes of a name as the system has it; of halves of characters, which no system gives, some bytes."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")

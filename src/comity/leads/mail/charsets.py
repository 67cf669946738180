"""Bytes to text under whatever charset a mail claims, and what was wrong with the claim.

A charset is looked up in a closed list of true text encodings: Python's codec registry also answers to names such as
``zlib`` or ``unicode_escape``, which a sender could abuse.
"""

import codecs
import re
from dataclasses import dataclass
from enum import StrEnum

_TEXT_CODEC = re.compile(
    r"utf-(?:7|8|16|16-be|16-le|32|32-be|32-le)|ascii|iso8859-\d+|cp\d+|koi8-[rtu]|gb2312|gbk|gb18030|big5|big5hkscs"
    r"|euc_(?:jp|kr|jis_2004|jisx0213)|shift_jis(?:_2004|x0213)?|iso2022_\w+|johab|hz|tis-620|ptcp154|kz1048|mac-\w+"
    r"|hp-roman8"
)
_NAME = re.compile(r"[A-Za-z0-9_.:+-]{1,40}")

# What a mail program means by a name, where Python means less: the supersets of the WHATWG Encoding Standard.
_MEANT = {
    "ascii": "utf-8",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "tis-620": "cp874",
    "big5": "big5hkscs",
}
_ALIASES = {
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "iso-8859-6-i": "iso8859-6",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601-1989": "cp949",
    "x-windows-949": "cp949",
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
    "x-euc-jp": "euc_jp",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "utf8mb4": "utf-8",
    "unicode": "utf-16",
    "macintosh": "mac-roman",
    "x-mac-roman": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "ansi_x3.4-1968": "ascii",
    "ansi_x3.110-1983": "cp1252",
}
_UNMAPPED = {0xDC00 + byte: byte for byte in range(0x80, 0x100)}


class CharsetProblem(StrEnum):
    """What was wrong with a charset claim."""

    NONE = ""
    UNKNOWN = "unknown"
    """The name is no charset."""
    WRONG = "wrong"
    """The bytes are not in the charset named."""
    UTF7 = "utf-7"
    """Readable, but forbidden in new mail and used to slip past filters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A text and how it was got."""

    text: str
    charset: str
    problem: CharsetProblem


def find_codec(charset: str) -> str:
    """The Python codec that a charset name means; empty where it is none that holds text."""
    name = charset.strip().strip("'\"").strip().lower()
    if not _NAME.fullmatch(name):
        return ""
    name = _ALIASES.get(name, name)
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        digits = re.fullmatch(r"(?:cp|windows|win|dos|ibm|x-cp)[-_]?(\d{3,5})", name)
        if not digits:
            return ""
        try:
            codec = codecs.lookup(f"cp{digits[1]}").name
        except LookupError:
            return ""
    if not _TEXT_CODEC.fullmatch(codec):
        return ""
    return _MEANT.get(codec, codec)


def decode_text(data: bytes, charset: str = "") -> Decoded:
    """Text of `data`, whatever happens; UTF-8 and then Windows-1252 where the claim does not hold."""
    codec = find_codec(charset) if charset else ""
    if codec == "utf-7":
        text = _without_surrogates(data.decode("utf-7", "replace"))
        return Decoded(text=text, charset=codec, problem=CharsetProblem.UTF7)
    if codec:
        text_or_none = _try(data, codec)
        if text_or_none is not None:
            return Decoded(text=text_or_none, charset=codec, problem=CharsetProblem.NONE)
        problem = CharsetProblem.NONE if codec == "utf-8" and _is_ascii_claim(charset) else CharsetProblem.WRONG
    else:
        problem = CharsetProblem.UNKNOWN if charset else CharsetProblem.NONE
    return _guess(data, codec, problem)


def _guess(data: bytes, codec: str, problem: CharsetProblem) -> Decoded:
    wide = _wide_codec(data)
    for candidate in (wide, "utf-8"):
        text = _try(data, candidate) if candidate else None
        if text is not None:
            return Decoded(text=text, charset=candidate, problem=problem)
    if codec and codec not in {"utf-8", "cp1252"}:
        # Mostly right and partly broken: the named charset with marks beats a charset that nobody named.
        return Decoded(text=data.decode(codec, "replace"), charset=codec, problem=problem)
    if codec == "utf-8" and problem is CharsetProblem.WRONG and data.count(b"\xef\xbf\xbd") * 20 > len(data):
        return Decoded(text=data.decode("utf-8", "replace"), charset="utf-8", problem=problem)
    return Decoded(text=_western(data), charset="cp1252", problem=problem)


def _try(data: bytes, codec: str) -> str | None:
    if codec == "cp1252":
        return _western(data)
    try:
        text = data.decode(codec)
    except (UnicodeDecodeError, UnicodeError):
        return None
    return text.removeprefix("\ufeff")


def _western(data: bytes) -> str:
    """Windows-1252, its five holes kept as control characters so that no byte is lost."""
    return data.decode("cp1252", "surrogateescape").translate(_UNMAPPED)


def _wide_codec(data: bytes) -> str:
    """UTF-16 by its mark, or by every second byte being zero."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "utf-16"
    sample = data[:4096]
    if len(sample) >= 8 and len(data) % 2 == 0:
        half = len(sample) // 2
        if sample[1::2].count(0) > half * 0.6:
            return "utf-16-le"
        if sample[0::2].count(0) > half * 0.6:
            return "utf-16-be"
    return ""


def _is_ascii_claim(charset: str) -> bool:
    return "ascii" in charset.lower() or "ansi" in charset.lower()


def _without_surrogates(text: str) -> str:
    """UTF-7 can spell half a character, which no UTF-8 writer accepts."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

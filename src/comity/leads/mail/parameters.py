"""Parameters of Content-Type and Content-Disposition, with the continuations and charsets of RFC 2231."""

import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from comity.leads.mail.charsets import decode_text
from comity.leads.mail.words import decode_words

_PARAMETER = re.compile(r';\s*([^\s=;"]{1,80})\s*=\s*(?:"((?:[^"\\]|\\.)*)(?:"|$)|([^;]*))', re.DOTALL)
_MEDIA_TYPE = re.compile(r"\s*\"?([A-Za-z0-9!#$&^_.+-]{1,100}/[A-Za-z0-9!#$&^_.+*-]{1,150})")
_QUOTED_PAIR = re.compile(r"\\(.)", re.DOTALL)
_LONGEST = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Valued:
    """A header value with parameters."""

    value: str
    """Lower-case first token: a media type or a disposition; empty: none that can be read."""
    parameters: dict[str, str]

    def get(self, name: str) -> str:
        """A parameter, decoded; empty: absent."""
        return self.parameters.get(name, "")


def read_media_type(text: str) -> Valued:
    """Content-Type; its value is empty where there is no ``type/subtype``."""
    match = _MEDIA_TYPE.match(text)
    return Valued(value=match[1].lower() if match else "", parameters=_parameters(text))


def read_disposition(text: str) -> Valued:
    """Content-Disposition."""
    return Valued(value=text.partition(";")[0].strip().lower()[:40], parameters=_parameters(text))


def _parameters(text: str) -> dict[str, str]:
    plain: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    start = text.find(";")
    if start < 0:
        return plain
    for match in _PARAMETER.finditer(text[start : start + _LONGEST]):
        name, value = match[1].lower(), _value(match)
        base, star, tail = name.partition("*")
        if not star:
            plain.setdefault(base, decode_words(value))
            continue
        number = tail.rstrip("*")
        order = int(number) if number.isdecimal() and len(number) < 6 else 0
        pieces.setdefault(base, []).append((order, name.endswith("*"), value))
    for base, parts in pieces.items():
        plain[base] = _joined(sorted(parts, key=lambda part: part[0]))
    return plain


def _value(match: re.Match[str]) -> str:
    if match[2] is not None:
        return _QUOTED_PAIR.sub(r"\1", match[2])
    return match[3].strip()


def _joined(parts: list[tuple[int, bool, str]]) -> str:
    charset = ""
    data: list[bytes] = []
    for index, (_, encoded, value) in enumerate(parts):
        piece = value
        if encoded and index == 0 and piece.count("'") >= 2:
            charset, _, piece = piece.split("'", 2)
        data.append(unquote_to_bytes(piece) if encoded else piece.encode("utf-8", "replace"))
    return decode_text(b"".join(data), charset or "utf-8").text

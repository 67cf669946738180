"""What looks like observables and is none: message ids, boundaries, signatures, encoded blocks."""

import re
from collections.abc import Iterable

from comity.leads.extract.view import holds_any

_FOLDED = r"[^\n]*(?:\n[ \t]+[^\n]*)*"
_HEADERS = re.compile(
    r"^[ \t>]*(?:(?:in-reply-to|references):[ \t]*(?=<)|(?:message-id|content-id|x-[\w-]*message-?id|x-ms-[\w-]*"
    r"|thread-index|thread-topic|x-forefront-[\w-]*|x-microsoft-[\w-]*|x-gm-[\w-]*|x-sg-[\w-]*|x-spam-[\w-]*"
    r"|x-virus-[\w-]*|x-mailer|user-agent"
    r"|mime-version|feedback-id|x-incoming[\w-]*|x-uid[\w-]*|x-eopattributed[\w-]*|x-eoptenant[\w-]*):)" + _FOLDED,
    re.IGNORECASE | re.MULTILINE,
)
_SIGNATURE = re.compile(
    r"^[ \t>]*(?:dkim-signature|domainkey-signature|arc-seal|arc-message-signature|x-google-dkim-signature):" + _FOLDED,
    re.IGNORECASE | re.MULTILINE,
)
_SIGNATURE_TAG = re.compile(r"\b(?!d=|i=)[a-z]{1,2}=[^;]*", re.IGNORECASE)
_TOKENS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    (("cid:", "mid:"), re.compile(r"\b[cm]id:[^\s\"'<>)]+", re.IGNORECASE)),
    (("base64",), re.compile(r"data:[\w/+.;=-]{0,80}base64,[A-Za-z0-9+/=%\s]*", re.IGNORECASE)),
    (("boundary",), re.compile(r"\bboundary\s?=\s?(?:\"[^\"\n]*\"|\S+)", re.IGNORECASE)),
    (("-----begin",), re.compile(r"-----BEGIN [A-Z0-9 ]{3,40}-----.*?(?:-----END [A-Z0-9 ]{3,40}-----|\Z)", re.DOTALL)),
)
_BLOCK = re.compile(
    r"(?:(?:^|\n)[ \t>]*[A-Za-z0-9+/]{56,}={0,2}[ \t]*\r?(?=\n|\Z)){2,}"
    r"(?:\n[ \t>]*[A-Za-z0-9+/]{1,76}={0,2}[ \t]*\r?(?=\n|\Z))?"
)
_HEADER_WORDS = ("-id:", "references:", "\nx-", "in-reply-to:", "agent:", "mailer:")
_LONGEST_TOKEN = 140
_LONG = re.compile(r"[A-Za-z0-9+/=_-]{140,}+")
_HEX_BLOCK = re.compile(r"[0-9A-Fa-f]+\Z")


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with each span (in order, none overlapping another that ends later) replaced by as many spaces."""
    pieces: list[str] = []
    done = 0
    for start, end in spans:
        if end <= done:
            continue
        first = max(start, done)
        pieces += (text[done:first], _spaces(text, first, end))
        done = end
    if not pieces:
        return text
    pieces.append(text[done:])
    return "".join(pieces)


def _spaces(text: str, start: int, end: int) -> str:
    """Spaces, line ends kept, so that what is a line stays one."""
    span = text[start:end]
    return "".join("\n" if char == "\n" else " " for char in span) if "\n" in span else " " * len(span)


def without_noise(text: str, lowered: str, *, encoded: bool) -> str:
    """The text with all blanked that yields no observables, at the same offsets.

    `encoded`: whether there are runs long enough to be lines of base64.
    """
    if holds_any(lowered, _HEADER_WORDS):
        text = blank(text, (match.span() for match in _HEADERS.finditer(text)))
    if "signature:" in lowered or "arc-seal:" in lowered:
        text = _without_signatures(text)
    for words, pattern in _TOKENS:
        if holds_any(lowered, words):
            text = blank(text, (match.span() for match in pattern.finditer(text)))
    if encoded:
        text = blank(text, (match.span() for match in _BLOCK.finditer(text) if not _is_list_of_hashes(match.group())))
    return text


def without_long_tokens(text: str, runs: Iterable[tuple[int, int]]) -> str:
    """The text without tokens that are longer than any observable, sought in its long runs once the URLs are out."""
    long = [run for run in runs if run[1] - run[0] >= _LONGEST_TOKEN]
    return blank(text, (match.span() for start, end in long for match in _LONG.finditer(text, start, end)))


def _is_list_of_hashes(block: str) -> bool:
    """Lines of hexadecimal digits only, each as long as a hash."""
    return all(
        _HEX_BLOCK.match(line.strip()) and len(line.strip()) in (64, 128) for line in block.split("\n") if line.strip()
    )


def _without_signatures(text: str) -> str:
    spans: list[tuple[int, int]] = []
    for header in _SIGNATURE.finditer(text):
        colon = text.index(":", header.start()) + 1
        spans += (match.span() for match in _SIGNATURE_TAG.finditer(text, colon, header.end()))
    return blank(text, spans)

"""Encoded words of RFC 2047, read as leniently as mail programs do.

Neighbouring words of one charset are joined as bytes before they are decoded, because senders split characters across
words (which RFC 2047 5(3) forbids); language tags (RFC 2231 5), spaces inside words, missing padding and a missing end
are accepted.
"""

import binascii
import re
from dataclasses import dataclass

from comity.leads.mail.charsets import decode_text
from comity.leads.mail.transfer import decode_base64

_HEAD = re.compile(r"=\?([A-Za-z0-9_.:+-]{1,40})(?:\*[A-Za-z0-9-]{0,20})?\?([bBqQ])\?")
_WORD_END = re.compile(r"[\s]|$")


@dataclass(frozen=True, slots=True)
class _Word:
    charset: str
    data: bytes


def has_words(text: str) -> bool:
    """Whether anything in the text looks like an encoded word."""
    return "=?" in text and _HEAD.search(text) is not None


def decode_words(text: str) -> str:
    """The text with its encoded words decoded; other text as it stands."""
    if "=?" not in text:
        return text
    out: list[str] = []
    pending: list[_Word] = []
    position = 0
    for start, end, word in _find_words(text):
        between = text[position:start]
        if pending and between.strip():
            out.append(_decode_run(pending))
            pending = []
        if not pending or between.strip():
            out.append(between)
        pending.append(word)
        position = end
    out.append(_decode_run(pending))
    out.append(text[position:])
    return "".join(out)


def _find_words(text: str) -> list[tuple[int, int, _Word]]:
    found: list[tuple[int, int, _Word]] = []
    position = 0
    last_close = text.rfind("?=")
    while (start := text.find("=?", position)) >= 0:
        head = _HEAD.match(text, start)
        if head is None:
            position = start + 2
            continue
        close = text.find("?=", head.end()) if head.end() <= last_close else -1
        if close < 0:
            # The end is missing: the word reaches to the next white space.
            match = _WORD_END.search(text, head.end())
            close = match.start() if match else len(text)
            end = close
        else:
            end = close + 2
        payload = text[head.end() : close]
        found.append((start, end, _Word(head[1], _payload(payload, head[2]))))
        position = end
    return found


def _payload(payload: str, encoding: str) -> bytes:
    raw = payload.encode("utf-8", "replace")
    if encoding in "bB":
        return decode_base64(raw).data
    return binascii.a2b_qp(raw.replace(b"_", b" "))


def _decode_run(words: list[_Word]) -> str:
    out: list[str] = []
    index = 0
    while index < len(words):
        charset = words[index].charset.lower()
        data: list[bytes] = []
        while index < len(words) and words[index].charset.lower() == charset:
            data.append(words[index].data)
            index += 1
        out.append(decode_text(b"".join(data), charset).text)
    return "".join(out)

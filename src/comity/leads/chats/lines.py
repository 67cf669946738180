"""Chats of one message a line, as WhatsApp exports them in many languages, and others like them.

The form is the user's: order of day, month and year, 12 or 24 hours, brackets (iOS) or a dash (Android), digits and
the words for morning and afternoon of the language, and marks that cannot be seen. A message may take several lines.
"""

import re
from datetime import datetime
from itertools import pairwise

from comity.leads.chats.message import Chat, Message, speaker_of
from comity.leads.extract.view import fold_text

_M = "[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]{0,8}"
"""Marks that cannot be seen; bounded, so that a long run of them costs nothing."""
_MORNING = r"AM|a\.?\s?m\.?|π\.?μ\.?|ص|午前|上午|오전|पूर्वाह्न|ÖÖ|дп|de\.?|fm|f\.h\."
_AFTERNOON = r"PM|p\.?\s?m\.?|μ\.?μ\.?|م|午後|下午|오후|अपराह्न|ÖS|пп|du\.?|em|e\.h\."
_HEAD = re.compile(
    rf"^{_M}\[?{_M}(?P<a>\d{{1,4}}){_M}(?:[./-]\s?|년 ?|年){_M}(?P<b>\d{{1,2}}){_M}(?:[./-]\s?|월 ?|月){_M}"
    rf"(?P<c>\d{{1,4}})(?:\.|일|日)?[,،]?{_M}\s+(?:klo |kl\. |um |à |às |alle |a las )?{_M}"
    rf"(?:(?P<early>{_MORNING}|{_AFTERNOON})\s?)?"
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?"
    rf"(?:\s?(?P<late>{_MORNING}|{_AFTERNOON}))?{_M}(?:\]\s?|\s?[-–]\s|,\s)",
    re.IGNORECASE | re.MULTILINE,
)
_SAID = re.compile(r"(?P<name>[^\n:]{1,80}?)\s?:(?:\s|$)")
_WHATSAPP_WORDS = re.compile(
    r"whats ?app|end-to-end|ende-zu-ende|de bout en bout|extremo a extremo|ponta a ponta|end-to-end-versleuteld"
    r"|crittografia end|сквозным шифрованием|端到端|端對端|uçtan uca|متشفرة|مشفرة تمامًا|एंड-टू-एंड"
    r"|<(?:media omitted|medien ausgeschlossen|médias omis|multimedia omitido|mídia oculta|media weggelaten|attached"
    r"|anhang|adjunto|pièce jointe|anexado|allegato|bijgevoegd)[^>]{0,120}>"
    r"|\((?:file attached|datei angehängt|archivo adjunto|fichier joint|arquivo anexado)\)"
    r"|\b(?:IMG|VID|PTT|AUD|STK|DOC)-\d{8}-WA\d{4}\.|\b(?:image|video|audio|sticker|document|GIF) omitted\b"
    r"|\d{8}-(?:PHOTO|VIDEO|AUDIO|STICKER)-\d{4}",
    re.IGNORECASE,
)
_LEAST = 2
_SAMPLE_CHARS = 1 << 16


def read_lines(text: str, *, name: str) -> Chat | None:
    """The chat that a text is; None: it is none."""
    folded = fold_text(text)
    if not _is_chat(folded):
        return None
    heads = list(_HEAD.finditer(folded))
    order, unsure = _order([_date(head) for head in heads], american=any(_half(head) for head in heads))
    messages = tuple(_message(number, head, text, order) for number, head in enumerate(heads, start=1))
    if sum(1 for one in messages if one.speaker) < _LEAST or not any(one.at for one in messages):
        return None
    return Chat(platform=_platform(folded, heads, name), messages=messages, zoned=False, unsure_days=unsure)


def _is_chat(folded: str) -> bool:
    """Whether the first lines are messages, or go on with one."""
    sample = folded[:_SAMPLE_CHARS]
    heads = list(_HEAD.finditer(sample))
    if len(heads) < _LEAST or sample[: heads[0].start()].count("\n") > 5:
        return False
    said = sum(1 for head in heads if _SAID.match(sample, head.end()))
    return said >= max(_LEAST, len(heads) // 2) and len(heads) * 12 >= sample.count("\n")


def _date(head: re.Match[str]) -> tuple[int, int, int]:
    return int(head["a"]), int(head["b"]), int(head["c"])


def _half(head: re.Match[str]) -> str:
    """``a`` or ``p`` of a clock of twelve hours; empty: it has twenty-four."""
    word = head["early"] or head["late"] or ""
    return "" if not word else "a" if re.fullmatch(_MORNING, word, re.IGNORECASE) else "p"


def _order(dates: list[tuple[int, int, int]], *, american: bool) -> tuple[str, bool]:
    """``ymd``, ``dmy`` or ``mdy``, and whether that is a guess.

    What the numbers leave open, the course of time decides: messages stand in their order. What that leaves open,
    too, is a guess.
    """
    if all(a > 31 for a, _, _ in dates):
        return "ymd", False
    if any(a > 12 for a, _, _ in dates):
        return "dmy", False
    if any(b > 12 for _, b, _ in dates):
        return "mdy", False
    by_day = [(c, b, a) for a, b, c in dates]
    by_month = [(c, a, b) for a, b, c in dates]
    falls = (_falls(by_day), _falls(by_month))
    if falls[0] != falls[1]:
        return ("dmy" if falls[0] < falls[1] else "mdy"), False
    return ("mdy" if american else "dmy"), any(a != b for a, b, _ in dates)


def _falls(dates: list[tuple[int, int, int]]) -> int:
    return sum(1 for before, after in pairwise(dates) if after < before)


def _message(number: int, head: re.Match[str], text: str, order: str) -> Message:
    end = text.find("\n", head.end())
    said = _SAID.match(text, head.end(), end if end >= 0 else len(text))
    speaker, name = speaker_of(said["name"]) if said else ("", "")
    return Message(number=number, at=_moment(head, order), speaker=speaker, name=name, start=head.start())


def _moment(head: re.Match[str], order: str) -> str:
    first, second, third = _date(head)
    year, month, day = {
        "ymd": (first, second, third),
        "dmy": (third, second, first),
        "mdy": (third, first, second),
    }[order]
    hour, minute = int(head["hour"]), int(head["minute"])
    half = _half(head)
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    second_of_minute = int(head["second"] or 0)
    try:
        at = datetime(year + (2000 if year < 100 else 0), month, day, hour, minute, second_of_minute)  # noqa: DTZ001  # the export names no zone
    except ValueError:
        return ""
    return at.isoformat()


def _platform(folded: str, heads: list[re.Match[str]], name: str) -> str:
    lowered = name.casefold()
    for platform in ("whatsapp", "telegram", "signal", "viber", "threema", "line"):
        if platform in lowered and (platform != "line" or lowered.startswith("[line]")):
            return platform
    within = folded[heads[0].start() : heads[0].start() + _SAMPLE_CHARS]
    return "whatsapp" if _WHATSAPP_WORDS.search(within) else ""

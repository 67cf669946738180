"""The one pass over long numbers: each is a telephone, a card, a device, an account, a reference, or nothing."""

import re
from collections.abc import Iterator

import msgspec

from comity.leads.extract.cards import card_scheme, is_grouped, mask_card
from comity.leads.extract.devices import is_imei
from comity.leads.extract.labels import Label, label_before
from comity.leads.extract.phones import find_phone
from comity.leads.extract.sighting import Sighting
from comity.leads.model import ObservableKind

_RUN = re.compile(
    r"[+(0-9](?<![\w.@&#%*$].)(?<!\d[,:-].)(?:(?<=\()\+[ ]?|(?<=\+)[ ]?)?(?:\(?\d|(?<=\d))"
    r"(?:[ ().\-/\u00a0]{0,3}\d){6,40}(?![\w*@])(?!,\d)"
)
_PIECE = re.compile(r"[^\s/]+")
_DATE = re.compile(r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?:[ T]\d.*)?")
_CARD_AFTER = re.compile(r"\s?[|,;:/]\s?(?:0?[1-9]|1[0-2])\s?[|,;:/ ]\s?(?:20)?\d{2}\b")
_LINE_END = re.compile(r"[ \t]*(?:[\r\n]|$)")
_NOT_DIGIT = re.compile(r"\D")
_TELLING = re.compile(r"\+|\(\d|\d{5}[ -]\d{5}|\d[.-]\d{3}[.-]\d{4}")
"""What an unlabelled number shorter than a card's must have in it."""
_UNTELLING = (Label.NONE, Label.OTHER)
_ACCOUNT_DIGITS = 20
"""Longest account number beside a word for one: those of Russian banks have 20 digits."""
_MAX_PIECES = 12
_LONGEST_PIECES = 6
"""Pieces of which one number is made at most: ``+33 1 23 45 67 89``."""


class _Candidate(msgspec.Struct, frozen=True):
    """A number as it stands in a text, with the label before it."""

    text: str
    start: int
    end: int
    label: Label

    @property
    def raw(self) -> str:
        return self.text[self.start : self.end]


def find_numbers(text: str, *, regions: tuple[str, ...]) -> Iterator[Sighting]:
    """Telephone numbers, cards, IMEIs, account numbers and payment references."""
    for match in _RUN.finditer(text):
        yield from _read_run(text, match.start(), match.end(), regions)


def read_number(digits: str, label: Label, *, regions: tuple[str, ...]) -> tuple[Sighting, ...]:
    """What a text is that is nothing but digits, under a label: as `find_numbers` reads it, without the search."""
    return tuple(_read(_Candidate(digits, 0, len(digits), label), regions))


def _read_run(text: str, start: int, end: int, regions: tuple[str, ...]) -> Iterator[Sighting]:
    """Reads a run of numbers, as a whole or, where that is nothing, its pieces: longest first, from the left."""
    label = label_before(text, start)
    if label in _UNTELLING and end - start < 13 and not _TELLING.search(text, start, end):
        return
    pieces = [match.span() for match in _PIECE.finditer(text, start, end)][:_MAX_PIECES]
    first = 0
    while first < len(pieces):
        for last in range(min(len(pieces), first + _LONGEST_PIECES), first, -1):
            seen = tuple(_read(_Candidate(text, pieces[first][0], pieces[last - 1][1], label), regions))
            if seen:
                yield from seen
                first = last - 1
                break
        first += 1


def _read(number: _Candidate, regions: tuple[str, ...]) -> Iterator[Sighting]:
    raw = number.raw
    digits = _NOT_DIGIT.sub("", raw)
    if not 6 <= len(digits) <= 22 or len(set(digits)) < 2 or _DATE.fullmatch(raw):
        return
    kind, value = (None, "") if "+" in raw else _bank_number(number, raw, digits)
    if kind:
        yield Sighting(kind, value, number.start, number.end)
    elif number.label not in (Label.CARD, Label.ACCOUNT, Label.IMEI, Label.REFERENCE) or "+" in raw:
        yield from find_phone(raw, number.start, number.end, label=number.label, regions=regions)


def _bank_number(number: _Candidate, raw: str, digits: str) -> tuple[ObservableKind | None, str]:
    if is_imei(digits, raw, labelled=number.label is Label.IMEI):
        return ObservableKind.IMEI, digits
    if number.label is Label.REFERENCE and len(digits) >= 10 and raw == digits:
        return ObservableKind.TRANSACTION, digits
    if card_scheme(digits) and _is_card(number, raw):
        return ObservableKind.CARD, mask_card(digits)
    if number.label is Label.ACCOUNT and len(digits) <= _ACCOUNT_DIGITS and re.fullmatch(r"\d[\d -]+", raw):
        return ObservableKind.BANK_ACCOUNT, digits
    return None, ""


def _is_card(number: _Candidate, raw: str) -> bool:
    if number.label is Label.CARD or is_grouped(raw):
        return True
    if number.label is not Label.NONE or not raw.isdigit():
        return False
    return _CARD_AFTER.match(number.text, number.end) is not None or _stands_alone(number)


def _stands_alone(number: _Candidate) -> bool:
    """A line that is nothing but a number as long as a card's: a list of stolen cards."""
    before = number.text[number.start - 1 : number.start]
    return before in ("", "\n") and _LINE_END.match(number.text, number.end) is not None and len(number.raw) in (15, 16)

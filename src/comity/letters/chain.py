"""The inner chain of a country: through whose hands a letter goes before it leaves, as ``data/chains`` says.

A country without a file has no known chain: the letter then says so, and is signed by whom the case file names.
"""

import tomllib
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

import msgspec

from comity.law import Channel, Confidence
from comity.letters.errors import LettersDataError
from comity.letters.model import Handover, Kind, Origin, OriginKind
from comity.letters.tables import Row
from comity.letters.wording import catalogue, fixed
from comity.plan import Case

AUTHORITY, COURT = "authority", "court"
#: Offices that stand for them where the case file does not tell.
_UNTOLD = {AUTHORITY: "conducting", COURT: "court"}


class Hand(Row, frozen=True, kw_only=True):
    """One hand; what it is called, does and adds stands in the catalogues (``office``, ``does``, ``adds``)."""

    who: str
    """``authority`` (who conducts the case), ``court`` (as the case file names it), or the key of an office."""
    does: str
    adds: tuple[str, ...] = ()
    signs: bool = False
    seal: bool = False
    sends: bool = False
    """It is the requesting authority as the other side sees it."""
    form: str = ""
    legal_basis: str = ""
    source_url: str
    confidence: Confidence


class Path(Row, frozen=True, kw_only=True):
    """The hands through which some kinds of letters go, in order."""

    kinds: tuple[Kind, ...]
    channels: tuple[Channel, ...] = ()
    """Empty: however the letter travels."""
    hand: tuple[Hand, ...]


class Country(Row, frozen=True, kw_only=True):
    """The file of one country."""

    state: str
    as_of: str
    path: tuple[Path, ...]


@lru_cache(maxsize=1)
def countries() -> MappingProxyType[str, Country]:
    """Every country whose chain is known."""
    folder = files("comity.letters") / "data" / "chains"
    found = {}
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            try:
                country = msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), Country)
            except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
                raise LettersDataError(file=f"letters/data/chains/{file.name}", problem=str(error)) from None
            found[country.state] = country
    return MappingProxyType(found)


def hands(state: str, kind: Kind, channel: Channel | None = None) -> tuple[Hand, ...]:
    """The hands of a country for a kind of letter that travels on a channel (None: any); empty: not known."""
    country = countries().get(state)
    paths = country.path if country else ()
    return next((path.hand for path in paths if kind in path.kinds and _travels(path, channel)), ())


def _travels(path: Path, channel: Channel | None) -> bool:
    return channel is None or not path.channels or channel in path.channels


def sender(state: str, kind: Kind, channel: Channel | None = None) -> Hand | None:
    """Who sends such a letter abroad; None: not known, or whoever conducts the case."""
    found = hands(state, kind, channel)
    return next((hand for hand in found if hand.sends and hand.who not in {AUTHORITY, COURT}), None)


def legal_basis(state: str, kind: Kind) -> str:
    """Under which law of the country the court issues such a letter; empty: not known."""
    return next((hand.legal_basis for hand in hands(state, kind) if hand.who == COURT and hand.legal_basis), "")


def chain(case: Case, kind: Kind, channel: Channel | None = None) -> tuple[Handover, ...]:
    """The hands, with names from the case file put in."""
    state = case.requesting_state
    return tuple(
        _handover(number, hand, case, state) for number, hand in enumerate(hands(state, kind, channel), start=1)
    )


def name_in(case: Case, who: str) -> str:
    """The name that stands for a hand in a case, in English; empty: the case file does not tell it."""
    if who == AUTHORITY:
        return case.authority.name
    if who == COURT:
        return case.court.name if case.court else ""
    return catalogue().say(f"office.{who}", state=case.requesting_state)


def office_of(who: str) -> str:
    """The key of the office under which a hand is known in every language; empty: it has a name of its own."""
    return "" if who in {AUTHORITY, COURT} else who


def origin_of(hand: Hand, state: str) -> Origin:
    """Where what is said of a hand comes from."""
    return Origin(
        kind=OriginKind.LAW_DATA,
        where=f"chains/{state}",
        url="" if hand.source_url == "memory" else hand.source_url,
        as_of=countries()[state].as_of,
        confidence=hand.confidence,
    )


def _handover(number: int, hand: Hand, case: Case, state: str) -> Handover:
    origin = origin_of(hand, state)
    return Handover(
        number=number,
        who=name_in(case, hand.who) or catalogue().say(f"office.{_UNTOLD[hand.who]}"),
        office=office_of(hand.who) if name_in(case, hand.who) else _UNTOLD[hand.who],
        state=state,
        does=fixed(f"does.{hand.does}", origin=origin),
        adds=tuple(fixed(f"adds.{paper}", origin=origin) for paper in hand.adds),
        signs=hand.signs,
        form=hand.form,
        legal_basis=hand.legal_basis,
        origin=origin,
    )

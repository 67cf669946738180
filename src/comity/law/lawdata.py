"""All law data in one value: what the files under ``data/`` hold, and what ``registry.msgpack`` keeps compiled."""

from pathlib import Path

from comity.law.cooperation import Cooperation
from comity.law.ground import JurisdictionLaw
from comity.law.instrument import Instrument, Participation, Record
from comity.law.state import (
    Authority,
    Membership,
    NationalOffence,
    NationalsRule,
    Offence,
    Provider,
    SectionText,
    StatedPosition,
)
from comity.law.territory import Territory

DATA_FOLDER = Path(__file__).parent / "data"
COMPILED = DATA_FOLDER / "registry.msgpack"


class StateLaw(Record, frozen=True, kw_only=True):
    """One state's authorities, offences, texts of sections, stated positions, and its law on its nationals."""

    authorities: tuple[Authority, ...] = ()
    offences: tuple[NationalOffence, ...] = ()
    positions: tuple[StatedPosition, ...] = ()
    texts: tuple[SectionText, ...] = ()
    nationals: tuple[NationalsRule, ...] = ()


class LawData(Record, frozen=True, kw_only=True):
    """The whole of the law data; keys of the mappings are instrument ids, state codes and group ids."""

    instruments: tuple[Instrument, ...]
    models: tuple[Instrument, ...] = ()
    """Templates whose provisions are assumed for treaties that were not read; never routes themselves."""
    participations: dict[str, tuple[Participation, ...]]
    states: dict[str, StateLaw]
    groups: dict[str, tuple[Membership, ...]]
    offences: tuple[Offence, ...]
    providers: tuple[Provider, ...]
    jurisdiction: JurisdictionLaw = JurisdictionLaw()
    territories: tuple[Territory, ...] = ()
    cooperation: tuple[Cooperation, ...] = ()
    """International work beyond treaties."""

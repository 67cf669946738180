"""The offences for which acts of the European Union lift dual criminality: which of the case's are to be ticked."""

from functools import lru_cache
from types import MappingProxyType

from comity.letters.compose.brief import Brief
from comity.letters.compose.gravity import gravest
from comity.letters.compose.law import offences
from comity.letters.model import Kind
from comity.letters.tables import Row, read_table

#: Kinds whose form has the list.
WITH_LIST = frozenset({Kind.EAW, Kind.EIO, Kind.EPOC})


class Listed(Row, frozen=True, kw_only=True):
    """The list, by item: the offences of the law data that are of it."""

    years: float
    """The least maximum penalty in the issuing state."""
    items: dict[str, tuple[str, ...]]
    source_url: str
    as_of: str
    confidence: str


@lru_cache(maxsize=1)
def listed() -> Listed:
    """The list of ``data/listed.toml``."""
    return read_table("listed.toml", Listed)


def ticked(brief: Brief) -> MappingProxyType[str, tuple[str, ...]]:
    """The items to tick for each offence of the case that the issuing state punishes as heavily as the list asks."""
    if brief.kind not in WITH_LIST:
        return MappingProxyType({})
    heavy = [offence.id for offence in offences(brief) if gravest(offence) >= listed().years]
    found = {offence: tuple(item for item, ids in listed().items.items() if offence in ids) for offence in heavy}
    return MappingProxyType({offence: items for offence, items in found.items() if items})

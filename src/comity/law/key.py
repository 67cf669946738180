"""What makes a row of a table the same fact as another: the columns that name it."""

from comity.law.ground import ConsultationRule, ForumCriterion, GroundRule
from comity.law.instrument import Participation, Record
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

#: A participation is named by its state alone: an overlay that speaks of a state says all of its periods.
KEY_COLUMNS: dict[type[Record], tuple[str, ...]] = {
    Participation: ("state",),
    Authority: ("role", "name", "instrument", "measures"),
    NationalOffence: ("law", "section", "offence_id", "in_force_from"),
    StatedPosition: ("instrument", "reason"),
    NationalsRule: ("law", "section", "effect", "in_force_from"),
    SectionText: ("law", "section", "language", "in_force_from"),
    Membership: ("state", "from_on"),
    Offence: ("id",),
    Provider: ("id",),
    Territory: ("code",),
    GroundRule: ("instrument", "state", "law", "article"),
    ConsultationRule: ("instrument", "article"),
    ForumCriterion: ("id",),
}

KEY_SEPARATOR = "|"


def key_of(record: Record) -> tuple[str, ...]:
    """The values that name a row within its table."""
    return tuple(str(getattr(record, name)) for name in KEY_COLUMNS[type(record)])


def written_key(record: Record) -> str:
    """A key as ``deletions.csv`` writes it: values joined by ``|``, without the empty ones at the end."""
    return KEY_SEPARATOR.join(key_of(record)).rstrip(KEY_SEPARATOR)

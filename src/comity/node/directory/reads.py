"""The directory as people see it: what ships, overlaid with the agency's own entries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery

from comity.node.atlas.lookup import fold
from comity.node.directory.models import FIELDS, Call, Confirmation, Entry, Kind, values_of
from comity.node.directory.shipped import fields_of, shipped_lines

_FIRST = {Kind.CONTACT.value: 0, Kind.AUTHORITY.value: 1, Kind.PEER.value: 2, Kind.PROVIDER.value: 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the directory."""

    id: str
    values: dict[str, str]
    version: int
    """0: it ships, and nobody has touched it."""
    own: bool
    """True: it does not ship."""
    corrected: bool
    """True: it says something else than what shipped."""
    overtaken: bool
    """True: what ships has changed since the entry was made over it, or does not ship any more."""
    withdrawn: bool
    as_of: str
    confidence: str
    confirmed_at: datetime | None
    confirmed_by: str
    stale: bool
    """Not confirmed for long, or never."""
    last_call: str
    """Outcome of the newest test call; empty: there was none."""

    @property
    def measures(self) -> tuple[str, ...]:
        """Ids of measures that it serves; none: all."""
        return tuple(filter(None, self.values["measures"].split(";")))

    @property
    def kind_label(self) -> str:
        """What it is, in words."""
        return str(Kind(self.values["kind"]).label)


def stale_before(now: datetime) -> datetime:
    """What was confirmed before this moment is stale."""
    return now - timedelta(days=settings.CONFIG.directory_stale_days)


def list_lines(
    now: datetime, *, kind: str = "", state: str = "", text: str = "", measure: str = "", stale: bool = False
) -> tuple[Line, ...]:
    """What fits, by state; entries that were withdrawn are left out."""
    lines = _merged(_with_newest(Entry.objects.all()), shipped_lines(), now)
    words = fold(text).split()
    return tuple(
        line
        for line in lines
        if not line.withdrawn
        and kind in ("", line.values["kind"])
        and state in ("", line.values["state"])
        and (not measure or not line.measures or measure in line.measures)
        and (not stale or line.stale)
        and all(word in _folded(line) for word in words)
    )


def whom_to_call(now: datetime, *, state: str, measure: str) -> tuple[Line, ...]:
    """Lines of a state that serve a measure: those that always answer first, then those for this measure alone."""
    lines = list_lines(now, state=state, measure=measure)
    return tuple(sorted(lines, key=lambda one: (_FIRST[one.values["kind"]], not one.measures, one.values["name"])))


def find_line(line_id: str, now: datetime) -> Line | None:
    """One line, also one that was withdrawn."""
    shipped = {line_id: shipped_lines()[line_id]} if line_id in shipped_lines() else {}
    return next(iter(_merged(_with_newest(Entry.objects.filter(pk=line_id)), shipped, now)), None)


def _with_newest(entries: "QuerySet[Entry]") -> Iterable[Entry]:
    newest = Confirmation.objects.filter(entry=OuterRef("pk")).order_by("-at", "-pk")
    call = Call.objects.filter(entry=OuterRef("pk")).order_by("-called_at", "-pk")
    return entries.annotate(
        confirmed_at=Subquery(newest.values("at")[:1]),
        confirmed_by=Subquery(newest.values("by__name")[:1]),
        last_call=Subquery(call.values("outcome")[:1]),
    )


def _merged(entries: Iterable[Entry], shipped: dict[str, dict[str, str]], now: datetime) -> tuple[Line, ...]:
    limit = stale_before(now)
    own = {one.pk: _of_entry(one, shipped_lines().get(one.pk), limit) for one in entries}
    lines = [*own.values(), *(_of_shipped(key, line) for key, line in shipped.items() if key not in own)]
    return tuple(sorted(lines, key=lambda one: (one.values["state"], _FIRST[one.values["kind"]], one.values["name"])))


def _of_entry(entry: Entry, ships: dict[str, str] | None, limit: datetime) -> Line:
    values = values_of(entry)
    confirmed = getattr(entry, "confirmed_at", None)
    untouched = ships is not None and values == fields_of(ships)
    return Line(
        id=entry.pk,
        values=values,
        version=entry.version,
        own=not entry.shipped,
        corrected=bool(entry.shipped) and values != entry.shipped,
        overtaken=bool(entry.shipped) and (ships is None or fields_of(ships) != entry.shipped) and not untouched,
        withdrawn=entry.withdrawn_at is not None,
        as_of=ships["as_of"] if ships and untouched else "",
        confidence=ships["confidence"] if ships and untouched else "",
        confirmed_at=confirmed,
        confirmed_by=getattr(entry, "confirmed_by", "") or "",
        stale=confirmed is None or confirmed < limit,
        last_call=getattr(entry, "last_call", "") or "",
    )


def _of_shipped(key: str, line: dict[str, str]) -> Line:
    return Line(
        id=key,
        values={name: line[name] for name in FIELDS},
        version=0,
        own=False,
        corrected=False,
        overtaken=False,
        withdrawn=False,
        as_of=line["as_of"],
        confidence=line["confidence"],
        confirmed_at=None,
        confirmed_by="",
        stale=True,
        last_call="",
    )


def _folded(line: Line) -> str:
    values = line.values
    return fold(" ".join(values[name] for name in ("name", "address", "email", "phone", "note", "url", "state")))

"""Reading the trail: the newest first, page by page, at the same cost with a thousand entries as with a million."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache as remember

from django.core.cache import cache
from django.db.models import Count, Max, Min, QuerySet
from django.utils.translation import gettext as _

from comity.evidence.custody import consistency_proof, inclusion_proof, stored_count
from comity.evidence.custody.growth import Growth
from comity.node.audit.models import Checkpoint, Entry, Node
from comity.node.audit.proof import EntryProof
from comity.node.audit.record import Record, parse_record
from comity.node.audit.tree import read_hash
from comity.node.cases.models import Case
from comity.node.errors import HiddenError, InvalidError
from comity.node.people.models import User

ROWS = 50
ACTS_KEPT_S = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody looks for in the trail; an empty field asks for nothing."""

    actor: int | None = None
    about: int | None = None
    act: str = ""
    case: str = ""
    from_at: datetime | None = None
    to_at: datetime | None = None
    before: int | None = None
    """Only entries below this number: where the page before ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One entry as a page shows it."""

    record: Record
    reference: str
    """The case's own number, where the reader is a member; empty: its id is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A page of entries, the newest first."""

    rows: tuple[Row, ...]
    before: int | None
    """Where the next page begins; None: there is none."""


def search(asked: Asked) -> QuerySet[Entry]:
    """The entries asked for, the newest first."""
    found = Entry.objects.order_by("-number")
    if asked.actor is not None:
        found = found.filter(actor=asked.actor)
    if asked.about is not None:
        found = found.filter(about=asked.about)
    if asked.act:
        found = found.filter(act=asked.act)
    if asked.case:
        found = found.filter(case=asked.case)
    # Time goes with number: a bound on the number costs the same wherever it lies.
    if asked.from_at is not None:
        found = found.filter(number__gte=_first_at(asked.from_at))
    ends = [one for one in (asked.before, _first_at(asked.to_at) if asked.to_at else None) if one is not None]
    return found.filter(number__lt=min(ends)) if ends else found


def _first_at(at: datetime) -> int:
    first = Entry.objects.filter(at__gte=at).order_by("at", "number").values_list("number", flat=True).first()
    return 2**62 if first is None else first


def page_of(reader: User, found: QuerySet[Entry], *, count: int = ROWS) -> Rows:
    """The first page of what was found."""
    return _rows(reader, list(found[: count + 1]), count)


def own_page(user: User, before: int | None, *, count: int = ROWS) -> Rows:
    """What a person did, and what was done with the person's account."""
    did = search(Asked(actor=user.pk, before=before))[: count + 1]
    met = search(Asked(about=user.pk, before=before))[: count + 1]
    both = {entry.number: entry for entry in (*did, *met)}
    return _rows(user, [both[number] for number in sorted(both, reverse=True)][: count + 1], count)


def _rows(reader: User, entries: list[Entry], count: int) -> Rows:
    records = [parse_record(bytes(entry.body)) for entry in entries[:count]]
    cases = {record.case for record in records if record.case}
    known = dict(Case.objects.open_to(reader).filter(pk__in=cases).values_list("pk", "reference"))
    rows = tuple(Row(record=record, reference=known.get(record.case, "")) for record in records)
    return Rows(rows=rows, before=records[-1].number if len(entries) > count else None)


def known_acts() -> list[str]:
    """Every act that was ever entered; looked up once in some minutes."""
    found: list[str] | None = cache.get("audit-acts")
    if found is None:
        found = list(Entry.objects.order_by("act").values_list("act", flat=True).distinct())
        cache.set("audit-acts", found, ACTS_KEPT_S)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """That one person read or did something in a case."""

    user: User | None
    count: int
    first_at: datetime
    last_at: datetime


def who_saw(case: Case) -> tuple[Seen, ...]:
    """Who has seen a case, how often, first and last."""
    found = Entry.objects.filter(case=case.pk).order_by().values("actor")
    sums = list(found.annotate(count=Count("number"), first_at=Min("at"), last_at=Max("at")))
    people = User.objects.in_bulk([one["actor"] for one in sums if one["actor"] is not None])
    seen = [
        Seen(user=people.get(one["actor"]), count=one["count"], first_at=one["first_at"], last_at=one["last_at"])
        for one in sums
    ]
    return tuple(sorted(seen, key=lambda one: one.last_at, reverse=True))


def find_entry(number: int) -> Entry:
    """One entry; HiddenError where there is none."""
    found = Entry.objects.filter(pk=number).first()
    if found is None:
        raise HiddenError
    return found


def prove_entry(number: int) -> EntryProof:
    """The proof that travels: the entry, and its path to the newest signed head; InvalidError before it is signed."""
    entry = find_entry(number)
    head = Checkpoint.objects.order_by("-size").first()
    if head is None or head.size <= number:
        raise InvalidError({"": _("no signed checkpoint covers this entry yet: sign one first")})
    path = inclusion_proof(number, head.size, remember(read_hash))
    return EntryProof(
        entry=bytes(entry.body).decode(),
        proof=tuple(node.hex() for node in path),
        checkpoint=bytes(head.note).decode(),
    )


def prove_growth(old: int, new: int) -> Growth:
    """The proof that the trail of the checkpoint `new` extends that of `old`."""
    notes = dict(Checkpoint.objects.filter(size__in=[old, new]).values_list("size", "note"))
    if old > new or {old, new} - notes.keys():
        raise HiddenError
    path = consistency_proof(old, new, remember(read_hash))
    return Growth(old_size=old, checkpoint=bytes(notes[new]).decode(), proof=tuple(node.hex() for node in path))


def bodies(size: int) -> Iterator[bytes]:
    """The entries below `size`, in order."""
    for body in (
        Entry.objects.filter(number__lt=size).order_by("number").values_list("body", flat=True).iterator(10_000)
    ):
        yield bytes(body)


def leaves(size: int) -> Iterator[bytes]:
    """The leaf hashes below `size`, in order, as the tree holds them."""
    number = 0
    nodes = Node.objects.filter(place__lt=stored_count(size)).order_by("place").values_list("place", "hash")
    for place, one in nodes.iterator(10_000):
        if place == stored_count(number):
            yield bytes(one)
            number += 1

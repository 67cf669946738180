"""What the law data lack: counted from the data themselves, so that the list is never older than they are."""

from collections import Counter
from collections.abc import Iterator

from comity.law.errors import LawDataError
from comity.law.instrument import Instrument, is_consent
from comity.law.names import state_name
from comity.law.reference.facts import FactKind, facts_of
from comity.law.reference.harmonisation import treaty_offences
from comity.law.registry import Registry
from comity.law.route import Answer
from comity.law.vocabulary import Absence, Basis, Confidence, ReservationEffect, TreatyStatus


class GapTable(Answer, frozen=True, kw_only=True):
    """One kind of gap."""

    title: str
    means: str
    """What it does to an answer."""
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def gaps(registry: Registry) -> tuple[GapTable, ...]:
    """Every table of gaps."""
    return (
        _by_confidence(registry),
        _incomplete_tables(registry),
        _undated_parties(registry),
        _unread_treaties(registry),
        _recalled_provisions(registry),
        _offences(registry),
        _authorities(registry),
        _territories(registry),
        _reservations(registry),
    )


def gaps_markdown(tables: tuple[GapTable, ...]) -> str:
    """The tables for a page."""
    return "\n".join(_lines(tables)) + "\n"


BEGIN = "<!-- gaps: written by `comity law gaps --into docs/law-data.md` -->\n"
END = "<!-- end of gaps -->\n"


def with_gaps(page: str, tables: tuple[GapTable, ...]) -> str:
    """A page with the tables between its two marks; LawDataError where it has no such marks."""
    head, begin, rest = page.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not (begin and end):
        raise LawDataError(
            file="the page", where="", problem="it has no marks for the tables", remedy=f"write {BEGIN}{END}into it"
        )
    return f"{head}{begin}\n{gaps_markdown(tables)}\n{end}{tail}"


def _lines(tables: tuple[GapTable, ...]) -> Iterator[str]:
    for number, table in enumerate(tables):
        yield from ("",) * bool(number)
        yield from (f"### {table.title}", "", table.means, "")
        yield f"| {' | '.join(table.columns)} |"
        yield f"| {' | '.join('---' for _ in table.columns)} |"
        for row in table.rows:
            yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"


def _by_confidence(registry: Registry) -> GapTable:
    counts = Counter((fact.kind, fact.confidence) for fact in facts_of(registry.data))
    rows = []
    for kind in FactKind:
        figures = [counts[kind, confidence] for confidence in Confidence]
        rows.append((kind.value.replace("_", " "), *map(str, figures)))
    return GapTable(
        title="Facts by confidence",
        means="What rests on a fact of low confidence alone is at most conditional.",
        columns=("facts", *(confidence.value for confidence in Confidence)),
        rows=tuple(rows),
    )


def _shared(registry: Registry) -> list[Instrument]:
    return [instrument for instrument in registry.shared if instrument.basis is Basis.PARTIES]


def _incomplete_tables(registry: Registry) -> GapTable:
    incomplete = [i for i in _shared(registry) if i.absence is Absence.UNKNOWN]
    return GapTable(
        title="Tables of parties that are not complete",
        means="A state without a row is not known to be a party, nor known not to be one: a route is conditional.",
        columns=("instrument", "rows", "as of"),
        rows=tuple((i.id, str(len(registry.parties(i.id))), i.as_of) for i in incomplete),
    )


def _undated_parties(registry: Registry) -> GapTable:
    rows = []
    for instrument in _shared(registry):
        parties = registry.parties(instrument.id)
        unknown = sum(row.how == "unknown" for row in parties)
        undated = sum(is_consent(row) and not (row.in_force_on or row.bound_on) for row in parties)
        if unknown or undated:
            rows.append((instrument.id, str(undated), str(unknown)))
    return GapTable(
        title="Parties without a day",
        means="From the day of the source on they are bound; before it the answer is unknown.",
        columns=("instrument", "parties without a day", "rows that say unknown"),
        rows=tuple(rows),
    )


_PERHAPS = frozenset({TreatyStatus.IN_FORCE, TreatyStatus.IN_FORCE_LISTED, TreatyStatus.UNKNOWN})


def _unread_treaties(registry: Registry) -> GapTable:
    treaties = [i for i in registry.instruments.values() if i.basis is Basis.PARTIES and i.states]
    rows = []
    for kind in sorted({treaty.kind.value for treaty in treaties}):
        ours = [treaty for treaty in treaties if treaty.kind.value == kind]
        undated = sum(not treaty.in_force_on and treaty.status in _PERHAPS for treaty in ours)
        assumed = sum(bool(treaty.provisions_of) for treaty in ours)
        rows.append((kind.replace("_", " "), str(len(ours)), str(assumed), str(undated)))
    return GapTable(
        title="Treaties between two parties",
        means="Where the text was not read, a model's provisions are assumed and said to be; where the day of entry "
        "into force is not known, the route is conditional.",
        columns=("kind", "treaties", "text not read", "in force, or perhaps, without a day"),
        rows=tuple(rows),
    )


def _recalled_provisions(registry: Registry) -> GapTable:
    rows = []
    for instrument in registry.data.instruments:
        low = [provision for provision in instrument.provisions if provision.confidence is Confidence.LOW]
        if low:
            articles = ", ".join(dict.fromkeys(provision.article for provision in low))
            rows.append((instrument.id, f"{len(low)} of {len(instrument.provisions)}", articles))
    return GapTable(
        title="Provisions from memory",
        means="Shown with a condition to read the text; outside treaties of assistance they keep a route conditional.",
        columns=("instrument", "provisions", "articles"),
        rows=tuple(rows),
    )


def _offences(registry: Registry) -> GapTable:
    wanted = {offence.id for offence in treaty_offences(registry)}
    rows = []
    for code, law in sorted(registry.states.items()):
        if not law.offences:
            continue
        low = sum(section.confidence is Confidence.LOW for section in law.offences)
        sourced = {section.offence_id for section in law.offences if section.confidence is not Confidence.LOW}
        missing = ", ".join(sorted(wanted - sourced))
        rows.append((f"{state_name(code)} ({code})", str(len(law.offences)), str(low), missing))
    return GapTable(
        title="National offences",
        means="Of every other state's law the data hold nothing. A missing offence is unknown, never lawful.",
        columns=("state", "sections", "from memory", "treaty offences without a sourced section"),
        rows=tuple(rows),
    )


def _authorities(registry: Registry) -> GapTable:
    parties = {row.state for i in _shared(registry) for row in registry.parties(i.id) if is_consent(row)}
    having = {code: law.authorities for code, law in registry.states.items() if law.authorities}
    named = {code for code, found in having.items() if any(a.confidence is not Confidence.LOW for a in found)}
    without = parties - set(having) - set(registry.data.groups)
    lines = (("with a sourced authority", named), ("from memory only", set(having) - named), ("none", without))
    return GapTable(
        title="Authorities",
        means="Where none is sourced the route says to ask before sending; one from memory is not named.",
        columns=("states", "count", "codes"),
        rows=tuple((name, str(len(codes)), ", ".join(sorted(codes))) for name, codes in lines),
    )


def _territories(registry: Registry) -> GapTable:
    rows = []
    for territory in registry.territories.values():
        said = [i.id for i in _shared(registry) if any(r.state == territory.code for r in registry.parties(i.id))]
        rows.append(
            (
                f"{state_name(territory.code)} ({territory.code})",
                territory.through or "itself",
                territory.reach.value,
                territory.confidence.value,
                ", ".join(said) or "none",
            )
        )
    return GapTable(
        title="Territories",
        means="Under every other instrument of the state that answers for it the reach is unknown; where reach is "
        "`whole` and sourced, the state's own.",
        columns=("territory", "through", "reach", "confidence", "instruments with a row of its own"),
        rows=tuple(rows),
    )


def _reservations(registry: Registry) -> GapTable:
    made = [(i.id, r) for i in registry.instruments.values() for r in i.reservations]
    counts = Counter(name for name, _ in made)
    known = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
    to_read = [(name, r) for name, r in made if r.effect is ReservationEffect.TO_READ]
    return GapTable(
        title="Reservations and declarations",
        means=f"In the data: {known}. Many more were made. Those below are shown, but no rule applies them yet.",
        columns=("instrument", "state", "article", "says"),
        rows=tuple((name, r.state, r.article, r.summary) for name, r in to_read),
    )

"""Custody as people read it in a terminal."""

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape

from comity.evidence.custody import CheckReport, CustodyLog, Entry, Holding, Party, Status, Verdict
from comity.evidence.custody.holding import named, named_all
from comity.evidence.legible import counted, legible

_COLOUR = {Verdict.PASSED: "green", Verdict.FAILED: "red", Verdict.INDETERMINATE: "yellow"}
_STATUS = {
    Status.HELD: "held by",
    Status.IN_TRANSIT: "on its way from",
    Status.RETURNED: "returned by",
    Status.RELEASED: "released by",
    Status.DESTROYED: "destroyed by",
}
_LINES_MAX = 200


def print_log(console: Console, log: CustodyLog, holdings: dict[str, Holding]) -> None:
    """Every item and who holds it."""
    console.print(f"[bold]{_seen(log.origin)}[/]  {_entries(log.size)}, {counted(len(holdings), 'item')}")
    for item, holding in holdings.items():
        to = f" to {_seen(named_all(holding.awaited_all))}" if holding.awaited else ""
        where = f"{_STATUS[holding.status]} {_seen(named(holding.holder))}{to}"
        entered = log.entry(holding.last).recorded_at
        done = f"{holding.last_at:%Y-%m-%d}"
        when = done if f"{entered:%Y-%m-%d}" == done else f"done {done}, entered {entered:%Y-%m-%d}"
        console.print(f"   [bold]{_seen(item)}[/]  {where}  [dim]entry {holding.last}, {when}[/]")


def print_entries(console: Console, entries: Iterable[Entry]) -> None:
    """Entries, each with what it says."""
    for entry in entries:
        console.print(f"\n[bold]{entry.number}  {entry.act.value}[/]  {_when(entry)}  {_seen(entry.place)}")
        for label, text in _facts(entry):
            console.print(f"   {label:<12} {_seen(text)}")


def print_report(console: Console, report: CheckReport) -> None:
    """The verdict first, then the findings."""
    verdict = f"[bold {_COLOUR[report.verdict]}]{report.verdict.value}[/]"
    console.print(f"{verdict}  {_seen(report.log)}: {report.entries_checked:,} of {_entries(report.size)} looked at")
    for name in report.signed_by:
        console.print(f"   signed by    {_seen(name)}")
    console.print(f"   root         {report.root_hash}")
    for finding in report.findings[:_LINES_MAX]:
        console.print(f"   [{_COLOUR[finding.verdict]}]{finding.code}[/]  {_seen(finding.message)}")
    if len(report.findings) > _LINES_MAX:
        console.print(f"   and {len(report.findings) - _LINES_MAX:,} more: see --json")


def _entries(count: int) -> str:
    return counted(count, "entry", "entries")


def _facts(entry: Entry) -> Iterable[tuple[str, str]]:
    yield "by", _party(entry.by)
    if entry.given_by is not None:
        yield "from", _party(entry.given_by)
    for party in entry.addressees:
        yield "to", _party(party)
    for item in entry.items:
        words = [item.id, item.description, item.condition.value, item.condition_note]
        words += [f"copied from {item.source}"] if item.source else []
        words += [f"sha256 {item.sha256}"] if item.sha256 else []
        yield "item", "  ".join(word for word in words if word)
    order = entry.authorisation
    yield "under", ", ".join(w for w in (order.reference, order.issued_by, order.issued_on, order.legal_basis) if w)
    yield "why", entry.reason
    if entry.binding is not None:
        tie = entry.binding
        yield "bound to", f"entry {tie.number} of {tie.log}, under its checkpoint of size {tie.tree_size}"
    if entry.remarks:
        yield "remarks", entry.remarks


def _when(entry: Entry) -> str:
    return f"{entry.at:%Y-%m-%d %H:%M:%S}Z [dim](recorded {entry.recorded_at:%Y-%m-%d %H:%M:%S}Z)[/]"


def _party(party: Party) -> str:
    return ", ".join(part for part in (party.name, party.role, party.agency, party.state) if part)


def _seen(text: str) -> str:
    """Text out of a log, in one line: a log that others keep may hold what makes lines of its own."""
    return escape(legible(text))

"""A verification as a page that a judge can read."""

import sys
from datetime import date
from typing import TYPE_CHECKING

from comity.evidence.custody import Verdict
from comity.evidence.legible import counted, legible
from comity.evidence.limitation_words import in_words
from comity.evidence.package import Check, EvidenceHead, PackageReport
from comity.evidence.package.headline import headline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from comity.evidence.recall import RecallReport

_MARK = {
    Verdict.PASSED: ("green", "passed"),
    Verdict.FAILED: ("red", "FAILED"),
    Verdict.INDETERMINATE: ("yellow", "cannot be told"),
}
_RECALL_WORDS = {
    Verdict.PASSED: "The holder states this, and it holds.",
    Verdict.FAILED: "This statement must not be relied on: what is marked FAILED below is wrong.",
    Verdict.INDETERMINATE: "Nothing is wrong with this statement, but not everything about it is shown; see below.",
}

_RECALL_WHOSE = "It is not shown that this is stated by one who had the evidence; see below."


def print_report(report: PackageReport) -> None:
    """The verdict in a sentence, what it is about, and every check."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(highlight=False, file=sys.stdout)
    colour, _ = _MARK[report.verdict]
    console.print(f"[bold {colour}]{headline(report)}[/]\n")
    about = Table.grid(padding=(0, 2))
    for name, value in _about(report):
        about.add_row(f"[dim]{name}[/]", escape(legible(value)))
    console.print(about)
    console.print()
    _print_checks(console, report.checks)
    for notice in report.notices:
        console.print(f"\n[bold]Note[/] {escape(legible(notice))}")
    if report.head is None:
        return
    console.print("\n[dim]README.txt in the package says how to repeat each check with common tools.[/]")


def print_recall(report: "RecallReport") -> None:
    """What became of evidence on recall, as its holder states, and every check of that."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from comity.evidence.recall import rotation_in_words

    console = Console(highlight=False, file=sys.stdout)
    colour, _ = _MARK[report.verdict]
    doubted = {check.name for check in report.checks if check.verdict is Verdict.INDETERMINATE}
    whose = report.verdict is Verdict.INDETERMINATE and doubted & {"holder", "recipient"}
    console.print(f"[bold {colour}]{_RECALL_WHOSE if whose else _RECALL_WORDS[report.verdict]}[/]\n")
    statement, about = report.statement, Table.grid(padding=(0, 2))
    rows = [
        ("Package", statement.package),
        ("Outcome", statement.outcome.value),
        ("Recall", statement.recall),
        ("By", ", ".join(word for word in (statement.by.name, statement.by.role, statement.by.agency) if word)),
        ("Stated as", statement.by.identity),
        ("At", f"{statement.done_at:%Y-%m-%d %H:%M:%S} UTC"),
        ("How", statement.method),
        ("Signed by", report.signed_by),
        *(("Key", rotation_in_words(step, statement.by.identity)) for step in report.rotations),
        *(("Held", f"{one.name} ({one.kind}, {counted(one.file_count, 'file')})") for one in statement.held),
        *(("Declared", one) for one in statement.declared),
    ]
    for name, value in rows:
        if value:
            about.add_row(f"[dim]{name}[/]", escape(legible(value)))
    console.print(about)
    console.print()
    _print_checks(console, report.checks)
    console.print("\n[dim]That no copy is left, only the holder can say: this shows that the holder says it.[/]")


def _print_checks(console: "Console", checks: "Iterable[Check]") -> None:
    from rich.markup import escape
    from rich.padding import Padding

    for check in checks:
        colour, word = _MARK[check.verdict]
        about = "; ".join(text for text in (check.name, check.standard) if text)
        console.print(f"[{colour}]{word:<14}[/] {escape(check.title)}  [dim]{escape(about)}[/]")
        for reason in check.reasons:
            console.print(Padding(escape(legible(reason)), (0, 0, 0, 15)))


def _about(report: PackageReport) -> list[tuple[str, str]]:
    rows = [("File", report.subject)]
    if report.head is not None:
        rows += _of_head(report.head, on=report.verified_at.date())
    if report.sealed_as:
        rows.append(("Sealed as", report.sealed_as))
    rows.append(("Evidence", f"{counted(report.file_count, 'file')}, {report.payload_bytes:,} bytes"))
    if report.signed_list_sha512:
        rows.append(("Seal", report.signed_list_sha512))
    rows.append(("Signed by", report.signed_by or "not known"))
    if report.signed_at is not None:
        rows.append(("Signed at", f"{report.signed_at:%Y-%m-%d %H:%M:%S} UTC, by the signer's clock"))
    if report.limitations is not None:
        rows += [(f"Use: {name.lower()}", text) for name, text in in_words(report.limitations)]
    if report.stamped_at is not None:
        rows.append(("Stamped at", f"{report.stamped_at:%Y-%m-%d %H:%M:%S} UTC, by a time-stamping authority"))
    return rows


def _of_head(head: EvidenceHead, *, on: date) -> list[tuple[str, str]]:
    sender = ", ".join(word for word in (head.sender.name, head.sender.role, head.sender.agency) if word)
    order = head.authorisation
    under = ", ".join(word for word in (order.reference, order.issued_by, order.issued_on, order.legal_basis) if word)
    rows = [
        ("Package", head.package),
        ("Case", head.case),
        ("From", sender),
        ("To", "; ".join(one.name or one.key[:24] + "…" for one in head.recipients)),
        ("Under", under),
    ]
    if head.request:
        rows.append(("Answers", head.request))
    if head.end_of_access_on is not None:
        past = " (past: it may no longer be read)" if head.end_of_access_on <= on else ""
        rows.append(("Access ends", f"{head.end_of_access_on}{past}"))
    return rows

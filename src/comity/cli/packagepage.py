"""A verification as a page that a judge can read."""

import sys

from comity.evidence.custody import Verdict
from comity.evidence.package import EvidenceHead, PackageReport

_MARK = {
    Verdict.PASSED: ("green", "passed"),
    Verdict.FAILED: ("red", "FAILED"),
    Verdict.INDETERMINATE: ("yellow", "cannot be told"),
}
_WORDS = {
    Verdict.PASSED: "This evidence is whole, and is as its sender sealed it.",
    Verdict.FAILED: "This evidence must not be relied on: what is marked FAILED below is wrong.",
    Verdict.INDETERMINATE: "Nothing is wrong with this evidence, but not everything about it is shown; see below.",
}


def print_report(report: PackageReport) -> None:
    """The verdict in a sentence, what it is about, and every check."""
    from rich.console import Console
    from rich.markup import escape
    from rich.padding import Padding
    from rich.table import Table

    console = Console(highlight=False, file=sys.stdout)
    colour, _ = _MARK[report.verdict]
    console.print(f"[bold {colour}]{_WORDS[report.verdict]}[/]\n")
    about = Table.grid(padding=(0, 2))
    for name, value in _about(report):
        about.add_row(f"[dim]{name}[/]", escape(value))
    console.print(about)
    console.print()
    for check in report.checks:
        colour, word = _MARK[check.verdict]
        console.print(f"[{colour}]{word:<14}[/] {escape(check.title)}  [dim]{check.name}; {escape(check.standard)}[/]")
        for reason in check.reasons:
            console.print(Padding(escape(reason), (0, 0, 0, 15)))
    for notice in report.notices:
        console.print(f"\n[bold]Note[/] {escape(notice)}")
    console.print("\n[dim]README.txt in the package says how to repeat each check with common tools.[/]")


def _about(report: PackageReport) -> list[tuple[str, str]]:
    rows = [("File", report.subject)]
    if report.head is not None:
        rows += _of_head(report.head)
    rows.append(("Evidence", f"{report.file_count:,} files, {report.payload_bytes:,} bytes"))
    rows.append(("Signed by", report.signed_by or "not known"))
    if report.signed_at is not None:
        rows.append(("Signed at", f"{report.signed_at:%Y-%m-%d %H:%M:%S} UTC, by the signer's clock"))
    if report.stamped_at is not None:
        rows.append(("Stamped at", f"{report.stamped_at:%Y-%m-%d %H:%M:%S} UTC, by a time-stamping authority"))
    return rows


def _of_head(head: EvidenceHead) -> list[tuple[str, str]]:
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
        rows.append(("Access ends", head.end_of_access_on.isoformat()))
    return rows

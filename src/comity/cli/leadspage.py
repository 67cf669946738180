"""The terminal page of `comity leads`, and its progress bar."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from comity.cli.leadsties import show_observables, show_rest
from comity.cli.shown import safe, trimmed_page
from comity.leads.model import Finding, Leads, MailReading, Severity

_MOST_ROWS = 40
"""Artifacts, observables of one kind, and transfers, that the page shows unless asked for all."""
_MOST_MAILS = 12
_MOST_OF_A_CODE = 8
"""Findings of one code."""
_COLOUR = {Severity.INFO: "dim", Severity.NOTICE: "yellow", Severity.WARNING: "red"}
_ORDER = (Severity.WARNING, Severity.NOTICE, Severity.INFO)


@contextmanager
def progress_on(paths: tuple[Path, ...], *, console: Console) -> Iterator[Callable[[str, int], None]]:
    """A progress bar on a console, if that is a terminal and there is much to read."""
    total = 2 * sum(_size(path) for path in paths)
    if not console.is_terminal or total < 4_000_000:
        yield lambda label, size: None
        return
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading", total=total)

        def advance(label: str, size: int) -> None:
            bar.update(task, advance=size, description=safe(label[-40:]))

        yield advance


def progress_on_terminal(paths: tuple[Path, ...]) -> AbstractContextManager[Callable[[str, int], None]]:
    """A progress bar beside the output, if that is a terminal and there is much to read."""
    return progress_on(paths, console=Console(stderr=True))


def _size(path: Path) -> int:
    if path.is_file():
        return path.stat().st_size
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file()) if path.is_dir() else 0


def show_leads(found: Leads, *, show_all: bool = False) -> None:
    """Print the page; unless all is to be shown, the first of each kind and how many more there are."""
    rows, mails, codes = (sys.maxsize,) * 3 if show_all else (_MOST_ROWS, _MOST_MAILS, _MOST_OF_A_CODE)
    with trimmed_page() as console:
        _show_artifacts(console, found, rows)
        for mail in found.mails[:mails]:
            _show_mail(console, mail)
        if len(found.mails) > mails:
            console.print()
        show_rest(console, len(found.mails), mails)
        show_observables(console, found.observables, most=rows, mails=found.mails[:mails])
        _show_transfers(console, found, rows)
        _show_findings(console, found.findings, codes)
        console.print(
            f"\n[bold]{len(found.artifacts):,}[/] artifacts  [bold]{len(found.observables):,}[/] observables  "
            f"[bold]{len(found.transfers):,}[/] transfers  [bold]{len(found.findings):,}[/] findings"
        )


def _show_artifacts(console: Console, found: Leads, most: int) -> None:
    table = Table(title="Artifacts", title_justify="left", box=None, pad_edge=False)
    for heading in ("", "kind", "bytes", "SHA-256", "path"):
        table.add_column(heading, overflow="fold")
    for one in found.artifacts[:most]:
        same = f" [dim](the same as {one.duplicate_of})[/]" if one.duplicate_of else ""
        table.add_row(one.id, one.kind.value, f"{one.size_bytes:,}", one.sha256[:16] + "…", safe(one.path) + same)
    console.print(table)
    show_rest(console, len(found.artifacts), most)


def _show_mail(console: Console, mail: MailReading) -> None:
    console.print(f"\n[bold]Mail {mail.artifact}[/]  {safe(mail.subject)}")
    rows = [
        ("from", f"{mail.from_name} <{mail.from_address}>".strip()),
        ("reply to", ", ".join(mail.reply_to)),
        ("return path", mail.return_path),
        ("to", ", ".join(mail.to[:6])),
        ("sent", mail.sent_at),
        ("origin", mail.origin_address),
        ("hops", f"{len(mail.hops)}, of which {sum(hop.trusted for hop in mail.hops)} written on the receiving side"),
        ("verdicts", "  ".join(f"{one.method}={one.result}" for one in mail.authentication)),
    ]
    for name, value in rows:
        if value:
            console.print(Padding(f"[dim]{name:12}[/]{safe(value)}", (0, 0, 0, 2)))
    for reason in mail.origin_reasons:
        console.print(Padding(f"[dim]{safe(reason.text)}[/]", (0, 0, 0, 14)))


def _show_transfers(console: Console, found: Leads, most: int) -> None:
    if not found.transfers:
        return
    table = Table(title=f"Transfers ({len(found.transfers):,})", title_justify="left", box=None, pad_edge=False)
    for heading in ("at", "amount", "", "from", "to", "reference", "place"):
        table.add_column(heading, overflow="fold", justify="right" if heading == "amount" else "left")
    for one in found.transfers[:most]:
        cells = (one.at, one.amount, one.currency, one.source, one.target, one.reference, f"{one.artifact} {one.where}")
        table.add_row(*(safe(cell) for cell in cells))
    console.print()
    console.print(table)
    show_rest(console, len(found.transfers), most)


def _show_findings(console: Console, findings: tuple[Finding, ...], most: int) -> None:
    """The gravest first; of one code only so many."""
    if not findings:
        return
    console.print(f"\n[bold]Findings[/] ({len(findings):,})")
    count = Counter(one.code for one in findings)
    shown: Counter[str] = Counter()
    for one in sorted(findings, key=lambda one: _ORDER.index(one.severity)):
        shown[one.code] += 1
        if shown[one.code] <= most:
            place = safe(f"{one.artifact} {one.where}")
            line = f"[{_COLOUR[one.severity]}]{one.code}[/]  [dim]{place}[/]  {safe(one.message)}"
            console.print(Padding(line, (0, 0, 0, 2)))
        elif shown[one.code] == count[one.code]:
            console.print(f"  [dim]{one.code}: {count[one.code] - most:,} more; --all shows them, --json lists all[/]")

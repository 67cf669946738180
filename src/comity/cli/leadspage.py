"""The terminal page of `comity leads`, and its progress bar."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console, Group
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from comity.leads.model import Finding, Leads, MailReading, Nexus, Observable, ObservableKind, Severity

_MOST_ROWS = 40
"""Observables of one kind, and transfers, that the page shows; JSON has all."""
_COLOUR = {Severity.INFO: "dim", Severity.NOTICE: "yellow", Severity.WARNING: "red"}
_TITLES = {
    ObservableKind.IPV4: "IPv4 addresses",
    ObservableKind.IPV6: "IPv6 addresses",
    ObservableKind.DOMAIN: "Domain names",
    ObservableKind.URL: "URLs",
    ObservableKind.EMAIL: "E-mail addresses",
    ObservableKind.ASN: "Autonomous systems",
    ObservableKind.FILE_HASH: "File hashes",
    ObservableKind.USER_ACCOUNT: "Accounts on platforms",
    ObservableKind.PHONE: "Telephone numbers",
    ObservableKind.IBAN: "IBANs",
    ObservableKind.BIC: "BICs",
    ObservableKind.CARD: "Payment cards",
    ObservableKind.BANK_ACCOUNT: "Bank accounts",
    ObservableKind.UPI: "UPI addresses",
    ObservableKind.IFSC: "IFSC codes",
    ObservableKind.CRYPTO: "Crypto addresses",
    ObservableKind.IMEI: "IMEIs",
    ObservableKind.TRANSACTION: "Payment references",
}


@contextmanager
def progress_on(paths: tuple[Path, ...], *, console: Console) -> Iterator[Callable[[str, int], None]]:
    """A progress bar on a console, if that is a terminal and there is much to read."""
    total = 2 * sum(_size(path) for path in paths)
    if not console.is_terminal or total < 8_000_000:
        yield lambda label, size: None
        return
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading", total=total)

        def advance(label: str, size: int) -> None:
            bar.update(task, advance=size, description=escape(label[-40:]))

        yield advance


def _size(path: Path) -> int:
    if path.is_file():
        return path.stat().st_size
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file()) if path.is_dir() else 0


def show_leads(found: Leads) -> None:
    """Print the page."""
    console = Console(highlight=False)
    _show_artifacts(console, found)
    for mail in found.mails:
        _show_mail(console, mail)
    for kind in ObservableKind:
        _show_kind(console, kind, [one for one in found.observables if one.kind is kind])
    _show_transfers(console, found)
    _show_findings(console, found.findings)
    console.print(
        f"\n[bold]{len(found.artifacts)}[/] artifacts  [bold]{len(found.observables)}[/] observables  "
        f"[bold]{len(found.transfers)}[/] transfers  [bold]{len(found.findings)}[/] findings"
    )


def _show_artifacts(console: Console, found: Leads) -> None:
    table = Table(title="Artifacts", title_justify="left", box=None, pad_edge=False)
    for heading in ("", "kind", "bytes", "SHA-256", "path"):
        table.add_column(heading, overflow="fold")
    for one in found.artifacts:
        table.add_row(one.id, one.kind.value, f"{one.size_bytes:,}", one.sha256[:16] + "…", escape(one.path))
    console.print(table)


def _show_mail(console: Console, mail: MailReading) -> None:
    console.print(f"\n[bold]Mail {mail.artifact}[/]  {escape(mail.subject)}")
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
            console.print(Padding(f"[dim]{name:12}[/]{escape(value)}", (0, 0, 0, 2)))
    for reason in mail.origin_reasons:
        console.print(Padding(f"[dim]{escape(reason.text)}[/]", (0, 0, 0, 14)))


def _show_kind(console: Console, kind: ObservableKind, observables: list[Observable]) -> None:
    if not observables:
        return
    console.print(f"\n[bold]{_TITLES[kind]}[/] ({len(observables)})")
    for one in observables[:_MOST_ROWS]:
        console.print(Padding(_observable(one), (0, 0, 0, 2)))
    if len(observables) > _MOST_ROWS:
        console.print(f"  [dim]and {len(observables) - _MOST_ROWS} more; --json lists all[/]")


def _observable(one: Observable) -> Group:
    shown = f" ({escape(one.shown)})" if one.shown and one.shown != one.value else ""
    tags = f"  [magenta]{escape(', '.join(one.tags))}[/]" if one.tags else ""
    places = f"{one.places[0].artifact} {one.places[0].where}" if one.places else ""
    more = f" and {len(one.places) - 1} more" if len(one.places) > 1 else ""
    head = f"{escape(one.value)}{shown}{tags}  [dim]{escape(places)}{more}[/]"
    return Group(head, *(Padding(_nexus(nexus), (0, 0, 0, 4)) for nexus in one.nexus))


def _nexus(nexus: Nexus) -> str:
    holder = nexus.provider_name or nexus.provider
    why = "; ".join(reason.text for reason in nexus.reasons)
    return (
        f"[green]{nexus.state or '—'}[/] {nexus.role.value.replace('_', ' ')}"
        f"{' · ' + escape(holder) if holder else ''} [dim]({nexus.confidence.value}) {escape(why)}[/]"
    )


def _show_transfers(console: Console, found: Leads) -> None:
    if not found.transfers:
        return
    table = Table(title=f"Transfers ({len(found.transfers)})", title_justify="left", box=None, pad_edge=False)
    for heading in ("at", "amount", "", "from", "to", "reference", "place"):
        table.add_column(heading, overflow="fold", justify="right" if heading == "amount" else "left")
    for one in found.transfers[:_MOST_ROWS]:
        cells = (one.at, one.amount, one.currency, one.source, one.target, one.reference, f"{one.artifact} {one.where}")
        table.add_row(*(escape(cell) for cell in cells))
    console.print()
    console.print(table)
    if len(found.transfers) > _MOST_ROWS:
        console.print(f"[dim]and {len(found.transfers) - _MOST_ROWS} more; --json lists all[/]")


def _show_findings(console: Console, findings: tuple[Finding, ...]) -> None:
    if not findings:
        return
    console.print(f"\n[bold]Findings[/] ({len(findings)})")
    for one in findings:
        place = f"{one.artifact} {one.where}".strip()
        line = f"[{_COLOUR[one.severity]}]{one.code}[/]  [dim]{escape(place)}[/]  {escape(one.message)}"
        console.print(Padding(line, (0, 0, 0, 2)))

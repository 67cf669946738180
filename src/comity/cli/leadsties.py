"""Observables and their ties in the terminal; what many ties say alike is said once, as a note that they name."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from rich.console import Console, Group
from rich.padding import Padding

from comity.cli.shown import safe
from comity.leads.logs import weight_of
from comity.leads.model import MailReading, Nexus, Observable, ObservableKind

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
_REPEATED = 3
"""A reason of so many ties is said once."""
_SHORTEST_NOTE_CHARS = 48
"""A shorter one is said each time: its number would not be shorter by much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What need not be said again."""

    notes: dict[str, int]
    """Reasons, by the number of their note."""
    mails: dict[str, str]
    """Reasons, by the mail at which the page says them."""

    def left(self, nexus: Nexus) -> list[str]:
        """The reasons of a tie that are its own, and where the others are said."""
        texts = [reason.text for reason in nexus.reasons]
        own = [text for text in texts if text not in self.notes and text not in self.mails]
        mails = dict.fromkeys(self.mails[text] for text in texts if text in self.mails)
        numbers = [str(number) for number in sorted({self.notes[text] for text in texts if text in self.notes})]
        own += [f"as told of mail {', '.join(mails)}"] if mails else []
        return own + ([f"note{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}"] if numbers else [])


def show_observables(
    console: Console, observables: Iterable[Observable], *, most: int, mails: Iterable[MailReading]
) -> None:
    """Each kind under its title, at most so many of each, those that tell most first; then the notes.

    `mails`: those whose reasons the page says already.
    """
    by_kind: dict[ObservableKind, list[Observable]] = {}
    for one in observables:
        by_kind.setdefault(one.kind, []).append(one)
    listed = {kind: _first(found, most) for kind, found in by_kind.items()}
    in_mails = {reason.text: mail.artifact for mail in mails for reason in mail.origin_reasons}
    notes = _notes((one for found in listed.values() for one in found), but=in_mails.keys())
    said = _Said(notes=notes, mails=in_mails)
    for kind in ObservableKind:
        if kind in listed:
            console.print(f"\n[bold]{_TITLES[kind]}[/] ({len(by_kind[kind]):,})")
            for one in listed[kind]:
                console.print(Padding(_observable(one, said), (0, 0, 0, 2)))
            show_rest(console, len(by_kind[kind]), most)
    if notes:
        console.print("\n[bold]Notes[/]")
    for text, number in notes.items():
        console.print(Padding(f"[dim]note {number}[/]  {safe(text)}", (0, 0, 0, 2)))


def show_rest(console: Console, count: int, most: int) -> None:
    """How many more there are, and how to see them."""
    if count > most:
        console.print(f"  [dim]and {count - most:,} more; --all shows them, --json lists all[/]")


def _first(observables: list[Observable], most: int) -> list[Observable]:
    """All in their order; where there are too many, those that tell most."""
    if len(observables) <= most:
        return observables
    return sorted(observables, key=lambda one: -weight_of(one.tags))[:most]


def _notes(observables: Iterable[Observable], *, but: Collection[str]) -> dict[str, int]:
    """The reasons that stand in many ties, numbered in the order in which they are first met."""
    met = Counter(reason.text for one in observables for nexus in one.nexus for reason in nexus.reasons)
    long = [text for text, count in met.items() if count >= _REPEATED and len(text) >= _SHORTEST_NOTE_CHARS]
    repeated = [text for text in long if text not in but]
    return {text: number for number, text in enumerate(repeated, start=1)}


def _observable(one: Observable, said: _Said) -> Group:
    shown = f" ({safe(one.shown)})" if one.shown and one.shown != one.value else ""
    tags = f"  [magenta]{safe(', '.join(one.tags))}[/]" if one.tags else ""
    head = f"{safe(one.value)}{shown}{tags}  [dim]{_places(one)}[/]"
    return Group(head, *(Padding(_nexus(nexus, said), (0, 0, 0, 4)) for nexus in one.nexus))


def _places(one: Observable) -> str:
    if not one.places:
        return ""
    first = next((place for place in one.places if place.at), one.places[0])
    told = f", {first.at} {first.act}" if first.at else ""
    more = f" and {len(one.places) - 1} more" if len(one.places) > 1 else ""
    return safe(f"{first.artifact} {first.where}{told}{more}")


def _nexus(nexus: Nexus, said: _Said) -> str:
    holder = nexus.provider_name or nexus.provider
    who = f"{nexus.role.value.replace('_', ' ')}{' · ' + safe(holder) if holder else ''}"
    why = safe("; ".join(said.left(nexus)))
    return f"[green]{nexus.state or '—'}[/] {who} [dim]({nexus.confidence.value}) {why}[/]"

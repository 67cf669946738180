"""One chain across a border: does what was received follow from what was given?"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from comity.evidence.custody.canonical import parse_entry
from comity.evidence.custody.crossing import bind
from comity.evidence.custody.entry import NONE, Act, Draft, Entry
from comity.evidence.custody.extraction import Extract
from comity.evidence.custody.holding import known_as
from comity.evidence.custody.report import Finding
from comity.evidence.custody.trace import failed
from comity.evidence.errors import EntryError

_GIVING = frozenset({Act.TRANSFERRED, Act.RETURNED, Act.RELEASED})


def check_chain(entries: Sequence[Entry], sender: Extract, *, clock: timedelta) -> Iterator[Finding]:
    """Findings on the receiver's entries against the sender's extract, which is to be checked by itself too."""
    first = entries[0].number if entries else NONE
    if not sender.entries:
        yield failed("chain-broken", "the sender's extract holds no entry to be bound to", number=first)
        return
    tie = bind(sender)
    bound = [entry for entry in entries if entry.binding == tie]
    if not bound:
        message = "no entry is bound to the sender's last one: the two are not shown to be one chain"
        yield failed("chain-broken", message, number=first)
    for entry in bound:
        yield from check_receipt(entry, sender, number=entry.number, clock=clock)


def check_receipt(receipt: Draft, sender: Extract, *, number: int, clock: timedelta) -> Iterator[Finding]:
    """Findings on a receipt against the sender's last entry: given, to whom, when, and the same data."""
    last = sender.entries[-1]
    try:
        given = parse_entry(last.entry.encode(), number=last.number)
    except EntryError as error:
        yield failed("chain-broken", f"the sender's last entry cannot be read: {error.problem}", number=number)
        return
    what = f"the sender's entry {given.number}"
    if given.act not in _GIVING or given.given_to is None:
        yield failed("item-not-given", f"{what} says {given.act}: nothing was given", number=number)
        return
    if receipt.by.key != given.given_to.key:
        message = f"received by {known_as(receipt.by)}, but {what} gave it to {known_as(given.given_to)}"
        yield failed("not-the-addressee", message, number=number)
    if receipt.given_by is None or receipt.given_by.key != given.by.key:
        message = f"received from another than {known_as(given.by)}, who gave it in {what}"
        yield failed("not-the-giver", message, number=number)
    if receipt.at < given.at - clock:
        message = f"received at {receipt.at.isoformat()}, before it was given at {given.at.isoformat()}"
        yield failed("act-back-dated", message, number=number)
    yield from _same_data(receipt, given, number)


def _same_data(receipt: Draft, given: Entry, number: int) -> Iterator[Finding]:
    """Items may bear other names at the receiver's, but what is data must be data that was given."""
    digests = {item.sha256 for item in given.items if item.sha256}
    by_name = {item.id: item.sha256 for item in given.items}
    for item in receipt.items:
        known = by_name.get(item.id, "")
        if item.sha256 and (item.sha256 not in digests or (known and known != item.sha256)):
            message = f"its SHA-256 {item.sha256} is not what entry {given.number} of the sender gave"
            yield failed("item-digest-changed", f"item {item.id}: {message}", number=number, item=item.id)

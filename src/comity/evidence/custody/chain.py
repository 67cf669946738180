"""One chain across a border: does what was received follow from what was given?"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import msgspec

from comity.evidence.custody.canonical import parse_entry
from comity.evidence.custody.entry import NONE, Act, Draft, Entry, Item
from comity.evidence.custody.extraction import Extract, bind
from comity.evidence.custody.holding import known_as, named_all
from comity.evidence.custody.report import Finding
from comity.evidence.custody.trace import failed
from comity.evidence.errors import EntryError

_GIVING = frozenset({Act.TRANSFERRED, Act.RETURNED, Act.RELEASED})


def check_chain(entries: Sequence[Entry], sender: Extract, *, clock: timedelta) -> Iterator[Finding]:
    """Findings on receivers' entries, of whatever log, against the sender's extract, to be checked by itself too."""
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
        given, items = parse_entry(last.entry.encode(), number=last.number), given_items(sender)
    except EntryError as error:
        yield failed("chain-broken", f"the sender's last entry cannot be read: {error.problem}", number=number)
        return
    what = f"the sender's entry {given.number}"
    if given.act not in _GIVING or given.given_to is None:
        yield failed("item-not-given", f"{what} says {given.act}: nothing was given", number=number)
        return
    if not any(receipt.by.takes_for(party) for party in given.addressees):
        to = named_all(party.key for party in given.addressees)
        message = f"received by {known_as(receipt.by)}, but {what} gave it to {to}"
        yield failed("not-the-addressee", message, number=number)
    if receipt.given_by is None or receipt.given_by.key != given.by.key:
        message = f"received from another than {known_as(given.by)}, who gave it in {what}"
        yield failed("not-the-giver", message, number=number)
    if receipt.at < given.at - clock:
        message = f"received at {receipt.at.isoformat()}, before it was given at {given.at.isoformat()}"
        yield failed("act-back-dated", message, number=number)
    yield from _same_data(receipt, items, number)


def given_items(sender: Extract) -> tuple[Item, ...]:
    """The items of the sender's last entry, each with the digests and size that any of its entries knew.

    EntryError where the extract's entries cannot be read: check it first.
    """
    known: dict[str, Item] = {}
    entries = [parse_entry(one.entry.encode(), number=one.number) for one in sender.entries]
    for entry in entries:
        for item in entry.items:
            known[item.id] = _with_digests(item, known.get(item.id, item))
    return tuple(known[item.id] for item in entries[-1].items if item.id in sender.items)


def _with_digests(item: Item, before: Item) -> Item:
    return msgspec.structs.replace(
        item,
        description=item.description or before.description,
        sha256=item.sha256 or before.sha256,
        sha512=item.sha512 or before.sha512,
        size_bytes=before.size_bytes if item.size_bytes == NONE else item.size_bytes,
    )


def _same_data(receipt: Draft, given: tuple[Item, ...], number: int) -> Iterator[Finding]:
    """Items may bear other names at the receiver's, but what is data must be data that was given."""
    by_name = {item.id: item.sha256 for item in given}
    digests = set(by_name.values())
    if "" in digests:
        return  # something was given without a digest: nothing can be said
    for item in receipt.items:
        if item.sha256 and item.sha256 not in ({by_name[item.id]} if item.id in by_name else digests):
            message = f"item {item.id}: its SHA-256 {item.sha256} is not of what the sender gave"
            yield failed("item-digest-changed", message, number=number, item=item.id)

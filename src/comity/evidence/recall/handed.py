"""What custody says around a holder's statement: that it was given to that holder, and what was made from it since."""

from collections.abc import Iterable, Iterator, Sequence

from comity.evidence.custody import Act, Entry, Extract, Party, Verdict, parse_entry
from comity.evidence.custody.holding import named, named_all
from comity.evidence.recall.statement import Outcome, Statement

_GIVING = frozenset({Act.TRANSFERRED, Act.RETURNED, Act.RELEASED})
_GONE = frozenset({Act.DESTROYED, Act.RETURNED})


def addressees_of(entries: Iterable[Entry], package: str) -> tuple[Party, ...]:
    """To whom a package was given, as the owner's entries have it."""
    acts = (entry for entry in entries if entry.act in _GIVING and package in [item.id for item in entry.items])
    return tuple(dict.fromkeys(party for entry in acts for party in entry.addressees))


def entries_of(extract: Extract) -> tuple[Entry, ...]:
    """The entries in an extract; EntryError where one cannot be read."""
    return tuple(parse_entry(one.entry.encode(), number=one.number) for one in extract.entries)


def check_recipient(statement: Statement, given_to: Sequence[Party] | None) -> Iterator[tuple[Verdict, str]]:
    """Whether the one who states it is one to whom the owner gave it; `given_to` None: the owner's custody is not
    at hand. Whoever is trusted for something else could state that it is gone, and never had it."""
    who = named(statement.by.key)
    if not given_to:
        yield Verdict.INDETERMINATE, f"nothing here says that it was given to {who}: give your custody of it (--given)"
    elif any(statement.by.speaks_for(party) for party in given_to):
        yield Verdict.PASSED, f"your custody says that it was given to {named_all(party.key for party in given_to)}"
    else:
        to = named_all(party.key for party in given_to)
        yield Verdict.FAILED, f"{who} states it, and your custody says that it was given to {to}"


def check_copies(statement: Statement, extract: Extract | None) -> Iterator[tuple[Verdict, str]]:
    """What the holder's log says was made from the package, and is not gone."""
    if statement.outcome is Outcome.RESTRICTED or extract is None:
        return
    entries = entries_of(extract)
    made = [one for one in extract.items if one != statement.package]
    for copy in made:
        last = next((one for one in reversed(entries) if copy in [item.id for item in one.items]), None)
        if last is not None and last.act not in _GONE:
            to = f" to {named_all(party.key for party in last.addressees)}" if last.addressees else ""
            yield Verdict.INDETERMINATE, f"{copy}, made from it, is not gone: entry {last.number} says {last.act}{to}"
    if not made:
        yield Verdict.PASSED, "the holder names none; that there is none, an extract cannot show"

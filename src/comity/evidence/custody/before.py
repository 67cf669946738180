"""Custody before the border: do the extracts of others' logs that travel along, or are given, make one chain?"""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import timedelta

import msgspec

from comity.evidence.custody.canonical import parse_entry
from comity.evidence.custody.chain import check_chain
from comity.evidence.custody.entry import NONE, Entry
from comity.evidence.custody.extraction import Extract, bind
from comity.evidence.custody.report import CheckReport, Finding, Verdict
from comity.evidence.custody.trace import notice
from comity.evidence.errors import EntryError

_STRANGERS = frozenset({"signer-unknown", "log-signature-missing"})


def check_before(
    extract: Extract,
    entries: Sequence[Entry],
    *,
    given: Sequence[Extract],
    check: Callable[[Extract], CheckReport],
    known: Collection[str],
    clock: timedelta,
) -> Iterator[Finding]:
    """Findings on what came before: each extract is one that an entry is bound to, and holds by itself.

    Those inside are checked with `check`; those that are given besides are to be checked by themselves too. `known`
    are the names of those whose keys are at hand: of a log of theirs no other's word is taken.
    """
    for one in extract.before:
        yield from check_chain(entries, one, clock=clock)
        yield from (_of(one, finding, extract, known) for finding in check(one).findings)
    later = [*entries, *_entries_of([*given, *_all_before(extract)])]
    for one in given:
        yield from check_chain([entry for entry in later if entry.log != _log(one)], one, clock=clock)
    yield from _elsewhere(extract, entries, given)


def entries_before(extract: Extract) -> tuple[Entry, ...]:
    """The entries of the logs before, the earliest first; EntryError where one cannot be read."""
    return tuple(
        entry
        for one in extract.before
        for entry in (*entries_before(one), *(parse_entry(e.entry.encode(), number=e.number) for e in one.entries))
    )


def _elsewhere(extract: Extract, entries: Sequence[Entry], given: Sequence[Extract]) -> Iterator[Finding]:
    """A word on each tie whose other end is not at hand."""
    there = {bind(one) for one in (*extract.before, *given) if one.entries}
    for entry in entries:
        tie = entry.binding
        if tie is not None and tie not in there:
            message = (
                f"entry {entry.number} is bound to entry {tie.number} of {tie.log}, which is not shown here: ask for "
                "that log's extract to see from whom and under which order it came there"
            )
            yield notice("custody-before-elsewhere", message, number=entry.number)


def _of(one: Extract, finding: Finding, receiver: Extract, known: Collection[str]) -> Finding:
    """A finding on custody before, as one on the whole."""
    message, verdict = f"before, in {_log(one)}: {finding.message}", finding.verdict
    if finding.code in _STRANGERS and verdict is Verdict.INDETERMINATE and _log(one) not in known:
        verdict = Verdict.PASSED
        message += f"; that these entries are those that it was given, {_log(receiver)} vouches for"
    return msgspec.structs.replace(finding, message=message, verdict=verdict, number=NONE)


def _all_before(extract: Extract) -> Iterator[Extract]:
    for one in extract.before:
        yield one
        yield from _all_before(one)


def _entries_of(extracts: Sequence[Extract]) -> Iterator[Entry]:
    for one in extracts:
        for proven in one.entries:
            try:
                yield parse_entry(proven.entry.encode(), number=proven.number)
            except EntryError:
                continue  # named where that extract is checked


def _log(extract: Extract) -> str:
    return extract.logs[0]

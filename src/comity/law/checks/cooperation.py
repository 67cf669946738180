"""Work beyond treaties: it says what it can do for a case and what not, and counts its norms once."""

from collections.abc import Iterator
from itertools import chain
from pathlib import PurePosixPath

from comity.law.cooperation import Cooperation, CooperationKind
from comity.law.finding import Finding, error
from comity.law.reading import Reading


def check_cooperation(reading: Reading) -> Iterator[Finding]:
    """File name and id agree, no id is an instrument's, both lists are filled, norms and ratings stand once."""
    taken = {name for place in reading.instruments for name in (place.record.id, *place.record.aliases)}
    for place in reading.cooperation:
        work = place.record
        if PurePosixPath(place.file).stem != work.id:
            problem = f"the file is called {PurePosixPath(place.file).stem!r} and its id is {work.id!r}"
            yield error(place.file, "id", "file-name", problem, "give both the same name")
        if work.id in taken:
            yield error(place.file, "id", "duplicate", f"{work.id!r} is an instrument", "choose another id")
        yield from _lists(place.file, work)


def _lists(file: str, work: Cooperation) -> Iterator[Finding]:
    for name in ("can", "cannot"):
        if not getattr(work, name):
            yield error(file, name, "empty", f"{name} is empty", "say what it can do for a case, and what not")
    for text in chain(work.can, work.cannot, (norm.summary for norm in work.norms)):
        if not text.strip():
            yield error(file, "", "empty", "an empty sentence", "say what it does, or take it out")
    yield from _once(file, "norms", [norm.letter for norm in work.norms])
    yield from _once(file, "ratings", [rating.state for rating in work.ratings])
    if work.norms and work.kind is not CooperationKind.NORMS:
        yield error(file, "norms", "kind", f"a {work.kind} with norms", "write kind norms, or move them")
    if work.ratings and work.kind is not CooperationKind.INDEX:
        yield error(file, "ratings", "kind", f"a {work.kind} with ratings", "write kind index, or move them")


def _once(file: str, name: str, keys: list[str]) -> Iterator[Finding]:
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield error(file, name, "duplicate", f"{key!r} stands twice", "keep one")

"""Does the index of items, from which commands answer, say what the entries say?"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from comity.evidence.custody.holding import Holding, named
from comity.evidence.custody.index import INDEX, kept_rows
from comity.evidence.custody.report import Finding
from comity.evidence.custody.trace import failed


def check_index(
    folder: Path, covers: tuple[int, bytes], roots: Mapping[int, bytes], holdings: Mapping[str, Holding]
) -> Iterator[Finding]:
    """A finding on the first item of which the index says another than the entries; `holdings` are theirs.

    An index of another past is not looked at, for it is made again; one that covers fewer entries is compared for the
    items that nothing happened to since.
    """
    size, root = covers
    if not size or roots.get(size) != root:
        return
    there: set[str] = set()
    for item, row in kept_rows(folder):
        there.add(item)
        made = holdings.get(item)
        if made is None or row is None or (row != made and made.last < size):
            yield _differs(item, row, made)
            return
    missing = next((item for item, made in holdings.items() if made.last < size and item not in there), None)
    if missing is not None:
        yield _differs(missing, None, holdings[missing])


def _differs(item: str, row: Holding | None, made: Holding | None) -> Finding:
    says = "says nothing that can be read" if row is None else f"says {_told(row)}"
    message = (
        f"{INDEX} {says} of item {item}; by the entries it is {'unknown' if made is None else _told(made)}: what "
        "commands showed or refused may have been wrong. Remove that file: it is made again from the entries"
    )
    return failed("index-differs", message, item=item)


def _told(holding: Holding) -> str:
    return f"{holding.status.value}, {named(holding.holder)}, entry {holding.last}"

"""What two versions of a letter say differently."""

import difflib
from dataclasses import dataclass

from comity.letters import Drafted, texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One text that two versions say differently."""

    address: str
    """JSON Pointer."""
    words: tuple[tuple[str, str], ...]
    """Runs of words that stayed (``equal``), came (``insert``) or went (``delete``), in order."""


def changes(before: Drafted, after: Drafted) -> list[Change]:
    """The texts that differ, word by word: in the order of the version before, then what came."""
    old, new = dict(texts(before.letter)), dict(texts(after.letter))
    found = []
    for address in dict.fromkeys((*old, *new)):
        one, other = (side[address].text if address in side else "" for side in (old, new))
        if one != other:
            found.append(Change(address=address, words=_word_changes(one, other)))
    return found


def _word_changes(one: str, other: str) -> tuple[tuple[str, str], ...]:
    a, b = one.split(" "), other.split(" ")
    runs: list[tuple[str, str]] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(a=a, b=b, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(("equal", " ".join(a[i1:i2])))
            continue
        if i2 > i1:
            runs.append(("delete", " ".join(a[i1:i2])))
        if j2 > j1:
            runs.append(("insert", " ".join(b[j1:j2])))
    return tuple(runs)

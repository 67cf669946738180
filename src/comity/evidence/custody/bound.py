"""The ties of a log to those from which its items came across a border."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from comity.evidence.custody.entry import Binding
from comity.evidence.custody.extraction import senders_of
from comity.evidence.custody.notes import checkpoint_of, seen_notes
from comity.evidence.custody.report import Finding
from comity.evidence.custody.trace import failed, unknown
from comity.evidence.errors import NoteError


def check_bindings(folder: Path, bindings: Iterable[tuple[int, Binding]]) -> Iterator[Finding]:
    """Findings on entries that are bound to others' logs, each with its number, by the checkpoints seen of these."""
    for number, tie in bindings:
        what = f"entry {number} is bound to entry {tie.number} of {tie.log}"
        note = seen_notes(folder, tie.log).at(tie.tree_size) or _came_with(folder, tie)
        if note is None:
            yield unknown(
                "binding-unvouched", f"{what}, whose checkpoint of size {tie.tree_size} is not kept here", number=number
            )
            continue
        try:
            root = checkpoint_of(note).root_hash.hex()
        except NoteError as error:
            yield failed("checkpoint-unreadable", f"seen checkpoint {tie.tree_size} of {tie.log}: {error.problem}")
            continue
        if root != tie.root_hash:
            message = f"{what} under another root than the checkpoint that was seen of it"
            yield failed("chain-broken", message, number=number)


def _came_with(folder: Path, tie: Binding) -> bytes | None:
    """The checkpoint in the sender's extract that is kept."""
    return next((one.checkpoint.encode() for one in senders_of(folder, [tie])), None)

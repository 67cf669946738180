"""A custody log in a folder: append, read, prove, sign."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path

from comity.evidence.custody import files
from comity.evidence.custody.admit import AHEAD_REMEDY, DEFAULT_TOLERANCE, NONCE_BYTES, Tail, Tolerance, admit, as_utc
from comity.evidence.custody.batch import Batch
from comity.evidence.custody.cosignature import NoteSigner, add_signatures, sign_checkpoint, verify_note
from comity.evidence.custody.entry import Draft, Entry
from comity.evidence.custody.files import Head
from comity.evidence.custody.holding import Holding, hold
from comity.evidence.custody.index import ItemIndex
from comity.evidence.custody.making import make_files, rebuild
from comity.evidence.custody.note import Note, NoteKey, format_note, parse_note
from comity.evidence.custody.notes import checkpoint_of, own_notes
from comity.evidence.custody.reading import LogReader
from comity.evidence.custody.tree import Frontier
from comity.evidence.errors import ClockError, CustodyError, EntryError, LogDamagedError

RandomBytes = Callable[[int], bytes]


class CustodyLog(LogReader):
    """An open log. It sees what was committed when it was opened or last written to."""

    def __init__(self, folder: Path, *, tolerance: Tolerance = DEFAULT_TOLERANCE) -> None:
        super().__init__(folder)
        self._tolerance = tolerance
        if self.size and not self._is_whole():
            self._close_files()
            rebuild(folder)

    def append(self, drafts: Sequence[Draft], *, recorded_at: datetime, random_bytes: RandomBytes) -> tuple[Entry, ...]:
        """Enter acts, all or none, on the disk when this returns.

        ActRefusedError, ClockError or EntryError leave the log as it was.
        """
        with files.locked(self.folder):
            self._catch_up()
            files.set_aside(self.folder, self._head)
            holdings = self._held(_named_in(drafts))
            batch = Batch(self._head, Frontier(self.size, self.read_hash))
            for admitted in admit(
                drafts,
                tail=self._tail(),
                holdings=holdings,
                recorded_at=recorded_at,
                nonces=random_bytes(NONCE_BYTES * len(drafts)),
                tolerance=self._tolerance,
            ):
                batch.add(admitted)
            if batch.entries:
                self._head = batch.write(self.folder)
                with suppress(CustodyError):  # the entries are in; the index is brought up to them next time
                    self._index.put(holdings, size=self.size, root=bytes.fromhex(self._head.root_hash))
            return tuple(batch.entries)

    def rehearse(self, drafts: Sequence[Draft], *, recorded_at: datetime) -> None:
        """Raise what `append` would raise for these acts, and enter nothing."""
        with self._reading():
            admitted = admit(
                drafts,
                tail=self._tail(),
                holdings=self._held(_named_in(drafts)),
                recorded_at=recorded_at,
                nonces=bytes(NONCE_BYTES * len(drafts)),
                tolerance=self._tolerance,
            )
            for _ in admitted:
                pass

    def items(self) -> tuple[str, ...]:
        """Every item that the log knows, by id."""
        with self._reading():
            return self._index.items()

    def holdings(self, items: Iterable[str]) -> dict[str, Holding]:
        """Who holds these items now; items that the log does not know are left out."""
        with self._reading():
            return self._held(items)

    def history(self, item: str) -> tuple[int, ...]:
        """Numbers of the entries about an item, in order; empty where the log does not know it."""
        holding = self.holdings([item]).get(item)
        numbers: list[int] = []
        number = -1 if holding is None else holding.last
        while number >= 0:
            numbers.append(number)
            links = {i.id: i.previous for i in self.entry(number).items}
            if not -1 <= links.get(item, number) < number:
                raise self._damaged(number)
            number = links[item]
        return tuple(reversed(numbers))

    def refuse_edited(self, start: int = 0) -> None:
        """LogDamagedError where an entry from `start` on is not the one that the tree was built from."""
        with files.locked(self.folder):
            self._catch_up()
            for number in range(start, self.size):
                self.line(number)

    def sign(self, signers: Iterable[NoteSigner], *, at: datetime) -> bytes:
        """Sign and keep a checkpoint of the log as it stands; the signed note.

        ClockError where `at` is before the last entry was recorded; LogDamagedError where the log is no longer the one
        that was signed before, for a log never signs two pasts (C2SP tlog-checkpoint), or where an entry that no
        checkpoint covers yet was edited: those before are read again by `refuse_edited`.
        """
        with files.locked(self.folder):
            self._catch_up()
            for number in range(self._refuse_other_past(), self.size):
                self.line(number)
            recorded_at = self._head.recorded_at
            if recorded_at is not None and as_utc(at, what="time of signing") < recorded_at - self._tolerance.clock:
                raise ClockError(
                    what=self.origin,
                    problem=f"signing at {at.isoformat()}, before the last entry ({self.size - 1}, recorded at "
                    f"{recorded_at.isoformat()})",
                    remedy=AHEAD_REMEDY,
                )
            there = own_notes(self.folder).at(self.size)
            note = (
                sign_checkpoint(self.head(), signers, at=at)
                if there is None
                else add_signatures(parse_note(there), signers, at=at)
            )
            own_notes(self.folder).keep(note)
            return note

    def checkpoint(self) -> bytes | None:
        """The newest signed checkpoint, with the cosignatures that came back; None: never signed."""
        return own_notes(self.folder).newest()

    def accept(self, note: bytes, keys: Iterable[NoteKey]) -> bytes:
        """Take in the cosignatures that others put on a checkpoint of this log; the note with all signatures.

        Only signatures by `keys` are taken in. CustodyError where the note is not about this log as it was.
        """
        checkpoint, verified = verify_note(note, keys)
        with files.locked(self.folder):
            self._catch_up()
            if (
                checkpoint.origin != self.origin
                or checkpoint.size > self.size
                or self.head(checkpoint.size) != checkpoint
            ):
                raise CustodyError(
                    what=f"checkpoint of {checkpoint.origin} at size {checkpoint.size}",
                    problem=f"is not one of {self.origin}",
                    remedy="give the note that came back, or run comity custody check if it is this log's",
                )
            there = own_notes(self.folder).at(checkpoint.size)
            trusted = {(one.key.name, one.key.id) for one in verified}
            new = tuple(s for s in parse_note(note).signatures if (s.name, s.key_id) in trusted)
            kept = () if there is None else parse_note(there).signatures
            names = {(s.name, s.key_id) for s in kept}
            added = tuple(s for s in new if (s.name, s.key_id) not in names)
            merged = format_note(Note(text=parse_note(note).text, signatures=kept + added))
            own_notes(self.folder).keep(merged)
            return merged

    def close(self) -> None:
        """Give back files; the log may still be used."""
        self._close_files()
        if "_index" in self.__dict__:
            self._index.close()
            del self.__dict__["_index"]

    @cached_property
    def _index(self) -> ItemIndex:
        return ItemIndex(self.folder)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """The index brought up to date; under the lock where this process may write."""
        if os.access(self.folder, os.W_OK):
            with files.locked(self.folder):
                self._catch_up()
                yield
        else:
            self._catch_up()
            yield

    def _is_whole(self) -> bool:
        """True where the derived files reach as far as the head, and the row's root is the head's."""
        try:
            enough = self._end(self.size - 1) == self._head.entries_bytes
            return enough and self.head().root_hash.hex() == self._head.root_hash
        except LogDamagedError:
            return False

    def _catch_up(self) -> None:
        """See what others appended, and bring the index of items up to it."""
        self._close_files()  # another process may have put new ones in their place
        self._head = files.read_record(self.folder / files.HEAD, Head)
        size, root = self._index.covers()
        if size > self.size or (size and self.head(size).root_hash != root):
            self._index.clear()
            size = 0
        if size == self.size:
            return
        holdings: dict[str, Holding] = {}
        for entry in self.entries(size):
            holdings.update(self._index.get(item.id for item in entry.items if item.id not in holdings))
            for item in entry.items:
                holdings[item.id] = hold(entry, item, holdings.get(item.id), number=entry.number)
        self._index.put(holdings, size=self.size, root=bytes.fromhex(self._head.root_hash))

    def _held(self, items: Iterable[str]) -> dict[str, Holding]:
        """The holdings of items; where the index says another than the last entry that it names, it is made again."""
        held = self._index.get(wanted := tuple(items))
        if all(self._is_of_its_entry(item, holding) for item, holding in held.items()):
            return held
        self._index.clear()
        self._catch_up()
        return self._index.get(wanted)

    def _is_of_its_entry(self, item: str, holding: Holding) -> bool:
        if not 0 <= holding.last < self.size:
            return False
        entry = self.entry(holding.last)
        said = (hold(entry, one, holding, number=entry.number) for one in entry.items if one.id == item)
        return holding in said

    def _refuse_other_past(self) -> int:
        """The size of the newest checkpoint, which the log extends; 0: it was never signed."""
        newest = self.checkpoint()
        if newest is None:
            return 0
        kept = checkpoint_of(newest)
        if kept.size > self.size or self.head(kept.size).root_hash != kept.root_hash:
            raise LogDamagedError(
                what=self.origin,
                problem=f"does not extend its own signed checkpoint of size {kept.size}",
                remedy="run comity custody check; restore the log from a copy that extends it",
            )
        return kept.size

    def _tail(self) -> Tail:
        return Tail(
            origin=self.origin,
            size=self.size,
            last_leaf=self.leaf(self.size - 1) if self.size else b"",
            recorded_at=self._head.recorded_at,
        )


def create_log(folder: Path, *, origin: str) -> CustodyLog:
    """A new, empty log; CustodyError where the folder holds something already, NoteError for an unfit origin."""
    make_files(folder, origin=origin)
    return CustodyLog(folder)


def open_log(folder: Path, *, tolerance: Tolerance = DEFAULT_TOLERANCE) -> CustodyLog:
    """The log in a folder; LogDamagedError where it is none or its files do not belong together."""
    return CustodyLog(folder, tolerance=tolerance)


def _named_in(drafts: Iterable[Draft]) -> set[str]:
    items = [item for draft in drafts for item in draft.items]
    names = {item.id for item in items}
    names.update([item.source for item in items if item.source])
    try:
        "".join(names).encode()
    except UnicodeEncodeError:
        raise EntryError(what="item id", problem="holds half of a character", remedy="write it again") from None
    return names

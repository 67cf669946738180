"""Signed checkpoints as witnesses to a log: what they say about its past and about the times in it."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from comity.evidence.custody.checkpoint import Checkpoint
from comity.evidence.custody.cosignature import VerifiedSignature, of_revoked, verify_note
from comity.evidence.custody.entry import Entry
from comity.evidence.custody.note import NoteKey, parse_note
from comity.evidence.custody.notes import checkpoint_of
from comity.evidence.custody.report import Finding
from comity.evidence.custody.trace import WRONG_CLOCK, failed, notice, unknown
from comity.evidence.errors import NoteError, SignatureError, SignerRevokedError, SignerUnknownError


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """A checkpoint whose signatures verified."""

    name: str
    """Of the file or place where it was kept."""
    checkpoint: Checkpoint
    signatures: tuple[VerifiedSignature, ...]


def verify_all(
    notes: Iterable[tuple[str, bytes]], *, origin: str, keys: Sequence[NoteKey], latest: datetime
) -> tuple[list[Vouched], list[Finding]]:
    """The notes that verify and are about this log, smallest first, and findings on the rest.

    What was signed after `latest` is still to come.
    """
    vouched: list[Vouched] = []
    findings: list[Finding] = []
    revoked: list[tuple[str, bytes, str]] = []
    for name, data in notes:
        try:
            checkpoint, signatures = verify_note(data, keys)
        except SignerRevokedError as error:
            revoked.append((name, data, error.problem))
        except SignerUnknownError as error:
            findings.append(unknown("signer-unknown", f"checkpoint {name}: {error.problem}"))
        except SignatureError as error:
            findings.append(failed("signature-wrong", f"checkpoint {name}: {error.problem}"))
        except NoteError as error:
            findings.append(failed("checkpoint-unreadable", f"checkpoint {name}: {error.problem}"))
        else:
            if checkpoint.origin != origin:
                findings.append(
                    failed("checkpoint-foreign", f"checkpoint {name} is of {checkpoint.origin}, not {origin}")
                )
                continue
            vouched.append(Vouched(name=name, checkpoint=checkpoint, signatures=signatures))
            findings += _not_its_own(name, origin, signatures)
            findings += _strangers(name, data, signatures, keys)
            findings += _early(name, signatures, latest)
    covered = max((one.checkpoint.size for one in vouched), default=-1)
    findings += [_revoked(one, covered=covered) for one in revoked]
    return sorted(vouched, key=lambda one: one.checkpoint.size), findings


def _revoked(found: tuple[str, bytes, str], *, covered: int) -> Finding:
    """On a checkpoint by revoked keys alone: it takes nothing from a log of which a later one verifies."""
    name, data, problem = found
    if checkpoint_of(data).size <= covered:
        return notice("signer-revoked", f"checkpoint {name}: {problem}; a checkpoint of {covered:,} entries verifies")
    return unknown("signer-revoked", f"checkpoint {name}: {problem}")


def check_roots(vouched: Sequence[Vouched], roots: dict[int, bytes]) -> Iterator[Finding]:
    """A finding where the log as it is now is not the one that was signed; it narrows down where the past changed.

    `roots` has the root of the log's first entries, for each size that it reaches.
    """
    good = 0
    for one in vouched:
        size, root = one.checkpoint.size, roots.get(one.checkpoint.size)
        if root == one.checkpoint.root_hash:
            good = size
            continue
        if root is None:
            message = f"checkpoint {one.name} was signed over {size} entries, which the log does not have"
            yield failed("entries-cut-off", message, number=max(roots, default=0))
        else:
            message = f"the first {size} entries are not those of checkpoint {one.name}: {_where(good, size)}"
            yield failed("history-rewritten", message, number=good)
        return


def _where(good: int, size: int) -> str:
    """Where the past differs from the one that was signed, when `good` entries are as signed."""
    if good == size:
        return "two histories of as many entries were signed" if size else "a log without entries has another root"
    among = f"entry {good}" if good == size - 1 else f"something among entries {good} to {size - 1}"
    return f"{among} was changed, added, removed or moved after it was signed"


class Times:
    """What checkpoints say about when entries can have been recorded."""

    def __init__(self, vouched: Iterable[Vouched], *, origin: str, clock: timedelta) -> None:
        said = [(v.checkpoint.size, s.at, s.key.name) for v in vouched for s in v.signatures if s.at is not None]
        self._clock = clock
        # The log itself says: at this time I had this many. A witness only says that it saw as many by then.
        own = sorted((size, at) for size, at, name in said if name == origin)
        self._own_sizes = [size for size, _ in own]
        self._own = [max(at for _, at in own[: end + 1]) for end in range(len(own))]
        all_said = sorted((size, at) for size, at, _ in said)
        self._sizes = [size for size, _ in all_said]
        self._seen = [min(at for _, at in all_said[start:]) for start in range(len(all_said))]

    def check(self, entry: Entry, place: int) -> Iterator[Finding]:
        """Findings on the time of recording of the entry at a place in the log."""
        at = entry.recorded_at
        after = bisect_right(self._own_sizes, place)
        if after and at < self._own[after - 1] - self._clock:
            message = (
                f"entry {place} says it was recorded at {at.isoformat()}, but the log signed at "
                f"{self._own[after - 1].isoformat()} that it had no more than {self._own_sizes[after - 1]} entries"
            )
            yield failed("entry-back-dated", message, number=place)
        before = bisect_left(self._sizes, place + 1)
        if before < len(self._seen) and at > self._seen[before] + self._clock:
            message = (
                f"entry {place} says it was recorded at {at.isoformat()}, but it was signed over already at "
                f"{self._seen[before].isoformat()}"
            )
            yield failed("entry-post-dated", message, number=place)


def signed_by(one: Vouched | None) -> tuple[str, ...]:
    """Who signed a checkpoint, for people."""
    if one is None:
        return ()
    return tuple(
        f"{s.key.name} ({s.key.kind.name.lower()}{'' if s.at is None else f', {s.at.isoformat()}'})"
        for s in one.signatures
    )


def check_witnesses(one: Vouched | None, witnesses: Collection[str]) -> Iterator[Finding]:
    """A finding for each witness that ought to have signed the newest checkpoint, and has not."""
    there = {s.key.name for s in one.signatures} if one else set()
    for witness in witnesses:
        if witness not in there:
            yield failed("cosignature-missing", f"{witness} has not cosigned the newest checkpoint that verifies here")


def _not_its_own(name: str, origin: str, signatures: Sequence[VerifiedSignature]) -> Iterator[Finding]:
    if all(one.key.name != origin for one in signatures):
        message = f"checkpoint {name}: witnesses signed it, but no key known here of {origin} itself has"
        yield unknown("log-signature-missing", message)


def _strangers(
    name: str, data: bytes, signatures: Sequence[VerifiedSignature], keys: Sequence[NoteKey]
) -> Iterator[Finding]:
    verified = {(s.key.name, s.key.id) for s in signatures}
    revoked = {(key.name, key.id): key for key in keys if key.revoked_at is not None}
    for line in parse_note(data).signatures:
        place = (line.name, line.key_id)
        if place in revoked:
            yield notice("signer-revoked", f"checkpoint {name}: {of_revoked(revoked[place])}, which counts for nothing")
        elif place not in verified:
            message = f"checkpoint {name}: the signature by {line.name} (key id {line.key_id.hex()}) is by no known key"
            yield notice("signer-unknown", f"{message} and counts for nothing")


def _early(name: str, signatures: Sequence[VerifiedSignature], latest: datetime) -> Iterator[Finding]:
    for one in signatures:
        if one.at is not None and one.at > latest:
            message = f"checkpoint {name}: {one.key.name} signed at {one.at.isoformat()}, which is still to come"
            yield unknown("signature-in-future", f"{message}: {WRONG_CLOCK}")

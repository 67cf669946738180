"""A package that is received into the custody log: what both logs allow is seen before it is unpacked."""

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from comity.cli.packagecustody import CustodyMissingError, item_of, receiving_party
from comity.evidence.custody import (
    DEFAULT_TOLERANCE,
    Act,
    Binding,
    Draft,
    Entry,
    Extract,
    NoteKey,
    Party,
    Status,
    Verdict,
    bind,
    check_extract,
    check_receipt,
    checkpoint_of,
    keep_seen,
    keep_sender,
    open_log,
    origin_of,
    parse_entry,
    parse_extract,
    refuse_fork,
    seen_notes,
)
from comity.evidence.errors import CustodyError
from comity.evidence.keys import PublicIdentity, note_keys, open_identity
from comity.evidence.package import EvidenceHead, PackageReport, Trust
from comity.evidence.package.signer import follow

_UNBOUND = "; or enter it without a tie to the sender's custody: --unbound"


@dataclass(slots=True, kw_only=True)
class Receipt:
    """One package on its way into a log."""

    log: Path
    file: Path
    beside: bytes
    """The sender's extract that came beside the package; empty: none."""
    identity: Path | None
    by: str | None
    role: str
    place: str
    trust: Trust
    unbound: bool
    entered: Entry | None = None
    """The entry that was made before, or by `enter`."""
    was_there: bool = False
    _draft: Draft | None = field(default=None, repr=False)
    _sender: bytes = field(default=b"", repr=False)
    _keys: tuple[NoteKey, ...] = field(default=(), repr=False)

    def prepare(self, report: PackageReport, sender: bytes, inside: bytes, *, anew: bool = True) -> None:
        """See that the receipt can be entered; `sender` is the identity in the package, `inside` the custody in it.

        `anew`: it is being unpacked, which is entered too where it was received before: a second copy comes about.

        CustodyMissingError, or what the log raises, where it cannot.
        """
        head = report.head
        if head is None:
            raise CustodyMissingError(f"{self.file}: says nothing of itself; nothing can be entered")
        log = open_log(self.log)
        now = datetime.now(UTC)
        if self._find_before(head.package):
            if anew:
                holder = log.holdings([head.package])[head.package].holder
                self._draft = self._unpacked_again(head, holder)
                log.rehearse([self._draft], recorded_at=now)
            return
        extract = self.beside or inside
        tied = bool(extract) and not self.unbound
        draft = Draft(
            act=Act.RECEIVED,
            at=now,
            by=self._receiver(_addressees(extract) if tied else ()),
            items=(item_of(head.package, self.file),),
            place=self.place or "by electronic means",
            reason=f"case {head.case}" + (f", answers {head.request}" if head.request else ""),
            authorisation=head.authorisation,
            given_by=head.sender,
            remarks=f"verified: {report.verdict}",
        )
        if tied:
            followed = follow(sender, self.trust)
            known = self.trust.senders if followed is None else (followed.identity, *self.trust.senders)
            came, keys = _checked(extract, known=known, name=head.sender.identity, now=now)
            draft = _bound(draft, came, number=log.size)
            _refuse_fork(self.log, came, keys)
            self._sender, self._keys = extract, keys
        elif extract:
            draft = _replace(draft, remarks=f"{draft.remarks}; not tied to the sender's custody")
        log.rehearse([draft], recorded_at=now)
        self._draft = draft

    def enter(self) -> Entry:
        """Enter what was prepared, where it is not there yet."""
        if self._draft is not None:
            if self._draft.binding is not None:
                keep_seen(self.log, parse_extract(self._sender), keys=self._keys)
                keep_sender(self.log, self._draft.binding, self._sender)
            (self.entered,) = open_log(self.log).append(
                [self._draft], recorded_at=datetime.now(UTC), random_bytes=os.urandom
            )
            self._draft = None
        assert self.entered is not None
        return self.entered

    def _unpacked_again(self, head: EvidenceHead, holder: tuple[str, str]) -> Draft:
        return Draft(
            act=Act.EXAMINED,
            at=datetime.now(UTC),
            by=self._receiver([holder]),
            items=(item_of(head.package, self.file),),
            place=self.place or "by electronic means",
            reason="unpacked again: there is a further copy of what is in it",
            authorisation=head.authorisation,
        )

    def _find_before(self, package: str) -> bool:
        """True where the log knows the package; CustodyMissingError where it says that it is gone."""
        log = open_log(self.log)
        known = log.history(package)
        if not known:
            return False
        holding = log.holdings([package])[package]
        if holding.status in (Status.DESTROYED, Status.RETURNED, Status.RELEASED):
            raise CustodyMissingError(
                f"{log.origin}: entry {holding.last} says that {package} was {holding.status}: a copy of it should not "
                "be here; nothing was unpacked. Enter how it came back, if it did"
            )
        self.entered, self.was_there = log.entry(known[0]), True
        return True

    def _receiver(self, addressees: Collection[tuple[str, str]]) -> Party:
        if self.identity is None and self.by is None:
            raise CustodyMissingError("nobody is named who received it; give --by NAME or --identity FOLDER")
        if self.identity is None:
            from comity.cli.custodyact import parse_party

            return parse_party(self.by or "", role=self.role)
        own = open_identity(self.identity).public
        return receiving_party(own, by=self.by, role=self.role, log=origin_of(self.log), addressees=addressees)


def _addressees(data: bytes) -> tuple[tuple[str, str], ...]:
    """To whom the last entry of an extract, yet unchecked, gave; none: to nobody."""
    extract = parse_extract(data)
    if not extract.entries:
        return ()
    last = extract.entries[-1]
    return tuple(one.key for one in parse_entry(last.entry.encode(), number=last.number).addressees)


def _checked(
    data: bytes, *, known: Sequence[PublicIdentity], name: str, now: datetime
) -> tuple[Extract, tuple[NoteKey, ...]]:
    """The sender's extract, which holds, and the keys of its log and of those before."""
    extract = parse_extract(data)
    sender = next((one for one in known if one.name == name), None)
    origin, *before = extract.logs
    keys = [] if sender is None else [*note_keys(sender, origin)]
    keys += [key for log in before for one in known for key in note_keys(one, log)]
    report = check_extract(extract, keys, now=now)
    if report.verdict is not Verdict.PASSED:
        why = "; ".join(finding.message for finding in report.findings[:5])
        raise CustodyMissingError(
            f"the sender's custody is {report.verdict}: {why}; nothing was unpacked. Ask the sender for it{_UNBOUND}"
        )
    return extract, tuple(keys)


def _refuse_fork(log: Path, extract: Extract, keys: Sequence[NoteKey]) -> None:
    try:
        refuse_fork(log, extract, keys=keys)
    except CustodyError as error:
        origin = extract.logs[0]
        raise CustodyMissingError(
            f"the sender's custody is not that which {log} has seen of it: {error}; nothing was unpacked. For the "
            f"proof let the sender run comity custody prove LOG --since {_seen_size(log, origin)}, and take it in with "
            f"comity custody cosign{_UNBOUND}"
        ) from None


def _seen_size(log: Path, origin: str) -> int:
    newest = seen_notes(log, origin).newest()
    return 0 if newest is None else checkpoint_of(newest).size


def _bound(draft: Draft, extract: Extract, *, number: int) -> Draft:
    """The receipt tied to the sender's last entry, which must say that this was given, and to whom."""
    tie: Binding = bind(extract)
    draft = _replace(draft, binding=tie)
    for finding in check_receipt(draft, extract, number=number, clock=DEFAULT_TOLERANCE.clock):
        if finding.code == "act-back-dated":
            raise CustodyMissingError(
                f"{finding.message}: a clock is wrong, the sender's or that here; nothing was unpacked. Set the clock "
                "here right, or wait"
            )
        raise CustodyMissingError(
            f"the sender's custody does not show that this was given to you: {finding.message}; nothing was unpacked. "
            "Ask the sender to enter the transfer (comity seal --handed-over, or comity custody add --act transferred) "
            f"and for the extract after it (--sender-custody){_UNBOUND}"
        )
    return draft


def _replace(draft: Draft, **changes: object) -> Draft:
    import msgspec

    return msgspec.structs.replace(draft, **changes)

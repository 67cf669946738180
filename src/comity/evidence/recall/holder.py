"""Who signed a holder's statement: the holder whom one knows, by a key of today or by one that came after it.

A holder whose keys were changed since says so in its identity, which each of its older keys signs (`keys.rotate`). It
comes beside the statement, and is followed on the terms of `comity key import`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from comity.evidence.certpath import find_path
from comity.evidence.custody import Verdict
from comity.evidence.errors import IdentityError
from comity.evidence.keys import PublicIdentity, PublicKey, certificates, keys_for, read_bundle, valid_at, vouchers
from comity.evidence.keys.identity import KeyUse
from comity.evidence.package import Trust
from comity.evidence.package.certfiles import load_certificate, pem
from comity.evidence.package.record import Record
from comity.evidence.package.signer import issuers, stranger, trusted_name
from comity.evidence.package.when import NO_PROOF, Signed, check_lists
from comity.evidence.recall.statement import SignedStatement

Found = Iterator[tuple[Verdict, str]]
_REMEDY = "ask the holder for its newest identity (comity key show --public), and give it with --holder"


class Rotation(Record, frozen=True, kw_only=True):
    """A certificate key of the holder, from the one that one knew to the one that signed."""

    generation: int
    fingerprint: str
    """SHA-256 of the public key, hexadecimal."""
    began_at: datetime
    ended_at: datetime | None
    """When the next one took its place; None: in use."""
    revoked_at: datetime | None
    vouched_by: tuple[str, ...]
    """Keys of the identity that one knew which signed that this one is the holder's; empty: one knew it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """The holder whom one knows, as far as it may be followed from there."""

    known: PublicIdentity
    newest: PublicIdentity
    """The known one, or the later one that a key of the known one signed."""
    vouched_by: tuple[PublicKey, ...] = ()
    """Keys of the known one that signed the newest."""
    lacking: str = ""
    """Why the identity that came was not followed; empty: it was, or none came."""
    is_another: bool = False
    """True where what came is no later state of the known one: keys that one knows are not in it."""

    def states(self) -> tuple[PublicIdentity, ...]:
        return (self.newest,) if self.newest is self.known else (self.newest, self.known)


def find_holder(name: str, trust: Trust, bundle: bytes | None) -> Holder | None:
    """The holder of a name, with the identity that came beside its statement; None: one knows none of that name.

    IdentityError where what came does not hold together, or is another's.
    """
    known = trusted_name(name, trust)
    if known is None or bundle is None:
        return None if known is None else Holder(known=known, newest=known)
    claimed = read_bundle(bundle)
    if claimed.name != name:
        raise IdentityError(what=f"identity {claimed.name[:80]!r}", problem=f"is not {name}", remedy=_REMEDY)
    try:
        newest = read_bundle(bundle, known=known)
    except IdentityError as error:
        if _all(claimed) <= _all(known):  # one has a later state of it
            return Holder(known=known, newest=known)
        another = not _all(known) <= _all(claimed)
        return Holder(known=known, newest=known, lacking=error.problem, is_another=another)
    return Holder(known=known, newest=newest, vouched_by=vouchers(bundle, known))


def _all(identity: PublicIdentity) -> set[tuple[str, int, str]]:
    return {(key.use, key.generation, key.fingerprint) for key in identity.keys}


def check_holder(one: SignedStatement, holder: Holder | None, trust: Trust, when: Signed) -> Found:
    """Whether the holder's key signed, good at that instant; `proven`: a stamp shows that it was signed by then."""
    if holder is not None:
        yield from _known(one, holder, when)
    others = [held for data in one.signed.certificates if (held := load_certificate(data)) is not None]
    above = [] if holder is None else [held for held in issuers(one.leaf, holder.newest) if held not in others]
    path = find_path(one.leaf, [*others, *above], trust.roots, at=when.at, usage="")
    wrong, doubts, _ = check_lists(path, trust.revocations, when)
    for fault in wrong:
        yield Verdict.FAILED, fault
    for doubt in doubts if holder is not None or path.trusted else ():
        yield Verdict.INDETERMINATE, doubt
    if holder is not None:
        return
    if not path.trusted:
        yield Verdict.INDETERMINATE, stranger(path, "give the holder's identity or its CA's root: --trust")
        return
    for fault in path.faults:
        yield Verdict.FAILED, fault
    yield Verdict.PASSED, f"issued under {path.chain[-1].subject.rfc4514_string()}"


def _known(one: SignedStatement, holder: Holder, when: Signed) -> Found:
    name = holder.known.name
    keys = [key for state in holder.states() if (key := _key_of(one, state)) is not None]
    if holder.lacking:
        verdict = Verdict.FAILED if holder.is_another else Verdict.INDETERMINATE
        yield verdict, f"the identity that came with it {holder.lacking}: {_REMEDY}"
    if not keys:
        if not holder.lacking:
            whose = f"it says that it is by {name}, whom you know, and another certificate signed"
            yield Verdict.FAILED, f"{whose}; if its keys were changed since, {_REMEDY}"
        return
    for fault in find_path(one.leaf, (), (one.leaf,), at=when.at, usage="").faults:
        yield Verdict.FAILED, fault
    yield from _life(keys, name, when)
    chain = rotations(one, holder)
    came = f"it came after key {chain[0].generation}, which you know" if chain else "as you trust it"
    yield Verdict.PASSED, f"{name}, key {keys[0].generation}: {came}"


def _life(keys: list[PublicKey], name: str, when: Signed) -> Found:
    """What the states of the holder's identity say of the key that signed, the newest first."""
    revoked = next((key for key in keys if key.revoked_at is not None), None)
    if revoked is not None and revoked.revoked_at is not None:
        told = f"{name} revoked the key at {revoked.revoked_at.isoformat()} ({revoked.revocation_reason})"
        if when.after(revoked.revoked_at):
            yield Verdict.FAILED, told
        elif when.perhaps_after(revoked.revoked_at):
            yield Verdict.INDETERMINATE, f"{told}, and {NO_PROOF}"
    elif not valid_at(keys[0], when.at):
        began, ended = keys[0].not_before.isoformat(), keys[0].not_after and keys[0].not_after.isoformat()
        used = f"{name} used the key from {began}" + (f" to {ended}" if ended else "")
        if when.proven:
            yield Verdict.FAILED, f"{used}, and it was signed at {when.at.isoformat()}"
        else:
            yield Verdict.INDETERMINATE, f"{used}, and no stamp shows that it was signed then"


def _key_of(one: SignedStatement, identity: PublicIdentity) -> PublicKey | None:
    """The key of an identity whose certificate signed; None: it has no such certificate."""
    if one.leaf not in [chain[0] for chain in certificates(identity) if chain]:
        return None
    text = pem(one.leaf)
    for key in keys_for(identity, KeyUse.CERTIFICATE):
        if any(chain.startswith(text) for chain in key.certificates):
            return key
    return None


def rotations(one: SignedStatement, holder: Holder | None) -> tuple[Rotation, ...]:
    """The keys from the one that one knew to the one that signed; empty where one knew that, or it is not theirs."""
    signed = None if holder is None else _key_of(one, holder.newest)
    there = set() if holder is None else {key.fingerprint for key in holder.known.keys}
    if holder is None or signed is None or signed.fingerprint in there:
        return ()
    first = max((key.generation for key in keys_for(holder.known, KeyUse.CERTIFICATE)), default=signed.generation)
    chain = [key for key in keys_for(holder.newest, KeyUse.CERTIFICATE) if first <= key.generation <= signed.generation]
    vouched = tuple(f"{key.use} key {key.generation} (SHA-256 {key.fingerprint})" for key in holder.vouched_by)
    return tuple(
        Rotation(
            generation=key.generation,
            fingerprint=key.fingerprint,
            began_at=key.not_before,
            ended_at=key.not_after,
            revoked_at=key.revoked_at,
            vouched_by=() if key.fingerprint in there else vouched,
        )
        for key in reversed(chain)
    )


def rotation_in_words(step: Rotation, name: str) -> str:
    """One step of the way from the key that one knew to the one that signed."""
    what = f"{name}, certificate key {step.generation} (SHA-256 {step.fingerprint})"
    used = f"from {step.began_at.isoformat()}" + (f" to {step.ended_at.isoformat()}" if step.ended_at else " until now")
    how = f"so say, and sign, {' and '.join(step.vouched_by)}, which you know" if step.vouched_by else "you know it"
    return f"{what}, in use {used}: {how}"

"""Whose a signature is: the certificate under trusted roots, or a sender whom one knows, at the time that is proven."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from comity.evidence import cms
from comity.evidence.certpath import Path, find_path
from comity.evidence.errors import EvidenceError, IdentityError
from comity.evidence.keys import PublicIdentity, certificates, merge_identities, read_bundle, valid_at
from comity.evidence.keys.identity import KeyUse
from comity.evidence.package import layout
from comity.evidence.package.certfiles import load_certificate, load_lists, pem
from comity.evidence.package.inventory import Inventory
from comity.evidence.package.report import Findings
from comity.evidence.package.when import NO_PROOF, Signed, check_lists

if TYPE_CHECKING:
    from cryptography import x509


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What the one who verifies holds to be true, got from elsewhere than the package."""

    senders: tuple[PublicIdentity, ...] = ()
    """Identities that one knows: a package by one of them needs no CA."""
    roots: "tuple[x509.Certificate, ...]" = ()
    """Of signers."""
    stamp_roots: "tuple[x509.Certificate, ...]" = ()
    """Of time-stamping authorities."""
    revocations: "tuple[x509.CertificateRevocationList, ...]" = ()


def trusted_sender(identity: PublicIdentity, trust: Trust) -> PublicIdentity | None:
    """The identity of the same name that one trusts; None: there is none."""
    return trusted_name(identity.name, trust)


def trusted_name(name: str, trust: Trust) -> PublicIdentity | None:
    """The identity of a name that one trusts, with all that any of its states says; None: there is none."""
    return next(iter(merge_identities(one for one in trust.senders if one.name == name)), None)


@dataclass(frozen=True, slots=True)
class Followed:
    """The sender whom one knows, as far as the package's own identity may be followed from there."""

    identity: PublicIdentity
    """The known one, or the newer one that a key of the known one signed."""
    lacking: str = ""
    """Why the package's own identity was not followed; empty: it was, or it says nothing new."""
    is_another: bool = False
    """True where it is no later state of the known one: keys that one knows are not in it."""


def follow(data: bytes, trust: Trust) -> Followed | None:
    """The sender of a package, from its ``metadata/sender.json``, where one knows an identity of that name; else None.

    It is followed on the terms of `comity key import`: a key that is known, in use and not revoked has signed it.
    IdentityError where it does not hold together.
    """
    claimed = read_bundle(data)
    known = trusted_sender(claimed, trust)
    if known is None:
        return None
    try:
        return Followed(read_bundle(data, known=known))
    except IdentityError as error:
        there = {(key.use, key.generation, key.fingerprint) for key in claimed.keys}
        lost = any((key.use, key.generation, key.fingerprint) not in there for key in known.keys)
        return Followed(known, lacking=error.problem, is_another=lost)


def blame_strange_key(found: Findings, sender: Followed, *, what: str) -> None:
    """A key that the known sender is not known to have: another's, or perhaps a newer one of its own."""
    name = sender.identity.name
    if sender.lacking and not sender.is_another:
        found.doubt(
            "sender",
            f"it is signed with {what} that your copy of the identity {name} does not have, and the identity inside "
            f"{sender.lacking}: get the newest from its owner, take it in (comity key import), and verify again",
        )
    else:
        found.fail("sender", f"it says that it is from {name}, whom you know, and has {what} of another")


def own_identity(inventory: Inventory, found: Findings) -> PublicIdentity | None:
    """The identity that the package says it is by; None, and a fault, where it does not hold together."""
    try:
        identity = read_bundle(inventory.tags[layout.SENDER].data)
    except EvidenceError as error:
        found.fail("sender", f"the sender's identity cannot be relied on: {error.problem}")
        return None
    found.note("sender")
    return identity


def check_certificate(
    signed: cms.SignedData,
    leaf: "x509.Certificate",
    inventory: Inventory,
    found: Findings,
    trust: Trust,
    when: Signed,
) -> None:
    """Whether the signer's certificate was good at the proven time, or, where none is proven, is good now."""
    at, proven = when.at, when.proven
    identity = own_identity(inventory, found)
    if identity is not None and leaf not in _leaves(identity):
        found.fail("sender", "the certificate is not one of the package's own sender")
    followed = None if identity is None else follow(inventory.tags[layout.SENDER].data, trust)
    sender = None if followed is None else _who_has(leaf, followed, trust)
    if followed is not None and sender is None:
        blame_strange_key(found, followed, what="a certificate")
    inside = inventory.tags.get(layout.REVOCATIONS)
    lists = [*trust.revocations, *(load_lists(inside.data) if inside else ())]
    chain = [one for data in signed.certificates if (one := load_certificate(data)) is not None]
    if sender is not None:
        if sender != trusted_name(sender.name, trust):
            found.note("sender", "its identity has changed since you took it in; a key that you know signed the change")
        _check_identity_key(leaf, sender, found, when)
        above = [one for one in issuers(leaf, sender) if one not in chain]
        path = find_path(leaf, [*chain, *above], trust.roots, at=at, usage="")
        _tell_lists(check_lists(path, lists, when), found)
        return
    path = find_path(leaf, chain, trust.roots, at=at, usage="")
    _tell_lists(check_lists(path, lists, when), found)
    if not path.trusted:
        found.doubt("certificate", stranger(path, "give the sender's identity or its CA's root: --trust"))
        found.doubt("revocation", "it hangs on the certificate's chain")
        named = "the sender" if identity is None else identity.name
        found.doubt("sender", f"that these are the keys of {named}, only the package says, and nobody that you trust")
        return
    for fault in path.faults:
        (found.fail if proven else found.doubt)("certificate", fault)
    found.note("certificate", f"issued under {path.chain[-1].subject.rfc4514_string()}")


def issuers(leaf: "x509.Certificate", identity: PublicIdentity) -> "list[x509.Certificate]":
    """The certificates above a leaf that its identity names."""
    return [one for chain in certificates(identity) if chain and chain[0] == leaf for one in chain[1:]]


def _tell_lists(told: tuple[list[str], list[str], str], found: Findings) -> None:
    wrong, doubts, seen = told
    for fault in wrong:
        found.fail("revocation", fault)
    for doubt in doubts:
        found.doubt("revocation", doubt)
    found.note("revocation", seen)


def _check_identity_key(leaf: "x509.Certificate", sender: PublicIdentity, found: Findings, when: Signed) -> None:
    """The trusted identity itself says from when to when its keys were good."""
    at, proven = when.at, when.proven
    text = pem(leaf)
    key = next(
        key
        for key in sender.keys
        if key.use is KeyUse.CERTIFICATE and any(chain.startswith(text) for chain in key.certificates)
    )
    path = find_path(leaf, (), (leaf,), at=at, usage="")
    for fault in path.faults:
        (found.fail if proven else found.doubt)("certificate", fault)
    if key.revoked_at is not None:
        _check_revoked(key.revoked_at, key.revocation_reason, found, when)
    elif not valid_at(key, at):
        (found.fail if proven else found.doubt)("certificate", f"the key was not in use at {at.isoformat()}")
    found.note("certificate", f"of {sender.name}, key {key.generation}, as you trust it")
    if key.revoked_at is None:
        found.note("revocation", "the sender's identity, as you know it, does not revoke it")


def _check_revoked(revoked_at: datetime, reason: str, found: Findings, when: Signed) -> None:
    told = f"the sender revoked the key at {revoked_at.isoformat()} ({reason})"
    if when.after(revoked_at):
        by = "" if when.proven else f", and says itself that it signed at {when.claimed:%Y-%m-%dT%H:%M:%S%z}"
        found.fail("revocation", told + by)
    elif when.perhaps_after(revoked_at):
        found.doubt("revocation", f"{told}, and {NO_PROOF}")
    else:
        found.note("revocation", f"{told}, after it signed")


def stranger(path: Path, remedy: str) -> str:
    """That nobody who is trusted stands behind a chain, and what would."""
    top = path.chain[-1]
    from cryptography.hazmat.primitives.hashes import SHA256

    return (
        f"nobody that you said you trust stands behind {top.subject.rfc4514_string()[:200]!r}"
        f" (SHA-256 {top.fingerprint(SHA256()).hex()}): {remedy}"
    )


def _who_has(leaf: "x509.Certificate", followed: Followed, trust: Trust) -> PublicIdentity | None:
    """The sender's state that has a certificate: the one that one knows before a newer one."""
    known = trusted_name(followed.identity.name, trust)
    return next((one for one in (known, followed.identity) if one is not None and leaf in _leaves(one)), None)


def _leaves(identity: PublicIdentity) -> "list[x509.Certificate]":
    return [chain[0] for chain in certificates(identity) if chain]

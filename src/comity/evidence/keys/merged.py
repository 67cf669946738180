"""Several states of one identity, all of them trusted: every key that one of them has, ended where any of them says so.

In which order they were named, or found, says nothing about which is newer: what ends a key must count from wherever it
was learnt.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec

from comity.evidence.keys.identity import PublicIdentity, PublicKey
from comity.evidence.keys.public import COMPROMISED

_NEVER = datetime.min.replace(tzinfo=UTC)


def merge_identities(identities: Iterable[PublicIdentity]) -> tuple[PublicIdentity, ...]:
    """One identity a name, in the order of first mention; the same object where there is only one of a name."""
    by_name: dict[str, list[PublicIdentity]] = {}
    for one in identities:
        held = by_name.setdefault(one.name, [])
        if one not in held:
            held.append(one)
    return tuple(states[0] if len(states) == 1 else _merged(states) for states in by_name.values())


def _merged(states: list[PublicIdentity]) -> PublicIdentity:
    keys: dict[tuple[str, int, str], PublicKey] = {}
    for state in states:
        for key in state.keys:
            place = (key.use.value, key.generation, key.fingerprint)
            keys[place] = _both(keys[place], key) if place in keys else key
    newest = max(states, key=lambda state: max((key.not_before for key in state.keys), default=_NEVER))
    return msgspec.structs.replace(newest, keys=tuple(keys.values()))


def _both(one: PublicKey, other: PublicKey) -> PublicKey:
    """A key with the earliest end and revocation, the gravest reason for it, and all certificates that either has."""
    revoked = min((k for k in (one, other) if k.revoked_at is not None), key=_revoked_at, default=one)
    reasons = (key.revocation_reason for key in (one, other) if key.revocation_reason in COMPROMISED)
    ends = [end for end in (one.not_after, other.not_after) if end is not None]
    return msgspec.structs.replace(
        one,
        not_after=min(ends, default=None),
        revoked_at=revoked.revoked_at,
        revocation_reason=next(reasons, revoked.revocation_reason),
        certificates=tuple(dict.fromkeys((*one.certificates, *other.certificates))),
    )


def _revoked_at(key: PublicKey) -> datetime:
    assert key.revoked_at is not None
    return key.revoked_at

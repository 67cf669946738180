"""States of one identity that are trusted together: what ends a key counts from wherever it was learnt."""

from datetime import timedelta

import msgspec
from tests.samples.sealing import NOW, agency

from comity.evidence.keys import merge_identities, note_keys
from comity.evidence.keys.identity import KeyUse, PublicIdentity

DAY = timedelta(days=1)


def known() -> PublicIdentity:
    return agency("pune.example").identity.public


def test_one_state_is_given_back_as_it_is() -> None:
    one, other = known(), agency("bonn.example").identity.public
    assert merge_identities([one, other, one]) == (one, other)
    assert merge_identities([one])[0] is one


def test_the_earliest_end_and_every_key() -> None:
    one = known()
    first = one.keys[0]
    ended = msgspec.structs.replace(one, keys=(msgspec.structs.replace(first, not_after=NOW), *one.keys[1:]))
    later = msgspec.structs.replace(one, keys=(msgspec.structs.replace(first, not_after=NOW + DAY),))
    for states in ([one, ended, later], [later, ended, one]):
        (merged,) = merge_identities(states)
        assert {key.fingerprint for key in merged.keys} == {key.fingerprint for key in one.keys}
        assert next(key for key in merged.keys if key.fingerprint == first.fingerprint).not_after == NOW


def test_a_note_key_that_one_state_revokes_speaks_for_no_log() -> None:
    one = known()
    revoked = tuple(
        msgspec.structs.replace(key, revoked_at=NOW, revocation_reason="keyCompromise")
        if key.use in (KeyUse.NOTE, KeyUse.NOTE_PQ)
        else key
        for key in one.keys
    )
    for states in (
        [one, msgspec.structs.replace(one, keys=revoked)],
        [msgspec.structs.replace(one, keys=revoked), one],
    ):
        (merged,) = merge_identities(states)
        assert {key.revoked_at for key in note_keys(merged)} == {NOW}


def test_the_gravest_reason_counts() -> None:
    """One state says that the key was changed, a later one that others may have had it."""
    one = known()
    first = next(key for key in one.keys if key.use is KeyUse.NOTE)
    states = [
        msgspec.structs.replace(one, keys=(msgspec.structs.replace(first, revoked_at=at, revocation_reason=reason),))
        for at, reason in ((NOW, "superseded"), (NOW + DAY, "keyCompromise"))
    ]
    for order in (states, states[::-1]):
        (merged,) = merge_identities(order)
        (key,) = merged.keys
        assert (key.revoked_at, key.revocation_reason) == (NOW, "keyCompromise")
        assert {key.revoked_at for key in note_keys(merged)} == {NOW}

"""Holders whose keys were changed since the owner took their identity in: followed, or not."""

import os
from collections.abc import Collection
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import msgspec
from tests.samples.sealing import NOW, PASSPHRASE, stamper, trust

from comity.evidence import timestamp
from comity.evidence.cms_sign import sign_detached
from comity.evidence.custody import Party, Verdict
from comity.evidence.keys import (
    PublicIdentity,
    Unlocked,
    create_identity,
    open_identity,
    revoke,
    rotate,
)
from comity.evidence.keys.bundle import attest, encode_bundle
from comity.evidence.keys.identity import KeyUse
from comity.evidence.recall import (
    Given,
    Outcome,
    RecallReport,
    Statement,
    check_statement,
    encode_statement,
    read_statement,
)
from comity.evidence.recall.statement import Held

NAME = "bonn.example"
DAY = timedelta(days=1)
MADE, FIRST, SECOND = NOW - 30 * DAY, NOW - 20 * DAY, NOW - 10 * DAY
HELD = Held(name="p.age", kind="package", size_bytes=1, file_count=1, sha256="ab" * 32, verdict=Verdict.PASSED)


class Keeper:
    """A holder as it was, and as it became."""

    def __init__(self) -> None:
        folder = Path(mkdtemp()) / "identity"
        public = PublicIdentity(name=NAME, display_name="Bonn", keys=())
        create_identity(folder, public, passphrase=PASSPHRASE, now=MADE, random_bytes=os.urandom)
        self.folder = folder
        self.known = self.unlocked.public

    @property
    def unlocked(self) -> Unlocked:
        return open_identity(self.folder).unlock(PASSPHRASE)

    @property
    def bundle(self) -> bytes:
        return open_identity(self.folder).bundle

    def rotate(self, at: datetime, uses: Collection[KeyUse] = tuple(KeyUse)) -> None:
        rotate(self.unlocked, uses, now=at, random_bytes=os.urandom)

    def revoke(self, use: KeyUse, generation: int, at: datetime = NOW) -> None:
        revoke(self.unlocked, use, generation, reason="keyCompromise", now=at)


@cache
def rotated() -> Keeper:
    keeper = Keeper()
    keeper.rotate(FIRST)
    keeper.rotate(SECOND)
    return keeper


def signed(by: Unlocked, *, at: datetime = NOW) -> tuple[bytes, bytes]:
    statement = Statement(
        outcome=Outcome.DESTROYED,
        package="P-1",
        case="C",
        recall="R 1",
        by=Party(name="K. Weber", identity=NAME),
        done_at=at,
        held=(HELD,),
    )
    data = encode_statement(statement)
    return data, sign_detached(data, by.certificate_key(), by.certificate_chain(), signed_at=at)


def judged(by: Unlocked, known: PublicIdentity, bundle: bytes | None, *, stamped: bool = True) -> RecallReport:
    data, signature = signed(by)
    stamp = None
    if stamped:
        stamp = timestamp.take_token(stamper().at(NOW)(timestamp.ask(signature, nonce=1)), signature, nonce=1)
    given = Given(package_sha256="ab" * 32, stamp=stamp, identity=bundle)
    return check_statement(read_statement(data, signature), trust(senders=(known,)), given, now=NOW + DAY)


def holder(report: RecallReport) -> tuple[str, str]:
    check = next(check for check in report.checks if check.name == "holder")
    return check.verdict.value, "; ".join(check.reasons)


def test_the_key_that_came_after_is_followed() -> None:
    keeper = rotated()
    report = judged(keeper.unlocked, keeper.known, keeper.bundle)
    assert holder(report) == ("passed", f"{NAME}, key 3: it came after key 1, which you know")
    assert [step.generation for step in report.rotations] == [1, 2, 3]
    assert [(step.began_at, step.ended_at) for step in report.rotations] == [
        (MADE, FIRST),
        (FIRST, SECOND),
        (SECOND, None),
    ]
    assert report.rotations[0].vouched_by == (), "one knew it"
    note = next(key for key in keeper.known.keys if key.use is KeyUse.NOTE)
    assert all(f"note key 1 (SHA-256 {note.fingerprint})" in step.vouched_by for step in report.rotations[1:])


def test_without_the_newer_identity_it_fails_and_says_how_to_mend_it() -> None:
    keeper = rotated()
    verdict, why = holder(judged(keeper.unlocked, keeper.known, None))
    assert verdict == "failed"
    assert "--holder" in why


def test_only_the_certificate_key_was_changed() -> None:
    keeper = Keeper()
    keeper.rotate(FIRST, [KeyUse.CERTIFICATE])
    report = judged(keeper.unlocked, keeper.known, keeper.bundle)
    assert holder(report)[0] == "passed"
    assert [step.generation for step in report.rotations] == [1, 2]


def test_a_key_that_was_known_shows_no_rotation() -> None:
    keeper = Keeper()
    for bundle in (None, keeper.bundle):
        report = judged(keeper.unlocked, keeper.known, bundle)
        assert holder(report)[0] == "passed"
        assert report.rotations == ()


def test_an_unrelated_key_is_not_followed() -> None:
    """Public keys are public: another can list all of the holder's beside its own, and cannot sign with them."""
    keeper, other = Keeper(), Keeper()
    verdict, why = holder(judged(other.unlocked, keeper.known, other.bundle))
    assert (verdict, "is not signed by a key that we know" in why) == ("failed", True)
    mine = [msgspec.structs.replace(key, generation=key.generation + 1) for key in other.known.keys]
    ended = [msgspec.structs.replace(key, not_after=FIRST) for key in keeper.known.keys]
    forged = msgspec.structs.replace(keeper.known, keys=(*ended, *mine))
    pairs = [
        (key, other.unlocked.private_key(key.use)) for key in mine if key.use in (KeyUse.NOTE, KeyUse.SIGNATURE_PQ)
    ]
    report = judged(other.unlocked, keeper.known, encode_bundle(attest(forged, pairs)))
    assert holder(report)[0] == "indeterminate"
    assert report.rotations == ()


def test_an_identity_of_another_name_fails() -> None:
    keeper = rotated()
    folder = Path(mkdtemp()) / "other"
    public = PublicIdentity(name="pune.example", display_name="Pune", keys=())
    create_identity(folder, public, passphrase=PASSPHRASE, now=MADE, random_bytes=os.urandom)
    assert holder(judged(keeper.unlocked, keeper.known, open_identity(folder).bundle))[0] == "failed"
    assert holder(judged(keeper.unlocked, keeper.known, b"{}"))[0] == "failed"


def test_a_key_that_was_revoked_since_is_not_relied_on() -> None:
    """The owner knows the first key only as good; the identity that came, signed by the keys it knows, revokes it."""
    keeper = Keeper()
    thief = keeper.unlocked
    keeper.rotate(FIRST, [KeyUse.CERTIFICATE])
    keeper.revoke(KeyUse.CERTIFICATE, 1, at=SECOND)
    report = judged(thief, keeper.known, keeper.bundle)
    verdict, why = holder(report)
    assert (verdict, "revoked the key" in why) == ("failed", True)
    keeper.rotate(SECOND, [KeyUse.CERTIFICATE])
    keeper.revoke(KeyUse.CERTIFICATE, 2, at=SECOND)
    assert holder(judged(keeper.unlocked, keeper.known, keeper.bundle))[0] == "passed", "the third is good"


def test_a_successor_that_was_revoked_does_not_verify() -> None:
    keeper = Keeper()
    keeper.rotate(FIRST, [KeyUse.CERTIFICATE])
    second = keeper.unlocked
    keeper.rotate(SECOND, [KeyUse.CERTIFICATE])
    keeper.revoke(KeyUse.CERTIFICATE, 2, at=SECOND)
    report = judged(second, keeper.known, keeper.bundle)
    assert holder(report)[0] == "failed"
    assert [step.generation for step in report.rotations] == [1, 2]
    assert report.rotations[1].revoked_at == SECOND


def test_a_revoked_key_vouches_for_nothing() -> None:
    """All that the owner knew was revoked: what came is signed by keys that are new to it, or by a revoked one."""
    keeper = Keeper()
    thief = keeper.unlocked
    keeper.rotate(FIRST)
    for use in (KeyUse.NOTE, KeyUse.SIGNATURE_PQ):
        keeper.revoke(use, 1, at=SECOND)
    assert holder(judged(keeper.unlocked, keeper.known, keeper.bundle))[0] == "indeterminate"
    now = keeper.unlocked
    pairs = [*now.attesting(), *thief.attesting()]
    assert holder(judged(now, keeper.known, encode_bundle(attest(now.public, pairs))))[0] == "indeterminate"


def test_a_key_that_was_rotated_away_before_it_signed() -> None:
    keeper = Keeper()
    old = keeper.unlocked
    keeper.rotate(FIRST)
    assert holder(judged(old, keeper.known, keeper.bundle))[0] == "failed", "stamped long after its end"
    verdict, why = holder(judged(old, keeper.known, keeper.bundle, stamped=False))
    assert (verdict, "no stamp shows" in why) == ("indeterminate", True)


def test_an_older_identity_than_the_one_that_is_known_changes_nothing() -> None:
    keeper = Keeper()
    before = keeper.bundle
    keeper.rotate(FIRST)
    report: Any = judged(keeper.unlocked, keeper.unlocked.public, before)
    assert holder(report)[0] == "passed"
    assert report.rotations == ()

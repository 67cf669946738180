"""Who signed and when: certificates that ended, were revoked, are strange; stamps that are missing, late or strange."""

import os
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from tests.samples.sealing import (
    NOW,
    PASSPHRASE,
    Plain,
    Stamper,
    agency,
    certificate,
    evidence,
    order,
    plain_archive,
    replaced,
    stamper,
    trust,
    verified,
)

from comity.evidence import timestamp
from comity.evidence.certpath import find_path
from comity.evidence.custody import Verdict
from comity.evidence.errors import PackageError
from comity.evidence.keys import PublicIdentity, Unlocked, add_certificate, create_identity, rotate
from comity.evidence.keys.bundle import attest, encode_bundle
from comity.evidence.keys.identity import KeyUse
from comity.evidence.package import PackageReport, Signer, seal
from comity.evidence.package.headline import headline
from comity.evidence.package.inventory import read_archive
from comity.evidence.package.verify import verify_inventory

DAY = timedelta(days=1)
LATER = NOW + 3650 * DAY


class Ca:
    """A certification authority, and a signer under it."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.root = certificate("Root", self.key, ca=True, ends=LATER)
        self.leaf_key = ec.generate_private_key(ec.SECP256R1())
        self.leaf = certificate("A. Rao", self.leaf_key, issuer=(self.root, self.key), ends=NOW + 30 * DAY)

    def crl(
        self,
        revoked_at: datetime | None,
        *,
        reason: x509.ReasonFlags | None = None,
        since: datetime | None = None,
        serial: int = 0,
    ) -> x509.CertificateRevocationList:
        builder = (
            x509.CertificateRevocationListBuilder().issuer_name(self.root.subject).last_update(NOW).next_update(LATER)
        )
        if revoked_at is not None:
            serial = serial or self.leaf.serial_number
            one = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(revoked_at)
            if reason:
                one = one.add_extension(x509.CRLReason(reason), critical=False)
            if since:
                one = one.add_extension(x509.InvalidityDate(since.replace(tzinfo=None)), critical=False)
            builder = builder.add_revoked_certificate(one.build())
        return builder.sign(self.key, SHA256())


@cache
def ca() -> Ca:
    return Ca()


@cache
def archive(*, stamped: bool = True, with_crl: bool = False) -> bytes:
    """A package whose signer has a certificate of the authority, and none that its identity knows."""
    folder = Path(mkdtemp())
    signer = Signer(key=ca().leaf_key, chain=[ca().leaf, ca().root], pq_key=agency("pune.example").signer.pq_key)
    made = seal(
        [evidence(folder / "in")],
        folder / "package.age",
        order(revocations=ca().crl(None).public_bytes(Encoding.PEM) if with_crl else b""),
        signer,
        now=NOW,
        random_bytes=os.urandom,
        authority=stamper().at(NOW + timedelta(seconds=5)) if stamped else None,
    )
    return plain_archive(made.path)


def check(
    data: bytes | None = None, *, now: datetime = NOW, late: bytes | None = None, **believed: Any
) -> PackageReport:
    """The verification by one who trusts the authority's root and knows no identity."""
    inventory = read_archive(Plain(archive() if data is None else data))
    believed = {"senders": (), "roots": (ca().root,), "revocations": (ca().crl(None),), **believed}
    try:
        return verify_inventory(inventory, trust(**believed), now=now, subject="package", late_stamp=late)
    finally:
        inventory.close()


def verdict(report: PackageReport, name: str) -> str:
    return report.named(name).verdict.value


def test_under_a_root_that_is_trusted() -> None:
    """The identity inside does not know the certificate, so the sender does not fit; the certificate itself does."""
    report = check()
    assert verdict(report, "certificate") == "passed"
    assert verdict(report, "revocation") == "passed"
    assert verdict(report, "sender") == "failed"


def test_ended_since_but_good_when_stamped() -> None:
    report = check(now=LATER)
    assert verdict(report, "certificate") == "passed"
    assert verdict(report, "time-stamp") == "passed"


def test_ended_and_never_stamped_cannot_be_told() -> None:
    report = check(archive(stamped=False), now=NOW + 31 * DAY)
    assert verdict(report, "certificate") == "indeterminate"
    assert verdict(report, "time-stamp") == "indeterminate"
    assert verdict(check(archive(stamped=False)), "certificate") == "passed"


@pytest.mark.parametrize(
    ("revoked_at", "since", "expected"),
    [(NOW - DAY, None, "failed"), (NOW + DAY, None, "passed"), (NOW + DAY, NOW - DAY, "failed")],
)
def test_revoked(revoked_at: datetime, since: datetime | None, expected: str) -> None:
    crl = ca().crl(revoked_at, reason=x509.ReasonFlags.key_compromise, since=since)
    report = check(now=LATER, revocations=(crl,))
    assert verdict(report, "revocation") == expected


@pytest.mark.parametrize(("revoked_at", "expected"), [(NOW + DAY, "indeterminate"), (NOW - DAY, "failed")])
def test_revoked_and_never_stamped(revoked_at: datetime, expected: str) -> None:
    """Whether it was signed before cannot be told (ETSI EN 319 102-1 5.2.6), unless the signer itself says after."""
    report = check(archive(stamped=False), now=NOW + 2 * DAY, revocations=(ca().crl(revoked_at),))
    assert verdict(report, "revocation") == expected
    report = check(stamp_roots=(), now=NOW + 2 * DAY, revocations=(ca().crl(revoked_at),))
    assert verdict(report, "revocation") == expected, "a stamp by an authority that nobody knows proves nothing"


@pytest.mark.parametrize(("revoked_at", "expected"), [(NOW + DAY, "indeterminate"), (NOW - DAY, "failed")])
def test_a_key_that_its_owner_revoked_and_no_stamp(revoked_at: datetime, expected: str) -> None:
    known = agency("pune.example").identity.public
    keys = tuple(replaced(key, revoked_at=revoked_at, revocation_reason="keyCompromise") for key in known.keys)
    believed = {"senders": (replaced(known, keys=keys),), "stamp_roots": ()}
    report = verified(own(), now=NOW + 2 * DAY, believed=trust(**believed))
    assert verdict(report, "revocation") == expected
    assert report.verdict.value == expected
    assert ("was revoked, and nothing shows" in headline(report)) == (expected == "indeterminate")


def stamper_revoked(reason: x509.ReasonFlags | None, *, at: datetime = NOW + DAY) -> x509.CertificateRevocationList:
    one = x509.RevokedCertificateBuilder().serial_number(stamper().leaf.serial_number).revocation_date(at)
    if reason is not None:
        one = one.add_extension(x509.CRLReason(reason), critical=False)
    builder = x509.CertificateRevocationListBuilder().issuer_name(stamper().root.subject).last_update(NOW)
    return builder.next_update(LATER).add_revoked_certificate(one.build()).sign(stamper().root_key, SHA256())


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        (x509.ReasonFlags.key_compromise, "failed"),
        (x509.ReasonFlags.ca_compromise, "failed"),
        (None, "failed"),
        (x509.ReasonFlags.superseded, "passed"),
        (x509.ReasonFlags.cessation_of_operation, "passed"),
        (x509.ReasonFlags.unspecified, "passed"),
    ],
)
def test_stamps_by_an_authority_that_was_revoked_later(reason: x509.ReasonFlags | None, expected: str) -> None:
    """RFC 3161 4: who has the key sets the time, so that no stamp by it stands; otherwise the older ones do."""
    report = check(revocations=(ca().crl(None), stamper_revoked(reason)))
    assert verdict(report, "time-stamp-authority") == expected
    earlier = check(revocations=(ca().crl(None), stamper_revoked(x509.ReasonFlags.superseded, at=NOW - DAY)))
    assert verdict(earlier, "time-stamp-authority") == "failed"


def test_revoked_after_it_was_stamped_is_said() -> None:
    report = check(now=LATER, revocations=(ca().crl(NOW + DAY, reason=x509.ReasonFlags.superseded),))
    assert verdict(report, "revocation") == "passed"
    assert "was revoked at" in report.named("revocation").reasons[0]
    assert "after" in report.named("revocation").reasons[0]


def test_taken_off_the_list_again() -> None:
    crl = ca().crl(NOW - DAY, reason=x509.ReasonFlags.remove_from_crl)
    assert verdict(check(revocations=(crl,)), "revocation") == "passed"


def test_no_list_cannot_be_told_and_one_inside_is_enough() -> None:
    assert verdict(check(revocations=()), "revocation") == "indeterminate"
    assert verdict(check(archive(with_crl=True), revocations=()), "revocation") == "passed"


def test_a_list_by_another_does_not_count() -> None:
    assert verdict(check(revocations=(Ca().crl(NOW - DAY),)), "revocation") == "indeterminate"


@cache
def certified() -> tuple[bytes, PublicIdentity]:
    """A package by an identity whose certificate the authority issued, and that identity."""
    agent = agency("certified.example")
    leaf = certificate(
        "A. Rao", agent.unlocked.certificate_key().public_key(), issuer=(ca().root, ca().key), ends=NOW + 30 * DAY
    )
    add_certificate(agent.unlocked, leaf.public_bytes(Encoding.PEM), what="answer")
    assert agent.signer.chain[0] == leaf
    folder = Path(mkdtemp())
    made = seal(
        [evidence(folder / "in")],
        folder / "package.age",
        order(identity_bundle=(agent.unlocked.folder / "identity.json").read_bytes()),
        agent.signer,
        now=NOW,
        random_bytes=os.urandom,
        authority=stamper().at(NOW + timedelta(seconds=5)),
    )
    return plain_archive(made.path), agent.unlocked.public


def of_certified(revoked_at: datetime | None, *, roots: tuple[x509.Certificate, ...]) -> PackageReport:
    data, known = certified()
    builder = ca().crl(None)
    if revoked_at is not None:
        (leaf, *_) = agency("certified.example").signer.chain
        builder = ca().crl(revoked_at, reason=x509.ReasonFlags.key_compromise, serial=leaf.serial_number)
    return verified(data, believed=trust(senders=(known,), roots=roots, revocations=(builder,)))


@pytest.mark.parametrize(("revoked_at", "expected"), [(NOW - DAY, "failed"), (NOW + DAY, "passed"), (None, "passed")])
def test_a_list_counts_for_a_sender_that_one_knows(revoked_at: datetime | None, expected: str) -> None:
    """Its issuer may know that the key is in others' hands when the sender has not said so."""
    report = of_certified(revoked_at, roots=(ca().root,))
    assert verdict(report, "revocation") == expected
    assert report.verdict.value == expected


def test_without_a_list_it_cannot_be_told_even_of_a_sender_that_one_knows() -> None:
    data, known = certified()
    report = verified(data, believed=trust(senders=(known,), roots=(ca().root,)))
    assert verdict(report, "revocation") == "indeterminate"
    report = of_certified(NOW - DAY, roots=())
    assert verdict(report, "revocation") == "indeterminate", "nobody can read a list whose issuer is not here"
    assert "--trust" in report.named("revocation").reasons[0]


def test_no_authority_lists_what_its_own_key_signed() -> None:
    report = verified(own())
    assert verdict(report, "revocation") == "passed"
    assert any("no authority lists it" in reason for reason in report.named("revocation").reasons)


def test_a_list_counts_for_one_whom_nobody_trusts() -> None:
    report = check(roots=(), revocations=(ca().crl(NOW - DAY),))
    assert verdict(report, "revocation") == "failed"


def test_whose_it_is_when_nobody_is_trusted() -> None:
    """Nothing is wrong with a stranger's package, and it is shown to come from nobody."""
    report = verified(own(), believed=trust(senders=()))
    assert verdict(report, "sender") == "indeterminate"
    assert "not shown whose this evidence is" in headline(report)
    assert "whose" not in headline(verified(own()))


def test_an_identity_that_names_no_agency_speaks_for_another() -> None:
    """Its keys vouch for its own name: for whom it says that it acts is told as its word alone."""
    known = replaced(agency("pune.example").identity.public, agency="", display_name="FBI Quantico")
    report = verified(own(), believed=trust(senders=(known,)))
    assert any("names no agency of its own" in notice for notice in report.notices)
    assert report.sealed_as == "pune.example (FBI Quantico, IN)"
    known = replaced(known, display_name="Agency pune.example, cyber cell")
    assert not any("agency" in notice for notice in verified(own(), believed=trust(senders=(known,))).notices)


def test_nobody_is_trusted() -> None:
    report = check(roots=())
    assert verdict(report, "certificate") == "indeterminate"
    assert "SHA-256" in report.named("certificate").reasons[0]


def test_an_authority_that_nobody_knows() -> None:
    report = check(stamp_roots=())
    assert verdict(report, "time-stamp") == "passed"
    assert verdict(report, "time-stamp-authority") == "indeterminate"
    assert verdict(check(stamp_roots=(), now=LATER), "certificate") == "indeterminate", "its time proves nothing"


def test_a_stamp_that_came_later() -> None:
    data = archive(stamped=False)
    cms = next(part for name, part in _files(data) if name.endswith(".p7s"))
    answer = stamper().answer(timestamp.ask(cms, nonce=7), NOW + DAY)
    token = timestamp.take_token(answer, cms, nonce=7)
    assert verdict(check(data, late=token, now=LATER), "certificate") == "passed"
    assert verdict(check(data, late=b"0"), "time-stamp") == "failed"
    other = timestamp.take_token(stamper().answer(timestamp.ask(b"x", nonce=7), NOW), b"x", nonce=7)
    assert verdict(check(data, late=other), "time-stamp") == "failed"


def test_a_stamp_from_before() -> None:
    data = archive(stamped=False)
    cms = next(part for name, part in _files(data) if name.endswith(".p7s"))
    token = timestamp.take_token(stamper().answer(timestamp.ask(cms, nonce=7), NOW - DAY), cms, nonce=7)
    assert verdict(check(data, late=token), "time-stamp") == "failed"


def test_an_authority_whose_certificate_is_not_for_stamps() -> None:
    other = Stamper()
    other.leaf = certificate("Stamper", other.key, issuer=(other.root, other.root_key))
    data = archive(stamped=False)
    cms = next(part for name, part in _files(data) if name.endswith(".p7s"))
    token = timestamp.take_token(other.answer(timestamp.ask(cms, nonce=7), NOW), cms, nonce=7)
    assert verdict(check(data, late=token, stamp_roots=(other.root,)), "time-stamp-authority") == "failed"


def _files(data: bytes) -> list[tuple[str, bytes]]:
    import tarfile
    from io import BytesIO

    with tarfile.open(fileobj=BytesIO(data)) as held:
        return [(one.name, (held.extractfile(one) or BytesIO()).read()) for one in held]


def own(**changes: Any) -> bytes:
    folder = Path(mkdtemp())
    made = seal(
        [evidence(folder / "in")],
        folder / "package.age",
        order(**changes),
        agency("pune.example").signer,
        now=NOW,
        random_bytes=os.urandom,
        authority=stamper().at(NOW),
    )
    return plain_archive(made.path)


def test_a_sender_that_one_knows_and_its_revocation() -> None:
    known = agency("pune.example").identity.public
    data = own()
    for revoked_at, expected in ((NOW - DAY, "failed"), (NOW + DAY, "passed")):
        keys = tuple(
            replaced(key, revoked_at=revoked_at, revocation_reason="keyCompromise")
            if key.use is KeyUse.CERTIFICATE
            else key
            for key in known.keys
        )
        report = verified(data, believed=trust(senders=(replaced(known, keys=keys),)))
        assert report.named("revocation").verdict.value == expected


def test_a_key_that_was_rotated_away_before() -> None:
    known = agency("pune.example").identity.public
    keys = tuple(replaced(key, not_after=NOW - DAY) if key.use is KeyUse.CERTIFICATE else key for key in known.keys)
    report = verified(own(), believed=trust(senders=(replaced(known, keys=keys),)))
    assert report.named("certificate").verdict is Verdict.FAILED


def test_old_packages_pass_after_a_rotation() -> None:
    data = own()
    agent = agency("rotates.example")
    folder = Path(mkdtemp())
    made = seal(
        [evidence(folder / "in")],
        folder / "package.age",
        order(identity_bundle=agent.identity.bundle),
        agent.signer,
        now=NOW,
        random_bytes=os.urandom,
        authority=stamper().at(NOW),
    )
    data = plain_archive(made.path)
    public = rotate(agent.unlocked, list(KeyUse), now=NOW + DAY, random_bytes=os.urandom)
    assert verified(data, now=LATER, believed=trust(senders=(public,))).verdict is Verdict.PASSED


def test_sender_json_of_nobody() -> None:
    report = verified(own(identity_bundle=b"{}"))
    assert report.named("sender").verdict is Verdict.FAILED
    assert report.named("certificate").verdict is Verdict.INDETERMINATE


def test_custody_that_does_not_hold() -> None:
    assert verified(own(custody=b"{}")).named("custody").verdict is Verdict.FAILED


def test_chains_that_are_not_good() -> None:
    root_key, middle_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
    root = certificate("Root", root_key, ca=True)
    no_ca = certificate("Middle", middle_key, issuer=(root, root_key))
    leaf = certificate("Leaf", key, issuer=(no_ca, middle_key))
    assert any("may not issue" in fault for fault in find_path(leaf, [no_ca], [root], at=NOW, usage="").faults)
    early = find_path(leaf, [no_ca], [root], at=NOW - 400 * DAY, usage="")
    assert any("not yet valid" in fault for fault in early.faults)
    strange = (
        x509.CertificateBuilder()
        .subject_name(leaf.subject)
        .issuer_name(root.subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - DAY)
        .not_valid_after(NOW + DAY)
        .add_extension(x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3"), b"\x05\x00"), critical=True)
        .add_extension(_key_usage(sign=False), critical=True)
        .sign(root_key, SHA256())
    )
    faults = find_path(strange, [], [root], at=NOW, usage="").faults
    assert any("not understood" in fault for fault in faults)
    assert any("may not sign" in fault for fault in faults)


def _key_usage(*, sign: bool) -> x509.KeyUsage:
    return x509.KeyUsage(sign, sign, False, False, True, False, False, False, False)


def _succeeded(name: str, *uses: KeyUse) -> tuple[PublicIdentity, bytes]:
    """An identity as it was known, and a package that it sealed after a rotation."""
    agent = agency(name)
    known = agent.identity.public
    rotate(agent.unlocked, uses, now=NOW - DAY, random_bytes=os.urandom)
    return known, _by(agent.unlocked, (agent.unlocked.folder / "identity.json").read_bytes())


def _by(unlocked: Unlocked, bundle: bytes) -> bytes:
    signer = Signer(
        key=unlocked.certificate_key(), chain=unlocked.certificate_chain(), pq_key=unlocked.signature_pq_key()
    )
    folder = Path(mkdtemp())
    made = seal(
        [evidence(folder / "in")],
        folder / "package.age",
        order(identity_bundle=bundle),
        signer,
        now=NOW,
        random_bytes=os.urandom,
        authority=stamper().at(NOW),
    )
    return plain_archive(made.path)


@pytest.mark.parametrize(
    ("name", "uses"),
    [("all.example", tuple(KeyUse)), ("one.example", (KeyUse.CERTIFICATE,)), ("pq.example", (KeyUse.SIGNATURE_PQ,))],
)
def test_a_succession_that_a_known_key_signed_is_followed(name: str, uses: tuple[KeyUse, ...]) -> None:
    known, data = _succeeded(name, *uses)
    report = verified(data, believed=trust(senders=(known,)))
    assert report.verdict is Verdict.PASSED, report.checks


def test_a_new_certificate_for_the_same_key_is_followed() -> None:
    known = agency("certified.example").identity.public
    data, now_known = certified()
    assert now_known != known
    report = verified(data, believed=trust(senders=(known,), roots=(ca().root,), revocations=(ca().crl(None),)))
    assert report.verdict is Verdict.PASSED, report.checks
    assert "has changed since" in report.named("sender").reasons[0]


def _forged(known: PublicIdentity, *, keeping: bool) -> tuple[Unlocked, bytes]:
    """Another's keys under the name of one whom one knows, attested by themselves; `keeping`: beside the known ones."""
    folder = Path(mkdtemp()) / "id"
    public = PublicIdentity(name=known.name, display_name=known.display_name, agency=known.agency, keys=())
    own = create_identity(folder, public, passphrase=PASSPHRASE, now=NOW - 30 * DAY, random_bytes=os.urandom).unlock(
        PASSPHRASE
    )
    mine = tuple(replaced(key, generation=2) for key in own.public.keys)
    old = tuple(replaced(key, not_after=NOW - 20 * DAY) for key in known.keys) if keeping else ()
    identity = replaced(known, keys=(*old, *mine))
    signers = [(replaced(key, generation=2), private) for key, private in own.attesting()]
    return own, encode_bundle(attest(identity, signers))


@pytest.mark.parametrize(("keeping", "expected"), [(True, "indeterminate"), (False, "failed")])
def test_a_succession_that_nobody_known_signed_never_passes(keeping: bool, expected: str) -> None:
    """Public keys can be copied into any identity: without a signature by one of them it cannot be told."""
    known = agency("pune.example").identity.public
    report = verified(_by(*_forged(known, keeping=keeping)))
    assert verdict(report, "sender") == expected
    assert report.verdict is not Verdict.PASSED
    assert ("comity key import" in report.named("sender").reasons[0]) == keeping


def test_a_forged_succession_does_not_pass_under_a_root_that_is_trusted() -> None:
    known = agency("pune.example").identity.public
    own, bundle = _forged(known, keeping=True)
    report = verified(_by(own, bundle), believed=trust(roots=tuple(own.certificate_chain())))
    assert verdict(report, "certificate") == "passed"
    assert report.verdict is Verdict.INDETERMINATE


def test_a_borrowed_attestation_does_not_hold() -> None:
    """The signature by the known key, taken from an identity that it did sign."""
    agent = agency("pune.example")
    own, forged = _forged(agent.identity.public, keeping=True)
    mixed = msgspec.json.decode(forged)
    mixed["attestations"] += msgspec.json.decode(agent.identity.bundle)["attestations"]
    report = verified(_by(own, msgspec.json.encode(mixed)))
    assert verdict(report, "sender") == "failed"


def test_a_succession_signed_by_a_key_that_was_revoked_is_not_followed() -> None:
    known, data = _succeeded("lost.example", *KeyUse)
    keys = tuple(
        replaced(key, revoked_at=NOW - 2 * DAY, revocation_reason="keyCompromise")
        if key.use in (KeyUse.NOTE, KeyUse.SIGNATURE_PQ)
        else key
        for key in known.keys
    )
    report = verified(data, believed=trust(senders=(replaced(known, keys=keys),)))
    assert verdict(report, "sender") == "indeterminate"
    assert report.verdict is not Verdict.PASSED


@pytest.mark.parametrize("span", [(-40 * DAY, -DAY), (DAY, 40 * DAY)])
def test_nothing_is_sealed_by_a_certificate_that_is_not_valid(span: tuple[timedelta, timedelta]) -> None:
    leaf = certificate("A. Rao", ca().leaf_key, begins=NOW + span[0], ends=NOW + span[1])
    signer = Signer(key=ca().leaf_key, chain=[leaf], pq_key=agency("pune.example").signer.pq_key)
    folder = Path(mkdtemp())
    with pytest.raises(PackageError, match=r"not now.*comity key csr"):
        seal([evidence(folder / "in")], folder / "package.age", order(), signer, now=NOW, random_bytes=os.urandom)
    assert [one.name for one in folder.iterdir()] == ["in"]


def test_a_revocation_counts_in_whichever_order_the_states_are_named() -> None:
    known = agency("pune.example").identity.public
    keys = tuple(
        replaced(key, revoked_at=NOW - DAY, revocation_reason="keyCompromise") if key.use is KeyUse.CERTIFICATE else key
        for key in known.keys
    )
    newer = replaced(known, keys=keys)
    for senders in ((known, newer), (newer, known), (newer, known, newer)):
        report = verified(own(), believed=trust(senders=senders))
        assert report.named("revocation").verdict is Verdict.FAILED
    assert verified(own(), believed=trust(senders=(known, known))).verdict is Verdict.PASSED

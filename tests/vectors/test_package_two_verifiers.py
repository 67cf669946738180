"""The verifier that travels with a package against ours: what one of them names, the other must not pass over."""

import contextlib
import hashlib
import io
import os
import runpy
import shutil
import tarfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from tests.samples.sealing import (
    NOW,
    PASSPHRASE,
    agency,
    certificate,
    evidence,
    order,
    plain_archive,
    stamper,
)

from comity.evidence import timestamp
from comity.evidence.certpath import find_path
from comity.evidence.cms_sign import sign_detached
from comity.evidence.custody import (
    Act,
    Authorisation,
    Draft,
    Item,
    NoteKeyKind,
    NoteSigner,
    Party,
    create_log,
    encode_extract,
    extract,
)
from comity.evidence.keys import (
    KeyUse,
    PublicIdentity,
    add_certificate,
    create_identity,
    note_keys,
    open_identity,
    rotate,
)
from comity.evidence.limitation import Limitations, Purpose
from comity.evidence.package import PackageReport, Provenance, Signer, Trust, layout, seal, verify_folder
from comity.evidence.package.bagcheck import check_bag
from comity.evidence.package.signing import signed_text
from comity.evidence.recall import remove

DAY = timedelta(days=1)
VERIFIER = Path(layout.__file__).parent / "data" / layout.VERIFIER


def unpacked(
    folder: Path,
    *,
    stamped: bool = True,
    identity: Any = None,
    paths: tuple[Path, ...] = (),
    at: datetime = NOW,
    stamp_at: datetime | None = None,
    **changes: Any,
) -> Path:
    """A package in a folder, as age and tar give it: evidence, and nothing that a program of ours makes."""
    opened = identity or agency("pune.example").unlocked
    signer = Signer(key=opened.certificate_key(), chain=opened.certificate_chain(), pq_key=opened.signature_pq_key())
    made = seal(
        [*paths] or [evidence(folder / "in")],
        folder / "package.age",
        order(identity_bundle=(opened.folder / "identity.json").read_bytes(), **changes),
        signer,
        now=at,
        random_bytes=os.urandom,
        authority=stamper().at(stamp_at or at + timedelta(seconds=5)) if stamped else None,
    )
    with tarfile.open(fileobj=io.BytesIO(plain_archive(made.path))) as held:
        held.extractall(folder, filter="data")
    return folder / "FIR-12-2026"


def judged(
    folder: Path, beside: Path, *, trust: Trust, roots: tuple[x509.Certificate, ...], now: datetime = NOW
) -> tuple[dict[str, str], str, PackageReport]:
    """What each of the two says: checks of the one inside with all that it printed, and our report."""
    arguments: list[str] = []
    given: Any = (("--trust", roots), ("--stamp-trust", trust.stamp_roots), ("--crl", trust.revocations))
    for option, what in given:
        for number, one in enumerate(what):
            path = beside / f"{option[2:]}-{number}.pem"
            path.write_bytes(one.public_bytes(Encoding.PEM))
            arguments += [option, str(path)]
    script, said = runpy.run_path(str(VERIFIER)), io.StringIO()
    with contextlib.redirect_stdout(said):
        script["main"]([*arguments, str(folder)])
    lines = [line for line in said.getvalue().splitlines() if line[:1].islower()]
    inside = {line[14:].split(" (")[0]: line[:14].strip() for line in lines}
    return inside, said.getvalue(), verify_folder(folder, trust, now=now)


@pytest.mark.parametrize(
    ("revoked_at", "stamped", "expected"),
    [
        ("none", True, "indeterminate"),
        (None, True, "passed"),
        (NOW - DAY, True, "failed"),
        (NOW + DAY, True, "passed"),
        (NOW - DAY, False, "failed"),
        (NOW + timedelta(hours=1), False, "indeterminate"),
    ],
)
def test_revocation(tmp_path: Path, revoked_at: Any, stamped: bool, expected: str) -> None:
    """Of a certificate that an authority issued to a sender whom one knows; "none": no list is given."""
    root_key = ec.generate_private_key(ec.SECP256R1())
    root = certificate("Root", root_key, ca=True)
    public = PublicIdentity(name="ca.example", display_name="ca", keys=())
    own = create_identity(
        tmp_path / "id", public, passphrase=PASSPHRASE, now=NOW - 30 * DAY, random_bytes=os.urandom
    ).unlock(PASSPHRASE)
    leaf = certificate("A. Rao", own.certificate_key().public_key(), issuer=(root, root_key))
    add_certificate(own, leaf.public_bytes(Encoding.PEM), what="answer")
    folder = unpacked(tmp_path, identity=own, stamped=stamped)
    builder = x509.CertificateRevocationListBuilder().issuer_name(root.subject)
    builder = builder.last_update(NOW - 2 * DAY).next_update(NOW + 900 * DAY)
    if isinstance(revoked_at, datetime):
        one = x509.RevokedCertificateBuilder().serial_number(leaf.serial_number).revocation_date(revoked_at)
        builder = builder.add_revoked_certificate(
            one.add_extension(x509.CRLReason(x509.ReasonFlags.key_compromise), critical=False).build()
        )
    lists = () if revoked_at == "none" else (builder.sign(root_key, SHA256()),)
    known = open_identity(tmp_path / "id").public
    trust = Trust(senders=(known,), roots=(root,), stamp_roots=(stamper().root,), revocations=lists)
    inside, said, ours = judged(folder, tmp_path, trust=trust, roots=(root,), now=NOW + 2 * DAY)
    assert inside["signer's certificate was not revoked by then"] == expected, said
    assert ours.named("revocation").verdict.value == expected
    assert ours.verdict.value == expected


def believed() -> Trust:
    return Trust(senders=(agency("pune.example").identity.public,), stamp_roots=(stamper().root,))


def of_pune(folder: Path, beside: Path) -> tuple[dict[str, str], str, PackageReport]:
    return judged(folder, beside, trust=believed(), roots=tuple(agency("pune.example").signer.chain))


def test_empty_folders(tmp_path: Path) -> None:
    """Those that were sealed may be there or not, for tar makes none; another may not."""
    phone = evidence(tmp_path / "in")
    (phone / "empty" / "inner").mkdir(parents=True)
    folder = unpacked(tmp_path, paths=(phone,))
    for _ in range(2):
        inside, said, ours = of_pune(folder, tmp_path)
        assert (set(inside.values()), ours.verdict.value) == ({"passed"}, "passed"), said
        (folder / "data" / "phone" / "empty" / "inner").mkdir(parents=True, exist_ok=True)
    for planted in ("data/phone/planted", "planted", "metadata/planted/deeper"):
        (folder / planted).mkdir(parents=True)
        inside, said, ours = of_pune(folder, tmp_path)
        assert inside["nothing is missing, nothing was added"] == "failed", said
        assert f"{planted} is an empty folder" in said
        assert ours.named("completeness").verdict.value == "failed"
        assert planted in ours.named("completeness").reasons[0]
        (folder / planted).rmdir()
        if planted.endswith("deeper"):
            (folder / planted).parent.rmdir()


@pytest.mark.parametrize(
    ("reason", "expected"), [(x509.ReasonFlags.key_compromise, "failed"), (x509.ReasonFlags.superseded, "passed")]
)
def test_a_time_stamping_authority_that_was_revoked_later(
    tmp_path: Path, reason: x509.ReasonFlags, expected: str
) -> None:
    one = x509.RevokedCertificateBuilder().serial_number(stamper().leaf.serial_number).revocation_date(NOW + DAY)
    builder = x509.CertificateRevocationListBuilder().issuer_name(stamper().root.subject).last_update(NOW)
    builder = builder.add_revoked_certificate(one.add_extension(x509.CRLReason(reason), critical=False).build())
    lists = (builder.next_update(NOW + 900 * DAY).sign(stamper().root_key, SHA256()),)
    trust = Trust(senders=believed().senders, stamp_roots=(stamper().root,), revocations=lists)
    folder = unpacked(tmp_path)
    inside, said, ours = judged(folder, tmp_path, trust=trust, roots=tuple(agency("pune.example").signer.chain))
    assert inside["time-stamping authority"] == ours.named("time-stamp-authority").verdict.value == expected, said


def test_custody_of_anothers_log(tmp_path: Path) -> None:
    """A sender whom one trusts, who keeps a log in another's name: its keys do not speak for that."""
    own = agency("pune.example").unlocked
    log = create_log(tmp_path / "log", origin="bonn.example/custody")
    by = Party(name="K. Weber", role="officer", agency="Agency bonn.example", identity="bonn.example")
    shared: Any = {"by": by, "place": "Bonn", "reason": "r", "authorisation": Authorisation(reference="W")}
    log.append(
        [Draft(act=Act.COLLECTED, at=NOW, items=(Item(id="EX-1"),), **shared)], recorded_at=NOW, random_bytes=bytes
    )
    signer = NoteSigner(name=log.origin, kind=NoteKeyKind.ED25519, private_key=own.private_key(KeyUse.NOTE))
    log.sign([signer], at=NOW)
    folder = unpacked(tmp_path, custody=encode_extract(extract(log, ["EX-1"])))
    log.close()
    inside, said, ours = of_pune(folder, tmp_path)
    assert inside["custody so far"] == "failed", said
    assert "may not speak for it" in said
    assert ours.named("custody").verdict.value != "passed"


def test_folders_that_are_nested_without_end(tmp_path: Path) -> None:
    """Deeper than the stack of a program: it is named, and ends neither."""
    folder = unpacked(tmp_path)
    deepest = folder / "data"
    for _ in range(1200):
        deepest /= "d"
        deepest.mkdir()
    inside, said, ours = of_pune(folder, tmp_path)
    assert inside["nothing is missing, nothing was added"] == "failed"
    assert "is nested deeper than any package is" in said
    assert any("is nested deeper" in one for one in ours.named("completeness").reasons)
    assert not [one for one in check_bag(folder).errors if one[0] == "bag"]
    assert remove(folder) > 0
    assert not folder.exists()


def test_a_stamp_that_was_taken_out_is_named(tmp_path: Path) -> None:
    folder = unpacked(tmp_path)
    (folder / layout.STAMP).unlink()
    inside, said, ours = of_pune(folder, tmp_path)
    assert inside["time stamp"] == ours.named("time-stamp").verdict.value == "indeterminate"
    assert "somebody took it out" in said
    assert "somebody took it out" in ours.named("time-stamp").reasons[0]


@pytest.mark.parametrize(("minutes", "expected"), [(-4, "passed"), (-6, "failed")])
def test_a_stamp_from_before_the_package_was_sealed(tmp_path: Path, minutes: int, expected: str) -> None:
    """Of a folder too: the manifest says when it was sealed."""
    folder = unpacked(tmp_path, stamp_at=NOW + timedelta(minutes=minutes))
    inside, said, ours = of_pune(folder, tmp_path)
    assert inside["time stamp"] == ours.named("time-stamp").verdict.value == expected, said
    assert ("before the package was sealed" in said) is (expected == "failed")


def test_a_root_in_the_stamp_that_was_altered(tmp_path: Path) -> None:
    """One has it from elsewhere, and nobody signed what came along."""
    folder = unpacked(tmp_path)
    stamp, root = folder / layout.STAMP, stamper().root.public_bytes(Encoding.DER)
    assert root in stamp.read_bytes()
    stamp.write_bytes(stamp.read_bytes().replace(root, root.replace(b"Stamp root", b"Stump root")))
    inside, said, ours = of_pune(folder, tmp_path)
    assert inside["time-stamping authority"] == ours.named("time-stamp-authority").verdict.value, said
    assert ours.named("time-stamp-authority").verdict.value == "indeterminate"


def test_a_certificate_of_the_signer_that_takes_no_part(sealed_once: Path, tmp_path: Path) -> None:
    """Such as one that lay in its PKCS#12 file: it is in a list that is signed."""
    folder = shutil.copytree(sealed_once, tmp_path / "FIR-12-2026")
    chain = (*agency("pune.example").signer.chain, stamper().root)
    (folder / layout.CERTIFICATES).write_bytes(b"".join(one.public_bytes(Encoding.PEM) for one in chain))
    signed_again(folder, chain=chain)
    inside, said, ours = of_pune(folder, tmp_path)
    assert inside["signer's certificate, today"] == ours.named("certificate").verdict.value == "passed", said


def test_a_package_without_a_stamp_accuses_nobody_and_takes_none_inside(tmp_path: Path) -> None:
    folder = unpacked(tmp_path, stamped=False)
    inside, said, ours = of_pune(folder, tmp_path)
    assert inside["time stamp"] == ours.named("time-stamp").verdict.value == "indeterminate"
    assert "took it out" not in said
    signature = (folder / layout.CMS).read_bytes()
    answer = stamper().answer(timestamp.ask(signature, nonce=7), NOW)
    (folder / layout.STAMP).write_bytes(timestamp.take_token(answer, signature, nonce=7))
    inside, said, ours = of_pune(folder, tmp_path)
    assert inside["time stamp"] == ours.named("time-stamp").verdict.value == "failed"
    assert "sealed without" in said


@pytest.mark.parametrize(
    ("identity", "said", "expected"),
    [
        ("pune.example", "agency  PUNE.example", "passed"),
        ("pune.example", "", "passed"),
        ("", "", "passed"),
        ("pune.example", "Cyber Cell, Delhi", "indeterminate"),
        ("pune.example", "US", "indeterminate"),
        ("bonn.example", "Agency pune.example", "failed"),
    ],
)
def test_who_it_says_that_it_is_by(tmp_path: Path, identity: str, said: str, expected: str) -> None:
    """A name, an agency and a state are typed; the identity is the one whose keys signed."""
    sender = Party(name="A. Rao", role="custodian", agency=said, identity=identity)
    if said.isupper():
        sender = Party(name="A. Rao", role="custodian", state=said, identity=identity)
    inside, printed, ours = of_pune(unpacked(tmp_path, sender=sender), tmp_path)
    assert inside["keys are of the sender that it names"] == expected, printed
    assert ours.named("sender").verdict.value == expected
    assert ours.verdict.value == expected
    assert ours.sealed_as.startswith("pune.example (pune, Agency pune.example")


def test_the_evidence_is_the_exhibit(tmp_path: Path) -> None:
    """A file with the digest that the log has, or a word how it was made; ours is tested where exhibits are."""
    script = runpy.run_path(str(VERIFIER))
    for derived in (None, "chats only"):
        told = Provenance(exhibits=("EX-1", "EX-2"), derived=derived or msgspec.UNSET)
        (tmp_path / str(derived)).mkdir()
        folder = unpacked(tmp_path / str(derived), provenance=told)
        image = hashlib.sha256((folder / "data/phone/image.bin").read_bytes()).hexdigest()
        for digest, missing in ((image, False), ("0" * 64, derived is None), ("", False)):
            entries = [{"items": [{"id": "EX-1", "sha256": digest, "sha512": ""}, {"id": "EX-2"}]}]
            assert bool(script["exhibits_missing"](folder, entries)) is missing


@pytest.mark.parametrize(
    ("ended", "signers", "expected"),
    [(None, 2, "passed"), (5, 2, "passed"), (-5, 2, "failed"), (5, 1, "indeterminate"), (None, 1, "passed")],
)
def test_custody_signed_by_a_key_that_was_changed(tmp_path: Path, ended: Any, signers: int, expected: str) -> None:
    """The sender changed its keys minutes after the checkpoint was signed, or before; one signer: without a time."""
    public = PublicIdentity(name="turns.example", display_name="turns", keys=())
    own = create_identity(
        tmp_path / "id", public, passphrase=PASSPHRASE, now=NOW - 30 * DAY, random_bytes=os.urandom
    ).unlock(PASSPHRASE)
    old = own.note_signers("turns.example/custody")[:signers]
    if ended is not None:
        uses = (KeyUse.NOTE, KeyUse.NOTE_PQ)
        rotate(own, uses, now=NOW + timedelta(minutes=ended), random_bytes=os.urandom)
        own = open_identity(tmp_path / "id").unlock(PASSPHRASE)
    log = create_log(tmp_path / "log", origin="turns.example/custody")
    draft = Draft(
        act=Act.COLLECTED, at=NOW, by=Party(name="A. Rao", role="officer"), items=(Item(id="EX-1"),), place="Pune",
        reason="search", authorisation=Authorisation(reference="W 12"),
    )  # fmt: skip
    log.append([draft], recorded_at=NOW, random_bytes=bytes)
    log.sign(old, at=NOW)
    custody = encode_extract(extract(log, ["EX-1"], keys=note_keys(own.public, log.origin)))
    log.close()
    folder = unpacked(tmp_path, identity=own, custody=custody, provenance=Provenance(exhibits=("EX-1",)))
    trust = Trust(senders=(own.public,), stamp_roots=(stamper().root,))
    inside, said, ours = judged(folder, tmp_path, trust=trust, roots=tuple(own.certificate_chain()))
    assert inside["custody so far"] == expected, said
    assert ours.named("custody").verdict.value == expected, ours.named("custody")


def signed_again(folder: Path, *, key: Any = None, chain: Any = None, pq: Any = None) -> None:
    """Sign an unpacked package as it lies there, as a sender would who made it wrong on purpose."""
    own = agency("pune.example").signer
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    tags = sorted(one for one in files - layout.UNLISTED if not one.startswith(layout.DATA))
    payload = sorted(one for one in files if one.startswith(layout.DATA))
    for name, algorithm, listed in (
        (layout.MANIFEST_SHA256, "sha256", payload),
        (layout.MANIFEST_SHA512, "sha512", payload),
        (layout.TAGS_SHA256, "sha256", tags),
        (layout.TAGS_SHA512, "sha512", tags),
    ):
        lines = [f"{hashlib.new(algorithm, (folder / one).read_bytes()).hexdigest()}  {one}\n" for one in listed]
        (folder / name).write_text("".join(lines))
    text = signed_text((folder / layout.TAGS_SHA256).read_bytes(), (folder / layout.TAGS_SHA512).read_bytes())
    (folder / layout.SIGNED).write_bytes(text)
    (folder / layout.CMS).write_bytes(sign_detached(text, key or own.key, chain or own.chain, signed_at=NOW))
    (folder / layout.PQ_SIGNATURE).write_bytes((pq or own.pq_key).sign(text))


@pytest.fixture(scope="module")
def sealed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    limits = Limitations(
        cases=("FIR 12/2026",), purposes=(Purpose.COURT,), not_in_court=True, no_onward_transfer=True, notify="pune",
        share_with=("BKA", "FR"), delete_by=(NOW + DAY).date(), reason="art. 26", owner="pune.example",
    )  # fmt: skip
    return unpacked(tmp_path_factory.mktemp("sealed"), stamped=False, limitations=limits)


def compared(folder: Path, beside: Path) -> tuple[set[str], set[str]]:
    """The checks that fail, by the one inside and by ours."""
    inside, _, ours = of_pune(folder, beside)
    failed = {check.name for check in ours.checks if check.verdict.value == "failed"}
    return {name for name, verdict in inside.items() if verdict == "failed"}, failed


MISSING = "nothing is missing, nothing was added"
SAID = "evidence manifest says what is there"
DESCRIBED = "description and use limitations can be read"


def test_what_is_signed_again_as_it_was_passes(sealed_once: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(sealed_once, tmp_path / "FIR-12-2026")
    signed_again(folder)
    assert compared(folder, tmp_path) == (set(), set())


@pytest.mark.parametrize(
    ("name", "old", "new", "inside", "ours"),
    [
        *((one, b"", None, MISSING, "completeness") for one in ("bagit.txt", "bag-info.txt", layout.README)),
        *((one, b"", None, MISSING, "completeness") for one in (layout.VERIFIER, layout.DESCRIPTION)),
        *((one, b"", None, MISSING, "completeness") for one in (layout.EVIDENCE, layout.LIMITATIONS)),
        *((one, b"", b"x", MISSING, "completeness") for one in ("fetch.txt", "notes.txt", "metadata/more.json")),
        (layout.BAGIT, b"1.0", b"0.97", "it is a bag of BagIt 1.0 with evidence", "bag"),
        ("data/phone/image.bin", b"", b"x", SAID, "evidence-manifest"),
        ("data/phone/more.bin", b"", b"x", SAID, "evidence-manifest"),
        (layout.EVIDENCE, b'"file_count":3', b'"file_count":4', SAID, "evidence-manifest"),
        (layout.EVIDENCE, b'"FIR 12/2026"', b'"FIR 13/2026"', "use limitations can be read", "use-limitations"),
        (layout.LIMITATIONS, b"comity:court", b"comity:civil", "use limitations can be read", "use-limitations"),
        (layout.LIMITATIONS, b'"BKA"', b'"BND"', "use limitations can be read", "use-limitations"),
        (layout.DESCRIPTION, b"{", b"[", DESCRIBED, "description"),
        (layout.SENDER, b"Agency pune", b"Agency Pune", "keys are of the sender that it names", "sender"),
    ],
)  # fmt: skip
def test_what_its_own_sender_signed_wrong(
    sealed_once: Path, tmp_path: Path, name: str, old: bytes, new: bytes | None, inside: str, ours: str
) -> None:
    folder = shutil.copytree(sealed_once, tmp_path / "FIR-12-2026")
    path = folder / name
    if new is None:
        path.unlink()
    else:
        path.write_bytes(path.read_bytes().replace(old, new, 1) if old else new)
    signed_again(folder)
    by_it, by_us = compared(folder, tmp_path)
    assert inside in by_it
    assert ours in by_us


def test_keys_that_are_not_those_of_the_form(sealed_once: Path, tmp_path: Path) -> None:
    """A second signature by a key that quantum computers break; a certificate before the signer's own."""
    folder = shutil.copytree(sealed_once, tmp_path / "FIR-12-2026")
    key = Ed25519PrivateKey.generate()
    kept = (folder / layout.PQ_KEY).read_bytes()
    (folder / layout.PQ_KEY).write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    signed_again(folder, pq=key)
    by_it, by_us = compared(folder, tmp_path)
    assert "second signature" in by_it
    assert "post-quantum-signature" in by_us
    (folder / layout.PQ_KEY).write_bytes(kept)
    own, other = agency("pune.example").signer, agency("bonn.example").signer
    chain = (*own.chain, *other.chain)
    (folder / layout.CERTIFICATES).write_bytes(b"".join(one.public_bytes(Encoding.PEM) for one in chain))
    signed_again(folder, key=other.key, chain=chain[::-1])
    by_it, by_us = compared(folder, tmp_path)
    assert "signature" in by_it & by_us


@pytest.mark.parametrize("wrong", ["nothing", "usage", "critical", "too-far", "no-authority", "weak"])
def test_certificates_that_may_not_do_it(wrong: str) -> None:
    """Under a root that one trusts, one certificate between."""
    root_key, middle_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    key: Any = rsa.generate_private_key(65537, 1024 if wrong == "weak" else 2048)
    uses = dict.fromkeys(
        ("digital_signature", "content_commitment", "key_cert_sign", "crl_sign", "key_encipherment",
         "data_encipherment", "encipher_only", "decipher_only"), False,
    )  # fmt: skip
    agrees = (x509.KeyUsage(**uses, key_agreement=True), True)
    strange = (x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00"), True)
    root = certificate("Root", root_key, ca=True)
    root = _with(root, root_key, path_length=0 if wrong == "too-far" else None)
    middle = certificate("Middle", middle_key, issuer=(root, root_key), ca=True)
    middle = _with(middle, root_key, *([agrees] if wrong == "no-authority" else []))
    leaf = certificate("A. Rao", key, issuer=(middle, middle_key))
    more = [agrees] if wrong == "usage" else [strange] if wrong == "critical" else []
    leaf = _with(leaf, middle_key, *more)
    script = runpy.run_path(str(VERIFIER))
    told = script["chain_faults"](leaf, [leaf, middle], [root], NOW)
    path = find_path(leaf, [middle], [root], at=NOW, usage="")
    assert path.trusted
    assert (bool(told[0]), told[1], bool(path.faults)) == (wrong != "nothing", [], wrong != "nothing"), told


def _with(
    one: x509.Certificate,
    key: ec.EllipticCurvePrivateKey,
    *more: tuple[x509.ExtensionType, bool],
    path_length: int | None = None,
) -> x509.Certificate:
    """The same certificate with more extensions, signed by its issuer's key."""
    is_authority = one.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    builder = x509.CertificateBuilder(
        one.issuer, one.subject, one.public_key(), one.serial_number, one.not_valid_before_utc, one.not_valid_after_utc
    ).add_extension(x509.BasicConstraints(ca=is_authority, path_length=path_length), critical=True)
    for extension, critical in more:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(key, SHA256())


def test_times_that_are_still_to_come(tmp_path: Path) -> None:
    """By the signer's clock, and by the stamp: one clock is wrong, and nobody can tell which."""
    now = datetime.now(UTC)
    inside, said, ours = of_pune(unpacked(tmp_path, at=now + DAY), tmp_path)
    assert inside["signature"] == inside["time stamp"] == "indeterminate", said
    assert said.count("which is still to come") == 2
    assert ours.named("signature").verdict.value == ours.named("time-stamp").verdict.value == "indeterminate"
    assert ours.verdict.value == "indeterminate"

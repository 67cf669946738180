"""A package in the hands of strangers: what common tools say of it, and of one that was altered."""

import contextlib
import io
import os
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from tests.samples.forensic import ex01, media, pcap
from tests.samples.openssl import OPENSSL, authority, run, version
from tests.samples.sealing import agency, evidence, order

from comity.evidence.age import parse_recipient
from comity.evidence.custody import Verdict
from comity.evidence.keys import age_recipients
from comity.evidence.package import Recipient, Trust, layout, seal, verify_folder
from comity.evidence.paper.repeat import EVERYTHING, broken, commands, opening

AGE = shutil.which("age")
EVERY_BIT = int(os.environ.get("MUTATIONS", "0")) >= 10_000
needs_age = pytest.mark.skipif(AGE is None, reason="the program age is not installed")
needs_openssl = pytest.mark.skipif(OPENSSL is None, reason="the program openssl is not installed")


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """A package that age and tar opened, the signer's certificate, and the authority's root."""
    if AGE is None or OPENSSL is None:
        pytest.skip("the programs age and openssl are not both installed")
    folder = tmp_path_factory.mktemp("package")
    answer, root = authority(folder / "tsa")
    bonn = agency("bonn.example")
    _, key = age_recipients(bonn.identity.public)
    changes = {"recipients": ((Recipient(name="", key=key), parse_recipient(key)),)}
    phone = evidence(folder / "in")
    (phone / "disk.Ex01").write_bytes(ex01(media()))
    (phone / "wire.pcap").write_bytes(pcap([(1, b"packet")]))
    (phone / "tagmanifest-of-theirs.txt").write_text("evidence may have any name\n")
    (phone / "nothing inside" / "घटना").mkdir(parents=True)
    seal(
        [phone],
        folder / "package.age",
        order(**changes),
        agency("pune.example").signer,
        now=datetime.now(UTC),
        random_bytes=os.urandom,
        authority=answer,
    )
    (folder / "key.txt").write_text("\n".join(t for t in bonn.unlocked.age_identities() if "-PQ-" not in t))
    opened = run(AGE, "-d", "-i", folder / "key.txt", folder / "package.age")
    assert opened.returncode == 0, opened.stderr
    assert run("tar", "-x", cwd=folder, given=opened.stdout).returncode == 0
    (folder / "signer.pem").write_bytes(agency("pune.example").signer.chain[0].public_bytes(Encoding.PEM))
    return folder / "FIR-12-2026", folder / "signer.pem", root


def test_age_and_tar_open_it(unpacked: tuple[Path, Path, Path]) -> None:
    assert (unpacked[0] / "data/phone/chat/2.txt").read_text() == "done\n"


@pytest.mark.parametrize(
    ("program", "lists"),
    [
        ("sha512sum", (layout.SIGNED, layout.TAGS_SHA512, layout.MANIFEST_SHA512)),
        ("sha256sum", (layout.TAGS_SHA256, layout.MANIFEST_SHA256)),
    ],
)
def test_coreutils(unpacked: tuple[Path, Path, Path], program: str, lists: tuple[str, ...]) -> None:
    for name in lists:
        assert run(program, "--strict", "-c", name, cwd=unpacked[0]).returncode == 0


def test_openssl_cms(unpacked: tuple[Path, Path, Path], tmp_path: Path) -> None:
    folder, signer, _ = unpacked
    command = (
        OPENSSL, "cms", "-verify", "-binary", "-inform", "DER", "-no_check_time", "-CAfile", signer,
        "-in", layout.CMS, "-out", os.devnull, "-content",
    )  # fmt: skip
    assert b"successful" in run(*command, layout.SIGNED, cwd=folder).stderr
    (tmp_path / "altered").write_bytes((folder / layout.SIGNED).read_bytes() + b"\n")
    assert run(*command, tmp_path / "altered", cwd=folder).returncode != 0


def test_openssl_ts(unpacked: tuple[Path, Path, Path]) -> None:
    folder, _, root = unpacked
    command = (OPENSSL, "ts", "-verify", "-token_in", "-in", layout.STAMP, "-CAfile", root, "-data")
    assert b"OK" in run(*command, layout.CMS, cwd=folder).stdout
    assert run(*command, layout.SIGNED, cwd=folder).returncode != 0


def test_openssl_mldsa(unpacked: tuple[Path, Path, Path]) -> None:
    if version() < (3, 5):
        pytest.skip("this OpenSSL has no ML-DSA; 3.5 has")
    done = run(
        OPENSSL, "pkeyutl", "-verify", "-pubin", "-inkey", layout.PQ_KEY, "-rawin", "-in", layout.SIGNED,
        "-sigfile", layout.PQ_SIGNATURE, cwd=unpacked[0],
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_bagit_of_the_library_of_congress(unpacked: tuple[Path, Path, Path]) -> None:
    done = run(Path(sys.executable).with_name("bagit.py"), "--validate", unpacked[0])
    assert done.returncode == 0, done.stderr


def test_our_own_judgement_of_bags(unpacked: tuple[Path, Path, Path]) -> None:
    from comity.evidence.package.bagcheck import check_bag

    report = check_bag(unpacked[0])
    assert (report.errors, report.warnings) == ([], [])


@pytest.fixture(scope="module")
def beside(unpacked: tuple[Path, Path, Path]) -> Path:
    """What a stranger has beside the folder, under the names of the report."""
    folder, signer, root = unpacked
    for name, source in (
        ("ROOTS.pem", signer), ("TSA-ROOTS.pem", root), ("KEY.txt", folder.parent / "key.txt"),
        ("PACKAGE.age", folder.parent / "package.age"),
    ):  # fmt: skip
        shutil.copyfile(source, folder.parent / name)
    opened = run("sh", "-c", " && ".join(opening(folder.name)), cwd=folder.parent)
    assert opened.returncode == 0, opened.stderr
    return folder


@pytest.mark.parametrize("check", [one.check for one in commands(at=None)])
def test_the_commands_of_the_report(beside: Path, check: str) -> None:
    """Each runs as it is printed, and shows what the report says that it shows."""
    (one,) = (one for one in commands(at=datetime.now(UTC)) if one.check == check)
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    for command in one.commands:
        if command.startswith("openssl pkeyutl") and version() < (3, 5):
            continue  # this OpenSSL has no ML-DSA
        done = subprocess.run(
            ["sh", "-c", broken(command)], cwd=beside, capture_output=True, check=False, env={"PATH": path}
        )
        told = (done.stdout + done.stderr).decode()
        if one.expect.startswith("nothing"):
            assert told == "", told
        elif check != "custody":
            assert done.returncode == 0, told
        words = {
            "signature": "successful",
            "time-stamp": "OK" if "-verify" in command else "Time stamp",
            "bag": "1.0",
            "revocation": "issuer",
        }
        assert words.get(check, "") in told


def _plant_link(folder: Path) -> None:
    (folder / "data/phone/link").symlink_to("chat")


@pytest.mark.parametrize(
    ("plant", "seen"),
    [
        (lambda folder: None, ""),
        (lambda folder: (folder / "data/phone/nothing inside/घटना").mkdir(parents=True), ""),
        (lambda folder: (folder / "data/phone/planted").mkdir(), "data/phone/planted"),
        (lambda folder: (folder / "signatures/planted").write_text("x"), "signatures/planted"),
        (lambda folder: (folder / "data/phone/chat/1.txt").unlink(), "data/phone/chat/1.txt"),
        (_plant_link, "data/phone/link"),
    ],
    ids=["nothing", "sealed", "folder", "signature", "removed", "link"],
)
def test_the_commands_show_what_does_not_belong(
    beside: Path, tmp_path: Path, plant: Callable[[Path], object], seen: str
) -> None:
    """Among it empty folders, which no list of digests names, but for those that were sealed."""
    folder = shutil.copytree(beside, tmp_path / "copy")
    plant(folder)
    (one,) = (one for one in commands(at=None) if one.check == "completeness")
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    told = ""
    for command in one.commands:
        done = subprocess.run(
            ["sh", "-c", broken(command)], cwd=folder, capture_output=True, check=False, env={"PATH": path}
        )
        told += (done.stdout + done.stderr).decode()
    assert (seen in told, bool(told)) == (True, bool(seen)), told


def test_the_command_for_all_checks(beside: Path) -> None:
    python = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(["sh", "-c", EVERYTHING], cwd=beside, capture_output=True, check=False, env={"PATH": python})
    assert done.returncode == 0, done.stdout


@pytest.fixture
def standalone(unpacked: tuple[Path, Path, Path]) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    folder, signer, root = unpacked

    def verify(target: Path = folder, *, trust: bool = True) -> subprocess.CompletedProcess[bytes]:
        trusted = ("--trust", signer, "--stamp-trust", root) if trust else ()
        return run(sys.executable, "-I", folder / layout.VERIFIER, *trusted, target)

    return verify


def test_the_verifier_inside(standalone: Callable[..., subprocess.CompletedProcess[bytes]]) -> None:
    done = standalone()
    assert done.returncode == 0, done.stdout.decode()
    assert standalone(trust=False).returncode == 3


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("data/phone/chat/1.txt", b"manifest-sha512.txt"),
        (layout.README, b"tagmanifest-sha512.txt"),
        (layout.TAGS_SHA256, b"what is signed"),
        (layout.SIGNED, b"signature (CMS)"),
        (layout.CMS, b"signature"),
        (layout.PQ_SIGNATURE, b"second signature"),
        (layout.STAMP, b"time stamp"),
        (layout.CERTIFICATES, b"tagmanifest-sha512.txt"),
        ("data/new", b"nothing was added"),
        ("metadata/new", b"nothing was added"),
    ],
)
def test_the_verifier_inside_finds_changes(
    unpacked: tuple[Path, Path, Path],
    standalone: Callable[..., subprocess.CompletedProcess[bytes]],
    tmp_path: Path,
    name: str,
    what: bytes,
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(unpacked[0], folder)
    path = folder / name
    data = bytearray(path.read_bytes() if path.exists() else b"x")
    data[-1] ^= 1
    path.write_bytes(data)
    done = standalone(folder)
    assert done.returncode == 1, done.stdout.decode()
    failed = [line for line in done.stdout.splitlines() if line.startswith(b"failed")]
    assert any(what in line for line in failed), done.stdout.decode()


def test_a_strange_certificate_in_a_stamp_is_a_doubt_for_both(
    unpacked: tuple[Path, Path, Path], standalone: Callable[..., subprocess.CompletedProcess[bytes]], tmp_path: Path
) -> None:
    """The root that came along was altered: nobody signed that it is there, and nothing needs it."""
    shutil.copytree(unpacked[0], tmp_path / "copy")
    path = tmp_path / "copy" / layout.STAMP
    root = x509.load_pem_x509_certificate(unpacked[2].read_bytes()).public_bytes(Encoding.DER)
    data = bytearray(path.read_bytes())
    data[data.index(root) + len(root) - 1] ^= 1
    path.write_bytes(data)
    done = standalone(tmp_path / "copy")
    assert done.returncode == 3, done.stdout.decode()
    assert any(b"vouches" in line for line in done.stdout.splitlines()), done.stdout.decode()
    _, ours = judges(tmp_path / "copy", *unpacked[1:])
    assert not ours()


@pytest.mark.parametrize(
    ("name", "step"),
    [(layout.CMS, 2), (layout.STAMP, 1), (layout.SIGNED, 3), (layout.PQ_SIGNATURE, 9), (layout.TAGS_SHA256, 17)],
)
def test_the_verifiers_over_every_byte(unpacked: tuple[Path, Path, Path], tmp_path: Path, name: str, step: int) -> None:
    """Of what is in no list, no byte can change unseen by either verifier.

    `make mutations` tries each byte on both, and each bit of CMS and stamp; otherwise each byte of the stamp is tried
    on the one inside, which has less machinery to catch it, and fewer elsewhere.
    """
    folder, signer, root = unpacked
    shutil.copytree(folder, tmp_path / "copy")
    path = tmp_path / "copy" / name
    original = path.read_bytes()
    inside, ours = judges(tmp_path / "copy", signer, root)
    assert inside()
    assert ours()
    for at in range(0, len(original), 1 if EVERY_BIT else step):
        for bit in range(8) if EVERY_BIT and step < 9 else (at % 8,):
            altered = bytearray(original)
            altered[at] ^= 1 << bit
            path.write_bytes(altered)
            assert not inside(), f"bit {bit} of byte {at} of {name}: the verifier inside"
            assert (at % 4 and not EVERY_BIT) or not ours(), f"bit {bit} of byte {at} of {name}: ours"


def judges(folder: Path, signer: Path, root: Path) -> tuple[Callable[[], bool], Callable[[], bool]]:
    """Whether each verifier accepts a folder, in one process, for it is asked often."""
    script = runpy.run_path(str(folder / layout.VERIFIER))
    stamp_roots = tuple(x509.load_pem_x509_certificates(root.read_bytes()))
    trust = Trust(senders=(agency("pune.example").identity.public,), stamp_roots=stamp_roots)

    def inside() -> bool:
        script["RESULTS"].clear()
        with contextlib.redirect_stdout(io.StringIO()):
            return bool(script["main"](["--trust", str(signer), "--stamp-trust", str(root), str(folder)]) == 0)

    return inside, lambda: verify_folder(folder, trust, now=datetime.now(UTC)).verdict is Verdict.PASSED


@pytest.mark.parametrize(("whose", "check"), [("ca", b"time-stamping authority"), ("pune", b"certificate")])
def test_the_verifier_inside_heeds_revocations(
    unpacked: tuple[Path, Path, Path], tmp_path: Path, whose: str, check: bytes
) -> None:
    folder, signer, root = unpacked
    if whose == "ca":
        key = load_pem_private_key((root.parent / "ca.key").read_bytes(), None)
        revoked = x509.load_pem_x509_certificate((root.parent / "tsa.pem").read_bytes())
    else:
        key = agency("pune.example").signer.key
        revoked = agency("pune.example").signer.chain[0]
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    early = datetime.now(UTC) - timedelta(days=2)
    entry = x509.RevokedCertificateBuilder().serial_number(revoked.serial_number).revocation_date(early).build()
    builder = x509.CertificateRevocationListBuilder().issuer_name(revoked.issuer).last_update(early)
    crl = builder.next_update(early + timedelta(days=9)).add_revoked_certificate(entry).sign(key, SHA256())
    (tmp_path / "crl.pem").write_bytes(crl.public_bytes(Encoding.PEM))
    trusted = ("--trust", signer, "--stamp-trust", root, "--crl", tmp_path / "crl.pem")
    done = run(sys.executable, "-I", folder / layout.VERIFIER, *trusted, folder)
    assert done.returncode == 1
    assert any(line.startswith(b"failed") and check in line for line in done.stdout.splitlines()), done.stdout


def test_the_verifier_inside_without_a_stamp(
    unpacked: tuple[Path, Path, Path],
    standalone: Callable[..., subprocess.CompletedProcess[bytes]],
    tmp_path: Path,
) -> None:
    shutil.copytree(unpacked[0], tmp_path / "copy")
    (tmp_path / "copy" / layout.STAMP).unlink()
    assert standalone(tmp_path / "copy").returncode == 3


def test_case_ontology(unpacked: tuple[Path, Path, Path]) -> None:
    program = Path(sys.executable).with_name("case_validate")
    if not program.exists():
        pytest.skip("case_validate is not installed")
    done = run(program, "--built-version", "case-1.4.0", unpacked[0] / layout.DESCRIPTION)
    assert done.returncode == 0, done.stdout.decode()
    assert b"Conforms: True" in done.stdout

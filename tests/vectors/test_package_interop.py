"""A package in the hands of strangers: what common tools say of it, and of one that was altered."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from tests.samples.forensic import ex01, media, pcap
from tests.samples.sealing import agency, evidence, order

from comity.evidence.age import parse_recipient
from comity.evidence.keys import age_recipients
from comity.evidence.package import Recipient, layout, seal

AGE, OPENSSL = shutil.which("age"), shutil.which("openssl")
needs_age = pytest.mark.skipif(AGE is None, reason="the program age is not installed")
needs_openssl = pytest.mark.skipif(OPENSSL is None, reason="the program openssl is not installed")


def run(*command: object, cwd: Path | None = None, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([str(word) for word in command], cwd=cwd, input=given, capture_output=True, check=False)


def openssl_authority(folder: Path) -> tuple[Callable[[bytes], bytes], Path]:
    """OpenSSL's own time-stamping authority, and its root."""
    folder.mkdir()
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    own = ("-x509", "-days", "9", "-subj", "/CN=Root")
    run(OPENSSL, "req", *own, *curve, "-keyout", "ca.key", "-out", "ca.pem", cwd=folder)
    run(OPENSSL, "req", *curve, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Stamper", cwd=folder)
    (folder / "ext").write_text("extendedKeyUsage=critical,timeStamping\nbasicConstraints=critical,CA:FALSE\n")
    run(
        OPENSSL, "x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "9",
        "-extfile", "ext", "-out", "tsa.pem", cwd=folder,
    )  # fmt: skip
    (folder / "serial").write_text("01\n")
    (folder / "tsa.cnf").write_text(
        "[tsa]\ndefault_tsa = t\n[t]\nserial = serial\nsigner_cert = tsa.pem\ncerts = ca.pem\nsigner_key = tsa.key\n"
        "signer_digest = sha256\ndefault_policy = 1.2.3.4\ndigests = sha256, sha512\ness_cert_id_alg = sha256\n"
    )

    def answer(question: bytes) -> bytes:
        (folder / "question").write_bytes(question)
        done = run(
            OPENSSL, "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "question", "-out", "answer", cwd=folder
        )
        assert done.returncode == 0, done.stderr
        return (folder / "answer").read_bytes()

    return answer, folder / "ca.pem"


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """A package that age and tar opened, the signer's certificate, and the authority's root."""
    if AGE is None or OPENSSL is None:
        pytest.skip("the programs age and openssl are not both installed")
    folder = tmp_path_factory.mktemp("package")
    answer, root = openssl_authority(folder / "tsa")
    bonn = agency("bonn.example")
    _, key = age_recipients(bonn.identity.public)
    changes = {"recipients": ((Recipient(name="", key=key), parse_recipient(key)),)}
    from datetime import UTC, datetime

    phone = evidence(folder / "in")
    (phone / "disk.Ex01").write_bytes(ex01(media()))
    (phone / "wire.pcap").write_bytes(pcap([(1, b"packet")]))
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
    version = run(OPENSSL, "version").stdout.decode().split()[1]
    if tuple(map(int, version.split(".")[:2])) < (3, 5):
        pytest.skip(f"OpenSSL {version} has no ML-DSA; 3.5 has")
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
        (layout.STAMP, b""),
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
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    done = standalone(folder)
    assert done.returncode == 1, done.stdout.decode()
    failed = [line for line in done.stdout.splitlines() if line.startswith(b"failed")]
    assert any(what in line for line in failed), done.stdout.decode()


@pytest.mark.parametrize("name", [layout.CMS, layout.STAMP, layout.PQ_SIGNATURE, layout.SIGNED, layout.TAGS_SHA256])
def test_the_verifier_inside_over_many_bytes(
    unpacked: tuple[Path, Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """In one process, for there are many: each byte that is looked at is guarded."""
    import random
    import runpy

    folder, signer, root = unpacked
    shutil.copytree(folder, tmp_path / "copy")
    path, chance = tmp_path / "copy" / name, random.Random(7)
    original = path.read_bytes()
    script = runpy.run_path(str(folder / layout.VERIFIER))
    arguments = ["--trust", str(signer), "--stamp-trust", str(root), str(tmp_path / "copy")]
    for at in chance.sample(range(len(original)), 60):
        altered = bytearray(original)
        altered[at] ^= 1 << chance.randrange(8)
        path.write_bytes(altered)
        script["RESULTS"].clear()
        assert script["main"](arguments) == 1, f"byte {at} of {name}: {capsys.readouterr().out}"


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

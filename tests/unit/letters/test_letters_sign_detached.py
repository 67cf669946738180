"""Detached signatures over other forms, and the papers that a letter lists."""

import hashlib
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from tests.samples.letterfiles import data_of, docx_of, sample, shown_lines
from tests.samples.signers import NOW, PASSPHRASE, officer, revocations, root, stamper, stamping

from comity.letters.errors import LetterFileError, SigningError
from comity.letters.sign import (
    PemKey,
    Pkcs12Key,
    Trust,
    Verification,
    check_papers,
    local_stamper,
    open_key,
    sign_detached,
    verify_letter,
    with_papers,
)

TRUST = Trust(roots=(root().pem,))
DATA = data_of(sample())


def signature(data: bytes = DATA, **more: object) -> bytes:
    with open_key(PemKey(key=officer().key_pem, certificate=officer().pem)) as signer:
        return sign_detached(data, signer, at=NOW, **more)  # type: ignore[arg-type]


def verified(data: bytes, made: bytes, trust: Trust = TRUST) -> Verification:
    return verify_letter(data, trust, file="f", now=NOW + timedelta(hours=1), detached={"f.p7s": made})


def test_json_and_docx() -> None:
    found = verified(DATA, signature())
    assert (found.verdict, found.form, found.data.agreement) == ("passed", "json", "agrees")
    docx = docx_of(shown_lines(sample()), data=DATA)
    found = verified(docx, signature(docx))
    assert (found.verdict, found.form, found.data.agreement) == ("passed", "docx", "not_shown")
    assert verified(b"plain text", signature(b"plain text")).verdict == "passed"


def test_changed() -> None:
    found = verified(DATA.replace(b"Google", b"Goggle"), signature())
    assert (found.verdict, found.signatures[0].code) == ("failed", "HASH_FAILURE")


def test_stamped_and_revoked() -> None:
    found = verified(DATA, signature(stamper=stamper()))
    assert found.verdict == "passed"
    assert found.signatures[0].stamped_at == NOW.isoformat()
    gone = Trust(roots=(root().pem,), revocations=(revocations(root(), officer()),))
    assert verified(DATA, signature(), gone).verdict != "passed"


@pytest.mark.parametrize("made", [b"", b"\x30\x03\x02\x01\x01", b"nothing", b"\x30\x80"])
def test_no_signature_at_all(made: bytes) -> None:
    found = verified(DATA, made)
    assert (found.verdict, found.signatures[0].code) == ("failed", "FORMAT_FAILURE")


def test_another_kind_of_cms() -> None:
    from asn1crypto import cms

    with pytest.raises(LetterFileError, match="no signature"):
        verified(DATA, cms.ContentInfo({"content_type": "data", "content": b"x"}).dump())


def test_openssl_agrees(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(DATA)
    (tmp_path / "f.p7s").write_bytes(signature())
    (tmp_path / "root.pem").write_bytes(root().pem)
    command = "openssl cms -verify -inform DER -in f.p7s -content f -CAfile root.pem -binary -out out -purpose any"
    day = str(int((NOW + timedelta(hours=1)).timestamp()))
    ran = subprocess.run([*command.split(), "-attime", day], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    (tmp_path / "f").write_bytes(DATA + b" ")
    ran = subprocess.run([*command.split(), "-attime", day], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode != 0


def test_local_stamper_takes_only_a_key_for_time_stamping() -> None:
    with pytest.raises(SigningError, match="not RSA"):
        local_stamper(Pkcs12Key(data=officer().p12()), PASSPHRASE)
    from tests.samples.signers import magistrate

    with pytest.raises(SigningError, match="not for time stamping"):
        local_stamper(Pkcs12Key(data=magistrate().p12()), PASSPHRASE)
    made = signature(stamper=local_stamper(Pkcs12Key(data=stamping().p12()), PASSPHRASE, at=NOW))
    assert verified(DATA, made).signatures[0].stamped_at == NOW.isoformat()


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_papers() -> None:
    letter = with_papers(sample(), {1: ("law.pdf", digest(b"law").upper()), 3: ("list.csv", digest(b"list"))})
    assert [paper.file for paper in letter.enclosures] == ["law.pdf", "", "list.csv"]
    files = {"renamed.pdf": digest(b"law"), "list.csv": digest(b"another list")}
    found = check_papers(letter, files)
    assert [(paper.number, paper.state.value, paper.file) for paper in found] == [
        (1, "intact", "renamed.pdf"),
        (2, "absent", ""),
        (3, "changed", "list.csv"),
    ]
    with pytest.raises(SigningError, match="enclosure 9: the letter has 2"):
        with_papers(sample(), {9: ("x", "")})
    unsealed = with_papers(sample(), {2: ("x", "")})
    assert check_papers(unsealed, {})[1].state == "unsealed"


def test_a_changed_paper_fails_the_letter() -> None:
    letter = data_of(with_papers(sample(), {1: ("law.pdf", digest(b"law"))}))
    found = verify_letter(
        letter, TRUST, file="f", now=NOW, detached={"f.p7s": signature(letter)}, papers=lambda: {"law.pdf": "00"}
    )
    assert (found.verdict, found.why) == ("failed", "enclosure 1 (law.pdf) is not the paper that was sealed")

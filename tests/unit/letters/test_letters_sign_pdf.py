"""Signatures in a PDF: in order, visible, stamped, with data for later; and what a verification says of each."""

from datetime import timedelta

import msgspec
import pytest
from tests.samples.letterfiles import data_of, pdf_of, plain_pdf, sample, sample_pdf, shown_lines
from tests.samples.signers import NOW, PASSPHRASE, Identity, issue, magistrate, officer, revocations, root, stamper

from comity.letters import Letter
from comity.letters.errors import LetterFileError, SigningError
from comity.letters.sign import (
    HeldKey,
    PemKey,
    Pkcs12Key,
    Signing,
    Trust,
    Verification,
    open_key,
    sign_pdf,
    signed_numbers,
    signing_trust,
    verify_letter,
)

TRUST = Trust(roots=(root().pem,))
LATER = NOW + timedelta(hours=1)


def signed(data: bytes, who: Identity, number: int = 1, **more: object) -> bytes:
    with open_key(PemKey(key=who.key_pem, certificate=who.pem)) as signer:
        return sign_pdf(data, signer, Signing(number=number, at=NOW, names=("Court",)), **more)  # type: ignore[arg-type]


def verified(data: bytes, trust: Trust = TRUST, *, at: timedelta = timedelta(hours=1)) -> Verification:
    return verify_letter(data, trust, file="letter.pdf", now=NOW + at)


@pytest.fixture(scope="module")
def once() -> bytes:
    return signed(sample_pdf(), officer())


def test_one_signature(once: bytes) -> None:
    found = verified(once)
    assert (found.verdict, found.form) == ("passed", "pdf")
    (one,) = found.signatures
    assert (one.name, one.code, one.coverage, one.changes) == ("Signature1", "OK", "whole_file", "none")
    assert one.signer == "A. N. Other, Cyber Crime Police Station, Suryapur"
    assert one.chain[-1] == "Comity Test Root"
    assert one.signed_at == NOW.isoformat()
    assert not one.stamped_at
    assert found.data.agreement == "agrees"
    assert [paper.state for paper in found.enclosures] == ["absent", "absent"]


def test_without_a_root_nothing_passes(once: bytes) -> None:
    found = verified(once, Trust())
    assert found.verdict == "indeterminate"
    assert found.signatures[0].code == "NO_CERTIFICATE_CHAIN_FOUND"


def test_unsigned() -> None:
    found = verified(sample_pdf())
    assert (found.verdict, found.why) == ("indeterminate", "it is not signed")


def test_several_in_order_with_stamp_and_data_for_later(once: bytes) -> None:
    lists = Trust(roots=(root().pem,), revocations=(revocations(root()),))
    twice = signed(once, magistrate(), 2, stamper=stamper(), trust=signing_trust(lists, NOW))
    assert signed_numbers(twice) == (1, 2)
    found = verified(twice)
    assert found.verdict == "passed", found.why
    first, second, stamp = found.signatures
    assert (first.changes, second.changes) == ("signing", "maintenance")
    assert stamp.kind == "time_stamp"
    assert second.stamped_at == NOW.isoformat()
    assert second.revocation_known
    assert not found.notes


def test_the_order_is_kept(once: bytes) -> None:
    with pytest.raises(SigningError, match="1 comes before it; have signatory 1 sign first"):
        signed(sample_pdf(), officer(), 2)
    with pytest.raises(SigningError, match="signed already"):
        signed(once, officer(), 1)


def test_a_stamp_outlives_the_certificate() -> None:
    short = issue("Short", root(), start=NOW - timedelta(days=1), days=3)
    plain = verified(signed(sample_pdf(), short), at=timedelta(days=30))
    assert plain.verdict == "indeterminate"
    lists = Trust(roots=(root().pem,), revocations=(revocations(root()),))
    kept = signed(sample_pdf(), short, stamper=stamper(), trust=signing_trust(lists, NOW))
    found = verified(kept, at=timedelta(days=30))
    assert found.verdict == "passed", found.why


def test_revoked() -> None:
    gone = issue("Gone", root())
    trust = Trust(roots=(root().pem,), revocations=(revocations(root(), gone),))
    found = verified(signed(sample_pdf(), gone), trust)
    assert found.verdict != "passed"
    assert "revoked" in found.why


def test_a_changed_page_is_found(once: bytes) -> None:
    at = once.index(b"stream") + 40
    changed = once[:at] + bytes([once[at] ^ 1]) + once[at + 1 :]
    found = verified(changed)
    assert found.verdict == "failed"
    assert found.signatures[0].code == "HASH_FAILURE"


def test_what_is_appended_is_told(once: bytes) -> None:
    found = verified(once + b"\n% more")
    assert found.verdict == "indeterminate"
    assert found.notes == ("the last 7 bytes of the file are signed by nobody",)


def test_a_page_added_after_the_signature(once: bytes) -> None:
    from io import BytesIO

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(BytesIO(once), incremental=True)
    writer.add_blank_page(100, 100)
    buffer = BytesIO()
    writer.write(buffer)
    assert len(PdfReader(BytesIO(buffer.getvalue())).pages) > len(PdfReader(BytesIO(once)).pages)
    found = verified(buffer.getvalue())
    assert found.verdict == "failed"
    assert "changed after it was signed" in found.why


def other_account(letter: Letter) -> Letter:
    item = letter.assistance[0]
    subject = msgspec.structs.replace(item.subjects[0], value="innocent@mail.example")
    item = msgspec.structs.replace(item, subjects=(subject, *item.subjects[1:]))
    return msgspec.structs.replace(letter, assistance=(item, *letter.assistance[1:]))


def test_data_that_are_not_what_is_shown() -> None:
    """The signature covers both, and holds: the letter deceives all the same."""
    lying = pdf_of(sample(), data=data_of(other_account(sample())))
    found = verified(signed(lying, officer()))
    assert found.signatures[0].verdict == "passed"
    assert (found.verdict, found.data.agreement) == ("failed", "differs")
    assert "whose digest" in found.why


def test_data_that_say_what_the_pages_do_not() -> None:
    other = other_account(sample())
    found = verified(signed(pdf_of(other, lines=shown_lines(sample())), officer()))
    assert found.verdict == "failed"
    assert "innocent@mail.example" in found.why


def test_pages_that_say_what_the_data_do_not() -> None:
    lines = [*shown_lines(sample()), "Pay everything to DE89 3704 0044 0532 0130 00 and write to evil@mail.example."]
    found = verified(signed(pdf_of(sample(), lines=lines), officer()))
    assert (found.verdict, found.data.agreement) == ("failed", "differs")
    assert found.data.only_shown == (lines[-1],)


def test_data_that_are_no_letter() -> None:
    found = verified(signed(pdf_of(sample(), data=b'{"schema": "comity-letter-1"}'), officer()))
    assert found.verdict == "failed"
    assert "it is no letter" in found.data.why


def test_a_stranger_s_pdf_is_signed_too() -> None:
    found = verified(signed(plain_pdf(["Dear colleague", "we ask."]), officer()))
    assert (found.verdict, found.data.agreement) == ("passed", "no_data")


def test_keys_of_every_kind() -> None:
    locked = PemKey(key=officer().locked_key_pem, certificate=officer().pem, chain=root().pem)
    p12 = Pkcs12Key(data=magistrate().p12(root().certificate))
    held = HeldKey(key=officer().key, chain=officer().pem + root().pem)
    held_rsa = HeldKey(key=magistrate().key, chain=magistrate().pem)
    page = plain_pdf(["one line"])
    for source, secret in ((locked, PASSPHRASE), (p12, PASSPHRASE), (held, None), (held_rsa, None)):
        with open_key(source, secret) as signer:
            assert verified(sign_pdf(page, signer, Signing(number=1, at=NOW, visible=False))).verdict == "passed"


@pytest.mark.parametrize(
    ("source", "secret", "told"),
    [
        (PemKey(key=b"nothing", certificate=b""), None, "cannot be opened"),
        (PemKey(key=officer().locked_key_pem, certificate=officer().pem), "wrong", "cannot be opened"),
        (PemKey(key=officer().key_pem, certificate=magistrate().pem), None, "belongs to another key"),
        (PemKey(key=officer().key_pem, certificate=b"no"), None, "no certificate"),
        (Pkcs12Key(data=officer().p12()), "wrong", "cannot be opened"),
        (Pkcs12Key(data=b"\x30\x00"), "x", "cannot be opened"),
        (HeldKey(key=officer().key, chain=magistrate().pem), None, "belongs to another key"),
    ],
)
def test_keys_that_cannot_sign(source: PemKey, secret: str | None, told: str) -> None:
    with pytest.raises(SigningError, match=told), open_key(source, secret):
        pass


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\nstartxref\n9\n%%EOF", b"%PDF-" + b"\xff" * 99])
def test_no_pdf(data: bytes) -> None:
    with pytest.raises(LetterFileError):
        signed(data, officer())


def encrypted() -> bytes:
    from io import BytesIO

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(plain_pdf(["a line"]))))
    writer.encrypt("secret", algorithm="AES-256")
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_encrypted() -> None:
    with pytest.raises(LetterFileError, match="encrypted"):
        signed(encrypted(), officer())
    with pytest.raises(LetterFileError, match="encrypted"):
        verified(encrypted())


def test_a_signature_that_was_taken_out_of_the_list(once: bytes) -> None:
    gone = verified(once.replace(b"/FT /Sig", b"/FT /Sog"))
    assert gone.verdict != "passed"
    assert any("one was taken out" in note for note in gone.notes)


def test_a_signature_that_cannot_be_read(once: bytes) -> None:
    at = once.index(b"/Contents <") + len(b"/Contents <")
    spoilt = verified(once[:at] + b"ffffffff" + once[at + 8 :])
    assert spoilt.verdict == "failed"
    assert spoilt.signatures[0].code == "FORMAT_FAILURE"
    assert "cannot be read" in spoilt.signatures[0].why


def test_no_pdf_to_verify() -> None:
    with pytest.raises(LetterFileError, match="cannot be read"):
        verified(b"%PDF-1.7 nothing")


def test_a_root_that_does_not_reach_the_stamp() -> None:
    """The service's certificate leads to a root that is not trusted: its time proves nothing."""
    other = issue("Another root")
    stamped = signed(plain_pdf(["a line"]), issue("Officer", other), stamper=stamper())
    found = verified(stamped, Trust(roots=(other.pem,)))
    assert not found.signatures[0].stamped_at


def test_a_trust_root_that_does_not_fit_the_signer() -> None:
    other = Trust(roots=(issue("Another root").pem,))
    with pytest.raises(SigningError, match="check certificate, trust roots"):
        signed(plain_pdf(["a line"]), officer(), trust=signing_trust(other, NOW))

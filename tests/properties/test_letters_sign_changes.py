"""A byte changed after signing is detected, wherever it lies; so is one left out, put in or swapped."""

from datetime import timedelta
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.samples.letterfiles import plain_pdf
from tests.samples.signers import NOW, magistrate, officer, root

from comity.letters.errors import LettersError
from comity.letters.sign import PemKey, Signing, Trust, open_key, sign_pdf, verify_letter

TRUST = Trust(roots=(root().pem,))


@cache
def twice() -> bytes:
    """A PDF that two have signed, the second without a visible block."""
    data = plain_pdf(["Dear colleague,", "please preserve the mailbox settle.desk@mail.example."])
    for number, who in enumerate((officer(), magistrate()), start=1):
        with open_key(PemKey(key=who.key_pem, certificate=who.pem)) as signer:
            data = sign_pdf(data, signer, Signing(number=number, at=NOW, visible=number == 1))
    return data


def passes(data: bytes) -> bool:
    try:
        found = verify_letter(data, TRUST, file="f", now=NOW + timedelta(hours=1))
    except LettersError:
        return False
    signed = [one for one in found.signatures if one.kind == "signature" and one.verdict == "passed"]
    return found.verdict == "passed" and len(signed) == 2


def test_unchanged_it_passes() -> None:
    assert passes(twice())


@settings(max_examples=80, deadline=None)
@given(at=st.integers(0), flip=st.integers(1, 255))
def test_a_byte_changed(at: int, flip: int) -> None:
    data = bytearray(twice())
    data[at % len(data)] ^= flip
    assert not passes(bytes(data))


@settings(max_examples=40, deadline=None)
@given(at=st.integers(0), gone=st.integers(0, 40), put=st.binary(max_size=40))
def test_bytes_left_out_and_put_in(at: int, gone: int, put: bytes) -> None:
    data = twice()
    start = at % len(data)
    changed = data[:start] + put + data[start + gone :]
    assert changed == data or not passes(changed)

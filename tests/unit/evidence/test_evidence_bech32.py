"""Bech32 and age recipients."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.evidence.bech32 import decode_bech32, encode_bech32
from comity.evidence.errors import IdentityError
from comity.evidence.keys import KeyUse, hpke_public_key, parse_recipient
from comity.evidence.keys.recipient import age_identity, hpke_private_key, recipient_of

# Published valid and invalid strings of BIP 173 ("Test vectors"), as far as they hold whole bytes or fail at all.
VALID = (
    "A12UEL5L",
    "a12uel5l",
    "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
    "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w",
)
INVALID = (
    "\x201nwldj5", "\x7f1axkwrx", "\x801eym55h", "pzry9x0s0muk", "1pzry9x0s0muk", "x1b4n0q5v", "li1dgmt3",
    "de1lg7wt\xff", "A1G7SGD8", "10a06t8", "1qzzfhee", "a12UEL5L", "abc1", "",
)  # fmt: skip


@pytest.mark.parametrize("text", VALID)
def test_valid(text: str) -> None:
    prefix, data = decode_bech32(text)
    assert encode_bech32(prefix, data) == text.lower()


@pytest.mark.parametrize("text", INVALID)
def test_invalid(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        decode_bech32(text)


@given(st.binary(max_size=1300), st.integers(0, 10_000), st.sampled_from("qpzry9x8gf2tvdw0s3jn54khce6mua7l"))
def test_round_trip_and_one_letter(data: bytes, place: int, letter: str) -> None:
    text = encode_bech32("age", data)
    assert decode_bech32(text) == ("age", data)
    at = 4 + place % (len(text) - 4)
    if text[at] != letter:
        with pytest.raises(ValueError, match="checksum"):
            decode_bech32(text[:at] + letter + text[at + 1 :])


def test_bits_left_over() -> None:
    with pytest.raises(ValueError, match="left over"):  # a BIP 173 address: one group more than its bytes
        decode_bech32("bc1rw5uspcuh")


@pytest.mark.parametrize("use", [KeyUse.RECIPIENT, KeyUse.RECIPIENT_PQ])
def test_recipients(use: KeyUse) -> None:
    recipient = recipient_of(use, bytes(range(32)))
    assert parse_recipient(recipient)[0] is use
    assert age_identity(use, bytes(range(32))).startswith("AGE-SECRET-KEY-")
    for wrong in (
        recipient.upper(),
        recipient[:-1],
        encode_bech32("age", bytes(31)),
        encode_bech32("other", bytes(32)),
    ):
        with pytest.raises(IdentityError):
            parse_recipient(wrong)


def test_hpke_keys_belong_together() -> None:
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    seed = bytes(range(32))
    suite = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
    sealed = suite.encrypt(b"file key", hpke_public_key(recipient_of(KeyUse.RECIPIENT_PQ, seed)), b"info")
    assert suite.decrypt(sealed, hpke_private_key(seed), b"info") == b"file key"
    with pytest.raises(IdentityError, match="not a hybrid"):
        hpke_public_key(recipient_of(KeyUse.RECIPIENT, seed))
    with pytest.raises(IdentityError, match="ML-KEM"):
        hpke_public_key(encode_bech32("age1pq", b"\xff" * 1216))

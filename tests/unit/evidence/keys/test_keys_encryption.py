"""Key files: what opens them, and what is refused."""

import base64

import pytest

from comity.evidence.errors import KeyFileError, PassphraseError
from comity.evidence.keys.encryption import Cost, Vault, check_new_passphrase
from comity.evidence.keys.identity import KeyUse
from comity.evidence.keys.pkcs8 import decode_xwing, encode_encrypted, encode_xwing
from comity.evidence.keys.secret import load_key, new_secret, public_of, seed_of, to_der

CHEAP = Cost(n=16, r=1, p=1)
SALT, IV = bytes(16), bytes(range(16))


def sealed(data: bytes = b"\x30secret", passphrase: bytes = b"good") -> bytes:
    return Vault(passphrase).encrypt(data, salt=SALT, iv=IV, cost=CHEAP)


@pytest.mark.parametrize("size", [1, 15, 16, 17, 100])
def test_it_opens_again(size: int) -> None:
    data = b"\x30" * size
    assert Vault(b"good").decrypt(sealed(data), what="file") == data


def test_only_with_its_passphrase() -> None:
    opened = 0
    for number in range(300):  # padding may look right by chance, one time in 256; the first byte must too
        try:
            Vault(b"bad %d" % number).decrypt(sealed(), what="file")
            opened += 1
        except PassphraseError as error:
            assert str(error) == "file: the passphrase does not open it; try another passphrase"
    assert opened == 0


def test_a_vault_shows_nothing() -> None:
    vault = Vault(b"very secret")
    vault.decrypt(vault.encrypt(b"\x30", salt=SALT, iv=IV, cost=CHEAP), what="x")
    assert "secret" not in repr(vault)
    assert "_keys" not in repr(vault)


def pem(der: bytes) -> bytes:
    return (
        b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n" + base64.b64encode(der) + b"\n-----END ENCRYPTED PRIVATE KEY-----\n"
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        pem(b"\x30\x00"),
        sealed().replace(b"=", b"").replace(b"A", b"B", 3),
        pem(encode_encrypted(b"x" * 16, salt=SALT, iv=IV, cost=(1 << 30, 8, 1))),
        pem(encode_encrypted(b"x" * 16, salt=SALT, iv=IV, cost=(16, 1, 1 << 20))),
        pem(encode_encrypted(b"x" * 16, salt=SALT, iv=IV, cost=(16, 1, 0))),
        pem(encode_encrypted(b"x" * 16, salt=SALT, iv=IV, cost=(15, 1, 1))),
        pem(encode_encrypted(b"x" * 15, salt=SALT, iv=IV, cost=(16, 1, 1))),
        pem(encode_encrypted(b"x" * 16, salt=SALT, iv=b"short", cost=(16, 1, 1))),
    ],
)
def test_files_that_are_none(data: bytes) -> None:
    with pytest.raises((KeyFileError, PassphraseError)):
        Vault(b"good").decrypt(data, what="file")


def test_another_cipher_is_not_guessed_at() -> None:
    der = encode_encrypted(b"x" * 16, salt=SALT, iv=IV, cost=(16, 1, 1)).replace(
        bytes.fromhex("060960864801650304012a"), bytes.fromhex("0609608648016503040116")
    )
    with pytest.raises(KeyFileError, match="AES-256"):
        Vault(b"good").decrypt(pem(der), what="file")


def test_nothing_inside() -> None:
    with pytest.raises(PassphraseError):
        Vault(b"good").decrypt(pem(encode_encrypted(b"", salt=SALT, iv=IV, cost=(16, 1, 1))), what="file")


def test_new_passphrases() -> None:
    check_new_passphrase("zwölf Zeichen".encode())
    with pytest.raises(PassphraseError, match="12 characters"):
        check_new_passphrase(b"short")


def test_secrets_of_each_kind() -> None:
    for use, algorithm in ((KeyUse.NOTE, "Ed25519"), (KeyUse.RECIPIENT, "X25519"), (KeyUse.CERTIFICATE, "RSA-3072")):
        der = new_secret(use, algorithm, bytes)
        assert len(public_of(use, der)[1]) == 64
        assert to_der(load_key(der, what="x")) == der
    with pytest.raises(KeyFileError, match="no usable key"):
        load_key(b"\x30\x00", what="x")
    with pytest.raises(KeyFileError, match="not an X25519 key"):
        seed_of(KeyUse.RECIPIENT, new_secret(KeyUse.NOTE, "Ed25519", bytes), what="x")
    with pytest.raises(KeyFileError):
        seed_of(KeyUse.RECIPIENT_PQ, b"\x30\x00", what="x")
    with pytest.raises(ValueError, match="X-Wing"):
        decode_xwing(encode_xwing(bytes(32)).replace(b"\xc8\x7a", b"\xc8\x7b"))

"""The published vectors of the age format: what opens, opens; what must fail, fails in the right place."""

import hashlib
import io
import zlib
from pathlib import Path

import pytest

from comity.evidence.age import Identity, Passphrase, open_age, parse_identity
from comity.evidence.age.stream import SLAB_BYTES
from comity.evidence.errors import AgeError, AgeHeaderError, AgeMacError, AgePayloadError, ArmorError, NoIdentityError

TESTDATA = Path(__file__).parent / "age" / "testdata"
FAILURES: dict[str, type[AgeError]] = {
    "no match": NoIdentityError,
    "HMAC failure": AgeMacError,
    "header failure": AgeHeaderError,
    "payload failure": AgePayloadError,
    "armor failure": ArmorError,
}


def read_vector(name: str) -> tuple[list[tuple[str, str]], bytes]:
    head, _, body = (TESTDATA / name).read_bytes().partition(b"\n\n")
    fields = [tuple(line.split(": ", 1)) for line in head.decode().splitlines()]
    if ("compressed", "zlib") in fields:
        body = zlib.decompress(body)
    return [(key, value) for key, value in fields], body


def decrypt(data: bytes, identities: list[Identity], *, armored: bool) -> tuple[bytes, AgeError | None]:
    """All that was given out, and the error that ended it."""
    out = b""
    try:
        reader = open_age(io.BytesIO(data), identities, armored=armored)
        buffer = bytearray(SLAB_BYTES)
        while size := reader.read_into(memoryview(buffer)):
            out += buffer[:size]
    except AgeError as error:
        return out, error
    return out, None


@pytest.mark.parametrize("name", sorted(path.name for path in TESTDATA.iterdir()))
def test_vector(name: str) -> None:
    fields, data = read_vector(name)
    known = dict(fields)
    identities: list[Identity] = [parse_identity(value) for key, value in fields if key == "identity"]
    identities += [Passphrase(value.encode()) for key, value in fields if key == "passphrase"]
    out, error = decrypt(data, identities, armored="armored" in known)
    if known["expect"] == "success":
        assert error is None
    else:
        assert type(error) is FAILURES[known["expect"]], str(error)
    if "payload" in known:
        assert hashlib.sha256(out).hexdigest() == known["payload"]

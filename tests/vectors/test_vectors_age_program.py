"""Files go both ways between us and the `age` program, where it is installed."""

import io
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from comity.evidence.age import (
    AgeWriter,
    HybridIdentity,
    Identity,
    X25519Identity,
    open_age,
    parse_identities,
    parse_recipient,
)
from comity.evidence.age.stream import SLAB_BYTES

AGE = shutil.which("age")
KEYGEN = shutil.which("age-keygen")
SIZES = (0, 1, 65536, 65537, SLAB_BYTES, SLAB_BYTES + 1)

pytestmark = pytest.mark.skipif(AGE is None or KEYGEN is None, reason="the program age is not installed")


def run(*command: str | None, given: bytes = b"") -> bytes:
    return subprocess.run([str(word) for word in command], input=given, capture_output=True, check=True).stdout


def knows_hybrid() -> bool:
    return AGE is not None and b"-pq" in subprocess.run([str(KEYGEN), "-h"], capture_output=True, check=False).stderr


def encrypt(content: bytes, recipients: list[str]) -> bytes:
    target = io.BytesIO()
    writer = AgeWriter(target, [parse_recipient(text) for text in recipients], os.urandom)
    slabs = [content[at : at + SLAB_BYTES] for at in range(0, max(len(content), 1), SLAB_BYTES)]
    for number, slab in enumerate(slabs, start=1):
        writer.write_slab(memoryview(slab), last=number == len(slabs))
    return target.getvalue()


def decrypt(data: bytes, identities: list[Identity]) -> bytes:
    reader = open_age(io.BytesIO(data), identities)
    buffer = bytearray(SLAB_BYTES)
    out = b""
    while size := reader.read_into(memoryview(buffer)):
        out += buffer[:size]
    return out


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", ["x25519", "hybrid"])
def test_both_ways(tmp_path: Path, kind: str, size: int) -> None:
    if kind == "hybrid" and not knows_hybrid():
        pytest.skip("this age program has no post-quantum recipients; 1.3 has")
    identity: HybridIdentity | X25519Identity
    identity = HybridIdentity(os.urandom(32)) if kind == "hybrid" else X25519Identity(os.urandom(32))
    recipient = identity.recipient().text
    key = tmp_path / "key.txt"
    key.write_text(identity.text + "\n")
    content = os.urandom(size)
    assert run(KEYGEN, "-y", str(key)).decode().strip() == recipient
    assert run(AGE, "-d", "-i", str(key), given=encrypt(content, [recipient])) == content
    for armor in ((), ("-a",)):
        assert decrypt(run(AGE, *armor, "-r", recipient, given=content), [identity]) == content


def test_keys_of_the_program(tmp_path: Path) -> None:
    text = run(KEYGEN).decode()
    (identity,) = parse_identities(text)
    (line,) = (line for line in text.splitlines() if line.startswith("# public key: "))
    assert identity.recipient().text == line.removeprefix("# public key: ")

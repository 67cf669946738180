"""Transfer encodings, clean and broken, and files written into text."""

import base64
import binascii

import pytest

from comity.leads.mail.transfer import decode_base64, decode_transfer, find_inline_files

UU = b"begin 644 a.txt\n" + binascii.b2a_uu(b"hello world") + b"`\nend\n"


@pytest.mark.parametrize(
    ("written", "data", "rest", "damaged"),
    [
        (b"aGVsbG8=", b"hello", b"", False),
        (b"aGVs\r\nbG8=\r\n", b"hello", b"", False),
        (b"aGVsbG8", b"hello", b"", False),
        (b"aGVsbG8===", b"hello", b"", False),
        (b"aGVsbG8=aGVsbG8=", b"hellohello", b"", False),
        (b"aGVsbG8hA", b"hello!", b"", False),
        (b"aGVsbG8=\n-- \nlist footer!\n", b"hello", b"-- \nlist footer!", True),
        (b"aGVs*bG8=", b"hello", b"aGVs*bG8=", True),
        (b"<p>plain text</p>", base64.b64decode("pplaintextp="), b"<p>plain text</p>", True),
        (b"QUJD" * 19 + b"\n*junk*\n" + b"QUJD" * 19 + b"\n", b"ABC" * 38, b"*junk*", True),
        (b"", b"", b"", False),
    ],
)
def test_base64(written: bytes, data: bytes, rest: bytes, damaged: bool) -> None:
    decoding = decode_base64(written)
    assert decoding.damaged is damaged
    assert decoding.rest == rest
    if damaged and rest.startswith(b"<"):
        return  # what was no base64 decodes to anything; it is the rest that counts
    assert decoding.data == data


@pytest.mark.parametrize(
    ("encoding", "written", "data", "damaged"),
    [
        ("quoted-printable", b"caf=C3=A9=\r\n x", "café x".encode(), False),
        ("Quoted-Printable ;", b"a=3Db", b"a=b", False),
        ("quoted-printable", b"a=ZZb=", b"a=ZZb", False),
        ("BASE64", b"aGk=", b"hi", False),
        ("'base64'", b"aGk=", b"hi", False),
        ("7bit", b"a=3D", b"a=3D", False),
        ("", b"a", b"a", False),
        ("8-bit", b"a", b"a", False),
        ("x-uuencode", UU, b"hello world", False),
        ("x-uuencode", b"no file", b"no file", True),
        ("8bit+", b"a", b"a", True),
        ("text/html", b"a", b"a", True),
    ],
)
def test_transfer(encoding: str, written: bytes, data: bytes, damaged: bool) -> None:
    decoding = decode_transfer(written, encoding)
    assert (decoding.data, decoding.damaged) == (data, damaged)


def test_uuencoded_file_in_text() -> None:
    text = b"see below\n" + UU + b"bye\n"
    (file,) = find_inline_files(text)
    assert (file.name, file.data, file.encoding) == ("a.txt", b"hello world", "uuencode")
    assert text[file.start : file.end] == UU


@pytest.mark.parametrize(
    ("text", "data"),
    [
        (UU.replace(b"\n", b"\r\n"), [b"hello world"]),
        (UU.replace(b"end\n", b""), [b"hello world"]),
        (UU.replace(b"`\nend", b"\x80nonsense\nend"), [b"hello world"]),
        (b"begin 644 a\n" + binascii.b2a_uu(b"hi").rstrip(b"\n") + b"xx\nend\n", [b"hi"]),
        (UU + UU, [b"hello world", b"hello world"]),
        (b"begin 644 pigs in the yard\nand then\n", []),
        (b"begin 644 empty\nend\n", []),
        (b"begin 644 cut", []),
        (b"begin 644 blank\n\n\n", []),
        (b"begin the day", []),
    ],
)
def test_uuencode_broken(text: bytes, data: list[bytes]) -> None:
    assert [file.data for file in find_inline_files(text)] == data


def yenc(data: bytes) -> bytes:
    out = bytearray()
    for byte in data:
        value = (byte + 42) % 256
        out += bytes([61, (value + 64) % 256]) if value in (0, 10, 13, 61) else bytes([value])
    return bytes(out)


@pytest.mark.parametrize("ending", [b"\r\n=yend size=256\r\nbye", b""])
@pytest.mark.parametrize("part", [b"", b"=ypart begin=1 end=256\r\n"])
def test_yenc(part: bytes, ending: bytes) -> None:
    data = bytes(range(256))
    text = b"=ybegin line=128 size=256 name=a.bin\r\n" + part + yenc(data) + ending
    (file,) = find_inline_files(text)
    assert (file.name, file.data, file.encoding) == ("a.bin", data, "yEnc")


def test_inline_files_are_limited() -> None:
    assert len(find_inline_files(UU * 10, at_most=3)) == 3

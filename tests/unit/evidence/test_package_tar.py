"""Headers of archives: one form for each member, and nothing else is read."""

import io
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.evidence.errors import PackageError
from comity.evidence.package.tar import BLOCK_BYTES, Member, extended_bytes, padding, read_header, write_header

NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=300)


def read(header: bytes) -> Member:
    assert len(header) == BLOCK_BYTES + extended_bytes(header[:BLOCK_BYTES])
    return read_header(header)


@given(NAMES, st.integers(0, 2**45), st.integers(0, 2**33 - 1))
def test_there_and_back(name: str, size_bytes: int, stamp: int) -> None:
    member = Member(name, size_bytes, stamp)
    if not name.endswith("/"):
        assert read(write_header(member)) == member


PLAIN = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), min_size=1, max_size=120)


@given(st.one_of(PLAIN, NAMES), st.integers(0, 2**34), st.integers(0, 2**34))
def test_each_header_is_as_the_library_writes_it(name: str, size_bytes: int, stamp: int) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = size_bytes, stamp, 0o644
    assert write_header(Member(name, size_bytes, stamp)) == info.tobuf(tarfile.PAX_FORMAT, "utf-8", "strict")


@given(st.integers(0, BLOCK_BYTES - 1), st.integers(1, 255))
def test_no_byte_of_a_header_is_free(place: int, flip: int) -> None:
    """Each byte altered is another member, or none: no two headers are read as one."""
    member = Member("p/data/a", 19, 1)
    header = bytearray(write_header(member))
    header[place] ^= flip
    with pytest.raises(PackageError):
        read_header(bytes(header))


@pytest.mark.parametrize(("place", "sign"), [(124, b"-"), (124, b"+"), (136, b"-"), (136, b" "), (126, b"_")])
def test_numbers_have_one_form(place: int, sign: bytes) -> None:
    header = bytearray(write_header(Member("p/data/a", 19, 1)))
    header[place : place + 1] = sign
    total = sum(header[:148]) + 8 * ord(" ") + sum(header[156:])
    header[148:156] = b"%06o\0 " % total
    with pytest.raises(PackageError):
        read_header(bytes(header))


@pytest.mark.parametrize("size_bytes", [0, 1, 2**33 - 1, 2**33, 2**40])
@pytest.mark.parametrize("name", ["p/data/a", "p/" + "x" * 200, "p/data/घटना"])
def test_the_library_reads_it(name: str, size_bytes: int) -> None:
    header = write_header(Member(name, size_bytes, 1))
    with tarfile.open(fileobj=io.BytesIO(header + bytes(1024))) as archive:
        info = archive.next()
    assert info is not None
    assert (info.name, info.size, info.mtime) == (name, size_bytes, 1)


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE, tarfile.GNUTYPE_SPARSE, b"9"]
)
def test_other_kinds_are_refused(kind: bytes) -> None:
    info = tarfile.TarInfo("p/data/a")
    info.type, info.linkname = kind, "/etc/passwd"
    with pytest.raises(PackageError, match="where only files belong"):
        read_header(info.tobuf(tarfile.PAX_FORMAT))


@pytest.mark.parametrize("field", ["mode", "uid", "uname"])
def test_other_forms_are_refused(field: str) -> None:
    info = tarfile.TarInfo("p/data/a")
    setattr(info, field, "root" if field == "uname" else 0o777)
    with pytest.raises(PackageError, match="another form"):
        read_header(info.tobuf(tarfile.PAX_FORMAT))


@pytest.mark.parametrize(
    "records",
    [b"", b"x", b"12 path=abcde", b"9 path=ab\n", b"11 path=abc\n11 path=abd\n", b"15 mtime=123456\n", b"-5 a"],
)
def test_extended_headers_that_are_not_ours(records: bytes) -> None:
    block = bytearray(write_header(Member("p/" + "x" * 150, 1, 1))[:BLOCK_BYTES])
    block[124:136] = f"{len(records):011o}\0".encode()
    body = records + bytes(padding(len(records)))
    with pytest.raises(PackageError):
        read_header(bytes(block) + body + write_header(Member("p/a", 1, 1)))


@pytest.mark.parametrize("size", [b"7" * 11 + b"\0", b"notanumber\0\0", bytes(12)])
def test_extended_headers_of_absurd_size(size: bytes) -> None:
    block = bytearray(write_header(Member("p/" + "x" * 150, 1, 1))[:BLOCK_BYTES])
    block[124:136] = size
    with pytest.raises(PackageError):
        extended_bytes(bytes(block))


def test_noise_is_no_header() -> None:
    with pytest.raises(PackageError, match="cannot be read"):
        read_header(bytes(156) + b"0" + bytes(BLOCK_BYTES - 157))

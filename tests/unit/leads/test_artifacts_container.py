"""Sources, folders, archives, mailboxes, charsets and kinds."""

import gzip
import io
import stat
import zipfile
from pathlib import Path

import pytest

from comity.leads.artifacts.archive import ArchiveLinkError, Budget, ClimbingPathError, read_archive
from comity.leads.artifacts.decode import ByteOffsets, decode
from comity.leads.artifacts.folder import LinkError, Refused, list_sources
from comity.leads.artifacts.mailbox import split_mailbox
from comity.leads.artifacts.sniff import is_binary, sniff
from comity.leads.artifacts.source import Source, data_source, file_source
from comity.leads.errors import LimitError, UnreadableInputError
from comity.leads.limits import Limits
from comity.leads.model import ArtifactKind, Finding

_SMALL = Limits(artifact_bytes=100_000, unpacked_bytes=3_000_000, archive_members=5, archive_depth=2)


def packed(members: list[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return stream.getvalue()


def unpacked(data: bytes, *, limits: Limits = _SMALL, name: str = "x.zip") -> list[Source | Finding]:
    source = data_source(data, label=name, name=name)
    return list(read_archive(source, artifact="a1", limits=limits, budget=Budget.of(limits)))


def test_members_keep_their_order_and_names() -> None:
    found = unpacked(
        packed([("b/x.txt", b"1"), ("a.txt", b"2"), ("folder/", b""), (".hidden", b"3"), ("__MACOSX/a", b"4")])
    )
    assert [(one.label, one.name, one.data) for one in found if isinstance(one, Source)] == [
        ("x.zip!b/x.txt", "x.txt", b"1"),
        ("x.zip!a.txt", "a.txt", b"2"),
    ]
    assert len(found) == 2


@pytest.mark.parametrize("name", ["../x.txt", "a/../../x.txt", "/etc/x", "a\\..\\..\\x", "C:\\x.txt", "C:x"])
def test_climbing_names_are_refused(name: str) -> None:
    with pytest.raises(ClimbingPathError, match="climbs out") as caught:
        unpacked(packed([("ok.txt", b"1"), (name, b"2")]))
    assert caught.value.path == "x.zip"


def test_links_are_refused() -> None:
    link = zipfile.ZipInfo("link")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with pytest.raises(ArchiveLinkError, match="symbolic link"):
        unpacked(packed([(link, b"/etc/passwd")]))


@pytest.mark.parametrize(
    ("limits", "size", "limit"),
    [
        (Limits(), 50_000_000, "unpack_ratio"),
        (Limits(unpack_ratio=10_000, unpacked_bytes=1_000_000), 3_000_000, "unpacked_bytes"),
        (Limits(unpack_ratio=10_000, artifact_bytes=1_000_000), 3_000_000, "artifact_bytes"),
    ],
)
def test_bombs_are_refused(limits: Limits, size: int, limit: str) -> None:
    for data, name in ((packed([("zeros", b"0" * size)]), "x.zip"), (gzip.compress(b"0" * size), "x.gz")):
        with pytest.raises(LimitError) as caught:
            unpacked(data, limits=limits, name=name)
        assert caught.value.limit == limit


def test_too_many_members_are_refused() -> None:
    with pytest.raises(LimitError, match="archive_members"):
        unpacked(packed([(f"{number}.txt", b"") for number in range(6)]))


def test_what_cannot_be_read_is_a_finding() -> None:
    data = packed([("a.txt", b"hello " * 50), ("b.txt", b"1")])
    encrypted = bytearray(data)
    encrypted[data.index(b"PK\x01\x02") + 8] |= 1
    encrypted[6] |= 1
    damaged = bytearray(data)
    damaged[data.index(b"a.txt") + 8] ^= 0xFF
    assert codes(unpacked(bytes(encrypted))) == ["archive-member-encrypted", "b.txt"]
    assert codes(unpacked(bytes(damaged))) == ["archive-member-damaged", "b.txt"]
    assert codes(unpacked(data[: len(data) // 2])) == ["archive-unreadable"]
    assert codes(unpacked(gzip.compress(b"x" * 1000)[:-12], name="x.gz")) == ["archive-member-damaged"]


def test_odd_names_are_findings_and_read() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = packed([("a.txt", b"1"), ("a.txt", b"2"), ("x" * 300, b"3"), ("a\u202etxt.exe", b"4")])
    found = unpacked(data)
    assert codes(found) == [
        "a.txt",
        "archive-duplicate-name",
        "a.txt",
        "archive-absurd-name",
        "x" * 300,
        "archive-absurd-name",
        "a\u202etxt.exe",
    ]
    labels = [one.label for one in found if isinstance(one, Source)]
    assert labels[1] == "x.zip!a.txt (2)"
    assert labels[2] == "x.zip!" + "x" * 255 + "…"
    assert labels[3] == "x.zip!a\\u202etxt.exe"


def codes(found: list[Source | Finding]) -> list[str]:
    return [one.code if isinstance(one, Finding) else one.name for one in found]


def test_gzip_has_one_member() -> None:
    (member,) = unpacked(gzip.compress(b"From x"), name="old.mbox.gz")
    assert isinstance(member, Source)
    assert (member.label, member.name, member.data) == ("old.mbox.gz!old.mbox", "old.mbox", b"From x")


def test_folders_are_walked_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden", "case.toml", "sub/case.toml", "sub/c.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    (tmp_path / "inner").symlink_to(tmp_path / "sub")
    (tmp_path / "d.txt").symlink_to(tmp_path / "a.txt")
    names = [str(Path(source.label).relative_to(tmp_path)) for source in list_sources((tmp_path,))]
    assert names == ["a.txt", "b.txt", "d.txt", "sub/c.txt", "sub/case.toml"]


def test_links_out_of_a_folder_are_refused(tmp_path: Path) -> None:
    inside = tmp_path / "case"
    inside.mkdir()
    (tmp_path / "secret.txt").write_text("x")
    (inside / "link").symlink_to(tmp_path / "secret.txt")
    (refused,) = list_sources((inside,))
    assert isinstance(refused, Refused)
    assert isinstance(refused.error, LinkError)
    assert "link out of the folder" in str(refused.error)
    (inside / "link").unlink()
    (inside / "broken").symlink_to(inside / "nothing")
    (refused,) = list_sources((inside,))
    assert isinstance(refused, Refused)
    assert "link to nothing" in str(refused.error)


def test_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="does not exist"):
        list_sources((tmp_path / "missing",))
    with pytest.raises(UnreadableInputError, match="holds no artifact"):
        list_sources((tmp_path,))
    (refused,) = list_sources((Path("/dev/null"),))
    assert isinstance(refused, Refused)
    assert "no regular file" in str(refused.error)
    with pytest.raises(UnreadableInputError, match="no such file"):
        file_source(tmp_path / "gone", label="gone")
    (tmp_path / "x").write_text("x")
    source = file_source(tmp_path / "x", label="x")
    (tmp_path / "x").unlink()
    with pytest.raises(UnreadableInputError):
        source.open()


def test_sizes_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "big"
    path.write_bytes(b"x" * 100)
    source = file_source(path, label="big")
    with pytest.raises(LimitError, match=r"artifact_bytes = 99 \(found 100\)"):
        source.read(Limits(artifact_bytes=99))
    growing = Source(label="big", name="big", size_bytes=10, path=path)
    with pytest.raises(LimitError):
        growing.read(Limits(artifact_bytes=50))
    seen: list[int] = []
    assert source.sha256(seen.append).startswith("9e8c1a2b") or len(source.sha256(seen.append)) == 64
    assert seen[0] == 100
    assert source.head() == source.read(Limits()) == b"x" * 100


def test_mailbox_is_cut_at_its_separators() -> None:
    first = b"From: a@example.com\n\nbody\n>From here\nFrom the shop, 10:30 2025\n\n"
    data = (
        b"From a@example.com Mon Jan  6 10:00:00 2025\n"
        + first
        + b"From b@example.com Mon Jan  6 11:00:00 2025\nTo: x\n\nz"
    )
    cut = list(split_mailbox(io.BytesIO(data), label="m", limits=_SMALL))
    assert cut == [(44, first), (44 + len(first) + 44, b"To: x\n\nz")]
    assert list(split_mailbox(io.BytesIO(b""), label="m", limits=_SMALL)) == []
    with pytest.raises(LimitError):
        list(split_mailbox(io.BytesIO(data + b"x" * 200_000), label="m", limits=_SMALL))


@pytest.mark.parametrize(
    ("raw", "charset", "text"),
    [
        (b"plain", "utf-8", "plain"),
        ("naïve €".encode(), "utf-8", "naïve €"),
        ("naïve".encode("utf-8-sig"), "utf-8", "naïve"),
        ("Größe".encode("utf-16"), "utf-16-le", "Größe"),
        ("IP 203.0.113.9 seen".encode("utf-16-le"), "utf-16-le", "IP 203.0.113.9 seen"),
        ("IP 203.0.113.9 seen".encode("utf-16-be"), "utf-16-be", "IP 203.0.113.9 seen"),
        ("abc".encode("utf-32"), "utf-32-le", "abc"),
        ("Jürgen Groß, Größe über Maß".encode("cp1252"), "cp1252", "Jürgen Groß, Größe über Maß"),
    ],
)
def test_charsets(raw: bytes, charset: str, text: str) -> None:
    decoded = decode(raw)
    assert (decoded.charset, decoded.text) == (charset, text)


def test_cyrillic_code_page_is_told_from_its_letters() -> None:
    text = "Перевод денежных средств на счет получателя платежа по договору, сумма перевода указана ниже"
    decoded = decode(text.encode("cp1251"))
    assert decoded.text == text
    assert decoded.unsure


def test_odd_byte_at_the_end_of_utf16() -> None:
    decoded = decode("größe".encode("utf-16") + b"x")
    assert decoded.text.startswith("größe")
    assert decoded.unsure


def test_damaged_utf8_stays_utf8_and_keeps_its_bytes() -> None:
    raw = "größe über straße ".encode() * 5 + b"\xff 203.0.113.9"
    decoded = decode(raw)
    assert (decoded.charset, decoded.unsure) == ("utf-8", True)
    assert ByteOffsets(decoded).at(decoded.text.index("203")) == raw.index(b"203")


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "ascii"])
def test_byte_offsets(charset: str) -> None:
    text = ("grün € 😀 " if charset != "ascii" else "green ") * 3 + "x=203.0.113.9"
    decoded = decode(text.encode(charset))
    offsets = ByteOffsets(decoded)
    char = decoded.text.index("203")
    plain = "ascii" if charset == "ascii" else charset
    assert text.encode(plain)[offsets.at(char) :].startswith("203".encode(decoded.charset))
    assert offsets.at(0) == decoded.bom_bytes
    assert offsets.at(char) == offsets.at(char)


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"PK\x03\x04....", "x", ArtifactKind.ARCHIVE),
        (b"\x1f\x8b\x08", "x", ArtifactKind.ARCHIVE),
        (b"PK\x03\x04" + b"." * 26 + b"[Content_Types].xml word/document.xml", "x.docx", ArtifactKind.OTHER),
        (b"PK\x03\x04" + b"." * 26 + b"mimetypeapplication/vnd.oasis", "x.odt", ArtifactKind.OTHER),
        (b"%PDF-1.7", "x.txt", ArtifactKind.PDF),
        (b"\n%PDF-1.7", "x.txt", ArtifactKind.PDF),
        (b"From a@b.c Mon Jan  6 10:00:00 2025\nFrom: x\n", "x", ArtifactKind.MAILBOX),
        (b"From a@b.c Mon Jan  6 10:00:00 2025\nFrom: x\nTo: y\n\n", "x.eml", ArtifactKind.MAIL),
        (b"From me\nFrom: x\n", "x.mbox", ArtifactKind.MAILBOX),
        (b"Received: x\nFrom: y\n\nz", "x.txt", ArtifactKind.MAIL),
        (b"X-Foo: 1\nX-Bar: 2\n\nz", "x.eml", ArtifactKind.MAIL),
        (b"Subject: 1\n\nz", "x.eml", ArtifactKind.MAIL),
        (b"Subject: 1\n\nz", "x.txt", ArtifactKind.TEXT),
        (b"Subject: a\n folded\nFrom: x\n\nz", "x.txt", ArtifactKind.MAIL),
        (b"To: do\nnothing here: really", "x.txt", ArtifactKind.TEXT),
        (b"<!DOCTYPE html><p>", "x", ArtifactKind.HTML),
        (b"<!-- a --><html>", "x", ArtifactKind.HTML),
        (b"<p>x", "x.html", ArtifactKind.HTML),
        (b"a,b\n1,2", "x.csv", ArtifactKind.TABLE),
        (b"a,b\n1,2", "x.txt", ArtifactKind.TEXT),
        (b'{"type": "bundle", "id": "bundle--63ab8e67-acac-4817-845a-d09f0e86954c"}', "x.json", ArtifactKind.STIX),
        (b'{"type": "x"}', "x.json", ArtifactKind.TEXT),
        (b"\x00\x01\x02\x03" * 50, "x", ArtifactKind.OTHER),
        (b"", "x", ArtifactKind.TEXT),
        ("äöü abc".encode("utf-16"), "x", ArtifactKind.TEXT),
        ("plain text".encode("utf-16-le"), "x", ArtifactKind.TEXT),
        (b"\x89PNG\r\n", "x.txt", ArtifactKind.OTHER),
    ],
)
def test_kinds(head: bytes, name: str, kind: ArtifactKind) -> None:
    assert sniff(head, name)[0] is kind


def test_office_formats_have_their_media_type() -> None:
    head = b"PK\x03\x04" + b"." * 26 + b"[Content_Types].xml xl/workbook.xml"
    assert sniff(head, "x")[1] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert is_binary(b"\x01\x02\x03\x04")


def test_a_stray_zero_makes_no_binary() -> None:
    mail = b"Received: from a.example by b.example; 1 Jan\nFrom: <a@a.example>\nSubject: x\n\n"
    assert sniff(mail + b"\x00\x00 text", "malformed")[0] is ArtifactKind.MAIL
    assert sniff(mail + bytes(range(32)) * 40, "attached raw")[0] is ArtifactKind.MAIL
    assert sniff(b"a line of a log\n" * 80 + b"\x00", "access.log")[0] is ArtifactKind.TEXT
    assert sniff(b"a line\n" + b"\x00" * 400, "disk")[0] is ArtifactKind.OTHER

"""Every family is recognised by content and described; what only looks like one is not; damage is told."""

import datetime
import plistlib
import shutil
import sqlite3
import struct
import subprocess
import tarfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from tests.samples.forensic import Files, described, told, zipped

from comity.evidence.formats import Item, looking, recognise
from comity.evidence.formats.limits import FormatLimits
from comity.evidence.formats.look import item_of_bytes

SECTOR = 512
MARK = b"\x55\xaa"


def boot(**fields: bytes) -> bytes:
    """A boot sector with some bytes at offsets such as ``at3``."""
    data = bytearray(4096)
    data[510:512] = MARK
    for name, value in fields.items():
        at = int(name[2:])
        data[at : at + len(value)] = value
    return bytes(data)


def mbr(*entries: tuple[int, int, int, int]) -> bytes:
    data = bytearray(boot())
    for number, (flag, kind, start, count) in enumerate(entries):
        struct.pack_into("<B3xB3xII", data, 446 + 16 * number, flag, kind, start, count)
    return bytes(data)


def gpt(*, sectors: int = 100, wrong: bool = False) -> bytes:
    entry = (
        b"\x11" * 16 + b"\x22" * 16 + struct.pack("<QQQ", 40, 60, 0) + "Basic data".encode("utf-16-le").ljust(72, b"\0")
    )
    table = entry.ljust(128 * 128, b"\0")
    head = b"EFI PART" + struct.pack("<IIII", 0x10000, 92, 0, 0)
    head += struct.pack("<QQQQ", 1, sectors - 1, 34, sectors - 34) + bytes(range(16))
    head += struct.pack("<QIII", 2, 128, 128, zlib.crc32(table) ^ wrong)
    head = head[:16] + struct.pack("<I", zlib.crc32(head) ^ wrong) + head[20:]
    return (mbr((0, 0xEE, 1, sectors - 1))[:512] + head.ljust(512, b"\0") + table).ljust(sectors * SECTOR, b"\0")


def test_a_disk_with_an_mbr() -> None:
    found = told(mbr((0x80, 7, 1, 3), (0, 0x83, 4, 4)))
    assert (found.family, found.format, found.media_bytes) == ("disk image", "raw-mbr", 4096)
    assert found.fact("partition 2") == "type 0x83, from sector 4, 4 sectors"
    assert not found.problems
    assert "4,608 bytes" in told(mbr((0x80, 7, 1, 8))).problems[0]


@pytest.mark.parametrize("entries", [[], [(0x12, 7, 1, 3)], [(0x80, 7, 1, 0)]])
def test_what_only_ends_like_an_mbr_is_none(entries: list[tuple[int, int, int, int]]) -> None:
    assert described(mbr(*entries)) is None


def test_a_disk_with_a_gpt() -> None:
    found = told(gpt())
    assert found.format == "raw-gpt"
    assert found.fact("partition 1") == "Basic data, sectors 40 to 60"
    assert not found.problems
    assert len(told(gpt(wrong=True)).problems) == 2
    assert "it says that it holds" in told(gpt()[:40_000]).problems[-1]
    odd = gpt()
    odd = odd[: 512 + 84] + struct.pack("<I", 7) + odd[512 + 88 :]
    assert told(odd).format == "damaged"


NTFS = boot(at3=b"NTFS    ", at11=b"\0\2", at40=struct.pack("<Q", 8), at72=bytes(range(8)))
EXT = bytearray(4096)
struct.pack_into("<II", EXT, 1024, 10, 2)
EXT[1080:1082] = b"\x53\xef"
EXT[1144:1148] = b"root"
ISO = bytes(32768) + (b"\1CD001\1\0" + bytes(32) + b"CASE DISC".ljust(32) + bytes(8) + struct.pack("<I", 17)).ljust(
    2048, b"\0"
)


@pytest.mark.parametrize(
    ("data", "kind", "fact"),
    [
        (NTFS, "raw-ntfs", ("volume serial number", "0706050403020100")),
        (
            boot(at3=b"EXFAT   ", at72=struct.pack("<Q", 8), at100=b"\1\2\3\4", at108=b"\x09"),
            "raw-exfat",
            ("volume serial number", "04030201"),
        ),
        (boot(at3=b"-FVE-FS-"), "raw-bitlocker", ("", "")),
        (
            boot(at11=b"\0\2", at32=struct.pack("<I", 8), at67=b"\1\2\3\4NAME       FAT32   "),
            "raw-fat",
            ("label", "NAME"),
        ),
        (boot(at11=b"\0\2", at19=b"\x08\0", at39=b"\1\2\3\4OLD        FAT16   "), "raw-fat", ("label", "OLD")),
        (bytes(EXT), "raw-ext", ("label", "root")),
        (bytes(1024) + b"H+\x00\x04" + bytes(100), "raw-hfs", ("", "")),
        (bytes(32) + b"NXSB" + bytes(100), "raw-apfs", ("", "")),
        (b"LUKS\xba\xbe\0\2" + bytes(160) + b"c0ffee".ljust(40, b"\0"), "raw-luks", ("volume id", "c0ffee")),
        (b"XFSB" + bytes(600), "raw-xfs", ("", "")),
        (ISO.ljust(70_000, b"\0"), "raw-iso9660", ("label", "CASE DISC")),
    ],
)
def test_a_volume(data: bytes, kind: str, fact: tuple[str, str]) -> None:
    found = told(data)
    assert found.format == kind
    assert found.fact(fact[0]) == fact[1]


def test_two_bytes_alone_are_no_file_system() -> None:
    assert described(bytes(1080) + b"\x53\xef" + bytes(3000)) is None
    assert described(bytes(1080) + b"\x53\xef") is None
    assert described(NTFS[:510] + b"\0\0") is None


@pytest.mark.skipif(shutil.which("mkfs.ext4") is None, reason="mkfs.ext4 (Debian: e2fsprogs) is not installed")
def test_a_volume_that_mkfs_made(tmp_path: Path) -> None:
    image = tmp_path / "volume.img"
    image.write_bytes(bytes(1 << 20))
    subprocess.run(["mkfs.ext4", "-q", "-L", "exhibit", str(image)], check=True, stderr=subprocess.DEVNULL)
    found = told(image.read_bytes())
    assert (found.format, found.fact("label"), found.problems) == ("raw-ext", "exhibit", ())


def test_a_split_image_is_one() -> None:
    whole = NTFS + bytes(4096)
    files = Files(
        {"d/disk.001": whole[:5000], "d/disk.002": whole[5000:6000], "d/disk.003": whole[6000:], "d/disk.005": b""}
    )
    found = files.described("d/disk.001")
    assert found is not None
    assert found.parts == ("d/disk.002", "d/disk.003")
    assert found.size_bytes == len(whole)
    letters = Files({"x.aa": NTFS, "x.ab": b"1", "x.ac": b"2"}).described("x.aa")
    assert letters is not None
    assert letters.parts == ("x.ab", "x.ac")
    limited = Files({"x.aa": NTFS, "x.ab": b"1", "x.ac": b"2"}).described("x.aa", FormatLimits(segments_max=2))
    assert limited is not None
    assert limited.parts == ("x.ab",)


def vhd(*, stamp: int = 100) -> bytes:
    footer = bytearray(512)
    footer[:8] = b"conectix"
    struct.pack_into(">I4s", footer, 24, stamp, b"qemu")
    struct.pack_into(">QQ", footer, 40, 1024, 1024)
    struct.pack_into(">I", footer, 60, 2)
    struct.pack_into(">I", footer, 64, ~sum(footer) & 0xFFFFFFFF)
    return bytes(footer)


KOLY = bytearray(512)
KOLY[:8] = b"koly\0\0\0\4"
struct.pack_into(">Q", KOLY, 492, 40)
DESCRIPTOR = (
    b'# Disk DescriptorFile\nversion=1\nCID=abc\nparentCID=ffffffff\ncreateType="monolithicFlat"\nRW 20 FLAT "x" 0\n'
)
VMDK = b"KDMV" + struct.pack("<IIQQQQ", 1, 3, 2048, 128, 1, 1) + bytes(464) + DESCRIPTOR.ljust(512, b"\0")


@pytest.mark.parametrize(
    ("data", "kind", "media_bytes", "fact"),
    [
        (VMDK, "vmdk", 2048 * 512, ("create type", "monolithicFlat")),
        (DESCRIPTOR, "vmdk", 20 * 512, ("content id", "abc")),
        (b"COWD" + struct.pack("<III", 1, 3, 10), "vmdk", 5120, ("", "")),
        (bytes(1024) + vhd(), "vhd", 1024, ("made at", "2000-01-01 00:01:40 UTC")),
        (vhd() + bytes(512), "vhd", 1024, ("made with", "qemu")),
        (b"vhdxfile" + "QEMU v7".encode("utf-16-le") + bytes(600), "vhdx", None, ("made with", "QEMU v7")),
        (b"QFI\xfb" + struct.pack(">IQIIQI", 3, 1, 0, 16, 4096, 1), "qcow2", 4096, ("encrypted", "yes")),
        (
            b"<<< Oracle VM VirtualBox Disk Image >>>\n".ljust(64, b"\0")
            + b"\x7f\x10\xda\xbe"
            + struct.pack("<HH", 1, 1)
            + bytes(296)
            + struct.pack("<Q", 99),
            "vdi",
            99,
            ("", ""),
        ),
        (b"sprs\0\0\0\3" + bytes(100), "sparseimage", None, ("", "")),
        (bytes(1024) + bytes(KOLY), "dmg", 40 * 512, ("", "")),
    ],
)
def test_a_virtual_disk(data: bytes, kind: str, media_bytes: int | None, fact: tuple[str, str]) -> None:
    found = told(data)
    assert (found.format, found.media_bytes) == (kind, media_bytes)
    assert found.fact(fact[0]) == fact[1]
    assert not found.problems


def test_a_changed_vhd_footer_is_told() -> None:
    changed = bytearray(vhd())
    changed[50] ^= 1
    assert "checksum" in told(bytes(1024) + bytes(changed)).problems[0]


@pytest.mark.skipif(shutil.which("qemu-img") is None, reason="qemu-img (Debian: qemu-utils) is not installed")
@pytest.mark.parametrize("form", ["qcow2", "vmdk", "vdi", "vhdx", "vpc"])
def test_virtual_disks_that_qemu_made(form: str, tmp_path: Path) -> None:
    image = tmp_path / "disk"
    options = ["-o", "force_size=on"] if form == "vpc" else []
    subprocess.run(["qemu-img", "create", "-q", "-f", form, *options, str(image), "1M"], check=True)
    found = told(image.read_bytes())
    assert found.format == {"vpc": "vhd"}.get(form, form)
    assert found.media_bytes in (1 << 20, None)
    assert not found.problems


def crash(*, wide: bool) -> bytes:
    data = bytearray(8192)
    data[:8] = b"PAGEDU64" if wide else b"PAGEDUMP"
    struct.pack_into("<II", data, 8, 15, 22621)
    struct.pack_into("<II", data, 48 if wide else 32, 0x8664, 4)
    struct.pack_into("<I", data, 0xF98 if wide else 0xF88, 5)
    struct.pack_into("<Q", data, 0xFA8 if wide else 0xFC0, 133_000_000_000_000_000)
    return bytes(data)


def lime(*lengths: int) -> bytes:
    out, start = b"", 0x1000
    for length in lengths:
        out += b"EMiL" + struct.pack("<IQQQ", 1, start, start + length - 1, 0) + bytes(length)
        start += 2 * length
    return out


@pytest.mark.parametrize(
    ("data", "kind", "fact"),
    [
        (lime(100, 50), "lime", ("ranges", "2")),
        (b"AVML" + struct.pack("<IQQQ", 2, 0, 99, 0) + bytes(100), "avml", ("", "")),
        (crash(wide=True), "windows-crash-dump", ("made at", "2022-06-18 04:26:40 UTC")),
        (crash(wide=False), "windows-crash-dump", ("kind", "bitmap full")),
        (
            b"MDMP\x93\xa7" + bytes(14) + struct.pack("<I", 1700000000) + bytes(64),
            "minidump",
            ("made at", "2023-11-14 22:13:20 UTC"),
        ),
        (b"HIBR" + bytes(1 << 16), "hiberfil", ("state", "HIBR")),
        (b"\xd2\xbe\xd2\xbe" + struct.pack("<II", 8, 60) + bytes(80), "vmware-state", ("", "")),
        (b"\x7fELF\2\1\1" + bytes(9) + struct.pack("<HH", 4, 62) + bytes(50), "elf-core", ("machine", "x64")),
        (b"\x7fELF\2\2\1" + bytes(9) + struct.pack(">HH", 4, 183) + bytes(50), "elf-core", ("machine", "ARM64")),
    ],
)
def test_a_memory_dump(data: bytes, kind: str, fact: tuple[str, str]) -> None:
    found = told(data)
    assert (found.family, found.format) == ("memory", kind)
    assert found.fact(fact[0]) == fact[1]
    assert not found.problems


def test_a_cut_memory_dump_is_told() -> None:
    assert "longer than the file" in told(lime(100)[:-1]).problems[0]
    assert "no header" in told(lime(100) + b"x" * 40).problems[0]
    late = bytearray(crash(wide=True))
    late[0xFA8:0xFB0] = b"\xff" * 8
    assert told(bytes(late)).fact("made at") == ""
    assert told(crash(wide=True)[:100]).format == "damaged"


@pytest.mark.parametrize(
    "data", [b"\x7fELF\2\1\1" + bytes(9) + struct.pack("<HH", 2, 62) + bytes(50), b"HIBR" + bytes(100)]
)
def test_a_program_is_no_dump(data: bytes) -> None:
    assert described(data) is None


def database(path: Path, *, wal: bool = False) -> bytes:
    connection = sqlite3.connect(path)
    if wal:
        connection.execute("PRAGMA journal_mode=WAL")
    connection.executescript(
        "PRAGMA user_version=7; PRAGMA application_id=1196444487; CREATE TABLE t (a); INSERT INTO t VALUES (1)"
    )
    connection.close()
    return path.read_bytes()


def test_a_database(tmp_path: Path) -> None:
    data = database(tmp_path / "a.db", wal=True)
    found = Files({"a.db": data, "a.db-wal": b"", "a.db-journal": b""}).described("a.db")
    assert found is not None
    assert (found.family, found.format) == ("database", "sqlite")
    assert found.fact("application") == "GeoPackage"
    assert found.fact("schema version of its application") == "7"
    assert found.fact("write-ahead log") == "yes"
    assert found.fact("journals beside it") == "-wal, -journal"
    assert found.fact("last written by SQLite") == sqlite3.sqlite_version
    assert "are there" in told(data[:-100]).problems[0]
    assert described(b"SQLite format 3\0") is None


def test_an_ios_backup() -> None:
    values = {
        "Last Backup Date": datetime.datetime(2026, 3, 1, 10, 0),
        "Unique Identifier": "00008110-X",
        "Device Name": "Phone",
        "Product Type": "iPhone14,5",
        "Applications": {},
    }
    for kind in (plistlib.FMT_XML, plistlib.FMT_BINARY):
        manifest = plistlib.dumps({"IsEncrypted": True})
        files = Files(
            {"b/Info.plist": plistlib.dumps(values, fmt=kind), "b/Manifest.plist": manifest, "b/Manifest.db": b""}
        )
        found = files.described("b/Info.plist")
        assert found is not None
        assert (found.format, found.fact("device id"), found.fact("encrypted")) == ("ios-backup", "00008110-X", "yes")
        assert found.fact("backed up") == "2026-03-01 10:00:00 UTC"
        assert found.fact("index beside it") == "Manifest.db"
    assert described(plistlib.dumps({"a": 1})) is None
    assert described(plistlib.dumps([1])) is None
    assert described(b"bplist00" + b"\xff" * 60) is None
    assert told(b"mbdb\5\0" + bytes(50)).format == "ios-backup"


def test_an_android_backup() -> None:
    found = told(b"ANDROID BACKUP\n5\n1\nAES-256\nabc")
    assert (found.format, found.version, found.fact("encryption"), found.fact("compressed")) == (
        "android-backup",
        "5",
        "AES-256",
        "yes",
    )


def test_a_cellebrite_extraction_and_the_files_beside_it() -> None:
    import hashlib

    digest = hashlib.sha256(b"data").hexdigest()
    text = "[Backup]\nType=Full\n[DeviceInfo]\nVendor=Samsung\nModel=\n[General]\nModel=A53\n"
    text += f"[SHA256]\nC:\\x\\phone.zip={digest.upper()}\nbad=12\n"
    files = Files({"e/phone.ufd": text.encode("utf-8-sig"), "e/phone.zip": b"data"})
    found = files.described("e/phone.ufd")
    assert found is not None
    assert (found.format, found.fact("vendor"), found.fact("model")) == ("cellebrite-ufd", "Samsung", "A53")
    assert found.parts == ("e/phone.zip",)
    (check,) = files.checked("e/phone.ufd").values()
    assert check.verdict.value == "passed"
    (check,) = Files({**files.files, "e/phone.zip": b"date"}).checked("e/phone.ufd").values()
    assert check.verdict.value == "failed"
    (check,) = Files({"e/phone.ufd": files.files["e/phone.ufd"]}).checked("e/phone.ufd").values()
    assert check.verdict.value == "indeterminate"
    assert described(b"[settings]\na=b\n") is None


MESSAGE = (
    b"Received: from x\r\nFrom: a@example.org\r\nDate: Mon, 1 Jan 2024 00:00:00 +0000\r\n"
    b"Subject: secret words\r\n\r\nbody\r\n"
)


def test_messages_and_mailboxes() -> None:
    found = told(MESSAGE)
    assert (found.family, found.format) == ("mail", "eml")
    assert found.fact("first message's date") == "Mon, 1 Jan 2024 00:00:00 +0000"
    assert "secret" not in str(found)
    inside = Files({"Mail/cur/1.host:2,S": MESSAGE}).described("Mail/cur/1.host:2,S")
    assert inside is not None
    assert inside.fact("mailbox") == "Maildir"
    for text in (b"Dear: Sir\nAs: you\nKnow: this\n\n", b"From: a\n\nx", b"x", b" folded\nFrom: x\nDate: y\nTo: z\n"):
        assert described(text) is None
    assert described(b"From: a\n continued\nDate: y\nTo: z\n") is not None


def test_an_mbox_is_counted_across_the_parts_it_is_read_in() -> None:
    one = b"From a@example.org Mon Jan  1 00:00:00 2024\nFrom: a\n\nbody\nFrom here on\n\n"
    assert told(one).fact("messages") == "1"
    assert told(one * 50_000).fact("messages") == "50,000"
    files = Files({"m": one * 50_000})
    limited = files.described("m", FormatLimits(scan_bytes_max=1 << 20))
    assert limited is not None
    assert "not all counted" in limited.fact("messages")


def test_outlook_files() -> None:
    pst = b"!BDN" + bytes(4) + b"SM" + struct.pack("<H", 23) + bytes(501) + b"\1" + bytes(100)
    found = told(pst)
    assert (found.format, found.version, found.fact("encoding")) == ("pst", "23 (Unicode)", "permutation")
    assert told(pst.replace(b"SM", b"SO")).format == "ost"
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, 9)
    directory = "__properties_version1.0".encode("utf-16-le").ljust(512, b"\0")
    assert told(bytes(header) + directory).format == "msg"
    assert described(bytes(header) + bytes(512)) is None
    header[30] = 7
    assert described(bytes(header) + directory) is None


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["Takeout/archive_browser.html", "Takeout/Mail/All mail.mbox"], "google-takeout"),
        (["export-metadata.xml", "export-result-counts.csv", "a.mbox"], "google-vault"),
        (["x/ExportSummary.txt", "x/a.zip"], "google-return"),
        (["records.html", "linked_media/1.jpg"], "meta-return"),
        (["personal_information/p.json", "security_and_login_information/l.json"], "meta-download"),
        (["Apple ID account and device information/a.csv"], "apple-download"),
        (["Export 1/manifest.xml", "Export 1/Results.csv", "Export 1/Exchange/a.pst"], "microsoft-export"),
        (["b/Manifest.db", "b/Info.plist", "b/Status.plist"], "ios-backup"),
        (["bag/bagit.txt", "bag/data/a"], "bagit"),
    ],
)
def test_archives_by_their_layout(names: list[str], kind: str) -> None:
    found = told(zipped({name: b"x" for name in names}))
    assert (found.format, found.version) == (kind, "zip")
    assert found.fact("told by")
    for compression in ("", "gz"):
        out = BytesIO()
        with tarfile.open(fileobj=out, mode="w:gz" if compression else "w:") as archive:
            for name in names:
                info = tarfile.TarInfo(name)
                info.size = 1
                archive.addfile(info, BytesIO(b"x"))
        found = told(out.getvalue())
        assert (found.format, found.version) == (kind, "tar")


def test_archives_of_other_layouts_and_damaged_ones() -> None:
    assert described(zipped({"a.txt": b"x", "records.html": b"x"})) is None
    assert described(b"\x1f\x8b\x08" + bytes(600)) is None
    cut = zipped({"Takeout/a": b"x" * 100})[:-30]
    assert "cut off" in told(cut).problems[0]
    whole = zipped({"Takeout/a": b"x" * 100})
    odd = whole.replace(b"PK\1\2", rb"PK\9\9")
    assert "no zip archive" in told(odd).problems[0]


@pytest.mark.parametrize(
    ("name", "kind", "family"),
    [("Takeout/x", "google-takeout", "cloud return"), ("report.xml", "cellebrite-ufdr", "mobile")],
)
def test_of_an_archive_with_very_many_members_only_the_names_are_read(name: str, kind: str, family: str) -> None:
    plain = {f"{number:06}-{'x' * 60}": b"" for number in range(12_000)}
    limits = FormatLimits(entries_max=10)
    found = Files({"a.zip": zipped({**plain, name: b""})}).described("a.zip", limits)
    assert found is not None
    assert (found.format, found.family, found.fact("members")) == (kind, family, "12,001")
    assert "too many members" in found.problems[0]
    if found.checkable:
        (check,) = Files({"a.zip": zipped({**plain, name: b""})}).checked("a.zip", limits).values()
        assert check.verdict.value == "indeterminate"
    assert Files({"a.zip": zipped(plain)}).described("a.zip", limits) is None


def test_an_encrypted_file_is_named() -> None:
    assert told(b"age-encryption.org/v1\n-> X25519 x\n").format == "age"
    assert told(b"-----BEGIN AGE ENCRYPTED FILE-----\nYWdl").format == "age"


def test_a_zip64_directory_is_measured_before_it_is_loaded() -> None:
    data = zipped({"Takeout/a": b"x"})
    end = data.rindex(b"PK\5\6")
    record = b"PK\6\6" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, 1 << 40, 1 << 40, 1 << 40, 0)
    locator = b"PK\6\7" + struct.pack("<IQI", 0, end, 1)
    assert described(data[:end] + record + locator + data[end:]) is None
    record = record[:-8] + struct.pack("<Q", data.index(b"PK\1\2"))
    found = told(data[:end] + record + locator + data[end:])
    assert "too many members" in found.problems[0]


def test_what_is_nothing_that_is_known() -> None:
    for data in (b"", b"hello", bytes(5000), bytes(range(256)) * 50, b"\x89PNG\r\n\x1a\n" + bytes(100)):
        assert described(data) is None


def test_a_neighbour_that_nobody_may_read_is_a_problem_not_an_error() -> None:
    class Refusing(Files):
        def find(self, path: str) -> Item | None:
            def refuse() -> object:
                raise PermissionError(13, "Permission denied")

            item = super().find(path)
            if item is None or path == "b/Info.plist":
                return item
            return Item(path=path, size_bytes=item.size_bytes, open=refuse)  # type: ignore[arg-type]

    data = plistlib.dumps({"Last Backup Date": datetime.datetime(2026, 3, 1), "Unique Identifier": "x"})
    files = Refusing({"b/Info.plist": data, "b/Manifest.plist": b""})
    found = files.described("b/Info.plist")
    assert found is not None
    assert found.format == "damaged"


def test_a_file_without_neighbours() -> None:
    with looking(item_of_bytes("a.E01", NTFS)) as look:
        assert look.beside("b") is None
        assert recognise(look) is not None

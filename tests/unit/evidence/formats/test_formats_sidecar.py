"""Hashes that lie beside evidence: lists and logs are found, their files checked, other texts left alone."""

import hashlib
import zipfile

import pytest
from tests.samples.forensic import EWFACQUIRE, NO_EWF, Files, acquired, described, ex01, media, ufdr, zipped

from comity.evidence.custody import Verdict
from comity.evidence.formats.limits import FormatLimits

DATA = b"evidence" * 100


def digest(name: str, data: bytes = DATA) -> str:
    return hashlib.new(name, data).hexdigest()


def verdicts(files: Files, name: str) -> set[Verdict]:
    return {one.verdict for one in files.checked(name).values()}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("disk.img.md5", f"{digest('md5')}  disk.img\n"),
        ("SHA256SUMS", f"{digest('sha256')} *./disk.img\n"),
        ("sums", f"SHA1 (disk.img) = {digest('sha1')}\n"),
        ("disk.img.sha512", digest("sha512").upper()),
        ("moved.md5", f"{digest('md5')}  /mnt/usb/case/disk.img\n"),
        (
            "audit.txt",
            "%%%% HASHDEEP-1.0\n%%%% size,md5,sha256,filename\n## Invoked from: /x\n"
            f"{len(DATA)},{digest('md5')},{digest('sha256')},/x/disk.img\n",
        ),
        ("hashes.csv", f"File Name,MD5 Hash,SHA-1\ndisk.img,{digest('md5')},{digest('sha1')}\n"),
    ],
)
def test_a_list_beside_its_file(name: str, text: str) -> None:
    files = Files({f"c/{name}": text.encode(), "c/disk.img": DATA})
    found = files.described(f"c/{name}")
    assert found is not None
    assert (found.family, found.format, found.parts) == ("hash list", "checksum-file", ("c/disk.img",))
    assert verdicts(files, f"c/{name}") == {Verdict.PASSED}
    changed = Files({**files.files, "c/disk.img": DATA + b"!"})
    (check,) = changed.checked(f"c/{name}").values()
    assert check.verdict is Verdict.FAILED
    assert "c/disk.img has not the" in check.reason
    assert described(text.encode(), name) is None


def test_a_list_of_many_files_says_which_are_not_here() -> None:
    files = Files(
        {"d/list.md5": f"{digest('md5')}  a/x.bin\n{digest('md5', b'y')}  gone\n".encode(), "d/a/x.bin": DATA}
    )
    found = files.described("d/list.md5")
    assert found is not None
    assert found.fact("of files that are not here") == "1"
    assert verdicts(files, "d/list.md5") == {Verdict.PASSED}


def test_texts_that_only_hold_digits_are_no_lists() -> None:
    page = "\n".join(f"commit {digest('sha1')} line {number} of a text" for number in range(100))
    assert Files({"a.txt": page.encode(), "a": b""}).described("a.txt") is None
    assert Files({"a.txt": b"\0" + digest("md5").encode(), "a": b""}).described("a.txt") is None
    outside = f"{digest('md5')}  ../../etc/passwd\n{digest('md5')}  list\n"
    assert Files({"d/list": outside.encode(), "etc/passwd": b""}).described("d/list") is None
    line = (digest("md5") + " ").encode() * 100_000
    assert Files({"x.md5": line, "y": b""}).described("x.md5", FormatLimits(text_bytes_max=1000)) is None


def test_no_more_hashes_are_kept_than_allowed() -> None:
    text = "".join(f"{digest('md5')}  {number}\n" for number in range(20))
    files = Files({"l.md5": text.encode(), **{str(number): DATA for number in range(20)}})
    found = files.described("l.md5", FormatLimits(listed_max=5))
    assert found is not None
    assert len(found.hashes) == 5


FTK = """Created By AccessData® FTK® Imager 4.7.1.2

Case Information:
Acquired using: ADI4.7.1.2
Case Number: FIR 12
Evidence Number: EXH-1
Unique description: usb
Examiner: A. Rao
Notes:

 Drive Model: STICK
 Drive Serial Number: 123
[Computed Hashes]
 MD5 checksum:    {md5}
 SHA1 checksum:   {sha1}

Image Information:
 Acquisition started:   Tue Nov 24 10:00:00 2026
 Acquisition finished:  Tue Nov 24 10:05:00 2026

Image Verification Results:
 MD5 checksum:    {md5} : verified
"""


def test_a_log_of_ftk_imager_beside_a_split_image() -> None:
    half = len(DATA) // 2
    text = FTK.format(md5=digest("md5"), sha1=digest("sha1"))
    files = Files({"i.001.txt": text.encode("utf-8-sig"), "i.001": DATA[:half], "i.002": DATA[half:]})
    found = files.described("i.001.txt")
    assert found is not None
    assert (found.format, found.fact("case number"), found.fact("examiner")) == ("ftk-imager-log", "FIR 12", "A. Rao")
    assert found.fact("device model") == "STICK"
    assert verdicts(files, "i.001.txt") == {Verdict.PASSED}
    assert verdicts(Files({**files.files, "i.002": b"other"}), "i.001.txt") == {Verdict.FAILED}


@pytest.mark.skipif(EWFACQUIRE is None, reason=NO_EWF)
def test_a_log_beside_an_expert_witness_image_means_its_media() -> None:
    image = acquired()["image.E01"]
    text = FTK.format(md5=digest("md5", media()), sha1=digest("sha1", media()))
    files = Files({"image.E01.txt": text.encode(), "image.E01": image})
    assert verdicts(files, "image.E01.txt") == {Verdict.PASSED}
    other = FTK.format(md5=digest("md5"), sha1=digest("sha1"))
    assert verdicts(Files({**files.files, "image.E01.txt": other.encode()}), "image.E01.txt") == {Verdict.FAILED}
    sha256 = f"{digest('sha256', media())}  image.E01\n"
    assert verdicts(Files({"s": sha256.encode(), "image.E01": image}), "s") == {Verdict.INDETERMINATE}


def test_a_log_beside_an_ex01_image() -> None:
    text = (
        "GUYMAGER ACQUISITION INFO FILE\n"
        + "=" * 20
        + f"""
Version                        : 0.8.13
Case number                    : FIR 12
Examiner                       : A. Rao
MD5 hash                       : {digest("md5", media())}
MD5 hash verified source       : {digest("md5")}
SHA1 hash                      : {digest("sha1", media())}
Acquisition started : 2026-11-24 10:00:00 (ISO format YYYY-MM-DD HH:MM:SS)
"""
    )
    files = Files({"image.info": text.encode(), "image.Ex01": ex01(media()), "image.dd": media()})
    found = files.described("image.info")
    assert found is not None
    assert (found.format, found.fact("tool version")) == ("guymager-log", "0.8.13")
    assert found.parts == ("image.dd",)
    assert verdicts(files, "image.info") == {Verdict.PASSED}
    direct = Files({"x": f"{digest('md5', media())}  image.Ex01\n".encode(), "image.Ex01": ex01(media())})
    assert verdicts(direct, "x") == {Verdict.PASSED}


DC3DD = """
dc3dd 7.2.646 started at 2026-11-24 10:00:00 +0000
compiled options:
command line: dc3dd if=/dev/sdb hof=usb.dd hash=md5 log=usb.log
sector size: 512 bytes

input results for device `/dev/sdb':
   10 sectors in
   0 bad sectors replaced by zeros
   {md5} (md5)
      {other}, sectors 0 - 9

output results for file `usb.dd':
   10 sectors out
   [ok] {md5} (md5)
   {md5} (md5)

output results for file `elsewhere.dd':
   {other} (md5)

dc3dd completed at 2026-11-24 10:00:01 +0000
"""


def test_a_log_of_dc3dd() -> None:
    text = DC3DD.format(md5=digest("md5"), other="0" * 32)
    files = Files({"usb.log": text.encode(), "usb.dd": DATA})
    found = files.described("usb.log")
    assert found is not None
    assert found.format == "dc3dd-log"
    assert found.fact("tool") == "dc3dd 7.2.646"
    assert [one.value for one in found.hashes] == [digest("md5")]
    assert verdicts(files, "usb.log") == {Verdict.PASSED}


def test_a_log_without_its_image_checks_nothing() -> None:
    files = Files({"i.001.txt": FTK.format(md5=digest("md5"), sha1=digest("sha1")).encode()})
    found = files.described("i.001.txt")
    assert found is not None
    assert not found.checkable
    assert files.checked("i.001.txt") == {}


def test_a_file_that_nobody_may_read_leaves_its_list_in_doubt() -> None:
    class Refusing(Files):
        def find(self, path: str):  # type: ignore[no-untyped-def]  # as its parent
            import dataclasses

            def refuse():  # type: ignore[no-untyped-def]  # never returns
                raise PermissionError(13, "Permission denied")

            item = super().find(path)
            return dataclasses.replace(item, open=refuse) if item is not None and path == "disk.img" else item

    files = Refusing({"l": f"{digest('md5')}  disk.img\n".encode(), "disk.img": DATA})
    assert verdicts(files, "l") == {Verdict.INDETERMINATE}


def test_a_map_of_ddrescue() -> None:
    text = (
        "# Mapfile. Created by GNU ddrescue version 1.27\n# Command line: ddrescue /dev/sdb usb.dd usb.map\n"
        "# current_pos  current_status  current_pass\n0x00000000     +               1\n"
        "#      pos        size  status\n"
        "0x00000000  0x00001000  +\n0x00001000  0x00000200  -\n0x00001200  0xzz  +\n"
    )
    found = described(text.encode())
    assert found is not None
    assert (found.format, found.fact("bytes read")) == ("ddrescue-map", "4,096")
    assert found.fact("bytes that could not be read") == "512"


def test_digests_that_are_known_are_not_computed_again() -> None:
    class Known(Files):
        def find(self, path: str):  # type: ignore[no-untyped-def]  # as its parent
            import dataclasses

            item = super().find(path)
            return item and dataclasses.replace(item, digests=(("sha256", "f" * 64),))

    files = Known({"l": f"{'f' * 64}  disk.img\n".encode(), "disk.img": DATA})
    assert verdicts(files, "l") == {Verdict.PASSED}


class TestReports:
    """Cellebrite reports."""

    FILES = {"a.jpg": b"picture", "b.jpg": b"other"}  # noqa: RUF012  never changed

    def test_one_is_described_and_its_files_are_checked(self) -> None:
        files = Files({"r.ufdr": ufdr(self.FILES)})
        found = files.described("r.ufdr")
        assert found is not None
        assert (found.format, found.version) == ("cellebrite-ufdr", "5.1.0.0")
        assert found.fact("IMEI") == "490154203237518"
        assert found.fact("case number") == "FIR 12"
        assert files.checked("r.ufdr")["hashes of files"].reason.startswith("2 files")

    def test_a_file_that_was_changed_is_named(self) -> None:
        checks = Files({"r.ufdr": ufdr(self.FILES, wrong="b.jpg")}).checked("r.ufdr")
        assert "files/Image/b.jpg" in checks["hashes of files"].reason

    def test_a_file_that_is_not_in_it_is_counted(self) -> None:
        data = ufdr(self.FILES).replace(b"files/Image/b.jpg", b"files/Image/c.jpg")
        assert "1 that it lists are not in it" in Files({"r": data}).checked("r")["hashes of files"].reason

    def test_a_damaged_file_or_report_is_told(self) -> None:
        plain = ufdr(self.FILES)
        start = plain.index(b"files/Image/a.jpg") + len("files/Image/a.jpg")
        broken = plain[:start] + b"\xff\xff" + plain[start + 2 :]
        assert Files({"r": broken}).checked("r")["hashes of files"].verdict is Verdict.FAILED
        report = b'<project xmlns="http://pa.cellebrite.com/report/2.0"><a></b>'
        unreadable = Files({"r": zipped({"report.xml": report}, method=zipfile.ZIP_DEFLATED)})
        assert unreadable.checked("r")["report"].verdict is Verdict.FAILED
        assert described(zipped({"report.xml": b"<other/>"})) is None

    def test_entities_are_refused(self) -> None:
        bomb = '<!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        checks = Files({"r": ufdr(self.FILES, head=bomb)}).checked("r")
        assert "document type" in checks["report"].reason

    def test_a_tag_without_end_is_refused(self) -> None:
        start = '<project xmlns="http://pa.cellebrite.com/report/2.0"><file a="'
        report = (start + "x" * (18 << 20)).encode()
        checks = Files({"r": zipped({"report.xml": report}, method=zipfile.ZIP_DEFLATED)}).checked("r")
        assert "tag of more than" in checks["report"].reason

    def test_only_so_many_files_are_checked(self) -> None:
        checks = Files({"r": ufdr(self.FILES)}).checked("r", FormatLimits(listed_max=1))
        assert checks["hashes of files"].verdict is Verdict.INDETERMINATE

    def test_a_member_that_unpacks_to_more_than_it_can_is_not_unpacked(self) -> None:
        data = ufdr({"a.jpg": bytes(3 << 20)})
        checks = Files({"r": data}).checked("r", FormatLimits(expansion_max=2))
        assert "unpacks to more" in checks["hashes of files"].reason


def test_a_log_of_empty_lines_is_read_in_a_moment() -> None:
    import time

    began = time.monotonic()
    assert described(b"Created By AccessData" + b"\n" * (1 << 20)) is not None
    assert time.monotonic() - began < 3

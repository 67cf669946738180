"""Bags of other makers, good and bad, after the cases of the Library of Congress's BagIt conformance suite."""

import hashlib
from pathlib import Path

import pytest

from comity.evidence.package.bagcheck import BagReport, check_bag

FILES = {"data/a.txt": b"one\n", "data/sub/b.txt": b"two\n"}


def bag(
    folder: Path,
    *,
    version: str = "1.0",
    algorithm: str = "sha512",
    encoding: str = "UTF-8",
    files: dict[str, bytes] = FILES,
) -> Path:
    """A valid bag."""
    (folder / "data").mkdir(parents=True)
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    (folder / "bagit.txt").write_text(f"BagIt-Version: {version}\nTag-File-Character-Encoding: {encoding}\n")
    write(folder, f"manifest-{algorithm}.txt", listed(files, algorithm), encoding)
    return folder


def listed(files: dict[str, bytes], algorithm: str = "sha512") -> str:
    return "".join(f"{hashlib.new(algorithm, data).hexdigest()}  {path}\n" for path, data in files.items())


def write(folder: Path, name: str, text: str, encoding: str = "UTF-8") -> None:
    (folder / name).write_bytes(text.encode(encoding))


def kinds(report: BagReport) -> set[str]:
    return {check for check, _ in report.errors}


@pytest.mark.parametrize("version", ["0.93", "0.94", "0.95", "0.96", "0.97", "1.0"])
@pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha224", "sha256", "sha512"])
def test_valid(tmp_path: Path, version: str, algorithm: str) -> None:
    report = check_bag(bag(tmp_path, version=version, algorithm=algorithm))
    assert (report.errors, report.version) == ([], version)
    assert any("others can make files that fit" in one for one in report.warnings) == (algorithm in ("md5", "sha1"))


def test_a_stronger_list_beside_one_of_md5_is_enough(tmp_path: Path) -> None:
    folder = bag(tmp_path)
    write(folder, "manifest-md5.txt", listed(FILES, "md5"))
    assert check_bag(folder).warnings == []


@pytest.mark.parametrize("encoding", ["UTF-16BE", "UTF-16", "ISO-8859-1"])
def test_other_charsets(tmp_path: Path, encoding: str) -> None:
    folder = bag(tmp_path, version="0.97", encoding=encoding)
    write(folder, "bag-info.txt", "Contact-Name: Núñez\n continued\nPayload-Oxum: 8.2\n", encoding)
    assert not check_bag(folder).errors


def test_duplicate_metadata_is_allowed(tmp_path: Path) -> None:
    folder = bag(tmp_path)
    write(folder, "bag-info.txt", "Contact-Name: A\nContact-Name: B\n")
    write(folder, "tagmanifest-md5.txt", listed({"bag-info.txt": (folder / "bag-info.txt").read_bytes()}, "md5"))
    assert not check_bag(folder).errors


@pytest.mark.parametrize(
    "text",
    [
        "",
        "BagIt-Version: 1.0\n",
        "BagIt-Version : 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "BagIt-Version:  1.0\nTag-File-Character-Encoding: UTF-8\n",
        " BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "BagIt-Version: 9.9\nTag-File-Character-Encoding: UTF-8\n",
        "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-99\n",
        "\ufeffBagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
    ],
)
def test_bad_declarations(tmp_path: Path, text: str) -> None:
    folder = bag(tmp_path)
    write(folder, "bagit.txt", text)
    assert kinds(check_bag(folder)) == {"bag"}


def test_without_what_must_be_there(tmp_path: Path) -> None:
    assert kinds(check_bag(tmp_path)) == {"bag"}
    folder = bag(tmp_path / "one")
    (folder / "manifest-sha512.txt").unlink()
    assert kinds(check_bag(folder)) == {"bag"}
    write(folder, "manifest-crc32.txt", "")
    assert "fixity" in kinds(check_bag(folder))
    bare = tmp_path / "bare"
    bare.mkdir()
    write(bare, "bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    write(bare, "manifest-sha512.txt", "")
    assert kinds(check_bag(bare)) == {"bag"}


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"data/a.txt": b"ONE\n"}, "fixity"),
        ({"data/new.txt": b"x"}, "completeness"),
        ({"tagmanifest-md5.txt": b"0" * 32 + b"  bagit.txt\n"}, "fixity"),
        ({"tagmanifest-md5.txt": b"0" * 32 + b"  data/a.txt\n"}, "bag"),
        ({"bag-info.txt": b"no label\n"}, "bag"),
        ({"bag-info.txt": b"Payload-Oxum: 9.9\n"}, "completeness"),
        ({"bag-info.txt": b"Contact-Name : A\n"}, "bag"),
        ({"bag-info.txt": b"\xff\xfe"}, "bag"),
        ({"fetch.txt": b"http://x 3 data/other\n"}, "completeness"),
        ({"fetch.txt": b"http://x\n"}, "bag"),
    ],
)
def test_changed(tmp_path: Path, change: dict[str, bytes], kind: str) -> None:
    folder = bag(tmp_path)
    for path, data in change.items():
        (folder / path).write_bytes(data)
    assert kind in kinds(check_bag(folder))


@pytest.mark.parametrize(
    "path", ["../../../README.md", "/etc/passwd", "~/x", "data/../../x", "..\\x", "C:\\x", "bagit.txt"]
)
def test_paths_out_of_scope(tmp_path: Path, path: str) -> None:
    folder = bag(tmp_path)
    name = "manifest-sha512.txt"
    write(folder, name, (folder / name).read_text() + "0" * 128 + f"  {path}\n")
    assert kinds(check_bag(folder)) & {"bag", "completeness"}


def test_links_are_refused(tmp_path: Path) -> None:
    folder = bag(tmp_path)
    (folder / "data/link").symlink_to("/etc/passwd")
    assert "completeness" in kinds(check_bag(folder))


@pytest.mark.parametrize("version", ["0.97", "1.0"])
def test_listed_twice(tmp_path: Path, version: str) -> None:
    folder = bag(tmp_path, version=version)
    text = listed(FILES)
    write(folder, "manifest-sha512.txt", text + text)
    report = check_bag(folder)
    assert bool(report.errors) == (version == "1.0")
    write(folder, "manifest-sha512.txt", text + "0" * 128 + "  data/a.txt\n")
    assert kinds(check_bag(folder)) == {"completeness"}


def test_other_unicode_forms_are_only_odd(tmp_path: Path) -> None:
    folder = bag(tmp_path, version="0.97", files={"data/Nu\u0301n\u0303ez": b""})
    write(folder, "manifest-sha512.txt", listed({"data/Núñez": b"", "data/Nu\u0301n\u0303ez": b""}))
    report = check_bag(folder)
    assert not report.errors
    assert report.warnings


def test_forms_of_lines(tmp_path: Path) -> None:
    folder = bag(tmp_path, version="0.97", files={"data/a b": b"1", "data/new\nline": b"2", "data/c": b"3"})
    lines = (
        hashlib.sha512(b"1").hexdigest().upper() + " *data/a b",
        hashlib.sha512(b"2").hexdigest() + "\tdata/new%0Aline",
        hashlib.sha512(b"3").hexdigest() + "  ./data/c",
    )
    write(folder, "manifest-sha512.txt", "\r\n".join(lines))
    report = check_bag(folder)
    assert not report.errors
    assert len(report.warnings) == 2
    literal = bag(tmp_path / "literal", version="0.97", files={"data/100%0Aof it": b"1"})
    assert not check_bag(literal).errors
    write(folder, "manifest-sha512.txt", "not a line\n")
    assert "bag" in kinds(check_bag(folder))


@pytest.mark.parametrize(("version", "bad"), [("0.97", False), ("1.0", True)])
def test_each_manifest_lists_all_since_1_0(tmp_path: Path, version: str, bad: bool) -> None:
    folder = bag(tmp_path, version=version)
    write(folder, "manifest-sha512.txt", listed({"data/a.txt": b"one\n"}))
    write(folder, "manifest-md5.txt", listed({"data/sub/b.txt": b"two\n"}, "md5"))
    assert bool(check_bag(folder).errors) == bad
    (folder / "data/none").write_text("x")
    assert check_bag(folder).errors


def test_fetched_from_elsewhere(tmp_path: Path) -> None:
    folder = bag(tmp_path)
    write(folder, "fetch.txt", "file:///x 42000 elsewhere.png\nhttp://x - data/a.txt\n\n")
    report = check_bag(folder)
    assert not report.errors
    assert report.warnings


def test_a_byte_order_mark(tmp_path: Path) -> None:
    folder = bag(tmp_path)
    write(folder, "manifest-sha512.txt", "\ufeff" + listed(FILES))
    assert kinds(check_bag(folder)) == {"bag"}


def test_the_report(tmp_path: Path) -> None:
    folder = bag(tmp_path)
    (folder / "data/new").write_text("x")
    report = check_bag(folder)
    assert next(report.lines()).startswith("failed  completeness")
    assert [one["verdict"] for one in report.checks(sealed=True)] == ["passed", "failed", "passed"]
    assert report.checks(sealed=False)[-1]["verdict"] == "indeterminate"

"""The cases of the Library of Congress's BagIt conformance suite (github.com/LibraryOfCongress/bagit-conformance-suite,
public domain), by their names there, made anew: what each is about, with files of our own.

As its harness judges: ``valid`` passes, ``invalid`` and those for one system fail, ``warning`` passes and says
something.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from comity import cli
from comity.evidence.package.bagcheck import check_bag

Files = dict[str, bytes]
BASIC: Files = {
    "data/test1.txt": b"test1",
    "data/test2.txt": b"test2",
    "data/dir1/test3.txt": b"test3",
    "data/dir2/dir3/test5.txt": b"test5",
}
INFO = "Bagging-Date: 2017-11-03\nContact-Name: A. Rao\n"
FETCH = "http://example.org/file 77 "


def manifest(files: Files, algorithm: str = "md5", gap: str = "  ") -> str:
    return "".join(f"{hashlib.new(algorithm, data).hexdigest()}{gap}{path}\n" for path, data in files.items())


def bag(
    folder: Path,
    *,
    version: str = "0.97",
    files: Files = BASIC,
    algorithm: str = "md5",
    encoding: str = "UTF-8",
    declaration: str | None = None,
    listed: str | None = None,
    tags: dict[str, str] | None = None,
    tag_manifest: bool = True,
) -> Path:
    """A bag; `tags` are its other tag files, `listed` the text of its manifest where it is not what is there."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    (folder / "data").mkdir(exist_ok=True)
    text = declaration if declaration is not None else _declared(version, encoding)
    written: Files = {"bagit.txt": text.encode()}
    info = "package-info.txt" if version < "0.96" else "bag-info.txt"
    written[f"manifest-{algorithm}.txt"] = (manifest(files, algorithm) if listed is None else listed).encode(encoding)
    for name, content in ({info: INFO} if tags is None else tags).items():
        written[name] = content.encode(encoding)
    for name, content_bytes in written.items():
        (folder / name).write_bytes(content_bytes)
    if tag_manifest:
        (folder / f"tagmanifest-{algorithm}.txt").write_bytes(manifest(written, algorithm).encode(encoding))
    return folder


def _declared(version: str, encoding: str) -> str:
    return f"BagIt-Version: {version}\nTag-File-Character-Encoding: {encoding}\n"


DOUBLE = "Bagging-Date: 2016-02-26\nBagging-Date: 2016-03-10\nContact-Name: A\nContact-Name: B\n"
ODD = "Contact-Name : A\nContact-Phone:B\nExternal-Description\t:\tC\n and on\n\tand on\n"
ESCAPABLE: Files = {f"data/test {one} file.txt": b"x" for one in ("with spaces", "#", "'", "(a)", "$", "&", "=", "@")}
INNER: Files = {**BASIC, "bagit.txt": _declared("0.97", "UTF-8").encode()}
NAMED = {"bag-info.txt": "Contact-Name: N\u00fa\u00f1ez\n"}
SPANISH = "data/N\u00fa\u00f1ez"
APART = "data/Nu\u0301n\u0303ez"

VALID: dict[str, dict[str, Any]] = {
    **{f"v{version}/basic-bag": {"version": version} for version in ("0.93", "0.94", "0.95", "0.96", "0.97")},
    **{
        f"v{version}/duplicate-metadata-entries": {"version": version, "tags": {name: DOUBLE}}
        for version, name in (
            ("0.93", "package-info.txt"), ("0.94", "package-info.txt"), ("0.95", "package-info.txt"),
            ("0.96", "bag-info.txt"), ("0.97", "bag-info.txt"),
        )
    },
    **{f"v0.97/basic-bag-{one}": {"algorithm": one} for one in ("sha1", "sha224", "sha256", "sha512")},
    "v0.97/UTF-16-encoded-tag-files": {"encoding": "UTF-16BE", "tags": NAMED},
    "v0.97/ISO-8859-1-encoded-tag-files": {
        "encoding": "ISO-8859-1", "tags": NAMED,
    },
    "v0.97/bag-in-a-bag": {"files": {f"data/bag/{path}": data for path, data in INNER.items()}},
    "v0.97/bag-with-encoded-names": {"files": {"data/%7Edir2/test4.txt": b"4", "data/100%.txt": b"5"}},
    "v0.97/bag-with-escapable-characters": {"files": ESCAPABLE},
    "v0.97/bag-with-leading-dot-slash-in-manifest": {
        "listed": manifest({path.replace("data/", "./data/"): data for path, data in BASIC.items()})
    },
    "v0.97/bag-with-space": {"files": {"data/test 1.txt": b"1", "data/dir 2/ test2 .txt": b"2"}},
    "v0.97/holey-bag": {"tags": {"fetch.txt": f"{FETCH}data/test1.txt\nhttp://example.org/2 - data/test2.txt\n"}},
    "v0.97/local-fetch": {"tags": {"fetch.txt": "file:///home/somebody/source.png 42000 source.png\n"}},
    "v0.97/minimal-bag": {"files": {}, "tags": {}, "tag_manifest": False},
    "v0.97/uncommon-metadata-separators": {"tags": {"bag-info.txt": ODD}},
    "v1.0/basicBag": {"version": "1.0", "algorithm": "sha512"},
}  # fmt: skip

OUTSIDE = {
    "dot-notation": "../../../README.md",
    "absolute-path": "/tmp/foo",
    "shortcut": "~/foo",
    "shortcut-username": "~root/foo",
    "windows-absolute-path": "C:\\Windows\\System32\\setx.exe",
    "windows-shortcut": "%HomeDrive%\\Windows\\System32\\setx.exe",
    "windows-unc": "\\\\?\\UNC\\server\\Windows\\System32\\setx.exe",
    "windows-dot-notation": "data\\..\\..\\x",
}
INVALID: dict[str, dict[str, Any]] = {
    "v0.97/baginfo-missing-encoding": {"declaration": "BagIt-Version: 0.97\n"},
    "v0.97/bagit-with-invalid-whitespace": {
        "declaration": "BagIt-Version : 0.97\nTag-File-Character-Encoding : UTF-8\n"
    },
    "v0.97/bom-in-bagit.txt": {"declaration": "\ufeff" + _declared("0.97", "UTF-8")},
    "v0.97/invalid-version-number": {"declaration": _declared(".97", "UTF-8")},
    **{
        f"v0.97/out-of-scope-file-paths-using-{name}": {"listed": manifest({**BASIC, path: b"x"})}
        for name, path in OUTSIDE.items()
    },
    **{
        f"v0.97/out-of-scope-file-paths-using-{name}-for-fetch": {"tags": {"fetch.txt": f"{FETCH}{path}\n"}}
        for name, path in OUTSIDE.items()
    },
    "v0.97/same-filename-listed-twice-with-different-hashes": {
        "listed": manifest(BASIC) + manifest({"data/test1.txt": b"other"})
    },
    "v1.0/bagit-with-invalid-whitespace": {
        "version": "1.0", "declaration": "BagIt-Version : 1.0\nTag-File-Character-Encoding : UTF-8\n",
    },
    "v1.0/same-filename-listed-twice-with-different-hashes": {
        "version": "1.0", "listed": manifest(BASIC) + manifest({"data/test1.txt": b"other"}),
    },
}  # fmt: skip

WARNING: dict[str, dict[str, Any]] = {
    "v0.97/duplicate-file-with-different-case": {"files": {"data/hello.txt": b"1", "data/HELLO.txt": b"2"}},
    "v0.97/filename-normalization": {"files": {APART: b""}, "listed": manifest({SPANISH: b""})},
    "v0.97/made-with-md5sum-tools": {"listed": manifest(BASIC, gap=" *")},
    "v0.97/relative-path": {"listed": manifest({"./" + path: data for path, data in BASIC.items()})},
    "v0.97/same-filename-listed-twice-with-different-normalization": {
        "files": {APART: b""}, "listed": manifest({SPANISH: b"", APART: b""}),
    },
    "v0.97/same-filename-listed-twice-with-the-same-hash": {"listed": manifest(BASIC) + manifest(BASIC)},
    "v0.97/special-system-files": {"files": {**BASIC, "data/.DS_Store": b"x", "data/dir1/Thumbs.db": b"y"}},
    "v0.97/precomposed-character-in-filename": {"files": {"data/contro\u0302le.txt": b"x"},
        "listed": manifest({"data/contr\u00f4le.txt": b"x"})},
}  # fmt: skip


def broken(folder: Path, change: Callable[[Path], None], **how: Any) -> Path:
    change(bag(folder, **how))
    return folder


CHANGED: dict[str, tuple[dict[str, Any], Callable[[Path], Any]]] = {
    "v0.97/corrupt-data-file": ({}, lambda one: (one / "data/test1.txt").write_text("other")),
    "v0.97/corrupt-tag-file": ({}, lambda one: (one / "bag-info.txt").write_text("Contact-Name: B\n")),
    "v0.97/extra-file-in-bag": ({}, lambda one: (one / "data/bar").write_text("x")),
    "v0.97/missing-baginfo": ({}, lambda one: (one / "bag-info.txt").unlink()),
    "v0.97/missing-bagit.txt": ({}, lambda one: (one / "bagit.txt").unlink()),
    "v1.0/missing-from-manifest": (
        {"version": "1.0", "tag_manifest": False},
        lambda one: (
            (one / "data/missingFromManifest.txt").write_bytes(b"x"),
            (one / "manifest-sha512.txt").write_text(
                manifest({**BASIC, "data/missingFromManifest.txt": b"x"}, "sha512")
            ),
        ),
    ),
}


def status(folder: Path) -> tuple[int, str]:
    """What the command ends with, and what it says beside its answer."""
    result = CliRunner().invoke(cli.comity, ["verify", "--bag", str(folder)])
    return result.exit_code, result.stderr


@pytest.mark.parametrize("name", VALID)
def test_valid(tmp_path: Path, name: str) -> None:
    report = check_bag(bag(tmp_path, **VALID[name]))
    assert not report.errors
    assert status(tmp_path)[0] == 0


@pytest.mark.parametrize("name", INVALID)
def test_invalid(tmp_path: Path, name: str) -> None:
    assert check_bag(bag(tmp_path, **INVALID[name])).errors
    assert status(tmp_path)[0] == 1


@pytest.mark.parametrize("name", CHANGED)
def test_invalid_since(tmp_path: Path, name: str) -> None:
    how, change = CHANGED[name]
    assert check_bag(broken(tmp_path, change, **how)).errors
    assert status(tmp_path)[0] == 1


@pytest.mark.parametrize("name", WARNING)
def test_warning(tmp_path: Path, name: str) -> None:
    report = check_bag(bag(tmp_path, **WARNING[name]))
    assert not report.errors
    assert report.warnings
    code, told = status(tmp_path)
    assert (code, bool(told)) == (0, True)

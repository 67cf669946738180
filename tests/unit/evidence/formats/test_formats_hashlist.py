"""Hash lists of every kind are read, and matched against files: known, notable, or on none."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from comity.evidence.errors import HashListError, SourceError
from comity.evidence.formats.hashindex import HashIndex
from comity.evidence.formats.hashline import LineReader, Listed
from comity.evidence.formats.hashlist import HashList
from comity.evidence.formats.match import MatchReport, Reading, Standing, algorithms_of, match
from comity.evidence.formats.ondisk import OnDisk
from comity.evidence.package.hashing import index_paths

MD5, SHA1, SHA256 = (hashlib.new(name, b"one").hexdigest() for name in ("md5", "sha1", "sha256"))
NSRL = '"SHA-1","MD5","CRC32","FileName","FileSize","ProductCode","OpSystemCode","SpecialCode"\n'


def read(path: Path, data: str | bytes) -> tuple[HashList, list[Listed]]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    found = HashList(path)
    return found, list(found.read())


@pytest.mark.parametrize(
    ("text", "kind", "digests"),
    [
        (f"{MD5}  a\n{MD5} *b c\n", "gnu", [("md5", MD5)] * 2),
        (f"\\{SHA256}  a\\nb\\\\\n", "gnu", [("sha256", SHA256)]),
        (
            f"MD5 (a) = {MD5}\nSHA256 (b) = {SHA256}\nSHA2-256(c)= {SHA256}\n",
            "bsd",
            [("md5", MD5), *[("sha256", SHA256)] * 2],
        ),
        (f"# comment\n{MD5}\n{SHA1.upper()}\n0x{MD5}\n", "digits", [("md5", MD5), ("sha1", SHA1), ("md5", MD5)]),
        (f"%%%% HASHDEEP-1.0\n%%%% size,md5,filename\n## x\n3,{MD5},/a,b.txt\n", "hashdeep", [("md5", MD5)]),
        (NSRL + f'"{SHA1.upper()}","{MD5}","00000000","a.exe",3,1,"WIN","M"\n', "nsrl", [("sha1", SHA1)]),
        (f"path,sha256,category\nx,{SHA256},7\nbroken,zz,1\n", "csv", [("sha256", SHA256)]),
    ],
)
def test_a_text_list(text: str, kind: str, digests: list[tuple[str, str]], tmp_path: Path) -> None:
    found, entries = read(tmp_path / "l", text)
    assert found.kind == kind
    assert [entry.digests[0] for entry in entries] == digests
    assert found.entries == len(digests)


def test_names_are_read_as_they_were(tmp_path: Path) -> None:
    _, (entry,) = read(tmp_path / "l", f"\\{MD5}  a\\nb\\\\\n")
    assert entry.name == "a\nb\\"
    _, (entry,) = read(tmp_path / "l", f"%%%% HASHDEEP-1.0\n%%%% size,md5,filename\n3,{MD5},/a,b.txt\n")
    assert entry.name == "/a,b.txt"
    _, (entry,) = read(tmp_path / "l", NSRL + f'"{SHA1}","{MD5}","0","a.exe",3,1,"WIN","M"\n')
    assert (entry.name, entry.category) == ("a.exe", "M")


def test_lines_that_cannot_be_used_are_counted(tmp_path: Path) -> None:
    found, entries = read(tmp_path / "l", f"{MD5}  a\nnonsense\n; note\nMD5 (x) = {SHA1}\n{MD5[:-1]}x  a\n")
    assert (len(entries), found.unread) == (1, 3)
    reader = LineReader()
    assert reader.take("md5,name") is None
    assert reader.take(f"{MD5}x,name") is None
    assert reader.take("#") is None
    assert reader.unread == 1
    assert reader.take("md5," + "x" * 200_000) is None
    assert LineReader().take("a,md5\n") is None


@pytest.mark.skipif(shutil.which("hashdeep") is None, reason="hashdeep is not installed")
def test_a_list_that_hashdeep_made(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"one")
    made = subprocess.run(["hashdeep", "-c", "md5,sha1", str(tmp_path / "one")], capture_output=True, check=True)
    found, (entry,) = read(tmp_path / "l", made.stdout)
    assert (found.kind, dict(entry.digests)) == ("hashdeep", {"md5": MD5, "sha1": SHA1})


def vics(*media: Mapping[str, object], root: str = "@odata.context") -> str:
    return json.dumps(
        {root: "http://github.com/ICMEC/ProjectVic/DataModels/2.0.xml/US/$metadata#Media", "value": list(media)}
    )


def test_a_project_vic_list(tmp_path: Path) -> None:
    text = vics(
        {
            "MediaID": 1,
            "Category": 1,
            "MD5": MD5.upper(),
            "SHA1": SHA1,
            "MediaFiles": [{"MD5": "0" * 32, "FileName": "x"}],
        },
        {"MediaID": 2, "Category": 0, "MD5": "bad"},
        {"MediaID": 3, "SHA1": SHA1},
    )
    found, entries = read(tmp_path / "l", b"\xef\xbb\xbf" + text.encode())
    assert (found.kind, found.entries, found.unread) == ("vics", 2, 1)
    assert entries[0] == Listed((("md5", MD5), ("sha1", SHA1)), "", "1")
    assert entries[1].category == ""
    _, entries = read(tmp_path / "l", json.dumps([{"MD5": MD5}]))
    assert len(entries) == 1


def test_json_that_is_no_list_or_has_a_value_without_end(tmp_path: Path) -> None:
    for text, word in (('{"value": [', "JSON"), ("{}", "no hash"), ('{"value": [1, "x", {"MD5": 5}]}', "no hash")):
        with pytest.raises(HashListError, match=word):
            read(tmp_path / "l", text)
    (tmp_path / "l").write_text(vics({"VictimData": "x" * (1 << 20), "MD5": MD5}))
    with pytest.raises(HashListError, match="value of more"):
        list(HashList(tmp_path / "l", value_bytes_max=1 << 17).read())
    (tmp_path / "l").write_text(vics(*({"MD5": MD5, "x": "y" * 1000} for _ in range(1000))))
    assert len(list(HashList(tmp_path / "l", value_bytes_max=1 << 17).read())) == 1000


@pytest.mark.parametrize("text", ["[" * 200_000, '{"value":[' + '{"a":' * 100_000])
def test_json_that_is_nested_without_end_costs_nothing(tmp_path: Path, text: str) -> None:
    """Each level makes every name below it longer: 200 KB took 20 GB."""
    with pytest.raises(HashListError, match="nested more than"):
        read(tmp_path / "l", text)


def nsrl(path: Path, *, table: str = "FILE") -> bytes:
    connection = sqlite3.connect(path)
    connection.execute(
        f"CREATE TABLE {table} (sha256 TEXT, sha1 TEXT, md5 TEXT, crc32 TEXT, file_name TEXT, file_size INTEGER)"
    )
    connection.execute("CREATE TABLE A (x)")
    connection.execute(f"CREATE VIEW AAA AS SELECT sha256 FROM {table}")
    connection.execute(f"INSERT INTO {table} VALUES (?, ?, ?, '', 'a.exe', 3)", (SHA256.upper(), SHA1, MD5))
    connection.execute(f"INSERT INTO {table} VALUES (NULL, 7, 'x', '', NULL, 3)")
    connection.commit()
    connection.close()
    return path.read_bytes()


def test_an_nsrl_database(tmp_path: Path) -> None:
    data = nsrl(tmp_path / "n")
    found, (entry,) = read(tmp_path / "l", data)
    assert (found.kind, found.unread, entry.name) == ("nsrl-sqlite", 1, "a.exe")
    assert dict(entry.digests) == {"sha256": SHA256, "sha1": SHA1, "md5": MD5}
    other, _ = read(tmp_path / "l2", nsrl(tmp_path / "n2", table="METADATA"))
    assert other.entries == 1
    with pytest.raises(HashListError, match="database"):
        read(tmp_path / "l", data[:5000] + bytes(len(data) - 5000))
    connection = sqlite3.connect(tmp_path / "none")
    connection.execute("CREATE TABLE t (a)")
    connection.execute('CREATE TABLE "x""y" (md5)')
    connection.close()
    with pytest.raises(HashListError, match="no table"):
        list(HashList(tmp_path / "none").read())


def test_a_list_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(HashListError, match="no hash"):
        read(tmp_path / "l", "hello\n")
    with pytest.raises(HashListError, match="no such file"):
        list(HashList(tmp_path / "missing").read())


def files(folder: Path, contents: dict[str, bytes]) -> Path:
    for name, data in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def matched(folder: Path, *lists: Path, plain: Standing = Standing.KNOWN, shown_max: int = 1000) -> MatchReport:
    read = [HashList(path) for path in lists]
    algorithms = algorithms_of(read)
    index = index_paths([folder], algorithms)
    report = match(index, read, algorithms, subject="x", reading=Reading(plain=plain), shown_max=shown_max)
    index.close()
    return report


def test_files_are_known_notable_or_on_no_list(tmp_path: Path) -> None:
    folder = files(tmp_path / "e", {"a/one": b"one", "b/one again": b"one", "two": b"two", "three": b"three"})
    known = tmp_path / "known"
    known.write_text(NSRL + f'"{SHA1}","{MD5}","0","a.exe",3,1,"WIN",""\n')
    report = matched(folder, known)
    assert (report.files, report.known, report.notable, report.not_found) == (4, 2, 0, 2)
    assert {Path(one.path).name for one in report.matches} == {"one", "one again"}
    assert report.matches[0].algorithm == "sha1"
    vic = tmp_path / "vic"
    vic.write_text(vics({"Category": 2, "MD5": MD5}, {"Category": "0", "MD5": hashlib.md5(b"two").hexdigest()}))
    report = matched(folder, known, vic)
    (tmp_path / "without").write_text(vics({"MD5": hashlib.md5(b"two").hexdigest()}, {"Category": None, "MD5": MD5}))
    assert matched(folder, tmp_path / "without").known == 0, "of none is it said that it is not notable"
    assert (report.known, report.notable, report.not_found) == (1, 2, 1)
    assert report.matches[0].standing is Standing.NOTABLE
    assert report.matches[0].category == "2"
    assert [one.kind for one in report.lists] == ["nsrl", "vics"]


def test_malicious_files_of_nsrl_are_notable(tmp_path: Path) -> None:
    folder = files(tmp_path / "e", {"one": b"one"})
    listed = tmp_path / "l"
    listed.write_text(NSRL + f'"{SHA1}","{MD5}","0","a.exe",3,1,"WIN","M"\n')
    assert matched(folder, listed).notable == 1


def test_a_plain_list_is_what_the_user_says(tmp_path: Path) -> None:
    folder = files(tmp_path / "e", {"one": b"one"})
    listed = tmp_path / "l"
    listed.write_text(f"{SHA256}  x\n{SHA256}  y\n")
    assert matched(folder, listed, plain=Standing.NOTABLE).notable == 1
    report = matched(folder, listed)
    assert (report.known, len(report.matches)) == (1, 1)


def test_a_weak_digest_alone_does_not_match_where_a_stronger_is_listed(tmp_path: Path) -> None:
    folder = files(tmp_path / "e", {"one": b"one"})
    listed = tmp_path / "l"
    listed.write_text(f"md5,sha1\n{MD5},{'0' * 40}\n")
    assert matched(folder, listed).not_found == 1


def test_entries_of_an_algorithm_that_was_not_computed_are_counted(tmp_path: Path) -> None:
    listed = tmp_path / "l"
    listed.write_text(f"{MD5}\n" * 1002 + f"{SHA1}\n")
    report = matched(files(tmp_path / "e", {"one": b"one"}), listed)
    assert report.lists[0].unread == 1


def test_there_may_be_more_matches_than_are_told(tmp_path: Path) -> None:
    listed = tmp_path / "l"
    listed.write_text(f"{MD5}\n")
    report = matched(files(tmp_path / "e", {"one": b"one", "two": b"one"}), listed, shown_max=1)
    assert (len(report.matches), report.more_matches, report.known) == (1, 1, 2)


def test_an_index_finds_only_what_it_has() -> None:
    index = HashIndex()
    index.add("a\udcff", 3, {"md5": bytes.fromhex(MD5)})
    index.finish()
    assert [hit.path for hit in index.find(bytes.fromhex(MD5))] == ["a\udcff"]
    near = bytes.fromhex(MD5)[:4] + bytes(12)
    assert list(index.find(near)) == []
    assert list(index.find(bytes(16))) == []
    assert len(index) == 1
    index.close()


def test_folders_as_deep_as_a_system_allows(tmp_path: Path) -> None:
    top = tmp_path / "top"
    top.mkdir()
    here = Path.cwd()
    try:
        os.chdir(top)
        for _ in range(1200):
            Path("d").mkdir()
            os.chdir("d")
        Path("file").write_bytes(b"x")
        (top / "z").write_bytes(b"1")
        assert [Path(item.path).name for item in OnDisk().items([top])] == ["file", "z"]
        Path("file").unlink()
        for _ in range(1200):  # or pytest, which goes down by recursion, could not clear it away
            os.chdir("..")
            Path("d").rmdir()
    finally:
        os.chdir(here)


def test_evidence_on_disk_follows_no_links(tmp_path: Path) -> None:
    folder = files(tmp_path / "e", {"a": b"1", "b/c": b"2"})
    (folder / "link").symlink_to(folder / "a")
    (tmp_path / "named").symlink_to(folder / "a")
    disk = OnDisk()
    assert [Path(item.path).name for item in disk.items([folder])] == ["a", "c"]
    assert [Path(item.path).name for item in disk.items([tmp_path / "named"])] == ["a"]
    assert disk.find(str(folder / "link")) is None
    assert disk.find(str(folder / "none")) is None
    assert disk.find("a\0b") is None
    with pytest.raises(SourceError, match="not a file"):
        list(disk.items([tmp_path / "none"]))
    item = disk.find(str(folder / "a"))
    assert item is not None
    (folder / "a").unlink()
    with pytest.raises(SourceError, match="no such file"), item.open():
        pass


@pytest.mark.parametrize("single", [False, True])
def test_a_list_of_cases(tmp_path: Path, single: bool) -> None:
    """As tools export a case: media stand in their cases (Project VIC data models 1.3 and 2.0, Cases)."""
    media = [
        {"MediaID": 1, "Category": 2, "MD5": MD5, "MediaFiles": [{"MD5": "0" * 32, "FileName": "x"}]},
        {"MediaID": 2, "Category": 0, "SHA1": SHA1},
    ]
    case = {"CaseID": "7", "CaseNumber": "12/2026", "Media": media, "ContactName": "A. Rao"}
    context = "http://github.com/ICMEC/ProjectVic/DataModels/1.3.xml/US/$metadata#Cases"
    whole = {"@odata.context": context} | (case if single else {"value": [case, case]})
    (tmp_path / "l").write_text(json.dumps(whole))
    found = HashList(tmp_path / "l")
    entries = [(one.digests, one.category) for one in found.read()]
    assert entries == [((("md5", MD5),), "2"), ((("sha1", SHA1),), "0")] * (1 if single else 2)
    assert (found.kind, found.unread) == ("vics", 0)

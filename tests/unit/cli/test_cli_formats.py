"""`comity evidence describe` and `match`, as a person types them."""

import hashlib
import json
import os
import sqlite3
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.samples.forensic import ex01, media, pcap
from tests.unit.evidence.formats.test_formats_ewf import hashed

from comity import cli
from comity.evidence.keys import PublicIdentity, create_identity

PASSPHRASE = b"correct horse battery staple"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli.comity, [str(one) for one in arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    evidence = tmp_path / "evidence"
    evidence.mkdir()
    (evidence / "disk.Ex01").write_bytes(ex01(media()))
    (evidence / "a.pcap").write_bytes(pcap([(1, b"secret content" * 5)]))
    (evidence / "notes.txt").write_text("hello")
    return evidence


def test_describe_tells_formats_and_not_contents(folder: Path) -> None:
    shown = run("evidence", "describe", folder)
    assert shown.exit_code == 0
    assert "Expert Witness image, version 2, EWF2-Ex01" in shown.output
    assert "examiner:               A. Rao" in shown.output
    assert "stored md5:" in shown.output
    assert "packets:                1" in shown.output
    assert "3 files, 2 recognised" in shown.output
    assert "secret" not in shown.output
    assert "hello" not in shown.output


def test_describe_checks_when_asked(folder: Path) -> None:
    shown = run("evidence", "describe", "--check", folder)
    assert shown.exit_code == 0
    assert "passed        MD5 of the media: " in shown.output
    data = bytearray((folder / "disk.Ex01").read_bytes())
    data[3000] ^= 1
    (folder / "disk.Ex01").write_bytes(data)
    damaged = run("evidence", "describe", "--check", folder / "disk.Ex01")
    assert damaged.exit_code == 1
    assert "failed        chunk checksums" in damaged.output
    assert run("evidence", "describe", folder).exit_code == 0
    (folder / "disk.Ex01").write_bytes(ex01(media(), encrypted=True))
    assert run("evidence", "describe", "--check", folder).exit_code == 3


def test_what_was_cut_does_not_pass(folder: Path) -> None:
    whole = folder / "a.pcap"
    whole.write_bytes(whole.read_bytes()[:-3])
    assert run("evidence", "describe", whole).exit_code == 0
    shown = run("evidence", "describe", "--check", whole)
    assert shown.exit_code == 1
    assert "failed        form: packet 1 at byte 24 is longer than the file" in shown.output
    (line,) = run("evidence", "describe", "--json", "--check", whole).output.splitlines()
    assert [one["verdict"] for one in json.loads(line)["checks"]] == ["failed"]


def test_what_other_programs_may_read_cannot_be_told(folder: Path) -> None:
    """A database whose header counts more pages than there are: old programs left that number as it was."""
    with sqlite3.connect(folder / "a.db") as database:
        database.execute("CREATE TABLE t (x)")
    database.close()
    data = (folder / "a.db").read_bytes()
    (folder / "a.db").write_bytes(data[: len(data) // 2])
    shown = run("evidence", "describe", "--check", folder / "a.db")
    assert (shown.exit_code, "indeterminate form: it says that it has" in shown.output) == (3, True)


def test_describe_gives_json_lines(folder: Path) -> None:
    lines = [json.loads(line) for line in run("evidence", "describe", "--json", folder).output.splitlines()]
    assert [line["format"] for line in lines] == ["pcap", "ewf2"]
    assert "checks" not in lines[1]
    (line,) = run("evidence", "describe", "--json", "--check", folder / "disk.Ex01").output.splitlines()
    assert {one["verdict"] for one in json.loads(line)["checks"]} == {"passed"}


def test_describe_shows_problems_and_no_end_of_hashes(folder: Path) -> None:
    (folder / "cut.pcap").write_bytes(pcap([(1, b"x" * 60)])[:-1])
    text = "".join(f"{hashlib.md5(b'%d' % number).hexdigest()}  notes.txt\n" for number in range(12))
    (folder / "sums.md5").write_text(text)
    shown = run("evidence", "describe", folder)
    assert "problem: packet 1" in shown.output
    assert "and 2 more hashes" in shown.output


def test_match_a_folder(folder: Path) -> None:
    listed = folder.parent / "list.md5"
    listed.write_text(f"{hashlib.md5(b'hello').hexdigest()}  x\nnonsense\n")
    shown = run("evidence", "match", folder, "--list", listed)
    assert shown.exit_code == 0
    assert "known     " in shown.output
    assert "3 files: 0 notable, 1 known, 2 on no list" in shown.output
    image = folder.parent / "image.E01"
    image.write_bytes(hashed(b"hello"))
    inside = run("evidence", "match", image, "--list", listed, "--notable")
    assert inside.exit_code == 1
    assert "image.E01  its media, as it says  md5" in inside.output
    assert "1 file of a kind that holds others, or an image: what is inside was not" in inside.output
    assert "1 file: 1 notable" in inside.output
    assert "1 entry, 1 could not be used" in shown.output
    notable = run("evidence", "match", folder, "--list", listed, "--notable", "--json")
    assert notable.exit_code == 1
    assert json.loads(notable.stdout)["matches"][0]["standing"] == "notable"


def test_match_shows_categories_and_only_so_many(folder: Path) -> None:
    many = folder / "many"
    many.mkdir()
    for number in range(205):
        (many / str(number)).write_text("hello")
    listed = folder.parent / "vics.json"
    listed.write_text(json.dumps({"value": [{"Category": 3, "MD5": hashlib.md5(b"hello").hexdigest()}]}))
    shown = run("evidence", "match", folder, "--list", listed)
    assert shown.exit_code == 1
    assert "category 3" in shown.output
    assert "and 6 more" in shown.output
    harmless = run("evidence", "match", folder, "--list", listed, "--known-category", "3")
    assert harmless.exit_code == 0


def test_match_a_sealed_package(folder: Path, tmp_path: Path) -> None:
    public = PublicIdentity(name="pune.example", display_name="pune", agency="Police", keys=())
    before = datetime.now(UTC) - timedelta(days=1)
    create_identity(tmp_path / "pune", public, passphrase=PASSPHRASE, now=before, random_bytes=os.urandom)
    (tmp_path / "pass").write_bytes(PASSPHRASE + b"\n")
    (tmp_path / "pass").chmod(stat.S_IRUSR)
    who = ("--identity", tmp_path / "pune", "--passphrase-file", tmp_path / "pass")
    package = tmp_path / "package.age"
    common = ("--case", "1", "--authorised-by", "W", "--for", tmp_path / "pune" / "identity.json")
    (folder / "sums").write_text(f"{hashlib.md5(b'hello').hexdigest()}  notes.txt\n")
    made = run("seal", folder / "sums", *common, "-o", tmp_path / "part.age", *who)
    assert "not sealed, and belongs to what was" in made.output
    made = run("seal", folder, *common, "-o", package, *who)
    assert made.exit_code == 0, made.output
    assert "not sealed, and belongs" not in made.output
    listed = tmp_path / "list.md5"
    listed.write_text("".join(f"{hashlib.md5(one).hexdigest()}  x\n" for one in (b"hello", media())))
    shown = run("evidence", "match", package, "--list", listed, *who)
    assert shown.exit_code == 0, shown.output
    assert "data/evidence/notes.txt" in shown.output
    assert "Ex01  its media, as it says" in shown.output
    verified = run("verify", package, *who, "--json")
    checks = {check["name"]: check["verdict"] for check in json.loads(verified.stdout)["checks"]}
    assert checks["inner-hashes"] == "passed"


def test_the_group_lists_its_commands() -> None:
    shown = run("evidence", "--help")
    for name in ("consent", "describe", "match", "may"):
        assert name in shown.output

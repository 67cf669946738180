"""Sealing: what is found, what is refused, and that nothing is left behind."""

import os
import socket
import tarfile
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from tests.samples.sealing import NOW, evidence, plain_archive, sealed, verified

from comity.evidence.custody import Verdict
from comity.evidence.errors import PackageError, SourceError, TimeStampError
from comity.evidence.limitation import Limitations
from comity.evidence.package import layout
from comity.evidence.package.part import hold
from comity.evidence.package.pipeline import BUFFER_BYTES, INLINE_BYTES_MAX
from comity.evidence.package.source import Found, find_files, opened


def contents(package: Path) -> dict[str, bytes]:
    """The files of a package as Python's own library reads them."""
    with tarfile.open(fileobj=BytesIO(plain_archive(package))) as archive:
        return {member.name.partition("/")[2]: (archive.extractfile(member) or BytesIO()).read() for member in archive}


def head(package: Path) -> dict[str, object]:
    value: dict[str, object] = msgspec.json.decode(contents(package)[layout.EVIDENCE])
    return value


@pytest.mark.parametrize("name", ["../../evil", "..", "", "a/b", "con", "x" * 300, "a\x1b[2J"])
def test_no_name_that_its_own_verification_would_refuse(tmp_path: Path, name: str) -> None:
    with pytest.raises(PackageError, match="no folder can bear it"):
        sealed(tmp_path, [evidence(tmp_path / "in")], package=name)
    assert [one.name for one in tmp_path.iterdir()] == ["in"]


def test_evidence_is_as_it_was(tmp_path: Path) -> None:
    source = evidence(tmp_path / "in")
    files = contents(sealed(tmp_path, [source]).path)
    assert files["data/phone/image.bin"] == (source / "image.bin").read_bytes()
    assert files["data/phone/chat/1.txt"] == b"transfer the money\n"
    assert files[layout.BAGIT] == layout.BAGIT_TEXT


@pytest.mark.parametrize(
    "size",
    [0, 1, 511, 512, INLINE_BYTES_MAX, INLINE_BYTES_MAX + 1, BUFFER_BYTES - 2048, BUFFER_BYTES, BUFFER_BYTES + 1],
)
def test_sizes_at_the_edges(tmp_path: Path, size: int) -> None:
    (tmp_path / "image").write_bytes(os.urandom(size))
    archive = plain_archive(sealed(tmp_path, [tmp_path / "image"]).path)
    assert verified(archive).verdict is Verdict.PASSED


def test_many_files_over_many_buffers(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(300):
        (folder / f"{number}").write_bytes(os.urandom(number * 777 % 300_000))
    made = sealed(tmp_path, [folder])
    report = verified(plain_archive(made.path))
    assert report.verdict is Verdict.PASSED
    assert (report.file_count, report.payload_bytes) == (300, made.payload_bytes)


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    source = evidence(tmp_path / "in")
    (source / "link").symlink_to("/etc/passwd")
    (source / "folder").symlink_to("/etc")
    (source / "empty").mkdir()
    os.mkfifo(source / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        there = Path.cwd()
        os.chdir(source)
        server.bind("socket")
        os.chdir(there)
    made = sealed(tmp_path, [source])
    assert [(one.path, one.kind) for one in made.left_out] == [
        ("phone/folder", "symbolic link"),
        ("phone/link", "symbolic link"),
        ("phone/pipe", "pipe"),
        ("phone/socket", "socket"),
    ]
    assert head(made.path)["empty_folders"] == ["data/phone/empty"]
    assert verified(plain_archive(made.path)).notices


def test_names_are_made_portable_and_remembered(tmp_path: Path) -> None:
    source = tmp_path / "in"
    (source / "CON").mkdir(parents=True)
    for name in (b"A", b"a", b"e\xcc\x81", "é".encode(), b"n\xffx", b"x%0Ay", b"dot.", b"CON/inner"):
        Path(os.fsdecode(os.fsencode(source) + b"/" + name)).write_bytes(name)
    made = sealed(tmp_path, [source])
    report = verified(plain_archive(made.path))
    assert report.verdict is Verdict.PASSED, report.checks
    files = head(made.path)["files"]
    assert isinstance(files, list)
    originals = {one["original_path"] or one["path"][5:]: one for one in files}
    assert set(originals) == {
        "in/A", "in/a", "in/e\u0301", "in/é", "in/n\\xffx", "in/x%0Ay", "in/dot.", "in/CON/inner"
    }  # fmt: skip
    assert originals["in/n\\xffx"]["original_bytes"] == "696e2f6eff78"
    for name, one in originals.items():
        expected = b"n\xffx" if "xff" in name else name.removeprefix("in/").encode()
        assert contents(made.path)[one["path"]] == expected


def test_the_same_name_from_two_places(tmp_path: Path) -> None:
    for place in ("one", "two"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "disk.img").write_text(place)
    files = contents(sealed(tmp_path, [tmp_path / "one" / "disk.img", tmp_path / "two" / "disk.img"]).path)
    assert files["data/disk.img"] == b"one"
    assert files["data/disk~2.img"] == b"two"


def test_a_file_that_grows_is_refused(tmp_path: Path) -> None:
    (tmp_path / "log").write_bytes(b"x" * 100)
    found = Found(str(tmp_path / "log"), "data/log", "")
    with pytest.raises(SourceError, match="changed while"), opened(found), (tmp_path / "log").open("ab") as more:
        more.write(b"y")


def test_an_endless_file_is_refused(tmp_path: Path) -> None:
    """Files of the system that say that they are empty and are not."""
    with pytest.raises(SourceError, match="grew while it was read"):
        sealed(tmp_path, [Path("/proc/self/status")])
    assert not list(tmp_path.iterdir())


def test_a_link_that_is_named_is_followed_and_one_inside_is_not(tmp_path: Path) -> None:
    source = evidence(tmp_path / "in")
    (tmp_path / "link").symlink_to(source)
    assert "data/phone/image.bin" in contents(sealed(tmp_path, [tmp_path / "link"]).path)
    with pytest.raises(SourceError, match="too many levels"), opened(Found(str(tmp_path / "link"), "x", "")):
        pass


@pytest.mark.parametrize("path", ["missing", "pipe", "none", "deep"])
def test_evidence_that_cannot_be_sealed(tmp_path: Path, path: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "none").mkdir()
    (tmp_path / "deep" / Path(*["d"] * 120)).mkdir(parents=True)
    with pytest.raises(SourceError):
        sealed(tmp_path, [tmp_path / path])
    assert not list(tmp_path.glob("*package*")) + list(tmp_path.glob(".*"))


def test_a_package_is_not_sealed_into_itself(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="which is to be sealed"):
        sealed(tmp_path, [tmp_path])


def test_nothing_is_replaced(tmp_path: Path) -> None:
    source = evidence(tmp_path / "in")
    (tmp_path / "package.age").write_text("mine")
    with pytest.raises(PackageError, match="is there already"):
        sealed(tmp_path, [source])
    assert (tmp_path / "package.age").read_text() == "mine"


def test_the_seal_is_that_which_verification_shows(tmp_path: Path) -> None:
    done = sealed(tmp_path, [evidence(tmp_path / "in")])
    report = verified(plain_archive(done.path))
    assert len(done.signed_list_sha512) == 128
    assert report.signed_list_sha512 == done.signed_list_sha512


def test_two_at_once(tmp_path: Path) -> None:
    import fcntl

    source = evidence(tmp_path / "in")
    with (tmp_path / ".package.age.part").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(PackageError, match="being written by another"):
            sealed(tmp_path, [source])
    assert sealed(tmp_path, [source]).file_count == 3, "what a stopped run left is written over"


def test_what_has_its_name_by_now_is_held_by_nobody(tmp_path: Path) -> None:
    """One run opens what another is about to name: the lock that it gets is on a whole package."""
    part, whole = tmp_path / ".package.age.part", tmp_path / "package.age"
    with part.open("w") as opened:
        assert hold(opened.fileno(), part)
        part.rename(whole)
        assert not hold(opened.fileno(), part)
        part.touch()
        assert not hold(opened.fileno(), part)


def test_a_package_that_was_stopped_between_its_two_names_is_not_written_over(tmp_path: Path) -> None:
    source = evidence(tmp_path / "in")
    (tmp_path / "moved.age").write_text("whole")
    (tmp_path / ".package.age.part").hardlink_to(tmp_path / "moved.age")
    assert sealed(tmp_path, [source]).file_count == 3
    assert (tmp_path / "moved.age").read_text() == "whole"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    source = evidence(tmp_path / "in")
    with pytest.raises(PackageError, match="no such file"):
        sealed(tmp_path / "nowhere", [source])


def test_a_full_disk(tmp_path: Path) -> None:
    """Writing fails: the error is told, and no thread waits for ever."""
    import resource

    (tmp_path / "image").write_bytes(bytes(3 * BUFFER_BYTES))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    import signal

    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (BUFFER_BYTES, hard))
    try:
        with pytest.raises(PackageError, match="file too large"):
            sealed(tmp_path, [tmp_path / "image"])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert [path.name for path in tmp_path.iterdir()] == ["image"]


def test_an_authority_that_answers_nothing_of_use(tmp_path: Path) -> None:
    from tests.samples.sealing import agency, order

    from comity.evidence.package import seal

    source = evidence(tmp_path / "in")
    with pytest.raises(TimeStampError):
        seal(
            [source],
            tmp_path / "package.age",
            order(),
            agency("pune.example").signer,
            now=NOW,
            random_bytes=os.urandom,
            authority=lambda question: b"no",
        )
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_progress_and_optional_files(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    from tests.samples.sealing import agency, order

    from comity.evidence.package import seal

    source = evidence(tmp_path / "in")
    made = seal(
        [source],
        tmp_path / "package.age",
        order(limitations=Limitations(), revocations=b"-----BEGIN X509 CRL-----\n"),
        agency("pune.example").signer,
        now=NOW,
        random_bytes=os.urandom,
        progress=lambda files, size_bytes: seen.append((files, size_bytes)),
    )
    assert seen[-1] == (3, made.payload_bytes)
    assert layout.REVOCATIONS in contents(made.path)
    assert not made.stamped


def test_find_files_of_the_present_folder(tmp_path: Path) -> None:
    source = evidence(tmp_path / "in")
    there = Path.cwd()
    os.chdir(source)
    try:
        first = next(one for one in find_files([Path()]) if isinstance(one, Found))
        assert first.path == "data/phone/chat/1.txt"
    finally:
        os.chdir(there)

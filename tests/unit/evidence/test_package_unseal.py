"""Unsealing: only what passed gets a name, nothing leaves its folder, and a stopped run is taken up."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.samples.sealing import NOW, agency, evidence, opens, plain_archive, sealed, trust

from comity.evidence.age import AgeWriter, parse_recipient
from comity.evidence.age.stream import SLAB_BYTES
from comity.evidence.custody import Verdict
from comity.evidence.errors import NoIdentityError, PackageError
from comity.evidence.keys import age_recipients
from comity.evidence.package import NotAcceptedError, Unsealed, is_sealed_folder, layout, tar, unseal, verify_folder
from comity.evidence.package.source import EmptyFolder, find_files


def run(package: Path, target: Path, accept_indeterminate: bool = False) -> Unsealed:
    with package.open("rb") as source:
        return unseal(
            source, target, opens(), trust(), now=NOW, subject="package", accept_indeterminate=accept_indeterminate
        )


def encrypted(archive: bytes, path: Path) -> Path:
    """Any archive as a package file to our recipient."""
    key, _ = age_recipients(agency("bonn.example").identity.public)
    with path.open("wb") as target:
        writer = AgeWriter(target, [parse_recipient(key)], os.urandom)
        for at in range(0, len(archive), SLAB_BYTES):
            part = archive[at : at + SLAB_BYTES]
            writer.write_slab(memoryview(part), last=at + SLAB_BYTES >= len(archive))
    return path


def test_the_evidence_comes_out_as_it_was(tmp_path: Path) -> None:
    source = evidence(tmp_path / "in")
    os.utime(source / "image.bin", (1_000_000, 1_000_000))
    done = run(sealed(tmp_path, [source]).path, tmp_path / "out")
    assert done.folder == tmp_path / "out" / "FIR-12-2026"
    assert (done.folder / "data/phone/image.bin").read_bytes() == (source / "image.bin").read_bytes()
    assert (done.folder / "data/phone/image.bin").stat().st_mtime == 1_000_000
    assert done.report.verdict is Verdict.PASSED
    assert is_sealed_folder(done.folder)
    assert not is_sealed_folder(source)
    assert verify_folder(done.folder, trust(), now=NOW).verdict is Verdict.PASSED
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["FIR-12-2026"]


def test_empty_folders_come_out_too(tmp_path: Path) -> None:
    source = evidence(tmp_path / "in")
    (source / "empty" / "inner").mkdir(parents=True)
    done = run(sealed(tmp_path, [source]).path, tmp_path / "out")
    assert (done.folder / "data/phone/empty/inner").is_dir()
    assert verify_folder(done.folder, trust(), now=NOW).verdict is Verdict.PASSED


@pytest.mark.parametrize("name", ["../out", "data/../../x", "/etc/x", "metadata/x", "data/a:b"])
def test_empty_folders_that_would_lie_elsewhere_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A hostile sender signs what it likes."""
    found = [*find_files([evidence(tmp_path / "in")]), EmptyFolder(name)]
    monkeypatch.setattr("comity.evidence.package.source.find_files", lambda _: iter(found))
    made = sealed(tmp_path, [])
    with pytest.raises(NotAcceptedError, match="evidence-manifest"):
        run(made.path, tmp_path / "out")
    assert not list((tmp_path / "out").iterdir())


def test_an_empty_folder_under_the_name_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [*find_files([evidence(tmp_path / "in")]), EmptyFolder("data/phone/image.bin/x")]
    monkeypatch.setattr("comity.evidence.package.source.find_files", lambda _: iter(found))
    with pytest.raises(PackageError, match="cannot be an empty folder here"):
        run(sealed(tmp_path, []).path, tmp_path / "out")


def test_how_far_it_is_is_told(tmp_path: Path) -> None:
    made = sealed(tmp_path, [evidence(tmp_path / "in")])
    told: list[tuple[int, int]] = []
    with made.path.open("rb") as source:
        unseal(
            source, tmp_path / "out", opens(), trust(), now=NOW, subject="p",
            progress=lambda files, size_bytes: told.append((files, size_bytes)),
        )  # fmt: skip
    assert told == sorted(told)
    assert told[-1] == (made.file_count, made.payload_bytes)


def test_a_folder_of_its_name_is_left_alone(tmp_path: Path) -> None:
    made = sealed(tmp_path, [evidence(tmp_path / "in")])
    (tmp_path / "out" / "FIR-12-2026").mkdir(parents=True)
    with pytest.raises(PackageError, match="is there already"):
        run(made.path, tmp_path / "out")


def test_what_fails_is_not_unpacked(tmp_path: Path) -> None:
    archive = bytearray(plain_archive(sealed(tmp_path, [evidence(tmp_path / "in")]).path))
    archive[archive.index(b"transfer the money")] ^= 1
    with pytest.raises(NotAcceptedError, match="payload-sha512") as caught:
        run(encrypted(bytes(archive), tmp_path / "altered.age"), tmp_path / "out")
    assert caught.value.report.verdict is Verdict.FAILED
    assert not list((tmp_path / "out").iterdir())


def test_what_cannot_be_told_only_on_demand(tmp_path: Path) -> None:
    made = sealed(tmp_path, [evidence(tmp_path / "in")], stamped=False)
    with pytest.raises(NotAcceptedError):
        run(made.path, tmp_path / "out")
    assert run(made.path, tmp_path / "out", accept_indeterminate=True).report.verdict is Verdict.INDETERMINATE


def test_for_somebody_else(tmp_path: Path) -> None:
    key, _ = age_recipients(agency("pune.example").identity.public)
    from comity.evidence.package import Recipient

    made = sealed(
        tmp_path, [evidence(tmp_path / "in")], recipients=((Recipient(name="", key=key), parse_recipient(key)),)
    )
    with pytest.raises(NoIdentityError):
        run(made.path, tmp_path / "out")


def test_cut_in_the_middle(tmp_path: Path) -> None:
    (tmp_path / "image").write_bytes(os.urandom(500_000))
    made = sealed(tmp_path, [tmp_path / "image"])
    os.truncate(made.path, 300_000)
    with pytest.raises(NotAcceptedError, match="encryption"):
        run(made.path, tmp_path / "out")


def member(name: str, data: bytes = b"x", *, top: str = "FIR-12-2026/") -> bytes:
    header = tar.write_header(tar.Member(top + name, len(data), int(NOW.timestamp())))
    return header + data + bytes(tar.padding(len(data)))


HOSTILE = (
    "data/../../../escaped", "data/./a", "data//a", "data/CON", "data/a.", "data/a\\..\\b", "data/c:", "data/e\u0301",
    "data/\u202etxt.exe", "../escaped", "data/" + "x" * 255, "data/" + "d/" * 200 + "a", "",
)  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_names_that_do_not_stay_inside(tmp_path: Path, name: str) -> None:
    archive = member("bagit.txt", layout.BAGIT_TEXT) + member(name) + tar.END
    with pytest.raises(NotAcceptedError, match="archive"):
        run(encrypted(archive, tmp_path / "hostile.age"), tmp_path / "out" / "deep")
    assert not (tmp_path / "escaped").exists()
    assert not (tmp_path / "out" / "escaped").exists()
    assert not list((tmp_path / "out" / "deep").iterdir())


@pytest.mark.parametrize(("one", "two"), [("data/a", "data/A"), ("data/ß", "data/SS"), ("data/a", "data/a/b")])
def test_names_that_are_one_elsewhere(tmp_path: Path, one: str, two: str) -> None:
    archive = member("bagit.txt", layout.BAGIT_TEXT) + member(one) + member(two) + tar.END
    with pytest.raises(NotAcceptedError, match="archive"):
        run(encrypted(archive, tmp_path / "hostile.age"), tmp_path / "out")


@pytest.mark.parametrize("top", ["../", "/etc/", "a/../", "other/"])
def test_another_top(tmp_path: Path, top: str) -> None:
    archive = member("bagit.txt", layout.BAGIT_TEXT) + member("data/a", top=top) + tar.END
    with pytest.raises(NotAcceptedError, match="archive"):
        run(encrypted(archive, tmp_path / "hostile.age"), tmp_path / "out")
    assert not (tmp_path / "a").exists()


def test_a_file_that_says_it_is_larger_than_the_disk(tmp_path: Path) -> None:
    """What is not in the stream is not written: a tar has no compression and we read no holes."""
    header = tar.write_header(tar.Member("FIR-12-2026/data/bomb", 2**50, int(NOW.timestamp())))
    archive = member("bagit.txt", layout.BAGIT_TEXT) + header + b"x" * 5000
    with pytest.raises(NotAcceptedError, match="archive"):
        run(encrypted(archive, tmp_path / "bomb.age"), tmp_path / "out")


def test_tags_without_end(tmp_path: Path) -> None:
    archive = member("bagit.txt", layout.BAGIT_TEXT) + b"".join(member(f"t{n}") for n in range(500)) + tar.END
    with pytest.raises(NotAcceptedError, match="archive"):
        run(encrypted(archive, tmp_path / "hostile.age"), tmp_path / "out")
    large = member("bagit.txt", bytes(layout.TAG_BYTES_MAX + 1)) + tar.END
    with pytest.raises(NotAcceptedError, match="archive"):
        run(encrypted(large, tmp_path / "large.age"), tmp_path / "out")


def hidden(target: Path, package: Path) -> Path:
    """The folder that a stopped run leaves."""
    from hashlib import sha256

    return target / f".unsealing-{sha256(package.read_bytes()[:4096]).hexdigest()[:24]}"


def test_taken_up_where_it_stopped(tmp_path: Path) -> None:
    """Whatever a stopped run left, right or wrong, the result is the same; what is right is not written again."""
    (tmp_path / "in").mkdir()
    for name in ("whole", "cut", "wrong", "longer", "none"):
        (tmp_path / "in" / name).write_bytes(os.urandom(3_000_000))
    made = sealed(tmp_path, [tmp_path / "in"])
    left = hidden(tmp_path / "out", made.path) / "data" / "in"
    left.mkdir(parents=True)
    original = {path.name: path.read_bytes() for path in (tmp_path / "in").iterdir()}
    (left / "whole").write_bytes(original["whole"])
    inode = (left / "whole").stat().st_ino
    (left / "cut").write_bytes(original["cut"][:1_500_000])
    (left / "wrong").write_bytes(original["wrong"][:1_000_000] + bytes(2_000_000))
    (left / "longer").write_bytes(original["longer"] + b"x")
    done = run(made.path, tmp_path / "out")
    for name, data in original.items():
        assert (done.folder / "data/in" / name).read_bytes() == data
    assert (done.folder / "data/in/whole").stat().st_ino == inode
    assert verify_folder(done.folder, trust(), now=NOW).verdict is Verdict.PASSED


@pytest.mark.parametrize("stranger", ["data/phone/stranger", "stranger", "data/phone/chat/link"])
def test_what_others_put_there_is_not_taken_over(tmp_path: Path, stranger: str) -> None:
    made = sealed(tmp_path, [evidence(tmp_path / "in")])
    place = hidden(tmp_path / "out", made.path) / stranger
    place.parent.mkdir(parents=True)
    if stranger.endswith("link"):
        place.symlink_to("/etc/passwd")
    else:
        place.write_text("x")
    try:
        run(made.path, tmp_path / "out")
    except PackageError as error:
        assert "held files of others" in str(error)
        run(made.path, tmp_path / "out")
    assert not os.path.lexists(tmp_path / "out" / "FIR-12-2026" / stranger)
    assert verify_folder(tmp_path / "out" / "FIR-12-2026", trust(), now=NOW).verdict is Verdict.PASSED


def file_link(place: Path) -> None:
    (place.parent.parent.parent.parent / "theirs").write_text("not evidence")
    place.symlink_to(place.parent.parent.parent.parent / "theirs")


def second_name(place: Path) -> None:
    (place.parent.parent.parent.parent / "theirs").write_text("not evidence")
    place.hardlink_to(place.parent.parent.parent.parent / "theirs")


def folder_link(place: Path) -> None:
    elsewhere = place.parent.parent.parent.parent / "elsewhere"
    elsewhere.mkdir()
    place.parent.rmdir()
    place.parent.symlink_to(elsewhere)


def hidden_link(place: Path) -> None:
    folder = place.parent.parent.parent
    folder.rename(folder.parent / "elsewhere")
    folder.symlink_to(folder.parent / "elsewhere")


@pytest.mark.parametrize("plant", [file_link, second_name, folder_link, hidden_link, os.mkfifo, lambda p: p.mkdir()])
def test_what_is_planted_leads_nowhere_else(tmp_path: Path, plant: Callable[[Path], None]) -> None:
    """Who can write to the target folder can guess the hidden one's name: nothing is written through what is there."""
    made = sealed(tmp_path, [evidence(tmp_path / "in")])
    place = hidden(tmp_path / "out", made.path) / "data" / "phone" / "image.bin"
    place.parent.mkdir(parents=True)
    plant(place)
    theirs, elsewhere = tmp_path / "out" / "theirs", tmp_path / "out" / "elsewhere"
    before = sorted(elsewhere.rglob("*"))
    with pytest.raises(PackageError, match=r"holds '(data|phone)|no folder of ours"):
        run(made.path, tmp_path / "out")
    assert not theirs.exists() or theirs.read_text() == "not evidence"
    assert sorted(elsewhere.rglob("*")) == before
    assert not (tmp_path / "out" / "FIR-12-2026").exists()


def test_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = sealed(tmp_path, [evidence(tmp_path / "in")])
    huge = tmp_path / "huge.age"
    huge.write_bytes(made.path.read_bytes())
    os.truncate(huge, 2**43)
    with pytest.raises(PackageError, match="has room for"):
        run(huge, tmp_path / "out")


def link_file(folder: Path) -> None:
    moved = folder.parent.parent / "moved"
    (folder / "data/phone/chat/1.txt").rename(moved)
    (folder / "data/phone/chat/1.txt").symlink_to(moved)


def link_folder(folder: Path) -> None:
    moved = folder.parent.parent / "moved"
    (folder / "data/phone").rename(moved)
    (folder / "data/phone").symlink_to(moved)


def empty(folder: Path) -> None:
    for path in sorted((folder / "data").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


def alter_manifest(folder: Path) -> None:
    path = folder / layout.MANIFEST_SHA512
    path.write_bytes(b"0" + path.read_bytes()[1:])


CHANGES: tuple[tuple[str, Callable[[Path], object], str], ...] = (
    ("alter", lambda f: (f / "data/phone/chat/1.txt").write_text("transfer the honey\n"), "payload-sha512"),
    ("add", lambda f: (f / "data/new").write_text("x"), "completeness"),
    ("add-tag", lambda f: (f / "metadata/new").write_text("x"), "completeness"),
    ("remove", lambda f: (f / "data/phone/chat/1.txt").unlink(), "completeness"),
    ("rename", lambda f: (f / "data/phone/chat/1.txt").rename(f / "data/phone/chat/3.txt"), "completeness"),
    ("link", link_file, "completeness"),
    ("link-folder", link_folder, "completeness"),
    ("empty", empty, "bag"),
    ("tag", lambda f: (f / "README.txt").write_text("x"), "tags-sha256"),
    ("large-tag", lambda f: os.truncate(f / "README.txt", layout.TAG_BYTES_MAX + 1), "completeness"),
    ("manifest", alter_manifest, "payload-sha512"),
)


@pytest.mark.parametrize(("change", "check"), [one[1:] for one in CHANGES], ids=[one[0] for one in CHANGES])
def test_an_unpacked_folder_that_was_changed(tmp_path: Path, change: Callable[[Path], object], check: str) -> None:
    folder = run(sealed(tmp_path, [evidence(tmp_path / "in")]).path, tmp_path / "out").folder
    change(folder)
    report = verify_folder(folder, trust(), now=NOW)
    assert report.named(check).verdict is Verdict.FAILED, report.checks


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="is no folder"):
        verify_folder(tmp_path / "nowhere", trust(), now=NOW)
    assert verify_folder(tmp_path, trust(), now=NOW).verdict is Verdict.FAILED


def test_a_time_that_was_changed_on_the_disk_is_told(tmp_path: Path) -> None:
    made = sealed(tmp_path, [evidence(tmp_path / "in")])
    with made.path.open("rb") as source:
        done = unseal(source, tmp_path / "out", opens(), trust(), now=NOW, subject="p")
    before = verify_folder(done.folder, trust(), now=NOW)
    assert not any("time of change" in one for one in before.notices)
    os.utime(done.folder / "data" / "phone" / "image.bin", (978307200, 978307200))
    after = verify_folder(done.folder, trust(), now=NOW)
    (said,) = (one for one in after.notices if "time of change" in one)
    assert "1 file with another time" in said
    assert "data/phone/image.bin: 2001-01-01T00:00:00Z here, 20" in said
    assert after.verdict is before.verdict is Verdict.PASSED


def test_a_name_with_a_line_feed_stands_for_no_other_file(tmp_path: Path) -> None:
    """In an unpacked folder, a name can be the line that a file that is gone had in the list of what is there."""
    folder = run(sealed(tmp_path, [evidence(tmp_path / "in")]).path, tmp_path / "out").folder
    phone = folder / "data" / "phone"
    second, image = (phone / "chat" / "2.txt").read_bytes(), (phone / "image.bin").read_bytes()
    digests = f"{hashlib.sha256(image).hexdigest()} {hashlib.sha512(image).hexdigest()}"
    planted = phone / "chat" / f"2.txt\n{digests} {len(image)} data" / "phone" / "image.bin"
    planted.parent.mkdir(parents=True)
    planted.write_bytes(second)
    (phone / "chat" / "2.txt").unlink()
    (phone / "image.bin").unlink()
    reasons = verify_folder(folder, trust(), now=NOW).named("completeness").reasons
    assert any("cannot be of a package" in one for one in reasons)
    assert any(one.startswith("data/phone/image.bin is listed") for one in reasons)


@pytest.mark.parametrize("name", ["1\n.txt", "\n", "1.txt\u202e", "\udcff", "a:b", "two\n\nlines"])
def test_names_that_no_package_holds_are_named(tmp_path: Path, name: str) -> None:
    folder = run(sealed(tmp_path, [evidence(tmp_path / "in")]).path, tmp_path / "out").folder
    (folder / "data" / "phone" / name).write_bytes(b"")
    check = verify_folder(folder, trust(), now=NOW).named("completeness")
    assert check.verdict is Verdict.FAILED
    assert any("cannot be of a package" in one for one in check.reasons)


def test_two_at_once(tmp_path: Path) -> None:
    """The one that comes second writes nothing where the first does, and takes nothing of it away."""
    import fcntl

    package = sealed(tmp_path, [evidence(tmp_path / "in")]).path
    hidden = tmp_path / "out" / f".unsealing-{hashlib.sha256(package.read_bytes()[:4096]).hexdigest()[:24]}"
    hidden.mkdir(parents=True)
    (hidden / "half").write_text("of the first")
    first = os.open(hidden, os.O_RDONLY)
    fcntl.flock(first, fcntl.LOCK_EX)
    with pytest.raises(PackageError, match="being unpacked there by another"):
        run(package, tmp_path / "out")
    assert [one.name for one in hidden.iterdir()] == ["half"]
    os.close(first)
    assert run(package, tmp_path / "out").report.verdict is Verdict.PASSED, "what a stopped run left is gone on with"

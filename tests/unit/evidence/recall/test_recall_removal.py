"""Removing files: all of them, nothing outside, and nothing left to read."""

import os
from pathlib import Path

import pytest

from comity.evidence.errors import RecallError
from comity.evidence.recall import number_of, other_names, remove


def test_a_file_is_overwritten_before_it_is_gone(tmp_path: Path) -> None:
    file, other = tmp_path / "a", tmp_path / "b"
    file.write_bytes(b"secret" * 500_000)
    other.hardlink_to(file)  # shows what became of the bytes themselves
    assert remove(file) == 1
    assert not file.exists()
    assert other.read_bytes() == b""
    assert remove(file) == 0


def test_a_folder_and_nothing_outside(tmp_path: Path) -> None:
    folder, outside = tmp_path / "p", tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").write_text("kept")
    (folder / "data" / "deep").mkdir(parents=True)
    (folder / "data" / "deep" / "x").write_text("x")
    (folder / "data" / "locked").write_text("x")
    (folder / "data" / "locked").chmod(0o400)
    (folder / "link").symlink_to(outside)
    (folder / "file-link").symlink_to(outside / "kept")
    (folder / "dangling").symlink_to(tmp_path / "nowhere")
    os.mkfifo(folder / "pipe")
    assert remove(folder) == 6
    assert not folder.exists()
    assert (outside / "kept").read_text() == "kept"
    link = tmp_path / "link"
    link.symlink_to(outside)
    with pytest.raises(RecallError, match="is a symbolic link"):
        remove(link)
    assert link.is_symlink()
    assert (outside / "kept").exists()


def test_another_than_was_examined_is_left_alone(tmp_path: Path) -> None:
    for examined, made in ((tmp_path / "file", Path.touch), (tmp_path / "folder", Path.mkdir)):
        made(examined)
        number = number_of(examined)
        examined.rename(tmp_path / f"{examined.name}-moved")
        made(examined)
        with pytest.raises(RecallError, match="is not what was examined"):
            remove(examined, number)
        assert examined.exists()
        remove(tmp_path / f"{examined.name}-moved", number)
        assert not (tmp_path / f"{examined.name}-moved").exists()


def test_names_elsewhere_are_found(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    folder.mkdir()
    (folder / "a").write_text("x")
    (folder / "b").hardlink_to(folder / "a")
    assert other_names([folder]) == []
    (tmp_path / "c").hardlink_to(folder / "a")
    assert len(other_names([folder])) == 1
    assert other_names([folder, tmp_path / "c"]) == []


def test_what_cannot_be_removed(tmp_path: Path) -> None:
    if os.getuid() == 0:
        with pytest.raises(RecallError, match="cannot be removed"):
            remove(Path("/proc/self/cmdline"))
        return
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "x").write_text("x")
    (tmp_path / "p").chmod(0o500)
    with pytest.raises(RecallError, match="cannot be removed"):
        remove(tmp_path / "p")
    (tmp_path / "p").chmod(0o700)

"""What `comity seal` writes for people to read, what it says while it works, and what it refuses."""

from tests.samples.place import Place


def test_nothing_in_the_texts_of_a_package_disturbs_a_terminal(place: Place) -> None:
    for said in ("--case", "--issued-by", "--by", "--request"):
        assert place.seal(said, "X\x1b[31m\u202e", "--package", "P-1", "-o", place.folder / "a.age").exit_code == 0
        opens = ("-o", place.folder / "out", *place.who("bonn"), *place.trust)
        assert place.run("unseal", place.folder / "a.age", *opens).exit_code == 0
        folder = place.folder / "out/P-1"
        texts = [path.read_text() for path in folder.rglob("*.txt") if "data" not in path.parts]
        assert not {"\x1b", "\u202e"} & set("".join(texts))
        assert ("X\\u{001B}[31m\\u{202E}" in "".join(texts)) == (said != "--request")
        (place.folder / "a.age").unlink()
        folder.rename(place.folder / f"out/{said}")


def test_a_link_that_is_named_is_followed_and_said(place: Place) -> None:
    target = place.folder / "elsewhere" / "passwd"
    target.parent.mkdir()
    target.write_text("root")
    (place.folder / "l").symlink_to(target)
    result = place.seal(place.folder / "l")
    assert result.exit_code == 0, result.output
    told = f"{place.folder / 'l'}: a symbolic link; sealed is what it leads to, {target.resolve()}"
    assert told in result.stderr.splitlines()
    assert "symbolic link" not in place.seal("-o", place.folder / "b.age").stderr


def test_days_that_are_past_are_told(place: Place) -> None:
    result = place.seal("--delete-by", "2020-01-01", "--end-of-access", "2021-01-01")
    assert result.exit_code == 0, result.output
    assert "--delete-by 2020-01-01 is past" in result.stderr
    assert "--end-of-access 2021-01-01 is past" in result.stderr
    assert "is past" not in place.seal("--delete-by", "2099-01-01", "-o", place.folder / "b.age").stderr


def test_a_name_before_shows_the_spaces_at_its_ends(place: Place) -> None:
    from pypdf import PdfReader

    (place.folder / "phone" / " trail ").write_text("x")
    assert place.seal().exit_code == 0
    pdf = place.folder / "report.pdf"
    assert place.run("verify", place.package, "--pdf", pdf, *place.who("bonn"), *place.trust).exit_code == 0
    text = "".join("".join(page.extract_text().split()) for page in PdfReader(pdf).pages)
    assert "namedbefore:phone/\\u{0020}trail\\u{0020}" in text.replace("\u200b", "")

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

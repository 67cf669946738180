"""Where a signature goes, what is left free, and the space that a PDF keeps for it."""

import json
from datetime import UTC, datetime

import pytest
from tests.samples.letterfiles import plain_pdf

from comity.letters.errors import LetterFileError, SigningError
from comity.letters.sign.block import HEIGHT, WIDTH, signature_block
from comity.letters.sign.container import is_clean
from comity.letters.sign.pdf import signed_numbers
from comity.letters.sign.place import MARGIN, find_place

MARKED = """
#set page(width: 300pt, height: 400pt)
#v(100pt)
#heading[Signed] <signature-1>
#link(<signature-1>)[go]
"""


def set_page(source: str) -> bytes:
    import typst

    return bytes(typst.compile({"main.typ": source.encode()}, format="pdf"))  # type: ignore[call-overload]


def test_where_the_letter_marks_it() -> None:
    place = find_place(set_page(MARKED), number=1)
    assert place.how == "marked"
    assert find_place(set_page(MARKED), number=2).how == "free"


def test_a_mark_outside_the_margin_is_moved_in() -> None:
    page = (
        "#set page(width: 500pt, height: 400pt, margin: 68pt)\nA line\n#v(60pt)\n"
        "#place(dx: {dx}, [#heading[x] <signature-1>])"
    )
    left = find_place(set_page(page.format(dx="-60pt")), number=1)
    assert (left.how, round(left.left)) == ("marked", 68)
    right = find_place(set_page(page.format(dx="340pt")), number=1)
    assert right.left + WIDTH <= 500 - MARGIN + 0.5


def test_a_block_does_not_touch_the_heading_above() -> None:
    """The heading reaches 14 points below the mark."""
    source = "#set page(width: 500pt, height: 400pt)\n#text(20pt)[9. Assinatura]\n#v({}pt)\n#heading[x] <signature-1>"
    near, far = (find_place(set_page(source.format(gap)), number=1) for gap in ("-24", "20"))
    assert near.bottom < far.bottom + 44 - 4


def test_by_the_name() -> None:
    place = find_place(
        plain_pdf(["Please sign", "1. Chief Judicial Magistrate"]), number=1, names=("Chief Judicial Magistrate",)
    )
    assert place.how == "named"
    nobody = find_place(plain_pdf(["a line"]), number=1, names=("Somebody who is not there",))
    assert nobody.how == "free"


def test_in_free_room() -> None:
    place = find_place(plain_pdf(["a line"]), number=1)
    assert (place.how, place.page, place.left, place.bottom) == ("free", 0, MARGIN, MARGIN)
    full = find_place(plain_pdf(["words " * 15] * 70), number=1)
    assert full.how == "free"
    crowded = find_place(set_page("#set page(width: 240pt, height: 60pt, margin: 5pt)\nfull"), number=1)
    assert crowded.bottom == 4.0


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"no"])
def test_no_pdf(data: bytes) -> None:
    with pytest.raises(LetterFileError):
        find_place(data, number=1)
    with pytest.raises(LetterFileError):
        signed_numbers(data)


def test_a_block_that_cannot_be_set() -> None:

    def broken(source: str, files: dict[str, bytes]) -> bytes:
        from comity.letters.sign.block import set_with_typst

        return set_with_typst("#undefined", files)

    at = datetime(2026, 11, 24, tzinfo=UTC)
    with pytest.raises(SigningError, match="signature block"):
        signature_block(name="x", lines=(), at=at, setter=broken)
    made = signature_block(name="नाम محمد 名", lines=("Office", ""), at=at, language="hi-IN")
    assert made.startswith(b"%PDF")
    assert HEIGHT


def space(held: bytes) -> tuple[bytes, tuple[int, int, int, int]]:
    data = b"xx<" + held + b">yy"
    return data, (0, 2, len(data) - 2, 2)


@pytest.mark.parametrize(
    ("held", "clean"),
    [
        (b"3003020101", True),
        (b"30030201010000", True),
        (b"3080020101000000", True),
        (b"1f81010101", True),
        (b"308103020101", True),
        (b"300302010100ff", False),
        (b"3003020101aA", False),
        (b"300302010", False),
        (b"30050201010000", False),
        (b"3004020101", False),
        (b"30", False),
        (b"", False),
        (b"308502010101", False),
        (b"1f8181", False),
        (b"30820201", False),
    ],
)
def test_the_space_for_a_signature(held: bytes, clean: bool) -> None:
    assert is_clean(*space(held)) is clean


def test_the_block_shows_place_and_time_however_much_is_said() -> None:
    seen: list[dict[str, bytes]] = []

    def setter(_source: str, files: dict[str, bytes]) -> bytes:
        seen.append(files)
        return b""

    at = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    said = ("Magistrate", "Court", "Approved", "one more")
    signature_block(name="x", lines=said, at=at, city="Suryapur", setter=setter)
    shown = json.loads(seen[0]["data.json"])["lines"]
    assert shown == ["Magistrate", "Court", "Approved", "Suryapur, 2026-11-24 09:30:00+00:00"]

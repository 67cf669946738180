"""Parts: declared, broken, nested; every byte of the body is in one of them."""

import pytest

from comity.leads.limits import Limits
from comity.leads.mail.headers import read_headers
from comity.leads.mail.parts import Tree, read_parts


def tree(raw: bytes, **limits: int) -> Tree:
    bounds = Limits(**limits)
    return read_parts(raw, read_headers(raw, at_most=1_000), limits=bounds)


def leaves(raw: bytes, **limits: int) -> list[tuple[str, str, bytes]]:
    return [(leaf.label, leaf.media_type, leaf.raw) for leaf in tree(raw, **limits).leaves]


def defects(raw: bytes, **limits: int) -> list[str]:
    return [defect.code for defect in tree(raw, **limits).defects]


MULTI = b"Content-Type: multipart/mixed; boundary=b\n\n"


def test_single_part() -> None:
    assert leaves(b"Subject: x\n\nhello\n") == [("body", "text/plain", b"hello\n")]
    assert leaves(b"Content-Type: text/html\n\n<p>") == [("body", "text/html", b"<p>")]


def test_two_parts_with_text_around_them() -> None:
    raw = MULTI + b"before\n--b\n\none\n--b\nContent-Type: text/html\n\ntwo\n--b--\nafter\n"
    assert leaves(raw) == [
        ("text before part 1", "text/plain", b"before"),
        ("text after part 2", "text/plain", b"after\n"),
        ("part 1", "text/plain", b"one"),
        ("part 2", "text/html", b"two"),
    ]
    assert defects(raw) == []
    assert [raw[leaf.offset :][:3] for leaf in tree(raw).leaves] == [b"bef", b"aft", b"one", b"two"]
    assert [leaf.is_filler for leaf in tree(raw).leaves] == [True, True, False, False]


@pytest.mark.parametrize("end", [b"\r\n", b"\r", b"\r\r\n"])
def test_other_line_ends(end: bytes) -> None:
    raw = (MULTI + b"--b\n\none\n--b  \n\ntwo\n--b--\n").replace(b"\n", end)
    found = [part for label, _, part in leaves(raw) if label.startswith("part")]
    assert [part.strip() for part in found] == [b"one", b"two"]


@pytest.mark.parametrize(
    ("raw", "codes", "parts"),
    [
        (MULTI + b"--b\n\none\n--b\n\ntwo", ["mail-part-unterminated"], [b"one", b"two"]),
        (MULTI + b"--b--\n", [], []),
        (MULTI + b"--b\n\none\n--b--\n--b\n\ntwo\n--b--\n", ["mail-part-after-end"], [b"one", b"two"]),
        (MULTI + b"no delimiter", ["mail-boundary-missing"], [b"no delimiter"]),
        (b"Content-Type: multipart/mixed\n\n--x\nContent-Type: text/html\n\none\n--x--\n", ["mail-boundary-missing"], [b"one"]),
        (MULTI + b"--other\nContent-Type: text/html\n\none\n--other--\n", ["mail-boundary-missing"], [b"one"]),
        (b"Subject: no type\n\n--x\nContent-Type: text/html\n\none\n--x--\n", ["mail-boundary-missing"], [b"one"]),
        (b"Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: base64\n\nLS1iCgpvbmUKLS1iLS0K", ["mail-container-encoded"], [b"one"]),
        (b"Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: base64\n\n--b\n\none\n--b--\n", [], [b"one"]),
        (MULTI + b"--bb\n\nnot mine\n--b\n\none\n--b--\n", [], [b"one"]),
        (MULTI + b"x--b\n\nnot mine\n--b\n\none\n--b--\n", [], [b"one"]),
        (MULTI + b"--b text\n\n--b\n\none\n--b--", [], [b"one"]),
        (MULTI + b"--b\n--b\n\none\n--b--", [], [b"", b"one"]),
        (MULTI + b"--b\none without headers\n--b--", [], [b"one without headers"]),
    ],
)  # fmt: skip
def test_broken_structure(raw: bytes, codes: list[str], parts: list[bytes]) -> None:
    assert defects(raw) == codes
    assert [leaf.raw for leaf in tree(raw).leaves if not leaf.is_filler] == parts


def test_similar_boundaries_of_nested_containers() -> None:
    raw = (
        b'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: multipart/alternative; boundary="b_1"\n\n'
        b"--b_1\n\none\n--b_1\n\ntwo\n--b_1--\n--b\n\nthree\n--b--\n"
    )
    assert leaves(raw) == [
        ("part 1.1", "text/plain", b"one"),
        ("part 1.2", "text/plain", b"two"),
        ("part 2", "text/plain", b"three"),
    ]


def test_digest_holds_mails() -> None:
    raw = b"Content-Type: multipart/digest; boundary=b\n\n--b\n\nFrom: a\n\nx\n--b--\n"
    assert leaves(raw)[0][1] == "message/rfc822"


def test_offset_is_unknown_in_an_encoded_container() -> None:
    raw = b"Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: base64\n\nLS1iCgpvbmUKLS1iLS0K"
    (leaf,) = tree(raw).leaves
    assert leaf.offset == -1


def test_names_of_files() -> None:
    raw = (
        MULTI
        + b"--b\nContent-Type: a/b; name=n\nContent-Disposition: attachment; filename=f\n\nx\n--b\nContent-Type: a/b; name=n\n\nx\n--b--\n"
    )
    assert [leaf.name for leaf in tree(raw).leaves] == ["f", "n"]


def test_too_deep() -> None:
    raw = b""
    for level in range(8):
        raw += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level)
    raw += b"\ndeep"
    assert "mail-too-deep" in defects(raw, mail_depth=3)
    assert any(b"deep" in leaf.raw for leaf in tree(raw, mail_depth=3).leaves)


def test_too_many_parts_are_kept_as_text() -> None:
    raw = MULTI + b"".join(b"--b\n\npart %d\n" % number for number in range(20)) + b"--b--\n"
    found = tree(raw, mail_parts=5)
    assert [defect.code for defect in found.defects] == ["mail-too-many-parts"]
    assert any(leaf.is_filler and b"part 19" in leaf.raw for leaf in found.leaves)


def test_too_many_parts_in_several_containers_are_told_once() -> None:
    inner = b"--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\nx\n--c\n\ny\n--c--\n"
    assert defects(MULTI + inner * 4 + b"--b--\n", mail_parts=5) == ["mail-too-many-parts"]


def test_headers_of_a_part_beyond_the_limit_are_kept() -> None:
    raw = MULTI + b"--b\n" + b"X-A: 1\n" * 30 + b"\nx\n--b--\n"
    found = tree(raw, header_count=10)
    assert found.leaves[0].label == "further headers of part 1"

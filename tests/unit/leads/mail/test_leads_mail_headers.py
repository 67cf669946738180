"""Header blocks: every line end, junk between fields, broken beginnings and ends, limits; each field keeps its place."""

import pytest

from comity.leads.mail.headers import HeaderBlock, read_headers


def block(data: bytes, *, at_most: int = 1_000, part: bool = False) -> HeaderBlock:
    return read_headers(data, at_most=at_most, part=part)


def fields(read: HeaderBlock) -> list[tuple[str, str]]:
    return [(field.name, field.value) for field in read.fields]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r", b"\r\r\n"])
def test_every_line_end(end: bytes) -> None:
    data = end.join([b"From: a@b.example", b"Subject: one", b"\ttwo", b"", b"Body: no header", b""])
    read = block(data)
    assert fields(read) == [("From", "a@b.example"), ("Subject", "one\ttwo")]
    assert read.closed
    assert data[read.body_start :].startswith(b"Body")
    assert [data[field.offset :][: len(field.name)] for field in read.fields] == [b"From", b"Subject"]


def test_white_space_before_the_colon_and_after_the_value() -> None:
    assert fields(block(b"Subject  :  x  \n\n")) == [("Subject", "x")]


def test_names_are_found_in_any_case_and_counted() -> None:
    read = block(b"RECEIVED: one\nReceived: two\nX: y\n\n")
    assert [field.where for field in read.all("received")] == ["header RECEIVED [1]", "header Received [2]"]
    assert read.value("x") == "y"
    assert read.value("none") == ""
    assert read.first("none") is None


def test_long_names_are_cut_in_places() -> None:
    (field,) = block(b"X-" + b"a" * 100 + b": 1\n\n").fields
    assert len(field.where) == len("header ") + 60
    assert field.where.endswith("...")


def test_blank_lines_before_the_headers_are_skipped() -> None:
    assert fields(block(b"\n  \n\nFrom: a\n\nbody")) == [("From", "a")]


def test_blank_lines_before_a_body_are_kept() -> None:
    read = block(b"\n\njust text\n")
    assert read.fields == ()
    assert read.body_start == 1


def test_byte_order_mark_before_the_first_header() -> None:
    assert fields(block(b"\xef\xbb\xbfFrom: a\n\n")) == [("From", "a")]


@pytest.mark.parametrize("line", [b"From a@b.example Fri Nov 21 1997", b">From a@b.example Fri Nov 21 1997"])
def test_mailbox_line(line: bytes) -> None:
    read = block(line + b"\nSubject: x\n\n")
    assert read.envelope.endswith("From a@b.example Fri Nov 21 1997")
    assert fields(read) == [("Subject", "x")]


def test_junk_between_fields_is_kept_and_reading_goes_on() -> None:
    read = block(b"From: a\nthis is no header\nmore of it\nX-Mailer: y\nSubject: z\n\n")
    assert [junk.text for junk in read.junk] == ["this is no header", "more of it"]
    assert read.value("subject") == "z"


@pytest.mark.parametrize("following", [b"one\ntwo\nthree\nX-Late: 1\n", b"\nX-Late: 1\n", b"Hello: there\n", b""])
def test_text_that_goes_on_as_text_is_the_body(following: bytes) -> None:
    data = b"From: a\nhello, I am the body\n" + following
    read = block(data)
    assert data[read.body_start :].startswith(b"hello")
    assert not read.closed


def test_headers_that_end_with_the_data() -> None:
    read = block(b"From: a")
    assert fields(read) == [("From", "a")]
    assert not read.closed
    assert read.body_start == len(b"From: a")


def test_part_without_headers() -> None:
    read = block(b"\nFrom: is text\n", part=True)
    assert read.fields == ()
    assert read.body_start == 1


def test_folding_before_any_field_is_body() -> None:
    assert block(b" folded\nand text\n", part=True).body_start == 0


def test_bytes_beyond_ascii_and_nul() -> None:
    read = block("Subject: Zürich\n".encode() + b"X: a\x00b\nY: caf\xe9\n\n")
    assert fields(read) == [("Subject", "Zürich"), ("X", "ab"), ("Y", "café")]
    assert [field.eight_bit for field in read.fields] == [True, False, True]
    assert read.has_nul


def test_fields_beyond_the_limit_are_counted_and_placed() -> None:
    data = b"A: 1\nB: 2\nC: 3\n folded\nD: 4\n\nbody"
    read = block(data, at_most=2)
    assert len(read.fields) == 2
    assert read.overflow == 2
    assert data[read.overflow_offset :].startswith(b"C: 3")
    assert data[read.body_start :] == b"body"


def test_only_a_part_of_the_data() -> None:
    data = b"xxFrom: a\n\nbody"
    read = read_headers(data, start=2, end=11, at_most=10)
    assert fields(read) == [("From", "a")]
    assert read.fields[0].offset == 2

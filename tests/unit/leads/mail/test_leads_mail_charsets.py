"""Charsets: what a name means, what happens where it is wrong, unknown or made to harm."""

import pytest

from comity.leads.mail.charsets import CharsetProblem, decode_text, find_codec


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("utf-8", "utf-8"), ("UTF8", "utf-8"), ("'utf-8'", "utf-8"), ("us-ascii", "utf-8"), ("iso-8859-1", "cp1252"),
        ("Windows-1251", "cp1251"), ("cp-1251", "cp1251"), ("win-1251", "cp1251"), ("ks_c_5601-1987", "cp949"), ("euc-kr", "cp949"),
        ("gb2312", "gb18030"), ("x-sjis", "cp932"), ("iso-2022-jp", "iso2022_jp"), ("koi8-r", "koi8-r"),
        ("macintosh", "mac-roman"), ("iso-8859-8-i", "iso8859-8"), ("unicode-1-1-utf-7", "utf-7"),
        ("zlib", ""), ("rot13", ""), ("unicode_escape", ""), ("idna", ""), ("hex", ""), ("", ""), ("a b", ""), ("cp99999", ""),
        ("nonsense", ""),
    ],
)  # fmt: skip
def test_names(name: str, codec: str) -> None:
    assert find_codec(name) == codec


@pytest.mark.parametrize(
    ("data", "charset", "text", "problem"),
    [
        ("é".encode(), "utf-8", "é", CharsetProblem.NONE),
        (b"\xef\xbb\xbfa", "utf-8", "a", CharsetProblem.NONE),
        (b"\xe9", "utf-8", "é", CharsetProblem.WRONG),
        ("é".encode(), "us-ascii", "é", CharsetProblem.NONE),
        (b"\xe9", "us-ascii", "é", CharsetProblem.NONE),
        (b"\x80\x9d", "iso-8859-1", "€\x9d", CharsetProblem.NONE),
        (b"\xe9", "", "é", CharsetProblem.NONE),
        ("é".encode(), "", "é", CharsetProblem.NONE),
        ("é".encode(), "nonsense", "é", CharsetProblem.UNKNOWN),
        ("é".encode(), "iso-2022-jp", "é", CharsetProblem.WRONG),
        ("日本".encode("euc_jp") + b"\xff", "euc-jp", "日本\ufffd", CharsetProblem.WRONG),
        ("日本語テキスト".encode("iso2022_jp"), "iso-2022-jp", "日本語テキスト", CharsetProblem.NONE),
        ("Привет".encode("koi8-r"), "koi8-r", "Привет", CharsetProblem.NONE),
        (b"+ADw-script+AD4-", "utf-7", "<script>", CharsetProblem.UTF7),
        (b"+2AA-", "utf-7", "\ufffd", CharsetProblem.UTF7),
        (b"+\xff", "utf-7", "\ufffd", CharsetProblem.UTF7),
        ("héllo wörld".encode("utf-16"), "", "héllo wörld", CharsetProblem.NONE),
        ("hello world".encode("utf-16-le"), "utf-8-broken", "hello world", CharsetProblem.UNKNOWN),
        ("hello world".encode("utf-16-be"), "", "hello world", CharsetProblem.NONE),
        ("\ufffd\ufffd".encode() + b"\xff", "utf-8", "\ufffd\ufffd\ufffd", CharsetProblem.WRONG),
    ],
)
def test_decoding(data: bytes, charset: str, text: str, problem: CharsetProblem) -> None:
    decoded = decode_text(data, charset)
    assert (decoded.text, decoded.problem) == (text, problem)


def test_every_byte_survives() -> None:
    data = bytes(range(256))
    assert len(decode_text(data, "nonsense").text) == 256

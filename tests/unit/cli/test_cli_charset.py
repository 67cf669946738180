"""Standard output in a charset that lacks signs."""

import io
import sys

import pytest

from comity.cli.charset import make_writable


def written(text: str, charset: str, monkeypatch: pytest.MonkeyPatch) -> str:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=charset, write_through=True))
    make_writable()
    sys.stdout.write(text)
    return raw.getvalue().decode(charset)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("a … b — c → d", "a ... b - c -> d"),
        ("┃━┏", "|--"),
        ("Влад", "\\u0412\\u043b\\u0430\\u0434"),
        ("\udcff", "\\udcff"),
    ],
)
def test_in_ascii(text: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert written(text, "ascii", monkeypatch) == shown


def test_what_the_charset_has_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    assert written("é…", "latin-1", monkeypatch) == "é..."
    assert written("é… \udcff", "utf-8", monkeypatch) == "é… \\udcff"


def test_stream_that_is_no_text_stream_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    make_writable()
    sys.stdout.write("…")
    assert stream.getvalue() == "…"

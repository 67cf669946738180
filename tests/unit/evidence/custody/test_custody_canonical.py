"""Entries as canonical JSON: the same bytes as a foreign encoder gives, and nothing else is accepted."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any, cast

import msgspec
import pytest
import rfc8785
from tests.samples.custody import NOW, ORIGIN, WEBER, digest, draft

from comity.evidence.custody import Act, Binding, Entry, Item, encode_entry, parse_entry
from comity.evidence.custody.canonical import ENTRY_BYTES_MAX
from comity.evidence.errors import EntryError

TIE = Binding(
    log="b", number=3, leaf_hash=digest("l"), tree_size=4, root_hash=digest("r"), checkpoint_sha256=digest("c")
)


def entry(**other: Any) -> Entry:
    one = draft(items=(Item(id="Beweisstück 1 — 電話", sha256=digest("x")),), given_by=WEBER)
    facts = {name: getattr(one, name) for name in one.__struct_fields__}
    rest = {"log": ORIGIN, "number": 7, "previous": digest("p"), "recorded_at": NOW, "nonce": "0f" * 16}
    return Entry(**{**facts, **rest, **other})


@pytest.mark.parametrize(
    "one",
    [
        entry(),
        entry(remarks='quote " backslash \\ newline \n tab \t slash / é 𝄞 \u2028'),
        entry(binding=TIE, act=Act.RECEIVED),
        entry(number=0, previous=""),
    ],
)
def test_canonical_json(one: Entry) -> None:
    line = encode_entry(one)
    assert line == rfc8785.dumps(cast(Any, msgspec.json.decode(line)))
    assert parse_entry(line) == one
    assert b"\n" not in line


def test_other_zones_become_utc_before() -> None:
    with pytest.raises(EntryError, match="not in UTC"):
        encode_entry(entry(at=datetime(2026, 11, 25, 15, tzinfo=timezone(timedelta(hours=5.5)))))
    with pytest.raises(EntryError):
        encode_entry(entry(at=datetime(2026, 11, 25, 15)))
    assert parse_entry(encode_entry(entry(at=datetime(1999, 1, 1, tzinfo=UTC)))).at.year == 1999


@pytest.mark.parametrize(
    "change",
    [
        {"nonce": ""},
        {"nonce": "0F" * 16},
        {"nonce": "zz" * 16},
        {"previous": "ab"},
        {"previous": "G" * 64},
        {"items": (Item(id="a", sha256="ab"),)},
        {"items": (Item(id="a", sha512=digest("short")),)},
        {"items": ()},
        {"items": (Item(id=""),)},
        {"number": -2},
        {"place": ""},
        {"reason": ""},
        {"log": ""},
        {"binding": msgspec.structs.replace(TIE, leaf_hash="")},
        {"binding": msgspec.structs.replace(TIE, root_hash=digest("r").upper())},
        {"remarks": "hidden \u202e direction"},
        {"remarks": "isolate \u2066"},
        {"remarks": "null \x00"},
        {"remarks": "bell \b"},
        {"remarks": "delete \x7f"},
        {"remarks": "c1 \x85"},
        {"remarks": "\\ then \r"},
        {"remarks": "half \ud800"},
        {"remarks": "x" * (1 << 20)},
    ],
)
def test_refused_values(change: dict[str, Any]) -> None:
    with pytest.raises(EntryError):
        parse_entry(encode_entry(entry(**change)))


def test_backslashes_hide_nothing() -> None:
    for text in ("\\u0000", "\\\\u0000 \\b \\r", "a\\nb"):
        assert parse_entry(encode_entry(entry(remarks=text))).remarks == text


@pytest.mark.parametrize(
    "bend",
    [
        lambda line: b" " + line,
        lambda line: line + b" ",
        lambda line: line.replace(b'"act"', b'"act" '),
        lambda line: line[:-1] + b',"zz":1}',
        lambda line: line.replace(b'"number":7', b'"number":7.0'),
        lambda line: line.replace("ü".encode(), b"\\u00fc"),
        lambda line: line.replace(b"Z", b"+00:00", 1),
        lambda line: line.replace("電".encode(), b"\xff\xff\xff"),
        lambda line: b'{"number":8,' + line[1:],
        lambda line: b"[" * 100_000,
        lambda line: b"x" * (ENTRY_BYTES_MAX + 1),
        lambda line: b"",
        lambda line: b"null",
    ],
)
def test_other_bytes_are_refused(bend: Any) -> None:
    with pytest.raises(EntryError) as caught:
        parse_entry(bend(encode_entry(entry())), number=7)
    assert str(caught.value).startswith("entry 7: ")

"""Whatever surrounds it: what was planted is found where it was planted, and nothing else is."""

import zipfile
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.leads.artifacts.archive import Budget, ClimbingPathError, read_archive
from comity.leads.artifacts.cells import read_records
from comity.leads.artifacts.decode import ByteOffsets, decode
from comity.leads.artifacts.source import data_source
from comity.leads.extract import find_in_text
from comity.leads.limits import DEFAULT_LIMITS

_PLANTS = (
    ("203.0.113.9", "ipv4-addr", "203.0.113.9"),
    ("203[.]0[.]113[.]9", "ipv4-addr", "203.0.113.9"),
    ("2001:db8::7", "ipv6-addr", "2001:db8::7"),
    ("evil.com", "domain-name", "evil.com"),
    ("evil[.]co[.]uk", "domain-name", "evil.co.uk"),
    ("+91 98765 43210", "phone-number", "+919876543210"),
    ("DE89 3704 0044 0532 0130 00", "iban", "DE89370400440532013000"),
    ("4111 1111 1111 1111", "payment-card", "411111******1111"),
    ("rahul@okaxis", "upi-address", "rahul@okaxis"),
    ("HDFC0001234", "ifsc", "HDFC0001234"),
    (
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        "crypto-address",
        "bitcoin:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
    ),
    (
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "crypto-address",
        "ethereum:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    ),
    ("da39a3ee5e6b4b0d3255bfef95601890afd80709", "file-hash", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
    ("AS15169", "autonomous-system", "AS15169"),
)
_NOISE = st.text(alphabet="xzqjvw XZQ\n,é中😀\u200b", max_size=30)
_PIECES = (
    *"0123456789abcdefxX.:/@[](){}+-=,;|%'<> \n\t_#&?~",
    *(
        "http",
        "hxxp",
        "://",
        "[.]",
        "[at]",
        ".com",
        "tel",
        "UTR",
        "DE89",
        "0x",
        "bc1",
        "Telegram",
        "\u200b",
        "𝟗",
        "。",
        "é",
    ),
)
_ROUGH = st.lists(st.one_of(st.sampled_from(_PIECES), st.characters()), max_size=120).map("".join)


@settings(max_examples=150)
@given(st.lists(st.tuples(_NOISE, st.sampled_from(_PLANTS)), max_size=6), _NOISE)
def test_planted_observables_are_found_in_place_and_no_others(
    planted: list[tuple[str, tuple[str, str, str]]], tail: str
) -> None:
    text = ""
    expected = []
    for noise, (spelled, kind, value) in planted:
        text += noise + "\n- "
        expected.append((kind, value, len(text), len(text) + len(spelled)))
        text += spelled + " -\n"
    text += tail
    seen = [(one.kind.value, one.value, one.start, one.end) for one in find_in_text(text)]
    assert seen == expected


@settings(max_examples=300)
@given(_ROUGH)
def test_any_text_is_read_and_places_lie_within_it(text: str) -> None:
    seen = list(find_in_text(text))
    assert all(0 <= one.start < one.end <= len(text) for one in seen)
    assert [one.start for one in seen] == sorted(one.start for one in seen)


@settings(max_examples=50)
@given(_ROUGH, st.integers(1, 5))
def test_lines_before_only_move_what_is_found(text: str, lines: int) -> None:
    prefix = "xzq\n\n" * lines
    moved = [(one.kind, one.value, one.start - len(prefix)) for one in find_in_text(prefix + "\n" + text)]
    assert [(one.kind, one.value, one.start) for one in find_in_text("\n" + text)] == moved


@settings(max_examples=100)
@given(st.binary(max_size=200))
def test_any_bytes_are_text_with_a_way_back(raw: bytes) -> None:
    decoded = decode(raw)
    offsets = ByteOffsets(decoded)
    if decoded.errors != "replace":
        assert offsets.at(len(decoded.text)) == len(raw)


@settings(max_examples=100)
@given(st.text(alphabet='ab,;"\n\r', max_size=80))
def test_records_cover_the_text_in_order(text: str) -> None:
    records = list(read_records(text, delimiter=",", quoting=True))
    assert all(one.start < one.end for one in records)
    assert all(one.end <= other.start for one, other in pairwise(records))


@settings(max_examples=50)
@given(st.lists(st.sampled_from(["a", "..", "b.txt", "c"]), min_size=1, max_size=4))
def test_a_name_that_climbs_is_refused_and_no_other(parts: list[str]) -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("/".join(parts), b"x")
    source = data_source(stream.getvalue(), label="x.zip", name="x.zip")
    reading = read_archive(source, artifact="a1", limits=DEFAULT_LIMITS, budget=Budget.of(DEFAULT_LIMITS))
    if ".." in parts:
        with pytest.raises(ClimbingPathError):
            list(reading)
    else:
        assert len(list(reading)) == 1

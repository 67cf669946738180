"""What holds of every address and every set of ranges."""

from ipaddress import IPv4Address, IPv6Address

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.leads.model import Observable, ObservableKind
from comity.leads.nexus import TieSources, tie
from comity.leads.nexus.network_file import Layers, pack
from comity.leads.nexus.networks import Networks
from comity.leads.nexus.spans import Row, Spans, flatten
from comity.leads.nexus.special import SpecialRange, SpecialRanges, unwrap
from comity.leads.nexus.tables import read_rows
from comity.leads.nexus.url import address_of, host_of

SOURCES = TieSources(providers=())
SPECIAL = SpecialRanges.shipped()
ROWS = read_rows("special_ranges.csv", SpecialRange)

spans = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 20), st.integers(1, 5)).map(
        lambda row: (row[0], row[0] + row[1], row[2])
    ),
    max_size=12,
)


def slow(rows: list[Row], address: int) -> int:
    """The most specific row that holds an address, found by reading them all."""
    holding = [row for row in rows if row[0] <= address <= row[1]]
    return max(enumerate(holding), key=lambda pair: (pair[1][0], -pair[1][1], pair[0]))[1][2] if holding else 0


def settled(rows: list[Row]) -> list[Row]:
    """One row for each pair of ends, so that the rules decide between any two."""
    return list({(first, last): (first, last, value) for first, last, value in rows}.values())


@given(spans)
def test_looking_up_agrees_with_reading_every_row(rows: list[Row]) -> None:
    rows = settled(rows)
    index = Spans(rows)
    for address in range(90):
        assert index.at(address) == slow(rows, address)


@given(spans)
def test_points_rise_and_each_changes_the_value(rows: list[Row]) -> None:
    before, said = -1, 0
    for address, value in flatten(rows):
        assert address > before
        assert value != said
        before, said = address, value
    assert said == 0


@given(announced=spans, registered=spans, used=spans)
@settings(max_examples=60)
def test_the_database_says_what_its_rows_say(announced: list[Row], registered: list[Row], used: list[Row]) -> None:
    announced, registered, used = settled(announced), settled(registered), settled(used)
    states = {code: number for number, code in enumerate("ABCDE", start=1)}
    wide = {
        name: [(first << 64, (last + 1 << 64) - 1, value) for first, last, value in rows]
        for name, rows in (("announced", announced), ("registered", registered), ("used", used))
    }
    packed = pack(
        v4=Layers(announced=announced, registered=registered, used=used),
        v6=Layers(**wide),
        states=states,
        names={},
        sources=(),
    )
    networks = Networks(packed=packed, name="made up")
    for address in range(90):
        expected = (
            slow(announced, address),
            " ABCDE"[slow(registered, address)].strip(),
            " ABCDE"[slow(used, address)].strip(),
        )
        for number, version in ((address, 4), ((address << 64) + 7, 6)):
            facts = networks.look_up(number, version=version)
            assert (facts.asn, facts.registered, facts.used) == expected


def address_in(row: SpecialRange) -> st.SearchStrategy[str]:
    return st.ip_addresses(network=row.range).map(str)


@given(st.one_of([address_in(row) for row in ROWS if row.tag and row.range != "::/0"]))
def test_every_address_of_a_special_range_has_no_state(text: str) -> None:
    version = 6 if ":" in text else 4
    number = int(IPv6Address(text) if version == 6 else IPv4Address(text))
    if (version == 6 and unwrap(number) is not None) or SPECIAL.find(number, version=version) is None:
        return  # an IPv4 address inside, or ordinary space inside a special range
    kind = ObservableKind.IPV6 if version == 6 else ObservableKind.IPV4
    (tied,) = tie([Observable(kind=kind, value=text, places=())], sources=SOURCES)
    assert [one.state for one in tied.nexus] == [""]
    assert tied.tags


@given(st.ip_addresses())
def test_every_address_is_tied_with_reasons_and_never_surely_to_a_place(address: IPv4Address | IPv6Address) -> None:
    kind = ObservableKind.IPV4 if address.version == 4 else ObservableKind.IPV6
    (tied,) = tie([Observable(kind=kind, value=str(address), places=())], sources=SOURCES)
    assert tied.nexus
    for one in tied.nexus:
        assert one.reasons
        assert not (one.state and one.confidence.value == "high")


@given(st.ip_addresses(v=4))
def test_a_mapped_address_is_tied_as_the_address_itself(address: IPv4Address) -> None:
    plain, mapped = tie(
        [
            Observable(kind=ObservableKind.IPV4, value=str(address), places=()),
            Observable(kind=ObservableKind.IPV6, value=f"::ffff:{address}", places=()),
        ],
        sources=SOURCES,
    )
    assert [one.state for one in plain.nexus] == [one.state for one in mapped.nexus]
    assert mapped.tags == ("ipv4-mapped", *plain.tags)


@given(st.sampled_from(ObservableKind), st.text(max_size=40))
@settings(deadline=None)  # the first value of a kind loads what ties it
def test_no_value_however_odd_breaks_a_tie(kind: ObservableKind, value: str) -> None:
    (tied,) = tie([Observable(kind=kind, value=value, places=())], sources=SOURCES)
    assert tied.nexus
    assert tied.value == value


@given(
    st.sampled_from(["", "http://", "a@", "tron:", "+", "AS", "AE"]), st.text("0123456789abcdefx.:[]@/+-%", max_size=30)
)
def test_no_likely_value_breaks_a_tie(prefix: str, rest: str) -> None:
    observables = [Observable(kind=kind, value=prefix + rest, places=()) for kind in ObservableKind]
    assert all(one.nexus for one in tie(observables, sources=SOURCES))


@given(st.ip_addresses(v=4))
def test_a_host_in_one_number_is_its_address(address: IPv4Address) -> None:
    for host in (str(int(address)), hex(int(address)), str(address)):
        assert address_of(host_of(f"http://{host}/")) == str(address)

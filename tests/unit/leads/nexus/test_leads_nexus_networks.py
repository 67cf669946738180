"""The address database: written, read, broken; and what ships."""

from ipaddress import ip_address
from pathlib import Path

import pytest

from comity.leads.errors import UnreadableInputError
from comity.leads.nexus.network_file import Layers, index_of, pack, to_upper_half
from comity.leads.nexus.networks import NOTHING, AddressFacts, NetworkHolder, Networks, Source
from comity.leads.nexus.tables import DATA_FOLDER

STATES = index_of(["DE", "FR", "", "DE"])
MADE = Source(id="announced", name="made up", version="1", as_of="2026-01-02", licence="CC0-1.0")
SMALL = pack(
    v4=Layers(
        announced=[(100, 199, 64500)],
        registered=[(100, 299, STATES["DE"])],
        used=[(100, 149, STATES["FR"])],
        server=[(100, 109, 1)],
    ),
    v6=Layers(announced=[(1 << 64, (3 << 64) - 1, 64501)], registered=[(1 << 64, (2 << 64) - 1, STATES["FR"])]),
    states=STATES,
    names={64500: "Eins", 64501: "Zwei", 64502: ""},
    sources=(MADE,),
)


def small() -> Networks:
    return Networks(packed=SMALL, name="small")


@pytest.mark.parametrize(
    ("address", "facts"),
    [
        (99, NOTHING),
        (100, AddressFacts(asn=64500, holder="Eins", registered="DE", used="FR", server=True)),
        (110, AddressFacts(asn=64500, holder="Eins", registered="DE", used="FR")),
        (150, AddressFacts(asn=64500, holder="Eins", registered="DE")),
        (200, AddressFacts(registered="DE")),
        (300, NOTHING),
    ],
)
def test_ipv4(address: int, facts: AddressFacts) -> None:
    assert small().look_up(address, version=4) == facts


def test_ipv6_is_known_to_a_64() -> None:
    networks = small()
    assert networks.look_up((1 << 64) - 1, version=6) == NOTHING
    assert networks.look_up(1 << 64, version=6) == AddressFacts(asn=64501, holder="Zwei", registered="FR")
    assert networks.look_up((3 << 64) - 1, version=6) == AddressFacts(asn=64501, holder="Zwei")


def test_rows_inside_a_64_are_left_out() -> None:
    assert to_upper_half([(1 << 64, (1 << 64) + 5, 1), (2 << 64, (4 << 64) - 1, 9)]) == [(2, 3, 9)]


def test_the_holder_of_a_network() -> None:
    networks = small()
    assert networks.holder_of(64500) == NetworkHolder(name="Eins", state="DE", share_percent=100)
    assert networks.holder_of(64501) == NetworkHolder(name="Zwei", state="FR", share_percent=100)
    assert networks.holder_of(64502) == networks.holder_of(1) == NetworkHolder()


def test_a_network_that_announces_from_nowhere_known_has_a_name_and_no_state() -> None:
    packed = pack(v4=Layers(announced=[(1, 2, 5)]), v6=Layers(), states={}, names={5: "Fünf"}, sources=())
    assert Networks(packed=packed, name="n").holder_of(5) == NetworkHolder(name="Fünf", share_percent=100)


def test_sources_are_named_with_their_day() -> None:
    assert small().source("announced").cite == "made up 1, 2026-01-02"
    assert small().source("elsewhere").name == "elsewhere"


def test_equal_input_gives_equal_bytes() -> None:
    again = pack(v4=Layers(), v6=Layers(), states=STATES, names={}, sources=())
    assert again == pack(v4=Layers(), v6=Layers(), states=STATES, names={}, sources=())


@pytest.mark.parametrize("broken", [b"", b"not a database", SMALL[:8] + b"\xff\xff\x00\x00{", b"COMITYN2" + SMALL[8:]])
def test_a_broken_header_is_told(broken: bytes) -> None:
    with pytest.raises(UnreadableInputError, match=r"x\.dat: not a whole address database: .*; derive it again"):
        Networks(packed=broken, name="x.dat")


def test_a_changed_byte_in_a_section_is_told() -> None:
    networks = Networks(packed=SMALL[:-1] + bytes([SMALL[-1] ^ 1]), name="x.dat")
    with pytest.raises(UnreadableInputError, match=r"section names\.text does not have the SHA-256"):
        networks.look_up(100, version=4)


def test_an_absent_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="cannot be read"):
        Networks.open(tmp_path / "absent.dat")


@pytest.mark.parametrize(
    ("address", "asn", "holder", "registered", "used"),
    [
        ("8.8.8.8", 15169, "Google LLC", "US", "US"),
        ("77.88.8.8", 13238, "YANDEX LLC", "RU", "RU"),
        ("1.1.1.1", 13335, "Cloudflare, Inc.", "AU", "AU"),
        ("3.248.0.1", 16509, "Amazon.com, Inc.", "US", "IE"),
        ("49.36.1.1", 55836, "Reliance Jio Infocomm Limited", "IN", "IN"),
        ("2001:4860:4860::8888", 15169, "Google LLC", "US", "US"),
    ],
)
def test_well_known_addresses_in_what_ships(address: str, asn: int, holder: str, registered: str, used: str) -> None:
    """Owners as published in the registries' whois; places as the derived file states them."""
    networks = Networks.open(DATA_FOLDER / "networks.dat")
    asked = ip_address(address)
    facts = networks.look_up(int(asked), version=asked.version)
    assert (facts.asn, facts.holder, facts.registered, facts.used) == (asn, holder, registered, used)


def test_what_ships_names_source_day_and_licence() -> None:
    sources = Networks.open(DATA_FOLDER / "networks.dat").header.sources
    assert {source.id for source in sources} == {"announced", "registered", "used", "server"}
    assert all(source.as_of and source.licence and len(source.sha256) == 64 for source in sources)

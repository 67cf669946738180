"""Lists of anonymisers, registries' statistics and a user's own MMDB file."""

from collections.abc import Callable
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from types import SimpleNamespace

import pytest

from comity.law import load_registry
from comity.leads.errors import UnreadableInputError
from comity.leads.model import Observable
from comity.leads.nexus import Source, TieSources, read_address_list, read_delegations
from comity.leads.nexus.anonymiser import AddressList
from comity.leads.nexus.mmdb import UserDatabase
from comity.leads.nexus.networks import NOTHING, AddressFacts

TieOne = Callable[..., Observable]

EXITS = Source(id="exits", name="exit list", version="7", as_of="2026-11-01", licence="own")


def number(text: str) -> int:
    return int(ip_address(text))


def test_a_users_list_is_read_and_what_is_no_address_is_told() -> None:
    read = read_address_list(
        ["# exits", "8.8.8.0/24 # comment", "", "2606:4700::1 ; another", "nonsense", "1.2.3.4/33"],
        operator="Exits",
        kind="proxy",
        source=EXITS,
    )
    assert read.unread == (5, 6)
    found = read.addresses.find(number("8.8.8.255"), version=4)
    assert found is not None
    assert (found.operator, found.kind, found.cite) == ("Exits", "proxy", "exit list 7, 2026-11-01")
    assert read.addresses.find(number("8.8.9.0"), version=4) is None
    assert read.addresses.find(number("2606:4700::1"), version=6) == found


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="tor-exit, vpn, relay, proxy, cdn"):
        read_address_list([], operator="x", kind="botnet", source=EXITS)


def test_what_ships_knows_tor_vpn_relay_and_front() -> None:
    shipped = AddressList.shipped()
    for address, kind in {"185.220.101.1": "tor-exit", "104.16.0.1": "cdn", "151.101.1.1": "cdn"}.items():
        found = shipped.find(number(address), version=4)
        assert found is not None
        assert (address, found.kind) == (address, kind)
    assert shipped.find(number("8.8.8.8"), version=4) is None


DELEGATED = """2.3|ripencc|20260101|4|19830705|20260101|+0100
ripencc|*|ipv4|*|2|summary
# comment
ripencc|FR|ipv4|2.0.0.0|1048576|20100712|allocated|x
ripencc|DE|ipv4|2.16.0.0|256|20100712|assigned
ripencc|EU|ipv6|2001:600::|23|19990826|allocated|y
ripencc|NL|asn|7|1|19930901|allocated|z
ripencc||ipv4|2.32.0.0|256||available
ripencc|ZZ|ipv4|2.33.0.0|256||reserved
2|apnic|20260102|0|19850701|20260102|+1000
""".splitlines()


def test_a_registrys_statistics() -> None:
    read = read_delegations(DELEGATED)
    assert read.cite == "ripencc 20260101, apnic 20260102"
    assert read.unread == ()
    assert read.registered(number("2.15.255.255"), version=4) == "FR"
    assert read.registered(number("2.16.0.9"), version=4) == "DE"
    assert read.registered(number("2.32.0.1"), version=4) == read.registered(number("2.33.0.1"), version=4) == ""
    assert read.registered(number("2001:600::1"), version=6) == "EU"
    assert (read.registered_network(7), read.registered_network(8)) == ("NL", "")


@pytest.mark.parametrize(
    "line",
    [
        "ripencc|FR|ipv4",
        "ripencc|FR|ipv9|1.2.3.4|1|20100712|allocated",
        "ripencc|FR|ipv4|1.2.3|1|20100712|allocated",
        "ripencc|FR|ipv4|255.255.255.255|2|20100712|allocated",
        "ripencc|FR|ipv4|1.2.3.4|0|20100712|allocated",
        "ripencc|FR|ipv4|1.2.3.4|many|20100712|allocated",
        "ripencc|FR|ipv6|2001::|-9999999999|20100712|allocated",
        "ripencc|FR|ipv6|2001::|129|20100712|allocated",
        "ripencc|FR|asn|4294967295|2|20100712|allocated",
    ],
)
def test_a_broken_line_is_named_not_lost(line: str) -> None:
    read = read_delegations(["# one", line])
    assert [unread.number for unread in read.unread] == [2]
    assert read.unread[0].problem


def test_a_registrys_statistics_come_before_what_ships(tie_one: TieOne) -> None:
    using = TieSources(providers=(), delegations=read_delegations(DELEGATED))
    tied = tie_one("ipv4-addr", "2.16.0.9", using=using)
    assert "delegated to a holder registered in DE" in [reason.text for reason in tied.nexus[0].reasons]
    assert "ripencc 20260101, apnic 20260102" in [reason.source for reason in tied.nexus[0].reasons]


class FakeReader:
    """As `maxminddb.Reader`, over a dictionary."""

    def __init__(self, records: dict[str, object]) -> None:
        self._records = records

    def metadata(self) -> SimpleNamespace:
        return SimpleNamespace(build_epoch=datetime(2026, 10, 5, tzinfo=UTC).timestamp(), database_type="Made-Up")

    def get(self, address: str) -> object:
        if ":" in address:
            raise ValueError("an IPv4 file")
        return self._records.get(address)


@pytest.mark.parametrize(
    ("record", "facts"),
    [
        (None, NOTHING),
        ("text", NOTHING),
        ({"country": {"iso_code": "DE"}, "registered_country": {"iso_code": "US"}},
         AddressFacts(used="DE", registered="US")),
        ({"country_code": "fr"}, AddressFacts(used="FR")),
        ({"country": "NL", "asn": "AS1234", "as_name": "Net"}, AddressFacts(used="NL", asn=1234, holder="Net")),
        ({"autonomous_system_number": 5, "autonomous_system_organization": "Fünf"}, AddressFacts(asn=5, holder="Fünf")),
        ({"country": "Germany", "asn": "none", "as_name": 7}, NOTHING),
    ],
)  # fmt: skip
def test_the_layouts_of_mmdb_files(record: object, facts: AddressFacts) -> None:
    database = UserDatabase(FakeReader({"1.2.3.4": record}), name="own.mmdb")  # type: ignore[arg-type]
    assert database.cite == "own.mmdb (Made-Up), 2026-10-05"
    assert database.look_up("1.2.3.4") == facts
    assert database.look_up("2001:db8::1") == NOTHING


def test_a_file_that_is_no_mmdb_is_told(tmp_path: Path) -> None:
    (tmp_path / "own.mmdb").write_bytes(b"nothing of the kind")
    for name in ("own.mmdb", "absent.mmdb"):
        with pytest.raises(UnreadableInputError, match="give a GeoIP MMDB file"):
            UserDatabase.open(tmp_path / name)


def encoded(value: object) -> bytes:
    """A value in MaxMind DB format 2.0, as far as this test needs it; ``(type, bits)`` numbers are pairs."""
    if isinstance(value, dict):
        return bytes([7 << 5 | len(value)]) + b"".join(encoded(key) + encoded(one) for key, one in value.items())
    if isinstance(value, str):
        return bytes([2 << 5 | len(value)]) + value.encode()
    if isinstance(value, list):
        return bytes([len(value), 11 - 7]) + b"".join(encoded(one) for one in value)
    assert isinstance(value, tuple)
    kind, number = int(value[0]), int(value[1])
    size = {5: 2, 6: 4, 9: 8}[kind]
    return (bytes([kind << 5 | size]) if kind < 8 else bytes([size, kind - 7])) + number.to_bytes(size, "big")


def mmdb(record: object) -> bytes:
    """A file that gives one record for every IPv4 address."""
    metadata = encoded(
        {"node_count": (6, 1), "record_size": (5, 24), "ip_version": (5, 4), "database_type": "Own",
         "languages": ["en"], "binary_format_major_version": (5, 2), "binary_format_minor_version": (5, 0),
         "build_epoch": (9, 1_790_000_000), "description": {"en": "made up"}}
    )  # fmt: skip
    tree = (1 + 16).to_bytes(3, "big") * 2
    return tree + bytes(16) + encoded(record) + b"\xab\xcd\xefMaxMind.com" + metadata


def test_a_users_file_comes_before_what_ships_and_a_disagreement_is_told(tmp_path: Path, tie_one: TieOne) -> None:
    own = tmp_path / "own.mmdb"
    own.write_bytes(mmdb({"country": {"iso_code": "DE"}, "autonomous_system_number": (6, 24940)}))
    using = TieSources(providers=load_registry().providers.values(), user_database=own)
    tied = tie_one("ipv4-addr", "49.36.1.1", using=using)
    states = {(tie.state, tie.provider, tie.confidence.value) for tie in tied.nexus}
    assert states == {("DE", "hetzner", "low"), ("IN", "", "low")}
    texts = [reason.text for reason in tied.nexus[0].reasons]
    assert "said to be in DE" in texts
    assert any(text.startswith("the sources disagree (DE against IN)") for text in texts)
    assert any(text.startswith("announced by AS24940, a holder whose name the data do not give") for text in texts)

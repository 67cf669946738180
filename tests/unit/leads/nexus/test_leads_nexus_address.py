"""Addresses: special ones first, then anonymisers and fronts, then networks and places."""

from collections.abc import Callable
from ipaddress import ip_network

import pytest
from msgspec import structs

from comity.leads.model import MailReading, Observable, Reason
from comity.leads.nexus import Source, TieSources, read_address_list
from comity.leads.nexus.holders import Holder
from comity.leads.nexus.tables import read_rows

TieOne = Callable[..., Observable]


def mail(origin: str) -> MailReading:
    return MailReading(
        artifact="a1", subject="", message_id="", sent_at="", from_address="", from_name="", reply_to=(),
        return_path="", to=(), hops=(), authentication=(), origin_address=origin,
        origin_reasons=(Reason(text="first address seen by a trusted server", source="RFC 5321"),),
    )  # fmt: skip


def summary(tied: Observable) -> list[tuple[str, str, str, str]]:
    return [(tie.state, tie.provider, tie.role.value, tie.confidence.value) for tie in tied.nexus]


def texts(tied: Observable) -> str:
    return "\n".join(f"{reason.text} [{reason.source}]" for tie in tied.nexus for reason in tie.reasons)


@pytest.mark.parametrize(
    ("address", "tag"),
    [
        ("10.1.2.3", "private"),
        ("127.0.0.1", "loopback"),
        ("169.254.1.1", "link-local"),
        ("192.0.2.1", "documentation"),
        ("100.64.0.1", "shared-address-space"),
        ("224.0.0.251", "multicast"),
        ("255.255.255.255", "broadcast"),
        ("192.88.99.1", "relay-anycast"),
    ],
)
def test_special_addresses_have_no_state(tie_one: TieOne, address: str, tag: str) -> None:
    tied = tie_one("ipv4-addr", address)
    assert tied.tags == (tag,)
    assert summary(tied) == [("", "", "unknown", "high")]
    assert "RFC" in tied.nexus[0].reasons[0].source


def test_a_wrapped_special_address_has_no_state_either(tie_one: TieOne) -> None:
    tied = tie_one("ipv6-addr", "::ffff:192.168.0.1")
    assert tied.tags == ("ipv4-mapped", "private")
    assert summary(tied) == [("", "", "unknown", "high")]


def test_a_6to4_address_is_tied_as_the_address_that_it_carries(tie_one: TieOne) -> None:
    tied = tie_one("ipv6-addr", "2002:4d58:0807::1")
    assert "6to4" in tied.tags
    assert tied.nexus[0].state == "RU"
    assert tied.nexus[0].reasons[0].text.startswith("2002:4d58:0807::1 carries 77.88.8.7")


def test_a_russian_mail_origin(tie_one: TieOne) -> None:
    tied = tie_one("ipv4-addr", "5.45.207.1", mails=(mail("5.45.207.1"),))
    assert summary(tied) == [("RU", "yandex", "origin", "medium")]
    assert "first address seen by a trusted server" in texts(tied)
    assert "the person wrote from elsewhere" in texts(tied)
    assert "the person wrote from elsewhere" not in texts(tie_one("ipv4-addr", "5.45.207.1"))
    assert "never rest jurisdiction on this alone" in texts(tied)


def test_a_place_is_never_more_than_medium(tie_one: TieOne) -> None:
    for address in ("5.45.207.1", "49.36.1.1", "94.200.1.1", "17.58.97.3", "52.95.110.1"):
        assert all(tie.confidence.value != "high" for tie in tie_one("ipv4-addr", address).nexus)


def test_an_access_network_is_a_telecoms_unless_it_is_the_origin(tie_one: TieOne) -> None:
    assert summary(tie_one("ipv4-addr", "49.36.1.1")) == [("IN", "jio", "telecom", "medium")]
    assert summary(tie_one("ipv4-addr", "49.36.1.1", mails=(mail("49.36.1.1"),)))[0][2] == "origin"


def test_sources_that_disagree_are_both_told_and_held_for_less_sure(tie_one: TieOne) -> None:
    tied = tie_one("ipv4-addr", "185.225.17.1")
    assert "sources-disagree" in tied.tags
    assert {(tie.state, tie.confidence.value) for tie in tied.nexus} == {("MD", "low"), ("RO", "low")}
    assert "the sources disagree" in texts(tied)


def test_a_providers_own_state_and_the_place_of_its_machine_are_two_ties(tie_one: TieOne) -> None:
    tied = tie_one("ipv4-addr", "3.248.0.1")
    assert summary(tied) == [("US", "amazon_us", "infrastructure", "medium"), ("IE", "", "infrastructure", "low")]


def test_a_front_says_that_the_site_is_elsewhere_and_no_place(tie_one: TieOne) -> None:
    for address, tags in (("104.16.0.1", ("cdn",)), ("1.1.1.1", ("cdn", "anycast"))):
        tied = tie_one("ipv4-addr", address)
        assert tied.tags == tags
        assert summary(tied) == [("US", "cloudflare", "infrastructure", "medium")]
    assert "hosted behind it, elsewhere" in texts(tie_one("ipv4-addr", "104.16.0.1"))
    assert "hosted behind it, elsewhere" in texts(tie_one("ipv4-addr", "23.32.0.1"))  # Akamai, by network only


def test_an_anycast_address_of_an_unlisted_operator_rests_on_its_registration_alone(tie_one: TieOne) -> None:
    tied = tie_one("ipv4-addr", "9.9.9.9")
    assert "anycast" in tied.tags
    assert [tie.confidence.value for tie in tied.nexus] == ["low"]
    assert "machines in many states answer" in texts(tied)


def test_a_tor_exit_is_not_the_offenders_place(tie_one: TieOne) -> None:
    tied = tie_one("ipv4-addr", "185.220.101.1", mails=(mail("185.220.101.1"),))
    assert tied.tags == ("anonymiser", "tor-exit")
    assert summary(tied) == [("DE", "", "anonymiser", "low")]
    assert "an exit is not the user's place" in texts(tied)
    assert "2026-10-05" in texts(tied)
    assert "first address seen by a trusted server" in texts(tied)


@pytest.mark.parametrize(
    ("operator", "kind", "expected"),
    [
        ("ProtonVPN", "vpn", [("CH", "proton", "anonymiser"), ("RU", "", "anonymiser")]),
        ("Mullvad", "vpn", [("SE", "", "anonymiser"), ("RU", "", "anonymiser")]),
        ("Apple Private Relay", "relay", [("US", "apple_us", "anonymiser")]),
        ("Nobody Known", "proxy", [("RU", "", "anonymiser")]),
    ],
)
def test_a_users_own_list(
    tie_one: TieOne, sources: TieSources, operator: str, kind: str, expected: list[tuple[str, str, str]]
) -> None:
    own = Source(id="own", name="own", version="1", as_of="2026-11-01", licence="")
    read = read_address_list(["5.45.207.0/24"], operator=operator, kind=kind, source=own)
    everybody = sources.providers.some(["proton", "apple_us", "yandex"])
    using = TieSources(providers=everybody, address_lists=(read.addresses,))
    tied = tie_one("ipv4-addr", "5.45.207.1", using=using)
    assert [(tie.state, tie.provider, tie.role.value) for tie in tied.nexus] == expected
    assert tied.tags == ("anonymiser", kind)


def test_a_carrier_of_vpns_is_told(tie_one: TieOne) -> None:
    tied = tie_one("ipv4-addr", "2.57.28.0")
    assert "vpn-carrier" in tied.tags
    assert [(tie.state, tie.provider) for tie in tied.nexus] == [("RO", "m247"), ("CA", ""), ("US", "")]
    assert "carries VPN services" in texts(tied)


def test_a_network_of_several_listed_companies_gives_each_of_them(tie_one: TieOne) -> None:
    tied = tie_one("ipv4-addr", "157.240.1.35")
    assert {tie.provider for tie in tied.nexus if tie.provider} == {"meta_us", "whatsapp_us"}


def test_what_is_no_address_says_so(tie_one: TieOne) -> None:
    for value in ("not an address", "1.2.3", "", "fe80::1%eth0%"):
        tied = tie_one("ipv4-addr", value)
        assert tied.nexus[0].state == ""
    assert tie_one("ipv6-addr", "[fe80::1%eth0]").tags == ("link-local",)


def test_an_address_that_nobody_announces(tie_one: TieOne) -> None:
    tied = tie_one("ipv4-addr", "135.176.177.37")
    assert "no network that announces this address is in the data" in texts(tied)
    unknown = tie_one("ipv6-addr", "2d00::1")
    assert summary(unknown) == [("", "", "infrastructure", "low")]
    assert "unknown" in texts(unknown)


def test_without_a_providers_table_places_are_still_told(tie_one: TieOne) -> None:
    using = TieSources(providers=())
    assert summary(tie_one("ipv4-addr", "5.45.207.1", using=using)) == [("RU", "", "infrastructure", "medium")]
    assert tie_one("ipv4-addr", "104.16.0.1", using=using).nexus[0].state == "US"


def test_a_front_in_a_place_that_nobody_knows(tie_one: TieOne) -> None:
    own = Source(id="own", name="own", version="1", as_of="2026-11-01", licence="")
    read = read_address_list(["2d00::/16"], operator="Front", kind="cdn", source=own)
    tied = tie_one("ipv6-addr", "2d00::1", using=TieSources(providers=(), address_lists=(read.addresses,)))
    assert summary(tied) == [("", "", "infrastructure", "low")]
    assert tied.tags == ("cdn",)


def test_companies_of_one_group_whose_split_is_not_known(tie_one: TieOne, sources: TieSources) -> None:
    yandex = sources.providers.get("yandex")
    assert yandex is not None
    other = structs.replace(yandex, id="yandex_kz", jurisdiction="KZ", name="Yandex Kazakhstan")
    tied = tie_one("ipv4-addr", "5.45.207.1", using=TieSources(providers=(yandex, other)))
    assert [tie.provider for tie in tied.nexus] == ["yandex", "yandex_kz"]
    assert "which one has this user's is to be asked" in texts(tied)


@pytest.mark.parametrize("address", ["2603:1096:a01:6c::11", "2603:10a6:10:5::1", "2603:10b6:208::1"])
def test_inside_of_a_provider_that_no_network_announces(address: str, tie_one: TieOne) -> None:
    (tie,) = tie_one("ipv6-addr", address).nexus
    assert (tie.state, tie.provider) == ("US", "microsoft_us")
    assert any("2603:1000::/24" in reason.text for reason in tie.reasons)


@pytest.mark.parametrize(
    "address",
    ["2603:1026::1", "2620:1ec:c11::200", "2a01:110::1", "2a01:111:f400::1", "2a01:111:ffff::1", "2404:f800::1"],
)
def test_siblings_of_that_range(address: str, tie_one: TieOne) -> None:
    assert "microsoft" in " ".join(tie.provider_name.casefold() for tie in tie_one("ipv6-addr", address).nexus)


def test_every_holder_announces_nothing_of_others_in_its_range(sources: TieSources) -> None:
    """The rows rest on it: whatever is announced in each range, looked at /40 by /40, is the holder's."""
    for row in read_rows("holders.csv", Holder):
        network = ip_network(row.range)
        step = 1 << 88
        for number in range(int(network[0]), int(network[-1]), step):
            facts = sources.networks.look_up(number, version=network.version)
            assert not facts.asn or "Microsoft" in facts.holder, (row.range, facts)

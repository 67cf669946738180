"""Special ranges: the IANA special-purpose address registries, row by row, at both edges."""

from ipaddress import ip_address, ip_network

import pytest

from comity.leads.nexus.special import SpecialRanges, unwrap

RANGES = SpecialRanges.shipped()

#: From the IANA IPv4 and IPv6 special-purpose address registries (RFC 6890) and the multicast registries.
REGISTRY = """
0.0.0.0/8 this-network | 10.0.0.0/8 private | 100.64.0.0/10 shared-address-space | 127.0.0.0/8 loopback
169.254.0.0/16 link-local | 172.16.0.0/12 private | 192.0.0.0/24 protocol-assignment | 192.0.2.0/24 documentation
192.31.196.0/24 anycast-service | 192.52.193.0/24 anycast-service | 192.88.99.0/24 relay-anycast
192.168.0.0/16 private | 192.175.48.0/24 anycast-service | 198.18.0.0/15 benchmarking | 198.51.100.0/24 documentation
203.0.113.0/24 documentation | 224.0.0.0/8 multicast | 239.0.0.0/8 multicast | 233.252.0.0/24 documentation
240.0.0.0/5 reserved | 255.255.255.255/32 broadcast
::/128 unspecified | ::1/128 loopback | 64:ff9b:1::/48 translation | 100::/64 discard | 100:0:0:1::/64 discard
2001::/32 protocol-assignment | 2001:2::/48 benchmarking | 2001:3::/32 anycast-service | 2001:4:112::/48 anycast-service
2001:20::/28 protocol-assignment | 2001:30::/28 protocol-assignment | 2001:db8::/32 documentation
2620:4f:8000::/48 anycast-service | 3fff::/20 documentation | 5f00::/16 protocol-assignment | fc00::/7 private
fe80::/10 link-local | fec0::/10 private | ff00::/8 multicast | 4000::/3 reserved | ::2/127 reserved
"""


@pytest.mark.parametrize(
    "row", [row.strip() for line in REGISTRY.split("\n") for row in line.split("|") if row.strip()]
)
def test_the_registries_ranges(row: str) -> None:
    text, tag = row.split()
    network = ip_network(text)
    for address in (network.network_address, network.broadcast_address):
        found = RANGES.find(int(address), version=network.version)
        assert found is not None
        assert (str(address), found.tag) == (str(address), tag)
        assert found.standard.startswith("RFC ")


@pytest.mark.parametrize(
    "address",
    ["1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "172.15.255.255",
     "172.32.0.0", "192.0.1.0", "192.0.3.0", "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255",
     "2000::", "2001:200::", "2001:db7:ffff::", "2001:db9::", "2600::1", "3ffe::", "3fff:1000::"],
)  # fmt: skip
def test_neighbours_of_special_ranges_are_ordinary(address: str) -> None:
    asked = ip_address(address)
    assert RANGES.find(int(asked), version=asked.version) is None


@pytest.mark.parametrize(
    ("wrapped", "tag", "inside"),
    [
        ("::ffff:8.8.8.8", "ipv4-mapped", "8.8.8.8"),
        ("64:ff9b::192.0.2.33", "nat64", "192.0.2.33"),  # RFC 6052 2.4
        ("2002:c000:0204::1", "6to4", "192.0.2.4"),  # RFC 3056 2
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", "teredo", "192.0.2.45"),  # the example in RFC 4380's common use
    ],
)
def test_ipv4_addresses_inside_ipv6(wrapped: str, tag: str, inside: str) -> None:
    found = unwrap(int(ip_address(wrapped)))
    assert found is not None
    assert (found.tag, str(ip_address(found.address))) == (tag, inside)


@pytest.mark.parametrize("plain", ["2001:4860::1", "2001:db8::1", "::8.8.8.8", "2003::1"])
def test_other_ipv6_addresses_carry_none(plain: str) -> None:
    assert unwrap(int(ip_address(plain))) is None

"""Hosts as mail writes them, and addresses in header text told from versions, times and ids."""

import pytest

from comity.leads.mail.hosts import (
    is_host_address,
    is_internal,
    is_listed,
    read_address,
    read_host,
    read_name,
    registrable,
    same_owner,
    shown_name,
)
from comity.leads.mail.literals import find_addresses
from comity.leads.mail.operators import is_inside, operator_of, organisation_name, organisation_of


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("203.0.113.7", "203.0.113.7"), ("[203.0.113.7]", "203.0.113.7"), ("203.0.113.7:25", "203.0.113.7"),
        ("[203.0.113.7]:4022", ""), ("IPv6:2001:db8::7", "2001:db8::7"), ("[IPv6:2001:DB8:0:0::7]", "2001:db8::7"),
        ("::ffff:203.0.113.7", "203.0.113.7"), ("fe80::1%eth0", "fe80::1"), ("::1", "::1"), ("203.0.113.300", ""),
        ("203.0.113", ""), ("203.0.113.7.example", ""), ("01.2.3.4", ""), ("12:30:45", ""), ("a:" * 50, ""), ("", ""), ("name", ""),
    ],
)  # fmt: skip
def test_addresses(written: str, value: str) -> None:
    host = read_address(written)
    assert (host.value if host else "") == value


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Mail.Example.COM.", "mail.example.com"), ("bücher.example", "xn--bcher-kva.example"),
        ("банк。example", "xn--80ab2al.example"), ("☃.example", "xn--n3h.example"), ("_dmarc.example.com", "_dmarc.example.com"),
        ("localhost", "localhost"), ("a..b", ""), ("-a.example", ""), ("a b", ""), ("203.0.113.7", ""), ("", ""), ("a" * 64 + ".example", ""),
        ("a." * 130 + "b", ""), ("ü" * 70 + ".example", ""), ("a@b", ""),
    ],
)  # fmt: skip
def test_names(written: str, name: str) -> None:
    assert read_name(written) == name


def test_hosts() -> None:
    address, name = read_host("203.0.113.7"), read_host("Mail.Example")
    assert address and address.kind.value == "ipv4-addr"
    assert name and (name.kind.value, name.value) == ("domain-name", "mail.example")
    assert read_host("@") is None


def test_registrable() -> None:
    assert registrable("a.b.example.co.uk") == "example.co.uk"
    assert registrable("someone.github.io") == "someone.github.io"
    assert registrable("github.io") == ""
    assert registrable("localhost") == ""
    assert is_listed("a.com")
    assert not is_listed("a.nosuchsuffix")
    assert same_owner("a.example.com", "example.com")
    assert not same_owner("example.com", "example.org")
    assert same_owner("host.lan", "host.lan")


@pytest.mark.parametrize(
    "address", ["10.0.0.1", "127.0.0.1", "192.168.1.1", "100.64.0.1", "fe80::1", "fd00::1", "::1", "2002:a05:1::1"]
)
def test_internal(address: str) -> None:
    assert is_internal(address)


@pytest.mark.parametrize("address", ["203.0.113.7", "8.8.8.8", "2001:db8::1", "2002:cb00:7107::1"])
def test_not_internal(address: str) -> None:
    assert not is_internal(address)


@pytest.mark.parametrize("address", ["255.255.255.255", "0.0.0.0", "224.0.0.1", "ff02::1", "::", "240.0.0.1"])
def test_no_host_address(address: str) -> None:
    assert not is_host_address(address)
    assert is_host_address("203.0.113.7")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("xn--bcher-kva.example", "bücher.example"),
        ("a.example", "a.example"),
        ("xn--\u0100.example", "xn--\u0100.example"),
    ],
)
def test_shown(name: str, shown: str) -> None:
    assert shown_name(name) == shown


@pytest.mark.parametrize(
    ("text", "header", "found"),
    [
        ("[203.0.113.7]", "x-originating-ip", ["203.0.113.7"]),
        ("203.0.113.7, 198.51.100.9", "x-forwarded-for", ["203.0.113.7", "198.51.100.9"]),
        ("from host (203.0.113.7)", "received", ["203.0.113.7"]),
        ("by 203.0.113.7 with SMTP", "received", ["203.0.113.7"]),
        ("client-ip=203.0.113.7;", "received-spf", ["203.0.113.7"]),
        ("client-ip=2001:db8::7;", "received-spf", ["2001:db8::7"]),
        ("CIP:203.0.113.7;CTRY:RU", "x-forefront-antispam-report", ["203.0.113.7"]),
        ("IPv6:2001:db8::7", "received", ["2001:db8::7"]),
        ("(2001:db8::7)", "received", ["2001:db8::7"]),
        ("asn:64500, ipnet:203.0.113.0/24", "x-spamd-result", ["203.0.113.0"]),
        ("Microsoft SMTP Server id 15.20.5.12", "received", []),
        ("with Microsoft SMTP Server (TLS) id 14.3.123.3", "received", []),
        ("(8.14.7.1/8.14.7.1)", "received", []),
        ("(fetchmail-6.2.5.2)", "received", []),
        ("(Content Technologies SMTPRS 4.2.1.10)", "received", []),
        ("ecelerity 5.0.0.4 r(tags/5.0.0.4)", "received", []),
        ("Microsoft Outlook 16.0.5.4", "x-mailer", []),
        ("Chrome 142.0.0.0", "x-info", []),
        ("Zabbix 7.0.0.10", "x-mailer", []),
        ("PHPMailer 6.9.1.0 on 203.0.113.7", "x-mailer", ["203.0.113.7"]),
        ("Mozilla/5.0 via http://203.0.113.7/", "x-mailer", ["203.0.113.7"]),
        ("1896.144.137.3.98.1007630466@x", "x-id", []),
        ("203.0.113.7-static.example", "x-host", []),
        ("203.0.113.7", "message-id", []),
        ("Wed, 18 Nov 2026 10:11:12", "x-date", []),
        ("std::string", "x-a", []),
        ("10:20:30", "x-a", []),
        ("203.0.113.777", "x-a", []),
    ],
)
def test_literals(text: str, header: str, found: list[str]) -> None:
    assert [literal.host.value for literal in find_addresses(text, header=header)] == found


def test_prefix_length_is_told() -> None:
    (literal,) = find_addresses("ipnet:203.0.113.0/24", header="x-spamd-result")
    assert literal.tags == ("network-24",)


def test_operators() -> None:
    google = operator_of("mx.google.com")
    assert google and google.id == "google"
    assert operator_of("mail.example") is None
    assert organisation_of("mail.example.com") == "example.com"
    assert organisation_name(organisation_of("a.outlook.com")) == "Microsoft"
    assert organisation_name("example.com") == "example.com"
    assert is_inside("2603:10a6::1", "operator:microsoft")
    assert not is_inside("203.0.113.7", "operator:microsoft")
    assert not is_inside("203.0.113.7", "example.com")

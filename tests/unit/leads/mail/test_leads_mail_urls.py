"""Link targets as browsers read them, and the addresses of mailto links."""

import pytest

from comity.leads.mail.urls import mail_addresses, read_target


@pytest.mark.parametrize(
    ("written", "url", "host"),
    [
        ("http://Evil.Example/Path", "http://evil.example/Path", "evil.example"),
        ("  https://evil.example \n", "https://evil.example/", "evil.example"),
        ("HTTPS://evil.example?x=1", "https://evil.example?x=1", "evil.example"),
        ("ht\ntp://evil.ex\tample/a\r\nb", "http://evil.example/ab", "evil.example"),
        ("http:\\\\evil.example\\a", "http://evil.example\\a", "evil.example"),
        ("http:///evil.example/a", "http://evil.example/a", "evil.example"),
        ("http:evil.example/a", "http://evil.example/a", "evil.example"),
        ("//evil.example/a", "//evil.example/a", "evil.example"),
        ("\\/evil.example/a", "//evil.example/a", "evil.example"),
        ("http://evil.example:80/", "http://evil.example/", "evil.example"),
        ("https://evil.example:8443/", "https://evil.example:8443/", "evil.example"),
        ("https://evil.example:/", "https://evil.example/", "evil.example"),
        ("http://bank.example@evil.example/", "http://bank.example@evil.example/", "evil.example"),
        ("http://a@b@evil.example/", "http://a@b@evil.example/", "evil.example"),
        ("http://evil.example./", "http://evil.example/", "evil.example"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/", "xn--bcher-kva.example"),
        ("http://evil。example/", "http://evil.example/", "evil.example"),
        ("http://localhost/x", "http://localhost/x", "localhost"),
        ("http://203.0.113.7/a", "http://203.0.113.7/a", "203.0.113.7"),
        ("http://203.0.113.7:8080/a", "http://203.0.113.7:8080/a", "203.0.113.7"),
        ("http://[2001:db8::7]:8080/", "http://[2001:db8::7]:8080/", "2001:db8::7"),
        ("http://[2001:DB8:0::7]/", "http://[2001:db8::7]/", "2001:db8::7"),
        ("ftp://evil.example/", "ftp://evil.example/", "evil.example"),
        ("http://evil.example\"onclick=x", "http://evil.example\"onclick=x", "evil.example"),
        ("mailto:a@b.example", "mailto:a@b.example", ""),
        ("tel:+123", "tel:+123", ""),
        ("javascript:alert(1)", "javascript:alert(1)", ""),
        ("relative/page.html", "relative/page.html", ""),
        ("http://", "http://", ""),
        ("http://exa mple", "http://exa mple", "exa"),
        ("http://*.evil.example/", "http://*.evil.example/", ""),
        ("cid:logo@x", "cid:logo@x", ""),
        ("", "", ""),
    ],
)  # fmt: skip
def test_targets(written: str, url: str, host: str) -> None:
    target = read_target(written)
    assert (target.url, target.host.value if target.host else "") == (url, host)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("3405803783", "203.0.113.7"), ("0xcb007107", "203.0.113.7"), ("0xcb.0x0.0x71.0x7", "203.0.113.7"),
        ("0313.0.0161.07", "203.0.113.7"), ("203.0.28935", "203.0.113.7"), ("203.28935", "203.0.113.7"), ("0x7f.1", "127.0.0.1"), ("0", "0.0.0.0"),
        ("%32%303.0.113.7", "203.0.113.7"), ("0x", "0.0.0.0"), ("203.0.113.7.", "203.0.113.7"),
    ],
)  # fmt: skip
def test_disguised_addresses(host: str, address: str) -> None:
    target = read_target(f"http://{host}/")
    assert target.host and target.host.value == address
    assert target.disguised
    assert target.url == f"http://{address}/"


@pytest.mark.parametrize(
    "host", ["4294967296", "1.2.3.4.5", "256.1.1.1", "0x1ffffffff", "1.2.3.256", "08.1.1.1", "1..2"]
)
def test_no_disguised_address(host: str) -> None:
    assert read_target(f"http://{host}/").host is None


def test_percent_encoded_name() -> None:
    target = read_target("http://%65vil.example/")
    assert (target.url, target.disguised) == ("http://evil.example/", True)


def test_userinfo() -> None:
    assert read_target("http://www.bank.example:pw@evil.example/").userinfo == "www.bank.example:pw"


@pytest.mark.parametrize(
    ("url", "addresses"),
    [
        ("mailto:a@b.example", ("a@b.example",)),
        ("mailto:a@b.example,c@d.example?subject=x", ("a@b.example", "c@d.example")),
        ("mailto:a%40b.example", ("a@b.example",)),
        ("mailto:?to=a@b.example&amp;cc=c@d.example,e@f.example&bcc=g@h.example&body=x@y.example", ("a@b.example", "c@d.example", "e@f.example", "g@h.example")),
        ("mailto:nobody", ()),
        ("mailto:", ()),
    ],
)  # fmt: skip
def test_mail_addresses(url: str, addresses: tuple[str, ...]) -> None:
    assert mail_addresses(url) == addresses

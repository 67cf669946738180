"""Addresses, domains, URLs, e-mail addresses in running text: what counts, what does not, and where it stands."""

import pytest

from comity.leads.extract import find_in_text


def found(text: str) -> set[tuple[str, str]]:
    return {(seen.kind.value, seen.value) for seen in find_in_text(text)}


def values(text: str, kind: str) -> list[str]:
    return [seen.value for seen in find_in_text(text) if seen.kind.value == kind]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("from 203.0.113.9 at", "203.0.113.9"),
        ("src=203.0.113.9:443", "203.0.113.9"),
        ("(203.0.113.9)", "203.0.113.9"),
        ("[203.0.113.9]", "203.0.113.9"),
        ("server 203.0.113.9.", "203.0.113.9"),
        ("203[.]0[.]113[.]9", "203.0.113.9"),
        ("203.0.113[.]9", "203.0.113.9"),
        ("203(.)0(.)113(.)9", "203.0.113.9"),
        ("203 [dot] 0 [dot] 113 [dot] 9", "203.0.113.9"),
        ("２０３．０．１１３．９", "203.0.113.9"),
        ("٢٠٣.٠.١١٣.٩", "203.0.113.9"),
        ("9.113.0.203.in-addr.arpa", "203.0.113.9"),
        ("IP address: 203.0.113.9", "203.0.113.9"),
        ("version of the server at 203.0.113.9", "203.0.113.9"),
        ("IP: 1.2.3.4", "1.2.3.4"),
        ("from 1.0.0.4", "1.0.0.4"),
        ("nginx: 5.0.0.7 - - GET", "5.0.0.7"),
        ("Chrome 203.0.113.9 Success", "203.0.113.9"),
        ("Windows 10.0.0.5", "10.0.0.5"),
        ("AnyDesk 18.203.4.9", "18.203.4.9"),
        ("ip/203.0.113.9", "203.0.113.9"),
        ("203.0.113.9/198", "203.0.113.9"),
    ],
)
def test_ipv4(text: str, value: str) -> None:
    assert values(text, "ipv4-addr") == [value]


@pytest.mark.parametrize(
    "text",
    [
        "with Microsoft SMTP Server id 15.20.80.14",
        "version 1.2.3.4",
        "v1.2.3.4",
        "Version: 10.0.0.1",
        "Chrome/120.0.0.0 Safari",
        "Web (Chrome 142.0.0.0)",
        '"Zabbix 7.0.0.10"',
        "/* kit 3.1.0.4 */",
        "kit_v3.1.0.4.zip",
        "build `4.2.1.10`",
        "Build 4.2.1.10",
        "hotline ext. 10.20.30.40",
        "btamail.net.cn(JetMail 2.5.3.0)",
        "PHPMailer 6.9.1.0",
        'sec-ch-ua: "Chromium";v="99.0.0.1"',
        "section 4.3.2.1 of the act",
        "§4.3.2.1",
        "OID 1.3.6.1.4.1.311",
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "1.2.3.999",
        "01.02.2025",
        "192.168.001.001",
        "€1.100.200.50",
    ],
)
def test_no_ipv4(text: str) -> None:
    assert values(text, "ipv4-addr") == []


def test_range_gives_both_ends_and_prefix_is_told() -> None:
    assert values("192.0.2.1-192.0.2.9", "ipv4-addr") == ["192.0.2.1", "192.0.2.9"]
    (seen,) = find_in_text("net 198.51.100.0/24 is")
    assert seen.tags == ("network-24",)
    (plain,) = find_in_text("198.51.100.0/64")
    assert plain.tags == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2001:db8::1", "2001:db8::1"),
        ("[2001:DB8::1]:443", "2001:db8::1"),
        ("(2603:10a6:102:1fc::12)", "2603:10a6:102:1fc::12"),
        ("fe80::1%eth0 up", "fe80::1"),
        ("2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1"),
        ("::1", "::1"),
        ("2001:db8::/32", "2001:db8::"),
    ],
)
def test_ipv6(text: str, value: str) -> None:
    assert values(text, "ipv6-addr") == [value]


@pytest.mark.parametrize(
    "text",
    [
        "at 12:30:45 on",
        "std::vector<int>",
        "Face::Add",
        "00:11:22:33:44:55",
        "00:11:22:33:44:55:66:77",
        "ab:cd:ef:01:23:45:67:89:ab:cd",
        "a :: b",
        "1:2:3:4",
    ],
)
def test_no_ipv6(text: str) -> None:
    assert values(text, "ipv6-addr") == []


def test_mapped_address_is_ipv4() -> None:
    (seen,) = find_in_text("from ::ffff:203.0.113.9 port")
    assert (seen.kind.value, seen.value, seen.tags) == ("ipv4-addr", "203.0.113.9", ("ipv4-mapped",))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("AS15169", "AS15169"),
        ("ASN 15169", "AS15169"),
        ("ASN15169 (Google)", "AS15169"),
        ("origin AS174", "AS174"),
        ("AS 3356 upstream", "AS3356"),
    ],
)
def test_asn(text: str, value: str) -> None:
    assert values(text, "autonomous-system") == [value]


@pytest.mark.parametrize(
    "text", ["AS400 systems", "AS9100 certified", "AS 4 ways", "as15169", "AS2 message", "AS0123x", "AS99999999999"]
)
def test_no_asn(text: str) -> None:
    assert values(text, "autonomous-system") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("see evil.com now", "evil.com"),
        ("see EVIL.Com now", "evil.com"),
        ("sub.evil.co.uk", "sub.evil.co.uk"),
        ("evil[.]com", "evil.com"),
        ("evil(dot)com", "evil.com"),
        ("evil [dot] com", "evil.com"),
        ("evil[.com", "evil.com"),
        ("ev\u200bil.com", "evil.com"),
        ("ev\u00adil.com", "evil.com"),
        ("𝐞𝐯𝐢𝐥.𝐜𝐨𝐦", "evil.com"),
        ("bücher.de", "xn--bcher-kva.de"),
        ("пример.рф", "xn--e1afmkfd.xn--p1ai"),
        ("例え。jp", "xn--r8jz45g.jp"),
        ("xn--bcher-kva.de", "xn--bcher-kva.de"),
        ("evil.example", "evil.example"),
        ("expyuzz4wqqyqhjn.onion", "expyuzz4wqqyqhjn.onion"),
        ("www.report.zip", "www.report.zip"),
        ("login.secure.zip", "login.secure.zip"),
        ("163.com", "163.com"),
        ("evil.com.", "evil.com"),
        ("allegro.pl", "allegro.pl"),
        ("_dmarc.evil.com", "dmarc.evil.com"),
        ("user.github.io", "user.github.io"),
        ("t.me", "t.me"),
        ("https.evil.ru,", "https.evil.ru"),
        ("xn--99999999999999999999.com", "xn--99999999999999999999.com"),
        ("http%3A%2F%2Fevil.com%2Fx", "evil.com"),
        ("http:\\\\evil.com\\x", "evil.com"),
    ],
)
def test_domain(text: str, value: str) -> None:
    assert values(text, "domain-name") == [value]


@pytest.mark.parametrize(
    "text",
    [
        "report.zip",
        "readme.md",
        "a.py",
        "index.php",
        "script.sh",
        "index.pl",
        "archive.tar.bz",
        "/var/log/mail.info",
        "C:\\Users\\evil.com",
        "e.g. this",
        "i.e. that",
        "Mr.Smith",
        "the end.It was",
        "done.Please",
        "window.open(x)",
        "this.name = 1",
        "element.click",
        "com.example.app",
        "U.S.A.",
        "15.20.7000.1",
        "co.uk",
        "com",
        "no.such-suffix",
        "foo.localhost",
        "-.com",
        "a..b",
        "12.in",
        "x.test",
        "foo_bar.com_",
        "$evil.com",
        "a-.com",
        "xn--99999999999999999999.nosuchsuffix",
    ],
)
def test_no_domain(text: str) -> None:
    assert values(text, "domain-name") == []


@pytest.mark.parametrize(
    ("text", "url", "host"),
    [
        ("http://evil.com/a?b=c#d", "http://evil.com/a?b=c#d", "evil.com"),
        ("hxxps://evil[.]com/a", "https://evil.com/a", "evil.com"),
        ("hxxp[://]evil.com", "http://evil.com/", "evil.com"),
        ("h**p://evil.com", "http://evil.com/", "evil.com"),
        ("HTTP://EVIL.COM:80/A", "http://evil.com/A", "evil.com"),
        ("http://evil.com:8080/", "http://evil.com:8080/", "evil.com"),
        ("(http://evil.com/a)", "http://evil.com/a", "evil.com"),
        ("http://evil.com/a_(b)", "http://evil.com/a_(b)", "evil.com"),
        ("<a href='http://evil.com/a'>", "http://evil.com/a", "evil.com"),
        ("see http://evil.com/a.", "http://evil.com/a", "evil.com"),
        ("http://bank.com@evil.com/", "http://bank.com@evil.com/", "evil.com"),
        ("http://evil.com\\@bank.com/", "http://evil.com\\@bank.com/", "evil.com"),
        ("http://%65vil.com/", "http://evil.com/", "evil.com"),
        ("ftp://evil.com/x", "ftp://evil.com/x", "evil.com"),
        ("xhttp://evil.com/", "http://evil.com/", "evil.com"),
        ("请访问http://evil.com/x。谢谢", "http://evil.com/x.谢谢", "evil.com"),
        ("http://münchen.de/", "http://xn--mnchen-3ya.de/", "xn--mnchen-3ya.de"),
        ("http://x.test/", "http://x.test/", "x.test"),
    ],
)
def test_url(text: str, url: str, host: str) -> None:
    assert values(text, "url") == [url]
    assert values(text, "domain-name") == [host]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("http://203.0.113.9:8080/x", "203.0.113.9"),
        ("http://0xcb007109/", "203.0.113.9"),
        ("http://3405803785/x", "203.0.113.9"),
        ("http://0313.0.0161.011/", "203.0.113.9"),
        ("http://0x7f.1/", "127.0.0.1"),
    ],
)
def test_url_with_address(text: str, address: str) -> None:
    assert values(text, "ipv4-addr") == [address]
    assert len(values(text, "url")) == 1


def test_url_with_ipv6() -> None:
    assert found("http://[2001:db8::1]:8080/x") == {
        ("url", "http://[2001:db8::1]:8080/x"),
        ("ipv6-addr", "2001:db8::1"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "http://",
        "http:///x",
        "http://...",
        "://x",
        "http://a b",
        "file:///etc/passwd",
        "foo://bar baz",
        "http://999.1.1.1.1/",
    ],
)
def test_no_host_in_url(text: str) -> None:
    assert not {kind for kind, _ in found(text)} & {"domain-name", "ipv4-addr"}


def test_url_of_a_host_without_suffix_has_no_domain() -> None:
    assert found("http://localhost:8000/x") == {("url", "http://localhost:8000/x")}


def test_nested_urls_are_found() -> None:
    assert ("domain-name", "evil.com") in found("https://safe.com/?url=https%3A%2F%2Fevil.com%2Fa&data=1")
    assert ("url", "https://evil.com/a") in found("https://safe.com/?url=https%3A%2F%2Fevil.com%2Fa&data=1")
    assert ("domain-name", "evil.com") in found("https://safe.com/r/https://evil.com/a")
    assert ("domain-name", "evil.com") in found("https://safe.com/?u=https%253A%252F%252Fevil.com")


def test_urls_are_unfolded_only_so_deep() -> None:
    text = "https://a.com/?u=http://b.com/?u=http://c.com/?u=http://d.com/?u=http://e.com/"
    assert values(text, "domain-name") == ["a.com", "b.com", "c.com", "d.com"]
    assert ("domain-name", "evil.com") in found("bit.ly/r?u=http://evil.com/a")


def test_list_of_urls() -> None:
    assert values("http://a.com/1,http://b.com/2;http://c.com", "url") == [
        "http://a.com/1",
        "http://b.com/2",
        "http://c.com/",
    ]


def test_url_without_scheme() -> None:
    (url,) = [seen for seen in find_in_text("go to bit.ly/3abc, now") if seen.kind.value == "url"]
    assert (url.value, url.tags) == ("http://bit.ly/3abc", ("scheme-assumed",))
    assert values("evil.com/", "url") == []


def test_long_url_is_cut_and_says_so() -> None:
    (url,) = [seen for seen in find_in_text("http://evil.com/" + "a" * 20_000) if seen.kind.value == "url"]
    assert "truncated" in url.tags


@pytest.mark.parametrize(
    ("text", "value", "domain"),
    [
        ("mail a.b+c@evil.com.", "a.b+c@evil.com", "evil.com"),
        ("<A@EVIL.COM>", "a@evil.com", "evil.com"),
        ("mailto:a@evil.com?subject=x", "a@evil.com", "evil.com"),
        ("to phishing@pot@evil.com now", "phishing@pot@evil.com", "evil.com"),
        ("a@b.example.com@evil.com", "a@b.example.com@evil.com", "evil.com"),
        ("@mention@evil.com", "mention@evil.com", "evil.com"),
        ("a[at]evil[.]com", "a@evil.com", "evil.com"),
        ("a (at) evil (dot) com", "a@evil.com", "evil.com"),
        ("user=a@evil.com", "a@evil.com", "evil.com"),
        ("'a@evil.com'", "a@evil.com", "evil.com"),
        ("x|a@evil.com|y", "a@evil.com", "evil.com"),
        ("info@bücher.de", "info@xn--bcher-kva.de", "xn--bcher-kva.de"),
        ("b+a=x.com@evil.com", "b+a=x.com@evil.com", "evil.com"),
    ],
)
def test_mail_address(text: str, value: str, domain: str) -> None:
    assert values(text, "email-addr") == [value]
    assert values(text, "domain-name") == [domain]


def test_mail_address_at_an_ip_address() -> None:
    assert found("root@[203.0.113.9]") == {("email-addr", "root@[203.0.113.9]"), ("ipv4-addr", "203.0.113.9")}
    assert ("ipv6-addr", "2001:db8::1") in found("root@[IPv6:2001:db8::1]")


@pytest.mark.parametrize(
    "text",
    [
        "Message-ID: <abc@mail.evil.com>",
        "In-Reply-To: <abc@mail.evil.com>",
        "Reference: <abc@mail.evil.com>",
        "Original-Envelope-Id: 0GFP@mail.evil.com",
        "(SMTPRS 4.5) with ESMTP id <B0001@mail.evil.com> for",
        "to david...@evil.com",
        "cid:image001.png@01D1B5BD.8889BE70",
        "lodash@4.17.21",
        "@evil.com",
        "phishing@pot",
        "a@b",
        "git@github.com:foo/bar.git",
        "***@evil.com@",
    ],
)
def test_no_mail_address(text: str) -> None:
    assert values(text, "email-addr") == []


@pytest.mark.parametrize(
    "text",
    [
        "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/simple; s=mail; t=1736071997;\n"
        " bh=GkqERuwfnxMT3QXE3YhVDRgrFgtg9J1oENvdqOWCN6o=;\n"
        " b=bTvIoRpaTUmNO4n6ZHOs6wS/cIA7Q58DPXSJofHODBx1BfRuMXDt+F1p2f1s8OXbb\n",
        'Content-Type: multipart/mixed; boundary="----=_Part_1.example.com_1.2.3.4"',
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk",
        "-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUe.com\n-----END CERTIFICATE-----",
        "div.name { margin: 0 } a:hover { color: #d41d8c }",
        "References: <1.2.3.4@evil.com>\n <5.6.7.8@evil.com>",
        "Thu, 12 Jun 2025 10:30:24 +0530",
        "550e8400-e29b-41d4-a716-446655440000",
        ("QUJD" * 19 + "\n") * 3,
    ],
)
def test_noise_yields_nothing(text: str) -> None:
    assert found(text) == set()


def test_signing_domain_survives_the_signature() -> None:
    assert found("DKIM-Signature: v=1; d=evil.com; s=x; b=abc.com\n") == {("domain-name", "evil.com")}


def test_report_with_references_keeps_its_links() -> None:
    assert ("domain-name", "evil.com") in found("References:\n  http://evil.com/a\n")


def test_places_are_those_of_the_text_given() -> None:
    text = "x\u200by hxxp://evil[.]example/ and 203[.]0[.]113[.]9"
    spelled = {seen.value: text[seen.start : seen.end] for seen in find_in_text(text)}
    assert spelled["evil.example"] == "evil[.]example"
    assert spelled["203.0.113.9"] == "203[.]0[.]113[.]9"
    assert spelled["http://evil.example/"] == "hxxp://evil[.]example/"


def test_long_text_is_read_in_pieces() -> None:
    text = ("filler words and no more of them\n" * 40_000) + "203.0.113.9\n" + "x" * 600_000 + " 203.0.113.8"
    seen = list(find_in_text(text))
    assert [(one.value, text[one.start : one.end]) for one in seen] == [
        ("203.0.113.9", "203.0.113.9"),
        ("203.0.113.8", "203.0.113.8"),
    ]

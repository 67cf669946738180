"""Domains, mailboxes and links."""

from collections.abc import Callable

import pytest

from comity.leads.model import Authentication, MailReading, Observable
from comity.leads.nexus import TieSources
from comity.leads.nexus.names import Names, parents
from comity.leads.nexus.url import address_of, host_of

TieOne = Callable[..., Observable]


def mail(
    *,
    sender: str = "",
    to: tuple[str, ...] = (),
    verdict: Authentication | None = None,
    reply_to: tuple[str, ...] = (),
) -> MailReading:
    return MailReading(
        artifact="a1", subject="", message_id="", sent_at="", from_address=sender, from_name="", reply_to=reply_to,
        return_path="", to=to, hops=(), authentication=(verdict,) if verdict else (), origin_address="",
        origin_reasons=(),
    )  # fmt: skip


def verdict(*, domain: str, method: str = "dkim", result: str = "pass", trusted: bool = True) -> Authentication:
    return Authentication(method=method, result=result, domain=domain, recorded_by="mx.example.net", trusted=trusted)


def summary(tied: Observable) -> list[tuple[str, str, str, str]]:
    return [(tie.state, tie.provider, tie.role.value, tie.confidence.value) for tie in tied.nexus]


def texts(tied: Observable) -> str:
    return "\n".join(reason.text for tie in tied.nexus for reason in tie.reasons)


REGISTRAR = ("", "", "registrar", "low")


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ("sberbank-secure.ru", ("RU", "", "registry", "high")),
        ("bank.co.uk", ("GB", "", "registry", "medium")),
        ("bank.de", ("DE", "", "registry", "high")),
        ("bank.eu", ("BE", "", "registry", "low")),
        ("old.su", ("RU", "", "registry", "medium")),
        ("xn--80ak6aa92e.xn--p1ai", ("RU", "", "registry", "high")),
        ("evil.com", ("US", "verisign", "registry", "low")),
        ("evil.org", ("US", "pir", "registry", "low")),
        ("evil.top", ("HK", "", "registry", "low")),
        ("evil.abbott", ("", "", "registry", "low")),
        ("evil.io", ("IO", "", "registry", "medium")),
        ("evil.nosuchtld", ("", "", "registry", "medium")),
        ("evil.yu", ("", "", "registry", "low")),
    ],
)
def test_the_registry_of_a_domain(tie_one: TieOne, domain: str, expected: tuple[str, str, str, str]) -> None:
    assert summary(tie_one("domain-name", domain)) == [expected, REGISTRAR]


def test_a_countrys_letters_sold_to_anybody_say_so(tie_one: TieOne) -> None:
    tied = tie_one("domain-name", "evil.tv")
    assert tied.tags == ("generic-use",)
    assert "only the registry is in that state, not the holder" in texts(tied)


@pytest.mark.parametrize(
    ("domain", "role", "tag"),
    [
        ("abcdefghij234567.onion", "anonymiser", "tld-onion"),
        ("printer.local", "unknown", "tld-local"),
        ("x.test", "unknown", "tld-test"),
        ("8.8.8.8.in-addr.arpa", "unknown", "tld-arpa"),
        ("www.example.com", "unknown", "documentation"),
    ],
)
def test_names_outside_any_registry_have_no_state(tie_one: TieOne, domain: str, role: str, tag: str) -> None:
    tied = tie_one("domain-name", domain)
    assert [(tie.state, tie.role.value) for tie in tied.nexus] == [("", role)]
    assert tied.tags == (tag,)


@pytest.mark.parametrize(
    ("domain", "state", "provider", "role", "tag"),
    [
        ("login.pages.dev", "US", "cloudflare", "infrastructure", "hosting"),
        ("bank-help.web.app", "US", "google_us", "infrastructure", "hosting"),
        ("x.000webhostapp.com", "LT", "hostinger", "infrastructure", "hosting"),
        ("bit.ly", "US", "", "platform", "shortener"),
        ("t.co", "US", "x_us", "platform", "shortener"),
        ("evil.duckdns.org", "", "", "platform", "dynamic-dns"),
        ("evil.ngrok-free.app", "US", "", "platform", "tunnel"),
        ("shop.myshopify.com", "CA", "", "platform", "site-builder"),
    ],
)
def test_a_name_given_by_a_platform(  # one row of the table
    tie_one: TieOne, domain: str, state: str, provider: str, role: str, tag: str
) -> None:
    tied = tie_one("domain-name", domain)
    assert (tied.nexus[0].state, tied.nexus[0].provider, tied.nexus[0].role.value) == (state, provider, role)
    assert tag in tied.tags
    assert REGISTRAR not in summary(tied)


def test_a_providers_own_domain_leads_to_each_of_its_companies(tie_one: TieOne) -> None:
    tied = tie_one("domain-name", "www.facebook.com")
    assert [tie.provider for tie in tied.nexus[:2]] == ["meta_us", "meta_ie"]
    assert "which company controls the data depends on where the user lives" in texts(tied)
    assert tie_one("domain-name", "yandex.ru").nexus[0].reasons[0].text == "yandex.ru is a domain of Yandex"


def test_the_public_suffix_list_names_operators_of_no_known_seat(tie_one: TieOne) -> None:
    tied = tie_one("domain-name", "shop.myaddr.tools")
    assert summary(tied)[0] == ("", "", "platform", "low")
    assert tied.nexus[0].provider_name == "addr.tools"
    known = tie_one("domain-name", "shop.akamaized.net")
    assert (known.nexus[0].state, known.nexus[0].provider) == ("US", "akamai")


def test_a_dynamic_dns_domain_of_an_unknown_operator(tie_one: TieOne) -> None:
    tied = tie_one("domain-name", "evil.0000004.xyz")
    assert tied.nexus[0].role.value == "platform"
    assert "its operator knows from which addresses the name was set" in texts(tied)


def test_a_suffix_whose_operators_seat_is_known_and_who_is_no_listed_provider(tie_one: TieOne) -> None:
    tied = tie_one("domain-name", "shop.uk.com")
    assert summary(tied)[0] == ("GB", "", "platform", "low")
    assert "CentralNic is established in GB" in texts(tied)


def test_names_above_a_name() -> None:
    assert list(parents("a.b.c")) == ["a.b.c", "b.c", "c"]
    assert len(list(parents("a." * 5_000 + "com"))) == 127


def test_an_operator_is_known_by_how_its_name_begins() -> None:
    names = Names()
    for name in ("Google, Inc.", "Google"):
        found = names.operator(name)
        assert found is not None
        assert found.provider == "google_us"
    assert names.operator("Googlewhack") is None


def test_gmail_is_kept_by_two_companies_by_the_users_region(tie_one: TieOne) -> None:
    tied = tie_one("email-addr", "Thief@Gmail.com")
    assert summary(tied) == [
        ("US", "google_us", "mail_provider", "medium"),
        ("IE", "google_ie", "mail_provider", "medium"),
    ]
    assert "users in the EEA and Switzerland" in texts(tied)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("a@mail.ru", ("RU", "mailru", "mail_provider", "low")),
        ("a@proton.me", ("CH", "proton", "mail_provider", "high")),
        ("a@yahoo.co.uk", ("IE", "yahoo_ie", "mail_provider", "low")),
        ("a@gmx.de", ("DE", "", "mail_provider", "low")),
        ("a@tenant.onmicrosoft.com", ("US", "microsoft_us", "mail_provider", "medium")),
    ],
)
def test_who_keeps_a_mailbox(tie_one: TieOne, address: str, expected: tuple[str, str, str, str]) -> None:
    assert summary(tie_one("email-addr", address)) == [expected]


def test_a_domain_of_its_own_must_be_asked_for(tie_one: TieOne) -> None:
    tied = tie_one("email-addr", "ceo@victim.in")
    assert summary(tied) == [("", "", "mail_provider", "low"), ("IN", "", "registry", "high"), REGISTRAR]
    assert "its MX records name the host" in texts(tied)


def test_a_throw_away_mailbox(tie_one: TieOne) -> None:
    tied = tie_one("email-addr", "x@mailinator.com")
    assert tied.tags == ("disposable-mail",)
    assert "throw-away" in tied.nexus[0].reasons[0].text


def test_a_recipient_is_a_victim(tie_one: TieOne) -> None:
    tied = tie_one("email-addr", "victim@gmail.com", mails=(mail(to=("Victim@gmail.com",)),))
    assert summary(tied) == [("US", "google_us", "victim", "medium")]
    assert "recipient" in tied.tags


def test_what_a_sender_could_write_at_will_is_held_for_less_sure(tie_one: TieOne) -> None:
    tied = tie_one("email-addr", "x@proton.me", tags=("sender-forgeable",), mails=(mail(sender="x@proton.me"),))
    assert summary(tied) == [("CH", "proton", "mail_provider", "low")]
    assert tied.tags == ("sender-forgeable",)
    assert "it may be there to mislead" in texts(tied)
    assert "named as sender or for replies" in texts(tied)


@pytest.mark.parametrize("domain", ["proton.me", "mail.proton.me"])
def test_a_sender_whom_the_receiving_side_found_genuine_is_not(tie_one: TieOne, domain: str) -> None:
    seen = mail(sender="x@proton.me", verdict=verdict(domain=domain))
    tied = tie_one("email-addr", "x@proton.me", tags=("sender-forgeable",), mails=(seen,))
    assert summary(tied) == [("CH", "proton", "mail_provider", "high")]
    assert f"DKIM of {domain} passed as recorded by mx.example.net" in texts(tied)


@pytest.mark.parametrize(
    "told",
    [
        verdict(domain="other.net"),
        verdict(domain="proton.me", result="fail"),
        verdict(domain="proton.me", trusted=False),
        verdict(domain="proton.me", method="spf"),
        verdict(domain="notproton.me"),
    ],
)
def test_other_verdicts_prove_no_sender(tie_one: TieOne, told: Authentication) -> None:
    seen = mail(sender="x@proton.me", verdict=told)
    tied = tie_one("email-addr", "x@proton.me", tags=("sender-forgeable",), mails=(seen,))
    assert summary(tied) == [("CH", "proton", "mail_provider", "low")]


def test_a_mail_without_a_sender_proves_nothing(tie_one: TieOne) -> None:
    tied = tie_one("email-addr", "x@proton.me", mails=(mail(verdict=verdict(domain="proton.me")),))
    assert summary(tied)[0][3] == "high"


@pytest.mark.parametrize(
    ("link", "host"),
    [
        ("https://User:pw@Evil.COM:8080/a?b#c", "evil.com"),
        ("evil.com/path", "evil.com"),
        ("http://[2001:db8::1]:80/", "2001:db8::1"),
        ("https://evil.com./", "evil.com"),
        ("mailto:", ""),
        ("javascript:alert(1)", ""),
        ("localhost:8080/x", "localhost"),
        ("evil.com:8080", "evil.com"),
        ("http://[broken", ""),
        ("http:///nothing", ""),
    ],
)
def test_the_host_of_a_link(link: str, host: str) -> None:
    assert host_of(link) == host


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("134744072", "8.8.8.8"),
        ("0x08080808", "8.8.8.8"),
        ("0x8.0x8.2056", "8.8.8.8"),
        ("010.0.0.1", "8.0.0.1"),
        ("1.2.3.4.", "1.2.3.4"),
        ("99999999999", ""),
        ("1.2.3.4.5", ""),
        ("evil.com", ""),
        ("2001:db8::1", "2001:db8::1"),
    ],
)
def test_a_host_in_numbers_is_read_as_browsers_read_it(host: str, address: str) -> None:
    assert address_of(host) == address


def test_a_link_is_tied_as_its_host(tie_one: TieOne) -> None:
    by_number = tie_one("url", "http://134744072/login")
    assert by_number.nexus[0].provider == "google_us"
    assert by_number.nexus[0].reasons[0].text == "the link leads to 134744072"
    assert tie_one("url", "https://t.me/thief").nexus[0].provider == "telegram"
    assert tie_one("url", "http://192.168.1.1/").tags == ("private",)
    assert tie_one("url", "http:///x").nexus[0].state == ""


def test_without_a_providers_table_platforms_are_still_named(tie_one: TieOne) -> None:
    using = TieSources(providers=())
    tied = tie_one("domain-name", "login.pages.dev", using=using)
    assert (tied.nexus[0].state, tied.nexus[0].provider, tied.nexus[0].provider_name) == ("US", "", "Cloudflare")


def test_mailbox_at_an_address_is_the_machine_s(tie_one: TieOne) -> None:
    for value in ("root@8.8.8.8", "root@[8.8.8.8]"):
        tied = tie_one("email-addr", value)
        assert {tie.provider for tie in tied.nexus} == {"google_us"}
        assert "which no mail provider keeps" in tied.nexus[0].reasons[0].text
    assert tie_one("email-addr", "root@[IPv6:2603:1096::1]").nexus[0].provider == "microsoft_us"

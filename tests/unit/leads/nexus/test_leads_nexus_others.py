"""Telephones, accounts, network numbers, devices and files; and the tables themselves."""

from collections.abc import Callable
from pathlib import Path

import pytest

from comity.law import Confidence, load_registry
from comity.leads.errors import UnreadableInputError
from comity.leads.logs.signs import SignRule
from comity.leads.model import Observable, ObservableKind, Reason, Role
from comity.leads.nexus import TieSources, read_delegations, tie
from comity.leads.nexus.account import AccountPlatform
from comity.leads.nexus.anycast import Anycast
from comity.leads.nexus.holders import Holder
from comity.leads.nexus.money import CardNetwork, Token, UpiHandle, WalletLabel
from comity.leads.nexus.names import Operator, Platform, TopLevelRule
from comity.leads.nexus.provider import EntityRule, Found, Home, RegionRow
from comity.leads.nexus.special import SpecialRange
from comity.leads.nexus.tables import Fact, list_sources, read_rows

TieOne = Callable[..., Observable]


def summary(tied: Observable) -> list[tuple[str, str, str, str]]:
    return [(one.state, one.provider, one.role.value, one.confidence.value) for one in tied.nexus]


def texts(tied: Observable) -> str:
    return "\n".join(reason.text for one in tied.nexus for reason in one.reasons)


@pytest.mark.parametrize(
    ("number", "expected", "tag"),
    [
        ("+919876543210", ("IN", "airtel", "telecom", "high"), "mobile"),
        ("+919820098200", ("IN", "", "telecom", "high"), "mobile"),
        ("+971501234567", ("AE", "etisalat", "telecom", "high"), "mobile"),
        ("+79161234567", ("RU", "", "telecom", "high"), "mobile"),
        ("+12125552368", ("US", "", "telecom", "high"), "fixed-line-or-mobile"),
        ("+14165550123", ("CA", "", "telecom", "high"), "fixed-line-or-mobile"),
        ("+18005551234", ("US", "", "telecom", "low"), "toll-free"),
        ("+445600123456", ("GB", "", "telecom", "low"), "voip"),
        ("+8816315551234", ("", "", "telecom", "high"), "global-network"),
        ("+870773111632", ("", "", "telecom", "high"), "global-network"),
        ("+91123", ("IN", "", "telecom", "low"), "not-in-use"),
        ("+10000000000", ("", "", "telecom", "low"), "not-in-use"),
    ],
)
def test_telephones(tie_one: TieOne, number: str, expected: tuple[str, str, str, str], tag: str) -> None:
    tied = tie_one("phone-number", number)
    assert (summary(tied), tied.tags) == ([expected], (tag,))


def test_a_telephone_number_says_that_it_can_be_carried_and_forged(tie_one: TieOne) -> None:
    told = texts(tie_one("phone-number", "+919876543210"))
    assert "carried to another operator" in told
    assert "can be forged" in told


def test_what_is_no_telephone_number_says_so(tie_one: TieOne) -> None:
    assert tie_one("phone-number", "hello").nexus[0].state == ""
    assert "not a telephone number in E.164" in texts(tie_one("phone-number", "+99912345678"))
    assert "+1 is shared by US, " in texts(tie_one("phone-number", "+10000000000"))


@pytest.mark.parametrize(
    ("account", "first"),
    [
        ("whatsapp:+4915123456789", ("IE", "whatsapp_ie", "platform", "medium")),
        ("whatsapp:+4791234567", ("IE", "whatsapp_ie", "platform", "medium")),
        ("whatsapp:+2348035550142", ("US", "whatsapp_us", "platform", "medium")),
        ("whatsapp:+447911123456", ("US", "whatsapp_us", "platform", "medium")),
    ],
)
def test_company_that_has_the_users_of_a_number(
    account: str, first: tuple[str, str, str, str], tie_one: TieOne
) -> None:
    tied = tie_one("user-account", account)
    assert summary(tied)[0] == first
    assert [tie.confidence.value for tie in tied.nexus] == ["medium", "low"]
    assert "numbering plan" in tied.nexus[0].reasons[-1].text


def test_number_that_tells_no_home(tie_one: TieOne) -> None:
    for account in ("whatsapp:+91", "whatsapp:+nothing", "whatsapp:+8835100000000", "facebook:someone"):
        assert [tie.confidence.value for tie in tie_one("user-account", account).nexus] == ["medium", "medium"]


def test_accounts(tie_one: TieOne) -> None:
    assert summary(tie_one("user-account", "telegram:thief")) == [("AE", "telegram", "platform", "medium")]
    assert [one.provider for one in tie_one("user-account", "WhatsApp:+91").nexus] == ["whatsapp_us", "whatsapp_ie"]
    assert "the account is a telephone number" in texts(tie_one("user-account", "whatsapp:+91"))
    assert summary(tie_one("user-account", "line:thief")) == [("JP", "", "platform", "low")]
    assert summary(tie_one("user-account", "nowhere:thief")) == [("", "", "platform", "low")]
    assert summary(tie_one("user-account", "telegram:x", using=TieSources(providers=()))) == [
        ("", "", "platform", "low")
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("AS15169", [("US", "google_us", "infrastructure", "medium")]),
        ("as 13238", [("RU", "yandex", "infrastructure", "low")]),
        ("60729", [("DE", "", "infrastructure", "low")]),
        ("AS9009", [("RO", "m247", "infrastructure", "low")]),
        ("AS0", [("", "", "unknown", "high")]),
        ("AS64512", [("", "", "unknown", "high")]),
        ("AS65536", [("", "", "unknown", "high")]),
        ("AS4294967295", [("", "", "unknown", "high")]),
        ("AS4294967296", [("", "", "unknown", "high")]),
        ("nonsense", [("", "", "unknown", "high")]),
        ("AS4199999999", [("", "", "infrastructure", "low")]),
    ],
)
def test_network_numbers(tie_one: TieOne, value: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert summary(tie_one("autonomous-system", value)) == expected


def test_a_registrys_statistics_say_where_a_network_number_is_registered(tie_one: TieOne) -> None:
    read = read_delegations(["2|ripencc|20260101|1|1|20260101|+0", "ripencc|CH|asn|60729|1|20200101|allocated"])
    tied = tie_one("autonomous-system", "AS60729", using=TieSources(providers=(), delegations=read))
    assert summary(tied) == [("CH", "", "infrastructure", "medium")]
    other = tie_one("autonomous-system", "AS13238", using=TieSources(providers=(), delegations=read))
    assert summary(other) == [("RU", "", "infrastructure", "low")]


def test_a_network_number_registered_elsewhere_than_its_provider_gives_both(
    tie_one: TieOne, sources: TieSources
) -> None:
    read = read_delegations(["ripencc|CH|asn|13238|1|20200101|allocated"])
    using = TieSources(providers=sources.providers.some(["yandex"]), delegations=read)
    assert [one.state for one in tie_one("autonomous-system", "AS13238", using=using).nexus] == ["RU", "CH"]


@pytest.mark.parametrize("kind", ["imei", "file-hash"])
def test_devices_and_files_have_no_state(tie_one: TieOne, kind: str) -> None:
    assert summary(tie_one(kind, "490154203237518")) == [("", "", "unknown", "high")]


def test_every_kind_is_tied_with_a_reason_and_order_and_tags_are_kept(sources: TieSources) -> None:
    everything = [Observable(kind=kind, value="x", places=(), tags=("seen", "private")) for kind in ObservableKind]
    tied = tie(everything, sources=sources)
    assert [one.kind for one in tied] == list(ObservableKind)
    for one in tied:
        assert one.tags[:2] == ("seen", "private")
        assert one.nexus
        assert all(nexus.reasons for nexus in one.nexus)


TABLES: dict[str, type[Fact]] = {
    "accounts.csv": AccountPlatform,
    "anycast.csv": Anycast,
    "card_networks.csv": CardNetwork,
    "entities.csv": EntityRule,
    "holders.csv": Holder,
    "log_signs.csv": SignRule,
    "operators.csv": Operator,
    "platforms.csv": Platform,
    "regions.csv": RegionRow,
    "tld_rules.csv": TopLevelRule,
    "tokens.csv": Token,
    "upi_handles.csv": UpiHandle,
    "wallet_labels.csv": WalletLabel,
}


@pytest.mark.parametrize("name", TABLES)
def test_what_is_recalled_is_never_more_than_low(name: str) -> None:
    rows = read_rows(name, TABLES[name])
    assert rows
    assert all(row.as_of and row.source_url for row in rows)
    assert not [row for row in rows if row.recalled and row.confidence.value != "low"]


@pytest.mark.parametrize("name", TABLES)
def test_every_provider_that_a_table_names_is_listed(name: str, sources: TieSources) -> None:
    for row in read_rows(name, TABLES[name]):
        for provider in (getattr(row, "provider", "") or getattr(row, "providers", "")).split(";"):
            assert not provider or sources.providers.get(provider), f"{name}: {provider}"


def test_a_broken_row_is_named(tmp_path: Path) -> None:
    (tmp_path / "special_ranges.csv").write_text("range,tag,name\n10.0.0.0/8,private,x\n")
    with pytest.raises(UnreadableInputError, match=r"special_ranges\.csv row 2: .*standard"):
        read_rows("special_ranges.csv", SpecialRange, folder=tmp_path)


def test_lists_name_where_they_come_from() -> None:
    assert list_sources()["suffixes"].cite == "Public Suffix List, 2026-10-22"
    assert all(source.licence and len(source.sha256) == 64 for source in list_sources().values())


def test_group_without_rules_is_not_split_by_home(sources: TieSources) -> None:
    both = sources.providers.some(["telegram", "signal"])
    home = Home(state="DE", reason=Reason(text="said"))
    found = Found(providers=both, reason=Reason(text="seen"), confidence=Confidence.HIGH, home=home)
    ties = sources.providers.nexus(found, role=Role.PLATFORM)
    assert [tie.reasons[-1].text for tie in ties] == [
        "several companies of this group hold data; which one has this user's is to be asked"
    ] * 2


def test_european_economic_area_is_the_union_and_three_more() -> None:
    area = {row.state for row in read_rows("regions.csv", RegionRow) if row.region == "EEA"}
    union = {row.state for row in load_registry().data.groups["EU"] if not row.to_on}
    assert area == {*union, "IS", "LI", "NO"}

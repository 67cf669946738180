"""Labels beside crypto addresses, in texts and in the tables of block explorers."""

from pathlib import Path

import pytest

from comity.law import load_registry
from comity.leads import find_leads
from comity.leads.extract import find_in_text
from comity.leads.nexus import TieSources
from comity.leads.nexus.money import MoneyTables

_ADDRESS = "0x28C6c06298d514Db089934071355E5743bf21d60"
_OTHER = "0xdAC17F958D2ee523a2206206994597C13D831ec7"


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        (f"Binance 14: {_ADDRESS}", ("label-binance",)),
        (f"{_ADDRESS} (Binance 14)", ("label-binance",)),
        (f"{_ADDRESS} [Huobi Deposit]", ("label-huobi",)),
        (f"{_ADDRESS} (Tag: Crypto.com)", ("label-crypto.com",)),
        (f"{_ADDRESS} | Gate.io", ("label-gate.io",)),
        (f"Kraken Hot Wallet ({_ADDRESS})", ("label-kraken",)),
        (f"send from your Binance to {_ADDRESS}", ()),
        (f"{_ADDRESS} and Binance", ()),
        (f"https://binance.com/x: {_ADDRESS}", ()),
        (f"Binance:\n{_ADDRESS}", ()),
        (f"unbinanced: {_ADDRESS}", ()),
        (_ADDRESS, ()),
        (f"TRM says {_ADDRESS} is a deposit address of OKX.", ("label-okx",)),
        (f"{_ADDRESS} belongs to Kraken", ("label-kraken",)),
        (f"{_ADDRESS}, a deposit address at MEXC", ("label-mexc",)),
        (f"{_ADDRESS} has been attributed by Chainalysis to Gate.io", ("label-gate.io",)),
        (f"{_ADDRESS} (WazirX deposit address)", ("label-wazirx",)),
        (f"deposit address of KuCoin {_ADDRESS}", ("label-kucoin",)),
        (f"an OKX deposit address ({_ADDRESS})", ("label-okx",)),
        (f"wallet {_ADDRESS} held at CoinDCX", ("label-coindcx",)),
        (f"{_ADDRESS} ist eine Einzahlungsadresse von Bitfinex", ("label-bitfinex",)),
        (f"{_ADDRESS} — депозитный адрес биржи Bybit", ("label-bybit",)),
        (f"{_ADDRESS} is not a deposit address of OKX", ()),
        (f"{_ADDRESS} was paid from his Binance", ()),
        (f"{_ADDRESS} is mine, paid from a Binance account", ()),
        (f"{_ADDRESS} is new. Ask for a deposit address of OKX", ()),
        (f"from my Binance account to {_ADDRESS}", ()),
        (f"A deposit address of OKX is known. Then {_ADDRESS}", ()),
    ],
)
def test_labels_beside_an_address(text: str, tags: tuple[str, ...]) -> None:
    (seen,) = (one for one in find_in_text(text) if one.kind.value == "crypto-address")
    assert seen.tags == tags


def test_label_leads_to_the_exchange_with_low_confidence(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Binance 14: {_ADDRESS}\nbc1q6zv2khjyhx4tka2lwmvqvkv0gdtnce3ta374e6 (Garantex)\n")
    leads = find_leads([tmp_path], sources=TieSources(providers=load_registry().data.providers))
    ties = {one.value: one for one in leads.observables if one.kind.value == "crypto-address"}
    known = ties[f"ethereum:{_ADDRESS}"]
    assert [(tie.provider, tie.role.value, tie.confidence.value) for tie in known.nexus] == [
        ("binance", "exchange", "low"),
        ("", "unknown", "high"),
    ]
    assert "said-to-be-exchange" in known.tags
    unlisted = ties["bitcoin:bc1q6zv2khjyhx4tka2lwmvqvkv0gdtnce3ta374e6"].nexus[0]
    assert (unlisted.state, unlisted.provider_name, unlisted.role.value) == ("", "Garantex", "exchange")


@pytest.mark.parametrize(
    ("head", "row", "labelled"),
    [
        ("From,From_Nametag,To,To_Nametag", f"{_ADDRESS},Binance 14,{_OTHER},", {_ADDRESS: "label-binance"}),
        ("Address,Label", f"{_ADDRESS},Kraken 3", {_ADDRESS: "label-kraken"}),
        ("Address,Label", f"{_ADDRESS},somebody", {}),
        ("From,To,Label", f"{_ADDRESS},{_OTHER},Kraken 3", {}),
        ("From,To,Label", f"{_ADDRESS},{_OTHER},Kraken deposit", {_OTHER: "label-kraken"}),
        ("From,To,Exchange", f"{_ADDRESS},{_OTHER},HTX withdrawal", {_ADDRESS: "label-htx"}),
        ("Wallet,Note", f"{_ADDRESS},a deposit address of Coinbase as the tracing says", {_ADDRESS: "label-coinbase"}),
        ("Wallet,Remarks", f"{_ADDRESS},victim bought at Binance and was told to send it on", {}),
        ("Wallet,Remarks", f"{_ADDRESS},not Kraken", {}),
    ],
)
def test_labels_in_columns(head: str, row: str, labelled: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(f"{head}\n{row}\n{row}\n{row}\n")
    found = {
        one.value.removeprefix("ethereum:"): one.tags
        for one in find_leads([tmp_path]).observables
        if one.kind.value == "crypto-address"
    }
    assert {value: tags for value, tags in found.items() if tags} == {value: (tag,) for value, tag in labelled.items()}


def test_label_that_no_table_knows_ties_nothing(sources_of: TieSources) -> None:
    from comity.leads.model import Observable, ObservableKind
    from comity.leads.nexus import tie

    odd = Observable(kind=ObservableKind.CRYPTO, value=f"ethereum:{_ADDRESS}", places=(), tags=("label-nobody",))
    (tied,) = tie([odd], sources=sources_of)
    assert [one.role.value for one in tied.nexus] == ["unknown"]


@pytest.fixture
def sources_of() -> TieSources:
    return TieSources(providers=load_registry().data.providers)


def test_every_exchange_that_is_listed_has_a_label() -> None:
    providers = load_registry().data.providers
    tables = MoneyTables()
    for provider in providers:
        if any("crypto exchange" in service for service in provider.services):
            label = tables.wallet_label(provider.name.lower())
            assert label is not None, provider.name
            assert label.provider == provider.id

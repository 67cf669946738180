"""Values whose kind is known, and the view that extractors have of a text."""

import pytest

from comity.leads.extract.value import read_value
from comity.leads.extract.view import view
from comity.leads.model import ObservableKind


@pytest.mark.parametrize(
    ("kind", "raw", "values"),
    [
        (ObservableKind.IPV4, "203.0.113.9", ["203.0.113.9"]),
        (ObservableKind.IPV4, "nothing", []),
        (ObservableKind.IPV6, "::ffff:203.0.113.9", ["203.0.113.9"]),
        (ObservableKind.ASN, "as15169", ["AS15169"]),
        (ObservableKind.ASN, "ASx", []),
        (ObservableKind.FILE_HASH, "xyz", []),
        (ObservableKind.IBAN, "de89 3704 0044 0532 0130 00", ["DE89370400440532013000"]),
        (ObservableKind.IBAN, "DE00", []),
        (ObservableKind.CARD, "4111-1111-1111-1111", ["411111******1111"]),
        (ObservableKind.CARD, "4111", []),
        (ObservableKind.CRYPTO, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", ["bitcoin:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"]),
        (ObservableKind.CRYPTO, "1A1z", []),
        (ObservableKind.BANK_ACCOUNT, "'0012 3456", ["00123456"]),
        (ObservableKind.BANK_ACCOUNT, "1111111", []),
        (ObservableKind.PHONE, "+919876543210", []),
        (ObservableKind.DOMAIN, "", []),
    ],
)
def test_known_kinds(kind: ObservableKind, raw: str, values: list[str]) -> None:
    assert [seen.value for seen in read_value(kind, raw)] == values


def test_view_folds_look_alikes_and_leaves_the_rest() -> None:
    assert view("①２𝟑‐é").text == "123-é"
    assert view("plain (text) [here]").text == "plain (text) [here]"


def test_view_leads_back_before_and_after_each_change() -> None:
    text = "ab[.]cd[.]ef"
    seen_as = view(text)
    assert seen_as.text == "ab.cd.ef"
    assert [seen_as.original(at) for at in range(8)] == [0, 1, 2, 5, 6, 7, 10, 11]
    assert seen_as.span(0, 8) == (0, 12)
    assert view("ab").span(0, 2) == (0, 2)

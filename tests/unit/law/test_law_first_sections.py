"""The section that argues dual criminality: of a state's sections for an offence, the one with the fewest elements."""

from datetime import date

import pytest

from comity.law import Registry, load_registry
from comity.law.penalty import coverage

ON = date(2026, 11, 26)
FIRST = {
    "AE": {"phishing": "11", "computer_fraud": "40", "ransomware_extortion": "42", "illegal_access": "2"},
    "AU": {"illegal_access": "478.1", "data_interference": "477.2"},
    "BR": {"phishing": "171 par. 2-A", "crypto_theft": "155 par. 4-B", "illegal_access": "154-A"},
    "CA": {"computer_fraud": "380(1)(a)", "identity_theft": "403", "illegal_access": "342.1"},
    "CN": {"phishing": "266", "illegal_access": "285(2)", "money_laundering": "312", "ransomware_extortion": "274"},
    "DE": {"ransomware_extortion": "253", "identity_theft": "269", "card_fraud": "263a", "computer_fraud": "263"},
    "FR": {"sextortion": "312-10", "computer_fraud": "313-1, 313-2", "illegal_access": "323-1"},
    "GB": {"phishing": "1-4", "computer_fraud": "1-4", "sextortion": "21", "ransomware_extortion": "21"},
    "IE": {"computer_fraud": "9", "illegal_access": "2"},
    "IN": {"computer_fraud": "318(4)", "phishing": "66D", "money_laundering": "3, 4", "illegal_access": "66"},
    "JP": {"malware_distribution": "168-2", "ransomware_extortion": "234-2"},
    "NL": {"phishing": "326", "malware_distribution": "350a(3)", "illegal_access": "138ab"},
    "RU": {"phishing": "159", "computer_fraud": "159", "illegal_access": "272(1)", "malware_distribution": "273(1)"},
    "SG": {"phishing": "420(1)", "computer_fraud": "420(1)", "illegal_access": "3"},
    "US": {"phishing": "1343", "ransomware_extortion": "1030(a)(7)", "sextortion": "875(d)", "card_fraud": "1029"},
}


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


@pytest.mark.parametrize(
    ("state", "offence"), [(state, offence) for state, found in FIRST.items() for offence in found]
)
def test_the_first_section_asks_for_least(registry: Registry, state: str, offence: str) -> None:
    """No access where deceit is enough, no syndicate, no minor, no system of the state, no intent beyond the act."""
    assert coverage(registry, state, offence, ON).ordinary[0].section == FIRST[state][offence]

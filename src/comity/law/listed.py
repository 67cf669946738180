"""The categories of offences for which acts of the Union lift the test of dual criminality.

They are the same in Framework Decision 2002/584/JHA art. 2(2) and in the annexes of the acts that came after it, such
as Annex IV of Regulation (EU) 2023/1543, with the maximum of three years in the issuing state.
"""

from types import MappingProxyType

#: Canonical offences that fall under a category by their nature, and the category.
CATEGORY_OF = MappingProxyType(
    {
        **dict.fromkeys(
            (
                "illegal_access",
                "illegal_interception",
                "data_interference",
                "system_interference",
                "misuse_of_devices",
                "computer_forgery",
                "ddos",
                "malware_distribution",
            ),
            "computer-related crime",
        ),
        **dict.fromkeys(("computer_fraud", "online_investment_fraud", "business_email_compromise"), "fraud"),
        **dict.fromkeys(
            ("csam_production", "csam_distribution", "csam_possession"),
            "sexual exploitation of children and child pornography",
        ),
        "ransomware_extortion": "racketeering and extortion",
        "money_laundering": "laundering of the proceeds of crime",
        "drug_trafficking_online": "illicit trafficking in narcotic drugs",
        "hate_speech_racism": "racism and xenophobia",
        "cyber_terrorism": "terrorism",
    }
)

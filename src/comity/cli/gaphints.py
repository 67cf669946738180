"""Where in the case file the gaps of a letter are filled."""

from collections.abc import Iterator
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from comity.letters.checks import Report

#: Keys of the case file for contents that no statement gives.
_KEYS = MappingProxyType(
    {
        "about": "[[earlier_steps]] of the same measure and state, with its reference and day",
        "addressee": '[[statements]] field = "addressee.languages", or your own law data with --over',
        "assistance": "the evidence itself: comity plan shows what each step asks for, and why",
        "assistance.period": "[[events]], or the mails and payments in the evidence, with their times",
        "assistance.subjects": "the evidence itself: exact accounts, addresses and names; times with their offset",
        "court": "[court]",
        "dual_criminality": "[[offences]] sections; the rest comes from the law data",
        "earlier": "[[earlier_steps]]",
        "offences": "[[offences]]",
        "offences.provisions": "[[offences]] sections",
        "payments": "the evidence itself: statements and confirmations of payment, with times and their offset",
        "persons": "[[suspects]] name, nationality, born, identity, residence",
        "requesting.contacts": "[authority] contact (e-mail), telephone",
        "signatures": "[authority] signatory",
    }
)


def hints(report: "Report") -> Iterator[str]:
    """For each gap what fills it; nothing for a translation, which has a file of its own."""
    from comity.letters.compose import statement_fields
    from comity.letters.drafted import UNTRANSLATED

    stated = statement_fields()
    for gap in report.gaps:
        if gap.id == UNTRANSLATED:
            yield f"{gap.title}: comity letter xliff export, then import"
        elif gap.field in stated:
            yield f'{gap.title}: [[statements]] field = "{gap.field}"'
        elif gap.field in _KEYS:
            yield f"{gap.title}: {_KEYS[gap.field]}"

"""How a provision is named where people read it."""

import re

_TREATY_ARTICLE = re.compile(r"\d+\w{0,3}(?! [A-Z])\b")


_STATUTE = re.compile(r"\d+ [A-Z]{2,}")


#: States whose acts have sections, and those whose codes have paragraphs; the codes of all others have articles.
_SECTIONS = frozenset(
    "AG AU BB BD BS BW BZ CA CY FJ GB GD GG GH GI GM GY HK IE IL IM IN JE JM KE KY LK LS MM MT MU MW MY NA NG NP NZ PG "
    "PH PK SB SC SE SG SL SZ TH TO TT TZ UG VG WS ZA ZM ZW".split()
)
_PARAGRAPHS = frozenset({"AT", "CZ", "DE", "DK", "EE", "HU", "NO", "SK", "US"})


def mark_of(state: str) -> str:
    """What stands before the number of a provision of a state's own law: ``s.``, ``art.`` or ``§``."""
    if state in _PARAGRAPHS:
        return "§"
    return "s." if state in _SECTIONS else "art."


def is_statute(provision: str) -> bool:
    """Whether a provision is of a state's own code, such as ``18 USC 2703(f)``, and no article of a treaty."""
    return _STATUTE.match(provision) is not None


def cite_article(article: str) -> str:
    """An article as a page names it: ``Art. 18``, but ``practice`` and ``18 USC 2703`` as they are."""
    return f"Art. {article}" if _TREATY_ARTICLE.match(article) else article

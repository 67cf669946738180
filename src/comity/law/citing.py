"""How a provision is named where people read it."""

import re

_TREATY_ARTICLE = re.compile(r"\d+\w{0,3}(?! [A-Z])\b")


_STATUTE = re.compile(r"\d+ [A-Z]{2,}")


def is_statute(provision: str) -> bool:
    """Whether a provision is of a state's own code, such as ``18 USC 2703(f)``, and no article of a treaty."""
    return _STATUTE.match(provision) is not None


def cite_article(article: str) -> str:
    """An article as a page names it: ``Art. 18``, but ``practice`` and ``18 USC 2703`` as they are."""
    return f"Art. {article}" if _TREATY_ARTICLE.match(article) else article

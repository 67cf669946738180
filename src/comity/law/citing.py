"""How a provision is named where people read it."""

import re

_TREATY_ARTICLE = re.compile(r"\d+\w{0,3}(?! [A-Z])\b")


def cite_article(article: str) -> str:
    """An article as a page names it: ``Art. 18``, but ``practice`` and ``18 USC 2703`` as they are."""
    return f"Art. {article}" if _TREATY_ARTICLE.match(article) else article

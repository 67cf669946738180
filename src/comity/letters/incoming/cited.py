"""Articles as an answer cites them."""


def cited(article: str) -> str:
    """An article with the word that our data leave out.

    >>> cited("18(3)"), cited("comity")
    ('article 18(3)', 'comity')
    """
    return f"article {article}" if article[:1].isdigit() else article

from comity.law.citing import cite_article


def test_articles_are_cited_and_other_laws_named() -> None:
    assert [cite_article(text) for text in ("18(3)", "13bis, 14", "practice", "18 USC 2703(f)", "")] == [
        "Art. 18(3)",
        "Art. 13bis, 14",
        "practice",
        "18 USC 2703(f)",
        "",
    ]

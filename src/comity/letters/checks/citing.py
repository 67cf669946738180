"""Which of the articles behind a requirement concern a letter: those of its own instrument, and practice there."""

from types import MappingProxyType

from comity.letters.checks.expected import OUTGOING, Expected
from comity.letters.model import Letter

#: How the table of requirements begins the articles of an instrument, and the instrument's id.
_INSTRUMENTS = MappingProxyType(
    {
        "UNTOC": "untoc",
        "UNCAC": "uncac",
        "UNCC": "uncc",
        "Budapest": "budapest",
        "AP2": "budapest-ap2",
        "ETS 24": "coe-extradition-1957",
        "ETS 30": "coe-mla-1959",
        "ETS 99": "coe-mla-ap1",
        "ETS 141": "coe-confiscation-1990",
        "CETS 182": "coe-mla-ap2",
        "CETS 198": "coe-confiscation-2005",
        "ETS": "",
        "CETS": "",
        "EIO": "eu-eio",
        "EAW": "eu-eaw",
        "2023/1543": "eu-e-evidence",
        "OAS": "oas-mla-1992",
        "ASEAN": "asean-mlat-2004",
        "Minsk": "cis-minsk-1993",
        "Egmont": "egmont",
        "I-GRIP": "interpol",
        "G7": "g7-24-7",
        "in-us": "in-us-mlat-2001",
    }
)
#: The law and practice of a state, where it is asked.
_THERE = MappingProxyType({"18 USC": "US", "Fed. R. Crim. P.": "US", "2703(d)": "US", "UK practice": "GB"})
#: The law of a state, where it asks.
_HERE = MappingProxyType({"BNSS": "IN"})


def own_articles(articles: str, letter: Letter, expected: Expected) -> str:
    """The articles that concern the letter; all of them, where it arrived and its instrument is not known."""
    if not expected.instrument and OUTGOING not in expected.circumstances:
        return articles
    pieces = [piece.strip() for piece in articles.split(";")]
    return "; ".join(piece for piece in pieces if piece and _concerns(piece, letter, expected))


def _concerns(piece: str, letter: Letter, expected: Expected) -> bool:
    for table, own in (
        (_INSTRUMENTS, expected.instrument),
        (_THERE, expected.state),
        (_HERE, letter.requesting.state),
    ):
        begins = [start for start in table if piece == start or piece.startswith(f"{start} ")]
        if begins:
            return table[max(begins, key=len)] == own
    return True

"""In which language a letter is written: by its script, and for Latin letters by the commonest words."""

import re
from types import MappingProxyType

_SCRIPTS = MappingProxyType(
    {
        "ar": re.compile("[\u0600-\u06ff]"),
        "hi": re.compile("[\u0900-\u097f]"),
        "zh": re.compile("[\u4e00-\u9fff]"),
        "ru": re.compile("[\u0400-\u04ff]"),
    }
)
_LATIN = re.compile("[A-Za-zÀ-ɏ]")
_WORDS = MappingProxyType(
    {
        "en": frozenset("the of and to in is for that this with be by on are which we under from".split()),
        "fr": frozenset("le la les des et du en une est pour que dans par sur au aux nous qui avec".split()),
        "es": frozenset("el la los las de y del en que un una por con para se su al como".split()),
        "pt": frozenset("o a os as de e do da em que um uma por com para se dos das ao não".split()),
        "de": frozenset("der die das und in den von zu mit des ist für auf dem ein eine werden wird sich".split()),
    }
)
_UNREAD = MappingProxyType(
    {
        "nl": frozenset("het een van dat op te zijn wordt niet met voor naar aan bij wij ons gaarne rekening".split()),
        "it": frozenset("il lo gli di della che non sono alla nel per con del si è più dei delle dal".split()),
        "tr": frozenset("ve bir bu için ile olarak tarafından olan hakkında da".split()),
    }
)
"""Languages that share words with those that are read, and are none of them."""
_OTHER_CYRILLIC = re.compile("[іїєґўјљњћџ]", re.IGNORECASE)
LETTERS_MAX = 200_000
_CHINESE_WEIGHT = 3
"""A Chinese character says as much as some Latin letters."""


def language_of(text: str) -> tuple[str, bool]:
    """ISO 639 code and whether it is sure; empty: none that we know."""
    sample = text[:LETTERS_MAX]
    counts = {code: len(pattern.findall(sample)) for code, pattern in _SCRIPTS.items()}
    counts["zh"] *= _CHINESE_WEIGHT
    latin = len(_LATIN.findall(sample))
    code, most = max(counts.items(), key=lambda item: item[1])
    if most > latin:
        return code, not (code == "ru" and _OTHER_CYRILLIC.search(sample))
    return _of_words(sample)


def _of_words(sample: str) -> tuple[str, bool]:
    words = re.findall(r"[^\W\d_]+", sample.casefold())
    known_words = {**_WORDS, **_UNREAD}
    scores = {code: sum(word in known for word in words) for code, known in known_words.items()}
    (best, first), (_, second) = sorted(scores.items(), key=lambda item: -item[1])[:2]
    if not words or first < max(2, len(words) * 0.05):
        return "", False
    return ("", False) if best in _UNREAD else (best, first > second * 1.3)

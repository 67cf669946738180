"""Domain names made to be taken for others: look-alike letters (UTS 39), letters changed, known names as parts.

The known names are ``data/brands.csv`` and those that the caller protects (the victims' own). A domain is judged by
what can be seen in it; that it looks like another is a finding for a person, never a proof.
"""

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from comity.leads.mail.hosts import registrable, shown_name

_ASCII_ALIKE = str.maketrans({"0": "o", "1": "l", "i": "l", "3": "e", "5": "s", "4": "a", "7": "t", "8": "b", "9": "g"})
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_SHORTEST_FOR_ONE = 6
_SHORTEST_FOR_TWO = 10
_MOST_LETTERS_APART = 4
"""Two changes bring in two letters and take away two at most: sets of letters further apart need no closer look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What a domain resembles and how."""

    code: str
    """``look-alike-domain`` or ``known-name-in-host``."""
    known: str
    """The domain that it resembles."""
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """A well-known name and the domains that are its own."""

    word: str
    domains: tuple[str, ...]


@lru_cache(maxsize=1)
def load_brands() -> tuple[Brand, ...]:
    """``data/brands.csv``."""
    text = files("comity.leads.mail").joinpath("data/brands.csv").read_text("utf-8")
    return tuple(
        Brand(word=row["word"], domains=tuple(row["domains"].split(";"))) for row in csv.DictReader(text.splitlines())
    )


@lru_cache(maxsize=1)
def _confusables() -> dict[int, str]:
    table: dict[int, str] = {}
    text = files("comity.leads.mail").joinpath("data/confusables.txt").read_text("utf-8")
    for line in text.split("\n"):
        prototype, _, alike = line.partition(" ")
        if prototype and not line.startswith("#"):
            table.update(dict.fromkeys(map(ord, alike), prototype))
    return table


@lru_cache(maxsize=16_384)
def skeleton(text: str) -> str:
    """A text with look-alike letters made one (UTS 39 4, narrowed to what host names hold)."""
    # The table comes first: compatibility forms that it does not know fall to plain letters afterwards.
    plain = unicodedata.normalize("NFKD", text.translate(_confusables()).casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).translate(_confusables())


@lru_cache(maxsize=16_384)
def folded(text: str) -> str:
    """A skeleton with digits and pairs that pass for letters made one."""
    out = skeleton(text)
    for pair, single in _PAIRS:
        out = out.replace(pair, single)
    return out.translate(_ASCII_ALIKE)


def scripts_of(text: str) -> frozenset[str]:
    """The scripts of the letters in a text, as the first word of each letter's Unicode name."""
    names = (unicodedata.name(sign, "") for sign in text if sign.isalpha())
    return frozenset(name.split(" ", 1)[0] for name in names if name)


def is_mixed_script(label: str) -> bool:
    """Whether one label mixes Latin with letters of a script that has look-alikes for it (UTS 39 5.1)."""
    scripts = scripts_of(label)
    return "LATIN" in scripts and bool(scripts & {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU"})


@lru_cache(maxsize=8192)
def find_likeness(name: str, protected: tuple[str, ...] = ()) -> Likeness | None:
    """What a host name (A-label form) is made to resemble; None: nothing known, or it is the known name itself."""
    domain = registrable(name)
    if not domain or domain in _own_domains(protected):
        return None
    label = shown_name(domain).split(".", 1)[0]
    shape = _shape(label)
    letters, alike = shape.letters, shape.folded
    for known, other in _known_shapes(protected):
        if (letters ^ other.plain_letters).bit_count() > _MOST_LETTERS_APART and alike != other.folded:
            continue  # nothing that `_resemblance` could find
        how = _resemblance(shape, other)
        if how:
            return Likeness(code="look-alike-domain", known=known, how=how)
    return _known_part(name, domain, label, protected)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """What of a label is compared, worked out once."""

    label: str
    skeleton: str
    folded: str
    letters: int
    """The set of the skeleton's letters, as `_letters` gives it."""
    plain_letters: int
    """The same of the label as it is."""


def _shape(label: str) -> _Shape:
    plain = skeleton(label)
    return _Shape(
        label=label, skeleton=plain, folded=folded(label), letters=_letters(plain), plain_letters=_letters(label)
    )


def _letters(text: str) -> int:
    """The set of the letters of a text, one bit each; some share one."""
    bits = 0
    for sign in text:
        bits |= 1 << (ord(sign) & 63)
    return bits


@lru_cache(maxsize=16)
def _known_shapes(protected: tuple[str, ...]) -> tuple[tuple[str, _Shape], ...]:
    return tuple((known, _shape(known.split(".", 1)[0])) for known in _known_domains(protected))


@lru_cache(maxsize=16)
def _own_domains(protected: tuple[str, ...]) -> frozenset[str]:
    return frozenset(domain for brand in load_brands() for domain in brand.domains) | frozenset(protected)


@lru_cache(maxsize=16)
def _known_domains(protected: tuple[str, ...]) -> tuple[str, ...]:
    """One domain for each name that is looked for: the caller's come first."""
    first = [registrable(name) or name for name in protected]
    return tuple(dict.fromkeys([*first, *(brand.domains[0] for brand in load_brands())]))


def _resemblance(shape: _Shape, known: _Shape) -> str:
    if shape.label == known.label or len(known.label) < 4:
        return ""
    if not shape.label.isascii() and shape.skeleton == known.skeleton:
        return "letters of another script or form"
    if shape.folded == known.folded:
        return "characters that look alike"
    if len(known.label) < _SHORTEST_FOR_ONE or abs(len(shape.label) - len(known.label)) > 2:
        return ""
    distance = edit_distance(shape.skeleton, known.label, at_most=2)
    if distance == 1 or (distance == 2 and len(known.label) >= _SHORTEST_FOR_TWO):
        return "one letter differs" if distance == 1 else "two letters differ"
    return ""


def _known_part(name: str, domain: str, label: str, protected: tuple[str, ...]) -> Likeness | None:
    tokens = set(re.split(r"[.-]", skeleton(shown_name(name).removesuffix(f".{domain}"))))
    tokens |= set(skeleton(label).split("-")) if "-" in label else set()
    if name == domain and "-" not in label:
        return None
    for known in _known_domains(protected):
        word = known.split(".", 1)[0]
        if len(word) >= 5 and word in tokens and word != label:
            return Likeness(code="known-name-in-host", known=known, how="the name stands in it as a part")
    return None


def edit_distance(one: str, other: str, *, at_most: int) -> int:
    """Letters added, left out, changed or swapped with a neighbour (optimal string alignment).

    More than `at_most` counts as ``at_most + 1``.
    """
    if abs(len(one) - len(other)) > at_most or len(one) > 64:
        return at_most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, sign in enumerate(one, start=1):
        current = [row]
        for column, facing in enumerate(other, start=1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (sign != facing))
            if row > 1 and column > 1 and sign == other[column - 2] and one[row - 2] == facing:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > at_most:
            return at_most + 1
        before, last = last, current
    return min(last[-1], at_most + 1)


def brand_in_words(text: str) -> Brand | None:
    """The known name that stands in a display name as a word of its own (``MetaMask Support``); None: none."""
    words = set(re.findall(r"[^\W_]+(?:\.[a-z]{2,4})?", skeleton(text[:300])))
    joined = re.sub(r"[\W_]+", "", skeleton(text[:300]))
    for brand in load_brands():
        if brand.word in words or (len(brand.word) >= 8 and joined.startswith(brand.word)):
            return brand
    return None


def is_brands_own(brand: Brand, domain: str) -> bool:
    """Whether a domain belongs to a known name: listed, or the same label under another suffix (``amazon.com.tr``)."""
    return domain in brand.domains or domain.split(".", 1)[0] == brand.word.split(".", 1)[0]

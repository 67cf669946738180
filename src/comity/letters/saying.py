"""How the arguments of a template are said in a language: names, dates, numbers and counts by CLDR, terms by catalogue.

The kinds: ``state`` (ISO 3166 code), ``date`` (ISO 8601 date or RFC 3339 instant), ``number``, ``money`` (currency and
amount, joined by ``;``), ``languages`` ``states`` (codes joined by ``;``), ``either`` (names joined by ``;``, of which
it is one), ``phrases`` (`phrases_of`), ``signs`` (ids joined by ``;``), ``requirement`` (`requirement_of`),
``measure`` ``field`` ``ground`` ``verdict`` (ids), ``offences`` ``elements`` ``listed`` (ids joined by ``;``),
``instrument`` (its id and its title, after a space), ``article``, ``holder``, ``laws`` (``Law, s. 1; Law, s. 2``), and
the counts ``victims`` ``words`` ``days`` ``years``, which follow the plural rules of the language.
"""

import re
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

import msgspec

from comity.law import state_name
from comity.law.citing import is_statute

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

#: The variant of a language whose dates and numbers letters follow, where CLDR's first is another.
_LOCALES = {"en": "en_GB", "pt": "pt_PT", "zh": "zh_Hans"}
_COUNTS = frozenset({"victims", "words", "days", "years"})
_TERMS = frozenset({"measure", "field", "ground", "verdict"})
_LISTS = {"offences": "offence", "elements": "element", "listed": "listed"}
_INSTRUMENT = re.compile(r"(?P<id>[a-z][a-z0-9-]*)(?: (?P<title>.+))?")
_BILATERAL = re.compile(r"(?P<a>[a-z]{2})-(?P<b>[a-z]{2})-(?P<type>[a-z][a-z-]*?)(?:-(?P<year>\d{4}))?")
_SECTION = re.compile(r"(?P<law>.+?), (?P<mark>s\.|art\.|§) (?P<section>[^,;]+)(?P<rest>.*)")
_MARKS = {"s.": "cite.section", "art.": "cite.article_of", "§": "cite.paragraph_of"}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "dv", "yi", "ckb", "sd", "ug"})


class Words(Protocol):
    """What is needed of a catalogue."""

    @property
    def language(self) -> str: ...
    @property
    def entries(self) -> "Mapping[str, str]": ...
    def say(self, key: str, **arguments: str) -> str: ...
    def named(self, section: str, name: str, otherwise: str = "") -> str: ...


def said(words: Words, value: str, kind: str) -> str:
    """An argument in the language of a catalogue; as it is where the kind is empty."""
    if kind in _COUNTS:
        return counted(words, kind, value)
    if kind in _TERMS:
        return words.named(kind, value)
    if kind in _LISTS:
        return listed(words, [words.named(_LISTS[kind], one) for one in value.split(";") if one])
    say = _KINDS.get(kind)
    return say(words, value) if say else value


def locale_of(language: str) -> str:
    """The CLDR locale whose dates and numbers letters in a language follow."""
    return _LOCALES.get(language, language.replace("-", "_"))


def direction(language: str) -> str:
    """``rtl`` or ``ltr``."""
    return "rtl" if language.split("-", maxsplit=1)[0].lower() in RIGHT_TO_LEFT else "ltr"


def day(words: Words, iso: str) -> str:
    """An ISO 8601 date, or an RFC 3339 instant, in words; the clock stays in figures, with its offset.

    What is neither stays as it is.
    """
    from babel.dates import format_date

    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    written = str(format_date(moment.date(), "long", locale=locale_of(words.language)))
    if len(iso) <= len("2026-11-24"):
        return written
    clock = moment.strftime("%H:%M:%S" if moment.second else "%H:%M")
    offset = moment.isoformat()[-len("+00:00") :] if moment.tzinfo else ""
    return f"{written} {clock} ({offset})" if offset else f"{written} {clock}"


def number(words: Words, value: str) -> str:
    """A decimal number with the separators of the language; what is none stays as it is."""
    from babel.numbers import format_decimal

    try:
        exact = Decimal(value)
    except InvalidOperation:
        return value
    if not exact.is_finite():
        return value
    places = max(0, -int(exact.as_tuple().exponent))
    pattern = "#,##,##0" if words.language == "hi" else "#,##0"
    written = format_decimal(
        exact, f"{pattern}.{'0' * places}" if places else pattern, locale=locale_of(words.language)
    )
    return str(written)


def money(words: Words, value: str) -> str:
    """Sums, each with its ISO 4217 code before it."""
    sums = [one.strip().rpartition(" ") for one in value.split(";") if one.strip()]
    # a comma would be read as the mark of a decimal
    written = [f"{currency} {number(words, exact_amount(amount, currency))}".strip() for currency, _, amount in sums]
    return listed_by_semicolon(words, written)


def exact_amount(amount: str, currency: str) -> str:
    """A decimal as sums are written everywhere in a letter: whole, or with all the decimals of its currency."""
    from babel.numbers import get_currency_precision

    try:
        value = Decimal(amount)
    except InvalidOperation:
        return amount
    if not value.is_finite() or value == value.to_integral_value():
        return f"{value:f}".partition(".")[0]
    own = -int(value.normalize().as_tuple().exponent)
    return f"{value:.{max(own, get_currency_precision(currency))}f}"


def counted(words: Words, what: str, value: str) -> str:
    """A number of things, in the plural form that CLDR gives for it."""
    from babel import Locale

    try:
        form = Locale.parse(locale_of(words.language)).plural_form(Decimal(value))
    except InvalidOperation:
        form = "other"
    key = f"count.{what}.{form}"
    return words.say(key if key in words.entries else f"count.{what}.other", number=value)


def plural_forms(language: str) -> tuple[str, ...]:
    """The plural categories of a language (CLDR); ``other`` is the last."""
    from babel import Locale

    return (*sorted(Locale.parse(locale_of(language)).plural_form.tags), "other")


def mark(words: Words, name: str) -> str:
    """A punctuation mark with the space that the language puts around it."""
    return words.entries[f"mark.{name}"].replace("_", " ")


def in_brackets(words: Words, what: str) -> str:
    """Words in brackets behind others, with the space that the language puts before them."""
    return words.say("cite.brackets", what=what).replace("_", " ", 1)


def listed(words: Words, names: list[str]) -> str:
    """Names in a row, with the separator of the language."""
    return mark(words, "comma").join(names)


def language_names(words: Words, value: str) -> str:
    """Names of languages, from their codes."""
    from babel import Locale

    names = Locale.parse(locale_of(words.language)).languages
    return listed(
        words, [str(names.get(code.strip(), code.strip())) for code in re.split("[;,]", value) if code.strip()]
    )


def state(words: Words, code: str) -> str:
    """The name of a state as it stands in a sentence: English puts an article before some."""
    name = state_name(code, locale_of(words.language))
    return f"the {name}" if code in words.entries.get("mark.with_article", "").split() else name


def instrument(words: Words, value: str) -> str:
    """The title of an instrument: the official one where the language has it, else a translation.

    A treaty between two states gets the names of both, because many have the same title.
    """
    found = _INSTRUMENT.fullmatch(value)
    if found is None:
        return value
    known = words.entries.get(f"instrument.{found['id']}")
    if known:
        return known
    title = found["title"] or ""
    pair = _BILATERAL.fullmatch(found["id"])
    return _between(words, title, pair) if pair else title or value


def _between(words: Words, title: str, pair: re.Match[str]) -> str:
    # in English the words of the law data stand, since they are the official ones where those are known
    own = "" if words.language == "en" else words.entries.get(f"treaty.{pair['type']}", "")
    a, b = (state(words, pair[side].upper()) for side in "ab")
    titled = own or title
    if not own and a.split()[-1] in title and b.split()[-1] in title:
        return title
    key = "treaty.between_year" if pair["year"] else "treaty.between"
    return words.say(key, title=titled, a=a, b=b, year=pair["year"] or "")


def article(words: Words, value: str) -> str:
    """An article as one cites it; numbers get the word that the data leave out, sections of a code none.

    What the data write in English between two provisions is a mark in other languages.
    """
    if words.language != "en" and " with " in value:
        return listed_by_semicolon(words, [article(words, piece.strip()) for piece in value.split(" with ")])
    if value[:1].isdigit() and not is_statute(value):
        return words.say("cite.article", number=value)
    return citation(words, value)


def states(words: Words, value: str) -> str:
    """Names of states, from their codes."""
    return listed(words, [state(words, code) for code in value.split(";") if code])


def either(words: Words, value: str) -> str:
    """Names of which it is one, joined by *or* (CLDR)."""
    from babel.lists import format_list

    names = [name for name in value.split(";") if name]
    return str(format_list(names, style="or", locale=locale_of(words.language)))


def phrases_of(said: "Iterable[tuple[str, Mapping[str, str]]]") -> str:
    """Phrases with their arguments as one argument of another phrase: JSON."""
    return msgspec.json.encode(list(said), order="deterministic").decode()


def phrases(words: Words, value: str) -> str:
    """Phrases in a row."""
    said = msgspec.json.decode(value, type=list[tuple[str, dict[str, str]]])
    return listed_by_semicolon(words, [words.say(key, **about) for key, about in said])


def requirement_of(*, own: str, field: str, title: str) -> str:
    """A requirement as one argument of a phrase; `own`: its id, empty for what only an article asks for."""
    return f"{own or '-'} {field or '-'} {title}"


def requirement(words: Words, value: str) -> str:
    """The title of a requirement; what only an article asks for is called as its field outside English."""
    own, field, title = value.split(" ", maxsplit=2)
    if own == "-" and words.language != "en":
        return words.named("field", field, title)
    return words.named("requirement", f"{own}.title", title)


def signs(words: Words, value: str) -> str:
    """Why a thing bears on the offence, from the plan's signs."""
    return listed_by_semicolon(words, [words.say(f"sign.{name.replace('-', '_')}") for name in value.split(";")])


def citation(words: Words, value: str) -> str:
    """Articles as the tables cite them (``UNTOC 18(15)(a); provider practice``), with names in the language."""
    return listed_by_semicolon(words, [_cited(words, piece.strip()) for piece in value.split(";") if piece.strip()])


def listed_by_semicolon(words: Words, pieces: list[str]) -> str:
    """Pieces that hold commas themselves, in a row."""
    return mark(words, "semicolon").join(pieces)


def _cited(words: Words, piece: str) -> str:
    whole = words.entries.get(f"cited.{_slug(piece)}")
    if whole:
        return whole
    first, _, rest = piece.partition(" ")
    return f"{words.named('cited', _slug(first), first)} {rest}".strip()


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_")


def laws(words: Words, value: str) -> str:
    """Sections of laws: the law by its own name, the section as the language cites one."""
    return listed_by_semicolon(words, [law(words, piece) for piece in value.split("; ") if piece])


def law(words: Words, piece: str) -> str:
    """One law with its section; a law of a state that uses the language by its own name."""
    found = _SECTION.fullmatch(piece)
    if found is None:
        return piece
    named = words.named("law", _slug(found["law"]), found["law"])
    return words.say(_MARKS[found["mark"]], law=named, section=found["section"]) + found["rest"]


def holder(words: Words, value: str) -> str:
    """Who has the data; in the words of the language where the plan knows no name."""
    return words.named("holder", _unnamed_holders().get(value, ""), value)


@lru_cache(maxsize=1)
def _unnamed_holders() -> "Mapping[str, str]":
    from comity.letters.wording import catalogue

    prefix = "holder."
    return {said: key.removeprefix(prefix) for key, said in catalogue().entries.items() if key.startswith(prefix)}


_KINDS: "Mapping[str, Callable[[Words, str], str]]" = {
    "article": article,
    "citation": citation,
    "date": day,
    "either": either,
    "holder": holder,
    "instrument": instrument,
    "languages": language_names,
    "laws": laws,
    "money": money,
    "number": number,
    "phrases": phrases,
    "requirement": requirement,
    "signs": signs,
    "state": state,
    "states": states,
}

"""Names and official languages of states (CLDR, by Babel) and their codes (ISO 3166, by pycountry).

Both libraries are loaded at the first question, so that importing `comity.law` stays fast.
"""

from functools import cache

#: Codes that ISO 3166 leaves to its users and that treaties and this data need, each with its reason.
USER_ASSIGNED = {
    "XK": "Kosovo: the code that the European Union, CLDR and treaty offices use; ISO 3166 has none",
}


@cache
def is_state(code: str) -> bool:
    """Whether ``code`` is an ISO 3166-1 alpha-2 code, territories included, or one of `USER_ASSIGNED`."""
    if code in USER_ASSIGNED:
        return True
    from pycountry import countries  # noqa: PLC0415  (40 ms; asked only when a code must be judged)

    return len(code) == 2 and code.isupper() and countries.get(alpha_2=code) is not None


@cache
def all_states() -> tuple[str, ...]:
    """Every code that `is_state` accepts, alphabetically."""
    from pycountry import countries  # noqa: PLC0415

    return tuple(sorted({country.alpha_2 for country in countries} | set(USER_ASSIGNED)))


@cache
def state_name(code: str, language: str = "en") -> str:
    """The short name of a state or group in a language (CLDR locale such as ``en``, ``ar``, ``pt_BR``).

    The code itself where CLDR has no name; English where it does not know the language.
    """
    return _locale_names(language).get(code) or _locale_names("en").get(code) or code


@cache
def official_languages(code: str) -> tuple[str, ...]:
    """ISO 639 codes of the languages that are official, in law or in fact, in the whole state; may be empty."""
    from babel.languages import get_official_languages  # noqa: PLC0415

    languages = [tag.split("_")[0] for tag in get_official_languages(code, de_facto=True)]
    return tuple(dict.fromkeys(languages))


@cache
def is_language(code: str) -> bool:
    """Whether ``code`` is an ISO 639 code (two letters, or three where there are no two)."""
    from pycountry import languages  # noqa: PLC0415

    return languages.get(**{"alpha_2" if len(code) == 2 else "alpha_3": code}) is not None


@cache
def _locale_names(language: str) -> dict[str, str]:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415

    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse("en")
    return {str(code): str(name) for code, name in locale.territories.items()}

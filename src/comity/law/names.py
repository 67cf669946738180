"""Names and official languages of states (CLDR, by Babel) and their codes (ISO 3166, by pycountry).

Both libraries are loaded at the first question, so that importing `comity.law` stays fast.
"""

from functools import cache

from comity.law.errors import UnknownTermError

#: Codes that ISO 3166 leaves to its users and that treaties and this data need, each with its reason.
USER_ASSIGNED = {
    "XK": "Kosovo: the code that the European Union, CLDR and treaty offices use; ISO 3166 has none",
}


@cache
def is_state(code: str) -> bool:
    """Whether ``code`` is an ISO 3166-1 alpha-2 code, territories included, or one of `USER_ASSIGNED`."""
    if code in USER_ASSIGNED:
        return True
    from pycountry import countries

    return len(code) == 2 and code.isupper() and countries.get(alpha_2=code) is not None


@cache
def all_states() -> tuple[str, ...]:
    """Every code that `is_state` accepts, alphabetically."""
    from pycountry import countries

    return tuple(sorted({country.alpha_2 for country in countries} | set(USER_ASSIGNED)))


@cache
def state_name(code: str, language: str = "en") -> str:
    """The short name of a state or group in a language (CLDR locale such as ``en``, ``ar``, ``pt_BR``).

    The code itself where CLDR has no name; English where it does not know the language.
    """
    return _locale_names(language).get(code) or _locale_names("en").get(code) or code


def parse_state(text: str) -> str:
    """The code of a state given by code, by a code that CLDR knows as its alias (UK), or by an English name.

    Names are CLDR's, those of ISO 3166 (short, official, common), and those that people write beside them.
    UnknownTermError names the nearest where there is none.
    """
    code = text.strip().upper()
    if is_state(code):
        return code
    alias = _aliases().get(code, ())
    if len(alias) == 1 and is_state(alias[0]):
        return alias[0]
    found = _by_name().get(" ".join(text.split()).casefold())
    if found is None:
        raise UnknownTermError(what="state", term=text, known=[*all_states(), *(state_name(s) for s in all_states())])
    return found


#: English names that neither CLDR nor ISO 3166 has, and parts of a state whose treaties are the state's.
_ALSO = {
    "burma": "MM",
    "cape verde": "CV",
    "czech republic": "CZ",
    "england": "GB",
    "england and wales": "GB",
    "great britain": "GB",
    "holland": "NL",
    "hong kong": "HK",
    "ivory coast": "CI",
    "macao": "MO",
    "macau": "MO",
    "macedonia": "MK",
    "northern ireland": "GB",
    "palestine": "PS",
    "republic of ireland": "IE",
    "scotland": "GB",
    "swaziland": "SZ",
    "turkey": "TR",
    "uae": "AE",
    "usa": "US",
    "vatican": "VA",
    "wales": "GB",
}


@cache
def _by_name() -> dict[str, str]:
    """Codes by name, casefolded; where two sources differ CLDR's is kept."""
    from pycountry import countries

    found = dict(_ALSO)
    for country in countries:
        for field in ("name", "official_name", "common_name"):
            name = getattr(country, field, "")
            if name:
                found[name.casefold()] = country.alpha_2
    return found | {state_name(state).casefold(): state for state in all_states()}


@cache
def _aliases() -> dict[str, tuple[str, ...]]:
    """Codes that once were or are used for others (CLDR supplemental data): a code and what it stands for."""
    from babel.core import get_global

    return {str(code): tuple(map(str, stands)) for code, stands in get_global("territory_aliases").items()}


@cache
def official_languages(code: str) -> tuple[str, ...]:
    """ISO 639 codes of the languages that are official, in law or in fact, in the whole state; may be empty."""
    from babel.languages import get_official_languages

    languages = [tag.split("_")[0] for tag in get_official_languages(code, de_facto=True)]
    return tuple(dict.fromkeys(languages))


@cache
def is_language(code: str) -> bool:
    """Whether ``code`` is an ISO 639 code (two letters, or three where there are no two)."""
    from pycountry import languages

    return languages.get(**{"alpha_2" if len(code) == 2 else "alpha_3": code}) is not None


@cache
def language_name(code: str, language: str = "en") -> str:
    """The name of a language in another (CLDR), in English where CLDR does not say it there; else the code itself."""
    from babel import Locale

    named = (Locale.parse(one.replace("-", "_")).languages.get(code) for one in (language, "en"))
    return str(next((name for name in named if name), code))


@cache
def _locale_names(language: str) -> dict[str, str]:
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse("en")
    return {str(code): str(name) for code, name in locale.territories.items()}

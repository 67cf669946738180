"""Names."""

from functools import lru_cache


@lru_cache(maxsize=4)
def _territories(language: str) -> dict[str, str]:
    from babel import Locale

    return dict(Locale.parse(language).territories)


def state_name(code: str, language: str = "en") -> str:
    return _territories(language).get(code, code)


@lru_cache(maxsize=1)
def state_codes() -> frozenset[str]:
    import pycountry

    return frozenset(c.alpha_2 for c in pycountry.countries) | {"XK"}


def is_state(code: str) -> bool:
    return code in state_codes()


def parse_state(text: str) -> str:
    code = text.upper()
    if is_state(code):
        return code
    for found, name in _territories("en").items():
        if name.casefold() == text.casefold() and is_state(found):
            return found
    from comity.law.errors import UnknownTermError

    raise UnknownTermError(what="state", term=text, known=[*state_codes(), *(state_name(c) for c in state_codes())])

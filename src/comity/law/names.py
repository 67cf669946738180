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

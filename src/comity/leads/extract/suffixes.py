"""The public suffix list, as bundled with `publicsuffixlist` (MPL-2.0): never fetched.

Chosen over tldextract, which imports an HTTP client (80 ms) for a list that we never let it fetch.
"""

from functools import lru_cache
from typing import Protocol, cast


class _Suffixes(Protocol):
    def privatesuffix(self, domain: str) -> str | None: ...


@lru_cache(maxsize=1)
def _suffixes() -> _Suffixes:
    from publicsuffixlist import PublicSuffixList  # 30 ms to build: only when a name is seen

    return cast(_Suffixes, PublicSuffixList(accept_unknown=False, only_icann=True))


@lru_cache(maxsize=65_536)
def registrable(domain: str) -> str:
    """The registrable domain of a lower-case name (``a.b.example.co.uk`` gives ``example.co.uk``); empty: none."""
    return _suffixes().privatesuffix(domain) or ""

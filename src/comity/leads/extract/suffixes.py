"""The public suffix list, as bundled with `publicsuffixlist` (MPL-2.0): never fetched, and read once.

The list is read here and not by the library, whose two views of it, with and without the suffixes that companies
entered for their own domains, would each take 35 ms. Chosen over tldextract, which imports an HTTP client (80 ms) for a
list that we never let it fetch.
"""

from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

_MOST_LABELS = 8
"""More than any rule of the list has."""


@dataclass(frozen=True, slots=True)
class _Suffixes:
    """The rules (https://publicsuffix.org/list/), as the list writes them, ``*.`` and ``!`` included."""

    icann: frozenset[str]
    """Those under which registries give names."""
    private: frozenset[str]
    """Those that companies entered for names under domains of their own (``github.io``)."""

    def suffix(self, labels: list[str], *, private: bool) -> int:
        """How many of the labels, from the right, are a public suffix; 0: no rule fits."""
        for count in range(min(len(labels), _MOST_LABELS), 0, -1):
            name = ".".join(labels[-count:])
            if self._holds(f"!{name}", private=private):
                return count - 1
            wild = f"*.{name.partition('.')[2]}" if count > 1 else "*"
            # Of a wildcard the name under which it stands counts as a suffix, too, as in the list's own tests.
            if any(self._holds(rule, private=private) for rule in (name, wild, f"*.{name}")):
                return count
        return 0

    def _holds(self, rule: str, *, private: bool) -> bool:
        return rule in self.icann or (private and rule in self.private)


@lru_cache(maxsize=1)
def _suffixes() -> _Suffixes:
    spec = find_spec("publicsuffixlist")
    assert spec is not None and spec.origin is not None  # a dependency of this package
    text = Path(spec.origin).with_name("public_suffix_list.dat").read_text("utf-8")
    icann, _, private = text.partition("===END ICANN DOMAINS===")
    return _Suffixes(frozenset(_rules(icann)), frozenset(_rules(private)))


def _rules(section: str) -> set[str]:
    """The rules of a section, names in other scripts as A-labels too."""
    rules = {line.split()[0].lower() for line in section.splitlines() if line.strip() and not line.startswith("//")}
    return rules | {_a_label(rule) for rule in rules if not rule.isascii()}


def _a_label(rule: str) -> str:
    return ".".join(
        label if label.isascii() else "xn--" + label.encode("punycode").decode() for label in rule.split(".")
    )


@lru_cache(maxsize=65_536)
def registrable(domain: str) -> str:
    """The registrable domain of a lower-case name (``a.b.example.co.uk`` gives ``example.co.uk``); empty: none."""
    return _registrable(domain, private=False)


@lru_cache(maxsize=65_536)
def given_domain(domain: str) -> str:
    """The same, where companies' own suffixes count: ``me.github.io`` of ``www.me.github.io``."""
    return _registrable(domain, private=True)


@lru_cache(maxsize=65_536)
def has_suffix(domain: str) -> bool:
    """Whether a lower-case name ends in a suffix of the list, companies' own included."""
    labels = domain.split(".")
    return "" not in labels and _suffixes().suffix(labels, private=True) > 0


def _registrable(domain: str, *, private: bool) -> str:
    labels = domain.split(".")
    if "" in labels:
        return ""
    count = _suffixes().suffix(labels, private=private)
    return ".".join(labels[-count - 1 :]) if 0 < count < len(labels) else ""

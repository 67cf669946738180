"""Payments, each once: two statements show both sides of one, and copies of a statement show it again."""

from collections.abc import Iterable, Iterator

from comity.leads.model import Transfer


def each_once(transfers: Iterable[Transfer]) -> Iterator[Transfer]:
    """The payments without those that repeat one in day, amount, currency, both sides and reference."""
    seen: set[tuple[str, ...]] = set()
    for t in transfers:
        key = (t.at[:10], t.amount, t.currency, t.source.casefold(), t.target.casefold(), t.reference)
        bare = not (t.at and t.amount)
        if bare or key not in seen:
            seen.add(key)
            yield t

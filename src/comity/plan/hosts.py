"""Hosts of names, links and mail addresses, and values in lower case."""

from collections.abc import Iterable

from comity.leads.model import Observable, ObservableKind


def folded(values: Iterable[str]) -> frozenset[str]:
    """Values in lower case without blanks around them; empty ones are left out."""
    return frozenset(value.strip().casefold() for value in values if value.strip())


def host_of(observable: Observable) -> str:
    """The domain or address that an observable stands on, in lower case; empty where it has none."""
    value = observable.value.casefold()
    if observable.kind is ObservableKind.DOMAIN:
        return value
    if observable.kind is ObservableKind.EMAIL:
        return value.rpartition("@")[2]
    if observable.kind is ObservableKind.URL:
        return host_in(value)
    return ""


def host_in(url: str) -> str:
    """The domain or address that a URL stands on, in lower case."""
    value = url.casefold()
    rest = value.partition("://")[2] or value
    authority = rest.partition("/")[0].partition("?")[0].partition("#")[0].rpartition("@")[2]
    return authority.partition("]")[0].lstrip("[") if authority.startswith("[") else authority.partition(":")[0]


def path_of(url: str) -> str:
    """What follows the host of a URL, without the first slash."""
    return (url.partition("://")[2] or url).partition("/")[2]


def under(host: str, domains: Iterable[str]) -> bool:
    """Whether a host is one of some domains or below one of them."""
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)

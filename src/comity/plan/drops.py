"""Channels through which a page sends out what its victims type: a bot, a webhook, a form service."""

import re
from dataclasses import dataclass

from comity.leads.model import Observable, ObservableKind
from comity.plan.hosts import host_in, path_of
from comity.plan.tables import drops


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One such channel."""

    identifier: str
    """What its account is known by there."""
    value: str
    """The identifier; empty: the address does not hold it."""


def channel_of(observable: Observable) -> Channel | None:
    """The channel that a URL is; None: it is none."""
    return channel_in(observable.value) if observable.kind is ObservableKind.URL else None


def channel_in(url: str) -> Channel | None:
    """As `channel_of`, of the address alone."""
    host = host_in(url)
    for drop in drops():
        found = re.match(drop.path, path_of(url)) if host == drop.host else None
        if found:
            return Channel(identifier=drop.identifier, value=found["id"] or "")
    return None

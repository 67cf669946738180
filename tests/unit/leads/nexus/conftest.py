"""The data that ships, opened once; and a short way to tie one thing."""

from collections.abc import Callable

import pytest

from comity.law import load_registry
from comity.leads.model import MailReading, Observable, ObservableKind, Transfer
from comity.leads.nexus import TieSources, tie

TieOne = Callable[..., Observable]


@pytest.fixture(scope="session")
def sources() -> TieSources:
    return TieSources(providers=load_registry().providers.values())


@pytest.fixture(scope="session")
def tie_one(sources: TieSources) -> TieOne:
    def one(
        kind: str,
        value: str,
        *,
        tags: tuple[str, ...] = (),
        mails: tuple[MailReading, ...] = (),
        transfers: tuple[Transfer, ...] = (),
        using: TieSources = sources,
    ) -> Observable:
        observable = Observable(kind=ObservableKind(kind), value=value, places=(), tags=tags)
        (tied,) = tie([observable], sources=using, mails=mails, transfers=transfers)
        return tied

    return one

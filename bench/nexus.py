"""Ties: opening the data, looking addresses up, and tying ten thousand mixed observables."""

import random
import time
from collections.abc import Callable

from bench.figure import Figure
from comity.law import load_registry
from comity.leads.model import Observable, ObservableKind
from comity.leads.nexus import TieSources, tie

LOOK_UPS = 300_000
OBSERVABLES = 10_000


def observables(seed: int) -> list[Observable]:
    """A mixture as cases have it: addresses, names, mailboxes, links, telephones and accounts."""
    chance = random.Random(seed)
    tlds = ("com", "ru", "in", "net", "io", "top", "co.uk", "workers.dev", "github.io", "org", "xyz")
    makers: list[tuple[ObservableKind, Callable[[], str]]] = [
        *[(ObservableKind.IPV4, lambda: ".".join(str(chance.randrange(1, 224)) for _ in range(4)))] * 4,
        *[(ObservableKind.DOMAIN, lambda: f"n{chance.random()}.{chance.choice(tlds)}")] * 2,
        (ObservableKind.EMAIL, lambda: f"a@{chance.choice(('gmail.com', 'mail.ru', f'd{chance.random()}.com'))}"),
        (ObservableKind.URL, lambda: f"https://x{chance.random()}.{chance.choice(tlds)}/a"),
        (ObservableKind.PHONE, lambda: f"+9198765{chance.randrange(10**5):05}"),
        (ObservableKind.IBAN, lambda: f"AE07033{chance.randrange(10**15, 10**16)}"),
    ]
    made = []
    for at in range(OBSERVABLES):
        kind, make = makers[at % len(makers)]
        made.append(Observable(kind=kind, value=make(), places=()))
    return made


def run() -> list[Figure]:
    """Every figure of the ties."""
    providers = tuple(load_registry().providers.values())
    first = Observable(kind=ObservableKind.IPV4, value="8.8.8.8", places=())
    sources = TieSources(providers=providers)
    begin = time.perf_counter()
    assert sources.networks.look_up(0x08080808, version=4).asn == 15169
    opened = time.perf_counter() - begin
    begin = time.perf_counter()
    tie([first], sources=sources)
    tied_first = time.perf_counter() - begin
    chance = random.Random(1)
    asked = [chance.getrandbits(32) for _ in range(LOOK_UPS)]
    begin = time.perf_counter()
    for address in asked:
        sources.networks.look_up(address, version=4)
    looked = time.perf_counter() - begin
    mixed = observables(2)
    begin = time.perf_counter()
    tie(mixed, sources=sources)
    tied = time.perf_counter() - begin
    return [
        Figure(what="nexus: open the address data, first look-up", value=opened * 1000, unit="ms", bar="< 50 ms"),
        Figure(what="nexus: then the first tie (lists of anonymisers)", value=tied_first * 1000, unit="ms"),
        Figure(what="nexus: address look-ups", value=LOOK_UPS / looked, unit="/s", bar=">= 300,000/s"),
        Figure(what=f"nexus: tie {OBSERVABLES:,} mixed observables, cold", value=tied, unit="s", bar="< 1 s"),
    ]

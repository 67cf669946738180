"""The data that ties rest on: what ships, and what the user brings. Each is opened when first needed."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from comity.law import Provider
from comity.leads.nexus.anonymiser import AddressList, Listed
from comity.leads.nexus.anycast import AnycastRanges
from comity.leads.nexus.delegated import Delegations
from comity.leads.nexus.holders import HolderRanges
from comity.leads.nexus.mmdb import UserDatabase
from comity.leads.nexus.money import MoneyTables
from comity.leads.nexus.names import Names
from comity.leads.nexus.networks import Networks
from comity.leads.nexus.provider import Providers
from comity.leads.nexus.special import SpecialRanges
from comity.leads.nexus.tables import DATA_FOLDER


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownWallet:
    """A crypto address that somebody says belongs to a listed company."""

    provider: str
    """Id in ``providers.csv``, or the company's name where it is not listed there."""
    cite: str
    """Who says so, and when."""


class TieSources:
    """All of it. Nothing is read before it is asked for."""

    def __init__(
        self,
        *,
        providers: Iterable[Provider],
        user_database: Path | None = None,
        delegations: Delegations | None = None,
        address_lists: tuple[AddressList, ...] = (),
        wallets: dict[str, KnownWallet] | None = None,
        data_folder: Path = DATA_FOLDER,
    ) -> None:
        """``user_database``: the user's own MMDB, before what ships. ``address_lists``: the user's own lists of
        anonymisers, sought first. ``wallets``: by ``chain:address``."""
        self._providers = tuple(providers)
        self._user_database = user_database
        self._data_folder = data_folder
        self._address_lists = address_lists
        self.delegations = delegations
        self.wallets = wallets or {}

    @cached_property
    def providers(self) -> Providers:
        return Providers(self._providers)

    @cached_property
    def networks(self) -> Networks:
        return Networks.open(self._data_folder / "networks.dat")

    @cached_property
    def user_database(self) -> UserDatabase | None:
        return UserDatabase.open(self._user_database) if self._user_database else None

    def check(self) -> None:
        """Opens the user's own database, so that one that cannot be read is told before all evidence is."""
        _ = self.user_database

    @cached_property
    def special(self) -> SpecialRanges:
        return SpecialRanges.shipped()

    @cached_property
    def anycast(self) -> AnycastRanges:
        return AnycastRanges.shipped()

    @cached_property
    def holders(self) -> HolderRanges:
        return HolderRanges.shipped()

    @cached_property
    def names(self) -> Names:
        return Names()

    @cached_property
    def money(self) -> MoneyTables:
        return MoneyTables()

    @cached_property
    def _lists(self) -> tuple[AddressList, ...]:
        return (*self._address_lists, AddressList.shipped())

    def listed(self, address: int, *, version: int) -> Listed | None:
        """What the first list that knows an address says of it."""
        for one in self._lists:
            found = one.find(address, version=version)
            if found is not None:
                return found
        return None

"""Honest sites that the offenders broke into: their names are not suspended, their owners are warned.

The case file names them, or a link of the fraud leads into a folder of a content management system on a site that
imitates nobody: who buys a name for a fraud has no need to hide a page there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from comity.leads.extract.suffixes import registrable
from comity.leads.model import Leads, Observable, ObservableKind
from comity.plan.case import Case
from comity.plan.casework import asset_paths, planted_paths
from comity.plan.sender import domain_of

TOLD = "the case file says that the offenders broke into it"


@dataclass(frozen=True, kw_only=True)
class Sites:
    """Sites of a case that were broken into; values in lower case."""

    case: Case
    leads: Leads
    is_honest: Callable[[str], bool]
    """Whether a host is nobody's imitation and no provider's, brand's or victim's own: such are told apart before."""

    @cached_property
    def names(self) -> dict[str, str]:
        """Registered names of such sites, each with the reason."""
        found = {site.domain.strip().casefold(): TOLD for site in self.case.compromised_sites}
        for observable in self.leads.observables:
            if observable.kind is ObservableKind.URL:
                host, path = _split(observable.value)
                name = registrable(host) or ""
                folder = planted_paths().search(path)
                if name and name not in found and folder and not asset_paths().search(path) and self.is_honest(host):
                    found[name] = f"a page of the fraud lies in its folder {folder[0].strip('/')}: probably broken into"
        return found

    def name_of(self, host: str) -> str:
        """The registered name of the broken site that a host belongs to; empty: to none."""
        return next((name for name in self.names if host == name or host.endswith(f".{name}")), "")

    def is_told(self, name: str) -> bool:
        """Whether the case file itself names a site as broken into."""
        return self.names.get(name) == TOLD

    @cached_property
    def servers(self) -> frozenset[str]:
        """Addresses from which mail in the name of such a site came: the intruder sent it from there."""
        return frozenset(
            mail.origin_address.casefold()
            for mail in self.leads.mails
            if mail.origin_address
            and any(self.name_of(domain_of(address)) for address in (mail.return_path, mail.from_address))
        )

    def site_of(self, observable: Observable) -> str:
        """The broken site that an observable stands on; empty: none."""
        value = observable.value.casefold()
        if observable.kind is ObservableKind.URL:
            return self.name_of(_split(value)[0])
        if observable.kind is ObservableKind.EMAIL:
            return self.name_of(domain_of(value))
        return self.name_of(value) if observable.kind is ObservableKind.DOMAIN else ""


def _split(url: str) -> tuple[str, str]:
    """Host and path of a URL; the path keeps its first slash."""
    rest = url.partition("://")[2] or url
    authority, slash, path = rest.partition("/")
    return authority.rpartition("@")[2].partition(":")[0].casefold(), slash + path

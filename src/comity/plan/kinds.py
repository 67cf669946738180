"""Which kind of holder somebody is for one observable: the role of the tie, read more closely.

A network address without any sign of a server is an access line, whatever the network calls itself: nobody images a
server there. Who issued a token holds nothing for whoever has the address.
"""

import msgspec

from comity.leads.model import Nexus, Observable, ObservableKind, Reason, ReasonKind, Role
from comity.plan.evidence import Evidence
from comity.plan.tables import HolderKind, holder_kinds
from comity.plan.visitorlogs import ADDRESSES

SERVERS = frozenset({"server-network", "anonymiser"})
NETWORKS = frozenset({Role.INFRASTRUCTURE, Role.TELECOM})


def kind_of(observable: Observable, nexus: Nexus, evidence: Evidence) -> HolderKind | None:
    """What such a holder can give; None: nothing, or it cannot look anything up by this."""
    kind = holder_kinds().get(_id(observable, nexus, evidence))
    return kind if kind is not None and observable.kind in kind.accepts else None


def is_server(observable: Observable, evidence: Evidence) -> bool:
    """Whether something is known to be, or to stand on, a server."""
    if observable.kind not in ADDRESSES:
        return True
    if observable.value.casefold() in evidence.sites.servers:
        return True
    return bool(SERVERS & set(observable.tags)) or observable.value.casefold() in evidence.linked_hosts


def as_kind(nexus: Nexus, kind: HolderKind) -> Nexus:
    """The tie in the role that the kind gives it, with the reason."""
    if nexus.role is kind.role:
        return nexus
    reason = Reason(kind=ReasonKind.CAVEAT, text="nothing shows a server there: it is taken for an access line")
    return msgspec.structs.replace(nexus, role=kind.role, reasons=(*nexus.reasons, reason))


def _id(observable: Observable, nexus: Nexus, evidence: Evidence) -> str:
    if observable.kind in ADDRESSES and nexus.role in NETWORKS and not is_server(observable, evidence):
        return "access_line"
    if observable.kind in ADDRESSES and nexus.role is Role.TELECOM:
        return Role.INFRASTRUCTURE.value
    if observable.kind is ObservableKind.CRYPTO and nexus.role is Role.PAYMENT_SERVICE:
        return "token_issuer"
    return nexus.role.value

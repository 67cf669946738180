"""Where the evidence leads: each observable tied to a state and, where possible, a provider, in a role, with reasons.

An address, a domain or an account number says little by itself. This package asks, offline: in which state does
somebody hold data or money behind it, who is that, and how sure is it? Each answer is a chain of reasons that names
its data set and day; where nothing can be told, the tie has an empty state and says why. ::

    >>> from comity.leads.model import Observable, ObservableKind
    >>> from comity.leads.nexus import TieSources, tie
    >>> private = Observable(kind=ObservableKind.IPV4, value="192.168.0.1", places=())
    >>> (tied,) = tie([private], sources=TieSources(providers=()))
    >>> tied.tags, tied.nexus[0].state, tied.nexus[0].reasons[0].source
    (('private',), '', 'RFC 1918')
"""

from comity.leads.nexus.anonymiser import AddressList, read_address_list
from comity.leads.nexus.delegated import Delegations, read_delegations
from comity.leads.nexus.networks import Source
from comity.leads.nexus.sources import KnownWallet, TieSources
from comity.leads.nexus.tie import tie

__all__ = [
    "AddressList",
    "Delegations",
    "KnownWallet",
    "Source",
    "TieSources",
    "read_address_list",
    "read_delegations",
    "tie",
]

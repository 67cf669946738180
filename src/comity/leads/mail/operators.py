"""Well-known operators of mail servers: which host names are one organisation's, and which networks are inside it.

The table serves only to say that two names belong together; it decides no law. Its rows carry source, date and
confidence.
"""

import csv
import ipaddress
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from comity.leads.mail.hosts import registrable

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """One row of ``data/operators.csv``."""

    id: str
    name: str
    hosts: tuple[str, ...]
    """Registrable domains of its servers."""
    internal_networks: tuple[Network, ...]
    """Public-looking networks that only its own servers use among themselves."""
    is_gateway: bool
    """Filters or forwards mail for recipients: its servers can stand on the receiving side."""


@lru_cache(maxsize=1)
def load_operators() -> dict[str, Operator]:
    """The table, by registrable domain."""
    text = files("comity.leads.mail").joinpath("data/operators.csv").read_text("utf-8")
    by_host: dict[str, Operator] = {}
    for row in csv.DictReader(text.splitlines()):
        operator = Operator(
            id=row["id"],
            name=row["name"],
            hosts=tuple(row["hosts"].split(";")),
            internal_networks=tuple(
                ipaddress.ip_network(network) for network in row["internal_networks"].split(";") if network
            ),
            is_gateway=row["gateway"] == "yes",
        )
        by_host.update(dict.fromkeys(operator.hosts, operator))
    return by_host


def operator_of(name: str) -> Operator | None:
    """The well-known operator of a host name; None: not in the table."""
    return load_operators().get(registrable(name))


def organisation_of(name: str) -> str:
    """What two host names of one organisation share: the operator's id, else the registrable domain; empty: neither."""
    operator = operator_of(name)
    return f"operator:{operator.id}" if operator else registrable(name)


def organisation_name(organisation: str) -> str:
    """An organisation as people name it."""
    if not organisation.startswith("operator:"):
        return organisation
    return next(one.name for one in load_operators().values() if f"operator:{one.id}" == organisation)


def is_inside(address: str, organisation: str) -> bool:
    """Whether an address is of a network that only this operator's own servers use."""
    if not organisation.startswith("operator:"):
        return False
    parsed = ipaddress.ip_address(address)
    return any(
        parsed.version == network.version and parsed in network
        for one in load_operators().values()
        if f"operator:{one.id}" == organisation
        for network in one.internal_networks
    )

"""A link to whatever its host is tied to."""

import re
import socket
from urllib.parse import urlsplit

from comity.leads.model import Reason, ReasonKind
from comity.leads.nexus.address import tie_address
from comity.leads.nexus.context import Sighting
from comity.leads.nexus.domain import tie_domain
from comity.leads.nexus.sources import TieSources
from comity.leads.nexus.tied import Tied, no_state, preceded

_NUMBERS = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+)){0,3}\.?")

_HOSTLESS = re.compile(r"[a-z][a-z0-9+-]*:(?!\d)", re.IGNORECASE)
"""A scheme without ``//``, such as ``mailto:``; a dot or digits make it a host with a port."""


def tie_url(value: str, *, sources: TieSources, sighting: Sighting) -> Tied:
    """The host's ties; a host in numbers is read as browsers read it (``0x7f.1``, ``3232235777``)."""
    host = host_of(value)
    if not host:
        return Tied(
            nexus=(no_state(Reason(kind=ReasonKind.CAVEAT, text="the link names no host", source="RFC 3986 3.2.2")),)
        )
    via = Reason(text=f"the link leads to {host}", source="RFC 3986 3.2.2", said="link_leads", about={"host": host})
    address = address_of(host)
    tied = tie_address(address, sources=sources, sighting=sighting) if address else tie_domain(host, sources=sources)
    return Tied(nexus=preceded(tied.nexus, via), tags=tied.tags)


def host_of(value: str) -> str:
    """The host in a link, in lower case; empty: there is none to be read."""
    if "//" not in value and _HOSTLESS.match(value):
        return ""
    try:
        return (urlsplit(value if "//" in value else f"//{value}").hostname or "").strip(".")
    except ValueError:
        return ""


def address_of(host: str) -> str:
    """The address that a host in numbers or with colons is; empty: it is a name."""
    if ":" in host:
        return host
    if _NUMBERS.fullmatch(host) is None:
        return ""
    try:
        return socket.inet_ntoa(socket.inet_aton(host.rstrip(".")))
    except OSError:
        return ""

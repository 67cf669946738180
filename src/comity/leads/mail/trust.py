"""Where trust ends in a mail's way, and the first address beyond it.

Every server writes its Received line on top of those that it was given (RFC 5321 4.4), so the lines of the receiving
side are the top-most. Going down from the top, a line is the receiving side's as long as the line above it says that it
had the mail from a host of the receiving side itself. The first line whose peer is outside is the **boundary**: its
server saw that address on the connection, and everything below was part of what the peer handed over. A name that the
peer gave itself (HELO) proves nothing; a reverse name that the server looked up does.
"""

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address, ip_network

from comity.leads.mail.hosts import is_host_address, is_internal, read_address, read_name, registrable
from comity.leads.mail.operators import is_inside, operator_of, organisation_of
from comity.leads.mail.received import ReceivedLine


class Peer(StrEnum):
    """What the from clause of a line tells of where the mail came from."""

    OUTSIDE = "outside"
    """An address, or at least a name, that is not the receiving side's."""
    INSIDE = "inside"
    UNSAID = "unsaid"
    """Neither: an internal hand-over, or a program on the same host."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundary:
    """The result: how many lines are the receiving side's, and what the lowest of them saw."""

    trusted: int
    """Number of top-most lines written by the receiving side."""
    origin: str
    """Address that the boundary line saw; empty: none."""
    line: ReceivedLine | None
    """The boundary line; None where no line saw an outside peer."""
    organisations: frozenset[str]
    """Organisations of the receiving side, as `organisation_of` names them."""
    names: frozenset[str]
    """Host names of the receiving side's servers that lines are written by."""
    broken: bool
    """The line under the trusted ones is by a host that nothing ties to the receiving side."""


def find_boundary(lines: tuple[ReceivedLine, ...], *, known: tuple[str, ...] = ()) -> Boundary:
    """Walk the lines, top-most first.

    `known`: host names, domains, addresses or networks that the investigator knows to be the receiving side's.
    """
    side = _Side(known)
    trusted = 0
    for index, line in enumerate(lines):
        above = lines[index - 1] if index else None
        if above is not None and not side.owns(line, above):
            return side.boundary(trusted, line=None, lines=lines, broken=True)
        side.add(line)
        trusted += 1
        if side.peer(line) is Peer.OUTSIDE:
            return side.boundary(trusted, line=line, lines=lines, broken=False)
    return side.boundary(trusted, line=None, lines=lines, broken=False)


class _Side:
    """The receiving side as known so far."""

    def __init__(self, known: tuple[str, ...]) -> None:
        self._known = known
        self._organisations: set[str] = {organisation_of(name) for name in known if registrable(name)}
        self._names: set[str] = set()

    def add(self, line: ReceivedLine) -> None:
        name = read_name(line.by_name)
        if name:
            self._names.add(name)
        organisation = organisation_of(name)
        if organisation:
            self._organisations.add(organisation)
        if line.retrieval:
            # The mailbox that it was fetched from is the recipient's own.
            organisation = organisation_of(read_name(line.from_name))
            if organisation:
                self._organisations.add(organisation)

    def peer(self, line: ReceivedLine) -> Peer:
        address = line.from_address
        if line.retrieval:
            return Peer.INSIDE
        if address is None or not is_host_address(address.value):
            return self._peer_by_name(line)
        if is_internal(address.value) or self._is_known(address.value):
            return Peer.INSIDE
        if any(is_inside(address.value, organisation) for organisation in self._organisations):
            return Peer.INSIDE
        if line.reverse_verified and self._is_own_server(line.reverse_name):
            return Peer.INSIDE
        return Peer.OUTSIDE

    def _peer_by_name(self, line: ReceivedLine) -> Peer:
        """Some servers write no address: the name that the peer gave is all that there is."""
        name = read_name(line.from_name)
        organisation = organisation_of(name)
        if not organisation or organisation in self._organisations or name in self._names:
            return Peer.UNSAID
        return Peer.OUTSIDE

    def _is_own_server(self, reverse_name: str) -> bool:
        """A verified name of the receiving organisation; those of a provider also serve its other customers."""
        name = read_name(reverse_name)
        return organisation_of(name) in self._organisations and operator_of(name) is None

    def _is_known(self, address: str) -> bool:
        for entry in self._known:
            try:
                network = ip_network(entry, strict=False)
            except ValueError:
                continue
            if ip_address(address) in network:
                return True
        return False

    def owns(self, line: ReceivedLine, above: ReceivedLine) -> bool:
        """Whether a line is the receiving side's, given that the line above it is and has no outside peer."""
        if above.retrieval:
            return True  # the mailbox server's last line, as the top line is elsewhere
        by = read_name(line.by_name)
        if by and organisation_of(by) in self._organisations:
            return True
        if _same_host(line, above):
            return True
        if not above.has_from and (not above.has_by or _is_by_internal(above)):
            # "(qmail 123 invoked from network)", Gmail's "by 2002:a05:… with SMTP id …": the mail went on within.
            return True
        return "." not in line.by_name or read_address(line.by_name) is not None

    def boundary(
        self, trusted: int, *, line: ReceivedLine | None, lines: tuple[ReceivedLine, ...], broken: bool
    ) -> Boundary:
        origin = line.from_address.value if line and line.from_address else ""
        return Boundary(
            trusted=trusted,
            origin=origin or self._fallback(lines[:trusted]),
            line=line,
            organisations=frozenset(self._organisations),
            names=frozenset(self._names),
            broken=broken,
        )

    def _fallback(self, lines: tuple[ReceivedLine, ...]) -> str:
        """The lowest public address that the receiving side saw, where all its peers seemed its own."""
        for line in reversed(lines):
            address = line.from_address.value if line.from_address and not line.retrieval else ""
            if address and self._is_public(address):
                return address
        return ""

    def _is_public(self, address: str) -> bool:
        inside = any(is_inside(address, organisation) for organisation in self._organisations)
        return is_host_address(address) and not is_internal(address) and not inside


def _is_by_internal(line: ReceivedLine) -> bool:
    return line.by_address is not None and is_internal(line.by_address.value)


def _same_host(line: ReceivedLine, above: ReceivedLine) -> bool:
    by = read_name(line.by_name)
    names = {read_name(name) for name in (above.from_name, above.helo, above.reverse_name) if name}
    if by and by in names:
        return True
    return line.by_address is not None and line.by_address == above.from_address

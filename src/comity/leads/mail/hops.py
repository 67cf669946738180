"""Received lines as sightings: each host in its part, and whether the sender could have written it."""

import re

from comity.leads.mail.content import SightingRole
from comity.leads.mail.hosts import Host, is_listed, read_address, read_name
from comity.leads.mail.literals import find_addresses
from comity.leads.mail.notes import Notes, Spot
from comity.leads.mail.received import ReceivedLine
from comity.leads.model import ObservableKind

_ENVELOPE_FROM = re.compile(r"envelope-(?:from|sender)[ =:]{1,3}<?([^\s<>()]{3,320})", re.IGNORECASE)


def note_hop(line: ReceivedLine, notes: Notes, *, trusted: bool, is_boundary: bool) -> None:
    """Note what one line names.

    `trusted`: the receiving side wrote it; `is_boundary`: it is the lowest such line, which saw the outside peer.
    """
    spot = Spot(where=line.field.where, offset=line.field.offset, text=line.text)
    hop = _Hop(line, notes, spot, trusted=trusted)
    hop.note_peer(is_boundary=is_boundary)
    hop.note_server()
    hop.note_mailboxes()
    hop.note_others()


class _Hop:
    def __init__(self, line: ReceivedLine, notes: Notes, spot: Spot, *, trusted: bool) -> None:
        self._line = line
        self._notes = notes
        self._spot = spot
        self._trusted = trusted

    def note_peer(self, *, is_boundary: bool) -> None:
        """Where the mail came from: its address, the names found for it and those that it gave itself."""
        line = self._line
        outer = SightingRole.ORIGIN if is_boundary else SightingRole.RECEIVER
        role = outer if self._trusted else SightingRole.CLAIMED_HOP
        if line.from_address is not None:
            self._notes.sighting(line.from_address, role, self._spot, forgeable=not self._trusted)
        for host in line.other_addresses:
            self._notes.sighting(host, SightingRole.CLAIMED_HOP, self._spot, forgeable=True)
        for name in dict.fromkeys((line.reverse_name, line.helo, line.from_name)):
            known = name == line.reverse_name and line.reverse_verified
            self._name(name, role, forgeable=not (self._trusted and (known or not is_boundary)))

    def note_server(self) -> None:
        """The server that wrote the line."""
        own = SightingRole.RECEIVER if self._trusted else SightingRole.CLAIMED_HOP
        self._name(self._line.by_name, own, forgeable=not self._trusted)
        if self._line.by_address is not None:
            self._notes.sighting(self._line.by_address, own, self._spot, forgeable=not self._trusted)

    def note_mailboxes(self) -> None:
        """The account signed in, the recipient, and the sender of the envelope, who names himself."""
        line = self._line
        self._notes.address(line.account, SightingRole.ACCOUNT, self._spot, forgeable=not self._trusted)
        self._notes.address(line.recipient, SightingRole.RECIPIENT, self._spot, forgeable=not self._trusted)
        envelope = _ENVELOPE_FROM.search(line.text)
        if envelope:
            self._notes.address(envelope[1], SightingRole.RETURN_PATH, self._spot, forgeable=True)

    def note_others(self) -> None:
        """Addresses in brackets that stand elsewhere in the line."""
        line = self._line
        seen = {host for host in (line.from_address, line.by_address, *line.other_addresses) if host}
        for literal in find_addresses(line.text, header="received"):
            if literal.bracketed and literal.host not in seen:
                self._notes.sighting(literal.host, SightingRole.CLAIMED_HOP, self._spot, forgeable=True)

    def _name(self, written: str, role: SightingRole, *, forgeable: bool) -> None:
        if "@" in written:
            if is_listed(read_name(written.rpartition("@")[2])):
                self._notes.address(written, role, self._spot, forgeable=forgeable)
        elif "." in written and read_address(written) is None and (name := read_name(written)):
            host = Host(kind=ObservableKind.DOMAIN, value=name)
            self._notes.sighting(host, role, self._spot, forgeable=forgeable)

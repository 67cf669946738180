"""Header fields as texts and sightings: what each says by its form, and whether the sender could have written it."""

import re

from comity.leads.mail.addresses import Mailbox, read_addresses
from comity.leads.mail.authentication import Verdicts, signature_tags
from comity.leads.mail.content import SightingRole, TextKind
from comity.leads.mail.fields import ADDRESS_ROLES, CLIENT_HEADERS, DOMAIN_ROLES, ID_FIELDS, SIGNATURES, covered_kinds
from comity.leads.mail.headers import Field, HeaderBlock
from comity.leads.mail.hops import note_hop
from comity.leads.mail.hosts import Host, is_host_address, is_listed, read_address, read_host, read_name, same_owner
from comity.leads.mail.literals import Literal, find_addresses
from comity.leads.mail.notes import Notes, Spot
from comity.leads.mail.received import ReceivedLine
from comity.leads.mail.trust import Boundary
from comity.leads.mail.urls import mail_addresses, read_target
from comity.leads.mail.words import decode_words, has_words
from comity.leads.model import ObservableKind

_ALL_KINDS = tuple(ObservableKind)
_AT_WORD = re.compile(r"[^\s<>\"'(),;:\[\]@]{1,64}@[^\s<>\"'(),;:\[\]@]{3,255}")
_PROPERTY = re.compile(
    r"\b(?:smtp\.(?:mailfrom|mail|helo|rcpttodomain)|header\.(?:from|d|i)|helo|envelope-from|receiver|d|arc\.chain)="
    r"\"?:?<?([^\s;\"<>()]{1,320})",
    re.IGNORECASE,
)
_SERVER_AND_ACCOUNT = re.compile(r"\s*([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}):\s")
"""How cPanel begins: ``X-Authenticated-Sender: host.example: user@domain``."""
_MESSAGE_ID = re.compile(r"<[^<>@\s]{0,990}@([^<>@\s]{1,255})>")
_ANGLE_URL = re.compile(r"<\s*((?:https?|ftp|mailto):[^<>]{1,4000})>", re.IGNORECASE)


class HeaderNotes:
    """Notes the fields of one header block."""

    def __init__(self, notes: Notes, boundary: Boundary, verdicts: Verdicts) -> None:
        self._notes = notes
        self._boundary = boundary
        self._verdicts = verdicts

    def note(self, block: HeaderBlock, lines: tuple[ReceivedLine, ...]) -> None:
        """Texts and sightings of every field."""
        lowest_trusted = lines[self._boundary.trusted - 1].field.position if self._boundary.trusted else -1
        for field in block.fields:
            self._text(field)
            self._field(field, forgeable=field.position >= lowest_trusted)
        for index, line in enumerate(lines):
            trusted = index < self._boundary.trusted
            note_hop(line, self._notes, trusted=trusted, is_boundary=line is self._boundary.line)
        for junk in block.junk:
            self._notes.text(TextKind.HEADER, junk.text, "header (no field)", junk.offset)
        spot = Spot(where="mailbox line", offset=0, text=block.envelope)
        for box in read_addresses(block.envelope.partition("From ")[2].partition(" ")[0]):
            self._notes.address(box.address, SightingRole.RETURN_PATH, spot, forgeable=True)

    def _text(self, field: Field) -> None:
        decoded = decode_words(field.value)
        covered = covered_kinds(field.key)
        self._notes.text(TextKind.HEADER, decoded, field.where, field.offset, covered=covered)
        if decoded != field.value and has_words(field.value):
            where = f"{field.where}, as written"
            self._notes.text(TextKind.HEADER, field.value, where, field.offset, covered=_ALL_KINDS)

    def _field(self, field: Field, *, forgeable: bool) -> None:
        if field.key in ADDRESS_ROLES:
            self._addresses(field, ADDRESS_ROLES[field.key], forgeable=forgeable)
        elif field.key in ID_FIELDS:
            self._ids(field)
        for written, role in _named_domains(field):
            self._name(field, written, role, forgeable=forgeable)
        if field.key.startswith("list-"):
            self._list(field)
        if field.key not in {"received", *ID_FIELDS}:
            self._literals(field, forgeable=forgeable)

    def _addresses(self, field: Field, role: SightingRole, *, forgeable: bool) -> None:
        for box in read_addresses(field.value, at_most=self._notes.limits.observables):
            spot = _spot(field, f"{box.name} <{box.address}>" if box.name else box.address)
            claimed = forgeable if role is SightingRole.RECIPIENT else not self._is_vouched(box)
            self._notes.address(box.address, role, spot, forgeable=claimed)
            for match in _AT_WORD.finditer(box.name[:1000]) if "@" in box.name else ():
                self._notes.address(match[0].strip("."), SightingRole.DISPLAY_NAME, spot, forgeable=True)

    def _is_vouched(self, box: Mailbox) -> bool:
        """Whether a trusted signature is of the owner of an address: nobody else could have written it."""
        name = read_name(box.domain)
        return any(same_owner(name, vouched) for vouched in self._verdicts.vouched)

    def _ids(self, field: Field) -> None:
        for match in _MESSAGE_ID.finditer(field.value[:20_000]):
            host = read_host(match[1])
            if host is not None and (host.kind is not ObservableKind.DOMAIN or is_listed(host.value)):
                self._notes.sighting(host, SightingRole.MESSAGE_ID, _spot(field, match[0]), forgeable=True)

    def _name(self, field: Field, written: str, role: SightingRole, *, forgeable: bool) -> None:
        name = read_name(written.rpartition("@")[2].strip("<>,\"' "))
        if is_listed(name):
            vouched = name in self._verdicts.vouched
            host = Host(kind=ObservableKind.DOMAIN, value=name)
            self._notes.sighting(host, role, _spot(field, written), forgeable=forgeable and not vouched)

    def _list(self, field: Field) -> None:
        for match in _ANGLE_URL.finditer(field.value[:50_000]):
            spot = _spot(field, match[1])
            target = read_target("".join(match[1].split()))
            if target.scheme == "mailto":
                for address in mail_addresses(target.url):
                    self._notes.address(address, SightingRole.LIST, spot, forgeable=True)
            elif target.host is not None:
                for host in (Host(kind=ObservableKind.URL, value=target.url), target.host):
                    self._notes.sighting(host, SightingRole.LIST, spot, forgeable=True)

    def _literals(self, field: Field, *, forgeable: bool) -> None:
        role = SightingRole.CLAIMED_CLIENT if field.key in CLIENT_HEADERS else SightingRole.HEADER
        alone = read_address(field.value) if role is SightingRole.CLAIMED_CLIENT else None
        found = find_addresses(field.value[:100_000], header=field.key)
        hosts = [(alone, ())] if alone else [(one.host, one.tags) for one in found if _is_host(field.value, one)]
        for host, tags in hosts:
            seen_as = SightingRole.ORIGIN if host.value == self._boundary.origin else role
            self._notes.sighting(host, seen_as, _spot(field, field.value), forgeable=forgeable, tags=tags)


def _named_domains(field: Field) -> list[tuple[str, SightingRole]]:
    """What a field names as domains, as written, each in its role."""
    if field.key in SIGNATURES:
        tags = signature_tags(field.value)
        return [(tags.get("d", ""), SightingRole.SIGNER), (tags.get("i", ""), SightingRole.SIGNER)]
    if field.key == "received-spf" or field.key.endswith("authentication-results"):
        return [(match[1], SightingRole.AUTHENTICATION) for match in _PROPERTY.finditer(field.value[:20_000])]
    if field.key in DOMAIN_ROLES:
        return [(field.value.rpartition("<")[2].strip("<> "), DOMAIN_ROLES[field.key])]
    if ADDRESS_ROLES.get(field.key) is SightingRole.ACCOUNT and (server := _SERVER_AND_ACCOUNT.match(field.value)):
        return [(server[1], SightingRole.HEADER)]
    return []


def _is_host(text: str, literal: Literal) -> bool:
    """Whether an address stands for a host: not for all or none, not behind the sign of a mail address."""
    return is_host_address(literal.host.value) and not text[: literal.start].rstrip("[").endswith("@")


def _spot(field: Field, text: str) -> Spot:
    return Spot(where=field.where, offset=field.offset, text=text)

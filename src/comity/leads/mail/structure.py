"""Header fields as texts and sightings: what each says by its form, and whether the sender could have written it."""

import re

from comity.leads.mail.addresses import Mailbox, read_addresses
from comity.leads.mail.authentication import Verdicts, signature_tags
from comity.leads.mail.content import SightingRole, TextKind
from comity.leads.mail.headers import Field, HeaderBlock
from comity.leads.mail.hosts import Host, is_listed, read_address, read_host, read_name, same_owner
from comity.leads.mail.literals import find_addresses
from comity.leads.mail.notes import Notes
from comity.leads.mail.received import ReceivedLine
from comity.leads.mail.trust import Boundary
from comity.leads.mail.urls import mail_addresses, read_target
from comity.leads.mail.words import decode_words, has_words
from comity.leads.model import ObservableKind

ADDRESS_ROLES = {
    "from": SightingRole.FROM,
    "resent-from": SightingRole.SENDER,
    "sender": SightingRole.SENDER,
    "resent-sender": SightingRole.SENDER,
    "x-sender": SightingRole.SENDER,
    "x-sid-pra": SightingRole.SENDER,
    "x-original-from": SightingRole.SENDER,
    "x-google-original-from": SightingRole.SENDER,
    "x-envelope-from": SightingRole.RETURN_PATH,
    "x-envelope-sender": SightingRole.RETURN_PATH,
    "x-mailfrom": SightingRole.RETURN_PATH,
    "return-path": SightingRole.RETURN_PATH,
    "reply-to": SightingRole.REPLY_TO,
    "mail-reply-to": SightingRole.REPLY_TO,
    "mail-followup-to": SightingRole.REPLY_TO,
    "resent-reply-to": SightingRole.REPLY_TO,
    "x-reply-to": SightingRole.REPLY_TO,
    "errors-to": SightingRole.NOTIFY,
    "x-errors-to": SightingRole.NOTIFY,
    "x-complaints-to": SightingRole.NOTIFY,
    "x-bounce": SightingRole.NOTIFY,
    "disposition-notification-to": SightingRole.NOTIFY,
    "return-receipt-to": SightingRole.NOTIFY,
    "x-confirm-reading-to": SightingRole.NOTIFY,
    "x-auth-user": SightingRole.ACCOUNT,
    "x-authuser": SightingRole.ACCOUNT,
    "x-authenticated-user": SightingRole.ACCOUNT,
    "x-sender-id": SightingRole.ACCOUNT,
    "x-get-message-sender-via": SightingRole.ACCOUNT,
    "x-beenthere": SightingRole.LIST,
    "x-mailing-list": SightingRole.LIST,
    **dict.fromkeys(
        "to cc bcc resent-to resent-cc resent-bcc delivered-to envelope-to x-original-to x-envelope-to x-rcpt-to "
        "apparently-to x-delivered-to x-forwarded-to x-forwarded-for x-apparently-to".split(),
        SightingRole.RECIPIENT,
    ),
}
CLIENT_HEADERS = frozenset(
    "x-originating-ip x-original-ip x-orig-ip x-client-ip x-clientip x-remote-ip x-sender-ip x-senderip "
    "x-source-ip x-ip x-en-origip x-yahoo-post-ip x-authenticated-ip x-http-remoteip x-originating-client-ip "
    "x-php-script x-user-ip x-ms-exchange-organization-originalclientipaddress x-real-ip x-spam-source-ip "
    "x-source-ip-address".split()
)
_ID_FIELDS = frozenset({"message-id", "resent-message-id", "references", "in-reply-to", "x-message-id", "content-id"})
_SIGNATURES = frozenset(
    {"dkim-signature", "domainkey-signature", "arc-seal", "arc-message-signature", "x-google-dkim-signature"}
)
_OPAQUE = re.compile(
    r"received|x-received|message-id|resent-message-id|references|in-reply-to|authentication-results|received-spf|arc-.*|dkim-.*"
    r"|domainkey-.*|x-google-.*|x-gm-.*|x-ms-.*|x-microsoft-.*|x-exchange-.*|x-forefront-.*|x-message-(?:info|delivery)"
    r"|x-incoming.*|x-eop.*|x-sg-.*|x-spam.*|x-proofpoint-.*|x-ironport-.*|x-ymail.*|x-yandex-.*|x-sfmc-.*|x-cm-.*"
    r"|x-authority-analysis|x-ctch-.*|x-cloudmark-.*|x-msfbl|x-ses-outgoing|x-feedback-id|feedback-id|thread-.*|date"
    r"|resent-date|mime-version|content-(?!description|disposition|type).*|x-uidl?|x-vade.*|x-mailgun-.*|x-mc-.*|x-rp-.*"
    r"|x-brightmail-.*|x-virus-.*|x-sid-.*|x-forwarded-encrypted|x-tm-.*|x-cse-.*|x-barracuda-.*|x-amavis-.*|lines"
    r"|x-mandrill.*|x-entity-.*|x-campaign.*|x-priority|importance|status|x-status|delivery-date|x-mozilla-.*|x-hm.*"
    r"|x-message-flag|x-scanned-by|x-mailer|user-agent|x-mimeole|auto-submitted|precedence|x-rspamd.*|x-aol-.*|x-qq-.*"
)
"""Technical fields: full of numbers and ids that look like other things."""
_ALL_KINDS = tuple(ObservableKind)
_ADDRESSES = (ObservableKind.IPV4, ObservableKind.IPV6)
_NAMES = (*_ADDRESSES, ObservableKind.DOMAIN, ObservableKind.EMAIL)
_AT_WORD = re.compile(r"[^\s<>\"'(),;:\[\]@]{1,64}@[^\s<>\"'(),;:\[\]@]{3,255}")
_PROPERTY = re.compile(
    r"\b(?:smtp\.(?:mailfrom|mail|helo|rcpttodomain)|header\.(?:from|d|i)|helo|envelope-from|receiver|d|arc\.chain)="
    r"\"?:?<?([^\s;\"<>()]{1,320})",
    re.IGNORECASE,
)
_ENVELOPE_FROM = re.compile(r"envelope-(?:from|sender)[ =:]{1,3}<?([^\s<>()]{3,320})", re.IGNORECASE)
_MESSAGE_ID = re.compile(r"<[^<>@\s]{0,990}@([^<>@\s]{1,255})>")
_ANGLE_URL = re.compile(r"<\s*((?:https?|ftp|mailto):[^<>]{1,4000})>", re.IGNORECASE)
_EXPLICIT_DOMAIN = {"x-originatororg": SightingRole.TENANT, "list-id": SightingRole.LIST}


class HeaderNotes:
    """Notes the fields of one header block."""

    def __init__(self, notes: Notes, boundary: Boundary, verdicts: Verdicts, lowest_trusted: int) -> None:
        self._notes = notes
        self._boundary = boundary
        self._verdicts = verdicts
        self._lowest_trusted = lowest_trusted

    def note(self, block: HeaderBlock, lines: tuple[ReceivedLine, ...]) -> None:
        """Texts and sightings of every field."""
        for field in block.fields:
            self._text(field)
            self._field(field)
        for index, line in enumerate(lines):
            self._received(line, trusted=index < self._boundary.trusted)
        for junk in block.junk:
            self._notes.text(TextKind.HEADER, junk.text, "header (no field)", junk.offset)
        if block.envelope:
            sender = read_addresses(block.envelope.partition("From ")[2].partition(" ")[0])
            for box in sender:
                self._notes.address(
                    box.address,
                    SightingRole.RETURN_PATH,
                    where="mailbox line",
                    offset=0,
                    text=block.envelope,
                    forgeable=True,
                )

    def _text(self, field: Field) -> None:
        if _OPAQUE.fullmatch(field.key):
            covered: tuple[ObservableKind, ...] = _ALL_KINDS
        elif field.key in ADDRESS_ROLES or field.key.startswith("list-"):
            covered = (*_NAMES, ObservableKind.URL) if field.key.startswith("list-") else _NAMES
        else:
            covered = () if field.key in {"subject", "comments", "keywords"} else _ADDRESSES
        decoded = decode_words(field.value)
        self._notes.text(TextKind.HEADER, decoded, field.where, field.offset, covered=covered)
        if decoded != field.value and has_words(field.value):
            where = f"{field.where}, as written"
            self._notes.text(TextKind.HEADER, field.value, where, field.offset, covered=_ALL_KINDS)

    def _field(self, field: Field) -> None:
        if field.key in ADDRESS_ROLES:
            self._addresses(field, ADDRESS_ROLES[field.key])
        elif field.key in _ID_FIELDS:
            self._ids(field)
        elif field.key in _SIGNATURES:
            tags = signature_tags(field.value)
            for value in (tags.get("d", ""), tags.get("i", "")):
                self._name(field, value.rpartition("@")[2], SightingRole.SIGNER)
        elif field.key in {"authentication-results", "received-spf"} or field.key.endswith("authentication-results"):
            for match in _PROPERTY.finditer(field.value[:20_000]):
                self._name(field, match[1].rpartition("@")[2], SightingRole.AUTHENTICATION)
        elif field.key in _EXPLICIT_DOMAIN:
            self._name(field, field.value.rpartition("<")[2].strip("<> "), _EXPLICIT_DOMAIN[field.key])
        if field.key.startswith("list-"):
            self._list(field)
        if field.key not in {"received", *_ID_FIELDS}:
            self._literals(field)

    def _forgeable(self, field: Field) -> bool:
        return field.position >= self._lowest_trusted

    def _addresses(self, field: Field, role: SightingRole) -> None:
        for box in read_addresses(field.value, at_most=self._notes.limits.observables):
            self._notes.address(
                box.address,
                role,
                where=field.where,
                offset=field.offset,
                text=_shown(box),
                forgeable=self._is_claim(field, role, box),
            )
            if "@" in box.name:
                for match in _AT_WORD.finditer(box.name[:1000]):
                    self._notes.address(
                        match[0].strip("."),
                        SightingRole.DISPLAY_NAME,
                        where=field.where,
                        offset=field.offset,
                        text=_shown(box),
                        forgeable=True,
                    )

    def _is_claim(self, field: Field, role: SightingRole, box: Mailbox) -> bool:
        """Whether the sender could have written an address at will."""
        if role is SightingRole.RECIPIENT:
            return self._forgeable(field)
        name = read_name(box.domain)
        return not any(same_owner(name, vouched) for vouched in self._verdicts.vouched)

    def _ids(self, field: Field) -> None:
        for match in _MESSAGE_ID.finditer(field.value[:20_000]):
            host = read_address(match[1]) or read_host(match[1])
            if host is not None and (host.kind is not ObservableKind.DOMAIN or is_listed(host.value)):
                self._sight(field, host, SightingRole.MESSAGE_ID, match[0], forgeable=True)

    def _name(self, field: Field, written: str, role: SightingRole) -> None:
        name = read_name(written.strip("<>,\"' "))
        if is_listed(name):
            vouched = name in self._verdicts.vouched
            host = Host(kind=ObservableKind.DOMAIN, value=name)
            self._sight(field, host, role, written, forgeable=not vouched and self._forgeable(field))

    def _list(self, field: Field) -> None:
        for match in _ANGLE_URL.finditer(field.value[:50_000]):
            target = read_target("".join(match[1].split()))
            if target.scheme == "mailto":
                for address in mail_addresses(target.url):
                    self._notes.address(
                        address,
                        SightingRole.LIST,
                        where=field.where,
                        offset=field.offset,
                        text=match[1],
                        forgeable=True,
                    )
            elif target.host is not None:
                self._sight(
                    field, Host(kind=ObservableKind.URL, value=target.url), SightingRole.LIST, match[1], forgeable=True
                )
                self._sight(field, target.host, SightingRole.LIST, match[1], forgeable=True)

    def _literals(self, field: Field) -> None:
        role = SightingRole.CLAIMED_CLIENT if field.key in CLIENT_HEADERS else SightingRole.HEADER
        alone = read_address(field.value) if role is SightingRole.CLAIMED_CLIENT else None
        hosts = (
            [alone] if alone else [literal.host for literal in find_addresses(field.value[:100_000], header=field.key)]
        )
        for host in hosts:
            if host.value == self._boundary.origin:
                self._sight(field, host, SightingRole.ORIGIN, field.value, forgeable=self._forgeable(field))
            else:
                self._sight(field, host, role, field.value, forgeable=self._forgeable(field))

    def _received(self, line: ReceivedLine, *, trusted: bool) -> None:
        field = line.field
        is_boundary = line is self._boundary.line
        outer = SightingRole.ORIGIN if is_boundary else SightingRole.RECEIVER
        role = outer if trusted else SightingRole.CLAIMED_HOP
        for host in (line.from_address, *line.other_addresses):
            if host is not None:
                peer = host == line.from_address
                self._sight(
                    field, host, role if peer else SightingRole.CLAIMED_HOP, line.text, forgeable=not (trusted and peer)
                )
        for name in dict.fromkeys((line.reverse_name, line.helo, line.from_name)):
            known = trusted and name == line.reverse_name and line.reverse_verified
            self._host_name(line, name, role, forgeable=not (known or (trusted and not is_boundary)))
        own = SightingRole.RECEIVER if trusted else SightingRole.CLAIMED_HOP
        self._host_name(line, line.by_name, own, forgeable=not trusted)
        if line.by_address is not None:
            self._sight(field, line.by_address, own, line.text, forgeable=not trusted)
        self._received_addresses(line, trusted=trusted)

    def _received_addresses(self, line: ReceivedLine, *, trusted: bool) -> None:
        where, offset = line.field.where, line.field.offset
        if line.account:
            self._notes.address(
                line.account, SightingRole.ACCOUNT, where=where, offset=offset, text=line.text, forgeable=not trusted
            )
        if "@" in line.recipient:
            self._notes.address(
                line.recipient,
                SightingRole.RECIPIENT,
                where=where,
                offset=offset,
                text=line.text,
                forgeable=not trusted,
            )
        match = _ENVELOPE_FROM.search(line.text)
        if match:
            self._notes.address(
                match[1], SightingRole.RETURN_PATH, where=where, offset=offset, text=line.text, forgeable=True
            )
        seen = {host.value for host in (line.from_address, line.by_address, *line.other_addresses) if host}
        for literal in find_addresses(line.text, header="received"):
            if literal.bracketed and literal.host.value not in seen:
                self._sight(line.field, literal.host, SightingRole.CLAIMED_HOP, line.text, forgeable=True)

    def _host_name(self, line: ReceivedLine, written: str, role: SightingRole, *, forgeable: bool) -> None:
        if "@" in written:
            name = read_name(written.rpartition("@")[2])
            if is_listed(name):
                self._notes.address(
                    written, role, where=line.field.where, offset=line.field.offset, text=line.text, forgeable=forgeable
                )
            return
        if "." in written and read_address(written) is None and (name := read_name(written)):
            host = Host(kind=ObservableKind.DOMAIN, value=name)
            self._sight(line.field, host, role, line.text, forgeable=forgeable)

    def _sight(self, field: Field, host: Host, role: SightingRole, text: str, *, forgeable: bool) -> None:
        self._notes.sighting(host, role, where=field.where, offset=field.offset, text=text, forgeable=forgeable)


def _shown(box: Mailbox) -> str:
    return f"{box.name} <{box.address}>" if box.name else box.address

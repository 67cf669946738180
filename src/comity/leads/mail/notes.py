"""Collects what reading a mail gives, within the limits, under one artifact's id."""

from collections import Counter

from comity.leads.limits import Limits
from comity.leads.mail.content import MailAttachment, MailText, Sighting, SightingRole, TextKind
from comity.leads.mail.hosts import Host, is_internal, is_listed, read_address, read_name
from comity.leads.model import Finding, ObservableKind, Severity

_SHOWN = 200
_SAME_CODE = 50
"""Findings of one code in one mail; more of the same tell nothing new, and their number is told."""
_SENDERS = frozenset({SightingRole.FROM, SightingRole.SENDER, SightingRole.REPLY_TO, SightingRole.RETURN_PATH})


class Notes:
    """A mail's texts, sightings, attachments and findings while they grow."""

    def __init__(self, *, artifact: str, limits: Limits) -> None:
        self.artifact = artifact
        self.limits = limits
        self.texts: list[MailText] = []
        self.attachments: list[MailAttachment] = []
        self._sightings: dict[tuple[ObservableKind, str, SightingRole, str], Sighting] = {}
        self._findings: dict[tuple[str, str, str], Finding] = {}
        self._codes: Counter[str] = Counter()
        self._dropped = 0

    def text(
        self, kind: TextKind, text: str, where: str, offset: int, *, covered: tuple[ObservableKind, ...] = ()
    ) -> None:
        """Note a text; an empty one is nothing."""
        if text.strip():
            self.texts.append(MailText(kind=kind, text=text, where=where, offset=offset, covered=covered))

    def finding(self, code: str, severity: Severity, where: str, message: str) -> None:
        """Note a finding once."""
        key = (code, where, message)
        if key in self._findings:
            return
        self._codes[code] += 1
        if self._codes[code] <= _SAME_CODE:
            self._findings[key] = Finding(
                code=code, severity=severity, artifact=self.artifact, where=where, message=message
            )

    def sighting(
        self,
        host: Host,
        role: SightingRole,
        *,
        where: str,
        offset: int,
        text: str,
        forgeable: bool,
        tags: tuple[str, ...] = (),
    ) -> None:
        """Note an observable that structure gives."""
        key = (host.kind, host.value, role, where)
        if key in self._sightings:
            return
        if len(self._sightings) >= self.limits.observables:
            self._dropped += 1
            return
        self._sightings[key] = Sighting(
            kind=host.kind,
            value=host.value,
            role=role,
            where=where,
            offset=offset,
            text=text[:_SHOWN],
            forgeable=forgeable,
            tags=tuple(dict.fromkeys((*tags, *_own_tags(host)))),
        )

    def address(
        self,
        address: str,
        role: SightingRole,
        *,
        where: str,
        offset: int,
        text: str,
        forgeable: bool,
        tags: tuple[str, ...] = (),
    ) -> None:
        """Note an e-mail address and its domain; what has no domain is no address."""
        local, at, domain = address.rpartition("@")
        host = read_address(domain) if domain.startswith("[") else None
        name = "" if host else read_name(domain)
        if not at or not local or not (host or name) or len(address) > 1000:
            return
        value = f"{local}@[{host.value}]" if host else f"{local}@{name}"
        mailbox = Host(kind=ObservableKind.EMAIL, value=value)
        self.sighting(mailbox, role, where=where, offset=offset, text=text, forgeable=forgeable, tags=tags)
        if "." not in name and host is None and role not in _SENDERS:
            return  # root@localhost: a name on the recipient's own machine
        place = host or Host(kind=ObservableKind.DOMAIN, value=name)
        self.sighting(place, role, where=where, offset=offset, text=text, forgeable=forgeable, tags=tags)

    def sightings(self) -> tuple[Sighting, ...]:
        """All sightings, in the order noted."""
        return tuple(self._sightings.values())

    def findings(self) -> tuple[Finding, ...]:
        """All findings, in the order noted, with a last one for each code that was cut short."""
        out = list(self._findings.values())
        for code, count in self._codes.items():
            if count > _SAME_CODE:
                message = f"{count - _SAME_CODE} more findings {code!r} in this mail are not listed"
                out.append(self._own("findings-not-listed", message))
        if self._dropped:
            message = (
                f"{self._dropped} more sightings than observables = {self.limits.observables} were not listed; "
                "raise the limit"
            )
            out.append(self._own("mail-too-many-observables", message))
        return tuple(out)

    def _own(self, code: str, message: str) -> Finding:
        return Finding(code=code, severity=Severity.WARNING, artifact=self.artifact, where="mail", message=message)


def _own_tags(host: Host) -> tuple[str, ...]:
    if host.kind in {ObservableKind.IPV4, ObservableKind.IPV6}:
        return ("internal",) if is_internal(host.value) else ()
    name = host.value.rpartition("@")[2] if host.kind is ObservableKind.EMAIL else host.value
    if host.kind in {ObservableKind.DOMAIN, ObservableKind.EMAIL} and not name.startswith("[") and not is_listed(name):
        return ("unlisted-suffix",)
    return ()

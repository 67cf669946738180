"""Collects what reading a mail gives, within the limits, under one artifact's id."""

from collections import Counter
from dataclasses import dataclass

from comity.leads.limits import Limits
from comity.leads.mail.content import MailAttachment, MailText, Sighting, SightingRole, TextKind
from comity.leads.mail.hosts import Host, is_internal, is_listed, read_address, read_name
from comity.leads.model import Finding, ObservableKind, Severity

_SHOWN = 200
_LONGEST_ADDRESS = 1_000
_SAME_CODE = 50
"""Findings of one code in one mail; more of the same tell nothing new, and their number is told."""
_SENDERS = frozenset({SightingRole.FROM, SightingRole.SENDER, SightingRole.REPLY_TO, SightingRole.RETURN_PATH})


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where something stands in the mail, and how it is written there."""

    where: str
    offset: int
    text: str


class Notes:
    """A mail's texts, sightings, attachments and findings while they grow."""

    def __init__(self, *, artifact: str, limits: Limits) -> None:
        self.artifact = artifact
        self.limits = limits
        self.texts: list[MailText] = []
        self.attachments: list[MailAttachment] = []
        self._sightings: dict[tuple[ObservableKind, str, SightingRole, str], Sighting] = {}
        self._findings: list[Finding] = []
        self._told: set[int] = set()
        """Hashes of findings told, so that many cost little to know again."""
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
        finding = Finding(code=code, severity=severity, artifact=self.artifact, where=where, message=message)
        key = hash(finding)
        if key in self._told:
            return
        self._told.add(key)
        self._codes[code] += 1
        if self._codes[code] <= _SAME_CODE:
            self._findings.append(finding)

    def sighting(
        self, host: Host, role: SightingRole, spot: Spot, *, forgeable: bool, tags: tuple[str, ...] = ()
    ) -> None:
        """Note an observable that structure gives."""
        key = (host.kind, host.value, role, spot.where)
        if key in self._sightings:
            return
        if len(self._sightings) >= self.limits.observables:
            self._dropped += 1
            return
        self._sightings[key] = Sighting(
            kind=host.kind,
            value=host.value,
            role=role,
            where=spot.where,
            offset=spot.offset,
            text=spot.text[:_SHOWN],
            forgeable=forgeable,
            tags=tuple(dict.fromkeys((*tags, *_own_tags(host)))),
        )

    def address(self, address: str, role: SightingRole, spot: Spot, *, forgeable: bool) -> None:
        """Note an e-mail address and its domain; what has no domain is no address."""
        local, _, domain = address.rpartition("@")
        host = read_address(domain)
        name = "" if host or domain.endswith("..") else read_name(domain)
        if not local or not (host or name) or len(address) > _LONGEST_ADDRESS:
            return
        bracketed = host is not None and domain.startswith("[")
        value = f"{local}@[{host.value}]" if host and bracketed else f"{local}@{host.value if host else name}"
        self.sighting(Host(kind=ObservableKind.EMAIL, value=value), role, spot, forgeable=forgeable)
        if "." not in name and host is None and role not in _SENDERS:
            return  # root@localhost: a name on the recipient's own machine
        place = host or Host(kind=ObservableKind.DOMAIN, value=name)
        self.sighting(place, role, spot, forgeable=forgeable)

    def sightings(self) -> tuple[Sighting, ...]:
        """All sightings, in the order noted."""
        return tuple(self._sightings.values())

    def findings(self) -> tuple[Finding, ...]:
        """All findings, in the order noted, with a last one for each code that was cut short."""
        out = list(self._findings)
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
    is_name = host.kind in {ObservableKind.DOMAIN, ObservableKind.EMAIL} and read_address(name) is None
    return ("unlisted-suffix",) if is_name and not is_listed(name) else ()

"""Gathers what is found while evidence is read: one observable for each kind and value, with its places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from comity.leads.artifacts.passage import Passage
from comity.leads.artifacts.source import Source
from comity.leads.extract.cards import mask_card, mask_cards_in
from comity.leads.extract.sighting import Sighting
from comity.leads.limits import Limits
from comity.leads.model import (
    Artifact,
    ArtifactKind,
    Finding,
    MailReading,
    Observable,
    ObservableKind,
    Place,
    Severity,
    Transfer,
)

_MAX_TEXT_CHARS = 200
_NUMBERS = frozenset(
    {
        ObservableKind.BANK_ACCOUNT,
        ObservableKind.CRYPTO,
        ObservableKind.FILE_HASH,
        ObservableKind.IBAN,
        ObservableKind.IMEI,
        ObservableKind.PHONE,
        ObservableKind.TRANSACTION,
    }
)
"""What is a number itself and known to be no card."""
_CARD_QUERY = re.compile(r"[?&#;/](?:card|cc|pan|credit)[\w-]{0,20}[=/:]", re.IGNORECASE)
_CASELESS = frozenset({ObservableKind.EMAIL, ObservableKind.UPI})


@dataclass(slots=True)
class _Seen:
    """An observable while it is being gathered."""

    kind: ObservableKind
    value: str
    shown: str
    places: list[Place] = field(default_factory=list)
    tags: dict[str, None] = field(default_factory=dict)
    more: int = 0
    forgeable: bool | None = None
    """Whether a mail's sender could have written all places of which structure tells; None: it tells of none."""


class Collector:
    """What was found so far."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._seen: dict[tuple[ObservableKind, str], _Seen] = {}
        self._over = 0
        self._transfers_over = 0
        self.artifacts: list[Artifact] = []
        self.findings: list[Finding] = []
        self.mails: list[MailReading] = []
        self.transfers: list[Transfer] = []

    def add_artifact(self, source: Source, *, kind: ArtifactKind, media_type: str, sha256: str, parent: str) -> str:
        """Register an artifact; its id."""
        artifact = Artifact(
            id=f"a{len(self.artifacts) + 1}",
            path=source.label,
            kind=kind,
            media_type=media_type,
            size_bytes=source.size_bytes,
            sha256=sha256,
            parent=parent,
        )
        self.artifacts.append(artifact)
        return artifact.id

    def set_kind(self, artifact: str, *, kind: ArtifactKind, media_type: str) -> None:
        """Correct the kind of an artifact once more than its first bytes were read."""
        at = int(artifact[1:]) - 1
        old = self.artifacts[at]
        self.artifacts[at] = Artifact(
            id=old.id,
            path=old.path,
            kind=kind,
            media_type=media_type,
            size_bytes=old.size_bytes,
            sha256=old.sha256,
            parent=old.parent,
        )

    def add_finding(self, code: str, severity: Severity, artifact: str, where: str, message: str) -> None:
        self.findings.append(
            Finding(code=code, severity=severity, artifact=artifact, where=where, message=mask_cards_in(message))
        )

    def add_transfer(self, transfer: Transfer) -> None:
        if len(self.transfers) < self._limits.transfers:
            self.transfers.append(transfer)
        else:
            self._transfers_over += 1

    def add(
        self, kind: ObservableKind, value: str, place: Place, *, shown: str = "", tags: tuple[str, ...] = ()
    ) -> None:
        """One observable at one place."""
        seen = self._entry(kind, value, shown, tags)
        if seen:
            self._place(seen, place)

    def add_sighting(self, seen: Sighting, passage: Passage, *, artifact: str) -> None:
        """What an extractor saw in a passage; the place is worked out only while places are still listed."""
        entry = self._entry(seen.kind, seen.value, seen.shown, seen.tags)
        if entry is None:
            return
        if len(entry.places) >= self._limits.places:
            entry.more += 1
            return
        written = passage.text[seen.start : min(seen.end, seen.start + _MAX_TEXT_CHARS)]
        offset = passage.offset(seen.start)
        self._place(entry, Place(artifact=artifact, where=passage.where(seen.start), offset=offset, text=written))

    def note_forgeable(self, kind: ObservableKind, value: str, *, forgeable: bool) -> None:
        """What a mail's structure says of the place where an observable, already added, was seen."""
        seen = self._seen.get(_key(kind, value))
        if seen:
            seen.forgeable = forgeable if seen.forgeable is None else seen.forgeable and forgeable

    def _entry(self, kind: ObservableKind, value: str, shown: str, tags: tuple[str, ...]) -> _Seen | None:
        key = _key(kind, value)
        entry = self._seen.get(key)
        if entry is None:
            if len(self._seen) >= self._limits.observables:
                self._over += 1
                return None
            entry = self._seen[key] = _Seen(kind, _masked_value(kind, key[1]), shown)
        if tags:
            entry.tags.update(dict.fromkeys(tags))
        return entry

    def _place(self, entry: _Seen, place: Place) -> None:
        if len(entry.places) >= self._limits.places:
            entry.more += 1
            return
        text = _masked_text(entry, " ".join(place.text.split()))[:_MAX_TEXT_CHARS]
        clean = Place(artifact=place.artifact, where=mask_cards_in(place.where), offset=place.offset, text=text)
        if clean not in entry.places[-8:]:
            entry.places.append(clean)

    def observables(self) -> Iterator[Observable]:
        """All observables, in the order in which they were first seen."""
        for seen in self._seen.values():
            tags = list(seen.tags)
            if seen.forgeable:
                tags.append("sender-forgeable")
            if seen.more:
                tags.append(f"more-places-{seen.more}")
            yield Observable(
                kind=seen.kind, value=seen.value, shown=seen.shown, places=tuple(seen.places), tags=tuple(tags)
            )

    def close(self) -> None:
        """Tell what limits kept from being listed."""
        if self._over:
            self._tell_limit("observables", self._over, self._limits.observables)
        if self._transfers_over:
            self._tell_limit("transfers", self._transfers_over, self._limits.transfers)

    def _tell_limit(self, what: str, over: int, allowed: int) -> None:
        message = (
            f"More than {allowed:,} {what} were found; {over:,} sightings beyond that are not listed. "
            "Split the input or raise the limit."
        )
        self.add_finding(f"{what}-not-listed", Severity.WARNING, "", "", message)


def _masked_value(kind: ObservableKind, value: str) -> str:
    """A link with a card number in its query masked; a number that only might be one must stay as it is."""
    return mask_cards_in(value) if kind is ObservableKind.URL and _CARD_QUERY.search(value) else value


def _masked_text(entry: _Seen, text: str) -> str:
    if entry.kind is ObservableKind.CARD:
        return mask_card(re.sub(r"\D", "", text)) if sum(char.isdigit() for char in text) > 10 else text
    if entry.kind in _NUMBERS or (entry.kind is ObservableKind.URL and not _CARD_QUERY.search(text)):
        return text
    return mask_cards_in(text)


def _key(kind: ObservableKind, value: str) -> tuple[ObservableKind, str]:
    return kind, value.lower() if kind in _CASELESS else value

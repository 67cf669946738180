"""Gathers what is found while evidence is read: one observable for each kind and value, with its places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec import structs

from comity.leads.artifacts.event import NO_EVENT, Event
from comity.leads.artifacts.passage import Passage
from comity.leads.artifacts.source import Source
from comity.leads.extract.cards import mask_card, mask_cards_in
from comity.leads.extract.sighting import Sighting
from comity.leads.limits import Limits
from comity.leads.logs.visitors import Deed
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
from comity.leads.wellformed import well_formed, well_formed_record

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
_ACTORS = frozenset({ObservableKind.IPV4, ObservableKind.IPV6})
"""Kinds of which places that tell are kept, however many there are."""
_MOST_COPIES_NAMED = 5
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
    telling: set[int] = field(default_factory=set)
    """Which of the places are of events that tell: they are kept."""
    forgeable: bool | None = None
    """Whether a mail's sender could have written all places of which structure tells; None: it tells of none."""
    logged: bool = False
    """Whether a server's own log names it as a client."""


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
        self.deeds: list[Deed] = []
        self._told: list[Transfer] = []

    def add_artifact(
        self,
        source: Source,
        *,
        kind: ArtifactKind,
        media_type: str,
        sha256: str,
        parent: str,
        duplicate_of: str = "",
    ) -> str:
        """Register an artifact; its id. One of the same bytes as another has its kind."""
        if duplicate_of:
            kind, media_type = self.kind(duplicate_of), self.media_type(duplicate_of)
        artifact = Artifact(
            id=f"a{len(self.artifacts) + 1}",
            path=source.label,
            kind=kind,
            media_type=media_type,
            size_bytes=source.size_bytes,
            sha256=sha256,
            parent=parent,
            duplicate_of=duplicate_of,
        )
        self.artifacts.append(artifact)
        return artifact.id

    def set_kind(self, artifact: str, *, kind: ArtifactKind, media_type: str) -> None:
        """Correct the kind of an artifact once more than its first bytes were read."""
        at = int(artifact[1:]) - 1
        self.artifacts[at] = structs.replace(self.artifacts[at], kind=kind, media_type=media_type)

    def kind(self, artifact: str) -> ArtifactKind:
        return self.artifacts[int(artifact[1:]) - 1].kind

    def media_type(self, artifact: str) -> str:
        return self.artifacts[int(artifact[1:]) - 1].media_type

    def add_finding(self, code: str, severity: Severity, artifact: str, where: str, message: str) -> None:
        self.findings.append(
            Finding(code=code, severity=severity, artifact=artifact, where=where, message=mask_cards_in(message))
        )

    def add_transfer(self, transfer: Transfer) -> None:
        if len(self.transfers) < self._limits.transfers:
            self.transfers.append(well_formed_record(transfer))
        else:
            self._transfers_over += 1

    def add_told_transfer(self, transfer: Transfer) -> None:
        """A payment that a message tells of; a statement may list it, too."""
        self._told.append(transfer)

    def add(
        self,
        kind: ObservableKind,
        value: str,
        place: Place,
        *,
        shown: str = "",
        tags: tuple[str, ...] = (),
        event: Event = NO_EVENT,
    ) -> None:
        """One observable at one place, where `event` happened."""
        seen = self._entry(kind, value, shown, tags)
        if seen:
            self._place(seen, place, event)

    def add_sighting(self, seen: Sighting, passage: Passage, *, artifact: str) -> None:
        """What an extractor saw in a passage; the place is worked out only while places are still listed."""
        entry = self._entry(seen.kind, seen.value, seen.shown, seen.tags)
        if entry is None:
            return
        full = len(entry.places) >= self._limits.places
        event = NO_EVENT if full and seen.kind not in _ACTORS else passage.event(seen.start)
        if full and not event.telling:
            entry.more += 1
            return
        written = passage.text[seen.start : min(seen.end, seen.start + _MAX_TEXT_CHARS)]
        offset = passage.offset(seen.start)
        place = Place(artifact=artifact, where=passage.where(seen.start), offset=offset, text=written)
        self._place(entry, place, event)

    def tag(self, kind: ObservableKind, value: str, tags: tuple[str, ...], *, logged: bool = False) -> None:
        """More tags of an observable already added; `logged`: a server's own log names it as a client."""
        seen = self._seen.get(_key(kind, value))
        if seen:
            seen.tags.update(dict.fromkeys(tags))
            seen.logged = seen.logged or logged

    def is_seen_in(self, kind: ObservableKind, value: str, artifact: str) -> bool:
        """Whether a place of an observable in an artifact is listed."""
        seen = self._seen.get(_key(kind, value))
        return seen is not None and any(place.artifact == artifact for place in seen.places)

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
            entry = self._seen[key] = _Seen(kind, well_formed(_masked_value(kind, key[1])), well_formed(shown))
        if tags:
            entry.tags.update(dict.fromkeys(tags))
        return entry

    def _place(self, entry: _Seen, place: Place, event: Event) -> None:
        full = len(entry.places) >= self._limits.places
        slot = self._slot(entry) if full and event.telling else -1
        entry.more += full
        if full and slot < 0:
            return
        clean = _clean(entry, place, event)
        if slot >= 0:
            entry.places[slot] = clean
        elif clean not in entry.places[-8:]:
            entry.places.append(clean)
        if event.telling:
            entry.telling.add(slot if slot >= 0 else len(entry.places) - 1)

    def _slot(self, entry: _Seen) -> int:
        """The last place that gives way to one that tells more; -1: none does."""
        return next((at for at in range(len(entry.places) - 1, -1, -1) if at not in entry.telling), -1)

    def observables(self) -> Iterator[Observable]:
        """All observables, in the order in which they were first seen."""
        for seen in self._seen.values():
            tags = list(seen.tags)
            if seen.forgeable:
                tags.append("log-confirmed" if seen.logged else "sender-forgeable")
            if seen.more:
                tags.append(f"more-places-{seen.more}")
            yield Observable(
                kind=seen.kind, value=seen.value, shown=seen.shown, places=tuple(seen.places), tags=tuple(tags)
            )

    def close(self) -> None:
        """Tell what was read only once, and what limits kept from being listed; findings are written as UTF-8."""
        self._tell_duplicates()
        self._merge_told()
        if self._over:
            self._tell_limit("observables", self._over, self._limits.observables)
        if self._transfers_over:
            self._tell_limit("transfers", self._transfers_over, self._limits.transfers)
        self.findings = [well_formed_record(one) for one in self.findings]
        self.mails = [well_formed_record(one) for one in self.mails]

    def _merge_told(self) -> None:
        """Payments that messages tell of and no statement lists; of the others, that both tell of one payment."""
        listed = {_payment_key(one): one for one in self.transfers if one.reference}
        for told in self._told:
            same = listed.get(_payment_key(told)) if told.reference else None
            if same is None:
                self.add_transfer(told)
                continue
            message = (
                f"This message tells of the payment {told.reference} of {told.amount} {told.currency} that "
                f"{same.artifact} {same.where} lists, too: it is counted once, as listed there."
            )
            self._credit(same, told)
            self.add_finding("payment-told-twice", Severity.INFO, told.artifact, told.where, message)

    def _credit(self, listed: Transfer, told: Transfer) -> None:
        """A statement shows what left the payer's account, the message what was sent on: they may differ in unit."""
        if told.amount and told.currency and told.currency != listed.currency:
            place = self.transfers.index(listed)
            credited = structs.replace(listed, credited=told.amount, credited_currency=told.currency)
            self.transfers[place] = credited

    def _tell_duplicates(self) -> None:
        again: dict[str, list[Artifact]] = {}
        for one in self.artifacts:
            if one.duplicate_of:
                again.setdefault(one.duplicate_of, []).append(one)
        for first, copies in again.items():
            named = ", ".join(f"{one.id} {one.path}" for one in copies[:_MOST_COPIES_NAMED])
            more = f" and {len(copies) - _MOST_COPIES_NAMED:,} more" if len(copies) > _MOST_COPIES_NAMED else ""
            message = (
                f"{self.artifacts[int(first[1:]) - 1].path} was met {len(copies) + 1:,} times with the same bytes "
                f"(SHA-256): also as {named}{more}. It was read, and its payments counted, once."
            )
            self.add_finding("artifact-duplicate", Severity.INFO, first, "", message)

    def _tell_limit(self, what: str, over: int, allowed: int) -> None:
        message = (
            f"More than {allowed:,} {what} were found; {over:,} sightings beyond that are not listed. "
            "Split the input or raise the limit."
        )
        self.add_finding(f"{what}-not-listed", Severity.WARNING, "", "", message)


def _payment_key(transfer: Transfer) -> tuple[str, str]:
    return transfer.reference.casefold(), transfer.target.casefold()


def _clean(entry: _Seen, place: Place, event: Event) -> Place:
    return Place(
        artifact=place.artifact,
        where=well_formed(mask_cards_in(place.where)),
        offset=place.offset,
        text=well_formed(_masked_text(entry, " ".join(place.text.split()))[:_MAX_TEXT_CHARS]),
        at=event.at,
        by=well_formed(event.by),
        act=well_formed(event.act),
        agent=well_formed(event.agent),
    )


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

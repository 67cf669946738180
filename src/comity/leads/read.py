"""Reads one artifact after another, each as its kind asks, and what lies within them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from msgspec import structs

from comity.leads.artifacts.archive import Budget, read_archive
from comity.leads.artifacts.decode import DecodedText, decode
from comity.leads.artifacts.document import read_pdf
from comity.leads.artifacts.mailbox import split_mailbox
from comity.leads.artifacts.page import page_passages
from comity.leads.artifacts.passage import LinedPassage, MailPassage, Passage, PlainPassage
from comity.leads.artifacts.sniff import sniff
from comity.leads.artifacts.source import Source, data_source
from comity.leads.artifacts.stix import StixError, read_stix
from comity.leads.artifacts.table import Table, read_table
from comity.leads.chats import Chat, read_export, read_lines
from comity.leads.chats.passage import ChatPassage, message_passages
from comity.leads.chats.reading import read_chat
from comity.leads.collect import Collector
from comity.leads.errors import LeadsError, LimitError
from comity.leads.extract import find_in_text
from comity.leads.extract.swift import SwiftPayment, find_swift_payments
from comity.leads.limits import Limits
from comity.leads.logs import find_format
from comity.leads.logs.reading import read_log
from comity.leads.mail import MailContent, SightingRole, TextKind, read_mail
from comity.leads.model import ArtifactKind, Finding, ObservableKind, Place, Severity, Transfer
from comity.leads.tables import TableReader

_NEUTRAL_ROLES = frozenset({SightingRole.LINK, SightingRole.REDIRECT, SightingRole.RESOURCE, SightingRole.FORM})
"""What a mail leads to is what it is, whoever wrote it there."""

_IDS = (ObservableKind.FILE_HASH, ObservableKind.TRANSACTION)
"""In headers these are ids of servers."""

_ALL_KINDS = frozenset(ObservableKind)

Progress = Callable[[str, int], None]
"""Told the label of the artifact at work and how many more bytes are done (each byte is done twice: hashed, read)."""


@dataclass(slots=True, kw_only=True)
class EvidenceReader:
    """Reads artifacts into a `Collector`."""

    collector: Collector
    limits: Limits
    regions: tuple[str, ...]
    progress: Progress
    budget: Budget = field(init=False)
    _known: dict[str, tuple[str, bool]] = field(default_factory=dict)
    """By SHA-256: the artifact that was read, and whether it lay in a mail."""
    _paid: set[Transfer] = field(default_factory=set)
    """Payments read out of texts, without their place."""
    _told_bytes: int = 0
    """How many bytes `progress` was told of."""

    def read(self, source: Source, *, parent: str = "", depth: int = 0, in_mail: int = 0) -> None:
        """One artifact and all within it. `depth`: how many archives, `in_mail`: how many mails lie around it.

        Bytes that were read before are not read again: the artifact names the first of them.
        """
        if not parent:
            self.budget = Budget.of(self.limits)
        kind, media_type = sniff(source.head(), source.name)
        if kind not in (ArtifactKind.MAILBOX, ArtifactKind.ARCHIVE) and source.size_bytes > self.limits.artifact_bytes:
            source.read(self.limits)  # raises before anything is hashed
        digest = source.sha256(lambda size: self._done(source, 0 if parent else size))
        first = self._first(digest, in_mail=in_mail)
        artifact = self.collector.add_artifact(
            source, kind=kind, media_type=media_type, sha256=digest, parent=parent, duplicate_of=first
        )
        if first:
            self._done(source, 0 if parent else source.size_bytes)
            return
        self._known[digest] = (artifact, in_mail > 0)
        done = self._told_bytes
        try:
            self._read_as(kind, source, artifact, depth=depth, in_mail=in_mail)
        except LeadsError:
            del self._known[digest]  # what was not wholly read is no reason to pass over a copy
            raise
        if not parent:
            self._done(source, max(0, source.size_bytes - (self._told_bytes - done)))

    def _first(self, digest: str, *, in_mail: int) -> str:
        """The artifact of the same bytes that was read before; empty: none.

        A server's log is read again where it first lay in a mail, whose sender could have written it: alone it counts.
        """
        artifact, lay_in_mail = self._known.get(digest, ("", False))
        if artifact and lay_in_mail and not in_mail and self.collector.kind(artifact) is ArtifactKind.LOG:
            return ""
        return artifact

    def _done(self, source: Source, size_bytes: int) -> None:
        self._told_bytes += size_bytes
        self.progress(source.label, size_bytes)

    def _read_as(self, kind: ArtifactKind, source: Source, artifact: str, *, depth: int, in_mail: int) -> None:
        if kind is ArtifactKind.ARCHIVE:
            self._archive(source, artifact, depth=depth, in_mail=in_mail)
        elif kind is ArtifactKind.MAILBOX:
            self._mailbox(source, artifact, depth=depth)
        else:
            self._single(source, artifact, kind, depth=depth, in_mail=in_mail)

    def _single(self, source: Source, artifact: str, kind: ArtifactKind, *, depth: int, in_mail: int) -> None:
        data = source.read(self.limits)
        if kind is ArtifactKind.MAIL:
            self._mail(source, data, artifact, depth=depth, in_mail=in_mail)
        elif kind is ArtifactKind.PDF:
            self._pdf(data, artifact)
        elif kind is ArtifactKind.STIX:
            self._stix(source, data, artifact)
        elif kind is ArtifactKind.OTHER:
            message = f"{source.name} is of a kind that is not read; it is hashed and kept as evidence."
            self.collector.add_finding("artifact-not-read", Severity.INFO, artifact, "", message)
        else:
            self._text(source, data, artifact, kind, in_mail=in_mail)

    def _archive(self, source: Source, artifact: str, *, depth: int, in_mail: int) -> None:
        if depth >= self.limits.archive_depth:
            raise LimitError(path=source.label, limit="archive_depth", allowed=self.limits.archive_depth)
        for member in read_archive(source, artifact=artifact, limits=self.limits, budget=self.budget):
            if isinstance(member, Finding):
                self.collector.findings.append(member)
            else:
                self.read(member, parent=artifact, depth=depth + 1, in_mail=in_mail)
                self._done(member, 0 if depth or in_mail else member.packed_bytes)

    def _mailbox(self, source: Source, artifact: str, *, depth: int) -> None:
        with source.open() as stream:
            messages = split_mailbox(stream, label=source.label, limits=self.limits)
            for number, (offset, data) in enumerate(messages, start=1):
                label = f"{source.label}!message {number} (byte {offset})"
                inner = data_source(data, label=label, name=f"message {number}.eml")
                self.read(inner, parent=artifact, depth=depth)
                self._done(inner, 0 if depth else len(data))

    def _mail(self, source: Source, data: bytes, artifact: str, *, depth: int, in_mail: int) -> None:
        content = read_mail(data, artifact=artifact, limits=self.limits, depth=in_mail)
        self.collector.mails.append(content.reading)
        self.collector.findings.extend(content.findings)
        self._mail_sightings(content, artifact)
        for text in content.texts:
            base = text.offset
            covered = (*text.covered, *_IDS) if text.kind is TextKind.HEADER else text.covered
            passage = MailPassage(text=text.text, place=text.where, base=base, covered=covered, data=data)
            self._passage(passage, artifact)
        for part in content.attachments:
            name = "message.eml" if part.is_mail else part.name
            inner = data_source(part.data, label=f"{source.label}!{part.where}", name=name)
            self._attachment(inner, artifact, depth=depth, in_mail=in_mail + 1, where=part.where)

    def _mail_sightings(self, content: MailContent, artifact: str) -> None:
        for seen in content.sightings:
            if seen.role is SightingRole.MESSAGE_ID:
                continue
            place = Place(artifact=artifact, where=seen.where, offset=seen.offset, text=seen.text)
            self.collector.add(seen.kind, seen.value, place, tags=seen.tags)
            if seen.role not in _NEUTRAL_ROLES:
                self.collector.note_forgeable(seen.kind, seen.value, forgeable=seen.forgeable)

    def _attachment(self, inner: Source, artifact: str, *, depth: int, in_mail: int, where: str) -> None:
        """A mail's attachment: what is made to harm is named, and does not keep the rest from being read."""
        if in_mail > self.limits.mail_depth:
            message = f"More than {self.limits.mail_depth} mails lie within one another; what is deeper was not read."
            self.collector.add_finding("mail-too-deep", Severity.WARNING, artifact, where, message)
            return
        try:
            self.read(inner, parent=artifact, depth=depth, in_mail=in_mail)
        except LeadsError as error:
            message = f"The attachment was not (wholly) read: {error}."
            self.collector.add_finding("attachment-refused", Severity.WARNING, artifact, where, message)

    def _text(self, source: Source, data: bytes, artifact: str, kind: ArtifactKind, *, in_mail: int) -> None:
        decoded = decode(data)
        if decoded.unsure:
            message = (
                f"The bytes do not say their charset; read as {decoded.charset}. Letters beyond ASCII may be wrong."
            )
            self.collector.add_finding("charset-guessed", Severity.INFO, artifact, "", message)
        if self._chat_export(decoded, source, artifact):
            return
        if kind is ArtifactKind.HTML:
            for passage in page_passages(decoded):
                self._passage(passage, artifact)
            return
        if self._log(decoded, artifact, in_mail=in_mail) or self._lined_chat(decoded, source, artifact):
            return
        table = read_table(decoded.text, named_so=kind is ArtifactKind.TABLE)
        if table:
            self.collector.set_kind(artifact, kind=ArtifactKind.TABLE, media_type="text/csv")
            self._table(table, decoded, artifact, in_mail=in_mail)
            return
        if kind is ArtifactKind.TABLE:
            self.collector.set_kind(artifact, kind=ArtifactKind.TEXT, media_type="text/plain")
        self._passage(LinedPassage(decoded), artifact)

    def _log(self, decoded: DecodedText, artifact: str, *, in_mail: int) -> bool:
        form = find_format(decoded.text)
        if form is None:
            return False
        self.collector.set_kind(artifact, kind=ArtifactKind.LOG, media_type="text/plain")
        read_log(decoded, form, artifact=artifact, collector=self.collector, regions=self.regions, confirms=not in_mail)
        return True

    def _chat_export(self, decoded: DecodedText, source: Source, artifact: str) -> bool:
        chat = read_export(decoded.text, name=source.name)
        if chat:
            self._chat(chat, message_passages(decoded, chat), artifact)
        return chat is not None

    def _lined_chat(self, decoded: DecodedText, source: Source, artifact: str) -> bool:
        chat = read_lines(decoded.text, name=source.label)
        if chat:
            self._chat(chat, [ChatPassage(decoded, chat)], artifact)
        return chat is not None

    def _chat(self, chat: Chat, passages: Iterable[Passage], artifact: str) -> None:
        media_type = self.collector.media_type(artifact)
        self.collector.set_kind(artifact, kind=ArtifactKind.CHAT, media_type=media_type)
        read_chat(chat, passages, artifact=artifact, collector=self.collector, regions=self.regions)

    def _table(self, table: Table, decoded: DecodedText, artifact: str, *, in_mail: int) -> None:
        self._passage(LinedPassage(decoded.until(len(table.preamble))), artifact)
        reader = TableReader(
            table=table, artifact=artifact, collector=self.collector, regions=self.regions, confirms=not in_mail
        )
        reader.read(decoded, self.limits)

    def _pdf(self, data: bytes, artifact: str) -> None:
        for piece in read_pdf(data, artifact=artifact, limits=self.limits):
            if isinstance(piece, Finding):
                self.collector.findings.append(piece)
            else:
                self._passage(PlainPassage(text=piece[1], place=piece[0]), artifact)

    def _stix(self, source: Source, data: bytes, artifact: str) -> None:
        cursor = 0
        try:
            for found in read_stix(data):
                at = data.find(found.object_id.encode(), cursor)
                cursor = at if at >= 0 else cursor
                offset = data.find(found.written.encode("utf-8", "replace"), max(cursor, 0))
                place = Place(artifact=artifact, where=found.where, offset=offset, text=found.written)
                self.collector.add(
                    found.seen.kind, found.seen.value, place, shown=found.seen.shown, tags=found.seen.tags
                )
        except StixError as error:
            message = f"What looks like STIX is no JSON ({error}); it was read as plain text."
            self.collector.add_finding("stix-unreadable", Severity.WARNING, artifact, "", message)
            self.collector.set_kind(artifact, kind=ArtifactKind.TEXT, media_type="text/plain")
            self._passage(LinedPassage(decode(data)), artifact)

    def _passage(self, passage: Passage, artifact: str) -> None:
        covered: tuple[ObservableKind, ...] = passage.covered
        if _ALL_KINDS.issubset(covered):
            return
        for seen in find_in_text(passage.text, regions=self.regions):
            if seen.kind not in covered:
                self.collector.add_sighting(seen, passage, artifact=artifact)
        for paid in find_swift_payments(passage.text):
            transfer = _swift_transfer(paid, passage, artifact)
            same = structs.replace(transfer, where="")  # a mail says all twice: as plain text and as a page
            if same not in self._paid:
                self._paid.add(same)
                self.collector.add_told_transfer(transfer)


def _swift_transfer(paid: SwiftPayment, passage: Passage, artifact: str) -> Transfer:
    return Transfer(
        artifact=artifact,
        where=passage.where(paid.start),
        at=paid.on,
        amount=paid.amount,
        currency=paid.currency,
        source=paid.source,
        target=paid.target,
        reference=paid.reference,
    )

"""Reads one artifact after another, each as its kind asks, and what lies within them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice

from comity.leads.artifacts.archive import Budget, read_archive
from comity.leads.artifacts.decode import ByteOffsets, DecodedText, decode
from comity.leads.artifacts.document import read_pdf
from comity.leads.artifacts.ledger import read_ledger
from comity.leads.artifacts.mailbox import split_mailbox
from comity.leads.artifacts.page import page_passages
from comity.leads.artifacts.passage import LinedPassage, Passage, PlainPassage
from comity.leads.artifacts.rows import find_in_rows
from comity.leads.artifacts.sniff import sniff
from comity.leads.artifacts.source import Source, data_source
from comity.leads.artifacts.stix import StixError, read_stix
from comity.leads.artifacts.table import Table, read_table
from comity.leads.artifacts.transfers import read_transfers
from comity.leads.collect import Collector
from comity.leads.errors import LeadsError, LimitError
from comity.leads.extract import find_in_text
from comity.leads.limits import Limits
from comity.leads.mail import MailContent, SightingRole, TextKind, read_mail
from comity.leads.model import ArtifactKind, Finding, ObservableKind, Place, Severity

_SAMPLE_ROWS = 300
_NEUTRAL_ROLES = frozenset({SightingRole.LINK, SightingRole.REDIRECT, SightingRole.RESOURCE, SightingRole.FORM})
"""What a mail leads to is what it is, whoever wrote it there."""

_IDS = (ObservableKind.FILE_HASH, ObservableKind.TRANSACTION)
"""In headers these are ids of servers."""

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

    def __post_init__(self) -> None:
        self.budget = Budget.of(self.limits)

    def read(self, source: Source, *, parent: str = "", depth: int = 0, in_mail: int = 0) -> None:
        """One artifact and all within it. `depth`: how many archives, `in_mail`: how many mails lie around it."""
        kind, media_type = sniff(source.head(), source.name)
        if kind not in (ArtifactKind.MAILBOX, ArtifactKind.ARCHIVE) and source.size_bytes > self.limits.artifact_bytes:
            source.read(self.limits)  # raises before anything is hashed
        digest = source.sha256(lambda size: self.progress(source.label, size))
        artifact = self.collector.add_artifact(source, kind=kind, media_type=media_type, sha256=digest, parent=parent)
        if kind is ArtifactKind.ARCHIVE:
            self._archive(source, artifact, depth=depth, in_mail=in_mail)
        elif kind is ArtifactKind.MAILBOX:
            self._mailbox(source, artifact, depth=depth)
        else:
            self._single(source, artifact, kind, depth=depth, in_mail=in_mail)
        self.progress(source.label, source.size_bytes)

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
            self._text(source, data, artifact, kind)

    def _archive(self, source: Source, artifact: str, *, depth: int, in_mail: int) -> None:
        if depth >= self.limits.archive_depth:
            raise LimitError(path=source.label, limit="archive_depth", allowed=self.limits.archive_depth)
        for member in read_archive(source, artifact=artifact, limits=self.limits, budget=self.budget):
            if isinstance(member, Finding):
                self.collector.findings.append(member)
            else:
                self.read(member, parent=artifact, depth=depth + 1, in_mail=in_mail)

    def _mailbox(self, source: Source, artifact: str, *, depth: int) -> None:
        with source.open() as stream:
            messages = split_mailbox(stream, label=source.label, limits=self.limits)
            for number, (offset, data) in enumerate(messages, start=1):
                label = f"{source.label}!message {number} (byte {offset})"
                inner = data_source(data, label=label, name=f"message {number}.eml")
                self.read(inner, parent=artifact, depth=depth)

    def _mail(self, source: Source, data: bytes, artifact: str, *, depth: int, in_mail: int) -> None:
        content = read_mail(data, artifact=artifact, limits=self.limits, depth=in_mail)
        self.collector.mails.append(content.reading)
        self.collector.findings.extend(content.findings)
        self._mail_sightings(content, artifact)
        for text in content.texts:
            base = text.offset
            covered = (*text.covered, *_IDS) if text.kind is TextKind.HEADER else text.covered
            passage = _MailPassage(text=text.text, place=text.where, base=base, covered=covered, data=data)
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

    def _text(self, source: Source, data: bytes, artifact: str, kind: ArtifactKind) -> None:
        decoded = decode(data)
        if decoded.unsure:
            message = (
                f"The bytes do not say their charset; read as {decoded.charset}. Letters beyond ASCII may be wrong."
            )
            self.collector.add_finding("charset-guessed", Severity.INFO, artifact, "", message)
        if kind is ArtifactKind.HTML:
            for passage in page_passages(decoded):
                self._passage(passage, artifact)
            return
        table = read_table(decoded.text, named_so=kind is ArtifactKind.TABLE)
        if table:
            self.collector.set_kind(artifact, kind=ArtifactKind.TABLE, media_type="text/csv")
            self._table(table, decoded, artifact)
            return
        if kind is ArtifactKind.TABLE:
            self.collector.set_kind(artifact, kind=ArtifactKind.TEXT, media_type="text/plain")
        self._passage(LinedPassage(decoded), artifact)

    def _table(self, table: Table, decoded: DecodedText, artifact: str) -> None:
        self._passage(LinedPassage(_part(decoded, len(table.preamble))), artifact)
        offsets = ByteOffsets(decoded)
        rows = islice(table.rows(), self.limits.table_rows)
        for found in find_in_rows(table, rows, regions=self.regions):
            where = f"row {found.row}, column {found.column.title}"
            place = Place(artifact=artifact, where=where, offset=offsets.at(found.char), text=found.written)
            self.collector.add(found.seen.kind, found.seen.value, place, shown=found.seen.shown, tags=found.seen.tags)
        beyond = next(islice(table.rows(), self.limits.table_rows, None), None)
        if beyond:
            message = f"Only the first {self.limits.table_rows:,} rows were read. Split the table or raise the limit."
            self.collector.add_finding(
                "table-rows-not-read", Severity.WARNING, artifact, f"row {beyond.number}", message
            )
        self._transfers(table, artifact)

    def _transfers(self, table: Table, artifact: str) -> None:
        ledger = read_ledger(table, list(islice(table.rows(), _SAMPLE_ROWS)))
        if ledger is None:
            return
        rows = islice(table.rows(), self.limits.table_rows)
        for transfer in read_transfers(table, ledger, rows, artifact=artifact):
            self.collector.add_transfer(transfer)

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
        for seen in find_in_text(passage.text, regions=self.regions):
            if seen.kind not in covered:
                self.collector.add_sighting(seen, passage, artifact=artifact)


@dataclass(frozen=True, slots=True, kw_only=True)
class _MailPassage:
    """A decoded text of a mail; its characters are sought in the mail's bytes from where the part begins."""

    text: str
    place: str
    base: int
    covered: tuple[ObservableKind, ...]
    data: bytes

    def where(self, char: int) -> str:
        return self.place

    def offset(self, char: int) -> int:
        if self.base < 0:
            return char
        word = self.text[char : char + 64].split()
        written = word[0].encode("utf-8", "replace") if word else b""
        found = self.data.find(written, self.base, self.base + 4 * len(self.text) + 8_192) if written else -1
        return found if found >= 0 else self.base


def _part(decoded: DecodedText, end: int) -> DecodedText:
    """The start of a decoded text, as one of its own."""
    return DecodedText(
        text=decoded.text[:end], charset=decoded.charset, errors=decoded.errors, bom_bytes=decoded.bom_bytes
    )

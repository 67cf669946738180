"""A package on its way into an age file: evidence first, then what describes and names it, and the signatures last."""

import hashlib
import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from comity.evidence.errors import PackageError, SourceError
from comity.evidence.formats import Description
from comity.evidence.package import layout, source
from comity.evidence.package.bag import bag_info, info_rows, manifest_line
from comity.evidence.package.description import Describer
from comity.evidence.package.exhibits import sought
from comity.evidence.package.order import SealOrder
from comity.evidence.package.pipeline import Digests, InOrder, Progress
from comity.evidence.package.readme import readme, verifier
from comity.evidence.package.record import EvidenceHead, EvidenceTotals, FileRecord, LeftOut
from comity.evidence.package.signing import Authority, Signer, sign, signed_text
from comity.evidence.package.source import EmptyFolder, Found
from comity.evidence.package.spool import Spool
from comity.evidence.package.stream import SealedStream
from comity.evidence.package.survey import Survey
from comity.evidence.policy import write_policy


class Sealing:
    """One package on its way."""

    def __init__(
        self,
        target: BinaryIO,
        order: SealOrder,
        *,
        now: datetime,
        stamped: bool,
        random_bytes: Callable[[int], bytes],
    ) -> None:
        self._order = order
        self._sealed_at = now.astimezone(UTC).replace(microsecond=0)
        self._stamped = stamped
        keys = [key for _, key in order.recipients]
        stamp = int(self._sealed_at.timestamp())
        self._stream = SealedStream(target, keys, random_bytes, stamp=stamp)
        self._sha256, self._sha512, self._files = Spool(), Spool(), Spool()
        self._describer = Describer(order.package)
        self.survey = Survey(checking=order.check_inner)
        self._records = InOrder(self._note)
        self._tags: list[tuple[str, bytes, bytes]] = []
        self._empty_folders: list[str] = []
        self.left_out: list[LeftOut] = []
        self._sought = sought(order.custody, order.provenance.exhibits)
        self.file_count = self.payload_bytes = 0

    def take_in(self, paths: Sequence[Path], progress: Progress | None) -> None:
        """Read all evidence."""
        self._add(layout.BAGIT, layout.BAGIT_TEXT)
        for found in source.find_files(paths):
            match found:
                case Found():
                    self._take(found)
                    if progress is not None:
                        progress(self.file_count, self.payload_bytes)
                case EmptyFolder():
                    self._empty_folders.append(found.path)
                case LeftOut():
                    self.left_out.append(found)
        if not self.file_count:
            raise SourceError(what="evidence", problem="there is no file in it", remedy="name files, or folders with")
        self._records.finish()
        if self._sought.missing and not self._order.provenance.derived:
            which = ", ".join(sorted(self._sought.missing))
            raise PackageError(
                what=f"exhibit {which}",
                problem="is not in what was to be sealed: no file has the digest that the custody log has of it",
                remedy="seal the exhibit's own file, or say how this was made from it (--derived)",
            )

    def conclude(
        self, signer: Signer, authority: Authority | None, random_bytes: Callable[[int], bytes]
    ) -> tuple[bytes, str]:
        """Write what describes, names and signs the evidence; gives the CMS signature, and the SHA-512 of the list that
        it is over."""
        self._describe(signer)
        tags = sorted(self._tags)
        tags_sha256 = b"".join(manifest_line(sha256, name) for name, sha256, _ in tags)
        tags_sha512 = b"".join(manifest_line(sha512, name) for name, _, sha512 in tags)
        text = signed_text(tags_sha256, tags_sha512)
        signatures = sign(text, signer, signed_at=self._sealed_at, authority=authority, random_bytes=random_bytes)
        for name, data in zip(
            layout.TAIL, (tags_sha256, tags_sha512, text, signatures.cms, signatures.pq), strict=True
        ):
            self._stream.add_bytes(self._inside(name), data)
        if signatures.stamp is not None:
            self._stream.add_bytes(self._inside(layout.STAMP), signatures.stamp)
        self._stream.finish()
        self._close()
        return signatures.cms, hashlib.sha512(text).hexdigest()

    def abandon(self) -> None:
        self._stream.abandon()
        self._close()

    def _take(self, found: Found) -> None:
        with source.opened(found) as (file, status):
            digests = self._stream.add_stream(
                self._inside(found.path), file, status.st_size, what=source.shown(found.disk)
            )
            told = self.survey.take(found, status.st_size)
        self.file_count += 1
        self.payload_bytes += status.st_size
        self._records.add((found, status, told), digests)

    def _note(self, what: tuple[Found, os.stat_result, Description | None], sha256: bytes, sha512: bytes) -> None:
        found, status, told = what
        self._sought.see(sha256, sha512)
        record = FileRecord(
            path=found.path,
            size_bytes=status.st_size,
            sha256=sha256.hex(),
            sha512=sha512.hex(),
            modified_at=source.modified_at(status),
            original_path=source.shown(found.original),
            original_bytes=source.raw_bytes(found.original),
        )
        self._files.write((b",\n" if self._files.size_bytes else b"\n") + msgspec.json.encode(record))
        self._sha256.write(manifest_line(sha256, found.path))
        self._sha512.write(manifest_line(sha512, found.path))
        self._describer.add(record, told)

    def _describe(self, signer: Signer) -> None:
        order = self._order
        head = EvidenceHead(
            package=order.package,
            case=order.case,
            request=order.request,
            authorisation=order.authorisation,
            sender=order.sender,
            recipients=tuple(recipient for recipient, _ in order.recipients),
            sealed_at=self._sealed_at,
            means=order.means,
            end_of_access_on=order.end_of_access_on,
            stamped=self._stamped,
            provenance=order.provenance,
            tool=order.tool,
            empty_folders=tuple(self._empty_folders),
            left_out=tuple(self.left_out),
        )
        totals = EvidenceTotals(file_count=self.file_count, payload_bytes=self.payload_bytes)
        self._add_spool(layout.MANIFEST_SHA256, self._sha256)
        self._add_spool(layout.MANIFEST_SHA512, self._sha512)
        evidence = Spool()
        evidence.write(msgspec.json.encode(head)[:-1] + b',"files":[')
        for line in self._files:
            evidence.write(line)
        evidence.write(b'\n],"totals":' + msgspec.json.encode(totals) + b"}\n")
        self._add_spool(layout.EVIDENCE, evidence)
        self._add_spool(layout.DESCRIPTION, self._describer.finish(head, totals))
        formats = self.survey.finish()
        if formats is not None:
            self._add_spool(layout.FORMATS, formats)
        self._add(layout.LIMITATIONS, write_policy(order.limitations, package=order.package, case=order.case))
        if order.custody:
            self._add(layout.CUSTODY, order.custody)
        self._add(layout.SENDER, order.identity_bundle)
        self._add(layout.CERTIFICATES, signer.certificates_pem())
        if order.revocations:
            self._add(layout.REVOCATIONS, order.revocations)
        self._add(layout.PQ_KEY, signer.pq_pem())
        self._add(layout.README, readme(head, totals, custody=bool(order.custody), formats=formats is not None))
        self._add(layout.VERIFIER, verifier())
        rows = info_rows(
            package=order.package,
            case=order.case,
            agency=order.sender.agency,
            name=order.sender.name,
            sealed_at=self._sealed_at,
            payload_bytes=self.payload_bytes,
            files=self.file_count,
            tool=order.tool,
        )
        self._add(layout.BAG_INFO, bag_info(rows))

    def _add(self, name: str, data: bytes) -> None:
        self._tags.append((name, *self._stream.add_bytes(self._inside(name), data)))

    def _add_spool(self, name: str, spool: Spool) -> None:
        spool.rewind()
        digests: Digests = self._stream.add_stream(self._inside(name), spool.file, spool.size_bytes, what=name)
        self._tags.append((name, *digests.wait()))
        spool.close()

    def _inside(self, name: str) -> str:
        return f"{self._order.package}/{name}"

    def _close(self) -> None:
        for spool in (self._sha256, self._sha512, self._files):
            spool.close()
        self._describer.close()
        self.survey.close()

"""Signatures in a PDF, validated (ETSI EN 319 102-1, EN 319 142-1) by pyHanko, without a network."""

import asyncio
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from comity.letters.errors import LetterFileError
from comity.letters.sign.container import is_clean
from comity.letters.sign.judging import changes_of, coverage_of, judged, spoilt
from comity.letters.sign.keys import subject
from comity.letters.sign.trust import Trust, timing, validation_spec
from comity.letters.sign.verdict import Changes, Coverage, SignatureFinding, Verdict

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.ades.report import AdESSubIndic
    from pyhanko.sign.validation import EmbeddedPdfSignature, ModificationInfo
    from pyhanko.sign.validation.policy_decl import PdfSignatureValidationSpec
    from pyhanko.sign.validation.status import SignatureStatus, TimestampSignatureStatus
    from pyhanko_certvalidator.path import ValidationPath

_RANGE = re.compile(rb"/ByteRange\s*\[")
_DAMAGED = "damaged, or changed after it was made; ask the sender for it again"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What pyHanko says of one signature."""

    indication: "AdESSubIndic"
    status: "SignatureStatus | None"
    told: str = ""
    stamped_at: datetime | None = None


def verify_pdf(data: bytes, trust: Trust, *, now: datetime) -> tuple[tuple[SignatureFinding, ...], tuple[str, ...]]:
    """Every signature and document time stamp in the order in which they were made, and notes.

    LetterFileError where the file cannot be read as a PDF.
    """
    from pyhanko.pdf_utils.misc import PdfError

    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # what it would log, the findings say
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    spec = validation_spec(trust)
    try:
        reader = _reader(data)
    except (PdfError, *_BROKEN) as error:
        raise LetterFileError(path="PDF", problem=f"cannot be read ({error})", remedy=_DAMAGED) from None
    try:
        signatures = [*reader.embedded_signatures]
    except (PdfError, *_BROKEN) as error:
        why = f"a signature cannot be read: {str(error) or type(error).__name__}"
        return (_broken("signatures", "FORMAT_FAILURE", why),), ()
    findings = tuple(_finding(signature, spec, now) for signature in signatures)
    return findings, tuple(_notes(data, signatures, findings))


_BROKEN = (
    ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError, OverflowError, RecursionError, OSError,
)  # fmt: skip
"""What pyHanko and asn1crypto let through on broken files beside their own errors."""


def _reader(data: bytes) -> "PdfFileReader":
    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = PdfFileReader(BytesIO(data))
    if reader.encrypted:
        raise LetterFileError(path="PDF", problem="it is encrypted", remedy="ask for a copy that is not")
    return reader


def _notes(
    data: bytes, signatures: "list[EmbeddedPdfSignature]", findings: tuple[SignatureFinding, ...]
) -> Iterator[str]:
    ranges = len(_RANGE.findall(data))
    if ranges > len(signatures):
        yield f"the file holds {ranges} signed ranges, and lists {len(signatures)} signatures: one was taken out"
    end = max((int(signature.byte_range[2]) + int(signature.byte_range[3]) for signature in signatures), default=0)
    kept = bool(findings) and findings[-1].changes is Changes.MAINTENANCE  # validation data, which need no signature
    if signatures and end < len(data) and not kept:
        yield f"the last {len(data) - end:,} bytes of the file are signed by nobody"


def _finding(signature: "EmbeddedPdfSignature", spec: "PdfSignatureValidationSpec", now: datetime) -> SignatureFinding:
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.general import CMSExtractionError
    from pyhanko.sign.validation.errors import SignatureValidationError

    name = str(signature.field_name)
    try:
        return _judge(signature, name, spec, now)
    except (PdfError, CMSExtractionError, SignatureValidationError, *_BROKEN) as error:
        why = f"the signature cannot be read: {str(error) or type(error).__name__}"
        return _broken(name, "FORMAT_FAILURE", why)


def _broken(name: str, code: str, why: str, *, signer: str = "") -> SignatureFinding:
    return SignatureFinding(
        name=name,
        signer=signer,
        verdict=Verdict.FAILED,
        code=code,
        why=why,
        coverage=Coverage.PART,
        changes=Changes.OTHER,
    )


def _has_digest(signature: "EmbeddedPdfSignature") -> bool:
    """Whether the bytes that are there are those that were signed; cheap, and the end of it where they are not."""
    from pyhanko.sign.general import find_unique_cms_attribute

    signed = find_unique_cms_attribute(signature.signer_info["signed_attrs"], "message_digest")
    return bool(signed.native == signature.compute_digest())


def _judge(
    signature: "EmbeddedPdfSignature", name: str, spec: "PdfSignatureValidationSpec", now: datetime
) -> SignatureFinding:
    from pyhanko.sign.ades.report import AdESFailure

    stamps = signature.sig_object_type == "/DocTimeStamp"
    if not stamps and not _has_digest(signature):
        return _broken(name, "HASH_FAILURE", judged(AdESFailure.HASH_FAILURE)[2], signer=subject(signature.signer_cert))
    signature.compute_integrity_info(diff_policy=spec.diff_policy)  # type: ignore[no-untyped-call]
    found = asyncio.run(_stamp(signature, spec, now) if stamps else _signature(signature, spec, now))
    info = _integrity(signature)
    coverage, changes = coverage_of(info), changes_of(info)
    verdict, code, why = judged(found.indication, found.told)
    flaw = "the space kept for the signature was changed" if _is_tampered(signature) else spoilt(coverage, changes)
    if verdict is not Verdict.FAILED and flaw:
        verdict, code, why = Verdict.FAILED, "HASH_FAILURE", flaw
    claimed = signature.self_reported_timestamp
    path = getattr(found.status, "validation_path", None)
    return SignatureFinding(
        name=name,
        kind="time_stamp" if stamps else "signature",
        signer=subject(signature.signer_cert),
        verdict=verdict,
        code=code,
        why=why,
        coverage=coverage,
        changes=changes,
        change_notes=_told(info),
        signed_at=claimed.isoformat() if claimed else "",
        stamped_at=found.stamped_at.isoformat() if found.stamped_at else "",
        revocation_known=_has_revocations(signature, spec),
        chain=tuple(subject(one) for one in _path(path)),
        serial=f"{signature.signer_cert.serial_number:x}",
        algorithm=f"{signature.signer_info['signature_algorithm']['algorithm'].native} {signature.md_algorithm}",
    )


def _integrity(signature: "EmbeddedPdfSignature") -> "ModificationInfo":
    from pyhanko.sign.validation import ModificationInfo

    return ModificationInfo(**signature.summarise_integrity_info())


async def _signature(signature: "EmbeddedPdfSignature", spec: "PdfSignatureValidationSpec", now: datetime) -> _Found:
    """As of now, with what time stamps prove; where that does not suffice, as of the time that they prove."""
    from pyhanko.sign.ades.report import AdESStatus
    from pyhanko.sign.validation.ades import ades_basic_validation, ades_lta_validation, ades_with_time_validation
    from pyhanko.sign.validation.generic_cms import extract_tst_data_iter

    stamped = any(extract_tst_data_iter(signature.signer_info, signed=False))
    validate = ades_with_time_validation if stamped else ades_basic_validation
    result = await validate(
        signature.signed_data,
        _with_store(signature.reader, spec).signature_validation_spec,
        timing_info=timing(now),
        raw_digest=signature.compute_digest(),
    )
    if result.ades_subindic.status is AdESStatus.INDETERMINATE:
        past = await ades_lta_validation(signature, spec, timing_info=timing(now))
        if past.ades_subindic.status is not AdESStatus.INDETERMINATE:
            result = past
    stamp = getattr(result.api_status, "timestamp_validity", None)
    proved = stamp.timestamp if stamp is not None and stamp.valid and stamp.trusted else None
    return _Found(
        indication=_with_stamp(result.ades_subindic, stamp),
        status=result.api_status,
        told=result.failure_msg or "",
        stamped_at=proved,
    )


def _with_stamp(indication: "AdESSubIndic", stamp: "TimestampSignatureStatus | None") -> "AdESSubIndic":
    """A signature is no better than the time stamp within it: one that was changed is a change of the file."""
    from pyhanko.sign.ades.report import AdESFailure

    broken = stamp is not None and not (stamp.valid and stamp.intact)
    return AdESFailure.SIG_CRYPTO_FAILURE if broken else indication


async def _stamp(signature: "EmbeddedPdfSignature", spec: "PdfSignatureValidationSpec", now: datetime) -> _Found:
    from pyhanko.sign.ades.report import AdESPassed
    from pyhanko.sign.validation.ades import ades_timestamp_validation

    result = await ades_timestamp_validation(
        signature.signed_data,
        _with_store(signature.reader, spec).signature_validation_spec,
        signature.compute_digest,
        timing_info=timing(now),
    )
    status = result.api_status
    passed = result.ades_subindic is AdESPassed.OK and status is not None
    return _Found(
        indication=result.ades_subindic,
        status=status,
        told=result.failure_msg or "",
        stamped_at=status.timestamp if passed and status is not None else None,
    )


def _with_store(reader: "PdfFileReader", spec: "PdfSignatureValidationSpec") -> "PdfSignatureValidationSpec":
    """The rules together with the validation data in the document (its DSS), which are used and not trusted."""
    from asn1crypto import crl as asn1_crl
    from asn1crypto import ocsp as asn1_ocsp
    from pyhanko.sign.validation import DocumentSecurityStore
    from pyhanko.sign.validation.errors import NoDSSFoundError
    from pyhanko_certvalidator.revinfo.archival import CRLContainer, OCSPContainer

    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return spec
    signature_spec = spec.signature_validation_spec
    known = signature_spec.local_knowledge
    lists = [CRLContainer(asn1_crl.CertificateList.load(one.get_object().data)) for one in store.crls]
    answers = [OCSPContainer(asn1_ocsp.OCSPResponse.load(one.get_object().data)) for one in store.ocsps]
    more = replace(
        known,
        known_certs=[*known.known_certs, *store.load_certs()],
        known_crls=[*known.known_crls, *lists],
        known_ocsps=[*known.known_ocsps, *answers],
    )
    return replace(spec, signature_validation_spec=replace(signature_spec, local_knowledge=more))


def _has_revocations(signature: "EmbeddedPdfSignature", spec: "PdfSignatureValidationSpec") -> bool:
    known = _with_store(signature.reader, spec).signature_validation_spec.local_knowledge
    return bool(known.known_crls or known.known_ocsps)


def _is_tampered(signature: "EmbeddedPdfSignature") -> bool:
    numbers = [int(number) for number in signature.byte_range]
    stream = signature.reader.stream
    stream.seek(0)
    return len(numbers) != 4 or not is_clean(stream.read(), (numbers[0], numbers[1], numbers[2], numbers[3]))


def _told(info: "ModificationInfo") -> tuple[str, ...]:
    from pyhanko.sign.diff_analysis import SuspiciousModification

    found = info.diff_result
    return (str(found),) if isinstance(found, SuspiciousModification) else ()


def _path(path: "ValidationPath | None") -> "Iterator[Certificate]":
    if path is not None:
        yield from reversed(list(path.iter_certs(include_root=True)))

"""Detached CMS signatures (RFC 5652) over letters that are no PDF: ``openssl cms -verify`` accepts them."""

import asyncio
import hashlib
import logging
from datetime import datetime
from typing import TYPE_CHECKING

from comity.letters.errors import LetterFileError, SigningError
from comity.letters.sign.judging import judged
from comity.letters.sign.keys import subject
from comity.letters.sign.trust import Trust, timing, validation_spec
from comity.letters.sign.verdict import Changes, Coverage, SignatureFinding, Verdict

if TYPE_CHECKING:
    from asn1crypto import cms
    from pyhanko.sign import Signer
    from pyhanko.sign.ades.report import AdESSubIndic
    from pyhanko.sign.timestamps import TimeStamper
    from pyhanko.sign.validation import StandardCMSSignatureStatus

SUFFIX = ".p7s"
_DIGEST = "sha256"


def sign_detached(data: bytes, signer: "Signer", *, at: datetime, stamper: "TimeStamper | None" = None) -> bytes:
    """A signature over a file's bytes, DER, with the certificates and the claimed instant in it."""
    from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
    from pyhanko.sign.timestamps.common_utils import TimestampRequestError

    try:
        made = asyncio.run(
            signer.async_sign_general_data(
                data,
                _DIGEST,
                detached=True,
                timestamper=stamper,
                signed_attr_settings=PdfCMSSignedAttributes(signing_time=at),
            )
        )
    except TimestampRequestError as error:
        raise SigningError(what="time stamp", problem=str(error), remedy="check the service, or sign without") from None
    return bytes(made.dump())


def verify_detached(data: bytes, signature: bytes, trust: Trust, *, now: datetime, name: str) -> SignatureFinding:
    """The finding on one detached signature; LetterFileError where it is no CMS at all."""
    from asn1crypto import cms
    from pyhanko.sign.general import CMSExtractionError
    from pyhanko.sign.validation.errors import SignatureValidationError

    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    try:
        signed = cms.ContentInfo.load(signature, strict=True)
        if signed["content_type"].native != "signed_data":
            raise LetterFileError(path=name, problem="it is no signature", remedy="give a CMS signature in DER")
        return _finding(data, signed["content"], trust, now=now, name=name)
    except (CMSExtractionError, SignatureValidationError, ValueError, KeyError, TypeError, AttributeError) as error:
        return SignatureFinding(
            name=name,
            signer="",
            verdict=Verdict.FAILED,
            code="FORMAT_FAILURE",
            why=f"the signature cannot be read: {str(error) or type(error).__name__}",
            coverage=Coverage.PART,
            changes=Changes.OTHER,
        )


def _finding(data: bytes, signed: "cms.SignedData", trust: Trust, *, now: datetime, name: str) -> SignatureFinding:
    from pyhanko.sign.general import extract_certificate_info, extract_signer_info
    from pyhanko.sign.validation.generic_cms import extract_self_reported_ts

    info = extract_signer_info(signed)
    certificate = extract_certificate_info(signed).signer_cert
    digest = hashlib.new(info["digest_algorithm"]["algorithm"].native, data).digest()
    indication, told, status = asyncio.run(_validated(signed, digest, trust, now))
    verdict, code, why = judged(indication, told)
    claimed = extract_self_reported_ts(info)
    stamp = getattr(status, "timestamp_validity", None)
    path = getattr(status, "validation_path", None)
    held = stamp is not None and stamp.valid and stamp.trusted
    if stamp is not None and not stamp.valid and verdict is not Verdict.FAILED:
        verdict, code, why = Verdict.FAILED, "SIG_CRYPTO_FAILURE", "the time stamp in it does not hold"
    return SignatureFinding(
        name=name,
        signer=subject(certificate),
        verdict=verdict,
        code=code,
        why=why,
        coverage=Coverage.WHOLE_FILE,
        changes=Changes.NONE if verdict is not Verdict.FAILED else Changes.OTHER,
        signed_at=claimed.isoformat() if claimed else "",
        stamped_at=stamp.timestamp.isoformat() if stamp is not None and held else "",
        revocation_known=bool(trust.revocations or trust.answers),
        chain=tuple(subject(one) for one in reversed(list(path.iter_certs(include_root=True)))) if path else (),
        serial=f"{certificate.serial_number:x}",
        algorithm=f"{info['signature_algorithm']['algorithm'].native} {info['digest_algorithm']['algorithm'].native}",
    )


async def _validated(
    signed: "cms.SignedData", digest: bytes, trust: Trust, now: datetime
) -> "tuple[AdESSubIndic, str, StandardCMSSignatureStatus | None]":
    from pyhanko.sign.general import extract_signer_info
    from pyhanko.sign.validation.ades import ades_basic_validation, ades_with_time_validation
    from pyhanko.sign.validation.generic_cms import extract_tst_data_iter

    stamped = any(extract_tst_data_iter(extract_signer_info(signed), signed=False))
    validate = ades_with_time_validation if stamped else ades_basic_validation
    spec = validation_spec(trust).signature_validation_spec
    result = await validate(signed, spec, timing_info=timing(now), raw_digest=digest)
    return result.ades_subindic, result.failure_msg or "", result.api_status

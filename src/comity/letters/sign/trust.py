"""Whom a verification trusts: certificates of roots, and what is known of revocations; nothing is fetched."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from comity.letters.errors import SigningError
from comity.letters.sign.keys import certificates

if TYPE_CHECKING:
    from pyhanko.sign.validation.policy_decl import PdfSignatureValidationSpec
    from pyhanko_certvalidator import ValidationContext
    from pyhanko_certvalidator.ltv.types import ValidationTimingInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What is trusted; without `roots` no signature passes, only its integrity is told."""

    roots: tuple[bytes, ...] = ()
    """Certificates, PEM or DER."""
    others: tuple[bytes, ...] = ()
    """Certificates of issuers in between, not trusted by themselves."""
    revocations: tuple[bytes, ...] = ()
    """CRLs (RFC 5280), DER or PEM."""
    answers: tuple[bytes, ...] = ()
    """OCSP answers (RFC 6960), DER."""


def validation_spec(trust: Trust) -> "PdfSignatureValidationSpec":
    """The rules of validation: weak algorithms are refused, revocation is checked as far as data are at hand."""
    from pyhanko.sign.validation.policy_decl import (
        LocalKnowledge,
        PdfSignatureValidationSpec,
        RevinfoOnlineFetchingRule,
        RevocationInfoGatheringSpec,
        SignatureValidationSpec,
    )
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator.context import CertValidationPolicySpec
    from pyhanko_certvalidator.policy_decl import LEGACY_POLICY_MAP, CertRevTrustPolicy
    from pyhanko_certvalidator.registry import SimpleTrustManager
    from pyhanko_certvalidator.revinfo.archival import CRLContainer, OCSPContainer

    policy = CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(trust_roots=_all(trust.roots, "trust root")),
        revinfo_policy=CertRevTrustPolicy(revocation_checking_policy=LEGACY_POLICY_MAP["soft-fail"]),
    )
    return PdfSignatureValidationSpec(
        SignatureValidationSpec(
            cert_validation_policy=policy,
            revinfo_gathering_policy=RevocationInfoGatheringSpec(RevinfoOnlineFetchingRule.LOCAL_ONLY),
            key_usage_settings=KeyUsageConstraints(
                key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
            ),
            local_knowledge=LocalKnowledge(
                known_certs=_all(trust.others, "certificate"),
                known_crls=[CRLContainer(crl) for crl in _lists(trust.revocations)],
                known_ocsps=[OCSPContainer(answer) for answer in _answers(trust.answers)],
            ),
        )
    )


def timing(now: datetime) -> "ValidationTimingInfo":
    """The instant of validation."""
    from pyhanko_certvalidator.ltv.types import ValidationTimingInfo

    return ValidationTimingInfo(validation_time=now, best_signature_time=now, point_in_time_validation=True)


def signing_trust(trust: Trust, now: datetime) -> "ValidationContext":
    """The same for signing, where validation data are put into the document."""
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(
        trust_roots=_all(trust.roots, "trust root"),
        other_certs=_all(trust.others, "certificate"),
        crls=_lists(trust.revocations),
        ocsps=_answers(trust.answers),
        moment=now,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )


def _all(data: tuple[bytes, ...], what: str) -> list:  # type: ignore[type-arg]  # asn1crypto has no types
    return [one for item in data for one in certificates(item, what=what)]


def _lists(data: tuple[bytes, ...]) -> list:  # type: ignore[type-arg]
    from asn1crypto import crl, pem

    found = []
    for item in data:
        try:
            der = pem.unarmor(item)[2] if pem.detect(item) else item
            found.append(crl.CertificateList.load(der, strict=True))
            found[-1].native  # noqa: B018  read it whole: a torn list shows itself here
        except (ValueError, TypeError, KeyError) as error:
            raise SigningError(what="revocation list", problem=str(error), remedy="give a CRL in DER or PEM") from None
    return found


def _answers(data: tuple[bytes, ...]) -> list:  # type: ignore[type-arg]
    from asn1crypto import ocsp

    found = []
    for item in data:
        try:
            found.append(ocsp.OCSPResponse.load(item, strict=True))
            found[-1].native  # noqa: B018  as above
        except (ValueError, TypeError, KeyError) as error:
            raise SigningError(what="OCSP answer", problem=str(error), remedy="give it in DER") from None
    return found

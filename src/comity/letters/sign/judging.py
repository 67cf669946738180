"""From what pyHanko finds of a signature to a verdict with its reason in words."""

from typing import TYPE_CHECKING

from comity.letters.sign.verdict import Changes, Coverage, Verdict

if TYPE_CHECKING:
    from pyhanko.sign.ades.report import AdESSubIndic
    from pyhanko.sign.validation import ModificationInfo

#: Indications of ETSI EN 319 102-1 in words.
_WHY = {
    "OK": "the signature is intact and its certificate leads to a trusted root",
    "HASH_FAILURE": "what was signed has been changed",
    "SIG_CRYPTO_FAILURE": "the signature was not made by the key of its certificate",
    "FORMAT_FAILURE": "the signature is malformed",
    "REVOKED": "the certificate was revoked before the signature was made",
    "NOT_YET_VALID": "the signature is older than its certificate",
    "SIG_CONSTRAINTS_FAILURE": "the signature lacks something that the rules ask for",
    "CHAIN_CONSTRAINTS_FAILURE": "the certificate's chain breaks a rule",
    "CERTIFICATE_CHAIN_GENERAL_FAILURE": "the certificate's chain cannot be validated",
    "CRYPTO_CONSTRAINTS_FAILURE": "an algorithm is too weak",
    "CRYPTO_CONSTRAINTS_FAILURE_NO_POE": "an algorithm is too weak by now, and nothing proves an earlier date",
    "EXPIRED": "the certificate had expired",
    "NO_SIGNING_CERTIFICATE_FOUND": "the signer's certificate is not there",
    "NO_CERTIFICATE_CHAIN_FOUND": "the certificate does not lead to a root that was given as trusted",
    "REVOKED_NO_POE": "the certificate is revoked, and nothing proves that the signature is older",
    "REVOKED_CA_NO_POE": "an issuer's certificate is revoked, and nothing proves that the signature is older",
    "OUT_OF_BOUNDS_NO_POE": "the certificate is out of its time, and nothing proves that the signature falls within",
    "OUT_OF_BOUNDS_NOT_REVOKED": "the certificate is out of its time, though it is not known to be revoked",
    "REVOCATION_OUT_OF_BOUNDS_NO_POE": "the revocation data are out of their time",
    "TIMESTAMP_ORDER_FAILURE": "the time stamps contradict one another",
    "TRY_LATER": "revocation data are wanting, or older than the signature",
    "SIGNED_DATA_NOT_FOUND": "what was signed is not there",
}
_CHANGES = ("NONE", "LTA_UPDATES", "FORM_FILLING", "ANNOTATIONS", "OTHER")
_VERDICTS = {"PASSED": Verdict.PASSED, "FAILED": Verdict.FAILED, "INDETERMINATE": Verdict.INDETERMINATE}


def judged(indication: "AdESSubIndic", told: str = "") -> tuple[Verdict, str, str]:
    """Verdict, code and reason of an indication."""
    code = str(indication.standard_name)
    why = _WHY.get(code, code.replace("_", " ").lower())
    return _VERDICTS[indication.status.name], code, f"{why} ({told})" if told and code != "OK" else why


def coverage_of(info: "ModificationInfo") -> Coverage:
    """How much of the file a signature covers."""
    match info.coverage.name if info.coverage is not None else "":
        case "ENTIRE_FILE":
            return Coverage.WHOLE_FILE
        case "ENTIRE_REVISION":
            return Coverage.REVISION
        case _:
            return Coverage.PART


def changes_of(info: "ModificationInfo") -> Changes:
    """What was done after a signature; *other* where the analysis could not tell."""
    level = info.modification_level
    return list(Changes)[_CHANGES.index(level.name)] if level is not None else Changes.OTHER


def spoilt(coverage: Coverage, changes: Changes) -> str:
    """Why a signature that is intact by itself does not hold for the document; empty: it does."""
    if coverage is Coverage.PART:
        return "the signature covers only a part of the document"
    if changes in {Changes.ANNOTATIONS, Changes.OTHER}:
        return "the document was changed after it was signed"
    return ""

"""Whether a certificate was good at an instant: its chain, and the lists of revoked ones (RFC 5280 6)."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography import x509

CHAIN_MAX = 10
RSA_BITS_MIN = 2048
_STAMPS_STAND = frozenset({"unspecified", "affiliation_changed", "superseded", "cessation_of_operation"})
"""Reasons for which a time-stamping authority's older stamps stay valid (RFC 3161 4 (1)); none that is stated: none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A chain from a certificate up to one that is trusted, or why there is none."""

    chain: "tuple[x509.Certificate, ...]"
    """Leaf first, up to the trusted one as far as it was found."""
    trusted: bool
    faults: tuple[str, ...]
    """What is wrong with the chain at the instant asked for."""


def find_path(
    leaf: "x509.Certificate",
    others: "Iterable[x509.Certificate]",
    trusted: "Sequence[x509.Certificate]",
    *,
    at: datetime,
    usage: str,
) -> Path:
    """The chain of a signer's certificate at an instant; `usage` is the dotted extended key usage that it needs, or
    empty. A trusted certificate may be the leaf itself."""
    pool = [*trusted, *others]
    chain = [leaf]
    while chain[-1] not in trusted and len(chain) < CHAIN_MAX:
        above = next((one for one in pool if one not in chain and _issued(chain[-1], one)), None)
        if above is None:
            break
        chain.append(above)
    faults = [fault for depth, one in enumerate(chain) for fault in _faults(one, depth, at)]
    if usage and not _has_usage(leaf, usage):
        faults.append(f"{_name(leaf)} is not for this use (extended key usage {usage})")
    return Path(chain=tuple(chain), trusted=chain[-1] in trusted, faults=tuple(faults))


def strangers(path: Path, others: "Iterable[x509.Certificate]") -> "list[x509.Certificate]":
    """Certificates that came along and take no part: what is in them, nothing vouches for.

    Those above a trusted one take part where each issued the one below, and the last is signed by its own key.
    """
    left, walked = [one for one in others if one not in path.chain], [path.chain[-1]]
    while (upper := next((one for one in left if _issued(walked[-1], one)), None)) is not None:
        left.remove(upper)
        walked.append(upper)
    if len(walked) > 1 and not _issued(walked[-1], walked[-1]):
        left.append(walked[-1])  # what is in it, its own signature does not vouch for
    return left


def revocation(
    chain: "Sequence[x509.Certificate]",
    lists: "Iterable[x509.CertificateRevocationList]",
    *,
    at: datetime,
    stamping: bool = False,
) -> tuple[list[str], list[str]]:
    """What revocation lists say of a chain at an instant: what is wrong, and what cannot be told.

    `stamping`: the instant is the word of the chain's own key, which counts for nothing once others may have it.

    A certificate revoked later was good then, unless its key was out of hand already. Of one that its own key signed
    no list need be there, but one that is there counts.
    """
    wrong, unknown = [], []
    held = list(lists)
    top = [(chain[-1], chain[-1])] if is_own_issuer(chain[-1]) else []
    for lower, upper in (*pairwise(chain), *top):
        ours = [one for one in held if one.issuer == lower.issuer and _signed(one, upper)]
        current = [one for one in ours if one.next_update_utc is None or one.next_update_utc >= at]
        if not current and lower is not upper:
            unknown.append(f"there is no list of revoked certificates from {_name(upper)} for that time")
        for one in ours:
            fault = _revoked(lower, one, at, stamping=stamping)
            if fault and fault not in wrong:
                wrong.append(fault)
    return wrong, unknown


def is_own_issuer(certificate: "x509.Certificate") -> bool:
    """True where its own key signed it: no authority stands above it, so none lists it when it is revoked."""
    return _issued(certificate, certificate)


def _revoked(
    certificate: "x509.Certificate", crl: "x509.CertificateRevocationList", at: datetime, *, stamping: bool
) -> str:
    found = _entry(certificate, crl)
    if found is None:
        return ""
    since, reason = found
    word = f" ({reason.replace('_', ' ')})" if reason else ""
    if stamping and reason not in _STAMPS_STAND:
        why = "no stamp by it can be relied on, whatever time it states (RFC 3161 4)"
        return f"{_name(certificate)} was revoked at {since.isoformat()}{word or ', no reason stated'}: {why}"
    if since > at:
        return ""
    return f"{_name(certificate)} was revoked at {since.isoformat()}{word}, before it was used at {at.isoformat()}"


def revoked_later(
    chain: "Sequence[x509.Certificate]", lists: "Iterable[x509.CertificateRevocationList]", *, at: datetime | None
) -> list[str]:
    """The certificates of a chain that a list names, and that were good at the instant all the same; `at` None: at
    none, so each that a list names."""
    held, told = list(lists), []
    after = f", after {at.isoformat()}" if at is not None else ""
    for lower, upper in (*pairwise(chain), (chain[-1], chain[-1])):
        for one in held:
            if one.issuer != lower.issuer or not _signed(one, upper):
                continue
            entry = _entry(lower, one)
            if entry is not None and (at is None or entry[0] > at):
                told.append(f"{_name(lower)} was revoked at {entry[0].isoformat()}{after}")
    return list(dict.fromkeys(told))


def _entry(certificate: "x509.Certificate", crl: "x509.CertificateRevocationList") -> tuple[datetime, str] | None:
    """Since when a list holds a certificate to be revoked, and why; None: it does not."""
    from cryptography import x509

    entry = crl.get_revoked_certificate_by_serial_number(certificate.serial_number)
    if entry is None:
        return None
    since, reason = entry.revocation_date_utc, ""
    with suppress(x509.ExtensionNotFound):
        reason = entry.extensions.get_extension_for_class(x509.CRLReason).value.reason.name
    with suppress(x509.ExtensionNotFound):
        since = min(since, entry.extensions.get_extension_for_class(x509.InvalidityDate).value.invalidity_date_utc)
    return None if reason == "remove_from_crl" else (since, reason)


def _issued(lower: "x509.Certificate", upper: "x509.Certificate") -> bool:
    if lower.issuer != upper.subject:
        return False
    try:
        lower.verify_directly_issued_by(upper)
    except Exception:  # noqa: BLE001  a hostile certificate: the library raises whatever its parts raise
        return False
    return True


def _signed(crl: "x509.CertificateRevocationList", issuer: "x509.Certificate") -> bool:
    try:
        return crl.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]
    except Exception:  # noqa: BLE001  as above
        return False


def _faults(certificate: "x509.Certificate", depth: int, at: datetime) -> list[str]:
    name = _name(certificate)
    found = []
    if at < certificate.not_valid_before_utc:
        found.append(f"{name} was not yet valid at {at.isoformat()}")
    if at > certificate.not_valid_after_utc:
        found.append(f"{name} had ended at {certificate.not_valid_after_utc.isoformat()}")
    try:
        found += [f"{name} {fault}" for fault in _extension_faults(certificate, depth)]
    except Exception:  # noqa: BLE001  as above
        found.append(f"{name} has extensions that cannot be read")
    if not _is_strong(certificate):
        found.append(f"{name} is signed with, or holds, a key or digest that is not to be relied on")
    return found


def _extension_faults(certificate: "x509.Certificate", depth: int) -> list[str]:
    from cryptography import x509

    known = (x509.BasicConstraints, x509.KeyUsage, x509.ExtendedKeyUsage, x509.SubjectAlternativeName)
    found = [
        f"has a critical extension that is not understood ({one.oid.dotted_string})"
        for one in certificate.extensions
        if one.critical and not isinstance(one.value, known)
    ]
    constraints = usage = None
    for one in certificate.extensions:
        if isinstance(one.value, x509.BasicConstraints):
            constraints = one.value
        if isinstance(one.value, x509.KeyUsage):
            usage = one.value
    if depth == 0:
        if usage is not None and not (usage.digital_signature or usage.content_commitment):
            found.append("may not sign")
        return found
    if constraints is None or not constraints.ca:
        found.append("may not issue certificates")
    elif constraints.path_length is not None and constraints.path_length < depth - 1:
        found.append("may not stand so far above")
    if usage is not None and not usage.key_cert_sign:
        found.append("may not issue certificates (key usage)")
    return found


def _has_usage(certificate: "x509.Certificate", usage: str) -> bool:
    from cryptography import x509

    try:
        uses = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound:
        return False
    return uses.critical and [one.dotted_string for one in uses.value] == [usage]


def _is_strong(certificate: "x509.Certificate") -> bool:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    key = certificate.public_key()
    if isinstance(key, RSAPublicKey) and key.key_size < RSA_BITS_MIN:
        return False
    if certificate.issuer == certificate.subject:
        return True  # its own signature proves nothing anyway
    digest = certificate.signature_hash_algorithm
    return digest is None or digest.name not in ("md5", "sha1")


def _name(certificate: "x509.Certificate") -> str:
    return f"the certificate of {certificate.subject.rfc4514_string()[:200]!r}"

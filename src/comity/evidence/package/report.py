"""What a verification found: each check by name, with its verdict, the reason and the standard."""

from datetime import datetime

from comity.evidence.custody import Verdict
from comity.evidence.errors import PackageError
from comity.evidence.limitation import Limitations
from comity.evidence.package.record import EvidenceHead, Record

TITLES: dict[str, tuple[str, str]] = {
    "encryption": ("Encrypted file is whole", "age v1"),
    "archive": ("Archive is in its one form", "IEEE 1003.1 pax"),
    "bag": ("Bag has the files that it must have", "RFC 8493"),
    "completeness": ("Nothing is missing, nothing was added", "RFC 8493 3"),
    "payload-sha256": ("Evidence has its SHA-256 digests", "FIPS 180-4"),
    "payload-sha512": ("Evidence has its SHA-512 digests", "FIPS 180-4"),
    "tags-sha256": ("Other files have their SHA-256 digests", "FIPS 180-4"),
    "tags-sha512": ("Other files have their SHA-512 digests", "FIPS 180-4"),
    "signed-list": ("Signed list names both tag manifests", "FIPS 180-4"),
    "signature": ("Signature over the list", "RFC 5652, ETSI EN 319 122-1"),
    "post-quantum-signature": ("Second signature, post-quantum", "FIPS 204 (ML-DSA-65)"),
    "time-stamp": ("Time stamp over the signature", "RFC 3161"),
    "time-stamp-authority": ("Time stamp is by a trusted authority", "RFC 3161, RFC 5280"),
    "certificate": ("Signer's certificate was good when it signed", "RFC 5280"),
    "revocation": ("Signer's certificate was not revoked by then", "RFC 5280 6.3"),
    "sender": ("Keys are the sender's own", "FIPS 204, RFC 9881"),
    "evidence-manifest": ("Evidence manifest says what is there", ""),
    "description": ("Description can be read", "CASE/UCO 1.4, JSON-LD 1.1"),
    "inner-hashes": ("Hashes that the evidence holds of itself", "EWF, AFF4, UFDR, checksum files"),
    "use-limitations": ("Use limitations can be read", "ODRL 2.2"),
    "custody": ("Custody so far", "RFC 9162, C2SP tlog-checkpoint"),
}
"""Check to what it means and the standard behind it, in the order in which they are shown."""


class Check(Record, frozen=True, kw_only=True):
    """One check."""

    name: str
    verdict: Verdict
    reasons: tuple[str, ...]
    """Why not passed; for a passed one, what was seen."""
    standard: str
    title: str


class PackageReport(Record, frozen=True, kw_only=True):
    """A whole verification."""

    subject: str
    """The file or folder."""
    verdict: Verdict
    verified_at: datetime
    checks: tuple[Check, ...]
    head: EvidenceHead | None
    """What the package says of itself; None where it cannot be read."""
    limitations: Limitations | None
    """What may be done with it; None where that cannot be read."""
    file_count: int
    payload_bytes: int
    signed_by: str
    """Subject of the signer's certificate; empty: not known."""
    signed_at: datetime | None
    """By the signer's clock."""
    stamped_at: datetime | None
    """By the authority's; None: no stamp that fits."""
    sealed_as: str = ""
    """Name, display name, agency and state of the identity whose keys are in it; empty: it cannot be read."""
    signed_list_sha512: str = ""
    """Its seal: of the list that is signed, hexadecimal; of file and folder the same; empty: it is not there."""
    notices: tuple[str, ...] = ()

    def named(self, name: str) -> Check:
        return next(check for check in self.checks if check.name == name)


class NotAcceptedError(PackageError):
    """A package that is not whole and genuine, or not shown to be; `report` says what was found."""

    def __init__(self, *, what: str, report: PackageReport) -> None:
        self.report = report
        wanting = [check.name for check in report.checks if check.verdict == report.verdict]
        super().__init__(
            what=what,
            problem=f"{report.verdict}: {', '.join(wanting)}",
            remedy="see comity verify; nothing was unpacked",
        )


class Findings:
    """Checks as they are made."""

    def __init__(self) -> None:
        self._reasons: dict[str, dict[Verdict, list[str]]] = {}

    def fail(self, name: str, reason: str) -> None:
        self._add(name, Verdict.FAILED, reason)

    def doubt(self, name: str, reason: str) -> None:
        self._add(name, Verdict.INDETERMINATE, reason)

    def note(self, name: str, reason: str = "") -> None:
        """The check was made, and found nothing, or this."""
        self._add(name, Verdict.PASSED, reason)

    def failed(self, name: str) -> bool:
        return bool(self._reasons.get(name, {}).get(Verdict.FAILED))

    def passed(self, name: str) -> bool:
        return set(self._reasons.get(name, {})) == {Verdict.PASSED}

    def checks(self) -> tuple[Check, ...]:
        return tuple(
            self._check(name, title, standard) for name, (title, standard) in TITLES.items() if name in self._reasons
        )

    def _check(self, name: str, title: str, standard: str) -> Check:
        found = self._reasons[name]
        verdict = next(one for one in (Verdict.FAILED, Verdict.INDETERMINATE, Verdict.PASSED) if one in found)
        reasons = tuple(reason for reason in dict.fromkeys(found[verdict]) if reason)
        return Check(name=name, verdict=verdict, reasons=reasons, standard=standard, title=title)

    def _add(self, name: str, verdict: Verdict, reason: str) -> None:
        assert name in TITLES
        self._reasons.setdefault(name, {}).setdefault(verdict, []).append(reason)


def overall(checks: tuple[Check, ...]) -> Verdict:
    """Failed where one failed; indeterminate where one cannot be told (ETSI EN 319 102-1 5.1.3)."""
    verdicts = {check.verdict for check in checks}
    for verdict in (Verdict.FAILED, Verdict.INDETERMINATE):
        if verdict in verdicts:
            return verdict
    return Verdict.PASSED

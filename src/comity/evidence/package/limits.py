"""What a package says about its use, read from one that passed."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from comity.evidence.age import Identity, open_age
from comity.evidence.grant import Asked
from comity.evidence.limitation import Limitations
from comity.evidence.package import layout
from comity.evidence.package.folder import read_folder
from comity.evidence.package.inventory import Inventory, read_archive
from comity.evidence.package.report import NotAcceptedError, PackageReport
from comity.evidence.package.signer import Trust, follow, trusted_name
from comity.evidence.package.verify import verify_inventory

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limitations of a package, and who may extend them."""

    report: PackageReport
    limitations: Limitations
    asked: Asked
    """What a consent must be: by the owner, where one knows it; else by the certificate that sealed it."""

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why it is not shown whose limitations these are; empty: it is."""
        wanting = (check for check in self.report.checks if check.name in _WHOSE and check.verdict.value != "passed")
        return tuple(f"{check.title}: {'; '.join(check.reasons)}" for check in wanting)


_WHOSE = ("signature", "post-quantum-signature", "certificate", "revocation", "sender", "use-limitations")


def asked_for(
    limitations: Limitations, *, package: str, sender: str, bundle: bytes, signed_list_sha512: str, trust: Trust
) -> Asked:
    """What a consent must be: by the identity, as one knows it, of the owner that limitations name, else of the sender,
    whom its own `bundle` may follow. Without owners: one does not know it.

    Evidence that came from another was sealed again by one who cannot give more than it has.
    """
    own = limitations.owner in ("", sender)
    followed = follow(bundle, trust) if own else None
    known = (followed.identity if followed else None) if own else trusted_name(limitations.owner, trust)
    return Asked(
        package=package,
        signed_list_sha512=signed_list_sha512,
        owners=known or (),
        sealed_by_owner=own,
        roots=trust.roots,
        revocations=trust.revocations,
    )


def read_limits(
    source: "Path | BinaryIO",
    identities: "Iterable[Identity]",
    trust: Trust,
    *,
    now: "datetime",
    subject: str,
    late_stamp: bytes | None = None,
) -> Limits:
    """The limitations in a package file or unpacked folder; NotAcceptedError where the package is not whole."""
    inventory: Inventory = (
        read_folder(source) if isinstance(source, Path) else read_archive(open_age(source, identities))
    )
    try:
        report = verify_inventory(inventory, trust, now=now, subject=subject, late_stamp=late_stamp)
        limitations = report.limitations
        if limitations is None or report.verdict.value == "failed":
            raise NotAcceptedError(what=subject, report=report)
        from cryptography import x509

        leaf = x509.load_pem_x509_certificates(inventory.tags[layout.CERTIFICATES].data)[0]
        asked = asked_for(
            limitations,
            package="" if report.head is None else report.head.package,
            sender="" if report.head is None else report.head.sender.identity,
            bundle=inventory.tags[layout.SENDER].data,
            signed_list_sha512=report.signed_list_sha512,
            trust=trust,
        )
        if asked.sealed_by_owner and not asked.owners:
            asked = replace(asked, owners=(leaf,))
        return Limits(report=report, limitations=limitations, asked=asked)
    finally:
        inventory.close()

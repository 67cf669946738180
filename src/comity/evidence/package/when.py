"""When something was signed, as far as that is proven, and what follows for a certificate that was revoked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from comity.evidence.certpath import Path, is_own_issuer, revocation, revoked_later

if TYPE_CHECKING:
    from cryptography import x509

NO_PROOF = "nothing shows that it signed before: a time stamp by an authority that you trust would (--stamp-trust)"
"""Of a key that was revoked, without proof of when it signed (ETSI EN 319 102-1 5.2.6: REVOKED_NO_POE)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """When something was signed, as far as one knows."""

    at: datetime
    """The proven instant; where none is proven, now."""
    proven: bool
    claimed: datetime | None = None
    """By the signer's own clock: what it says against itself counts, and nothing else."""

    def after(self, revoked_at: datetime) -> bool:
        """True where it was signed at or after an instant: so a stamp shows, or the signer itself says."""
        by_then = self.at if self.proven else self.claimed
        return by_then is not None and revoked_at <= by_then

    def perhaps_after(self, revoked_at: datetime) -> bool:
        """True where it may have been signed after an instant, and nothing shows that it was not."""
        return not self.proven and revoked_at <= self.at and not self.after(revoked_at)


def check_lists(
    path: Path, lists: "Iterable[x509.CertificateRevocationList]", when: Signed
) -> tuple[list[str], list[str], str]:
    """What lists say of a chain that may end below its root: faults, what cannot be told, and what was seen.

    They count whoever else vouches for the certificate: its issuer may know what the sender does not say.
    """
    lists = list(lists)
    wrong, unknown = revocation(path.chain, lists, at=when.at)
    doubts = [f"{doubt}: --crl" for doubt in unknown]
    later = revoked_later(path.chain, lists, at=when.at if when.proven else when.claimed)
    if not when.proven:
        wrong = [] if when.claimed is None else revocation(path.chain, lists, at=when.claimed)[0]
        doubts += [
            f"{told}, by its own clock, and {NO_PROOF}" if when.claimed else f"{told}: {NO_PROOF}" for told in later
        ]
    top = path.chain[-1]
    own = is_own_issuer(top)
    if not path.trusted and not own:
        issuer = top.issuer.rfc4514_string()[:200]
        doubts.append(
            f"the certificate of {issuer!r} is not here, so that no list by it can be read: --trust and --crl"
        )
    seen = "its own key signed it: no authority lists it" if own and len(path.chain) == 1 else "no list names it"
    seen = "; ".join(later) or seen
    return wrong, doubts, seen

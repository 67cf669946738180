"""The sealed package: evidence that shows by itself what it is, whose and since when, and what may be done with it.

Outside an age file; in it a tar; in that a bag (BagIt, RFC 8493) with the evidence and what describes it, named by two
lists that a CMS signature, a post-quantum one and a time stamp seal. Each layer opens with common tools; README.txt in
every package says how.

    sealed = seal(paths, Path("out.age"), order, signer, now=now, random_bytes=os.urandom, authority=ask_the_tsa)
    report = verify_file(source, identities, Trust(senders=(known,)), now=now, subject="out.age")
    done = unseal(source, Path("folder"), identities, trust, now=now, subject="out.age")
"""

from comity.evidence.package.folder import is_sealed_folder
from comity.evidence.package.order import Sealed, SealOrder
from comity.evidence.package.pipeline import Progress
from comity.evidence.package.record import EvidenceHead, FileRecord, Provenance, Recipient
from comity.evidence.package.report import Check, NotAcceptedError, PackageReport
from comity.evidence.package.seal import seal
from comity.evidence.package.signer import Trust
from comity.evidence.package.signing import Authority, Signer
from comity.evidence.package.unpacking import TakenError
from comity.evidence.package.unseal import Unsealed, unseal, unsealed_before
from comity.evidence.package.verify import verify_file, verify_folder

__all__ = [
    "Authority",
    "Check",
    "EvidenceHead",
    "FileRecord",
    "NotAcceptedError",
    "PackageReport",
    "Progress",
    "Provenance",
    "Recipient",
    "SealOrder",
    "Sealed",
    "Signer",
    "TakenError",
    "Trust",
    "Unsealed",
    "is_sealed_folder",
    "seal",
    "unseal",
    "unsealed_before",
    "verify_file",
    "verify_folder",
]

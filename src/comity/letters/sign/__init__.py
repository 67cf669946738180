"""Signatures of letters: made with a certificate, visible, in order, time-stamped; and verified, each with its reason.

>>> from datetime import UTC, datetime
>>> from comity.letters.sign import Trust, verify_letter
>>> found = verify_letter(b"Dear colleague", Trust(), file="note.txt", now=datetime(2026, 11, 24, tzinfo=UTC))
>>> found.verdict.value, found.why
('indeterminate', 'it is not signed')
"""

from comity.letters.sign.detached import SUFFIX, sign_detached
from comity.letters.sign.keys import HeldKey, KeySource, PemKey, Pkcs12Key, TokenKey, open_key
from comity.letters.sign.outgoing import Flaw, NotTheLetterError, require_outgoing
from comity.letters.sign.papers import check_papers, with_papers
from comity.letters.sign.pdf import Signing, sign_pdf, signed_numbers
from comity.letters.sign.stamping import local_stamper
from comity.letters.sign.trust import Trust, signing_trust
from comity.letters.sign.verdict import (
    Agreement,
    Changes,
    Coverage,
    DataFinding,
    PaperFinding,
    PaperState,
    SignatureFinding,
    Verdict,
    Verification,
)
from comity.letters.sign.verify import verify_letter

__all__ = [
    "SUFFIX",
    "Agreement",
    "Changes",
    "Coverage",
    "DataFinding",
    "Flaw",
    "HeldKey",
    "KeySource",
    "NotTheLetterError",
    "PaperFinding",
    "PaperState",
    "PemKey",
    "Pkcs12Key",
    "SignatureFinding",
    "Signing",
    "TokenKey",
    "Trust",
    "Verdict",
    "Verification",
    "check_papers",
    "local_stamper",
    "open_key",
    "require_outgoing",
    "sign_detached",
    "sign_pdf",
    "signed_numbers",
    "signing_trust",
    "verify_letter",
    "with_papers",
]

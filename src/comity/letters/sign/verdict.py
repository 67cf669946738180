"""What a verification says: of each signature, of the data inside, of the papers beside."""

from collections.abc import Iterator
from enum import StrEnum

from comity.letters.model.record import Record


class Verdict(StrEnum):
    """ETSI EN 319 102-1 section 5.1.3."""

    PASSED = "passed"
    FAILED = "failed"
    INDETERMINATE = "indeterminate"
    """Nothing shows that it is wrong, and nothing proves that it is right: the reason says what is wanting."""


class Coverage(StrEnum):
    """How much of the file a signature covers."""

    WHOLE_FILE = "whole_file"
    REVISION = "revision"
    """All that there was when it was made; something was added later."""
    PART = "part"


class Changes(StrEnum):
    """What was done to the document after a signature."""

    NONE = "none"
    MAINTENANCE = "maintenance"
    """Time stamps and validation data."""
    SIGNING = "signing"
    """Further signatures, or fields filled in."""
    ANNOTATIONS = "annotations"
    OTHER = "other"
    """What is shown may have changed."""


class SignatureFinding(Record, frozen=True, kw_only=True):
    """One signature, or one time stamp over the document."""

    name: str
    """Of the field in a PDF, of the file elsewhere."""
    kind: str = "signature"
    """``signature`` or ``time_stamp``."""
    signer: str
    """Whose certificate it is; a claim until the verdict is *passed*."""
    verdict: Verdict
    code: str
    """Indication of EN 319 102-1, such as ``HASH_FAILURE`` or ``NO_CERTIFICATE_CHAIN_FOUND``."""
    why: str
    coverage: Coverage
    changes: Changes
    change_notes: tuple[str, ...] = ()
    signed_at: str = ""
    """As the signer claims, RFC 3339; empty: not told."""
    stamped_at: str = ""
    """As a time stamp proves that stands up; empty: nothing proves it."""
    revocation_known: bool = False
    """Whether revocation data were at hand: without them a revoked certificate is not noticed."""
    chain: tuple[str, ...] = ()
    """From the signer's certificate to the root; empty: no chain to a given root."""
    serial: str = ""
    """Of the certificate, hexadecimal."""
    algorithm: str = ""


class Agreement(StrEnum):
    """Whether the data inside a file are the letter that it shows."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_SHOWN = "not_shown"
    """There are data, and the file shows no digest of them."""
    NOT_COMPARED = "not_compared"
    """There are data, and the pages could not be made again from them, or not be read back."""
    NO_DATA = "no_data"
    """It holds no letter as data."""


class DataFinding(Record, frozen=True, kw_only=True):
    """The data inside, against what a reader sees."""

    agreement: Agreement
    digest: str = ""
    """SHA-256 of the data."""
    shown: tuple[str, ...] = ()
    """Digests that the document shows."""
    not_found: tuple[str, ...] = ()
    """Texts of the data that were not found on the pages."""
    only_shown: tuple[str, ...] = ()
    """Texts on the pages that the data do not have, a few words around."""
    translated: int = 0
    """Places where the pages have a translation, and the data the original alone."""
    figures_agree: bool = False
    """Where letters of a script cannot be read back: that figures and Latin words were compared, and agree."""
    draft: bool = False
    """Whether the pages say that it is a draft with gaps."""
    why: str


class PaperState(StrEnum):
    """Of an enclosure with a digest."""

    INTACT = "intact"
    CHANGED = "changed"
    ABSENT = "absent"
    """Not beside the letter: it was not checked."""
    UNSEALED = "unsealed"
    """The letter states no digest of it."""


class PaperFinding(Record, frozen=True, kw_only=True):
    """One enclosure that the letter lists."""

    number: int
    title: str
    state: PaperState
    file: str = ""
    digest: str = ""


class Verification(Record, frozen=True, kw_only=True):
    """All that was verified of one file."""

    file: str
    sha256: str
    form: str
    """``pdf``, ``docx``, ``json`` or ``other``."""
    at: str
    """The instant as of which it holds."""
    verdict: Verdict
    why: str
    signatures: tuple[SignatureFinding, ...]
    data: DataFinding
    enclosures: tuple[PaperFinding, ...] = ()
    notes: tuple[str, ...] = ()


def bottom_line(
    signatures: tuple[SignatureFinding, ...],
    data: DataFinding,
    papers: tuple[PaperFinding, ...],
    notes: tuple[str, ...],
) -> tuple[Verdict, str]:
    """The verdict on the whole: as good as its worst part."""
    failed = next(_failures(signatures, data, papers), "")
    if failed:
        return Verdict.FAILED, failed
    doubt = next(_doubts(signatures, data, notes), "")
    if doubt:
        return Verdict.INDETERMINATE, doubt
    return Verdict.PASSED, "every signature holds, and nothing was changed after it but by further signatures"


def _failures(
    signatures: tuple[SignatureFinding, ...], data: DataFinding, papers: tuple[PaperFinding, ...]
) -> Iterator[str]:
    for finding in signatures:
        if finding.verdict is Verdict.FAILED:
            yield f"{finding.name}: {finding.why}"
    if data.agreement is Agreement.DIFFERS:
        yield data.why
    for paper in papers:
        if paper.state is PaperState.CHANGED:
            yield f"enclosure {paper.number} ({paper.file}) is not the paper that was sealed"


def _doubts(signatures: tuple[SignatureFinding, ...], data: DataFinding, notes: tuple[str, ...]) -> Iterator[str]:
    if not any(finding.kind == "signature" for finding in signatures):
        yield "it is not signed"
    for finding in signatures:
        if finding.verdict is Verdict.INDETERMINATE:
            yield f"{finding.name}: {finding.why}"
    if data.agreement is Agreement.NOT_COMPARED or data.translated:
        yield data.why
    if data.draft:
        yield "it says of itself that it is a draft with gaps"
    yield from notes

"""The letter of a request on its way to being signed: who is to sign, what was signed, and whom the node believes."""

from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comity.docket import Direction, State
from comity.evidence.keys import certificates, known_identities
from comity.letters import Drafted, from_json, in_words_of
from comity.letters.forms import Form
from comity.letters.sign import Flaw
from comity.node.composer.written import file_of
from comity.node.requests.apart import Refusal
from comity.node.requests.models import Request, SignedLetter
from comity.node.requests.papers import letter_of, read_paper
from comity.node.vault.store import identity

ROOTS = "roots"
"""Folder of the node's folder with certificates of roots (PEM or DER) to which signatories lead."""
ROOT_BYTES_MAX = 1 << 20
REFUSALS: dict[str, Promise | str] = {
    Flaw.NO_PDF: _("it is no PDF: give the letter as it was saved here, signed"),
    Flaw.NO_LETTER: _("it carries no letter inside: sign the file that was saved here, not a print or a scan of it"),
    Flaw.OTHER_LETTER: _("it carries another letter than the one that was approved"),
    Flaw.OTHER_PAGES: _("its pages say something else than the approved letter: %(told)s"),
    Flaw.NOT_SIGNED: _("it is not signed"),
    Flaw.BROKEN: _("a signature does not hold: %(told)s"),
    Flaw.OUT_OF_TIME: _("the certificate has ended or has not begun: %(told)s"),
    Refusal.FILE: _("it cannot be taken: %(told)s"),
    Refusal.KEY: _("the key cannot be opened: check the file and its passphrase"),
    Refusal.SIGNING: _("it cannot be signed: %(told)s"),
    Refusal.LIMIT: _("it took more time or memory than a letter and a key need: nothing was done"),
}
"""What people read of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """The letter that was approved, in the language in which it goes out."""

    drafted: Drafted
    language: str

    def pages(self) -> bytes:
        """It as PDF, as it is given to be signed."""
        return file_of(self.drafted, self.language, Form.PDF)


def approved_letter(request: Request) -> Approved | None:
    """The letter of a request that is approved and not yet sent; None: there is none to be signed."""
    if request.direction != Direction.OUTGOING or request.state != State.APPROVED:
        return None
    body = letter_of(request)
    if body is None:
        return None
    drafted, written = from_json(body), getattr(request, "letter", None)
    language = written.language if written is not None else drafted.letter.language
    return Approved(drafted=in_words_of(drafted, language), language=language)


def signed_in_force(request: Request) -> list[SignedLetter]:
    """The signed files of the letter as it is now, in the order in which they came."""
    held = request.signed_letters.filter(letter_sha256=request.letter_sha256)
    return list(held.select_related("paper", "by"))


def to_sign(request: Request, approved: Approved) -> bytes:
    """What the next signatory signs: the file that the one before signed, or the letter."""
    before = signed_in_force(request)
    return read_paper(before[-1].paper) if before else approved.pages()


def roots() -> tuple[bytes, ...]:
    """Certificates to which a signatory must lead to be believed: of identities, and of the folder ``roots/``."""
    own = identity()
    chains = [chain for one in (own.public, *known_identities(own.folder)) for chain in certificates(one)]
    given = [path.read_bytes() for path in _files() if path.stat().st_size <= ROOT_BYTES_MAX]
    return tuple(dict.fromkeys((*(chain[-1].public_bytes(Encoding.PEM) for chain in chains), *given)))


def _files() -> list[Path]:
    folder = Path(settings.DATA) / ROOTS
    return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []

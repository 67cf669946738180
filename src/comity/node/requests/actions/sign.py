"""Signing the letter that was approved: in the node, or elsewhere and the file given back."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.letters import NotReadyError, require_ready
from comity.letters.sign import SignatureFinding
from comity.node.audit.actions import enter
from comity.node.audit.record import Fact
from comity.node.cases.actions import require_open
from comity.node.errors import ChangedError, InvalidError
from comity.node.people.models import User
from comity.node.people.rights import require
from comity.node.people.roles import Right
from comity.node.requests.apart import Job, Key, Outcome, Refusal, work_apart
from comity.node.requests.models import Request, SignedLetter
from comity.node.requests.papers import PAPER_BYTES_MAX, keep_paper
from comity.node.requests.signed import REFUSALS, Approved, approved_letter, roots, to_sign

KEY_BYTES_MAX = 1 << 20
PASSPHRASE_CHARS_MAX = 1000
PDF = "application/pdf"


def take_signed(actor: User, *, request: Request, data: bytes, name: str, version: int) -> SignedLetter:
    """Keep a file that was signed elsewhere as what goes out; InvalidError says why it is not the approved letter."""
    approved = _asked(actor, request, version)
    if len(data) > PAPER_BYTES_MAX:
        raise InvalidError({"file": _("larger than %(most)s bytes") % {"most": f"{PAPER_BYTES_MAX:,}"}})
    job = _job(approved, data, name=Path(name).name[:200])
    return _keep(actor, request, data, _done(job, "file"), version=version, here=False)


def sign_here(
    actor: User, *, request: Request, key: bytes, passphrase: str, version: int, reason: str = "", city: str = ""
) -> SignedLetter:
    """Sign with a key that is used this once and not kept: neither the file nor its passphrase is ever written."""
    approved = _asked(actor, request, version)
    if len(key) > KEY_BYTES_MAX or len(passphrase) > PASSPHRASE_CHARS_MAX:
        raise InvalidError({"key": str(REFUSALS[Refusal.KEY])})
    letter = approved.drafted.letter
    given = Key(
        data=key,
        passphrase=passphrase,
        names=tuple(tuple(name for name in (one.name, one.authority) if name) for one in letter.signatures),
        reason=reason.strip()[:200],
        city=city.strip()[:100],
        language=approved.language,
    )
    job = _job(approved, to_sign(request, approved), name=_name(request), key=given)
    outcome = _done(job, "key")
    return _keep(actor, request, outcome.pdf, outcome, version=version, here=True)


def _asked(actor: User, request: Request, version: int) -> Approved:
    require(actor, Right.REQUEST_APPROVE, request.case)
    require_open(request.case)
    if request.version != version:
        raise ChangedError(expected=version, actual=request.version)
    approved = approved_letter(request)
    if approved is None:
        raise InvalidError({"": _("only a letter that is approved and not yet sent is signed")})
    try:
        require_ready(approved.drafted)
    except NotReadyError as error:
        raise InvalidError({"": str(error)}) from None
    return approved


def _job(approved: Approved, pdf: bytes, *, name: str, key: Key | None = None) -> Job:
    letter, pages = approved.drafted.letter, approved.pages()
    at = timezone.localtime().isoformat(timespec="seconds")
    return Job(pdf=pdf, approved=letter, pages=pages, roots=roots(), name=name, at=at, key=key)


def _done(job: Job, field: str) -> Outcome:
    outcome = work_apart(job)
    if outcome.refusal:
        raise InvalidError({field: str(REFUSALS[outcome.refusal]) % {"told": outcome.told}})
    return outcome


def _keep(actor: User, request: Request, data: bytes, outcome: Outcome, *, version: int, here: bool) -> SignedLetter:
    found = outcome.verification
    assert found is not None
    signatures = [one for one in found.signatures if one.kind == "signature"]
    with transaction.atomic():
        held = Request.objects.select_for_update(of=("self",)).select_related("case").get(pk=request.pk)
        if held.version != version:
            raise ChangedError(expected=version, actual=held.version)
        paper = keep_paper(held, data, kind="signed", name=_name(held, signatures), media_type=PDF, by=actor)
        if SignedLetter.objects.filter(paper=paper).exists():
            raise InvalidError({"file": _("this file is here already")})
        made = SignedLetter.objects.create(
            request=held,
            paper=paper,
            letter_sha256=held.letter_sha256,
            verification=msgspec.json.encode(found),
            here=here,
            by=actor,
        )
        held.version += 1
        held.save(update_fields=["version"])
        facts: dict[str, Fact] = {"sha256": paper.sha256, "signatures": len(signatures), "here": here}
        enter(actor, "request.sign", case=held.case, subject=held.pk, facts=facts)
    return made


def _name(request: Request, signatures: Sequence[SignatureFinding] = ()) -> str:
    return f"{request.reference}.signed-{len(signatures)}.pdf".replace("/", "-")

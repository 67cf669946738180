"""What people do in a pre-check: share a draft, take an answer in; take a draft in, say something of it, answer."""

from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.evidence.package import Recipient
from comity.letters import texts
from comity.letters.model import Letter as LetterData
from comity.node.audit.actions import enter
from comity.node.audit.record import Fact
from comity.node.cases.actions import require_open
from comity.node.cases.models import new_id
from comity.node.composer.models import Comment, Letter
from comity.node.errors import ChangedError, HiddenError, InvalidError
from comity.node.people.models import User
from comity.node.people.rights import require, require_role
from comity.node.people.roles import Right
from comity.node.precheck.models import ForeignDraft, Remark, Share
from comity.node.precheck.papers import (
    LETTER,
    REMARK_CHARS_MAX,
    SHEET,
    Answer,
    Said,
    Sheet,
    answer_file,
    draft_files,
    plain,
    read_answer,
    read_sheet,
)
from comity.node.precheck.sealed import open_package, seal_files
from comity.node.requests.arriving import read_letter_file
from comity.node.requests.papers import keep_bytes, read_bytes


def share(actor: User, *, letter: Letter, version: int, to: Recipient, identity: str = "") -> Share:
    """Seal the letter as it is now for another side, for pre-check only; ChangedError where it is another by now.

    `identity`: name of the recipient's identity, where it is one that this node trusts.
    """
    require(actor, Right.REQUEST_DRAFT, letter.case)
    require_open(letter.case)
    if letter.number != version:
        raise ChangedError(expected=version, actual=letter.number)
    drafted, now = letter.newest().drafted(), timezone.now()
    mark = new_id()
    sheet = Sheet(
        id=mark,
        reference=drafted.letter.reference,
        version=version,
        language=letter.language,
        agency=settings.CONFIG.agency,
        shared_at=now,
    )
    files = draft_files(drafted, letter.language, sheet)
    case = drafted.letter.case_reference or letter.reference
    package, data = seal_files(files, to=to, case=case, reference=letter.reference, by=actor, at=now)
    with transaction.atomic():
        made = Share.objects.create(
            id=mark,
            letter=letter,
            number=version,
            to_name=to.name[:300],
            to_key=to.key,
            to_identity=identity[:300],
            package=package,
            sha256=keep_bytes(data),
            size_bytes=len(data),
            by=actor,
            at=now,
        )
        facts: dict[str, Fact] = {"version": version, "to": identity or to.key[:80], "sha256": made.sha256}
        enter(actor, "precheck.share", case=letter.case, subject=letter.pk, facts=facts)
    return made


def take_out(actor: User, *, share: Share) -> bytes:
    """The package of a share, to be handed over; that it leaves is entered."""
    require(actor, Right.REQUEST_DRAFT, share.letter.case)
    data = read_bytes(share.sha256)
    enter(actor, "precheck.take_out", case=share.letter.case, subject=share.letter_id, facts={"sha256": share.sha256})
    return data


def take_answer(actor: User, *, letter: Letter, data: bytes) -> int:
    """Put what the other side said beside the paragraphs of the letter; how much it was."""
    require(actor, Right.REQUEST_DRAFT, letter.case)
    require_open(letter.case)
    opened = open_package(data)
    answer = read_answer(opened.files)
    there = {address for address, _text in texts(letter.newest().drafted().letter)}
    with transaction.atomic():
        held = Share.objects.select_for_update().filter(letter=letter, pk=plain(answer.id)[:20]).first()
        if held is None:
            raise InvalidError({"file": _("it answers another draft, or one of another letter")})
        verified = opened.is_known
        rows = [
            Comment(
                letter=letter,
                address=said.address if said.address in there else "",
                text=plain(said.text),
                by=actor,
                agency=plain(opened.sender)[:500] or "?",
                verified=verified,
                of_version=held.number,
            )
            for said in answer.remarks
            if plain(said.text)
        ]
        known = set(letter.comments.exclude(agency="").filter(of_version=held.number).values_list("address", "text"))
        Comment.objects.bulk_create(row for row in rows if (row.address, row.text) not in known)
        held.answered_at = timezone.now()
        held.save(update_fields=["answered_at"])
        facts: dict[str, Fact] = {
            "of": held.number,
            "remarks": len(rows),
            "verified": verified,
            "sha256": sha256(data).hexdigest(),
        }
        enter(actor, "precheck.take_answer", case=letter.case, subject=letter.pk, facts=facts)
    return len(rows)


def take_draft(actor: User, *, data: bytes) -> ForeignDraft:
    """Take in a draft of another side; the same file once. InvalidError says why it is none that can be read."""
    require_role(actor, Right.REQUEST_RECEIVE)
    digest = sha256(data).hexdigest()
    before = ForeignDraft.objects.filter(sha256=digest).first()
    if before is not None:
        return before
    opened = open_package(data)
    read_sheet(opened.files)
    if LETTER not in opened.files:
        raise InvalidError({"file": _("it holds no letter")})
    read = read_letter_file(opened.files[LETTER], LETTER, timezone.localdate())
    with transaction.atomic():
        made = ForeignDraft.objects.create(
            package=(opened.report.head.package if opened.report.head else "")[:120],
            sha256=keep_bytes(data),
            reference=plain(read.letter.reference)[:200] or "?",
            sender=plain(opened.sender)[:500] or "?",
            identity=plain(opened.identity)[:300],
            letter=opened.files[LETTER],
            sheet=opened.files[SHEET],
            by=actor,
        )
        facts: dict[str, Fact] = {"sha256": made.sha256, "verified": bool(made.identity)}
        enter(actor, "precheck.take_draft", subject=made.pk, facts=facts)
    return made


def remark(actor: User, *, draft: ForeignDraft, letter: LetterData, text: str, address: str = "") -> Remark:
    """Say something of a foreign draft, or of one text of it; `letter`: the draft as it was read."""
    require_role(actor, Right.REQUEST_RECEIVE)
    said = plain(text)
    if not said or len(said) > REMARK_CHARS_MAX:
        raise InvalidError(
            {"text": _("say something, in fewer than %(most)s letters") % {"most": f"{REMARK_CHARS_MAX:,}"}}
        )
    if address and address not in {one for one, _text in texts(letter)}:
        raise InvalidError({"address": _("no text of the letter stands there")})
    with transaction.atomic():
        made = Remark.objects.create(draft=draft, address=address, text=said, by=actor)
        enter(actor, "precheck.remark", subject=draft.pk)
    return made


def take_back(actor: User, *, draft: ForeignDraft, remark_id: int) -> None:
    """Take a remark of one's own away."""
    require_role(actor, Right.REQUEST_RECEIVE)
    with transaction.atomic():
        if not Remark.objects.filter(draft=draft, pk=remark_id, by=actor).delete()[0]:
            raise HiddenError
        enter(actor, "precheck.take_back", subject=draft.pk)


def answer(actor: User, *, draft: ForeignDraft, to: Recipient) -> tuple[str, bytes]:
    """Seal what was said of a draft for who sent it: name and bytes of the package; that it leaves is entered."""
    require_role(actor, Right.REQUEST_RECEIVE)
    said = tuple(Said(address=row.address, text=row.text) for row in draft.remarks.all())
    if not said:
        raise InvalidError({"": _("say something of the draft first")})
    told, now = draft.told(), timezone.now()
    answered = Answer(
        id=told.id,
        reference=told.reference,
        version=told.version,
        agency=settings.CONFIG.agency,
        said_at=now,
        remarks=said,
    )
    files = answer_file(answered)
    name, data = seal_files(files, to=to, case=draft.reference, reference=draft.reference, by=actor, at=now)
    with transaction.atomic():
        ForeignDraft.objects.filter(pk=draft.pk).update(answered_at=now)
        facts: dict[str, Fact] = {"remarks": len(said), "to": to.key[:80], "sha256": sha256(data).hexdigest()}
        enter(actor, "precheck.answer", subject=draft.pk, facts=facts)
    return name, data

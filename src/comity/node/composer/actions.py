"""What people do with letters."""

from collections.abc import Mapping
from hashlib import sha256

import msgspec
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.docket import State
from comity.errors import ComityError
from comity.letters import (
    Drafted,
    Origin,
    OriginKind,
    Text,
    brief_for,
    checked,
    choose_language,
    draft,
    texts,
    to_json,
    translated,
    with_texts,
)
from comity.letters.xliff import XliffLimits, from_xliff
from comity.node.audit.actions import enter
from comity.node.cases.actions import require_open
from comity.node.cases.models import Case
from comity.node.composer.models import Comment, Letter, Version
from comity.node.errors import ChangedError, HiddenError, InvalidError
from comity.node.people.models import User
from comity.node.people.rights import require
from comity.node.people.roles import Right
from comity.node.plans.models import PlanVersion
from comity.node.plans.reads import find_done_plan, newest_plan, planned
from comity.node.requests.actions.draft import draft_request, revise
from comity.node.requests.models import NOT_BEGUN, Request

TEXT_CHARS_MAX = 100_000


def begin_from_step(actor: User, *, case: Case, plan_number: int, step: str) -> Letter:
    """Begin the letter that a step of a plan needs, on the route that the plan recommends."""
    require(actor, Right.REQUEST_DRAFT, case)
    require_open(case)
    plan = find_done_plan(case, plan_number)
    drafted = _drafted(plan, step)
    letter = drafted.letter
    with transaction.atomic():
        made = Letter.objects.create(
            case=case,
            plan=plan,
            step=step,
            reference=letter.reference[:200],
            kind=letter.kind.value,
            requested=letter.addressee.state,
            language=choose_language(letter).language,
            begun_by=actor,
        )
        _add_version(actor, made, drafted, note=f"from step {step} of plan {plan_number}")
        enter(actor, "letter.begin", case=case, subject=made.pk, facts={"plan": plan_number, "step": step})
    return made


def begin_from_draft(actor: User, *, case: Case, drafted: Drafted, note: str) -> Letter:
    """Begin a letter that was drafted elsewhere, such as an answer to what came."""
    require(actor, Right.REQUEST_DRAFT, case)
    require_open(case)
    letter = drafted.letter
    with transaction.atomic():
        made = Letter.objects.create(
            case=case,
            reference=letter.reference[:200],
            kind=letter.kind.value,
            requested=letter.addressee.state,
            language=choose_language(letter).language,
            begun_by=actor,
        )
        _add_version(actor, made, drafted, note=note)
        enter(actor, "letter.begin", case=case, subject=made.pk, facts={"kind": letter.kind.value})
    return made


def save_texts(actor: User, *, letter: Letter, changed: Mapping[str, str], version: int, note: str = "") -> Version:
    """Save other words at some addresses; ChangedError where somebody saved a version meanwhile."""
    with transaction.atomic():
        held = _held(actor, letter, version)
        now = held.newest().drafted()
        known = dict(texts(now.letter))
        if problems := {address: why for address, text in changed.items() if (why := _unfit(text, known.get(address)))}:
            raise InvalidError(problems)
        other = {
            address: Text(
                text=words.replace("\r\n", "\n").strip(),
                language=known[address].language,
                origin=Origin(kind=OriginKind.DRAFTER, where=actor.username),
            )
            for address, words in changed.items()
            if words.replace("\r\n", "\n").strip() != known[address].text
        }
        if not other:
            return held.newest()
        kept = checked(with_texts(now.letter, other), now.expected)
        kept = msgspec.structs.replace(kept, translations=now.translations, transmission=now.transmission)
        made = _add_version(actor, held, kept, note=note)
        enter(
            actor, "letter.save", case=held.case, subject=held.pk, facts={"version": made.number, "sha256": made.sha256}
        )
    return made


def restore(actor: User, *, letter: Letter, number: int, version: int) -> Version:
    """Make an older version the newest."""
    with transaction.atomic():
        held = _held(actor, letter, version)
        older = held.versions.filter(number=number).first()
        if older is None:
            raise HiddenError
        made = _add_version(actor, held, older.drafted(), note=f"as in version {number}")
        enter(actor, "letter.restore", case=held.case, subject=held.pk, facts={"version": made.number, "of": number})
    return made


def draft_again(actor: User, *, letter: Letter, version: int) -> Version:
    """Draft it anew from the newest plan; what people wrote themselves stays where its place is still there."""
    require(actor, Right.REQUEST_DRAFT, letter.case)
    plan = newest_plan(letter.case)
    if plan is None or letter.plan is None:
        raise InvalidError({"": _("there is no plan to draft it from")})
    # Drafting takes its time, in which others may write: it is done before the letter is held.
    step = _same_step(letter.plan, letter.step, plan)
    now = _drafted(plan, step)
    there = dict(texts(now.letter))
    with transaction.atomic():
        held = _held(actor, letter, version)
        own = {
            address: text
            for address, text in texts(held.newest().drafted().letter)
            if text.origin.kind is OriginKind.DRAFTER and address in there and there[address].free
        }
        again = checked(with_texts(now.letter, own), now.expected)
        kept = msgspec.structs.replace(again, transmission=now.transmission)
        held.plan, held.step = plan, step
        made = _add_version(actor, held, kept, note=f"drafted again from plan {plan.number}")
        enter(actor, "letter.draft_again", case=held.case, subject=held.pk, facts={"version": made.number})
    return made


def take_translation(actor: User, *, letter: Letter, data: bytes, version: int) -> Version:
    """Put what a translator gave (XLIFF 2) beside the letter."""
    limits = XliffLimits()
    if len(data) > limits.size_bytes:
        raise InvalidError({"file": _("larger than %(most)s bytes") % {"most": f"{limits.size_bytes:,}"}})
    with transaction.atomic():
        held = _held(actor, letter, version)
        now = held.newest().drafted()
        try:
            translation = from_xliff(data, now.letter, limits)
        except ComityError as error:
            raise InvalidError({"file": str(error)}) from None
        made = _add_version(actor, held, translated(now, translation), note=f"translation: {translation.language}")
        enter(actor, "letter.translate", case=held.case, subject=held.pk, facts={"version": made.number})
    return made


def set_language(actor: User, *, letter: Letter, language: str) -> None:
    """Say in which language the letter goes out; not once somebody checked or approved it in another."""
    require(actor, Right.REQUEST_DRAFT, letter.case)
    require_open(letter.case)
    try:
        choice = choose_language(letter.newest().drafted().letter, language)
    except ComityError as error:
        raise InvalidError({"language": str(error)}) from None
    with transaction.atomic():
        held = Letter.objects.select_for_update(of=("self",)).select_related("request").get(pk=letter.pk)
        # Pages in another language are another text for those who vouched for it: they see it again.
        if held.request is not None and held.request.state not in {State.DRAFT, NOT_BEGUN}:
            raise InvalidError(
                {"language": _("it was checked in this language: save a new version, and revise the request")}
            )
        held.language = choice.language
        held.save(update_fields=["language"])
        enter(actor, "letter.set_language", case=letter.case, subject=letter.pk, facts={"language": choice.language})


def make_request(
    actor: User, *, letter: Letter, version: int, follows: Request | None = None, again: bool = False
) -> Request:
    """Make the letter a request of the docket, or give the request that it is a newer version."""
    with transaction.atomic():
        held = _held(actor, letter, version)
        body = bytes(held.newest().body)
        if held.request is not None:
            return revise(actor, request=held.request, letter=body, version=held.request.version)
        held.request = draft_request(actor, case=held.case, letter=body, follows=follows, again=again)
        held.save(update_fields=["request"])
    return held.request


def comment(actor: User, *, letter: Letter, text: str, address: str = "") -> Comment:
    """Say something of the letter, or of one text of it; whoever may read the case may say something."""
    require(actor, Right.CASE_READ, letter.case)
    require_open(letter.case)
    if not text.strip() or len(text) > TEXT_CHARS_MAX:
        raise InvalidError({"text": _("say something, in fewer than 100,000 characters")})
    with transaction.atomic():
        made = Comment.objects.create(letter=letter, address=address[:300], text=text.strip(), by=actor)
        enter(actor, "letter.comment", case=letter.case, subject=letter.pk)
    return made


def settle(actor: User, *, letter: Letter, comment_id: int) -> None:
    """Say that a comment is dealt with."""
    require(actor, Right.CASE_READ, letter.case)
    require_open(letter.case)
    with transaction.atomic():
        open_one = Comment.objects.filter(letter=letter, pk=comment_id, settled_at=None)
        if not open_one.update(settled_at=timezone.now(), settled_by=actor):
            raise HiddenError
        enter(actor, "letter.settle", case=letter.case, subject=letter.pk)


def _held(actor: User, letter: Letter, version: int) -> Letter:
    require(actor, Right.REQUEST_DRAFT, letter.case)
    require_open(letter.case)
    held = Letter.objects.select_for_update(of=("self",)).select_related("case", "request", "plan").get(pk=letter.pk)
    if held.number != version:
        raise ChangedError(expected=version, actual=held.number)
    return held


def _unfit(text: str, there: Text | None) -> str:
    """Why a text cannot be put where another stands; empty: it can."""
    if there is None:
        return _("no text of the letter stands there")
    if not there.free:
        return _("fixed wording cannot be changed")
    return _("longer than a letter can be") if len(text) > TEXT_CHARS_MAX else ""


def _add_version(actor: User, letter: Letter, drafted: Drafted, *, note: str) -> Version:
    body = to_json(drafted)
    letter.number += 1
    letter.ready, letter.reference = drafted.report.ready, drafted.letter.reference[:200]
    letter.save(update_fields=["number", "ready", "reference", "plan", "step"])
    return Version.objects.create(
        letter=letter, number=letter.number, body=body, sha256=sha256(body).hexdigest(), by=actor, note=note[:300]
    )


def _drafted(plan: PlanVersion, step: str) -> Drafted:
    found = planned(plan)
    try:
        brief = brief_for(
            (step,),
            case=found.case,
            plan=found.plan,
            registry=found.registry,
            on=timezone.localdate(),
            transfers=found.leads.transfers,
        )
        return draft(brief)
    except ComityError as error:
        raise InvalidError({"step": str(error)}) from None


def _same_step(before: PlanVersion, step: str, after: PlanVersion) -> str:
    """The step of a later plan that asks the same of the same holder; InvalidError where there is none."""
    old = next((one for one in before.plan().steps if one.id == step), None)
    for one in after.plan().steps:
        if old is not None and (one.measure, one.state, one.holder) == (old.measure, old.state, old.holder):
            return one.id
    raise InvalidError({"": _("the newest plan has no such step any more")})

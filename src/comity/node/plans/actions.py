"""What people do with facts and plans."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.errors import ComityError
from comity.leads import find_leads
from comity.node.artifacts.actions import add_file
from comity.node.artifacts.models import Artifact
from comity.node.audit.actions import enter
from comity.node.cases.actions import require_open
from comity.node.cases.models import Case
from comity.node.errors import ChangedError, InvalidError
from comity.node.lawdata import registry
from comity.node.people.models import User
from comity.node.people.rights import require
from comity.node.people.roles import Right
from comity.node.plans.models import Facts, PlanState, PlanVersion
from comity.node.plans.reads import FACTS_NAME, newest_facts, quoted
from comity.plan import read_case

FACTS_CHARS_MAX = 400_000


def save_facts(actor: User, *, case: Case, text: str, version: int, note: str = "") -> Facts:
    """Keep a new version of the facts; `version`: that which the person has changed, 0 for the first.

    InvalidError says what is wrong, where, and how to mend it; ChangedError that somebody else saved one meanwhile.
    """
    require(actor, Right.CASE_WORK, case)
    require_open(case)
    if len(text) > FACTS_CHARS_MAX:
        raise InvalidError(
            {
                "text": _("longer than %(most)s characters: put what is long into files")
                % {"most": f"{FACTS_CHARS_MAX:,}"}
            }
        )
    text = text.replace("\r\n", "\n")
    try:
        read_case(text, path=FACTS_NAME, registry=registry())
    except ComityError as error:
        raise InvalidError({"text": str(error)}) from None
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=case.pk)
        stands = newest_facts(case)
        number = stands.number if stands else 0
        if number != version:
            raise ChangedError(expected=version, actual=number)
        made = Facts.objects.create(case=case, number=number + 1, text=text, by=actor, note=note[:300])
        enter(actor, "facts.save", case=case, subject=str(made.number))
    return made


def _facts(case: Case) -> Facts:
    facts = newest_facts(case)
    if facts is None:
        raise InvalidError({"": _("tell the facts of the case first")})
    return facts


def set_uninvolved(actor: User, *, case: Case, value: str, who: str) -> Facts:
    """Say that somebody who stands in the evidence has nothing to do with it: nothing is asked about them any more."""
    facts = _facts(case)
    if not who.strip():
        raise InvalidError({"who": _("say who it is, and why they have nothing to do with it")})
    return _append(actor, case, facts, table="uninvolved", value=value, told={"who": who.strip()}, note=who)


def tell_tie(
    actor: User, *, case: Case, value: str, why: str, state: str = "", holder: str = "", role: str = ""
) -> Facts:
    """Say who has a thing of the evidence: it takes the place of what was found, which stays to be read."""
    facts = _facts(case)
    if not why.strip():
        raise InvalidError({"why": _("say how you know it")})
    told = {"state": state, "holder": holder.strip(), "role": role, "why": f"{why.strip()} ({actor})"}
    return _append(actor, case, facts, table="ties", value=value, told=told, note=why)


def _append(
    actor: User, case: Case, facts: Facts, *, table: str, value: str, told: Mapping[str, str], note: str
) -> Facts:
    """A version of the facts with one more entry in a table (TOML), on one object; what is empty is not written."""
    lines = [f"{key} = {quoted(text)}\n" for key, text in told.items() if text]
    block = f"\n[[{table}]]\nobjects = [{quoted(value)}]\n{''.join(lines)}"
    return save_facts(actor, case=case, text=facts.text.rstrip("\n") + "\n" + block, version=facts.number, note=note)


def add_lead(actor: User, *, case: Case, value: str, why: str, **tie: str) -> Artifact:
    """Add a thing that no file shows, as a note that is read like any other file; InvalidError where it is none.

    Where its state, holder or role is told too, that is written into the facts.
    """
    require(actor, Right.CASE_WORK, case)
    note = f"{value.strip()}\n\n{why.strip()}\n".encode()
    if not _is_thing(value.strip()):
        problem = _("nothing in this can be asked about: write an address, a domain, an account, a number or a wallet")
        raise InvalidError({"value": problem})
    with transaction.atomic():
        if any(tie.values()):
            tell_tie(actor, case=case, value=value.strip(), why=why, **tie)
        return add_file(actor, case=case, name=f"lead by {actor}.txt", stream=BytesIO(note), size_bytes=len(note))


def _is_thing(text: str) -> bool:
    """Whether the reading of evidence finds something in a text."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "note.txt").write_text(text, encoding="utf-8")
        return bool(find_leads([Path(folder)]).observables)


def ask_plan(actor: User, *, case: Case) -> PlanVersion:
    """Have a plan made in the background, of the facts and the evidence as they are now and the law of today."""
    require(actor, Right.CASE_WORK, case)
    require_open(case)
    facts = _facts(case)
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=case.pk)
        under_way = PlanVersion.objects.filter(case=case, state__in=(PlanState.WAITING, PlanState.RUNNING)).first()
        if under_way is not None:
            return under_way
        newest = PlanVersion.objects.filter(case=case).first()
        made = PlanVersion.objects.create(
            case=case,
            number=newest.number + 1 if newest else 1,
            facts=facts,
            on=timezone.localdate(),
            asked_by=actor,
            total_bytes=sum(Artifact.objects.filter(case=case, left_out=False).values_list("size_bytes", flat=True)),
        )
        enter(actor, "plan.ask", case=case, subject=str(made.number), facts={"facts": facts.number})
        transaction.on_commit(lambda: _enqueue(made.pk))
    return made


def _enqueue(version_id: int) -> None:
    from comity.node.plans.tasks import make_version

    make_version.enqueue(version_id)

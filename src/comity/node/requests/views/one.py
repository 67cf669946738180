"""One request: where it stands, what happened, what is owed by when, and what can be done now."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from comity.docket import Act, Direction, PossibleAct, State, Watched, act_rules, effective, possible_acts, reasons
from comity.law import state_name
from comity.node.access import Signed, on_case
from comity.node.cases.models import Case
from comity.node.download import to_save
from comity.node.errors import ChangedError, InvalidError
from comity.node.people.models import User
from comity.node.people.rights import may
from comity.node.people.roles import Right
from comity.node.people.stepup import require_presence
from comity.node.requests.actions.enter import Proof, Told
from comity.node.requests.actions.enter import act as enter_act
from comity.node.requests.alike import alike_for, asked_before, clashes_of
from comity.node.requests.clock import watched
from comity.node.requests.forms import HappenedForm
from comity.node.requests.labels import ACTS, DEADLINES
from comity.node.requests.models import Alarm, Paper, Request
from comity.node.requests.papers import read_paper
from comity.node.requests.reads import chain_with_lacks, find_request
from comity.node.requests.rights import PRESENT, right_for
from comity.node.requests.signed import signed_in_force

ALARMS_SHOWN = 10
_ELSEWHERE = frozenset({Act.DRAFT, Act.REVISE, Act.FOLLOW_UP})
"""Acts that are done by other pages, or follow by themselves."""
_LOOK_AGAIN = frozenset({Act.APPROVE, Act.SEND})
"""Acts before which it is asked again who else asks the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An act that this person can do now, or why not."""

    act: str
    label: Promise | str
    barred: str = ""


@on_case(Right.CASE_READ)
def show(request: Signed, case: Case, request_id: str) -> HttpResponse:
    """The request, whole."""
    found = find_request(case, request_id, "assignee")
    return render(request, "requests/show.html", _shown(found, case, request.user))


@on_case(Right.CASE_READ)
def act(request: Signed, case: Case, request_id: str, act: str) -> HttpResponse:
    """Tell that something happened to the request."""
    found = find_request(case, request_id, "assignee")
    one = watched(found, now=timezone.now())
    possible = next((row for row in _choices(one, found, request.user) if row.act == act), None)
    if possible is None:
        raise InvalidError(
            {"act": _("%(act)s cannot happen now: the request is %(state)s") % {"act": repr(act), "state": found.state}}
        )
    if Act(act) in PRESENT:
        require_presence(request)
    form = HappenedForm(
        request.POST or None,
        request.FILES or None,
        possible=_possible(one, Act(act)),
        entries=found.events.count(),
        signed=_signed(found) if Act(act) is Act.SEND and found.letter_sha256 else None,
        initial={"version": found.version},
    )
    if request.method == "POST" and form.is_valid():
        try:
            _enter(request.user, found, Act(act), form)
            return redirect("requests:show", case.pk, found.pk)
        except ChangedError as error:
            form.add_error(None, str(error))
        except InvalidError as error:
            form.take(error)
    alike = alike_for(request.user, asked_before(found)) if Act(act) in _LOOK_AGAIN else []
    shown = {
        "form": form,
        "alike": alike,
        "case": case,
        "found": found,
        "choice": possible,
        "says": act_rules()[Act(act)].says,
    }
    return render(request, "requests/act.html", shown, status=422 if form.errors else 200)


@on_case(Right.CASE_READ)
def paper(request: Signed, case: Case, request_id: str, paper_id: int) -> HttpResponse:
    """A file of the request, to be saved."""
    row = get_object_or_404(Paper, pk=paper_id, request=find_request(case, request_id))
    return to_save(read_paper(row), name=row.name, media_type="application/octet-stream")


def _enter(user: User, found: Request, act: Act, form: HappenedForm) -> None:
    told = form.cleaned_data
    file = told.get("file")
    proof = Proof(data=file.read(), name=file.name, media_type=file.content_type or "") if file else None
    facts = Told(
        at=told.get("at"),
        note=told.get("note", ""),
        means=told.get("means", ""),
        reasons=tuple(told.get("reasons", ())),
        until=told["until"].isoformat() if told.get("until") else "",
        of=told.get("of") or 0,
        signed=told.get("signed", ""),
        unsigned=told.get("unsigned", ""),
    )
    enter_act(user, request=found, act=act, version=told["version"], told=facts, proof=proof)


def _signed(found: Request) -> list[tuple[str, str]]:
    return [(row.paper.sha256, row.paper.name) for row in signed_in_force(found)]


def _possible(one: Watched, act: Act) -> PossibleAct:
    return next(row for row in possible_acts(one.standing) if row.act is act)


def _choices(one: Watched, found: Request, user: User) -> list[Choice]:
    direction = Direction(found.direction)
    return [
        Choice(
            act=row.act.value,
            label=ACTS[row.act.value],
            barred=_("you drafted it: let another person approve it") if user.username in row.not_by else "",
        )
        for row in possible_acts(one.standing)
        if row.act not in _ELSEWHERE and may(user, right_for(row.act, direction), found.case)
    ]


def _shown(found: Request, case: Case, user: User) -> dict[str, Any]:
    one = watched(found, now=timezone.now())
    chain, lacking = chain_with_lacks(found)
    return {
        "found": found,
        "case": case,
        "asked": one.request,
        "requesting": state_name(found.requesting),
        "requested": state_name(found.requested),
        "events": _history(found),
        "deadlines": [(line, DEADLINES[line.state.value]) for line in one.deadlines],
        "choices": _choices(one, found, user),
        "chain": chain if len(chain) > 1 else (),
        "lacking": lacking,
        "clashes": clashes_of(found, user),
        "alarms": _alarms(found),
        "may_answer": found.direction == Direction.INCOMING and may(user, Right.REQUEST_DRAFT, found.case),
        "papers": found.papers.select_related("added_by"),
        "signed": found.signed_letters.select_related("paper", "by"),
        "may_sign": found.direction == Direction.OUTGOING
        and found.state == State.APPROVED
        and may(user, Right.REQUEST_APPROVE, case),
    }


def _alarms(found: Request) -> list[Alarm]:
    """Who was told of its dates and has not seen it."""
    return list(found.alarms.filter(seen_at=None).exclude(told=None).select_related("told")[:ALARMS_SHOWN])


def _history(found: Request) -> list[dict[str, Any]]:
    rows = list(found.events.select_related("by", "dispatch__signed__paper").order_by("number"))
    events = [row.docketed() for row in rows]
    counts = {id(event) for event in effective(events)}
    return [
        {
            "number": row.number,
            "event": event,
            "by": row.by,
            "dispatch": getattr(row, "dispatch", None),
            "says": act_rules()[event.act].says,
            "struck": id(event) not in counts and event.act is not Act.STRIKE,
            "reasons": [reasons()[code].text for code in event.reasons],
        }
        for row, event in zip(rows, events, strict=True)
    ]

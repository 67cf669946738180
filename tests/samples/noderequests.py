"""Letters of the shipped case, and requests made of them in a node."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path

from django.utils import timezone

from comity.docket import Act
from comity.law import load_registry
from comity.letters import brief_for, draft, to_json
from comity.node.cases.models import Case
from comity.node.people.models import User
from comity.node.requests.actions.draft import draft_request
from comity.node.requests.actions.enter import NOTHING_MORE, Told, act
from comity.node.requests.models import Alarm, Request
from comity.plan import Planned, plan_folder

PHISHING = Path(__file__).parents[2] / "examples" / "phishing"
ON = date(2026, 11, 24)


@cache
def planned() -> Planned:
    """The shipped case and its plan."""
    return plan_folder(PHISHING, on=ON, registry=load_registry())


@cache
def letter(measure: str = "preservation", state: str = "US") -> bytes:
    """A letter of the shipped case, as JSON."""
    found = planned()
    step = next(one for one in found.plan.steps if one.state == state and one.measure.value == measure)
    brief = brief_for(
        (step.id,), case=found.case, plan=found.plan, registry=found.registry, on=ON, transfers=found.leads.transfers
    )
    return to_json(draft(brief))


def make_request(by: User, case: Case, measure: str = "preservation", **how: object) -> Request:
    """A request of the shipped case, drafted."""
    return draft_request(by, case=case, letter=letter(measure), **how)  # type: ignore[arg-type]  # passed on


def make_alarm(request: Request, told: User | None) -> Alarm:
    """An alarm of a request, given just now."""
    now = timezone.now()
    return Alarm.objects.create(
        request=request,
        kind="answer",
        level="near",
        period="0",
        audience="handler",
        what="an answer is due",
        ends_at=now + timedelta(days=2),
        given_at=now,
        told=told,
    )


def did(by: User, request: Request, what: Act, told: Told = NOTHING_MORE) -> Request:
    """Enter an act on the request as it stands now."""
    version = Request.objects.get(pk=request.pk).version
    return act(by, request=request, act=what, version=version, told=told)


def send(drafter: User, approver: User, sender: User, request: Request) -> None:
    """From draft to sent, by three people."""
    did(drafter, request, Act.CHECK)
    did(approver, request, Act.APPROVE)
    did(sender, request, Act.SEND, Told(means="e-mail to the contact point", unsigned="the 24/7 network needs none"))

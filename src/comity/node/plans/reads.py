"""Reads of facts and plans."""

from comity.node.cases.models import Case
from comity.node.errors import HiddenError
from comity.node.lawdata import registry
from comity.node.plans.models import Facts, PlanState, PlanVersion
from comity.plan import Planned, new_case_text, read_case

FACTS_NAME = "case.toml"


def newest_facts(case: Case) -> Facts | None:
    """The facts as they are now; None: nobody has told any."""
    return Facts.objects.filter(case=case).order_by("-number").first()


def newest_plan(case: Case) -> PlanVersion | None:
    """The newest plan that is done; None: there is none."""
    return PlanVersion.objects.filter(case=case, state=PlanState.DONE).first()


def find_plan(case: Case, number: int, *beside: str) -> PlanVersion:
    """A plan of the case, done or not, fetched with it and with the relations `beside`; HiddenError: there is none."""
    found = PlanVersion.objects.filter(case=case, number=number).select_related("case", *beside).first()
    if found is None:
        raise HiddenError
    return found


def find_done_plan(case: Case, number: int) -> PlanVersion:
    """What `find_plan` finds, where it is done; HiddenError otherwise."""
    found = find_plan(case, number)
    if found.state != PlanState.DONE:
        raise HiddenError
    return found


def plan_before(case: Case, number: int) -> PlanVersion | None:
    """The last plan before this one that is done; None: there is none."""
    return PlanVersion.objects.filter(case=case, state=PlanState.DONE, number__lt=number).first()


def planned(version: PlanVersion) -> Planned:
    """A plan with the case and the leads that it was made of, as letters are drafted from it."""
    law = registry()
    case = read_case(version.facts.text, path=FACTS_NAME, registry=law)
    return Planned(case=case, leads=version.leads(), plan=version.plan(), registry=law)


def first_facts(case: Case) -> str:
    """The commented case file from which the facts of a new case are written."""
    lines = []
    for line in new_case_text().splitlines(keepends=True):
        key = line.partition("=")[0].strip()
        value = {"reference": case.reference, "title": case.title}.get(key)
        lines.append(f"{key} = {quoted(value)}\n" if value is not None else line)
    return "".join(lines)


def quoted(text: str) -> str:
    """A TOML basic string."""
    safe = "".join(
        f"\\u{ord(letter):04x}" if ord(letter) < 32 or ord(letter) == 127 else letter
        for letter in text.replace("\\", "\\\\").replace('"', '\\"')
    )
    return f'"{safe}"'

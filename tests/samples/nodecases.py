"""The shipped case in a node: its facts, its evidence, its plan and letters."""

from pathlib import Path

from comity.node.artifacts.actions import add_file
from comity.node.cases.models import Case
from comity.node.composer.actions import begin_from_step
from comity.node.composer.models import Letter
from comity.node.people.models import User
from comity.node.plans.actions import ask_plan, save_facts
from comity.node.plans.models import PlanVersion
from comity.node.plans.tasks import make_version

PHISHING = Path(__file__).parents[2] / "examples" / "phishing"
FOLDERS = ("mail", "bank", "crypto", "web", "domain", "telecom", "statements", "cert", "notes")


def tell_facts(by: User, case: Case) -> None:
    """The facts of the shipped case."""
    save_facts(by, case=case, text=(PHISHING / "case.toml").read_text(), version=0)


def add_evidence(by: User, case: Case, *folders: str) -> None:
    """Files of the shipped case; of all its folders where none is named."""
    for folder in folders or FOLDERS:
        for path in sorted((PHISHING / folder).rglob("*")):
            if path.is_file():
                with path.open("rb") as file:
                    add_file(by, case=case, name=path.name, stream=file, size_bytes=path.stat().st_size)


def make_plan(by: User, case: Case) -> PlanVersion:
    """A plan of the case as it stands."""
    version = ask_plan(by, case=case)
    make_version.call(version.pk)
    return PlanVersion.objects.get(pk=version.pk)


def make_letter(by: User, case: Case, version: PlanVersion) -> Letter:
    """The letter of the first step to the United States that needs one."""
    from comity.letters import steps_with_letters

    steps = tuple(steps_with_letters(version.plan()))
    step = next((one for one in steps if one.state == "US"), steps[0])
    return begin_from_step(by, case=case, plan_number=version.number, step=step.id)

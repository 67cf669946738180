"""A case file as `comity new` writes it, with nothing filled in: it tells nothing that could be planned."""

import tomllib

from comity.plan.case import Case
from comity.plan.casefile import CASE_FILE
from comity.plan.errors import CaseFileError

_FIELDS = ("reference", "title", "facts", "authority.name")


def untouched(case: Case, template: str) -> tuple[str, ...]:
    """Keys whose values are still those of the template."""
    first = tomllib.loads(template)
    given = {"reference": case.reference, "title": case.title, "facts": case.facts}
    given["authority.name"] = case.authority.name
    examples = {**first, "authority.name": first["authority"]["name"]}
    return tuple(key for key in _FIELDS if given[key].strip() == examples[key].strip())


def check_told(case: Case, *, path: str, template: str) -> None:
    """Raises CaseFileError where a case file tells nothing of what happened; for a case without evidence."""
    left = untouched(case, template)
    told = case.events or case.suspects or case.victims or case.earlier_steps or case.money.reported
    if "facts" in left and not told:
        raise CaseFileError(
            path=path,
            problem=f"there is no evidence beside {CASE_FILE} that can be read, and it tells nothing yet: "
            f"{', '.join(left)} stand as `comity new` wrote them",
            remedy=f"fill in {', '.join(left)}, or put the evidence (mails, tables, logs, PDF) beside it",
        )

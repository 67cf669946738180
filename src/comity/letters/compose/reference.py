"""The reference of a letter: the same on every day, because it follows from what is asked of whom.

The plan numbers its steps anew each day; a number of a step names nothing that was sent.
"""

from hashlib import sha256

from comity.letters.model import Kind
from comity.plan.case import Case, EarlierStep
from comity.plan.model import RouteChoice, Step

_DIGITS = 6


def reference(case: Case, steps: tuple[Step, ...], *, kind: Kind, route: RouteChoice | None) -> str:
    """The case's reference, the requested state, and six characters from the measures, objects, kind and instrument."""
    instrument = route.instrument if route else ""
    asked = sorted(f"{step.measure.value}|{step.holder_name}|{'|'.join(_objects(step))}" for step in steps)
    mark = sha256("\n".join((kind.value, instrument, *asked)).encode()).hexdigest()[:_DIGITS].upper()
    return f"{case.reference} / {steps[0].state}-{mark}"


def _objects(step: Step) -> list[str]:
    """What is asked about; a person, where the step is about one and names no object."""
    return sorted(thing.value for thing in step.objects) or [step.title]


def recorded(case: Case, step: Step) -> EarlierStep | None:
    """What the case file records as sent of a step; None: nothing."""
    values = {thing.value.casefold() for thing in step.objects}
    for done in case.earlier_steps:
        about = {value.replace(" ", "").casefold() for value in done.objects}
        if done.measure is step.measure and done.state == step.state and (values & about or _same_holder(done, step)):
            return done
    return None


def _same_holder(done: EarlierStep, step: Step) -> bool:
    """Whether both are about all that one holder has."""
    return not done.objects and done.holder.casefold() in {"", step.holder.casefold(), step.holder_name.casefold()}

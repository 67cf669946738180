"""What changed between two plans: steps that came, went, or say something else."""

from collections.abc import Callable
from dataclasses import dataclass

from comity.plan import Plan
from comity.plan.model import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A step that both plans have, and in what they differ."""

    before: Step
    after: Step
    what: tuple[str, ...]
    """``route``, ``objects``, ``start_by``, ``due``, ``expires``, ``obstacles``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """From one plan to a later one."""

    added: tuple[Step, ...]
    removed: tuple[Step, ...]
    changed: tuple[Changed, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def compare(before: Plan, after: Plan) -> Changes:
    """Steps are the same where they ask the same measure of the same holder in the same state."""
    old = {_key(step): step for step in before.steps}
    new = {_key(step): step for step in after.steps}
    both = [(old[key], step) for key, step in new.items() if key in old]
    changed = [Changed(before=one, after=other, what=what) for one, other in both if (what := _differs(one, other))]
    return Changes(
        added=tuple(step for key, step in new.items() if key not in old),
        removed=tuple(step for key, step in old.items() if key not in new),
        changed=tuple(changed),
    )


def _key(step: Step) -> tuple[str, str, str, str]:
    return step.measure.value, step.state, step.holder, step.title if not step.holder else ""


def _differs(one: Step, other: Step) -> tuple[str, ...]:
    return tuple(name for name, of in _FACTS.items() if of(one) != of(other))


_FACTS: dict[str, Callable[[Step], object]] = {
    "route": lambda step: step.recommended and (step.recommended.instrument, step.recommended.status),
    "objects": lambda step: frozenset(item.value for item in step.objects),
    "start_by": lambda step: step.start_by.on,
    "due": lambda step: step.due and step.due.on,
    "expires": lambda step: step.expires and step.expires.on,
    "obstacles": lambda step: frozenset(step.obstacles),
}

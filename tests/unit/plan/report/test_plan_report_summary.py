"""The summary says what the plan says, in sentences."""

import msgspec
import pytest

from comity.law import Channel
from comity.plan.model import Plan, Step, UrgencyClass, UrgencyLevel
from comity.plan.report.summary import FIRST_ACTS, folds, opening_line, summarise


def text(plan: Plan) -> str:
    return " ".join(summarise(plan).sentences)


def test_it_names_states_steps_obstacles_and_conflicts(plan: Plan) -> None:
    assert text(plan) == (
        "Cyber Crime Police Station (India) investigates: Phishing. 3 victims known; loss INR 24,44,998. "
        "The evidence (1 file; 40 traces) leads to 3 other states: Russia, United States and United Arab Emirates. "
        "Sweden: only an anonymiser or a relay stands there; nobody is known to have acted there. "
        "The plan has 3 steps: 1 under the law of India, 1 by formal request from authority to authority and 1 without "
        "a route that is open today. "
        "2 obstacles recognised, 1 of them blocking unless remedied: No treaty. "
        "More than one state may claim jurisdiction: India and Russia. Early consultation is advised."
    )


def test_quick_channels_are_told_apart(plan: Plan) -> None:
    step = plan.steps[0]
    assert step.recommended is not None
    quick = msgspec.structs.replace(step.recommended, channel=Channel.CONTACT_POINTS_24_7)
    changed = msgspec.structs.replace(plan, steps=(msgspec.structs.replace(step, recommended=quick),))
    assert "1 by a quicker channel" in text(changed)


def test_losses_and_victims_that_are_not_told_are_left_out(plan: Plan) -> None:
    victim = plan.case.victims[0]

    def told(number: int, loss: str) -> str:
        changed = msgspec.structs.replace(victim, number=number, loss=loss)
        case = msgspec.structs.replace(plan.case, victims=(changed,))
        return summarise(msgspec.structs.replace(plan, case=case)).sentences[0]

    assert told(1, "").endswith("investigates: Phishing. 1 victim known.")
    assert told(0, "5").endswith("investigates: Phishing.")


def test_obstacles_that_block_nothing_are_said_to(plan: Plan) -> None:
    assert "none of them blocks a step" in text(msgspec.structs.replace(plan, obstacles=plan.obstacles[:1]))
    assert "No obstacle was recognised." in text(msgspec.structs.replace(plan, obstacles=()))


@pytest.mark.parametrize("level", list(UrgencyClass))
def test_only_what_cannot_wait_is_named_first(plan: Plan, level: UrgencyClass) -> None:
    step = plan.steps[0]
    urgent = msgspec.structs.replace(step, urgency=msgspec.structs.replace(step.urgency, level=level))
    first = summarise(msgspec.structs.replace(plan, steps=(urgent,) * 20)).first
    assert len(first) == (FIRST_ACTS if level in (UrgencyClass.HOURS, UrgencyClass.DAYS) else 0)


def at_level(step: Step, level: UrgencyClass, number: int) -> Step:
    urgency = msgspec.structs.replace(step.urgency, level=level)
    return msgspec.structs.replace(step, id=f"s{number}", order=number, urgency=urgency)


def test_steps_are_told_by_how_soon_they_go_out_and_later_ones_are_folded(plan: Plan) -> None:
    levels = [UrgencyClass.HOURS] * 12 + [UrgencyClass.DAYS, UrgencyClass.WEEKS, UrgencyClass.AFTER, UrgencyClass.AFTER]
    steps = tuple(at_level(plan.steps[0], level, n) for n, level in enumerate(levels, start=1))
    told = summarise(msgspec.structs.replace(plan, steps=steps))
    assert (len(told.hours), len(told.days), len(told.later)) == (12, 1, 3)
    assert [s.id for s in told.first] == [f"s{n}" for n in range(1, 11)]
    assert told.more == 2
    assert [(title, [fold.steps for fold in found]) for title, found in told.rest] == [
        ("Within hours, too", [("s11", "s12")]),
        ("Within days", [("s13",)]),
        ("Later", [("s14", "s15", "s16")]),
    ]
    [fold] = told.folds
    assert (fold.steps, fold.title, fold.whom) == (("s14", "s15", "s16"), "Preserve data at", "Google (US)")


def test_a_fold_names_a_few_and_counts_the_rest(plan: Plan) -> None:
    steps = [msgspec.structs.replace(plan.steps[0], holder_name=f"Bank {n}") for n in range(8)]
    assert folds(steps)[0].whom.endswith("Bank 5 (US) and 2 more")


def test_what_ends_is_told_once_and_the_gravest_obstacle_first(plan: Plan) -> None:
    twice = msgspec.structs.replace(plan, steps=(plan.steps[0], msgspec.structs.replace(plan.steps[0], id="s9")))
    assert [s.id for s in summarise(twice).ends] == ["s1"]
    assert summarise(plan).obstacles[0].blocking


def test_what_needs_no_treaty_is_told_apart(plan: Plan) -> None:
    asked = msgspec.structs.replace(plan.steps[0], recommended=None, informal="its own terms")
    assert "1 asked of owners and providers directly, without a treaty" in text(
        msgspec.structs.replace(plan, steps=(asked,))
    )


def test_the_opening_line_has_urgency_and_day(plan: Plan) -> None:
    case = msgspec.structs.replace(plan.case, urgency=UrgencyLevel.EMERGENCY)
    assert opening_line(msgspec.structs.replace(plan, case=case)) == "Emergency · law and data as of 24 Nov 2026"

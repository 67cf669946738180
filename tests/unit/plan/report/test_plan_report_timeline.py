"""The time line keeps order, names lateness, and never leaves its frame."""

from datetime import date, timedelta
from itertools import pairwise

import msgspec

from comity.plan.model import Plan
from comity.plan.report.timeline import PART_ROWS, WIDTH, Row, draw_timeline


def rows(plan: Plan, *, most: int = 50) -> list[Row]:
    return [row for part in draw_timeline(plan, most=most).parts for row in part.rows]


def test_each_step_has_its_bar_and_its_signs(plan: Plan) -> None:
    found = rows(plan)
    assert [row.step.id for row in found] == ["s1", "s2", "s3"]
    assert [mark.shape for mark in found[0].marks] == ["other", "expires", "due", "start"]
    assert found[0].end_text == "22 Feb 2027"
    assert found[1].bar_from == found[1].bar_to
    assert [row.open_end for row in found] == [False, True, False]
    for row in found:
        assert 0 <= row.bar_from <= row.bar_to <= WIDTH
        assert all(0 <= mark.x <= WIDTH - 70 for mark in row.marks)


def test_without_a_time_limit_the_bar_runs_to_the_last_reminder(plan: Plan) -> None:
    step = plan.steps[0]
    unlimited = msgspec.structs.replace(step, due=None, expires=None)
    row = rows(msgspec.structs.replace(plan, steps=(unlimited,)))[0]
    assert row.open_end
    assert row.bar_to == row.marks[0].x > row.bar_from


def test_later_days_stand_further_on(plan: Plan) -> None:
    ticks = draw_timeline(plan, most=50).ticks
    assert ticks[0].days == 0
    assert ticks[0].on == plan.on
    assert all(a.x < b.x and a.days < b.days for a, b in pairwise(ticks))
    assert all(b.x - a.x >= 56 for a, b in pairwise(ticks))


def test_a_day_before_the_plan_stands_at_the_edge_and_is_late(plan: Plan) -> None:
    step = plan.steps[0]
    early = msgspec.structs.replace(step.start_by, on=plan.on - timedelta(days=3))
    late = msgspec.structs.replace(plan, steps=(msgspec.structs.replace(step, start_by=early),))
    mark = rows(late)[0].marks[-1]
    assert (mark.late, mark.x) == (True, 16.0)


def test_rows_are_bounded(plan: Plan) -> None:
    assert len(rows(msgspec.structs.replace(plan, steps=plan.steps * 40), most=7)) == 7


def test_dates_years_away_still_fit(plan: Plan) -> None:
    step = plan.steps[0]
    assert step.due is not None
    far = msgspec.structs.replace(step, due=msgspec.structs.replace(step.due, on=date(2060, 1, 1)))
    found = rows(msgspec.structs.replace(plan, steps=(far,)))
    assert found[0].bar_to == WIDTH - 84


def test_without_steps_there_is_an_empty_line(plan: Plan) -> None:
    assert draw_timeline(msgspec.structs.replace(plan, steps=()), most=5).parts == ()


def test_a_long_line_is_cut_into_parts_that_fit_a_page(plan: Plan) -> None:
    line = draw_timeline(msgspec.structs.replace(plan, steps=plan.steps * 15), most=500)
    assert [len(part.rows) for part in line.parts] == [PART_ROWS, PART_ROWS, 5]
    assert all(0 < row.y < part.height for part in line.parts for row in part.rows)

"""The annex tells each route once and loses nothing of it."""

import msgspec

from comity.law import Content
from comity.plan.model import Plan
from comity.plan.report.annex import route_sheets, sheet_key


def test_each_instrument_toward_a_state_has_one_sheet(plan: Plan) -> None:
    sheets = route_sheets(msgspec.structs.replace(plan, steps=(*plan.steps, *plan.steps)))
    assert [sheet.key for sheet in sheets] == ["in-us-mlat-2001-US", "letters-rogatory-US"]
    assert sheets[0].recommended_in == ("s1",)
    assert sheets[0].fallback_in == ()
    assert sheets[1].fallback_in == ("s1",)


def test_what_differs_between_steps_is_gathered(plan: Plan) -> None:
    first = plan.steps[0]
    assert first.recommended is not None
    other = msgspec.structs.replace(
        first.recommended, contents=(Content(field="place", requirement="where it is", article="Art. 4(3)"),)
    )
    more = msgspec.structs.replace(first, id="s9", recommended=other, fallbacks=())
    (sheet, _) = route_sheets(msgspec.structs.replace(plan, steps=(first, more)))
    assert [content.field for content in sheet.contents] == ["facts", "place"]
    assert len(sheet.risks) == len(first.recommended.refusal_risks)
    assert sheet.recommended_in == ("s1", "s9")
    assert sheet_key(other) == sheet.key

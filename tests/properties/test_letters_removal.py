"""Removing any required content from a complete letter yields the finding for it; adding it back removes it."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.samples.letters import complete, every_kind

from comity.law import load_registry
from comity.letters.checks import (
    Expected,
    Requirement,
    State,
    applies,
    check_letter,
    content_row,
    has_field,
    requirements,
)
from comity.letters.fields import content, without
from comity.letters.model import Kind, Letter

STATES = ("US", "GB", "RU")
PAPERS = {"law_annex": "law_text", "translation": "translation"}
REGISTRY = load_registry()


def taken(letter: Letter, requirement: Requirement) -> Letter:
    """The letter without just what a requirement asks for."""
    name, _, about = requirement.check.partition(":")
    if about:
        kept = tuple(u for u in letter.undertakings if u.kind.value != about)
        return msgspec.structs.replace(letter, undertakings=kept)
    if name in PAPERS:
        papers = tuple(e for e in letter.enclosures if e.id != PAPERS[name])
        return msgspec.structs.replace(letter, enclosures=papers)
    return without(letter, requirement.field)


@pytest.mark.parametrize("kind", every_kind())
def test_every_required_content_of_every_kind(kind: Kind) -> None:
    for state in STATES:
        letter, expected = complete(kind, state)
        whole = {finding.id: finding for finding in check_letter(letter, expected).findings}
        assert all(finding.state is State.PRESENT for finding in whole.values()), [
            (f.id, [p.text for p in f.problems]) for f in whole.values() if f.state is not State.PRESENT
        ]
        wanted = [requirement for requirement in requirements() if applies(requirement, letter, expected)]
        assert [requirement.id for requirement in wanted] == list(whole)
        assert len(wanted) >= 5
        for requirement in wanted:
            found = {f.id: f for f in check_letter(taken(letter, requirement), expected).findings}
            assert found[requirement.id].state is State.MISSING, (kind, requirement.id)
            assert found[requirement.id].problems


def test_every_requirement_is_for_some_letter() -> None:
    reached = {
        requirement.id
        for kind in every_kind()
        for state in STATES
        for letter, expected in (complete(kind, state),)
        for requirement in requirements()
        if applies(requirement, letter, expected)
    }
    assert reached == {requirement.id for requirement in requirements()}


@settings(max_examples=60, deadline=None)
@given(kind=st.sampled_from(every_kind()), data=st.data())
def test_any_contents_at_once(kind: Kind, data: st.DataObject) -> None:
    letter, expected = complete(kind)
    wanted = [requirement for requirement in requirements() if applies(requirement, letter, expected)]
    gone = data.draw(st.lists(st.sampled_from(wanted), min_size=1, max_size=6, unique_by=lambda r: r.id))
    poor = letter
    for requirement in gone:
        poor = taken(poor, requirement)
    report = check_letter(poor, expected)
    missing = {finding.id for finding in report.findings if finding.state is State.MISSING}
    # the requirement on a translation falls with the languages that call for it
    gone_ids = {r.id for r in gone if applies(r, poor, expected)}
    assert gone_ids <= missing
    assert report.ready is not any(r.required for r in gone if r.id in gone_ids)
    assert check_letter(letter, expected).ready


def _asked() -> list[tuple[str, str]]:
    """One instrument for each thing that some instrument asks for."""
    found = {(c.field, c.requirement): i.id for i in REGISTRY.instruments.values() for c in i.contents}
    return sorted((instrument, field) for (field, _), instrument in found.items())


def _kinds_with(fields: tuple[str, ...]) -> list[Kind]:
    return [kind for kind in every_kind() if all(has_field(kind, field) for field in fields)]


@pytest.mark.parametrize(("instrument", "name"), _asked())
def test_every_article_of_every_instrument(instrument: str, name: str) -> None:
    asked = next(c for c in REGISTRY.instruments[instrument].contents if c.field == name)
    row = content_row(name, instrument)
    assert row is not None, "say in contents.toml which fields answer it"
    if not row.fields:
        assert row.advice
        return
    kind = _kinds_with(row.fields)[0]
    letter, general = complete(kind)
    expected = Expected(
        state=general.state,
        instrument=instrument,
        measures=general.measures,
        contents=(asked,),
        circumstances=general.circumstances,
    )
    code = f"article:{instrument}:{name}"

    def state(of: Letter) -> State:
        return next(f.state for f in check_letter(of, expected).findings if f.id == code)

    assert state(letter) is State.PRESENT
    for field in row.fields:
        assert content(letter, field)
        assert state(without(letter, field)) is State.MISSING

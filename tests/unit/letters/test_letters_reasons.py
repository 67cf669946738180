"""What the plan found is said in the language of the letter: observations, signs, paces, periods, claims."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.samples.shipped import ON, Shipped

import comity.leads
import comity.plan
from comity.law import load_registry
from comity.letters import Brief, brief_for, catalogue, compose, languages, steps_with_letters
from comity.letters.address import texts
from comity.letters.briefing import INSTEAD
from comity.letters.model import Kind, OriginKind
from comity.letters.saying import phrases_of
from comity.letters.wording import fixed, slots
from comity.plan.tables import paces, weights

#: Paces whose reason is only the order of the plan's steps: no other state is told.
OF_THE_ORDER = {"alert", "share", "person", "after_judgment"}


def reasons_in_source() -> Iterator[tuple[str, ast.Call]]:
    for package in (comity.leads, comity.plan):
        for path in sorted(Path(next(iter(package.__path__))).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Reason":
                    yield f"{path.name}:{node.lineno}", node


def words_of(call: ast.Call) -> dict[str, ast.expr]:
    return {word.arg: word.value for word in call.keywords if word.arg}


def test_every_observation_names_its_sentence() -> None:
    found = list(reasons_in_source())
    assert len(found) > 60
    unnamed = [place for place, call in found if not {"kind", "said"} & set(words_of(call))]
    assert unnamed == []


def test_every_sentence_that_the_code_names_is_there() -> None:
    words = catalogue().entries
    named = {
        key
        for _, call in reasons_in_source()
        if "said" in words_of(call) and isinstance(words_of(call)["said"], ast.Constant | ast.IfExp)
        for key in _of(words_of(call)["said"])
    }
    assert len(named) > 40
    assert {f"observed.{key}" for key in named} <= set(words)


def _of(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from _of(node.body)
        yield from _of(node.orelse)
    elif isinstance(node, ast.Constant):
        yield str(node.value)


def test_every_sign_pace_and_criterion_has_words() -> None:
    words = catalogue().entries
    told = {f"sign.{name.replace('-', '_')}" for name, sign in weights().sign.items() if not sign.ranks_only}
    told |= {f"pace.{name}" for name in paces() if name not in OF_THE_ORDER}
    told |= {f"criterion.{row.id}" for row in load_registry().data.jurisdiction.criteria}
    assert told <= set(words)


@pytest.mark.parametrize("language", languages())
def test_every_observation_can_be_said(language: str) -> None:
    """With every argument filled in, no brace and no key is left."""
    sample = {"state": "AE", "paid": "USD 24800", "at": "2026-11-18T15:47:52", "who": "Google;Apple", "percent": "70"}
    words = catalogue(language)
    for key, template in words.entries.items():
        if key.startswith("observed."):
            about = {name: sample.get(name, name.upper()) for name, _ in slots(template)}
            said = words.phrase(fixed("seen.observed", objects="X", observations=phrases_of([(key, about)])))
            assert "{" not in said
            assert "USD 24800" not in said
            assert "AE" not in said


def test_one_of_several_is_said_as_one_of_them() -> None:
    about = {"domain": "gmail.com", "who": "Google;Google (EEA)"}
    seen = phrases_of([("observed.mailboxes_kept", about)])
    text = fixed("seen.observed", objects="a@gmail.com", observations=seen)
    assert "Google or Google (EEA)" in text.text
    assert "Google oder Google (EEA)" in catalogue("de").phrase(text)
    assert "Google أو Google (EEA)" in catalogue("ar").phrase(text)


def test_no_letter_of_the_plan_has_words_of_the_plan_that_a_translator_must_render(shipped: Shipped) -> None:
    """Only what people wrote is to be translated."""
    kinds: set[Kind] = set()
    for step in steps_with_letters(shipped.plan):
        for kind in (None, *sorted(INSTEAD.get(own := compose(_brief(shipped, step.id)).kind, ()))):
            letter = compose(_brief(shipped, step.id, kind))
            kinds |= {own, letter.kind}
            assert [t.text for _, t in texts(letter) if t.free and t.origin.kind is OriginKind.PLAN] == []
    assert len(kinds) > 5


def test_claims_are_told_by_their_parts(shipped: Shipped) -> None:
    plan = shipped.plan
    told = [(part.said, part.about) for claim in plan.jurisdiction.claims for part in claim.told]
    assert len(told) == sum(len(claim.reasons) for claim in plan.jurisdiction.claims)
    said = [catalogue("fr").fill(f"claim.{key}", about) for key, about in told]
    assert any(words.startswith("Nombre de victimes dans cet État : 3 ; préjudice") for words in said)
    weighed = [
        catalogue("de").fill(f"criterion.{w.said}", w.about) for c in plan.jurisdiction.conflicts for w in c.weighed
    ]
    assert any("Indien" in words for words in weighed)


def _brief(shipped: Shipped, step: str, kind: Kind | None = None) -> Brief:
    return brief_for(
        (step,),
        case=shipped.case,
        plan=shipped.plan,
        registry=shipped.registry,
        on=ON,
        transfers=shipped.leads.transfers,
        kind=kind,
    )

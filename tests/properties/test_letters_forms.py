"""Every form of output holds the same content, and what is written can be read again."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.samples.letters import complete, every_kind, text

from comity.letters import checked, from_json, lay_out, plain_text, texts, to_json, with_texts
from comity.letters.model import Kind
from comity.letters.render import COLUMNS, Style, visible
from comity.letters.saying import money
from comity.letters.translation import free_texts
from comity.letters.wording import catalogue


def flat(said: str) -> str:
    return re.sub(r"\s+", "", said)


@pytest.mark.parametrize("kind", every_kind())
def test_the_page_shows_every_text_and_plain_text_shows_the_page(kind: Kind) -> None:
    letter, expected = complete(kind)
    drafted = checked(letter, expected)
    page = lay_out(letter, drafted.report)
    shown = {block.address: block.text for section in page.sections for block in section.blocks if block.address}
    wanted = {address: said.text for address, said in texts(letter) if address != "/title"}
    wanted |= dict(free_texts(letter))
    assert shown == wanted
    printed = plain_text(page)
    together = flat(printed)
    for section in page.sections:
        assert flat(section.title.upper()) in together
        for block in section.blocks:
            assert flat(block.text) in together
            assert flat(block.label) in together
    assert page.notice.ready
    assert "NOT READY" not in printed


@pytest.mark.parametrize("kind", every_kind())
def test_values_are_shown_too(kind: Kind) -> None:
    letter, expected = complete(kind)
    printed = plain_text(lay_out(letter, checked(letter, expected).report))
    values = [
        letter.reference,
        letter.addressee.name,
        *letter.requesting.contacts,
        *(s.value for i in letter.assistance for s in i.subjects),
        *(s.detail for i in letter.assistance for s in i.subjects),
        *(
            catalogue(letter.language).day(moment)
            for i in letter.assistance
            if i.period
            for moment in (i.period.start, i.period.end)
        ),
        *(
            v
            for p in letter.payments
            for v in (p.at, money(catalogue(), f"{p.currency} {p.amount}"), p.source, p.target, p.reference)
        ),
        *(v for p in letter.persons for v in (p.name, p.name_latin, p.born, *p.identity)),
        *(p.section for o in letter.offences for p in o.provisions),
        *(act.reference for act in letter.earlier),
        *(e.digest for e in letter.enclosures),
        *(s.name for s in letter.signatures),
    ]
    assert [value for value in values if flat(value) not in flat(printed)] == []


@pytest.mark.parametrize("kind", every_kind())
def test_json_round_trip(kind: Kind) -> None:
    drafted = checked(*complete(kind))
    assert from_json(to_json(drafted)) == drafted


@settings(max_examples=50, deadline=None)
@given(kind=st.sampled_from(every_kind()), said=st.text(max_size=300))
def test_any_text_is_set_within_the_columns(kind: Kind, said: str) -> None:
    letter, expected = complete(kind)
    address = next(address for address, old in texts(letter) if old.free)
    changed = with_texts(letter, {address: text(said)})
    assert dict(texts(changed))[address].text == said
    assert with_texts(changed, dict(texts(letter))) == letter
    drafted = checked(changed, expected)
    assert from_json(to_json(drafted)) == drafted
    page = lay_out(changed, drafted.report)
    printed = plain_text(page)
    assert flat(visible(said)) in flat(printed)
    exact = {
        word for section in page.sections for b in section.blocks if b.style is Style.OBJECT for word in b.text.split()
    }
    for line in printed.splitlines():
        words = line.split()
        assert len(line) <= COLUMNS or max(map(len, words)) > COLUMNS / 2 or exact & set(words)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", printed)

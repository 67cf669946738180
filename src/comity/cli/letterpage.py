"""The pages of `comity letter read` and `check`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from comity.law import state_name

if TYPE_CHECKING:
    from rich.console import Console

    from comity.letters.incoming import Examination, Received, Way

_SHOWN = 6
"""Values of one field that are shown."""
_COLOUR = {
    "admissible": "green", "ask_back": "yellow", "cannot_tell": "yellow",
    "not_believed": "red", "refusal_open": "red", "not_admissible": "red",
    "open": "green", "conditional": "yellow", "closed": "red",
}  # fmt: skip


def print_received(console: "Console", found: "Received") -> None:
    """The structured request, and what was not recognised."""
    from rich.markup import escape

    letter = found.letter
    how = "read from the data inside" if found.by_data else "recognised from its words: look it over"
    title = _title(found)
    console.print(f"[bold]{escape(title)}[/]  {escape(letter.reference)}  [dim]{found.form}, {how}[/]")
    console.print(f"data: {found.data.agreement.value.replace('_', ' ')}: {escape(found.data.why)}")
    if found.recognition is None:
        for line in _of_data(found):
            console.print(escape(line))
    else:
        for one in found.recognition.fields:
            console.print(f"\n[bold]{one.field.replace('_', ' ')}[/]")
            for said in one.values[:_SHOWN]:
                sure = " (not sure)" if said.confidence.value == "low" else ""
                console.print(f"   {escape(said.value)}{sure}  [dim]{escape(said.where)}[/]")
            if len(one.values) > _SHOWN:
                console.print(f"   and {len(one.values) - _SHOWN} more")
        if found.recognition.missing:
            console.print("\n[yellow bold]Not recognised[/]")
        for gap in found.recognition.missing:
            console.print(f"   {gap.field.replace('_', ' ')}: {escape(gap.remedy)}")
    for name in found.files:
        console.print(f"file inside, not opened: {escape(name)}")
    for note in found.notes:
        console.print(f"note: {escape(note)}")


def _title(found: "Received") -> str:
    """What the letter is; a kind that was assumed is none that was read."""
    known = found.recognition is None or found.recognition.said("kind")
    return found.letter.title.text if known else "Kind of letter not recognised"


def print_examination(console: "Console", found: "Examination") -> None:
    """How the officer here finds it."""
    from rich.markup import escape

    pair = f"{_state(found.requesting)} → {_state(found.requested)}"
    colour = _COLOUR[found.outcome.value]
    console.print(f"[bold]{escape(found.reference or 'without a reference')}[/]  {pair}  as of {found.as_of}")
    console.print(f"[{colour} bold]{found.outcome.value.replace('_', ' ').upper()}[/]  {escape(found.why)}")
    for note in found.notes:
        console.print(f"note: {escape(note)}")
    desk = found.competence
    told = f"{desk.authority}, {desk.city}".strip(", ") or desk.note
    console.print(f"\n[bold]competent here[/]  {escape(told)}  [dim]{desk.desk.value} desk[/]")
    console.print(f"[bold]language[/]  {found.language.state.value.replace('_', ' ')}: {escape(found.language.why)}")
    for one in found.measures:
        console.print(f"\n[bold]{one.measure.value.replace('_', ' ')}[/]")
        for way in one.ways:
            status = way.status.value if way.status is not None else "closed"
            named = "named in it" if way.invoked else "would be"
            console.print(
                f"   [{_COLOUR[status]}]{status}[/]  {escape(way.title)}  {escape(way.article)}  [dim]{named}[/]"
            )
            for line in _lines(way):
                console.print(f"      {escape(line)}")
    if found.risks:
        console.print("\n[bold]grounds for refusal[/]")
    for risk in found.risks:
        why = f": {risk.why}" if risk.why else ""
        console.print(f"   {risk.ground.value.replace('_', ' ')} ({risk.state.value}){escape(why)}")
    for dual in found.dual_criminality:
        console.print(f"[bold]dual criminality[/]  {dual.offence}: {dual.verdict.value}: {escape(dual.why)}")
    _print_questions(console, found)


def _print_questions(console: "Console", found: "Examination") -> None:
    """What to ask back, and why it is needed."""
    from rich.markup import escape

    if found.questions:
        console.print("\n[bold]to ask back[/]")
    for number, question in enumerate(found.questions, start=1):
        look = "  [dim](not recognised: look first)[/]" if question.maybe_there else ""
        console.print(f"   {number}. {escape(question.text.text)}{look}")
        if question.why:
            console.print(f"      [dim]{escape(question.why)}[/]")


def _lines(way: "Way") -> Iterator[str]:
    yield from (f"unmet: {condition}" for condition in way.unmet)
    if way.invoked:
        yield from (f"why: {why}" for why in way.why)
        yield from (f"check: {condition}" for condition in way.to_check)


def _of_data(found: "Received") -> Iterator[str]:
    letter = found.letter
    yield f"from: {letter.requesting.name}, {_state(letter.requesting.state)}"
    yield f"to: {letter.addressee.name}, {_state(letter.addressee.state)}"
    yield f"dated: {letter.dated_on}"
    yield from (f"under: {basis.title}, {basis.article}" for basis in letter.basis)
    yield from (f"offence: {offence.title}" for offence in letter.offences)
    for item in letter.assistance:
        yield f"{item.number}. {item.measure.value.replace('_', ' ')}{f', {item.holder}' if item.holder else ''}"
        yield from (f"   {subject.kind}: {subject.value}" for subject in item.subjects)


def _state(code: str) -> str:
    return state_name(code) if code else "?"

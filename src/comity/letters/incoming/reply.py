"""Answers drafted from the check of a request: acknowledgement, questions, refusal with reasons."""

from collections.abc import Iterator
from datetime import date

import msgspec

from comity.law import RefusalGround, Status, Verdict
from comity.letters.checks import Expected
from comity.letters.compose import answer
from comity.letters.drafted import Drafted, checked
from comity.letters.errors import NoLetterError
from comity.letters.incoming.contradiction import check_grounds
from comity.letters.incoming.examination import Admissibility, Desk, Examination, Question, Way
from comity.letters.incoming.questions import found_by_law, titled
from comity.letters.incoming.received import Received
from comity.letters.model import Basis, Kind, Letter, Origin, OriginKind, Party, Text
from comity.letters.model.record import Record
from comity.letters.recognise.law import COURTESY
from comity.letters.wording import catalogue, fixed

#: Grounds of a refusal beside those of the instruments.
OWN_GROUNDS = ("no_basis", "execution_impossible")


class Answerer(Record, frozen=True, kw_only=True):
    """Who answers."""

    name: str = ""
    """Empty: the competent authority that our data name."""
    officer: str = ""
    city: str = ""
    contacts: tuple[str, ...] = ()
    signatory: str = ""
    reference: str = ""
    """Of the answer; empty: that of the request, and what the answer is."""


def acknowledge(received: Received, found: Examination, by: Answerer, *, on: date) -> Drafted:
    """Receipt, who is in charge, and what happens next."""
    letter = _answer(
        received, found, Kind.ACKNOWLEDGEMENT, by, on=on, said=_receipt(received, found, by) | _next(found)
    )
    return _done(letter, found)


def ask_back(
    received: Received,
    found: Examination,
    by: Answerer,
    *,
    on: date,
    questions: tuple[str, ...] = (),
    unrecognised: bool = False,
) -> Drafted:
    """The same with what is asked back: the questions of the check, and those that a person adds.

    What was merely not recognised in a stranger's words may stand there: it is asked only with `unrecognised`.
    NoLetterError where there is nothing to ask.
    """
    asked = (*_put(tuple(q for q in found.questions if unrecognised or not q.maybe_there)), *map(_told, questions))
    if not asked:
        raise NoLetterError(
            what="request for supplementary information",
            problem="the check found nothing to ask back",
            remedy="add a question, ask for what was not recognised too (--all), or acknowledge",
        )
    said = _receipt(received, found, by) | {"next_step": _waits(found), "what_would_help": asked}
    letter = _answer(received, found, Kind.ACKNOWLEDGEMENT, by, on=on, said=said)
    reference = by.reference or _reference(received.letter, "supplementary_information")
    return _done(msgspec.structs.replace(letter, title=fixed("reply.ask_title"), reference=reference), found)


def _put(questions: tuple[Question, ...]) -> Iterator[Text]:
    for question in questions:
        yield question.text
        if question.because is not None:
            yield question.because


def _waits(found: Examination) -> tuple[Text, ...]:
    """That nothing can begin before the answer, where the check found it so, or what was asked is a person's own."""
    needed = not found.questions or any(question.needed for question in found.questions)
    return (fixed("reply.waits"),) if needed else ()


def refuse(received: Received, found: Examination, by: Answerer, *, on: date, reasons: tuple[str, ...]) -> Drafted:
    """A refusal: grounds by id (`grounds`), anything else a reason in a person's own words.

    NoLetterError where no ground is named (a refusal without one is none that a treaty knows), and for a ground that
    the check of the same request contradicts.
    """
    named = tuple(reason for reason in reasons if reason in grounds())
    words = tuple(reason for reason in reasons if reason not in named)
    if not named:
        known = ", ".join(grounds())
        raise NoLetterError(what="refusal", problem="no ground is named", remedy=f"name one of {known}")
    check_grounds(named, found)
    risks = {risk.ground.value: risk for risk in found.risks}
    helps = tuple(risks[ground].remedy for ground in named if ground in risks and risks[ground].remedy)
    said = {
        "refusal_ground": tuple(text for ground in named for text in _ground(ground, found)),
        "refusal_reason": (*_reasons(named, found), *map(_told, words)),
        "what_would_help": tuple(map(_told, helps)),
    }
    return _done(_answer(received, found, Kind.REFUSAL, by, on=on, said=said), found)


def grounds() -> tuple[str, ...]:
    """Ids of the grounds on which a request can be refused."""
    own = {ground.value for ground in RefusalGround} | set(OWN_GROUNDS)
    return tuple(
        key.removeprefix("refusal.")
        for key in catalogue().entries
        if key.startswith("refusal.") and key.removeprefix("refusal.") in own
    )


def _answer(
    received: Received, found: Examination, kind: Kind, by: Answerer, *, on: date, said: dict[str, tuple[Text, ...]]
) -> Letter:
    party = Party(
        name=by.name or _authority(found),
        officer=by.officer,
        city=by.city or found.competence.city,
        state=found.requested,
        contacts=by.contacts,
        url=found.competence.url,
        origin=Origin(kind=OriginKind.DRAFTER if by.name else OriginKind.LAW_DATA, where="competent authority"),
    )
    made = answer(
        received.letter,
        kind,
        on=on,
        by=party,
        signatory=by.signatory,
        received_on=found.received_on,
        statements={field: texts for field, texts in said.items() if texts},
    )
    made = msgspec.structs.replace(made, basis=tuple(map(_named, made.basis)))
    return msgspec.structs.replace(made, reference=by.reference or _reference(received.letter, kind.value))


def _authority(found: Examination) -> str:
    """Who answers where nobody said it: the competent authority by what the request names, else the one it went to."""
    return _in_charge(found) or found.competence.addressed_to or found.competence.authority


def _in_charge(found: Examination) -> str:
    """The competent authority, where that follows from what the request names, or was asked of nobody."""
    desk = found.competence
    return desk.authority if _named_way(found) is not None or not desk.addressed_to else ""


def _named(basis: Basis) -> Basis:
    """An instrument that the request names, in our words: an answer never repeats the other side's as its own."""
    return msgspec.structs.replace(
        basis,
        article="",
        statement=fixed("reply.named_basis", title=f"{basis.instrument} {basis.title}"),
        origin=Origin(kind=OriginKind.LAW_DATA, where=basis.instrument),
    )


def _reference(asked: Letter, what: str) -> str:
    """Of an answer that has none of its own: that of the request, else its day."""
    return f"{asked.reference or asked.dated_on.isoformat()} / {what}"


def _done(letter: Letter, found: Examination) -> Drafted:
    named = _named_way(found)
    return checked(letter, Expected(state=found.requesting, instrument=named.instrument if named is not None else ""))


def _receipt(received: Received, found: Examination, by: Answerer) -> dict[str, tuple[Text, ...]]:
    letter = received.letter
    day, on = letter.dated_on.isoformat(), found.received_on.isoformat()
    receipt = (
        fixed("reply.received", dated_on=day, reference=letter.reference, on=on)
        if letter.reference
        else fixed("reply.received_unmarked", dated_on=day, on=on)
    )
    return {"received": (receipt,), "competent": tuple(_competent(found, by))}


def _competent(found: Examination, by: Answerer) -> Iterator[Text]:
    authority = by.name or _in_charge(found)
    if found.competence.desk is Desk.OTHER and authority and not by.name:
        yield fixed("reply.passed_on", addressee=found.competence.addressed_to, authority=authority)
    if authority and by.contacts:
        yield fixed("reply.competent", authority=authority, contacts="; ".join(by.contacts))
    elif authority:
        yield fixed("reply.competent_silent", authority=authority)


def _next(found: Examination) -> dict[str, tuple[Text, ...]]:
    """What happens next: under an instrument that the request names, where that carries it; what we would have named
    in its place binds nobody."""
    way = _named_way(found)
    if way is not None and way.instrument == COURTESY:
        return {"next_step": (fixed("reply.examined_courtesy", state=found.requesting),)}
    if way is None or not way.article[:1].isdigit():
        return {"next_step": (fixed("reply.examined_bare", state=found.requesting),)}
    said = fixed("reply.examined", title=titled(way), article=way.article, state=found.requesting)
    return {"next_step": (said,)}


def _named_way(found: Examination) -> Way | None:
    carried = (one.carried for one in found.measures)
    return next((way for way in carried if way is not None and way.invoked), None)


def _ground(ground: str, found: Examination) -> Iterator[Text]:
    """The ground, and the instrument that gives it, where that is one which the request itself names.

    No article: our data keep those of the duty to assist, and not always that of each ground.
    """
    yield fixed(f"refusal.{ground}")
    risk = next((risk for risk in found.risks if risk.ground.value == ground), None)
    way = _way(found, risk.instrument) if risk is not None else None
    if risk is not None and way is not None and way.invoked and way.status is not None:
        yield fixed("reply.ground_in", title=titled(way))


def _way(found: Examination, instrument: str) -> Way | None:
    return next((way for one in found.measures for way in one.ways if way.instrument == instrument), None)


def _reasons(named: tuple[str, ...], found: Examination) -> Iterator[Text]:
    """What the check itself found behind each ground."""
    for risk in found.risks:
        if risk.ground.value in named and risk.why and not risk.by_words:
            yield _told(risk.why)
    if "dual_criminality_absent" in named:
        absent = (one for one in found.dual_criminality if one.verdict is not Verdict.SATISFIED)
        yield from (_told(finding.why) for finding in absent)
    if "no_basis" in named:
        yield from (text for one in found.measures if one.carried is None for text in _closed(one))


def _closed(one: Admissibility) -> Iterator[Text]:
    yield fixed("reply.not_carried", measure=one.measure.value)
    told = [f"{way.title}: {'; '.join(way.why)}" for way in one.ways if way.status in {None, Status.CLOSED}]
    because = found_by_law(" ".join(told))
    if because is not None:
        yield because


def _told(words: str) -> Text:
    return Text(text=words, origin=Origin(kind=OriginKind.DRAFTER))

"""The shipped case made complete, and letters of it filled until they are ready: each gap by its rule's example."""

import dataclasses
from datetime import date

import msgspec
from tests.samples.shipped import Shipped

from comity.law import Measure
from comity.letters import Drafted, Kind, draft
from comity.letters.checks import Finding
from comity.letters.compose import statement_fields
from comity.plan import Case
from comity.plan.case import Court, EarlierStep, Statement, WordsOfLaw
from comity.plan.model import Step

replace = msgspec.structs.replace
PROMISES = {
    "speciality": "undertaking.speciality",
    "speciality-person": "undertaking.speciality",
    "reciprocity": "undertaking.reciprocity",
    "death-penalty": "undertaking.death_penalty",
}
TRIES = 5


def completed(case: Case, state: str) -> Case:
    """The case with everything about its authority, court and persons told, as a case of a state."""
    authority = replace(
        case.authority,
        contact="duty@cyber.example",
        telephone="+91 80 2222 0000",
        signatory="A. Person, Public Prosecutor",
        officer="B. Officer, Inspector",
        city="Suryapur",
        address="1 Court Road",
    )
    suspects = tuple(
        replace(
            suspect,
            nationality=suspect.nationality or "IN",
            residence=suspect.residence or "AE",
            born="1990-05-01, Suryapur",
            identity=("passport Z0000000",),
        )
        for suspect in case.suspects
    )
    court = Court(
        name="Court of the Chief Judicial Magistrate, Suryapur",
        city="Suryapur",
        judge="C. Judge, Magistrate",
        order="Order in Misc. 12/2026",
        ordered=date(2026, 11, 20),
    )
    return replace(case, requesting_state=state, authority=authority, suspects=suspects, court=court)


class Desk(Shipped):
    """Who drafts, and fills what is missing."""

    def drafted(self, step: Step, *, instrument: str = "", kind: Kind | None = None) -> Drafted:
        """The letter of a step, its gaps filled as often as that helps; NoLetterError where there is no such letter."""
        case = self.case
        for _ in range(TRIES):
            made = draft(dataclasses.replace(self, case=case).brief_of(step.id, instrument=instrument, kind=kind))
            filled = case
            for gap in made.report.gaps:
                filled = _filled(filled, gap, made, step)
            if filled == case:
                break
            case = filled
        return made


def _filled(case: Case, gap: Finding, made: Drafted, step: Step) -> Case:
    field, text = PROMISES.get(gap.requirement, gap.field), gap.example
    if field in {"about", "earlier"}:
        return _sent(case, made, step, preservation=field == "earlier")
    if gap.requirement == "law-annex":
        cited = (f"{p.law}, {p.mark} {p.section}" for o in made.letter.offences for p in o.provisions)
        words = "Whoever does so shall be punished with imprisonment."
        return replace(case, law_texts=tuple(WordsOfLaw(provision=one, text=words) for one in dict.fromkeys(cited)))
    if field in {"addressee", "addressee.languages"}:
        field, text = "addressee.languages", ";".join(made.letter.addressee.languages) or "en"
    if field not in statement_fields():
        return case
    others = tuple(said for said in case.statements if said.field != field)
    return replace(case, statements=(*others, Statement(field=field, text=text or "told")))


def _sent(case: Case, made: Drafted, step: Step, *, preservation: bool) -> Case:
    """The case with the earlier letter on record."""
    kept = preservation or made.letter.kind is Kind.PRESERVATION_FOLLOW_UP
    act = EarlierStep(
        measure=Measure.PRESERVATION if kept else step.measure,
        state=step.state,
        holder=step.holder_name,
        objects=tuple(thing.value for thing in step.objects),
        sent=date(2026, 11, 20),
        effective=date(2026, 11, 21),
        reference="PV-1",
        outcome="kept",
    )
    return case if act in case.earlier_steps else replace(case, earlier_steps=(*case.earlier_steps, act))

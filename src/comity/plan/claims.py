"""Which states may claim to judge and on what ground: the facts first, then the articles that give the ground.

Territory is read by its parts (conduct, attacked system, effect on victims, proceeds), as cybercrime has all of them in
different states; nationality by whose it is. A server or an exit in a state is no conduct there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from comity.law import Confidence, Registry, state_name
from comity.law.standing import Bound
from comity.leads.model import Role
from comity.plan.case import Case
from comity.plan.model import Citation, ClaimBasis, Ground, Holder, JurisdictionClaim
from comity.plan.tables import Row, read_table

_ORDER = {Confidence.HIGH: 0, Confidence.MEDIUM: 1, Confidence.LOW: 2}
_BINDS = {Bound.YES: True, Bound.NO: False, Bound.UNKNOWN: None}
_MONEY = frozenset({Role.FINANCIAL_INSTITUTION, Role.PAYMENT_SERVICE, Role.EXCHANGE})


class BasisRow(Row, frozen=True, kw_only=True):
    """An article that gives grounds."""

    instrument: str
    article: str
    grounds: tuple[Ground, ...]
    duty: bool
    text: str
    needs: str = ""
    source_url: str
    as_of: str
    confidence: Confidence


class ConsultationRow(Row, frozen=True, kw_only=True):
    """An article that asks states to consult."""

    instrument: str
    article: str
    text: str
    needs: str = ""
    source_url: str
    as_of: str
    confidence: Confidence


class JurisdictionTable(Row, frozen=True, kw_only=True):
    """Bases of claims and duties to consult."""

    basis: tuple[BasisRow, ...]
    consultation: tuple[ConsultationRow, ...]


@lru_cache(maxsize=1)
def jurisdiction_table() -> JurisdictionTable:
    """Bases of claims and duties to consult."""
    return read_table("jurisdiction.toml", JurisdictionTable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A fact that gives a state a ground."""

    state: str
    ground: Ground
    strength: Confidence
    text: str


def find_claims(case: Case, holders: tuple[Holder, ...], registry: Registry, on: date) -> tuple[JurisdictionClaim, ...]:
    """Every claim, the surest first."""
    grouped: dict[tuple[str, Ground], list[Fact]] = {}
    for fact in (*_told(case), *_seen(case, holders)):
        grouped.setdefault((fact.state, fact.ground), []).append(fact)
    claims = [_claim(facts, case, registry, on) for facts in grouped.values()]
    return tuple(sorted(claims, key=lambda claim: (_ORDER[claim.strength], claim.state, claim.ground.value)))


def _told(case: Case) -> Iterator[Fact]:
    for state in case.place.conduct:
        yield Fact(state=state, ground=Ground.CONDUCT, strength=Confidence.HIGH, text="the offenders acted there")
    for state in case.place.systems:
        yield Fact(
            state=state, ground=Ground.SYSTEM, strength=Confidence.HIGH, text="a system of the case stands there"
        )
    for victims in case.victims:
        if victims.number:
            text = f"{victims.number} victims there"
            text += f", loss {victims.loss} {victims.currency or case.currency}" if victims.loss is not None else ""
            yield Fact(state=victims.state, ground=Ground.EFFECT, strength=Confidence.HIGH, text=text)
            yield Fact(
                state=victims.state,
                ground=Ground.PASSIVE_NATIONALITY,
                strength=Confidence.LOW,
                text="the victims are probably its nationals; the case file tells where they are, not whose",
            )
    for suspect in case.suspects:
        if suspect.nationality:
            text = f"{suspect.name} is its national"
            yield Fact(
                state=suspect.nationality, ground=Ground.ACTIVE_NATIONALITY, strength=Confidence.MEDIUM, text=text
            )
        if suspect.residence:
            text = f"{suspect.name} lives there"
            yield Fact(state=suspect.residence, ground=Ground.RESIDENCE, strength=Confidence.MEDIUM, text=text)
    for other in case.proceedings:
        text = f"it already has proceedings: {other.stage}"
        yield Fact(state=other.state, ground=Ground.ASSERTED, strength=Confidence.HIGH, text=text)


def _seen(case: Case, holders: tuple[Holder, ...]) -> Iterator[Fact]:
    for holder in holders:
        roles = {tie.role for tie in holder.ties}
        first = holder.ties[0].shown
        if Role.ORIGIN in roles:
            yield Fact(
                state=holder.state,
                ground=Ground.CONDUCT,
                strength=Confidence.LOW,
                text=f"mail or access came from {first}; a rented server says little of where its user sat",
            )
        if roles & _MONEY:
            yield Fact(
                state=holder.state,
                ground=Ground.PROCEEDS,
                strength=Confidence.MEDIUM,
                text=f"proceeds are or were at {holder.name} ({first})",
            )


def _claim(facts: list[Fact], case: Case, registry: Registry, on: date) -> JurisdictionClaim:
    state, ground = facts[0].state, facts[0].ground
    return JurisdictionClaim(
        state=state,
        state_name=state_name(state),
        ground=ground,
        strength=min((fact.strength for fact in facts), key=_ORDER.__getitem__),
        reasons=tuple(dict.fromkeys(fact.text for fact in facts)),
        bases=tuple(_bases(state, ground, case, registry, on)),
    )


def reaches(needs: str, case: Case) -> bool | None:
    """Whether an instrument reaches the case, as far as one fact decides it; None: not known."""
    return True if not needs else case.legal_facts.get(needs)


def _bases(state: str, ground: Ground, case: Case, registry: Registry, on: date) -> Iterator[ClaimBasis]:
    for row in jurisdiction_table().basis:
        instrument = registry.instruments.get(row.instrument)
        if ground not in row.grounds or instrument is None:
            continue
        standing = registry.standing(instrument, state, on)
        reached = reaches(row.needs, case)
        bound = _BINDS[standing.bound]
        if bound is False or reached is False:
            continue
        open_question = "" if reached else f"; whether it reaches the offence depends on {row.needs.replace('_', ' ')}"
        yield ClaimBasis(
            instrument=row.instrument,
            title=instrument.short_title or instrument.title,
            article=row.article,
            binds=bound if reached else None,
            duty=row.duty,
            why=f"{row.text}; {state_name(state)}: {standing.why}{open_question}",
            source=Citation(
                what=f"{instrument.short_title or instrument.title}, art. {row.article}",
                url=row.source_url,
                as_of=row.as_of,
                confidence=row.confidence,
            ),
        )

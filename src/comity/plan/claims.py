"""Which states may claim to judge, and on what ground: the facts of the case, each with the articles that take it up.

Territory is read by its parts (conduct, attacked system, effect on victims, proceeds), as cybercrime has all of them in
different states; nationality by whose it is. A server, an exit or an issuer's seat in a state is no conduct there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from comity.law import Confidence, Ground, JurisdictionQuestion, Registry, claim_bases, state_name
from comity.leads.model import ObservableKind, Role
from comity.plan.amounts import loss_of
from comity.plan.case import Case, Victims
from comity.plan.model import Holder, JurisdictionClaim, Told
from comity.plan.phrases import count
from comity.plan.sender import is_shared_relay

_ORDER = {Confidence.HIGH: 0, Confidence.MEDIUM: 1, Confidence.LOW: 2}
_MONEY = frozenset({Role.FINANCIAL_INSTITUTION, Role.PAYMENT_SERVICE, Role.EXCHANGE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A fact that gives a state a ground."""

    state: str
    ground: Ground
    strength: Confidence
    text: str
    told: Told


def question_of(case: Case, on: date) -> JurisdictionQuestion:
    """What the law is asked of a case."""
    offences = tuple(dict.fromkeys(offence.id for offence in case.offences))
    return JurisdictionQuestion(on=on, offences=offences, facts=case.legal_facts)


def find_claims(
    case: Case, holders: tuple[Holder, ...], registry: Registry, on: date, paid: frozenset[str]
) -> tuple[JurisdictionClaim, ...]:
    """Every claim, the surest first; ``paid``: to what money of the fraud went, in lower case."""
    grouped: dict[tuple[str, Ground], list[Fact]] = {}
    for fact in (*_told(case), *_seen(holders, paid)):
        grouped.setdefault((fact.state, fact.ground), []).append(fact)
    claims = [_claim(facts, question_of(case, on), registry) for facts in grouped.values()]
    return tuple(sorted(claims, key=lambda claim: (_ORDER[claim.strength], claim.state, claim.ground.value)))


def _told(case: Case) -> Iterator[Fact]:
    for state in case.place.conduct:
        yield Fact(
            state=state,
            ground=Ground.CONDUCT,
            strength=Confidence.HIGH,
            text="the offenders acted there",
            told=Told(said="conduct"),
        )
    for state in case.place.systems:
        yield Fact(
            state=state,
            ground=Ground.SYSTEM,
            strength=Confidence.HIGH,
            text="a system of the case stands there",
            told=Told(said="system"),
        )
    for victims in case.victims:
        if victims.number:
            text = f"{count(victims.number, 'victim')} there"
            text += loss_of(victims.loss, victims.currency or case.currency, case.requesting_state)
            yield Fact(
                state=victims.state,
                ground=Ground.EFFECT,
                strength=Confidence.HIGH,
                text=text,
                told=_victims(victims, case.currency),
            )
            yield Fact(
                state=victims.state,
                ground=Ground.PASSIVE_NATIONALITY,
                strength=Confidence.LOW,
                text="the victims are probably its nationals; the case file tells where they are, not whose",
                told=Told(said="likely_nationals"),
            )
    for suspect in case.suspects:
        if suspect.nationality:
            text = f"{suspect.name} is its national"
            yield Fact(
                state=suspect.nationality,
                ground=Ground.ACTIVE_NATIONALITY,
                strength=Confidence.MEDIUM,
                text=text,
                told=Told(said="national", about={"name": suspect.name}),
            )
        if suspect.residence:
            text = f"{suspect.name} lives there"
            yield Fact(
                state=suspect.residence,
                ground=Ground.RESIDENCE,
                strength=Confidence.MEDIUM,
                text=text,
                told=Told(said="resides", about={"name": suspect.name}),
            )
    for other in case.proceedings:
        text = f"it already has proceedings: {other.stage}"
        yield Fact(
            state=other.state,
            ground=Ground.ASSERTED,
            strength=Confidence.HIGH,
            text=text,
            told=Told(said="proceedings", about={"stage": other.stage}),
        )


def _victims(victims: Victims, currency: str) -> Told:
    number = {"number": str(victims.number)}
    if victims.loss is None:
        return Told(said="victims", about=number)
    loss = f"{victims.currency or currency} {victims.loss:f}".strip()
    return Told(said="victims_loss", about={**number, "loss": loss})


def _seen(holders: tuple[Holder, ...], paid: frozenset[str]) -> Iterator[Fact]:
    for holder in holders:
        first = holder.ties[0].shown
        if any(tie.role is Role.ORIGIN and not is_shared_relay(tie.reasons) for tie in holder.ties):
            yield Fact(
                state=holder.state,
                ground=Ground.CONDUCT,
                strength=Confidence.LOW,
                text=f"mail or access came from {first}; a rented server says little of where its user sat",
                told=Told(said="mail_origin", about={"shown": first}),
            )
        # who issued a token holds nothing of it: its seat is no place of the proceeds
        money = [t for t in holder.ties if t.role in _MONEY and not _issued(t.kind, t.role)]
        money = [t for t in money if t.value.casefold() in paid]
        if money:
            yield Fact(
                state=holder.state,
                ground=Ground.PROCEEDS,
                strength=Confidence.MEDIUM,
                text=f"proceeds are or were at {holder.name} ({money[0].shown})",
                told=Told(said="proceeds", about={"holder": holder.name, "shown": money[0].shown}),
            )


def _issued(kind: ObservableKind, role: Role) -> bool:
    return kind is ObservableKind.CRYPTO and role is Role.PAYMENT_SERVICE


def _claim(facts: list[Fact], question: JurisdictionQuestion, registry: Registry) -> JurisdictionClaim:
    state, ground = facts[0].state, facts[0].ground
    return JurisdictionClaim(
        state=state,
        state_name=state_name(state),
        ground=ground,
        strength=min((fact.strength for fact in facts), key=_ORDER.__getitem__),
        reasons=tuple({fact.text: fact for fact in facts}),
        told=tuple({fact.text: fact.told for fact in facts}.values()),
        bases=claim_bases(state, ground, question, registry),
    )

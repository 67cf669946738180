"""The terms of a letter: manner of execution, secrecy, urgency, earlier steps, privilege, promises."""

from collections.abc import Iterator

from comity.law import Channel, Fact, InstrumentKind, Measure
from comity.letters.compose.brief import PROPERTY, Brief, from_case, planned
from comity.letters.model import (
    EarlierAct,
    Family,
    Kind,
    Origin,
    OriginKind,
    Text,
    Undertaking,
    UndertakingKind,
)
from comity.letters.tables import kinds
from comity.letters.wording import catalogue, fixed
from comity.plan.case import EarlierStep
from comity.plan.model import UrgencyLevel

#: Measures whose product may hold what a lawyer, doctor or journalist wrote.
REVEALING = frozenset(
    {Measure.CONTENT_DATA, Measure.INTERCEPTION, Measure.SEARCH_SEIZURE, Measure.TESTIMONY, Measure.VIDEO_HEARING}
)
#: Paces of the plan that tell of a preservation as made: they hold where one was.
_PRESERVED = frozenset({"after_preservation_days", "after_preservation_weeks"})
_AFTER_A_HEARING = frozenset({Measure.CONFISCATION, Measure.ASSET_RETURN})
_EVIDENCE = frozenset({Family.JUDICIAL, Family.EU, Family.FORUM})


def procedure(brief: Brief) -> tuple[Text, ...]:
    """How the measures should be carried out: records have a form, property has none."""
    told = brief.told("procedure")
    if told or all(measure in PROPERTY for measure in brief.measures):
        return told
    return (fixed("sentence.procedure"),)


def confidentiality(brief: Brief) -> tuple[Text, ...]:
    """The request for secrecy with its reasons, where the case is confidential."""
    if not brief.confidential:
        return brief.told("confidentiality")
    if brief.kind is Kind.TAKEDOWN_NOTICE:
        return (fixed("sentence.confidential_notice"), *brief.told("confidentiality"))
    # a company must keep it secret, and need not know what else is under way
    reason = "" if brief.to_holder else brief.case.confidentiality.reason
    origin = Origin(kind=OriginKind.CASE_FILE, where="confidentiality.level")
    executing = (fixed("sentence.confidential_executing"),) if kinds()[brief.kind].family in _EVIDENCE else ()
    # who loses property must be heard; who is asked to return some was
    heard = all(measure in _AFTER_A_HEARING for measure in brief.measures)
    return (
        fixed("sentence.confidential_law" if heard else "sentence.confidential", origin=origin),
        *((from_case(reason, "confidentiality.reason"),) if reason.strip() else ()),
        *executing,
        *brief.told("confidentiality"),
    )


def urgency(brief: Brief) -> tuple[Text, ...]:
    """Why it is urgent: the case file's reason, what lapses, and by when it is needed."""
    if brief.kind is Kind.TAKEDOWN_NOTICE:
        return (fixed("sentence.more_victims"), *brief.told("urgency"))
    if brief.case.urgency.level is UrgencyLevel.ROUTINE:
        return brief.told("urgency")
    return (
        *_reasons(brief),
        *_lapses(brief),
        *brief.told("urgency"),
    )


def _reasons(brief: Brief) -> tuple[Text, ...]:
    """What is urgent about this holder's data; where the case file tells it of other states alone, why it vanishes."""
    urgency = brief.case.urgency
    if not urgency.reasons:
        return (from_case(urgency.reason, "urgency.reason"),) if urgency.reason.strip() else ()
    own = tuple(
        from_case(said.text, f"urgency.reasons[{number}]")
        for number, said in enumerate(urgency.reasons)
        if said.state == brief.requested
    )
    if own or brief.told("urgency"):
        return own
    return vanishing(brief)


def vanishing(brief: Brief) -> tuple[Text, ...]:
    """Why the data or money of the step vanishes; nothing where the plan's reason is only the order of its steps."""
    pace = brief.step.urgency.pace
    key = f"pace.{pace}"
    known = key in catalogue().entries and (pace not in _PRESERVED or _preserved(brief))
    return (fixed(key, origin=planned(f"{brief.step.id} urgency")),) if known else ()


def _preserved(brief: Brief) -> bool:
    """Whether the case file records a preservation there that stands."""
    done = (step for step in brief.case.earlier_steps if step.state == brief.requested)
    return any(step.measure is Measure.PRESERVATION and stands(brief, step) for step in done)


def _lapses(brief: Brief) -> Iterator[Text]:
    for number, done in enumerate(brief.case.earlier_steps):
        if done.state == brief.requested and done.lapses is not None and stands(brief, done):
            yield fixed(
                "sentence.urgent_expiry",
                origin=Origin(kind=OriginKind.CASE_FILE, where=f"earlier_steps[{number}].lapses"),
                on=done.lapses,
                what=done.reference or done.holder or done.measure.value,
            )


def stands(brief: Brief, done: EarlierStep) -> bool:
    """Whether what was asked for earlier was done, and has not ended: on a day, or not known when."""
    return done.effective is not None and (done.lapses is None or done.lapses[:10] >= brief.on.isoformat())


def earlier(brief: Brief) -> tuple[EarlierAct, ...]:
    """What was asked for in the same state before."""
    return tuple(
        earlier_act(number, done)
        for number, done in enumerate(brief.case.earlier_steps)
        if done.state == brief.requested
    )


def earlier_act(number: int, done: EarlierStep) -> EarlierAct:
    """One earlier step of the case file."""
    origin = Origin(kind=OriginKind.CASE_FILE, where=f"earlier_steps[{number}]")
    return EarlierAct(
        measure=done.measure.value,
        state=done.state,
        holder=done.holder,
        sent_on=done.sent,
        effective_on=done.effective,
        lapses=done.lapses or "",
        instrument=done.instrument,
        reference=done.reference,
        outcome=Text(text=" ".join(done.outcome.split()), origin=origin) if done.outcome.strip() else None,
        origin=origin,
    )


def privilege(brief: Brief) -> tuple[Text, ...]:
    """What is known of privileged material: nothing is said where nobody looked."""
    told = brief.told("privilege")
    held = brief.case.legal_facts.get(Fact.PRIVILEGED_HOLDER.value)
    if told or held is not False:
        return told
    origin = Origin(kind=OriginKind.CASE_FILE, where="legal_facts.privileged_holder")
    return (fixed("sentence.privilege_none", origin=origin),)


def undertakings(brief: Brief) -> tuple[Undertaking, ...]:
    """Promises that the instrument asks for or that the case file says may be given; none is made up."""
    return tuple(_undertakings(brief))


def _undertakings(brief: Brief) -> Iterator[Undertaking]:
    facts, state = brief.case.legal_facts, brief.case.requesting_state
    family = kinds()[brief.kind].family
    if family is Family.SURRENDER:
        text = fixed("undertaking.speciality_person", state=brief.requested)
        yield Undertaking(kind=UndertakingKind.SPECIALITY, text=text)
    elif family in _EVIDENCE:
        yield _promise(UndertakingKind.SPECIALITY, "speciality")
    if facts.get(Fact.RECIPROCITY_ASSURED.value):
        yield Undertaking(
            kind=UndertakingKind.RECIPROCITY,
            text=fixed(
                "undertaking.reciprocity", origin=_fact("reciprocity_assured"), state=state, other=brief.requested
            ),
        )
    if facts.get(Fact.DEATH_PENALTY_ASSURED.value):
        text = fixed("undertaking.death_penalty", origin=_fact("death_penalty_assured"))
        yield Undertaking(kind=UndertakingKind.DEATH_PENALTY, text=text)
    if facts.get(Fact.LIFE_SENTENCE_ASSURED.value):
        text = fixed("undertaking.life_sentence", origin=_fact("life_sentence_assured"))
        yield Undertaking(kind=UndertakingKind.LIFE_SENTENCE, text=text)
    if needs_return(brief):
        yield _promise(UndertakingKind.RETURN, "return")
    for kind in UndertakingKind:
        for text in brief.told(f"undertaking.{kind.value}"):
            yield Undertaking(kind=kind, text=text)
    for text in brief.told("undertakings"):
        yield Undertaking(kind=UndertakingKind.OTHER, text=text)


def needs_return(brief: Brief) -> bool:
    """Whether objects may change hands."""
    return any(measure in {Measure.SEARCH_SEIZURE, Measure.CONFISCATION} for measure in brief.measures)


def without_treaty(brief: Brief) -> bool:
    """Whether nothing but courtesy carries the letter between states."""
    route = brief.route
    return route is not None and route.kind is InstrumentKind.COMITY and route.channel is not Channel.POLICE


def _promise(kind: UndertakingKind, key: str) -> Undertaking:
    return Undertaking(kind=kind, text=fixed(f"undertaking.{key}"))


def _fact(name: str) -> Origin:
    return Origin(kind=OriginKind.CASE_FILE, where=f"legal_facts.{name}")

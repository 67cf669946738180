"""What is asked: the connection with the state, the numbered measures, payments, purpose."""

from collections.abc import Iterator

from comity.law import Channel, Measure
from comity.leads.model import ReasonKind, Role
from comity.letters.compose.brief import PROPERTY, Brief, one_line, planned
from comity.letters.compose.terms import vanishing
from comity.letters.model import Item, Kind, Origin, OriginKind, Payment, Span, Subject, Text
from comity.letters.saying import phrases_of
from comity.letters.wording import catalogue, data_key, fixed, said, slots
from comity.plan.drops import channel_in
from comity.plan.model import ObjectMoment, Step, StepObject, Tie

_POLICE = frozenset({Channel.POLICE, Channel.CONTACT_POINTS_24_7, Channel.FIU})
_OWN_WORDS = {
    Kind.PROVISIONAL_ARREST: "ask.arrest",
    Kind.EAW: "ask.eaw",
    Kind.TRANSFER_OF_PROCEEDINGS: "ask.transfer_of_proceedings",
    Kind.JURISDICTION_CONSULTATION: "ask.consultation",
}
#: Letters on who prosecutes are no proposal of a team, whatever step they are written for.
_ON_FORUM = frozenset({Kind.TRANSFER_OF_PROCEEDINGS, Kind.JURISDICTION_CONSULTATION})
_OF_FORUM = Measure.TRANSFER_OF_PROCEEDINGS
#: What the plan notes for those who conduct the case: when to ask for a person, how to go about a team.
_NOTED = frozenset(
    {Measure.EXTRADITION, Measure.JOINT_INVESTIGATION, Measure.TRANSFER_OF_PROCEEDINGS, Measure.SPONTANEOUS_INFORMATION}
)
_OF_NAMES = frozenset({Role.REGISTRY, Role.REGISTRAR})
_OWN_PURPOSE = {
    Kind.SPONTANEOUS_INFORMATION: "sentence.purpose_information",
    Kind.JIT_PROPOSAL: "sentence.jit_purpose",
}
MAX_PAYMENTS = 200
#: A connection is a few sentences: who doubts it reads the plan.
MAX_OBSERVATIONS = 3
MAX_REASONINGS = 2


def link(brief: Brief) -> tuple[Text, ...]:
    """Why this state and this holder: the sentence, and the plan's chain of reasoning behind the first objects."""
    found: list[Text] = []
    for step in brief.steps:
        if step.holder_name:
            found.append(fixed("sentence.link", state=brief.requested, holder=step.holder_name))
            found += _reasoning(brief, step)
        else:
            found.append(fixed("sentence.link_state", state=brief.requested))
    return (*_once(found), *brief.told("link"))


def _once(texts: list[Text]) -> tuple[Text, ...]:
    return tuple({text.text: text for text in texts}.values())


def _reasoning(brief: Brief, step: Step) -> list[Text]:
    """What was observed of the objects, those that it connects in the same way together; caveats stay in the plan."""
    observed: dict[str, list[Tie]] = {}
    for tie in _ties(brief, step):
        seen = [(f"observed.{r.said}", r.about) for r in tie.reasons if r.kind is ReasonKind.OBSERVATION]
        if seen:
            observed.setdefault(phrases_of(seen[:MAX_OBSERVATIONS]), []).append(tie)
    return [
        fixed(
            "seen.observed",
            origin=planned(f"{step.id} {ties[0].observable}"),
            objects=", ".join(tie.shown for tie in ties),
            observations=seen,
        )
        for seen, ties in list(observed.items())[:MAX_REASONINGS]
    ]


def _ties(brief: Brief, step: Step) -> list[Tie]:
    """What ties the objects of a step to its holder."""
    holder = brief.holder(step)
    known = {tie.observable: tie for tie in holder.ties} if holder else {}
    return [known[thing.observable] for thing in step.objects if thing.observable in known]


def assistance(brief: Brief) -> tuple[Item, ...]:
    """One numbered item for each step."""
    return tuple(_item(brief, number, step) for number, step in enumerate(brief.steps, start=1))


def _item(brief: Brief, number: int, step: Step) -> Item:
    origin = Origin(kind=OriginKind.PLAN, where=step.id)
    key = _asks(brief, step)
    arguments = {"holder": step.holder_name} if ("holder", "holder") in slots(catalogue().entries[key]) else {}
    return Item(
        number=number,
        measure=_OF_FORUM if brief.kind in _ON_FORUM else step.measure,
        what=fixed(key, origin=origin, **arguments),
        data=wanted(step),
        holder=step.holder_name,
        holder_id=step.holder,
        subjects=tuple(
            Subject(
                kind=thing.kind.value,
                value=thing.value,
                shown=thing.shown,
                detail="; ".join(part for part in (_identifies(thing), *_bare(thing)) if part),
                moments=tuple(_moment(step, thing, moment) for moment in _told_of(brief, step, thing)),
                origin=Origin(kind=OriginKind.PLAN, where=f"{step.id} {thing.observable}"),
            )
            for thing in step.objects
        ),
        period=_period(step),
        reason=_reason(brief, step),
        origin=origin,
    )


def _asks(brief: Brief, step: Step) -> str:
    """The key of the sentence that asks: in its own words to who has the data itself."""
    own = _OWN_WORDS.get(brief.kind)
    if own:
        return own
    holder = brief.holder(step)
    if step.measure is Measure.TAKEDOWN and holder is not None and holder.role in _OF_NAMES:
        return "ask.suspension"
    direct = f"direct.{step.measure.value}"
    return direct if brief.to_holder and direct in catalogue().entries else f"ask.{step.measure.value}"


def _identifies(thing: StepObject) -> str:
    """Whose a channel is; that nothing says it is for us to look up, and no part of a letter."""
    channel = channel_in(thing.value)
    return "" if channel is not None and not channel.value else one_line(thing.identifies)


def _told_of(brief: Brief, step: Step, thing: StepObject) -> list[ObjectMoment]:
    """What happened when; of property only what was paid to it: what went out is there no longer."""
    said_of = [moment for moment in thing.moments if _says(moment)]
    if step.measure not in PROPERTY:
        return said_of
    came = {(t.at, t.arrived[0]) for t in brief.transfers if t.target.casefold() == thing.value.casefold()}
    return [moment for moment in said_of if moment.kind != "money" or (moment.at, moment.amount) in came]


def _says(moment: ObjectMoment) -> bool:
    return bool(moment.amount if moment.kind == "money" else moment.about)


def _bare(thing: StepObject) -> tuple[str, ...]:
    """The instants of which nothing else is told; all of a thing as the plan tells it, where it has no parts."""
    if not thing.moments:
        return (one_line(thing.detail) if not thing.identifies else "",)
    return tuple(moment.at for moment in thing.moments if not _says(moment))


def _moment(step: Step, thing: StepObject, moment: ObjectMoment) -> Text:
    origin = Origin(kind=OriginKind.PLAN, where=f"{step.id} {thing.observable}")
    if moment.kind == "money":
        paid = f"{moment.currency} {moment.amount}".strip()
        return fixed("sentence.moment_payment", origin=origin, at=moment.at, paid=paid)
    if moment.kind == "evidence":
        return fixed("sentence.moment_mail", origin=origin, at=moment.at, subject=one_line(moment.about))
    return Text(text=f"{moment.at}: {one_line(moment.about)}", origin=Origin(kind=OriginKind.CASE_FILE, where="events"))


def wanted(step: Step) -> tuple[Text, ...]:
    """What exactly is wanted, a text for each thing: in the words of the catalogues, where they have it."""
    if step.measure in _NOTED:
        return ()
    return tuple(
        fixed(known, origin=Origin(kind=OriginKind.PLAN, where=f"{step.id} what"))
        if (known := data_key(piece))
        else Text(text=one_line(piece), origin=planned(f"{step.id} what"))
        for piece in step.what.split("; ")
        if piece.strip()
    )


def _period(step: Step) -> Span | None:
    if step.period is None:
        return None
    known = bool(step.period.start)
    why = fixed(f"span.{step.period.rule}", origin=planned(f"{step.id} period")) if known else None
    return Span(start=step.period.start, end=step.period.end, why=why)


def _reason(brief: Brief, step: Step) -> tuple[Text, ...]:
    """How what is asked for bears on the offence, from the weight that the plan gave each object."""
    bearing = sorted({(tie.shown, ";".join(tie.grounds)) for tie in _ties(brief, step) if tie.grounds})
    told, own = brief.told("assistance.reason"), tuple(_used_by(brief, step))
    if not bearing:
        return (*own, *told)
    key = f"nexus.{step.measure.value}"
    bears = fixed(key if key in catalogue().entries else "nexus.other")
    origin = planned(f"{step.id} weight")
    why = (fixed("seen.bearing", origin=origin, object=shown, signs=signs) for shown, signs in bearing)
    return (bears, *why, *own, *told)


def _used_by(brief: Brief, step: Step) -> Iterator[Text]:
    """Whose the objects are, as the case file has it."""
    asked = {thing.value.casefold(): thing.shown for thing in step.objects}
    for number, suspect in enumerate(brief.case.suspects):
        for shown in (asked[value.casefold()] for value in suspect.identifiers if value.casefold() in asked):
            origin = Origin(kind=OriginKind.CASE_FILE, where=f"suspects[{number}].identifiers")
            yield fixed("named.used_by", origin=origin, what=shown, name=suspect.name)


def payments(brief: Brief) -> tuple[Payment, ...]:
    """The payments in the evidence that went to an account asked about, in order of time."""
    wanted = {thing.value.casefold() for step in brief.steps for thing in step.objects}
    found = sorted((t for t in brief.transfers if t.target.casefold() in wanted), key=lambda t: t.at)
    unique = {(t.at, t.amount, t.currency, t.source, t.target, t.reference): t for t in found}
    return tuple(
        Payment(
            at=t.at,
            amount=t.arrived[0],
            currency=t.arrived[1],
            source=t.source,
            target=t.target,
            reference=t.reference,
            origin=Origin(kind=OriginKind.PLAN, where=f"{t.artifact} {t.where}"),
        )
        for t in list(unique.values())[:MAX_PAYMENTS]
    )


def purpose(brief: Brief) -> tuple[Text, ...]:
    """What the product is for; what the case file says of it instead, where it does."""
    return brief.told("purpose") or (_purpose(brief),)


def _purpose(brief: Brief) -> Text:
    if brief.kind in _OWN_PURPOSE:
        return fixed(_OWN_PURPOSE[brief.kind])
    key = _purpose_key(brief)
    about = {"reference": brief.case.reference, "offences": brief.offences}
    return said(key, about | ({"state": brief.requested} if key == "sentence.purpose" else {}))


def _purpose_key(brief: Brief) -> str:
    """What becomes of it: a person is tried, property is held for its owners, information leads on, the rest proves."""
    measure = brief.step.measure
    if measure is Measure.EXTRADITION:
        return "sentence.purpose_surrender"
    if measure is Measure.PRESERVATION:
        return "sentence.preservation_purpose"
    if brief.channel in _POLICE and measure is not Measure.EMERGENCY_DISCLOSURE:
        return "sentence.purpose_police"
    if measure in PROPERTY:
        return "sentence.purpose_property"
    # a company can ask no authority for its consent
    return "sentence.purpose_provider" if brief.channel is Channel.DIRECT_TO_PROVIDER else "sentence.purpose"


def necessity(brief: Brief) -> tuple[Text, ...]:
    """Why the measure is needed: only a person can say it, but for what vanishes."""
    told = brief.told("necessity")
    if brief.step.measure is not Measure.PRESERVATION:
        return told
    return (
        fixed("sentence.preservation_need"),
        *vanishing(brief),
        *told,
    )

"""What is asked: the connection with the state, the numbered measures, payments, purpose."""

from comity.law import Channel, Measure
from comity.leads.model import ReasonKind
from comity.letters.compose.brief import Brief, one_line, planned
from comity.letters.compose.terms import vanishing
from comity.letters.model import Item, Kind, Origin, OriginKind, Payment, Span, Subject, Text
from comity.letters.saying import phrases_of
from comity.letters.wording import catalogue, data_key, fixed, slots
from comity.plan.model import ObjectMoment, Step, StepObject, Tie

_POLICE = frozenset({Channel.POLICE, Channel.CONTACT_POINTS_24_7, Channel.FIU})
_OWN_WORDS = {Kind.PROVISIONAL_ARREST: "ask.arrest"}
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
    key = _OWN_WORDS.get(brief.kind, f"ask.{step.measure.value}")
    arguments = {"holder": step.holder_name} if ("holder", "holder") in slots(catalogue().entries[key]) else {}
    return Item(
        number=number,
        measure=step.measure,
        what=fixed(key, origin=origin, **arguments),
        data=wanted(step),
        holder=step.holder_name,
        holder_id=step.holder,
        subjects=tuple(
            Subject(
                kind=thing.kind.value,
                value=thing.value,
                shown=thing.shown,
                detail="; ".join(part for part in (one_line(thing.identifies), *_bare(thing)) if part),
                moments=tuple(_moment(step, thing, moment) for moment in thing.moments if _says(moment)),
                origin=Origin(kind=OriginKind.PLAN, where=f"{step.id} {thing.observable}"),
            )
            for thing in step.objects
        ),
        period=_period(step),
        reason=_reason(brief, step),
        origin=origin,
    )


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
    told = brief.told("assistance.reason")
    if not bearing:
        return told
    key = f"nexus.{step.measure.value}"
    said = fixed(key if key in catalogue().entries else "nexus.other")
    origin = planned(f"{step.id} weight")
    why = (fixed("seen.bearing", origin=origin, object=shown, signs=signs) for shown, signs in bearing)
    return (said, *why, *told)


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
    reference, offences = brief.case.reference, brief.offences
    if brief.kind is Kind.SPONTANEOUS_INFORMATION:
        return fixed("sentence.purpose_information")
    if brief.kind is Kind.JIT_PROPOSAL:
        return fixed("sentence.jit_purpose")
    if brief.step.measure is Measure.PRESERVATION:
        return fixed("sentence.preservation_purpose", reference=reference, offences=offences)
    if brief.channel in _POLICE and brief.step.measure is not Measure.EMERGENCY_DISCLOSURE:
        return fixed("sentence.purpose_police", reference=reference, offences=offences)
    if brief.channel is Channel.DIRECT_TO_PROVIDER:
        # a company can ask no authority for its consent
        return fixed("sentence.purpose_provider", reference=reference, offences=offences)
    return fixed("sentence.purpose", reference=reference, offences=offences, state=brief.requested)


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

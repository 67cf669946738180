"""From steps of a plan to a letter."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Any

import msgspec

from comity.law import Addressee, Channel, Measure
from comity.letters.choose import kind_of
from comity.letters.compose import asking, closing, dual, law, lawtext, matter, parties, sending, terms
from comity.letters.compose.brief import Brief
from comity.letters.compose.particulars import particulars
from comity.letters.compose.reference import reference
from comity.letters.compose.tongue import in_tongue
from comity.letters.errors import NoLetterError
from comity.letters.fields import MEMBERS
from comity.letters.model import About, Kind, Letter, UndertakingKind
from comity.letters.tables import fields_of, kinds, parts
from comity.letters.wording import fixed
from comity.plan.case import Case
from comity.plan.caseerror import nearest
from comity.plan.model import RouteChoice, Step

#: What composes a field; the others need more than the brief and are composed in `compose`.
_COMPOSED: MappingProxyType[str, Callable[[Brief], object]] = MappingProxyType(
    {
        "basis": law.basis,
        "stage": matter.stage,
        "facts": matter.facts,
        "losses": matter.losses,
        "persons": matter.persons,
        "offences": law.offences,
        "dual_criminality": dual.dual,
        "law_texts": lawtext.law_texts,
        "link": asking.link,
        "assistance": asking.assistance,
        "payments": asking.payments,
        "purpose": asking.purpose,
        "necessity": asking.necessity,
        "procedure": terms.procedure,
        "confidentiality": terms.confidentiality,
        "urgency": terms.urgency,
        "earlier": terms.earlier,
        "privilege": terms.privilege,
        "undertakings": terms.undertakings,
        "signatures": sending.signatures,
        "court": parties.court,
    }
)


def kind_for(step: Step, route: RouteChoice | None) -> Kind:
    """The kind of letter that a step needs on a route; NoLetterError where it needs none or has no route."""
    if step.domestic:
        raise NoLetterError(what=step.id, problem="it is done at home", remedy="no letter crosses a border for it")
    if route is not None:
        return kind_of(
            measure=step.measure,
            instrument=route.instrument,
            channel=route.channel,
            addressee=route.addressee.kind,
        )
    kind = kind_of(
        measure=step.measure, instrument="", channel=Channel.DIRECT_TO_PROVIDER, addressee=Addressee.PROVIDER
    )
    if kind in _WITHOUT_ROUTE and step.holder:
        return kind
    raise NoLetterError(
        what=step.id, problem="no route is open or conditional", remedy="comity plan says what stands in the way"
    )


_WITHOUT_ROUTE = frozenset({Kind.TAKEDOWN_NOTICE, Kind.REGISTRAR_REQUEST})


def compose(brief: Brief) -> Letter:
    """The letter; a field that the kind does not have is left empty, even where the case could fill it."""
    _check_statements(brief.case)
    lawtext.check_law_texts(brief)
    has = fields_of(brief.kind)
    members: dict[str, Any] = {name: make(brief) for name, make in _COMPOSED.items() if name in has}
    offences = law.offences(brief)
    if "enclosures" in has:
        members["enclosures"] = closing.enclosures(brief, offences)
    sender, conducting = parties.requesting(brief), parties.conducting(brief)
    bare = Letter(
        kind=brief.kind,
        title=fixed(f"kind.{brief.kind.value}"),
        reference=reference_of(brief),
        case_reference=brief.case.reference,
        dated_on=brief.on,
        requesting=sender,
        conducting=conducting if conducting.name != sender.name else None,
        addressee=parties.addressee(brief),
        about=_preservation(brief) if brief.kind is Kind.PRESERVATION_FOLLOW_UP else None,
        particulars=particulars(brief),
    )
    return in_tongue(msgspec.structs.replace(bare, **members), brief.language)


def _preservation(brief: Brief) -> About | None:
    """The preservation that a letter follows: one of the case file, else the step that comes before this one."""
    state = brief.case.requesting_state
    for done in brief.case.earlier_steps:
        if done.state == brief.requested and done.measure is Measure.PRESERVATION and done.reference:
            return About(kind=Kind.PRESERVATION_REQUEST, reference=done.reference, dated_on=done.sent, from_state=state)
    before = {name for step in brief.steps for name in step.depends_on}
    for step in brief.plan.steps:
        if step.id in before and step.measure is Measure.PRESERVATION:
            kind = kind_for(step, step.recommended)
            own = reference(brief.case, (step,), kind=kind, route=step.recommended)
            return About(kind=kind, reference=own, from_state=state)
    return None


def reference_of(brief: Brief) -> str:
    """The letter's own reference."""
    return reference(brief.case, brief.steps, kind=brief.kind, route=brief.route)


def _check_statements(case: Case) -> None:
    """Raises NoLetterError where a statement of the case file names a field that no letter has."""
    known = statement_fields()
    for number, said in enumerate(case.statements):
        if said.field not in known:
            raise NoLetterError(
                what=f"case.toml statements[{number}]",
                problem=f"no letter has a field {said.field!r}",
                remedy=nearest(said.field, known),
            )


def statement_fields() -> tuple[str, ...]:
    """Every field for which the case file may state something."""
    texts = ("stage", "facts", "losses", "link", "purpose", "necessity", "procedure", "confidentiality", "urgency")
    special = {field for row in kinds().values() for part in row.parts for field in parts()[part].fields} - MEMBERS
    promises = {f"undertaking.{kind.value}" for kind in UndertakingKind}
    more = {
        "privilege",
        "undertakings",
        "enclosures",
        "facts_instead",
        "addressee.contacts",
        "assistance.reason",
        "requesting",
        "basis",
        "addressee.languages",
    }
    return tuple(sorted({*texts, *special, *promises, *more}))

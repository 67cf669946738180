"""Contents that only some kinds or measures have: what the case, the plan and the law give, and what was stated."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from types import MappingProxyType

from comity.law import Fact, Measure
from comity.letters.chain import legal_basis
from comity.letters.compose.asking import wanted
from comity.letters.compose.brief import Brief, from_case, planned
from comity.letters.compose.parties import conducting
from comity.letters.fields import MEMBERS
from comity.letters.model import Family, Origin, OriginKind, Particular, Text
from comity.letters.tables import kinds, parts
from comity.letters.wording import fixed, said


def particulars(brief: Brief) -> tuple[Particular, ...]:
    """Every particular that the kind of letter has and that something or somebody gives."""
    wanted = [field for part in kinds()[brief.kind].parts for field in parts()[part].fields if field not in MEMBERS]
    return tuple(
        Particular(field=field, text=text) for field in dict.fromkeys(wanted) for text in particular(brief, field)
    )


def particular(brief: Brief, field: str) -> tuple[Text, ...]:
    """The texts of one particular."""
    told = brief.told(field)
    given = _GIVEN.get(field)
    return told or (tuple(given(brief)) if given else ())


def _group(brief: Brief) -> Iterator[Text]:
    facts = brief.case.legal_facts
    if facts.get(Fact.ORGANISED_GROUP.value) and facts.get(Fact.TRANSNATIONAL.value):
        yield fixed("sentence.group", origin=Origin(kind=OriginKind.CASE_FILE, where="legal_facts.organised_group"))


def _custodian(brief: Brief) -> Iterator[Text]:
    if brief.step.holder_name:
        yield fixed("sentence.custodian", holder=brief.step.holder_name, state=brief.requested)


def _follow_up(brief: Brief) -> Iterator[Text]:
    intended = brief.case.legal_facts.get(Fact.FOLLOW_UP_INTENDED.value, True)
    if brief.step.measure is Measure.PRESERVATION and intended:
        origin = Origin(kind=OriginKind.CASE_FILE, where="legal_facts.follow_up_intended")
        yield fixed("sentence.follow_up", origin=origin)


def _formal_follow_up(brief: Brief) -> Iterator[Text]:
    if brief.step.measure is Measure.FREEZING:
        yield fixed("sentence.formal_follow_up", origin=Origin(kind=OriginKind.PLAN, where=brief.step.id))


def _preserved(brief: Brief) -> Iterator[Text]:
    for number, done in enumerate(brief.case.earlier_steps):
        if done.state == brief.requested and done.measure is Measure.PRESERVATION and done.reference:
            yield from_case(done.reference, f"earlier_steps[{number}].reference")


def _danger(brief: Brief) -> Iterator[Text]:
    if brief.case.legal_facts.get(Fact.EMERGENCY_TO_LIFE.value) and brief.case.urgency.reason.strip():
        yield from_case(brief.case.urgency.reason, "urgency.reason")


def _call_back(brief: Brief) -> Iterator[Text]:
    telephones = [contact for contact in conducting(brief).contacts if "@" not in contact]
    if telephones:
        origin = Origin(kind=OriginKind.CASE_FILE, where="authority.telephone")
        yield fixed("sentence.call_back", origin=origin, contacts="; ".join(telephones))


def _user_notice(brief: Brief) -> Iterator[Text]:
    if brief.confidential:
        yield fixed("sentence.user_notice")


def _reported(brief: Brief) -> Iterator[Text]:
    money = brief.case.money
    if money.reported:
        yield fixed(
            "sentence.reported", origin=Origin(kind=OriginKind.CASE_FILE, where="money.reported"), at=money.reported
        )
    if money.recall:
        yield fixed(
            "sentence.recalled", origin=Origin(kind=OriginKind.CASE_FILE, where="money.recall"), at=money.recall
        )


def _property(brief: Brief) -> Iterator[Text]:
    for step in brief.steps:
        if step.measure in {Measure.FREEZING, Measure.CONFISCATION}:
            for thing in step.objects:
                origin = Origin(kind=OriginKind.PLAN, where=f"{step.id} {thing.observable}")
                what = {"what": thing.shown, "holder": step.holder_name}
                paid, held = _paid(brief, thing.value), _held(brief, thing.value)
                if held:
                    yield said("sentence.property_held", {**what, "held": held}, origin)
                if held and paid:
                    yield said("sentence.property_beyond", {"paid": paid}, origin)
                elif held:
                    continue
                elif paid:
                    yield said("sentence.property_paid", {**what, "paid": paid}, origin)
                else:
                    yield said("sentence.property", what, origin)


def _paid(brief: Brief, account: str) -> str:
    """What the evidence shows to have been paid to an account, by currency; empty: no sum whose currency is told."""
    sums: dict[str, Decimal] = {}
    for transfer in brief.transfers:
        amount, currency = transfer.arrived
        if transfer.target.casefold() == account.casefold() and currency:
            sums[currency] = sums.get(currency, Decimal(0)) + Decimal(amount)
    return _sums(sums)


def _held(brief: Brief, account: str) -> str:
    """What the case file says to be on hold on an account already, by currency; empty: nothing is."""
    sums: dict[str, Decimal] = {}
    for done in brief.case.earlier_steps:
        objects = {value.replace(" ", "").casefold() for value in done.objects}
        if done.measure is Measure.FREEZING and done.held is not None and account.casefold() in objects:
            sums[done.held_currency] = sums.get(done.held_currency, Decimal(0)) + done.held
    return _sums(sums)


def _sums(sums: dict[str, Decimal]) -> str:
    return ";".join(f"{currency} {amount:f}".strip() for currency, amount in sorted(sums.items()))


def _category(brief: Brief) -> Iterator[Text]:
    if kinds()[brief.kind].family not in {Family.EU, Family.PROVIDER}:
        return
    for measure in brief.measures:
        origin = Origin(kind=OriginKind.PLAN, where=brief.step.id)
        yield fixed(f"measure.{measure.value}", origin=origin)


def _dissemination(brief: Brief) -> Iterator[Text]:
    yield fixed("sentence.fiu_dissemination")


def _information(brief: Brief) -> Iterator[Text]:
    for number, victims in enumerate(brief.case.victims):
        if victims.state == brief.requested:
            origin = Origin(kind=OriginKind.CASE_FILE, where=f"victims[{number}]")
            yield fixed("sentence.share_victims", origin=origin, number=str(victims.number))
    yield from wanted(brief.step)


def _information_limits(brief: Brief) -> Iterator[Text]:
    yield fixed("sentence.share_limits")


def _claims(brief: Brief) -> Iterator[Text]:
    for claim in brief.plan.jurisdiction.claims:
        origin = Origin(kind=OriginKind.PLAN, where=f"jurisdiction {claim.state} {claim.ground.value}")
        yield fixed("sentence.claim", origin=origin, state=claim.state, ground=claim.ground.value)
        for told in claim.told:
            yield said(f"claim.{told.said}", told.about, planned(f"jurisdiction {claim.state}"))
            if "stage" in told.about:
                yield from_case(told.about["stage"], "proceedings.stage")


def _criteria(brief: Brief) -> Iterator[Text]:
    for conflict in brief.plan.jurisdiction.conflicts:
        for told in conflict.weighed:
            yield said(f"criterion.{told.said}", told.about, planned(f"jurisdiction {conflict.kind}"))


def _unlawful(brief: Brief) -> Iterator[Text]:
    yield fixed("sentence.unlawful", offences=brief.offences)
    for number, brand in enumerate(brief.case.protected_brands):
        origin = Origin(kind=OriginKind.CASE_FILE, where=f"protected_brands[{number}]")
        yield fixed("sentence.imitates", origin=origin, brand=brand.name)


def _keep_first(brief: Brief) -> Iterator[Text]:
    yield fixed("sentence.keep_first")


def _application(brief: Brief) -> Iterator[Text]:
    basis = legal_basis(brief.case.requesting_state, brief.kind)
    if basis and brief.case.court:
        yield fixed(
            "sentence.court_application",
            authority=brief.case.authority.name,
            basis=basis,
            state=brief.requested,
        )


def _order(brief: Brief) -> Iterator[Text]:
    court = brief.case.court
    if court:
        yield fixed("sentence.court_order", state=brief.requested)
    if court and court.order:
        ordered = f", {court.ordered}" if court.ordered else ""
        yield from_case(f"{court.order}{ordered}", "court.order")


_GIVEN: MappingProxyType[str, Callable[[Brief], Iterator[Text]]] = MappingProxyType(
    {
        "before_removal": _keep_first,
        "call_back": _call_back,
        "category": _category,
        "claims": _claims,
        "court_application": _application,
        "court_order": _order,
        "criteria": _criteria,
        "custodian": _custodian,
        "danger": _danger,
        "dissemination": _dissemination,
        "formal_request_will_follow": _formal_follow_up,
        "fraud_reported": _reported,
        "group": _group,
        "information": _information,
        "information_limits": _information_limits,
        "intention_to_follow_up": _follow_up,
        "law_breached": _unlawful,
        "preservation_reference": _preserved,
        "preserved": _preserved,
        "property": _property,
        "user_notice": _user_notice,
    }
)

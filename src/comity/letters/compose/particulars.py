"""Contents that only some kinds or measures have: what the case, the plan and the law give, and what was stated."""

from collections.abc import Callable, Iterator
from types import MappingProxyType

from comity.law import Confidence, Fact, Measure
from comity.letters.chain import legal_basis
from comity.letters.compose import estate, european
from comity.letters.compose.brief import Brief, from_case, planned
from comity.letters.compose.parties import conducting
from comity.letters.compose.terms import stands
from comity.letters.fields import MEMBERS
from comity.letters.model import Kind, Origin, OriginKind, Particular, Text
from comity.letters.tables import kinds, parts
from comity.letters.wording import fixed, said

KEEP_DAYS = 90
"""For how long data are to be kept: 18 USC 2703(f)(2); Convention on Cybercrime art. 29(7): 60 at least."""
#: Measures of which the user of an account or a line could hear from who keeps it.
_OF_USERS = frozenset(
    {
        Measure.PRESERVATION,
        Measure.PARTIAL_DISCLOSURE,
        Measure.SUBSCRIBER_INFORMATION,
        Measure.DOMAIN_REGISTRATION,
        Measure.TRAFFIC_DATA,
        Measure.CONTENT_DATA,
        Measure.REAL_TIME_TRAFFIC,
        Measure.INTERCEPTION,
        Measure.EMERGENCY_DISCLOSURE,
        Measure.BANK_INFORMATION,
    }
)


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
    # a letter to another state is about what touches both, unless the case file says otherwise
    if facts.get(Fact.ORGANISED_GROUP.value) and facts.get(Fact.TRANSNATIONAL.value, True):
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
        if done.measure is Measure.PRESERVATION and done.reference and stands(brief, done):
            origin = Origin(kind=OriginKind.CASE_FILE, where=f"earlier_steps[{number}].reference")
            if done.state == brief.requested:
                yield fixed("named.reference", origin=origin, reference=done.reference)


def _danger(brief: Brief) -> Iterator[Text]:
    if brief.case.legal_facts.get(Fact.EMERGENCY_TO_LIFE.value) and brief.case.urgency.reason.strip():
        yield from_case(brief.case.urgency.reason, "urgency.reason")


def _call_back(brief: Brief) -> Iterator[Text]:
    telephones = [contact for contact in conducting(brief).contacts if "@" not in contact]
    if telephones:
        origin = Origin(kind=OriginKind.CASE_FILE, where="authority.telephone")
        yield fixed("sentence.call_back", origin=origin, contacts="; ".join(telephones))


def _user_notice(brief: Brief) -> Iterator[Text]:
    if brief.confidential and brief.step.holder_name and any(measure in _OF_USERS for measure in brief.measures):
        yield fixed("sentence.user_notice_direct" if brief.to_holder else "sentence.user_notice")


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


def _keep_for(brief: Brief) -> Iterator[Text]:
    if brief.step.measure is Measure.PRESERVATION and brief.kind is not Kind.EPOC_PR:
        yield fixed("sentence.keep_for", days=str(KEEP_DAYS))


def _good_faith(brief: Brief) -> Iterator[Text]:
    yield fixed("sentence.good_faith")


def _dissemination(brief: Brief) -> Iterator[Text]:
    yield fixed("sentence.fiu_dissemination")


def _information(brief: Brief) -> Iterator[Text]:
    for number, victims in enumerate(brief.case.victims):
        if victims.state == brief.requested:
            origin = Origin(kind=OriginKind.CASE_FILE, where=f"victims[{number}]")
            yield fixed("sentence.share_victims", origin=origin, number=str(victims.number))


def _information_limits(brief: Brief) -> Iterator[Text]:
    yield fixed("sentence.share_limits")


def _claims(brief: Brief) -> Iterator[Text]:
    # a guess is not put to another state as its claim
    for claim in (claim for claim in brief.plan.jurisdiction.claims if claim.strength is not Confidence.LOW):
        origin = Origin(kind=OriginKind.PLAN, where=f"jurisdiction {claim.state} {claim.ground.value}")
        yield fixed("sentence.claim", origin=origin, state=claim.state, ground=claim.ground.value)


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
        "category": european.category,
        "certificate": european.certificate,
        "claims": _claims,
        "court_application": _application,
        "court_order": _order,
        "criteria": _criteria,
        "custodian": _custodian,
        "danger": _danger,
        "dissemination": _dissemination,
        "formal_request_will_follow": _formal_follow_up,
        "fraud_reported": _reported,
        "good_faith": _good_faith,
        "group": _group,
        "information": _information,
        "information_limits": _information_limits,
        "intention_to_follow_up": _follow_up,
        "keep_for": _keep_for,
        "law_breached": _unlawful,
        "list_offences": european.list_offences,
        "notification": european.notification,
        "preservation_reference": _preserved,
        "preserved": _preserved,
        "property": estate.property_,
        "time_limit": european.time_limit,
        "user_notice": _user_notice,
    }
)

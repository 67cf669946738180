"""Contents that the forms of the European Union have: category, list of offences, form, time limit, notification."""

from collections.abc import Iterator
from types import MappingProxyType

from comity.law import Measure
from comity.letters.compose.brief import Brief
from comity.letters.compose.listed import listed, ticked
from comity.letters.model import Family, Kind, Origin, OriginKind, Text
from comity.letters.tables import kinds
from comity.letters.wording import fixed
from comity.plan.model import UrgencyLevel

_CERTIFICATES = frozenset({Kind.EPOC, Kind.EPOC_PR})
#: The categories of Regulation (EU) 2023/1543 art. 3(9)-(12): a preservation may be of all.
_CATEGORIES: MappingProxyType[Measure, tuple[str, ...]] = MappingProxyType(
    {
        Measure.SUBSCRIBER_INFORMATION: ("category.subscriber",),
        Measure.TRAFFIC_DATA: ("category.traffic",),
        Measure.CONTENT_DATA: ("category.content",),
        Measure.PRESERVATION: ("category.subscriber", "category.traffic", "category.content"),
    }
)


def category(brief: Brief) -> Iterator[Text]:
    """The category of the data, as Regulation (EU) 2023/1543 art. 3 has it."""
    if brief.kind not in _CERTIFICATES and kinds()[brief.kind].family is not Family.PROVIDER:
        return
    origin = Origin(kind=OriginKind.PLAN, where=brief.step.id)
    keys = (key for measure in brief.measures for key in _CATEGORIES.get(measure, (f"measure.{measure.value}",)))
    yield from (fixed(key, origin=origin) for key in dict.fromkeys(keys))


def list_offences(brief: Brief) -> Iterator[Text]:
    """The items of the list that are ticked."""
    for offence, items in ticked(brief).items():
        origin = Origin(kind=OriginKind.LAW_DATA, where="letters/data/listed.toml", url=listed().source_url)
        yield fixed("sentence.ticked", origin=origin, items=";".join(items), offence=offence)


def certificate(brief: Brief) -> Iterator[Text]:
    """The official form whose layout the letter has."""
    form = kinds()[brief.kind].form
    if form is not None and brief.route:
        title = f"{brief.route.instrument} {brief.route.title}"
        yield fixed("sentence.eu_form" if form.annex else "sentence.eu_form_only", title=title, annex=form.annex)


def time_limit(brief: Brief) -> Iterator[Text]:
    """By when it is to be done: Regulation (EU) 2023/1543 art. 10(2), (4), 11(1)."""
    if brief.kind is Kind.EPOC_PR:
        yield fixed("sentence.epoc_pr_time")
    elif brief.kind is Kind.EPOC:
        yield fixed("sentence.epoc_time_emergency" if _is_emergency(brief) else "sentence.epoc_time")


def notification(brief: Brief) -> Iterator[Text]:
    """That the enforcing authority is told: Regulation (EU) 2023/1543 art. 8(1)."""
    if brief.kind is Kind.EPOC and any(m in {Measure.TRAFFIC_DATA, Measure.CONTENT_DATA} for m in brief.measures):
        # in an emergency the data do not wait for the enforcing authority: art. 10(4)
        key = "sentence.epoc_notification_emergency" if _is_emergency(brief) else "sentence.epoc_notification"
        yield fixed(key, state=brief.requested)


def _is_emergency(brief: Brief) -> bool:
    return brief.case.urgency.level is UrgencyLevel.EMERGENCY

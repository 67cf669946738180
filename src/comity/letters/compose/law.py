"""The law of a letter: what it rests on, which provisions were broken, and why the other side punishes the same."""

from types import MappingProxyType

from comity.law import InstrumentKind, NationalOffence
from comity.law.citing import is_statute, mark_of
from comity.law.penalty import coverage
from comity.law.route import ConditionKind
from comity.law.vocabulary import Addressee
from comity.law.vocabulary import Basis as BetweenWhom
from comity.letters.chain import legal_basis
from comity.letters.compose.brief import Brief
from comity.letters.compose.parties import addressee
from comity.letters.compose.section import Cited, cite, is_cited
from comity.letters.model import Basis, Kind, Offence, Origin, OriginKind, Provision, Text
from comity.letters.wording import fixed, said
from comity.plan.case import CaseOffenceEntry
from comity.plan.model import RouteChoice

_CHANNELS = frozenset({InstrumentKind.NETWORK, InstrumentKind.ORGANISATION})
#: How a treaty between two states is called while its own title and text were not read.
_TREATIES = MappingProxyType(
    {
        InstrumentKind.MLAT: "sentence.basis_unread",
        InstrumentKind.EXTRADITION: "sentence.basis_unread_surrender",
    }
)


def basis(brief: Brief) -> tuple[Basis, ...]:
    """The instrument that the letter invokes, in the words of the case file where it states them.

    Of a treaty whose text was not read no article is cited: what the law data assume is for the plan.
    """
    route = brief.route
    if route is None:
        statement = fixed("sentence.basis_none", addressee=addressee(brief).name)
        return (
            Basis(
                instrument="",
                title="",
                article="",
                channel=brief.channel.value,
                statement=statement,
                origin=statement.origin,
            ),
        )
    source = route.sources[0] if route.sources else None
    origin = Origin(
        kind=OriginKind.LAW_DATA,
        where=f"instruments/{route.instrument} {route.article}",
        url=source.url if source else "",
        as_of=source.as_of if source else "",
        confidence=source.confidence if source else None,
    )
    stated = brief.told("basis") or (_statement(brief, route, origin), *_issued_under(brief))
    return tuple(
        Basis(
            instrument=route.instrument,
            title=route.title,
            article=_article(brief, route),
            channel=route.channel.value,
            statement=statement,
            origin=origin,
        )
        for statement in stated
    )


def _issued_under(brief: Brief) -> tuple[Text, ...]:
    """The law at home under which a court issues the letter."""
    law = legal_basis(brief.case.requesting_state, brief.kind) if brief.kind is Kind.LETTER_ROGATORY else ""
    return (fixed("sentence.issued_under", basis=law),) if law else ()


def unread(brief: Brief) -> bool:
    """Whether the letter rests on an instrument between states whose text nobody has read."""
    route = brief.route
    if route is None or route.addressee.kind is not Addressee.AUTHORITY:
        return False
    return route.assumed or any(condition.kind is ConditionKind.RECALLED for condition in route.conditions)


def _article(brief: Brief, route: RouteChoice) -> str:
    """The article that the letter cites; empty: none stands, or nobody has read it."""
    if unread(brief):
        return ""
    return _own_law(brief) if _is_channel(route) else route.article


def _is_channel(route: RouteChoice) -> bool:
    """Whether an instrument joins authorities and gives no power: nothing is done under a network."""
    return route.kind in _CHANNELS and route.article.startswith(("practice", "principles"))


def _own_law(brief: Brief) -> str:
    """The provision of the requested state's own law under which it acts; empty: our data know none."""
    return next(
        (
            provision.article
            for instrument in brief.registry.instruments.values()
            if instrument.basis is BetweenWhom.REQUESTED_STATE and brief.requested in instrument.states
            for provision in instrument.provisions
            if provision.measure is brief.step.measure and is_statute(provision.article)
        ),
        "",
    )


def _statement(brief: Brief, route: RouteChoice, origin: Origin) -> Text:
    title, article = f"{route.instrument} {route.title}", _article(brief, route)
    if _is_channel(route):
        names = {"title": title, "state": brief.requested}
        key = "sentence.basis_network_law" if article else "sentence.basis_network"
        return said(key, names | ({"article": article} if article else {}), origin)
    if route.kind is InstrumentKind.COMITY:
        return fixed("sentence.basis_courtesy", origin=origin, title=title, article=article)
    if route.addressee.kind is not Addressee.AUTHORITY:
        name = addressee(brief).name
        return fixed("sentence.basis_direct", origin=origin, title=title, article=article, addressee=name)
    return _between_states(brief, route, origin)


def _between_states(brief: Brief, route: RouteChoice, origin: Origin) -> Text:
    title, article = f"{route.instrument} {route.title}", _article(brief, route)
    if route.kind is InstrumentKind.MLAT and is_statute(article):
        return fixed("sentence.basis_law", origin=origin, state=brief.requested, article=article)
    if route.assumed and route.kind in _TREATIES:
        states = {"state": brief.case.requesting_state, "other": brief.requested}
        return said(_TREATIES[route.kind], states, origin)
    if not article:
        return fixed("sentence.basis_untold", origin=origin, title=title)
    return fixed("sentence.basis", origin=origin, title=title, article=article)


def offences(brief: Brief) -> tuple[Offence, ...]:
    """Each offence of the case with the provisions that the case names, or those that our data know."""
    titles = {offence.id: offence.title for offence in brief.plan.case.offences}
    return tuple(
        Offence(
            id=offence.id,
            title=titles.get(offence.id, offence.id),
            max_penalty_years=offence.max_penalty_years,
            provisions=provisions(brief, offence),
            origin=Origin(kind=OriginKind.CASE_FILE, where=f"offences[{number}]"),
        )
        for number, offence in enumerate(brief.case.offences)
        if offence.id in brief.offence_ids
    )


def provisions(brief: Brief, offence: CaseOffenceEntry) -> tuple[Provision, ...]:
    """The sections of an offence: those that the case names, else those that our data know."""
    state = brief.case.requesting_state
    law = brief.registry.states.get(state)
    rows = law.offences if law else ()
    if not offence.sections:
        known = coverage(brief.registry, state, offence.id, brief.on).ordinary
        return tuple(_provision(row, state) for row in _once(known))
    return tuple(found for named in offence.sections for found in _named(cite(named), rows, state, offence.id))


def _named(cited: Cited, rows: tuple[NationalOffence, ...], state: str, offence: str) -> tuple[Provision, ...]:
    """What our data know of a section that the case names; as it was named, where they know nothing."""
    known = [row for row in rows if is_cited(cited, row)]
    own = [row for row in known if row.offence_id == offence] or known
    if own:
        return tuple(_provision(row, state) for row in _once(tuple(own)))
    origin = Origin(kind=OriginKind.CASE_FILE, where="offences.sections")
    return (Provision(law=cited.law, section=cited.section, mark=cited.mark or mark_of(state), origin=origin),)


def _once(rows: tuple[NationalOffence, ...]) -> tuple[NationalOffence, ...]:
    return tuple({(row.law, row.section): row for row in rows}.values())


def _provision(row: NationalOffence, state: str) -> Provision:
    return Provision(
        law=row.law,
        section=row.section,
        mark=row.mark,
        title=row.title,
        max_penalty_years=row.max_penalty_years,
        life_only=row.life_only,
        in_force_from=row.in_force_from,
        in_force_to=row.in_force_to,
        origin=Origin(
            kind=OriginKind.LAW_DATA,
            where=f"states/{state}/offences",
            url=row.source_url,
            as_of=row.as_of,
            confidence=row.confidence,
        ),
    )

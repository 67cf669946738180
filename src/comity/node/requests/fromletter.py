"""A letter as a request: who asks whom for what, and what its basis promises about the time."""

from django.utils.translation import gettext as _

from comity.docket import Direction, Request, Target, promises_of
from comity.law import Channel, Measure, Query, Registry, Route, find_routes
from comity.letters.model import Basis, Letter


class NoRequestError(ValueError):
    """A letter that asks for nothing that a docket could follow."""


def request_of(letter: Letter, registry: Registry, *, direction: Direction, request_id: str) -> Request:
    """The request that a letter makes; NoRequestError where the two states or the measure are not known."""
    requesting, requested = letter.requesting.state, letter.addressee.state
    if not requesting or not requested:
        raise NoRequestError(_("which two states it is between was not recognised; give them with --from and --to"))
    if not letter.assistance:
        raise NoRequestError(_("it asks for no measure; open the request that it is about"))
    item = letter.assistance[0]
    route = _route(letter, registry, item.measure)
    basis = letter.basis[0] if letter.basis else None
    outgoing = direction is Direction.OUTGOING
    return Request(
        id=request_id,
        reference=letter.reference if outgoing else f"IN-{request_id}",
        their_reference="" if outgoing else letter.reference,
        direction=direction,
        kind=letter.kind.value,
        case=letter.case_reference,
        unit=(letter.conducting or letter.requesting).name if outgoing else "",
        measure=item.measure,
        requesting=requesting,
        requested=requested,
        channel=route.channel if route else _channel(basis),
        instrument=basis.instrument if basis else "",
        offences=tuple(offence.id for offence in letter.offences),
        targets=_targets(letter),
        period_from=item.period.start if item.period else "",
        period_to=item.period.end if item.period else "",
        emergency=item.measure is Measure.EMERGENCY_DISCLOSURE,
        promises=promises_of(route) if route else (),
    )


def _targets(letter: Letter) -> tuple[Target, ...]:
    return tuple(
        Target(kind=subject.kind, value=subject.value, holder=item.holder_id or item.holder)
        for item in letter.assistance
        for subject in item.subjects
    )


def _channel(basis: Basis | None) -> Channel:
    try:
        return Channel(basis.channel) if basis else Channel.CENTRAL_AUTHORITIES
    except ValueError:
        return Channel.CENTRAL_AUTHORITIES


def _route(letter: Letter, registry: Registry, measure: Measure) -> Route | None:
    """The route that the letter names, as the law is on its day; None: it names none that our data know."""
    known = tuple(offence.id for offence in letter.offences if offence.id in registry.offences)
    query = Query(
        requesting=letter.requesting.state,
        requested=letter.addressee.state,
        measure=measure,
        on=letter.dated_on,
        offences=known,
    )
    named = [(basis.instrument, basis.channel) for basis in letter.basis if basis.instrument]
    routes = [route for route in find_routes(query, registry).routes if route.instrument in {i for i, _ in named}]
    exact = [route for route in routes if (route.instrument, route.channel.value) in named]
    return next(iter(exact or routes), None)

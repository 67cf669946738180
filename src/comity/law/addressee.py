"""To whom a request goes: the authority that a state has named for an instrument and a channel."""

from comity.law.instrument import Instrument, StateCode
from comity.law.registry import Registry
from comity.law.route import RouteAddressee
from comity.law.state import Authority
from comity.law.vocabulary import Addressee, AuthorityRole, Channel, Confidence, Measure

_ROLE_OF_CHANNEL = {
    Channel.CENTRAL_AUTHORITIES: AuthorityRole.CENTRAL_AUTHORITY,
    Channel.CONTACT_POINTS_24_7: AuthorityRole.CONTACT_24_7,
    Channel.DIPLOMATIC: AuthorityRole.CENTRAL_AUTHORITY,
    Channel.POLICE: AuthorityRole.INTERPOL_NCB,
    Channel.FIU: AuthorityRole.FIU,
}

_UNNAMED = {
    Channel.CENTRAL_AUTHORITIES: "the central authority was not sourced",
    Channel.CONTACT_POINTS_24_7: "the 24/7 contact point was not sourced; it is exchanged within the network",
    Channel.JUDICIAL_DIRECT: "the judicial authority with jurisdiction over the place",
    Channel.DIPLOMATIC: "through the embassy to the foreign ministry there",
    Channel.POLICE: "the National Central Bureau there",
    Channel.FIU: "the financial intelligence unit there",
    Channel.DIRECT_TO_PROVIDER: "the provider that controls the data",
}


def route_addressee(
    registry: Registry, *, instrument: Instrument, state: StateCode, channel: Channel, kind: Addressee, measure: Measure
) -> RouteAddressee:
    """The addressee, by name where a source gives it; authorities known from memory only are not named."""
    note = _UNNAMED.get(channel, "")
    if kind is not Addressee.AUTHORITY:
        what = "the registrar of the domain" if kind is Addressee.REGISTRAR else _UNNAMED[Channel.DIRECT_TO_PROVIDER]
        return RouteAddressee(kind=kind, state=state, note=what)
    role = _ROLE_OF_CHANNEL.get(channel)
    serving = _serving(registry, instrument=instrument, state=state, role=role, measure=measure) if role else ()
    receiver = instrument.general.receiver if instrument.general else ""
    if receiver and not any(instrument.id in one.instrument.split(";") for one in serving):
        return RouteAddressee(kind=kind, state=state, note=receiver)
    if not serving:
        return RouteAddressee(kind=kind, state=state, role=role, note=note)
    authority, *others = serving
    notes = [note] if channel is Channel.DIPLOMATIC else []
    notes += [f"in its field instead: {other.name}" for other in others]
    return RouteAddressee(
        kind=kind,
        state=state,
        role=role,
        name=authority.name,
        city=authority.city,
        languages=authority.languages,
        url=authority.public_url,
        note="; ".join(notes),
    )


def _serving(
    registry: Registry, *, instrument: Instrument, state: StateCode, role: AuthorityRole, measure: Measure
) -> tuple[Authority, ...]:
    """Those named for the instrument, else those that serve any; the first of a file is the one for the usual case."""
    law = registry.states.get(state)
    known = [a for a in (law.authorities if law else ()) if a.role is role and a.confidence is not Confidence.LOW]
    serving = [a for a in known if not a.measures or measure.value in a.measures.split(";")]
    named = tuple(a for a in serving if instrument.id in a.instrument.split(";"))
    return named or tuple(a for a in serving if not a.instrument)

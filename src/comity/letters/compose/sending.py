"""Who sends a letter abroad, signs it, and through whose hands it goes before.

A country's own chain goes first (`comity.letters.chain`). Where it is not known, the authority that the law data name
for the instrument and the channel sends the letter: police do not write from one central authority to another.
"""

from collections.abc import Iterator
from types import MappingProxyType

from comity.law import Channel
from comity.law.addressee import route_addressee
from comity.law.vocabulary import Addressee
from comity.letters.chain import COURT, Hand, chain, hands, name_in, office_of, origin_of, sender
from comity.letters.compose.brief import Brief
from comity.letters.model import Handover, Kind, Origin, OriginKind, Party, Signatory
from comity.letters.wording import catalogue, fixed

CENTRAL = "central_of"
"""The office that stands for a central authority which no source names."""
INTERPOL = "interpol"
#: Offices that send what travels on a channel, under the name that every language has for them.
_OFFICES = MappingProxyType(
    {
        Channel.CENTRAL_AUTHORITIES: CENTRAL,
        Channel.DIPLOMATIC: CENTRAL,
        Channel.CONTACT_POINTS_24_7: "contact_point_of",
        Channel.FIU: "fiu_of",
        Channel.POLICE: "interpol_of",
    }
)


def sending(brief: Brief) -> Party | None:
    """The authority that sends the letter; None: whoever conducts the case sends it.

    Where the law data name no central authority, the party is its office, `CENTRAL`: a check says so.
    """
    state = brief.case.requesting_state
    hand = sender(state, brief.kind, brief.channel)
    if hand is not None:
        name, office = name_in(brief.case, hand.who), office_of(hand.who)
        return Party(name=name, office=office, role="requesting", state=state, origin=origin_of(hand, state))
    if hands(state, brief.kind, brief.channel):
        return None
    told = brief.told("requesting")
    if told:
        return Party(name=told[0].text, role="requesting", state=state, origin=told[0].origin)
    found = _named(brief)
    return found if found is not None and found.name != brief.case.authority.name else None


def _named(brief: Brief) -> Party | None:
    """As the law data name it for the route; its office, where they do not."""
    route, state = brief.route, brief.case.requesting_state
    if route is None or route.addressee.kind is not Addressee.AUTHORITY or not _goes_by_office(brief):
        return None
    instrument = brief.registry.instruments[route.instrument]
    found = route_addressee(
        brief.registry,
        instrument=instrument,
        state=state,
        channel=route.channel,
        kind=Addressee.AUTHORITY,
        measure=brief.step.measure,
    )
    office = "" if found.name else _OFFICES[route.channel]
    return Party(
        name=found.name or catalogue().say(f"office.{office}", state=state),
        office=office,
        role="requesting",
        city=found.city,
        state=state,
        url=found.url,
        origin=Origin(kind=OriginKind.LAW_DATA, where=f"states/{state}/authorities", url=found.url),
    )


def _goes_by_office(brief: Brief) -> bool:
    """Whether the channel joins offices of the two states; police forces may also write to each other.

    A bureau of INTERPOL answers a bureau: where the addressee is one, the sender is.
    """
    if brief.channel is Channel.POLICE:
        route = brief.route
        return route is not None and (route.instrument == INTERPOL or not route.addressee.name)
    return brief.channel in _OFFICES


def transmission(brief: Brief) -> tuple[Handover, ...]:
    """The hands through which the letter goes: the country's chain, else from who conducts the case to who sends."""
    known = chain(brief.case, brief.kind, brief.channel)
    party = sending(brief)
    if known or party is None:
        return known
    return tuple(_passed_on(brief, party))


def _passed_on(brief: Brief, party: Party) -> Iterator[Handover]:
    case, state = brief.case, brief.case.requesting_state
    told = Origin(kind=OriginKind.CASE_FILE, where="authority")
    yield Handover(number=1, who=case.authority.name, state=state, does=fixed("does.prepares"), origin=told)
    court = case.court if brief.kind is Kind.LETTER_ROGATORY else None
    if court is not None:
        yield Handover(number=2, who=court.name, state=state, does=fixed("does.issues"), signs=True, origin=told)
    yield Handover(
        number=3 if court is not None else 2,
        who=party.name,
        office=party.office,
        state=state,
        does=fixed("does.signs_sends"),
        signs=True,
        origin=party.origin,
    )


def signatures(brief: Brief) -> tuple[Signatory, ...]:
    """Who signs, in order: by the country's chain, else the court and who sends, else whom the case file names."""
    state = brief.case.requesting_state
    signing = [hand for hand in hands(state, brief.kind, brief.channel) if hand.signs]
    if signing:
        return tuple(_by_hand(brief, number, hand) for number, hand in enumerate(signing, start=1))
    party = sending(brief)
    if party is not None:
        return tuple(_by_office(brief, party))
    authority = brief.case.authority
    origin = Origin(kind=OriginKind.CASE_FILE, where="authority.signatory")
    return (Signatory(number=1, name=authority.signatory, authority=authority.name, origin=origin),)


def _by_office(brief: Brief, party: Party) -> Iterator[Signatory]:
    court = brief.case.court if brief.kind is Kind.LETTER_ROGATORY else None
    if court is not None:
        origin = Origin(kind=OriginKind.CASE_FILE, where="court")
        yield Signatory(number=1, name=court.judge or court.name, authority=court.name, seal=True, origin=origin)
    yield Signatory(
        number=2 if court is not None else 1,
        name=party.name,
        authority=party.name,
        office=party.office,
        state=party.state,
        origin=party.origin,
    )


def _by_hand(brief: Brief, number: int, hand: Hand) -> Signatory:
    authority = name_in(brief.case, hand.who)
    judge = brief.case.court.judge if hand.who == COURT and brief.case.court else ""
    return Signatory(
        number=number,
        name=judge or authority,
        authority=authority,
        office=office_of(hand.who),
        state=brief.case.requesting_state,
        seal=hand.seal,
        origin=origin_of(hand, brief.case.requesting_state),
    )

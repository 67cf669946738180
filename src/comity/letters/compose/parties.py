"""Who sends the letter, who conducts the case, the court, and to whom it goes."""

from comity.law import Channel, Confidence
from comity.law.vocabulary import Addressee
from comity.letters.compose.brief import Brief
from comity.letters.compose.sending import sending
from comity.letters.model import Kind, Origin, OriginKind, Party
from comity.letters.wording import catalogue

#: Where no authority is named, the letter goes to an office that every state of the channel has.
_BY_OFFICE = {
    Channel.POLICE: "interpol_of",
    Channel.CONTACT_POINTS_24_7: "contact_point_of",
    Channel.FIU: "fiu_of",
    Channel.DIPLOMATIC: "judicial_of",
    Channel.JUDICIAL_DIRECT: "judicial_place_of",
}
#: The networks of contact points work in English (in the law data: "English usual").
_NETWORK_LANGUAGES = ("en",)
#: Channels on which a letter is read by authorities of the state, in the state's language.
_STATES_LANGUAGE = frozenset({Channel.CENTRAL_AUTHORITIES, Channel.DIPLOMATIC, Channel.JUDICIAL_DIRECT})


def conducting(brief: Brief) -> Party:
    """The authority that conducts the case."""
    authority = brief.case.authority
    contacts = (*(part.strip() for part in authority.contact.split(",")), authority.telephone)
    # who signs may be told by office alone, who answers questions has a name
    name, rank = name_and_rank(authority.officer or authority.signatory)
    if not authority.officer and not rank:
        name, rank = "", name
    return Party(
        name=authority.name,
        unit=authority.unit,
        officer=name,
        rank=rank,
        role="conducts",
        address=authority.address,
        city=authority.city,
        state=brief.case.requesting_state,
        contacts=tuple(contact for contact in dict.fromkeys(contacts) if contact),
        origin=Origin(kind=OriginKind.CASE_FILE, where="authority"),
    )


def name_and_rank(told: str) -> tuple[str, str]:
    """*Claire Dubois, capitaine* as name and rank."""
    name, _, rank = told.partition(",")
    return name.strip(), rank.strip()


def requesting(brief: Brief) -> Party:
    """Who asks abroad: the court whose letter it is, the authority that sends for the country, else who conducts."""
    return court(brief) or sending(brief) or conducting(brief)


def court(brief: Brief) -> Party | None:
    """The court that issues the letter; None: another kind, or not told."""
    told = brief.case.court
    if told is None or brief.kind is not Kind.LETTER_ROGATORY:
        return None
    name, rank = name_and_rank(told.judge)
    return Party(
        name=told.name,
        officer=name,
        rank=rank,
        role="issues",
        city=told.city,
        state=brief.case.requesting_state,
        origin=Origin(kind=OriginKind.CASE_FILE, where="court"),
    )


def addressee(brief: Brief) -> Party:
    """To whom it goes; an empty name: not known, ask before sending."""
    route = brief.route
    if route is None or route.addressee.kind is not Addressee.AUTHORITY:
        return _holder(brief)
    named = route.addressee
    # a court writes to a court: the ministries only pass its letter on
    courts = brief.kind is Kind.LETTER_ROGATORY
    office = "judicial_of" if courts else "" if named.name else _BY_OFFICE.get(brief.channel, "")
    return Party(
        name=catalogue().say(f"office.{office}", state=brief.requested) if office else named.name,
        office=office,
        city="" if courts else named.city,
        state=brief.requested,
        languages=_languages(brief),
        contacts=tuple(text.text for text in brief.told("addressee.contacts")),
        url=named.url,
        note=named.note,
        origin=Origin(kind=OriginKind.LAW_DATA, where=f"states/{brief.requested}/authorities", url=named.url),
    )


def _languages(brief: Brief) -> tuple[str, ...]:
    """What the addressee accepts: as the case file states it, else as the law data say of it or of its state.

    The authorities of a state read its language: where nobody says it of the one addressed, what is said of another
    holds.
    """
    told = tuple(code for text in brief.told("addressee.languages") for code in text.text.replace(",", " ").split())
    if told or brief.route is None:
        return told
    if brief.channel is Channel.CONTACT_POINTS_24_7:
        return _NETWORK_LANGUAGES
    own = brief.route.addressee.languages
    law = brief.registry.states.get(brief.requested) if brief.channel in _STATES_LANGUAGE else None
    others = (row.languages for row in (law.authorities if law else ()) if row.confidence is not Confidence.LOW)
    known = own or next((languages for languages in others if languages), "")
    return tuple(code for code in known.split(";") if code)


def _holder(brief: Brief) -> Party:
    """A provider, registrar or bank, as the tables know it."""
    holder = brief.holder(brief.step)
    row = brief.registry.providers.get(holder.provider) if holder else None
    return Party(
        name=(holder.legal_entity or holder.name) if holder else "",
        unit=holder.name if holder and holder.legal_entity not in {"", holder.name} else "",
        state=brief.requested,
        languages=("en",) if row and row.law_enforcement_url else (),
        url=(row.law_enforcement_url if row else "") or (holder.url if holder else ""),
        note="; ".join(holder.notes) if holder else "",
        origin=Origin(
            kind=OriginKind.LAW_DATA if row else OriginKind.PLAN,
            where=f"providers/{row.id}" if row else f"holder {brief.step.holder}",
            url=row.source_url if row else "",
            as_of=row.as_of if row else "",
            confidence=row.confidence if row else None,
        ),
    )

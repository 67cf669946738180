"""A complete letter of every kind: each field filled with good text, most of it the example of its requirement."""

from datetime import date
from typing import Any

import msgspec

from comity.law import Measure
from comity.letters.checks import Expected, Requirement, applies, requirements
from comity.letters.fields import MEMBERS
from comity.letters.model import (
    About,
    Basis,
    DualCriminality,
    EarlierAct,
    Enclosure,
    Handover,
    Item,
    Kind,
    LawText,
    Letter,
    Offence,
    Origin,
    OriginKind,
    Particular,
    Party,
    Payment,
    Person,
    Provision,
    Signatory,
    Span,
    Subject,
    Text,
    Undertaking,
    UndertakingKind,
)
from comity.letters.tables import fields_of, kinds
from comity.letters.wording import fixed

ON = date(2026, 11, 24)
ORIGIN = Origin(kind=OriginKind.DRAFTER)
CIRCUMSTANCES = (
    "urgent confidential no_treaty contact_point open_conditions outgoing preserved dual_criminality death_penalty "
    "de_minimis political_offence military_offence amnesty_or_lapse immunity_privilege"
).split()
LINES = ("stage", "facts", "losses", "link", "purpose", "necessity", "procedure", "urgency", "privilege")
OTHERWISE = "On 20 November 2026 the investigators recorded in exhibit 4 what this letter has to say about the matter."


def text(said: str) -> Text:
    return Text(text=said, origin=ORIGIN)


def measures_of(kind: Kind) -> tuple[Measure, ...]:
    """Every measure that a requirement of the kind is about; a fitting one where there is none."""
    if kind in {Kind.PRESERVATION_REQUEST, Kind.PROVIDER_PRESERVATION, Kind.EPOC_PR, Kind.PRESERVATION_EXTENSION}:
        return (Measure.PRESERVATION,)
    if kind in {Kind.EXTRADITION_REQUEST, Kind.EAW, Kind.PROVISIONAL_ARREST}:
        return (Measure.EXTRADITION,)
    return tuple(Measure)


def expected_for(kind: Kind, state: str = "US") -> Expected:
    return Expected(state=state, measures=measures_of(kind), circumstances=tuple(CIRCUMSTANCES))


def complete(kind: Kind, state: str = "US") -> tuple[Letter, Expected]:
    expected = expected_for(kind, state)
    bare = _bare(kind, state)
    wanted = [r for r in requirements() if applies(r, bare, expected)]
    has = fields_of(kind)
    members: dict[str, Any] = {name: value for name, value in _members(expected, wanted).items() if name in has}
    specials = sorted(has - MEMBERS)
    particulars = tuple(Particular(field=field, text=text(_example(field, wanted))) for field in specials)
    return msgspec.structs.replace(bare, particulars=particulars, **members), expected


def _example(field: str, wanted: list[Requirement]) -> str:
    rows = [r for r in wanted if r.field == field] or [r for r in requirements() if r.field == field]
    return " ".join(dict.fromkeys(r.example for r in rows)) or OTHERWISE


def _bare(kind: Kind, state: str) -> Letter:
    return Letter(
        kind=kind,
        title=fixed(f"kind.{kind.value}"),
        reference="Cr. No. 147/2026 / s34",
        case_reference="Cr. No. 147/2026",
        dated_on=ON,
        requesting=_party("Ministry of Home Affairs", contacts=("lc@authority.example", "+91 11 2309 0000")),
        conducting=_party("Cyber Crime Police Station, Suryapur", role="conducts", officer="Inspector A. N. Other"),
        addressee=_party(
            "Office of International Affairs",
            languages=("ru",),
            state=state,
            city="Washington",
            contacts=("+1 202 555 0100",),
        ),
    )


def _party(name: str, *, state: str = "IN", **more: Any) -> Party:
    return Party(name=name, state=state, origin=ORIGIN, **more)


def _members(expected: Expected, wanted: list[Requirement]) -> dict[str, Any]:
    lines = {name: (text(_example(name, wanted)),) for name in LINES}
    return lines | {
        "about": About(
            kind=Kind.MLA_REQUEST, reference="Cr. No. 147/2026 / s34", dated_on=date(2026, 11, 20), from_state="IN",
            received_on=ON,
        ),
        "court": _party("Court of the Chief Judicial Magistrate, Suryapur", role="issues", officer="A. Judge"),
        "basis": (
            Basis(
                instrument="untoc", title="UNTOC", article="18", channel="central_authorities",
                statement=fixed("sentence.basis", title="UNTOC", article="article 18"), origin=ORIGIN,
            ),
        ),
        "persons": (
            Person(
                name="Наталья Пример", name_latin="Natalya Primer", role="sought", nationality="RU", residence="AE",
                born="1990-05-01, Suryapur", identity=("passport Z0000000",), note=text("wears glasses"), origin=ORIGIN,
            ),
        ),
        "offences": (
            Offence(
                id="computer_fraud", title="Computer-related fraud", max_penalty_years=7,
                provisions=(
                    Provision(
                        law="Information Technology Act 2000", section="66D", title="Cheating by personation",
                        max_penalty_years=3, in_force_from="2009-10-27", origin=ORIGIN,
                    ),
                    Provision(law="Bharatiya Nyaya Sanhita 2023", section="111", max_penalty_years=99, origin=ORIGIN),
                ),
                origin=ORIGIN,
            ),
        ),
        "law_texts": (
            LawText(
                law="Information Technology Act 2000", section="66D", official=True,
                paragraphs=(text("Whoever cheats by personating"), text("shall be punished")),
            ),
        ),
        "dual_criminality": (
            DualCriminality(
                offence="computer_fraud", verdict="satisfied",
                argument=fixed("answered.dual_criminality", state=expected.state, sections="18 USC 1343"),
                sections_there=("18 USC 1343",), elements=("dishonest_intent",), carries=True, origin=ORIGIN,
            ),
        ),
        "assistance": tuple(item(number, measure) for number, measure in enumerate(expected.measures, start=1)),
        "payments": (
            Payment(
                at="2026-11-18T15:47:52+05:30", amount="24800.00", currency="USD", source="50100123456789",
                target="AE070331234567890123456", reference="SWFT-1", origin=ORIGIN,
            ),
        ),
        "confidentiality": (fixed("sentence.confidential"), text("The handler would empty the accounts.")),
        "earlier": (
            EarlierAct(
                measure="preservation", state=expected.state, holder="Google", sent_on=date(2026, 11, 19),
                effective_on=date(2026, 11, 20), lapses="2027-01-18", reference="PV-88213",
                outcome=text("kept"), origin=ORIGIN,
            ),
        ),
        "undertakings": tuple(
            Undertaking(kind=kind, text=text(f"An undertaking on {kind.value} is given.")) for kind in UndertakingKind
        ),
        "enclosures": tuple(
            Enclosure(number=number, id=paper, title=text(f"Paper {paper}"), digest="ab" * 32, origin=ORIGIN)
            for number, paper in enumerate(("law_text", "translation"), start=1)
        ),
        "signatures": (Signatory(number=1, name="Chief Judicial Magistrate", authority="Court", origin=ORIGIN),),
        "chain": (
            Handover(
                number=1, who="Inspector", state="IN", does=text("drafts"), adds=(text("the facts"),), signs=True,
                form="Form 1", legal_basis="BNSS s. 112", origin=ORIGIN,
            ),
        ),
    }  # fmt: skip


def item(number: int, measure: Measure) -> Item:
    return Item(
        number=number,
        measure=measure,
        what=text(f"Please give {measure.value}."),
        data=(text("log-ins with address, port and time"),),
        holder="Google",
        holder_id="google",
        subjects=(
            Subject(kind="email-addr", value="settle.desk@mail.example", origin=ORIGIN),
            Subject(
                kind="ipv4-addr", value="203.0.113.7", shown="203.0.113.7 (mail server)",
                detail="2026-11-18T04:31:05+00:00, source port 51522", origin=ORIGIN,
            ),
        ),
        period=Span(start="2026-11-16T00:00:00+05:30", end="2026-11-20T00:00:00+05:30", why=text("first to last use")),
        reason=(text("This address received the answers of the victims: whoever opened it leads to the offender."),),
        origin=ORIGIN,
    )  # fmt: skip


def every_kind() -> tuple[Kind, ...]:
    return tuple(kinds())

"""A small made-up world of law, in which each rule can be seen alone."""

from collections.abc import Callable

import pytest

from comity.law.instrument import (
    Condition,
    Content,
    EntryRule,
    Exclusion,
    General,
    Instrument,
    Participation,
    Provision,
    Scope,
    TimeLimit,
)
from comity.law.lawdata import LawData, StateLaw
from comity.law.registry import Registry, build_registry
from comity.law.state import Authority, Membership, NationalOffence, Offence
from comity.law.vocabulary import (
    Absence,
    AuthorityRole,
    Basis,
    Channel,
    Confidence,
    DualCriminality,
    Fact,
    InstrumentKind,
    Measure,
    RefusalGround,
    ScopeOffences,
    TimeUnit,
    TreatyStatus,
)

URL = "https://example.org/source"
HIGH = Confidence.HIGH


def provision(article: str, measure: Measure, **changes: object) -> Provision:
    facts: dict[str, object] = {
        "article": article,
        "measure": measure,
        "summary": f"gives {measure.value}",
        "duty": True,
        "confidence": HIGH,
        "source_url": URL,
    }
    return Provision(**{**facts, **changes})  # type: ignore[arg-type]  # facts by name


def instrument(instrument_id: str, kind: InstrumentKind, **changes: object) -> Instrument:
    facts: dict[str, object] = {
        "id": instrument_id,
        "title": f"The {instrument_id}",
        "kind": kind,
        "in_force_on": "2004-07-01",
        "absence": Absence.NOT_PARTY,
        "scope": Scope(offences=(ScopeOffences.ALL_OFFENCES,)),
        "general": General(dual_criminality=DualCriminality.NOT_REQUIRED, channel=Channel.CENTRAL_AUTHORITIES),
        "source_urls": (URL,),
        "as_of": "2026-01-01",
        "confidence": HIGH,
    }
    return Instrument(**{**facts, **changes})  # type: ignore[arg-type]  # facts by name


def party(state: str, **changes: object) -> Participation:
    facts: dict[str, object] = {
        "state": state,
        "how": "ratification",
        "in_force_on": "2010-01-01",
        "source_url": URL,
        "as_of": "2026-01-01",
        "confidence": HIGH,
    }
    return Participation(**{**facts, **changes})  # type: ignore[arg-type]  # facts by name


def section(offence: str, years: float | None, **changes: object) -> NationalOffence:
    facts: dict[str, object] = {
        "law": "Code",
        "section": "1",
        "title": "t",
        "offence_id": offence,
        "max_penalty_years": years,
        "source_url": URL,
        "as_of": "2026-01-01",
        "confidence": HIGH,
    }
    return NationalOffence(**{**facts, **changes})  # type: ignore[arg-type]  # facts by name


def offence(offence_id: str, **changes: object) -> Offence:
    facts: dict[str, object] = {
        "id": offence_id,
        "title": offence_id,
        "description": "d",
        "elements": (),
        "source_url": URL,
        "as_of": "2026-01-01",
        "confidence": HIGH,
    }
    return Offence(**{**facts, **changes})  # type: ignore[arg-type]  # facts by name


def world_data() -> LawData:
    convention = instrument(
        "convention",
        InstrumentKind.CONVENTION,
        scope=Scope(
            offences=(ScopeOffences.CYBERCRIME_LISTED, ScopeOffences.EVIDENCE_IN_ELECTRONIC_FORM), catalogue="budapest"
        ),
        general=General(
            dual_criminality=DualCriminality.MAY_REQUIRE,
            refusal_grounds=(RefusalGround.POLITICAL_OFFENCE, RefusalGround.FISCAL_NOT_A_GROUND),
            channel=Channel.CENTRAL_AUTHORITIES,
        ),
        entry_rule=EntryRule(months=3),
        provisions=(
            provision(
                "29",
                Measure.PRESERVATION,
                channel=Channel.CONTACT_POINTS_24_7,
                dual_criminality=DualCriminality.NOT_REQUIRED,
                refusal_grounds=(),
                time_limits=(TimeLimit(value=60, unit=TimeUnit.DAYS, starts="preservation", kind="minimum_duration"),),
                conditions=(Condition(text="a request will follow", fact=Fact.FOLLOW_UP_INTENDED),),
            ),
            provision("31", Measure.CONTENT_DATA),
            provision("27", Measure.BANK_INFORMATION, subsidiary=True),
            provision(
                "24",
                Measure.EXTRADITION,
                offences=(ScopeOffences.CYBERCRIME_LISTED,),
                min_years=1,
                dual_criminality=DualCriminality.REQUIRED,
            ),
        ),
        contents=(
            Content(field="facts", requirement="say what happened", article="29", measures=(Measure.PRESERVATION,)),
            Content(field="authority", requirement="say who asks", article="27"),
        ),
        exclusions=(
            Exclusion(
                states=("GB",),
                toward=("RU",),
                from_on="2022-01-01",
                to_on="2023-12-31",
                reason="suspended between them",
                source_url=URL,
                as_of="2024-01-01",
                confidence=HIGH,
            ),
        ),
    )
    protocol = instrument(
        "protocol",
        InstrumentKind.PROTOCOL,
        parent="convention",
        provisions=(provision("7", Measure.SUBSCRIBER_INFORMATION, channel=Channel.DIRECT_TO_PROVIDER),),
    )
    treaty = instrument(
        "in-us-mlat-2005",
        InstrumentKind.MLAT,
        states=("IN", "US"),
        in_force_on="2005-10-03",
        status=TreatyStatus.IN_FORCE,
        assistance=True,
        provisions=(
            provision("8", Measure.BANK_INFORMATION),
            provision(
                "15",
                Measure.CONTENT_DATA,
                conditions=(
                    Condition(text="probable cause", fact=Fact.PROBABLE_CAUSE_SHOWN, when_requested="US"),
                    Condition(text="magistrate's order", when_requested="IN"),
                ),
            ),
        ),
    )
    unread = instrument(
        "gb-in-mlat-1992",
        InstrumentKind.MLAT,
        states=("GB", "IN"),
        in_force_on="",
        status=TreatyStatus.IN_FORCE_LISTED,
        assistance=True,
        scope=None,
        general=None,
        provisions_of="model",
    )
    of_the_union = instrument(
        "eu-jp-mlat-2009",
        InstrumentKind.MLAT,
        states=("EU", "JP"),
        in_force_on="2011-01-02",
        status=TreatyStatus.IN_FORCE,
        assistance=True,
        provisions=(provision("3", Measure.TESTIMONY),),
    )
    crime = instrument(
        "crime-convention",
        InstrumentKind.CONVENTION,
        scope=Scope(offences=(ScopeOffences.ORGANISED_CRIME, ScopeOffences.SERIOUS_CRIME_MIN_YEARS), min_years=4),
        provisions=(provision("18", Measure.TESTIMONY), provision("18", Measure.BANK_INFORMATION)),
    )
    future = instrument(
        "future",
        InstrumentKind.CONVENTION,
        in_force_on="",
        not_in_force_as_of="2026-05-21",
        provisions=(provision("42", Measure.PRESERVATION),),
    )
    letters = instrument(
        "letters",
        InstrumentKind.COMITY,
        basis=Basis.UNIVERSAL,
        binding=False,
        provisions=(
            provision(
                "practice",
                Measure.TESTIMONY,
                channel=Channel.DIPLOMATIC,
                conditions=(Condition(text="reciprocity", fact=Fact.RECIPROCITY_ASSURED),),
            ),
        ),
    )
    own_law = instrument(
        "own-law",
        InstrumentKind.VOLUNTARY_DISCLOSURE,
        basis=Basis.REQUESTED_STATE,
        states=("US",),
        binding=False,
        provisions=(
            provision("1", Measure.CONTENT_DATA, needs="protocol", channel=Channel.DIRECT_TO_PROVIDER),
            provision("2", Measure.CONTENT_DATA, confidence=Confidence.LOW),
        ),
    )
    police = instrument(
        "police",
        InstrumentKind.ORGANISATION,
        absence=Absence.UNKNOWN,
        provisions=(
            provision("practice", Measure.POLICE_INFORMATION, channel=Channel.POLICE, only_requested=("US", "GB")),
        ),
    )
    model = instrument(
        "model", InstrumentKind.MLAT, provisions=(provision("2", Measure.TESTIMONY, confidence=Confidence.LOW),)
    )
    return LawData(
        instruments=(
            convention,
            protocol,
            treaty,
            unread,
            of_the_union,
            crime,
            future,
            letters,
            own_law,
            police,
        ),
        models=(model,),
        participations={
            "convention": (
                party("US"),
                party("GB"),
                party("RU"),
                party("DE", in_force_on="", bound_on="2009-03-09"),
                party("JP", in_force_on="2027-03-01"),
                party("IE", how="", in_force_on="", signed_on="2002-02-28"),
                party("ZA", how="unknown", in_force_on=""),
            ),
            "protocol": (party("US"), party("GB"), party("IN")),
            "crime-convention": (party("IN"), party("US"), party("GB")),
            "police": (party("US"), party("IN")),
        },
        states={
            "US": StateLaw(
                authorities=(
                    Authority(
                        role=AuthorityRole.CENTRAL_AUTHORITY,
                        name="Office of International Affairs",
                        city="Washington",
                        source_url=URL,
                        as_of="2026-01-01",
                        confidence=HIGH,
                    ),
                    Authority(
                        role=AuthorityRole.CENTRAL_AUTHORITY,
                        name="Office for the protocol",
                        instrument="in-us-mlat-2005",
                        measures="bank_information",
                        source_url=URL,
                        as_of="2026-01-01",
                        confidence=HIGH,
                    ),
                    Authority(
                        role=AuthorityRole.CONTACT_24_7,
                        name="remembered",
                        source_url="memory",
                        as_of="2026-01-01",
                        confidence=Confidence.LOW,
                    ),
                ),
                offences=(
                    section("fraud", 20),
                    section("access", 1, heaviest=True),
                    section("forgery", None),
                ),
            ),
            "IN": StateLaw(
                offences=(
                    section("fraud", 7, in_force_from="2024-07-01"),
                    section("fraud", 3, in_force_to="2024-06-30", heaviest=True),
                    section("access", 3, heaviest=True),
                    section("forgery", None),
                )
            ),
        },
        groups={
            "EU": (
                Membership(state="DE", from_on="1958-01-01", source_url=URL, as_of="2026-01-01", confidence=HIGH),
                Membership(
                    state="GB",
                    from_on="1973-01-01",
                    to_on="2020-12-31",
                    source_url=URL,
                    as_of="2026-01-01",
                    confidence=HIGH,
                ),
            )
        },
        offences=(
            offence("fraud", budapest_article="8"),
            offence("access", budapest_article="2"),
            offence("forgery", budapest_article="7"),
            offence("phishing", maps_to=("fraud", "forgery")),
            offence("gambling"),
            offence("laundering", elements=("proceeds_of_crime",)),
        ),
        providers=(),
    )


@pytest.fixture(scope="session")
def world() -> Registry:
    return build_registry(world_data())


@pytest.fixture(scope="session")
def changed_world() -> Callable[..., Registry]:
    """A registry of the same world with some fields of its data replaced."""
    import msgspec

    def change(**changes: object) -> Registry:
        return build_registry(msgspec.structs.replace(world_data(), **changes))

    return change

"""Obstacles: each detector on a case that has it and one that has not; order and wording of the list."""

from collections.abc import Callable
from datetime import date

import msgspec
import pytest
from tests.samples.planned import (
    FACTS,
    ON,
    REGISTRY,
    case_of,
    leads_of,
    mail,
    paid,
    place,
    plan_of,
    seen,
    tie,
)

from comity.law import Confidence
from comity.leads.model import Leads, Observable, ObservableKind, Role
from comity.plan import Case
from comity.plan.model import Obstacle
from comity.plan.obstacles import DETECTORS, taxonomy, undecided

IBAN = seen(ObservableKind.IBAN, "AE480339999000000004711", tie("AE", Role.FINANCIAL_INSTITUTION, name="Mashreqbank"))
REPLY = mail("x@y.example", reply_to=("a@gmail.com",))


def box(state: str = "US", provider: str = "google_us") -> Observable:
    return seen(ObservableKind.EMAIL, "a@gmail.com", tie(state, Role.MAIL_PROVIDER, provider))


def line(text: str = "", state: str = "GB", where: str = "row 1, column IP") -> Observable:
    found = tie(state, Role.TELECOM, name="BT")
    return seen(ObservableKind.IPV4, "81.159.255.255", found, places=(place(where, text=text),))


def host(state: str = "RU", tags: tuple[str, ...] = ("server-network",)) -> Observable:
    return seen(ObservableKind.IPV4, "31.184.255.255", tie(state, Role.INFRASTRUCTURE, name="Host"), tags=tags)


def obstacles(case: Case, *observables: Observable, on: date = ON, **more: object) -> dict[str, Obstacle]:
    leads: Leads = leads_of(*observables, **more)  # type: ignore[arg-type]
    return {o.id: o for o in plan_of(case, leads, on=on).obstacles}


VICTIMS = '[[victims]]\nstate = "IN"\nnumber = 3\nloss = 100\n'
TWO = '[[offences]]\nid = "phishing"\nsections = ["s. 2"]\nmax_penalty_years = 3\n'
PROCEEDINGS = '[[proceedings]]\nstate = "AE"\nstage = "judgment of first instance"\n'
SECRET = '[confidentiality]\nreason = "he would flee"\n'
URGENT = '[urgency]\nlevel = "urgent"\nreason = "moving"\n'
SUSPECT = '[[suspects]]\nname = "X"\nresidence = "FR"\n'
BY_ORDER = "[legal_facts]\ntarget_foreign_to_requested_state = true\ndomestic_order_issued = true\n"
GROUP = "[legal_facts]\norganised_group = true\n"
OLD = '[[events]]\nat = 2025-01-01\nwhat = "x"\nobjects = ["31.184.255.255"]\n'
FIRST = '[[earlier_steps]]\nmeasure = "preservation"\nstate = "RU"\nsent = 2026-09-01\nobjects = ["31.184.255.255"]\n'

WITH: dict[str, Callable[[], dict[str, Obstacle]]] = {
    "no_treaty_basis": lambda: obstacles(case_of("IN"), host("PG")),
    "dual_criminality_gap": lambda: obstacles(case_of("IN", GROUP), host("SV")),
    "organised_group_unproven": lambda: obstacles(case_of("IN"), host("SV")),
    "penalty_threshold": lambda: obstacles(case_of("US", SUSPECT, offence="online_defamation")),
    "refusal_ground_live": lambda: obstacles(case_of("IN", PROCEEDINGS), IBAN),
    "reservation_or_declaration": lambda: obstacles(case_of("DE"), host("JP")),
    "data_retention_absent": lambda: obstacles(case_of("IN", OLD), host()),
    "whois_closed": lambda: obstacles(
        case_of("IN", '[[protected_brands]]\nname = "Goodbank Ltd"\ndomains = ["goodbank.in"]\n'),
        seen(ObservableKind.DOMAIN, "goodbank-kyc.com", tie("FR", Role.REGISTRAR, "ovh")),
    ),
    "jurisdiction_conflict": lambda: obstacles(case_of("IN", VICTIMS + '[place]\nconduct = ["AE"]\n'), IBAN),
    "blocking_or_conflicting_law": lambda: obstacles(case_of("IN"), box(), mails=(REPLY,)),
    "content_threshold_us": lambda: obstacles(case_of("IN"), box(), mails=(REPLY,)),
    "speciality_use_limit": lambda: obstacles(case_of("IN", TWO), IBAN),
    "admissibility_authentication": lambda: obstacles(case_of("IN"), IBAN),
    "evidence_of_offence_abroad_only": lambda: obstacles(case_of("IN"), IBAN),
    "loss_of_data": lambda: obstacles(case_of("IN"), host()),
    "loss_of_location": lambda: obstacles(
        case_of("IN"),
        host(),
        seen(ObservableKind.EMAIL, "z@lost.example", tie("", Role.UNKNOWN)),
        mails=(mail("x@y.example", reply_to=("z@lost.example",)),),
    ),
    "encryption": lambda: obstacles(
        case_of("IN"), seen(ObservableKind.USER_ACCOUNT, "signal:x", tie("US", Role.PLATFORM, "signal"))
    ),
    "carrier_grade_nat": lambda: obstacles(case_of("IN"), line()),
    "crypto_assets": lambda: obstacles(
        case_of("IN"),
        seen(ObservableKind.CRYPTO, "bitcoin:bc1q", tie("", Role.UNKNOWN), tags=("payee",)),
        seen(ObservableKind.CRYPTO, "tron:T1", tie("SV", Role.PAYMENT_SERVICE, "tether")),
        transfers=(paid("", "tron:T1"),),
    ),
    "identifier_quality": lambda: obstacles(
        case_of("IN"), seen(ObservableKind.CARD, "411111******1111", tie("US", Role.FINANCIAL_INSTITUTION, name="Bank"))
    ),
    "no_relations_or_sanctions": lambda: obstacles(case_of("GB"), host("HK")),
    "reciprocity_demand": lambda: obstacles(case_of("IN"), host("XK")),
    "channel_mismatch": lambda: obstacles(case_of("IN", GROUP), host("SV")),
    "sensitivity_essential_interests": lambda: obstacles(case_of("IN", offence="cyber_terrorism"), host()),
    "asset_sharing_dispute": lambda: obstacles(
        case_of("IN", VICTIMS + '[[victims]]\nstate = "SG"\nnumber = 1\n' + GROUP), IBAN
    ),
    "mla_slowness": lambda: obstacles(case_of("IN"), IBAN),
    "preservation_lapse": lambda: obstacles(case_of("IN"), box(), mails=(REPLY,)),
    "incomplete_request": lambda: obstacles(
        msgspec.structs.replace(
            case_of("IN", facts="Short."),
            authority=msgspec.structs.replace(case_of("IN").authority, contact="", signatory=""),
        ),
        IBAN,
    ),
    "overbroad_request": lambda: obstacles(case_of("IN"), host()),
    "wrong_legal_entity": lambda: obstacles(
        case_of("IN"),
        seen(
            ObservableKind.EMAIL,
            "a@gmail.com",
            tie("US", Role.MAIL_PROVIDER, "google_us"),
            tie("IE", Role.MAIL_PROVIDER, "google_ie", confidence=Confidence.LOW),
        ),
        mails=(REPLY,),
    ),
    "language_translation": lambda: obstacles(case_of("IN"), IBAN),
    "no_urgency_justified": lambda: obstacles(case_of("IN", '[urgency]\nlevel = "urgent"\n'), IBAN),
    "confidentiality_breach_risk": lambda: obstacles(case_of("IN", SECRET), box(), mails=(REPLY,)),
    "de_minimis": lambda: obstacles(case_of("IN"), host("PG")),
    "poor_coordination": lambda: obstacles(case_of("IN", FIRST), host()),
    "public_private_gap": lambda: obstacles(case_of("IN"), host()),
    "payment_reported_late": lambda: obstacles(case_of("IN"), IBAN, transfers=(paid("x", IBAN.value, "2026-11-02"),)),
    "no_feedback": lambda: obstacles(case_of("IN", FIRST), host()),
}


@pytest.mark.parametrize("name", DETECTORS)
def test_each_obstacle_is_shown_by_a_fact(name: str) -> None:
    found = WITH[name]()
    assert name in found, sorted(found)
    obstacle = found[name]
    assert obstacle.detected
    assert len(set(obstacle.detected)) == len(obstacle.detected)
    assert obstacle.remedies
    assert obstacle.sources


WITHOUT: dict[str, Callable[[], dict[str, Obstacle]]] = {
    "organised_group_unproven": lambda: obstacles(case_of("IN", GROUP), host("SV")),
    "loss_of_data": lambda: obstacles(case_of("IN"), IBAN),
    "carrier_grade_nat": lambda: obstacles(case_of("IN"), line("81.159.255.255:50123")),
    "payment_reported_late": lambda: obstacles(
        case_of("IN", "[money]\nreported = 2026-11-23T10:00:00Z\n"),
        IBAN,
        transfers=(paid("x", IBAN.value, "2026-11-23T08:00:00Z"),),
    ),
    "content_threshold_us": lambda: obstacles(
        case_of("IN", "[legal_facts]\nprobable_cause_shown = true\n"), box(), mails=(REPLY,)
    ),
    "de_minimis": lambda: obstacles(case_of("IN", VICTIMS), host("PG")),
    "confidentiality_breach_risk": lambda: obstacles(
        case_of("IN", '[confidentiality]\nlevel = "open"\n'), box(), mails=(REPLY,)
    ),
    "reciprocity_demand": lambda: obstacles(case_of("IN", "[legal_facts]\nreciprocity_assured = true\n"), host("XK")),
    "evidence_of_offence_abroad_only": lambda: obstacles(case_of("IN", VICTIMS), IBAN),
    "speciality_use_limit": lambda: obstacles(case_of("IN"), IBAN),
    "no_feedback": lambda: obstacles(case_of("IN", FIRST + 'outcome = "refused"\n'), host()),
    "language_translation": lambda: obstacles(case_of("IN"), box(), mails=(REPLY,)),
    "incomplete_request": lambda: obstacles(case_of("IN", SECRET), IBAN),
    "blocking_or_conflicting_law": lambda: obstacles(case_of("GB", BY_ORDER), box(), mails=(REPLY,)),
}


@pytest.mark.parametrize("name", WITHOUT)
def test_without_the_fact_there_is_no_obstacle(name: str) -> None:
    assert name not in WITHOUT[name]()


def test_number_that_is_dialled_with_its_country_code_is_exact() -> None:
    tags = ("region-assumed",)
    number = tie("GB", Role.TELECOM, name="?")
    spots = (place("row 1", text="442079460123"), place("line 1", text="00 44 20 7946 0123", artifact="a2"))
    exact = seen(ObservableKind.PHONE, "+442079460123", number, places=spots, tags=tags)
    guessed = seen(ObservableKind.PHONE, "+442079460123", number, places=spots[:1], tags=tags)
    assert "identifier_quality" not in obstacles(case_of("IN"), exact)
    assert "identifier_quality" in obstacles(case_of("IN"), guessed)


def test_exit_of_an_anonymiser_is_no_place() -> None:
    exit_ = seen(ObservableKind.IPV4, "171.25.193.25", tie("SE", Role.ANONYMISER, name="Exit"), tags=("tor-exit",))
    found = obstacles(case_of("IN"), exit_, mails=(mail("x@y.example", origin="171.25.193.25"),))
    assert "an anonymiser's exit" in found["loss_of_location"].detected[0]


def test_emergency_that_the_facts_deny() -> None:
    rest = '[urgency]\nlevel = "emergency"\nreason = "x"\n[legal_facts]\nemergency_to_life = false\n'
    assert "emergency_to_life is false" in obstacles(case_of("IN", rest), IBAN)["no_urgency_justified"].detected[0]


def test_long_span_is_overbroad() -> None:
    long = OLD + '[[events]]\nat = 2026-11-20\nwhat = "y"\nobjects = ["31.184.255.255"]\n'
    assert "the span is" in obstacles(case_of("IN", long), host())["overbroad_request"].detected[0]


def test_threshold_of_a_treaty_that_does_not_bind_is_no_obstacle() -> None:
    # India is no party to ETS 24, whatever the penalty
    found = obstacles(case_of("IN", SUSPECT, offence="online_defamation"))
    assert not [f for f in found.get("penalty_threshold", found["incomplete_request"]).detected if "Extradition" in f]


def test_what_blocks_comes_first_and_what_attaches_to_every_request_last() -> None:
    found = list(obstacles(case_of("IN", TWO + URGENT), IBAN, host("KP"), box(), mails=(REPLY,)).values())
    assert [o.key for o in found] == [f"o{n}" for n in range(1, len(found) + 1)]
    order = [(not o.blocking, o.general) for o in found]
    assert order == sorted(order)
    assert {o.id for o in found if o.general} == {
        "speciality_use_limit",
        "mla_slowness",
        "language_translation",
        "admissibility_authentication",
    }
    assert all(len(o.detected) == 1 for o in found if o.general and o.id != "language_translation")


def test_steps_name_their_obstacles_and_obstacles_their_steps() -> None:
    plan = plan_of(case_of("IN", TWO), leads_of(IBAN, host()))
    for obstacle in plan.obstacles:
        for step in plan.steps:
            assert (step.id in obstacle.steps) == (obstacle.key in step.obstacles)


def test_taxonomy_is_decided_or_says_why_not() -> None:
    rows = {row.id for row in taxonomy().obstacle}
    assert rows == set(DETECTORS) | {row.id for row in taxonomy().obstacle if row.undecided}
    assert len(undecided()) == len(rows) - len(DETECTORS)
    assert len(FACTS) > 200
    assert REGISTRY.offences


def test_a_duty_to_consult_is_said_to_bind_its_parties_alone() -> None:
    more = "".join(f'[[victims]]\nstate = "{state}"\nnumber = 2\n' for state in ("DE", "GB"))
    [fact] = obstacles(case_of("IN", VICTIMS + more), IBAN)["jurisdiction_conflict"].detected
    assert "Germany and United Kingdom are to consult under Budapest Convention Art. 22(5)" in fact
    assert "Germany, United Kingdom and India are to consult under Palermo Convention Art. 15(5)" in fact

"""What a plan of the shipped case must find, and what it must leave alone: the tables of its README."""

from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import pytest

from comity.law import Measure, load_registry
from comity.leads.model import Finding, Role
from comity.plan.folder import artifact_paths, open_case
from comity.plan.model import Holder, Plan, StateRole

FOLDER = Path(__file__).parents[2] / "examples/phishing"
ON = date(2026, 11, 24)


@lru_cache(maxsize=2)
def plan(folder: Path = FOLDER) -> Plan:
    find = pytest.importorskip("comity.leads.find", reason="the reading of evidence is not part of this tree yet")
    make = pytest.importorskip("comity.plan.make")
    nexus = pytest.importorskip("comity.leads.nexus")
    registry = load_registry()
    case = open_case(folder, registry)
    sources = nexus.TieSources(providers=registry.providers.values())
    made = make.make_plan(
        case, find.find_leads(artifact_paths(folder, case), sources=sources), on=ON, registry=registry
    )
    assert isinstance(made, Plan)
    return made


def holder_of(value: str) -> Holder:
    found = [h for h in plan().holders if any(tie.value == value for tie in h.ties)]
    assert found, f"nobody is asked about {value}"
    return found[0]


def measures(holder: Holder) -> set[Measure]:
    return {step.measure for step in plan().steps if step.holder == holder.id}


@pytest.mark.parametrize(
    ("value", "state", "roles", "asked"),
    [
        ("31.184.255.255", "RU", {Role.ORIGIN, Role.INFRASTRUCTURE}, {Measure.PRESERVATION, Measure.TRAFFIC_DATA}),
        ("suvarnarekha_kyc_desk@gmail.com", "US", {Role.MAIL_PROVIDER}, {Measure.PRESERVATION, Measure.CONTENT_DATA}),
        ("settle_desk_dxb@gmail.com", "US", {Role.MAIL_PROVIDER}, {Measure.SUBSCRIBER_INFORMATION}),
        ("AE480339999000000004711", "AE", {Role.FINANCIAL_INSTITUTION}, {Measure.FREEZING, Measure.ASSET_RETURN}),
        ("94.59.255.255", "AE", {Role.TELECOM, Role.ORIGIN}, {Measure.PRESERVATION, Measure.SUBSCRIBER_INFORMATION}),
        ("suvarnarekha-bank-in.com", "FR", {Role.REGISTRAR}, {Measure.DOMAIN_REGISTRATION}),
        ("+442079460123", "GB", {Role.TELECOM}, {Measure.PRESERVATION}),
        ("kyc_settle@ybl", "IN", {Role.PAYMENT_SERVICE, Role.FINANCIAL_INSTITUTION}, {Measure.FREEZING}),
        ("501200000090210", "IN", {Role.FINANCIAL_INSTITUTION}, {Measure.FREEZING, Measure.BANK_INFORMATION}),
        ("49.207.255.255", "IN", {Role.TELECOM}, {Measure.SUBSCRIBER_INFORMATION}),
        ("https://api.telegram.org/bot", "AE", {Role.PLATFORM}, {Measure.PRESERVATION}),
    ],
)
def test_the_ties_of_the_story_lead_to_steps(value: str, state: str, roles: set[Role], asked: set[Measure]) -> None:
    holder = holder_of(value)
    assert holder.state == state
    assert holder.role in roles
    assert asked <= measures(holder)


@pytest.mark.parametrize(
    "value",
    [
        "117.239.255.255", "10.14.22.7", "203.0.113.77", "198.51.100.23", "171.25.193.25", "23.144.160.67",
        "49.47.255.255", "117.255.255.255", "2402:8100:30ff:ffff::1", "106.79.255.255", "66.249.66.1",
        "suvarnarekha.bank.in", "ananya_deshkar@gmail.com", "cybercrime.gov.in", "play.google.com", "www.facebook.com",
        "185.220.101.34", "142.0.0.0", "mx1.suvarnarekha-bank-in.com", "bescom.bill@upi", "14.143.255.255",
        "00000231003300912", "AE840339999000000004711", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
    ],
)  # fmt: skip
def test_traps_lead_to_no_step(value: str) -> None:
    asked = {thing.value for step in plan().steps for thing in step.objects}
    assert not [found for found in asked if found.endswith(value)]


def test_versions_are_no_addresses() -> None:
    assert "7.0.0.10" not in {tie.value for holder in plan().holders for tie in holder.ties}


def test_findings_name_the_forensic_traps() -> None:
    findings: tuple[Finding, ...] = plan().findings
    assert {finding.code for finding in findings} >= {
        "reply-to-differs", "link-text-differs", "display-name-address", "spf-fail", "dmarc-fail",
        "received-time-reversed", "mail-part-charset-unknown", "mail-part-unterminated",
    }  # fmt: skip


def test_the_states_have_their_parts() -> None:
    roles = {state.state: set(state.roles) for state in plan().states}
    assert roles["IN"] >= {StateRole.REQUESTING, StateRole.VICTIMS}
    assert StateRole.MONEY in roles["AE"]
    assert StateRole.DATA in roles["US"]
    assert {"RU", "FR", "GB"} <= set(roles)
    assert "SE" not in roles or roles["SE"] == {StateRole.TRANSIT}


def test_the_money_comes_before_the_data_and_within_the_hold() -> None:
    freezing = [s for s in plan().steps if s.measure is Measure.FREEZING and s.state == "AE"]
    assert freezing
    assert min(step.start_by.on for step in freezing) < date(2026, 11, 27)
    assert min(s.order for s in freezing) < min(s.order for s in plan().steps if s.measure is Measure.CONTENT_DATA)


def test_a_name_that_a_link_only_shows_is_left_alone() -> None:
    assert "suvarnarekha.com" not in {thing.value for step in plan().steps for thing in step.objects}


def test_only_the_server_is_imaged() -> None:
    imaged = [s for s in plan().steps if s.measure is Measure.SEARCH_SEIZURE]
    assert [(step.state, step.objects[0].value) for step in imaged] == [("RU", "31.184.255.255")]


def test_the_hold_in_dubai_drives_the_freezing() -> None:
    freezing = [s for s in plan().steps if s.measure is Measure.FREEZING and s.state == "AE"]
    held = [s for s in freezing if any(thing.value == "AE480339999000000004711" for thing in s.objects)]
    assert held
    for step in held:
        assert step.expires is not None
        assert step.expires.at == "2026-11-27T12:00+04:00"
        assert step.start_by.on <= date(2026, 11, 25)


def test_what_the_host_keeps_for_thirty_days_is_asked_for_before_it_goes() -> None:
    asked = {Measure.SUBSCRIBER_INFORMATION, Measure.TRAFFIC_DATA, Measure.SEARCH_SEIZURE}
    steps = [s for s in plan().steps if s.state == "RU" and s.measure in asked]
    assert len(steps) == 3
    assert max(step.start_by.on for step in steps) <= date(2026, 12, 27) - timedelta(days=21)


def test_the_issuer_blocks_and_the_holder_of_the_tokens_loses_them() -> None:
    steps = [step for step in plan().steps if step.state == "SV"]
    assert all("money" not in step.title for step in steps)
    taken = next(step for step in steps if step.measure is Measure.CONFISCATION)
    assert "holder of the blocked tokens" in taken.title


def test_a_watched_ledger_needs_nobody() -> None:
    trace = next(step for step in plan().steps if step.title.startswith("Trace"))
    watched = {thing.value for thing in trace.objects}
    assert "bitcoin:bc1qujklwevtcp4w5nwa5k2w8dt4j2jrtg6q9r6wa6" in watched


def test_business_mail_compromise_asks_the_keeper_of_the_mailbox() -> None:
    bec = plan(FOLDER.parent / "bec")
    found = {(tie.value, holder.state, holder.role) for holder in bec.holders for tie in holder.ties}
    assert ("accounts@konkan-castings.example", "IN", Role.MAIL_PROVIDER) in found
    assert ("81.159.255.255", "GB", Role.TELECOM) in found
    assert ("fwd_konkan_copies@gmail.com", "US", Role.MAIL_PROVIDER) in found
    assert not [value for value, *_ in found if value in ("117.239.255.255", "103.117.159.255")]
    assert not [step for step in bec.steps if step.measure is Measure.SEARCH_SEIZURE]

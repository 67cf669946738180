"""Channels that the offenders themselves give in a mail, a chat or a page are asked for."""

import msgspec
import pytest
from tests.samples.planned import case_of, codes, leads_of, mail, place, plan_of, seen, tie

from comity.law import Confidence
from comity.leads.model import ArtifactKind, Leads, Observable, ObservableKind, Place, Role
from comity.plan.model import Plan

KINDS = (ArtifactKind.MAIL, ArtifactKind.CHAT, ArtifactKind.HTML, ArtifactKind.HTML, ArtifactKind.TEXT)
LOW = Confidence.LOW
MAIL, CHAT, PAGE, PART, NOTE = "a1", "a2", "a3", "a4", "a5"
BRAND = '\n[[protected_brands]]\nname = "Honest Bank"\ndomains = ["bank.example"]\n'
OFFENDER = "+2348031234567"


def platform(name: str, confidence: Confidence = Confidence.MEDIUM) -> Observable:
    return seen(ObservableKind.USER_ACCOUNT, name, tie("AE", Role.PLATFORM, "telegram", "Telegram", confidence))


def speaker(value: str, *tags: str, artifact: str = CHAT) -> Observable:
    spoken = msgspec.structs.replace(place("line 2", artifact=artifact), by=value)
    nexus = tie("NG", Role.TELECOM)
    return seen(ObservableKind.PHONE, value, nexus, places=(spoken,), tags=("chat-participant", *tags))


def at(observable: Observable, *places: Place) -> Observable:
    return msgspec.structs.replace(observable, places=places)


def said(by: str) -> Place:
    return msgspec.structs.replace(place("line 7", artifact=CHAT), by=by)


def leads(*observables: Observable, sender: str = "lock@mail.example", passes: bool = False) -> Leads:
    found = leads_of(*observables, mails=(mail(sender, artifact=MAIL, passes=passes),), kinds=KINDS)
    inside = tuple(msgspec.structs.replace(a, parent=MAIL) if a.id == PART else a for a in found.artifacts)
    return msgspec.structs.replace(found, artifacts=inside)


def asked(found: Leads, rest: str = BRAND) -> set[str]:
    made: Plan = plan_of(case_of(rest=rest), found)
    return {thing.value for step in made.steps for thing in step.objects}


HANDLE = platform("telegram:lockteam_support")


@pytest.mark.parametrize(
    ("where", "pursued"),
    [
        (place("text/plain body", artifact=MAIL), True),
        (place("text/html body", artifact=PART), True),
        (place("text", artifact=PAGE), True),
        (place("line 1", artifact=NOTE), False),
        (place("header X-Mailer", artifact=MAIL), False),
    ],
    ids=["mail", "part of a mail", "page", "note of an officer", "header"],
)
def test_a_handle_counts_where_the_offenders_give_it(where: Place, pursued: bool) -> None:
    assert (HANDLE.value in asked(leads(at(HANDLE, where)))) is pursued


def test_a_genuine_mail_and_a_victims_own_offer_nothing() -> None:
    given = at(HANDLE, place("text/plain body", artifact=MAIL))
    assert HANDLE.value not in asked(leads(given, sender="desk@bank.example", passes=True))
    own = '\n[[victims]]\nstate = "IN"\nnumber = 1\nidentifiers = ["lock@mail.example"]\n'
    assert HANDLE.value not in asked(leads(given, passes=True), rest=own)


def test_an_offender_at_the_victims_mail_provider_is_no_victim() -> None:
    given = at(HANDLE, place("text/plain body", artifact=MAIL))
    told = '\n[[victims]]\nstate = "IN"\nnumber = 1\nproviders = ["gmail.com"]\n'
    assert HANDLE.value in asked(leads(given, sender="lock@gmail.com", passes=True), rest=told)


@pytest.mark.parametrize(
    ("observable", "pursued"),
    [
        (seen(ObservableKind.EMAIL, "lock@g.example", tie("US", Role.MAIL_PROVIDER, "g", "G", Confidence.LOW)), True),
        (seen(ObservableKind.URL, "https://f.example/l", tie("US", Role.PLATFORM, "f", "F", Confidence.LOW)), True),
        (
            seen(ObservableKind.URL, "https://h.example/l", tie("US", Role.INFRASTRUCTURE, "", "", Confidence.LOW)),
            False,
        ),
        (seen(ObservableKind.CRYPTO, "tron:T1", tie("SV", Role.PAYMENT_SERVICE, "tether", "T", Confidence.LOW)), True),
        (seen(ObservableKind.EMAIL, "victim@home.example", tie("US", Role.MAIL_PROVIDER)), False),
    ],
    ids=["mailbox", "page on a platform", "any link", "wallet", "the recipient's own"],
)
def test_channels_of_contact_and_payment_count_and_other_things_do_not(observable: Observable, pursued: bool) -> None:
    given = at(observable, place("text/plain body", artifact=MAIL))
    assert (observable.value in asked(leads(given))) is pursued


def test_what_the_offender_says_in_a_chat_is_his_and_what_the_victim_says_is_not() -> None:
    wallet = seen(ObservableKind.CRYPTO, "tron:T1", tie("SV", Role.PAYMENT_SERVICE, "tether", "T", Confidence.LOW))
    both = (speaker(OFFENDER, "gives-payee"), speaker("+919876500000"))
    assert wallet.value in asked(leads(*both, at(wallet, said(OFFENDER))))
    assert wallet.value not in asked(leads(*both, at(wallet, said("+919876500000"))))


def test_the_only_stranger_of_a_chat_is_the_offender_and_of_two_neither_is() -> None:
    wallet = seen(ObservableKind.CRYPTO, "tron:T1", tie("SV", Role.PAYMENT_SERVICE, "tether", "T", Confidence.LOW))
    given = at(wallet, said(OFFENDER))
    assert wallet.value in asked(leads(speaker(OFFENDER), given))
    assert wallet.value not in asked(leads(speaker(OFFENDER), speaker("+2348030000000"), given))
    told = '\n[[victims]]\nstate = "NG"\nnumber = 1\nidentifiers = ["+2348030000000"]\n'
    assert wallet.value in asked(leads(speaker(OFFENDER), speaker("+2348030000000"), given), rest=told)


def test_a_wallet_that_an_offender_gives_is_traced() -> None:
    wallet = seen(ObservableKind.CRYPTO, "tron:T1", tie("SV", Role.PAYMENT_SERVICE, "tether", "T", Confidence.LOW))
    made = plan_of(case_of(), leads(speaker(OFFENDER), at(wallet, said(OFFENDER))))
    trace = next(step for step in made.steps if step.title.startswith("Trace"))
    assert [thing.value for thing in trace.objects] == [wallet.value]


def test_whoever_only_writes_offers_nothing_by_that() -> None:
    own = platform(f"whatsapp:{OFFENDER}", Confidence.LOW)
    made = plan_of(case_of(), leads(speaker(OFFENDER), at(own, said(OFFENDER))))
    assert codes(made)[own.value] == "too-weak"


def grounds(found: Leads, rest: str) -> set[str]:
    made = plan_of(case_of(rest=rest), found)
    return {ground for holder in made.holders for held in holder.ties for ground in held.grounds}


@pytest.mark.parametrize(("name", "gives"), [("Anna Li", True), ("Somebody", False)])
def test_a_suspect_speaks_for_the_offenders_under_the_name_in_the_chat(name: str, gives: bool) -> None:
    box = at(seen(ObservableKind.EMAIL, "pay@box.example", tie("US", Role.MAIL_PROVIDER)), said("Anna Li"), said("x"))
    told = grounds(leads_of(box, kinds=KINDS), f'\n[[suspects]]\nname = "{name}"\n')
    assert ("offered" in told) is gives

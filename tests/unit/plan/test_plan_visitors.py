"""Visitors in a server's log: who did something to it is asked about, who only looked is not."""

import msgspec
import pytest
from tests.samples.planned import case_of, codes, leads_of, place, plan_of, seen, tie

from comity.law import Confidence
from comity.leads.model import ArtifactKind, Observable, ObservableKind, Role
from comity.plan.model import Plan

VICTIMS = '\n[[victims]]\nstate = "IN"\nnumber = 1\n'


def visitor(value: str, state: str, *tags: str, act: str = "GET /menu 200") -> Observable:
    at = tuple(msgspec.structs.replace(place(f"line {n}"), act=act) for n in (1, 2))
    line = tie(state, Role.TELECOM, name=f"Line {state}", confidence=Confidence.MEDIUM)
    return seen(ObservableKind.IPV4, value, line, places=at, tags=tags)


def planned(*others: Observable) -> Plan:
    """A log of many visitors, and some that matter."""
    crowd = [visitor(f"49.47.255.{n}", "IN") for n in range(5)]
    return plan_of(case_of(rest=VICTIMS), leads_of(*crowd, *others, kinds=(ArtifactKind.LOG,)))


def asked(plan: Plan) -> set[str]:
    return {tied.value for holder in plan.holders for tied in holder.ties}


def test_who_only_opened_pages_is_not_asked_about() -> None:
    assert asked(planned(visitor("189.45.192.10", "BR"))) == set()


def test_where_no_log_tells_the_acts_a_visitor_from_afar_counts() -> None:
    assert asked(planned(visitor("189.45.192.10", "BR", act=""))) == {"189.45.192.10"}


@pytest.mark.parametrize("deed", ["web-shell", "log-upload", "loot-fetch", "log-privilege"])
@pytest.mark.parametrize("state", ["NG", "IN"])
def test_who_did_something_to_the_server_is_asked_about_wherever_the_line_is(deed: str, state: str) -> None:
    plan = planned(visitor("102.89.34.17", state, deed, act="POST /x.php 200"))
    assert asked(plan) == {"102.89.34.17"}
    assert any("a log shows" in reason for holder in plan.holders for reason in holder.ties[0].weight_reasons)


def test_a_log_in_from_a_victims_state_may_be_the_victims() -> None:
    assert codes(planned(visitor("49.47.9.9", "IN", "log-login")))["49.47.9.9"] == "probable-victim"


def test_what_a_mail_claims_and_a_log_shows_weighs_more() -> None:
    plain, confirmed = (
        planned(visitor("102.89.34.17", "NG", "log-upload", *more)) for more in ((), ("log-confirmed",))
    )
    assert confirmed.holders[0].weight > plain.holders[0].weight


def test_a_visitor_from_where_the_offenders_acted_weighs_more() -> None:
    there = VICTIMS + '\n[place]\nconduct = ["BR"]\n'
    crowd = [visitor(f"49.47.255.{n}", "IN") for n in range(5)]
    stranger = visitor("189.45.192.10", "BR", act="")
    leads = leads_of(*crowd, stranger, kinds=(ArtifactKind.LOG,))
    plain, told = (plan_of(case_of(rest=rest), leads) for rest in (VICTIMS, there))
    assert told.holders[0].weight > plain.holders[0].weight


def test_an_exit_of_an_anonymiser_did_nothing_itself() -> None:
    exit_ = seen(
        ObservableKind.IPV4,
        "171.25.193.25",
        tie("SE", Role.ANONYMISER, confidence=Confidence.LOW),
        places=(msgspec.structs.replace(place("line 1"), act="POST /x.php 200"),),
        tags=("log-upload", "anonymiser", "tor-exit"),
    )
    assert asked(planned(exit_)) == set()

"""`comity routes`: the page, the JSON and the time line."""

import json

import pytest
from click.testing import CliRunner

from comity.cli.routes import routes


def run(*arguments: str) -> str:
    done = CliRunner().invoke(routes, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_json_has_what_others_rely_on() -> None:
    found = json.loads(
        run("IN", "US", "subscriber_information", "--offence", "computer_fraud", "--on", "2026-11-24", "--json")
    )
    assert found["as_of"] == "2026-11-24"
    assert found["query"]["requesting"] == "IN"
    wanted = {"instrument", "kind", "status", "article", "channel", "addressee", "conditions", "time_limits", "why"}
    assert all(wanted | {"sources"} <= set(route) for route in found["routes"])
    assert {route["status"] for route in found["routes"]} <= {"open", "conditional"}
    assert found["routes"][0]["instrument"] == "in-us-mlat-2001"
    assert found["dual_criminality"][0]["verdict"] == "satisfied"


def test_all_shows_closed_routes_with_the_reason() -> None:
    found = json.loads(run("IN", "US", "preservation", "--on", "2026-11-24", "--json", "--all"))
    budapest = next(route for route in found["routes"] if route["instrument"] == "budapest")
    assert budapest["status"] == "closed"
    assert any("India" in why for why in budapest["why"])


@pytest.mark.parametrize("state", ["IN", "in", "India"])
def test_states_by_code_or_name(state: str) -> None:
    assert "IN → US" in run(state, "US", "preservation", "--on", "2026-11-24")


def test_the_page_tells_status_reasons_and_what_is_hidden() -> None:
    page = run("US", "GB", "preservation", "--on", "2026-11-24", "--urgent", "--fact", "follow_up_intended")
    assert "budapest" in page
    assert "open" in page
    assert "minimum duration" in page
    assert "closed routes are not shown" in page
    closed = run("US", "JP", "preservation", "--on", "2005-01-01", "--all")
    assert "opens on" in closed


def test_a_page_without_routes_says_so() -> None:
    assert "No route is open or conditional" in run("KP", "TV", "takedown", "--on", "2026-11-24")


def test_the_time_line_as_page_and_as_json() -> None:
    page = run("GB", "DE", "content_data", "--on", "2026-11-24", "--timeline")
    assert "2021-01-01" in page
    assert "the best route then: open" in page
    changes = json.loads(run("GB", "DE", "content_data", "--on", "2026-11-24", "--timeline", "--json"))["changes"]
    ended = [c for c in changes if c["instrument"] == "eu-eio" and c["after"] == "closed"]
    assert [c["on"] for c in ended] == ["2021-01-01"]


def test_a_request_under_way() -> None:
    found = json.loads(run("GB", "DE", "content_data", "--on", "2021-03-01", "--received", "2020-11-01", "--json"))
    assert found["routes"][0]["instrument"] == "eu-eio"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--on", "9999-12-31"), "between 1950 and 2100"),
        (("--on", "1900-01-01"), "between 1950 and 2100"),
        (("--on", "2021-01-01", "--received", "2021-01-02"), "lies after"),
    ],
)
def test_days_that_no_data_can_answer_for(arguments: tuple[str, ...], says: str) -> None:
    done = CliRunner().invoke(routes, ("IN", "US", "preservation", *arguments))
    assert done.exit_code == 2
    assert says in done.output


def test_uk_is_the_united_kingdom_and_the_union_is_no_state() -> None:
    assert "IN → GB" in run("IN", "UK", "preservation", "--on", "2026-11-24")
    done = CliRunner().invoke(routes, ("IN", "EU", "preservation"))
    assert "unknown state 'EU'" in str(done.exception)

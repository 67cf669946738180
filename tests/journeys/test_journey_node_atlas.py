"""The atlas in a browser: the slider and the search answer while one moves and types; pages hold together."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from pytest_django.live_server_helper import LiveServer
from tests.journeys.test_journey_node_pages import OVERFLOW, OVERLAP
from tests.node.conftest import _database, _guarded  # noqa: F401  # the node's tests have a database

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.django_db(transaction=True)

DAY = "on=2026-11-24"
ADDRESSES = (
    f"pair/?requesting=IN&requested=US&measure=traffic_data&{DAY}&offence=computer_fraud",
    f"map/?measure=traffic_data&requesting=IN&{DAY}",
    f"coverage/?requesting=IN&measure=extradition&{DAY}",
    f"compare/instruments/?first=budapest&second=uncc&{DAY}",
    f"compare/states/?first=IN&second=GB&{DAY}",
    f"compare/days/?requesting=BR&before=2015-01-01&{DAY}",
    "what-if/?step=IN+accedes+budapest+on+2027-01-01&of=IN",
    f"jurisdiction/?states=IN,France&ground=territory_system&{DAY}",
)


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_the_map_follows_the_slider(live_server: LiveServer, page: "Page") -> None:
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.goto(f"{live_server.url}/atlas/map/?measure=traffic_data&requesting=IN&{DAY}")
    page.locator("#year").fill("1995")
    page.locator("h2", has_text="24 November 1995").wait_for()
    assert "on=1995-11-24" in page.url and page.locator("#id_on").input_value() == "1995-11-24"
    page.select_option("#id_measure", "content_data")
    page.locator("h2", has_text="Content data, 24 November 1995").wait_for()
    page.locator("#id_on").fill("2003-02-01")
    page.locator("h2", has_text="1 February 2003").wait_for()
    assert page.locator("#year").input_value() == "2003"
    page.reload()
    page.locator("h2", has_text="Content data, 1 February 2003").wait_for()
    assert [one for one in told if "favicon" not in one] == []


def test_the_slider_works_without_script(live_server: LiveServer, browser: "Browser") -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/atlas/map/?measure=traffic_data&requesting=IN&{DAY}")
    page.locator("#year").focus()
    page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name="Show this year").click()
    page.locator("h2", has_text="Traffic data, 24 November 2025: India").wait_for()
    context.close()


def test_search_finds_while_one_types(live_server: LiveServer, page: "Page") -> None:
    page.goto(f"{live_server.url}/atlas/")
    page.locator("#q").press_sequentially("cote")
    page.get_by_role("link", name="Côte d’Ivoire").wait_for()


def test_answers_fit_the_page(live_server: LiveServer, page: "Page") -> None:
    for address in ADDRESSES:
        page.goto(f"{live_server.url}/atlas/{address}")
        for width in (360, 768, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(OVERFLOW) == [], (address, width)
            assert page.evaluate(OVERLAP) == [], (address, width)

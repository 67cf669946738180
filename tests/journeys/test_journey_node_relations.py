"""The pictures of a plan in a real browser: drawn under the policy, chosen from, moved by keyboard."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from pytest_django.live_server_helper import LiveServer
from tests.node.conftest import _data_folder, _database, _guarded  # noqa: F401  # the node's tests have a database
from tests.samples.node import client_of, make_case, make_user
from tests.samples.nodecases import add_evidence, make_plan, tell_facts

from comity.node.people.roles import Role

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.django_db(transaction=True)
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
SCREENS = os.environ.get("SCREENS", "")
PLACE = """(id) => {
  const chart = echarts.getInstanceByDom(document.getElementById("canvas"));
  const data = chart.getOption().series[0].data.find((one) => one.id === id);
  return chart.convertToPixel({ seriesIndex: 0 }, [data.x, data.y]);
}"""
VIEW = """() => {
  const [one] = echarts.getInstanceByDom(document.getElementById("canvas")).getOption().series;
  return [one.zoom, ...(one.center || [])];
}"""


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def page(live_server: LiveServer, browser: "Browser", told: list[str]) -> "Iterator[Page]":
    asha = make_user(Role.INVESTIGATOR)
    case = make_case(asha)
    tell_facts(asha, case)
    add_evidence(asha, case)
    version = make_plan(asha, case)
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, reduced_motion="reduce")
    cookie = client_of(asha, present=True).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    opened = context.new_page()
    opened.on("console", lambda message: told.append(message.text) if message.type in {"error", "warning"} else None)
    opened.on("pageerror", lambda error: told.append(str(error)))
    opened.goto(f"{live_server.url}/plans/{case.pk}/{version.number}/relations/")
    opened.wait_for_selector("#pictures[data-drawn=graph]")
    yield opened
    context.close()


def picture(page: "Page", name: str) -> None:
    if SCREENS:
        page.wait_for_timeout(600)
        page.screenshot(path=Path(SCREENS) / f"relations-{name}.png")


def test_what_is_chosen_in_the_picture_is_shown_beside_it(page: "Page", told: list[str]) -> None:
    picture(page, "graph")
    page.locator("#canvas").scroll_into_view_if_needed()
    box = page.locator("#canvas").bounding_box()
    assert box is not None
    x, y = page.evaluate(PLACE, "state:US")
    page.mouse.click(box["x"] + x, box["y"] + y)
    page.wait_for_selector("#relation h3:has-text('United States')")
    page.locator("#relation a").first.click()
    page.wait_for_selector("#relation h4")
    picture(page, "chosen")
    assert not told


def test_the_list_chooses_too_and_the_map_and_the_moments_are_drawn(page: "Page", told: list[str]) -> None:
    page.locator("table a").first.click()
    page.wait_for_selector("#relation h3 code")
    for name in ("map", "line"):
        page.locator(f"[data-show={name}]").click()
        page.wait_for_selector(f"#pictures[data-drawn={name}]")
        picture(page, name)
    assert not told


def test_the_picture_is_moved_and_searched_by_keyboard(page: "Page", told: list[str]) -> None:
    page.locator("#canvas").focus()
    before = page.evaluate(VIEW)
    page.keyboard.press("+")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(VIEW) != before
    page.locator("#filters summary").click()
    page.locator("#seek").fill("gmail")
    page.locator("[name=kind][value=state]").uncheck()
    shown = page.evaluate(
        "() => echarts.getInstanceByDom(document.getElementById('canvas')).getOption().series[0].data.map(d => d.id)"
    )
    assert shown
    assert not [one for one in shown if one.startswith("state:")]
    assert not told


def test_dark_narrow_and_from_right_to_left_it_holds_together(page: "Page", told: list[str]) -> None:
    page.emulate_media(color_scheme="dark")
    page.context.add_cookies([{"name": "django_language", "value": "ar", "url": page.url.partition("/plans")[0]}])
    for width in (360, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.reload()
        page.wait_for_selector("#pictures[data-drawn=graph]")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        picture(page, f"ar-{width}")
    assert not Axe().run(page, options=RULES).response["violations"]
    assert not told

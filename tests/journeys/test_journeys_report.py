"""The report in a browser: accessible, whole on a phone, whole on paper, and silent."""

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.samples.plan import build_plan

from comity.law import load_registry
from comity.plan import plan_folder
from comity.plan.report import render

if TYPE_CHECKING:
    from playwright.sync_api import Browser

EXAMPLE = Path(__file__).parents[2] / "examples" / "phishing"
WIDTHS_PX = (360, 768, 1440)
OPEN_ALL = "document.querySelectorAll('details').forEach(element => { element.open = true })"


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "plan.html"
    path.write_text(render(build_plan()), encoding="utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_axe_finds_nothing(browser: "Browser", tmp_path: Path, scheme: str, direction: str) -> None:
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

    path = tmp_path / "plan.html"
    path.write_text(render(build_plan(), direction=direction), encoding="utf-8")
    # axe has to be put into the page, which the page's own policy forbids: the policy is tested without it below
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light", bypass_csp=True)
    page = context.new_page()
    page.goto(path.as_uri())
    page.evaluate(OPEN_ALL)
    found = Axe().run(page)
    context.close()
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width_px", WIDTHS_PX)
def test_nothing_runs_over_the_edge(browser: "Browser", page_file: Path, width_px: int) -> None:
    page = browser.new_page(viewport={"width": width_px, "height": 800})
    page.goto(page_file.as_uri())
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") == width_px
    page.close()


def test_the_page_asks_for_nothing_and_complains_of_nothing(browser: "Browser", page_file: Path) -> None:
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(page_file.as_uri())
    page.close()
    assert (asked, said) == ([page_file.as_uri()], [])


VISIBLE = "[...document.querySelectorAll('{what}')].filter(e => e.checkVisibility() && e.offsetHeight).length"


def test_paper_shows_what_its_reader_chose(browser: "Browser", page_file: Path) -> None:
    page = browser.new_page()
    page.goto(page_file.as_uri())
    page.emulate_media(media="print")

    def visible(what: str) -> int:
        return int(page.evaluate(VISIBLE.format(what=what)))

    assert (visible("main > section"), visible("details"), visible(".extract")) == (2, 0, 1)
    page.emulate_media(media="screen")
    page.check("#print-shown")
    page.emulate_media(media="print")
    assert (visible("details"), visible(".extract")) == (0, 0)
    assert visible("main > section") > 5
    page.emulate_media(media="screen")
    page.check("#print-all")
    page.emulate_media(media="print")
    folded = page.evaluate("document.querySelectorAll('details .inside').length")
    assert visible("details .inside") == folded
    printed = page.pdf(prefer_css_page_size=True)
    page.close()
    assert re.search(rb"/MediaBox\s*\[0 0 59[45]\.\d* 84[12]", printed)


def test_the_extract_of_the_shipped_case_has_two_pages(browser: "Browser", tmp_path: Path) -> None:
    made = plan_folder(EXAMPLE, on=date(2026, 11, 24), registry=load_registry()).plan
    (tmp_path / "plan.html").write_text(render(made), encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "plan.html").as_uri())
    printed = page.pdf(prefer_css_page_size=True)
    page.close()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 2


def test_the_keyboard_reaches_the_plan_first(browser: "Browser", page_file: Path) -> None:
    page = browser.new_page()
    page.goto(page_file.as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the plan"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.close()

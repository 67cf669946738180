"""Every page of the node in a real browser: nothing overflows, nothing is inaccessible, nothing breaks the policy."""

import os
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from pytest_django.live_server_helper import LiveServer
from tests.node.conftest import _data_folder, _database, _guarded  # noqa: F401  # the node's tests have a database
from tests.samples.node import client_of, make_case, make_user
from tests.samples.nodeparts import make_parts

from comity.node.cases.models import Membership
from comity.node.doors import addresses
from comity.node.people.roles import Role

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = (360, 768, 1440)
LANGUAGES = ("en", "hi", "ar")
ROLES = (Role.INVESTIGATOR, Role.AUTHORITY, Role.CUSTODIAN, Role.AUDITOR, Role.ADMINISTRATOR)
"""Who looks: each page is looked at by the first of them that may come in."""
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
NOT_PAGES = re.compile(
    r"/(save|data|report|export|uploads|papers|feed|metrics|healthz|readyz|progress|openapi\.json|package\.age|custody\.json|letter\.pdf|own\.json|login/callback)\b|<size>"
)
"""Files, parts of pages, and answers for machines."""

SCREENS = os.environ.get("SCREENS", "")
"""Folder for pictures of the pages: make screens."""

OVERFLOW = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  return [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > wide + 1
    && !one.closest("table, pre")).slice(0, 3).map((one) => one.outerHTML.slice(0, 120));
}"""
OVERLAP = """() => {
  const all = [...document.querySelectorAll("a, button, input, select, textarea, summary")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true })
      && !one.closest(".skip, .visually-hidden"))
    .map((one) => [one, one.getBoundingClientRect()]).filter(([, box]) => box.width > 2 && box.height > 2);
  const found = [];
  all.forEach(([one, a], index) => all.slice(index + 1).forEach(([other, b]) => {
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (across > 3 && down > 3 && !one.contains(other) && !other.contains(one)
      && getComputedStyle(one).display !== "inline" && getComputedStyle(other).display !== "inline") {
      found.push(one.outerHTML.slice(0, 90) + " over " + other.outerHTML.slice(0, 90));
    }
  }));
  return found.slice(0, 3);
}"""


@pytest.fixture
def pages(live_server: LiveServer) -> list[tuple[Role, str]]:
    """Every page that somebody may see, and who looks at it."""
    owner = make_user(Role.INVESTIGATOR)
    case = make_case(owner)
    parts = make_parts(owner, case)
    found = []
    for one in addresses():
        if one.method or NOT_PAGES.search(one.path) or one.access.presence:
            continue
        role = next((role for role in ROLES if role in one.roles), None)
        if role is not None:
            found.append((role, re.sub(r"<(\w+)>", lambda part: parts[part[1]], one.path)))
    for role in ROLES[1:]:
        Membership.objects.create(case=case, user=make_user(role, name=f"looks-{role.value}"), added_by=owner)
    owner.username = "looks-investigator"
    owner.save()
    return found


@pytest.fixture
def contexts(live_server: LiveServer, browser: "Browser") -> "Iterator[dict[str, BrowserContext]]":
    opened = {language: browser.new_context(locale=language, color_scheme="light") for language in LANGUAGES}
    yield opened
    for context in opened.values():
        context.close()


def sign_in(context: "BrowserContext", live_server: LiveServer, role: Role) -> None:
    from comity.node.people.models import User

    cookie = client_of(User.objects.get(username=f"looks-{role.value}"), present=True).cookies["sessionid"].value
    context.clear_cookies()
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])


def test_every_page_holds_together(
    live_server: LiveServer, pages: list[tuple[Role, str]], contexts: "dict[str, BrowserContext]"
) -> None:
    wrong: list[str] = []
    for language, context in contexts.items():
        page = context.new_page()
        told: list[str] = []
        page.on("console", partial(listen, told))
        last = None
        for role, path in sorted(pages, key=lambda one: (one[0].value, one[1])):
            if role is not last:
                sign_in(context, live_server, role)
                last = role
            wrong += look(page, f"{live_server.url}{path}", f"{language} {path}", told)
        page.close()
    assert not wrong, "\n".join(wrong)


def listen(told: list[str], message: "ConsoleMessage") -> None:
    """Write down what the browser complains of."""
    if message.type == "error":
        told.append(message.text)


def picture(page: "Page", name: str) -> None:
    """The page at each width, under its language and address without what differs from run to run."""
    language, _, path = name.partition(" ")
    stem = "-".join(part for part in path.split("/") if part and not re.fullmatch(r"[0-9a-f]{16,}|person\\d+", part))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.screenshot(path=Path(SCREENS) / f"{stem or 'start'}-{language}-{width}.png")


def look(page: "Page", url: str, name: str, told: list[str]) -> list[str]:
    """What is wrong with a page, at every width."""
    told.clear()
    page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    asked = page.context.request.get(url)
    if asked.status in {401, 404, 405, 422} or "text/html" not in asked.headers.get("content-type", ""):
        return []
    page.goto(url)
    if SCREENS:
        picture(page, name)
    found = [f"{name}: answered {asked.status}"] if asked.status >= 400 else []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{name} {width}: overflows: {one}" for one in page.evaluate(OVERFLOW)]
        found += [f"{name} {width}: overlaps: {one}" for one in page.evaluate(OVERLAP)]
    if name.startswith(("en", "ar")):
        for violation in Axe().run(page, options=RULES).response["violations"]:
            node = violation["nodes"][0]
            found.append(f"{name}: {violation['id']}: {node['html'][:140]}")
    return found + [f"{name}: console: {one[:160]}" for one in told if "favicon" not in one]

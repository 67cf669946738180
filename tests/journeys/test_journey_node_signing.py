"""A letter shared for pre-check, commented on there, then approved, signed twice and sent, in a browser."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from pytest_django.live_server_helper import LiveServer
from tests.node.conftest import _data_folder, _database, _guarded  # noqa: F401  # the node's tests have a database
from tests.samples.node import client_of, make_case, make_user
from tests.samples.nodesigning import ready_letter, signed_elsewhere, trust_root
from tests.samples.signers import PASSPHRASE, magistrate, root

from comity.evidence.keys import age_recipients
from comity.letters import from_json
from comity.node.composer.actions import begin_from_draft, set_language
from comity.node.people.models import User
from comity.node.people.roles import Role
from comity.node.requests.models import Request
from comity.node.vault.store import identity

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Download, Page

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = (360, 768, 1440)
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
SCREENS = os.environ.get("SCREENS", "")
"""Folder for pictures of the pages."""


class Desk:
    """One person at a browser of her own, whose pages are looked at as she goes."""

    def __init__(self, browser: "Browser", server: LiveServer, user: User) -> None:
        self.context = browser.new_context(base_url=server.url)
        cookie = client_of(user, present=True).cookies["sessionid"].value
        self.context.add_cookies([{"name": "sessionid", "value": cookie, "url": server.url}])
        self.page: Page = self.context.new_page()
        self.told: list[str] = []
        self.page.on("console", lambda message: self.told.append(message.text) if message.type == "error" else None)

    def press(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("main").get_by_role("button", name=name, exact=True).last.click()

    def saves(self, click: Callable[[], None]) -> bytes:
        with self.page.expect_download() as caught:
            click()
        download: Download = caught.value
        return Path(download.path()).read_bytes()

    def looks(self, name: str) -> None:
        """Nothing overflows and nothing is inaccessible, at every width."""
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 1400})
            wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert self.page.evaluate(wide) <= 0, f"{name} overflows at {width}"
            if SCREENS:
                self.page.screenshot(path=f"{SCREENS}/{name}-{width}.png")
        found = Axe().run(self.page, options=RULES)
        assert found.violations_count == 0, found.generate_report()
        assert not self.told, self.told


@pytest.fixture
def desk(
    browser: "Browser", live_server: LiveServer, tmp_path: Path, settings: Any
) -> "Iterator[Callable[[User], Desk]]":
    settings.DATA = tmp_path / "node"
    settings.DATA.mkdir(mode=0o700)
    made: list[Desk] = []

    def open_one(user: User) -> Desk:
        made.append(Desk(browser, live_server, user))
        return made[-1]

    yield open_one
    for one in made:
        one.context.close()


class Case:
    """A letter of asha's in a case with meera, who approves and signs, and ravi, who receives and sends."""

    def __init__(self, desk: Callable[[User], Desk]) -> None:
        people = {"asha": Role.INVESTIGATOR, "meera": Role.PROSECUTOR, "ravi": Role.AUTHORITY}
        users = {name: make_user(role, name=name) for name, role in people.items()}
        self.case = make_case(*users.values())
        drafted = from_json(ready_letter())
        self.letter = begin_from_draft(users["asha"], case=self.case, drafted=drafted, note="")
        set_language(users["asha"], letter=self.letter, language="en")
        self.address = f"/letters/{self.case.pk}/{self.letter.pk}/"
        self.asha, self.meera, self.ravi = (desk(one) for one in users.values())


def test_a_draft_goes_for_pre_check_and_comes_back(desk: Callable[[User], Desk]) -> None:
    told = Case(desk)
    asha, ravi = told.asha, told.ravi
    key = age_recipients(identity().public)[0]  # the other side is the same node here, under its own key
    asha.page.goto(told.address)
    asha.page.get_by_role("link", name="Pre-check").click()
    asha.page.get_by_role("link", name="Share for pre-check").click()
    asha.page.get_by_label("Or an age key").fill(key)
    asha.page.get_by_label("Whose key it is").fill("Central Authority")
    asha.looks("precheck-share")
    asha.press("Seal it")
    sealed = asha.saves(asha.page.get_by_role("link", name="Save the sealed file").click)
    asha.looks("precheck-of-letter")

    ravi.page.goto("/requests/incoming/")
    ravi.page.get_by_role("link", name="Drafts to pre-check").click()
    ravi.page.get_by_label("The sealed file").set_input_files({"name": "x.age", "mimeType": "", "buffer": sealed})
    ravi.press("Open and check it")
    part = ravi.page.locator(".part").nth(3)
    part.locator("summary").click()
    part.get_by_label("Remark").fill("Which account is meant?")
    with ravi.page.expect_navigation():
        part.get_by_role("button", name="Add").click()
    ravi.looks("precheck-draft")
    ravi.page.get_by_role("link", name="Seal what we say").click()
    ravi.page.get_by_label("Or an age key").fill(key)
    ravi.page.get_by_label("Whose key it is").fill("Our Police")
    ravi.looks("precheck-answer")
    back = ravi.saves(ravi.page.get_by_role("button", name="Seal and save it").click)
    ravi.page.goto("/precheck/")
    ravi.looks("precheck-drafts")

    asha.page.get_by_label("The sealed file").set_input_files({"name": "y.age", "mimeType": "", "buffer": back})
    asha.press("Open it and put it beside the letter")
    assert asha.page.locator(".part").nth(3).get_by_text("Which account is meant?").count() == 1
    asha.looks("precheck-edit")
    asha.press("Settled")
    assert asha.page.get_by_text("Which account is meant?").count() == 0


def test_a_letter_is_approved_signed_twice_and_sent(desk: Callable[[User], Desk], settings: Any) -> None:
    trust_root(Path(settings.DATA), root())
    told = Case(desk)
    asha, meera, ravi = told.asha, told.meera, told.ravi
    asha.page.goto(f"{told.address}request/")
    asha.press("Make it a request")
    address = asha.page.url
    asha.page.get_by_role("link", name="Mark as checked", exact=True).click()
    asha.press("Mark as checked")
    meera.page.goto(address)
    meera.page.get_by_role("link", name="Approve", exact=True).click()
    meera.press("Approve")
    meera.page.get_by_role("link", name="Sign the letter").click()
    meera.looks("signing-before")
    meera.page.get_by_role("link", name="Sign here").click()
    meera.looks("signing-here")
    key = {"name": "key.p12", "mimeType": "application/x-pkcs12", "buffer": magistrate().p12(root().certificate)}
    for passphrase in ("a wrong one", PASSPHRASE):
        meera.page.get_by_label("Your key").set_input_files(key)  # type: ignore[arg-type]  # the stubs' own record
        meera.page.get_by_label("Passphrase of the key").fill(passphrase)
        meera.press("Sign")
        if passphrase != PASSPHRASE:
            assert meera.page.get_by_text("the key cannot be opened").count() == 1
            assert meera.page.get_by_label("Passphrase of the key").input_value() == ""
            meera.told.clear()  # Chromium tells of the 422
            meera.looks("signing-refused")
    pdf = meera.saves(meera.page.get_by_role("link", name="Save the letter to sign").click)
    with ThreadPoolExecutor(1) as elsewhere:  # here Playwright's event loop runs
        signed = elsewhere.submit(signed_elsewhere, pdf).result()
    meera.page.get_by_label("The signed letter").set_input_files(
        {"name": "signed.pdf", "mimeType": "application/pdf", "buffer": signed}
    )
    meera.press("Check and keep it")
    meera.looks("signing-after")
    assert meera.page.get_by_text("A. N. Other").count() > 0

    ravi.page.goto(address)
    ravi.page.get_by_role("link", name="Register as sent", exact=True).click()
    ravi.page.get_by_label("By what means").fill("courier")
    ravi.looks("signing-send")
    ravi.press("Register as sent")
    ravi.looks("signing-sent")
    assert ravi.page.get_by_text("signed-2.pdf").count() > 0
    assert Request.objects.get().state == "sent"

"""The shipped case from upload to closed request, in a browser, by four people with their own rights."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from pytest_django.live_server_helper import LiveServer
from tests.node.conftest import _data_folder, _database, _guarded  # noqa: F401  # the node's tests have a database
from tests.samples.node import client_of, make_user
from tests.samples.nodecases import PHISHING

from comity.node.audit.models import Entry
from comity.node.people.models import User
from comity.node.people.roles import Role
from comity.node.requests.models import Request

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _at_once(settings: Any) -> None:
    """What a worker does is done at once here; the worker itself is tried in tests/faults."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


class Desk:
    """One person at a browser of her own."""

    def __init__(self, browser: "Browser", server: LiveServer, user: User) -> None:
        self.user, self.server = user, server
        context = browser.new_context(base_url=server.url)
        cookie = client_of(user, present=True).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": server.url}])
        self.page: Page = context.new_page()

    def press(self, name: str) -> None:
        """Press a button of the page, and wait for the page that follows."""
        with self.page.expect_navigation():
            self.page.get_by_role("main").get_by_role("button", name=name, exact=True).first.click()

    def does(self, act: str, **told: str) -> None:
        """Tell that something happened to the request on the page."""
        self.page.get_by_role("link", name=act, exact=True).click()
        for label, text in told.items():
            self.page.get_by_label(label.replace("_", " ")).fill(text)
        self.press(act)


@pytest.fixture
def desks(browser: "Browser", live_server: LiveServer) -> "Iterator[dict[str, Desk]]":
    roles = {
        "asha": Role.INVESTIGATOR,
        "meera": Role.PROSECUTOR,
        "ravi": Role.AUTHORITY,
        "uma": Role.AUDITOR,
    }
    made = {name: Desk(browser, live_server, make_user(role, name=name)) for name, role in roles.items()}
    yield made
    for desk in made.values():
        desk.page.context.close()


def open_case(asha: Desk) -> str:
    """Open the case, tell its facts and hand in the evidence; its id."""
    asha.page.goto("/cases/new/")
    asha.page.get_by_label("Reference").fill("Cr. No. 147/2026")
    asha.page.get_by_label("Title").fill("Re-KYC phishing")
    asha.press("Open the case")
    case = re.search(r"/cases/(\w+)/", asha.page.url)
    assert case is not None
    asha.page.goto(f"/plans/{case[1]}/facts/")
    asha.page.get_by_label("Facts of the case").fill((PHISHING / "case.toml").read_text())
    asha.press("Save")
    asha.page.goto(f"/evidence/{case[1]}/")
    mails = sorted(path for path in (PHISHING / "mail").iterdir() if path.is_file())
    asha.page.get_by_label("Add files").set_input_files(mails)
    with asha.page.expect_navigation():
        asha.page.get_by_role("button", name="Add", exact=True).click()
    assert asha.page.get_by_role("row").count() == len(mails) + 1
    return case[1]


def ask_for_preservation(asha: Desk, case: str) -> str:
    """Plan, draft the letter of the first step to the United States, make it a request; the request's address."""
    asha.page.goto(f"/plans/{case}/")
    asha.press("Make a plan")
    step = asha.page.locator("ol.steps > li", has_text="United States").filter(has=asha.page.get_by_text("Draft the"))
    step.first.locator("summary").first.click()
    with asha.page.expect_navigation():
        step.first.get_by_role("button", name="Draft the letter").click()
    asha.page.get_by_role("link", name="Make it a request").click()
    asha.press("Make it a request")
    address = asha.page.url
    asha.does("Mark as checked")
    return address


def test_from_upload_to_closed_request(desks: dict[str, Desk]) -> None:
    asha, meera, ravi, uma = (desks[name] for name in ("asha", "meera", "ravi", "uma"))
    case = open_case(asha)
    address = ask_for_preservation(asha, case)

    # Nobody else knows of the case until she lets them in.
    assert (answer := meera.page.goto(address)) is not None
    assert answer.status == 404
    asha.page.get_by_role("link", name="Members").click()
    for desk in (meera, ravi, uma):
        asha.page.get_by_label("User name or e-mail address").fill(desk.user.username)
        asha.page.get_by_label("Why this person needs to know").fill("works on it")
        asha.press("Let in")

    # Four eyes: the prosecutor approves, and the central authority sends and registers what comes back.
    asha.page.goto(address)
    assert asha.page.get_by_role("link", name="Approve", exact=True).count() == 0
    meera.page.goto(address)
    meera.does("Approve")
    ravi.page.goto(address)
    unsigned = "the contact point takes e-mail"
    ravi.does("Register as sent", By_what_means="e-mail to the 24/7 contact point", Why_it_goes_unsigned=unsigned)
    ravi.does("Register the acknowledgement")
    ravi.does("Executed")
    ravi.does("Close")
    assert Request.objects.get().state == "closed"

    # The investigator closes the case.
    asha.page.goto(f"/cases/{case}/")
    asha.press("Close the case")
    assert asha.page.get_by_role("button", name="Open the case again").count() == 1

    # The auditor reads it all and can do nothing; the trail knows each of them.
    uma.page.goto(address)
    assert uma.page.get_by_text("What can happen now").count() == 0
    acts = Entry.objects.filter(act__startswith="request.").order_by("number").values_list("act", flat=True)
    assert [act.removeprefix("request.") for act in acts] == [
        "draft",
        "check",
        "approve",
        "send",
        "acknowledge",
        "execute",
        "close",
    ]
    readers = set(Entry.objects.filter(act="case.read", case=case).values_list("actor", flat=True))
    assert readers == {desk.user.pk for desk in desks.values()}

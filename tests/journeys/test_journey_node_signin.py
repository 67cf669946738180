"""Sign-in in a real browser: a passkey is made and signs in alone; pages obey their own policy."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from tests.node.conftest import _database, _guarded  # noqa: F401  # a fixture: these tests commit
from tests.samples.node import PASSWORD, make_user

from comity.node.audit.models import Entry
from comity.node.people.models import User
from comity.node.people.roles import Role

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
"""A telephone or computer that asks for a finger."""


@pytest.fixture
def address(live_server: "LiveServer") -> str:
    """The node under the one name for which a browser makes passkeys without TLS."""
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    context = browser.new_context()
    opened = context.new_page()
    said: list[str] = []
    # A browser asks for an icon by itself; that there is none is no fault of the page.
    opened.on(
        "console",
        lambda message: (
            said.append(message.text) if message.type == "error" and "favicon" not in message.location["url"] else None
        ),
    )
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    context.close()
    assert said == []


def add_key(page: "Page", **changes: object) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": {**KEY, **changes}})


def sign_in(page: "Page", address: str, user: User) -> None:
    page.goto(f"{address}/account/login/")
    page.get_by_label("User name or e-mail address").fill(user.username)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def acts() -> list[str]:
    return list(Entry.objects.order_by("number").values_list("act", flat=True))


def test_a_passkey_is_made_and_then_signs_in_alone(page: "Page", address: str) -> None:
    asha = make_user(Role.INVESTIGATOR)
    add_key(page)
    sign_in(page, address, asha)
    assert page.get_by_role("heading", level=1).inner_text() == "Set up a second factor"
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("button", name="Add").click()
    page.wait_for_url("**/account/2fa/recovery-codes/")
    assert acts()[-2:] == ["factor.add", "factor.add"]
    page.goto(f"{address}/")
    assert page.get_by_role("heading", level=1).inner_text() == "Today"

    page.context.clear_cookies()
    page.goto(f"{address}/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{address}/")
    assert page.get_by_role("heading", level=1).inner_text() == "Today"
    assert acts()[-1] == "session.begin"

    page.goto(f"{address}/people/presence/?next=/account/2fa/")
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/account/2fa/")


def test_a_key_that_asks_for_nothing_is_a_second_factor_only(page: "Page", address: str) -> None:
    asha = make_user(Role.INVESTIGATOR)
    add_key(page, transport="usb", hasResidentKey=False, hasUserVerification=False, isUserVerified=False)
    sign_in(page, address, asha)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Sign in with this key alone").uncheck()
    page.get_by_role("button", name="Add").click()
    page.wait_for_url("**/account/2fa/recovery-codes/")
    page.context.clear_cookies()
    sign_in(page, address, asha)
    page.wait_for_url("**/account/2fa/authenticate/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{address}/")
    assert settings.SESSION_COOKIE_NAME in {cookie.get("name") for cookie in page.context.cookies()}

"""Pages of people and of the trail in a browser: accessible, silent, and within their own policy."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.utils import timezone
from tests.node.conftest import _database, _guarded  # noqa: F401  # a fixture: these tests commit
from tests.samples.node import client_of, make_case, make_user

from comity.node.audit.actions import sign_head
from comity.node.audit.signing import signers
from comity.node.people.models import Delegation, Shift, Unit, User
from comity.node.people.roles import Role

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)
OWN = ("/people/me/", "/people/me/tokens/", "/people/me/tokens/new/", "/people/delegations/", "/audit/mine/")
ALLAUTH = (
    "/account/2fa/",
    "/account/2fa/totp/activate/",
    "/account/2fa/webauthn/",
    "/account/2fa/webauthn/add/",
    "/account/sessions/",
    "/account/password/change/",
    "/account/logout/",
)
PUBLIC = ("/account/login/", "/account/password/reset/", "/account/password/reset/done/", "/account/inactive/")
PAGES: dict[Role, tuple[str, ...]] = {
    Role.ADMINISTRATOR: (
        "/people/",
        "/people/new/",
        "/people/person/asha/",
        "/people/units/",
        "/people/units/new/",
        "/people/roster/",
        "/people/roster/new/",
        *OWN,
        *ALLAUTH,
    ),
    Role.AUDITOR: ("/audit/", "/audit/entry/0/", "/audit/checkpoints/", "/audit/export/"),
    Role.DUTY: ("/people/roster/", "/people/roster/{shift}/", "/people/delegations/new/", "/audit/mine/"),
}


@pytest.fixture
def things() -> dict[str, str]:
    asha, dev = make_user(Role.INVESTIGATOR, name="asha"), make_user(Role.DUTY, name="dev")
    make_case(asha)
    Unit.objects.create(name="Cyber Cell")
    now = timezone.now()
    Delegation.objects.create(by=asha, to=dev, starts_at=now, ends_at=now + timedelta(days=1), reason="leave")
    shift = Shift.objects.create(
        user=dev, starts_at=now, ends_at=now + timedelta(hours=8), handover="The provider answers by phone."
    )
    sign_head(signers())
    return {"shift": str(shift.pk)}


def signed_in(context: "BrowserContext", address: str, user: User) -> None:
    client = client_of(user, present=True)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": timezone.now().timestamp(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key), "url": address}])


@pytest.fixture
def contexts(browser: "Browser") -> "Iterator[list[BrowserContext]]":
    # axe has to be put into the page, which the page's own policy forbids: the policy is tried in the other context
    made = [browser.new_context(bypass_csp=True), browser.new_context()]
    yield made
    for context in made:
        context.close()


@pytest.mark.parametrize("role", [None, *PAGES], ids=str)
def test_pages_are_accessible_and_silent(
    role: Role | None, contexts: "list[BrowserContext]", live_server: "LiveServer", things: dict[str, str]
) -> None:
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

    address = live_server.url.replace("127.0.0.1", "localhost")
    if role is not None:
        user = User.objects.get(username="dev") if role is Role.DUTY else make_user(role)
        for context in contexts:
            signed_in(context, address, user)
    said: list[str] = []
    found: list[str] = []
    tested, strict = (context.new_page() for context in contexts)
    strict.on(
        "console", lambda message: said.append(message.text) if "favicon" not in message.location["url"] else None
    )
    strict.on("pageerror", lambda error: said.append(str(error)))
    for path in PAGES[role] if role else PUBLIC:
        target = address + path.format(**things)
        answer = strict.goto(target)
        assert answer is not None
        assert (answer.status, answer.url) == (200, target)
        assert strict.locator("h1").count() == 1, path
        tested.goto(target)
        report = Axe().run(tested)
        if report.violations_count:
            found.append(f"{path}\n{report.generate_report()}")
    assert not found, "\n".join(found)
    assert said == []

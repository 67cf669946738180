"""Sign-in at the agency's own provider: for whoever was invited under the same verified address, and nobody else."""

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import msgspec
import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as django_settings
from django.test import Client
from pytest_django.fixtures import Settings
from tests.samples.node import make_user
from tests.samples.oidc import Provider

from comity.node.audit.models import Entry
from comity.node.config import Config
from comity.node.errors import ConfigError
from comity.node.people.models import User
from comity.node.people.providers import provider_origins, provider_settings
from comity.node.people.roles import Role


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    made = Provider()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def agency(settings: Settings, provider: Provider) -> None:
    oidc = {"id": "sso", "name": "Agency SSO", "client_id": "comity", "secret": "secret", "server_url": provider.url}
    config = msgspec.structs.replace(django_settings.CONFIG, oidc=(oidc,))
    settings.CONFIG = config
    settings.SOCIALACCOUNT_PROVIDERS = provider_settings(config)
    provider.claims = {}
    provider.asked.clear()


def through(client: Client, address: str = "/account/oidc/sso/login/") -> Any:
    """Go to the provider and come back; the answer to the call back."""
    leaving = client.post(address)
    assert leaving.status_code == 302
    back = urlsplit(httpx.get(leaving.headers["Location"]).headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def invited() -> User:
    user = make_user(Role.INVESTIGATOR)
    user.set_unusable_password()
    user.save()
    return user


def test_who_was_invited_comes_in_and_is_linked_once(provider: Provider) -> None:
    asha = invited()
    provider.claims = {"sub": "77", "email": asha.email.upper(), "email_verified": True}
    client = Client()
    assert through(client).headers["Location"] == "/"
    acts = list(Entry.objects.order_by("number").values_list("act", "about"))
    assert acts == [("account.link", asha.pk), ("session.begin", asha.pk)]
    assert provider.asked[0]["code_challenge_method"] == "S256"
    provider.claims = {"sub": "77", "email": "changed@elsewhere.example", "email_verified": False}
    again = Client()
    assert through(again).headers["Location"] == "/"
    assert SocialAccount.objects.count() == 1
    assert again.get("/").headers["Location"] == "/people/second-factor/"


@pytest.mark.parametrize("claims", [{"email_verified": False}, {}, {"email_verified": True, "email": "x@y.example"}])
def test_nobody_else_comes_in_and_no_account_is_made(provider: Provider, claims: dict[str, Any]) -> None:
    asha = invited()
    provider.claims = {"sub": "78", "email": asha.email, **claims}
    client = Client()
    assert "No account here" in through(client).content.decode()
    assert client.get("/").headers["Location"].startswith("/account/login/")
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 0)


def test_an_ended_account_stays_ended(provider: Provider) -> None:
    asha = invited()
    provider.claims = {"sub": "79", "email": asha.email, "email_verified": True}
    through(Client())
    User.objects.update(is_active=False)
    client = Client()
    assert through(client).headers["Location"] == "/account/inactive/"
    assert client.get("/").headers["Location"].startswith("/account/login/")


def test_nobody_links_another_account_to_his_own(provider: Provider) -> None:
    asha = invited()
    provider.claims = {"sub": "80", "email": asha.email, "email_verified": True}
    client = Client()
    through(client)
    provider.claims = {"sub": "81", "email": "other@elsewhere.example", "email_verified": True}
    assert through(client, "/account/oidc/sso/login/?process=connect").status_code == 403
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize(("age_s", "sub", "present"), [(5, "82", True), (7200, "82", False), (5, "83", False)])
def test_who_only_signs_in_there_proves_presence_there(provider: Provider, age_s: int, sub: str, present: bool) -> None:
    asha = invited()
    provider.claims = {"sub": "82", "email": asha.email, "email_verified": True}
    client = Client()
    through(client)
    page = client.get("/people/presence/?next=/account/2fa/").content.decode()
    main = page.partition("<main")[2]
    action = main.split('<form method="post" action="')[1].split('"')[0].replace("&amp;", "&")
    provider.claims = {"sub": sub, "email": asha.email, "auth_time": int(time.time()) - age_s}
    assert through(client, action).headers["Location"] == "/account/2fa/"
    assert provider.asked[-1]["prompt"] == "login"
    assert provider.asked[-1]["max_age"] == "0"
    assert client.get("/people/presence/").status_code == (302 if present else 200)
    assert client.session["_auth_user_id"] == str(asha.pk)


def test_a_provider_that_asks_for_two_factors_is_taken_at_its_word(provider: Provider, settings: Settings) -> None:
    trusted = {**settings.CONFIG.oidc[0], "second_factor": "provider"}
    settings.CONFIG = msgspec.structs.replace(settings.CONFIG, oidc=(trusted,))
    asha = invited()
    provider.claims = {"sub": "84", "email": asha.email, "email_verified": True}
    client = Client()
    through(client)
    assert client.get("/").status_code == 200


def test_the_sign_in_page_names_the_provider_and_its_policy_lets_the_form_go_there() -> None:
    assert "Sign in with Agency SSO" in Client().get("/account/login/").content.decode()
    config = Config(oidc=({"server_url": "https://id.example/realms/x"},))
    assert provider_origins(config) == ("https://id.example",)
    with pytest.raises(ConfigError, match="id, name, client_id, secret"):
        provider_settings(config)
    with pytest.raises(ConfigError, match="name, entity_id, metadata_url"):
        provider_settings(Config(saml=({"id": "x"},)))


def test_saml_without_its_package_is_told_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comity.node.people.providers.SAML_INSTALLED", False)
    with pytest.raises(ConfigError, match="python3-saml"):
        provider_settings(Config(saml=({"id": "x"},)))


def test_a_provider_that_is_down_is_told(settings: Settings) -> None:
    down = {**settings.CONFIG.oidc[0], "server_url": "http://127.0.0.1:9"}
    settings.SOCIALACCOUNT_PROVIDERS = provider_settings(msgspec.structs.replace(settings.CONFIG, oidc=(down,)))
    answer = Client().post("/account/oidc/sso/login/")
    assert answer.status_code == 502
    assert "does not answer" in answer.content.decode()


def test_a_call_back_that_nobody_asked_for_opens_nothing() -> None:
    client = Client()
    answer = client.get("/account/oidc/sso/login/callback/?code=x&state=y")
    assert answer.status_code == 401
    assert client.get("/account/oidc/none/login/").status_code == 404

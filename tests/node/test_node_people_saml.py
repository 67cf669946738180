"""Sign-in by SAML 2.0: for whoever was invited under the address that the agency's provider signs, and nobody else."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as django_settings
from django.test import Client
from pytest_django.fixtures import Settings
from tests.samples.node import make_user
from tests.samples.saml import Provider, Said, make_pair

from comity.node.audit.models import Entry
from comity.node.people.models import User
from comity.node.people.providers import provider_settings
from comity.node.people.roles import Role

ACS = "/account/saml/sso/acs/"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    made = Provider()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def agency(settings: Settings, provider: Provider) -> None:
    saml = {"id": "sso", "name": "Agency SSO", "entity_id": provider.entity, "metadata_url": f"{provider.url}/metadata"}
    config = msgspec.structs.replace(django_settings.CONFIG, saml=(saml,))
    settings.CONFIG = config
    settings.SOCIALACCOUNT_PROVIDERS = provider_settings(config)


def browser() -> Client:
    return Client(HTTP_HOST="testserver")


def invited() -> User:
    user = make_user(Role.INVESTIGATOR)
    user.set_unusable_password()
    user.save()
    return user


def sent_away(client: Client) -> str:
    """Where the browser is sent to sign in."""
    leaving = client.post("/account/saml/sso/login/")
    assert leaving.status_code == 302
    return str(leaving.headers["Location"])


def back(client: Client, answer: str) -> Any:
    """The answer to what the provider made the browser send."""
    taken = client.post(ACS, {"SAMLResponse": answer})
    assert taken.status_code == 302
    return client.get(taken.headers["Location"])


def stays_out(client: Client) -> bool:
    return bool(client.get("/").headers.get("Location", "").startswith("/account/login/"))


def test_who_was_invited_comes_in_and_is_linked_once(provider: Provider) -> None:
    asha = invited()
    client = browser()
    answer = provider.answer(sent_away(client), Said(name="77", email=asha.email.upper()))
    assert back(client, answer).headers["Location"] == "/"
    acts = list(Entry.objects.order_by("number").values_list("act", "about"))
    assert acts == [("account.link", asha.pk), ("session.begin", asha.pk)]
    again = browser()
    moved = provider.answer(sent_away(again), Said(name="77", email="moved@elsewhere.example"))
    assert back(again, moved).headers["Location"] == "/"
    assert SocialAccount.objects.count() == 1
    assert again.get("/").headers["Location"] == "/people/second-factor/"


def test_who_was_not_invited_stays_out_and_no_account_is_made(provider: Provider) -> None:
    invited()
    client = browser()
    answer = provider.answer(sent_away(client), Said(name="78", email="stranger@agency.example"))
    assert "No account here" in back(client, answer).content.decode()
    assert stays_out(client)
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 0)


def test_another_key_signs_nobody_in(provider: Provider) -> None:
    asha = invited()
    client = browser()
    key, certificate = make_pair()
    forged = provider.answer(sent_away(client), Said(name="79", email=asha.email), key=key, certificate=certificate)
    assert "_auth_user_id" not in client.session
    back(client, forged)
    assert stays_out(client)
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "said",
    [
        {"valid_for": timedelta(minutes=-30)},
        {"audience": "https://elsewhere.example/metadata"},
    ],
)
def test_what_is_too_old_or_meant_for_others_signs_nobody_in(provider: Provider, said: dict[str, Any]) -> None:
    asha = invited()
    client = browser()
    back(client, provider.answer(sent_away(client), Said(name="80", email=asha.email, **said)))
    assert stays_out(client)


def test_an_answer_counts_once_and_for_the_browser_that_asked(provider: Provider) -> None:
    asha = invited()
    client, thief = browser(), browser()
    answer = provider.answer(sent_away(client), Said(name="81", email=asha.email))
    back(thief, answer)
    assert stays_out(thief)
    assert back(client, answer).headers["Location"] == "/"
    client.logout()
    back(client, answer)
    assert stays_out(client)


@pytest.mark.parametrize("answer", ["", "AAAA", "%%%", "PHgvPg=="])
def test_what_is_no_answer_is_refused(provider: Provider, answer: str) -> None:
    client = browser()
    sent_away(client)
    back(client, answer)
    assert stays_out(client)


def test_the_node_says_who_it_is(provider: Provider) -> None:
    told = browser().get("/account/saml/sso/metadata/").content.decode()
    assert 'AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"' in told
    assert ACS in told

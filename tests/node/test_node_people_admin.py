"""Administration: people are invited, get roles and lose them; no administrator alone reaches a case."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests.samples.node import PASSWORD, client_of, make_case, make_user

from comity.node.audit.models import Entry
from comity.node.errors import ChangedError, HiddenError, InvalidError, NotAllowedError
from comity.node.people.actions import accounts, invitations, roles, units
from comity.node.people.actions.factors import reset_factors
from comity.node.people.actions.tokens import make_token
from comity.node.people.models import Invitation, RoleGrant, Token, Unit, User
from comity.node.people.reads import unit_tree
from comity.node.people.roles import Right, Role
from comity.node.people.tasks import mail_notice
from comity.node.people.tokens import use_token

MaxQueries = Callable[[int], AbstractContextManager[object]]
FORM = {"name": "Bela Rao", "username": "Bela", "email": "Bela@Agency.example", "roles": ["investigator", "duty"]}


@pytest.fixture
def root() -> User:
    return make_user(Role.ADMINISTRATOR)


def invited(root: User, **changes: Any) -> tuple[User, str]:
    values = {"username": "bela", "name": "Bela", "email": "bela@agency.example", **changes}
    return invitations.invite(root, **values)


def acts() -> list[str]:
    return list(Entry.objects.order_by("number").values_list("act", flat=True))


def test_a_person_is_invited_and_comes_in_by_a_link_that_works_once(root: User) -> None:
    page = client_of(root, present=True).post("/people/new/", FORM)
    assert page.headers["Cache-Control"] == "no-store"
    link = re.search(r"/people/invitation/[\w-]+/", page.content.decode())
    assert link
    assert link[0] in str(mail.outbox[0].body)
    assert mail.outbox[0].to == ["bela@agency.example"]
    bela = User.objects.get(username="bela")
    assert bela.roles == {Role.INVESTIGATOR, Role.DUTY}
    secret = link[0].split("/")[3]
    assert secret not in str(Invitation.objects.values_list())
    assert secret.encode() not in b"".join(bytes(entry.body) for entry in Entry.objects.all())

    client = Client()
    assert "Bela Rao" in client.get(link[0]).content.decode()
    short = client.post(link[0], {"password": "short", "again": "short"})
    assert short.status_code == 422
    unlike = client.post(link[0], {"password": "four new words here", "again": "five new words here"})
    assert unlike.status_code == 422
    assert client.get(link[0]).headers["Referrer-Policy"] == "no-referrer"
    done = client.post(link[0], {"password": "four new words here", "again": "four new words here"})
    assert done.headers["Location"] == "/account/login/"
    for method in (client.get, client.post):
        assert method(link[0]).status_code == 404
    signed = client.post("/account/login/", {"login": "bela", "password": "four new words here"})
    assert signed.headers["Location"] == "/"
    assert client.get("/").headers["Location"] == "/people/second-factor/"
    assert acts() == ["person.invite", "person.accept_invitation", "session.begin"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("username", "a b"), ("username", "ROOT!"), ("name", " "), ("email", "no"), ("name", "x" * 201), ("roles", ["x"])],
)
def test_what_cannot_be_is_told_by_field(root: User, field: str, value: object) -> None:
    answer = client_of(root, present=True).post("/people/new/", {**FORM, field: value})
    assert answer.status_code == 422
    assert not User.objects.filter(email="bela@agency.example").exists()


def test_names_and_addresses_are_taken_once_whatever_their_case(root: User) -> None:
    invited(root)
    with pytest.raises(InvalidError) as refused:
        invited(root, username="BELA", email="BELA@agency.example")
    assert set(refused.value.problems) == {"username", "email"}


def test_a_new_link_ends_the_one_before_and_links_end_by_themselves(root: User) -> None:
    bela, first = invited(root)
    second = invitations.renew_invitation(root, user=bela)
    with pytest.raises(HiddenError):
        invitations.accept_invitation(secret=first, password="four new words here")
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(HiddenError):
        invitations.accept_invitation(secret=second, password="four new words here")


def test_only_administrators_administer(root: User) -> None:
    asha, other = make_user(Role.INVESTIGATOR), make_user()
    for act in (
        lambda: invited(asha),
        lambda: invitations.renew_invitation(asha, user=other),
        lambda: roles.grant_role(asha, user=other, role=Role.ANALYST),
        lambda: roles.end_role(asha, user=other, role=Role.ANALYST),
        lambda: accounts.edit_person(asha, user=other, name="x", email="x@y.example", unit=None, version=1),
        lambda: accounts.close_account(asha, user=other),
        lambda: accounts.open_account(asha, user=other),
        lambda: accounts.end_sessions(asha, user=other),
        lambda: reset_factors(asha, user=other),
        lambda: units.make_unit(asha, name="x"),
    ):
        with pytest.raises(NotAllowedError):
            act()


def test_nobody_gives_or_ends_a_role_of_his_own(root: User) -> None:
    for act in (roles.grant_role, roles.end_role):
        with pytest.raises(InvalidError, match="nobody"):
            act(root, user=root, role=Role.ADMINISTRATOR)


@pytest.mark.parametrize("alone", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_who_gives_rights_or_watches_does_not_act(root: User, alone: Role) -> None:
    asha, uma = make_user(Role.INVESTIGATOR), make_user(alone)
    with pytest.raises(InvalidError, match="no other role"):
        roles.grant_role(root, user=asha, role=alone)
    with pytest.raises(InvalidError, match="no other role"):
        roles.grant_role(root, user=uma, role=Role.INVESTIGATOR)
    with pytest.raises(InvalidError):
        invited(root, roles=[alone, Role.DUTY])
    roles.end_role(root, user=asha, role=Role.INVESTIGATOR)
    roles.grant_role(root, user=asha, role=alone)


def test_roles_are_ended_and_stay_in_the_history(root: User) -> None:
    asha = make_user(Role.INVESTIGATOR)
    client = client_of(root, present=True)
    client.post(f"/people/person/{asha.username}/roles/give/", {"role": "duty"})
    client.post(f"/people/person/{asha.username}/roles/end/", {"role": "investigator"})
    assert User.objects.get(pk=asha.pk).roles == {Role.DUTY}
    assert RoleGrant.objects.filter(user=asha).count() == 2
    assert acts() == ["role.grant", "role.end"]
    assert (
        "does not have the role"
        in client.post(f"/people/person/{asha.username}/roles/end/", {"role": "analyst"}, follow=True).content.decode()
    )
    assert client.post(f"/people/person/{asha.username}/roles/give/", {"role": "king"}).status_code == 422


def test_one_administrator_stays_who_can_sign_in(root: User) -> None:
    second, _ = invited(root, username="second", email="second@agency.example", roles=[Role.ADMINISTRATOR])
    with pytest.raises(InvalidError, match="one administrator stays"):
        roles.end_role(second, user=root, role=Role.ADMINISTRATOR)
    with pytest.raises(InvalidError, match="one administrator stays"):
        accounts.close_account(second, user=root)
    second.set_password(PASSWORD)
    second.save()
    accounts.close_account(second, user=root)
    with pytest.raises(InvalidError, match="his or her own"):
        accounts.close_account(second, user=second)


def test_closing_ends_all_and_keeps_what_was_done(root: User) -> None:
    asha, bela = make_user(Role.INVESTIGATOR), make_user(Role.INVESTIGATOR)
    case = make_case(asha, bela)
    client = Client()
    client.post("/account/login/", {"login": asha.username, "password": PASSWORD})
    _, token = make_token(asha, name="x", scopes=[Right.CASE_READ], days=1)
    accounts.close_account(root, user=asha)
    assert client.get("/people/second-factor/").headers["Location"].startswith("/account/login/")
    assert use_token(token) is None
    assert not UserSession.objects.filter(user=asha).exists()
    assert Token.objects.get().revoked_at is not None
    assert case.opened_by == asha
    login = Client().post("/account/login/", {"login": asha.username, "password": PASSWORD})
    assert login.status_code == 302
    assert login.headers["Location"] == "/account/inactive/"
    accounts.open_account(root, user=asha)
    assert User.objects.get(pk=asha.pk).roles == frozenset()


def test_the_last_member_of_a_case_stays_and_only_the_number_of_cases_is_told(root: User) -> None:
    asha, bela, gone = (make_user(Role.INVESTIGATOR) for _ in range(3))
    hidden = [make_case(asha), make_case(asha, gone)]
    make_case(asha, bela)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    client = client_of(root, present=True)
    text = client.post(f"/people/person/{asha.username}/close/", follow=True).content.decode()
    assert "the only member of 2 case(s)" in text
    assert not any(part in text for case in hidden for part in (case.pk, case.reference, case.title))
    assert User.objects.get(pk=asha.pk).is_active


def test_second_factors_are_reset_and_sessions_end(root: User) -> None:
    asha = make_user(Role.INVESTIGATOR)
    TOTP.activate(asha, "A" * 32)
    client = Client()
    client.post("/account/login/", {"login": asha.username, "password": PASSWORD})
    client_of(root, present=True).post(f"/people/person/{asha.username}/factors/reset/")
    assert not Authenticator.objects.filter(user=asha).exists()
    entry = Entry.objects.latest("number")
    assert (entry.act, entry.about) == ("factor.reset", asha.pk)
    with pytest.raises(InvalidError):
        reset_factors(root, user=root)


def test_no_administrator_alone_takes_over_an_account(root: User) -> None:
    asha, second = make_user(Role.INVESTIGATOR), make_user(Role.ADMINISTRATOR)
    invitations.renew_invitation(root, user=asha)
    with pytest.raises(InvalidError, match="another administrator"):
        reset_factors(root, user=asha)
    reset_factors(second, user=asha)
    with pytest.raises(InvalidError, match="another administrator"):
        invitations.renew_invitation(second, user=asha)


def test_where_there_is_one_administrator_he_helps_alone(root: User) -> None:
    asha = make_user(Role.INVESTIGATOR)
    invitations.renew_invitation(root, user=asha)
    reset_factors(root, user=asha)


def test_the_second_writer_is_told_and_keeps_what_he_typed(root: User) -> None:
    asha = make_user(Role.INVESTIGATOR)
    client = client_of(root, present=True)
    address = f"/people/person/{asha.username}/edit/"
    form = {"name": "Asha One", "email": "one@agency.example", "version": 1}
    assert client.post(address, form).status_code == 302
    late = client.post(address, {**form, "name": "Asha Two"})
    assert late.status_code == 409
    text = late.content.decode()
    assert "Asha One" in text
    assert 'value="Asha Two"' in text
    assert 'name="version" value="2"' in text
    assert client.post(address, {**form, "name": "Asha Two", "version": 2}).status_code == 302
    with pytest.raises(ChangedError):
        accounts.edit_person(root, user=asha, name="x", email="x@y.example", unit=None, version=2)
    other = make_user()
    assert client.post(address, {**form, "email": other.email, "version": 3}).status_code == 422


def test_an_address_that_was_changed_opens_nothing(root: User) -> None:
    asha = make_user(Role.INVESTIGATOR)
    old = asha.email
    client = client_of(asha)
    form = {"oldpassword": PASSWORD, "password1": "four new words here", "password2": "four new words here"}
    client.post("/account/password/change/", form)  # where allauth notes the address
    accounts.edit_person(root, user=asha, name="Asha", email="new@agency.example", unit=None, version=1)
    found = [
        Client().post("/account/login/", {"login": login, "password": "four new words here"}).status_code
        for login in (old, "new@agency.example")
    ]
    assert found == [200, 302]
    Client().post("/account/password/reset/", {"email": old})
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_person_is_told_what_an_administrator_did(root: User) -> None:
    asha = make_user(Role.INVESTIGATOR)
    old = asha.email
    reset_factors(root, user=asha)
    roles.grant_role(root, user=asha, role=Role.DUTY)
    roles.end_role(root, user=asha, role=Role.DUTY)
    accounts.edit_person(root, user=asha, name="Asha", email="new@agency.example", unit=None, version=1)
    accounts.edit_person(root, user=asha, name="Asha Rao", email="new@agency.example", unit=None, version=2)
    for task in DBTaskResult.objects.order_by("enqueued_at"):
        mail_notice.func(*task.args_kwargs["args"])
    assert [message.to for message in mail.outbox] == [[old]] * 4
    assert "took away your second factors" in str(mail.outbox[0].body)
    assert "the old one" in str(mail.outbox[3].body)


def test_units_stand_in_a_tree_and_never_under_themselves(root: User) -> None:
    client = client_of(root, present=True)
    for name in ("State", "District", "Cell"):
        above = Unit.objects.last()
        client.post("/people/units/new/", {"name": name, "above": above.pk if above else ""})
    assert [(level, unit.name) for level, unit in unit_tree()] == [(0, "State"), (1, "District"), (2, "Cell")]
    top, low = Unit.objects.get(name="State"), Unit.objects.get(name="Cell")
    for above in (top, low):
        with pytest.raises(InvalidError, match="under itself"):
            units.change_unit(root, unit=top, name="State", above=above)
    answer = client.post(f"/people/units/{low.pk}/", {"name": "State", "above": ""})
    assert answer.status_code == 422
    client.post(f"/people/units/{low.pk}/", {"name": "Cyber Cell", "above": top.pk})
    assert [(level, unit.name) for level, unit in unit_tree()] == [(0, "State"), (1, "Cyber Cell"), (1, "District")]
    for _ in range(6):
        low = units.make_unit(root, name=f"Under {low.pk}", above=low)
    with pytest.raises(InvalidError, match="levels"):
        units.make_unit(root, name="Too deep", above=low)


def test_the_list_finds_people_at_the_same_cost(root: User, django_assert_max_num_queries: MaxQueries) -> None:
    for number in range(60):
        make_user(Role.INVESTIGATOR, Role.DUTY, name=f"officer{number}")
    client = client_of(root)
    with django_assert_max_num_queries(8):
        text = client.get("/people/").content.decode()
    assert "61 people" in text
    with django_assert_max_num_queries(8):
        client.get("/people/?page=2")
    found = client.get("/people/?q=officer59").content.decode()
    assert "Officer59" in found
    assert "Officer58" not in found
    for text in ("%", "'", "\\", "x" * 5000):
        assert client.get("/people/", {"q": text}).status_code == 200
    with django_assert_max_num_queries(16):
        client.get("/people/person/officer1/")


def test_a_person_sets_language_and_zone(root: User) -> None:
    client = client_of(root)
    assert client.post("/people/me/", {"language": "ar", "time_zone": "Asia/Dubai"}).status_code == 302
    text = client.get("/people/me/").content.decode()
    assert '<html lang="ar" dir="rtl"' in text
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "hi"
    assert '<html lang="hi"' in client.get("/people/me/").content.decode()
    client.post("/people/me/", {"language": "ar", "time_zone": "Asia/Dubai"})
    assert '<html lang="ar"' in client.get("/people/me/").content.decode()
    assert client.post("/people/me/", {"language": "xx", "time_zone": "../../etc/passwd"}).status_code == 422


def test_tokens_are_made_and_revoked_on_the_own_page() -> None:
    asha, other = make_user(Role.INVESTIGATOR), make_user(Role.INVESTIGATOR)
    assert client_of(asha).get("/people/me/tokens/new/").headers["Location"].startswith("/people/presence/")
    client = client_of(asha, present=True)
    page = client.post("/people/me/tokens/new/", {"name": "sync", "scopes": ["case.read"], "days": 5})
    text = re.search(r"comity_\w+_[\w-]+", page.content.decode())
    assert text
    assert use_token(text[0]) is not None
    token = Token.objects.get()
    assert (
        client.post("/people/me/tokens/new/", {"name": "x", "scopes": ["people.manage"], "days": 5}).status_code == 422
    )
    assert client_of(other).post(f"/people/me/tokens/{token.pk}/revoke/").status_code == 404
    assert client.post(f"/people/me/tokens/{token.pk}/revoke/").status_code == 302
    assert use_token(text[0]) is None
    assert text[0] not in client.get("/people/me/tokens/").content.decode()

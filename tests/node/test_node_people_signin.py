"""Sign-in: by password and a second factor, refused alike for whoever is not known, locked after some tries."""

import base64
import hmac
import re
import struct
import time
from datetime import timedelta
from hashlib import sha1
from typing import Any
from urllib.parse import urlencode

import msgspec
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, hotp_value
from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings
from tests.samples.node import PASSWORD, client_of, make_case, make_user

from comity.node.audit.models import Entry
from comity.node.audit.record import Record, parse_record
from comity.node.people.models import User
from comity.node.people.roles import Role
from comity.node.people.tasks import mail_reset

LOGIN = "/account/login/"
FORM = "application/x-www-form-urlencoded"
SECRET = base64.b32encode(b"12345678901234567890").decode()


def one_time_code(at: float, digits: int = 6) -> str:
    """RFC 6238 with SHA-1, written from the text of the RFC."""
    digest = hmac.new(b"12345678901234567890", struct.pack(">Q", int(at) // 30), sha1).digest()
    offset = digest[-1] & 15
    number: int = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**digits:0{digits}}"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "94287082"), (1111111109, "07081804"), (1111111111, "14050471"), (20000000000, "65353130")],
)
def test_one_time_codes_are_those_of_rfc_6238(seconds: int, code: str) -> None:
    assert one_time_code(seconds, digits=8) == code
    assert f"{hotp_value(SECRET, seconds // 30):06}" == code[2:]


def with_totp(user: User) -> None:
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)


def sign_in(client: Client, login: str, password: str = PASSWORD, **extra: Any) -> Any:
    return client.post(LOGIN, {"login": login, "password": password, **extra})


def last() -> Record:
    return parse_record(bytes(Entry.objects.latest("number").body))


def mail_waiting() -> None:
    """Do what the worker does with mails that wait."""
    for task in DBTaskResult.objects.filter(task_path=mail_reset.module_path):
        mail_reset.func(*task.args_kwargs["args"])


def acts() -> list[str]:
    return list(Entry.objects.order_by("number").values_list("act", flat=True))


@pytest.mark.parametrize("by", ["username", "email"])
def test_a_person_signs_in_and_is_led_to_a_second_factor(by: str) -> None:
    asha = make_user(Role.INVESTIGATOR)
    case = make_case(asha)
    client = Client()
    assert sign_in(client, getattr(asha, by)).headers["Location"] == "/"
    record = last()
    assert (record.act, record.about, record.facts["methods"]) == ("session.begin", asha.username, "password")
    for address in ("/", "/cases/", f"/cases/{case.pk}/"):
        assert client.get(address).headers["Location"] == "/people/second-factor/"
    page = client.get("/people/second-factor/").content.decode()
    assert case.reference not in page
    assert "/account/2fa/totp/activate/" in page


def test_where_the_agency_asks_for_none_there_is_no_second_factor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "CONFIG", msgspec.structs.replace(settings.CONFIG, second_factor=False))
    asha, client = make_user(Role.INVESTIGATOR), Client()
    sign_in(client, asha.username)
    assert client.get("/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_one_time_codes_are_set_up_asked_for_and_open_once() -> None:
    asha, client = make_user(Role.INVESTIGATOR), Client()
    sign_in(client, asha.username)
    assert client.get("/account/2fa/totp/activate/").headers["Location"].startswith("/account/reauthenticate/")
    again = client.post("/account/reauthenticate/", {"password": PASSWORD, "next": "/account/2fa/totp/activate/"})
    assert again.headers["Location"] == "/account/2fa/totp/activate/"
    page = client.get("/account/2fa/totp/activate/").content.decode()
    assert "data:image/svg+xml;base64," in page
    assert "<script" not in page.replace("<script defer src=", "").replace('<script src="', "")
    session = client.session
    session["mfa.totp.secret"] = SECRET
    session.save()
    assert client.post("/account/2fa/totp/activate/", {"code": "000000"}).status_code == 200
    made = client.post("/account/2fa/totp/activate/", {"code": one_time_code(time.time())})
    assert made.headers["Location"] == "/account/2fa/recovery-codes/"
    assert acts()[-2:] == ["factor.add", "factor.add"]
    assert [message.to for message in mail.outbox] == [[asha.email]]
    assert len(re.findall(r"\b\d{8}\b", client.get("/account/2fa/recovery-codes/").content.decode())) >= 10
    assert client.get("/").status_code == 200
    stored = Authenticator.objects.get(user=asha, type="totp").data["secret"]
    assert SECRET not in stored

    code = one_time_code(time.time() + 30)
    other = Client()
    assert sign_in(other, asha.username).headers["Location"] == "/account/2fa/authenticate/"
    assert other.get("/").status_code == 302
    assert "session.begin" not in acts()[-1:]
    assert other.post("/account/2fa/authenticate/", {"code": "123456"}).status_code == 200
    assert (last().act, last().facts) == ("session.fail", {"method": "mfa"})
    assert other.post("/account/2fa/authenticate/", {"code": code}).headers["Location"] == "/"
    assert last().facts["methods"] == "password totp"
    assert other.get("/").status_code == 200
    third = Client()
    sign_in(third, asha.username)
    assert third.post("/account/2fa/authenticate/", {"code": code}).status_code == 200


def test_a_recovery_code_opens_once() -> None:
    asha = make_user(Role.INVESTIGATOR)
    with_totp(asha)
    code = Authenticator.objects.get(user=asha, type="recovery_codes").wrap().get_unused_codes()[0]
    found = []
    for _ in range(2):
        client = Client()
        sign_in(client, asha.username)
        found.append(client.post("/account/2fa/authenticate/", {"code": code}).status_code)
    assert found == [302, 200]


def test_the_last_factor_stays() -> None:
    asha = make_user(Role.INVESTIGATOR)
    with_totp(asha)
    client = Client()
    sign_in(client, asha.username)
    client.post("/account/2fa/authenticate/", {"code": one_time_code(time.time())})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert client.post("/account/2fa/totp/deactivate/").status_code == 200
    assert Authenticator.objects.filter(user=asha, type="totp").exists()


def test_the_last_passkey_stays_too() -> None:
    asha = make_user(Role.INVESTIGATOR)
    keys = [
        Authenticator.objects.create(user=asha, type="webauthn", data={"name": name, "credential": {}})
        for name in ("one", "two")
    ]
    client = client_of(asha)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    for key in keys:
        client.post(f"/account/2fa/webauthn/keys/{key.pk}/remove/")
    assert list(Authenticator.objects.filter(user=asha)) == [keys[1]]
    assert acts()[-1] == "factor.remove"
    other = make_user(Role.INVESTIGATOR)
    Authenticator.objects.create(user=other, type="webauthn", data={"name": "x", "credential": {}})
    stranger = client_of(other)
    stranger.post("/account/reauthenticate/", {"password": PASSWORD})
    assert stranger.post(f"/account/2fa/webauthn/keys/{keys[1].pk}/remove/").status_code == 404


def test_a_new_password_ends_the_other_sessions() -> None:
    asha = make_user(Role.INVESTIGATOR)
    clients = [client_of(asha), client_of(asha)]
    form = {"oldpassword": PASSWORD, "password1": "four new words here", "password2": "four new words here"}
    assert clients[0].post("/account/password/change/", form).status_code == 302
    assert last().act == "password.change"
    assert [client.get("/").status_code for client in clients] == [200, 302]


def test_who_is_not_known_is_answered_like_a_wrong_password() -> None:
    asha, gone = make_user(Role.INVESTIGATOR), make_user(Role.INVESTIGATOR)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    pages = []
    for name in (asha.username, "nobody", gone.username, asha.email, "nobody@agency.example"):
        page = sign_in(Client(), name, "wrong wrong wrong").content.decode()
        page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)
        pages.append(page.replace(f'value="{name}"', ""))
    assert len(set(pages)) == 1
    facts = [parse_record(bytes(one.body)) for one in Entry.objects.order_by("number")]
    assert [one.about for one in facts] == [asha.username, "", gone.username, asha.email.split("@")[0], ""]
    assert b"nobody" not in b"".join(bytes(one.body) for one in Entry.objects.all())


def test_a_password_is_reset_by_a_link_and_nobody_learns_who_is_known() -> None:
    asha = make_user(Role.INVESTIGATOR)
    answers = [Client().post("/account/password/reset/", {"email": to}) for to in (asha.email, "no@agency.example")]
    assert [one.headers["Location"] for one in answers] == ["/account/password/reset/done/"] * 2
    assert mail.outbox == []  # it goes by itself: nobody sees by the clock whether an address is known
    mail_waiting()
    assert [message.to for message in mail.outbox] == [[asha.email]]
    link = re.search(r"(/account/password/reset/key/\S+)", str(mail.outbox[0].body))
    assert link
    client = Client()
    form = client.get(link[1]).headers["Location"]
    client.post(form, {"password1": "four new words here", "password2": "four new words here"})
    assert last().act == "password.reset"
    assert sign_in(Client(), asha.username, "four new words here").status_code == 302


def test_no_password_is_set_for_whoever_has_none_or_is_gone() -> None:
    sso, gone = make_user(Role.INVESTIGATOR), make_user(Role.INVESTIGATOR)
    sso.set_unusable_password()
    sso.save()
    User.objects.filter(pk=gone.pk).update(is_active=False)
    for user in (sso, gone):
        answer = Client().post("/account/password/reset/", {"email": user.email})
        assert answer.headers["Location"] == "/account/password/reset/done/"
        mail_reset.func(user.pk)
    assert not DBTaskResult.objects.exists()
    assert mail.outbox == []
    assert "no password here" in client_of(sso).get("/account/password/change/", follow=True).content.decode()


class NoMail(BaseEmailBackend):
    """A server that does not answer."""

    def send_messages(self, email_messages: object) -> int:
        raise ConnectionRefusedError


def test_what_was_done_stands_where_the_mail_cannot_be_sent(settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.NoMail"
    asha = make_user(Role.INVESTIGATOR)
    assert Client().post("/account/password/reset/", {"email": asha.email}).status_code == 302
    client = client_of(asha)
    form = {"oldpassword": PASSWORD, "password1": "four new words here", "password2": "four new words here"}
    assert client.post("/account/password/change/", form).status_code == 302
    assert sign_in(Client(), asha.username, "four new words here").status_code == 302
    root = make_user(Role.ADMINISTRATOR)
    page = client_of(root, present=True).post(f"/people/person/{asha.username}/link/").content.decode()
    assert "could not be sent" in page
    assert "/people/invitation/" in page


def test_an_account_is_locked_after_some_wrong_tries_and_that_is_entered_once() -> None:
    asha = make_user(Role.INVESTIGATOR)
    for _ in range(5):
        assert sign_in(Client(), asha.username, "wrong wrong wrong").status_code == 200
    for _ in range(3):
        assert "Too many" in sign_in(Client(), asha.username).content.decode()
    assert acts() == ["session.fail"] * 5 + ["session.lock"]
    assert last().about == asha.username
    other = make_user(Role.INVESTIGATOR)
    assert sign_in(Client(), other.username).status_code == 302


def test_codes_are_locked_too() -> None:
    asha = make_user(Role.INVESTIGATOR)
    with_totp(asha)
    client = Client()
    sign_in(client, asha.username)
    for _ in range(5):
        client.post("/account/2fa/authenticate/", {"code": "000000"})
    page = client.post("/account/2fa/authenticate/", {"code": one_time_code(time.time())})
    assert "Too many" in page.content.decode()


def test_there_is_no_sign_up_and_no_other_address() -> None:
    for address in ("signup/", "email/", "confirm-email/", "3rdparty/", "3rdparty/signup/", "login/code/confirm/"):
        assert Client().get(f"/account/{address}").status_code == 404


def test_a_session_begins_anew_at_sign_in_and_ends_at_sign_out() -> None:
    asha, client = make_user(Role.INVESTIGATOR), Client()
    client.get(LOGIN)
    session = client.session
    session["planted"] = "x"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    before = session.session_key
    sign_in(client, asha.username)
    assert client.session.session_key != before
    kept = client.session.session_key
    client.post("/account/logout/")
    assert last().act == "session.end"
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = str(kept)
    assert thief.get("/people/second-factor/").headers["Location"].startswith(LOGIN)


def test_a_session_ends_after_the_hours_that_the_agency_sets() -> None:
    asha = make_user(Role.INVESTIGATOR)
    client = client_of(asha)
    session = client.session
    session["signed_in_at"] = (timezone.now() - timedelta(hours=settings.CONFIG.session_hours, minutes=1)).isoformat()
    session.save()
    assert client.get("/").headers["Location"].startswith(LOGIN)


def test_a_person_sees_sessions_and_ends_the_others() -> None:
    asha = make_user(Role.INVESTIGATOR)
    clients = [Client(HTTP_USER_AGENT=f"Browser {number}") for number in range(2)]
    for client in clients:
        sign_in(client, asha.username)
        session = client.session
        session["second_factor"] = True
        session.save()
    page = clients[0].get("/account/sessions/").content.decode()
    assert "Browser 0" in page
    assert "Browser 1" in page
    clients[0].post("/account/sessions/")
    assert (last().act, last().facts["count"]) == ("session.end_others", 1)
    assert [client.get("/").status_code for client in clients] == [200, 302]


@pytest.mark.parametrize("there", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere(there: str) -> None:
    asha = make_user(Role.INVESTIGATOR)
    assert sign_in(Client(), asha.username, next=there).headers["Location"] == "/"
    client = client_of(asha, present=True)
    assert client.get("/people/presence/", {"next": there}).headers["Location"] == "/"
    again = client.post("/account/reauthenticate/", {"password": PASSWORD, "next": there})
    assert again.headers["Location"] == "/"
    out = client.post("/account/logout/", {"next": there})
    assert out.headers["Location"] == LOGIN


def test_step_up_takes_the_password_again_and_lasts_some_minutes() -> None:
    asha = make_user(Role.INVESTIGATOR)
    client = Client()
    sign_in(client, asha.username)
    step = client.get("/people/presence/?next=/cases/").headers["Location"]
    assert step.startswith("/account/reauthenticate/?next=")
    wrong = client.post("/account/reauthenticate/", {"password": "wrong wrong wrong", "next": "/cases/"})
    assert wrong.status_code == 200
    assert client.get("/people/presence/").headers["Location"].startswith("/account/reauthenticate/")
    client.post("/account/reauthenticate/", {"password": PASSWORD, "next": "/cases/"})
    assert client.get("/people/presence/?next=/cases/").headers["Location"] == "/cases/"
    session = client.session
    for one in session["account_authentication_methods"]:
        one["at"] -= settings.CONFIG.step_up_minutes * 60
    session.save()
    assert client.get("/people/presence/").headers["Location"].startswith("/account/reauthenticate/")


def test_what_was_typed_is_done_once_the_person_has_proved_to_be_there() -> None:
    root, asha = make_user(Role.ADMINISTRATOR), make_user(Role.INVESTIGATOR)
    client = client_of(root)
    act = f"/people/person/{asha.username}/roles/give/"
    step = client.post(act, "role=duty", content_type=FORM).headers["Location"]
    ask = client.get(step).headers["Location"]
    assert ask.startswith("/account/reauthenticate/?next=")
    assert asha.roles == {Role.INVESTIGATOR}
    done = client.post("/account/reauthenticate/", {"password": PASSWORD, "next": act})
    assert done.headers["Location"] == f"/people/person/{asha.username}/"
    assert User.objects.get(pk=asha.pk).roles == {Role.INVESTIGATOR, Role.DUTY}


def test_an_act_that_was_given_up_is_not_done_later() -> None:
    root = make_user(Role.ADMINISTRATOR)
    client = client_of(root)
    form = {"name": "Bela", "username": "bela", "email": "bela@agency.example"}
    client.post("/people/new/", urlencode(form), content_type=FORM)
    client.get("/people/new/")
    done = client.post("/account/reauthenticate/", {"password": PASSWORD, "next": "/people/new/"})
    assert done.headers["Location"] == "/people/new/"
    assert not User.objects.filter(username="bela").exists()
    assert client.post("/people/new/", {**form, "name": "x" * (1 << 17)}).status_code == 422


def test_answers_carry_strict_headers_and_cookies() -> None:
    answer = Client().get(LOGIN)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "no-store" in answer.headers["Cache-Control"]
    asha, client = make_user(Role.INVESTIGATOR), Client()
    cookie = sign_in(client, asha.username).cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert settings.SESSION_COOKIE_SECURE is settings.PUBLIC_URL.startswith("https://")


def test_forms_of_sign_in_need_their_token() -> None:
    asha, client = make_user(Role.INVESTIGATOR), Client(enforce_csrf_checks=True)
    refused = client.post(LOGIN, {"login": asha.username, "password": PASSWORD})
    assert refused.status_code == 403
    assert "open too long" in refused.content.decode()


def test_language_and_zone_are_the_persons_own() -> None:
    asha = make_user(Role.INVESTIGATOR)
    User.objects.filter(pk=asha.pk).update(language="hi", time_zone="America/New_York")
    client = client_of(asha)
    assert '<html lang="hi"' in client.get("/").content.decode()

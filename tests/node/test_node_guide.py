"""The guided start: what is left to do is known from the node, and shown to whoever can do it."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone
from tests.samples.node import client_of, make_case, make_user

from comity.node.config import Config
from comity.node.home.guide import Task, tasks
from comity.node.people.models import Shift, Unit, User
from comity.node.people.roles import Role


def told(user: User) -> dict[str, Task]:
    return {task.title: task for task in tasks(user)}


@pytest.fixture
def root() -> User:
    return make_user(Role.ADMINISTRATOR)


def test_a_new_node_shows_its_administrator_what_is_left_to_do(root: User) -> None:
    page = client_of(root).get("/").content.decode()
    assert "Setting up this node" in page
    assert "comity.invalid" in page
    assert "things are left to do" in page
    assert all(str(task.title) in page for task in tasks(root))


def test_people_are_wanted_until_a_request_can_live_its_whole_life(root: User) -> None:
    lacking = told(root)["Invite the people"].missing
    assert any("Approve a request" in line for line in lacking)
    alone = make_user(Role.PROSECUTOR)
    assert "One person alone drafts and approves: nothing can be approved" in told(root)["Invite the people"].missing
    for role in (Role.INVESTIGATOR, Role.AUTHORITY, Role.CUSTODIAN, Role.AUDITOR):
        make_user(role)
    assert told(root)["Invite the people"].done
    alone.is_active = False
    alone.save()
    assert told(root)["Invite the people"].done  # the officer of the authority approves too


def test_units_and_the_roster_are_done_once_they_are_there(root: User) -> None:
    assert not told(root)["Make the units of the agency"].done
    assert "168 hours" in told(root)["Plan who is on duty"].missing[0]
    Unit.objects.create(name="Cyber unit")
    now = timezone.now()
    Shift.objects.create(user=make_user(Role.DUTY), starts_at=now - timedelta(hours=1), ends_at=now + timedelta(days=8))
    assert told(root)["Make the units of the agency"].done
    assert told(root)["Plan who is on duty"].done


def test_settings_and_a_backup_are_looked_at(root: User, settings_of: "type[Config]") -> None:
    assert told(root)["Say who you are"].done
    assert not told(root)["Back it up"].done
    folder = Path(settings.DATA, "backups")
    folder.mkdir(exist_ok=True)
    kept = folder / "a.tar"
    kept.touch()
    try:
        assert told(root)["Back it up"].done
    finally:
        kept.unlink()


@pytest.fixture
def settings_of(monkeypatch: pytest.MonkeyPatch) -> type[Config]:
    config = Config(agency="CBI", origin="node.cbi.example", url="https://node.cbi.example", mail="smtp://localhost")
    monkeypatch.setattr(settings, "CONFIG", config)
    return Config


def test_a_test_mail_goes_to_the_administrator_who_asks(root: User) -> None:
    response = client_of(root).post("/test-mail/", follow=True)
    assert [one.to for one in mail.outbox] == [[root.email]]
    assert root.email in response.content.decode()


def test_a_mail_server_that_does_not_answer_is_said(root: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
    monkeypatch.setattr(settings, "EMAIL_PORT", 1)
    response = client_of(root).post("/test-mail/", follow=True)
    assert "look at the setting mail" in response.content.decode()


def test_nobody_else_is_asked_to_set_up_the_node_or_sends_mail_from_it() -> None:
    asha = make_user(Role.INVESTIGATOR)
    assert "Setting up this node" not in client_of(asha).get("/").content.decode()
    assert client_of(asha).post("/test-mail/").status_code == 403
    assert not mail.outbox


def test_who_is_new_reads_what_the_own_role_can_do_until_there_is_a_case() -> None:
    asha, uma = make_user(Role.INVESTIGATOR), make_user(Role.AUDITOR)
    first = client_of(asha).get("/").content.decode()
    assert 'href="/cases/new/"' in first
    assert "check the trail" not in first
    assert "check the trail" in client_of(uma).get("/").content.decode()
    make_case(asha)
    assert "What you can do here" not in client_of(asha).get("/").content.decode()


def test_an_empty_month_says_what_stands_there() -> None:
    page = client_of(make_user(Role.INVESTIGATOR)).get("/requests/calendar/").content.decode()
    assert "Nothing ends in this month" in page

"""What keeps a node going: schedule, dead workers, health, backup and doctor."""

import logging.config
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from tests.samples.node import client_of, make_case, make_user
from tests.samples.nodeapi import token_of

from comity.law.errors import LawDataError
from comity.node.audit.models import Entry
from comity.node.config import Config, describe, read_config
from comity.node.errors import ConfigError
from comity.node.lawdata import read_registry
from comity.node.people.models import User
from comity.node.people.roles import Role
from comity.node.plans.actions import ask_plan, save_facts
from comity.node.plans.models import PlanState, PlanVersion
from comity.node.plans.tasks import make_version
from comity.node.running.demo import fill
from comity.node.running.doctor import examine
from comity.node.running.logs import configuration
from comity.node.running.measure import hashed_user
from comity.node.running.models import Recurring, WorkerBeat
from comity.node.running.schedule import TURNS, give_due
from comity.node.running.serve import check_address, held, serve
from comity.node.running.tasks import ATTEMPTS_MAX, clear, take_back
from comity.node.running.warm import warm
from comity.node.running.worker import forget_dead, new_worker_id

BACKEND = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def planned_case(person: User) -> PlanVersion:
    """A plan that waits to be made."""
    case = make_case(person)
    facts = Path(__file__).parents[2] / "examples" / "phishing" / "case.toml"
    save_facts(person, case=case, text=facts.read_text(encoding="utf-8"), version=0)
    return ask_plan(person, case=case)


@pytest.fixture(autouse=True)
def _queue(settings: Any) -> None:
    settings.TASKS = BACKEND


def test_what_recurs_is_given_once_for_each_turn() -> None:
    now = timezone.now()
    assert give_due(now) == len(TURNS)
    assert give_due(now) == 0
    assert give_due(now + timedelta(days=1)) == len(TURNS)
    assert Recurring.objects.count() == len(TURNS)


def test_a_task_of_a_dead_worker_is_given_again_and_of_a_live_one_is_not() -> None:
    WorkerBeat.objects.create(pk="alive")
    WorkerBeat.objects.create(pk="dead", beat_at=timezone.now() - timedelta(hours=1))
    for worker in ("alive", "dead", "unknown"):
        task = make_version.enqueue(1)
        DBTaskResult.objects.filter(pk=task.id).update(status=TaskResultStatus.RUNNING, worker_ids=[worker])
    take_back.call()
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    assert sorted(row.worker_ids[0] for row in waiting) == ["dead", "unknown"]


def test_a_task_that_outlives_no_worker_is_given_up() -> None:
    task = make_version.enqueue(1)
    lost = ["gone"] * ATTEMPTS_MAX
    DBTaskResult.objects.filter(pk=task.id).update(status=TaskResultStatus.RUNNING, worker_ids=lost)
    take_back.call()
    assert DBTaskResult.objects.get(pk=task.id).status == TaskResultStatus.FAILED


def test_a_plan_whose_worker_died_is_made_by_the_next() -> None:
    version = planned_case(make_user(Role.INVESTIGATOR))
    task = make_version.enqueue(version.pk)
    PlanVersion.objects.filter(pk=version.pk).update(state=PlanState.RUNNING, beat_at=timezone.now())
    DBTaskResult.objects.filter(pk=task.id).update(status=TaskResultStatus.RUNNING, worker_ids=["gone"])
    take_back.call()
    version.refresh_from_db()
    assert version.state == PlanState.WAITING


def test_a_worker_forgets_those_of_its_folder_whose_processes_are_gone() -> None:
    own = new_worker_id()
    home, pid, _ = own.split(".")
    for beat_id in (f"{home}.{pid}.before", f"{home}.999999999.x", f"{home}.1.lives", f"elsewhere.{pid}.x"):
        WorkerBeat.objects.create(pk=beat_id)
    forget_dead(own)
    assert sorted(WorkerBeat.objects.values_list("pk", flat=True)) == sorted([f"{home}.1.lives", f"elsewhere.{pid}.x"])


@pytest.fixture
def _own_log() -> Iterator[None]:
    yield
    logging.config.dictConfig(configuration())


def test_the_log_names_the_page_and_no_person_or_case(_own_log: None, capsys: pytest.CaptureFixture[str]) -> None:
    logging.config.dictConfig(configuration())
    person = make_user(Role.INVESTIGATOR, name="gayatri")
    case = make_case(person)
    client_of(person).get(f"/cases/{case.pk}/?secret=query", REMOTE_ADDR="203.0.113.9")
    Client().get("/api/v1/me", headers={"Authorization": f"Bearer {token_of(person)}"})
    try:
        raise ValueError(f"DETAIL: {person.email} in {case.pk}")
    except ValueError:
        logging.getLogger("comity").exception("broke at /cases/%s/ for %s", case.pk, person.email)
    told = capsys.readouterr().err
    lines = [msgspec.json.decode(line) for line in told.splitlines()]
    answer = next(line for line in lines if line["event"] == "answer")
    assert {"view": "cases:show", "status": 200, "method": "GET"}.items() <= answer.items()
    called = next(line for line in lines if line["event"] == "answer" and line["view"] == "api:who_am_i")
    assert answer["user"] == called["user"] == hashed_user(person.pk)
    assert len(answer["request"]) == 16
    assert lines[-1]["exception"][0] == "builtins.ValueError"
    for secret in (case.pk, case.reference, "gayatri", "secret=query", "203.0.113.9", "agency.example"):
        assert secret not in told


def test_upkeep_can_be_done_at_any_time() -> None:
    clear.call()


def test_health_says_what_is_wrong() -> None:
    client = Client()
    assert client.get("/healthz").content == b"ok"
    told = client.get("/readyz")
    assert told.status_code == 503
    assert list(told.json()["wrong"]) == ["worker"]
    WorkerBeat.objects.create(pk="alive")
    assert client.get("/readyz").json() == {"ready": True, "wrong": {}}


def test_figures_are_for_this_machine_and_hold_no_address() -> None:
    person = make_user(Role.INVESTIGATOR)
    case = make_case(person)
    client_of(person).get(f"/cases/{case.pk}/")
    told = Client().get("/metrics").content.decode()
    assert 'comity_answers_total{status="200",view="cases:show"}' in told
    assert case.pk not in told
    assert Client(REMOTE_ADDR="203.0.113.9").get("/metrics").status_code == 404


def test_doctor_finds_what_was_done_to_the_audit_trail() -> None:
    make_case(make_user(Role.INVESTIGATOR))
    assert "audit" not in {one.what for one in examine()}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER audit_entry_UPDATE_refused")
    last = Entry.objects.latest("number")
    Entry.objects.filter(pk=last.pk).update(body=bytes(last.body).replace(b"case.open", b"case.shut"))
    assert "audit" in {one.what for one in examine() if one.grave}


def test_doctor_names_what_is_wrong_with_the_settings(settings: Any) -> None:
    settings.CONFIG = Config(url="https://node.example", mail="smtp://127.0.0.1:9", agency="Cyber Cell")
    settings.PUBLIC_URL, settings.EMAIL_HOST, settings.EMAIL_PORT = settings.CONFIG.url, "127.0.0.1", 9
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    found = {one.what: one for one in examine()}
    assert {"proxied", "mail", "origin"} <= found.keys()
    assert all(one.remedy for one in found.values())


def test_a_demo_says_that_it_is_one(settings: Any) -> None:
    assert "demonstration" not in Client().get("/account/login/").content.decode()
    settings.CONFIG = Config(demo=True)
    assert "demonstration" in Client().get("/account/login/").content.decode()


def test_the_demo_has_a_person_of_each_role() -> None:
    people = fill(Path(__file__).parents[2] / "examples" / "phishing")
    assert {person.role for person in people} == {str(role.label) for role in Role}
    assert Client().login(username=people[0].username, password=people[0].password)


def test_every_setting_is_told_and_the_file_that_is_made_can_be_read(tmp_path: Path) -> None:
    text = describe()
    for field in msgspec.structs.fields(Config):
        assert f"\n# {field.name} = " in text
    shown = "\n".join(line.removeprefix("# ") for line in text.splitlines() if " = " in line)
    (tmp_path / "comity.toml").write_text(shown)
    assert read_config(tmp_path, {}) == Config()


@pytest.mark.parametrize(
    ("text", "environment", "problem"),
    [
        ("port = ", {}, "is not TOML"),
        ("prot = 1", {}, "unknown field `prot`"),
        ('port = "x"', {}, "port"),
        ("", {"COMITY_PORT": "x"}, "COMITY_PORT"),
    ],
)
def test_a_setting_that_cannot_be_is_named(
    tmp_path: Path, text: str, environment: dict[str, str], problem: str
) -> None:
    (tmp_path / "comity.toml").write_text(text)
    with pytest.raises(ConfigError, match=problem):
        read_config(tmp_path, environment)


def test_a_node_does_not_speak_to_others_without_tls_and_serves_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="speaks no TLS"):
        check_address(Config(host="0.0.0.0"))
    with held(tmp_path), pytest.raises(ConfigError, match="another"), held(tmp_path):
        pass


def test_the_agencys_corrections_of_the_law_are_laid_over_what_ships(tmp_path: Path, settings: Any) -> None:
    table = tmp_path / "law" / "states" / "IN" / "texts.csv"
    table.parent.mkdir(parents=True)
    row = (
        "Information Technology Act 2000,66C,en,true,As enacted.,2009-10-27,https://example.org/gazette,2026-11-26,high"
    )
    table.write_text(f"law,section,language,official,text,in_force_from,source_url,as_of,confidence\n{row}\n")
    texts = {text.section: text for text in read_registry(tmp_path).states["IN"].texts}
    assert (texts["66C"].text, texts["66C"].official) == ("As enacted.", True)
    assert len(texts) > 1
    settings.DATA = tmp_path
    assert "corrections that this agency" in Client().get("/atlas/").content.decode()
    table.write_text(table.read_text().replace(",66C,", ",66Z,"))
    with pytest.raises(LawDataError, match=r"texts\.csv"):
        serve(tmp_path, Config(port=0))
    assert any(ailment.what == "law" for ailment in examine())


def test_every_template_can_be_read_before_the_first_answer() -> None:
    warm()

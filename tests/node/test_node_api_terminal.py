"""`comity --node URL`: the shipped case from the terminal, against a node that listens."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pytest_django.live_server_helper import LiveServer
from tests.samples.node import make_user
from tests.samples.nodeapi import token_of
from tests.samples.nodecases import PHISHING

from comity.cli import comity
from comity.node.people.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _at_once(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def test_from_facts_to_an_approved_request(live_server: LiveServer, tmp_path: Path) -> None:
    asha, meera = make_user(Role.INVESTIGATOR), make_user(Role.PROSECUTOR)

    def run(token: str, *arguments: str) -> Result:
        return CliRunner(env={"COMITY_TOKEN": token}).invoke(comity, ["--node", live_server.url, *arguments])

    def done(token: str, *arguments: str) -> str:
        result = run(token, *arguments)
        assert result.exit_code == 0, (result.output, result.exception)
        return result.output

    mine, hers = token_of(asha), token_of(meera)
    case = done(mine, "new", "Cr. No. 147/2026", "Phishing").strip()
    assert "version 1" in done(mine, "facts", case, str(PHISHING / "case.toml"))
    assert done(mine, "upload", case, str(PHISHING / "mail")).count("\n") > 2
    plan = json.loads(done(mine, "plan", case, "--json"))
    assert plan["steps"]
    assert "Phishing" in done(mine, "cases")
    assert run(hers, "show", case, "x").exit_code != 0
    from comity.client import Node

    with Node(live_server.url, mine) as node:
        node.add_member(case, meera.username)
        step = next(one["id"] for one in plan["steps"] if one["recommended"])
        saved = done(mine, "draft", case, "--plan", "1", "--step", step, "-o", str(tmp_path / "letter.pdf"))
        assert (tmp_path / "letter.pdf").read_bytes().startswith(b"%PDF-")
        letter = node.make_request(case, next(one for one in node.letters(case) if one.id == saved.split()[0]))
    request = letter.request_id or ""
    assert "checked" in done(mine, "act", case, request, "check")
    refused = run(mine, "act", case, request, "approve")
    assert refused.exit_code != 0
    approved = done(hers, "act", case, request, "approve")
    assert re.search(r"approve\s+" + meera.username, approved)
    assert request in done(hers, "requests", "--waits", "for_us")


def test_a_token_that_others_can_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("x")
    file.chmod(0o644)
    said = CliRunner().invoke(comity, ["--node", "http://127.0.0.1:9", "--token-file", str(file), "cases"])
    assert said.exit_code == 2
    assert "chmod" in said.output
    said = CliRunner(env={"COMITY_TOKEN": ""}).invoke(comity, ["--node", "http://127.0.0.1:9", "cases"])
    assert "COMITY_TOKEN" in said.output
    assert "cases" in CliRunner().invoke(comity, ["--node", "http://127.0.0.1:9", "--help"]).output

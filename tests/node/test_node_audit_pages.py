"""Pages of the trail: who reads what, at the same cost, and files that prove themselves offline."""

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.test import Client
from tests.samples.node import client_of, make_case, make_user

from comity.evidence.custody import Verdict
from comity.node.audit.actions import enter, sign_head
from comity.node.audit.models import Checkpoint, Entry
from comity.node.audit.signing import signers
from comity.node.audit.tasks import sign_checkpoint
from comity.node.audit.verify import verify_export
from comity.node.people.models import User
from comity.node.people.roles import Role

MaxQueries = Callable[[int], AbstractContextManager[object]]


@pytest.fixture
def uma() -> User:
    return make_user(Role.AUDITOR)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_auditor_searches_by_person_act_and_day(uma: User) -> None:
    asha, pia = make_user(Role.INVESTIGATOR), make_user(Role.PROSECUTOR)
    make_case(asha)
    enter(pia, "case.read", facts={"mark": "of-pia"})
    client = client_of(uma)
    assert "of-pia" in page(client, "/audit/")
    assert "of-pia" not in page(client, f"/audit/?actor={asha.username}")
    assert "of-pia" in page(client, f"/audit/?actor={pia.email}&act=case.read")
    assert "of-pia" not in page(client, "/audit/?act=case.open")
    assert "of-pia" in page(client, "/audit/?first=2020-01-01&last=2999-01-01")
    assert "of-pia" not in page(client, "/audit/?last=2020-01-01")
    assert "of-pia" not in page(client, "/audit/?first=2999-01-01")
    assert client.get("/audit/?actor=nobody").status_code == 422
    assert client.get("/audit/?first=x&before=-1&act=y").status_code == 422


def test_an_auditor_learns_the_number_of_a_case_only_as_its_member(uma: User) -> None:
    asha = make_user(Role.INVESTIGATOR)
    hidden, shared = make_case(asha), make_case(asha, uma)
    text = page(client_of(uma), "/audit/")
    assert hidden.pk in text
    assert hidden.reference not in text
    assert hidden.title not in text
    assert shared.reference in text


def test_a_person_sees_what_was_done_with_the_own_account_and_nothing_else() -> None:
    asha, bela = make_user(Role.INVESTIGATOR), make_user(Role.INVESTIGATOR)
    enter(asha, "case.read", facts={"mark": "by-asha"})
    enter(None, "session.fail", about=asha, facts={"mark": "about-asha"})
    enter(bela, "case.read", facts={"mark": "by-bela"})
    text = page(client_of(asha), "/audit/mine/")
    assert [mark in text for mark in ("by-asha", "about-asha", "by-bela")] == [True, True, False]
    assert client_of(asha).get("/audit/").status_code == 403


def test_members_see_who_has_seen_their_case() -> None:
    asha, bela, other = (make_user(Role.INVESTIGATOR, name=name) for name in ("asha", "bela", "other"))
    case = make_case(asha, bela)
    client_of(bela).get(f"/cases/{case.pk}/")
    text = page(client_of(asha), f"/audit/case/{case.pk}/")
    assert "Bela" in text
    assert client_of(other).get(f"/audit/case/{case.pk}/").status_code == 404
    assert Entry.objects.latest("number").act == "case.read_trail"


def test_pages_go_back_and_cost_the_same(uma: User, django_assert_max_num_queries: MaxQueries) -> None:
    asha = make_user(Role.INVESTIGATOR)
    for number in range(130):
        enter(asha, "case.read", facts={"mark": f"m{number}m"})
    client = client_of(uma)
    page(client, "/audit/")
    seen: list[str] = []
    address = f"/audit/?actor={asha.username}"
    while address:
        with django_assert_max_num_queries(12):
            text = page(client, address)
        seen += [f"m{number}m" for number in range(130) if f"mark: m{number}m" in text]
        more = text.split('rel="next" href="')
        address = "/audit/" + more[1].split('"')[0].replace("&amp;", "&") if len(more) > 1 else ""
    assert sorted(seen) == sorted(f"m{number}m" for number in range(130))
    own = client_of(asha)
    with django_assert_max_num_queries(8):
        page(own, "/audit/mine/")


def exported(uma: User, path: Path) -> Path:
    answer = client_of(uma, present=True).post("/audit/export/")
    assert answer.status_code == 200
    path.write_bytes(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    return path


def test_the_export_passes_and_an_altered_row_does_not(uma: User, tmp_path: Path) -> None:
    asha = make_user(Role.INVESTIGATOR)
    make_case(asha)
    sign_checkpoint.func()
    assert sign_head(signers()) == Checkpoint.objects.latest("size").size
    keys = [signer.key for signer in signers()]
    report = verify_export(exported(uma, tmp_path / "trail.zip"), keys)
    assert (report.verdict, report.findings) == (Verdict.PASSED, ())
    assert report.checkpoints_checked == 2
    assert Entry.objects.latest("number").act == "audit.export"
    assert client_of(uma).post("/audit/export/").headers["Location"].startswith("/people/presence/")


def run_offline(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command where Django is not installed."""
    code = "import sys; sys.modules['django'] = None; from comity.cli import main; sys.argv[0] = 'comity'; main()"
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)


def test_the_command_checks_files_without_django(uma: User, tmp_path: Path) -> None:
    asha = make_user(Role.INVESTIGATOR)
    make_case(asha)
    client = client_of(uma)
    client.post("/audit/checkpoints/sign/")
    old = Checkpoint.objects.latest("size").size
    kept = tmp_path / "old.txt"
    kept.write_bytes(client.get(f"/audit/checkpoints/{old}/").content)
    trail = exported(uma, tmp_path / "trail.zip")
    new = Checkpoint.objects.latest("size").size
    keys = tmp_path / "keys.txt"
    keys.write_text("".join(f"{signer.key.vkey}\n" for signer in signers()))
    trust = ["--trust", str(keys)]
    passed = run_offline("audit", "verify", str(trail), *trust, "--kept", str(kept))
    assert (passed.returncode, passed.stderr) == (0, "")
    assert run_offline("audit", "verify", str(trail)).returncode == 3

    proof = tmp_path / "entry.json"
    proof.write_bytes(client.get("/audit/entry/1/proof/").content)
    assert run_offline("audit", "verify", str(proof), *trust).returncode == 0
    assert run_offline("audit", "verify", str(proof)).returncode == 3
    forged = json.loads(proof.read_text())
    forged["entry"] = forged["entry"].replace('"act":"', '"act":"x')
    proof.write_text(json.dumps(forged))
    wrong = run_offline("audit", "verify", str(proof), *trust)
    assert wrong.returncode == 1

    growth = tmp_path / "growth.json"
    growth.write_bytes(client.get(f"/audit/growth/{old}/{new}/").content)
    assert run_offline("audit", "verify", str(growth), *trust, "--kept", str(kept)).returncode == 0
    assert run_offline("audit", "verify", str(growth), *trust).returncode == 3
    shape = json.loads(growth.read_text())
    shape["proof"][0] = "00" * 32
    growth.write_text(json.dumps(shape))
    assert run_offline("audit", "verify", str(growth), *trust, "--kept", str(kept)).returncode == 1
    shape["proof"][0] = "zz"
    growth.write_text(json.dumps(shape))
    assert run_offline("audit", "verify", str(growth), *trust, "--kept", str(kept)).returncode == 1
    growth.write_text("{}")
    assert run_offline("audit", "verify", str(growth)).returncode == 2


def test_numbers_that_are_not_there_are_answered(uma: User) -> None:
    client = client_of(uma)
    for address in ("entry/999/", "entry/999/proof/", "checkpoints/999/", "growth/1/999/", "growth/9/1/"):
        assert client.get(f"/audit/{address}").status_code == 404
    enter(None, "node.start")
    assert client.get(f"/audit/entry/{Entry.objects.latest('number').number}/proof/").status_code == 422
    assert client.get("/audit/entry/99999999999999999999999999/").status_code in {404, 400}

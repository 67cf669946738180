"""The audit trail by API: searched, proven, signed, exported; members see who has seen their case."""

import io
import zipfile
from datetime import timedelta

import msgspec
import pytest
from django.utils import timezone
from tests.samples.node import make_case, make_user
from tests.samples.nodeapi import Caller

from comity.node.audit.models import Entry
from comity.node.audit.proof import EntryProof, check_proof
from comity.node.audit.signing import signers
from comity.node.people.roles import Right, Role


@pytest.fixture
def auditor() -> Caller:
    return Caller(make_user(Role.AUDITOR))


def test_the_trail_is_searched_without_the_content_of_a_case(auditor: Caller) -> None:
    person, other = make_user(Role.INVESTIGATOR), make_user(Role.INVESTIGATOR)
    case = make_case(person, other)
    found = auditor.get("/audit/entries", actor=person.username).json()["items"]
    assert [one["act"] for one in found] == ["case.add_member", "case.open"]
    assert {one["case"] for one in found} == {case.pk}
    assert {one["reference"] for one in found} == {""}  # the auditor is no member
    Caller(other).post("/me", {"time_zone": "Asia/Kolkata"})
    (about,) = auditor.get("/audit/entries", about=other.email).json()["items"]
    assert (about["act"], about["facts"]["time_zone"]) == ("person.edit_own", "Asia/Kolkata")
    assert len(auditor.get("/audit/entries", act="case.open").json()["items"]) == 1
    later = (timezone.now() + timedelta(days=1)).isoformat()
    assert auditor.get("/audit/entries", from_at=later).json()["items"] == []
    assert len(auditor.get("/audit/entries", to_at=later, act="case.open").json()["items"]) == 1
    assert auditor.get("/audit/entries", actor="nobody").json()["errors"][0]["field"] == "actor"
    assert auditor.get("/audit/entries", from_at="2026-11-26T10:00:00").status_code == 422


def test_only_an_auditor_with_the_scope_reads_it() -> None:
    reads = ("/audit/entries", "/audit/entries/0", "/audit/entries/0/proof", "/audit/checkpoints", "/audit/growth/1/1")
    for caller in (
        Caller(make_user(Role.INVESTIGATOR)),
        Caller(make_user(Role.ADMINISTRATOR)),
        Caller(make_user(Role.AUDITOR), Right.OVERSIGHT_READ),
    ):
        assert {caller.get(path).status_code for path in reads} == {403}
        assert caller.post("/audit/export").status_code == caller.post("/audit/checkpoints").status_code == 403


def test_each_person_reads_what_was_done_with_the_own_account() -> None:
    person, other = make_user(Role.INVESTIGATOR), make_user(Role.INVESTIGATOR)
    case = make_case(person)
    make_case(other)
    asha = Caller(person)
    found = asha.get("/audit/mine").json()["items"]
    assert {one["actor"] for one in found} == {person.username}
    assert [one["reference"] for one in found if one["act"] == "case.open"] == [case.reference]


def test_an_entry_is_proven_under_a_signed_head(auditor: Caller) -> None:
    make_case(make_user(Role.INVESTIGATOR))
    number = Entry.objects.get(act="case.open").number
    path = f"/audit/entries/{number}"
    assert auditor.get(path).json()["act"] == "case.open"
    assert auditor.get(f"{path}/proof").status_code == 422  # nothing is signed yet
    head = auditor.post("/audit/checkpoints").json()
    proof = msgspec.json.decode(auditor.get(f"{path}/proof").content, type=EntryProof)
    proven = check_proof(proof, tuple(signer.key for signer in signers()))
    assert (proven.record.act, proven.size, bool(proven.signed_by)) == ("case.open", head["size"], True)
    assert auditor.get(f"/audit/checkpoints/{head['size']}").json() == head
    listed = auditor.get("/audit/checkpoints").json()
    assert listed["items"] == [head]
    assert listed["keys"] == [signer.key.vkey for signer in signers()]
    for path in ("/audit/entries/999999", f"/audit/entries/{2**63 - 1}/proof", "/audit/checkpoints/999999"):
        assert auditor.get(path).status_code == 404


def test_that_the_trail_only_grew_is_proven(auditor: Caller) -> None:
    old = auditor.post("/audit/checkpoints").json()["size"]
    new = auditor.post("/audit/checkpoints").json()["size"]
    assert auditor.get(f"/audit/growth/{old}/{new}").json()["old_size"] == old
    assert auditor.get(f"/audit/growth/{new}/{old}").status_code == 404


def test_the_export_proves_itself(auditor: Caller) -> None:
    make_case(make_user(Role.INVESTIGATOR))
    exported = auditor.post("/audit/export")
    assert exported.status_code == 200
    assert "audit-" in exported["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(b"".join(exported.streaming_content))) as archive:
        lines = archive.read("entries.jsonl").splitlines()
    assert len(lines) == Entry.objects.count()
    assert b"audit.export" in lines[-1]


def test_members_who_say_who_is_a_member_see_who_saw_the_case() -> None:
    person, analyst = make_user(Role.INVESTIGATOR), make_user(Role.ANALYST)
    case = make_case(person, analyst)
    asha, reader = Caller(person), Caller(analyst)
    reader.get(f"/cases/{case.pk}")
    path = f"/cases/{case.pk}"
    seen = {one["username"]: one["count"] for one in asha.get(f"{path}/seen").json()}
    assert seen[analyst.username] == 1
    trail = asha.get(f"{path}/trail").json()["items"]
    assert [one["act"] for one in trail][:3] == ["case.read_trail", "case.read_trail", "case.read"]
    assert {one["reference"] for one in trail} == {case.reference}
    assert reader.get(f"{path}/trail").status_code == reader.get(f"{path}/seen").status_code == 403
    outsider = Caller(make_user(Role.INVESTIGATOR))
    assert outsider.get(f"{path}/trail").status_code == outsider.get(f"{path}/seen").status_code == 404

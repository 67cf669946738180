"""What a package brings is bound by its owner's limits, wherever it is asked for, and goes when its day comes."""

import json
import os
import re
from datetime import date, timedelta
from functools import cached_property
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import msgspec
import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from tests.node.test_node_vault import Desk, _age, data, desk, terminal, theirs
from tests.samples.node import client_of, make_case, make_user
from tests.samples.nodeapi import token_of
from tests.samples.nodeparts import make_parts

from comity.evidence.limitation import Answer, Limitations, Purpose, Use, may
from comity.node.artifacts.actions import add_file
from comity.node.artifacts.models import Artifact
from comity.node.audit.models import Entry
from comity.node.doors import addresses
from comity.node.people.roles import Role
from comity.node.vault.keeping import ask_removal, confirm_removal
from comity.node.vault.models import Opening, Origin, Package, Removal
from comity.node.vault.removing import go_on, remove_package
from comity.node.vault.store import identity
from comity.node.vault.tasks import make_package
from comity.node.vault.unpacking import unpack_package

__all__ = ["data", "desk", "theirs"]
LIMITS = ("--only-for-case", "OTHER 1/2026", "--purpose", "investigation", "--no-onward-transfer", "--notify", "Doe")


class Came:
    """A package of another agency that came to the desk, checked."""

    def __init__(self, desk: Desk, theirs: Path, folder: Path, *more: str, files: dict[str, str] | None = None) -> None:
        self.desk, self.sealed = desk, folder / "came.age"
        own = folder / "own.json"
        own.write_bytes(identity().bundle)
        given = folder / "given"
        for name, text in (files or {"found.txt": "what they found", "sub/more.txt": "more of it"}).items():
            (given / name).parent.mkdir(parents=True, exist_ok=True)
            (given / name).write_text(text)
        self.sealed.unlink(missing_ok=True)
        keys = ("--identity", theirs, "--passphrase-file", folder / "pass")
        told = ("--case", "OTHER 1/2026", "--authorised-by", "Order 3", "--for", own)
        done = terminal("seal", given, *told, "-o", self.sealed, *keys, *more)
        assert done.exit_code == 0, done.output
        self.artifact = desk.add("came.age", self.sealed.read_bytes())
        client_of(desk.carla).post(f"/vault/{desk.case.pk}/check/", {"artifact": self.artifact.pk})
        self.pk = Package.objects.get(artifact=self.artifact).pk
        make_package.call(self.pk)
        assert self.package.problem == ""

    @cached_property
    def token(self) -> str:
        """Of the custodian."""
        return token_of(self.desk.carla)

    @property
    def package(self) -> Package:
        return Package.objects.select_related("case").get(pk=self.pk)

    @property
    def address(self) -> str:
        return f"/vault/{self.desk.case.pk}/{self.pk}/"

    def unpack_later(self, known_as: str = "OTHER 1/2026") -> None:
        told = client_of(self.desk.carla).post(f"{self.address}unpack/", {"known_as": known_as})
        assert told.status_code == 302

    def unpack(self, known_as: str = "OTHER 1/2026") -> None:
        self.unpack_later(known_as)
        unpack_package.call(self.pk)

    def file(self, name: str) -> Artifact:
        return Artifact.objects.get(case=self.desk.case, name=name)


@pytest.fixture
def came(desk: Desk, theirs: Path, tmp_path: Path) -> Came:
    return Came(desk, theirs, tmp_path, *LIMITS)


def test_what_is_unpacked_is_evidence_that_names_its_package_and_its_limits(came: Came) -> None:
    assert came.package.opening == Opening.CLOSED  # their identity is not trusted: a person has to say so
    came.unpack()
    assert (came.package.opening, came.package.opening_problem) == (Opening.DONE, "")
    assert set(Origin.objects.values_list("path", flat=True)) == {"data/given/found.txt", "data/given/sub/more.txt"}
    page = client_of(came.desk.carla).get(f"/evidence/{came.desk.case.pk}/").content.decode()
    for said in ("found.txt", came.package.name, "Only for OTHER 1/2026", "Doe is to be told of each use"):
        assert said in page
    extract = client_of(came.desk.carla).get(f"{came.address}custody.json").content.decode()
    assert came.package.name in extract
    unpack_package.call(came.pk)  # again: nothing is done
    assert Origin.objects.count() == 2
    assert not list(came.artifact.path.parents[2].glob("vault/*/*.open"))


def _page_bytes(came: Came, artifact: Artifact, purpose: str) -> bytes | None:
    asked = {"purpose": purpose} if purpose else {}
    answer = client_of(came.desk.carla).get(f"/evidence/{came.desk.case.pk}/{artifact.pk}/save/", asked)
    return b"".join(answer) if answer.streaming else None


def _api_bytes(came: Came, artifact: Artifact, purpose: str) -> bytes | None:
    address = f"/api/v1/cases/{came.desk.case.pk}/evidence/{artifact.pk}/bytes" + (purpose and f"?purpose={purpose}")
    headers = {"Authorization": f"Bearer {came.token}"}
    answer = client_of(came.desk.carla).get(address, headers=headers)
    return b"".join(answer) if answer.status_code == 200 else None


def test_a_limited_file_asks_for_a_purpose_and_the_trail_keeps_it(came: Came) -> None:
    came.unpack()
    found = came.file("found.txt")
    asked = client_of(came.desk.carla).get(f"/evidence/{came.desk.case.pk}/{found.pk}/save/")
    assert "Say what it is for" in asked.content.decode()
    assert "Doe is to be told of each use" in asked.content.decode()
    assert _page_bytes(came, found, "investigation") == b"what they found"
    entry = Entry.objects.filter(act="artifact.download").last()
    assert entry is not None and b'"purpose":"investigation"' in bytes(entry.body)
    refused = client_of(came.desk.carla).get(f"/evidence/{came.desk.case.pk}/{found.pk}/save/", {"purpose": "court"})
    assert refused.status_code == 403
    assert "it was given for investigation only" in refused.content.decode()
    assert client_of(make_user(Role.CUSTODIAN)).get(
        f"/evidence/{came.desk.case.pk}/{found.pk}/save/", {"purpose": "investigation"}
    ).status_code == 404  # fmt: skip


def test_a_case_that_the_owner_did_not_name_may_do_nothing(came: Came) -> None:
    came.unpack(known_as="")
    assert [_page_bytes(came, came.file("found.txt"), one) for one in Purpose] == [None] * len(Purpose)


LIMITATIONS = st.builds(
    Limitations,
    cases=st.sampled_from([(), ("OTHER 1/2026",), ("ANOTHER",)]),
    purposes=st.lists(st.sampled_from(Purpose), unique=True, max_size=3).map(tuple),
    not_in_court=st.booleans(),
    no_onward_transfer=st.booleans(),
    delete_by=st.sampled_from([None, date(2001, 1, 1), date(2999, 1, 1)]),
)


def test_no_address_gives_bytes_for_a_purpose_that_the_core_forbids(came: Came) -> None:
    came.unpack()
    artifacts = [came.file("found.txt"), came.artifact]
    report = came.package.found()
    assert report is not None

    @given(limits=LIMITATIONS, purpose=st.sampled_from(["", *Purpose]))
    @examples(max_examples=30, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def holds(limits: Limitations, purpose: str) -> None:
        laid = msgspec.json.encode(msgspec.structs.replace(report, limitations=limits))
        Package.objects.filter(pk=came.pk).update(report=laid)
        said = (
            purpose and may(Use(purpose=Purpose(purpose), on=timezone.localdate(), case="OTHER 1/2026"), limits).answer
        )
        for artifact in artifacts:
            for given_by in (_page_bytes, _api_bytes):
                gave = given_by(came, artifact, purpose)
                if said == Answer.FORBIDDEN or (not purpose and limits != Limitations()):
                    assert gave is None, (given_by, limits, purpose)
                else:
                    assert gave is not None, (given_by, limits, purpose)

    holds()


def test_no_address_at_all_gives_what_may_not_be_used(came: Came) -> None:
    came.unpack(known_as="")
    owner = came.desk.asha
    parts = make_parts(owner, came.desk.case)
    found = came.file("found.txt")
    parts |= {"artifact_id": found.pk, "package_id": came.pk}
    headers = {"Authorization": f"Bearer {token_of(owner)}"}
    client, asked = client_of(owner, present=True), 0
    for one in addresses():
        if "<case_id>" in one.path and one.method in {"", "GET"}:
            path = re.sub(r"<(\w+)>", lambda part: parts[part[1]], one.path)
            answer = client.get(path, {"purpose": "investigation"}, headers=headers if one.method else {})
            body = b"".join(answer) if answer.streaming else answer.content
            assert b"what they found" not in body, path
            asked += answer.status_code in {200, 403}
    assert asked > 20


def test_what_is_sealed_onward_bears_the_owners_limits_or_is_refused(came: Came, theirs: Path) -> None:
    came.unpack()
    found = came.file("found.txt")
    told = {"exhibits": [found.pk], "purpose": "investigation"}
    refused = came.desk.seal(_age(theirs), **told)
    assert refused.status_code == 422
    assert "must not be given to" in refused.content.decode()
    bundle, number = _public(theirs)
    client_of(came.desk.carla).post("/vault/identities/", {"bundle": bundle, "number": number})
    assert came.desk.seal(_age(theirs), **told | {"purpose": ""}).status_code == 422
    assert came.desk.seal(_age(theirs), **told | {"purpose": "court"}).status_code == 422
    assert came.desk.seal(_age(theirs), **told).status_code == 302  # it goes back to its owner
    made = Package.objects.get(artifact=None).said()
    assert made is not None
    assert (made.limitations.cases, made.limitations.purposes) == (("OTHER 1/2026",), (Purpose.INVESTIGATION,))
    assert made.limitations.owner == "other.example"
    own = came.desk.seal(_age(theirs), exhibits=[came.desk.log.pk], purpose="")
    assert own.status_code == 302


def _public(folder: Path) -> tuple[BytesIO, str]:
    from comity.evidence.keys import number_to_compare, open_identity

    opened = open_identity(folder)
    bundle = BytesIO(opened.bundle)
    bundle.name = "identity.json"
    return bundle, number_to_compare(opened.public)


def test_a_file_that_the_case_had_before_is_not_bound_and_stays(desk: Desk, theirs: Path, tmp_path: Path) -> None:
    came = Came(desk, theirs, tmp_path, *LIMITS, files={"same.txt": "hello, we have this", "new.txt": "new"})
    ours = desk.add("ours.txt", b"hello, we have this")
    came.unpack()
    assert _page_bytes(came, ours, "") == b"hello, we have this"
    _delete(came)
    assert ours.path.read_bytes() == b"hello, we have this"
    assert came.file("new.txt").removed_at is not None


def test_a_plan_does_not_read_what_may_not_be_used_to_investigate(came: Came) -> None:
    from comity.node.vault.limits import usable

    came.unpack(known_as="")
    names = {one.name for one in usable(Artifact.objects.all(), Purpose.INVESTIGATION)}
    assert names == {"mail.eml", "log.txt"}


def _delete(came: Came) -> Removal:
    ask_removal(came.desk.carla, package=came.package, reason="Recall 9/2026")
    removal = confirm_removal(came.desk.paul, package=came.package)
    remove_package.call(removal.pk)
    removal.refresh_from_db()
    return removal


def test_deletion_takes_two_and_gives_a_proof_that_the_terminal_checks(
    came: Came, theirs: Path, tmp_path: Path
) -> None:
    came.unpack()
    carla, paul = came.desk.carla, came.desk.paul
    files = [came.file("found.txt").path, came.file("more.txt").path, came.artifact.path]
    assert client_of(carla).post(f"{came.address}delete/", {"reason": "Recall 9/2026"}).status_code == 302
    assert client_of(paul).post(f"{came.address}delete/confirm/").status_code == 302  # to prove presence
    assert Removal.objects.get().confirmed_by is None
    assert client_of(carla, present=True).post(f"{came.address}delete/confirm/").status_code == 403
    assert client_of(make_user(Role.PROSECUTOR), present=True).post(f"{came.address}delete/confirm/").status_code == 404
    assert client_of(paul, present=True).post(f"{came.address}delete/confirm/").status_code == 302
    assert all(path.exists() for path in files)
    remove_package.call(Removal.objects.get().pk)
    assert not any(path.exists() for path in files)
    assert client_of(carla).get(f"/evidence/{came.desk.case.pk}/{files[0].name}/save/").status_code == 403
    page = client_of(paul).get(came.address).content.decode()
    assert "destroyed" in page
    assert "Save the proof of deletion" in page
    with ZipFile(BytesIO(client_of(paul).get(f"{came.address}deleted.zip").content)) as packed:
        packed.extractall(tmp_path / "proof")
    own = tmp_path / "own.json"
    checked = terminal("evidence", "proof", tmp_path / "proof" / "deleted.json", "--package", came.sealed,
                       "--trust", own, "--json")  # fmt: skip
    report = json.loads(checked.output)
    assert report["verdict"] != "failed", checked.output
    statement = tmp_path / "proof" / "deleted.json"
    statement.write_text(statement.read_text().replace("Recall 9", "Recall 8"))
    assert terminal("evidence", "proof", statement, "--trust", own).exit_code == 1
    log = came.artifact.path.parents[2]
    assert terminal("custody", "check", log / "custody", "--identity", log / "identity").exit_code == 0
    assert (
        client_of(carla).post(f"/vault/{came.desk.case.pk}/check/", {"artifact": came.artifact.pk}).status_code == 422
    )


def test_what_is_held_is_not_deleted(came: Came) -> None:
    assert client_of(came.desk.paul).post(f"{came.address}hold/", {"reason": "appeal pending"}).status_code == 302
    assert client_of(came.desk.carla).post(f"{came.address}delete/", {"reason": "x"}).status_code == 422
    assert client_of(came.desk.paul).post(f"{came.address}hold/", {"reason": ""}).status_code == 302
    assert client_of(came.desk.carla).post(f"{came.address}delete/", {"reason": "x"}).status_code == 302
    client_of(came.desk.paul).post(f"{came.address}hold/", {"reason": "appeal pending"})
    assert client_of(came.desk.paul, present=True).post(f"{came.address}delete/confirm/").status_code == 422
    client_of(came.desk.carla).post(f"{came.address}delete/off/")
    assert not Removal.objects.exists()


def test_what_is_due_is_told_to_who_may_see_it(came: Came) -> None:
    today = timezone.localdate().isoformat()
    assert client_of(came.desk.carla).post(f"{came.address}keep/", {"day": today, "reason": ""}).status_code == 422
    assert (
        client_of(came.desk.carla).post(f"{came.address}keep/", {"day": today, "reason": "rule 4"}).status_code == 302
    )
    stranger = make_user(Role.CUSTODIAN)
    assert "1 package is to be deleted" in client_of(came.desk.carla).get("/").content.decode()
    assert "to be deleted" not in client_of(stranger).get("/").content.decode()
    assert came.package.name in client_of(came.desk.carla).get("/vault/due/").content.decode()
    assert came.package.name not in client_of(stranger).get("/vault/due/").content.decode()


def test_the_owners_day_is_not_lengthened_here(desk: Desk, theirs: Path, tmp_path: Path) -> None:
    last = timezone.localdate() + timedelta(days=30)
    came = Came(desk, theirs, tmp_path, "--delete-by", last.isoformat())
    later = (last + timedelta(days=1)).isoformat()
    assert client_of(desk.carla).post(f"{came.address}keep/", {"day": later, "reason": "x"}).status_code == 422


def test_a_file_that_somebody_reads_now_is_deleted_later(came: Came) -> None:
    came.unpack()
    found = came.file("found.txt")
    read = found.path.with_suffix(".read")
    os.link(found.path, read)
    removal = _delete(came)
    assert removal.done_at is None
    assert read.read_bytes() == b"what they found"
    read.unlink()
    go_on.call()
    remove_package.call(removal.pk)
    removal.refresh_from_db()
    assert removal.done_at is not None


def test_a_file_of_two_packages_goes_with_the_last(desk: Desk, theirs: Path, tmp_path: Path) -> None:
    first = Came(desk, theirs, tmp_path, *LIMITS)
    first.unpack()
    (tmp_path / "came.age.tsq").unlink(missing_ok=True)
    second = Came(desk, theirs, tmp_path, *LIMITS, files={"found.txt": "what they found"})
    second.unpack()
    found = first.file("found.txt")
    _delete(first)
    assert found.path.read_bytes() == b"what they found"
    assert _page_bytes(second, found, "investigation") == b"what they found"
    assert _page_bytes(second, found, "court") is None
    _delete(second)
    assert not found.path.exists()


def test_a_package_that_was_altered_is_not_unpacked(came: Came) -> None:
    data = bytearray(came.artifact.path.read_bytes())
    data[-40:] = bytes(40)
    came.artifact.path.chmod(0o600)
    came.artifact.path.write_bytes(data)
    came.unpack()
    assert came.package.opening == Opening.FAILED
    assert not Origin.objects.exists()


def test_another_case_shows_nothing_of_it(came: Came) -> None:
    stranger = make_user(Role.CUSTODIAN, Role.PROSECUTOR)
    other = make_case(stranger)
    add_file(stranger, case=other, name="x", stream=BytesIO(b"x"), size_bytes=1)
    for act in ("unpack", "keep", "hold", "delete", "delete/off", "delete/confirm"):
        for case in (came.desk.case, other):
            answer = client_of(stranger, present=True).post(f"/vault/{case.pk}/{came.pk}/{act}/", {"reason": "x"})
            assert answer.status_code == 404

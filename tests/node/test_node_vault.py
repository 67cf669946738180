"""The vault: evidence sealed for another agency, released by a second person, opened there; packages that come."""

import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from tests.samples.node import client_of, make_case, make_user

from comity.cli import comity
from comity.node.artifacts.actions import add_file
from comity.node.artifacts.models import Artifact
from comity.node.audit.models import Entry
from comity.node.cases.actions import add_member, close_case
from comity.node.cases.models import Case
from comity.node.errors import ChangedError, InvalidError, NotAllowedError
from comity.node.people.models import Delegation
from comity.node.people.roles import Role
from comity.node.vault.actions import release
from comity.node.vault.models import Package, PackageState
from comity.node.vault.store import identity
from comity.node.vault.tasks import begin_again, make_package


class Desk:
    """A custodian who seals, another person who releases, and a case of theirs with evidence."""

    def __init__(self) -> None:
        self.carla, self.paul = make_user(Role.CUSTODIAN), make_user(Role.PROSECUTOR)
        asha = make_user(Role.INVESTIGATOR)
        self.case = make_case(asha)
        for one in (self.carla, self.paul):
            add_member(asha, case=self.case, user=one)
        self.asha = asha
        self.mail = self.add("mail.eml", b"From: a@b.example\n\nhello\n")
        self.log = self.add("log.txt", b"203.0.113.9 GET /\n" * 100)

    def add(self, name: str, data: bytes) -> Artifact:
        return add_file(self.asha, case=self.case, name=name, stream=BytesIO(data), size_bytes=len(data))

    def seal(self, key: str, **more: Any) -> Any:
        given = {
            "exhibits": [self.mail.pk, self.log.pk],
            "recipient": key,
            "recipient_name": "Sergeant Doe, Other Police",
            "authorised_by": "Warrant 12/2026",
            "only_case": "OP 7/2026",
        } | more
        return client_of(self.carla).post(f"/vault/{self.case.pk}/seal/", given)


@pytest.fixture
def data(tmp_path: Path, settings: Any) -> Path:
    """A folder of the node of its own: identity and custody are made anew."""
    settings.DATA = tmp_path / "node"
    settings.DATA.mkdir(mode=0o700)
    return Path(settings.DATA)


@pytest.fixture
def desk(data: Path) -> Desk:
    return Desk()


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """The identity of another agency, made in a terminal."""
    secret = tmp_path / "pass"
    secret.write_text("a passphrase of another agency")
    secret.chmod(0o600)
    made = terminal("key", "new", tmp_path / "theirs", "--name", "other.example", "--display", "Other Police",
                    "--agency", "Other Police", "--passphrase-file", secret)  # fmt: skip
    assert made.exit_code == 0, made.output
    return tmp_path / "theirs"


def terminal(*words: object) -> Any:
    return CliRunner().invoke(comity, [str(word) for word in words])


def _age(folder: Path) -> str:
    from comity.evidence.keys import age_recipients, open_identity

    return age_recipients(open_identity(folder).public)[0]


def made(desk: Desk, theirs: Path, **more: Any) -> Package:
    assert desk.seal(_age(theirs), **more).status_code == 302
    package = Package.objects.get(case=desk.case, artifact=None)
    make_package.call(package.pk)
    package.refresh_from_db()
    assert package.problem == ""
    return package


def test_from_the_case_to_the_other_agency(desk: Desk, theirs: Path, tmp_path: Path) -> None:
    package = made(desk, theirs, delete_by=(timezone.localdate() + timedelta(days=90)).isoformat())
    assert (package.state, package.verdict != "failed", package.released_at) == (PackageState.DONE, True, None)
    address = f"/vault/{desk.case.pk}/{package.pk}/"
    page = client_of(desk.paul).get(address).content.decode()
    for said in (
        "Warrant 12/2026",
        "Sergeant Doe, Other Police",
        "mail.eml",
        "Only for OP 7/2026",
        "collected",
        "copied",
    ):
        assert said in page
    assert client_of(desk.paul, present=True).get(f"{address}package.age").status_code == 403
    client_of(desk.paul, present=True).post(f"{address}release/", {"version": "1"})
    package.refresh_from_db()
    assert package.released_by == desk.paul
    out = tmp_path / "out.age"
    out.write_bytes(b"".join(client_of(desk.carla, present=True).get(f"{address}package.age")))
    assert Entry.objects.filter(act="package.take_out").count() == 1
    bundle = tmp_path / "sender.json"
    bundle.write_bytes(identity().bundle)
    opens = ("--identity", theirs, "--passphrase-file", tmp_path / "pass", "--trust", bundle)
    verified = terminal("verify", out, *opens, "--json")
    report = json.loads(verified.output)
    assert {one["name"]: one["verdict"] for one in report["checks"]}["signature"] == "passed"
    assert report["verdict"] == "indeterminate"  # no time stamp
    assert [one["name"] for one in report["checks"] if one["verdict"] != "passed"] == ["time-stamp"]
    unsealed = terminal("unseal", out, "-o", tmp_path / "open", *opens, "--accept-indeterminate")
    assert unsealed.exit_code == 0, unsealed.output
    assert {path.name for path in (tmp_path / "open").rglob("*.eml")} == {"mail.eml"}


def test_who_sealed_does_not_release_nor_does_who_stands_in(desk: Desk, theirs: Path) -> None:
    package = made(desk, theirs)
    with pytest.raises(NotAllowedError, match="sealed it"):
        release(desk.carla, package=package, version=1)
    now = timezone.now()
    Delegation.objects.create(
        by=desk.carla, to=desk.paul, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(days=1), reason="leave"
    )
    with pytest.raises(NotAllowedError, match="sealed it"):
        release(desk.paul, package=package, version=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Package.objects.filter(pk=package.pk).update(released_by=desk.carla)


def test_a_second_release_and_an_old_page_are_told(desk: Desk, theirs: Path) -> None:
    package = made(desk, theirs)
    release(desk.paul, package=package, version=1)
    with pytest.raises(ChangedError):
        release(desk.paul, package=package, version=1)
    with pytest.raises(InvalidError, match="already"):
        release(desk.paul, package=package, version=2)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"recipient": "age1nonsense"}, "recipient"),
        ({"recipient": ""}, "recipient"),
        ({"recipient_name": ""}, "recipient_name"),
        ({"exhibits": []}, "exhibits"),
        ({"exhibits": ["another"]}, "exhibits"),
        ({"authorised_by": " "}, "authorised_by"),
        ({"delete_by": "2001-01-01"}, "delete_by"),
    ],
)
def test_what_is_wrong_with_an_order_is_named(desk: Desk, theirs: Path, given: dict[str, Any], field: str) -> None:
    answer = desk.seal(_age(theirs), **given)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert not Package.objects.exists()


def test_a_closed_case_and_a_stranger(desk: Desk, theirs: Path) -> None:
    package = made(desk, theirs)
    stranger = make_user(Role.CUSTODIAN, Role.PROSECUTOR)
    for path in ("", f"{package.pk}/", f"{package.pk}/package.age", f"{package.pk}/custody.json", "seal/"):
        assert client_of(stranger, present=True).get(f"/vault/{desk.case.pk}/{path}").status_code == 404
    other = make_case(stranger)
    assert client_of(stranger).get(f"/vault/{other.pk}/{package.pk}/").status_code == 404
    close_case(desk.asha, case=desk.case, version=Case.objects.get(pk=desk.case.pk).version)
    assert desk.seal(_age(theirs)).status_code in {409, 422}
    with pytest.raises(InvalidError):
        release(desk.paul, package=package, version=1)


def test_what_comes_is_checked_and_taken_into_custody(desk: Desk, theirs: Path, tmp_path: Path) -> None:
    for whole in (True, False):
        came = _from_them(desk, theirs, tmp_path, whole=whole)
        client_of(desk.carla).post(f"/vault/{desk.case.pk}/check/", {"artifact": came.pk})
        package = Package.objects.get(artifact=came)
        make_package.call(package.pk)
        package.refresh_from_db()
        page = client_of(desk.carla).get(f"/vault/{desk.case.pk}/{package.pk}/").content.decode()
        if whole:
            assert package.verdict == "indeterminate"  # their identity was not taken in, and there is no time stamp
            assert "received" in page
            assert "OTHER 1/2026" in page
        else:
            assert package.verdict == "failed"
            assert "not genuine or not whole" in page
        assert not package.released_at


def _from_them(desk: Desk, theirs: Path, tmp_path: Path, *, whole: bool) -> Artifact:
    own, out, given = tmp_path / "own.json", tmp_path / "came.age", tmp_path / "given.txt"
    own.write_bytes(identity().bundle)
    given.write_text("what they found")
    out.unlink(missing_ok=True)
    Path(f"{out}.tsq").unlink(missing_ok=True)
    done = terminal("seal", given, "--case", "OTHER 1/2026", "--authorised-by", "Order 3", "--for", own, "-o", out,
                    "--identity", theirs, "--passphrase-file", tmp_path / "pass")  # fmt: skip
    assert done.exit_code == 0, done.output
    data = out.read_bytes()
    return desk.add("came.age", data if whole else data[:-40] + bytes(40))


def test_custody_goes_on_and_refuses_what_cannot_be(desk: Desk, theirs: Path) -> None:
    package = made(desk, theirs)
    address = f"/vault/{desk.case.pk}/{package.pk}/custody/"
    moment = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    told = {"act": "transferred", "at": moment, "reason": "handed over", "to_name": "Doe", "to_agency": "Other Police"}
    assert client_of(desk.carla).post(address, told).status_code == 403  # not released
    release(desk.paul, package=package, version=1)
    assert client_of(desk.carla).post(address, told | {"to_name": ""}).status_code == 422
    assert client_of(desk.carla).post(address, told | {"act": "collected"}).status_code == 422
    assert client_of(desk.carla).post(address, told).status_code == 302
    page = client_of(desk.carla).get(f"/vault/{desk.case.pk}/{package.pk}/").content.decode()
    assert "Doe, Other Police" in page
    extract = client_of(desk.carla).get(f"/vault/{desk.case.pk}/{package.pk}/custody.json").content
    assert b"transferred" in extract


def test_the_custody_log_of_the_node_is_one_of_the_terminal(desk: Desk, theirs: Path) -> None:
    made(desk, theirs)
    checked = terminal("custody", "check", settings.DATA / "custody", "--identity", settings.DATA / "identity")
    assert checked.exit_code == 0, checked.output


def test_a_use_that_the_limits_forbid_is_told_with_its_rule(desk: Desk, theirs: Path) -> None:
    package = made(desk, theirs, not_in_court="on", purposes=["investigation"])
    address = f"/vault/{desk.case.pk}/{package.pk}/"
    asked = client_of(desk.carla).get(address, {"purpose": "court", "for_case": "OP 7/2026"}).content.decode()
    assert "forbidden" in asked
    asked = client_of(desk.carla).get(address, {"purpose": "investigation", "for_case": "OP 7/2026"}).content.decode()
    assert "allowed" in asked


def test_a_package_whose_worker_died_is_sealed_by_the_next(desk: Desk, theirs: Path) -> None:
    assert desk.seal(_age(theirs)).status_code == 302
    package = Package.objects.get(artifact=None)
    Package.objects.update(state=PackageState.RUNNING, beat_at=timezone.now() - timedelta(hours=1))
    package.path.parent.mkdir(parents=True)
    package.path.write_bytes(b"half of it")
    begin_again.call()
    make_package.call(package.pk)
    package.refresh_from_db()
    assert (package.state, package.problem) == (PackageState.DONE, "")
    assert package.path.stat().st_size == package.size_bytes


def test_another_agency_is_trusted_after_its_number_is_compared(desk: Desk, theirs: Path) -> None:
    from comity.evidence.keys import number_to_compare, open_identity

    other = open_identity(theirs)
    browser = client_of(desk.carla)

    def send(number: str) -> Any:
        file = BytesIO(other.bundle)
        file.name = "identity.json"
        return browser.post("/vault/identities/", {"bundle": file, "number": number})

    assert send("1 2 3").status_code == 422
    assert send(number_to_compare(other.public)).status_code == 302
    assert "Other Police" in browser.get("/vault/identities/").content.decode()
    assert desk.seal("", recipient_name="", known_recipient="other.example").status_code == 302
    package = Package.objects.get(artifact=None)
    make_package.call(package.pk)
    package.refresh_from_db()
    assert package.problem == ""
    own = browser.get("/vault/identities/own.json")
    assert json.loads(own.content)
    assert client_of(make_user(Role.INVESTIGATOR)).get("/vault/identities/").status_code == 403

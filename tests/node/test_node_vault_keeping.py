"""What a package brings is bound by its owner's limits, wherever it is asked for, and goes when its day comes."""

import json
import os
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from tests.node.test_node_vault import Desk, _age, data, desk, terminal, theirs
from tests.samples.node import client_of, make_case, make_user
from tests.samples.nodeapi import token_of

from comity.evidence.limitation import Answer, Limitations, Purpose, Use, may
from comity.node.artifacts.actions import add_file
from comity.node.artifacts.models import Artifact
from comity.node.audit.models import Entry
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
        done = terminal("seal", given, "--case", "OTHER 1/2026", "--authorised-by", "Order 3", "--for", own,
                        "-o", self.sealed, "--identity", theirs, "--passphrase-file", folder / "pass", *more)  # fmt: skip
        assert done.exit_code == 0, done.output
        self.artifact = desk.add("came.age", self.sealed.read_bytes())
        client_of(desk.carla).post(f"/vault/{desk.case.pk}/check/", {"artifact": self.artifact.pk})
        self.pk = Package.objects.get(artifact=self.artifact).pk
        make_package.call(self.pk)
        assert self.package.problem == ""

    @property
    def package(self) -> Package:
        return Package.objects.select_related("case").get(pk=self.pk)

    @property
    def address(self) -> str:
        return f"/vault/{self.desk.case.pk}/{self.pk}/"

    def unpack(self, known_as: str = "OTHER 1/2026") -> None:
        told = client_of(self.desk.carla).post(f"{self.address}unpack/", {"known_as": known_as})
        assert told.status_code == 302
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

"""A node to look at: the shipped case, and people of every role with passwords that are printed."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from comity.node.artifacts.actions import add_file
from comity.node.cases.actions import add_member, open_case
from comity.node.cases.models import Case
from comity.node.people.models import RoleGrant, Unit, User
from comity.node.people.roles import Role
from comity.node.plans.actions import ask_plan, save_facts

PEOPLE: tuple[tuple[str, str, Role], ...] = (
    ("asha", "Asha Rao", Role.INVESTIGATOR),
    ("meera", "Meera Nair", Role.PROSECUTOR),
    ("ravi", "Ravi Menon", Role.AUTHORITY),
    ("dev", "Dev Kapoor", Role.DUTY),
    ("chitra", "Chitra Bose", Role.CUSTODIAN),
    ("nikhil", "Nikhil Shah", Role.ANALYST),
    ("uma", "Uma Iyer", Role.AUDITOR),
    ("arjun", "Arjun Sen", Role.ADMINISTRATOR),
)
MEMBERS = ("meera", "ravi", "dev", "chitra", "nikhil", "uma")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody made up, and how to sign in as him or her."""

    username: str
    name: str
    role: str
    password: str


def fill(example: Path) -> tuple[Person, ...]:
    """Make people, and the case of the folder `example` with its facts, its evidence and a plan under way."""
    with transaction.atomic():
        unit = Unit.objects.create(name="Cyber Crime Police Station, Suryapur")
        people = tuple(_person(unit, *one) for one in PEOPLE)
    users = {user.username: user for user in User.objects.all()}
    asha = users["asha"]
    case = open_case(asha, reference="Cr. No. 147/2026", title="Re-KYC phishing of customers of Suvarnarekha Bank")
    for name in MEMBERS:
        add_member(asha, case=case, user=users[name], reason="works on the case")
    save_facts(asha, case=case, text=(example / "case.toml").read_text(encoding="utf-8"), version=0)
    _evidence(asha, case, example)
    ask_plan(asha, case=case)
    return people


def _person(unit: Unit, username: str, name: str, role: Role) -> Person:
    password = secrets.token_urlsafe(9)
    user = User.objects.create_user(
        username=username, email=f"{username}@agency.example", password=password, name=name, unit=unit
    )
    RoleGrant.objects.create(user=user, role=role)
    return Person(username=username, name=name, role=str(role.label), password=password)


def _evidence(by: User, case: Case, example: Path) -> None:
    for path in sorted(example.rglob("*")):
        if path.is_file() and path.name not in {"case.toml", "README.md"}:
            with path.open("rb") as file:
                add_file(by, case=case, name=path.name, stream=file, size_bytes=path.stat().st_size)

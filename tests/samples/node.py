"""People and cases that tests of the node start from."""

from itertools import count

from django.test import Client

from comity.node.cases.actions import add_member, open_case
from comity.node.cases.models import Case
from comity.node.people.models import RoleGrant, User
from comity.node.people.roles import Role

PASSWORD = "correct horse battery"
_numbers = count(1)


def make_user(*roles: Role, name: str = "") -> User:
    """A person with these roles."""
    number = next(_numbers)
    name = name or f"person{number}"
    user = User.objects.create_user(username=name, email=f"{name}@agency.example", password=PASSWORD, name=name.title())
    RoleGrant.objects.bulk_create(RoleGrant(user=user, role=role) for role in roles)
    return user


def make_case(by: User, *members: User) -> Case:
    """A case with its members."""
    case = open_case(by, reference=f"FIR {next(_numbers)}/2026", title="Phishing against customers of a bank")
    for member in members:
        add_member(by, case=case, user=member)
    return case


def client_of(user: User, *, present: bool = False) -> Client:
    """A browser in which the person has signed in with two factors; `present`: and has just proved to be there."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["second_factor"] = True
    if present:
        from django.utils import timezone

        session["present_at"] = timezone.now().isoformat()
    session.save()
    return client

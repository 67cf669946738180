"""Operations on people: what an administrator does with accounts and roles."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from ninja import Field, Query, Router, Schema, Status

from comity.node.api.fields import Number, Version
from comity.node.api.pages import Cursor, cut
from comity.node.api.rules import Call, holding, tells_once
from comity.node.api.units import unit_of
from comity.node.errors import HiddenError
from comity.node.people.actions import accounts, factors, invitations, roles
from comity.node.people.links import link_with, mail_link
from comity.node.people.models import User
from comity.node.people.reads import list_people
from comity.node.people.roles import Right, Role

router = Router(tags=["people"])
GRANTS_SHOWN = 200
Name = Annotated[str, Field(min_length=1, max_length=200)]
Email = Annotated[str, Field(min_length=3, max_length=254)]


class PersonOut(Schema):
    """A person as lists show him or her."""

    username: str
    name: str
    email: str
    unit_id: int | None
    unit: str
    roles: list[Role]
    active: bool
    """False: the account is closed."""
    signed_in_at: datetime | None
    """None: invited, and never signed in."""
    has_factor: bool
    version: int


class PersonPage(Schema):
    """A page of people, the last who came first."""

    items: list[PersonOut]
    next: str


class GrantOut(Schema):
    """That a person has, or had, a role."""

    role: Role
    granted_by: str
    starts_at: datetime
    ends_at: datetime | None


class InvitationOut(Schema):
    """The newest link to a password; never its secret."""

    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    withdrawn_at: datetime | None


class FactorOut(Schema):
    """A second factor."""

    type: str
    created_at: datetime
    last_used_at: datetime | None


class WholePerson(PersonOut):
    """A person with roles over time, ways in, and what keeps the account open."""

    grants: list[GrantOut]
    invitation: InvitationOut | None
    factors: list[FactorOut]
    session_count: int
    only_member_of: int
    """In how many cases nobody else could go on."""


class PersonIn(Schema):
    """Somebody who is to work here."""

    username: Annotated[str, Field(min_length=2, max_length=60)]
    name: Name
    email: Email
    unit_id: Number | None = None
    roles: Annotated[list[Role], Field(max_length=len(Role))] = []  # noqa: RUF012  # pydantic copies it


class Edited(Schema):
    """Name, address and unit, for the person as he or she stood at `version`."""

    name: Name
    email: Email
    unit_id: Number | None = None
    version: Version


class RoleIn(Schema):
    """A role to give."""

    role: Role


class LinkOut(Schema):
    """A link to a password, which is told this once."""

    username: str
    link: str
    mailed: bool
    """False: the mail could not be sent; hand it over in another way."""


@router.get("", response=PersonPage, operation_id="list_people")
@holding(Right.PEOPLE_MANAGE)
def list_everybody(
    request: Call, cursor: Query[Cursor], text: Annotated[str, Field(max_length=200)] = ""
) -> dict[str, Any]:
    """Everybody; `text` is looked for in name, user name and address."""
    return cut(list_people(text), cursor, by="date_joined", shown=_shown)


@router.post("", response={201: LinkOut}, operation_id="invite_person")
@tells_once
@holding(Right.PEOPLE_MANAGE, presence=True)
def invite_person(request: Call, new: PersonIn) -> Status[dict[str, Any]]:
    """Invite a person: a link to choose a password is mailed, and told now."""
    person, secret = invitations.invite(
        request.user,
        username=new.username,
        name=new.name,
        email=new.email,
        unit=unit_of(new.unit_id, field="unit_id"),
        roles=new.roles,
    )
    return Status(201, _link(person, secret))


@router.get("/{username}", response=WholePerson, operation_id="read_person")
@holding(Right.PEOPLE_MANAGE)
def read_person(request: Call, username: str) -> dict[str, Any]:
    """One person, whole."""
    return _whole(_find(username))


@router.post("/{username}/edit", response=WholePerson, operation_id="edit_person")
@holding(Right.PEOPLE_MANAGE, presence=True)
def edit_person(request: Call, username: str, new: Edited) -> dict[str, Any]:
    """Change name, address, unit."""
    unit = unit_of(new.unit_id, field="unit_id")
    person = _find(username)
    accounts.edit_person(request.user, user=person, name=new.name, email=new.email, unit=unit, version=new.version)
    return _whole(_find(username))


@router.post("/{username}/link", response={201: LinkOut}, operation_id="renew_invitation")
@tells_once
@holding(Right.PEOPLE_MANAGE, presence=True)
def renew_invitation(request: Call, username: str) -> Status[dict[str, Any]]:
    """A new link for somebody who has lost the first one, or the password; earlier links end."""
    person = _find(username)
    return Status(201, _link(person, invitations.renew_invitation(request.user, user=person)))


@router.post("/{username}/roles", response=WholePerson, operation_id="grant_role")
@holding(Right.PEOPLE_MANAGE, presence=True)
def grant_role(request: Call, username: str, given: RoleIn) -> dict[str, Any]:
    """Give a role to another person."""
    roles.grant_role(request.user, user=_find(username), role=given.role)
    return _whole(_find(username))


@router.delete("/{username}/roles/{role}", response=WholePerson, operation_id="end_role")
@holding(Right.PEOPLE_MANAGE, presence=True)
def end_role(request: Call, username: str, role: Role) -> dict[str, Any]:
    """Take a role from another person."""
    roles.end_role(request.user, user=_find(username), role=role)
    return _whole(_find(username))


@router.post("/{username}/sessions/end", response=WholePerson, operation_id="end_sessions")
@holding(Right.PEOPLE_MANAGE, presence=True)
def end_sessions(request: Call, username: str) -> dict[str, Any]:
    """Sign a person out everywhere."""
    return _done(request, username, accounts.end_sessions)


@router.post("/{username}/factors/reset", response=WholePerson, operation_id="reset_factors")
@holding(Right.PEOPLE_MANAGE, presence=True)
def reset_factors(request: Call, username: str) -> dict[str, Any]:
    """Take all second factors from a person who has lost them; not by who gave the person a new link lately."""
    return _done(request, username, factors.reset_factors)


@router.post("/{username}/close", response=WholePerson, operation_id="close_account")
@holding(Right.PEOPLE_MANAGE, presence=True)
def close_account(request: Call, username: str) -> dict[str, Any]:
    """Close an account: links, sessions, roles, tokens, delegations and turns to come end."""
    return _done(request, username, accounts.close_account)


@router.post("/{username}/open", response=WholePerson, operation_id="open_account")
@holding(Right.PEOPLE_MANAGE, presence=True)
def open_account(request: Call, username: str) -> dict[str, Any]:
    """Open a closed account again, without roles."""
    return _done(request, username, accounts.open_account)


def _done(request: Call, username: str, act: Callable[..., object]) -> dict[str, Any]:
    act(request.user, user=_find(username))
    return _whole(_find(username))


def _find(username: str) -> User:
    person = list_people("").filter(username=username).first()
    if person is None:
        raise HiddenError
    return person


def _link(person: User, secret: str) -> dict[str, Any]:
    link = link_with(secret)
    return {"username": person.username, "link": link, "mailed": mail_link(person, link)}


def _shown(person: User) -> dict[str, Any]:
    return {
        "username": person.username,
        "name": person.name,
        "email": person.email,
        "unit_id": person.unit_id,
        "unit": person.unit.name if person.unit else "",
        "roles": [grant.role for grant in person.grants_now],  # type: ignore[attr-defined]  # of `list_people`
        "active": person.is_active,
        "signed_in_at": person.last_login,
        "has_factor": person.has_factor,  # type: ignore[attr-defined]  # of `list_people`
        "version": person.version,
    }


def _whole(person: User) -> dict[str, Any]:
    grants = person.grants.select_related("granted_by").order_by("-starts_at", "-pk")[:GRANTS_SHOWN]
    given = [
        {
            "role": grant.role,
            "granted_by": grant.granted_by.username if grant.granted_by else "",
            "starts_at": grant.starts_at,
            "ends_at": grant.ends_at,
        }
        for grant in grants
    ]
    return {
        **_shown(person),
        "grants": given,
        "invitation": person.invitations.first(),
        "factors": list(Authenticator.objects.filter(user=person).order_by("created_at")),
        "session_count": UserSession.objects.filter(user=person).count(),
        "only_member_of": accounts.count_only_member_of(person),
    }

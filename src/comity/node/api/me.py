"""Operations on what is the caller's own: how he or she reads, sessions, tokens."""

from datetime import datetime
from typing import Annotated, Any

from allauth.usersessions.models import UserSession
from ninja import Field, Router, Schema, Status

from comity.node.api.rules import Call, anybody
from comity.node.errors import HiddenError
from comity.node.people.actions.accounts import edit_own
from comity.node.people.actions.sessions import end_own_sessions
from comity.node.people.actions.tokens import revoke_token
from comity.node.people.models import Token, User

router = Router(tags=["people"])
SHOWN_MAX = 200


class MeOut(Schema):
    """Whose token it is, and what it may do."""

    username: str
    name: str
    roles: list[str]
    scopes: list[str]
    language: str
    """Empty: as the agency has it."""
    time_zone: str


class Reading(Schema):
    """How you read your pages; empty: as the agency has it."""

    language: Annotated[str, Field(max_length=10)] = ""
    time_zone: Annotated[str, Field(max_length=64)] = ""


class SessionOut(Schema):
    """A browser in which you are signed in."""

    created_at: datetime
    last_seen_at: datetime
    ip: str
    user_agent: str


class EndedOut(Schema):
    """How many sessions were ended."""

    count: int


class TokenOut(Schema):
    """A token; never its text."""

    id: str
    name: str
    scopes: list[str]
    made_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


@router.get("", response=MeOut, operation_id="who_am_i")
@anybody
def who_am_i(request: Call) -> dict[str, Any]:
    """Whose token this is."""
    return _shown(request, request.user)


@router.post("", response=MeOut, operation_id="edit_me")
@anybody
def edit_me(request: Call, new: Reading) -> dict[str, Any]:
    """Choose language and time zone of your pages; a name is an administrator's word."""
    edit_own(request.user, language=new.language, time_zone=new.time_zone)
    return _shown(request, User.objects.get(pk=request.user.pk))


@router.get("/sessions", response=list[SessionOut], operation_id="list_own_sessions")
@anybody
def list_own_sessions(request: Call) -> list[UserSession]:
    """Where you are signed in."""
    return list(UserSession.objects.filter(user=request.user).order_by("-created_at")[:SHOWN_MAX])


@router.post("/sessions/end", response=EndedOut, operation_id="end_own_sessions")
@anybody
def end_mine(request: Call) -> dict[str, int]:
    """Sign out in every browser; tokens stay."""
    return {"count": end_own_sessions(request.user)}


@router.get("/tokens", response=list[TokenOut], operation_id="list_tokens")
@anybody
def list_tokens(request: Call) -> list[Token]:
    """Your newest tokens, also those that have ended; one is made on your own page only."""
    return list(Token.objects.filter(user=request.user)[:SHOWN_MAX])


@router.delete("/tokens/{token_id}", response={204: None}, operation_id="revoke_token")
@anybody
def end_token(request: Call, token_id: str) -> Status[None]:
    """End one of your tokens, this one too."""
    if not Token.objects.filter(pk=token_id, user=request.user).exists():
        raise HiddenError
    revoke_token(request.user, token_id=token_id)
    return Status(204, None)


def _shown(request: Call, user: User) -> dict[str, Any]:
    return {
        "username": user.username,
        "name": str(user),
        "roles": sorted(role.value for role in user.roles),
        "scopes": sorted(request.scopes),
        "language": user.language,
        "time_zone": user.time_zone,
    }

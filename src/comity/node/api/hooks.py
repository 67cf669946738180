"""Operations on a person's own webhooks."""

from datetime import datetime
from typing import Annotated

from ninja import Field, Router, Schema, Status

from comity.node.api.rules import Call, anybody, anybody_present, tells_once
from comity.node.webhooks.actions import add_hook, end_hook
from comity.node.webhooks.models import Hook

router = Router(tags=["webhooks"])


class HookOut(Schema):
    """A webhook."""

    id: int
    url: str
    acts: list[str]
    made_at: datetime
    ended_at: datetime | None


class MadeHook(HookOut):
    """A webhook with its secret, which is told this once."""

    secret: str


class HookIn(Schema):
    """Where to tell what."""

    url: Annotated[str, Field(min_length=1, max_length=500)]
    acts: Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=50)] = []  # noqa: RUF012  # copied


@router.get("", response=list[HookOut], operation_id="list_webhooks")
@anybody
def list_webhooks(request: Call) -> list[Hook]:
    """Your webhooks."""
    return list(Hook.objects.filter(owner=request.user).order_by("-made_at")[:100])


@router.post("", response={201: MadeHook}, operation_id="add_webhook")
@tells_once
@anybody_present
def add_webhook(request: Call, new: HookIn) -> Status[Hook]:
    """Add a webhook; messages are signed by Standard Webhooks with the secret that is told now."""
    return Status(201, add_hook(request.user, url=new.url, acts=tuple(new.acts)))


@router.delete("/{hook_id}", response={204: None}, operation_id="end_webhook")
@anybody
def end_webhook(request: Call, hook_id: Annotated[int, Field(ge=1, le=2**63 - 1)]) -> Status[None]:
    """End a webhook."""
    end_hook(request.user, hook_id=hook_id)
    return Status(204, None)

"""Who may call an operation: the rights of the person, narrowed to the scopes of the token.

An operation is marked with its rule; the rule is asked before its input is looked at.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from ninja.operation import Operation as Described
from ninja.utils import contribute_operation_callback

from comity.node.access import Access, Door, find_case
from comity.node.audit.actions import enter
from comity.node.cases.models import Case
from comity.node.errors import NotAllowedError
from comity.node.people.models import User
from comity.node.people.rights import require, require_role
from comity.node.people.roles import Right
from comity.node.people.tokens import lasts_a_day

Operation = Callable[..., Any]
EXTENSION = "x-comity-access"
"""Where an operation's description tells who may call it; docs/rights.md is made from it."""


class Call(HttpRequest):
    """A call by somebody whose token was accepted."""

    user: User
    scopes: frozenset[str]
    case: Case
    """The case of the operation, where it has one."""


def anybody(operation: Operation) -> Operation:
    """Open to every token."""
    return _marked(operation, Access(door=Door.SIGNED_IN))


def holding(right: Right, *, presence: bool = False) -> Callable[[Operation], Operation]:
    """Open to whoever holds `right` by a role, with a token that names it."""
    return lambda operation: _marked(operation, Access(door=Door.RIGHT, right=right, presence=presence))


def within_case(right: Right, *, presence: bool = False) -> Callable[[Operation], Operation]:
    """Open to members of the case `case_id` who hold `right`, with a token that names it; reading is entered."""
    return lambda operation: _marked(operation, Access(door=Door.CASE, right=right, presence=presence))


def let_in(request: Call, operation: Described, case_id: str) -> None:
    """Raise what `operation` refuses this caller; the request then knows its case."""
    access: Access = operation.view_func.access  # type: ignore[attr-defined]  # put there by `_marked`
    if access.door is Door.CASE:
        request.case = find_case(request.user, case_id)
    if access.right is None:
        return
    if access.right not in request.scopes:
        raise NotAllowedError(f"the token lacks the scope {access.right.value}; make one that has it")
    if access.presence and not lasts_a_day(request.headers.get("Authorization", "").partition(" ")[2].strip()):
        raise NotAllowedError("what asks a person to be present takes a token that was made for one day; make one")
    if access.door is Door.CASE:
        require(request.user, access.right, request.case)
        if request.method in {"GET", "HEAD"}:
            enter(request.user, "case.read", case=request.case, subject=request.path)
    else:
        require_role(request.user, access.right)


def _marked(operation: Operation, access: Access) -> Operation:
    told = {"door": access.door.value, "right": access.right.value if access.right else "", "presence": access.presence}

    def tell(described: Described) -> None:
        described.openapi_extra = {**(described.openapi_extra or {}), EXTENSION: told}

    operation.access = access  # type: ignore[attr-defined]  # functions carry their rule to `let_in`
    contribute_operation_callback(operation, tell)
    return operation

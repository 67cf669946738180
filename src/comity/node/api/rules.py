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
from comity.node.errors import NotAllowedError, StepUpError
from comity.node.people.models import Token, User
from comity.node.people.rights import require, require_role
from comity.node.people.roles import Right

Operation = Callable[..., Any]
EXTENSION = "x-comity-access"
"""Where an operation's description tells who may call it; docs/rights.md is made from it."""


class Call(HttpRequest):
    """A call by somebody whose token was accepted."""

    user: User
    token: Token
    scopes: frozenset[str]
    """The rights that the token may use."""
    case: Case
    """The case of the operation, where it has one."""


def anybody(operation: Operation) -> Operation:
    """Open to every token."""
    return _marked(operation, Access(door=Door.SIGNED_IN))


def anybody_present(operation: Operation) -> Operation:
    """Open to every token that lasts a day at most: the API's like of a fresh proof of presence."""
    return _marked(operation, Access(door=Door.SIGNED_IN, presence=True))


def holding(right: Right, *, presence: bool = False) -> Callable[[Operation], Operation]:
    """Open to whoever holds `right` by a role, with a token that names it."""
    return lambda operation: _marked(operation, Access(door=Door.RIGHT, right=right, presence=presence))


def within_case(right: Right, *, presence: bool = False, reads: str = "case.read") -> Callable[[Operation], Operation]:
    """Open to members of the case `case_id` who hold `right`, with a token that names it; a GET is entered."""
    return lambda operation: _marked(operation, Access(door=Door.CASE, right=right, presence=presence), reads=reads)


def tells_once(operation: Operation) -> Operation:
    """Its answer holds a secret, or is as long as the trail: it is kept nowhere, and a repeated call gets a problem."""
    operation.tells_once = True  # type: ignore[attr-defined]  # read by `root`
    return operation


def let_in(request: Call, operation: Described, case_id: str) -> None:
    """Raise what `operation` refuses this caller; the request then knows its case."""
    access: Access = operation.view_func.access  # type: ignore[attr-defined]  # put there by `_marked`
    if access.door is Door.CASE:
        request.case = find_case(request.user, case_id)
    if access.right is not None:
        require_scope(request, access.right)
        if access.door is Door.CASE:
            require(request.user, access.right, request.case)
        else:
            require_role(request.user, access.right)
    if access.presence and not request.token.is_brief:
        raise StepUpError("this act needs you: make a token that lasts a day at most")
    if access.door is Door.CASE and request.method in {"GET", "HEAD"}:
        reads: str = operation.view_func.reads  # type: ignore[attr-defined]  # put there by `_marked`
        enter(request.user, reads, case=request.case, subject=request.path)


def require_scope(request: Call, right: Right) -> None:
    """NotAllowedError where the token does not name `right`."""
    if right not in request.scopes:
        raise NotAllowedError(f"the token lacks the scope {right.value}; make one that has it")


def _marked(operation: Operation, access: Access, *, reads: str = "") -> Operation:
    told = {"door": access.door.value, "right": access.right.value if access.right else "", "presence": access.presence}

    def tell(described: Described) -> None:
        described.openapi_extra = {**(described.openapi_extra or {}), EXTENSION: told}

    operation.access = access  # type: ignore[attr-defined]  # functions carry their rule to `let_in`
    operation.reads = reads  # type: ignore[attr-defined]  # of a case, as `let_in` enters it
    contribute_operation_callback(operation, tell)
    return operation

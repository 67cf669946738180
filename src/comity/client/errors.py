"""What can go wrong between a client and a node.

::

    ComityError
    └── ClientError
        ├── NodeUnreachableError   no answer, after trying again
        └── NodeRefusedError       the node answered with a problem (RFC 9457)
"""

from comity.errors import ComityError


class ClientError(ComityError):
    """Base of what a client raises."""


class NodeUnreachableError(ClientError):
    """No answer came, also when asked again."""


class NodeRefusedError(ClientError):
    """The node refused: HTTP status, what it said, and problems by field."""

    def __init__(self, *, status: int, title: str, detail: str, errors: tuple[tuple[str, str], ...] = ()) -> None:
        fields = "; ".join(f"{field}: {problem}" if field else problem for field, problem in errors)
        super().__init__(": ".join(part for part in (title, fields or detail) if part))
        self.status, self.title, self.detail, self.errors = status, title, detail, errors

"""A node as its client sees it."""

from types import TracebackType

import httpx

from comity.client.audit import AuditCalls
from comity.client.call import Caller
from comity.client.desk import DeskCalls
from comity.client.directory import DirectoryCalls
from comity.client.hooks import HookCalls
from comity.client.oversight import OversightCalls
from comity.client.people import PeopleCalls
from comity.client.requests import RequestCalls
from comity.client.roster import RosterCalls
from comity.client.vault import VaultCalls
from comity.client.versions import VersionCalls


class Node(
    RequestCalls,
    DeskCalls,
    VersionCalls,
    VaultCalls,
    PeopleCalls,
    RosterCalls,
    DirectoryCalls,
    AuditCalls,
    OversightCalls,
    HookCalls,
):
    """A node at `url`, called with a person's token. Use it in a ``with``, or `close` it."""

    def __init__(
        self, url: str, token: str, *, timeout_s: float = 30.0, transport: httpx.BaseTransport | None = None
    ) -> None:
        super().__init__(Caller(url, token, timeout_s=timeout_s, transport=transport))

    @property
    def url(self) -> str:
        """Where the API stands."""
        return self._call.url

    def close(self) -> None:
        """Give back the connections."""
        self._call.http.close()

    def __enter__(self) -> "Node":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

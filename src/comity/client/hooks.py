"""Calls about one's own webhooks."""

from datetime import datetime

from comity.client.call import Caller
from comity.client.records import Record


class Webhook(Record, frozen=True, kw_only=True):
    """An address that is told of acts."""

    id: int
    url: str
    acts: tuple[str, ...] = ()
    """Beginnings of acts; none: all but reading."""
    made_at: datetime
    ended_at: datetime | None = None
    secret: str = ""
    """Told once, when it is made."""


class HookCalls:
    """What can be asked of webhooks."""

    _call: Caller

    def webhooks(self) -> tuple[Webhook, ...]:
        """One's own webhooks."""
        return self._call.get("/webhooks", tuple[Webhook, ...])

    def add_webhook(self, url: str, *, acts: tuple[str, ...] = ()) -> Webhook:
        """Have an address told of acts; the token lasts a day at most."""
        return self._call.change("POST", "/webhooks", Webhook, {"url": url, "acts": acts})

    def end_webhook(self, hook_id: int) -> None:
        """Tell this address no more."""
        self._call.change("DELETE", f"/webhooks/{hook_id}", type(None))

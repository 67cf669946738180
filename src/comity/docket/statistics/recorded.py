"""A request with its history, as statistics read it."""

from dataclasses import dataclass
from datetime import datetime

from comity.docket.event import Event
from comity.docket.life import effective
from comity.docket.request import Request
from comity.docket.vocabulary import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A request with all its events."""

    request: Request
    events: tuple[Event, ...]

    def first(self, *acts: Act) -> datetime | None:
        """When the first of some acts happened; None: none did."""
        return min((event.at for event in effective(self.events) if event.act in acts), default=None)

    def last(self, *acts: Act) -> datetime | None:
        """When the last of some acts happened; None: none did."""
        return max((event.at for event in effective(self.events) if event.act in acts), default=None)

    def did(self, act: Act) -> bool:
        """Whether an act happened and was not struck."""
        return self.first(act) is not None

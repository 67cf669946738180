"""Where a record comes from, as an answer tells it."""

from typing import Protocol

from comity.law.route import Source
from comity.law.vocabulary import Confidence


class Sourced(Protocol):
    """A record of one source."""

    @property
    def source_url(self) -> str: ...
    @property
    def as_of(self) -> str: ...
    @property
    def confidence(self) -> Confidence: ...


def source_of(what: str, record: Sourced) -> Source:
    """The source of a row."""
    return Source(what=what, url=record.source_url, as_of=record.as_of, confidence=record.confidence)

"""What went from one state to another: mails, replies, money."""

from enum import StrEnum

from comity.plan.model.record import Record


class FlowKind(StrEnum):
    MAIL = "mail"
    REPLY = "reply"
    MONEY = "money"


class Flow(Record, frozen=True, kw_only=True):
    """Something that went from one state to another. That it went is known, by which way is not."""

    kind: FlowKind
    source: str
    """ISO 3166 code."""
    target: str
    source_name: str
    target_name: str
    number: int
    """How many mails, replies or payments the evidence shows."""
    sums: tuple[str, ...] = ()
    """What payments sum up to, by currency, for people; empty for mails, and where no amount is told."""

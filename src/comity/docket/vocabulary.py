"""The words of a request's life."""

from enum import StrEnum


class Direction(StrEnum):
    """Whose request it is, seen from this agency."""

    OUTGOING = "outgoing"
    INCOMING = "incoming"


class Side(StrEnum):
    """Who did or owes something."""

    REQUESTING = "requesting"
    REQUESTED = "requested"
    """The authority asked, or the provider that was asked directly."""


class State(StrEnum):
    """Where a request stands."""

    DRAFT = "draft"
    CHECKED = "checked"
    APPROVED = "approved"
    SENT = "sent"
    DELIVERED = "delivered"
    ACKNOWLEDGED = "acknowledged"
    ASSIGNED = "assigned"
    CLARIFICATION = "clarification"
    """The requested side has asked something and waits for the answer."""
    POSTPONED = "postponed"
    PART_EXECUTED = "part_executed"
    EXECUTED = "executed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class Act(StrEnum):
    """What can happen to a request; ``data/acts.toml`` says from where to where."""

    DRAFT = "draft"
    REVISE = "revise"
    CHECK = "check"
    RETURN = "return"
    """To the drafter, not approved."""
    APPROVE = "approve"
    SEND = "send"
    FAIL = "fail"
    """It did not arrive."""
    DELIVER = "deliver"
    ACKNOWLEDGE = "acknowledge"
    ASSIGN = "assign"
    ASK = "ask"
    ANSWER = "answer"
    POSTPONE = "postpone"
    RESUME = "resume"
    DECIDE = "decide"
    """Recognised, admitted, ordered: it will be executed."""
    NOTIFY = "notify"
    """An authority that must be told was told (Regulation 2023/1543 art. 8)."""
    SERVE = "serve"
    """The order reached the provider."""
    TAKE_EFFECT = "take_effect"
    """Data preserved, money frozen, person arrested."""
    CONSENT = "consent"
    """The person agrees."""
    EXTEND = "extend"
    """What took effect goes on until a later day."""
    FOLLOW_UP = "follow_up"
    """The request that this one prepared has arrived: a production after a preservation."""
    VALIDATE = "validate"
    """An order issued in an emergency was validated afterwards."""
    PART_EXECUTE = "part_execute"
    EXECUTE = "execute"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    CLOSE = "close"
    REOPEN = "reopen"
    REMEDY = "remedy"
    """Somebody concerned went to a court against it."""
    INFORM = "inform"
    """The person whose data they are was told."""
    REMIND = "remind"
    NOTE = "note"
    STRIKE = "strike"
    """An event was entered wrongly: it counts no longer, and stays to be read."""


class Relation(StrEnum):
    """How a request hangs on an earlier one."""

    ASKS_FOR_PRESERVED = "asks_for_preserved"
    """It asks for the data that the earlier one preserved."""
    PROVES_WHAT_WAS_PRODUCED = "proves_what_was_produced"
    """It asks for evidence of what the earlier one obtained as information."""
    EXTENDS = "extends"
    SUPPLEMENTS = "supplements"
    ENFORCES = "enforces"
    """It asks the state to enforce what the provider did not do."""
    REPLACES = "replaces"
    WITHDRAWS = "withdraws"

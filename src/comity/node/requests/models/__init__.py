"""What is kept of requests, and of whom was told of their dates."""

from comity.node.requests.models.life import (
    NOT_BEGUN,
    Arrival,
    Clash,
    Event,
    Paper,
    Request,
    RequestQuerySet,
    Target,
    Tie,
)
from comity.node.requests.models.signing import Dispatch, SignedLetter
from comity.node.requests.models.telling import Alarm, Audience, Feed, Subscription

__all__ = [
    "NOT_BEGUN",
    "Alarm",
    "Arrival",
    "Audience",
    "Clash",
    "Dispatch",
    "Event",
    "Feed",
    "Paper",
    "Request",
    "RequestQuerySet",
    "SignedLetter",
    "Subscription",
    "Target",
    "Tie",
]

"""A typed client of a node's HTTP API.

>>> from comity.client import Node
>>> node = Node("https://comity.example", token="…")
>>> node.url
'https://comity.example/api/v1'
"""

from comity.client.errors import ClientError, NodeRefusedError, NodeUnreachableError
from comity.client.hooks import Webhook
from comity.client.node import Node
from comity.client.records import Artifact, Case, Facts, Letter, Member, PlanMade, Request, WholeRequest
from comity.client.records_audit import Checkpoint, Entry, Seen
from comity.client.records_directory import Line, Taken, WholeLine, WhomToCall
from comity.client.records_oversight import Figures, PersonTold, Publication, Report
from comity.client.records_people import (
    Delegation,
    Link,
    Me,
    Person,
    Roster,
    Session,
    Shift,
    Token,
    Unit,
    WholePerson,
    WholeShift,
)

__all__ = [
    "Artifact",
    "Case",
    "Checkpoint",
    "ClientError",
    "Delegation",
    "Entry",
    "Facts",
    "Figures",
    "Letter",
    "Line",
    "Link",
    "Me",
    "Member",
    "Node",
    "NodeRefusedError",
    "NodeUnreachableError",
    "Person",
    "PersonTold",
    "PlanMade",
    "Publication",
    "Report",
    "Request",
    "Roster",
    "Seen",
    "Session",
    "Shift",
    "Taken",
    "Token",
    "Unit",
    "Webhook",
    "WholeLine",
    "WholePerson",
    "WholeRequest",
    "WholeShift",
    "WhomToCall",
]

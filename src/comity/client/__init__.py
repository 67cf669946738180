"""A typed client of a node's HTTP API.

>>> from comity.client import Node
>>> node = Node("https://comity.example", token="…")
>>> node.url
'https://comity.example/api/v1'
"""

from comity.client.errors import ClientError, NodeRefusedError, NodeUnreachableError
from comity.client.node import Node
from comity.client.records import Artifact, Case, Facts, Letter, Member, PlanMade, Request, WholeRequest

__all__ = [
    "Artifact",
    "Case",
    "ClientError",
    "Facts",
    "Letter",
    "Member",
    "Node",
    "NodeRefusedError",
    "NodeUnreachableError",
    "PlanMade",
    "Request",
    "WholeRequest",
]

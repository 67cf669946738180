"""A typed client of a node's HTTP API.

>>> from comity.client import Node
>>> node = Node("https://comity.example", token="…")
>>> node.url
'https://comity.example/api/v1'
"""

from comity.client.errors import ClientError, NodeRefusedError, NodeUnreachableError
from comity.client.node import Node
from comity.client.records import Case, Member

__all__ = ["Case", "ClientError", "Member", "Node", "NodeRefusedError", "NodeUnreachableError"]

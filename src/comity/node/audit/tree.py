"""The audit log's Merkle tree, read out of the database."""

from comity.evidence.custody import stored_at
from comity.node.audit.models import Node


def frontier_places(size: int) -> list[int]:
    """Places of the complete subtrees at the right edge of a tree of `size` leaves, largest first."""
    places: list[int] = []
    low = 0
    while low < size:
        level = (size - low).bit_length() - 1
        places.append(stored_at(level, low >> level))
        low += 1 << level
    return places


def read_hash(place: int) -> bytes:
    """The hash at a place in the row."""
    return bytes(Node.objects.values_list("hash", flat=True).get(pk=place))

"""The Merkle tree over entries: hashes, roots and proofs (RFC 9162 2.1; the same tree as RFC 6962's).

Hashes are kept in one append-only row: each leaf is followed by the nodes that it completes. What is stored never
changes when the tree grows, and a proof reads about two hashes for each of its levels.
"""

from collections.abc import Callable, Iterable
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()
HASH_BYTES = 32

ReadHash = Callable[[int], bytes]
"""Gives the hash at a place in the row."""


def leaf_hash(entry: bytes) -> bytes:
    """Hash of a leaf (RFC 9162 2.1.1)."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node (RFC 9162 2.1.1)."""
    return sha256(b"\x01" + left + right).digest()


def stored_count(size: int) -> int:
    """How many hashes the row holds for a tree of `size` leaves: each leaf and each complete node above."""
    return 2 * size - size.bit_count()


def stored_at(level: int, index: int) -> int:
    """Place in the row of the complete node `index` (from 0) at `level` (0: leaves)."""
    last_leaf = ((index + 1) << level) - 1
    return stored_count(last_leaf) + level


class Frontier:
    """The right edge of a growing tree: the complete subtrees whose roots fold to the tree's root."""

    def __init__(self, size: int, read: ReadHash) -> None:
        self.size = size
        self._nodes = [(level, read(stored_at(level, index))) for level, index in _complete(0, size)]

    def append(self, leaf: bytes) -> list[bytes]:
        """Add a leaf hash; gives what the row gets: the leaf and the nodes that it completes."""
        made = [leaf]
        level, node = 0, leaf
        nodes = self._nodes
        while nodes and nodes[-1][0] == level:
            node = sha256(b"\x01" + nodes.pop()[1] + node).digest()
            made.append(node)
            level += 1
        nodes.append((level, node))
        self.size += 1
        return made

    def root(self) -> bytes:
        """The root of the tree as it stands."""
        return _fold(node for _, node in self._nodes)


def root_of(size: int, read: ReadHash) -> bytes:
    """Root of the first `size` leaves."""
    return _range_hash(0, size, read)


def inclusion_proof(number: int, size: int, read: ReadHash) -> tuple[bytes, ...]:
    """Proof that leaf `number` is in the tree of `size` leaves, from the leaf's sibling upwards (RFC 9162 2.1.3.1)."""
    if not 0 <= number < size:
        raise IndexError(f"leaf {number} of a tree of {size}")
    proof: list[bytes] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if number < middle:
            proof.append(_range_hash(middle, high, read))
            high = middle
        else:
            proof.append(_range_hash(low, middle, read))
            low = middle
    return tuple(reversed(proof))


def consistency_proof(old: int, new: int, read: ReadHash) -> tuple[bytes, ...]:
    """Proof that the tree of `new` leaves extends the tree of `old` ones (RFC 9162 2.1.4.1); empty where old is 0."""
    if not 0 <= old <= new:
        raise IndexError(f"tree of {old} before a tree of {new}")
    if old in (0, new):
        return ()
    proof: list[bytes] = []
    low, high = 0, new
    while old != high:
        middle = low + _split(high - low)
        if old <= middle:
            proof.append(_range_hash(middle, high, read))
            high = middle
        else:
            proof.append(_range_hash(low, middle, read))
            low = middle
    if low:
        proof.append(_range_hash(low, high, read))
    return tuple(reversed(proof))


def _range_hash(low: int, high: int, read: ReadHash) -> bytes:
    return _fold(read(stored_at(level, index)) for level, index in _complete(low, high))


def _complete(low: int, high: int) -> Iterable[tuple[int, int]]:
    """The complete subtrees, largest first, of the leaves from `low` (a multiple of each) up to `high`."""
    while low < high:
        level = (high - low).bit_length() - 1
        yield level, low >> level
        low += 1 << level


def _fold(nodes: Iterable[bytes]) -> bytes:
    row = list(nodes)
    if not row:
        return EMPTY_ROOT
    node = row.pop()
    while row:
        node = node_hash(row.pop(), node)
    return node


def _split(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << ((size - 1).bit_length() - 1)

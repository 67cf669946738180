"""Verifying proofs against roots, with nothing but the proof, the hashes and RFC 9162."""

from collections.abc import Sequence

from comity.evidence.custody.tree import EMPTY_ROOT, HASH_BYTES, node_hash


def is_included(*, leaf: bytes, number: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """True where the proof shows the leaf hash at `number` in the tree of `size` leaves (RFC 9162 2.1.3.2)."""
    if not 0 <= number < size or any(len(node) != HASH_BYTES for node in (leaf, root, *proof)):
        return False
    at, last, node = number, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            node = node_hash(sibling, node)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and node == root


def is_consistent(*, old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """True where the proof shows that the new tree extends the old one (RFC 9162 2.1.4.2)."""
    if not 0 <= old <= new or any(len(node) != HASH_BYTES for node in (old_root, new_root, *proof)):
        return False
    if old == new:
        return not proof and old_root == new_root
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    path = list(proof)
    if old & (old - 1) == 0:
        path.insert(0, old_root)
    return bool(path) and _extends(old - 1, new - 1, path, (old_root, new_root))


def _extends(at: int, last: int, path: list[bytes], roots: tuple[bytes, bytes]) -> bool:
    while at & 1:
        at, last = at >> 1, last >> 1
    old_node = new_node = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old_node, new_node = node_hash(sibling, old_node), node_hash(sibling, new_node)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new_node = node_hash(new_node, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and (old_node, new_node) == roots

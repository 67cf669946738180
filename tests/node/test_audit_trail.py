"""The audit trail: a tree over its entries, which the database lets nobody change."""

import pytest
from django.db import DatabaseError, transaction
from tests.samples.node import make_user

from comity.evidence.custody import leaf_hash, root_of
from comity.node.audit.actions import enter
from comity.node.audit.models import Entry, Node
from comity.node.audit.record import parse_record
from comity.node.audit.tree import read_hash


def test_the_tree_is_over_the_entries_as_they_stand() -> None:
    asha = make_user()
    for number in range(21):
        assert enter(asha, "case.read", facts={"step": number}) == number
    bodies = [bytes(entry.body) for entry in Entry.objects.order_by("number")]
    assert [parse_record(body).number for body in bodies] == list(range(21))
    leaves = [leaf_hash(body) for body in bodies]
    from hashlib import sha256

    def plain(row: list[bytes]) -> bytes:
        if len(row) == 1:
            return row[0]
        split = 1 << ((len(row) - 1).bit_length() - 1)
        return sha256(b"\x01" + plain(row[:split]) + plain(row[split:])).digest()

    assert root_of(21, read_hash) == plain(leaves)


@pytest.mark.parametrize("model", [Entry, Node])
@pytest.mark.parametrize("act", ["update", "delete"])
def test_nobody_changes_or_deletes_an_entry(model: type[Entry | Node], act: str) -> None:
    enter(None, "node.start")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        if act == "delete":
            model.objects.all().delete()
        elif model is Entry:
            Entry.objects.update(act="other")
        else:
            Node.objects.update(hash=b"")

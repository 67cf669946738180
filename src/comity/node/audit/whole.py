"""The whole trail, under a head that is signed at that moment; that somebody took it is entered."""

from collections.abc import Iterator

from django.utils import timezone

from comity.node.audit import reads
from comity.node.audit.actions import enter, log_name, sign_head
from comity.node.audit.export import stream_export
from comity.node.audit.models import Checkpoint
from comity.node.audit.signing import signers
from comity.node.people.models import User
from comity.node.people.rights import require
from comity.node.people.roles import Right


def export_trail(actor: User) -> tuple[str, Iterator[bytes]]:
    """Name and pieces of a file that proves itself."""
    require(actor, Right.AUDIT_READ)
    enter(actor, "audit.export")
    size = sign_head(signers())
    name = f"audit-{timezone.now():%Y-%m-%d}-{size}.zip"
    notes = Checkpoint.objects.filter(size__lte=size).order_by("size").values_list("size", "note")
    held = [(at, bytes(note)) for at, note in notes.iterator()]
    pieces = stream_export(
        log=log_name(),
        size=size,
        bodies=reads.bodies(size),
        leaves=reads.leaves(size),
        checkpoint=held[-1][1],
        earlier=held[:-1],
        keys=[signer.key.vkey for signer in signers()],
        file=name,
    )
    return name, pieces

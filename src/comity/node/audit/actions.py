"""Entering into the audit trail: in the transaction of what is entered, so that neither exists without the other."""

import secrets
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from comity.evidence.custody import Checkpoint as Signed
from comity.evidence.custody import Frontier, leaf_hash, root_of, stored_count
from comity.evidence.custody import sign_checkpoint as make_note
from comity.node.audit.models import Checkpoint, Entry, Head, Node
from comity.node.audit.record import Fact, Record, encode_record
from comity.node.audit.tree import frontier_places, read_hash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.evidence.custody import NoteSigner
    from comity.node.cases.models import Case
    from comity.node.people.models import User


def log_name() -> str:
    """Name of this node's audit log in checkpoints."""
    return f"{settings.CONFIG.origin}/audit"


def enter(
    actor: "User | None",
    act: str,
    *,
    case: "Case | None" = None,
    about: "User | None" = None,
    subject: str = "",
    facts: dict[str, Fact] | None = None,
) -> int:
    """Enter what `actor` did or read; its number. Call it last in the transaction: it holds the log until the end."""
    with transaction.atomic():
        head = Head.objects.select_for_update().get_or_create(pk=1)[0]
        number = head.size
        at = timezone.now()
        body = encode_record(
            Record(
                log=log_name(),
                number=number,
                at=at,
                actor=actor.username if actor else "",
                acting_for=case.seen_for(actor) if case and actor else "",
                act=act,
                case=case.pk if case else "",
                about=about.username if about else "",
                subject=subject,
                facts=facts or {},
                nonce=secrets.token_hex(16),
            )
        )
        edge = dict(Node.objects.filter(pk__in=frontier_places(number)).values_list("place", "hash"))
        made = Frontier(number, lambda place: bytes(edge[place])).append(leaf_hash(body))
        first = stored_count(number)
        Node.objects.bulk_create(Node(place=first + step, hash=one) for step, one in enumerate(made))
        Entry.objects.create(
            number=number,
            body=body,
            at=at,
            actor=actor.pk if actor else None,
            about=about.pk if about else None,
            act=act,
            case=case.pk if case else "",
        )
        Head.objects.filter(pk=1).update(size=number + 1)
        return number


def sign_head(signers: "Sequence[NoteSigner]") -> int:
    """Sign the trail as it stands; its size. What stands before a signed head cannot be changed unseen."""
    with transaction.atomic():
        head = Head.objects.select_for_update().get_or_create(pk=1)[0]
        if not Checkpoint.objects.filter(pk=head.size).exists():
            at = timezone.now()
            root = root_of(head.size, read_hash)
            note = make_note(Signed(origin=log_name(), size=head.size, root_hash=root), signers, at=at)
            Checkpoint.objects.create(size=head.size, note=note, at=at)
    return head.size

"""Packages in the custody log: sealed here, received there."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec

from comity.cli.custodyact import parse_party
from comity.errors import ComityError
from comity.evidence.custody import (
    Act,
    Condition,
    Draft,
    Item,
    Party,
    encode_extract,
    extract,
    open_log,
)
from comity.evidence.errors import ActRefusedError
from comity.evidence.keys import PublicIdentity, Unlocked, note_keys
from comity.evidence.package import SealOrder

SEALED_PACKAGE = "sealed package"
"""How custody describes one."""


class CustodyMissingError(ComityError):
    """A custody entry that cannot be made from what was said."""


def party(identity: PublicIdentity, *, by: str | None, role: str) -> Party:
    """The person who acts for an identity; `by` as in the custody log: ``Name``, or ``Name (Agency)``."""
    typed = parse_party(by or "")
    return Party(
        name=typed.name or identity.display_name,
        role=role,
        agency=typed.agency or identity.agency,
        state=identity.state,
        identity=identity.name,
    )


def sealing_party(own: PublicIdentity, *, by: str | None, role: str) -> Party:
    """Who seals; refused where it names another agency than the identity is of, for whoever verifies compares them."""
    from comity.evidence.package.saidby import unbacked_agency

    sender = party(own, by=by, role=role)
    _refuse_other_agency(sender, own, undone="nothing was sealed", otherwise="seal")
    unbacked = unbacked_agency(sender, own)
    if unbacked:
        click.echo(f"{unbacked}, and the receiver is told so", err=True)
    return sender


def receiving_party(
    own: PublicIdentity, *, by: str | None, role: str, log: str, addressees: Collection[tuple[str, str]]
) -> Party:
    """Who receives under an identity into a log; refused where the log is another's, or the agency is, unless what
    came was given to that very party: a sender may know them by other words."""
    from comity.evidence.keys import may_keep

    if not may_keep(own, log):
        raise CustodyMissingError(
            f"the log {log} is not one of {own.name}, which could never sign it; nothing was entered: give a log of "
            f"its own ({own.name} or {own.name}/…), or open with its keeper's identity"
        )
    receiver = party(own, by=by, role=role)
    if receiver.key not in addressees:
        _refuse_other_agency(receiver, own, undone="nothing was entered", otherwise="open it")
    return receiver


def _refuse_other_agency(acting: Party, own: PublicIdentity, *, undone: str, otherwise: str) -> None:
    from comity.evidence.package.saidby import other_agency

    other = other_agency(acting, own)
    if other:
        remedy = f"name its own (--by '{acting.name} ({own.agency})'), or {otherwise} with that agency's identity"
        raise CustodyMissingError(f"--by: {other}; {undone}: {remedy}")


def exhibits_so_far(folder: Path, exhibits: Sequence[str], unlocked: Unlocked, *, now: datetime) -> bytes:
    """The custody of exhibits up to now, under a checkpoint signed for this."""
    log = open_log(folder)
    signers = unlocked.note_signers(log.origin)
    log.sign(signers, at=now)
    return encode_extract(extract(log, exhibits, keys=note_keys(unlocked.public, log.origin)))


def rehearse_sealed(folder: Path, order: SealOrder, *, place: str) -> None:
    """Raise what entering the package would raise, before there is one."""
    now = datetime.now(UTC)
    item = Item(
        id=order.package,
        sha256="0" * 64,
        sha512="0" * 128,
        condition=Condition.SEALED,
        source=order.provenance.exhibits[0],
    )
    draft = _draft(Act.COPIED, item, order, now=now, place=place, reason=f"sealed for {_to(order)}")
    try:
        open_log(folder).rehearse([draft], recorded_at=now)
    except ActRefusedError as error:
        remedy = f"{error.remedy}; or say who holds it, as the log does: --by 'NAME (AGENCY)'"
        raise CustodyMissingError(f"nothing was sealed: {error.what}: {error.problem}; {remedy}") from None


def sealing_acts(item: Item, order: SealOrder, *, place: str, given_to: Sequence[Party] = ()) -> tuple[Draft, ...]:
    """That the exhibits were copied into a package, and to whom it was handed over, if so; `item`: the package."""
    now = datetime.now(UTC)
    drafts = [_draft(Act.COPIED, item, order, now=now, place=place, reason=f"sealed for {_to(order)}")]
    if given_to:
        drafts.append(
            _draft(
                Act.TRANSFERRED,
                Item(id=order.package, condition=Condition.SEALED),
                order,
                now=now,
                place=place,
                reason=order.request or "handed over",
                given_to=given_to,
            )
        )
    return tuple(drafts)


def _draft(
    act: Act,
    item: Item,
    order: SealOrder,
    *,
    now: datetime,
    place: str,
    reason: str,
    given_to: Sequence[Party] = (),
) -> Draft:
    return Draft(
        act=act,
        at=now,
        by=order.sender,
        items=(item,),
        place=place or "by electronic means",
        reason=reason,
        authorisation=order.authorisation,
        given_to=given_to[0] if given_to else None,
        given_also=tuple(given_to[1:]) or msgspec.UNSET,
    )


def item_of(package: str, path: Path, *, source: str = "") -> Item:
    """A sealed package as an item of custody, with its digests."""
    sha256, sha512 = hashlib.sha256(), hashlib.sha512()
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            sha256.update(part)
            sha512.update(part)
    return Item(
        id=package,
        description=SEALED_PACKAGE,
        sha256=sha256.hexdigest(),
        sha512=sha512.hexdigest(),
        size_bytes=path.stat().st_size,
        condition=Condition.SEALED,
        source=source,
    )


def _to(order: SealOrder) -> str:
    return "; ".join(recipient.name or recipient.key[:24] for recipient, _ in order.recipients)

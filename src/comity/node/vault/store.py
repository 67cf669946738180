"""The node's own identity and its custody log, in folders of the shape that the terminal knows."""

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from comity.evidence.age import Identity as AgeIdentity
from comity.evidence.age import parse_identity
from comity.evidence.custody import CustodyLog, Party, create_log, open_log
from comity.evidence.errors import CustodyError, KeyFileError
from comity.evidence.keys import (
    Identity,
    PublicIdentity,
    Unlocked,
    create_identity,
    known_identities,
    merge_identities,
    open_identity,
)
from comity.evidence.package import Trust
from comity.node.keyfile import read_or_make
from comity.node.people.models import User
from comity.node.people.roles import Role
from comity.node.vault.stamping import authorities

IDENTITY, PASSPHRASE, CUSTODY = "identity", "identity.pass", "custody"
"""In the node's folder."""


def identity() -> Identity:
    """The node's identity; made, with a self-signed certificate, by whoever comes first."""
    folder = settings.DATA / IDENTITY
    if not folder.exists():
        config = settings.CONFIG
        public = PublicIdentity(
            name=config.origin, display_name=config.agency, agency=config.agency, state=config.state, keys=()
        )
        try:
            create_identity(folder, public, passphrase=_passphrase(), now=timezone.now(), random_bytes=os.urandom)
        except KeyFileError:
            if not folder.exists():
                raise
    return open_identity(folder)


def unlocked() -> Unlocked:
    """The identity with its private keys."""
    return identity().unlock(_passphrase())


def _passphrase() -> bytes:
    return read_or_make(Path(settings.DATA) / PASSPHRASE, lambda: secrets.token_urlsafe(48).encode())


def openers() -> tuple[AgeIdentity, ...]:
    """Secrets that open what was sealed for this node."""
    return tuple(parse_identity(text) for text in unlocked().age_identities())


def trust() -> Trust:
    """Whom this node trusts: itself, and the identities that were taken in."""
    own = identity()
    return Trust(
        senders=merge_identities([own.public, *known_identities(own.folder)]), stamp_roots=authorities(settings.DATA)
    )


def known() -> tuple[PublicIdentity, ...]:
    """Identities of others that were taken in."""
    return tuple(known_identities(identity().folder))


def custody() -> CustodyLog:
    """The node's custody log; begun by whoever comes first. Close it after use."""
    folder = settings.DATA / CUSTODY
    try:
        return create_log(folder, origin=f"{identity().public.name}/custody")
    except CustodyError:  # it is begun, or being begun: whoever makes it holds its lock
        return open_log(folder)


def party(user: User) -> Party:
    """The agency, which holds what lies in its node, and in its role the person who acts for it."""
    own = identity().public
    role = next((str(one.label) for one in Role if one in user.roles), "")
    return Party(
        name=own.display_name,
        role=f"{user}, {role}" if role else str(user),
        agency=own.agency,
        state=own.state,
        identity=own.name,
    )

"""Others' public identities that an identity's owner trusts: taken in after comparing a number, then followed.

They lie in ``known/`` of the identity's folder, as they were passed on. Whoever can write there can choose whom the
owner trusts, as with any trust store.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from comity.evidence.custody.files import write_atomically
from comity.evidence.errors import IdentityError
from comity.evidence.keys.bundle import BUNDLE_BYTES_MAX, read_bundle
from comity.evidence.keys.identity import PublicIdentity
from comity.evidence.keys.public import number_to_compare

KNOWN = "known"


def known_identities(folder: Path) -> Iterator[PublicIdentity]:
    """Every identity that the one in `folder` knows, by file name."""
    return (_read(path) for path in sorted((folder / KNOWN).glob("*.json")))


def remember(folder: Path, data: bytes, *, number: str = "") -> PublicIdentity:
    """Take in a public identity, as it was passed on.

    One that is not known yet needs the `number` that its owner read out (spaces do not matter); one that is known is
    followed where a key known already has signed it. IdentityError otherwise.
    """
    identity = read_bundle(data)
    path = folder / KNOWN / f"{sha256(identity.name.encode()).hexdigest()[:32]}.json"
    if path.is_file():
        identity = read_bundle(data, known=_read(path))
    elif (near := _namesake(folder, identity)) is not None:
        raise IdentityError(
            what=f"identity {identity.name}",
            problem=f"has a name above or below that of {near}, and could speak for its logs",
            remedy="ask the owner of both; only one identity of such names can be known here",
        )
    elif not number:
        raise IdentityError(
            what=f"identity {identity.name}",
            problem="is not known yet",
            remedy="ask its owner, by telephone or in person, for the number, and give that with --number",
        )
    if number and _digits(number) != _digits(number_to_compare(identity)):
        raise IdentityError(
            what=f"identity {identity.name}",
            problem="has another number than the one given",
            remedy="compare again; if it stays so, these are not its owner's keys: do not use them",
        )
    path.parent.mkdir(mode=0o700, exist_ok=True)
    write_atomically(path, data)
    return identity


def _namesake(folder: Path, identity: PublicIdentity) -> str | None:
    """The name of another identity, known or one's own, whose logs this one could speak for, or the other way round."""
    own = folder / "identity.json"
    others = [*known_identities(folder), *([_read(own)] if own.is_file() else [])]
    for name in (one.name for one in others if one.name != identity.name):
        if identity.name.startswith(f"{name}/") or name.startswith(f"{identity.name}/"):
            return name
    return None


def _digits(number: str) -> str:
    return "".join(number.split())


def _read(path: Path) -> PublicIdentity:
    with path.open("rb") as file:
        return read_bundle(file.read(BUNDLE_BYTES_MAX + 1))

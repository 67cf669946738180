"""Whose signatures a command believes: public identities and verifier keys that the user names."""

from collections.abc import Iterable
from pathlib import Path

import click

from comity.cli.files import read_file
from comity.evidence.custody import NoteKey, parse_vkey
from comity.evidence.keys import (
    PublicIdentity,
    known_identities,
    merge_identities,
    note_keys,
    open_identity,
    read_bundle,
)

TRUST_BYTES_MAX = 4 << 20
_PATH = click.Path(path_type=Path)

identity_option = click.option(
    "--identity", type=_PATH, help="Folder of your own identity: it is trusted, and whom it knows (comity key import)."
)
trust_option = click.option(
    "--trust",
    type=_PATH,
    multiple=True,
    help="An identity file, or a text of verifier keys, one a line, that you trust for this; repeatable.",
)


def trusted_keys(*, identity: Path | None, trust: Iterable[Path], origins: Iterable[str]) -> tuple[NoteKey, ...]:
    """Keys that may sign checkpoints of the logs of these origins, and cosign them."""
    keys: list[NoteKey] = []
    identities: list[PublicIdentity] = []
    if identity is not None:
        identities += [open_identity(identity).public, *known_identities(identity)]
    for path in trust:
        data = read_file(path, limit_bytes=TRUST_BYTES_MAX)
        if data.lstrip()[:1] == b"{":
            identities.append(read_bundle(data))
        else:
            lines = data.decode("utf-8", "replace").splitlines()
            keys += [parse_vkey(line) for line in lines if line.strip() and not line.startswith("#")]
    merged = merge_identities(identities)
    keys += [key for origin in origins for one in merged for key in note_keys(one, origin)]
    return tuple(dict.fromkeys(keys))

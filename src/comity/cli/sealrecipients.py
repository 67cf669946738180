"""To whom a package is sealed: the keys that open it, and the parties that receive it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli.files import read_file
from comity.cli.packageopen import FILE_BYTES_MAX, TrustError

if TYPE_CHECKING:
    from comity.evidence.age import Recipient as AgeRecipient
    from comity.evidence.custody import Party
    from comity.evidence.package import Recipient


def read_recipients(texts: tuple[str, ...], *, classic: bool) -> "tuple[tuple[Recipient, AgeRecipient], ...]":
    """Recipients of one kind, for age forbids both in one file: post-quantum, unless none has such a key or X25519 was
    asked for. TrustError where some have and some have not: nobody is protected less than they could be, unasked.
    """
    from comity.evidence.age import parse_recipient
    from comity.evidence.keys import age_recipients, read_bundle
    from comity.evidence.package import Recipient

    named: list[tuple[str, tuple[str, ...]]] = []
    for text in texts:
        if text.startswith("age1"):
            named.append(("", (text,)))
            continue
        identity = read_bundle(read_file(Path(text), limit_bytes=FILE_BYTES_MAX))
        name = ", ".join(word for word in (identity.display_name, identity.agency) if word)
        named.append((name, age_recipients(identity)))
    weak = [name or f"{keys[0][:24]}…" for name, keys in named if not any(key.startswith("age1pq1") for key in keys)]
    strong = not classic and len(weak) < len(named)
    if strong and weak:
        raise TrustError(
            f"{', '.join(weak)}: no post-quantum key, but others have one, and age cannot mix the two; ask for an "
            "identity file or an age1pq1… recipient, or encrypt to X25519 for all with --x25519"
        )
    if not strong:
        click.echo("Encrypted to X25519 keys: a quantum computer may open it one day, if somebody keeps it.", err=True)
    found: list[tuple[Recipient, AgeRecipient]] = []
    for name, keys in named:
        key = next((one for one in keys if one.startswith("age1pq1") == strong), None)
        if key is None:
            raise TrustError(f"{name or keys}: has no key of the kind that the others have; ask for an identity file")
        found.append((Recipient(name=name, key=key), parse_recipient(key)))
    return tuple(found)


def read_addressees(texts: tuple[str, ...]) -> "tuple[Party, ...]":
    """The recipients as custody knows them: what they receive is entered by the same party."""
    from comity.cli.packagecustody import party
    from comity.evidence.custody import Party
    from comity.evidence.keys import read_bundle

    keys = {text: Party(name=text[:24]) for text in texts if text.startswith("age1")}
    files = {text: read_file(Path(text), limit_bytes=FILE_BYTES_MAX) for text in texts if text not in keys}
    named = {text: party(read_bundle(data), by=None, role="") for text, data in files.items()}
    return tuple(dict.fromkeys((keys | named)[text] for text in texts))

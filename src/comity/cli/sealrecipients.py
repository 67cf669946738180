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


def read_recipients(
    texts: tuple[str, ...], addressees: tuple[str, ...] = (), *, classic: bool
) -> "tuple[tuple[Recipient, AgeRecipient], ...]":
    """Recipients of one kind, for age forbids both in one file: post-quantum, unless none has such a key or X25519 was
    asked for. TrustError where some have and some have not: nobody is protected less than they could be, unasked.

    `addressees` say whose the bare keys are, in their order.
    """
    from comity.evidence.age import parse_recipient
    from comity.evidence.keys import age_recipients, read_bundle
    from comity.evidence.package import Recipient

    named: list[tuple[str, tuple[str, ...]]] = []
    owners = _owners(texts, addressees)
    for text in texts:
        if text.startswith("age1"):
            owner = owners.get(text)
            named.append(("" if owner is None else _joined(owner.name, owner.agency), (text,)))
            continue
        identity = read_bundle(read_file(Path(text), limit_bytes=FILE_BYTES_MAX))
        named.append((_joined(identity.display_name, identity.agency), age_recipients(identity)))
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


def read_addressees(
    texts: tuple[str, ...], addressees: tuple[str, ...] = (), *, strict: bool = True
) -> "tuple[Party, ...]":
    """The recipients as custody knows them: what they receive is entered by the same party.

    `strict`: UsageError where nobody says whose a bare key is: who receives it could never enter that it was given.
    """
    from comity.cli.packagecustody import party
    from comity.evidence.custody import Party
    from comity.evidence.keys import read_bundle

    owners = _owners(texts, addressees)
    bare = next((text for text in texts if text.startswith("age1") and text not in owners), None)
    if bare is not None and strict:
        raise click.UsageError(
            f"--handed-over: nobody says whose the key {bare[:24]}… is; add --addressee 'NAME (AGENCY)', as its owner "
            "will enter that it was received"
        )
    owners = {text: Party(name=text[:24]) for text in texts if text.startswith("age1")} | owners
    files = {text: read_file(Path(text), limit_bytes=FILE_BYTES_MAX) for text in texts if text not in owners}
    named = {text: party(read_bundle(data), by=None, role="") for text, data in files.items()}
    return tuple(dict.fromkeys((owners | named)[text] for text in texts))


def _owners(texts: tuple[str, ...], addressees: tuple[str, ...]) -> "dict[str, Party]":
    """Whose each bare key is; UsageError where there are not as many addressees as bare keys."""
    from comity.cli.custodyact import parse_party

    keys = tuple(dict.fromkeys(text for text in texts if text.startswith("age1")))
    if addressees and len(addressees) != len(keys):
        raise click.UsageError(
            f"--addressee: {len(addressees)} named, for {len(keys)} age keys; name one for each, in their order (whose "
            "an identity file is, it says itself)"
        )
    if not all(text.strip() for text in addressees):
        raise click.UsageError("--addressee: nobody is named; write NAME, or 'NAME (AGENCY)'")
    return dict(zip(keys, map(parse_party, addressees), strict=False))


def _joined(*words: str) -> str:
    return ", ".join(word for word in words if word)

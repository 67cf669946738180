"""The commands of `comity custody` that write to a log."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import msgspec

from comity.cli.custodyact import doubts, items_of, parse_instant, parse_party, read_drafts, typed_items
from comity.cli.files import print_json, read_file, write_new_file
from comity.cli.passphrase import ask, passphrase_options
from comity.cli.trust import identity_option, trust_option, trusted_keys
from comity.evidence.custody import (
    DEFAULT_TOLERANCE,
    Act,
    Authorisation,
    Condition,
    Draft,
    Extract,
    Verdict,
    bind,
    check_extract,
    check_receipt,
    checkpoint_of,
    create_log,
    encode_extract,
    hashes_of,
    keep_seen,
    keep_sender,
    open_log,
    parse_extract,
    parse_growth,
    proof_within,
    refuse_unfit,
    seen_notes,
    vouch,
)
from comity.evidence.custody.extraction import EXTRACT_BYTES_MAX
from comity.evidence.custody.note import NOTE_BYTES_MAX, parse_note
from comity.evidence.errors import CustodyError
from comity.evidence.keys import Unlocked, open_identity
from comity.evidence.legible import counted

_PATH = click.Path(path_type=Path)
_IDENTITY = click.option("--identity", type=_PATH, required=True, help="Folder of the identity that signs.")

_NOTE = click.option("--output", "-o", type=_PATH, help="Write the signed note to this new file too.")


@click.command()
@click.argument("log", type=_PATH)
@click.option("--origin", required=True, help="Name of the log: the keeper's name, or below it: NAME/custody/2026-118.")
def new(log: Path, origin: str) -> None:
    """Start a log in the new folder LOG."""
    create_log(log, origin=origin)
    click.echo(f"{log}: made, for {origin}")


def _print_schema(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        print_json(msgspec.json.schema(Draft))
        context.exit()


@click.command()
@click.argument("log", type=_PATH)
@click.option(
    "--schema",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_schema,
    help="Print the JSON schema of an act, and do nothing: no LOG is needed.",
)
@click.option("--act", type=click.Choice([act.value for act in Act]), help="What was done.")
@click.option("--item", "items", multiple=True, help="ID of an item, or ID=FILE to hash its file; repeatable.")
@click.option("--describe", default="", help="What the items are.")
@click.option("--condition", type=click.Choice([c.value for c in Condition]), default="unknown", show_default=True)
@click.option("--condition-note", default="", help="Seal numbers, damage, what was opened and why.")
@click.option("--source", default="", help="For copied: ID of the item that these were made from.")
@click.option("--by", help="Who did it: 'Name' or 'Name (Agency)'.")
@click.option("--role", default="", help="In which role.")
@click.option("--state", default="", help="ISO 3166 code of their state.")
@click.option("--given-by", help="For received: from whom.")
@click.option("--given-to", multiple=True, help="For transferred, returned, released: to whom; repeatable.")
@click.option("--at", help="When, with time zone; default: now.")
@click.option("--place", default="", help="Where.")
@click.option("--reason", default="", help="Why.")
@click.option("--under", default="", help="Number of the order or request.")
@click.option("--issued-by", default="", help="Who issued that.")
@click.option("--issued-on", default="", help="When, YYYY-MM-DD.")
@click.option("--legal-basis", default="", help="Article or section.")
@click.option("--remarks", default="")
@click.option("--bound-to", type=_PATH, help="For received: the sender's extract, which is checked first.")
@click.option("--acts", type=_PATH, help="Instead of all these: a file with one act a line, as JSON.")
@click.option("--json", "as_json", is_flag=True, help="Print the entries as JSON.")
@identity_option
@trust_option
def add(
    log: Path,
    acts: Path | None,
    bound_to: Path | None,
    as_json: bool,
    identity: Path | None,
    trust: tuple[Path, ...],
    **typed: Any,
) -> None:
    """Enter an act into LOG: who did what with which items, when, where, why, under which order.

    What custody does not allow is refused: only the holder can give, copy or examine an item, only the one to whom
    it was given can receive it, digests must stay the same. With --bound-to, --item may be left out.
    """
    now = datetime.now(UTC)
    opened = open_log(log)
    sender = None if bound_to is None else _checked(bound_to, identity, trust, now)
    drafts = read_drafts(acts) if acts is not None else [_typed(typed, sender, now)]
    refuse_unfit(drafts, opened.holdings({item.id for draft in drafts for item in draft.items}))
    if sender is not None:
        drafts = [msgspec.structs.replace(draft, binding=bind(sender)) for draft in drafts]
        _refuse_other(drafts, sender, str(bound_to), number=opened.size)
        keep_seen(log, sender, keys=trusted_keys(identity=identity, trust=trust, origins=[bind(sender).log]))
        keep_sender(log, bind(sender), encode_extract(sender))
    doubtful = [*doubts(drafts, opened.recorded_at, now=now)]
    entries = opened.append(drafts, recorded_at=now, random_bytes=os.urandom)
    for words in doubtful:
        click.echo(f"{opened.origin}: {words}", err=True)
    if as_json:
        print_json({"log": opened.origin, "size": opened.size, "entries": entries})
        return
    which = f"entry {entries[0].number}" if len(entries) == 1 else f"{len(entries)} entries"
    click.echo(f"{opened.origin}: {which} entered, {opened.size} in all. Sign the log: comity custody sign {log}")


@click.command()
@click.argument("log", type=_PATH)
@_IDENTITY
@_NOTE
@passphrase_options()
def sign(
    log: Path, identity: Path, output: Path | None, passphrase_file: Path | None, passphrase_fd: int | None
) -> None:
    """Sign a checkpoint of LOG as it stands. The log keeps it; with -o it goes to witnesses."""
    opened = open_log(log)
    opened.refuse_edited()
    unlocked = _unlock(identity, passphrase_file, passphrase_fd)
    _tell(opened.sign(unlocked.note_signers(opened.origin), at=datetime.now(UTC)), output)


@click.command()
@click.argument("file", type=_PATH)
@click.option("--log", type=_PATH, required=True, help="Your own log, which remembers what it has seen of others'.")
@_IDENTITY
@trust_option
@click.option("--output", "-o", type=_PATH, help="Write the note to this new file; default: the screen.")
@passphrase_options()
def cosign(
    file: Path,
    log: Path,
    identity: Path,
    trust: tuple[Path, ...],
    output: Path | None,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
) -> None:
    """Countersign another's checkpoint: FILE is a signed note, an extract or a proof of growth.

    You state that, as of now, that log only ever grew; refused where it does not extend what you saw of it before.
    Send the note back; its keeper takes it in with `comity custody accept`.
    """
    data = read_file(file, limit_bytes=EXTRACT_BYTES_MAX).removesuffix(b"\n")
    note, proof = _note_in(data, log)
    keys = trusted_keys(identity=identity, trust=trust, origins=[checkpoint_of(note).origin])
    signers = _unlock(identity, passphrase_file, passphrase_fd).cosigners()
    signed = vouch(open_log(log).folder, note, signers, at=datetime.now(UTC), keys=keys, proof=proof)
    if output is None:
        click.echo(signed.decode(), nl=False)
        return
    write_new_file(output, signed, mode=0o644)
    click.echo(f"{output}: written")


@click.command()
@click.argument("log", type=_PATH)
@click.argument("note", type=_PATH)
@_NOTE
@identity_option
@trust_option
def accept(log: Path, note: Path, output: Path | None, identity: Path | None, trust: tuple[Path, ...]) -> None:
    """Take in the cosignatures that came back on a checkpoint of LOG."""
    opened = open_log(log)
    keys = trusted_keys(identity=identity, trust=trust, origins=[opened.origin])
    _tell(opened.accept(read_file(note, limit_bytes=NOTE_BYTES_MAX), keys), output)


def _tell(note: bytes, output: Path | None) -> None:
    """Say what was signed, and by whom: the note itself has kilobytes of signatures."""
    checkpoint = checkpoint_of(note)
    names = dict.fromkeys(one.name for one in parse_note(note).signatures)
    size = counted(checkpoint.size, "entry", "entries")
    click.echo(f"{checkpoint.origin}: checkpoint of {size}, signed by {', '.join(names)}")
    click.echo(f"root {checkpoint.root_hash.hex()}")
    if output is not None:
        write_new_file(output, note, mode=0o644)
        click.echo(f"{output}: written")


def _typed(typed: dict[str, Any], sender: Extract | None, now: datetime) -> Draft:
    for name in ("act", "by", "role", "place", "reason", "under"):
        if not typed[name]:
            raise click.UsageError(f"--{name} is missing, or is empty")
    shown = {"condition": typed["condition"], "note": typed["condition_note"]}
    items = tuple(typed_items(typed["items"], description=typed["describe"], source=typed["source"], **shown))
    if not items and sender is not None:
        items = tuple(items_of(sender, **shown))
    if not items:
        raise click.UsageError("--item is missing")
    given = tuple(parse_party(text) for text in typed["given_to"] if text)
    return Draft(
        act=Act(typed["act"]),
        at=parse_instant(typed["at"], now),
        by=parse_party(typed["by"], role=typed["role"], state=typed["state"].upper()),
        items=items,
        place=typed["place"],
        reason=typed["reason"],
        authorisation=Authorisation(
            reference=typed["under"],
            issued_by=typed["issued_by"],
            issued_on=typed["issued_on"],
            legal_basis=typed["legal_basis"],
        ),
        given_by=parse_party(typed["given_by"]) if typed["given_by"] else None,
        given_to=given[0] if given else None,
        given_also=given[1:] or msgspec.UNSET,
        remarks=typed["remarks"],
    )


def _checked(path: Path, identity: Path | None, trust: tuple[Path, ...], now: datetime) -> Extract:
    value = parse_extract(read_file(path, limit_bytes=EXTRACT_BYTES_MAX).removesuffix(b"\n"))
    report = check_extract(value, trusted_keys(identity=identity, trust=trust, origins=value.logs), now=now)
    if report.verdict is not Verdict.PASSED:
        worst = next(one for one in report.findings if one.verdict is report.verdict)
        remedy = f"run comity custody check {path}; nothing was entered"
        raise CustodyError(what=str(path), problem=f"{report.verdict}: {worst.message}", remedy=remedy)
    return value


def _refuse_other(drafts: list[Draft], sender: Extract, what: str, *, number: int) -> None:
    """CustodyError where what is entered does not follow from what the sender gave."""
    for draft in drafts:
        for finding in check_receipt(draft, sender, number=number, clock=DEFAULT_TOLERANCE.clock):
            raise CustodyError(what=what, problem=finding.message, remedy="correct the act; nothing was entered")


def _note_in(data: bytes, log: Path) -> tuple[bytes, tuple[bytes, ...]]:
    if data[:1] != b"{":
        return data + b"\n", ()
    if b'"comity-custody-growth/1"' in data:
        growth = parse_growth(data)
        return growth.checkpoint.encode(), hashes_of(growth.proof)
    value = parse_extract(data)
    note = value.checkpoint.encode()
    return note, proof_within(value, seen_notes(log, checkpoint_of(note).origin).newest())


def _unlock(folder: Path, file: Path | None, fd: int | None) -> Unlocked:
    identity = open_identity(folder)
    return identity.unlock(ask(f"the identity {identity.public.name}", file=file, fd=fd))

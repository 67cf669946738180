"""The work behind `comity evidence delete` and `restrict`: what is held, what is planned, and what was done of it.

What is to be removed is written down first, beside the statement: stopped at any point, the same command finishes it.
"""

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from comity.cli.files import read_file, write_new_file
from comity.cli.packagecustody import party
from comity.errors import ComityError
from comity.evidence.age import Identity as Secret
from comity.evidence.custody import (
    Act,
    Authorisation,
    CustodyLog,
    Draft,
    Item,
    Party,
    Status,
    Verdict,
    encode_extract,
    extract,
    open_log,
)
from comity.evidence.custody.files import write_atomically
from comity.evidence.custody.holding import named_all
from comity.evidence.keys import Unlocked, note_keys, open_identity
from comity.evidence.package import Authority, EvidenceHead, PackageReport, Trust, verify_file, verify_folder
from comity.evidence.package.contents import Contents, read_contents
from comity.evidence.package.record import Record
from comity.evidence.recall import (
    METHOD,
    CustodyPlace,
    Held,
    Number,
    Outcome,
    Statement,
    encode_statement,
    parse_statement,
    remove,
)
from comity.evidence.recall.statement import STATEMENT_BYTES_MAX

_PART_BYTES = 1 << 20
_ACTS = {Outcome.DESTROYED: Act.DESTROYED, Outcome.RETURNED: Act.RETURNED}


class RecallRefusedError(ComityError):
    """What cannot be stated or removed as it was asked."""


class Plan(Record, frozen=True, kw_only=True):
    """What is going to be removed, and the statement that will be made of it."""

    paths: tuple[str, ...]
    """Absolute."""
    numbers: tuple[Number, ...]
    """Which files and folders were examined there."""
    begun_count: int = 0
    """How many of them were begun to be removed: only these may be gone when it is taken up."""
    authorisation: Authorisation
    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What signs a statement."""

    unlocked: Unlocked
    authority: Authority | None = None


def examine(
    paths: Sequence[Path],
    secrets: Callable[[], Sequence[Secret]],
    trust: Trust,
    *,
    now: datetime,
    late_stamp: bytes | None = None,
    damaged: bool = False,
) -> tuple[EvidenceHead, tuple[Held, ...]]:
    """What is held at some paths: package files and unpacked folders, all of one package.

    What does not pass is refused unless `damaged`: there may lie in it what does not belong to it.
    """
    heads: list[EvidenceHead] = []
    held: list[Held] = []
    for path in paths:
        seen: list[Contents] = []

        def see(inventory: object, report: PackageReport, into: list[Contents] = seen) -> None:
            from comity.evidence.package.inventory import Inventory

            assert isinstance(inventory, Inventory)
            into.append(read_contents(inventory, files_max=0))

        if path.is_dir():
            report = verify_folder(path, trust, now=now, late_stamp=late_stamp, see=see)
        else:
            with path.open("rb") as source:
                report = verify_file(
                    source, secrets(), trust, now=now, subject=str(path), late_stamp=late_stamp, see=see
                )
        if report.head is None:
            raise RecallRefusedError(f"{path}: does not say which package it is; nothing was removed")
        if report.verdict is Verdict.FAILED and not damaged:
            raise RecallRefusedError(
                f"{path}: does not pass (comity verify says why); to go on all the same: --damaged"
            )
        heads.append(report.head)
        held.append(_held(path, report, seen[0]))
    if len({head.package for head in heads}) != 1:
        raise RecallRefusedError("these are of different packages; give one package at a time")
    return heads[0], tuple(held)


def _held(path: Path, report: PackageReport, contents: Contents) -> Held:
    folder = path.is_dir()
    sha256, sha512 = ("", "") if folder else _digests(path)
    signed = dict(contents.lists).get("signatures/tagmanifests.sha512", "")
    return Held(
        name=path.resolve().name,
        kind="folder" if folder else "package",
        size_bytes=report.payload_bytes if folder else path.stat().st_size,
        file_count=report.file_count,
        sha256=sha256,
        sha512=sha512,
        signed_list_sha512=signed,
        verdict=report.verdict,
    )


def _digests(path: Path) -> tuple[str, str]:
    sha256, sha512 = hashlib.sha256(), hashlib.sha512()
    with path.open("rb") as file:
        while part := file.read(_PART_BYTES):
            sha256.update(part)
            sha512.update(part)
    return sha256.hexdigest(), sha512.hexdigest()


def pending(output: Path) -> Path:
    """Where the plan of a statement lies until it is done."""
    return output.with_name(f".{output.name}.pending")


def read_plan(output: Path) -> Plan | None:
    """The plan that was begun and not finished; None: there is none."""
    if not pending(output).exists():
        return None
    try:
        plan = msgspec.json.decode(read_file(pending(output), limit_bytes=STATEMENT_BYTES_MAX), type=Plan)
        return msgspec.structs.replace(plan, numbers=tuple(map(_as_mounted, plan.paths, plan.numbers)))
    except msgspec.DecodeError as error:
        raise RecallRefusedError(f"{pending(output)}: cannot be read ({error}); see what is left by hand") from None


def _as_mounted(path: str, number: Number) -> Number:
    """The same number with the device of today: a disk that was mounted anew may have another."""
    try:
        found = os.lstat(path)
    except OSError:
        return number
    return msgspec.structs.replace(number, device=found.st_dev) if found.st_ino == number.inode else number


def copies_of(custody: Path, package: str) -> dict[str, str]:
    """What the log says was made from a package, or from what was made from it, and where each is: the statement that
    it is gone must not hide these."""
    log = open_log(custody)
    made = {package: None}
    for entry in log.entries():  # what is copied was held before: its source stands further up
        made |= {item.id: None for item in entry.items if item.source in made}
    holdings = log.holdings([item for item in made if item != package])
    return {
        item: f"made from it, and {one.status} with {named_all((one.holder, *one.awaited_all))}: {item}"
        for item, one in holdings.items()
        if one.status is not Status.DESTROYED
    }


def begin(output: Path, plan: Plan, custody: Path | None) -> None:
    """Write the plan down, after seeing that custody will allow the act."""
    if custody is not None:
        _refuse_not_held(open_log(custody), plan.statement)
    write_new_file(pending(output), msgspec.json.encode(plan))


def _refuse_not_held(log: CustodyLog, statement: Statement) -> None:
    holding = log.holdings([statement.package]).get(statement.package)
    if holding is None or holding.status is not Status.HELD or holding.holder != statement.by.key:
        where = "is not in it" if holding is None else f"is {holding.status} there, with {holding.holder[1]}"
        raise RecallRefusedError(
            f"{log.origin}: {statement.package} {where}; enter first how {statement.by.name} came to hold it "
            "(--by and --role as in its receipt); nothing was removed"
        )


def finish(output: Path, plan: Plan, custody: Path | None, keys: Keys) -> Statement:
    """Remove, enter into custody, sign: each only where it is not done yet."""
    if output.exists():  # stopped after the last step
        pending(output).unlink()
        return parse_statement(read_file(output, limit_bytes=STATEMENT_BYTES_MAX))
    for index, (path, number) in enumerate(zip(map(Path, plan.paths), plan.numbers, strict=True)):
        if plan.begun_count <= index:
            if not os.path.lexists(path):
                raise RecallRefusedError(
                    f"{path}: is not there any more, and this did not remove it: nothing can be stated of it; put it "
                    "back, and run the same again"
                )
            plan = msgspec.structs.replace(plan, begun_count=index + 1)
            write_atomically(pending(output), msgspec.json.encode(plan))
        remove(path, number)
    statement = msgspec.structs.replace(plan.statement, done_at=datetime.now(UTC).replace(microsecond=0), method=METHOD)
    if custody is not None:
        statement, data = _entered(open_log(custody), statement, plan.authorisation, keys.unlocked)
        _replace(output.with_name(output.name + ".custody.json"), data)
    write_signed(output, statement, keys)
    pending(output).unlink(missing_ok=True)
    return statement


def _entered(
    log: CustodyLog, statement: Statement, authorisation: Authorisation, unlocked: Unlocked
) -> tuple[Statement, bytes]:
    """The statement with its entry in the log, and the extract that shows it."""
    act, now = _ACTS[statement.outcome], datetime.now(UTC)
    known = [log.entry(number) for number in log.history(statement.package)]
    entry = next((one for one in known if one.act is act), None)
    if entry is None:
        draft = Draft(
            act=act,
            at=statement.done_at,
            by=statement.by,
            items=(Item(id=statement.package),),
            place="by electronic means",
            reason=statement.reason or f"recalled: {statement.recall}",
            authorisation=authorisation,
            given_to=statement.given_to,
            remarks=f"{statement.method}; {', '.join(one.name for one in statement.held)}",
        )
        (entry,) = log.append([draft], recorded_at=now, random_bytes=os.urandom)
    log.sign(unlocked.note_signers(log.origin), at=datetime.now(UTC))
    items = [statement.package, *copies_of(log.folder, statement.package)]
    value = extract(log, items, keys=note_keys(unlocked.public, log.origin))
    place = CustodyPlace(log=log.origin, number=entry.number, leaf_hash=log.leaf(entry.number).hex())
    return msgspec.structs.replace(statement, custody=place, done_at=entry.at), encode_extract(value)


def write_signed(output: Path, statement: Statement, keys: Keys) -> None:
    """The statement, last after what stands behind it: its signature, and the stamp over that."""
    from comity.evidence import timestamp
    from comity.evidence.cms_sign import sign_detached

    data = encode_statement(statement)
    now = datetime.now(UTC)
    signature = sign_detached(data, keys.unlocked.certificate_key(), keys.unlocked.certificate_chain(), signed_at=now)
    if keys.authority is not None:
        nonce = int.from_bytes(os.urandom(16), "big")
        token = timestamp.take_token(keys.authority(timestamp.ask(signature, nonce=nonce)), signature, nonce=nonce)
        _replace(output.with_name(output.name + ".p7s.tst"), token)
    _replace(output.with_name(output.name + ".p7s"), signature)
    _replace(output.with_name(output.name + ".identity.json"), open_identity(keys.unlocked.folder).bundle)
    write_new_file(output, data, mode=0o644)


def _replace(path: Path, data: bytes) -> None:
    """What an earlier run that was stopped left is written anew: without the statement it proves nothing."""
    path.unlink(missing_ok=True)
    write_new_file(path, data, mode=0o644)


def holder(unlocked: Unlocked, *, by: str | None, role: str) -> Party:
    """The person who acts, named as in the custody log."""
    return party(unlocked.public, by=by, role=role)

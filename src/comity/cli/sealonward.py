"""Evidence of another owner that is sealed again: its owner's limitations go along, and what they forbid is refused.

It is found by what lies beside it: the folder that its package was unpacked to. Whoever moves it out of there takes it
out of sight too; this keeps the honest from a mistake, and binds nobody else.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import msgspec

from comity.cli.files import read_file
from comity.cli.packagecustody import SEALED_PACKAGE
from comity.cli.packageopen import FILE_BYTES_MAX, read_grants
from comity.cli.restricted import found, read_statement_at
from comity.errors import ComityError
from comity.evidence.custody import Act, CustodyLog, Party
from comity.evidence.custody.holding import named
from comity.evidence.limitation import Answer, Grant, Limitations, Purpose, Use, may
from comity.evidence.onward import both
from comity.evidence.package import EvidenceHead, Trust, layout
from comity.evidence.package.limits import asked_for
from comity.evidence.policy import read_policy
from comity.evidence.walk import walk

_HEAD_BYTES_MAX = 16 << 20


class OnwardRefusedError(ComityError):
    """Evidence that its owner does not allow to be sealed so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """Another's evidence, as it lies unpacked."""

    folder: Path
    head: EvidenceHead
    limitations: Limitations

    @property
    def owner(self) -> str:
        return self.limitations.owner or self.head.sender.identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Onward:
    """What is wanted with it."""

    case: str
    recipients: tuple[Party, ...]
    consents: tuple[Path, ...]
    on: date
    identity: Path
    """Who seals: its own restrictions of what it holds are heeded."""


def packages_around(paths: Iterable[Path]) -> tuple[Foreign, ...]:
    """The packages that some paths lie in, are, or hold, as they were unpacked."""
    folders = dict.fromkeys(folder for path in paths for folder in _sealed(path.resolve()))
    return tuple(map(_read, folders))


def received_packages(log: CustodyLog, exhibits: Iterable[str]) -> dict[str, str]:
    """The packages of others that a log says the exhibits are, or were made from, each with who gave it."""
    found: dict[str, str] = {}
    left = list(exhibits)
    while left:
        exhibit = left.pop()
        first = next((log.entry(number) for number in log.history(exhibit)), None)
        item = None if first is None else next(item for item in first.items if item.id == exhibit)
        if first is None or item is None or exhibit in found:
            continue
        if first.act is Act.RECEIVED and item.description == SEALED_PACKAGE and first.given_by is not None:
            found[exhibit] = named(first.given_by.key)
        elif item.source:
            left.append(item.source)
    return found


def refuse_unseen(received: dict[str, str], around: Iterable[Foreign]) -> None:
    """OnwardRefusedError where evidence came in a package whose limitations are not in sight."""
    seen = {one.head.package for one in around}
    for package, giver in received.items():
        if package not in seen:
            raise OnwardRefusedError(
                f"your custody log says that this came in the package {package} from {giver}, and what its owner laid "
                "down is not in sight; nothing was sealed. Seal it from the folder that it was unpacked to, or name "
                "that folder: --limits-of FOLDER"
            )


def _sealed(path: Path) -> Iterator[Path]:
    """The folders of packages in, at and above a path: one whose limitations were taken out cannot be read."""
    below = (Path(base) for base, _, files in walk(path) if "bagit.txt" in files) if path.is_dir() else ()
    for folder in (path, *path.parents, *below):
        if (folder / "bagit.txt").is_file() and (folder / layout.EVIDENCE).is_file():
            yield folder


def _read(folder: Path) -> Foreign:
    with (folder / layout.EVIDENCE).open("rb") as file:
        line = file.readline(_HEAD_BYTES_MAX)
    try:
        head = msgspec.json.decode(line.removesuffix(b',"files":[\n') + b"}", type=EvidenceHead)
    except msgspec.DecodeError as error:
        raise OnwardRefusedError(f"{folder}: looks like a package of another, and cannot be read: {error}") from None
    data = read_file(folder / layout.LIMITATIONS, limit_bytes=FILE_BYTES_MAX)
    _refuse_altered(folder, data)
    return Foreign(folder=folder, head=head, limitations=read_policy(data, package=head.package, case=head.case))


def _refuse_altered(folder: Path, data: bytes) -> None:
    line = f"{hashlib.sha512(data).hexdigest()}  {layout.LIMITATIONS}".encode()
    if line not in read_file(folder / layout.TAGS_SHA512, limit_bytes=FILE_BYTES_MAX).splitlines():
        raise OnwardRefusedError(
            f"{folder}: its limitations are not those that it was sealed with; unseal the package anew (comity unseal)"
        )


def carried(
    found: Sequence[Foreign], mine: Limitations, onward: Onward, trust: Trust, *, now: datetime
) -> tuple[Limitations, date | None]:
    """The limitations that the new package must bear, the owner's and one's own, and the end of access.

    OnwardRefusedError where the owner allows this neither by its limitations nor by a consent.
    """
    owners = {one.owner for one in found}
    if len(owners) > 1:
        named = ", ".join(sorted(owners))
        raise OnwardRefusedError(f"this is of several owners ({named}): seal the parts of each apart")
    for one in found:
        grants = _grants(one, onward, trust, now=now)
        _refuse(one, onward, grants)
        mine = both(one.limitations, mine, grants, owner=one.owner)
    ends = [one.head.end_of_access_on for one in found if one.head.end_of_access_on is not None]
    return mine, min(ends, default=None)


def _grants(one: Foreign, onward: Onward, trust: Trust, *, now: datetime) -> tuple[Grant, ...]:
    if not onward.consents:
        return ()
    signed = read_file(one.folder / layout.SIGNED, limit_bytes=FILE_BYTES_MAX)
    asked = asked_for(
        one.limitations,
        package=one.head.package,
        sender=one.head.sender.identity,
        bundle=read_file(one.folder / layout.SENDER, limit_bytes=FILE_BYTES_MAX),
        signed_list_sha512=hashlib.sha512(signed).hexdigest(),
        trust=trust,
    )
    if not asked.owners:
        raise OnwardRefusedError(f"{one.owner}: you do not know it, so its consent cannot be checked")
    return read_grants(onward.consents, asked, now=now)


def _refuse(one: Foreign, onward: Onward, grants: tuple[Grant, ...]) -> None:
    limits, owner = one.limitations, one.limitations.owner or one.head.sender.identity
    purpose = limits.purposes[0] if limits.purposes else Purpose.INVESTIGATION
    package = one.head.package
    stated = tuple(read_statement_at(at, package) for at in found(one.folder, package, onward.identity))
    for party in onward.recipients:
        names = [name for name in (party.agency, party.name, party.state, party.identity) if name] or ["an unnamed key"]
        names = [""] if party.identity == owner else names  # it goes back
        decisions = [
            may(
                Use(purpose=purpose, on=onward.on, case=onward.case, share_with=name),
                msgspec.structs.replace(limits, not_in_court=False),
                grants,
                stated if name else (),
                end_of_access_on=one.head.end_of_access_on,
            )
            for name in names
        ]
        if not any(decision.answer is Answer.ALLOWED for decision in decisions):
            against = [ruling for ruling in decisions[0].rulings if ruling.answer is Answer.FORBIDDEN]
            why = "; ".join(ruling.why for ruling in against)
            remedy = "Ask for its consent (comity evidence consent), and give it with --consent"
            if any(ruling.rule == "restriction" for ruling in against):
                remedy = "You stated that it is not used: lift that first (comity evidence restrict --lift)"
            raise OnwardRefusedError(
                f"{one.folder} is of {owner}, as {one.head.package}: {why}; nothing was sealed. {remedy}"
            )

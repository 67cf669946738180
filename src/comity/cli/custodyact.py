"""An act of custody as it is typed, or as it stands in a file."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256, sha512
from pathlib import Path

import click
import msgspec

from comity.cli.files import FileError, read_file
from comity.evidence.custody import Condition, Draft, Extract, Item, Party, given_items
from comity.evidence.legible import legible

DRAFTS_BYTES_MAX = 256 << 20
_READ_BYTES = 1 << 20
SILENCE = timedelta(days=30)
"""After which an entry says so: a clock may have jumped."""
_PARTY = re.compile(r"(?P<name>.+?)\s*\((?P<agency>[^()]+)\)")


def parse_party(text: str, *, role: str = "", state: str = "", identity: str = "") -> Party:
    """A party typed as ``Name`` or ``Name (Agency)``."""
    found = _PARTY.fullmatch(text.strip())
    name, agency = (found["name"], found["agency"].strip()) if found else (text.strip(), "")
    return Party(name=name, role=role, agency=agency, state=state, identity=identity)


def parse_instant(text: str | None, now: datetime, *, option: str = "--at") -> datetime:
    """An instant as typed, or now; BadParameter where it is none or has no time zone."""
    if text is None:
        return now
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.utcoffset() is None:
        message = f"{text!r} is not an instant; write it with its zone, such as 2026-11-25T09:30:00+05:30"
        raise click.BadParameter(message, param_hint=option)
    return at


def typed_items(texts: Iterable[str], *, description: str, condition: str, note: str, source: str) -> Iterator[Item]:
    """Items typed as ``ID`` or ``ID=FILE``; a file is hashed as it is read."""
    for text in texts:
        name, separator, path = text.partition("=")
        size, digest, longer = hash_file(Path(path)) if separator else (-1, "", "")
        yield Item(
            id=name,
            description=description,
            sha256=digest,
            sha512=longer,
            size_bytes=size,
            condition=Condition(condition),
            condition_note=note,
            source=source,
        )


def items_of(extract: Extract, *, condition: str, note: str) -> Iterator[Item]:
    """The items that the sender's last entry gave, in the condition in which they came."""
    shown = Condition(condition)
    for item in given_items(extract):
        told = legible(item.description)
        yield msgspec.structs.replace(
            item, description=told, condition=shown, condition_note=note, source="", previous=-1
        )


def doubts(drafts: Iterable[Draft], last: datetime | None, *, now: datetime) -> Iterator[str]:
    """Why the clock, which says `now`, may be wrong, when acts are entered after an entry recorded at `last`: an entry
    that is ahead of the true time stops its log until then."""
    ahead = "see that the clock is right: nothing can be entered before the time of the last entry"
    late = max((draft.at for draft in drafts if draft.at.utcoffset() is not None), default=now)
    if late > now:
        yield f"the act was done at {late.isoformat()}, and the clock says {now.isoformat()}; {ahead}"
    if last is not None and last > now:
        yield f"the last entry was recorded at {last.isoformat()}, and the clock says {now.isoformat()}; {ahead}"
    if last is not None and now - last > SILENCE:
        yield f"{(now - last).days:,} days after the entry before, by the clock, which says {now.isoformat()}; {ahead}"


def hash_file(path: Path) -> tuple[int, str, str]:
    """Size in bytes, SHA-256 and SHA-512 of a file, read once."""
    short, long, size = sha256(), sha512(), 0
    try:
        with path.open("rb") as file:
            while block := file.read(_READ_BYTES):
                short.update(block)
                long.update(block)
                size += len(block)
    except OSError as error:
        raise FileError(f"{path}: {str(error.strerror).lower()}; give a file that you may read") from None
    return size, short.hexdigest(), long.hexdigest()


def read_drafts(path: Path) -> list[Draft]:
    """The acts in a file, one JSON object a line; FileError names the line that is none."""
    drafts: list[Draft] = []
    decoder = msgspec.json.Decoder(Draft)
    for number, line in enumerate(read_file(path, limit_bytes=DRAFTS_BYTES_MAX).splitlines(), start=1):
        try:
            drafts += [decoder.decode(line)] if line.strip() else []
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise FileError(f"{path} line {number}: {error}; see comity custody add --schema") from None
    return drafts

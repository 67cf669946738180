"""A package that is sealed and not yet entered: written down before it appears, so that the same command finishes it.

Beside ``NAME`` lies ``.NAME.pending``, with what is to be entered, until custody and all that goes beside are done.
"""

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import click
import msgspec

from comity.cli.files import FileError, read_file, write_new_file
from comity.errors import ComityError
from comity.evidence.custody import Act, Draft, encode_extract, extract, open_log
from comity.evidence.custody.files import write_atomically
from comity.evidence.keys import Unlocked, note_keys
from comity.evidence.limitation import Limitations
from comity.evidence.package import Sealed
from comity.evidence.package.record import Record

PENDING_BYTES_MAX = 64 << 20
_SECRETS = ("passphrase_file", "passphrase_fd", "as_json")


class SealPlan(Record, frozen=True, kw_only=True):
    """A package as it was made, and what is still to be done of it."""

    command: dict[str, str]
    """What was typed: only the same goes on with it."""
    sealed: Sealed
    """What `seal` gave."""
    inode: int = 0
    """Number of the package's file, which it keeps when it gets its name."""
    sha256: str = ""
    """Of the package's file, as custody has it; empty: no log, and nothing but a question for a stamp is left to do."""
    limitations: Limitations
    drafts: tuple[Draft, ...] = ()
    """What is entered into the custody log; empty: no log."""


class Pending:
    """What lies beside a package while it is sealed; one process has it at a time."""

    def __init__(self, output: Path, typed: click.Context) -> None:
        self.output = output
        self.command = {
            max(one.opts, key=len): _text(typed.params[one.name])
            for one in typed.command.params
            if one.name is not None and one.name not in _SECRETS
        }
        self.plan: SealPlan | None = None
        self.taken_up = False
        self._path = output.with_name(f".{output.name}.pending")
        self._file: BinaryIO | None = None

    def take_up(self, custody: Path | None) -> bool:
        """See whether the package is there and only has to be finished; FileError where it is, and this cannot."""
        self._clean()
        if not self._path.exists():
            return False
        plan = self._read()
        if not os.path.lexists(self.output):
            if custody is not None and open_log(custody).history(plan.sealed.package):
                raise FileError(
                    f"{self.output}: was sealed as {plan.sealed.package} and is in {custody}, but is not there any "
                    f"more; put it back, or enter what became of it and remove {self._path}"
                )
            return False  # stopped before the package had its name: it is made anew
        self._lock(wait=False)
        other = sorted({name for name, _ in plan.command.items() ^ self.command.items()})
        if other:
            raise FileError(
                f"{self.output}: is whole, and what goes with it is not done yet (custody, what lies beside): that was "
                f"another command ({', '.join(other)}); give the same again to finish it"
            )
        if not _is_it(self.output, plan):
            raise FileError(
                f"{self.output}: is another than the one that was sealed here and is not entered yet; put that back, "
                "or give this another name"
            )
        self.plan, self.taken_up = plan, True
        return True

    def begin(self, plan: SealPlan) -> None:
        """Write down what is to be done, before the package has its name."""
        write_atomically(self._path, msgspec.json.encode(plan, enc_hook=str))  # a path is the one thing that JSON lacks
        self._lock(wait=True)
        self.plan = plan

    def finish(self, custody: Path | None, unlocked: Unlocked) -> SealPlan:
        """Enter it, and write what goes beside: each only where it is not done yet."""
        plan = self.plan
        assert plan is not None
        if custody is not None:
            with self._unless_entered(custody):
                data = _entered(custody, plan, unlocked)
            self._write(".custody.json", data)
        if not plan.sealed.stamped:
            from comity.evidence import timestamp

            self._write(".tsq", timestamp.ask(plan.sealed.signature, nonce=int.from_bytes(os.urandom(8), "big")))
        part = self.output.with_name(f".{self.output.name}.part")
        if self.taken_up and part.exists() and part.samefile(self.output):
            part.unlink()
        self._path.unlink(missing_ok=True)
        return plan

    def abandon(self) -> None:
        """Forget it where the package did not get its name."""
        if self.plan is not None and not (self.output.is_file() and _is_it(self.output, self.plan)):
            self._path.unlink(missing_ok=True)

    def close(self) -> None:
        """Let another have it."""
        if self._file is not None:
            self._file.close()
            self._file = None

    @contextmanager
    def _unless_entered(self, log: Path) -> Iterator[None]:
        """No package stays that its log does not know: one that changed while it was sealed may refuse it after all."""
        before = open_log(log).size
        try:
            yield
        except ComityError as error:
            if self.taken_up:
                raise FileError(
                    f"{self.output}: is whole, but is not entered in {log}: {error}; set that right and give the same "
                    f"command again, or remove the package with {self._path}, and seal anew"
                ) from error
            if open_log(log).size == before:
                self.output.unlink()
                self._path.unlink()
            raise

    def _write(self, ending: str, data: bytes) -> None:
        path = self.output.with_name(self.output.name + ending)
        if not (self.taken_up and path.exists()):  # what is there was written whole, by the run that was stopped
            write_new_file(path, data, mode=0o644)

    def _read(self) -> SealPlan:
        data = read_file(self._path, limit_bytes=PENDING_BYTES_MAX)
        try:
            return msgspec.json.decode(data, type=SealPlan, dec_hook=lambda kind, value: kind(value))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            remedy = "see by hand what is entered, and remove it"
            raise FileError(f"{self._path}: cannot be read ({error}); {remedy}") from None

    def _lock(self, *, wait: bool) -> None:
        file = self._path.open("rb")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            there = os.fstat(file.fileno()).st_nlink
        except OSError:
            file.close()
            raise FileError(f"{self.output}: is being sealed by another; wait, or choose another name") from None
        if not there:
            file.close()
            raise FileError(f"{self.output}: is there already; choose another name; nothing is replaced")
        self._file = file

    def _clean(self) -> None:
        """Take away what a run that was killed left half-written."""
        name = re.escape(self.output.name)
        left = re.compile(rf"\.(?:{name}(?:\.custody\.json|\.tsq)|\.{name}\.pending)\.([0-9]+)\.tmp")
        if not self.output.parent.is_dir():
            return
        for path in self.output.parent.iterdir():
            found = left.fullmatch(path.name)
            if found is not None and not _is_running(int(found[1])):
                path.unlink(missing_ok=True)


def refuse_taken(output: Path, *, custody: bool, stamped: bool) -> None:
    """FileError where the package, or what goes beside it, could not be written once it is sealed."""
    if os.path.lexists(output):
        raise FileError(f"{output}: is there already; choose another name; nothing is replaced")
    beside = (".custody.json" if custody else "", "" if stamped else ".tsq")
    taken = [path for ending in beside if ending and os.path.lexists(path := output.with_name(output.name + ending))]
    if taken:
        names = " and ".join(path.name for path in taken)
        raise FileError(
            f"{output}: {names} is there already, and the package is not: it was left by an earlier one of that name; "
            "choose another name, or move it away"
        )


def _entered(folder: Path, plan: SealPlan, unlocked: Unlocked) -> bytes:
    """The extract of the log, in which the package is entered once."""
    log = open_log(folder)
    now = datetime.now(UTC)
    known = (log.entry(number) for number in log.history(plan.sealed.package))
    digests = {item.sha256 for entry in known if entry.act is Act.COPIED for item in entry.items}
    if plan.sha256 not in digests:
        log.append(plan.drafts, recorded_at=now, random_bytes=os.urandom)
    log.sign(unlocked.note_signers(log.origin), at=now)
    return encode_extract(extract(log, [plan.sealed.package], keys=note_keys(unlocked.public, log.origin)))


def _text(value: object) -> str:
    if isinstance(value, Path):
        return str(value.absolute())
    if isinstance(value, tuple | list):
        return repr([_text(one) for one in value])
    return repr(value)


def _is_it(path: Path, plan: SealPlan) -> bool:
    """Whether a file is the package that a plan was made for. Reading it all is worth it where it is entered."""
    if plan.sha256:
        return _sha256(path) == plan.sha256
    found = path.stat()
    return (found.st_ino, found.st_size) == (plan.inode, plan.sealed.size_bytes)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True

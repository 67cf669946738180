"""Files and keys of others, worked on in a process of its own that the system stops when it takes too much.

A page is answered by a thread, and limits of processor time and memory are those of a process. What is given goes in
by a pipe: neither a passphrase nor a key is ever an argument, a variable of the environment, or a file.
"""

import logging
import os
import subprocess
import sys
from datetime import datetime
from enum import StrEnum

import msgspec

from comity.letters.errors import LetterFileError, SigningError
from comity.letters.model import Letter
from comity.letters.read.limits import DEFAULT_READ_LIMITS
from comity.letters.sign import (
    Flaw,
    NotTheLetterError,
    Pkcs12Key,
    Signing,
    Trust,
    Verification,
    open_key,
    require_outgoing,
    sign_pdf,
    signed_numbers,
)

_LOG = logging.getLogger(__name__)
SECONDS = 90
"""By the clock on the wall; processor time and memory are those of `ReadLimits`."""
_KEPT = ("PATH", "HOME", "TMPDIR", "LANG")


class Refusal(StrEnum):
    """Why nothing came of it, beside the flaws of a signed file."""

    FILE = "file"
    """It cannot be read, or holds what a letter must not bring; `told` says what."""
    KEY = "key"
    """The key file cannot be opened with this passphrase, or holds no key with a certificate."""
    SIGNING = "signing"
    """Nothing can be signed with it; `told` says why."""
    LIMIT = "limit"
    """It took more time or memory than a letter and a key need."""


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """A key (PKCS#12) and what is signed with it."""

    data: bytes
    passphrase: str
    names: tuple[tuple[str, ...], ...] = ()
    """What the letter calls its signatories, in order."""
    reason: str = ""
    city: str = ""
    language: str = "en"

    def __repr__(self) -> str:
        return "Key(…)"


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """A letter to be signed, or one that was signed elsewhere."""

    pdf: bytes
    """What is signed, or was."""
    approved: Letter
    pages: bytes
    """The approved letter as PDF, unsigned."""
    roots: tuple[bytes, ...]
    name: str
    at: str
    """The instant, RFC 3339 with the offset that a signature shows."""
    key: Key | None = None
    """None: it was signed elsewhere."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came of it: a signed file with what its verification says, or why not."""

    refusal: str = ""
    """A `Flaw` of `comity.letters.sign` or a `Refusal`; empty: none."""
    told: str = ""
    pdf: bytes = b""
    verification: Verification | None = None


def work_apart(job: Job) -> Outcome:
    """What comes of a job, done in a process of its own."""
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    command = [sys.executable, "-m", "comity.node.requests.apart"]
    try:
        done = subprocess.run(
            command, input=msgspec.msgpack.encode(job), capture_output=True, env=environment, timeout=SECONDS,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Outcome(refusal=Refusal.LIMIT)
    if done.returncode != 0:
        _LOG.warning("work apart ended with %s", done.returncode)
        return Outcome(refusal=Refusal.LIMIT)
    return msgspec.msgpack.decode(done.stdout, type=Outcome)


def work(job: Job) -> Outcome:
    """What comes of a job, done here."""
    try:
        pdf = job.pdf if job.key is None else _signed(job, job.key)
        now, trust = datetime.fromisoformat(job.at), Trust(roots=job.roots)
        found = require_outgoing(pdf, job.approved, job.pages, trust, file=job.name, now=now)
    except NotTheLetterError as error:
        return Outcome(refusal=error.flaw, told=error.told)
    except LetterFileError as error:
        return Outcome(refusal=Refusal.FILE, told=str(error))
    except SigningError as error:
        key = error.what == "PKCS#12 file"
        return Outcome(refusal=Refusal.KEY if key else Refusal.SIGNING, told="" if key else str(error))
    except MemoryError:
        return Outcome(refusal=Refusal.LIMIT)
    return Outcome(pdf=pdf if job.key is not None else b"", verification=found)


def _signed(job: Job, key: Key) -> bytes:
    number = max(signed_numbers(job.pdf), default=0) + 1
    names = key.names[number - 1] if number <= len(key.names) else ()
    at = datetime.fromisoformat(job.at)
    signing = Signing(number=number, at=at, names=names, reason=key.reason, city=key.city, language=key.language)
    with open_key(Pkcs12Key(data=key.data), key.passphrase) as signer:
        certificate = signer.signing_cert
        if certificate is None:
            raise SigningError(what="PKCS#12 file", problem="no certificate in it", remedy="export it with the key")
        if not certificate.not_valid_before <= at <= certificate.not_valid_after:
            raise NotTheLetterError(Flaw.OUT_OF_TIME, str(certificate.subject.human_friendly))
        return sign_pdf(job.pdf, signer, signing)


def _limit() -> None:
    """Bound this process; on systems without such limits (Windows) the clock alone does."""
    if sys.platform != "win32":
        import resource

        limits = DEFAULT_READ_LIMITS
        for kind, most in ((resource.RLIMIT_CPU, limits.cpu_seconds), (resource.RLIMIT_AS, limits.memory_bytes)):
            hard = resource.getrlimit(kind)[1]
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a passphrase is in this memory


if __name__ == "__main__":
    _limit()
    sys.stdout.buffer.write(msgspec.msgpack.encode(work(msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Job))))

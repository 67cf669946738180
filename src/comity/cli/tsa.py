"""Time-stamping authorities: over HTTP, or by a command."""

import shlex
import subprocess
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

from comity.evidence.errors import TimeStampError

if TYPE_CHECKING:
    from comity.evidence.package import Authority

ANSWER_BYTES_MAX = 1 << 20
WAIT_SECONDS = 60


def authority(address: str | None, command: str | None) -> "Authority | None":
    """The authority that the user named; None: none."""
    if command is not None:
        return lambda question: _run(command, question)
    if address is not None:
        return lambda question: _post(address, question)
    return None


def _run(command: str, question: bytes) -> bytes:
    try:
        done = subprocess.run(
            shlex.split(command), input=question, capture_output=True, timeout=WAIT_SECONDS, check=False
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise _silent(command, str(error)) from None
    if done.returncode:
        raise _silent(command, f"ended with status {done.returncode}: {done.stderr[-300:].decode('utf-8', 'replace')}")
    return done.stdout


def _post(address: str, question: bytes) -> bytes:
    if not address.startswith(("http://", "https://")):
        raise _silent(address, "is no HTTP address")
    request = urllib.request.Request(address, data=question, headers={"Content-Type": "application/timestamp-query"})
    try:
        with urllib.request.urlopen(request, timeout=WAIT_SECONDS) as answer:
            data: bytes = answer.read(ANSWER_BYTES_MAX)
            return data
    except (OSError, ValueError) as error:
        raise _silent(address, str(error)) from None


def _silent(what: str, problem: str) -> TimeStampError:
    return TimeStampError(what=what, problem=problem, remedy="try again, or seal without and have it stamped later")

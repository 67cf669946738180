"""The time-stamping authority of the node, over HTTP (RFC 3161 3.4)."""

import os
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from comity.evidence import timestamp
from comity.evidence.errors import TimeStampError
from comity.node.errors import ConfigError

if TYPE_CHECKING:
    from cryptography import x509

    from comity.evidence.package import Authority

ANSWER_BYTES_MAX = 1 << 20
WAIT_SECONDS = 60
ROOTS = "stamp-roots.pem"
"""In the node's folder."""


def authority() -> "Authority | None":
    """The authority that the administrator named; None: none."""
    address = settings.CONFIG.time_stamp_url
    return (lambda question: _post(address, question)) if address else None


def authorities(data: Path) -> "tuple[x509.Certificate, ...]":
    """Roots of the time-stamping authorities that an administrator trusts; none where no file names any."""
    path = data / ROOTS
    if not path.exists():
        return ()
    from cryptography import x509

    try:
        return tuple(x509.load_pem_x509_certificates(path.read_bytes()))
    except ValueError as error:
        raise ConfigError(f"{path}: is not certificates in PEM: {error}") from None


def stamp(signature: bytes) -> bytes:
    """A time stamp over a signature; empty: there is no authority, or it does not answer now."""
    ask = authority()
    if ask is None:
        return b""
    nonce = int.from_bytes(os.urandom(16), "big")
    try:
        return timestamp.take_token(ask(timestamp.ask(signature, nonce=nonce)), signature, nonce=nonce)
    except TimeStampError:  # what is deleted is proved all the same, by the clock of the node
        return b""


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
    return TimeStampError(what=what, problem=problem, remedy="try again, or ask an administrator (time_stamp_url)")

"""A time-stamping authority of one's own (RFC 3161), for networks without one: its keeper vouches for the time."""

from datetime import datetime
from typing import TYPE_CHECKING

from comity.letters.errors import SigningError
from comity.letters.sign.keys import KeySource, open_key

if TYPE_CHECKING:
    from pyhanko.sign.timestamps import TimeStamper

_PURPOSE = "time_stamping"


def local_stamper(source: KeySource, passphrase: str | None = None, *, at: datetime | None = None) -> "TimeStamper":
    """A stamper from a key with a certificate for time stamping alone (RFC 3161 2.3); `at` None: its own clock.

    SigningError where the certificate is for something else or the key is not RSA.
    """
    from pyhanko.sign import SimpleSigner
    from pyhanko.sign.timestamps import DummyTimeStamper

    with open_key(source, passphrase) as signer:
        if not isinstance(signer, SimpleSigner) or signer.signing_key.algorithm != "rsa":
            raise _refused("its key is not RSA in a file", "use an RSA key, as most such authorities do")
        certificate = signer.signing_cert
        purposes = certificate.extended_key_usage_value if certificate is not None else None
        if certificate is None or purposes is None or _PURPOSE not in purposes.native:
            raise _refused("its certificate is not for time stamping", "have one issued with that purpose")
        return DummyTimeStamper(certificate, signer.signing_key, signer.cert_registry, fixed_dt=at)


def _refused(problem: str, remedy: str) -> SigningError:
    return SigningError(what="time-stamping key", problem=problem, remedy=remedy)

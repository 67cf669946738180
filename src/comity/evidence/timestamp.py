"""Time stamps (RFC 3161): the question to an authority, its answer, and what a token proves.

``openssl ts -verify -token_in -in FILE.tst -data FILE -CAfile ROOTS`` checks a token too.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from comity.evidence import cms, der
from comity.evidence.errors import SignatureFormatError, TimeStampError

TST_INFO = "1.2.840.113549.1.9.16.1.4"
TIME_STAMPING = "1.3.6.1.5.5.7.3.8"
_GRANTED = (0, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeStamp:
    """A token as read: not yet checked."""

    token: bytes
    signed: cms.SignedData
    made_at: datetime
    digest: str
    imprint: bytes
    nonce: int | None
    policy: str
    serial: int

    def faults(self, data: bytes) -> list[str]:
        """Why it is no token over the data by the authority whose certificate lies inside; empty: it is."""
        certificate = self.signed.find_signer()
        if certificate is None:
            return ["the authority's certificate is not inside"]
        content = self.signed.content or b""
        found = self.signed.faults(hashlib.new(self.signed.digest, content).digest(), certificate)
        if not hmac.compare_digest(hashlib.new(self.digest, data).digest(), self.imprint):
            found.insert(0, "the stamp is over other data")
        return found


def ask(data: bytes, *, nonce: int) -> bytes:
    """The question (TimeStampReq) for a stamp over some data, by SHA-512, asking for the certificate too."""
    digest = der.write(der.SEQUENCE, der.write_oid(cms.SHA512), der.write(der.NULL))
    imprint = der.write(der.SEQUENCE, digest, der.write(der.OCTETS, hashlib.sha512(data).digest()))
    return der.write(
        der.SEQUENCE, der.write_integer(1), imprint, der.write_integer(nonce), der.write(der.BOOLEAN, b"\xff")
    )


def take_token(answer: bytes, data: bytes, *, nonce: int | None) -> bytes:
    """The token of an authority's answer (TimeStampResp, or a bare token), after seeing that it fits the question.

    TimeStampError where the authority refused or answered something else.
    """
    try:
        token = token_in(answer)
        stamp = parse_token(token)
    except SignatureFormatError as error:
        raise _unfit(f"answered what cannot be read: {error.problem}") from None
    if nonce is not None and stamp.nonce is not None and stamp.nonce != nonce:
        raise _unfit("answered another question (its nonce is not ours)")
    faults = stamp.faults(data)
    if faults:
        raise _unfit(f"gave a stamp that does not fit: {'; '.join(faults)}")
    return token


def token_in(answer: bytes) -> bytes:
    """The token in an authority's answer, or itself; SignatureFormatError or TimeStampError where there is none."""
    parts = der.parse(answer).parts()
    return answer if parts and parts[0].tag == der.OID else _granted(parts)


def _granted(parts: list[der.Value]) -> bytes:
    status = parts[0].parts()[0].integer() if parts else -1
    if status not in _GRANTED or len(parts) != 2:
        raise _unfit(f"refused (status {status})")
    return parts[1].raw


def parse_token(token: bytes) -> TimeStamp:
    """A token's claims; SignatureFormatError where it is none."""
    signed = cms.parse_signed_data(token)
    if signed.content_type != TST_INFO or signed.content is None:
        raise _bad("is no time stamp")
    parts = der.parse(signed.content).parts()
    if len(parts) < 5 or parts[0].integer() != 1:
        raise _bad("is a time stamp of another version")
    imprint = parts[2].parts()
    if len(imprint) != 2:
        raise _bad("has no imprint")
    digest = cms.DIGESTS.get(imprint[0].parts()[0].oid(), "")
    if digest in ("", "sha1"):
        raise _bad("uses a digest that is not accepted")
    nonces = [part.integer() for part in parts[5:] if part.tag == der.INTEGER]
    return TimeStamp(
        token=token,
        signed=signed,
        made_at=parts[4].expect(der.GENERALIZED_TIME).time(),
        digest=digest,
        imprint=imprint[1].expect(der.OCTETS).content,
        nonce=nonces[0] if nonces else None,
        policy=parts[1].oid(),
        serial=parts[3].integer(),
    )


def _bad(problem: str) -> SignatureFormatError:
    return SignatureFormatError(what="time stamp", problem=problem, remedy="ask the authority for a new one")


def _unfit(problem: str) -> TimeStampError:
    return TimeStampError(what="time-stamping authority", problem=problem, remedy="ask again, or ask another")

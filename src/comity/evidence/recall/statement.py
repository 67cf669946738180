"""The holder's statement of what became of evidence on recall: a small file, signed by the holder's certificate.

``openssl cms -verify -binary -inform DER -in FILE.p7s -content FILE -CAfile ROOTS.pem`` checks it.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec

from comity.evidence import cms
from comity.evidence.custody import Party, Verdict
from comity.evidence.errors import RecallError, SignatureFormatError
from comity.evidence.limitation import Restriction
from comity.evidence.package.record import Record, Size, Text

if TYPE_CHECKING:
    from cryptography import x509

STATEMENT_BYTES_MAX = 4 << 20


class Outcome(StrEnum):
    """What became of the evidence with its holder."""

    DESTROYED = "destroyed"
    RETURNED = "returned"
    """Given back, and nothing kept."""
    RESTRICTED = "restricted"
    """Kept, but not used."""


class Held(Record, frozen=True, kw_only=True):
    """One thing that the holder had, as it was found before."""

    name: Text
    """Of the file or folder, without its path."""
    kind: Literal["package", "folder"]
    size_bytes: Size
    """Of the file; of a folder, of the evidence in it."""
    file_count: Size
    """How many files of evidence were in it."""
    sha256: Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{64})?$")] = ""
    """Of the file; empty: a folder."""
    sha512: Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{128})?$")] = ""
    signed_list_sha512: Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{128})?$")] = ""
    """Of what its seal is over: the same for the package and the folder it was unpacked to."""
    verdict: Verdict
    """Of the verification before."""


class CustodyPlace(Record, frozen=True, kw_only=True):
    """The entry in the holder's custody log."""

    log: Text
    number: Size
    leaf_hash: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    """RFC 9162 leaf hash, hexadecimal."""


class Statement(Record, frozen=True, kw_only=True):
    """What the holder states."""

    format: Literal["comity-recall-statement/1"] = "comity-recall-statement/1"
    outcome: Outcome
    package: Text
    case: Text
    recall: Text
    """Reference of the owner's recall, or of the rule that asks for it."""
    reason: str = ""
    by: Party
    """Who did it; its identity's certificate signs."""
    given_to: Party | None = None
    """Returned: to whom."""
    done_at: datetime
    method: str = ""
    """How it was removed."""
    declared: tuple[str, ...] = ()
    """What the holder declares besides, and no program has seen: backups, prints, copies passed on."""
    held: tuple[Held, ...]
    restriction: Restriction | None = None
    custody: CustodyPlace | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedStatement:
    """A statement as read, with its signature: not yet judged."""

    data: bytes
    statement: Statement
    signature: bytes
    signed: cms.SignedData
    leaf: "x509.Certificate"


def encode_statement(statement: Statement) -> bytes:
    """The bytes that are signed."""
    return msgspec.json.format(msgspec.json.encode(statement), indent=2) + b"\n"


def parse_statement(data: bytes) -> Statement:
    """The statement in a file; RecallError where it is none, or not as we write it."""
    try:
        statement = msgspec.json.decode(data[: STATEMENT_BYTES_MAX + 1], type=Statement)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise bad(f"cannot be read: {error}") from None
    if encode_statement(statement) != data:
        raise bad("is not in the form in which it is written: a reader may see other things than a program")
    return statement


def read_statement(data: bytes, signature: bytes) -> SignedStatement:
    """A statement with its detached signature; RecallError where either cannot be read."""
    statement = parse_statement(data)
    try:
        signed = cms.parse_signed_data(signature)
        leaf = signed.find_signer()
    except (SignatureFormatError, ValueError) as error:
        raise bad(f"has a signature that cannot be read: {error}") from None
    if leaf is None:
        raise bad("has a signature without the signer's certificate")
    return SignedStatement(data=data, statement=statement, signature=signature, signed=signed, leaf=leaf)


def signature_faults(one: SignedStatement) -> list[str]:
    """Why the signature is not one over the statement by the certificate in it; empty: it is."""
    faults = one.signed.faults(hashlib.new(one.signed.digest, one.data).digest(), one.leaf)
    if one.signed.content is not None or one.signed.content_type != cms.DATA:
        faults.append("it is not detached")
    if one.signed.unsigned_attributes or one.signed.revocation_lists:
        faults.append("it holds what is not signed")
    return faults


def read_restriction(data: bytes, signature: bytes, *, package: str) -> Restriction:
    """The restriction that a signed statement lays on a package; RecallError where it is none, or was altered."""
    one = read_statement(data, signature)
    faults = signature_faults(one)
    if faults:
        raise bad(f"does not hold: {'; '.join(faults)}")
    if one.statement.package != package or one.statement.restriction is None:
        raise bad(f"is no restriction of {package!r}")
    return one.statement.restriction


def bad(problem: str) -> RecallError:
    return RecallError(what="statement", problem=problem, remedy="ask the holder for a new one")

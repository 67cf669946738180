"""An agency that seals, one that opens, a time-stamping authority whose clock can be set, and their packages."""

import hashlib
import io
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256, SHA512
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from comity.evidence import cms, der, timestamp
from comity.evidence.age import parse_identity, parse_recipient
from comity.evidence.custody import Authorisation, Party
from comity.evidence.errors import EvidenceError
from comity.evidence.keys import (
    Identity,
    PublicIdentity,
    Unlocked,
    age_recipients,
    create_identity,
    open_identity,
    read_bundle,
)
from comity.evidence.limitation import Limitations, Purpose
from comity.evidence.package import Provenance, Recipient, Sealed, SealOrder, Signer, Trust, seal
from comity.evidence.package.inventory import read_archive
from comity.evidence.package.report import PackageReport
from comity.evidence.package.verify import verify_inventory

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
PASSPHRASE = b"correct horse battery staple"


class Stamper:
    """A time-stamping authority (RFC 3161) with a root, whose clock is an argument."""

    def __init__(self) -> None:
        self.root_key, self.key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        self.root = certificate("Stamp root", self.root_key, ca=True)
        self.leaf = certificate("Stamper", self.key, issuer=(self.root, self.root_key), stamps=True)
        self.serial = 0

    def at(self, moment: datetime) -> Callable[[bytes], bytes]:
        return lambda question: self.answer(question, moment)

    def answer(self, question: bytes, moment: datetime) -> bytes:
        asked = der.parse(question).parts()
        self.serial += 1
        info = der.write(
            der.SEQUENCE,
            der.write_integer(1),
            der.write_oid("1.2.3.4"),
            asked[1].raw,
            der.write_integer(self.serial),
            der.write(der.GENERALIZED_TIME, moment.strftime("%Y%m%d%H%M%SZ").encode()),
            *(part.raw for part in asked[2:] if part.tag == der.INTEGER),
        )
        status = der.write(der.SEQUENCE, der.write_integer(0))
        return der.write(der.SEQUENCE, status, self.token(info))

    def token(self, info: bytes) -> bytes:
        held = [one.public_bytes(Encoding.DER) for one in (self.leaf, self.root)]
        digest = der.write(der.SEQUENCE, der.write_oid(cms.SHA512))
        ident = der.write(der.SEQUENCE, digest, der.write(der.OCTETS, hashlib.sha512(held[0]).digest()))
        attributes = [
            _attribute(cms.CONTENT_TYPE, der.write_oid(timestamp.TST_INFO)),
            _attribute(cms.MESSAGE_DIGEST, der.write(der.OCTETS, hashlib.sha512(info).digest())),
            _attribute(cms.SIGNING_CERTIFICATE_V2, der.write(der.SEQUENCE, der.write(der.SEQUENCE, ident))),
        ]
        signature = self.key.sign(der.write_set(attributes), ec.ECDSA(SHA512()))
        signer = der.write(
            der.SEQUENCE,
            der.write_integer(1),
            der.write(der.SEQUENCE, self.leaf.issuer.public_bytes(), der.write_integer(self.leaf.serial_number)),
            digest,
            der.write_set(attributes, tag=0xA0),
            der.write(der.SEQUENCE, der.write_oid(cms.ECDSA_SHA512)),
            der.write(der.OCTETS, signature),
        )
        inner = der.write(der.SEQUENCE, der.write_oid(timestamp.TST_INFO), der.write(0xA0, der.write(der.OCTETS, info)))
        body = der.write(
            der.SEQUENCE,
            der.write_integer(3),
            der.write_set([digest]),
            inner,
            der.write_set(held, tag=0xA0),
            der.write_set([signer]),
        )
        return der.write(der.SEQUENCE, der.write_oid(cms.SIGNED_DATA), der.write(0xA0, body))


def _attribute(kind: str, value: bytes) -> bytes:
    return der.write(der.SEQUENCE, der.write_oid(kind), der.write_set([value]))


def certificate(
    name: str,
    key: Any,
    *,
    issuer: tuple[x509.Certificate, ec.EllipticCurvePrivateKey] | None = None,
    ca: bool = False,
    stamps: bool = False,
    begins: datetime = NOW - timedelta(days=365),
    ends: datetime = NOW + timedelta(days=36_500),
) -> x509.Certificate:
    """A certificate for a key, private or, with an issuer, public; without `issuer`, by its own key."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer[0].subject if issuer else subject)
        .public_key(key.public_key() if hasattr(key, "public_key") else key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    if stamps:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return builder.sign(issuer[1] if issuer else key, SHA256())


@dataclass(frozen=True, slots=True)
class Agency:
    identity: Identity
    unlocked: Unlocked

    @property
    def signer(self) -> Signer:
        unlocked = self.unlocked
        return Signer(
            key=unlocked.certificate_key(), chain=unlocked.certificate_chain(), pq_key=unlocked.signature_pq_key()
        )


@cache
def agency(name: str) -> Agency:
    """An agency with its keys; made once, for keys cost time."""
    folder = Path(tempfile.mkdtemp()) / "identity"
    public = PublicIdentity(
        name=name, display_name=name.split(".", maxsplit=1)[0], agency=f"Agency {name}", state="IN", keys=()
    )
    create_identity(folder, public, passphrase=PASSPHRASE, now=NOW - timedelta(days=30), random_bytes=os.urandom)
    identity = open_identity(folder)
    return Agency(identity, identity.unlock(PASSPHRASE))


@cache
def stamper() -> Stamper:
    return Stamper()


def order(**changes: Any) -> SealOrder:
    """An order by the agency ``pune.example`` for ``bonn.example``."""
    sender, receiver = agency("pune.example"), agency("bonn.example")
    (key, _) = age_recipients(receiver.identity.public)
    values: dict[str, Any] = {
        "package": "FIR-12-2026",
        "case": "FIR 12/2026",
        "request": "MLA 7/2026",
        "authorisation": Authorisation(reference="Warrant 12", issued_by="Court, Pune", issued_on="2026-11-20"),
        "sender": Party(name="A. Rao", role="custodian", agency="Agency pune.example", identity="pune.example"),
        "identity_bundle": sender.identity.bundle,
        "recipients": ((Recipient(name="bonn", key=key), parse_recipient(key)),),
        "limitations": Limitations(cases=("FIR 12/2026",), purposes=(Purpose.INVESTIGATION,), owner="pune.example"),
        "provenance": Provenance(found_at="Pune", found_by="A. Rao", tool="dd 9.1"),
    }
    if "sender" not in changes and changes.get("identity_bundle"):
        values["sender"] = _who(changes["identity_bundle"], values["sender"])
    return SealOrder(**{**values, **changes})


def _who(bundle: bytes, other: Party) -> Party:
    """A. Rao under the identity in a file; `other` where there is none in it."""
    try:
        identity = read_bundle(bundle)
    except EvidenceError:
        return other
    return Party(name="A. Rao", role="custodian", agency=identity.agency, identity=identity.name)


def evidence(folder: Path) -> Path:
    """A small folder of evidence."""
    (folder / "phone" / "chat").mkdir(parents=True)
    (folder / "phone" / "image.bin").write_bytes(bytes(range(256)) * 5)
    (folder / "phone" / "chat" / "1.txt").write_text("transfer the money\n")
    (folder / "phone" / "chat" / "2.txt").write_text("done\n")
    return folder / "phone"


def sealed(
    folder: Path,
    paths: list[Path],
    *,
    by: str = "pune.example",
    stamped: bool = True,
    at: datetime = NOW,
    **changes: Any,
) -> Sealed:
    """A package in a folder."""
    if by != "pune.example" and "identity_bundle" not in changes:
        changes["identity_bundle"] = agency(by).identity.bundle
    return seal(
        paths,
        folder / "package.age",
        order(**changes),
        agency(by).signer,
        now=at,
        random_bytes=os.urandom,
        authority=stamper().at(at) if stamped else None,
    )


def opens() -> list[Any]:
    """The recipient's secrets."""
    return [parse_identity(text) for text in agency("bonn.example").unlocked.age_identities()]


def trust(**changes: Any) -> Trust:
    """What the recipient trusts: the sender, and the authority."""
    values: dict[str, Any] = {"senders": (agency("pune.example").identity.public,), "stamp_roots": (stamper().root,)}
    return Trust(**{**values, **changes})


class Plain:
    """A plain stream from memory, for archives that nobody encrypted."""

    def __init__(self, data: bytes) -> None:
        self._source = io.BytesIO(data)

    def read_into(self, plain: memoryview) -> int:
        return self._source.readinto(plain)


def verified(archive: bytes, *, now: datetime = NOW, believed: Trust | None = None) -> PackageReport:
    """The verification of an archive in the plain."""
    inventory = read_archive(Plain(archive))
    try:
        return verify_inventory(inventory, believed or trust(), now=now, subject="package")
    finally:
        inventory.close()


def plain_archive(package: Path) -> bytes:
    """The archive inside a package file."""
    from comity.evidence.age import open_age
    from comity.evidence.age.stream import SLAB_BYTES

    out, buffer = b"", bytearray(SLAB_BYTES)
    with package.open("rb") as source:
        reader = open_age(source, opens())
        while count := reader.read_into(memoryview(buffer)):
            out += buffer[:count]
    return out


def replaced(value: Any, **changes: Any) -> Any:
    return msgspec.structs.replace(value, **changes)

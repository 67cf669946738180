"""Certificates and lists of revoked ones, as they lie in a package."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography import x509


def load_certificates(text: bytes) -> "list[x509.Certificate]":
    """Certificates in PEM; ValueError where they are not written as we write them."""
    from cryptography import x509

    loaded = x509.load_pem_x509_certificates(text)
    if b"".join(pem(one).encode() for one in loaded) != text:
        raise ValueError("metadata/certificates.pem is not in the form in which it is written")
    return loaded


def load_certificate(data: bytes) -> "x509.Certificate | None":
    """A certificate in DER; None where it is none."""
    from cryptography import x509

    try:
        return x509.load_der_x509_certificate(data)
    except (ValueError, x509.InvalidVersion):
        return None


def load_lists(text: bytes) -> "list[x509.CertificateRevocationList]":
    """Lists in PEM, as many as can be read."""
    from cryptography import x509

    mark = b"-----END X509 CRL-----"
    found = []
    for part in text.split(mark)[:-1]:
        try:
            found.append(x509.load_pem_x509_crl(part + mark + b"\n"))
        except ValueError:
            continue
    return found


def pem(certificate: "x509.Certificate") -> str:
    """A certificate as text."""
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.PEM).decode()


def der_of(certificate: "x509.Certificate") -> bytes:
    """A certificate as bytes."""
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.DER)

"""A small SAML 2.0 identity provider on the loopback, for tests of sign-in: it signs what `says` tells it to."""

import base64
import secrets
import threading
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Names  # type: ignore[import-untyped]
from onelogin.saml2.utils import OneLogin_Saml2_Utils as Utils  # type: ignore[import-untyped]

NAMESPACES = 'xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"'
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
MAIL = "urn:oid:0.9.2342.19200300.100.1.3"


def make_pair() -> tuple[str, str]:
    """A key and a certificate of its own, as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Identity provider")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    return pem.decode(), made.public_bytes(serialization.Encoding.PEM).decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an answer asserts."""

    name: str
    email: str
    valid_for: timedelta = timedelta(minutes=5)
    audience: str = ""
    """Empty: whoever asked."""


class Provider:
    """One provider."""

    def __init__(self) -> None:
        self.key, self.certificate = make_pair()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def entity(self) -> str:
        return f"{self.url}/metadata"

    def answer(self, location: str, said: Said, *, key: str = "", certificate: str = "") -> str:
        """The response (base64) to the request that a browser was sent to `location` with."""
        packed = parse_qs(urlsplit(location).query)["SAMLRequest"][0]
        asked = ElementTree.fromstring(zlib.decompress(base64.b64decode(packed), -15))
        request, acs = asked.attrib["ID"], asked.attrib["AssertionConsumerServiceURL"]
        issuer = next(one.text or "" for one in asked if one.tag.endswith("Issuer"))
        assertion = self._assertion(request, acs, said, said.audience or issuer)
        signed = Utils.add_sign(
            assertion, key or self.key, certificate or self.certificate, False, Names.RSA_SHA256, Names.SHA256
        )
        body = signed.decode() if isinstance(signed, bytes) else signed
        response = (
            f'<samlp:Response {NAMESPACES} ID="_{secrets.token_hex(16)}" Version="2.0" IssueInstant="{_at()}" '
            f'Destination="{acs}" InResponseTo="{request}"><saml:Issuer>{self.entity}</saml:Issuer><samlp:Status>'
            f'<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>'
            f"{body}</samlp:Response>"
        )
        return base64.b64encode(response.encode()).decode()

    def _assertion(self, request: str, acs: str, said: Said, audience: str) -> str:
        until = _at(said.valid_for)
        before = _at(min(said.valid_for, timedelta()) - timedelta(minutes=5))
        return (
            f'<saml:Assertion {NAMESPACES} ID="_{secrets.token_hex(16)}" Version="2.0" IssueInstant="{_at()}">'
            f"<saml:Issuer>{self.entity}</saml:Issuer><saml:Subject>"
            f'<saml:NameID Format="{PERSISTENT}">{said.name}</saml:NameID>'
            f'<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData '
            f'NotOnOrAfter="{until}" Recipient="{acs}" InResponseTo="{request}"/>'
            "</saml:SubjectConfirmation></saml:Subject>"
            f'<saml:Conditions NotBefore="{before}" NotOnOrAfter="{until}"><saml:AudienceRestriction>'
            f"<saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>"
            f'<saml:AuthnStatement AuthnInstant="{_at()}" SessionIndex="_1"><saml:AuthnContext>'
            "<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext>"
            f'</saml:AuthnStatement><saml:AttributeStatement><saml:Attribute Name="{MAIL}"><saml:AttributeValue>'
            f"{said.email}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>"
        )

    def metadata(self) -> str:
        plain = "".join(self.certificate.splitlines()[1:-1])
        return (
            f'<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{self.entity}">'
            '<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">'
            '<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>'
            f"<ds:X509Certificate>{plain}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
            '<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" '
            f'Location="{self.url}/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>'
        )

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = provider.metadata().encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/samlmetadata+xml")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Nothing: tests are quiet."""

        return Handler


def _at(later: timedelta = timedelta()) -> str:
    return (datetime.now(UTC) + later).strftime("%Y-%m-%dT%H:%M:%SZ")

"""A small OpenID Connect provider (Core 1.0, authorization code with PKCE) on the loopback, for tests of sign-in."""

import base64
import json
import secrets
import threading
import time
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider:
    """It signs in whoever comes as `claims` says; `auth_time` is when that person last proved to be there."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}
        self.asked: list[dict[str, str]] = []
        """What each request for authorisation carried."""
        self._codes: dict[str, dict[str, str]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, method: str, target: str, body: bytes) -> tuple[int, dict[str, str], Any]:
        """Status, headers and body of an answer."""
        parts = urlsplit(target)
        sent = {key: values[0] for key, values in parse_qs(parts.query or body.decode()).items()}
        if parts.path == "/.well-known/openid-configuration":
            return 200, {}, self._configuration()
        if parts.path == "/jwks":
            key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(_KEY.public_key()))
            return 200, {}, {"keys": [{**key, "kid": "1", "alg": "RS256", "use": "sig"}]}
        if parts.path == "/authorize":
            self.asked.append(sent)
            code = secrets.token_urlsafe(8)
            self._codes[code] = sent
            query = urlencode({"code": code, "state": sent["state"]})
            return 302, {"Location": f"{sent['redirect_uri']}?{query}"}, {}
        if parts.path == "/token" and method == "POST":
            return self._token(sent)
        return (200, {}, self.claims) if parts.path == "/userinfo" else (404, {}, {})

    def _token(self, sent: dict[str, str]) -> tuple[int, dict[str, str], Any]:
        asked = self._codes.pop(sent.get("code", ""), None)
        digest = sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or asked.get("code_challenge") != challenge or sent.get("client_secret") != "secret":
            return 400, {}, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.url, "aud": "comity", "iat": now, "exp": now + 60, "auth_time": now, **self.claims}
        token = jwt.encode(claims, _KEY, algorithm="RS256", headers={"kid": "1"})
        return 200, {}, {"access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": token}

    def _configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def _serve(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                status, headers, value = provider.answer(self.command, self.path, body)
                self.send_response(status)
                for name, text in {"Content-Type": "application/json", **headers}.items():
                    self.send_header(name, text)
                self.end_headers()
                self.wfile.write(json.dumps(value).encode())

            do_GET = do_POST = _serve  # noqa: N815  # names of http.server

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        return Handler

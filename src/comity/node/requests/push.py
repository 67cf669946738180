"""Web push to a browser that a person subscribed (RFC 8030), encrypted (RFC 8291) and signed (RFC 8292)."""

import base64
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from cryptography.hazmat.primitives import serialization
from django.conf import settings
from http_ece import ECEException  # type: ignore[import-untyped]  # it has no types
from py_vapid import Vapid  # type: ignore[import-untyped]  # it has no types
from pywebpush import WebPusher, WebPushException  # type: ignore[import-untyped]  # it has no types

from comity.node.keyfile import read_or_make
from comity.node.requests.models import Subscription
from comity.node.webhooks.post import NotSentError, post

TTL_S = 12 * 3600
KEY_FILE = "push.pem"


def push(to: Subscription, *, title: str, text: str, url: str) -> None:
    """Send a message; NotSentError where the push service did not take it."""
    body = msgspec.json.encode({"title": title, "text": text, "url": url})
    keys = {"p256dh": to.p256dh, "auth": to.auth}
    try:
        sealed = WebPusher({"endpoint": to.endpoint, "keys": keys}).encode(body, content_encoding="aes128gcm")
    except (ValueError, TypeError, IndexError, WebPushException, ECEException) as error:
        raise NotSentError(f"the browser's key cannot be used: {error}") from None
    parts = urlsplit(to.endpoint)
    claims = {"sub": f"mailto:{settings.CONFIG.mail_from}", "aud": f"{parts.scheme}://{parts.netloc}"}
    headers = {
        **_key().sign(claims),
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
        "ttl": str(TTL_S),
        "urgency": "high",
    }
    post(to.endpoint, sealed["body"], headers, inside=settings.CONFIG.webhooks_inside)


def public_key() -> str:
    """The node's public key as browsers want it: the uncompressed point, base64url."""
    point = _key().public_key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def _key() -> Vapid:
    """The node's own key, made once."""
    return Vapid.from_pem(read_or_make(Path(settings.DATA) / KEY_FILE, _new_key))


def _new_key() -> bytes:
    made = Vapid()
    made.generate_keys()
    pem: bytes = made.private_pem()
    return pem

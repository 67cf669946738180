"""What a hook is told, and its signature (Standard Webhooks 1.0.0)."""

import base64
import hmac
from datetime import datetime
from hashlib import sha256

import msgspec

from comity.node.audit.models import Entry
from comity.node.audit.record import parse_record


def body_of(entry: Entry) -> bytes:
    """That something happened: which act, when, on what; whoever is told asks the API for the rest."""
    record = parse_record(bytes(entry.body))
    data = {"number": record.number, "case": record.case, "subject": record.subject}
    return msgspec.json.encode({"type": record.act, "timestamp": record.at, "data": data})


def headers_for(body: bytes, *, secret: str, message: str, at: datetime) -> dict[str, str]:
    """Headers of a message: its id stays the same when it is sent again."""
    seconds = int(at.timestamp())
    key = base64.b64decode(secret.removeprefix("whsec_"))
    mark = hmac.new(key, f"{message}.{seconds}.".encode() + body, sha256).digest()
    return {
        "content-type": "application/json",
        "user-agent": "Comity",
        "webhook-id": message,
        "webhook-timestamp": str(seconds),
        "webhook-signature": f"v1,{base64.b64encode(mark).decode()}",
    }

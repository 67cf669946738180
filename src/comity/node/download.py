"""Files that a person saves: the browser shows none of them, and lets none of them act."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

SANDBOX = "sandbox; default-src 'none'"
"""The policy of whatever came from elsewhere (Content Security Policy Level 3)."""


def to_save(data: bytes | str, *, name: str, media_type: str) -> HttpResponse:
    """An answer that is saved under `name` (RFC 6266)."""
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment",
        "Content-Security-Policy": SANDBOX,
    }
    return HttpResponse(data, content_type=media_type, headers=headers)

"""The HTTP API: all that the screens do, by the same actions under the same rights.

Described by OpenAPI 3.1 at ``/api/v1/openapi.json``. A person signs in with a token of his or her own
(``Authorization: Bearer …``, RFC 6750), whose scopes are rights; errors are problem details (RFC 9457); a change that
carries an ``Idempotency-Key`` happens once; lists come in pages by cursor.
"""

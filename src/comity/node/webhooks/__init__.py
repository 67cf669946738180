"""Webhooks: other systems of the agency are told that something happened, without content, signed.

The audit trail is the outbox: what was entered is told, once for each hook at least, in order of being due. Messages
follow Standard Webhooks (https://www.standardwebhooks.com): ``webhook-id``, ``webhook-timestamp`` and an HMAC-SHA256
``webhook-signature`` over both and the body.
"""

"""What each header field holds by its name: addresses in a role, a client's address, ids, signatures, machine data."""

import re

from comity.leads.mail.content import SightingRole
from comity.leads.model import ObservableKind

ADDRESS_ROLES = {
    "from": SightingRole.FROM,
    "resent-from": SightingRole.SENDER,
    "sender": SightingRole.SENDER,
    "resent-sender": SightingRole.SENDER,
    "x-sender": SightingRole.SENDER,
    "x-sid-pra": SightingRole.SENDER,
    "x-original-from": SightingRole.SENDER,
    "x-google-original-from": SightingRole.SENDER,
    "x-envelope-from": SightingRole.RETURN_PATH,
    "x-envelope-sender": SightingRole.RETURN_PATH,
    "x-mailfrom": SightingRole.RETURN_PATH,
    "return-path": SightingRole.RETURN_PATH,
    "reply-to": SightingRole.REPLY_TO,
    "mail-reply-to": SightingRole.REPLY_TO,
    "mail-followup-to": SightingRole.REPLY_TO,
    "resent-reply-to": SightingRole.REPLY_TO,
    "x-reply-to": SightingRole.REPLY_TO,
    "errors-to": SightingRole.NOTIFY,
    "x-errors-to": SightingRole.NOTIFY,
    "x-complaints-to": SightingRole.NOTIFY,
    "x-bounce": SightingRole.NOTIFY,
    "disposition-notification-to": SightingRole.NOTIFY,
    "return-receipt-to": SightingRole.NOTIFY,
    "x-confirm-reading-to": SightingRole.NOTIFY,
    "x-auth-user": SightingRole.ACCOUNT,
    "x-authuser": SightingRole.ACCOUNT,
    "x-originating-email": SightingRole.ACCOUNT,
    "x-authenticated-user": SightingRole.ACCOUNT,
    "x-authenticated-sender": SightingRole.ACCOUNT,
    "x-sender-id": SightingRole.ACCOUNT,
    "x-get-message-sender-via": SightingRole.ACCOUNT,
    "x-beenthere": SightingRole.LIST,
    "x-mailing-list": SightingRole.LIST,
    **dict.fromkeys(
        "to cc bcc resent-to resent-cc resent-bcc delivered-to envelope-to x-original-to x-envelope-to x-rcpt-to "
        "apparently-to x-delivered-to x-forwarded-to x-forwarded-for x-apparently-to".split(),
        SightingRole.RECIPIENT,
    ),
}
CLIENT_HEADERS = frozenset(
    "x-originating-ip x-original-ip x-orig-ip x-client-ip x-clientip x-remote-ip x-sender-ip x-senderip "
    "x-source-ip x-ip x-en-origip x-yahoo-post-ip x-authenticated-ip x-http-remoteip x-originating-client-ip "
    "x-php-script x-user-ip x-ms-exchange-organization-originalclientipaddress x-real-ip x-spam-source-ip "
    "x-source-ip-address".split()
)
ID_FIELDS = frozenset(
    {"message-id", "resent-message-id", "references", "in-reply-to", "x-message-id", "content-id", "reference"}
)
SIGNATURES = frozenset(
    {"dkim-signature", "domainkey-signature", "arc-seal", "arc-message-signature", "x-google-dkim-signature"}
)
_OPAQUE = re.compile(
    r"received|x-received|message-id|resent-message-id|references?|in-reply-to|authentication-results|received-spf|arc-.*|dkim-.*"
    r"|domainkey-.*|x-google-.*|x-gm-.*|x-ms-.*|x-microsoft-.*|x-exchange-.*|x-forefront-.*|x-message-(?:info|delivery)"
    r"|x-incoming.*|x-eop.*|x-sg-.*|x-spam.*|x-proofpoint-.*|x-ironport-.*|x-ymail.*|x-yandex-.*|x-sfmc-.*|x-cm-.*"
    r"|x-authority-analysis|x-ctch-.*|x-cloudmark-.*|x-msfbl|x-ses-outgoing|x-feedback-id|feedback-id|thread-.*|date"
    r"|resent-date|mime-version|content-(?!description|disposition|type).*|x-uidl?|x-vade.*|x-mailgun-.*|x-mc-.*|x-rp-.*"
    r"|x-brightmail-.*|x-virus-.*|x-sid-.*|x-forwarded-encrypted|x-tm-.*|x-cse-.*|x-barracuda-.*|x-amavis-.*|lines"
    r"|x-mandrill.*|x-entity-.*|x-campaign.*|x-priority|importance|status|x-status|delivery-date|x-mozilla-.*|x-hm.*"
    r"|x-message-flag|x400-.*|x-scanned-by|x-mailer|user-agent|x-mimeole|auto-submitted|precedence|x-rspamd.*|x-aol-.*|x-qq-.*"
)
"""Technical fields: full of numbers and ids that look like other things."""
_ALL_KINDS = tuple(ObservableKind)
_ADDRESSES = (ObservableKind.IPV4, ObservableKind.IPV6)
_NAMES = (*_ADDRESSES, ObservableKind.DOMAIN, ObservableKind.EMAIL)
DOMAIN_ROLES = {"x-originatororg": SightingRole.TENANT, "list-id": SightingRole.LIST}
"""Fields that are one domain."""


def covered_kinds(key: str) -> tuple[ObservableKind, ...]:
    """The kinds that a field's form names completely, so that reading it as a text must not add such observables."""
    if _OPAQUE.fullmatch(key):
        return _ALL_KINDS
    if key.startswith("list-"):
        return (*_NAMES, ObservableKind.URL)
    if key in ADDRESS_ROLES:
        return _NAMES
    return () if key in {"subject", "comments", "keywords"} else _ADDRESSES

"""What one mail holds, as values: its reading, every text in it, what its structure names, attachments, findings."""

from enum import StrEnum

from comity.leads.model import Finding, MailReading, ObservableKind, Record


class TextKind(StrEnum):
    """Where in the mail a text stood."""

    HEADER = "header"
    PLAIN = "plain"
    HTML_TEXT = "html-text"
    LINK_TARGET = "link-target"
    LINK_TEXT = "link-text"
    ATTRIBUTE = "attribute"
    """A thing that the page loads or sends to: image, form action, style sheet, refresh."""
    OTHER = "other"
    """Comment, script, preamble, delivery report, calendar, what could not be decoded."""


class MailText(Record, frozen=True, kw_only=True):
    """A decoded text of the mail that a person or an extractor should see."""

    kind: TextKind
    text: str
    where: str
    """``header Received [3]``, ``text/html part 2, link target``."""
    offset: int
    """Byte in the mail where the header, or the part that the text came out of, begins; -1: inside an encoded
    container."""
    covered: tuple[ObservableKind, ...] = ()
    """Kinds that the sightings name completely for this text: an extractor must not add such observables, because here
    version numbers, ids and names look like them."""


class SightingRole(StrEnum):
    """What the structure says a thing is."""

    ORIGIN = "origin"
    """The address or name of the first host outside the receiving side that one of its servers saw."""
    RECEIVER = "receiver"
    """A server of the receiving side."""
    CLAIMED_HOP = "claimed-hop"
    """Named by a Received line below the trust boundary."""
    CLAIMED_CLIENT = "claimed-client"
    """Named by X-Originating-IP and its like: the sender's own address as its provider told it."""
    FROM = "from"
    SENDER = "sender"
    REPLY_TO = "reply-to"
    RETURN_PATH = "return-path"
    RECIPIENT = "recipient"
    ACCOUNT = "account"
    """The account that a server says was signed in when the mail was handed over."""
    NOTIFY = "notify"
    """Where receipts, errors or complaints go."""
    LIST = "list"
    DISPLAY_NAME = "display-name"
    SIGNER = "signer"
    """A domain of a DKIM or ARC signature."""
    TENANT = "tenant"
    """The domain of the sending organisation as a hosting provider noted it."""
    AUTHENTICATION = "authentication"
    MESSAGE_ID = "message-id"
    LINK = "link"
    REDIRECT = "redirect"
    """A target wrapped in another link's query."""
    RESOURCE = "resource"
    FORM = "form"
    HEADER = "header"
    """Another header that holds an address."""


class Sighting(Record, frozen=True, kw_only=True):
    """An observable that structure, not text, gives for certain."""

    kind: ObservableKind
    value: str
    """Normalised as `Observable.value`: domains as lower-case A-labels, addresses compressed; of an e-mail address the
    local part stays as written."""
    role: SightingRole
    where: str
    offset: int
    text: str
    """As written, at most 200 characters."""
    forgeable: bool
    """True: the sender could have written it. False: a server of the receiving side did, or vouches for it."""
    tags: tuple[str, ...] = ()
    """``look-alike``, ``internal`` (private or otherwise not reachable), ``unlisted-suffix`` (a name under no public
    suffix)."""


class MailAttachment(Record, frozen=True, kw_only=True):
    """A part that is evidence of its own."""

    name: str
    media_type: str
    data: bytes
    """As decoded."""
    where: str
    """``part 2 (invoice.pdf)``."""
    offset: int
    is_mail: bool
    """True: a message within this one. Its headers and texts are *not* in this `MailContent`: read it with `read_mail`,
    one ``depth`` further."""


class MailContent(Record, frozen=True, kw_only=True):
    """All that reading one mail gives."""

    reading: MailReading
    texts: tuple[MailText, ...]
    sightings: tuple[Sighting, ...]
    attachments: tuple[MailAttachment, ...]
    findings: tuple[Finding, ...]

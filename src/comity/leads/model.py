"""What the evidence says, as values: artifacts, observables with their places, ties to states, findings.

All of it is written to JSON as it stands, so every record is a `msgspec.Struct`.
"""

from enum import StrEnum

import msgspec

from comity.law import Confidence


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False):
    """Base of the records of this package."""


class ArtifactKind(StrEnum):
    MAIL = "mail"
    MAILBOX = "mailbox"
    TEXT = "text"
    HTML = "html"
    TABLE = "table"
    LOG = "log"
    """Of a server or a firewall: one event a line or row."""
    CHAT = "chat"
    """A messenger's export."""
    PDF = "pdf"
    STIX = "stix"
    ARCHIVE = "archive"
    OTHER = "other"


class Artifact(Record, frozen=True, kw_only=True):
    """One piece of evidence as it arrived; never changed."""

    id: str
    """``a1``, ``a2`` … in the order read; the handle that places and findings use."""
    path: str
    """As given; for what lies inside another artifact ``outer.zip!inner/mail.eml`` or ``mail.eml!part 2 (name)``."""
    kind: ArtifactKind
    media_type: str
    size_bytes: int
    sha256: str
    """Lower-case hexadecimal, over the bytes as they arrived (for a mail part: as decoded)."""
    parent: str = ""
    """Id of the artifact that it came out of."""
    duplicate_of: str = ""
    """Id of the artifact of the same bytes (SHA-256) that was read before: the content was not read again."""


class ObservableKind(StrEnum):
    """Kinds of observables; STIX's names where STIX 2.1 has one (section 6)."""

    IPV4 = "ipv4-addr"
    IPV6 = "ipv6-addr"
    DOMAIN = "domain-name"
    URL = "url"
    EMAIL = "email-addr"
    ASN = "autonomous-system"
    FILE_HASH = "file-hash"
    USER_ACCOUNT = "user-account"
    """Social and messenger handles; the value is ``platform:handle``."""
    PHONE = "phone-number"
    """E.164, such as ``+919876543210``."""
    IBAN = "iban"
    BIC = "bic"
    CARD = "payment-card"
    BANK_ACCOUNT = "bank-account"
    """A national account number that is not an IBAN."""
    UPI = "upi-address"
    IFSC = "ifsc"
    CRYPTO = "crypto-address"
    """The value is ``chain:address``, such as ``bitcoin:bc1q…``."""
    IMEI = "imei"
    TRANSACTION = "transaction-reference"
    """A bank's or chain's own reference of one payment (UTR, RRN, transaction hash)."""


class Place(Record, frozen=True, kw_only=True):
    """Where an observable was found."""

    artifact: str
    """Id of the artifact."""
    where: str
    """In words that lead a person there: ``header Received [3]``, ``text/html part 2, link target``, ``row 14,
    column Beneficiary IBAN``, ``page 2``, ``line 31``."""
    offset: int
    """Byte offset in the artifact where the layer has one, else character offset in the decoded part; -1: none."""
    text: str
    """As written there (defanged, masked and so on), at most 200 characters; card numbers masked."""
    at: str = ""
    """When it happened, as its log row, message, call or payment says: RFC 3339; without offset where the source names
    no zone, a date where it names no time; empty: not told."""
    by: str = ""
    """Who did or wrote it there: a log's client, a chat's speaker, as an observable's value where it is one."""
    act: str = ""
    """What was done, in few words: ``POST /wp-login.php 302``, ``message``, ``debit 48730.50 EUR``; empty: not told."""
    agent: str = ""
    """The user agent that the client named to the log's server; it may be invented."""


class Role(StrEnum):
    """What the thing tied does in the case."""

    ORIGIN = "origin"
    INFRASTRUCTURE = "infrastructure"
    MAIL_PROVIDER = "mail_provider"
    REGISTRAR = "registrar"
    REGISTRY = "registry"
    FINANCIAL_INSTITUTION = "financial_institution"
    PAYMENT_SERVICE = "payment_service"
    EXCHANGE = "exchange"
    TELECOM = "telecom"
    PLATFORM = "platform"
    ANONYMISER = "anonymiser"
    VICTIM = "victim"
    UNKNOWN = "unknown"


class ReasonKind(StrEnum):
    """What a reason is for: only an observation is told to another state, the rest is for the investigators."""

    OBSERVATION = "observation"
    """What the evidence or a register shows."""
    METHOD = "method"
    """How an observation was come by: for whoever examines it."""
    CAVEAT = "caveat"
    """What limits an observation, or has to be asked or done first."""


class Reason(Record, frozen=True, kw_only=True):
    """One link in the chain of reasoning behind a tie."""

    text: str
    kind: ReasonKind = ReasonKind.OBSERVATION
    source: str = ""
    """Data set or standard, with its date: ``providers.csv google_us, 2026-11-24``, ``ISO 13616``."""
    said: str = ""
    """Of an observation: which sentence it is, so that a letter can say it in another language (``iban_state``)."""
    about: dict[str, str] = msgspec.field(default_factory=dict)
    """What that sentence is about: codes of states, names, values."""


class Nexus(Record, frozen=True, kw_only=True):
    """The tie of an observable to a state and a provider, in a role."""

    state: str
    """ISO 3166 code; empty: no state can be told (the reasons say why)."""
    provider: str = ""
    """Id in ``providers.csv``; empty where the holder is not listed there."""
    provider_name: str = ""
    """The holder's name as far as known: the provider, the bank, the network."""
    role: Role
    confidence: Confidence
    reasons: tuple[Reason, ...]


class Observable(Record, frozen=True, kw_only=True):
    """One thing seen in the evidence."""

    kind: ObservableKind
    value: str
    """Normalised: domains in lower-case A-label form, addresses compressed, IBAN without spaces. Card numbers are
    masked (``411111******1111``)."""
    shown: str = ""
    """A form for people where it differs: the U-label of a domain, a grouped IBAN."""
    places: tuple[Place, ...]
    nexus: tuple[Nexus, ...] = ()
    tags: tuple[str, ...] = ()
    """Short machine words: ``private``, ``documentation``, ``sender-forgeable``, ``look-alike``, ``tor-exit`` …"""


class Severity(StrEnum):
    INFO = "info"
    NOTICE = "notice"
    WARNING = "warning"


class Finding(Record, frozen=True, kw_only=True):
    """Something a person should know: a spoofed name, an unreadable part, a clock that is wrong."""

    code: str
    """Kebab-case and stable: ``reply-to-differs``, ``mail-part-unreadable``."""
    severity: Severity
    artifact: str
    where: str
    message: str
    """What, where, and what it means for the case."""


class Hop(Record, frozen=True, kw_only=True):
    """One Received header, read."""

    index: int
    """1 is the top-most (last) header."""
    from_name: str
    from_address: str
    by_name: str
    protocol: str
    at: str
    """RFC 3339 with offset; empty where there is none."""
    delay_seconds: int | None
    """Since the hop below it; negative: a clock is wrong or a line is forged; None: unknown."""
    trusted: bool
    """True: written by a server on the receiving side of the trust boundary; False: the sender could have forged it."""


class Authentication(Record, frozen=True, kw_only=True):
    """A verdict as the receiving side recorded it (RFC 8601); Comity does not ask the DNS."""

    method: str
    """``spf``, ``dkim``, ``dmarc``, ``arc``."""
    result: str
    domain: str
    recorded_by: str
    trusted: bool


class MailReading(Record, frozen=True, kw_only=True):
    """One mail as a forensic examiner reads it."""

    artifact: str
    subject: str
    message_id: str
    sent_at: str
    """RFC 3339 with offset; empty where there is none."""
    from_address: str
    from_name: str
    reply_to: tuple[str, ...]
    return_path: str
    to: tuple[str, ...]
    hops: tuple[Hop, ...]
    authentication: tuple[Authentication, ...]
    origin_address: str
    """The first address that a trusted server saw: the true origin as far as it can be known; empty: none."""
    origin_reasons: tuple[Reason, ...]


class Transfer(Record, frozen=True, kw_only=True):
    """One payment found in a table."""

    artifact: str
    where: str
    at: str
    """RFC 3339, a date, or empty."""
    amount: str
    """Decimal, as text."""
    currency: str
    """ISO 4217; empty: not told."""
    source: str
    """Account, address or name that pays, normalised as observables are; empty: not told."""
    target: str
    reference: str
    credited: str = ""
    """Decimal: what was sent on to the target, where a payment message tells it in another currency than the payer's
    statement; empty: as `amount`."""
    credited_currency: str = ""
    statement: bool = False
    """Whether its table shows what one account paid and received; False: a list of payments, or not told."""
    holder: str = ""
    """The account that the table is a statement of, where its rows tell it."""
    about: str = ""
    """What the row says in words of the other side and of the purpose, at most 200 characters."""

    @property
    def arrived(self) -> tuple[str, str]:
        """Amount and currency as they stand on the target's side."""
        return (self.credited, self.credited_currency) if self.credited else (self.amount, self.currency)


class Leads(Record, frozen=True, kw_only=True):
    """All that was found: the answer of `find_leads`."""

    artifacts: tuple[Artifact, ...]
    observables: tuple[Observable, ...]
    findings: tuple[Finding, ...]
    mails: tuple[MailReading, ...] = ()
    transfers: tuple[Transfer, ...] = ()

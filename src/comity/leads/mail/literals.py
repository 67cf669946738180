"""IP addresses in header text, told apart from version numbers, dates, message ids and times.

Mail headers are full of dotted numbers: ``id 14.3.123.3`` is a version of Exchange, ``8.12.11.20060308`` one of
sendmail, ``1896.144.137.3.98.1007630466`` a message id. A number counts as an address where its borders and the word
before it allow that.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from comity.leads.extract.addresses import network_tag
from comity.leads.extract.versions import VERSION_WORDS, is_version
from comity.leads.mail.hosts import Host, read_address

_V4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?!\.?\w)")
_V6 = re.compile(
    r"(?<![\w:.])(?:IPv6:)?[0-9A-Fa-f]{0,4}:(?:[0-9A-Fa-f]{0,4}:){1,7}[0-9A-Fa-f.]{0,15}(?![\w:])", re.IGNORECASE
)
_SLASH_AND_VERSION = re.compile(r"/\d{1,3}\.")
_WORD_BEFORE = re.compile(r"([A-Za-z][\w.+()-]{0,60})[\s=:/-]{0,3}$")
_VERSION_WORDS = VERSION_WORDS | frozenset(
    "engine smtpsvc smtprs exim postfix sendmail qmail ecelerity powermta domino foxmail smtp esmtp server pro mdaemon "
    "imail mailserver clamav spamassassin amavisd defang mimedefang outlook exchange express thunderbird mozilla "
    "chrome safari firefox opera webkit netscape eudora bat pegasus mapi php phpmailer groupwise zimbra communigate "
    "xmail merak icewarp kerio hmailserver mailenable incredimail antivirus kaspersky symantec mcafee avg avast norton "
    "eset sophos trend definitions dat database db edition mailer agent microsoft livemail windows".split()
)
"""In headers the name of a program is followed by its version, and ``server`` by that of *Microsoft SMTP Server*."""
_SOFTWARE_HEADERS = re.compile(
    r"(?:.*(?:version|mailer|agent|mimeole|newsreader|software|library|antivirus|virus-scanned|anti-?virus).*)",
    re.IGNORECASE,
)
_ID_HEADERS = re.compile(
    r"(?:message-id|references|in-reply-to|content-id|thread-.*|.*-message-id|x-uidl?|x-ms-tnef-correlator|x-msfbl"
    r"|.*correlation-id|x-.*-trace|x-.*message-info|x-microsoft-antispam.*|x-exchange-antispam-messagedata.*"
    r"|x-gm-message-state|.*dkim-signature|arc-message-signature|arc-seal|content-type|content-disposition|boundary"
    r"|mime-version|date|subject|.*expirationinterval.*|.*latency)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal:
    """An address found in text."""

    host: Host
    start: int
    end: int
    bracketed: bool
    tags: tuple[str, ...] = ()
    """``network-24`` where the prefix length of a network follows."""


def find_addresses(text: str, *, header: str = "") -> tuple[Literal, ...]:
    """The addresses in a header's value; `header` is its lower-case name, which decides how much proof is asked for."""
    if _ID_HEADERS.fullmatch(header):
        return ()
    strict = bool(_SOFTWARE_HEADERS.fullmatch(header))
    found = [literal for literal in _candidates(text) if _accept(text, literal, strict)]
    return tuple(sorted(found, key=lambda literal: literal.start))


def _candidates(text: str) -> Iterator[Literal]:
    for pattern in (_V4, _V6):
        if pattern is _V6 and text.count(":") < 2:
            continue
        for match in pattern.finditer(text):
            host = read_address(match[0])
            if host is not None:
                before = text[match.start() - 1 : match.start()]
                tags = network_tag(text, match.end(), longest=32 if pattern is _V4 else 128)
                yield Literal(host=host, start=match.start(), end=match.end(), bracketed=before == "[", tags=tags)


def _accept(text: str, literal: Literal, strict: bool) -> bool:
    if literal.bracketed:
        return True
    if ":" in text[literal.start : literal.end]:
        return _accept_v6(text, literal)
    before = text[max(0, literal.start - 70) : literal.start]
    after = text[literal.end : literal.end + 6]
    if _glued(before, after):
        return False
    word = _WORD_BEFORE.search(before)
    if strict:
        return bool(word and word[1].lower() in {"on", "from", "by", "at", "host", "ip", "for"}) or before[-2:] == "//"
    is_word = word is not None and _is_version_word(word[1])
    return not is_word and not is_version(text, literal.start, literal.end)


def _glued(before: str, after: str) -> bool:
    """Whether the number is a piece of something longer."""
    last = before[-1:]
    if last == "/" and before[-2:] != "//":
        return True  # sendmail's 8.12.3/8.12.3
    if last == "-" and before[-2:-1].isalpha():
        return True  # fetchmail-5.9.11.1
    if _SLASH_AND_VERSION.match(after):
        return True  # the first of the two
    return after[:1] == "-" and after[1:2].isalpha()  # 1.2.3.4-static.example


def _is_version_word(word: str) -> bool:
    lowered = word.lower().rstrip("(").rstrip("-")
    return lowered in _VERSION_WORDS or lowered.rpartition("(")[2] in _VERSION_WORDS


def _accept_v6(text: str, literal: Literal) -> bool:
    written = text[literal.start : literal.end]
    if written[:5].lower() == "ipv6:":
        return True
    before = text[literal.start - 1 : literal.start] if literal.start else ""
    # At least three groups with a hexadecimal look, so that times and name::spaces do not pass.
    groups = [group for group in written.split(":") if group]
    return len(groups) >= 3 or (before in {"(", "=", "["} and len(groups) >= 1)

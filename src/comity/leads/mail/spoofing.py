"""Findings on who the mail pretends to be: display names, addresses that differ, domains made to look like others."""

import re
from dataclasses import dataclass

from comity.leads.mail.addresses import Mailbox, read_addresses
from comity.leads.mail.authentication import Verdicts
from comity.leads.mail.content import Sighting, SightingRole
from comity.leads.mail.headers import HeaderBlock
from comity.leads.mail.hosts import is_listed, read_name, registrable, same_owner, shown_name
from comity.leads.mail.lookalike import brand_in_words, find_likeness, is_brands_own, is_mixed_script
from comity.leads.mail.notes import Notes
from comity.leads.mail.words import decode_words
from comity.leads.model import ObservableKind, Severity

_ADDRESS = re.compile(r"[^\s<>\"'(),;:\[\]@]{1,64}@([^\s<>\"'(),;:\[\]@]{1,250}\.[^\s<>\"'(),;:\[\]@.]{2,63})")
_DOMAIN = re.compile(r"(?<![\w@.-])((?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24})(?![\w@.-])")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad\u180e]")
_JUDGED = frozenset(
    {
        SightingRole.FROM,
        SightingRole.SENDER,
        SightingRole.REPLY_TO,
        SightingRole.RETURN_PATH,
        SightingRole.LINK,
        SightingRole.FORM,
        SightingRole.REDIRECT,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Senders:
    """The addresses that a mail names as its senders."""

    authors: tuple[Mailbox, ...]
    """From."""
    senders: tuple[Mailbox, ...]
    reply_to: tuple[Mailbox, ...]
    return_path: tuple[Mailbox, ...]
    """The top-most Return-Path, which the delivering server wrote; empty for bounces."""


def read_senders(block: HeaderBlock) -> Senders:
    """The sender fields of a header block."""
    return Senders(
        authors=_boxes(block, "from"),
        senders=_boxes(block, "sender"),
        reply_to=_boxes(block, "reply-to"),
        return_path=read_addresses(block.value("return-path")),
    )


def _boxes(block: HeaderBlock, key: str) -> tuple[Mailbox, ...]:
    return tuple(box for field in block.all(key) for box in read_addresses(field.value))


def judge_senders(senders: Senders, block: HeaderBlock, notes: Notes, verdicts: Verdicts) -> None:
    """Note what does not fit together in the sender fields."""
    author = next((box for box in senders.authors if "@" in box.address), None)
    if not senders.authors:
        notes.finding(
            "from-missing", Severity.WARNING, "header", "the mail names no author (From), which RFC 5322 requires"
        )
    elif author is None:
        notes.finding("from-malformed", Severity.WARNING, "header From", "From holds no address that can be read")
    for box in senders.authors[:20]:
        _judge_display_name(box, notes)
    if len(senders.authors) > 1:
        shown = ", ".join(box.address or box.name for box in senders.authors[:5])
        severity = Severity.NOTICE if block.first("sender") else Severity.WARNING
        notes.finding(
            "from-several",
            severity,
            "header From",
            f"the mail names several authors: {shown}; programs show different ones",
        )
    if author is None:
        return
    if author.in_words:
        notes.finding(
            "from-hidden-in-words",
            Severity.WARNING,
            "header From",
            "the address of From stands inside an encoded word, where few programs find it",
        )
    _judge_differences(author, senders, notes)
    _judge_verdicts(author, verdicts, notes)


def _judge_display_name(box: Mailbox, notes: Notes) -> None:
    name = _INVISIBLE.sub("", box.name)
    own = read_name(box.domain)
    if _BIDI.search(box.name):
        notes.finding(
            "bidi-control",
            Severity.WARNING,
            "header From",
            f"the display name {box.name!r} holds characters that turn the direction of writing",
        )
    if name != box.name:
        notes.finding(
            "invisible-characters",
            Severity.NOTICE,
            "header From",
            f"the display name {name!r} holds invisible characters, which slip past filters",
        )
    mixed = [word for word in name.split() if is_mixed_script(word)]
    if mixed:
        message = f"the display name mixes letters of different scripts in one word: {', '.join(mixed[:5])}"
        notes.finding("mixed-script-name", Severity.WARNING, "header From", message)
    shown = _named_domain(name)
    if shown and shown != own and not (own and same_owner(shown, own)):
        message = f"the display name shows {shown_name(shown)}, but the address is {box.address or 'missing'}"
        notes.finding("display-name-address", Severity.WARNING, "header From", message)
        return
    if (
        "@" in name
        and box.address
        and name.strip("<> \"'").lower() != box.address.lower()
        and _ADDRESS.fullmatch(name.strip("<> \"'"))
    ):
        message = f"the display name is the address {name}, but the mail is from {box.address}"
        notes.finding("display-name-address", Severity.WARNING, "header From", message)
    brand = brand_in_words(name)
    if brand is not None and own and not is_brands_own(brand, registrable(own) or own):
        message = f"the display name {name!r} names {brand.domains[0]}, but the address is of {shown_name(own)}"
        notes.finding("display-name-brand", Severity.NOTICE, "header From", message)


def _named_domain(name: str) -> str:
    """The domain of an address or site that a display name shows; empty: none."""
    address = _ADDRESS.search(name)
    if address:
        return read_name(address[1])
    for match in _DOMAIN.finditer(name[:500]):
        found = read_name(match[1])
        if is_listed(found) and registrable(found) and len(registrable(found).split(".", 1)[0]) > 2:
            return found
    return ""


def _judge_differences(author: Mailbox, senders: Senders, notes: Notes) -> None:
    own = read_name(author.domain)
    fields = (
        ("reply-to-differs", "Reply-To", senders.reply_to, Severity.WARNING, "answers go to"),
        (
            "return-path-differs",
            "Return-Path",
            senders.return_path,
            Severity.NOTICE,
            "the envelope and its bounces name",
        ),
        ("sender-differs", "Sender", senders.senders, Severity.NOTICE, "the sending system names"),
    )
    for code, field, boxes, severity, what in fields:
        for box in boxes[:10]:
            other = read_name(box.domain)
            if other and own and not same_owner(other, own):
                message = f"From is {author.address}, but {what} {box.address} ({field})"
                notes.finding(code, severity, f"header {field}", message)
            elif code == "reply-to-differs" and other and box.address.lower() != author.address.lower():
                message = (
                    f"From is {author.address}, and answers go to another address of the same domain, {box.address}"
                )
                notes.finding("reply-to-other-address", Severity.INFO, "header Reply-To", message)


def _judge_verdicts(author: Mailbox, verdicts: Verdicts, notes: Notes) -> None:
    own = read_name(author.domain)
    for verdict in verdicts.verdicts:
        if not verdict.trusted or verdict.method == "arc":
            continue
        if verdict.result in {"fail", "softfail", "permerror", "reject"}:
            of = f" for {verdict.domain}" if verdict.domain else ""
            message = f"the receiving side recorded {verdict.method.upper()} as {verdict.result}{of}"
            severity = (
                Severity.WARNING if verdict.method == "dmarc" and same_owner(verdict.domain, own) else Severity.NOTICE
            )
            notes.finding(f"{verdict.method}-{verdict.result}", severity, "header Authentication-Results", message)


def judge_domains(notes: Notes, protected: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Note which sender and link domains look like others; gives the tags of each such host."""
    tags: dict[str, tuple[str, ...]] = {}
    for sighting in notes.sightings():
        if sighting.kind is not ObservableKind.DOMAIN or sighting.role not in _JUDGED or sighting.value in tags:
            continue
        tags[sighting.value] = _judge_domain(sighting, notes, protected)
    return {value: found for value, found in tags.items() if found}


def _judge_domain(sighting: Sighting, notes: Notes, protected: tuple[str, ...]) -> tuple[str, ...]:
    name = sighting.value
    shown = shown_name(name)
    found: list[str] = []
    likeness = find_likeness(name, protected)
    if likeness is not None:
        severity = Severity.WARNING if likeness.code == "look-alike-domain" else Severity.NOTICE
        message = f"{shown} looks like {likeness.known}: {likeness.how}"
        notes.finding(likeness.code, severity, sighting.where, message)
        found.append("look-alike")
    if any(is_mixed_script(label) for label in shown.split(".")):
        notes.finding(
            "mixed-script-domain",
            Severity.WARNING,
            sighting.where,
            f"the domain {shown} ({name}) mixes letters of different scripts",
        )
        found.append("look-alike")
    elif shown != name:
        notes.finding(
            "internationalised-domain", Severity.INFO, sighting.where, f"the domain {name} is shown as {shown}"
        )
    return tuple(dict.fromkeys(found))


def judge_subject(block: HeaderBlock, notes: Notes) -> None:
    """Note characters in the subject that turn or hide text."""
    subject = decode_words(block.value("subject"))
    if _BIDI.search(subject):
        notes.finding(
            "bidi-control",
            Severity.NOTICE,
            "header Subject",
            "the subject holds characters that turn the direction of writing",
        )
    mixed = [word for word in subject.split() if is_mixed_script(word)]
    if mixed:
        message = f"the subject mixes letters of different scripts in one word: {', '.join(mixed[:5])}"
        notes.finding("mixed-script-subject", Severity.NOTICE, "header Subject", message)
    if len(_INVISIBLE.findall(subject)) > 1:
        notes.finding(
            "invisible-characters",
            Severity.NOTICE,
            "header Subject",
            "the subject holds invisible characters, which slip past filters",
        )

"""Reads one mail: headers, way, verdicts, parts, links and what does not fit."""

import re

import msgspec

from comity.leads.limits import DEFAULT_LIMITS, Limits
from comity.leads.mail.addresses import read_addresses
from comity.leads.mail.authentication import Verdicts, read_authentication
from comity.leads.mail.body import note_leaf, note_page
from comity.leads.mail.charsets import decode_text
from comity.leads.mail.content import MailContent, TextKind
from comity.leads.mail.headers import HeaderBlock, read_headers
from comity.leads.mail.hosts import is_listed, read_name, same_owner
from comity.leads.mail.notes import Notes
from comity.leads.mail.operators import organisation_of
from comity.leads.mail.origin import explain_origin
from comity.leads.mail.pages import read_page
from comity.leads.mail.parts import Tree, read_parts
from comity.leads.mail.received import ReceivedLine, read_received
from comity.leads.mail.spoofing import Senders, judge_domains, judge_senders, judge_subject, read_senders
from comity.leads.mail.structure import HeaderNotes
from comity.leads.mail.timing import delays, judge_times, sent_at
from comity.leads.mail.trust import Boundary, find_boundary
from comity.leads.mail.words import decode_words
from comity.leads.model import Hop, MailReading, Severity

_ONCE = frozenset("from sender reply-to to cc bcc subject date message-id in-reply-to references content-type".split())
_HOPS = 500
_MARKUP = re.compile(r"<(?:a|img|meta|div|table|td|p|font|center|link|form|area)\b[^<]{0,400}[\s\"'/]", re.IGNORECASE)
_MESSAGE_ID_HOST = re.compile(r"@([^<>@\s]{1,255})>?\s*$")


def read_mail(
    raw: bytes,
    *,
    artifact: str,
    limits: Limits = DEFAULT_LIMITS,
    depth: int = 0,
    receiving_side: tuple[str, ...] = (),
    protected: tuple[str, ...] = (),
) -> MailContent:
    """All that one mail holds, whatever state it is in; it is never changed, and nothing in it is fetched or looked up.

    `artifact` is the id that findings carry. `depth` is 0 for a mail that arrived by itself and one more for a mail
    found in the attachments of another. `receiving_side`: host names, domains, addresses or networks that the
    investigator knows to be the recipient's, to move the trust boundary. `protected`: domains whose look-alikes are
    to be noticed, beside the well-known ones.
    """
    notes = Notes(artifact=artifact, limits=limits)
    block = read_headers(raw, at_most=limits.header_count)
    lines = tuple(read_received(field) for field in block.all("received")[:_HOPS])
    boundary = find_boundary(lines, known=receiving_side)
    verdicts = read_authentication(block, lines, boundary)
    senders = read_senders(block)
    _note_headers(raw, block, notes)
    HeaderNotes(notes, boundary, verdicts).note(block, lines)
    _note_parts(raw, block, notes, depth)
    judge_senders(senders, block, notes, verdicts)
    judge_subject(block, notes)
    judge_times(block, lines, boundary, notes)
    _judge_message_id(block, senders, boundary, notes)
    tags = judge_domains(notes, protected)
    reading = _reading(artifact, block, lines, boundary, verdicts, senders)
    return MailContent(
        reading=reading,
        texts=tuple(notes.texts),
        sightings=tuple(
            msgspec.structs.replace(one, tags=(*one.tags, *tags[one.value])) if one.value in tags else one
            for one in notes.sightings()
        ),
        attachments=tuple(notes.attachments),
        findings=notes.findings(),
    )


def _reading(
    artifact: str,
    block: HeaderBlock,
    lines: tuple[ReceivedLine, ...],
    boundary: Boundary,
    verdicts: Verdicts,
    senders: Senders,
) -> MailReading:
    author = next((box for box in senders.authors if box.address), None) or next(iter(senders.authors), None)
    sent = sent_at(block)
    return MailReading(
        artifact=artifact,
        subject=" ".join(decode_words(block.value("subject")).split()),
        message_id=decode_words(block.value("message-id"))[:1000],
        sent_at=sent.rfc3339 if sent else "",
        from_address=author.address if author else "",
        from_name=author.name if author else "",
        reply_to=tuple(box.address for box in senders.reply_to if box.address),
        return_path=next((box.address for box in senders.return_path if box.address), ""),
        to=_recipients(block),
        hops=_hops(lines, boundary),
        authentication=verdicts.verdicts,
        origin_address=boundary.origin,
        origin_reasons=explain_origin(block, lines, boundary, verdicts),
    )


def _recipients(block: HeaderBlock) -> tuple[str, ...]:
    return tuple(box.address for field in block.all("to") for box in read_addresses(field.value) if box.address)


def _hops(lines: tuple[ReceivedLine, ...], boundary: Boundary) -> tuple[Hop, ...]:
    return tuple(
        Hop(
            index=index + 1,
            from_name=line.from_name,
            from_address=line.from_address.value if line.from_address else "",
            by_name=line.by_name,
            protocol=line.protocol,
            at=line.at.rfc3339 if line.at else "",
            delay_seconds=delay,
            trusted=index < boundary.trusted,
        )
        for index, (line, delay) in enumerate(zip(lines, delays(lines), strict=True))
    )


def _note_headers(raw: bytes, block: HeaderBlock, notes: Notes) -> None:
    if not block.fields:
        notes.finding(
            "mail-no-headers", Severity.WARNING, "header", "no header can be read; the whole was read as a body"
        )
    if block.overflow:
        message = (
            f"{block.overflow} headers beyond header_count = {notes.limits.header_count} were kept as one "
            "text; raise the limit to read them"
        )
        notes.finding("mail-too-many-headers", Severity.WARNING, "header", message)
        rest = raw[block.overflow_offset : block.body_start]
        notes.text(TextKind.OTHER, decode_text(rest, "utf-8").text, "headers beyond the limit", block.overflow_offset)
    if block.fields and not block.closed and block.body_start < len(raw):
        notes.finding(
            "mail-headers-unclosed",
            Severity.NOTICE,
            "header",
            "no empty line ends the headers; the body begins at the first line that is no header",
        )
    if block.has_nul:
        notes.finding(
            "header-nul",
            Severity.NOTICE,
            "header",
            "headers hold NUL characters, which some programs stop at; they were left out",
        )
    for junk in block.junk[:20]:
        notes.finding(
            "header-no-field", Severity.NOTICE, "header", f"a line among the headers is no header: {junk.text[:80]!r}"
        )
    _note_repeats(block, notes)
    _note_lines(block, notes)
    _note_swallowed(block, notes)
    if block.first("message-id") is None and block.fields:
        notes.finding("message-id-missing", Severity.INFO, "header", "the mail has no Message-ID")


def _note_repeats(block: HeaderBlock, notes: Notes) -> None:
    for key in sorted(_ONCE):
        fields = block.all(key)
        if len(fields) > 1:
            differ = "with different values" if len({field.value for field in fields}) > 1 else "with the same value"
            severity = Severity.WARNING if key == "from" and differ.endswith("values") else Severity.NOTICE
            message = f"{fields[0].name} stands {len(fields)} times {differ}; programs show different ones"
            notes.finding("header-repeated", severity, fields[0].where, message)


def _note_lines(block: HeaderBlock, notes: Notes) -> None:
    eight_bit = [field for field in block.fields if field.eight_bit]
    if eight_bit:
        names = ", ".join(dict.fromkeys(field.name for field in eight_bit[:8]))
        notes.finding(
            "header-eight-bit",
            Severity.INFO,
            "header",
            f"headers hold bytes beyond ASCII without saying their charset: {names}",
        )
    for field in block.fields:
        if len(field.value) > 100_000:
            notes.finding(
                "header-very-long", Severity.NOTICE, field.where, f"the header has {len(field.value):,} characters"
            )
    count = len(block.all("received"))
    if count > _HOPS:
        notes.finding(
            "mail-too-many-hops",
            Severity.WARNING,
            "header Received",
            f"{count} Received lines; the first {_HOPS} were read as hops",
        )


def _note_swallowed(block: HeaderBlock, notes: Notes) -> None:
    """A broken header can take in the beginning of the body; programs that repair it show that body."""
    for field in block.fields:
        if len(field.value) > 60 and "<" in field.value and _MARKUP.search(field.value):
            page = read_page(field.value)
            if page.links:
                message = (
                    f"{field.where} holds the beginning of a page: the headers are broken, and the links in it "
                    "were read"
                )
                notes.finding("header-holds-page", Severity.NOTICE, field.where, message)
                note_page(page, notes, where=field.where, offset=field.offset)


def _note_parts(raw: bytes, block: HeaderBlock, notes: Notes, depth: int) -> None:
    tree: Tree = read_parts(raw, block, limits=notes.limits)
    for defect in tree.defects:
        notes.finding(defect.code, Severity.NOTICE, defect.where, f"{defect.where}: {defect.message}")
    for leaf in tree.leaves:
        note_leaf(leaf, notes, depth=depth)


def _judge_message_id(block: HeaderBlock, senders: Senders, boundary: Boundary, notes: Notes) -> None:
    match = _MESSAGE_ID_HOST.search(block.value("message-id")[-400:])
    author = next((box for box in senders.authors if "@" in box.address), None)
    if match is None or author is None:
        return
    host, own = read_name(match[1]), read_name(author.domain)
    if organisation_of(host) and organisation_of(host) in boundary.organisations:
        message = f"the Message-ID was made at {host}, on the receiving side: the mail came without one"
        notes.finding("message-id-added", Severity.INFO, "header Message-ID", message)
        return
    known = {own, *(read_name(box.domain) for box in (*senders.return_path, *senders.senders))}
    if is_listed(host) and own and not any(same_owner(host, name) for name in known if name):
        message = (
            f"the Message-ID was made at {host}, and From is of {own}: a mailing service, a forwarder, or "
            "another system than From says"
        )
        notes.finding("message-id-differs", Severity.INFO, "header Message-ID", message)

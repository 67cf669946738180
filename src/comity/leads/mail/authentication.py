"""SPF, DKIM, DMARC and ARC verdicts as recorded in the mail: Authentication-Results (RFC 8601), Received-SPF (RFC 7208
9.1), ARC (RFC 8617). Comity asks no DNS; a verdict counts as trusted only where the receiving side wrote it.

Who wrote a header follows from where it stands: servers write on top, so what lies above the lowest trusted Received
line is theirs. Some write Authentication-Results directly under their Received line: there, the name that the header
gives must be of the receiving side, whose servers remove forged ones in their own name (RFC 8601 5). Nobody has to
remove forged Received-SPF or ARC headers, so under the line those prove nothing; only Google is known to write
Received-SPF there.
"""

import re
from dataclasses import dataclass

from comity.leads.mail.headers import Field, HeaderBlock
from comity.leads.mail.hosts import read_name
from comity.leads.mail.operators import organisation_of
from comity.leads.mail.received import ReceivedLine
from comity.leads.mail.trust import Boundary
from comity.leads.model import Authentication

_COMMENT = re.compile(r"\([^()]{0,1000}\)")
_RESULT = re.compile(
    r"^\s*(spf|dkim|dmarc|arc|dkim-adsp|domainkeys|sender-id|iprev|auth|compauth)\s*=\s*([A-Za-z]{2,20})", re.IGNORECASE
)
_PROPERTY = re.compile(
    r"\b(header\.(?:d|i|from)|smtp\.(?:mailfrom|mail|helo)|arc\.chain|policy\.[a-z-]+)\s*=\s*\"?([^\s;\"()]{1,320})",
    re.IGNORECASE,
)
_SPF_WORD = re.compile(r"^\s*([A-Za-z]{4,10})\b")
_SPF_PAIR = re.compile(r"\b(receiver|client-ip|envelope-from|helo|identity)=\"?<?([^\s;\">]{1,320})", re.IGNORECASE)
_SPF_DOMAIN = re.compile(r"domain of (?:transitioning )?(?:[^\s@]{1,256}@)?([^\s:;()]{1,255})", re.IGNORECASE)
_SPF_RECORDER = re.compile(r"\(([A-Za-z0-9.-]{1,255}):\s")
_TAG = re.compile(r"(?:^|;)\s*([a-z]{1,3})\s*=\s*([^;]{0,4000})", re.IGNORECASE)
_SPF_RESULTS = frozenset("pass fail softfail neutral none temperror permerror error unknown".split())
_METHODS = {"dkim": "dkim", "domainkeys": "domainkeys", "spf": "spf", "dmarc": "dmarc", "arc": "arc"}
_TRACE = frozenset(
    ["authentication-results", "received-spf", "arc-authentication-results", "arc-seal", "arc-message-signature"]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """The verdicts of a mail and the domains that they vouch for."""

    verdicts: tuple[Authentication, ...]
    vouched: frozenset[str]
    """Domains that a trusted DMARC or DKIM pass names: their owner's systems, or a thief of its keys, sent the mail."""
    spf_address: str
    """The client address that a trusted Received-SPF names; empty: none."""


def read_authentication(block: HeaderBlock, lines: tuple[ReceivedLine, ...], boundary: Boundary) -> Verdicts:
    """Every recorded verdict, in the order of the headers."""
    recorder = _Recorder(block, lines, boundary)
    verdicts: list[Authentication] = []
    spf_address = ""
    for field in block.fields:
        if field.key in {
            "authentication-results",
            "arc-authentication-results",
            "x-ms-exchange-authentication-results",
        }:
            verdicts += _results(field, recorder)
        elif field.key == "received-spf":
            verdict, client = _received_spf(field, recorder)
            verdicts += verdict
            if client and verdict and verdict[0].trusted:
                spf_address = spf_address or client
        elif field.key == "arc-seal":
            verdicts += _seal(field, recorder)
    vouched = frozenset(
        verdict.domain
        for verdict in verdicts
        if verdict.trusted and verdict.result == "pass" and verdict.method in {"dkim", "dmarc"} and verdict.domain
    )
    return Verdicts(verdicts=tuple(verdicts), vouched=vouched, spf_address=spf_address)


def signature_tags(value: str) -> dict[str, str]:
    """The tags of a DKIM or ARC signature (RFC 6376 3.2)."""
    return {match[1].lower(): "".join(match[2].split()) for match in _TAG.finditer(value[:20_000])}


class _Recorder:
    """Tells who wrote a header, and whether that is the receiving side."""

    def __init__(self, block: HeaderBlock, lines: tuple[ReceivedLine, ...], boundary: Boundary) -> None:
        self._lines = lines
        self._boundary = boundary
        last = lines[boundary.trusted - 1] if boundary.trusted else None
        self._last_position = last.field.position if last else -1
        self._trace_end = self._end_of_trace(block)

    def _end_of_trace(self, block: HeaderBlock) -> int:
        """The first field under the boundary line that is no result: what follows came with the mail."""
        position = self._last_position + 1
        while position < len(block.fields) and block.fields[position].key in _TRACE | {"x-received", "return-path"}:
            position += 1
        return position

    def trusts(self, field: Field, name: str) -> bool:
        """Whether the receiving side wrote this header."""
        if not self._boundary.trusted:
            return False
        if field.position < self._last_position:
            return True
        organisation = organisation_of(read_name(name)) or read_name(name)
        own = organisation in self._boundary.organisations or organisation in self._boundary.names
        written_there = field.key == "authentication-results" or (
            field.key == "received-spf" and organisation == "operator:google"
        )
        return own and written_there and field.position < self._trace_end

    def name(self, field: Field, stated: str) -> str:
        """The recording host: as stated, else the server whose Received line is next below."""
        if stated:
            return stated
        for line in self._lines:
            if line.field.position > field.position:
                return read_name(line.by_name)
        return ""


def _results(field: Field, recorder: _Recorder) -> list[Authentication]:
    text = field.value[:20_000]
    for _ in range(3):  # comments within comments
        text = _COMMENT.sub(" ", text)
    pieces = text.split(";")
    if field.key.startswith("arc-") and re.match(r"\s*i\s*=\s*\d+\s*$", pieces[0]):
        pieces = pieces[1:]
    stated = ""
    if pieces and not _RESULT.match(pieces[0]):
        words = pieces[0].split()
        stated = words[0].lower() if words and "=" not in words[0] else ""
        pieces = pieces[1:]
    by = recorder.name(field, read_name(stated) or stated[:255])
    trusted = recorder.trusts(field, by)
    found = []
    for piece in pieces:
        match = _RESULT.match(piece)
        method = _METHODS.get(match[1].lower(), "") if match else ""
        if match and method:
            found.append(
                Authentication(
                    method=method,
                    result=match[2].lower(),
                    domain=_domain(method, piece),
                    recorded_by=by,
                    trusted=trusted,
                )
            )
    return found


def _domain(method: str, piece: str) -> str:
    properties: dict[str, str] = {}
    for match in _PROPERTY.finditer(piece):
        properties.setdefault(match[1].lower(), match[2])
    order = {
        "dkim": ("header.d", "header.i", "header.from"),
        "domainkeys": ("header.d", "header.from"),
        "dmarc": ("header.from", "header.d"),
        "spf": ("smtp.mailfrom", "smtp.mail", "smtp.helo"),
    }.get(method, ("arc.chain",))
    for name in order:
        value = properties.get(name, "").rpartition("@")[2].rpartition(":")[2].strip("<>,")
        if value and value.lower() != "none":
            return read_name(value)
    return ""


def _received_spf(field: Field, recorder: _Recorder) -> tuple[list[Authentication], str]:
    word = _SPF_WORD.match(field.value)
    result = word[1].lower() if word else ""
    if result not in _SPF_RESULTS:
        return [], ""
    text = field.value[:4_000]
    pairs = {match[1].lower(): match[2] for match in _SPF_PAIR.finditer(text)}
    stated = pairs.get("receiver", "")
    comment = _SPF_RECORDER.search(text)
    if not read_name(stated) and comment:
        stated = comment[1]
    by = recorder.name(field, read_name(stated))
    domain = _SPF_DOMAIN.search(text)
    named = pairs.get("envelope-from", "").rpartition("@")[2] or (domain[1] if domain else "") or pairs.get("helo", "")
    verdict = Authentication(
        method="spf", result=result, domain=read_name(named), recorded_by=by, trusted=recorder.trusts(field, by)
    )
    return [verdict], pairs.get("client-ip", "")


def _seal(field: Field, recorder: _Recorder) -> list[Authentication]:
    tags = signature_tags(field.value)
    result = tags.get("cv", "").lower()
    domain = read_name(tags.get("d", ""))
    if not result or not domain:
        return []
    return [
        Authentication(
            method="arc", result=result, domain=domain, recorded_by=domain, trusted=recorder.trusts(field, domain)
        )
    ]

"""One Received header, read: who says it took the mail from whom, when and how (RFC 5321 4.4 and what servers write).

Known forms: Postfix and sendmail ``from HELO (rdns [address])``, Exim ``from rdns ([address] helo=HELO)``, Microsoft
``from HELO (address) by NAME (address)``, qmail ``from rdns (HELO x) (address)``, Gmail ``by address with SMTP``,
fetchmail, CommuniGate, PowerMTA, Yahoo, Zimbra, mailing services.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from comity.leads.mail.dates import Instant, read_instant
from comity.leads.mail.headers import Field
from comity.leads.mail.hosts import Host, read_address, read_name
from comity.leads.mail.literals import find_addresses

_TOKEN = re.compile(r'\(|\)|\[[^\]\s]{0,100}\]|<[^<>]{0,500}>|"[^"]{0,300}"|[^\s()"<\[]+|\S')
_CLAUSES = frozenset("from by via with id for".split())
_LONGEST = 8_000
_HELO = re.compile(r"\b(?:HELO|EHLO|LHLO)[ =]\s{0,2}([^\s()]{1,255})|\bhelo=([^\s()]{1,255})", re.IGNORECASE)
_ACCOUNT = re.compile(
    r"(?:Authenticated[ _-](?:sender|user|id)|\baccount\b|\buser=|\bauth(?:enticated)?_?(?:sender|user)?[=:])"
    r"[:=]?\s{0,2}"
    r"<?([^\s<>()]{1,254}@[^\s<>(),;]{1,254})",
    re.IGNORECASE,
)
_NAME_IN_COMMENT = re.compile(r"^\s*(?:\S{1,64}@)?([A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,253}))\.?(?=\s|$|\[|:)")
_TRAILING_DATE = re.compile(
    r"((?:\b[A-Z][a-z]{2},? )?\s?\d{1,2} [A-Z][a-z]{2} \d{2,4} \d\d?:\d\d|\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d)"
)
_RETRIEVAL = re.compile(r"\b(?:POP3?S?|IMAP4?S?|fetchmail|getmail|mpop)\b", re.IGNORECASE)
_UNVERIFIED = re.compile(r"\bmay be forged\b|\bunverified\b|\bverification failed\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedLine:
    """What one Received header says."""

    field: Field
    from_name: str = ""
    """The first name after ``from``, as written."""
    helo: str = ""
    """What the client called itself, where the form tells it apart."""
    reverse_name: str = ""
    """The name that the server found for the address."""
    reverse_verified: bool = False
    """The form of the line says that the name was looked up and held."""
    from_address: Host | None = None
    """The address that the connection came from."""
    other_addresses: tuple[Host, ...] = ()
    """Further addresses of the from clause: an address given as HELO."""
    by_name: str = ""
    by_address: Host | None = None
    protocol: str = ""
    account: str = ""
    """The account that was signed in, an e-mail address."""
    recipient: str = ""
    at: Instant | None = None
    has_from: bool = False
    has_by: bool = False
    retrieval: bool = False
    """Fetched from a mailbox, not delivered."""
    text: str = ""


def read_received(field: Field) -> ReceivedLine:
    """Read a Received header; what cannot be read stays empty."""
    text = " ".join(field.value[:_LONGEST].split())
    trace, date = _split_date(text)
    clauses = _clauses(trace)
    line = ReceivedLine(
        field=field,
        text=text,
        at=read_instant(date),
        has_from="from" in clauses,
        has_by="by" in clauses,
        protocol=_plain(clauses.get("with"))[:80],
        recipient=_plain(clauses.get("for")).strip("<>;, "),
        account=_account(trace),
    )
    line = _with_from(line, clauses.get("from"))
    line = _with_by(line, clauses.get("by"))
    return replace(line, retrieval=bool(_RETRIEVAL.search(_whole(clauses.get("with")))) and line.has_from)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A token of a clause, or a whole comment without its outer brackets."""

    text: str
    comment: bool


def _split_date(text: str) -> tuple[str, str]:
    trace, mark, date = text.rpartition(";")
    if mark and read_instant(date) is not None:
        return trace, date
    dates = list(_TRAILING_DATE.finditer(text))
    found = dates[-1] if dates else None
    if found is not None and found.start() > len(text) // 3:
        return text[: found.start()].rstrip("; "), text[found.start() :]
    return (trace, date) if mark else (text, "")


def _clauses(trace: str) -> dict[str, list[_Piece]]:
    clauses: dict[str, list[_Piece]] = {}
    current: list[_Piece] = clauses.setdefault("", [])
    for piece in _pieces(trace):
        word = piece.text.lower()
        if not piece.comment and word in _CLAUSES and word not in clauses:
            current = clauses.setdefault(word, [])
        else:
            current.append(piece)
    return clauses


def _pieces(trace: str) -> Iterator[_Piece]:
    depth = start = 0
    for match in _TOKEN.finditer(trace):
        token = match[0]
        if token == "(":
            if depth == 0:
                start = match.end()
            depth += 1
        elif token == ")":
            depth = max(0, depth - 1)
            if depth == 0 and start:
                yield _Piece(trace[start : match.start()], True)
                start = 0
        elif depth == 0:
            yield _Piece(token.rstrip(",") or token, False)
    if depth and start:
        yield _Piece(trace[start:], True)


def _plain(pieces: list[_Piece] | None) -> str:
    return " ".join(piece.text for piece in pieces or () if not piece.comment)


def _whole(pieces: list[_Piece] | None) -> str:
    return " ".join(piece.text for piece in pieces or ())


def _account(trace: str) -> str:
    match = _ACCOUNT.search(trace)
    return match[1].rstrip(".") if match else ""


def _with_from(line: ReceivedLine, pieces: list[_Piece] | None) -> ReceivedLine:
    if not pieces:
        return line
    plain = [piece.text for piece in pieces if not piece.comment]
    comments = [piece.text for piece in pieces if piece.comment]
    first = plain[0].strip("<>\"'") if plain else ""
    outside = [host for host in (read_address(text) for text in plain) if host is not None]
    inside = [host for comment in comments for host in _peers(comment)]
    helo = _helo(comments)
    reverse = _reverse_name(comments)
    peer = inside[0] if inside else (outside[0] if outside else None)
    others = tuple(dict.fromkeys(host for host in (*inside[1:], *outside, read_address(helo)) if host and host != peer))
    exim_like = any("helo=" in comment.lower() for comment in comments) or "exim" in line.text.lower()
    qmail_like = any(re.match(r"(?:HELO|EHLO) ", comment) for comment in comments)
    first_is_name = "." in first and bool(read_name(first)) and read_address(first) is None
    if not reverse and first_is_name and (exim_like or qmail_like) and inside:
        reverse = first
    elif not helo:
        helo = first
    return replace(
        line,
        from_name=first,
        helo=helo,
        reverse_name=reverse,
        reverse_verified=bool(reverse) and not qmail_like and not _UNVERIFIED.search(" ".join(comments)),
        from_address=peer,
        other_addresses=others,
    )


def _helo(comments: list[str]) -> str:
    for comment in comments:
        match = _HELO.search(comment)
        if match:
            return (match[1] or match[2]).strip("?[],;")
    return ""


def _reverse_name(comments: list[str]) -> str:
    for comment in comments:
        if _HELO.match(comment) or not find_addresses(comment):
            continue
        match = _NAME_IN_COMMENT.match(comment)
        if match and read_address(match[1]) is None and "." in match[1] and read_name(match[1]):
            return match[1]
    return ""


def _peers(comment: str) -> list[Host]:
    """Addresses of a comment that can be the peer: not those that the client itself gave as its HELO."""
    rest = _HELO.sub(" ", comment)
    literals = find_addresses(rest)
    if not literals and (alone := read_address(rest.strip(" ?"))) is not None:
        return [alone]
    bracketed = [literal.host for literal in literals if literal.bracketed]
    return bracketed + [literal.host for literal in literals if literal.host not in bracketed]


def _with_by(line: ReceivedLine, pieces: list[_Piece] | None) -> ReceivedLine:
    if not pieces:
        return line
    first = pieces[0]
    name = "" if first.comment else first.text.strip("<>\"';,")
    own = read_address(name)
    addresses = [own] if own else []
    for piece in pieces:
        host = read_address(piece.text) if piece.comment or piece.text.startswith("[") else None
        if host is None and piece.comment:
            host = next((literal.host for literal in find_addresses(piece.text) if literal.bracketed), None)
        if host is not None:
            addresses.append(host)
    return replace(line, by_name=name, by_address=addresses[0] if addresses else None)

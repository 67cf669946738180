"""Address lists of RFC 5322 3.4, RFC 6532 and all the wrong forms that real mail holds.

Lists are cut into mailboxes *before* encoded words are decoded, so that a comma inside a name splits nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from comity.leads.mail.words import decode_words, has_words

_TOKEN = re.compile(
    r'"(?:[^"\\]|\\.)*"'  # quoted string
    r"|<[^<>]*>?"  # angle address, perhaps not closed
    r"|[(),;:]"
    r'|[^\s"<(),;:]+'
    r"|\s+"
    r"|.",
    re.DOTALL,
)
_UNQUOTED = re.compile(r"<[^<>]*>?|[(),;:]|[^\s<(),;:]+|\s+", re.DOTALL)
"""The same where a quote is open: no later one can close it, so quotes are letters from there on."""
_ROUTE = re.compile(r"@[^:<>]{1,500}:(?=[^:]*@)")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_EDGES = " \t<>,;'\""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """One entry of an address list."""

    name: str
    """Display name, decoded, without quotes; empty: none."""
    address: str
    """As written, without brackets; empty where the entry holds none."""
    in_words: bool = False
    """The address stood inside an encoded word, where no mail program looks for it."""

    @property
    def domain(self) -> str:
        """What follows the last ``@``; empty: none."""
        return self.address.rpartition("@")[2] if "@" in self.address else ""


def read_addresses(text: str, *, at_most: int = 1_000_000) -> tuple[Mailbox, ...]:
    """The mailboxes of an address header, in order; groups are flattened, an empty group gives nothing."""
    mailboxes: list[Mailbox] = []
    for entry in _entries(text):
        mailbox = _mailbox(entry)
        if mailbox is not None:
            mailboxes.append(mailbox)
            if len(mailboxes) >= at_most:
                break
    if not any("@" in mailbox.address for mailbox in mailboxes) and has_words(text):
        hidden = _entries_in_words(text)
        if hidden:
            return hidden
    return tuple(mailboxes)


def _entries_in_words(text: str) -> tuple[Mailbox, ...]:
    decoded = [_mailbox(entry) for entry in _entries(decode_words(text).replace("=?", "= ?"))]
    return tuple(
        Mailbox(name=box.name, address=box.address, in_words=True) for box in decoded if box and "@" in box.address
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    chunks: tuple[tuple[str, ...], ...]
    """Tokens outside comments and brackets, in runs without white space."""
    angle: str | None
    comments: tuple[str, ...]


class _Collector:
    """Gathers the tokens of one entry."""

    def __init__(self) -> None:
        self._reset()

    def _reset(self) -> None:
        self.chunks: list[tuple[str, ...]] = []
        self.chunk: list[str] = []
        self.angle: str | None = None
        self.comments: list[str] = []
        self.has_at = False

    def add(self, token: str) -> None:
        """Add a token outside comments and brackets."""
        if token.isspace():
            self.close_chunk()
            return
        self.chunk.append(token)
        self.has_at = self.has_at or ("@" in token and not token.startswith('"'))

    def close_chunk(self) -> None:
        """White space or a bracket: a run ends."""
        if self.chunk:
            self.chunks.append(tuple(self.chunk))
            self.chunk = []

    def forget_words(self) -> None:
        """What was read is the name of a group."""
        self.chunks, self.chunk = [], []

    def take(self) -> _Entry | None:
        """The entry gathered, if there is one; gathering begins anew."""
        self.close_chunk()
        entry = _Entry(tuple(self.chunks), self.angle, tuple(self.comments))
        self._reset()
        return entry if entry.chunks or entry.angle is not None else None


def _tokens(text: str) -> Iterator[str]:
    pattern, position = _TOKEN, 0
    while position < len(text):
        match = pattern.match(text, position)
        assert match is not None  # one alternative takes any character
        token = match[0]
        if token == '"' and pattern is _TOKEN:
            pattern = _UNQUOTED
            continue
        position = match.end()
        yield token


def _entries(text: str) -> Iterator[_Entry]:
    gather = _Collector()
    depth = 0
    comment: list[str] = []
    for token in _tokens(text):
        if depth or token == "(":
            depth += {"(": 1, ")": -1}.get(token, 0)
            if depth:
                comment.append(token)
            else:
                gather.comments.append("".join(comment[1:]))
                comment = []
            continue
        entry = _step(gather, token)
        if entry is not None:
            yield entry
    for token in comment[1:]:  # a comment never closed: what it holds is text after all
        gather.add(token)
    entry = gather.take()
    if entry is not None:
        yield entry


def _step(gather: _Collector, token: str) -> _Entry | None:
    """Add a token; gives an entry where the token ends one."""
    if token in {",", ";"}:
        return gather.take()
    if token == ":" and not gather.has_at and gather.angle is None:
        gather.forget_words()  # the name of a group, or "mailto"
        return None
    if token.startswith("<"):
        done = gather.take() if gather.angle else None
        gather.close_chunk()
        gather.angle = token.strip("<>").strip()
        return done
    if token != ">":
        gather.add(token)
    return None


def _mailbox(entry: _Entry) -> Mailbox | None:
    comment = decode_words(" ".join(entry.comments)).strip()
    words = ["".join(chunk) for chunk in entry.chunks]
    if entry.angle:
        return Mailbox(name=_name(" ".join(words)) or comment, address=_clean(entry.angle))
    at = _last_address(entry.chunks)
    if at is not None:
        first, last = at
        address = _clean("".join(words[first : last + 1]).strip(" \t<>,;'"))
        around = " ".join([*words[:first], *words[last + 1 :]])
        return Mailbox(name=_name(around) or comment, address=address)
    bare = _name(" ".join(words))
    if "@" in bare and " " not in bare:  # an address in quotes and nothing else
        return Mailbox(name=comment, address=bare)
    if not bare and not comment:
        return None
    return Mailbox(name=bare or comment, address="")


def _last_address(chunks: tuple[tuple[str, ...], ...]) -> tuple[int, int] | None:
    """First and last chunk of the last address written without brackets (``name a@b``, ``a @ b``)."""
    for index in range(len(chunks) - 1, -1, -1):
        chunk = chunks[index]
        if not any("@" in token for token in chunk if not token.startswith('"')):
            continue
        first = index - 1 if chunk[0].startswith("@") and index else index
        last = index + 1 if chunk[-1].endswith("@") and index + 1 < len(chunks) else index
        return first, last
    return None


def _clean(text: str) -> str:
    text = _ROUTE.sub("", text.strip(" \t<>,;")).strip()
    if text[:7].lower() == "mailto:":
        text = text[7:].partition("?")[0]
    if "@" not in text:
        return text
    local, _, domain = text.rpartition("@")
    local, domain = local.strip(), "".join(domain.split()).strip(_EDGES)
    domain = domain if "[" in domain else domain.rstrip("]")
    if not local.startswith('"'):
        local = local.split()[-1].lstrip(_EDGES) if local.split() else ""
    return f"{local}@{domain}"


def _name(words: str) -> str:
    text = words.strip()
    if text.startswith('"') and text.endswith('"') and len(text) > 1:
        text = _ESCAPED.sub(r"\1", text[1:-1])
    else:
        text = text.replace('"', "")
    return " ".join(decode_words(text).split()).removeprefix('"').removesuffix('"').strip()

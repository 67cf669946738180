"""The parts of a mail (RFC 2045, 2046), cut without recursion and without losing a byte between them.

Every stretch of the body becomes a leaf: declared parts, and what stands before, between or after them. Broken
structure is read as mail programs guess at it, and each guess is a defect that becomes a finding.
"""

import re
from dataclasses import dataclass, field

from comity.leads.limits import Limits
from comity.leads.mail.headers import HeaderBlock, read_headers
from comity.leads.mail.parameters import Valued, read_disposition, read_media_type
from comity.leads.mail.transfer import decode_transfer

_GUESS = re.compile(rb"(?:\A|[\r\n])--([^\r\n]{1,100}?)[ \t]*(?:\r{0,3}\n|\r)[Cc]ontent-[A-Za-z-]{1,40}[ \t]*:")
_TAIL = re.compile(rb"(--)?[ \t]*(?=\r|\n|\Z)")
_LINE_END = re.compile(rb"\r{0,3}\n|\r")
_ENCODED_CONTAINER = frozenset({"base64", "quoted-printable"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Defect:
    """Something about the structure that a person should know."""

    code: str
    where: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A part that holds content and no parts."""

    label: str
    """``body``, ``part 2.1``, ``text before part 1``."""
    media_type: str
    """Lower-case; ``text/plain`` where none can be read."""
    content_type: Valued
    disposition: Valued
    encoding: str
    description: str
    raw: bytes
    """The body as it stands, still encoded."""
    offset: int
    """Byte in the mail where it begins; -1: inside an encoded container."""
    is_filler: bool = False
    """Text around the parts, which a mail program does not show."""

    @property
    def name(self) -> str:
        """The file name; empty: none."""
        return self.disposition.get("filename") or self.content_type.get("name")


@dataclass(slots=True)
class Tree:
    """All leaves of a mail, in order, with the defects found on the way."""

    leaves: list[Leaf] = field(default_factory=list)
    defects: list[Defect] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Node:
    data: bytes
    start: int
    end: int
    block: HeaderBlock
    label: str
    depth: int
    default_type: str
    base: int
    """What to add to a position in `data` to get the byte in the mail; -1: none."""


@dataclass(frozen=True, slots=True)
class _Delimiter:
    start: int
    """Where its line begins, the line end before it included."""
    end: int
    closing: bool


def read_parts(raw: bytes, block: HeaderBlock, *, limits: Limits) -> Tree:
    """The leaves of the message whose headers are `block`."""
    return _Walker(limits).walk(_Node(raw, block.body_start, len(raw), block, "", 0, "text/plain", 0))


class _Walker:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._tree = Tree()
        self._count = 0
        self._stopped = False

    def walk(self, root: _Node) -> Tree:
        pending = [root]
        while pending:
            node = pending.pop()
            pending.extend(reversed(self._open(node)))
        return self._tree

    def _open(self, node: _Node) -> list[_Node]:
        """Make a leaf of a node, or give the nodes within it."""
        content_type = read_media_type(node.block.value("content-type"))
        media_type = content_type.value or self._guessed_type(node)
        if not media_type.startswith("multipart/"):
            self._leaf(node, content_type, media_type)
            return []
        where = node.label or "body"
        if node.depth >= self._limits.mail_depth:
            self._defect(
                "mail-too-deep",
                where,
                f"parts lie more than {self._limits.mail_depth} deep; the rest was kept as one text",
            )
            self._leaf(node, content_type, "text/plain")
            return []
        node = self._unwrapped(node)
        delimiters = self._delimiters(node, content_type, where)
        if not delimiters:
            self._leaf(node, content_type, "text/plain")
            return []
        return self._children(node, delimiters, "message/rfc822" if media_type == "multipart/digest" else "text/plain")

    def _guessed_type(self, node: _Node) -> str:
        """The type of a part that names none."""
        if node.depth == 0 and _GUESS.search(node.data[node.start : min(node.end, node.start + 100_000)]):
            return "multipart/mixed"
        return node.default_type

    def _unwrapped(self, node: _Node) -> _Node:
        """A multipart may not be encoded (RFC 2045 6.4), and yet some are."""
        encoding = node.block.value("content-transfer-encoding").strip().lower()
        if encoding not in _ENCODED_CONTAINER or re.search(rb"(?:\A|[\r\n])--", node.data[node.start : node.end]):
            return node
        data = decode_transfer(node.data[node.start : node.end], encoding).data
        self._defect(
            "mail-container-encoded",
            node.label or "body",
            "a container of parts is itself encoded, which RFC 2045 forbids",
        )
        return _Node(data, 0, len(data), node.block, node.label, node.depth, node.default_type, -1)

    def _delimiters(self, node: _Node, content_type: Valued, where: str) -> list[_Delimiter]:
        boundary = content_type.get("boundary").rstrip()
        at_most = 2 * self._limits.mail_parts + 2
        found = _find_delimiters(node, boundary.encode("utf-8", "replace"), at_most) if boundary else []
        if found:
            if len(found) < at_most and not any(delimiter.closing for delimiter in found):
                self._defect(
                    "mail-part-unterminated", where, "the last part is not closed: the mail was cut off or is malformed"
                )
            return found
        body = node.data[node.start : min(node.end, node.start + 1_000_000)]
        guess = _GUESS.search(body)
        problem = "names no boundary" if not boundary else "names a boundary that does not occur"
        if guess is None:
            self._defect("mail-boundary-missing", where, f"the container {problem}; its body was read as one text")
            return []
        self._defect(
            "mail-boundary-missing", where, f"the container {problem}; parts were cut at a line that looks like one"
        )
        return _find_delimiters(node, guess[1], at_most)

    def _children(self, node: _Node, delimiters: list[_Delimiter], default_type: str) -> list[_Node]:
        prefix = f"{node.label}." if node.label else "part "
        self._filler(node, node.start, delimiters[0].start, f"text before {prefix}1")
        children: list[_Node] = []
        ended = False
        for index, delimiter in enumerate(delimiters):
            stop = delimiters[index + 1].start if index + 1 < len(delimiters) else node.end
            if delimiter.closing:
                ended = True
                self._filler(node, delimiter.end, stop, f"text after {prefix}{len(children)}")
                continue
            if ended:
                self._defect(
                    "mail-part-after-end",
                    f"{prefix}{len(children) + 1}",
                    "a part follows the mark that closes its container",
                )
                ended = False
            if self._count >= self._limits.mail_parts:
                self._stop(node, delimiter.end)
                break
            self._count += 1
            label = f"{prefix}{len(children) + 1}"
            children.append(self._child(node, delimiter.end, max(delimiter.end, stop), label, default_type))
        return children

    def _child(self, node: _Node, start: int, end: int, label: str, default_type: str) -> _Node:
        block = read_headers(node.data, start=start, end=end, at_most=min(1_000, self._limits.header_count), part=True)
        if block.overflow:
            self._filler(node, block.overflow_offset, block.body_start, f"further headers of {label}")
        return _Node(node.data, block.body_start, end, block, label, node.depth + 1, default_type, node.base)

    def _stop(self, node: _Node, start: int) -> None:
        if not self._stopped:
            self._stopped = True
            self._defect(
                "mail-too-many-parts",
                node.label or "body",
                f"more than {self._limits.mail_parts} parts; the rest was kept as one text",
            )
        self._filler(node, start, node.end, f"unread parts of {node.label or 'body'}")

    def _leaf(self, node: _Node, content_type: Valued, media_type: str) -> None:
        block = node.block
        self._tree.leaves.append(
            Leaf(
                label=node.label or "body",
                media_type=media_type,
                content_type=content_type,
                disposition=read_disposition(block.value("content-disposition")),
                encoding=block.value("content-transfer-encoding"),
                description=block.value("content-description"),
                raw=node.data[node.start : node.end],
                offset=node.start if node.base >= 0 else -1,
            )
        )

    def _filler(self, node: _Node, start: int, end: int, label: str) -> None:
        raw = node.data[start:end]
        if not raw.strip():
            return
        nothing = Valued(value="", parameters={})
        self._tree.leaves.append(
            Leaf(
                label=label,
                media_type="text/plain",
                content_type=nothing,
                disposition=nothing,
                encoding="",
                description="",
                raw=raw,
                offset=start if node.base >= 0 else -1,
                is_filler=True,
            )
        )

    def _defect(self, code: str, where: str, message: str) -> None:
        self._tree.defects.append(Defect(code=code, where=where, message=message))


def _find_delimiters(node: _Node, boundary: bytes, at_most: int) -> list[_Delimiter]:
    """The delimiter lines of a boundary in a node's body (RFC 2046 5.1.1)."""
    mark = b"--" + boundary
    found: list[_Delimiter] = []
    position = node.start
    while len(found) < at_most and (at := node.data.find(mark, position, node.end)) >= 0:
        position = at + len(mark)
        if at > node.start and node.data[at - 1 : at] not in {b"\n", b"\r"}:
            continue
        tail = _TAIL.match(node.data, position, node.end)
        if tail is None:
            continue
        line_end = _LINE_END.match(node.data, tail.end(), node.end)
        position = line_end.end() if line_end else tail.end()
        found.append(_Delimiter(_before_line_end(node, at), position, tail[1] is not None))
    return found


def _before_line_end(node: _Node, at: int) -> int:
    """The line end before a delimiter belongs to it."""
    if at - 2 >= node.start and node.data[at - 2 : at] == b"\r\n":
        return at - 2
    return max(node.start, at - 1)

"""HTML as a stream of tags, text and comments, in one pass whose time grows with the length and nothing else.

A tree is not needed to see links, and building one costs quadratic time on hostile nesting (HTML 13.2.6: 200,000 nested
``div`` take a kept C parser 96 seconds). The tokens follow HTML 13.2.5 as browsers do, broken markup included.
"""

import html as entities
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.entities import html5

_TAG_NAME = re.compile(r"[A-Za-z][^\s/>]{0,100}")
_ATTRIBUTE = re.compile(
    r"""[\s/]*(?:([^\s/>][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)(?:"|$)|'([^']*)(?:'|$)|([^\s>"'][^\s>]*)|(?=>)))?)""",
    re.DOTALL,
)
_ENTITY = re.compile(r"&(?:#\d{1,9}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{0,40});?")
_RAW_TEXT = frozenset({"script", "style", "textarea", "title", "xmp", "noembed", "noframes", "iframe"})
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>]|$)", re.IGNORECASE) for name in _RAW_TEXT}


@dataclass(frozen=True, slots=True, kw_only=True)
class StartTag:
    """A start tag with its attributes decoded; the first of equal names counts."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndTag:
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Character data, decoded; `inside` names the raw text element (script, style …) that it stood in."""

    text: str
    inside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment, conditional comments of Outlook included; undecoded."""

    text: str


Token = StartTag | EndTag | Text | Comment


def read_tokens(source: str) -> Iterator[Token]:
    """The tokens of a page."""
    position, length = 0, len(source)
    while position < length:
        opening = source.find("<", position)
        if opening < 0:
            yield Text(text=entities.unescape(source[position:]))
            return
        if opening > position:
            yield Text(text=entities.unescape(source[position:opening]))
        token, position = _markup(source, opening)
        if token is not None:
            yield token
        if isinstance(token, StartTag) and token.name in _RAW_TEXT:
            end = _RAW_END[token.name].search(source, position)
            stop = end.start() if end else length
            text = source[position:stop]
            decoded = entities.unescape(text) if token.name in {"textarea", "title"} else text
            yield Text(text=decoded, inside=token.name)
            position = stop


def _markup(source: str, at: int) -> tuple[Token | None, int]:
    """The token whose ``<`` is at `at`, and where the next begins."""
    following = source[at + 1 : at + 2]
    if following == "!":
        return _declaration(source, at)
    if following == "?":
        return _skip_to(source, at, ">")
    if following == "/":
        name = _TAG_NAME.match(source, at + 2)
        if name is None:
            return _skip_to(source, at, ">") if source[at + 2 : at + 3] else (Text(text="</"), at + 2)
        _, end = _skip_to(source, name.end(), ">")
        return EndTag(name=name[0].lower()), end
    name = _TAG_NAME.match(source, at + 1)
    if name is None:
        return Text(text="<"), at + 1
    attributes, end = _attributes(source, name.end())
    return StartTag(name=name[0].lower(), attributes=attributes), end


def _declaration(source: str, at: int) -> tuple[Token | None, int]:
    if source.startswith("<!--", at):
        if source.startswith((">", "->"), at + 4):
            return Comment(text=""), source.find(">", at) + 1
        end = source.find("-->", at + 4)
        if end < 0:
            # Never closed: a browser swallows the rest, an examiner reads it.
            return Comment(text=source[at + 4 :]), len(source)
        return Comment(text=source[at + 4 : end]), end + 3
    if source.startswith("<![CDATA[", at):
        end = source.find("]]>", at)
        end = len(source) if end < 0 else end
        return Text(text=source[at + 9 : end]), min(len(source), end + 3)
    return _skip_to(source, at, ">")


def _skip_to(source: str, at: int, mark: str) -> tuple[None, int]:
    end = source.find(mark, at)
    return None, (len(source) if end < 0 else end + len(mark))


def _attributes(source: str, at: int) -> tuple[dict[str, str], int]:
    found: dict[str, str] = {}
    while True:
        match = _ATTRIBUTE.match(source, at)
        if match is None or match.end() == at:
            break
        at = match.end()
        value = next((group for group in match.groups()[1:] if group is not None), "")
        found.setdefault(match[1].lower(), unescape_attribute(value))
    close = source.find(">", at)
    return found, (len(source) if close < 0 else close + 1)


def unescape_attribute(value: str) -> str:
    """Character references in an attribute: ``&region=`` in a link is no ``&reg;`` (HTML 13.2.5.73)."""
    if "&" not in value:
        return value
    return _ENTITY.sub(lambda match: _entity(match, value), value)


def _entity(match: re.Match[str], value: str) -> str:
    written = match[0]
    if written.startswith("&#") or written.endswith(";"):
        return entities.unescape(written)
    if value[match.end() : match.end() + 1] == "=" or written[1:] not in html5:
        return written
    return entities.unescape(written)

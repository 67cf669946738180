"""What an HTML page shows, where its links lead, and what it loads or sends: nothing is fetched.

Links in comments (Outlook reads conditional comments), in quoted-out markup and in base64 ``data:`` pages count too.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import unquote_to_bytes

from comity.leads.mail.charsets import decode_text
from comity.leads.mail.html import Comment, EndTag, StartTag, Text, read_tokens, unescape_attribute
from comity.leads.mail.transfer import decode_base64
from comity.leads.mail.urls import read_target

_BLOCKS = frozenset(
    "address article aside blockquote body br center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 "
    "header hr html li main nav ol option p pre section table tbody tfoot thead title tr ul".split()
)
_CELLS = frozenset({"td", "th"})
_TARGETS = frozenset({"href", "xlink:href", "ping", "data-saferedirecturl", "data-href", "data-url", "data-link"})
_FORMS = frozenset({"action", "formaction"})
_LOADED = frozenset(
    "src background poster data longdesc cite lowsrc dynsrc icon manifest usemap codebase classid profile "
    "originalsrc".split()
)
_CSS_URL = re.compile(r"url\(\s{0,10}[\"']?([^\"')]{1,8000})|@import\s{1,10}[\"']([^\"']{1,2000})", re.IGNORECASE)
_REFRESH = re.compile(r"url\s{0,5}=\s{0,5}[\"']?([^\"']{1,8000})", re.IGNORECASE)
_ABSOLUTE = re.compile(r"\s*(?:https?:|ftp:|//[^\s/])[^\s,;]*\s*", re.IGNORECASE)
_WITHIN = re.compile(r"(?:https?|ftp)://[^\s\"'<>,;()\[\]{}]{3,8000}", re.IGNORECASE)
"""A web address among other things: a list, a script's object, the handler of an event."""
_RAW_LINK = re.compile(
    r"\b(?:href|src|action)\s{0,5}=\s{0,5}(?:3D)?[\"']?\s{0,5}((?:https?:|//)[^\s\"'<>]{3,8000})", re.IGNORECASE
)
_DATA_PAGE = re.compile(
    r"\s*data:\s*(text/html|application/xhtml\+xml|image/svg\+xml)((?:;[^,;]{0,100}){0,5}),", re.IGNORECASE
)
_DEPTH = 3


class Use(StrEnum):
    """What a page does with a target."""

    LINK = "link"
    FORM = "form"
    RESOURCE = "resource"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """One target in a page."""

    target: str
    """As written, character references decoded."""
    use: Use
    text: str = ""
    """What a person sees in its place; for images in links their alternative text."""
    at: str = ""
    """In words: ``link``, ``form action``, ``image source``, ``comment``."""


@dataclass(slots=True)
class Page:
    """A read page."""

    text: str = ""
    links: list[PageLink] = field(default_factory=list)
    base: str = ""
    comments: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    has_password_field: bool = False
    has_form: bool = False


def read_page(source: str, *, depth: int = 0, at_most_links: int = 200_000) -> Page:
    """Read a page; `depth` counts pages within ``data:`` links and comments."""
    return _PageReader(depth, at_most_links).read(source)


def sniff_charset(data: bytes) -> str:
    """The charset that a page claims for itself within its first kilobytes."""
    match = re.search(
        rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_.:-]{2,40})", data[:8192], re.IGNORECASE
    )
    return match[1].decode("ascii") if match else ""


class _PageReader:
    def __init__(self, depth: int, at_most_links: int) -> None:
        self._page = Page()
        self._depth = depth
        self._at_most = at_most_links
        self._shown: list[str] = []
        self._open: str | None = None
        self._link_text: list[str] = []

    def read(self, source: str) -> Page:
        for token in read_tokens(source):
            match token:
                case StartTag():
                    self._start(token)
                case EndTag():
                    self._end(token.name)
                case Text():
                    self._text(token)
                case Comment():
                    self._comment(token.text)
        self._close_link()
        self._page.text = _tidy("".join(self._shown))
        self._raw_links(source)
        return self._page

    def _raw_links(self, source: str) -> None:
        """Hosts that no tag gave: markup in text areas, broken quotes; a hidden link is still evidence."""
        seen = {read_target(link.target).host for link in self._page.links}
        for match in _RAW_LINK.finditer(source):
            target = unescape_attribute(match[1])
            host = read_target(target).host
            if host is not None and host not in seen:
                seen.add(host)
                self._add(target, Use.LINK, at="markup")

    def _start(self, tag: StartTag) -> None:
        name = tag.name
        self._show("\n" if name in _BLOCKS else "\t" if name in _CELLS else "")
        if name in {"a", "area"}:
            self._close_link()
            if tag.attributes.get("href"):
                self._open = tag.attributes["href"]
        if self._open is not None and tag.attributes.get("alt"):
            self._link_text.append(tag.attributes["alt"])
        self._head_or_form(tag)
        self._attributes(tag)
        if name == "area":
            self._close_link()

    def _head_or_form(self, tag: StartTag) -> None:
        match tag.name:
            case "base":
                self._page.base = self._page.base or tag.attributes.get("href", "")
            case "meta":
                self._meta(tag)
            case "form":
                self._page.has_form = True
            case "input" if tag.attributes.get("type", "").strip().lower() == "password":
                self._page.has_password_field = True
            case _:
                pass

    def _meta(self, tag: StartTag) -> None:
        if tag.attributes.get("http-equiv", "").strip().lower() == "refresh":
            match = _REFRESH.search(tag.attributes.get("content", ""))
            if match:
                self._add(match[1].strip(), Use.LINK, at="meta refresh")

    def _attributes(self, tag: StartTag) -> None:
        for key, value in tag.attributes.items():
            if not value or key.startswith("xmlns") or (key == "href" and tag.name in {"a", "area"}):
                continue
            if key == "style":
                self._style(value)
            elif key == "srcdoc":
                self._nested(value, at="srcdoc")
            else:
                use, targets = _targets(tag.name, key, value)
                for target in targets:
                    self._add(target, use, at=f"{tag.name} {key}")

    def _end(self, name: str) -> None:
        if name in _BLOCKS:
            self._show("\n")
        if name == "a":
            self._close_link()

    def _close_link(self) -> None:
        if self._open is not None:
            text = " ".join("".join(self._link_text).split())
            self._add(self._open, Use.LINK, at="link", text=text)
        self._open = None
        self._link_text = []

    def _text(self, token: Text) -> None:
        if token.inside == "script":
            self._page.scripts.append(token.text)
        elif token.inside == "style":
            self._page.styles.append(token.text)
            self._style(token.text)
        else:
            self._show(token.text)

    def _show(self, text: str) -> None:
        self._shown.append(text)
        if self._open is not None:
            self._link_text.append(text)

    def _style(self, css: str) -> None:
        for match in _CSS_URL.finditer(css):
            self._add((match[1] or match[2]).strip(), Use.RESOURCE, at="style")

    def _comment(self, text: str) -> None:
        if not text.strip():
            return
        if "=" in text and "<" in text and self._depth < _DEPTH:
            self._nested(text, at="comment")
        else:
            self._page.comments.append(text)

    def _nested(self, source: str, *, at: str) -> None:
        if self._depth >= _DEPTH:
            return
        inner = read_page(source, depth=self._depth + 1, at_most_links=self._at_most - len(self._page.links))
        for link in inner.links:
            self._page.links.append(PageLink(target=link.target, use=link.use, text=link.text, at=f"{at}, {link.at}"))
        self._page.comments += [inner.text, *inner.comments]
        self._page.scripts += inner.scripts

    def _add(self, target: str, use: Use, *, at: str, text: str = "") -> None:
        if not target.strip() or len(self._page.links) >= self._at_most:
            return
        page = _DATA_PAGE.match(target)
        if page:
            self._data_page(target[page.end() :], page[2], at)
            target = target[: page.end()]
        elif target[:5].lower() == "data:":
            target = target[:100]
        self._page.links.append(PageLink(target=target, use=use, text=text, at=at))

    def _data_page(self, payload: str, parameters: str, at: str) -> None:
        raw = unquote_to_bytes(payload)
        data = decode_base64(raw).data if "base64" in parameters.lower() else raw
        inner = decode_text(data, "utf-8").text
        self._nested(inner, at=f"data page in {at}")


def _targets(name: str, key: str, value: str) -> tuple[Use, list[str]]:
    """What an attribute leads to, and how."""
    if key in _FORMS:
        return Use.FORM, [value]
    if key in _TARGETS:
        return Use.RESOURCE if name in {"link", "image", "use", "base"} else Use.LINK, [value]
    if key in {"srcset", "imagesrcset"}:
        return Use.RESOURCE, [words[0] for words in map(str.split, value.split(", ")) if words]
    if key in _LOADED or _ABSOLUTE.fullmatch(value):
        return Use.RESOURCE, [value]
    within = [match[0] for match in _WITHIN.finditer(value)] if "://" in value else []
    return Use.LINK if key.startswith("on") else Use.RESOURCE, within


def _tidy(text: str) -> str:
    """Visible text with runs of white space made small."""
    text = re.sub(r"[ \t\f\v\u00a0]+", " ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r" ?\n[ \n]*", "\n", text).strip()

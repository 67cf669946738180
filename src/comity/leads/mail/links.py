"""The links of a page as sightings, texts and findings: where they lead against what they show."""

import re
from urllib.parse import urljoin

from comity.leads.extract.wrapped import unwrap
from comity.leads.mail.content import SightingRole, TextKind
from comity.leads.mail.hosts import Host, read_address, read_name, registrable, same_owner, shown_name
from comity.leads.mail.notes import Notes, Spot
from comity.leads.mail.pages import Page, PageLink, Use
from comity.leads.mail.urls import Target, mail_addresses, read_target
from comity.leads.model import ObservableKind, Severity

_ROLES = {Use.LINK: SightingRole.LINK, Use.FORM: SightingRole.FORM, Use.RESOURCE: SightingRole.RESOURCE}
_DEEDS = {
    Use.LINK: "a link leads to",
    Use.FORM: "a form sends what is entered to",
    Use.RESOURCE: "the mail loads a file from",
}
_TEXT_KINDS = {Use.LINK: TextKind.LINK_TARGET, Use.FORM: TextKind.ATTRIBUTE, Use.RESOURCE: TextKind.ATTRIBUTE}
_SHOWN_HOST = re.compile(
    r"^[\s<\[(]*(?:https?://)?(?:[^\s/@]{1,100}@)?((?:[^\s./@:<>()\[\]\"',]{1,63}\.){1,10}[^\s./@:<>()\[\]\"',\d]{2,63})\.?(?:[:/?#]\S*)?[\s>\])]*$",
    re.IGNORECASE,
)
_SCRIPT_SCHEMES = frozenset({"javascript", "vbscript"})
_FILE_SUFFIXES = frozenset("zip mov md py sh pl rs so ps cab".split())
"""Top-level domains that file names end in."""


def note_links(page: Page, notes: Notes, *, where: str, offset: int) -> None:
    """Note every target of a page, its host, and what is wrong with it."""
    texts_seen: set[tuple[str, str]] = set()
    for link in page.links:
        target = _resolved(link, page)
        place = f"{where}, {link.at}"
        if (link.target, link.at) not in texts_seen:
            texts_seen.add((link.target, link.at))
            notes.text(_TEXT_KINDS[link.use], target.url, f"{where}, {_text_place(link)}", offset)
        if link.text and (link.text, "text") not in texts_seen:
            texts_seen.add((link.text, "text"))
            notes.text(TextKind.LINK_TEXT, link.text, f"{where}, link text", offset)
        _note_target(target, link, notes, place, offset)
        if link.use is Use.LINK:
            _compare(target, link, notes, place)
    _note_forms(page, notes, where)


def _text_place(link: PageLink) -> str:
    return "link target" if link.at == "link" else link.at


def _resolved(link: PageLink, page: Page) -> Target:
    target = read_target(link.target)
    if target.scheme or target.host or not page.base or target.url.startswith("#"):
        return target
    try:
        return read_target(urljoin(page.base, link.target.strip()))
    except ValueError:
        return target


def _note_target(target: Target, link: PageLink, notes: Notes, place: str, offset: int) -> None:
    role = _ROLES[link.use]
    if target.scheme == "mailto":
        for address in mail_addresses(target.url):
            notes.address(address, role, Spot(where=place, offset=offset, text=target.url), forgeable=True)
        return
    if target.host is not None:
        _note_host(target, role, notes, place, offset)
        if link.use is Use.LINK:
            for wrapped in unwrap(target.url):
                inner = read_target(wrapped)
                if inner.host is not None and inner.host != target.host:
                    _note_host(inner, SightingRole.REDIRECT, notes, place, offset)
        _judge_host(target, link.use, notes, place)
    elif target.scheme in _SCRIPT_SCHEMES:
        notes.finding("link-runs-script", Severity.NOTICE, place, f"a link runs a script: {target.url[:120]}")
    elif target.scheme == "data" and link.use is Use.LINK:
        notes.finding(
            "link-holds-page",
            Severity.WARNING,
            place,
            "a link holds a whole page in itself (data:), so that no server sees it",
        )
    elif target.scheme in {"http", "https"} and link.use is not Use.RESOURCE:
        notes.finding(
            "link-host-unreadable", Severity.NOTICE, place, f"the host of a link cannot be read: {target.url[:120]!r}"
        )


def _note_host(target: Target, role: SightingRole, notes: Notes, place: str, offset: int) -> None:
    assert target.host is not None  # callers look first
    url = target.url if target.scheme else f"http:{target.url}"
    whole = Host(kind=ObservableKind.URL, value=url)
    tags = ("encoded-host",) if target.disguised else ()
    spot = Spot(where=place, offset=offset, text=target.written)
    for host in (whole, target.host):
        notes.sighting(host, role, spot, forgeable=True, tags=tags)


def _judge_host(target: Target, use: Use, notes: Notes, place: str) -> None:
    assert target.host is not None  # callers look first
    host = target.host.value
    if target.disguised:
        message = f"a link hides its host {host} in an unusual notation: {target.written[:120]!r}"
        notes.finding("link-host-disguised", Severity.WARNING, place, message)
    elif target.host.kind in {ObservableKind.IPV4, ObservableKind.IPV6}:
        notes.finding("link-to-address", Severity.NOTICE, place, f"{_DEEDS[use]} the bare address {host}, not a name")
    if target.userinfo and "." in target.userinfo.partition(":")[0]:
        message = f"a link shows {target.userinfo[:80]!r} before the sign @, but leads to {host}"
        notes.finding("link-shows-false-host", Severity.WARNING, place, message)


def _compare(target: Target, link: PageLink, notes: Notes, place: str) -> None:
    """A text that is itself a host or address must be the one that the link leads to."""
    shown = shown_host(link.text)
    if shown is None or target.host is None or target.host == shown:
        return
    actual = target.host
    if shown.kind is ObservableKind.DOMAIN and actual.kind is ObservableKind.DOMAIN:
        if same_owner(shown.value, actual.value):
            return
        inner = [read_target(url).host for url in unwrap(target.url)]
        if any(host is not None and same_owner(host.value, shown.value) for host in inner):
            return
    message = f"a link shows {shown_name(shown.value)} and leads to {shown_name(actual.value)}"
    notes.finding("link-text-differs", Severity.WARNING, place, message)


def shown_host(text: str) -> Host | None:
    """The host that a text as a whole shows (``www.bank.example/login``); None where it shows none."""
    if "." not in text or len(text) > 2000:
        return None
    stripped = text.strip().rstrip(".,;:!")
    bare = stripped.partition("://")[2] or stripped
    address = read_address(bare.partition("/")[0])
    if address is not None:
        return address
    match = _SHOWN_HOST.match(stripped)
    if match is None or "@" in stripped.partition("/")[0].partition("://")[0]:
        return None
    name = read_name(match[1])
    if not name or not registrable(name):
        return None
    is_file = name.rpartition(".")[2] in _FILE_SUFFIXES and bare == stripped and not name.startswith("www.")
    return None if is_file else Host(kind=ObservableKind.DOMAIN, value=name)


def _note_forms(page: Page, notes: Notes, where: str) -> None:
    if page.has_password_field:
        notes.finding("mail-asks-password", Severity.WARNING, where, "the mail holds a form that asks for a password")
    elif page.has_form:
        notes.finding("mail-holds-form", Severity.NOTICE, where, "the mail holds a form")

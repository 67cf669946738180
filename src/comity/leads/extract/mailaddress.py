"""E-mail addresses, and UPI addresses, which look alike."""

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from comity.leads.extract.hosts import Host, read_domain, read_url_host
from comity.leads.extract.sighting import Sighting
from comity.leads.model import ObservableKind

_LOCAL_BACKWARDS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}")
_KEY = re.compile(r"[A-Za-z_.]{1,24}=")
_DOMAIN_AFTER = re.compile(r"[\w-]{1,63}+(?:\.[\w-]{1,63}+)++|\[(?:IPv6:)?[0-9A-Fa-f:.]{3,45}\]")
_HANDLE_AFTER = re.compile(r"[A-Za-z][A-Za-z0-9]{1,63}(?![\w.@-]*\w)")
_UPI_BEFORE = re.compile(r"\b(?:upi|vpa|bhim|gpay|google pay|phonepe|paytm)\b[^\n]{0,40}$", re.IGNORECASE)
_UPI_LOCAL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,255}$")
_TRIM = ".'*/=?^`{|}~!#$%&-"
_ID_WORDS = tuple(
    "message-id in-reply-to reference references content-id envelope-id messageid message_id msgid cid mid".split()
)
_SMTP_ID = re.compile(r"(?:smtps?a?|lmtps?a?) id$")
_IN_CHAIN = re.compile(r"@[\w-]+\.")
"""After a domain: the sign that counts comes later (``user@pot@example.com``, which broken programs write)."""
_CHAIN_BEFORE = re.compile(r"(?:[\w.!#$%&'*+/=?^`{|}~-]{1,64}@)+$")


@lru_cache(maxsize=1)
def upi_handles() -> frozenset[str]:
    """The handles that end a UPI address: those that ties are known for, and others that only tell what it is."""
    lists = (files("comity.leads") / "data" / "upi_handles.csv", files("comity.leads") / "extract" / "upi_handles.csv")
    lines = [line for one in lists for line in one.read_text(encoding="utf-8").splitlines()[1:] if line]
    return frozenset(line.split(",")[0] for line in lines)


def find_mail_addresses(text: str) -> Iterator[Sighting]:
    """E-mail addresses with their domains, and UPI addresses; message ids are neither."""
    at = text.find("@")
    while at >= 0:
        yield from _address_at(text, at)
        at = text.find("@", at + 1)


def _address_at(text: str, at: int) -> Iterator[Sighting]:
    backwards = _LOCAL_BACKWARDS.match(text[max(0, at - 64) : at][::-1])
    if backwards is None:
        return
    written = backwards.group()[::-1]
    start, local = _local_part(written, at - backwards.end())
    if not local:
        return
    after = _DOMAIN_AFTER.match(text, at + 1)
    host = read_mail_domain(after.group()) if after else None
    if after is None or host is None:
        yield from _upi_at(text, start, local, at)
    elif written.endswith(".."):  # david...@example.com: what an archive left of an address
        yield Sighting(host.kind, host.value, at + 1, after.end(), host.shown, host.tags)
    elif not _IN_CHAIN.match(text, after.end()) and not _is_id(text, start):
        first = _CHAIN_BEFORE.search(text, max(0, start - 128), start) if text[start - 1 : start] == "@" else None
        if first:
            start, local = first.start(), text[first.start() : at]
        yield from _mail(text, start, local, at, after.group(), host)


def _is_id(text: str, start: int) -> bool:
    """Whether what starts there is the id of a message: the word before it says so."""
    before = text[max(0, start - 24) : start].lower().rstrip("<:= \"'")
    return before.endswith(_ID_WORDS) or _SMTP_ID.search(before) is not None


def _local_part(local: str, start: int) -> tuple[int, str]:
    """The local part and its start, without what was only glued to it (``user=``, ``|``, ``'``)."""
    cut = max(local.rfind("|"), local.rfind("/"), local.rfind("?"), local.rfind("&")) + 1
    key = _KEY.match(local, cut)
    if key:
        cut = key.end()
    while cut < len(local) and local[cut] in _TRIM:
        cut += 1
    return start + cut, local[cut:].rstrip(".")


def read_mail_domain(raw: str) -> Host | None:
    """The host after the sign: a domain with a public suffix, or an address in brackets (RFC 5321 section 4.1.3)."""
    if raw.startswith("["):
        inner = raw[1:-1].removeprefix("IPv6:")
        return read_url_host(f"[{inner}]" if ":" in inner else inner)
    return read_domain(raw, strict=False)


def _mail(text: str, start: int, local: str, at: int, domain: str, host: Host) -> Iterator[Sighting]:
    end = at + 1 + len(domain)
    if local == "git" and text[end : end + 1] == ":":
        return
    spelled = host.value if host.kind is ObservableKind.DOMAIN else f"[{host.value}]"
    shown = f"{local.lower()}@{host.shown}" if host.shown else ""
    yield Sighting(ObservableKind.EMAIL, f"{local.lower()}@{spelled}", start, end, shown, host.tags)
    yield Sighting(host.kind, host.value, at + 1, end, host.shown, host.tags)


def _upi_at(text: str, start: int, local: str, at: int) -> Iterator[Sighting]:
    handle = _HANDLE_AFTER.match(text, at + 1)
    name = _UPI_LOCAL.search(local)
    if handle is None or name is None:
        return
    if handle.group().lower() in upi_handles() or _UPI_BEFORE.search(text, max(0, start - 60), start):
        value = f"{name.group()}@{handle.group()}".lower()
        yield Sighting(ObservableKind.UPI, value, start + name.start(), handle.end())

"""Log lines made of named fields: JSON objects, ``key=value``, and W3C extended logs whose head names the columns."""

import re
from collections.abc import Iterator, Mapping

import msgspec

from comity.leads.logs.entry import LogEntry, client_address
from comity.leads.logs.lines import request_of
from comity.leads.logs.moment import any_moment, iso_moment, zone_of

_NAMES: dict[str, tuple[str, ...]] = {
    "at": (
        *("time", "timestamp", "@timestamp", "ts", "eventtime", "time_iso8601", "time_local", "datetime", "date_time"),
        *("event_time", "creationtime", "createddatetime", "logtime", "msec", "date", "start", "when", "creationdate"),
    ),
    "client": (
        *("remote_addr", "client_ip", "clientip", "client_address", "clientipaddress", "c-ip", "x-forwarded-for"),
        *("remote_ip", "remoteip", "remote_address", "sourceipaddress", "source_ip", "src_ip", "srcip", "src"),
        *("ipaddress", "ip_address", "ip", "clientip_address", "remote", "client", "source", "rhost", "remote_host"),
        *("callerip", "actor_ip", "client-ip", "source address", "client ip", "ip address", "source ip", "cip"),
    ),
    "method": ("request_method", "method", "verb", "cs-method", "http_method", "httpmethod"),
    "path": (
        *("request_uri", "uri", "path", "url", "cs-uri-stem", "request_path", "requesturi", "uri_path", "request_url"),
        *("cs-uri", "http_path"),
    ),
    "query": ("cs-uri-query", "query", "args", "query_string"),
    "request": ("request", "request_line"),
    "status": ("status", "sc-status", "status_code", "response_status", "responsecode", "http_status", "response"),
    "agent": ("http_user_agent", "user_agent", "useragent", "cs(user-agent)", "user-agent", "agent", "clientappused"),
    "act": (
        *("action", "eventname", "operation", "event", "activity", "activitydisplayname", "event_type", "eventtype"),
        *("msg", "message", "subtype", "type", "operations", "activity type"),
    ),
    "target": ("dstip", "dst", "dst_ip", "destination_ip", "dest_ip", "destination ip"),
    "sent": (
        *("sentbyte", "bytes_sent", "sent_bytes", "bytes_out", "out_bytes", "bytes_toserver", "orig_bytes", "sent"),
        *("bytes sent", "bytes_to_server", "bytesout", "src_bytes", "bytes"),
    ),
    "port": ("dstport", "dpt", "dst_port", "destination_port", "dport", "destination port"),
}
"""The fields of an entry by the names that logs give them, the most telling first."""
_MEANING = {name: (field, rank) for field, names in _NAMES.items() for rank, name in enumerate(names)}
_DEEDS = frozenset({"method", "path", "request", "status", "act", "agent"})
_PAIR = re.compile(r'([A-Za-z_][\w.@-]{0,40})=("(?:[^"\\]|\\.)*"|\S*)')
_MOST_COUNT_DIGITS = 18
_MOST_DEPTH = 3
_MOST_LINE_CHARS = 1 << 16


def is_client(name: str) -> bool:
    """Whether a name is one that logs give to the address of who acted."""
    return _means(name) == "client"


def is_time(name: str) -> bool:
    """Whether a name is one that logs give to the time."""
    return _means(name) == "at"


def is_deed(name: str) -> bool:
    """Whether a name is one that logs give to what was done, with which result, by which program."""
    return _means(name) in _DEEDS


def _means(name: str) -> str:
    return _MEANING.get(name, ("", 0))[0]


def entry_of(values: Mapping[str, str], *, utc: bool = False) -> LogEntry | None:
    """An entry out of named values; None: there is neither a client nor a deed with its time.

    `utc`: the format's standard says that times are in UTC.
    """
    found = _sorted_out(values)
    at = _moment(values, found, utc=utc)
    client = next((address for raw in found.get("client", ()) if (address := client_address(raw))), "")
    if not at and not client:
        return None
    first = {name: texts[0] for name, texts in found.items()}
    method, path = request_of(first["request"]) if first.get("request") else ("", "")
    method, path = first.get("method", method), first.get("path", path)
    query = first.get("query", "").strip("-")
    message = first.get("act", "")
    if first.get("target"):
        message = f"{message} to {first['target']}" + (f" port {first['port']}" if first.get("port") else "")
    return LogEntry(
        at=at,
        client=client,
        method=method,
        path=f"{path}?{query}" if path and query and "?" not in path else path,
        status=first.get("status", "") if method or path else "",
        agent=first.get("agent", "").replace("+", " ") if utc else first.get("agent", ""),
        message=message.strip(),
        target=client_address(first.get("target", "")),
        sent_bytes=_count(first.get("sent", "")),
    )


def _count(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_COUNT_DIGITS else 0


def pairs_in(text: str) -> dict[str, str]:
    """The ``name=value`` pairs of a text, by name in lower case."""
    return {name.casefold(): value.strip('"') for name, value in _PAIR.findall(text)}


def _sorted_out(values: Mapping[str, str]) -> dict[str, list[str]]:
    """Each field's values, the most telling name first."""
    ranked: list[tuple[str, int, str]] = []
    for name, value in values.items():
        meaning = _MEANING.get(name)
        if meaning and value and value != "-":
            ranked.append((*meaning, value))
    found: dict[str, list[str]] = {}
    for field, _, value in sorted(ranked):
        found.setdefault(field, []).append(value)
    return found


def _moment(values: Mapping[str, str], found: Mapping[str, list[str]], *, utc: bool) -> str:
    day, clock = values.get("date", ""), values.get("time", "")
    zone = values.get("tz", values.get("timezone", ""))
    if day and clock:
        at = iso_moment(f"{day} {clock}{zone}") or iso_moment(f"{day} {clock}")
        if at:
            return at + ("Z" if utc and "Z" not in at else "")
    at = next((moment for raw in found.get("at", ()) if (moment := any_moment(raw))), "")
    return at + zone_of(zone) if at and zone and at[-1] != "Z" and at[-6] not in "+-" else at


def read_json_line(line: str) -> LogEntry | None:
    """A JSON object a line, as nginx, Caddy, Docker and clouds write them; nested names count by their last part."""
    if line[:1] != "{" or len(line) > _MOST_LINE_CHARS:
        return None
    try:
        content = msgspec.json.decode(line, type=dict)
    except (msgspec.DecodeError, RecursionError):
        return None
    values: dict[str, str] = {}
    for name, value in _flat(content, depth=0):
        values.setdefault(name, value)
    return entry_of(values)


def _flat(content: Mapping[object, object], *, depth: int) -> Iterator[tuple[str, str]]:
    inner = []
    for name, given in content.items():
        value = given[0] if isinstance(given, list) and given else given
        if isinstance(value, dict):
            inner.append(value)
        elif isinstance(value, (str, int, float)):
            yield str(name).casefold(), str(value)
    for one in inner if depth < _MOST_DEPTH else ():
        yield from _flat(one, depth=depth + 1)


def read_pairs(line: str) -> LogEntry | None:
    """``date=2026-11-09 time=22:14:31 srcip=… dstip=… action=accept``: firewalls, logfmt."""
    if line.count("=") < 3 or len(line) > _MOST_LINE_CHARS:
        return None
    pairs = _PAIR.findall(line)
    if len(pairs) < 3:
        return None
    values = {name.casefold(): value.strip('"') for name, value in pairs}
    entry = entry_of(values)
    return entry if entry and entry.at and entry.client else None


class W3cReader:
    """W3C extended logs (IIS): ``#Fields:`` names the columns of the lines after it; times are UTC by the standard."""

    def __init__(self) -> None:
        self._names: tuple[str, ...] = ()

    def __call__(self, line: str) -> LogEntry | None:
        if line.startswith("#"):
            if line.startswith("#Fields:"):
                self._names = tuple(name.casefold() for name in line[8:].split())
            return None
        cells = line.split()
        if not self._names or len(cells) < len(self._names) // 2:
            return None
        return entry_of(dict(zip(self._names, cells, strict=False)), utc=True)

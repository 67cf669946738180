"""Lines of logs that have a form of their own: access logs, error logs, syslog."""

import re

from comity.leads.logs.entry import LogEntry, client_address
from comity.leads.logs.moment import clf_moment, iso_moment, named_moment

_ACCESS = re.compile(
    r"(?:(?P<vhost>[\w.-]+(?::\d+)?) )?(?P<client>\[?[0-9A-Fa-f.:]{3,45}(?:%\w+)?\]?|[\w.-]+) \S+ (?P<user>.{1,128}?) "
    r'\[(?P<at>[^\]]{20,40})\] "(?P<request>(?:[^"\\]|\\.)*)" (?P<status>\d{3}|-) (?:\d+|-)'
    r'(?: "(?P<referer>(?:[^"\\]|\\.)*)" "(?P<agent>(?:[^"\\]|\\.)*)")?'
)
_NGINX_ERROR = re.compile(r"(?P<at>\d{4}/\d{2}/\d{2} \d{2}:\d{2}:\d{2}) \[\w+\] \d+#\d+: (?P<message>.*)")
_CLIENT = re.compile(r"client: (?P<client>[0-9A-Fa-f.:]+)")
_REQUEST = re.compile(r'request: "(?P<request>[^"]*)"')
_APACHE_ERROR = re.compile(
    r"\[(?P<at>[A-Z][a-z]{2} [A-Z][a-z]{2} +\d{1,2} [\d:.]+ \d{4})\] (?:\[[^\]]*\] ){1,3}?"
    r"\[(?:client|remote) (?P<client>[^\]]+)\] (?P<message>.*)"
)
_SYSLOG = re.compile(
    r"(?:<\d{1,3}>(?:1 )?)?(?:(?P<iso>\d{4}-\d{2}-\d{2}[T ][\d:.,]+(?:Z|[+-]\d{2}:?\d{2})?)"
    r"|(?P<bare>[A-Z][a-z]{2} +\d{1,2} \d{2}:\d{2}:\d{2})) (?P<host>[\w.-]+) "
    r"(?P<program>[\w./()-]{1,48})(?:\[\d+\])?(?:: | )(?P<message>.*)"
)
_FROM = re.compile(
    r"\b(?:from|rhost=|rip=|client=\S*\[|connect from \S*\[|SRC=|client )[ =]?\[?(?P<client>[0-9A-Fa-f.:]{3,45})",
    re.IGNORECASE,
)
_MOST_MESSAGE_CHARS = 2_048
"""Of a message, how much is looked through for an address."""
_METHOD = re.compile(r"[A-Z]{3,16}")


def read_access(line: str) -> LogEntry | None:
    """Common or Combined Log Format, the virtual host before it or not."""
    found = _ACCESS.match(line)
    if found is None:
        return None
    at = clf_moment(found["at"])
    if not at:
        return None
    method, path = request_of(found["request"])
    status = "" if found["status"] == "-" else found["status"]
    client = client_address(found["client"])
    agent = found["agent"] or ""
    return LogEntry(at=at, client=client, method=method, path=path, status=status, agent="" if agent == "-" else agent)


def request_of(text: str) -> tuple[str, str]:
    """Method and path of a request line; one that is none is given as it is, as the path."""
    method, _, rest = text.partition(" ")
    if not _METHOD.fullmatch(method):
        return "", text
    return method, rest.rpartition(" HTTP/")[0] or rest


def read_nginx_error(line: str) -> LogEntry | None:
    found = _NGINX_ERROR.match(line)
    if found is None:
        return None
    client, request = _CLIENT.search(found["message"]), _REQUEST.search(found["message"])
    method, path = request_of(request["request"]) if request else ("", "")
    return LogEntry(
        at=iso_moment(found["at"]),
        client=client_address(client["client"]) if client else "",
        method=method,
        path=path,
        status="error" if request else "",
        message=found["message"],
    )


def read_apache_error(line: str) -> LogEntry | None:
    found = _APACHE_ERROR.match(line)
    if found is None:
        return None
    return LogEntry(at=named_moment(found["at"]), client=client_address(found["client"]), message=found["message"])


def read_syslog(line: str) -> LogEntry | None:
    """RFC 3164 and RFC 5424; a time without year and zone is told in the words, for it is no instant."""
    found = _SYSLOG.match(line)
    if found is None:
        return None
    client = _FROM.search(found["message"][:_MOST_MESSAGE_CHARS])
    program = found["program"].rpartition("/")[2]
    message = f"{program}: {found['message']}"
    if found["bare"]:
        message = f"{found['bare']} {message}"
    return LogEntry(
        at=iso_moment(found["iso"] or ""),
        client=client_address(client["client"].rstrip(".:")) if client else "",
        message=message,
    )

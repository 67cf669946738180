"""In which form a text is a log: the one in which nearly all of its first lines can be read."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from comity.leads.logs.entry import LogEntry
from comity.leads.logs.fields import W3cReader, read_json_line, read_pairs
from comity.leads.logs.flow import read_flowing_syslog
from comity.leads.logs.lines import read_access, read_apache_error, read_nginx_error

_SAMPLE_CHARS = 1 << 16
_SAMPLE_LINES = 200
_SHARE = 0.6
"""Share of the lines sampled that must be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFormat:
    """A form of lines, with the reader of one line."""

    name: str
    read: Callable[[str], LogEntry | None]
    least_lines: int
    """Fewer lines of this form are no log yet: it is met elsewhere, too."""


def _formats() -> tuple[LogFormat, ...]:
    return (
        LogFormat(name="access log", read=read_access, least_lines=1),
        LogFormat(name="W3C extended log", read=W3cReader(), least_lines=1),
        LogFormat(name="nginx error log", read=read_nginx_error, least_lines=1),
        LogFormat(name="Apache error log", read=read_apache_error, least_lines=1),
        LogFormat(name="log of JSON lines", read=read_json_line, least_lines=2),
        LogFormat(name="log of named values", read=read_pairs, least_lines=2),
        LogFormat(name="syslog", read=read_flowing_syslog, least_lines=2),
    )


def find_format(text: str) -> LogFormat | None:
    """The form of the lines of a text; None: it is no log."""
    lines = list(islice((line for line in text[:_SAMPLE_CHARS].splitlines() if line.strip()), _SAMPLE_LINES))
    if len(text) > _SAMPLE_CHARS and len(lines) > 1:
        lines.pop()  # may be cut
    for one in _formats():
        read = sum(one.read(line) is not None for line in lines)
        heads = sum(line.startswith("#") for line in lines) if isinstance(one.read, W3cReader) else 0
        if read >= one.least_lines and read >= _SHARE * (len(lines) - heads):
            return one
    return None

"""A mailbox in mbox form, cut into its messages (RFC 4155); read line by line, so that it may be of any size."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from comity.leads.errors import LimitError
from comity.leads.limits import Limits

_SEPARATOR = re.compile(rb"From [^\r\n]{0,400}\d{2}:\d{2}[^\r\n]{0,60}\r?\n?\Z")
_LINE_BYTES = 1 << 20


def split_mailbox(stream: BinaryIO, *, label: str, limits: Limits) -> Iterator[tuple[int, bytes]]:
    """Offset and bytes of each message, without the line that separates it from the one before."""
    lines: list[bytes] = []
    size = 0
    offset = start = 0
    after_blank = True
    whole_line = True
    while line := stream.readline(_LINE_BYTES):
        if whole_line and after_blank and _SEPARATOR.match(line):
            if lines:
                yield start, b"".join(lines)
            lines, size, start = [], 0, offset + len(line)
        else:
            lines.append(line)
            size += len(line)
            if size > limits.artifact_bytes:
                raise LimitError(path=label, limit="artifact_bytes", allowed=limits.artifact_bytes)
        offset += len(line)
        after_blank = line in (b"\n", b"\r\n")
        whole_line = line.endswith(b"\n")
    if lines:
        yield start, b"".join(lines)

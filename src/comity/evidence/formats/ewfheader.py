"""What an image in the Expert Witness format says of its making: the header sections as facts.

Source: J. Metz, "Expert Witness Compression Format specification" (libewf project), header and header2 sections.
"""

import re
from datetime import UTC, datetime

from comity.evidence.formats.ewfsection import Volume
from comity.evidence.formats.record import Fact, facts

NAMES = {
    "c": "case number",
    "cn": "case number",
    "n": "evidence number",
    "en": "evidence number",
    "a": "description",
    "nm": "description",
    "e": "examiner",
    "ex": "examiner",
    "t": "notes",
    "nt": "notes",
    "m": "acquired",
    "tt": "acquired",
    "u": "system time",
    "at": "system time",
    "av": "software version",
    "ov": "operating system",
    "os": "operating system",
    "md": "device model",
    "sn": "device serial number",
    "l": "device label",
    "lb": "device label",
    "pid": "process",
}
"""Tags of both versions to the names of facts."""
_TIMES = ("acquired", "system time")
MEDIA_TYPES = {
    0: "removable disk",
    1: "fixed disk",
    3: "optical disc",
    14: "single files",
    16: "memory",
}
_SPACED = re.compile(r"\d{4}( \d{1,2}){5}")


def read_header(text: str) -> dict[str, str]:
    """Tags and values of the category ``main`` of a header's text."""
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").split("\n")
    try:
        at = lines.index("main")
    except ValueError:
        return {}
    tags, values = (lines[at + step].split("\t") if at + step < len(lines) else [] for step in (1, 2))
    return {tag: value for tag, value in zip(tags, values, strict=False) if value}


def decode_header(data: bytes) -> str:
    """A header's text: UTF-16 with its mark, or bytes of a code page that is not told."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def header_facts(values: dict[str, str]) -> tuple[Fact, ...]:
    """The facts of a header, times in UTC where the header says so, else as they stand."""
    named = {NAMES[tag]: value for tag, value in values.items() if tag in NAMES}
    return facts(*((name, moment(value) if name in _TIMES else value) for name, value in named.items()))


def moment(value: str) -> str:
    """A time of a header: seconds since 1970 in UTC, or numbers in a zone that is not told."""
    if value.isdigit() and len(value) <= 11:
        return f"{datetime.fromtimestamp(int(value), tz=UTC):%Y-%m-%d %H:%M:%S} UTC"
    if _SPACED.fullmatch(value):
        year, month, day, hour, minute, second = value.split()
        return f"{year}-{month:>02}-{day:>02} {hour:>02}:{minute:>02}:{second:>02} (zone not told)"
    return value


def volume_facts(volume: Volume) -> tuple[Fact, ...]:
    """The facts of a volume section."""
    return facts(
        ("media", MEDIA_TYPES.get(volume.media_type, f"type {volume.media_type}")),
        ("taken from", "the physical device" if volume.physical else "a logical volume"),
        ("bytes per sector", volume.sector_bytes),
        ("sectors", volume.sector_count),
        ("bytes per chunk", volume.chunk_bytes),
    )

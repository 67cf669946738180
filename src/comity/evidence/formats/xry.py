"""Text exports of XRY (MSAB): one file a kind of record, such as ``Calls.txt`` or ``Device-General Information.txt``.

The binary ``.xry`` is not published, nor are Oxygen's containers and reports: these are not recognised. What is known
of the text export is what the Autopsy project found in samples, and reads: UTF-16 with a byte order mark, five lines of
header whose third names the kind (``Device/General Information``), then records that begin with the kind, its slash as
a dash, and a number (``Calls #`` tab ``1``), of lines ``Key:`` tab value, each ended by an empty line.

Source: Autopsy 4.14, ``org.sleuthkit.autopsy.datasourceprocessors.xry`` and its tests (Basis Technology, 2019, 2020).
"""

import codecs
from collections.abc import Iterator

from comity.evidence.formats.look import Look
from comity.evidence.formats.record import Description, facts

_HEADER_LINES, _KIND_LINE, _LINE_LETTERS_MAX = 5, 2, 10_000
_DEVICE = "Device/General Information"
_TOLD = {
    "device name": "device name",
    "device type": "device type",
    "device family": "device family",
    "manufacturer": "vendor",
    "model": "model",
    "revision": "system version",
    "mobile id (imei)": "IMEI",
    "imei/meid": "IMEI",
    "subscriber id (imsi)": "IMSI",
    "device clock": "device clock",
    "pc clock": "examiner's clock",
}
"""What is told of the device. Its security and unlock codes stand in the same file, and are not shown."""


def describe_xry(look: Look) -> Description | None:
    """A text export, where its header and its first record agree on what it is."""
    if not look.head.startswith(codecs.BOM_UTF16_LE):
        return None
    kind, first = _begin(look.head)
    if not kind or first != _title(kind, 1):
        return None
    count, told, whole = 0, dict[str, str](), True
    pair: dict[str, str] = {}
    for line in _lines(look):
        if line.startswith(_title(kind, "")):
            count, pair = count + 1, {}
            continue
        key, colon, value = line.partition(":")
        if kind == _DEVICE and colon and key in ("Data", "Attribute"):
            pair[key] = value.strip()
            name = _TOLD.get(pair.get("Attribute", "").lower())
            if name and pair.get("Data"):
                told.setdefault(name, pair["Data"])
    if look.limits.scan_bytes_max is not None and look.size_bytes > look.limits.scan_bytes_max:
        whole = False
    records = f"{count:,}" if whole else f"more than {count:,} (not all counted)"
    return Description(
        path=look.path,
        family="mobile",
        format="xry-text",
        title="Text export of XRY",
        size_bytes=look.size_bytes,
        facts=facts(("kind", kind), ("records", records), *told.items()),
    )


def _title(kind: str, number: object) -> str:
    return f"{kind.replace('/', '-')} #\t{number}"


def _begin(head: bytes) -> tuple[str, str]:
    """The kind that the header names, and the first line of the first record; empty where there is none."""
    lines = head[: len(head) // 2 * 2].decode("utf-16", "replace").splitlines()
    kind = lines[_KIND_LINE].strip() if len(lines) > _HEADER_LINES else ""
    return kind, next((line.rstrip() for line in lines[_HEADER_LINES:] if line.strip()), "")


def _lines(look: Look) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-16")("replace")
    left = ""
    for part in look.parts(limit_bytes=look.limits.scan_bytes_max):
        *lines, left = (left + decoder.decode(part)).split("\n")
        yield from lines
        left = left[:_LINE_LETTERS_MAX]
    yield left

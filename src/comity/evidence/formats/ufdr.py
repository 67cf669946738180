"""Cellebrite reports (.ufdr): a zip with ``report.xml``, which names the device and lists files with their hashes.

Source: Cellebrite's report schema, namespace ``http://pa.cellebrite.com/report/2.0``, as reports carry it. The report
is read as a stream; a document type, and with it every entity, is refused.
"""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from xml.parsers import expat

from comity.evidence.formats.checks import SHOWN, Checks
from comity.evidence.formats.look import BeyondReachError, FormatError, Look
from comity.evidence.formats.record import Description, InnerCheck, StoredHash, facts
from comity.evidence.formats.ziplook import ZipLook, zip_look

REPORT = "report.xml"
_MARK = b"cellebrite.com/report"
_ALGORITHMS = {"MD5": "md5", "SHA1": "sha1", "SHA256": "sha256"}
_ITEMS = {
    "DeviceInfoSelectedManufacturer": "vendor",
    "DeviceInfoSelectedDeviceName": "model",
    "DeviceInfoDetectedPhoneVendor": "vendor",
    "DeviceInfoDetectedPhoneModel": "model",
    "DeviceInfoOSVersion": "system version",
    "DeviceInfoOSType": "system",
    "DeviceInfoUniqueID": "device id",
    "IMEI": "IMEI",
    "DeviceInfoSerialNumber": "serial number",
    "DeviceInfoCreationTime": "report made",
    "ExtractionStartDateTime": "extraction began",
    "ExtractionEndDateTime": "extraction ended",
    "UFED_PA_Version": "tool version",
    "ExtractionType": "extraction",
    "Case number": "case number",
    "Case name": "case name",
    "Evidence number": "evidence number",
    "Examiner name": "examiner",
    "Device info examiner": "examiner",
}
_TEXT_MAX = 4096
_TAG_BYTES_MAX = 16 << 20
"""The parser holds a tag until it ends."""


def describe_ufdr(look: Look, names: ZipLook) -> Description | None:
    """A report by its root element; the device and case from its first megabyte."""
    if REPORT not in names:
        return None
    start = names.read(REPORT, look.limits.text_bytes_max)
    if _MARK not in start[:4096]:
        return None
    report = _Report()
    with suppress(FormatError):  # what came before counts; checking says what is wrong
        report.feed(start)
    return Description(
        path=look.path,
        family="mobile",
        format="cellebrite-ufdr",
        title="Cellebrite report (UFDR)",
        version=report.version,
        size_bytes=look.size_bytes,
        facts=facts(("name", report.name), *report.told.items(), ("members", f"{len(names.names):,}")),
        checkable=True,
    )


def check_ufdr(look: Look, told: Description) -> tuple[InnerCheck, ...]:
    """Every file of the report that has a hash and is in the archive, against the strongest of its hashes."""
    checks = Checks(look.path, look.limits)
    try:
        with zip_look(look) as names:
            _check_files(look, names, checks)
    except BeyondReachError as error:
        checks.doubt("report", str(error))
    except FormatError as error:
        checks.fail("report", str(error))
    return checks.result()


def _check_files(look: Look, names: ZipLook, checks: Checks) -> None:
    lookup = {name.replace("\\", "/").lstrip("/"): name for name in names.names}
    matched = absent = 0
    for number, stored in enumerate(_stored(look, names)):
        if number >= look.limits.listed_max:
            checks.doubt("hashes of files", f"only the first {number:,} were checked")
            break
        member = lookup.get(stored.of)
        if member is None:
            absent += 1
            continue
        digest = hashlib.new(stored.algorithm, usedforsecurity=False)
        limit = names.stored_bytes(member) * look.limits.expansion_max + (1 << 20)
        try:
            for part in names.parts(member, limit):
                digest.update(part)
        except FormatError as error:
            checks.fail("hashes of files", str(error))
            continue
        if digest.hexdigest() == stored.value:
            matched += 1
        else:
            checks.fail("hashes of files", f"{stored.of}: its {SHOWN[stored.algorithm]} is not the one in the report")
    checks.note("report")
    more = f"; {absent:,} that it lists are not in it" if absent else ""
    checks.note("hashes of files", f"{matched:,} files have the hash that the report gives{more}")


def _stored(look: Look, names: ZipLook) -> Iterator[StoredHash]:
    report = _Report()
    limit = names.stored_bytes(REPORT) * look.limits.expansion_max + (1 << 20)
    for part in names.parts(REPORT, limit):
        report.feed(part)
        yield from report.take()
    report.feed(b"", last=True)
    yield from report.take()


class _Report:
    """A report as it is read: facts from its head, hashes from its list of files."""

    def __init__(self) -> None:
        self.version = self.name = ""
        self.told: dict[str, str] = {}
        self._since = 0
        self._ready: list[StoredHash] = []
        self._item: str | None = None
        self._text: list[str] = []
        self._file: dict[str, str] | None = None
        parser: Any = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        self._parser = parser

    def feed(self, data: bytes, *, last: bool = False) -> None:
        """FormatError where the report is no XML, declares a document type, or has a tag without end."""
        self._since += len(data)
        if self._since > _TAG_BYTES_MAX:
            raise FormatError(f"{REPORT} has a tag of more than {_TAG_BYTES_MAX:,} bytes")
        try:
            self._parser.Parse(data, last)
        except expat.ExpatError as error:
            raise FormatError(f"{REPORT} cannot be read: {error}") from None

    def take(self) -> list[StoredHash]:
        """The hashes that were read since the last time."""
        ready, self._ready = self._ready, []
        return ready

    def _refuse(self, *_: object) -> None:
        raise FormatError(f"{REPORT} declares a document type: no report does")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._since = 0
        match name.rpartition(" ")[2]:
            case "project":
                self.version, self.name = attributes.get("reportVersion", ""), attributes.get("name", "")[:200]
            case "file":
                self._file = {}
            case "item" | "field":
                self._item, self._text = attributes.get("name", attributes.get("fieldType", "")), []
            case _:
                pass

    def _characters(self, text: str) -> None:
        self._since = 0
        if self._item is not None and sum(map(len, self._text)) < _TEXT_MAX:
            self._text.append(text[:_TEXT_MAX])

    def _end(self, name: str) -> None:
        match name.rpartition(" ")[2]:
            case "item" | "field" if self._item is not None:
                self._take_item(self._item, "".join(self._text).strip())
                self._item = None
            case "file" if self._file is not None:
                self._take_file(self._file)
                self._file = None
            case _:
                pass

    def _take_item(self, name: str, value: str) -> None:
        if self._file is not None:
            self._file.setdefault(name, value)
        elif name in _ITEMS and value:
            self.told.setdefault(_ITEMS[name], value)

    def _take_file(self, items: dict[str, str]) -> None:
        path = items.get("Local Path", "").replace("\\", "/").lstrip("/")
        for name in ("SHA256", "SHA1", "MD5"):
            value = items.get(name, "").lower()
            if path and value and value != "n/a":
                algorithm = _ALGORITHMS[name]
                self._ready.append(StoredHash(algorithm=algorithm, value=value, of=path, stored_in=REPORT))
                return

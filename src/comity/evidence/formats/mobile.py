"""Phones and tablets: backups of iOS and Android, and Cellebrite's description of an extraction (.ufd).

Sources: Apple property lists; Android Open Source Project, BackupManagerService; Cellebrite UFED .ufd files as seen.
"""

import plistlib
import re
from collections.abc import Iterator
from datetime import datetime
from xml.parsers.expat import ExpatError

from comity.evidence.formats.look import Look
from comity.evidence.formats.record import Description, StoredHash, facts

_IOS = {
    "Device Name": "device name",
    "Display Name": "display name",
    "Product Name": "model",
    "Product Type": "product type",
    "Product Version": "system version",
    "Build Version": "build",
    "Serial Number": "serial number",
    "IMEI": "IMEI",
    "IMEI 2": "IMEI 2",
    "MEID": "MEID",
    "Phone Number": "phone number",
    "ICCID": "ICCID",
    "Unique Identifier": "device id",
    "Last Backup Date": "backed up",
    "iTunes Version": "made with iTunes",
    "macOS Version": "made on macOS",
}
_SECTION = re.compile(r"\[([^\]\n]{1,100})\]")
_UFD = {
    "DeviceInfo.Vendor": "vendor",
    "DeviceInfo.Model": "model",
    "General.Vendor": "vendor",
    "General.Model": "model",
    "General.FullName": "model",
    "General.IMEI1": "IMEI",
    "General.UfdVer": "description version",
    "General.Date": "extracted",
    "General.StartTime": "extraction began",
    "General.EndTime": "extraction ended",
    "General.Device": "device",
    "General.ExtractionType": "extraction",
    "General.Acquisition Tool": "tool",
    "General.AcquisitionTool": "tool",
    "General.ExtractionSoftwareVersion": "tool version",
    "General.ExaminerName": "examiner",
    "Crime Case.Case Identifier": "case number",
    "Crime Case.Examiner Name": "examiner",
    "Crime Case.Evidence Number": "evidence number",
}
_DIGITS = {32: "md5", 40: "sha1", 64: "sha256", 128: "sha512"}


_BROKEN_PLIST = (
    *(plistlib.InvalidFileException, ExpatError, ValueError, OverflowError, RecursionError, LookupError),
    *(TypeError, AttributeError, MemoryError),
)
"""What a damaged property list makes `plistlib` raise; the last three where it stumbles over what it made so far."""


def describe_mobile(look: Look) -> Description | None:
    """A backup or extraction by its first bytes, or by the property list that stands for it."""
    head = look.head
    if head.startswith(b"ANDROID BACKUP\n"):
        return _android(look)
    if head.startswith(b"mbdb\x05\x00"):
        return _told(look, "ios-backup", "iOS backup (before iOS 10)", "")
    if head.startswith(b"bplist00") or b"<!DOCTYPE plist" in head[:300]:
        return _ios(look)
    if head[:400].lstrip(b"\xef\xbb\xbf\r\n \t").startswith(b"[") and look.size_bytes <= look.limits.text_bytes_max:
        return _ufd(look)
    return None


def _told(look: Look, kind: str, title: str, version: str, *pairs: tuple[str, object]) -> Description:
    return Description(
        path=look.path,
        family="mobile",
        format=kind,
        title=title,
        version=version,
        size_bytes=look.size_bytes,
        facts=facts(*pairs),
    )


def _android(look: Look) -> Description:
    lines = look.head[:200].split(b"\n")
    version, packed, crypt = (line.decode("ascii", "replace") for line in lines[1:4])
    told = (("compressed", "yes" if packed == "1" else "no"), ("encryption", crypt))
    return _told(look, "android-backup", "Android backup (adb)", version, *told)


def _ios(look: Look) -> Description | None:
    """``Info.plist`` of a backup: it names the device; ``Manifest.plist`` beside it says whether it is encrypted."""
    values = _plist(look.at(0, look.limits.text_bytes_max))
    if "Last Backup Date" not in values or not ({"Unique Identifier", "Target Identifier"} & values.keys()):
        return None
    pairs: list[tuple[str, object]] = []
    for key, name in _IOS.items():
        value = values.get(key)
        if isinstance(value, str | int | datetime):
            pairs.append((name, f"{value:%Y-%m-%d %H:%M:%S} UTC" if isinstance(value, datetime) else value))
    manifest = look.beside("Manifest.plist")
    if manifest is not None:
        with manifest.open() as stream:
            more = _plist(stream.read(look.limits.text_bytes_max))
        pairs.append(("encrypted", "yes" if more.get("IsEncrypted") else "no"))
    index = [one for one in ("Manifest.db", "Manifest.mbdb") if look.beside(one) is not None]
    pairs.append(("index beside it", ", ".join(index)))
    return _told(look, "ios-backup", "iOS backup", "", *pairs)


def _plist(data: bytes) -> dict[str, object]:
    try:
        values = plistlib.loads(data)
    except _BROKEN_PLIST:
        return {}
    return values if isinstance(values, dict) else {}


def _ufd(look: Look) -> Description | None:
    """The text that Cellebrite's UFED writes beside an extraction: the device, and hashes of the files beside it."""
    text = look.at(0, look.size_bytes).decode("utf-8-sig", "replace")
    rows = list(_rows(text))
    sections = {section for section, _, _ in rows}
    if not sections & {"DeviceInfo", "General"} or not sections & {"Backup", "Dumps", "SHA256", "MD5", "Crime Case"}:
        return None
    named: dict[str, str] = {}
    hashes = []
    for section, key, value in rows:
        name = _UFD.get(f"{section}.{key}")
        if name and value:
            named.setdefault(name, value)
        if section.upper().replace("-", "") in ("SHA256", "MD5", "SHA1") and len(value) in _DIGITS and _is_hex(value):
            hashes.append(
                StoredHash(algorithm=_DIGITS[len(value)], value=value.lower(), of=_beside(look, key), stored_in=section)
            )
    return Description(
        path=look.path,
        family="mobile",
        format="cellebrite-ufd",
        title="Cellebrite extraction (.ufd)",
        size_bytes=look.size_bytes,
        facts=facts(*named.items()),
        hashes=tuple(hashes[: look.limits.listed_max]),
        parts=tuple(dict.fromkeys(one.of for one in hashes)),
        checkable=bool(hashes),
    )


def _rows(text: str) -> Iterator[tuple[str, str, str]]:
    section = ""
    for line in text.splitlines()[:100_000]:
        match = _SECTION.match(line.strip())
        if match:
            section = match.group(1)
        else:
            key, equals, value = line.partition("=")
            if equals:
                yield section, key.strip(), value.strip()


def _is_hex(value: str) -> bool:
    return bool(re.fullmatch(r"[0-9A-Fa-f]+", value))


def _beside(look: Look, name: str) -> str:
    folder, slash, _ = look.path.rpartition("/")
    return folder + slash + name.replace("\\", "/").rpartition("/")[2]

"""Virtual disks and other images: VMDK, VHD, VHDX, QCOW2, VDI, DMG: named, with what their headers say.

Sources: VMware Virtual Disk Format 1.1; Microsoft VHD specification and MS-VHDX; QEMU docs/interop/qcow2.txt.
"""

import struct
from datetime import UTC, datetime, timedelta
from uuid import UUID

from comity.evidence.formats.look import Look
from comity.evidence.formats.record import Description, Fact, facts

_VHD_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_VHD_KINDS = {2: "fixed", 3: "dynamic", 4: "differencing"}


def describe_virtual_disk(look: Look) -> Description | None:
    """A virtual disk by its header, or by the footer that a fixed VHD and a DMG have instead."""
    for mark, describe in _HEADS.items():
        if look.head.startswith(mark):
            return describe(look)
    if look.head.startswith(b"<<< ") and look.head[64:68] == b"\x7f\x10\xda\xbe":
        return _vdi(look)
    if look.size_bytes > 1024 and look.size_bytes % 512 == 0:
        tail = look.at(look.size_bytes - 512, 512)
        if tail.startswith(b"conectix"):
            return _vhd(look, tail)
        if tail.startswith(b"koly\x00\x00\x00\x04"):
            return _told(look, "dmg", "Apple disk image (UDIF)", None, (), media_bytes=_koly_bytes(tail))
    return None


def _told(
    look: Look,
    kind: str,
    title: str,
    version: object,
    told: tuple[Fact, ...],
    *,
    media_bytes: int | None,
    problems: tuple[str, ...] = (),
) -> Description:
    return Description(
        path=look.path,
        family="disk image",
        format=kind,
        title=title,
        version="" if version is None else str(version),
        size_bytes=look.size_bytes,
        media_bytes=media_bytes,
        facts=told,
        problems=problems,
    )


def _koly_bytes(tail: bytes) -> int:
    return int(struct.unpack_from(">Q", tail, 492)[0]) * 512


def _vmdk(look: Look) -> Description:
    version, _, sectors = struct.unpack_from("<IIQ", look.head, 4)
    offset, size = struct.unpack_from("<QQ", look.head, 28)
    text = look.at(offset * 512, min(size * 512, look.limits.text_bytes_max)).decode("latin-1")
    return _told(look, "vmdk", "VMware virtual disk", version, _descriptor(text), media_bytes=sectors * 512)


def _vmdk_text(look: Look) -> Description:
    text = look.at(0, min(look.size_bytes, look.limits.text_bytes_max)).decode("latin-1")
    extents = [line.split()[1] for line in text.splitlines() if line.startswith(("RW ", "RDONLY ", "NOACCESS "))]
    sectors = sum(int(one) for one in extents if one.isdigit() and len(one) < 19)
    return _told(look, "vmdk", "VMware virtual disk (descriptor)", "", _descriptor(text), media_bytes=sectors * 512)


def _descriptor(text: str) -> tuple[Fact, ...]:
    values = dict(line.split("=", 1) for line in text.splitlines() if line[:1].isalpha() and "=" in line)
    return facts(
        ("create type", values.get("createType", "").strip('"')),
        ("content id", values.get("CID", "")),
        ("parent content id", values.get("parentCID", "").replace("ffffffff", "")),
    )


def _cowd(look: Look) -> Description:
    version, _, sectors = struct.unpack_from("<III", look.head, 4)
    return _told(look, "vmdk", "VMware virtual disk (COWD)", version, (), media_bytes=sectors * 512)


def _vhd(look: Look, footer: bytes) -> Description:
    stamp, tool = struct.unpack_from(">I4s", footer, 24)
    (size,) = struct.unpack_from(">Q", footer, 48)
    kind, stored = struct.unpack_from(">II", footer, 60)
    computed = ~(sum(footer) - sum(footer[64:68])) & 0xFFFFFFFF
    told = facts(
        ("kind", _VHD_KINDS.get(kind, str(kind))),
        ("made at", f"{_VHD_EPOCH + timedelta(seconds=stamp):%Y-%m-%d %H:%M:%S} UTC"),
        ("made with", tool.decode("ascii", "replace")),
        ("disk id", str(UUID(bytes=footer[68:84]))),
    )
    problems = () if stored == computed else ("the footer does not have its checksum",)
    return _told(look, "vhd", "Virtual hard disk (VHD)", "1.0", told, media_bytes=size, problems=problems)


def _vhd_head(look: Look) -> Description:
    return _vhd(look, look.head[:512])


def _vhdx(look: Look) -> Description:
    made = look.head[8:520].decode("utf-16-le", "replace").split("\0", 1)[0]
    return _told(look, "vhdx", "Virtual hard disk (VHDX)", "1", facts(("made with", made)), media_bytes=None)


def _qcow(look: Look) -> Description:
    version, backing, _, _, size, crypt = struct.unpack_from(">IQIIQI", look.head, 4)
    told = facts(("backing file", "yes" if backing else ""), ("encrypted", "yes" if crypt else ""))
    return _told(look, "qcow2", "QEMU copy-on-write disk", version, told, media_bytes=size)


def _vdi(look: Look) -> Description:
    minor, major = struct.unpack_from("<HH", look.head, 68)
    (size,) = struct.unpack_from("<Q", look.head, 368)
    return _told(look, "vdi", "VirtualBox disk image", f"{major}.{minor}", (), media_bytes=size)


def _sparse(look: Look) -> Description:
    return _told(look, "sparseimage", "Apple sparse disk image", None, (), media_bytes=None)


_HEADS = {
    b"KDMV": _vmdk,
    b"COWD": _cowd,
    b"# Disk DescriptorFile": _vmdk_text,
    b"conectix": _vhd_head,
    b"vhdxfile": _vhdx,
    b"QFI\xfb": _qcow,
    b"sprs\x00\x00\x00\x03": _sparse,
}

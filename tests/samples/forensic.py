"""Evidence in forensic formats: made by the programs that people use, or by hand from the published formats."""

import bz2
import codecs
import hashlib
import io
import lzma
import shutil
import struct
import subprocess
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import BinaryIO

from comity.evidence.formats import Description, InnerCheck, Item, check, looking, recognise
from comity.evidence.formats.limits import LIMITS, FormatLimits
from comity.evidence.formats.look import item_of_bytes

EWFACQUIRE = shutil.which("ewfacquirestream")
NO_EWF = "ewfacquirestream (Debian: ewf-tools) is not installed"


class Files:
    """Evidence in memory."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files

    def find(self, path: str) -> Item | None:
        data = self.files.get(path)
        return None if data is None else item_of_bytes(path, data)

    def described(self, path: str, limits: FormatLimits = LIMITS) -> Description | None:
        with self._looking(path, limits) as look:
            return recognise(look)

    def checked(self, path: str, limits: FormatLimits = LIMITS) -> dict[str, InnerCheck]:
        """The checks of a file by name."""
        with self._looking(path, limits) as look:
            told = recognise(look)
            assert told is not None
            return {one.name: one for one in check(look, told)}

    def _looking(self, path: str, limits: FormatLimits):  # type: ignore[no-untyped-def]  # a context manager
        item = self.find(path)
        assert item is not None
        return looking(item, self, limits)


def described(data: bytes, name: str = "evidence") -> Description | None:
    """The description of one file."""
    return Files({name: data}).described(name)


def told(data: bytes, name: str = "evidence") -> Description:
    """The description of a file that must be recognised."""
    found = described(data, name)
    assert found is not None
    return found


def media(size_bytes: int = 160 * 1024 + 512) -> bytes:
    """Something to image: some of it can be packed, some cannot; the same each time."""
    noise = b"".join(hashlib.sha512(number.to_bytes(4, "big")).digest() for number in range(size_bytes // 128 + 1))
    half = size_bytes // 2
    return (noise[:half] + bytes(half // 2) + noise + bytes(size_bytes))[:size_bytes]


@cache
def acquired(
    form: str = "encase6", *, size_bytes: int = 160 * 1024 + 512, packing: str = "deflate:fast"
) -> dict[str, bytes]:
    """The segments of an image that libewf's own program made."""
    import tempfile

    assert EWFACQUIRE is not None
    folder = Path(tempfile.mkdtemp())
    subprocess.run(
        [
            *(EWFACQUIRE, "-q", "-f", form, "-t", str(folder / "image"), "-S", "1048576", "-c", packing, "-d", "sha1"),
            *("-C", "FIR 12/2026", "-e", "A. Rao", "-E", "EXH-1", "-D", "laptop", "-N", "sealed bag"),
        ],
        input=media(size_bytes),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def section2(kind: int, data: bytes, before: int, at: int, *, flags: int = 1) -> tuple[bytes, int]:
    """A section of an Ex01 with its descriptor, and where the descriptor stands."""
    padding = -len(data) % 16
    body = data + bytes(padding)
    digest = hashlib.md5(body).digest() if flags & 1 else bytes(16)
    descriptor = struct.pack("<IIQQII", kind, flags, before, len(body), 64, padding) + digest + bytes(12)
    return body + descriptor + _adler(descriptor), at + len(body)


def ex01(plain: bytes, *, method: int = 1, encrypted: bool = False, patterned: bool = True) -> bytes:
    """An image in version 2 of the Expert Witness format, from its specification."""
    chunk = 32768
    pack = zlib.compress if method == 1 else bz2.compress
    out = b"EVF2\r\n\x81\x00\x02\x01" + struct.pack("<HI", method, 1) + b"0123456789abcdef"
    before = 0
    count = -(-len(plain) // chunk)
    device = f"1\nmain\nsn\tmd\tts\tdt\tbp\tph\nS123\tDisk X\t{len(plain) // 512}\tf\t512\t1\n\n"
    tags = "nm\tcn\ten\tex\tav\ttt\ttb\tcp\tsb"
    case = f"1\nmain\n{tags}\nlaptop\tFIR 12\tEXH-1\tA. Rao\t7.4\t1700000000\t{count}\t1\t64\n\n"
    for kind, text in ((1, device), (2, case)):
        part, before = section2(
            kind, pack(("\ufeff" + text).encode("utf-16-le")), before, len(out), flags=3 if encrypted else 1
        )
        out += part
    table, data = b"", b""
    start = len(out)
    for at in range(0, len(plain), chunk):
        one = plain[at : at + chunk].ljust(chunk, b"\0")
        packed = pack(one)
        if patterned and one == one[:8] * (chunk // 8):
            table += one[:8] + struct.pack("<II", 0, 5)
            continue
        stored, kind = (packed, 1) if len(packed) < chunk else (one + _adler(one), 2)
        table += struct.pack("<QII", start + len(data), len(stored), kind)
        data += stored + bytes(-len(stored) % 16)
    part, before = section2(3, data, before, len(out), flags=0)
    out += part
    header = struct.pack("<QII", 0, count, 0)
    body = header + _adler(header) + bytes(12) + table + _adler(table) + bytes(12)
    part, before = section2(4, body, before, len(out))
    out += part
    for kind, digest in ((8, hashlib.md5(plain).digest()), (9, hashlib.sha1(plain).digest())):
        part, before = section2(kind, digest + _adler(digest), before, len(out))
        out += part
    part, before = section2(15, b"", before, len(out), flags=0)
    return out + part


def _adler(data: bytes) -> bytes:
    return zlib.adler32(data).to_bytes(4, "little")


STREAM, MAP, IMAGE, VOLUME = "aff4://stream", "aff4://map", "aff4://image", "aff4://volume"


def aff4(
    plain: bytes, *, packing: str = "deflate", lists_as: str = "", changed: dict[str, bytes] | None = None
) -> bytes:
    """An AFF4 image from the standard: an image stream with block hashes, a map over it with a gap, and all hashes."""
    chunk, per_segment = 4096, 4
    chunks = [plain[at : at + chunk].ljust(chunk, b"\0") for at in range(0, len(plain), chunk)]
    members: dict[str, bytes] = {
        "container.description": VOLUME.encode(),
        "version.txt": b"major=1\nminor=0\ntool=test 1\n",
    }
    lists = {"md5": b"", "sha1": b""}
    for first in range(0, len(chunks), per_segment):
        bevy = index = b""
        held = dict.fromkeys(lists, b"")
        for one in chunks[first : first + per_segment]:
            packed = _packed(one, packing)
            stored = packed if len(packed) < chunk - 16 else one
            index += struct.pack("<QI", len(bevy), len(stored))
            bevy += stored
            for name in held:
                held[name] += hashlib.new(name, one).digest()
        base = f"aff4%3A%2F%2Fstream/{first // per_segment:08}"
        members[base], members[base + ".index"] = bevy, index
        for name, value in held.items():
            members[f"{base}.{lists_as}{name}"] = value
            lists[name] += value
    gap = 5000
    whole = plain[:chunk] + bytes(gap) + plain[chunk:] + b"\xff" * 100
    points = struct.pack("<QQQI", 0, chunk, 0, 0)
    points += struct.pack("<QQQI", chunk + gap, len(plain) - chunk, chunk, 0)
    points += struct.pack("<QQQI", len(plain) + gap, 100, 0, 1)
    targets = f"{STREAM}\nhttp://aff4.org/Schema#SymbolicStreamFF\n".encode()
    members["aff4%3A%2F%2Fmap/map"], members["aff4%3A%2F%2Fmap/idx"] = points, targets
    over = {name: hashlib.sha512(value).digest() for name, value in lists.items()}
    point_hash, index_hash = hashlib.sha512(points).digest(), hashlib.sha512(targets).digest()
    bound = hashlib.sha512(over["md5"] + over["sha1"] + point_hash + index_hash).hexdigest()
    method = {
        "deflate": "https://tools.ietf.org/html/rfc1951",
        "snappy": "http://code.google.com/p/snappy/",
        "none": "",
    }.get(packing, "https://code.google.com/p/lz4/")
    how = f"aff4:compressionMethod <{method}>" if method else 'aff4:note """two\\\\"\\nlines"""@en'
    members["information.turtle"] = f"""\
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix aff4: <http://aff4.org/Schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<{IMAGE}> a aff4:DiskImage, aff4:ContiguousImage, aff4:Image ;
    aff4:dataStream <{MAP}> ;
    aff4:size "{len(whole)}"^^xsd:long ;
    aff4:diskModel "Disk \\"X\\""^^xsd:string ;
    aff4:hash "{hashlib.sha1(whole).hexdigest()}"^^aff4:SHA1 , "{hashlib.md5(whole).hexdigest()}"^^aff4:MD5 ,
        "{bound}"^^aff4:blockMapHashSHA512 .

<{MAP}> a aff4:Map ;  # what the disk looks like
    aff4:size {len(whole)} ;
    aff4:dependentStream <{STREAM}> ;
    aff4:mapPointHash "{point_hash.hex()}"^^aff4:SHA512 ;
    aff4:mapIdxHash "{index_hash.hex()}"^^aff4:SHA512 ;
    aff4:mapHash "{hashlib.sha512(points + targets).hexdigest()}"^^aff4:SHA512 ;
    aff4:blockMapHash "{bound}"^^aff4:SHA512 .

<{STREAM}> a aff4:ImageStream ;
    aff4:chunkSize "{chunk}"^^xsd:int ;
    aff4:chunksInSegment {per_segment} ;
    aff4:size {len(plain)} ;
    {how} .

<{STREAM}/blockhash.md5> a aff4:BlockHashes ; aff4:hash "{over["md5"].hex()}"^^aff4:SHA512 .
<{STREAM}/blockhash.sha1> a aff4:BlockHashes ; aff4:hash "{over["sha1"].hex()}"^^aff4:SHA512 .
""".encode()
    return zipped({**members, **(changed or {})}, comment=VOLUME.encode())


def _packed(chunk: bytes, packing: str) -> bytes:
    import cramjam

    if packing == "snappy":
        return bytes(cramjam.snappy.compress_raw(chunk))
    if packing == "none":
        return chunk
    if packing == "lz4":
        return bytes(cramjam.lz4.compress_block(chunk, store_size=False))
    maker = zlib.compressobj(wbits=-15)
    return maker.compress(chunk) + maker.flush()


def zipped(members: dict[str, bytes], *, comment: bytes = b"", method: int = zipfile.ZIP_STORED) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.comment = comment
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=method)
    return out.getvalue()


def ufdr(files: dict[str, bytes], *, wrong: str = "", head: str = "") -> bytes:
    """A Cellebrite report with files, the hash of one of them wrong if asked for."""
    listed = ""
    for number, (name, data) in enumerate(files.items()):
        digest = "0" * 64 if name == wrong else hashlib.sha256(data).hexdigest()
        path = "files\\Image\\" + name
        listed += (
            f'<file fs="Phone" id="{number}" path="/data/{name}" size="{len(data)}"><metadata section="File">'
            f'<item name="Local Path"><![CDATA[{path}]]></item><item name="SHA256"><![CDATA[{digest}]]></item>'
            '<item name="MD5"><![CDATA[N/A]]></item></metadata></file>'
        )
    report = (
        f'<?xml version="1.0" encoding="utf-8"?>{head}'
        '<project id="1" name="Phone of X" reportVersion="5.1.0.0" xmlns="http://pa.cellebrite.com/report/2.0">'
        '<metadata section="Device Info"><item name="DeviceInfoDetectedPhoneModel"><![CDATA[SM-A536B]]></item>'
        '<item name="IMEI">490154203237518</item></metadata>'
        '<caseInformation><field fieldType="CaseNumber" name="Case number">FIR 12</field></caseInformation>'
        f"<taggedFiles>{listed}</taggedFiles></project>"
    )
    members = {f"files/Image/{name}": data for name, data in files.items()}
    return zipped({"report.xml": report.encode(), **members}, method=zipfile.ZIP_DEFLATED)


def aff3_segment(name: str, data: bytes = b"", flag: int = 0) -> bytes:
    """A segment of an AFF image, versions 1 to 3."""
    head = struct.pack(">4sIII", b"AFF\0", len(name), len(data), flag)
    return head + name.encode() + data + struct.pack(">4sI", b"ATT\0", len(head) + len(name) + len(data) + 8)


def aff3(
    plain: bytes,
    *,
    packing: str = "zlib",
    page_bytes: int = 4096,
    without: int = -1,
    more: bytes = b"",
    kind: str = "AFF",
) -> bytes:
    """An AFF image from its header file: pages with their hashes, and the media's; `without` one page, if asked for."""
    out = b"AFF10\r\n\0" + aff3_segment("pagesize", flag=page_bytes) + aff3_segment("aff_file_type", kind.encode())
    out += aff3_segment("case_num", b"FIR 12/2026") + aff3_segment("", b"deleted")
    for number, at in enumerate(range(0, len(plain), page_bytes)):
        page = plain[at : at + page_bytes]
        stored, flag = {
            "none": (page, 0),
            "zlib": (zlib.compress(page), 1),
            "lzma": (lzma.compress(page, lzma.FORMAT_ALONE), 0x21),
        }[packing]
        if not page.strip(b"\0"):
            stored, flag = struct.pack(">I", len(page)), 0x33
        out += aff3_segment(f"page{number}", stored, flag) if number != without else b""
        out += aff3_segment(f"page{number}_sha256", hashlib.sha256(page).digest())
    size = struct.pack(">II", len(plain) & 0xFFFFFFFF, len(plain) >> 32)
    out += aff3_segment("imagesize", size, 2)
    return (
        out
        + aff3_segment("md5", hashlib.md5(plain).digest())
        + aff3_segment("sha256", hashlib.sha256(plain).digest())
        + more
    )


def xry(kind: str, records: list[str]) -> bytes:
    """A text export of XRY, as its samples are described in the Autopsy project's reader and tests."""
    head = ["", "Name of the extraction", kind, "", ""]
    body = [f"{kind.replace('/', '-')} #\t{number}\r\n{text}\r\n" for number, text in enumerate(records, 1)]
    return codecs.BOM_UTF16_LE + "\r\n".join([*head, *body]).encode("utf-16-le")


def pcap(packets: list[tuple[float, bytes]], *, order: str = "<", nano: bool = False, link: int = 1) -> bytes:
    """A capture file."""
    unit = 10**9 if nano else 10**6
    out = struct.pack(order + "IHHiIII", 0xA1B23C4D if nano else 0xA1B2C3D4, 2, 4, 0, 0, 65535, link)
    for moment, data in packets:
        out += struct.pack(order + "IIII", int(moment), int(moment % 1 * unit), len(data), len(data)) + data
    return out


def pcapng(packets: list[tuple[float, bytes]], *, order: str = "<", unit_exponent: int | None = 9) -> bytes:
    """A capture file of the next generation, with an interface of nanoseconds."""

    def block(kind: int, body: bytes) -> bytes:
        body += bytes(-len(body) % 4)
        length = len(body) + 12
        return struct.pack(order + "II", kind, length) + body + struct.pack(order + "I", length)

    def option(code: int, value: bytes) -> bytes:
        return struct.pack(order + "HH", code, len(value)) + value + bytes(-len(value) % 4)

    out = block(
        0x0A0D0D0A, struct.pack(order + "IHHq", 0x1A2B3C4D, 1, 0, -1) + option(4, b"dumpcap 4") + option(0, b"")
    )
    units = option(9, bytes([unit_exponent])) if unit_exponent is not None else b""
    out += block(1, struct.pack(order + "HHI", 1, 0, 65535) + units + option(0, b""))
    unit = 10 ** (6 if unit_exponent is None else unit_exponent)
    for moment, data in packets:
        ticks = int(moment * unit)
        out += block(6, struct.pack(order + "IIIII", 0, ticks >> 32, ticks & 0xFFFFFFFF, len(data), len(data)) + data)
    return out + block(3, struct.pack(order + "I", 4) + b"abcd")


@contextmanager
def on_disk(folder: Path, files: dict[str, bytes]) -> Iterator[Path]:
    """Files in a folder."""
    for name, data in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    yield folder


def opened(data: bytes) -> BinaryIO:
    return io.BytesIO(data)

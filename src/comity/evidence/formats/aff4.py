"""Images in the Advanced Forensic Format 4: what their description says, and the hashes in it.

Source: AFF4 Standard v1.0a (Schatz, Cohen), sections 1 to 6.
"""

import re
from urllib.parse import quote, unquote

from comity.evidence.formats.look import FormatError, Look
from comity.evidence.formats.record import Description, StoredHash, facts
from comity.evidence.formats.turtle import Graph, Value, read_turtle, types
from comity.evidence.formats.ziplook import ZipLook

AFF4 = "http://aff4.org/Schema#"
INFORMATION, CONTAINER, VERSION = "information.turtle", "container.description", "version.txt"
DIGEST_NAMES = {"MD5": "md5", "SHA1": "sha1", "SHA256": "sha256", "SHA512": "sha512", "blake2b": "blake2b"}
_FACTS = {
    "caseName": "case name",
    "caseDescription": "case description",
    "caseNumber": "case number",
    "examiner": "examiner",
    "startTime": "acquisition began",
    "endTime": "acquisition ended",
    "acquisitionTool": "tool",
    "diskMake": "device maker",
    "diskModel": "device model",
    "diskSerial": "device serial number",
    "diskFirmware": "device firmware",
    "blockSize": "bytes per sector",
    "sectorCount": "sectors",
    "originalFileName": "original name",
}
_KINDS = {"DiskImage": "disk", "MemoryImage": "memory", "FileImage": "files", "VolumeImage": "volume"}


def describe_aff4(look: Look, names: ZipLook) -> Description | None:
    """An image by its container description and its RDF; None where the archive has neither."""
    if INFORMATION not in names or (CONTAINER not in names and not names.comment.startswith(b"aff4://")):
        return None
    problems, graph = [], {}
    try:
        graph = read_graph(look, names)
    except FormatError as error:
        problems.append(str(error))
    version, tool = _version(names)
    images = [one for one in graph if "Image" in types(graph, one)]
    hashes = tuple(linear_hashes(graph))
    kinds = {kind for one in images for name, kind in _KINDS.items() if name in types(graph, one)}
    told: dict[str, object] = {"volume": volume_of(names), "made with": tool, "holds": ", ".join(sorted(kinds))}
    for subject in graph.values():
        for predicate, values in subject.items():
            name = _FACTS.get(re.split(r"[#/]", predicate)[-1])
            if name and values:
                told.setdefault(name, values[0].text)
    sizes = [size for one in images if (size := media_bytes(graph, one)) is not None]
    return Description(
        path=look.path,
        family="disk image",
        format="aff4",
        title="Advanced Forensic Format 4",
        version=version,
        size_bytes=look.size_bytes,
        media_bytes=sum(sizes) if sizes else None,
        facts=facts(*told.items(), ("images", len(images))),
        hashes=hashes,
        checkable=True,
        problems=tuple(problems),
    )


def read_graph(look: Look, names: ZipLook) -> Graph:
    """The description of the container; FormatError where it cannot be read."""
    limit = look.limits.table_bytes_max
    data = names.read(INFORMATION, limit + 1)
    if len(data) > limit:
        raise FormatError(f"{INFORMATION} has more than {limit:,} bytes")
    try:
        return read_turtle(data.decode())
    except UnicodeDecodeError:
        raise FormatError(f"{INFORMATION} is not UTF-8") from None


def linear_hashes(graph: Graph) -> list[StoredHash]:
    """The hashes of the data of each image."""
    found = []
    for subject, said in graph.items():
        if "BlockHashes" in types(graph, subject):
            continue
        for value in said.get(AFF4 + "hash", []):
            algorithm = algorithm_of(value)
            if algorithm:
                found.append(
                    StoredHash(algorithm=algorithm, value=value.text.lower(), of=subject, stored_in=INFORMATION)
                )
    return found


def algorithm_of(value: Value) -> str:
    """As `hashlib` names it; empty where it is none that is known."""
    return DIGEST_NAMES.get(value.type.removeprefix(AFF4), "")


def one(graph: Graph, subject: str, predicate: str) -> str:
    """The first value of a predicate; empty where there is none."""
    values = graph.get(subject, {}).get(AFF4 + predicate, [])
    return values[0].text if values else ""


def number(graph: Graph, subject: str, predicate: str) -> int | None:
    """The first value of a predicate as a count; None where it is none."""
    text = one(graph, subject, predicate)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def media_bytes(graph: Graph, image: str) -> int | None:
    """How many bytes an image holds, by itself or by the stream that it points to."""
    size = number(graph, image, "size")
    return size if size is not None else number(graph, one(graph, image, "dataStream"), "size")


def volume_of(names: ZipLook) -> str:
    """The name of the container's volume."""
    if CONTAINER in names:
        return names.read(CONTAINER, 500).decode("utf-8", "replace").strip(" \r\n\0")
    return names.comment[:500].split(b"\0")[0].decode("utf-8", "replace").strip()


def members_of(uri: str, volume: str) -> tuple[str, ...]:
    """The paths that a member may have by its name: as the standard has it (5.1, 5.2), and as AFF4-L writers do."""
    if volume and uri.startswith(volume + "/"):
        path = uri[len(volume) + 1 :]
        return path, unquote(path), path.lstrip("/"), unquote(path).lstrip("/")
    scheme, mark, rest = uri.partition("://")
    first, slash, path = rest.partition("/")
    return (quote(scheme + mark, safe="") + first + slash + path,)


def _version(names: ZipLook) -> tuple[str, str]:
    if VERSION not in names:
        return "", ""
    text = names.read(VERSION, 4096).decode("utf-8", "replace")
    values = dict(line.split("=", 1) for line in re.split(r"[\r\n]+", text) if "=" in line)
    return f"{values.get('major', '?')}.{values.get('minor', '?')}", values.get("tool", "")

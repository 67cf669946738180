"""The checks of an AFF4 image: linear hashes, hashes of blocks, and the hashes that bind blocks and map together.

Source: AFF4 Standard v1.0a (Schatz, Cohen), section 6.
"""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

from comity.evidence.formats.aff4 import (
    AFF4,
    DIGEST_NAMES,
    algorithm_of,
    linear_hashes,
    one,
    read_graph,
    volume_of,
)
from comity.evidence.formats.aff4stream import Container, Stream
from comity.evidence.formats.checks import SHOWN, Checks
from comity.evidence.formats.look import BeyondReachError, FormatError, Look
from comity.evidence.formats.record import Description, InnerCheck, StoredHash
from comity.evidence.formats.turtle import Value, types
from comity.evidence.formats.ziplook import zip_look

_MAP_PARTS = {
    "mapIdxHash": ("idx",),
    "mapPointHash": ("map",),
    "mapPathHash": ("mapPath",),
    "mapHash": ("map", "idx", "mapPath"),
}
_BOUND_TYPE = "blockMapHash"
_ORDER = ("md5", "sha1", "sha256", "sha512", "blake2b")
BLOCKS, MAP, BOUND = "hashes of blocks", "hashes of the map", "hash over blocks and map"


def check_aff4(look: Look, told: Description) -> tuple[InnerCheck, ...]:
    """Every stored hash that can be computed from what is in this container."""
    checks = Checks(look.path, look.limits)
    try:
        with zip_look(look) as names:
            try:
                graph = read_graph(look, names)
            except FormatError as error:
                checks.doubt("description", str(error))
                return checks.result()
            container = Container(names, graph, volume_of(names), look.limits)
            for subject in graph:
                kinds = types(graph, subject)
                if "ImageStream" in kinds:
                    _guarded(_check_blocks, container, subject, checks, BLOCKS)
                if "Map" in kinds:
                    _guarded(_check_map, container, subject, checks, MAP)
            _check_linear(container, checks, look)
    except BeyondReachError as error:
        checks.doubt("description", str(error))
    except FormatError as error:
        checks.fail("description", str(error))
    checks.note("description")
    return checks.result()


def _guarded(
    check: Callable[[Container, str, Checks], None], container: Container, subject: str, checks: Checks, name: str
) -> None:
    try:
        check(container, subject, checks)
    except BeyondReachError as error:
        checks.doubt(name, str(error))
    except FormatError as error:
        checks.fail(name, str(error))


def _check_linear(container: Container, checks: Checks, look: Look) -> None:
    wanted: dict[str, list[StoredHash]] = {}
    for stored in linear_hashes(container.graph):
        wanted.setdefault(stored.of, []).append(stored)
    limit = look.size_bytes * look.limits.expansion_max
    for subject, stored_hashes in wanted.items():
        names = [f"{SHOWN[each.algorithm]} of {_short(subject)}" for each in stored_hashes]
        digests = [hashlib.new(each.algorithm, usedforsecurity=False) for each in stored_hashes]
        size_bytes = 0
        try:
            for part in container.data(subject):
                size_bytes += len(part)
                if size_bytes > limit:
                    raise FormatError(f"unpacks to more than {limit:,} bytes")
                for digest in digests:
                    digest.update(part)
        except FormatError as error:
            blame = checks.doubt if isinstance(error, BeyondReachError) else checks.fail
            for name in names:
                blame(name, str(error))
            continue
        for name, stored, digest in zip(names, stored_hashes, digests, strict=True):
            checks.compare(name, stored=stored.value, computed=digest.hexdigest())


def _check_blocks(container: Container, uri: str, checks: Checks) -> None:
    """Each chunk against its block hash, and the hash over those where it is told."""
    for algorithm in DIGEST_NAMES.values():
        for part in (f"blockHash.{algorithm}", algorithm):  # as the reference images have it, and as the standard does
            if container.member(uri, f"00000000.{part}") in container.names:
                _check_algorithm(container, container.stream(uri), algorithm, part, checks)
                break


def _check_algorithm(container: Container, stream: Stream, algorithm: str, part: str, checks: Checks) -> None:
    width = hashlib.new(algorithm, usedforsecurity=False).digest_size
    chunks = -(-stream.size_bytes // stream.chunk_bytes)
    over: dict[str, Any] = {}
    told = container.graph.get(f"{stream.uri}/blockhash.{algorithm}", {}).get(AFF4 + "hash", [])
    for value in told:
        if algorithm_of(value):
            over[value.text.lower()] = hashlib.new(algorithm_of(value), usedforsecurity=False)
    held = b""
    for index in range(chunks):
        segment, place = divmod(index, stream.per_segment)
        if place == 0:
            held = container.segment(stream.uri, f"{segment:08}.{part}", container.limits.table_bytes_max)
            for digest in over.values():
                digest.update(held)
        plain = container.chunk(stream, index)
        both = (plain, plain.ljust(stream.chunk_bytes, b"\0"))  # the last chunk is stored padded; writers differ
        block = held[place * width : (place + 1) * width]
        if block not in {hashlib.new(algorithm, each, usedforsecurity=False).digest() for each in both}:
            checks.fail(BLOCKS, f"block {index:,} of {_short(stream.uri)} does not have its {SHOWN[algorithm]}")
    checks.note(BLOCKS, f"{chunks:,} blocks have their {SHOWN[algorithm]}")
    for stored, digest in over.items():
        if digest.hexdigest() != stored:
            checks.fail(BLOCKS, f"the list of {SHOWN[algorithm]} of {_short(stream.uri)} does not have its own hash")


def _check_map(container: Container, uri: str, checks: Checks) -> None:
    said = container.graph[uri]
    limit = container.limits.table_bytes_max
    for predicate, parts in _MAP_PARTS.items():
        for value in said.get(AFF4 + predicate, []):
            if not algorithm_of(value):
                continue
            digest = hashlib.new(algorithm_of(value), usedforsecurity=False)
            for part in parts:
                if len(parts) == 1 or container.member(uri, part) in container.names:
                    digest.update(container.segment(uri, part, limit))
            if digest.hexdigest() == value.text.lower():
                checks.note(MAP, predicate)
            else:
                checks.fail(MAP, f"{predicate} is {value.text.lower()}, {digest.hexdigest()} is what is there")
    for value in _bound_hashes(container, uri):
        _check_bound(container, uri, value, checks)


def _bound_hashes(container: Container, uri: str) -> Iterator[Value]:
    """The one hash over blocks and map, as the map has it and as images that point to the map have it."""
    yield from container.graph[uri].get(AFF4 + "blockMapHash", [])
    for subject, said in container.graph.items():
        if one(container.graph, subject, "dataStream") == uri:
            for predicate in ("hash", "blockMapHash"):
                for value in said.get(AFF4 + predicate, []):
                    if value.type.removeprefix(AFF4).startswith(_BOUND_TYPE):
                        yield Value(value.text, AFF4 + value.type.removeprefix(AFF4 + _BOUND_TYPE))


def _check_bound(container: Container, uri: str, value: Value, checks: Checks) -> None:
    """The hash over the hashes of block hashes and of the map's parts (6.2)."""
    graph, said = container.graph, container.graph[uri]
    streams = [each.text for each in said.get(AFF4 + "dependentStream", [])] or [
        each for each in graph if "ImageStream" in types(graph, each)
    ]
    if any("ImageStream" not in types(graph, each) for each in streams):
        checks.doubt(BOUND, "a stream that the map needs is in another file")
        return
    if not algorithm_of(value):
        checks.doubt(BOUND, f"its kind is not known: {value.type}")
        return
    digest = hashlib.new(algorithm_of(value), usedforsecurity=False)
    for stream in streams:
        for name in _ORDER:
            for each in graph.get(f"{stream}/blockhash.{name}", {}).get(AFF4 + "hash", []):
                digest.update(_bytes(each.text))
    for predicate in ("mapPointHash", "mapIdxHash", "mapPathHash"):
        for each in said.get(AFF4 + predicate, []):
            digest.update(_bytes(each.text))
    checks.compare(BOUND, stored=value.text.lower(), computed=digest.hexdigest())


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise FormatError(f"{text[:40]!r} is no hash") from None


def _short(uri: str) -> str:
    return uri.removeprefix("aff4://")[:80] or uri

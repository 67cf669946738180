"""STIX 2.0 and 2.1 content: observables by their types, patterns of indicators, and the free text around them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from comity.leads.extract import find_in_text
from comity.leads.extract.sighting import Sighting
from comity.leads.extract.value import read_value
from comity.leads.model import ObservableKind

_VALUES = {
    ("ipv4-addr", "value"): ObservableKind.IPV4,
    ("ipv6-addr", "value"): ObservableKind.IPV6,
    ("domain-name", "value"): ObservableKind.DOMAIN,
    ("url", "value"): ObservableKind.URL,
    ("email-addr", "value"): ObservableKind.EMAIL,
    ("autonomous-system", "number"): ObservableKind.ASN,
}
"""STIX 2.1 section 6: type and property of what is an observable by itself."""
_ACCOUNTS = ("account_login", "user_id")
_HASHED = frozenset({"file", "artifact"})
_SKIPPED_TYPES = frozenset(
    {"marking-definition", "extension-definition", "language-content", "bundle", "relationship", "sighting"}
)
_SKIPPED_FIELDS = frozenset(
    "id type spec_version created modified first_observed last_observed valid_from valid_until created_by_ref "
    "pattern_type pattern_version "
    "object_marking_refs external_references kill_chain_phases granular_markings labels lang revoked confidence "
    "defanged payload_bin "
    "first_seen last_seen published extensions message_id mime_type encoding body_multipart indicator_types".split()
)
_COMPARISON = re.compile(
    r"(?P<type>[a-z0-9][a-z0-9-]{1,249}):(?P<path>(?:[\w.*\[\]-]|'(?:\\.|[^'\\])*')+)\s*(?:NOT\s+)?(?P<operator>=|LIKE|IN|ISSUBSET|ISSUPERSET)\s*"
    r"(?P<values>'(?:\\.|[^'\\])*'|-?\d+|\((?:[^()']|'(?:\\.|[^'\\])*')*\))"
)
_LITERAL = re.compile(r"'((?:\\.|[^'\\])*)'|(-?\d+)")
_HASH_PATH = re.compile(r"(?:.*\.)?hashes\.")
_MAX_DEPTH = 60


class StixError(ValueError):
    """What was taken for STIX is not JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StixSighting:
    """An observable and where in the content it stands."""

    seen: Sighting
    where: str
    written: str
    object_id: str


def read_stix(data: bytes) -> Iterator[StixSighting]:
    """All observables of a bundle, of a list of objects or of one object; StixError where it is no JSON."""
    try:
        content = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise StixError(str(error)) from error
    for item in _objects(content):
        yield from _read_object(item)


def _objects(content: object) -> Iterator[dict[str, object]]:
    if isinstance(content, dict):
        inner = content.get("objects")
        if content.get("type") == "bundle" and isinstance(inner, list):
            yield from _objects(inner)
        else:
            yield content
    elif isinstance(content, list):
        for item in content:
            yield from _objects(item)


def _read_object(item: dict[str, object]) -> Iterator[StixSighting]:
    kind = str(item.get("type", ""))
    if kind in _SKIPPED_TYPES:
        return
    place = str(item.get("id", kind))[:120]
    inner = item.get("objects")
    if kind == "observed-data" and isinstance(inner, dict):  # STIX 2.0
        for key, observed in inner.items():
            if isinstance(observed, dict):
                yield from _read_fields(observed, f"{place}, objects {key}", place)
    pattern = item.get("pattern")
    if isinstance(pattern, str) and item.get("pattern_type", "stix") == "stix":
        yield from _read_pattern(pattern, f"{place}, pattern", place)
    yield from _read_fields(
        {key: value for key, value in item.items() if key not in ("objects", "pattern")}, place, place
    )


def _read_fields(item: dict[str, object], place: str, object_id: str) -> Iterator[StixSighting]:
    kind = str(item.get("type", ""))
    for name, value in item.items():
        known = _VALUES.get((kind, name))
        if known:
            yield from _placed(read_value(known, str(value)), f"{place}, {name}", str(value), object_id)
        elif kind in _HASHED and name == "hashes" and isinstance(value, dict):
            for algorithm, digest in value.items():
                seen = read_value(ObservableKind.FILE_HASH, str(digest))
                yield from _placed(seen, f"{place}, hashes {algorithm}", str(digest), object_id)
        elif kind == "user-account" and name in _ACCOUNTS:
            yield from _account(item, name, place, object_id)
        elif name not in _SKIPPED_FIELDS and not name.endswith(("_ref", "_refs")):
            yield from _read_free(value, f"{place}, {name}", object_id, depth=0)


def _account(item: dict[str, object], name: str, place: str, object_id: str) -> Iterator[StixSighting]:
    handle = str(item.get(name) or "")
    if not handle or (name == "user_id" and item.get("account_login")):
        return
    platform = str(item.get("account_type") or "account").lower()
    seen = Sighting(ObservableKind.USER_ACCOUNT, f"{platform}:{handle}", 0, len(handle))
    yield StixSighting(seen=seen, where=f"{place}, {name}", written=handle, object_id=object_id)
    if "@" in handle:
        yield from _placed(read_value(ObservableKind.EMAIL, handle), f"{place}, {name}", handle, object_id)


def _read_free(value: object, place: str, object_id: str, *, depth: int) -> Iterator[StixSighting]:
    """Free text in fields, custom ones too."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, str):
        yield from _placed(find_in_text(value), place, value, object_id)
    elif isinstance(value, list):
        for item in value:
            yield from _read_free(item, place, object_id, depth=depth + 1)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name not in _SKIPPED_FIELDS:
                yield from _read_free(item, f"{place}.{name}"[:200], object_id, depth=depth + 1)


def _read_pattern(pattern: str, place: str, object_id: str) -> Iterator[StixSighting]:
    """The values that a pattern compares with (STIX 2.1 section 9); those of LIKE count where they hold no wildcard."""
    for match in _COMPARISON.finditer(pattern):
        kind = _pattern_kind(match.group("type"), match.group("path"))
        for literal in _LITERAL.finditer(match.group("values")):
            value = re.sub(r"\\(.)", r"\1", literal.group(1) or literal.group(2) or "")
            if match.group("operator") == "LIKE" and ("%" in value or "_" in value):
                continue
            seen = read_value(kind, value) if kind else find_in_text(value)
            yield from _placed(seen, place, value, object_id)


def _pattern_kind(kind: str, path: str) -> ObservableKind | None:
    if kind in _HASHED and _HASH_PATH.match(path):
        return ObservableKind.FILE_HASH
    if (kind, path) in _VALUES:
        return _VALUES[kind, path]
    if path.endswith(("_ref.value", "_refs[*].value")):
        return ObservableKind.EMAIL if kind == "email-message" else None
    return None


def _placed(sightings: Iterator[Sighting], where: str, written: str, object_id: str) -> Iterator[StixSighting]:
    for seen in sightings:
        yield StixSighting(
            seen=seen, where=where, written=written[seen.start : seen.end] or written, object_id=object_id
        )

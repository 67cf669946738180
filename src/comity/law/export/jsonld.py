"""Law data as one JSON-LD document, and back.

Every record is a node with ``@id``, ``@type`` (its record's name) and ``of`` (what its file is about); its fields are
those of the record, without those that have their default. The context gives the fields terms that others know:
schema.org, the European Legislation Identifier (ELI), Dublin Core and PROV; every other field is a term of
``urn:comity:law#``.
"""

from urllib.parse import quote

import msgspec

from comity.law.errors import LawDataError
from comity.law.export.parts import PARTS, Part, data_of, parts_of
from comity.law.instrument import Record
from comity.law.key import KEY_COLUMNS, written_key
from comity.law.lawdata import LawData

VOCABULARY = "urn:comity:law#"

CONTEXT: dict[str, object] = {
    "@vocab": VOCABULARY,
    "schema": "https://schema.org/",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "prov": "http://www.w3.org/ns/prov#",
    "Instrument": "eli:LegalResource",
    "Provision": "eli:LegalResourceSubdivision",
    "Authority": "schema:GovernmentOrganization",
    "Provider": "schema:Organization",
    "Cooperation": "schema:Service",
    "title": "eli:title",
    "short_title": "eli:title_short",
    "aliases": "schema:alternateName",
    "name": "schema:name",
    "legal_entity": "schema:legalName",
    "summary": "schema:abstract",
    "description": "schema:description",
    "note": "schema:comment",
    "reference": "eli:id_local",
    "kind": "eli:type_document",
    "depositary": "eli:responsibility_of",
    "article": "eli:number",
    "parent": "eli:based_on",
    "replaces": "dcterms:replaces",
    "adopted_on": "eli:date_document",
    "signed_on": "schema:dateCreated",
    "in_force_on": "eli:first_date_entry_in_force",
    "ended_on": "eli:date_no_longer_in_force",
    "provisions": "eli:has_part",
    "source_url": "prov:wasDerivedFrom",
    "source_urls": "prov:wasDerivedFrom",
    "as_of": "dcterms:date",
    "public_url": "schema:url",
    "languages": "schema:knowsLanguage",
    "states": "schema:spatialCoverage",
}


def to_jsonld(data: LawData) -> bytes:
    """The document; the same data give the same bytes."""
    graph: list[dict[str, object]] = []
    named: set[str] = set()
    for part, places in parts_of(data):
        for place in places:
            name = _identity(part, place.owner, place.record)
            if name in named:  # a later period of one state
                name += ":" + quote(getattr(place.record, "in_force_on", "") or getattr(place.record, "bound_on", ""))
            named.add(name)
            graph.append(_node(name, place.owner, place.record))
    document = {"@context": CONTEXT, "@graph": graph}
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def _node(name: str, owner: str, record: Record) -> dict[str, object]:
    head: dict[str, object] = {"@id": name, "@type": type(record).__name__, "of": owner}
    fields = msgspec.to_builtins(record)
    assert isinstance(fields, dict)  # a record is an object
    return head | fields


def _identity(part: Part, owner: str, record: Record) -> str:
    key = written_key(record) if type(record) in KEY_COLUMNS else getattr(record, "id", "")
    return "urn:comity:law:" + ":".join(quote(word, safe="") for word in (part.name, owner, key) if word)


def read_jsonld(document: bytes) -> LawData:
    """The data of a document that `to_jsonld` wrote; LawDataError where it is something else."""
    kinds = {part.kind.__name__: part for part in PARTS}
    parts: dict[str, list[tuple[str, Record]]] = {}
    try:
        nodes = msgspec.json.decode(document, type=_Document).graph
        for node in nodes:
            part = kinds[str(node["@type"])]
            fields = {name: value for name, value in node.items() if not name.startswith("@") and name != "of"}
            record = msgspec.convert(fields, part.kind)
            parts.setdefault(part.name, []).append((str(node["of"]), record))
    except (msgspec.DecodeError, KeyError) as error:
        raise LawDataError(
            file="law.jsonld", where="", problem=f"not an export of law data: {error}", remedy="export it again"
        ) from error
    return data_of(parts)


class _Document(msgspec.Struct, frozen=True):
    graph: list[dict[str, object]] = msgspec.field(name="@graph")

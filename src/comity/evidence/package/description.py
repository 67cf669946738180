"""A description of the package in CASE/UCO (JSON-LD): what, from where, by whom, with which tool, under which order.

Each file is described, up to `DESCRIBED_MAX`; beyond, only the evidence manifest lists them, and it says so.
Ids are made from the package's id and the path (UUID version 5), so the same package describes itself the same way.
"""

from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import msgspec

from comity.evidence.formats import Description
from comity.evidence.legible import counted
from comity.evidence.package.record import EvidenceHead, EvidenceTotals, FileRecord
from comity.evidence.package.spool import Spool

DESCRIBED_MAX = 10_000
_UCO = "https://ontology.unifiedcyberontology.org/uco/"
_CONTEXT = {
    "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    "kb": "https://comity.dev/kb/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "uco-action": _UCO + "action/",
    "uco-core": _UCO + "core/",
    "uco-identity": _UCO + "identity/",
    "uco-observable": _UCO + "observable/",
    "uco-tool": _UCO + "tool/",
    "uco-types": _UCO + "types/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_Node = dict[str, Any]


class Describer:
    """Takes in files as they are sealed, and makes the whole at the end."""

    def __init__(self, package: str) -> None:
        self._package = package
        self._files = Spool()
        self._ids: list[str] = []

    def add(self, record: FileRecord, told: Description | None = None) -> None:
        if len(self._ids) < DESCRIBED_MAX:
            node = self._file(record)
            if told is not None:
                self._tell_format(node, record, told)
            self._ids.append(node["@id"])
            self._files.write(b",\n" + msgspec.json.encode(node))

    def finish(self, head: EvidenceHead, totals: EvidenceTotals) -> Spool:
        """The description, to be read from."""
        spool = Spool()
        about = [msgspec.json.encode(node) for node in self._about(head, totals)]
        context = msgspec.json.encode(_CONTEXT)
        spool.write(b'{"@context":' + context + b',"@graph":[\n' + b",\n".join(about))
        for line in self._files:
            spool.write(line)
        spool.write(b"\n]}\n")
        return spool

    def close(self) -> None:
        self._files.close()

    def _id(self, kind: str, name: str = "") -> str:
        return f"kb:{kind}-{uuid5(NAMESPACE_URL, f'urn:comity:package:{self._package}:{kind}:{name}')}"

    def _file(self, record: FileRecord) -> _Node:
        facet: _Node = {
            "@id": self._id("file-facet", record.path),
            "@type": "uco-observable:FileFacet",
            "uco-observable:fileName": PurePosixPath(record.original_path or record.path).name,
            "uco-observable:filePath": record.path,
            "uco-observable:sizeInBytes": {"@type": "xsd:integer", "@value": str(record.size_bytes)},
        }
        if record.modified_at is not None:
            facet["uco-observable:modifiedTime"] = _time(record.modified_at)
        content: _Node = {
            "@id": self._id("content-data-facet", record.path),
            "@type": "uco-observable:ContentDataFacet",
            "uco-observable:hash": [
                self._hash(record.path, name, value)
                for name, value in (("SHA256", record.sha256), ("SHA512", record.sha512))
            ],
            "uco-observable:sizeInBytes": {"@type": "xsd:integer", "@value": str(record.size_bytes)},
        }
        return {
            "@id": self._id("file", record.path),
            "@type": "uco-observable:File",
            "uco-core:hasFacet": [facet, content],
        }

    def _tell_format(self, node: _Node, record: FileRecord, told: Description) -> None:
        """What the file is, in words; of an image also as UCO has it."""
        words = [told.title, told.version, *(f"{fact.name}: {fact.value}" for fact in told.facts)]
        node["uco-core:description"] = "; ".join(word for word in words if word)
        if told.family == "disk image":
            image: _Node = {
                "@id": self._id("image-facet", record.path),
                "@type": "uco-observable:ImageFacet",
                "uco-observable:imageType": told.version or told.title,
            }
            node["uco-core:hasFacet"].append(image)

    def _hash(self, path: str, name: str, value: str) -> _Node:
        return {
            "@id": self._id("hash", f"{name}:{path}"),
            "@type": "uco-types:Hash",
            "uco-types:hashMethod": name,
            "uco-types:hashValue": {"@type": "xsd:hexBinary", "@value": value},
        }

    def _about(self, head: EvidenceHead, totals: EvidenceTotals) -> list[_Node]:
        objects = [{"@id": one} for one in self._ids]
        record: _Node = {
            "@id": self._id("provenance-record"),
            "@type": "case-investigation:ProvenanceRecord",
            "uco-core:description": _summary(head, totals),
            "uco-core:object": objects,
        }
        if head.provenance.exhibits:
            record["case-investigation:exhibitNumber"] = ", ".join(head.provenance.exhibits)
        nodes = [
            self._investigation(head),
            self._authorisation(head),
            self._sender(head),
            {
                "@id": self._id("tool"),
                "@type": "uco-tool:Tool",
                "uco-core:name": head.tool,
                "uco-tool:toolType": "evidence packaging",
            },
            record,
            self._sealing(head),
        ]
        return nodes + self._acquisition(head, objects)

    def _investigation(self, head: EvidenceHead) -> _Node:
        return {
            "@id": self._id("investigation"),
            "@type": "case-investigation:Investigation",
            "uco-core:name": head.case,
            "case-investigation:relevantAuthorization": {"@id": self._id("authorization")},
            "uco-core:object": [{"@id": self._id("provenance-record")}, {"@id": self._id("sealing")}],
        }

    def _authorisation(self, head: EvidenceHead) -> _Node:
        given = head.authorisation
        words = [given.issued_by, given.issued_on, f"for request {head.request}" if head.request else ""]
        node: _Node = {
            "@id": self._id("authorization"),
            "@type": "case-investigation:Authorization",
            "case-investigation:authorizationIdentifier": given.reference,
            "case-investigation:authorizationType": given.legal_basis or "order",
        }
        if any(words):
            node["uco-core:description"] = ", ".join(word for word in words if word)
        return node

    def _sender(self, head: EvidenceHead) -> _Node:
        return {
            "@id": self._id("sender"),
            "@type": "uco-identity:Organization",
            "uco-core:name": ", ".join(word for word in (head.sender.name, head.sender.agency) if word),
        }

    def _sealing(self, head: EvidenceHead) -> _Node:
        return {
            "@id": self._id("sealing"),
            "@type": "case-investigation:InvestigativeAction",
            "uco-core:name": "sealed",
            "uco-action:endTime": _time(head.sealed_at),
            "uco-action:performer": {"@id": self._id("sender")},
            "uco-action:instrument": {"@id": self._id("tool")},
            "uco-action:object": {"@id": self._id("provenance-record")},
            "uco-action:result": {"@id": self._id("provenance-record")},
        }

    def _acquisition(self, head: EvidenceHead, objects: list[_Node]) -> list[_Node]:
        """Where, when and by whom the evidence was found, and with what it was acquired, as far as it was told.

        Two acts: who found it need not have made the image. Of a day nobody said the time: it stands in words.
        """
        told = head.provenance
        nodes: list[_Node] = []
        if told.found_by or told.found_at or told.found_on:
            found = self._action("finding", "found", objects)
            if told.found_by:
                finder = {"@id": self._id("finder"), "@type": "uco-identity:Identity", "uco-core:name": told.found_by}
                nodes.append(finder)
                found["uco-action:performer"] = {"@id": finder["@id"]}
            words = [f"at {told.found_at}" if told.found_at else "", f"on {told.found_on}" if told.found_on else ""]
            if any(words):
                found["uco-core:description"] = " ".join(["found", *(word for word in words if word)])
            nodes.append(found)
        if told.tool:
            tool = {"@id": self._id("acquiring-tool"), "@type": "uco-tool:Tool", "uco-core:name": told.tool}
            acquired = self._action("acquisition", "acquired", objects)
            acquired["uco-action:instrument"] = {"@id": tool["@id"]}
            nodes += [tool, acquired]
        return nodes

    def _action(self, kind: str, name: str, result: list[_Node]) -> _Node:
        return {
            "@id": self._id(kind),
            "@type": "case-investigation:InvestigativeAction",
            "uco-core:name": name,
            "uco-action:result": result,
        }


def _summary(head: EvidenceHead, totals: EvidenceTotals) -> str:
    text = f"Package {head.package}: {counted(totals.file_count, 'file')}, {totals.payload_bytes:,} bytes"
    if totals.file_count > DESCRIBED_MAX:
        text += f"; the first {DESCRIBED_MAX:,} are described here, all are listed in metadata/evidence-manifest.json"
    return text


def _time(moment: datetime) -> _Node:
    return {"@type": "xsd:dateTime", "@value": moment.astimezone(UTC).isoformat().replace("+00:00", "Z")}

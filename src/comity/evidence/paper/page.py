"""The values of a report, section by section, as the template shows them."""

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from comity.evidence.custody import Binding, Entry, Item, Party, Verdict
from comity.evidence.keys import number_to_compare
from comity.evidence.legible import counted, escaped, in_ascii, legible
from comity.evidence.limitation_words import in_words
from comity.evidence.package import Check, EvidenceHead, PackageReport, Trust
from comity.evidence.package.contents import CertificateFacts, Contents, facts
from comity.evidence.package.record import FileRecord
from comity.evidence.paper import repeat
from comity.evidence.paper.words import METHOD, limits, moment, verdict_words

_REASONS_MAX, _ITEMS_MAX, _FOLDERS_MAX = 100, 20, 50
_EDGES = re.compile(r"(?:(?<=/)|^) +| +(?=/|$)")
"""Spaces at either end of a name, which nobody sees."""
Rows = list[list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """Who examined what, with what."""

    file: str
    """Name of the file or folder that was examined, without its path."""
    size_bytes: int | None
    """None: a folder."""
    sha256: str
    """Of the file, hexadecimal; empty: a folder."""
    sha512: str
    program: str
    """With its version."""
    examiner: str = ""
    """Who answers for the report; empty: nobody is named."""
    reference: str = ""
    """The examiner's own number of the report."""


def page(report: PackageReport, contents: Contents | None, trust: Trust, examination: Examination) -> dict[str, Any]:
    """All that the template shows. What comes from the package is made legible when it is set."""
    head = report.head
    custody = contents is not None and contents.checkpoint is not None
    return {
        "reference": examination.reference,
        "package": head.package if head else examination.file,
        "made_at": moment(report.verified_at),
        "examiner": examination.examiner,
        "program": examination.program,
        "verdict": report.verdict.value,
        "verdict_words": verdict_words(report),
        "counts": [[one.value, str(sum(check.verdict is one for check in report.checks))] for one in Verdict],
        "method": METHOD,
        "object": _object(report, examination),
        "statements": _statements(report, head),
        "left_out": [[_inline(one.path), one.kind, _inline(one.target)] for one in head.left_out] if head else [],
        "checks": [_check(number, check) for number, check in enumerate(report.checks, 1)],
        "notices": [_inline(one) for one in report.notices],
        "signature": _signature(report, contents),
        "signer": [_certificate(one) for one in contents.certificates] if contents else [],
        "stamp": _stamp(contents),
        "stamper": [_certificate(one) for one in contents.stamp.certificates] if contents and contents.stamp else [],
        "trust": _trust(trust),
        "reached": head is not None,
        "log": _log(contents),
        "entries": [_entry(one) for one in contents.entries] if contents else [],
        "rules": [[name, _inline(text)] for name, text in in_words(report.limitations)] if report.limitations else [],
        "limits": list(limits(report, trust, custody=custody)),
        "lists": [list(one) for one in contents.lists] if contents else [],
        "files": [_file(number, one) for number, one in enumerate(contents.files, 1)] if contents else [],
        "files_more": contents.files_more if contents else 0,
        "opening": list(repeat.opening(head.package if head else "FOLDER")),
        "commands": _commands(report, contents),
        "everything": repeat.EVERYTHING,
    }


def _object(report: PackageReport, examination: Examination) -> Rows:
    rows = [["File" if examination.sha256 else "Folder", examination.file]]
    if examination.size_bytes is not None:
        rows.append(["Size", _size(examination.size_bytes)])
    if examination.sha256:
        rows += [["SHA-256", examination.sha256], ["SHA-512", examination.sha512]]
    rows.append(["Evidence in it", f"{counted(report.file_count, 'file')}, {_size(report.payload_bytes)}"])
    return rows


def _statements(report: PackageReport, head: EvidenceHead | None) -> Rows:
    if head is None:
        return []
    order, found = head.authorisation, head.provenance
    under = _joined(order.reference, order.issued_by, order.issued_on, order.legal_basis)
    where = _joined(found.found_at, found.found_by, found.found_on.isoformat() if found.found_on else "")
    rows = [
        ["Package", head.package],
        ["Case", head.case],
        ["Answers request", head.request],
        ["Under", under],
        ["Sender", _party(head.sender)],
        ["Sealed as", report.sealed_as],
        ["Recipients", "; ".join(one.name or one.key[:40] + "…" for one in head.recipients)],
        ["Sealed at", f"{moment(head.sealed_at)} (sender's clock)"],
        ["Stamped at", f"{moment(report.stamped_at)} (time-stamping authority)" if report.stamped_at else ""],
        ["Means", head.means],
        ["Sealed with", head.tool],
        ["Found", where],
        ["Acquired with", found.tool],
        ["Exhibits", ", ".join(found.exhibits)],
        ["Made from them", found.derived or ""],
        ["End of access", _end_of_access(head, report)],
        ["Empty folders", _empty_folders(head)],
    ]
    return [row for row in rows if row[1]]


def _end_of_access(head: EvidenceHead, report: PackageReport) -> str:
    if head.end_of_access_on is None:
        return ""
    past = " (past: it may no longer be read)" if head.end_of_access_on <= report.verified_at.date() else ""
    return f"{head.end_of_access_on}{past}"


def _empty_folders(head: EvidenceHead) -> str:
    more = len(head.empty_folders) - _FOLDERS_MAX
    return "; ".join(head.empty_folders[:_FOLDERS_MAX]) + (f"; and {more:,} more" if more > 0 else "")


def _check(number: int, check: Check) -> dict[str, Any]:
    return {
        "number": str(number),
        "name": check.name,
        "title": check.title,
        "standard": check.standard,
        "verdict": check.verdict.value,
        "reasons": [_inline(one) for one in check.reasons[:_REASONS_MAX]],
        "more": max(len(check.reasons) - _REASONS_MAX, 0),
    }


def _signature(report: PackageReport, contents: Contents | None) -> Rows:
    rows = [
        ["Signed by", report.signed_by],
        ["Signed at", f"{moment(report.signed_at)} (signer's clock)" if report.signed_at else ""],
    ]
    if contents is not None:
        rows += [
            ["Algorithm", contents.signature_algorithm],
            ["Second signature", contents.pq_key_sha256 and f"ML-DSA-65 (FIPS 204), key {contents.pq_key_sha256}"],
            ["Sender's identity", contents.sender],
            ["Number to compare", contents.number],
        ]
    return [row for row in rows if row[1]]


def _stamp(contents: Contents | None) -> Rows:
    if contents is None or contents.stamp is None:
        return []
    stamp = contents.stamp
    return [
        ["Time", moment(stamp.made_at)],
        ["Digest", stamp.digest.upper().replace("SHA", "SHA-")],
        ["Policy", stamp.policy],
        ["Serial number", str(stamp.serial)],
    ]


def _certificate(one: CertificateFacts) -> Rows:
    return [
        ["Subject", one.subject],
        ["Issuer", one.issuer],
        ["Serial number", one.serial],
        ["Valid", f"{moment(one.not_before)} to {moment(one.not_after)}"],
        ["SHA-256", one.sha256],
    ]


def _trust(trust: Trust) -> Rows:
    rows = [["Sender", one.name, f"number to compare {number_to_compare(one)}"] for one in trust.senders]
    for kind, certificates in (("Root of signers", trust.roots), ("Root of stamps", trust.stamp_roots)):
        rows += [[kind, told.subject, f"SHA-256 {told.sha256}"] for told in map(facts, certificates)]
    for one in trust.revocations:
        until = moment(one.next_update_utc) if one.next_update_utc else "no end"
        rows.append(["Revocations", one.issuer.rfc4514_string(), f"{moment(one.last_update_utc)} to {until}"])
    return rows


def _log(contents: Contents | None) -> Rows:
    if contents is None or contents.checkpoint is None:
        return []
    checkpoint = contents.checkpoint
    return [
        ["Log", checkpoint.origin],
        ["Entries in the log", f"{checkpoint.size:,}"],
        ["Root hash (base64)", base64.b64encode(checkpoint.root_hash).decode()],
    ]


def _entry(entry: Entry) -> dict[str, Any]:
    order = entry.authorisation
    items = [_item(one) for one in entry.items[:_ITEMS_MAX]]
    if len(entry.items) > _ITEMS_MAX:
        items.append(f"and {len(entry.items) - _ITEMS_MAX:,} more items")
    told = [
        ["By", _party(entry.by)],
        ["From", _party(entry.given_by) if entry.given_by else ""],
        ["To", "; ".join(map(_party, entry.addressees))],
        ["Place", entry.place],
        ["Reason", entry.reason],
        ["Under", _joined(order.reference, order.issued_by, order.issued_on, order.legal_basis)],
        ["Bound to", _binding(entry.binding) if entry.binding else ""],
        ["Remarks", entry.remarks],
        ["Recorded", f"{moment(entry.recorded_at)}, in {entry.log}"],
    ]
    return {
        "number": str(entry.number),
        "at": moment(entry.at),
        "act": entry.act.value,
        "items": [_inline(one) for one in items],
        "told": [[name, _inline(text)] for name, text in told if text],
    }


def _binding(tie: Binding) -> str:
    return _joined(
        f"entry {tie.number} of {tie.log}",
        f"leaf hash {tie.leaf_hash}",
        f"under its checkpoint of {counted(tie.tree_size, 'entry', 'entries')} with root {tie.root_hash}",
    )


def _item(item: Item) -> str:
    source = f"from {item.source}" if item.source else ""
    condition = f"condition {item.condition.value}"
    size = "" if item.size_bytes < 0 else _size(item.size_bytes)
    digest = f"SHA-256 {item.sha256}" if item.sha256 else "no digest"
    return _joined(item.id, item.description, condition, item.condition_note, source, size, digest)


def _file(number: int, one: FileRecord) -> dict[str, Any]:
    return {
        "number": str(number),
        "path": one.path,
        "ascii": in_ascii(one.path) if not one.path.isascii() else "",
        "original": _EDGES.sub(lambda found: escaped(" ") * len(found[0]), in_ascii(one.original_path)),
        "size": _size(one.size_bytes),
        "modified": moment(one.modified_at) if one.modified_at else "",
        "sha256": one.sha256,
        "sha512": [one.sha512[:64], one.sha512[64:]],
    }


def _commands(report: PackageReport, contents: Contents | None) -> list[dict[str, Any]]:
    made = {check.name for check in report.checks}
    own = contents is None or all(one.subject == one.issuer for one in contents.certificates[:1])
    found: Iterator[repeat.Commands] = (
        one for one in repeat.commands(at=report.stamped_at, own=own) if one.check in made
    )
    numbers = {check.name: str(number) for number, check in enumerate(report.checks, 1)}
    return [
        {
            "number": numbers[one.check],
            "check": one.check,
            "lines": [repeat.broken(line).split("\n") for line in one.commands],
            "expect": one.expect,
        }
        for one in found
    ]


def _party(party: Party) -> str:
    return _joined(party.name, party.role, party.agency, party.state)


def _joined(*words: str) -> str:
    return ", ".join(word for word in words if word)


def _size(size_bytes: int) -> str:
    return f"{size_bytes:,} bytes"


def _inline(text: str) -> str:
    return legible(text, inline=True)

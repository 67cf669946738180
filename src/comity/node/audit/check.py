"""Checking the trail where it lies: entries against the tree, the tree against signed heads, columns against both."""

from collections.abc import Iterator

from comity.evidence.custody import Checkpoint as Signed
from comity.evidence.custody import CheckReport, Finding, Verdict, root_of, verify_note
from comity.evidence.errors import EvidenceError
from comity.node.audit.actions import log_name
from comity.node.audit.compare import compare_heads, compare_lines, read_line
from comity.node.audit.models import Checkpoint, Entry, Head
from comity.node.audit.reads import leaves
from comity.node.audit.record import Record, parse_record
from comity.node.audit.signing import signers
from comity.node.audit.tree import read_hash
from comity.node.errors import InvalidError
from comity.node.people.models import User

FINDINGS_MAX = 1_000


def check_trail() -> CheckReport:
    """All that is wrong with the trail in the database; what is searched by is compared with what was entered."""
    head = Head.objects.filter(pk=1).first()
    size = head.size if head else 0
    rows = Entry.objects.order_by("number")
    lines = [read_line(bytes(body), log_name()) for body in rows.values_list("body", flat=True).iterator(10_000)]
    hashes = list(leaves(size))
    tree = Signed(origin=log_name(), size=size, root_hash=root_of(size, read_hash))
    findings = compare_lines(lines, hashes, tree)
    heads = list(_heads(findings))
    findings += compare_heads(heads, tree, lines)
    findings += _compare_columns()
    return CheckReport(
        log=tree.origin,
        size=size,
        root_hash=tree.root_hash.hex(),
        entries_checked=len(lines),
        checkpoints_checked=len(heads),
        signed_by=(),
        findings=tuple(findings[:FINDINGS_MAX]),
    )


def _heads(findings: list[Finding]) -> Iterator[Signed]:
    keys = [signer.key for signer in signers()]
    for size, note in Checkpoint.objects.order_by("size").values_list("size", "note").iterator():
        try:
            yield verify_note(bytes(note), keys)[0]
        except EvidenceError as error:
            findings.append(Finding(code="checkpoint-wrong", verdict=Verdict.FAILED, number=size, message=str(error)))


def _compare_columns() -> Iterator[Finding]:
    names = dict(User.objects.values_list("pk", "username"))
    for entry in Entry.objects.order_by("number").iterator(10_000):
        try:
            record = parse_record(bytes(entry.body))
        except InvalidError:
            continue  # told above
        if wrong := [name for name, (column, entered) in _pairs(entry, record, names).items() if column != entered]:
            text = f"entry {entry.number} would be found wrongly: {', '.join(wrong)} beside it is not what it says"
            yield Finding(code="column-altered", verdict=Verdict.FAILED, number=entry.number, message=text)


def _pairs(entry: Entry, record: Record, names: dict[int, str]) -> dict[str, tuple[object, object]]:
    """What stands beside an entry, and what the entry says."""
    return {
        "number": (entry.number, record.number),
        "time": (entry.at, record.at),
        "actor": (names.get(entry.actor, "?") if entry.actor is not None else "", record.actor),
        "about": (names.get(entry.about, "?") if entry.about is not None else "", record.about),
        "act": (entry.act, record.act),
        "case": (entry.case, record.case),
    }

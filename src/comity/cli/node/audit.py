"""`comity audit`: checks what a node exported of its audit trail, offline."""

from pathlib import Path

import click

from comity.cli.files import print_json, read_file
from comity.cli.trust import identity_option, trust_option, trusted_keys
from comity.errors import ComityError
from comity.evidence.custody import (
    CheckReport,
    Finding,
    NoteKey,
    Verdict,
    checkpoint_of,
    parse_checkpoint,
    parse_growth,
    parse_note,
    verify_note,
)
from comity.evidence.custody.note import NOTE_BYTES_MAX
from comity.evidence.custody.proof import is_consistent
from comity.evidence.errors import SignerUnknownError
from comity.node.audit.proof import PROOF_BYTES_MAX, check_proof, parse_proof
from comity.node.audit.verify import head_of, verify_export

_PATH = click.Path(path_type=Path)
_EXIT = {Verdict.PASSED: 0, Verdict.FAILED: 1, Verdict.INDETERMINATE: 3}


@click.group()
def audit() -> None:
    """The audit trail of a node, as it was exported: check it without the node."""


@audit.command()
@click.argument("file", type=_PATH)
@identity_option
@trust_option
@click.option("--kept", type=_PATH, multiple=True, help="A checkpoint that somebody kept elsewhere; repeatable.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def verify(file: Path, identity: Path | None, trust: tuple[Path, ...], kept: tuple[Path, ...], as_json: bool) -> None:
    """Check FILE: an export of a trail, the proof of one entry, or the proof that a trail only grew.

    Exit status 0: passed; 1: failed, and each entry that was altered, cut or moved is named; 3: cannot be told with
    the keys given.
    """
    notes = [read_file(path, limit_bytes=NOTE_BYTES_MAX) for path in kept]
    with file.open("rb") as opened:
        is_export = opened.read(2) == b"PK"
    if is_export:
        keys = trusted_keys(identity=identity, trust=trust, origins=[head_of(file).origin])
        report = verify_export(file, keys, kept=notes)
    else:
        report = _verify_proof(read_file(file, limit_bytes=PROOF_BYTES_MAX), identity, trust, notes)
    if as_json:
        print_json({"verdict": report.verdict, "report": report})
    else:
        _print(report)
    raise SystemExit(_EXIT[report.verdict])


def _verify_proof(data: bytes, identity: Path | None, trust: tuple[Path, ...], kept: list[bytes]) -> CheckReport:
    """The report on a small file: the proof of an entry, or of growth."""
    if b'"comity-custody-growth/1"' in data[:PROOF_BYTES_MAX]:
        growth = parse_growth(data)
        return _verify_growth(growth.checkpoint.encode(), growth.old_size, growth.proof, identity, trust, kept)
    proof = parse_proof(data)
    head = parse_checkpoint(parse_note(proof.checkpoint.encode()).text)
    keys = trusted_keys(identity=identity, trust=trust, origins=[head.origin])
    findings: tuple[Finding, ...] = ()
    names: tuple[str, ...] = ()
    try:
        names = check_proof(proof, keys).signed_by
        findings = () if names else (_unknown(),)
    except ComityError as error:
        findings = (Finding(code="entry-unproven", verdict=Verdict.FAILED, message=str(error)),)
    return CheckReport(
        log=head.origin,
        size=head.size,
        root_hash=head.root_hash.hex(),
        entries_checked=1,
        checkpoints_checked=1,
        signed_by=names,
        findings=findings,
    )


def _verify_growth(
    note: bytes, old: int, proof: tuple[str, ...], identity: Path | None, trust: tuple[Path, ...], kept: list[bytes]
) -> CheckReport:
    """The report on a proof of growth: the older checkpoint is the one that the user kept."""
    head = parse_checkpoint(parse_note(note).text)
    keys = trusted_keys(identity=identity, trust=trust, origins=[head.origin])
    findings: list[Finding] = []
    names = _signers(note, keys, findings)
    olds = [one for one in map(checkpoint_of, kept) if one.size == old and one.origin == head.origin]
    if not olds:
        text = f"give the checkpoint of {old} entries that you kept (--kept)"
        findings.append(Finding(code="checkpoint-missing", verdict=Verdict.INDETERMINATE, message=text))
    path = [_hash(node) for node in proof]
    for one in olds:
        root = {"old_root": one.root_hash, "new_root": head.root_hash}
        if not is_consistent(old=old, new=head.size, proof=path, **root):
            text = f"the trail of {head.size} entries does not begin with the {old} that stood there"
            findings.append(Finding(code="history-rewritten", verdict=Verdict.FAILED, message=text))
    return CheckReport(
        log=head.origin,
        size=head.size,
        root_hash=head.root_hash.hex(),
        entries_checked=0,
        checkpoints_checked=1 + len(olds),
        signed_by=names,
        findings=tuple(findings),
    )


def _hash(text: str) -> bytes:
    """The bytes of a hash; what is no hash proves nothing."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def _signers(note: bytes, keys: tuple[NoteKey, ...], findings: list[Finding]) -> tuple[str, ...]:
    try:
        return tuple(one.key.name for one in verify_note(note, keys)[1])
    except SignerUnknownError:
        findings.append(_unknown())
    except ComityError as error:
        findings.append(Finding(code="signature-wrong", verdict=Verdict.FAILED, message=str(error)))
    return ()


def _unknown() -> Finding:
    text = "no key that signed the checkpoint is trusted here: give it with --trust"
    return Finding(code="signer-unknown", verdict=Verdict.INDETERMINATE, message=text)


def _print(report: CheckReport) -> None:
    click.echo(f"{report.log}: {report.size:,} entries, root {report.root_hash}")
    for name in report.signed_by:
        click.echo(f"signed by {name}")
    for finding in report.findings:
        click.echo(f"{finding.verdict}: {finding.message}")
    click.echo({"passed": "Everything is as it was entered."}.get(report.verdict, str(report.verdict)))

"""`comity letter verify`: every signature of a letter, its data, its papers, and why each holds or does not."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli.files import print_json, read_file

if TYPE_CHECKING:
    from comity.letters.sign import Verification

EXIT = {"passed": 0, "failed": 1, "indeterminate": 3}
FILES_MAX = 2_000
_COLOUR = {"passed": "green", "failed": "red", "indeterminate": "yellow"}
_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("file", type=_PATH)
@click.option("--trust", type=_PATH, multiple=True, help="Root certificate, or identity.json, to trust; repeatable.")
@click.option("--identity", type=_PATH, help="Your own identity: its roots, and those whom it knows, are trusted.")
@click.option("--issuer", type=_PATH, multiple=True, help="Certificate in between, not trusted by itself; repeatable.")
@click.option("--crl", type=_PATH, multiple=True, help="Revocation list; repeatable.")
@click.option("--ocsp", type=_PATH, multiple=True, help="OCSP answer, DER; repeatable.")
@click.option("--signature", type=_PATH, multiple=True, help="Detached signature; default: FILE.p7s, FILE.2.p7s …")
@click.option("--papers", type=_PATH, help="Folder of the enclosures; default: that of FILE.")
@click.option("--at", "instant", help="The instant as of which to judge, RFC 3339 with offset; default: now.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def verify(
    file: Path,
    trust: tuple[Path, ...],
    identity: Path | None,
    issuer: tuple[Path, ...],
    crl: tuple[Path, ...],
    ocsp: tuple[Path, ...],
    signature: tuple[Path, ...],
    papers: Path | None,
    instant: str | None,
    as_json: bool,
) -> None:
    """Verify the letter in FILE: signatures, data inside against what is shown, enclosures by digest.

    Exit status 0: passed; 1: failed; 3: cannot be told (not signed, or by nobody who leads to a root that you trust).
    Nothing is fetched.
    """
    from comity.cli.bounded import bounded
    from comity.cli.letterkeys import TRUST_BYTES_MAX, trust_from
    from comity.cli.lettersign import signature_files
    from comity.letters.read.limits import DEFAULT_READ_LIMITS
    from comity.letters.sign import verify_letter

    data = read_file(file, limit_bytes=DEFAULT_READ_LIMITS.file_bytes)
    beside = signature or tuple(path for path in signature_files(file) if path.is_file())
    with bounded(file):
        found = verify_letter(
            data,
            trust_from(trust, others=issuer, revocations=crl, answers=ocsp, identity=identity),
            file=str(file),
            now=parse_instant(instant),
            detached={path.name: read_file(path, limit_bytes=TRUST_BYTES_MAX) for path in beside},
            papers=lambda: _digests(papers or file.parent, but=file),
        )
    if as_json:
        print_json(found)
    else:
        _show(found)
    sys.exit(EXIT[found.verdict.value])


def parse_instant(text: str | None) -> datetime:
    """An instant as typed, or now; BadParameter where it is none."""
    if text is None:
        return datetime.now(UTC)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(
            f"{text!r} is no instant; write 2026-11-24T09:30:00+00:00", param_hint="--at"
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _digests(folder: Path, *, but: Path) -> dict[str, str]:
    """SHA-256 of the files of a folder, by name, at most `FILES_MAX`."""
    from comity.cli.lettersign import PAPER_BYTES_MAX, digest_of

    files = [path for path in sorted(folder.iterdir()) if path.is_file() and path.name != but.name]
    return {path.name: digest_of(path) for path in files[:FILES_MAX] if path.stat().st_size <= PAPER_BYTES_MAX}


def _show(found: "Verification") -> None:
    from rich.console import Console
    from rich.markup import escape

    console = Console(highlight=False)
    colour = _COLOUR[found.verdict.value]
    console.print(f"[{colour} bold]{found.verdict.value.upper()}[/]  {escape(found.why)}  [dim]as of {found.at}[/]")
    for one in found.signatures:
        mark = _COLOUR[one.verdict.value]
        kind = "time stamp" if one.kind == "time_stamp" else "signature"
        console.print(f"\n[bold]{escape(one.name)}[/]  {kind}  [{mark}]{one.verdict.value}[/]  {escape(one.why)}")
        lines = (
            ("by", one.signer),
            ("at", f"{one.signed_at} (as the signer says)" if one.signed_at and not one.stamped_at else ""),
            ("at", f"{one.stamped_at} (a time stamp proves it)" if one.stamped_at else ""),
            ("chain", " < ".join(one.chain)),
            ("afterwards", one.changes.value if one.changes.value != "none" else ""),
            ("revocation", "" if one.revocation_known else "no data at hand: a revoked certificate is not noticed"),
        )
        for label, said in lines:
            if said:
                console.print(f"   {label}: {escape(said)}")
    console.print(f"\n[bold]data[/]  {found.data.agreement.value.replace('_', ' ')}: {escape(found.data.why)}")
    for paper in found.enclosures:
        file = f" ({paper.file})" if paper.file else ""
        console.print(f"[bold]enclosure {paper.number}[/]  {paper.state.value}  {escape(paper.title + file)}")
    for note in found.notes:
        console.print(f"note: {escape(note)}")

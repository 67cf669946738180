"""`comity evidence`: what evidence is, what may be done with it when it is sealed, and consent to more."""

import re
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli.files import print_json, read_file, write_new_file
from comity.cli.lazy import lazy_group
from comity.cli.packageopen import FILE_BYTES_MAX, opening_options, read_grants, read_identities, read_trust
from comity.cli.passphrase import ask, passphrase_options
from comity.cli.restricted import found, read_statement_at
from comity.evidence.limitation import UNLIMITED, Answer, Grant, Purpose, Restriction, Use
from comity.evidence.limitation import may as decide

if TYPE_CHECKING:
    from comity.evidence.limitation import Decision
    from comity.evidence.package import PackageReport

_PATH = click.Path(path_type=Path)
_DAY = click.DateTime(["%Y-%m-%d"])
_STATUS = {Answer.ALLOWED: 0, Answer.FORBIDDEN: 1, Answer.UNKNOWN: 2}
_COLOURS = {Answer.ALLOWED: "green", Answer.FORBIDDEN: "red", Answer.UNKNOWN: "yellow"}
_SEAL = re.compile("[0-9A-Fa-f]{128}")
_PURPOSES = click.Choice([purpose.value for purpose in Purpose])


_COMMANDS = {
    "consent": "comity.cli.evidence:consent",
    "delete": "comity.cli.evidencerecall:delete",
    "describe": "comity.cli.describe:describe",
    "match": "comity.cli.hashmatch:match",
    "may": "comity.cli.evidence:may",
    "proof": "comity.cli.evidencerecall:proof",
    "restrict": "comity.cli.evidencerecall:restrict",
}


@click.group(cls=lazy_group(_COMMANDS))
def evidence() -> None:
    """What evidence is, whether it is known, what may be done with it, and what became of it."""


@click.command()
@click.argument("package", type=click.Path(path_type=Path, exists=True))
@click.option("--purpose", type=_PURPOSES, required=True, help="What for.")
@click.option("--for-case", default="", help="In which case.")
@click.option("--share-with", default="", help="To whom it would be given: an agency or a state.")
@click.option("--on", type=_DAY, help="On which day, YYYY-MM-DD; default: today.")
@click.option(
    "--consent",
    "consents",
    type=_PATH,
    multiple=True,
    help="A consent of the owner; its signature lies beside it as NAME.p7s; repeatable.",
)
@click.option(
    "--restriction",
    "restrictions",
    type=_PATH,
    multiple=True,
    help="A statement that it is not to be used; PACKAGE.restriction.json, and what your identity stated, are found by "
    "themselves; repeatable.",
)
@click.option("--custody", type=_PATH, help="Your custody log: what it says is gone may not be used.")
@opening_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def may(
    package: Path,
    purpose: str,
    for_case: str,
    share_with: str,
    on: datetime | None,
    consents: tuple[Path, ...],
    restrictions: tuple[Path, ...],
    custody: Path | None,
    identity: Path | None,
    keys: tuple[Path, ...],
    trust: tuple[Path, ...],
    stamp_trust: tuple[Path, ...],
    crls: tuple[Path, ...],
    time_stamp: Path | None,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
    as_json: bool,
) -> None:
    """May PACKAGE be used so? The rule that allows or forbids it is shown.

    Exit status 0: allowed; 1: forbidden; 2: it cannot be told.
    """
    from comity.evidence.package.limits import read_limits

    now = datetime.now(UTC)
    believed = read_trust(identity=identity, trust=trust, stamp_trust=stamp_trust, crls=crls)
    late = read_file(time_stamp, limit_bytes=FILE_BYTES_MAX) if time_stamp else None
    if package.is_dir():
        limits = read_limits(package, (), believed, now=now, subject=str(package), late_stamp=late)
    else:
        opens = read_identities(
            identity=identity, keys=keys, passphrase_file=passphrase_file, passphrase_fd=passphrase_fd
        )
        with package.open("rb") as source:
            limits = read_limits(source, opens, believed, now=now, subject=str(package), late_stamp=late)
    head = limits.report.head
    assert head is not None
    grants = read_grants(consents, limits.asked, now=now)
    day: date = on.date() if on else now.date()
    use = Use(purpose=Purpose(purpose), on=day, case=for_case, share_with=share_with)
    decision = decide(
        use,
        limits.limitations,
        grants,
        _restrictions((*restrictions, *found(package, head.package, identity)), head.package),
        end_of_access_on=head.end_of_access_on,
        gone="" if custody is None else _gone(custody, head.package),
        doubts=limits.doubts,
    )
    if as_json:
        print_json({"package": head.package, "verification": limits.report.verdict, "use": use, "decision": decision})
    else:
        _show(decision, limits.report)
    sys.exit(_STATUS[decision.answer])


@click.command()
@click.argument("package")
@click.option("--output", "-o", type=_PATH, required=True, help="The new file; its signature goes beside it.")
@click.option(
    "--seal",
    default="",
    help="SHA-512 of its signed list, as comity seal and verify show it: for that package alone. Needed where another "
    "sealed your evidence again.",
)
@click.option("--identity", type=_PATH, envvar="COMITY_IDENTITY", required=True, help="Folder of the owner's identity.")
@click.option("--for-case", "cases", multiple=True, help="Another case; repeatable.")
@click.option("--purpose", "purposes", type=_PURPOSES, multiple=True, help="Another purpose; repeatable.")
@click.option("--in-court", is_flag=True, help="As evidence in court.")
@click.option("--share-with", multiple=True, help="To be given to; repeatable.")
@click.option("--delete-by", type=_DAY, help="To be kept until, YYYY-MM-DD.")
@click.option("--ends-on", type=_DAY, help="Last day of this consent, YYYY-MM-DD.")
@click.option("--reference", default="", help="Reference of the decision.")
@passphrase_options()
def consent(
    package: str,
    seal: str,
    output: Path,
    identity: Path,
    cases: tuple[str, ...],
    purposes: tuple[str, ...],
    in_court: bool,
    share_with: tuple[str, ...],
    delete_by: datetime | None,
    ends_on: datetime | None,
    reference: str,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
) -> None:
    """Consent, as the owner of the evidence, to more use of PACKAGE (its id): a signed file."""
    if not (cases or purposes or in_court or share_with or delete_by):
        raise click.UsageError("nothing is consented to; say what: --for-case, --purpose, --in-court, --share-with …")
    if Path(package).exists():
        raise click.UsageError(f"{package} is a file; give the package's id, as comity verify shows it")
    if seal and not _SEAL.fullmatch(seal):
        raise click.UsageError("--seal is no SHA-512: 128 digits and letters a to f, as comity verify shows it")
    if ends_on is not None and ends_on.date() < datetime.now(UTC).date():
        raise click.UsageError(f"--ends-on {ends_on.date()} is past: it would consent to nothing")
    from comity.evidence.cms_sign import sign_detached
    from comity.evidence.grant import encode_grant
    from comity.evidence.keys import open_identity

    own = open_identity(identity)
    unlocked = own.unlock(ask(own.public.name, file=passphrase_file, fd=passphrase_fd))
    now = datetime.now(UTC)
    data = encode_grant(
        Grant(
            package=package,
            signed_list_sha512=seal.lower(),
            cases=cases,
            purposes=tuple(Purpose(one) for one in purposes),
            in_court=in_court,
            share_with=share_with,
            delete_by=delete_by.date() if delete_by else None,
            granted_by=own.public.name,
            granted_on=now.date(),
            ends_on=ends_on.date() if ends_on else None,
            reference=reference,
        )
    )
    signature = sign_detached(data, unlocked.certificate_key(), unlocked.certificate_chain(), signed_at=now)
    write_new_file(output.with_name(output.name + ".p7s"), signature, mode=0o644)
    write_new_file(output, data, mode=0o644)
    click.echo(f"{output}: consent to more use of {package}, signed in {output.name}.p7s")


def _restrictions(statements: tuple[Path, ...], package: str) -> tuple[Restriction, ...]:
    """What the holder promised; one that cannot be relied on is an error, for it might forbid."""
    return tuple(dict.fromkeys(read_statement_at(one, package) for one in statements))


def _gone(custody: Path, package: str) -> str:
    """Why a package should not be here any more, by the log; empty: it does not say so."""
    from comity.evidence.custody import Status, open_log

    log = open_log(custody)
    holding = log.holdings([package]).get(package)
    if holding is None or holding.status in (Status.HELD, Status.IN_TRANSIT):
        return ""
    return f"{log.origin}, entry {holding.last}: it was {holding.status}, and should not be here"


def _show(decision: "Decision", report: "PackageReport") -> None:
    answer = "it cannot be told" if decision.answer is Answer.UNKNOWN else decision.answer.value
    if any(ruling.rule == UNLIMITED for ruling in decision.rulings):
        answer += ": nothing was laid down"
    click.secho(answer.upper(), fg=_COLOURS[decision.answer], bold=True)
    for ruling in decision.rulings:
        click.echo(f"{ruling.answer.value:<10} {ruling.rule}: {ruling.why}")
    for duty in decision.duties:
        click.echo(f"{'duty':<10} {duty}")
    if report.verdict.value != "passed":
        wanting = ", ".join(check.name for check in report.checks if check.verdict is report.verdict)
        click.echo(f"The package's verification is {report.verdict} ({wanting}): see comity verify.", err=True)

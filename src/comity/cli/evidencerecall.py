"""`comity evidence delete`, `restrict` and `proof`: evidence that is called back, and the proof that it is gone."""

import hashlib
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from comity.cli.files import FileError, print_json, read_file
from comity.cli.packageopen import FILE_BYTES_MAX, opening_options, read_identities, read_trust
from comity.cli.passphrase import ask
from comity.cli.tsa import authority
from comity.cli.verify import STATUS
from comity.evidence.limitation import Purpose, Restriction

if TYPE_CHECKING:
    from comity.cli.recallwork import Keys
    from comity.evidence.age import Identity as Secret
    from comity.evidence.custody import Party
    from comity.evidence.keys import Unlocked
    from comity.evidence.recall import Number, RecallReport, Statement

_PATH = click.Path(path_type=Path)
_DAY = click.DateTime(["%Y-%m-%d"])
_Command = TypeVar("_Command", bound=Callable[..., Any])
EXTRACT_BYTES_MAX = 256 << 20


def stating_options(command: _Command) -> _Command:
    """Options for who states what on whose recall."""
    for option in reversed(
        (
            click.option("--output", "-o", type=_PATH, required=True, help="The statement; its signature goes beside."),
            click.option("--recall", required=True, help="Reference of the owner's recall, or of the rule behind it."),
            click.option("--reason", default="", help="Why, in words."),
            click.option("--by", help="Who does it; default: the identity's name."),
            click.option("--role", default="evidence custodian", show_default=True, help="In which role."),
            click.option("--declare", multiple=True, help="What you declare besides, as of backups; repeatable."),
            click.option("--damaged", is_flag=True, help="Though it does not pass its verification."),
            click.option("--tsa", help="Address of a time-stamping authority (RFC 3161), http or https."),
            click.option("--tsa-command", help="A command that is one: request in, answer out."),
        )
    ):
        command = option(command)
    return opening_options(command)


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=_PATH)
@stating_options
@click.option("--custody", type=_PATH, help="Your custody log: the act is entered, and an extract goes beside.")
@click.option("--under", default="", help="Order or request under which it is done; default: the recall.")
@click.option("--returned", is_flag=True, help="It was given back to its owner: nothing is kept here.")
@click.option("--yes", is_flag=True, help="Do not ask before removing.")
def delete(paths: tuple[Path, ...], output: Path, custody: Path | None, yes: bool, **given: Any) -> None:
    """Remove a package and what it was unpacked to, and state so: signed, with the entry in your custody log.

    PATH... are the package's file and its unpacked folders, no links to them. Stopped, the same command finishes what
    it began.
    """
    from comity.cli.recallplaces import links_left, refuse_places
    from comity.cli.recallwork import Plan, begin, finish, read_plan

    plan = read_plan(output)
    numbers: tuple[Number, ...] = ()
    if plan is None:
        _refuse_written(output)
        needed = {"-o": output, "--custody": custody, "--identity": given["identity"]}
        numbers = refuse_places(paths, needed | {"--passphrase-file": given["passphrase_file"]})
    unlocked, keys = _keys(given)
    if plan is None:
        statement = _state(paths, unlocked, outcome="returned" if given["returned"] else "destroyed", given=given)
        if custody is not None:
            statement = _naming_copies(statement, custody)
        statement = _declaring(statement, links_left(paths))
        if not yes:
            click.confirm(f"Remove {', '.join(map(str, paths))} for good?", abort=True, err=True)
        from comity.evidence.custody import Authorisation

        plan = Plan(
            paths=tuple(str(path.absolute()) for path in paths),
            numbers=numbers,
            authorisation=Authorisation(reference=given["under"] or given["recall"]),
            statement=statement,
        )
        begin(output, plan, custody)
    elif set(plan.paths) != {str(path.absolute()) for path in paths}:
        raise FileError(f"{output}: was begun for {', '.join(plan.paths)}; finish that first")
    done = finish(output, plan, custody, keys)
    click.echo(f"{output}: {done.package} {done.outcome}, signed in {output.name}.p7s")
    if custody is not None:
        click.echo(f"{custody}: {done.outcome}; its extract is in {output.name}.custody.json")
    click.echo("Backups and copies elsewhere are not reached: remove them too, and declare it (--declare).", err=True)


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@stating_options
@click.option(
    "--only-purpose",
    "purposes",
    type=click.Choice([purpose.value for purpose in Purpose]),
    multiple=True,
    help="For this it may still be used; repeatable. Without: for nothing, it is only kept.",
)
@click.option("--until", type=_DAY, help="Last day of the restriction, YYYY-MM-DD; without: until it is lifted.")
@click.option("--lift", is_flag=True, help="Lift the restriction in -o: stated and signed; the one there is set aside.")
def restrict(
    paths: tuple[Path, ...], output: Path, purposes: tuple[str, ...], until: datetime | None, lift: bool, **given: Any
) -> None:
    """State that a package is kept but not used: signed, and heeded by comity evidence may, verify, unseal and seal.

    PATH... are the package's file and its unpacked folders: the statement is laid beside each as
    PATH.restriction.json, where whoever uses them finds it. Your identity keeps it too, and heeds it wherever the
    package lies. With --lift, it ended the day before.
    """
    import msgspec

    from comity.cli.recallwork import write_signed
    from comity.cli.restricted import beside, kept, kept_already, lay, read_statement_at, same, set_aside, to_keep

    if lift and (purposes or until):
        raise click.UsageError("--lift ends it as a whole: without --only-purpose and --until")
    if not lift:
        _refuse_written(output)
    unlocked, keys = _keys(given)
    statement = _state(paths, unlocked, outcome="restricted", given=given)
    restriction = Restriction(
        since=statement.done_at.date(),
        purposes=tuple(Purpose(one) for one in purposes),
        until=until.date() if until else None,
        reference=given["recall"],
    )
    places = [beside(path) for path in paths if beside(path) != output.resolve()]
    if lift:
        before = read_statement_at(output, statement.package)
        ended = statement.done_at.date() - timedelta(days=1)
        restriction = msgspec.structs.replace(before, until=ended, reference=given["recall"])
        for other in same(output, (*places, *kept(given["identity"], statement.package))):
            set_aside(other)
        set_aside(output)
        write_signed(output, msgspec.structs.replace(statement, restriction=restriction), keys)
    else:  # the identity has it first: stopped here, its use is forbidden, and the same command goes on
        own = kept_already(given["identity"], statement.package, restriction)
        if own is None:
            own = to_keep(given["identity"], statement.package)
            write_signed(own, msgspec.structs.replace(statement, restriction=restriction), keys)
        for place in places:
            _lay_beside(own, place)
        lay(own, output)
    done = "no longer restricted" if lift else "restricted"
    click.echo(f"{output}: {statement.package} {done}, signed in {output.name}.p7s")
    named = ", ".join(map(str, paths))
    told = f"What lies elsewhere than at {named}, unpacked or copied before, bears no statement of its own"
    click.echo(f"{told}: of that only your identity knows it. Name it too (PATH...) where others use it.", err=True)


@click.command()
@click.argument("statement", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--package", type=_PATH, help="Your copy of the package as it was given.")
@click.option("--custody", type=_PATH, help="The holder's extract; default: STATEMENT.custody.json.")
@click.option(
    "--given",
    "handed",
    type=_PATH,
    help="Your own custody of the package, which says to whom you gave it: your log's folder, or an extract; default: "
    "PACKAGE.custody.json.",
)
@click.option("--time-stamp", type=_PATH, help="The time stamp; default: STATEMENT.p7s.tst.")
@click.option(
    "--holder", type=_PATH, help="The holder's identity as it is now (JSON); default: STATEMENT.identity.json."
)
@click.option(
    "--identity",
    type=_PATH,
    envvar="COMITY_IDENTITY",
    help="Your identity: its acquaintances are trusted, its own keys are not: you do not state to yourself.",
)
@click.option("--trust", type=_PATH, multiple=True, help="The holder's identity (JSON), or roots (PEM); repeatable.")
@click.option("--stamp-trust", type=_PATH, multiple=True, help="Roots of time-stamping authorities; repeatable.")
@click.option("--crl", "crls", type=_PATH, multiple=True, help="A list of revoked certificates; repeatable.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def proof(
    statement: Path,
    package: Path | None,
    custody: Path | None,
    handed: Path | None,
    time_stamp: Path | None,
    holder: Path | None,
    identity: Path | None,
    trust: tuple[Path, ...],
    stamp_trust: tuple[Path, ...],
    crls: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Check, as the owner, a holder's STATEMENT that evidence was deleted, given back or restricted.

    A holder whose keys were changed since you took its identity in is followed, where a key that you know, and that was
    not revoked, signed the identity that came with the statement.

    Exit status 0: passed; 1: failed; 3: indeterminate; 2: not checked.
    """
    from comity.evidence.custody import parse_extract
    from comity.evidence.recall import Given, check_statement, read_statement

    believed = read_trust(identity=identity, trust=trust, stamp_trust=stamp_trust, crls=crls, of_others=True)
    signature = read_file(_beside(statement, ".p7s"), limit_bytes=FILE_BYTES_MAX)
    one = read_statement(read_file(statement, limit_bytes=FILE_BYTES_MAX), signature)
    extract = _optional(custody, _beside(statement, ".custody.json"), limit_bytes=EXTRACT_BYTES_MAX)
    given = Given(
        package_sha256=None if package is None else _sha256(package),
        extract=None if extract is None else parse_extract(extract.removesuffix(b"\n")),
        given_to=_given_to(handed, package, one.statement.package),
        stamp=_optional(time_stamp, _beside(statement, ".p7s.tst"), limit_bytes=FILE_BYTES_MAX),
        identity=_optional(holder, _beside(statement, ".identity.json"), limit_bytes=FILE_BYTES_MAX),
    )
    report = check_statement(one, believed, given, now=datetime.now(UTC))
    if as_json:
        print_json(report)
    else:
        _show(report)
    sys.exit(STATUS[report.verdict.value])


def _given_to(named: Path | None, package: Path | None, package_id: str) -> "tuple[Party, ...] | None":
    """To whom one's own custody says that a package was given; None: no custody is at hand."""
    from comity.evidence.custody import open_log, parse_extract
    from comity.evidence.recall import addressees_of, entries_of

    path = named or (None if package is None else _beside(package, ".custody.json"))
    if path is None or (named is None and not path.exists()):
        return None
    if path.is_dir():
        log = open_log(path)
        return addressees_of((log.entry(number) for number in log.history(package_id)), package_id)
    data = read_file(path, limit_bytes=EXTRACT_BYTES_MAX).removesuffix(b"\n")
    return addressees_of(entries_of(parse_extract(data)), package_id)


def _state(paths: Sequence[Path], unlocked: "Unlocked", *, outcome: str, given: dict[str, Any]) -> "Statement":
    from comity.cli.recallwork import examine, holder
    from comity.evidence.recall import Outcome, Statement

    now = datetime.now(UTC).replace(microsecond=0)
    believed = read_trust(
        identity=given["identity"], trust=given["trust"], stamp_trust=given["stamp_trust"], crls=given["crls"]
    )
    late = given["time_stamp"]
    head, held = examine(
        paths,
        lambda: _secrets(unlocked, given["keys"]),
        believed,
        now=now,
        late_stamp=None if late is None else read_file(late, limit_bytes=FILE_BYTES_MAX),
        damaged=given["damaged"],
    )
    return Statement(
        outcome=Outcome(outcome),
        package=head.package,
        case=head.case,
        recall=given["recall"],
        reason=given["reason"],
        by=holder(unlocked, by=given["by"], role=given["role"]),
        given_to=head.sender if outcome == "returned" else None,
        done_at=now,
        declared=given["declare"],
        held=held,
    )


def _naming_copies(statement: "Statement", custody: Path) -> "Statement":
    from comity.cli.recallwork import copies_of

    copies = tuple(copies_of(custody, statement.package).values())
    for one in copies:
        click.echo(f"{custody}: {one}; it is not removed, and the statement says so", err=True)
    return _declaring(statement, copies)


def _declaring(statement: "Statement", more: Sequence[str]) -> "Statement":
    import msgspec

    return msgspec.structs.replace(statement, declared=(*statement.declared, *more))


def _keys(given: dict[str, Any]) -> "tuple[Unlocked, Keys]":
    from comity.cli.recallwork import Keys
    from comity.evidence.keys import open_identity

    if given["identity"] is None:
        raise click.UsageError("--identity is missing: a statement is signed")
    own = open_identity(given["identity"])
    unlocked = own.unlock(ask(own.public.name, file=given["passphrase_file"], fd=given["passphrase_fd"]))
    return unlocked, Keys(unlocked=unlocked, authority=authority(given["tsa"], given["tsa_command"]))


def _secrets(unlocked: "Unlocked", keys: Sequence[Path]) -> "list[Secret]":
    from comity.evidence.age import parse_identity

    named = read_identities(identity=None, keys=keys, passphrase_file=None, passphrase_fd=None) if keys else []
    return [*named, *(parse_identity(text) for text in unlocked.age_identities())]


def _lay_beside(statement: Path, place: Path) -> None:
    """Lay a statement beside what it restricts; told, not refused, where that cannot be: the identity has it."""
    from comity.cli.restricted import lay

    try:
        lay(statement, place)
    except FileError as error:
        click.echo(f"{error}; others who use what lies there must be given the statement (--restriction)", err=True)


def _refuse_written(output: Path) -> None:
    if os.path.lexists(output):
        raise FileError(f"{output}: is there already; choose another name, or move it away")


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _optional(named: Path | None, beside: Path, *, limit_bytes: int) -> bytes | None:
    if named is None and not beside.exists():
        return None
    return read_file(named or beside, limit_bytes=limit_bytes)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _show(report: "RecallReport") -> None:
    from comity.cli.packagepage import print_recall

    print_recall(report)

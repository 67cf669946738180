"""`comity seal`: evidence becomes one encrypted and signed package."""

import os
import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from comity.cli.files import read_file
from comity.cli.packageopen import FILE_BYTES_MAX, read_lists, read_trust
from comity.cli.passphrase import ask, passphrase_options
from comity.cli.sealrecipients import read_addressees, read_recipients
from comity.errors import ComityError
from comity.evidence.legible import legible
from comity.evidence.limitation import Limitations, Purpose

if TYPE_CHECKING:
    from cryptography import x509

    from comity.cli.sealpending import Pending
    from comity.evidence.custody import Draft
    from comity.evidence.keys import Identity, PublicIdentity, Unlocked
    from comity.evidence.package import Sealed, SealOrder

_PATH = click.Path(path_type=Path)
Given = dict[str, Any]
"""The options as typed."""
_DAY = click.DateTime(["%Y-%m-%d"])
_SLUG = re.compile(r"[^A-Za-z0-9]+")


class RevokedError(ComityError):
    """A certificate that is not to sign any more."""


@click.command()
@click.argument("paths", type=click.Path(path_type=Path, exists=True), nargs=-1, required=True)
@click.option("--case", required=True, help="Reference of the case.")
@click.option("--authorised-by", required=True, help="Reference of the order or warrant that allows it.")
@click.option("--issued-by", default="", help="Who issued the order.")
@click.option("--issued-on", type=_DAY, help="When, YYYY-MM-DD.")
@click.option("--legal-basis", default="", help="On which article.")
@click.option("--request", default="", help="Reference of the request that this answers.")
@click.option(
    "--for",
    "recipients",
    required=True,
    multiple=True,
    help="Who can open it: an identity file (JSON) or an age recipient (age1…); repeatable.",
)
@click.option(
    "--addressee",
    "addressees",
    multiple=True,
    help="Whose an age key is: Name (Agency), as its owner will enter the receipt; one for each key, in their order.",
)
@click.option("--output", "-o", type=_PATH, required=True, help="The new package file.")
@click.option("--identity", type=_PATH, envvar="COMITY_IDENTITY", required=True, help="Folder of your identity.")
@passphrase_options()
@click.option("--tsa", help="Address of a time-stamping authority (RFC 3161 over HTTP).")
@click.option("--tsa-command", help="Command that reads a time-stamp request and writes the answer (DER).")
@click.option("--crl", "crls", type=_PATH, multiple=True, help="Lists of revoked certificates, to go along.")
@click.option("--only-for-case", "cases", multiple=True, help="Speciality: to be used in this case only; repeatable.")
@click.option(
    "--purpose",
    "purposes",
    type=click.Choice([p.value for p in Purpose]),
    multiple=True,
    help="To be used for this purpose only; repeatable.",
)
@click.option("--not-in-court", is_flag=True, help="Not to be used as evidence.")
@click.option("--no-onward-transfer", is_flag=True, help="To be given to nobody else.")
@click.option("--share-with", multiple=True, help="But to these: agencies or states; repeatable.")
@click.option("--delete-by", type=_DAY, help="Last day on which it may be kept, YYYY-MM-DD.")
@click.option("--notify", default="", help="Whom to tell of each use.")
@click.option(
    "--consent",
    "consents",
    type=_PATH,
    multiple=True,
    help="The consent of the owner of evidence that came from another; its signature beside it; repeatable.",
)
@click.option(
    "--limits-of",
    type=_PATH,
    multiple=True,
    help="The folder that another's package was unpacked to, from which this came: what its owner laid down goes "
    "along; repeatable. Found by itself where PATHS lie in it.",
)
@click.option("--limits-reason", default="", help="Instrument and article behind the limitations.")
@click.option("--end-of-access", type=_DAY, help="From this day on it may no longer be read.")
@click.option("--found-at", default="", help="Where the evidence was found.")
@click.option("--found-by", default="", help="Who found it.")
@click.option("--found-on", type=_DAY, help="When, YYYY-MM-DD.")
@click.option("--with-tool", default="", help="Tool that acquired it, with its version.")
@click.option("--exhibit", "exhibits", multiple=True, help="Exhibit number, as in the custody log; repeatable.")
@click.option("--derived", default="", help="How this was made from the exhibits, where it is not their own files.")
@click.option(
    "--custody", type=_PATH, help="Your custody log: the exhibits' custody goes along, the sealing is entered."
)
@click.option("--handed-over", is_flag=True, help="Enter too that the package was given to the recipient.")
@click.option("--place", default="", help="Where, for the custody log.")
@click.option("--by", help="Who seals, as in the custody log: Name (Agency). Default: the identity's name.")
@click.option("--role", default="evidence custodian", show_default=True, help="In which role.")
@click.option(
    "--x25519",
    "classic",
    is_flag=True,
    help="Encrypt to X25519 keys, for age programs before 1.3: not safe from quantum computers.",
)
@click.option(
    "--no-inner-hashes",
    is_flag=True,
    help="Do not check the hashes that images and reports hold of themselves: those are read a second time for it.",
)
@click.option("--package", "package_id", help="Id of the package; default: made from the case and the day.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def seal(context: click.Context, /, paths: tuple[Path, ...], output: Path, as_json: bool, **_: object) -> None:
    """Seal files and folders into one package that only the recipients can open and that anyone can check.

    Nothing is changed in PATHS. The package appears whole or not at all. Stopped after that, the same command does what
    is left: its custody, and what lies beside.
    """
    from comity.cli.sealpage import tell_sealed
    from comity.cli.sealpending import Pending, refuse_taken
    from comity.evidence.keys import open_identity

    given = context.params
    for path in (path for path in paths if path.is_symlink()):
        click.echo(f"{_shown(path)}: a symbolic link; sealed is what it leads to, {_shown(path.resolve())}", err=True)
    _refuse_empty(given)
    _warn_of_the_past(given)
    pending = Pending(output, context)
    with closing(pending):
        if pending.take_up(given["custody"]):
            click.echo(f"{output}: is sealed already; what was not done of its custody is done now", err=True)
        else:
            refuse_taken(
                output, custody=given["custody"] is not None, stamped=bool(given["tsa"] or given["tsa_command"])
            )
        own = open_identity(given["identity"])
        unlocked = own.unlock(ask(own.public.name, file=given["passphrase_file"], fd=given["passphrase_fd"]))
        if not pending.taken_up:
            _make(paths, pending, given, own, unlocked)
        plan = pending.finish(given["custody"], unlocked)
    if given["custody"] is not None and not given["handed_over"]:
        click.echo(
            f"{given['custody']} does not say that it was given to anybody: enter that (comity custody add --act "
            "transferred), or seal with --handed-over; what is not given, nobody can enter as received.",
            err=True,
        )
    ends = given["end_of_access"] is not None
    tell_sealed(plan.sealed, plan.limitations, ends=ends, as_json=as_json)


def _make(paths: tuple[Path, ...], pending: "Pending", given: Given, own: "Identity", unlocked: "Unlocked") -> None:
    """The package, with what is still to be done of it written down before it has its name."""
    from comity.cli.packagecustody import item_of, rehearse_sealed, sealing_acts
    from comity.cli.sealpending import SealPlan
    from comity.cli.sealprogress import shown
    from comity.cli.tsa import authority
    from comity.evidence.package import Signer
    from comity.evidence.package import seal as make

    now = datetime.now(UTC)
    order = _order(given, own.public, own.bundle, unlocked, now)
    order = _onward(order, paths, given, now=now)
    given_to = read_addressees(given["recipients"], given["addressees"]) if given["handed_over"] else ()
    if given["custody"] is not None:
        rehearse_sealed(given["custody"], order, place=given["place"])

    def ready(sealed: "Sealed", part: Path) -> None:
        acts: tuple[Draft, ...] = ()
        sha256 = ""
        if given["custody"] is not None:
            item = item_of(sealed.package, part, source=order.provenance.exhibits[0])
            acts, sha256 = sealing_acts(item, order, place=given["place"], given_to=given_to), item.sha256
        pending.begin(
            SealPlan(
                command=pending.command,
                sealed=sealed,
                inode=part.stat().st_ino,
                sha256=sha256,
                limitations=order.limitations,
                drafts=acts,
            )
        )

    signer = Signer(
        key=unlocked.certificate_key(), chain=unlocked.certificate_chain(), pq_key=unlocked.signature_pq_key()
    )
    stamps = authority(given["tsa"], given["tsa_command"])
    follows = given["custody"] is not None or stamps is None
    try:
        with shown(paths) as progress:
            sealed = make(
                paths,
                pending.output,
                order,
                signer,
                now=now,
                random_bytes=os.urandom,
                authority=stamps,
                progress=progress,
                ready=ready if follows else None,
            )
    except BaseException:
        pending.abandon()
        raise
    if not follows:
        pending.plan = SealPlan(command=pending.command, sealed=sealed, limitations=order.limitations)


def _refuse_empty(given: Given) -> None:
    for option in ("case", "authorised_by"):
        if not given[option].strip():
            raise click.UsageError(f"--{option.replace('_', '-')} is empty: evidence belongs to a case, under an order")
    for option in ("issued_on", "found_on"):
        day = _day(given[option])
        if day is not None and day > datetime.now(UTC).date():
            raise click.UsageError(f"--{option.replace('_', '-')} {day} is yet to come")


def _warn_of_the_past(given: Given) -> None:
    for option in ("delete_by", "end_of_access"):
        day = _day(given[option])
        if day is not None and day < datetime.now(UTC).date():
            name = option.replace("_", "-")
            click.echo(f"--{name} {day} is past: whoever receives it may not use it at all", err=True)


def _shown(path: Path) -> str:
    return legible(os.fsencode(path).decode("utf-8", "backslashreplace"))


def _order(given: Given, own: "PublicIdentity", bundle: bytes, unlocked: object, now: datetime) -> "SealOrder":
    from comity.cli.packagecustody import CustodyMissingError, exhibits_so_far, sealing_party
    from comity.evidence.custody import Authorisation
    from comity.evidence.keys import Unlocked
    from comity.evidence.package import Provenance, SealOrder

    assert isinstance(unlocked, Unlocked)
    custody = b""
    if given["custody"] is not None:
        if not given["exhibits"]:
            raise CustodyMissingError("no exhibit is named whose custody is to go along; give --exhibit")
        custody = exhibits_so_far(given["custody"], given["exhibits"], unlocked, now=now)
    return SealOrder(
        package=given["package_id"] or _new_id(given["case"], now),
        case=given["case"],
        request=given["request"],
        authorisation=Authorisation(
            reference=given["authorised_by"],
            issued_by=given["issued_by"],
            issued_on=_iso(given["issued_on"]),
            legal_basis=given["legal_basis"],
        ),
        sender=sealing_party(own, by=given["by"], role=given["role"]),
        identity_bundle=bundle,
        recipients=read_recipients(given["recipients"], given["addressees"], classic=given["classic"]),
        limitations=_limitations(given, own),
        end_of_access_on=_day(given["end_of_access"]),
        provenance=Provenance(
            found_at=given["found_at"],
            found_by=given["found_by"],
            found_on=_day(given["found_on"]),
            tool=given["with_tool"],
            exhibits=given["exhibits"],
            derived=given["derived"] or msgspec.UNSET,
        ),
        custody=custody,
        check_inner=not given["no_inner_hashes"],
        revocations=_revocations(given["crls"], unlocked.certificate_chain()),
        tool=f"comity {version('comity')}",
    )


def _onward(order: "SealOrder", paths: tuple[Path, ...], given: Given, *, now: datetime) -> "SealOrder":
    """The order with the limitations of others whose evidence this is; refused where they do not allow it."""
    from comity.cli.sealonward import Onward, carried, packages_around, received_packages, refuse_unseen
    from comity.evidence.custody import open_log

    around = packages_around((*paths, *given["limits_of"]))
    if given["custody"] is not None:
        refuse_unseen(received_packages(open_log(given["custody"]), given["exhibits"]), around)
    found = [one for one in around if one.owner != order.sender.identity]
    if not found:
        return order
    onward = Onward(
        case=given["case"],
        recipients=read_addressees(given["recipients"], given["addressees"], strict=False),
        consents=given["consents"],
        on=now.date(),
        identity=given["identity"],
    )
    trust = read_trust(identity=given["identity"], trust=(), stamp_trust=(), crls=())
    limits, ends_on = carried(found, order.limitations, onward, trust, now=now)
    click.echo(f"This is of {limits.owner}: its limitations go along, and only it can extend them.", err=True)
    ends = [end for end in (order.end_of_access_on, ends_on) if end is not None]
    return replace(order, limitations=limits, end_of_access_on=min(ends, default=None))


def _limitations(given: Given, own: "PublicIdentity") -> Limitations:
    return Limitations(
        cases=given["cases"],
        purposes=tuple(Purpose(one) for one in given["purposes"]),
        not_in_court=given["not_in_court"],
        no_onward_transfer=given["no_onward_transfer"],
        share_with=given["share_with"],
        delete_by=_day(given["delete_by"]),
        notify=given["notify"],
        reason=given["limits_reason"],
        owner=own.name,
    )


def _revocations(paths: tuple[Path, ...], chain: "Sequence[x509.Certificate]") -> bytes:
    """The lists that go along; RevokedError where one of them revokes a certificate that would sign."""
    from cryptography.hazmat.primitives.serialization import Encoding

    lists = [(one, path) for path in paths for one in read_lists(read_file(path, limit_bytes=FILE_BYTES_MAX), path)]
    for one, path in lists:
        for certificate in chain:
            revoked = one.get_revoked_certificate_by_serial_number(certificate.serial_number)
            if revoked is not None and one.issuer == certificate.issuer:
                raise RevokedError(
                    f"{path}: revokes the certificate {certificate.serial_number:x} that would sign: what it signs "
                    "would fail everywhere. Change the keys (comity key rotate) and have the new one certified"
                )
    return b"".join(one.public_bytes(Encoding.PEM) for one, _ in lists)


def _new_id(case: str, now: datetime) -> str:
    slug = _SLUG.sub("-", case).strip("-")[:60] or "case"
    return f"{slug}-{now:%Y%m%d}-{os.urandom(4).hex()}"


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def _iso(moment: datetime | None) -> str:
    return "" if moment is None else moment.date().isoformat()

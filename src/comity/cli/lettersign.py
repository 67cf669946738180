"""`comity letter sign` and `enclose`: signatures on letters, and the papers that they list sealed by digest."""

import hashlib
import re
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.cli.files import read_file, write_new_file
from comity.cli.passphrase import passphrase_options

if TYPE_CHECKING:
    from pyhanko.sign import Signer
    from pyhanko.sign.timestamps import TimeStamper

    from comity.letters import Letter
    from comity.letters.sign import KeySource, Signing, Trust

PAPER_BYTES_MAX = 4 << 30
_PATH = click.Path(path_type=Path)
_BLOCK_BYTES = 1 << 20


@click.command()
@click.argument("file", type=_PATH)
@click.option("--key", type=_PATH, help="Key: PEM, PKCS#12, or the folder of an identity (comity key).")
@click.option("--cert", type=_PATH, help="Its certificate, where it is not in the same file.")
@click.option("--chain", type=_PATH, help="Certificates of the issuers, PEM.")
@click.option("--token", nargs=3, metavar="MODULE TOKEN KEY", help="A key on a card: PKCS#11 library and labels.")
@click.option("--pin-file", type=_PATH, help="Read the PIN of the token from this file.")
@click.option("--next", "others", type=_PATH, multiple=True, help="Key of the next signatory, in order; repeatable.")
@click.option("--next-passphrase-file", type=_PATH, multiple=True, help="Its passphrase; in the order of --next.")
@click.option("--timestamp", default="", help="URL of a time-stamping service (RFC 3161), or: local.")
@click.option("--timestamp-key", type=_PATH, help="Key with a certificate for time stamping, for: local.")
@click.option("--timestamp-passphrase-file", type=_PATH, help="The passphrase of that key.")
@click.option("--trust", type=_PATH, multiple=True, help="Root certificate: puts validation data for decades inside.")
@click.option("--crl", type=_PATH, multiple=True, help="Revocation list for that; repeatable.")
@click.option("--ocsp", type=_PATH, multiple=True, help="OCSP answer for that; repeatable.")
@click.option("--reason", default="", help="Why it is signed, as the signature shows it.")
@click.option("--city", default="", help="Where it is signed.")
@click.option("--not-ready", is_flag=True, help="Sign a draft that still has gaps; it says so on its pages.")
@click.option("--foreign", is_flag=True, help="Sign a file that holds no letter of ours, such as an enclosure.")
@click.option("--invisible", is_flag=True, help="Show no signature block on the page.")
@click.option("-o", "--output", type=_PATH, help="The new file; default: beside FILE, named after the signature.")
@passphrase_options(of="the key")
def sign(
    file: Path,
    key: Path | None,
    cert: Path | None,
    chain: Path | None,
    token: tuple[str, str, str] | None,
    pin_file: Path | None,
    others: tuple[Path, ...],
    next_passphrase_file: tuple[Path, ...],
    timestamp: str,
    timestamp_key: Path | None,
    timestamp_passphrase_file: Path | None,
    trust: tuple[Path, ...],
    crl: tuple[Path, ...],
    ocsp: tuple[Path, ...],
    reason: str,
    city: str,
    not_ready: bool,
    foreign: bool,
    invisible: bool,
    output: Path | None,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
) -> None:
    """Sign the letter in FILE at the next place: a PDF within itself (PAdES), any other form by a file beside it (CMS).

    Each signatory signs in turn, on one machine or on many. A letter that holds scripts or other files is not signed.
    A draft that has gaps is signed with --not-ready alone, a file that is no letter of ours with --foreign alone.
    """
    from comity.cli.bounded import bounded
    from comity.cli.letterkeys import key_from, key_on_token, stamper_from, trust_from
    from comity.letters.read.file import form_of
    from comity.letters.read.limits import DEFAULT_READ_LIMITS

    if (key is None) == (token is None):
        raise click.UsageError("name a key: --key FILE or --token MODULE TOKEN KEY")
    data = read_file(file, limit_bytes=DEFAULT_READ_LIMITS.file_bytes)
    with bounded(file):
        letter = _letter(data, str(file), not_ready=not_ready, foreign=foreign)
    signing = _signing(letter, reason=reason, city=city, visible=not invisible)
    if token is not None:
        first = key_on_token(*token, chain=chain, pin_file=pin_file)
    elif key is not None:
        first = key_from(
            key, certificate=cert, chain=chain, passphrase_file=passphrase_file, passphrase_fd=passphrase_fd,
            pin_file=pin_file,
        )  # fmt: skip
    secrets = (*next_passphrase_file, *(None for _ in others))
    keys = [first, *(key_from(one, passphrase_file=secret) for one, secret in zip(others, secrets, strict=False))]
    stamper = stamper_from(timestamp, timestamp_key, timestamp_passphrase_file)
    kept = trust_from(trust, revocations=crl, answers=ocsp) if trust else None
    if form_of(data) == "pdf":
        signed, number = _sign_pdf(data, keys, signing, stamper=stamper, trust=kept)
        target = output or _beside(file, number)
        write_new_file(target, signed, mode=0o644)
        click.echo(f"{target}: signed, signature {number}")
        _tell_beyond(letter, number)
        return
    for source, secret in keys:
        target = _sign_detached(file, data, source, secret, output=output, stamper=stamper)
        click.echo(f"{target}: the signature over {file.name}")
        output = None


def _tell_beyond(letter: "Letter | None", number: int) -> None:
    """That a signature is one more than the letter has places for."""
    listed = len(letter.signatures) if letter is not None else 0
    if 0 < listed < number:
        places = "1 place" if listed == 1 else f"{listed} places"
        click.echo(f"comity: the letter has {places} to sign, and signature {number} is one more", err=True)


@click.command()
@click.argument("file", type=_PATH)
@click.argument("papers", type=_PATH, nargs=-1, required=True)
@click.option("-o", "--output", type=_PATH, required=True, help="The new letter, as JSON.")
def enclose(file: Path, papers: tuple[Path, ...], output: Path) -> None:
    """Seal the PAPERS that go with the letter in FILE (JSON): name and SHA-256 of each stand in it from then on.

    A paper is written NUMBER=FILE, the number being that of the enclosure in the letter; a bare file is added as the
    next. `comity letter verify` then says which paper was changed or is not there.
    """
    from comity.letters import Drafted, checked, to_json
    from comity.letters.read.file import letter_in
    from comity.letters.read.limits import DEFAULT_READ_LIMITS
    from comity.letters.sign import with_papers

    held = letter_in(read_file(file, limit_bytes=DEFAULT_READ_LIMITS.data_bytes))
    letter = held.letter if isinstance(held, Drafted) else held
    last = max((enclosure.number for enclosure in letter.enclosures), default=0)
    sealed: dict[int, tuple[str, str]] = {}
    for given in papers:
        head, mark, rest = str(given).partition("=")
        number, path = (int(head), Path(rest)) if mark and head.isdecimal() else (last + 1, given)
        last = max(last, number)
        sealed[number] = (path.name, digest_of(path))
    letter = with_papers(letter, sealed)
    if isinstance(held, Drafted):
        write_new_file(output, to_json(checked(letter, held.expected)), mode=0o644)
    else:
        import msgspec

        write_new_file(output, msgspec.json.format(msgspec.json.encode(letter), indent=2) + b"\n", mode=0o644)
    for number, (name, digest) in sorted(sealed.items()):
        click.echo(f"enclosure {number}: {name}  {digest}")


def digest_of(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()


def _letter(data: bytes, what: str, *, not_ready: bool, foreign: bool) -> "Letter | None":
    """The letter as data, where there is one; raises where nobody should sign it, or says what is signed yet."""
    from comity.letters import Drafted, require_ready
    from comity.letters.read.file import letter_in, open_file
    from comity.letters.sign.readiness import require_our_letter, require_ready_page

    opened = open_file(data)
    held = letter_in(opened.data) if opened.data is not None else None
    letter = held.letter if isinstance(held, Drafted) else held
    if not foreign:
        require_our_letter(letter, what=what)
    elif letter is None:
        click.echo(f"comity: {what} holds no letter of ours: what it says was not checked", err=True)
    require_ready_page(opened, letter, what=what, not_ready=not_ready)
    if isinstance(held, Drafted) and not not_ready:
        require_ready(held)
    if not_ready:
        click.echo(f"comity: {what} is signed whether or not it has gaps", err=True)
    return letter


def _signing(letter: "Letter | None", *, reason: str, city: str, visible: bool) -> "list[Signing]":
    """What each signatory of the letter signs as; the last for whoever signs beyond."""
    from comity.letters.sign import Signing

    now = datetime.now().astimezone().replace(microsecond=0)
    language = letter.language if letter is not None else "en"
    listed = letter.signatures if letter is not None else ()
    made = [
        Signing(
            number=number,
            at=now,
            names=tuple(name for name in (one.name, one.authority) if name),
            reason=reason,
            city=city,
            language=language,
            visible=visible,
        )
        for number, one in enumerate(listed, start=1)
    ]
    return [*made, Signing(number=0, at=now, reason=reason, city=city, language=language, visible=visible)]


def _sign_pdf(
    data: bytes,
    keys: "list[tuple[KeySource, str | None]]",
    signing: "list[Signing]",
    *,
    stamper: "TimeStamper | None",
    trust: "Trust | None",
) -> tuple[bytes, int]:
    from dataclasses import replace

    from comity.letters.sign import open_key, sign_pdf, signed_numbers, signing_trust

    number = max(signed_numbers(data), default=0)
    with ExitStack() as opened:
        for source, secret in keys:
            number += 1
            place = signing[number - 1] if number < len(signing) else signing[-1]
            signer = opened.enter_context(open_key(source, secret))
            _note_name(signer, place.names)
            kept = signing_trust(trust, place.at) if trust is not None else None
            data = sign_pdf(data, signer, replace(place, number=number), stamper=stamper, trust=kept)
    return data, number


def _note_name(signer: "Signer", names: tuple[str, ...]) -> None:
    """Says where the certificate is of another name than the signatory: who may sign is not judged here."""
    certificate = signer.signing_cert
    holder = certificate.subject.human_friendly if certificate is not None else ""
    held = set(re.findall(r"\w{3,}", holder.casefold()))
    if names and not any(held & set(re.findall(r"\w{3,}", name.casefold())) for name in names):
        click.echo(f"comity: the letter lists {' / '.join(names)}; the certificate is of {holder}", err=True)


def _sign_detached(
    file: Path,
    data: bytes,
    source: "KeySource",
    secret: str | None,
    *,
    output: Path | None,
    stamper: "TimeStamper | None",
) -> Path:
    from comity.letters.sign import open_key, sign_detached

    with open_key(source, secret) as signer:
        made = sign_detached(data, signer, at=datetime.now().astimezone(), stamper=stamper)
    target = output or next(path for path in signature_files(file) if not path.exists())
    write_new_file(target, made, mode=0o644)
    return target


def signature_files(file: Path) -> tuple[Path, ...]:
    """Where the signatures over a file lie, in order: ``FILE.p7s``, ``FILE.2.p7s`` …"""
    from comity.letters.sign import SUFFIX

    more = (file.with_name(f"{file.name}.{number}{SUFFIX}") for number in range(2, 100))
    return (file.with_name(file.name + SUFFIX), *more)


def _beside(file: Path, number: int) -> Path:
    stem = file.stem.rpartition(".signed-")[0] or file.stem
    return file.with_name(f"{stem}.signed-{number}{file.suffix}")

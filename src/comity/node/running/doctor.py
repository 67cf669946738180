"""What is wrong with an installation, and what to do about it."""

import smtplib
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.mail import get_connection
from django.db import DatabaseError, connection

from comity.evidence.custody import leaf_hash, root_of, stored_count
from comity.law.errors import LawDataError
from comity.letters.render.fonts import FOLDERS, FontShelf
from comity.node.audit.models import Entry, Head, Node
from comity.node.audit.tree import read_hash
from comity.node.lawdata import CORRECTIONS, read_registry
from comity.node.running.health import CHECKS

SAMPLE = 200
"""How many of the newest audit entries are hashed again."""
BUILT_AFTER = datetime(2026, 11, 1, tzinfo=UTC)
BACKUP_AGE = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ailment:
    """Something wrong, and its remedy."""

    what: str
    problem: str
    remedy: str
    grave: bool = True


def examine() -> tuple[Ailment, ...]:
    """Everything that is wrong, the grave first."""
    found = [ailment for check in _CHECKS for ailment in check()]
    return tuple(sorted(found, key=lambda one: not one.grave))


def _health() -> Iterator[Ailment]:
    for name, check in CHECKS.items():
        if problem := check():
            remedy = {"worker": "start `comity serve`"}.get(name, "mend what is named, then run doctor again")
            yield Ailment(what=name, problem=problem, remedy=remedy, grave=name != "worker")


def _permissions() -> Iterator[Ailment]:
    for path in (
        Path(settings.DATA),
        Path(settings.DATA) / "comity.toml",
        *sorted(path for pattern in ("*.key", "*.pem", "*.pass") for path in Path(settings.DATA).glob(pattern)),
    ):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield Ailment(what=str(path), problem="others on this machine can read it", remedy=f"chmod go= {path}")


def _address() -> Iterator[Ailment]:
    config = settings.CONFIG
    loopback = config.host in {"127.0.0.1", "::1", "localhost"}
    if not settings.PUBLIC_URL.startswith("https://"):
        yield Ailment(
            what="url",
            problem=f"{settings.PUBLIC_URL} is not https: passkeys and cookies need it beyond this machine",
            remedy="set url to the https address of the reverse proxy, and proxied = true",
            grave=not loopback,
        )
    elif not config.proxied:
        remedy = "set proxied = true, once the proxy sets X-Forwarded-Proto and X-Forwarded-For itself"
        yield Ailment(what="proxied", problem="url is https, and no proxy is said to speak it", remedy=remedy)
    if config.origin.endswith(".invalid"):
        remedy = "set origin to a domain of the agency, before the first evidence is sealed"
        yield Ailment(what="origin", problem=f"{config.origin} names nobody", remedy=remedy, grave=False)
    if not config.mail:
        problem = "no mail server is set: alarms and invitations go to the log"
        yield Ailment(what="mail", problem=problem, remedy="set mail", grave=False)


def _mail() -> Iterator[Ailment]:
    if not settings.CONFIG.mail:
        return
    try:
        with get_connection(fail_silently=False):
            pass
    except (OSError, smtplib.SMTPException) as error:
        problem = f"the mail server does not take us ({type(error).__name__})"
        yield Ailment(what="mail", problem=problem, remedy="set mail to a server that answers this machine")


def _fonts() -> Iterator[Ailment]:
    shelf = FontShelf(folders=FOLDERS)
    for sign in "अع中":
        if missing := shelf.missing_for(sign):
            remedy = "install the fonts: on Debian fonts-noto-core and fonts-noto-cjk"
            yield Ailment(what="fonts", problem=str(missing), remedy=remedy, grave=False)
            return


def _clock() -> Iterator[Ailment]:
    if datetime.now(UTC) < BUILT_AFTER:
        yield Ailment(what="clock", problem="it stands before this version was made", remedy="set the clock right")
    newest = Entry.objects.order_by("-number").values_list("at", flat=True).first()
    if newest is not None and newest > datetime.now(UTC) + timedelta(minutes=5):
        yield Ailment(
            what="clock", problem=f"an entry was made at {newest}, which is to come", remedy="set the clock right"
        )


def _database() -> Iterator[Ailment]:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        said = cursor.fetchone()[0]
    if said != "ok":
        yield Ailment(what="database", problem=str(said), remedy="restore the newest backup")


def _audit() -> Iterator[Ailment]:
    size = Head.objects.filter(pk=1).values_list("size", flat=True).first() or 0
    if Entry.objects.count() != size or Node.objects.count() != stored_count(size):
        problem = f"the trail has {Entry.objects.count()} entries and says {size}"
        yield Ailment(what="audit", problem=problem, remedy="keep the disk as it is, and compare with a backup")
        return
    for entry in Entry.objects.order_by("-number")[:SAMPLE]:
        if read_hash(stored_count(entry.number)) != leaf_hash(bytes(entry.body)):
            problem = f"entry {entry.number} is not the one that was entered"
            yield Ailment(what="audit", problem=problem, remedy="keep the disk as it is, and compare with a backup")
            return
    root_of(size, read_hash)


def _law() -> Iterator[Ailment]:
    try:
        read_registry(settings.DATA)
    except LawDataError as error:
        yield Ailment(what="law", problem=str(error), remedy=f"mend it in {settings.DATA / CORRECTIONS}, then restart")


def _backups() -> Iterator[Ailment]:
    folder = Path(settings.DATA) / "backups"
    newest = max((path.stat().st_mtime for path in folder.glob("*")), default=0.0)
    if datetime.now(UTC).timestamp() - newest > BACKUP_AGE.total_seconds():
        problem = f"none younger than {BACKUP_AGE.days} days lies in {folder}"
        yield Ailment(what="backups", problem=problem, remedy="run `comity backup` each night", grave=False)


def _safely(check: Callable[[], Iterator[Ailment]]) -> Callable[[], list[Ailment]]:
    def run() -> list[Ailment]:
        try:
            return list(check())
        except (DatabaseError, OSError, LookupError) as error:
            name = check.__name__.strip("_")
            return [Ailment(what=name, problem=f"cannot be checked: {error}", remedy="mend what is named above first")]

    return run


_CHECKS = tuple(
    _safely(one) for one in (_health, _permissions, _address, _mail, _fonts, _clock, _database, _audit, _law, _backups)
)

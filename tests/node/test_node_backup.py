"""A backup is the node as it was at one moment; what is not whole is not restored."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from tests.samples.node import make_case, make_user

from comity.evidence.age import X25519Identity
from comity.node.audit.models import Entry, Node
from comity.node.people.roles import Role
from comity.node.running.backup import write_backup
from comity.node.running.dump import BackupError
from comity.node.running.restore import restore

POSTGRESQL = connection.vendor == "postgresql"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def empty() -> Iterator[str]:
    """Address of an empty database of PostgreSQL; nothing with SQLite, whose database is a file of the folder."""
    if not POSTGRESQL:
        yield ""
        return
    name = "comity_restored"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
    told = connection.settings_dict
    yield f"postgresql://{told['USER']}:{told['PASSWORD']}@{quote(str(told['HOST']), safe='')}/{name}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name}")


def rows(folder: Path, database: str, table: str) -> int:
    """How many rows a restored node has."""
    if database:
        with psycopg.connect(database) as there:
            row = there.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()
    else:
        with closing(sqlite3.connect(folder / "comity.sqlite3")) as copy:
            row = copy.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(row[0]) if row else 0


def keep(name: str, data: bytes) -> None:
    """Put a file into the node's folder."""
    path = Path(settings.DATA) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def test_a_backup_taken_and_restored_is_the_node(tmp_path: Path, empty: str) -> None:
    make_case(make_user(Role.INVESTIGATOR))
    keep("evidence/c/a", b"evidence")
    keep("work/left", b"not kept")
    file, target = tmp_path / "node.tar", tmp_path / "restored"
    assert write_backup(file) >= 3
    assert file.stat().st_mode & 0o077 == 0
    restore(file, target, database=empty)
    assert rows(target, empty, "audit_entry") == Entry.objects.count() > 0
    assert (target / "evidence" / "c" / "a").read_bytes() == b"evidence"
    assert (target / "secret.key").read_bytes() == (Path(settings.DATA) / "secret.key").read_bytes()
    assert not (target / "work").exists()
    with pytest.raises(BackupError, match="empty folder"):
        restore(file, target, database=empty)
    if POSTGRESQL:
        with pytest.raises(BackupError, match="empty database"):
            restore(file, tmp_path / "again", database=empty)
        assert not (tmp_path / "again").exists()


def test_a_backup_taken_while_others_write_is_of_one_moment(tmp_path: Path, empty: str) -> None:
    person, stop = make_user(Role.INVESTIGATOR), threading.Event()

    def write() -> None:
        while not stop.is_set():
            make_case(person)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while Entry.objects.count() < 20:
            stop.wait(0.01)
        write_backup(tmp_path / "node.tar")
        at_end = Entry.objects.count()
    finally:
        stop.set()
        writer.join()
    target = tmp_path / "restored"
    restore(tmp_path / "node.tar", target, database=empty)
    cases, entries = rows(target, empty, "cases_case"), rows(target, empty, "audit_entry")
    assert cases == entries <= at_end
    assert rows(target, empty, "audit_node") == 2 * entries - entries.bit_count() <= Node.objects.count()


@pytest.mark.parametrize("harm", ["cut", "shorter", "changed", "other"])
@pytest.mark.parametrize("sealed", [False, True])
def test_a_backup_that_is_not_whole_restores_nothing(tmp_path: Path, empty: str, harm: str, sealed: bool) -> None:
    make_case(make_user(Role.INVESTIGATOR))
    key = X25519Identity(os.urandom(32))
    file = tmp_path / "node.tar"
    write_backup(file, (key.recipient(),) if sealed else ())
    data = bytearray(file.read_bytes())
    match harm:
        case "cut":
            data = data[: len(data) // 2]
        case "shorter":
            data = data[: -(1 if sealed else 11_000)]
        case "changed":
            data[2000] ^= 1  # in the database, which comes first: what pads a file to its block is no part of it
        case _:
            data = bytearray(b"hello")
    file.write_bytes(data)
    with pytest.raises(BackupError):
        restore(file, tmp_path / "restored", database=empty, identities=(key,))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["node.tar"]


def test_a_sealed_backup_opens_with_its_key_alone(tmp_path: Path, empty: str) -> None:
    make_case(make_user(Role.INVESTIGATOR))
    keep("evidence/c/b", os.urandom(3 << 20))
    key, file = X25519Identity(os.urandom(32)), tmp_path / "node.tar.age"
    write_backup(file, (key.recipient(),))
    for keys, problem in (((), "is encrypted"), ((X25519Identity(os.urandom(32)),), "node.tar.age")):
        with pytest.raises(BackupError, match=problem):
            restore(file, tmp_path / "restored", database=empty, identities=keys)
    restore(file, tmp_path / "restored", database=empty, identities=(key,))
    assert rows(tmp_path / "restored", empty, "audit_entry") == Entry.objects.count()

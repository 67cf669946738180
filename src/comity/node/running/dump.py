"""The node's database in one file, as it was at one moment, and back: SQLite's own copy, or PostgreSQL's programs."""

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote, urlsplit

from comity.node.errors import NodeError

DUMP = {"sqlite": "comity.sqlite3", "postgresql": "comity.pgdump"}
"""Name of the file, by kind of database."""


class BackupError(NodeError):
    """A backup that cannot be written or restored; nothing was left half-done."""


def dump(folder: Path) -> Path:
    """Write the database into a folder while others write to it: all of one moment."""
    from django.db import connection

    told = connection.settings_dict
    if connection.vendor == "postgresql":
        target = folder / DUMP["postgresql"]
        known = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
        where = {name: str(told[key]) for name, key in known.items() if told[key]}
        _run("pg_dump", "--format=custom", f"--file={target}", where=where)
        return target
    target = folder / DUMP["sqlite"]
    with closing(sqlite3.connect(str(told["NAME"]))) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)  # in one step, so in one read transaction
    return target


def check_empty(database: str) -> None:
    """BackupError where the PostgreSQL database cannot be reached or holds something."""
    import psycopg

    try:
        with psycopg.connect(database, connect_timeout=10) as there:
            row = there.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    except psycopg.Error as error:
        raise BackupError(f"--database: cannot be reached ({type(error).__name__}): name an empty database") from None
    if row is not None and row[0]:
        raise BackupError(f"--database: holds {row[0]} tables: a backup is restored into an empty database")


def put_back(file: Path, database: str) -> None:
    """Fill an empty PostgreSQL database with a dump, wholly or not at all."""
    parts = urlsplit(database)
    known = {
        "PGHOST": unquote(parts.hostname or ""),
        "PGPORT": str(parts.port or ""),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
    }
    name = unquote(parts.path.lstrip("/"))
    where = {name: value for name, value in known.items() if value}
    _run("pg_restore", "--no-owner", "--single-transaction", f"--dbname={name}", str(file), where=where)


def _run(*command: str, where: dict[str, str]) -> None:
    """`where`: the place of the database, in the environment, so that no list of processes shows a password."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **where})
    except FileNotFoundError:
        raise BackupError(f"{command[0]} is not installed: install PostgreSQL's client programs") from None
    if done.returncode:
        raise BackupError(f"{command[0]}: {done.stderr.strip().splitlines()[-1] if done.stderr else 'failed'}")

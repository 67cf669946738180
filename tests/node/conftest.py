"""Every test of the node has a database."""

import atexit
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from pytest_django import DjangoDbBlocker

_resting: list[str] = []
"""Statements that lay the append-only triggers again, while they rest."""


@pytest.fixture(scope="module", autouse=True)
def _guarded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The triggers lie again when the next file begins: what a test in a transaction laid would go with it."""
    yield
    with django_db_blocker.unblock():
        _lay()


@pytest.fixture(autouse=True)
def _database(request: pytest.FixtureRequest, db: None) -> Iterator[None]:
    """Each test in a transaction of its own; one that commits is cleared up after, which append-only tables forbid."""
    _lay()
    yield
    marker = request.node.get_closest_marker("django_db")
    commits = marker is not None and marker.kwargs.get("transaction")
    if commits or {"transactional_db", "live_server"} & set(request.fixturenames):
        _rest()


@pytest.fixture(scope="session", autouse=True)
def _data_folder() -> None:
    # At the very end: the database that is taken down before lies in it.
    atexit.register(shutil.rmtree, Path(settings.DATA), ignore_errors=True)


def _lay() -> None:
    while _resting:
        _execute(_resting.pop())


def _rest() -> None:
    if connection.vendor == "postgresql":
        tables = _execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        for (table,) in tables:
            _execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            _resting.append(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    else:
        for name, sql in _execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"):
            _execute(f"DROP TRIGGER {name}")
            # where its transaction was rolled back, it lies there still
            _resting.append(sql.replace("CREATE TRIGGER", "CREATE TRIGGER IF NOT EXISTS", 1))


def _execute(sql: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []

"""Every test of the node has a database."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Each test in a transaction of its own."""


@pytest.fixture(scope="session", autouse=True)
def _data_folder() -> Iterator[None]:
    yield
    shutil.rmtree(Path(settings.DATA), ignore_errors=True)

"""Identities to work on: made once, copied for each test."""

import shutil
from pathlib import Path

import pytest
from tests.samples.keys import PASSPHRASE, make_identity

from comity.evidence.keys import Identity, Unlocked, open_identity


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_identity(tmp_path_factory.mktemp("keys") / "pune").folder


@pytest.fixture
def identity(_made: Path, tmp_path: Path) -> Identity:
    """A copy of the identity of Pune."""
    return open_identity(Path(shutil.copytree(_made, tmp_path / "pune")))


@pytest.fixture
def unlocked(identity: Identity) -> Unlocked:
    return identity.unlock(PASSPHRASE)

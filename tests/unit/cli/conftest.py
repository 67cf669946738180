"""Identities of two agencies, made once: keys cost time."""

import os
import shutil
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.samples import sealing
from tests.samples.place import PASSPHRASE, STAMP, Place

from comity.evidence.keys import PublicIdentity, create_identity


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Identities are made once: keys cost time."""
    folder = tmp_path_factory.mktemp("identities")
    before = datetime.now(UTC) - timedelta(days=1)
    for name in ("pune", "bonn"):
        public = PublicIdentity(name=f"{name}.example", display_name=name, agency=f"Police {name}", keys=())
        create_identity(folder / name, public, passphrase=PASSPHRASE, now=before, random_bytes=os.urandom)
    return folder


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Place:
    for name in ("pune", "bonn"):
        shutil.copytree(made / name, tmp_path / name)
    (tmp_path / "passphrase").write_bytes(PASSPHRASE + b"\n")
    (tmp_path / "passphrase").chmod(stat.S_IRUSR)
    root = str(Path(__file__).parent.parent.parent.parent)
    (tmp_path / "tsa.py").write_text(STAMP.format(root=root, ca=str(tmp_path / "ca.pem")))
    sealing.evidence(tmp_path)
    return Place(tmp_path)

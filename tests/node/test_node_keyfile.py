"""A secret that is made once, by whoever comes first."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from comity.node.keyfile import read_or_make


def test_all_who_come_at_once_read_the_same_whole_secret(tmp_path: Path) -> None:
    barrier = Barrier(8)

    def come(_: int) -> bytes:
        barrier.wait()
        return read_or_make(tmp_path / "key", lambda: secrets.token_bytes(32))

    for _ in range(20):
        with ThreadPoolExecutor(8) as pool:
            found = set(pool.map(come, range(8)))
        assert len(found) == 1
        assert len(found.pop()) == 32
        assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
        assert [path.name for path in tmp_path.iterdir()] == ["key"]
        (tmp_path / "key").unlink()

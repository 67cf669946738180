"""Scripts of others are those that were written down."""

import hashlib
import tomllib
from pathlib import Path

VENDOR = Path(__file__).parents[2] / "src" / "comity" / "node" / "static" / "vendor"


def test_each_file_has_its_digest_and_nothing_else_lies_there() -> None:
    told = tomllib.loads((VENDOR / "VENDOR.toml").read_text())
    there = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    named = {"VENDOR.toml"}
    for name, package in told.items():
        for file, digest in zip(package["files"], package["sha256"], strict=True):
            path = VENDOR / name / Path(file).name
            assert hashlib.sha256(path.read_bytes()).hexdigest() == digest, path
            named.add(path.relative_to(VENDOR).as_posix())
    assert there == named

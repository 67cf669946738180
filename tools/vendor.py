"""Fetch the scripts of others that pages use, at the versions of VENDOR.toml: make vendor.

Their digests are written down. Only this reaches the network (npm, as it is configured); what it fetches is committed.
"""

import hashlib
import subprocess
import tarfile
import tempfile
import tomllib
from pathlib import Path

VENDOR = Path(__file__).parents[1] / "src" / "comity" / "node" / "static" / "vendor"


def main() -> None:
    """Fetch each package and copy the files that are named."""
    told = VENDOR / "VENDOR.toml"
    lines: list[str] = []
    for name, package in tomllib.loads(told.read_text()).items():
        with tempfile.TemporaryDirectory() as folder:
            fetched = subprocess.run(
                ["npm", "pack", "--silent", f"{package['npm']}@{package['version']}"],
                cwd=folder,
                check=True,
                capture_output=True,
                text=True,
            ).stdout.strip()
            digests = _copy(Path(folder) / fetched, package["files"], VENDOR / name)
        lines += [f"[{name}]", *(f'{key} = "{package[key]}"' for key in ("npm", "version", "licence", "why"))]
        lines += ["files = [", *(f'  "{file}",' for file in package["files"]), "]", "sha256 = [", *digests, "]", ""]
    told.write_text("\n".join(lines))


def _copy(package: Path, files: list[str], target: Path) -> list[str]:
    target.mkdir(parents=True, exist_ok=True)
    digests = []
    with tarfile.open(package) as tar:
        for file in files:
            stream = tar.extractfile(f"package/{file}")
            assert stream is not None, file
            data = stream.read()
            (target / Path(file).name).write_bytes(data)
            digests.append(f'  "{hashlib.sha256(data).hexdigest()}",')
    return digests


if __name__ == "__main__":
    main()

"""Run a command beside a PostgreSQL that lives as long as the command: `python tools/postgres.py pytest tests/node`.

The cluster lies in a folder of its own, listens on a socket in it and on nothing else, and is thrown away. The command
finds it in COMITY_DATABASE. Started by root (as in CI) it runs as the user `postgres`, whom Debian's package makes.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

USER = "postgres"
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=256MB", "max_connections=60")
"""A cluster that is thrown away needs no care for its disk."""


def programs() -> Path | None:
    """Folder of PostgreSQL's programs, the newest version first; None: it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


@contextmanager
def cluster(folder: Path, *, fast: bool = True) -> Iterator[str]:
    """A cluster for as long as the block lasts; the address of its database."""
    bin_folder = programs()
    if bin_folder is None:
        raise FileNotFoundError("PostgreSQL is not installed: apt-get install postgresql")
    if os.geteuid() == 0:
        shutil.chown(folder, USER)
    data, log = folder / "data", folder / "log"
    _run(bin_folder / "initdb", f"--pgdata={data}", f"--username={USER}", "--auth=trust", "--encoding=UTF8")
    settings = ["listen_addresses=", f"unix_socket_directories={folder}", *(FAST if fast else ())]
    options = " ".join(f"-c {one}" for one in settings)
    _run(bin_folder / "pg_ctl", "start", "--wait", f"--pgdata={data}", f"--log={log}", f"--options={options}")
    try:
        yield f"postgresql://{USER}@{quote(str(folder), safe='')}/postgres"
    finally:
        _run(bin_folder / "pg_ctl", "stop", "--mode=immediate", f"--pgdata={data}")


def _run(*command: str | Path) -> None:
    other = ["runuser", "-u", USER, "--"] if os.geteuid() == 0 else []
    done = subprocess.run([*other, *map(str, command)], capture_output=True, text=True, check=False, cwd="/")
    if done.returncode:
        sys.exit(f"{command[0]}: {done.stderr or done.stdout}")


def main() -> int:
    """The command's exit status; with ``--or-skip`` 0 where PostgreSQL is not installed."""
    command = sys.argv[1:]
    skip = command[:1] == ["--or-skip"]
    if skip and programs() is None:
        print("PostgreSQL is not installed: what needs it is SKIPPED (apt-get install postgresql)", file=sys.stderr)
        return 0
    with tempfile.TemporaryDirectory(prefix="comity-postgres-", dir="/tmp") as folder, cluster(Path(folder)) as url:
        environment = {**os.environ, "COMITY_DATABASE": url}
        return subprocess.run(command[skip:], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

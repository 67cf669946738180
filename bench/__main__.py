"""Print every figure with the machine and the versions that gave it."""

import os
import platform
import sys
from importlib import import_module
from importlib.metadata import version

PARTS = (
    "law",
    "atlas",
    "custody",
    "evidence",
    "nexus",
    "plan",
    "letters",
)


def main() -> None:
    """Measure all, or the parts named on the command line, some at a size: ``custody=10_000_000``, ``evidence=4``."""
    print(f"machine: {platform.machine()}, {os.cpu_count()} cores, {platform.platform()}")
    print(f"versions: Python {platform.python_version()}, comity {version('comity')}, msgspec {version('msgspec')}")
    for part in sys.argv[1:] or PARTS:
        name, _, size = part.partition("=")
        for figure in import_module(f"bench.{name}").run(*([int(size)] if size else [])):
            bar = f"   bar {figure.bar}" if figure.bar else ""
            spread = f"   ({figure.spread})" if figure.spread else ""
            print(f"{figure.what}: {figure.value:,.3f} {figure.unit}{bar}{spread}")


if __name__ == "__main__":
    main()

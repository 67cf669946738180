"""Print every figure with the machine and the versions that gave it."""

import os
import platform
import sys
from importlib.metadata import version

from bench import law, nexus


def main() -> None:
    """Measure all, or the parts named on the command line."""
    parts = {"law": law.run, "nexus": nexus.run}
    wanted = sys.argv[1:] or list(parts)
    print(f"machine: {platform.machine()}, {os.cpu_count()} cores, {platform.platform()}")
    print(f"versions: Python {platform.python_version()}, comity {version('comity')}, msgspec {version('msgspec')}")
    for name in wanted:
        for figure in parts[name]():
            bar = f"   bar {figure.bar}" if figure.bar else ""
            spread = f"   ({figure.spread})" if figure.spread else ""
            print(f"{figure.what}: {figure.value:,.3f} {figure.unit}{bar}{spread}")


if __name__ == "__main__":
    main()

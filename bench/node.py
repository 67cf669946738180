"""A node at work: 10,000 cases, 100,000 requests, 1,000,000 audit entries, 20 users (Locust).

COMITY_DATABASE (see tools/postgres.py) measures PostgreSQL. BENCH_NODE_FILL=1000,10000,100000 fills less, and
BENCH_NODE_S=10 lets the users work for less long.
"""

import csv
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.figure import ROOT, Figure

USERS = 20
RATE = "2"
"""So many users begin in a second; what is measured begins when all are at work."""
SECONDS = int(os.environ.get("BENCH_NODE_S", "60"))
FILL = os.environ.get("BENCH_NODE_FILL", "10000,100000,1000000").split(",")
MEDIAN_BAR, LATE_BAR = "< 100 ms", "< 300 ms"


def run(users: int = USERS) -> Iterator[Figure]:
    """Seconds to fill, then the median and the 99th percentile of each page."""
    kind = "PostgreSQL" if os.environ.get("COMITY_DATABASE") else "SQLite"
    with tempfile.TemporaryDirectory(prefix="comity-bench-") as folder:
        data, people = Path(folder) / "node", Path(folder) / "people.json"
        data.mkdir()
        begin = time.perf_counter()
        with people.open("wb") as told:
            in_node(data, "bench.nodefill", *FILL, stdout=told)
        cases, requests, entries = (int(one) for one in FILL)
        what = f"{kind}: filling {cases:,} cases, {requests:,} requests, {entries:,} audit entries"
        yield Figure(what=what, value=time.perf_counter() - begin, unit="s")
        with served(data) as url:
            _work(url, people, Path(folder) / "told", users)
        yield from _figures(kind, Path(folder) / "told_stats.csv")


def _environment(data: Path) -> dict[str, str]:
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    return {**os.environ, "COMITY_DATA": str(data), "COMITY_SECOND_FACTOR": "false", "PYTHONPATH": paths}


def in_node(data: Path, module: str, *arguments: str, stdout: object = None) -> None:
    command = [sys.executable, "-m", module, *arguments]
    subprocess.run(command, cwd=ROOT, env=_environment(data), check=True, stdout=stdout)  # type: ignore[call-overload]


@contextmanager
def served(data: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-c", "from comity.cli import main; main()", "serve", "--data", str(data)]
    environment = {**_environment(data), "COMITY_PORT": str(port)}
    with (
        (data.parent / "log").open("wb") as log,
        subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log) as process,
    ):
        try:
            for _ in range(600):
                if _answers(url) or process.poll() is not None:
                    break
                time.sleep(0.1)
            yield url
        finally:
            process.terminate()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _work(url: str, people: Path, told: Path, users: int) -> None:
    """Users at work; a refused or broken answer ends the bench."""
    arguments = ["--headless", "--users", str(users), "--spawn-rate", RATE, "--run-time", f"{SECONDS}s"]
    command = [sys.executable, "-m", "locust", "-f", "bench/nodeusers.py", "--host", url, *arguments]
    environment = {**os.environ, "BENCH_PEOPLE": str(people)}
    done = subprocess.run(
        [*command, "--csv", str(told), "--only-summary", "--reset-stats"],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stdout[-3000:] + done.stderr[-1000:])


def _figures(kind: str, path: Path) -> Iterator[Figure]:
    with path.open() as file:
        for row in csv.DictReader(file):
            name = f"{kind}: {row['Name']}" if row["Name"] != "Aggregated" else f"{kind}: all pages"
            spread = f"{int(row['Request Count']):,} answers, {float(row['Requests/s']):.1f}/s"
            yield Figure(what=f"{name}, median", value=float(row["50%"]), unit="ms", bar=MEDIAN_BAR, spread=spread)
            yield Figure(what=f"{name}, 99th percentile", value=float(row["99%"]), unit="ms", bar=LATE_BAR)

"""Web and worker of a node are killed at random moments under a stream of writes: what was acknowledged is there.

NODE_KILL_S=300 keeps it up for longer than the seconds of a normal run.
"""

import os
import random
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.faults.node_process import PASSWORD

SECONDS = float(os.environ.get("NODE_KILL_S", "5"))
ROOT = Path(__file__).parents[2]
PLANS = 3
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc")


class Served:
    """A node that serves a folder, and all its processes."""

    def __init__(self, data: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.data, self.url = data, f"http://127.0.0.1:{port}"
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("COMITY_", "DJANGO_"))}
        paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        self.environment = {**kept, "COMITY_PORT": str(port), "COMITY_SECOND_FACTOR": "false", "PYTHONPATH": paths}
        self.log = (data.parent / "log").open("ab")
        self.run("-m", "tests.faults.node_process", str(data), str(ROOT / "examples" / "phishing"), str(PLANS))
        self.process = self.begin()

    def begin(self) -> "subprocess.Popen[bytes]":
        """Serve, until pages are answered."""
        command = [sys.executable, "-c", "from comity.cli import main; main()", "serve", "--data", str(self.data)]
        self.process = subprocess.Popen(command, env=self.environment, stdout=self.log, stderr=self.log)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            assert self.process.poll() is None, (self.data.parent / "log").read_text()
            with suppress(httpx.TransportError):
                if httpx.get(f"{self.url}/healthz").is_success:
                    return self.process
            time.sleep(0.1)
        raise AssertionError("no answer")

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
        """A Python process beside the node."""
        return subprocess.run(
            [sys.executable, *arguments], env=self.environment, cwd=ROOT, check=True, capture_output=True
        )

    def others(self) -> list[int]:
        """The processes under the supervisor."""
        return sorted(_below(self.process.pid))

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What the database says."""
        with closing(sqlite3.connect(self.data / "comity.sqlite3", timeout=20)) as database:
            return database.execute(sql).fetchall()


def _below(pid: int) -> Iterator[int]:
    with suppress(OSError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            yield int(child)
            yield from _below(int(child))


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Served]:
    served = Served(tmp_path / "node")
    yield served
    served.process.terminate()
    with suppress(subprocess.TimeoutExpired):
        served.process.wait(40)
    served.process.kill()
    served.process.wait()
    served.log.close()


def _signed_in(url: str) -> httpx.Client:
    """A browser that has signed in: before anything is killed, as sign-ins that break off count as failed ones."""
    client = httpx.Client(base_url=url, timeout=20)
    page = client.get("/account/login/")
    token = _TOKEN.search(page.text)
    assert token, page.text
    form = {"csrfmiddlewaretoken": token[1], "login": "asha", "password": PASSWORD}
    assert client.post("/account/login/", data=form, headers={"Referer": str(page.url)}).status_code == 302
    return client


def _open_cases(
    client: httpx.Client, name: str, stop: threading.Event, done: list[tuple[str, str]], odd: list[int]
) -> None:
    """Open cases until told to stop; `done`: reference and id of those that were acknowledged."""
    number = 0
    while not stop.is_set():
        number += 1
        reference = f"{name}{number}"
        try:
            form = {
                "reference": reference,
                "title": "Written while it dies",
                "csrfmiddlewaretoken": client.cookies["csrftoken"],
            }
            answer = client.post("/cases/new/", data=form)
        except httpx.TransportError:
            time.sleep(0.1)  # not acknowledged: whether it is there or not, both are right
            continue
        if answer.status_code == 302:
            done.append((reference, answer.headers["Location"].strip("/").split("/")[-1]))
        else:
            odd.append(answer.status_code)
    client.close()


def test_what_was_acknowledged_survives_kills_and_tasks_are_run_again(node: Served) -> None:
    stop = threading.Event()
    done: list[tuple[str, str]] = []
    odd: list[int] = []
    writers = [
        threading.Thread(target=_open_cases, args=(_signed_in(node.url), name, stop, done, odd)) for name in "AB"
    ]
    for writer in writers:
        writer.start()
    chance, until, kills = random.Random(), time.monotonic() + SECONDS, 0
    while time.monotonic() < until:
        time.sleep(chance.uniform(0.2, 1.5))
        if victims := node.others():
            with suppress(ProcessLookupError):
                os.kill(chance.choice(victims), signal.SIGKILL)
                kills += 1
    stop.set()
    for writer in writers:
        writer.join()
    node.process.kill()  # and the supervisor: its children end with it
    node.process.wait()
    until = time.monotonic() + 40
    while _serves(node) and time.monotonic() < until:
        time.sleep(0.1)
    node.begin()
    assert kills, "nothing was killed"
    assert done, "nothing was acknowledged"
    assert not odd
    entered = {case for (case,) in node.rows("SELECT \"case\" FROM audit_entry WHERE act = 'case.open'")}
    kept: dict[str, str] = dict(node.rows("SELECT reference, id FROM cases_case"))
    assert [reference for reference, case in done if kept.get(reference) != case or case not in entered] == []
    assert set(kept.values()) == entered
    _all_planned(node)
    _sound(node)


def _serves(node: Served) -> bool:
    try:
        return httpx.get(f"{node.url}/healthz").is_success
    except httpx.TransportError:
        return False


def _all_planned(node: Served) -> None:
    """Each plan was made, though workers died of making it; none hangs."""
    until = time.monotonic() + 60
    unfinished = "SELECT state FROM plans_planversion WHERE state IN ('waiting', 'running')"
    while node.rows(unfinished) and time.monotonic() < until:
        time.sleep(0.2)
    assert node.rows("SELECT state, count(*) FROM plans_planversion GROUP BY state") == [("done", PLANS)]
    running = "SELECT task_path FROM django_tasks_database_dbtaskresult WHERE status = 'RUNNING'"
    assert [path for (path,) in node.rows(running) if path.endswith("make_version")] == []


def _sound(node: Served) -> None:
    """The audit trail holds together, by doctor's own check."""
    program = "from comity.cli import main; main()"
    told = subprocess.run(
        [sys.executable, "-c", program, "doctor", "--json", "--data", str(node.data)],
        env=node.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert '"audit"' not in told.stdout, told.stdout
    assert told.returncode == 0, told.stdout + told.stderr


def test_a_second_serve_is_refused_and_a_stopped_one_ends_well(node: Served) -> None:
    program = "from comity.cli import main; main()"
    second = subprocess.run(
        [sys.executable, "-c", program, "serve", "--data", str(node.data)],
        env=node.environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert second.returncode == 2
    assert "another `comity serve` serves this folder" in second.stderr
    before = node.others()
    node.process.send_signal(signal.SIGHUP)
    until = time.monotonic() + 60
    while set(node.others()[1:]) & set(before[1:]) and time.monotonic() < until:
        time.sleep(0.1)
    while not _serves(node) and time.monotonic() < until:  # the new ones may still be starting
        time.sleep(0.1)
    assert _serves(node)
    node.process.terminate()
    assert node.process.wait(40) == 0
    assert not _serves(node)

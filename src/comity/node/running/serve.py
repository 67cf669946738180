"""Web and worker as one: children that are begun again when they die, and end together."""

import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from comity.node.config import Config
from comity.node.errors import ConfigError
from comity.node.lawdata import read_registry

GRACE_S = 35
"""So long may what was begun take when the node stops; then the rest is killed, and tasks are run again later."""
_WAITS_S = (0.5, 1, 2, 5, 10)
_SHORT_S = 10
_PR_SET_PDEATHSIG = 1
"""prctl(2)."""
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(slots=True, kw_only=True)
class Child:
    """One process, and how often it died young."""

    name: str
    command: list[str]
    process: "subprocess.Popen[bytes] | None" = None
    begun: float = 0.0
    deaths: int = field(default=0)
    again_at: float = 0.0

    def begin(self, environment: dict[str, str]) -> None:
        """Start it, in a session of its own: Ctrl-C reaches this process alone, which ends its children in order."""
        ask = _end_with(os.getpid())
        self.process = subprocess.Popen(
            self.command,
            env=environment,
            start_new_session=True,
            preexec_fn=ask,  # noqa: PLW1509  # this process has one thread
        )
        self.begun = time.monotonic()

    def look(self, environment: dict[str, str]) -> None:
        """Begin it again where it died, later each time that it dies young."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.again_at:
                self.begin(environment)
            return
        if self.process.poll() is None:
            return
        self.deaths = self.deaths + 1 if now - self.begun < _SHORT_S else 0
        self.again_at = now + _WAITS_S[min(self.deaths, len(_WAITS_S) - 1)]
        print(f"comity: {self.name} ended ({self.process.returncode}); it is begun again", file=sys.stderr)  # noqa: T201
        self.process = None


def serve(data: Path, config: Config) -> int:
    """Serve until a signal comes; the exit status. `comity.node.running.setup.start` comes first.

    LawDataError where the node's corrections of the law data cannot be read: better none of it than half of the law.
    """
    check_address(config)
    read_registry(data)
    environment = _environment(data)
    children = [Child(name="web", command=_web()), Child(name="worker", command=_worker())]
    stopping = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    signal.signal(signal.SIGHUP, lambda _signal, _frame: _reload(children))
    while not stopping:
        for child in children:
            child.look(environment)
        time.sleep(0.2)
    return _end(children)


def check_address(config: Config) -> None:
    """ConfigError where the node would speak to other machines without encryption, or the port is taken."""
    if config.host not in LOOPBACK and not config.proxied:
        raise ConfigError(
            f"host: {config.host} is reached by other machines, and this node speaks no TLS itself: "
            "put a reverse proxy before it and set proxied = true, or listen on 127.0.0.1"
        )
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config.host, config.port))
        except OSError as error:
            raise ConfigError(f"port: {config.host}:{config.port} cannot be listened on ({error.strerror})") from None


@contextmanager
def held(data: Path) -> Iterator[None]:
    """The folder held by this `comity serve`; ConfigError where another one serves it."""
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (data / "serve.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ConfigError(f"{data}: another `comity serve` serves this folder; stop it first") from None
        yield


def _web() -> list[str]:
    return [sys.executable, "-m", "gunicorn", "--config=python:comity.node.running.webserver"]


def _worker() -> list[str]:
    return [sys.executable, "-m", "comity.node", "work"]


def _environment(data: Path) -> dict[str, str]:
    measures = data / "work" / "metrics"
    measures.mkdir(parents=True, exist_ok=True, mode=0o700)
    for old in measures.glob("*.db"):
        old.unlink()
    return {
        **os.environ,
        "COMITY_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "comity.node.settings",
        "PROMETHEUS_MULTIPROC_DIR": str(measures),
    }


def _reload(children: list[Child]) -> None:
    """Read settings and code again: the web replaces its processes one by one, the worker ends what it does first."""
    for child, number in zip(children, (signal.SIGHUP, signal.SIGTERM), strict=True):
        if child.process is not None:
            child.process.send_signal(number)


def _end_with(parent: int) -> Callable[[], None]:
    """What a child does before it begins: ask Linux to end it when its parent dies, however that dies."""

    def ask() -> None:
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(1)

    return ask


def _end(children: list[Child]) -> int:
    alive = [child.process for child in children if child.process is not None]
    for process in alive:
        process.terminate()
    until = time.monotonic() + GRACE_S
    for process in alive:
        try:
            process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
    return 0

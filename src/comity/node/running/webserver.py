"""Settings of gunicorn, which answers pages: read again with each SIGHUP."""

import os
from pathlib import Path
from typing import Protocol

from prometheus_client.multiprocess import mark_process_dead

from comity.node.config import DEFAULT_DATA, read_config
from comity.node.running import logs

REQUESTS_MAX = 20_000
"""After so many answers a process is replaced, so that nothing piles up."""
GRACE_S = 30
"""So long may what was begun take when the node stops."""

_CONFIG = read_config(Path(os.environ.get("COMITY_DATA", DEFAULT_DATA)).absolute(), os.environ)

wsgi_app = "comity.node.wsgi:application"
_HOST = f"[{_CONFIG.host}]" if ":" in _CONFIG.host else _CONFIG.host
bind = [f"{_HOST}:{_CONFIG.port}"]
workers = _CONFIG.workers
worker_class = "gthread"
threads = 8
timeout = 120
keepalive = 65  # longer than a proxy keeps a connection that nobody uses: none is closed under a request
graceful_timeout = GRACE_S
max_requests = REQUESTS_MAX
max_requests_jitter = REQUESTS_MAX // 10
limit_request_line = 8000
limit_request_fields = 60
limit_request_field_size = 16_000
forwarded_allow_ips = "127.0.0.1,::1" if _CONFIG.proxied else ""
control_socket_disable = True
logconfig_dict = logs.configuration()


class Worker(Protocol):
    """What a hook is told of a process that ended."""

    pid: int


def child_exit(_server: object, worker: Worker) -> None:
    """Forget what lives only as long as a process; its counts stay."""
    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def post_worker_init(_worker: Worker) -> None:
    """Nobody waits for what the first answer needs."""
    from comity.node.running.warm import warm

    warm()

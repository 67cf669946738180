"""Logs as JSON lines, without what names a person or a case."""

import logging
import re
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog

_SECRETS = re.compile(r"/[0-9a-f]{16,}|[\w.+-]+@[\w.-]+|\?\S*")
"""Ids of cases and the like, e-mail addresses, query strings."""
_HERE = Path(__file__).parents[3]


def without_persons(_logger: object, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    """The event with ids and addresses of people taken out of its text."""
    event["event"] = _SECRETS.sub("/…", str(event.get("event", "")))
    return event


def frames_only(_logger: object, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    """The event with an exception as its kind and places in the code: what it says may quote people's data."""
    told = event.pop("exc_info", None)
    event.pop("stack_info", None)
    if isinstance(told, BaseException):
        told = (type(told), told, told.__traceback__)
    if isinstance(told, tuple) and isinstance(told[1], BaseException):
        event["exception"] = [f"{type(told[1]).__module__}.{type(told[1]).__qualname__}", *_frames(told[2])]
    return event


def _frames(begin: TracebackType | None) -> list[str]:
    return [f"{_shorter(one.filename)}:{one.lineno} in {one.name}" for one in traceback.extract_tb(begin)]


def _shorter(name: str) -> str:
    path = Path(name)
    return path.relative_to(_HERE).as_posix() if path.is_relative_to(_HERE) else "/".join(path.parts[-3:])


def configuration() -> dict[str, Any]:
    """Python's logging settings: every line a JSON object on standard error."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(allow=_FIELDS),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        frames_only,
        without_persons,
    ]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                ],
            }
        },
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["lines"], "level": logging.getLevelName(logging.INFO)},
        "loggers": {
            "django_tasks": {"level": "WARNING"},
            "django.request": {"level": "ERROR"},
            "django.security": {"level": "WARNING"},
            "httpx": {"level": "WARNING"},
            # They add handlers of their own, whose lines are no JSON.
            "gunicorn.error": {"level": "WARNING", "handlers": ["lines"], "propagate": False},
            "django.server": {"level": "WARNING", "handlers": ["lines"], "propagate": False},
        },
    }


_FIELDS = frozenset({"view", "method", "status", "ms", "user"})
"""What `comity.node.running.measure` adds to a line."""

"""Logs as JSON lines, without what names a person or a case."""

import logging
import re
from typing import Any

import structlog

_SECRETS = re.compile(r"/[0-9a-f]{16,}|[\w.+-]+@[\w.-]+|\?\S*")
"""Ids of cases and the like, e-mail addresses, query strings."""


def without_persons(_logger: object, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    """The event with ids and addresses of people taken out of its text."""
    event["event"] = _SECRETS.sub("/…", str(event.get("event", "")))
    return event


def configuration() -> dict[str, Any]:
    """Django's LOGGING: every line a JSON object on standard error."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
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
        },
    }

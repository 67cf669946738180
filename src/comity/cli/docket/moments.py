"""Moments and people as the user names them."""

import os
import pwd
from dataclasses import dataclass
from datetime import datetime

import click


@dataclass(frozen=True, slots=True, kw_only=True)
class StoppedClock:
    """A clock that stands still; handed to the command as its click object, it takes the place of the machine's."""

    at: datetime


def now() -> datetime:
    """The moment, on this machine's clock unless a stopped one was handed in, with its offset."""
    stopped = click.get_current_context().find_object(StoppedClock)
    return stopped.at if stopped else datetime.now().astimezone().replace(microsecond=0)


def parse_moment(text: str | None, option: str, *, otherwise: datetime) -> datetime:
    """A moment given as ISO 8601 with an offset; without one it is of this machine's zone. A day alone is its noon."""
    if not text:
        return otherwise
    whole = f"{text}T12:00" if len(text) == len("2026-11-26") else text
    try:
        moment = datetime.fromisoformat(whole)
    except ValueError:
        problem = f"{text!r} is no moment; write 2026-11-26T14:30+05:30, or a day"
        raise click.BadParameter(problem, param_hint=option) from None
    return moment if moment.tzinfo else moment.astimezone()


def who(given: str) -> str:
    """Who enters it: as given, else the user of this machine."""
    return given or pwd.getpwuid(os.getuid()).pw_name

"""A chat, read: its messages, each with its time and its speaker."""

import re
from dataclasses import dataclass

from comity.leads.extract.phones import parse_phone

_MARKS = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_NUMBER = re.compile(r"\+?[\d\s()./-]{7,24}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message."""

    number: int
    """From 1."""
    at: str
    """RFC 3339; without offset where the export names no zone."""
    speaker: str
    """E.164 where it is a number, ``telegram:id`` where that is told, else the name; empty: the messenger itself."""
    name: str
    """As the export shows the speaker."""
    start: int
    """First character of the message, its head included, in the text of the export; -1: its text is apart."""
    text: str = ""
    """The words, where the export is not read as one text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """One export."""

    platform: str
    """As in `Observable` values of accounts: ``whatsapp``, ``telegram``, ``signal``; empty: not told."""
    messages: tuple[Message, ...]
    zoned: bool
    """Whether its times name their zone."""
    unsure_days: bool = False
    """Whether day and month could be the other way round."""

    def speakers(self) -> dict[str, int]:
        """Who wrote, and how many messages."""
        found: dict[str, int] = {}
        for one in self.messages:
            if one.speaker:
                found[one.speaker] = found.get(one.speaker, 0) + 1
        return found


def speaker_of(name: str) -> tuple[str, str]:
    """The speaker that an export's name is, and the name without marks that cannot be seen."""
    plain = " ".join(_MARKS.sub("", name).replace("\u00a0", " ").split())
    bare = plain.removeprefix("~").strip()
    if _NUMBER.fullmatch(bare) and bare.startswith("+"):
        return parse_phone(bare, "ZZ") or bare, plain
    return bare, plain

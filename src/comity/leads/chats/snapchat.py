"""Snapchat's own export of chats (``chat_history.json``): lists of saved messages, by direction or by conversation."""

from collections.abc import Iterator, Mapping

from comity.leads.chats.message import Chat, Message
from comity.leads.logs.moment import any_moment

_MARKS = ("Media Type", "Created")
"""What each message has, whichever the year of the export."""
_UNSEEN = "(not saved as text)"


def read_snapchat(content: object) -> Chat | None:
    """The chat that such an export is; None: it is none.

    Older exports list what was received and sent (``Received Saved Chat History``), newer ones each conversation by the
    other side's user name, with ``IsSender`` for the account's own messages.
    """
    found: list[Message] = []
    for other, item in _items(content):
        message = _message(item, other, number=len(found) + 1)
        if message:
            found.append(message)
    if not found:
        return None
    return Chat(platform="snapchat", messages=tuple(sorted(found, key=lambda one: one.at)), zoned=True)


def _items(content: object) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Each message with the name of the list in which it stands."""
    lists = content.items() if isinstance(content, dict) else ()
    for name, items in lists:
        for item in items if isinstance(items, list) else ():
            if isinstance(item, dict) and all(mark in item for mark in _MARKS):
                yield str(name), item


def _message(item: Mapping[str, object], other: str, *, number: int) -> Message | None:
    at = any_moment(str(item.get("Created", "")).replace(" UTC", "Z").replace(" ", "T", 1))
    own = item.get("IsSender") is True or other.startswith("Sent ")
    user = str(item.get("From") or ("" if own or " " in other else other))
    words = item.get("Content") or item.get("Text") or _UNSEEN
    if not at or not (user or own):
        return None
    told = f" to {item['To']}" if own and item.get("To") else ""
    speaker = f"snapchat:{user}" if user and not own else f"the account's owner{told}"
    return Message(number=number, at=at, speaker=speaker, name=user or "the account's owner", start=-1, text=str(words))

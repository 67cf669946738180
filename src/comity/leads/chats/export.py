"""Chats whose export has a structure: Telegram's JSON and HTML, Signal's blocks and JSON."""

import html
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import msgspec

from comity.leads.chats.message import Chat, Message, speaker_of
from comity.leads.chats.snapchat import read_snapchat
from comity.leads.extract.phones import parse_phone
from comity.leads.logs.moment import any_moment, zone_of
from comity.leads.mail.dates import read_instant

_TELEGRAM_MESSAGE = re.compile(r'<div class="message (?:default|service)[^"]*"(?: id="message(-?\d+)")?')
_TELEGRAM_DATE = re.compile(r'title="(\d{2})\.(\d{2})\.(\d{4}) (\d{2}:\d{2}:\d{2})(?: (?:UTC)?([+-]\d{2}:?\d{2}))?"')
_TELEGRAM_DIV = re.compile(r'<div class="(from_name|text|body details|title bold|status details)">')
"""Divisions that hold words; none lies within another."""
_HREF = re.compile(r'href="([^"]+)"')
_TAG = re.compile(r"<[^<>]*>")
_SIGNAL_BLOCK = re.compile(
    r"^From: (?P<name>[^\n]{1,120})\nType: (?P<type>incoming|outgoing)\n(?:(?:Sent|Date|Received): [^\n]{1,80}\n)+",
    re.MULTILINE,
)
_SIGNAL_SENT = re.compile(r"^(?:Sent|Date): (?P<at>[^\n]{1,80})$", re.MULTILINE)
_NUMBER_BEHIND = re.compile(r"\((\+[\d -]{7,20})\)\s*$")
_MOST_MESSAGES = 1_000_000
_TIMES = ("date_unixtime", "sent_at", "sentAt", "timestamp", "dateSent", "date_sent", "date")
_SPEAKERS = ("source", "sourceE164", "e164", "from_id", "sender", "author", "from", "name")
_BODIES = ("text", "body", "message", "content")


def read_export(text: str, *, name: str) -> Chat | None:
    """The chat that an export with a structure is; None: it is none. The words of a message are in its ``text``."""
    head = text[:4_096]
    if head.lstrip("\ufeff \r\n\t")[:1] in ("{", "["):
        return _json(text, name)
    if 'class="message' in text[:65_536] and 'class="page_wrap"' in head:
        return _telegram_html(text)
    return _signal_blocks(text) if _SIGNAL_BLOCK.search(head) else None


def _telegram_html(text: str) -> Chat | None:
    found: list[Message] = []
    speaker = name = ""
    matches = list(_TELEGRAM_MESSAGE.finditer(text))[:_MOST_MESSAGES]
    for number, match in enumerate(matches, start=1):
        end = matches[number].start() if number < len(matches) else len(text)
        piece = text[match.start() : end]
        date = _TELEGRAM_DATE.search(piece)
        said, words = _telegram_words(piece)
        if said:
            speaker, name = speaker_of(said)
        if date is None:
            continue
        at = f"{date[3]}-{date[2]}-{date[1]}T{date[4]}{zone_of(date[5] or '')}"
        links = [html.unescape(link) for link in _HREF.findall(piece) if "://" in link or link.startswith("tel:")]
        shown = "\n".join((words, *(link for link in dict.fromkeys(links) if link not in words)))
        found.append(Message(number=number, at=at, speaker=speaker, name=name, start=match.start(), text=shown))
    zoned = bool(found) and all(one.at[-6] in "+-" for one in found)
    return Chat(platform="telegram", messages=tuple(found), zoned=zoned) if found else None


def _telegram_words(piece: str) -> tuple[str, str]:
    """Who says a message, and its words; empty: it does not say."""
    said, words = "", []
    for part in piece.split("</div>"):
        opened = list(_TELEGRAM_DIV.finditer(part))
        if not opened:
            continue
        content = part[opened[-1].end() :]
        if opened[-1][1] == "from_name":
            said = said or _plain_page(content.partition("<span")[0])
        else:
            words.append(_plain_page(content))
    return said, " ".join(words)


def _plain_page(content: str) -> str:
    return html.unescape(_TAG.sub(lambda tag: "\n" if tag[0][:3] == "<br" else "", content)).strip()


def _signal_blocks(text: str) -> Chat | None:
    found: list[Message] = []
    matches = list(_SIGNAL_BLOCK.finditer(text))[:_MOST_MESSAGES]
    for number, match in enumerate(matches, start=1):
        end = matches[number].start() if number < len(matches) else len(text)
        sent = _SIGNAL_SENT.search(match[0])
        instant = read_instant(sent["at"]) if sent else None
        at = instant.rfc3339 if instant else any_moment(sent["at"]) if sent else ""
        behind = _NUMBER_BEHIND.search(match["name"])
        speaker = parse_phone(behind[1], "ZZ") if behind else ""
        plain, name = speaker_of(match["name"])
        words = text[match.end() : end]
        found.append(
            Message(number=number, at=at, speaker=speaker or plain, name=name, start=match.start(), text=words)
        )
    zoned = any(one.at[-1:] == "Z" or one.at[-6:-5] in ("+", "-") for one in found)
    return Chat(platform="signal", messages=tuple(found), zoned=zoned)


def _json(text: str, name: str) -> Chat | None:
    try:
        content = msgspec.json.decode(text.lstrip("\ufeff").encode("utf-8", "replace"))
    except (msgspec.DecodeError, RecursionError):
        return None
    if snaps := read_snapchat(content):
        return snaps
    telegram = '"from_id"' in text or '"text_entities"' in text or '"date_unixtime"' in text
    platform = "telegram" if telegram else "signal" if "signal" in name.casefold() or '"sourceE164"' in text else ""
    found: list[Message] = []
    for number, item in enumerate(_items(content), start=1):
        message = _of_object(item, number, platform)
        if message:
            found.append(message)
    if sum(1 for one in found if one.speaker and one.at) < 1 or not (platform or len(found) >= 3):
        return None
    zoned = all(not one.at or one.at[-1] == "Z" or one.at[-6] in "+-" for one in found)
    return Chat(platform=platform, messages=tuple(found), zoned=zoned)


def _items(content: object) -> Iterator[Mapping[str, object]]:
    """The messages of one chat or of all chats of an account."""
    if isinstance(content, dict):
        messages = content.get("messages")
        if isinstance(messages, list):
            yield from (item for item in messages if isinstance(item, dict))
        chats = content.get("chats")
        inner = chats.get("list") if isinstance(chats, dict) else chats
        for chat in inner if isinstance(inner, list) else ():
            yield from _items(chat) if isinstance(chat, dict) else ()
        return
    for item in content if isinstance(content, list) else ():
        if isinstance(item, dict):
            yield item


def _of_object(item: Mapping[str, object], number: int, platform: str) -> Message | None:
    at = next((moment for key in _TIMES if (moment := _moment(item.get(key)))), "")
    words = next((_plain(item[key]) for key in _BODIES if item.get(key)), "")
    told = next((str(item[key]) for key in _SPEAKERS if isinstance(item.get(key), (str, int)) and item[key]), "")
    if not at or not told:
        return None
    shown = str(item.get("from") or item.get("name") or told)
    speaker, name = speaker_of(told)
    user = re.fullmatch(r"(?:user|channel)(\d{4,20})", told)
    if user and platform == "telegram":
        speaker, name = f"telegram:{user[1]}", shown
    return Message(number=number, at=at, speaker=speaker, name=name if name != told else shown, start=-1, text=words)


def _plain(value: object) -> str:
    """The words of a message, which Telegram gives in pieces: text, links, mentions."""
    if isinstance(value, str):
        return value
    pieces: list[str] = []
    for piece in value if isinstance(value, list) else ():
        if isinstance(piece, str):
            pieces.append(piece)
        elif isinstance(piece, dict):
            pieces.append(str(piece.get("text", "")))
            if piece.get("href"):
                pieces.append(f" {piece['href']} ")
    return "".join(pieces)


def _moment(value: object) -> str:
    if isinstance(value, (int, float)):
        seconds = value / 1000 if value > 1e11 else value
        if 1e9 <= seconds < 4e9:
            return datetime.fromtimestamp(int(seconds), UTC).isoformat().replace("+00:00", "Z")
        return ""
    return any_moment(value) if isinstance(value, str) else ""

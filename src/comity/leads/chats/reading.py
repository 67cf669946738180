"""Reads a chat into a collector: what it names, with the message of each, and who takes part."""

from collections.abc import Iterable, Iterator

from comity.leads.artifacts.passage import Passage
from comity.leads.chats.message import Chat, Message
from comity.leads.chats.passage import event_of
from comity.leads.collect import Collector
from comity.leads.extract import find_in_text
from comity.leads.extract.sighting import Sighting
from comity.leads.model import ObservableKind, Place, Severity

_TAG = "chat-participant"
_GIVES = "gives-payee"
"""Tag of a participant who names where money shall go."""
_PAYEES = frozenset(
    {
        ObservableKind.IBAN,
        ObservableKind.BANK_ACCOUNT,
        ObservableKind.UPI,
        ObservableKind.CRYPTO,
        ObservableKind.CARD,
    }
)
_NAMES = {"whatsapp": "WhatsApp"}
_BY_NUMBER = frozenset({"whatsapp", "signal", "viber"})
"""Messengers whose account is a telephone number."""


def read_chat(
    chat: Chat, passages: Iterable[Passage], *, artifact: str, collector: Collector, regions: tuple[str, ...]
) -> None:
    """All that the passages of a chat name."""
    givers: dict[str, None] = {}
    for passage in passages:
        for seen in find_in_text(passage.text, regions=regions):
            collector.add_sighting(seen, passage, artifact=artifact)
            _note(seen, passage, chat, artifact=artifact, collector=collector)
            if seen.kind in _PAYEES:
                givers[passage.event(seen.start).by] = None
    _participants(chat, givers, artifact=artifact, collector=collector)
    _tell(chat, artifact=artifact, collector=collector)


def _note(seen: Sighting, passage: Passage, chat: Chat, *, artifact: str, collector: Collector) -> None:
    """The account that a participant's number at the head of a message is."""
    if seen.kind is ObservableKind.PHONE and chat.platform in _BY_NUMBER and passage.event(seen.start).by == seen.value:
        account = Sighting(
            ObservableKind.USER_ACCOUNT, f"{chat.platform}:{seen.value}", seen.start, seen.end, "", (_TAG,)
        )
        collector.add_sighting(account, passage, artifact=artifact)


def _participants(chat: Chat, givers: dict[str, None], *, artifact: str, collector: Collector) -> None:
    first: dict[str, Message] = {}
    for one in chat.messages:
        first.setdefault(one.speaker, one)
    for speaker, message in first.items():
        tags = (_TAG, _GIVES) if speaker in givers else (_TAG,)
        for seen in _identities(speaker, message, chat.platform):
            if collector.is_seen_in(seen.kind, seen.value, artifact):
                collector.tag(seen.kind, seen.value, tags)
                continue
            place = Place(artifact=artifact, where=f"message {message.number}", offset=-1, text=message.name)
            collector.add(seen.kind, seen.value, place, shown=seen.shown, tags=tags, event=event_of(message))


def _identities(speaker: str, message: Message, platform: str) -> Iterator[Sighting]:
    """The number and the account that a speaker is."""
    if speaker.startswith("+"):
        yield Sighting(ObservableKind.PHONE, speaker, 0, 0)
        if platform in _BY_NUMBER:
            yield Sighting(ObservableKind.USER_ACCOUNT, f"{platform}:{speaker}", 0, 0)
    elif speaker.startswith("telegram:"):
        yield Sighting(ObservableKind.USER_ACCOUNT, speaker, 0, 0, f"{message.name} (Telegram user id)")
    elif speaker.startswith("snapchat:"):
        yield Sighting(ObservableKind.USER_ACCOUNT, speaker, 0, 0)


def _tell(chat: Chat, *, artifact: str, collector: Collector) -> None:
    speakers = chat.speakers()
    shown = ", ".join(f"{who} ({count})" for who, count in list(speakers.items())[:12])
    more = f" and {len(speakers) - 12} more" if len(speakers) > 12 else ""
    platform = _NAMES.get(chat.platform, chat.platform.capitalize()) or "a messenger that the export does not name"
    times = [one.at for one in chat.messages if one.at]
    span = f" from {times[0]} to {times[-1]}" if times else ""
    message = f"A chat on {platform}{span}; participants and their messages: {shown}{more}."
    collector.add_finding("chat-read", Severity.INFO, artifact, "", message)
    if not chat.zoned:
        message = (
            "The chat's times name no zone: they are those of the telephone or computer that exported it. Ask its "
            "owner for the zone that was set."
        )
        collector.add_finding("chat-zone-unknown", Severity.NOTICE, artifact, "", message)
    if chat.unsure_days:
        message = (
            "Day and month of the chat's dates could be the other way round: nothing in it decides. Ask for the "
            "language and region of the telephone that exported it."
        )
        collector.add_finding("chat-dates-ambiguous", Severity.WARNING, artifact, "", message)

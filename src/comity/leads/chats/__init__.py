"""Exports of messengers: who wrote what when.

WhatsApp as Android and iOS export it in the user's language, Telegram as JSON and as HTML, Signal as the usual tools
write it out, and any other list of ``[date, time] name: text``. ::

    >>> from comity.leads.chats import read_lines
    >>> text = "[09.11.26, 18:02:11] +49 1512 3456789: Hello\\n[13.11.26, 18:05:40] Bob: Yes?\\n"
    >>> [(one.at, one.speaker) for one in read_lines(text, name="WhatsApp Chat with Bob.txt").messages]
    [('2026-11-09T18:02:11', '+4915123456789'), ('2026-11-13T18:05:40', 'Bob')]
"""

from comity.leads.chats.export import read_export
from comity.leads.chats.lines import read_lines
from comity.leads.chats.message import Chat, Message

__all__ = ["Chat", "Message", "read_export", "read_lines"]

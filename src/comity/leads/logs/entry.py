"""One line of a log, read."""

from dataclasses import dataclass

from comity.leads.extract.cards import mask_cards_in
from comity.leads.extract.hosts import read_ipv4, read_ipv6

_MOST_ACT_CHARS = 120
_MOST_AGENT_CHARS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """Who did what when; what the line does not tell is empty."""

    at: str = ""
    """RFC 3339; without offset where neither the line nor the format's standard names the zone."""
    client: str = ""
    """Address of who acted, normalised as observables are."""
    method: str = ""
    path: str = ""
    """With its query, as written."""
    status: str = ""
    agent: str = ""
    message: str = ""
    """Of a line that is no request."""
    target: str = ""
    """Address of what was reached, where a line tells it beside the client's."""
    sent_bytes: int = 0
    """What went to the target; 0: not told."""

    @property
    def act(self) -> str:
        """The deed in few words, cards masked, long paths cut in their middle."""
        # Each by itself: a status behind a card's number would make one longer number, which is no card's.
        words = " ".join(mask_cards_in(part) for part in (self.method, self.path, self.status) if part)
        return shortened(words or mask_cards_in(self.message), _MOST_ACT_CHARS)

    @property
    def shown_agent(self) -> str:
        return mask_cards_in(self.agent)[:_MOST_AGENT_CHARS]


def shortened(text: str, most: int) -> str:
    """A text of at most `most` characters, what is too much cut from its middle: both ends tell more."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    tail = most // 2
    return f"{text[: most - tail - 1]}…{text[-tail:]}"


def client_address(text: str) -> str:
    """The address of a client as logs write it: with a port, in brackets, first of a list; empty: it is none."""
    plain = text.strip().partition(",")[0].strip().strip('"')
    if plain.startswith("["):
        plain = plain[1:].partition("]")[0]
    elif plain.count(":") == 1:
        plain = plain.partition(":")[0]
    host = read_ipv4(plain) or (read_ipv6(plain) if ":" in plain else None)
    return host.value if host else ""

"""Letters that arrive: read, checked from the requested side, and answered.

>>> from datetime import date
>>> from comity.law import load_registry
>>> from comity.letters.incoming import examine, receive
>>> text = b"From: Ministry of Justice, India\\nTo: Department of Justice, United States\\nPlease preserve the account."
>>> day = date(2026, 11, 24)
>>> received = receive(text, load_registry(), file="mail.txt", received_on=day)
>>> received.letter.requesting.state, received.letter.addressee.state
('IN', 'US')
>>> examine(received, load_registry(), as_of=day).outcome.value
'ask_back'
"""

from comity.letters.incoming.examination import (
    Admissibility,
    Competence,
    Desk,
    Examination,
    LanguageFinding,
    Outcome,
    Question,
    Risk,
    Tongue,
    Way,
)
from comity.letters.incoming.examine import examine
from comity.letters.incoming.received import Received, receive
from comity.letters.incoming.reply import Answerer, acknowledge, ask_back, grounds, refuse

__all__ = [
    "Admissibility",
    "Answerer",
    "Competence",
    "Desk",
    "Examination",
    "LanguageFinding",
    "Outcome",
    "Question",
    "Received",
    "Risk",
    "Tongue",
    "Way",
    "acknowledge",
    "ask_back",
    "examine",
    "grounds",
    "receive",
    "refuse",
]

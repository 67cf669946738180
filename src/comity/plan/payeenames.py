"""Whom payments name in words: an offender's company is paid into several accounts under one name."""

import re
from functools import lru_cache
from itertools import pairwise

_WORD = re.compile(r"[^\W\d_]{3,}")
_LEAST_LETTERS = 8
"""Letters that a shared name has at least; fewer stand in many narrations by chance."""
_GENERAL = frozenset(
    "ltd limited llc inc gmbh corp corporation company plc srl spa kft zrt nyrt uab pty pvt private public bank "
    "bankgiro sepa swift fps bacs chaps neft rtgs imps upi ach wire ref reference invoice rechnung facture factura "
    "payment payments transfer transfers customer standing order direct debit credit card faster online mobile "
    "international domestic incoming outgoing received sent from für von zahlung überweisung lastschrift gutschrift "
    "dauerauftrag virement paiement pago transferencia transferencias bill services service the and und account "
    "konto fund funds deposit withdrawal charge charges fee fees purchase airtime cash".split()
)
"""Words that narrations have whomever they are about."""


@lru_cache(maxsize=16_384)
def names_in(text: str) -> frozenset[str]:
    """The names that a narration may hold: each two words in a row that say something of their own.

    >>> sorted(names_in("SWIFT GOLDEN LARK LIMITED HSBCHKHHHKH REF AL88"))
    ['golden lark']
    """
    words = [word.casefold() for word in _WORD.findall(text)]
    kept = (pair for pair in pairwise(words) if not _GENERAL & set(pair) and len("".join(pair)) >= _LEAST_LETTERS)
    return frozenset(" ".join(pair) for pair in kept)

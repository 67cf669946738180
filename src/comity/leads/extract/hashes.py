"""File hashes and the hashes of transactions, told apart by length and by what is written around them."""

import re
from collections.abc import Iterator

from comity.leads.extract.sighting import Sighting
from comity.leads.model import ObservableKind

_ALGORITHMS = {32: "md5", 40: "sha1", 64: "sha256", 128: "sha512"}
_HEX = re.compile(r"[0-9A-Fa-f]+")
_HASH_WORD = re.compile(
    r"\b(?:md5|sha-?_?\d+|(?:imp|ss|file)?hash(?:es)?|checksums?|digest|iocs?|samples?|malware|files?)\b", re.IGNORECASE
)
_CHAIN_WORD = re.compile(
    r"\b(?:tx|txn|txid|txhash|tx_hash|transaction|blockchain|btc|bitcoin|etherscan|tronscan|mempool)\b", re.IGNORECASE
)
_IDENTIFIER_BEFORE = re.compile(
    r"\b(?:(?:commit|tree|parent|revision|token|session\w*|sess|sid|id|uid|guid|key|nonce|etag|csrf\w*|state|boundary|cookie|auth\w*"
    r"|signature|message|msg|bearer|apikey|secret|password|pass|pwd|trace|span|request|user|account|merge|branch)[\w-]*"
    r"|b|bh|s|h)\s?[\"']?\s?[:=/ ]\s?[\"']?$",
    re.IGNORECASE,
)
_REACH = 40


def hash_at(text: str, start: int, end: int) -> Iterator[Sighting]:
    """The hash that a run of letters and digits is; sessions, commits and the like are none."""
    token = text[start:end]
    prefixed = token[:2] in ("0x", "0X")
    digits = token[2:] if prefixed else token
    algorithm = _ALGORITHMS.get(len(digits))
    if algorithm is None or not _HEX.fullmatch(digits) or not _is_varied(digits):
        return
    before = text[max(0, start - _REACH) : start]
    line_before = before[before.rfind("\n") + 1 :]
    if len(digits) == 64 and (prefixed or _CHAIN_WORD.search(line_before)):
        yield Sighting(ObservableKind.TRANSACTION, token.lower(), start, end)
    elif not prefixed and _is_file_hash(line_before):
        yield Sighting(ObservableKind.FILE_HASH, digits.lower(), start, end, "", (algorithm,))


def _is_varied(digits: str) -> bool:
    """Neither a decimal number nor a pattern: real hashes use most of the sixteen digits."""
    lowered = digits.lower()
    one_case = digits in (lowered, digits.upper())
    return one_case and not digits.isdigit() and len(set(lowered)) >= 8


def _is_file_hash(line_before: str) -> bool:
    if _HASH_WORD.search(line_before):
        return True
    if line_before[-1:] in ("=", "-", "/", "_", "<", "@", "?", "&", "#", "%", "+", "."):
        return False
    return _IDENTIFIER_BEFORE.search(line_before) is None

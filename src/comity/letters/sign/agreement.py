"""Whether the data inside a letter are the letter that people read: by the digest that it shows, and word by word.

Values that a holder would act on (accounts, addresses, references) must stand on the pages as they stand in the data;
of running text most of its words in their order must. Nor may the pages name an account that the data do not have.
Scripts whose letters change shape or order when they are set cannot be compared so, and are left to the digest.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator

from comity.leads.extract import find_in_text
from comity.leads.model import ObservableKind
from comity.letters.address import texts
from comity.letters.model import Letter, Party
from comity.letters.sign.verdict import Agreement, DataFinding
from comity.letters.wording import catalogue, languages

_HEX = re.compile(r"(?<![0-9a-f])(?:[0-9a-f]{64}|[0-9a-f]{32}\s+[0-9a-f]{32})(?![0-9a-f])")
#: Right-to-left scripts, and those of India and South East Asia.
_SHAPED = re.compile("[\u0590-\u08ff\u0900-\u109f\u1780-\u17ff\u1a00-\u1aaf\ufb1d-\ufdff\ufe70-\ufeff]")
#: On pages from the right, some readers give brackets as they look, mirrored.
_BRACKETS = str.maketrans("", "", "()[]{}<>")
_WORDS = re.compile(r"\w+")
_ACTED_ON = frozenset(
    {
        ObservableKind.EMAIL, ObservableKind.IBAN, ObservableKind.IPV4, ObservableKind.IPV6, ObservableKind.CRYPTO,
        ObservableKind.CARD, ObservableKind.UPI,
    }
)  # fmt: skip
_RUN, _SHORTEST = 3, 6
_ENOUGH = 0.6
MAX_TOLD = 20


def agreement(data: bytes, letter: Letter, shown_text: str) -> DataFinding:
    """The data of a letter against the text of its pages."""
    digest = hashlib.sha256(data).hexdigest()
    plain = _plain(shown_text)
    shown = tuple(dict.fromkeys(_digests(shown_text, data)))
    lost = tuple(dict.fromkeys(_lost(letter, plain, _runs(shown_text))))[:MAX_TOLD]
    added = tuple(dict.fromkeys(_added(shown_text, data)))[:MAX_TOLD]
    state, why = _judged(digest in plain or digest in shown, shown, lost=lost, added=added)
    return DataFinding(agreement=state, digest=digest, shown=shown, not_found=lost, only_shown=added, why=why)


def _judged(
    agrees: bool, shown: tuple[str, ...], *, lost: tuple[str, ...], added: tuple[str, ...]
) -> tuple[Agreement, str]:
    if shown and not agrees:
        return Agreement.DIFFERS, "the data inside are not those whose digest the letter shows"
    if lost:
        return Agreement.DIFFERS, f"the data inside say what the pages do not: {lost[0][:80]!r}"
    if added:
        return Agreement.DIFFERS, f"the pages say what the data inside do not: {added[0][:80]!r}"
    if agrees:
        return Agreement.AGREES, "the data inside have the digest that the letter shows, and say what it says"
    return Agreement.NOT_SHOWN, "the letter shows no digest of the data inside; they say what it says"


def _digests(text: str, data: bytes) -> Iterator[str]:
    """Digests that the pages show and that are not part of the letter itself, such as those of enclosures."""
    own = data.decode("utf-8", "replace").casefold()
    for found in _HEX.finditer(text.casefold()):
        digest = "".join(found[0].split())
        if digest not in own:
            yield digest


def _added(text: str, data: bytes) -> Iterator[str]:
    """What a holder would act on, on the pages and not in the data: an account put in by hand or by fraud."""
    own = _plain(data.decode("utf-8", "replace"))
    for seen in find_in_text(text):
        said = _plain(text[seen.start : seen.end])
        there = said in own or _plain(seen.value) in own or _runs_into(said, own)
        if seen.kind in _ACTED_ON and not there:
            yield seen.value


def _runs_into(said: str, own: str) -> bool:
    """Whether a label from the right runs into a value that the data have, as some readers give a line of both."""
    tail = _SHAPED.split(said)[-1]
    return tail != said and any(f'"{tail[at:]}' in own for at in range(len(tail) - _SHORTEST))


def _lost(letter: Letter, plain: str, runs: frozenset[tuple[str, ...]]) -> Iterator[str]:
    names = tuple(_names(letter.addressee))
    shaped = bool(_SHAPED.search(plain)) and any(_SHAPED.search(name) for name in names)
    if not shaped and not any(_plain(name) in plain for name in names):
        yield letter.addressee.name
    for value in _values(letter):
        if value and not _SHAPED.search(value) and _plain(value) not in plain:
            yield value
    for _, text in texts(letter):
        if text.free and not _SHAPED.search(text.text) and not _is_there(text.text, plain, runs):
            yield text.text


def _names(party: Party) -> Iterator[str]:
    """What the pages may call a party: its name, or that of its office in any language."""
    yield party.name
    if party.office:
        for language in languages():
            yield catalogue(language).say(f"office.{party.office}", state=party.state)


def _values(letter: Letter) -> Iterator[str]:
    yield letter.reference
    for item in letter.assistance:
        yield from (subject.value for subject in item.subjects)
    for payment in letter.payments:
        yield from (payment.source, payment.target)
    for enclosure in letter.enclosures:
        yield enclosure.digest


def _is_there(text: str, plain: str, runs: frozenset[tuple[str, ...]]) -> bool:
    if _plain(text) in plain:
        return True
    wanted = _runs(text)
    return bool(wanted) and len(wanted & runs) >= _ENOUGH * len(wanted)


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    """Every few words that follow each other: a page break or a hyphen spoils a few, another text all."""
    words = _WORDS.findall(unicodedata.normalize("NFKC", text).casefold())
    return frozenset(tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))


def _plain(text: str) -> str:
    kept = unicodedata.normalize("NFKC", text).casefold().replace("\u00ad", "").replace("\u200b", "")
    return "".join(kept.translate(_BRACKETS).split())

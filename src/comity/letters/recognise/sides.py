"""An authority with its state: what tells the state of an authority, from a name beside it to the seat it has."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import msgspec

from comity.law import Confidence, Registry
from comity.letters.recognise.cues import cues
from comity.letters.recognise.document import Document, Said, Sentence
from comity.letters.recognise.head import has_authority
from comity.letters.recognise.states import adjectives_in, authorities_in, seats_in, states_in

_TRIES = 10
_ADJECTIVE_CHARS = 30
_PAIR_CHARS = 200
"""How far after a word for a treaty its two sides stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An authority in a letter."""

    name: Said | None
    state: Said | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The two sides of a treaty that the letter names."""

    line: Sentence
    codes: tuple[str, str]

    def other(self, known: Said) -> Said | None:
        """The other side; None: the known one is none of the two."""
        if known.value not in self.codes:
            return None
        return self.line.said(self.codes[known.value == self.codes[0]], known.confidence)


def pair_of(document: Document) -> Pair | None:
    """The two states of the first treaty *between* two that is named."""
    for found in islice(document.matches(cues().phrase["treaty"]), _TRIES):
        tail = document.flat[found.start() : found.end() + _PAIR_CHARS]
        states = [state for state in states_in(tail) if state.sure]
        if len(states) == 2:
            line = document.line_at(found.start())
            return Pair(line=line, codes=(states[0].code, states[1].code))
    return None


def state_of(named: Sentence, block: Sequence[Sentence], registry: Registry, pair: Pair | None) -> Said | None:
    """The state of an authority that stands in a block of lines; the surest way to tell it counts."""
    told = list(_told(named, block, registry))
    for said in told:
        if said.confidence is not Confidence.LOW:
            return said
    # a hint that agrees with the treaty is more than a hint
    agreed = [said for said in told if pair is not None and said.value in pair.codes]
    if agreed:
        return _with(agreed[0], Confidence.MEDIUM)
    return told[0] if told else None


def asked_in(document: Document) -> Said | None:
    """Whose authorities are asked, by an adjective beside the word: *les autorités marocaines*."""
    for found in islice(document.matches(cues().phrase["authorities"]), _TRIES):
        near = document.flat[max(found.start() - _ADJECTIVE_CHARS, 0) : found.end() + _ADJECTIVE_CHARS]
        states = adjectives_in(near)
        if len(states) == 1:
            return document.line_at(found.start()).said(states[0])
    return None


def doubted(side: Named) -> Named:
    """The same side, of which only the order tells that it is this one."""
    return replace(side, state=_with(side.state, Confidence.LOW) if side.state is not None else None)


def _told(named: Sentence, block: Sequence[Sentence], registry: Registry) -> Iterator[Said]:
    yield from _of_names(named, Confidence.HIGH)
    others = [line for line in block if line.where != named.where]
    for line in others:
        yield from _of_names(line, Confidence.MEDIUM)
    yield from (named.said(code, Confidence.HIGH) for code in authorities_in(named.folded, registry))
    for line in others:
        yield from (line.said(code, Confidence.MEDIUM) for code in authorities_in(line.folded, registry))
    for line in (named, *others):
        if has_authority(line.folded):
            yield from (line.said(code, Confidence.MEDIUM) for code in adjectives_in(line.folded)[:1])
    for line in (named, *others):
        yield from (line.said(code, Confidence.LOW) for code in seats_in(line.folded, registry))


def _of_names(line: Sentence, sure: Confidence) -> Iterator[Said]:
    for state in states_in(line.folded):
        yield line.said(state.code, sure if state.sure else Confidence.LOW)


def _with(said: Said, confidence: Confidence) -> Said:
    return msgspec.structs.replace(said, confidence=confidence)

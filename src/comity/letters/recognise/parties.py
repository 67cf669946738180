"""Who asks and who is asked: by labels, by the names of authorities in our data, by the order in which they stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from comity.law import Confidence, Registry
from comity.letters.recognise.cues import cues, folded, label, phrase
from comity.letters.recognise.document import Document, Said, Sentence
from comity.letters.recognise.states import known_authorities, states_in

NAME_CHARS = 160
_HEAD, _TAIL = 60, 25
"""Lines from the beginning and the end in which authorities are looked for."""
_TRIES = 20
_AROUND = 3
"""Lines after an authority's in which its address, and so its state, may stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An authority in a letter."""

    name: Said | None
    state: Said | None


def find_parties(document: Document, registry: Registry, language: str) -> tuple[Named, Named]:
    """The sender and the addressee."""
    addressee = _labelled(document, "addressee", registry, language) or _asked(document, registry, language)
    sender = _labelled(document, "sender", registry, language) or _first(document, addressee, registry, language)
    if addressee is None:
        addressee = _other(document, sender, registry, language)
    nobody = Named(name=None, state=None)
    return sender or nobody, addressee or nobody


def _labelled(document: Document, label: str, registry: Registry, language: str) -> Named | None:
    for line, value in document.labelled(label):
        if 2 < len(value) <= NAME_CHARS and any(character.isalpha() for character in value):
            alone = folded(value).strip(" .,:")
            states = tuple(states_in(alone, language))
            if states and len(alone) < 40 and not _has_authority(alone):
                # a label for a state, such as "Requesting State: India"; the authority stands elsewhere
                return _with_name(document, line, states[0], registry, language)
            state = _state(document, line, registry, language, text=alone)
            return Named(name=line.said(value), state=state)
    return None


def _with_name(document: Document, line: Sentence, code: str, registry: Registry, language: str) -> Named:
    for other in _candidates(document):
        state = _state(document, other, registry, language, text=other.folded)
        if state is not None and state.value == code:
            return Named(name=other.said(other.text), state=line.said(code, Confidence.HIGH))
    return Named(name=None, state=line.said(code, Confidence.HIGH))


def _asked(document: Document, registry: Registry, language: str) -> Named | None:
    """Of a sentence such as *the competent authorities of the United States*."""
    for found in islice(document.matches(cues().phrase["states"]), _TRIES):
        states = tuple(states_in(document.flat[found.end() : found.end() + 60], language))
        if states:
            line = document.line_at(found.start())
            return _with_name(document, line, states[0], registry, language)
    return None


def _first(document: Document, but: Named | None, registry: Registry, language: str) -> Named | None:
    """The letterhead: the first authority that is not the addressee."""
    taken = but.name.text if but is not None and but.name is not None else None
    other = but.state.value if but is not None and but.state is not None else None
    for line in _candidates(document):
        state = _state(document, line, registry, language, text=line.folded)
        if line.text != taken and (state is None or state.value != other):
            return Named(name=line.said(line.text), state=state)
    return None


def _other(document: Document, sender: Named | None, registry: Registry, language: str) -> Named | None:
    """The first authority of another state than the sender's."""
    if sender is None or sender.state is None:
        return None
    for line in _candidates(document):
        state = _state(document, line, registry, language, text=line.folded)
        if state is not None and state.value != sender.state.value:
            return Named(name=line.said(line.text), state=state)
    return None


def _candidates(document: Document) -> Iterator[Sentence]:
    last = len(document.lines)
    for line in document.lines:
        near = line.number < _HEAD or line.number >= last - _TAIL
        if near and len(line.text) <= NAME_CHARS and _has_authority(line.folded) and not _is_sentence(line.text):
            yield line


def _has_authority(text: str) -> bool:
    return phrase(cues().phrase["authority"]).search(text) is not None


def _begins_another(line: Sentence) -> bool:
    """Whether a line names the other side: what follows is its address."""
    return any(label(cues().label[name]).match(line.folded) for name in ("addressee", "sender"))


def _is_sentence(text: str) -> bool:
    return text.rstrip().endswith((".", "。", "।", ";", ":")) and len(text) > 60


def _state(document: Document, line: Sentence, registry: Registry, language: str, *, text: str) -> Said | None:
    """A state named on the line; else that of an authority of our data; else one named in the lines after it."""
    own = next(states_in(text, language), None)
    if own is not None:
        return line.said(own, Confidence.HIGH)
    for piece, state, _ in known_authorities(registry):
        if piece in text:
            return line.said(state, Confidence.HIGH)
    for near in document.lines[line.number + 1 : line.number + _AROUND + 1]:
        if _begins_another(near):
            break
        other = next(states_in(near.folded, language), None)
        if other is not None:
            return near.said(other)
    return None

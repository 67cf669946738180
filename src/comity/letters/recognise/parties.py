"""Who asks and who is asked: by labels, by the blocks of the head, by a treaty's two sides, by the order of names.

A letterhead stands before the reference and the date, and is the sender's; the block that begins with *To*, *An*, *À*
or with *Central Authority:* is the addressee's. Where order alone tells, it is said to be unsure.
"""

from dataclasses import replace
from itertools import islice

from comity.law import Confidence, Registry
from comity.letters.recognise.cues import cues, folded, phrase
from comity.letters.recognise.document import Document, Said, Sentence
from comity.letters.recognise.head import Block, Head, candidates, ends_address, has_authority, head_of
from comity.letters.recognise.sides import Named, Pair, asked_in, doubted, pair_of, state_of
from comity.letters.recognise.states import authorities_in, states_in

NAME_CHARS = 160
_TRIES = 20
_TAIL_CHARS = 90
"""How far after *the authorities of* a state stands, and after that a word of asking: then it is the one who asks."""
_NOTE_CHARS = 120
"""How far after *presents its compliments to* the other side stands."""
_AROUND = 4
"""Lines after an authority's in which its address, and so its state, may stand."""
_STATE_CHARS = 40
"""Longest value of a label that names a state and nothing else."""
_NOBODY = Named(name=None, state=None)


def find_parties(document: Document, registry: Registry) -> tuple[Named, Named]:
    """The sender and the addressee."""
    head = head_of(document)
    pair = pair_of(document)
    addressee = _labelled(document, "addressee", registry) or _of_block(head.addressee, registry, pair)
    sender = _labelled(document, "sender", registry)
    if sender is None and addressee is None:
        noted = _of_note(document, registry)
        sender, addressee = noted if noted is not None else (None, None)
    addressee = addressee or _asked(document, registry)
    ordered = sender is None and addressee is None
    sender = sender or _letterhead(document, head, addressee, registry, pair)
    if addressee is None:
        addressee = _other(document, sender, registry, pair)
    sender, addressee = _by_pair(sender or _NOBODY, addressee or _NOBODY, pair)
    if ordered and not _is_parted(head, addressee):
        return doubted(sender), doubted(addressee)
    return sender, addressee


def _labelled(document: Document, label: str, registry: Registry) -> Named | None:
    for line, value in document.labelled(label):
        if not 2 < len(value) <= NAME_CHARS or not any(character.isalpha() for character in value):
            continue
        alone = folded(value).strip(" .,:")
        states = states_in(alone)
        if states and len(alone) < _STATE_CHARS and not has_authority(alone):
            # a label for a state, such as "Requesting State: India"; the authority stands elsewhere
            return _with_name(document, line.said(states[0].code, Confidence.HIGH), registry)
        block = Block(line=line, value=value, lines=_after(document, line))
        return _of_block(block, registry, None)
    return None


def _after(document: Document, line: Sentence) -> tuple[Sentence, ...]:
    """The lines of an address after its first."""
    found: list[Sentence] = []
    for near in document.lines[line.number + 1 : line.number + _AROUND]:
        if ends_address(near):
            break
        found.append(near)
    return tuple(found)


def _address(document: Document, line: Sentence, registry: Registry) -> tuple[Sentence, ...]:
    """The lines after an authority that no word sets apart, up to another authority that we know."""
    found: list[Sentence] = []
    for near in _after(document, line):
        if authorities_in(near.folded, registry):
            break
        found.append(near)
    return tuple(found)


def _of_block(block: Block | None, registry: Registry, pair: Pair | None) -> Named | None:
    """The authority at the head of an address, and its state."""
    if block is None:
        return None
    first = replace(block.line, text=block.value, folded=folded(block.value))
    lines = (first, *block.lines) if block.value else block.lines
    named = next((line for line in lines if has_authority(line.folded)), first if block.value else None)
    if named is None:
        return None
    return Named(name=named.said(named.text), state=state_of(named, lines, registry, pair))


def _with_name(document: Document, said: Said, registry: Registry) -> Named:
    """A state that something says, with the authority of it that the letter names."""
    for other in candidates(document):
        state = state_of(other, (other, *_address(document, other, registry)), registry, None)
        if state is not None and state.value == said.value:
            return Named(name=other.said(other.text), state=said)
    return Named(name=None, state=said)


def _asked(document: Document, registry: Registry) -> Named | None:
    """Of a sentence such as *the competent authorities of the United States*."""
    for found in islice(document.matches(cues().phrase["states"]), _TRIES):
        tail = document.flat[found.end() : found.end() + _TAIL_CHARS]
        states = states_in(tail)
        if states and phrase(cues().phrase["request"]).search(tail[states[0].end :]) is None:
            line = document.line_at(found.start())
            return _with_name(document, line.said(states[0].code, Confidence.HIGH), registry)
    told = asked_in(document)
    return _with_name(document, told, registry) if told is not None else None


def _of_note(document: Document, registry: Registry) -> tuple[Named, Named] | None:
    """Of a note: one authority *presents its compliments to* the other."""
    for found in islice(document.matches(cues().phrase["compliments"]), _TRIES):
        line = document.line_at(found.start())
        before = states_in(line.folded.partition(found[0])[0])
        tail = document.flat[found.end() : found.end() + _NOTE_CHARS]
        after = states_in(tail)
        address = tail[: after[0].start] if after else ""
        if before and has_authority(address) and before[-1].code != after[0].code:
            return _noted(line, found[0], before[-1].code, first=True), _noted(
                line, found[0], after[0].code, first=False
            )
    return None


def _noted(line: Sentence, words: str, code: str, *, first: bool) -> Named:
    """One side of a note, with its name as far as the line has it."""
    before, _, after = line.text.partition(line.text[line.folded.find(words) :][: len(words)])
    name = (before if first else after).strip(" ,")
    return Named(name=line.said(name) if name else None, state=line.said(code, Confidence.HIGH))


def _letterhead(
    document: Document, head: Head, but: Named | None, registry: Registry, pair: Pair | None
) -> Named | None:
    """The authority of the letterhead; else the first that is not the addressee."""
    taken = but.name.text if but is not None and but.name is not None else None
    other = but.state.value if but is not None and but.state is not None else None
    named = next((line for line in head.letterhead if has_authority(line.folded) and line.text != taken), None)
    if named is not None:
        state = state_of(named, head.letterhead, registry, pair)
        if state is None or state.value != other:
            return Named(name=named.said(named.text), state=state)
    for line in candidates(document):
        state = state_of(line, (line, *_address(document, line, registry)), registry, pair)
        if not _is_within(line.text, taken) and (state is None or state.value != other):
            return Named(name=line.said(line.text), state=state)
    return None


def _is_within(text: str, taken: str | None) -> bool:
    return taken is not None and (taken in text or text in taken)


def _other(document: Document, sender: Named | None, registry: Registry, pair: Pair | None) -> Named | None:
    """The first authority of another state than the sender's."""
    if sender is None or sender.state is None:
        return None
    for line in candidates(document):
        state = state_of(line, (line, *_address(document, line, registry)), registry, pair)
        if state is not None and state.value != sender.state.value:
            return Named(name=line.said(line.text), state=state)
    return None


def _by_pair(sender: Named, addressee: Named, pair: Pair | None) -> tuple[Named, Named]:
    """A side that nothing names is the other side of the treaty; where neither is named, who is who is not sure."""
    if pair is None:
        return sender, addressee
    if sender.state is None and addressee.state is None:
        first, second = (pair.line.said(code, Confidence.LOW) for code in pair.codes)
        return replace(sender, state=first), replace(addressee, state=second)
    if sender.state is None and addressee.state is not None:
        return replace(sender, state=pair.other(addressee.state)), addressee
    if addressee.state is None and sender.state is not None:
        return sender, replace(addressee, state=pair.other(sender.state))
    return sender, addressee


def _is_parted(head: Head, addressee: Named) -> bool:
    """Whether the addressee stands in the head below the letterhead, with a reference or a date between."""
    where = addressee.name.where if addressee.name is not None else ""
    return any(line.where == where for line in head.below)

"""Grounds for refusal that a request raises by its own words: death penalty, trial in absentia, belief, own nationals.

They are there for an officer to weigh, with the line that says them, whatever instrument carries the request: most
states have them in their constitutions and in their laws on assistance (Germany: Basic Law art. 16(2), IRG ss. 6, 8
and 73), and our data do not hold those of every state.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from types import MappingProxyType

from comity.law import Fact, RefusalGround, RiskState, state_name
from comity.letters.address import texts
from comity.letters.compose.gravity import bears_death
from comity.letters.incoming.examination import Risk
from comity.letters.model import Family, Kind, Letter, UndertakingKind
from comity.letters.recognise.cues import cues, folded, phrase
from comity.letters.recognise.document import Document, Said, Sentence
from comity.letters.recognise.states import adjectives_in, states_in
from comity.letters.tables import kinds

_WORDS = MappingProxyType(
    {
        "death_penalty": (RefusalGround.DEATH_PENALTY, "death penalty"),
        "in_absentia": (RefusalGround.FUNDAMENTAL_RIGHTS, "judged in absentia"),
        "belief": (RefusalGround.FUNDAMENTAL_RIGHTS, "belief or private life is punished"),
        "cruelty": (RefusalGround.FUNDAMENTAL_RIGHTS, "corporal punishment"),
        "opinion": (RefusalGround.POLITICAL_OFFENCE, "an act against the state, its head or by opinion"),
    }
)
_RULED_OUT_BY = MappingProxyType(
    {
        RefusalGround.DEATH_PENALTY: (Fact.DEATH_PENALTY_ASSURED, True),
        RefusalGround.POLITICAL_OFFENCE: (Fact.POLITICAL_CHARACTER, False),
        RefusalGround.NATIONALITY: (Fact.PERSON_IS_NATIONAL_THERE, False),
    }
)
_QUOTED_CHARS = 160
_NEAR_CHARS = 40
_LINES_MAX = 50
_SURRENDER = frozenset({Kind.EXTRADITION_REQUEST, Kind.PROVISIONAL_ARREST})


def alarms_in(document: Document) -> tuple[Said, ...]:
    """Every line that raises a ground, the first of each kind; ``national:DE`` for whose national somebody is."""
    return (*_worded(document), *_nationals(document))


def alarms_of(letter: Letter, said: tuple[Said, ...], facts: Mapping[str, bool]) -> tuple[Risk, ...]:
    """The grounds that the words of a request raise, each once; facts that a person gave may rule one out.

    A promise in the request that death will not be carried out rules out that ground.
    """
    found: dict[RefusalGround, Risk] = {}
    facts = dict(facts)
    if any(given.kind is UndertakingKind.DEATH_PENALTY for given in letter.undertakings):
        facts.setdefault(Fact.DEATH_PENALTY_ASSURED.value, True)
    for one in said:
        ground, what = _meaning(letter, one.value)
        fact = _RULED_OUT_BY.get(ground) if ground is not None else None
        if ground is None or (fact is not None and facts.get(fact[0].value) is fact[1]):
            continue
        kept = found.get(ground)
        why = f"{kept.why}; and " if kept is not None else "the request itself says it: "
        why += f"{what} ({one.where}: {_quoted(one.text)})"
        found[ground] = Risk(ground=ground, state=RiskState.LIVE, instrument="", why=why, by_words=True)
    if RefusalGround.DEATH_PENALTY not in found and facts.get(Fact.DEATH_PENALTY_ASSURED.value) is not True:
        found |= {risk.ground: risk for risk in _by_figure(letter)}
    return tuple(found.values())


def _by_figure(letter: Letter) -> Iterator[Risk]:
    """Death, where a person is asked for and the penalty is the figure that means life or death."""
    surrender = kinds()[letter.kind].family is Family.SURRENDER
    if surrender and bears_death(letter.requesting.state, letter.offences, letter.law_texts):
        why = "the request itself says it: the maximum penalty is life imprisonment or death, and no assurance is given"
        yield Risk(ground=RefusalGround.DEATH_PENALTY, state=RiskState.LIVE, instrument="", why=why)


def _meaning(letter: Letter, name: str) -> tuple[RefusalGround | None, str]:
    if name in _WORDS:
        return _WORDS[name]
    there = letter.addressee.state
    if letter.kind in _SURRENDER and name == f"national:{there}":
        return RefusalGround.NATIONALITY, f"a national of {state_name(there)}"
    return None, ""


def _worded(document: Document) -> Iterator[Said]:
    denied = phrase(cues().phrase["assured"])
    for name in _WORDS:
        lines = document.with_phrase(cues().phrase[name])
        line = next((line for line in lines if denied.search(line.folded) is None), None)
        if line is not None:
            yield line.said(name)


def _nationals(document: Document) -> Iterator[Said]:
    """Lines that name a state beside a word for nationality."""
    words = phrase(cues().phrase["national"])
    seen: set[str] = set()
    for line in islice(document.with_phrase(cues().phrase["national"]), _LINES_MAX):
        for word in words.finditer(line.folded):
            near = line.folded[max(word.start() - _NEAR_CHARS, 0) : word.end() + _NEAR_CHARS]
            named = {state.code for state in states_in(near)} | set(adjectives_in(near))
            if len(named) == 1 and not named <= seen:
                seen |= named
                yield line.said(f"national:{named.pop()}")


def said_by(letter: Letter) -> Document:
    """The free texts of a letter that was read from its data, as lines."""
    lines = []
    for number, (address, text) in enumerate(texts(letter)):
        if text.text.strip():
            lines.append(Sentence(text=text.text, folded=folded(text.text), where=address, number=number))
    return Document(lines=tuple(lines))


def _quoted(text: str) -> str:
    return f"\u201c{text[:_QUOTED_CHARS]}{'…' if len(text) > _QUOTED_CHARS else ''}\u201d"

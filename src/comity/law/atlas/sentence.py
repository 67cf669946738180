"""Steps as people write them: ``IN accedes budapest on 2027-01-01``.

A sentence is SUBJECT VERB OBJECT, and perhaps ``on YYYY-MM-DD`` or the day alone. States are codes or English names;
instruments are ids, aliases or titles; ``to``, ``with``, ``from`` and ``the`` may stand where English wants them.
"""

import re
from collections.abc import Callable
from datetime import date
from difflib import get_close_matches

from comity.law.atlas.step import Accession, Denunciation, EntryIntoForce, NewTreaty, Step, TreatyKind, Withdrawal
from comity.law.errors import StepError, UnknownTermError
from comity.law.instrument import Instrument
from comity.law.names import parse_state
from comity.law.registry import Registry

_VERBS = {
    "accedes": "accedes",
    "joins": "accedes",
    "ratifies": "accedes",
    "denounces": "denounces",
    "leaves": "denounces",
    "signs-mlat": "signs-mlat",
    "signs-extradition": "signs-extradition",
    "withdraws-reservation": "withdraws-reservation",
    "withdraws-reservations": "withdraws-reservation",
    "enters-into-force": "enters-into-force",
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FILLERS = frozenset({"to", "with", "from", "the"})
FORMS = (
    "IN accedes budapest on 2027-01-01",
    "RU denounces untoc on 2027-01-01",
    "IN signs-mlat JP on 2027-01-01",
    "IN signs-extradition JP on 2027-01-01",
    "NZ withdraws-reservation budapest 14(3)(a) on 2027-01-01",
    "instrument uncc enters-into-force on 2027-01-01",
)
"""One example of each sentence."""


def parse_step(text: str, registry: Registry, *, today: date) -> Step:
    """The step that a sentence says; without a day, it is taken today.

    Raises StepError for a sentence that has no verb, object or date that can be read, UnknownTermError for a state or
    an instrument that is not known; both name what comes nearest.
    """
    words, on = _without_day(text, today)
    place = next((i for i, word in enumerate(words) if word.casefold() in _VERBS), None)
    if place is None:
        raise StepError(step=text, problem=_no_verb(words), remedy=f"write, for example, {FORMS[0]!r}")
    verb = _VERBS[words[place].casefold()]
    subject = " ".join(words[:place])
    objects = words[place + 1 :]
    while len(objects) > 1 and objects[0].casefold() in _FILLERS:
        objects = objects[1:]
    if not subject or (not objects and verb != "enters-into-force"):
        raise StepError(
            step=text, problem=f"{verb} lacks {'its object' if subject else 'who acts'}", remedy=_form(verb)
        )
    return _MAKERS[verb](subject, objects, on, registry)


def find_instrument(text: str, registry: Registry) -> Instrument:
    """The instrument with an id, an alias or a title; UnknownTermError names the nearest."""
    wanted = text.strip().casefold()
    for instrument in registry.instruments.values():
        names = (instrument.id, *instrument.aliases, instrument.short_title, instrument.title)
        if wanted in (name.casefold() for name in names if name):
            return instrument
    names_of_all = [name for i in registry.instruments.values() for name in (i.id, i.short_title) if name]
    nearest = get_close_matches(wanted, names_of_all, n=3, cutoff=0.6)
    raise UnknownTermError(what="instrument", term=text, known=nearest or [i.id for i in registry.shared])


def _without_day(text: str, today: date) -> tuple[list[str], date]:
    words = text.split()
    told = len(words) > 1 and words[-2].casefold() == "on"
    if not told and not (words and _DAY.fullmatch(words[-1])):
        return words, today
    try:
        return words[: -2 if told else -1], date.fromisoformat(words[-1])
    except ValueError as error:
        remedy = "write the day as YYYY-MM-DD at the end"
        raise StepError(step=text, problem=f"{words[-1]!r} is not a date", remedy=remedy) from error


def _no_verb(words: list[str]) -> str:
    for word in words:
        near = get_close_matches(word.casefold(), _VERBS, n=1, cutoff=0.6)
        if near:
            return f"{word!r} is no verb of ours, did you mean {near[0]!r}?"
    return f"it has no verb; the verbs are {', '.join(dict.fromkeys(_VERBS.values()))}"


def _form(verb: str) -> str:
    return f"write, for example, {next(form for form in FORMS if verb in form.split())!r}"


def _accedes(subject: str, objects: list[str], on: date, registry: Registry) -> Step:
    return Accession(state=parse_state(subject), instrument=find_instrument(" ".join(objects), registry).id, on=on)


def _denounces(subject: str, objects: list[str], on: date, registry: Registry) -> Step:
    return Denunciation(state=parse_state(subject), instrument=find_instrument(" ".join(objects), registry).id, on=on)


def _signs(kind: TreatyKind) -> Callable[[str, list[str], date, Registry], Step]:
    def make(subject: str, objects: list[str], on: date, registry: Registry) -> Step:
        return NewTreaty(state=parse_state(subject), other=parse_state(" ".join(objects)), kind=kind, on=on)

    return make


def _withdraws(subject: str, objects: list[str], on: date, registry: Registry) -> Step:
    """The instrument comes first; what follows is the article."""
    instrument = find_instrument(objects[0], registry)
    return Withdrawal(state=parse_state(subject), instrument=instrument.id, article=" ".join(objects[1:]), on=on)


def _enters(subject: str, objects: list[str], on: date, registry: Registry) -> Step:
    words = subject.split()
    name = " ".join(words[1:] if words[0].casefold() == "instrument" and len(words) > 1 else words)
    return EntryIntoForce(instrument=find_instrument(name, registry).id, on=on)


_MAKERS: dict[str, Callable[[str, list[str], date, Registry], Step]] = {
    "accedes": _accedes,
    "denounces": _denounces,
    "signs-mlat": _signs(TreatyKind.MLAT),
    "signs-extradition": _signs(TreatyKind.EXTRADITION),
    "withdraws-reservation": _withdraws,
    "enters-into-force": _enters,
}
